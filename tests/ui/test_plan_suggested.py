"""A line that the grammar is unsure of is put to a model that is loaded, and it can be refused."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.config.paths import profile_paths
from assistant.domain.clock import FixedClock
from assistant.domain.task import Task
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.services.core import Core
from assistant.services.jobs import Job
from assistant.services.options import CoreOptions
from assistant.services.planning import asking_model
from assistant.services.planning.asking_model import AskedLine, LineAsker
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.plan.adding.bar import AddingBar
from assistant.ui.plan.adding.controller import AddingController
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.menu import Menu
from tests.helpers.profile import PASSPHRASE
from tests.helpers.signals import record

NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Berlin"))
LINE = "weekly review, deadlin is fryday, with slides"
ANSWER = {
    "title": "review with slides",
    "when": "",
    "due": "friday",
    "duration": "",
    "recurrence": "weekly",
}
Open = tuple[AddingController, Core]


@pytest.fixture
def pace() -> float:
    """Tokens a second; 0 is as fast as it can."""
    return 0.0


@pytest.fixture
def adding(
    qtbot: QtBot, theme: Theme, tmp_path: Path, pace: float, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    monkeypatch.setattr(asking_model, "LEAST_PARAMETERS", 0)  # the model here is a small one
    script = Script((ScriptedAnswer(json.dumps(ANSWER)),), tokens_per_second=pace)
    options = CoreOptions(paths=profile_paths(tmp_path / "p"), clock=FixedClock(NOW), keyring=False)
    core = Core(options, scripted_engine(script))
    core.vault.open(PASSPHRASE).result(60)
    core.planning.settings.set_zone("Europe/Berlin").result(60)
    relay = JobRelay(theme)
    made = AddingController(theme, core.planning, relay, theme)
    qtbot.addWidget(made.bar)
    made.bar.resize(900, 200)
    made.bar.show()
    yield made, core
    relay.close()
    core.close()


def said(bar: AddingBar) -> list[str]:
    return [chip.text() for chip in bar.chips]


def test_what_a_model_reads_is_suggested_refused_or_added(adding: Open, qtbot: QtBot) -> None:
    controller, core = adding
    bar, added = controller.bar, record(controller.added)
    core.models.ensure("").result(60)
    bar.field.setText(LINE)
    qtbot.waitUntil(lambda: "Suggested" in said(bar))
    assert said(bar) == ["Suggested", "review with slides", "Fri 6 Mar", "every week"]
    bar.chips[0].click()
    assert "Suggested" not in said(bar)
    assert said(bar)[0] != "review with slides"
    bar.field.setText(f"{LINE} ")
    qtbot.waitUntil(lambda: "Suggested" in said(bar))
    bar.chips[2].click()
    menu = next(one for one in bar.findChildren(Menu) if one.isVisible())
    assert "Keep the line as I wrote it" in [one.text() for one in menu.actions()]
    menu.close()
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(added))
    task = added[0][0]
    assert isinstance(task, Task)
    assert task.repeat is not None
    assert (task.title, task.repeat.rule) == ("review with slides", "FREQ=WEEKLY")
    assert not bar.field.text()


def test_nobody_is_asked_without_a_model_or_once_the_words_changed(
    adding: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller, core = adding
    bar, asking = controller.bar, core.planning.asking
    asked, real = list[str](), asking.ask

    def counted(text: str, *rest: Any) -> Job[AskedLine]:
        asked.append(text)
        return real(text, *rest)

    monkeypatch.setattr(asking, "ask", counted)
    looked, is_ready = list[bool](), LineAsker.ready

    def ready(self: LineAsker) -> bool:
        looked.append(is_ready.__get__(self))
        return looked[-1]

    monkeypatch.setattr(LineAsker, "ready", property(ready))
    bar.field.setText(LINE)
    qtbot.waitUntil(lambda: looked == [False])
    assert asked == []
    assert "Suggested" not in said(bar)

    core.models.ensure("").result(60)
    bar.field.setText(f"{LINE} now")
    qtbot.waitUntil(lambda: len(asked) == 1)
    bar.field.setText("buy milk")  # while the model reads
    qtbot.waitUntil(lambda: not bar.chips)
    core.workers.in_pool(lambda _: None).result(60)
    bar.field.setText("buy milk tomorrow")
    qtbot.waitUntil(lambda: "buy milk" in said(bar))
    assert said(bar) == ["buy milk", "Tomorrow"]
    assert asked == [f"{LINE} now"]


@pytest.mark.parametrize("pace", [0.2])
def test_a_model_that_is_slow_is_not_waited_for(
    adding: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller, core = adding
    bar, asking = controller.bar, core.planning.asking
    jobs, real = list[Job[AskedLine]](), asking.ask

    def kept(text: str, *rest: Any) -> Job[AskedLine]:
        jobs.append(real(text, *rest))
        return jobs[-1]

    monkeypatch.setattr(asking, "ask", kept)
    core.models.ensure("").result(60)
    bar.field.setText(LINE)
    qtbot.waitUntil(lambda: len(jobs) == 1)
    next(one for one in controller.findChildren(QTimer) if one.interval() > 10_000).timeout.emit()
    assert jobs[0].cancel_token.cancelled
    assert "Suggested" not in said(bar)
    bar.field.setText(f"{LINE} ")
    qtbot.waitUntil(lambda: len(jobs) == 2)
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert jobs[1].cancel_token.cancelled
    qtbot.waitUntil(lambda: not bar.field.text())


def test_a_small_model_is_not_asked(
    adding: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller, core = adding
    monkeypatch.setattr(asking_model, "LEAST_PARAMETERS", 1_000_000_000)
    asked, looked = list[str](), list[bool]()

    def ask(text: str, *_: Any) -> None:
        asked.append(text)

    monkeypatch.setattr(core.planning.asking, "ask", ask)
    helps = LineAsker.helps

    def watched(self: LineAsker) -> bool:
        looked.append(helps.__get__(self))
        return looked[-1]

    monkeypatch.setattr(LineAsker, "helps", property(watched))
    core.models.ensure("").result(60)
    assert core.planning.asking.ready
    controller.bar.field.setText(LINE)
    qtbot.waitUntil(lambda: looked == [False])
    assert asked == []
