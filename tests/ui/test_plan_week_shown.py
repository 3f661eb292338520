"""What the week shows and leaves out, and remedies that are asked for one after another."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.config.paths import profile_paths
from assistant.domain.clock import FixedClock
from assistant.domain.ids import TaskId
from assistant.domain.schedule import Overflow, Remedy
from assistant.engine.scripted import scripted_engine
from assistant.services.core import Core
from assistant.services.options import CoreOptions
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.plan.week.blocks import broken
from assistant.ui.plan.week.controller import WeekController
from assistant.ui.plan.week.shown import ShownButton
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.menu import Menu
from tests.helpers.profile import PASSPHRASE
from tests.helpers.signals import record

NOW = datetime(2025, 11, 19, 12, 10, tzinfo=UTC)


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    paths = profile_paths(tmp_path / "p")
    made = Core(CoreOptions(paths=paths, clock=FixedClock(NOW), keyring=False), scripted_engine())
    made.vault.open(PASSPHRASE).result(60)
    yield made
    made.close()


@pytest.fixture
def relay(theme: Theme) -> Iterator[JobRelay]:
    made = JobRelay(theme)
    yield made
    made.close()


def opened(core: Core, relay: JobRelay, theme: Theme, qtbot: QtBot) -> WeekController:
    made = WeekController(theme, core.planning, relay, theme)
    qtbot.addWidget(made.page)
    made.page.resize(1000, 800)
    made.page.show()
    made.refresh()
    return made


def titles(made: WeekController) -> list[str]:
    return [one.shown.title for one in made.page.canvas.placed()]


def calendar(folder: Path, name: str, more: str) -> Path:
    file = folder / f"{name}.ics"
    file.write_text(
        f"BEGIN:VCALENDAR\nX-WR-CALNAME:{name}\nBEGIN:VEVENT\nUID:{name}\nSUMMARY:{name} event\n"
        f"{more}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    return file


def test_calendars_are_left_out_one_by_one_and_stay_so(
    core: Core, relay: JobRelay, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    timed = "DTSTART:20251120T100000Z\nDURATION:PT1H"
    core.planning.calendars.bring(calendar(tmp_path, "Home", timed)).result(60)
    whole = calendar(tmp_path, "Work", "DTSTART;VALUE=DATE:20251121")
    core.planning.calendars.bring(whole).result(60)
    made = opened(core, relay, theme, qtbot)
    qtbot.waitUntil(lambda: titles(made) == ["Home event"])
    assert [one.title for one in made.page.head.seen()] == ["Work event"]
    tall = made.page.head.height()

    menu = made.page.shown.open()
    actions = menu.actions()
    words = [action.text() for action in actions]
    assert words == ["Home", "Work", "Tasks", "Study", "What is done", "Your energy"]
    menu.setActiveAction(actions[0])
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert (menu.isVisible(), actions[0].isChecked()) == (True, False)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(actions[1]).center())
    menu.close()
    assert titles(made) == []
    assert made.page.head.seen() == []
    assert made.page.head.height() < tall
    assert made.page.shown.accessibleDescription() == "Left out: Home, Work"
    settings = core.planning.settings
    both = frozenset({"calendar:Home", "calendar:Work"})
    qtbot.waitUntil(lambda: settings.hidden().result(60) == both)

    again = opened(core, relay, theme, qtbot)
    qtbot.waitUntil(lambda: again.page.shown.hidden == both)
    assert titles(again) == []
    again.page.shown.turned.emit(frozenset[str]())
    qtbot.waitUntil(lambda: titles(again) == ["Home event"])


def test_one_calendar_is_one_switch(theme: Theme, qtbot: QtBot) -> None:
    button = ShownButton(theme)
    qtbot.addWidget(button)
    button.show()
    heard = record(button.turned)
    button.show_hidden(frozenset({"done"}), ("Home",))
    menu = button.open()
    marks = {action.text(): action.isChecked() for action in menu.actions()}
    assert marks == {
        "Calendar": True,
        "Tasks": True,
        "Study": True,
        "What is done": False,
        "Your energy": True,
    }
    for number in (3, 0):
        menu.setActiveAction(menu.actions()[number])
        QTest.keyClick(menu, Qt.Key.Key_Return)
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not button.findChildren(Menu))
    assert [one[0] for one in heard] == [frozenset(), frozenset({"event"})]


def test_what_lies_in_the_night_is_out_of_sight_at_first(
    core: Core, relay: JobRelay, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    party = "DTSTART:20251122T220000Z\nDURATION:PT5H"
    core.planning.settings.set_zone("UTC").result(60)
    core.planning.calendars.bring(calendar(tmp_path, "Home", party)).result(60)
    made = opened(core, relay, theme, qtbot)
    made.page.resize(1000, 500)
    qtbot.waitUntil(lambda: len(titles(made)) == 2)
    bar, canvas = made.page.scroller.verticalScrollBar(), made.page.canvas
    content = made.page.scroller.widget()
    assert content is not None

    def morning() -> int:
        return canvas.mapTo(content, QPoint(0, canvas.morning())).y()

    qtbot.waitUntil(lambda: bar.value() == morning() > 100)
    bar.triggerAction(bar.SliderAction.SliderToMinimum)
    made.refresh()
    made.page.resize(1000, 600)
    assert bar.value() == 0


def test_words_longer_than_their_lane_are_cut_and_never_broken(theme: Theme) -> None:
    metrics = QFontMetricsF(theme.font("axis"))
    width = metrics.horizontalAdvance("Chemist")
    lines = broken("Chemistry lab, the first", metrics, width, 4)
    assert lines[0].endswith("…")
    assert lines[1:] == ["lab, the", "first"]
    assert all(metrics.horizontalAdvance(line) <= width for line in lines)
    assert broken("Chemistry lab", metrics, width, 1)[0].endswith("…")


def test_the_remedy_asked_for_last_counts(
    core: Core, relay: JobRelay, theme: Theme, qtbot: QtBot
) -> None:
    planning = core.planning
    task = planning.adding.add_line("essay ~40h by fri").result(60)
    planning.scheduling.plan().result(60)
    made = opened(core, relay, theme, qtbot)
    told, failed = record(made.done), record(made.failed)
    tax = Overflow(TaskId(task.id), "essay", 60, "No room")
    for hours in ("30", "20", "2"):
        remedy = Remedy("Shorter", "shorten", str(60 * int(hours)))
        made.page.overflow.remedied.emit(tax, remedy)
    qtbot.waitUntil(lambda: bool(told))
    assert len(told) == 1
    assert not failed
    plan = planning.scheduling.current().result(60)
    assert plan is not None
    assert sum((one.end - one.start).total_seconds() / 3600 for one in plan.blocks) == 2
    assert made.page.plan.isEnabled()


def test_each_that_does_not_fit_is_shown_with_what_would_help(
    core: Core, relay: JobRelay, theme: Theme, qtbot: QtBot
) -> None:
    planning = core.planning
    planning.adding.add_line("essay ~40h by fri").result(60)
    planning.scheduling.plan().result(60)
    planning.adding.add_line("report ~50h by fri").result(60)
    plan = planning.scheduling.replan().result(60)
    assert [bool(one.remedies) for one in plan.overflow] == [True, False]
    made = opened(core, relay, theme, qtbot)
    bar = made.page.overflow
    qtbot.waitUntil(lambda: bool(bar.buttons))
    assert "1 more does not fit either" in bar.words
    first = bar.words

    bar.next_button.click()
    assert bar.words != first
    qtbot.waitUntil(lambda: bool(bar.buttons))
    bar.next_button.click()
    assert bar.words == first
    assert bar.buttons
