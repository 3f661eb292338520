"""Insights in the window: a question, sentences, and pictures with their tables."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.config.paths import profile_paths
from assistant.domain.clock import FixedClock
from assistant.domain.errors import EnvironmentProblem
from assistant.engine.scripted import scripted_engine
from assistant.planner.learning.insights import Accuracy, Insights, Pattern, Spent
from assistant.planner.learning.questions import Question
from assistant.planner.learning.rhythm import Focus, expected_curve
from assistant.services.core import Core
from assistant.services.jobs import Job
from assistant.services.options import CoreOptions
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.plan.insights.controller import InsightsController
from assistant.ui.plan.insights.page import InsightsPage
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from tests.helpers.profile import PASSPHRASE
from tests.helpers.signals import record

NOW = datetime(2025, 11, 19, 13, 10, tzinfo=ZoneInfo("Europe/Berlin"))
FOUND = Insights(
    (Spent("Chemistry", 3, 4.0, 6.5, 0, 3), Spent("", 2, 1.0, 0.5, 1, 1)),
    (Accuracy("2025-09", 5, 0.5, 0.5), Accuracy("2025-10", 9, 0.4, 0.25)),
    (Pattern("Tasks of Chemistry take 1.6 times as long as you think.", 1.6, 3),),
    expected_curve(),
    Focus(48.0, 22, 46.0),
    9.0,
    5,
    0.8,
    46.0,
    21,
    25,
)


def test_everything_is_drawn_said_and_tabled(qtbot: QtBot, theme: Theme) -> None:
    page = InsightsPage(theme)
    qtbot.addWidget(page)
    page.resize(900, 1400)
    assert page.sentences == ["Reading what you did."]
    assert "Reading" in page.spent.accessibleName()
    page.show_insights(FOUND)
    page.show()
    said = [words.replace("\u00a0", " ") for words in page.sentences]
    assert said == [
        "5 tasks done, 80 % of those with a deadline by it.",
        "Tasks of Chemistry take 1.6 times as long as you think, by 3 tasks.",
        "A usual stretch on one thing lasts 46 min, by 22 of them.",
        "Taking a task up again costs about 9 min, by 21 tasks.",
    ]
    image = page.grab().toImage()
    theme.set(mode="dark")
    assert page.grab().toImage() != image

    for picture, rows, words in (
        (page.spent, 2, "Chemistry: took 6 h 30, estimated 4 h"),
        (page.accuracy, 2, "Sep 2025, your estimates: off by 50 %"),
        (page.energy, 7, "Monday 6:00: "),
    ):
        drawing = picture.drawing()
        assert drawing is not None
        assert len(drawing.table().rows) == rows
        first = drawing.marks(QRectF(0, 0, 600, 200), theme)[0][0]
        assert first.words.replace("\u00a0", " ").startswith(words)
        assert drawing.summary()
    best = page.energy.drawing()
    assert best is not None
    assert best.summary() == "Work goes best on Monday at 10:00, by 25 tasks."
    spent = page.spent.drawing()
    assert spent is not None
    assert (
        spent.summary()
        .replace("\u00a0", " ")
        .endswith("Others: took 30 min so far, estimated 1 h for 1 of 2 tasks, 1 not done yet.")
    )


def test_nothing_is_stated_that_is_only_assumed(qtbot: QtBot, theme: Theme) -> None:
    page = InsightsPage(theme)
    qtbot.addWidget(page)
    few = replace(FOUND, patterns=(), usual_focus_min=None, resumed=0, energy_tasks=1)
    few = replace(few, accuracy=(Accuracy("2025-10", 1, 0.4, 0.25),))
    page.show_insights(few)
    said = [words.replace("\u00a0", " ") for words in page.sentences]
    assert said == ["5 tasks done, 80 % of those with a deadline by it."]
    energy, accuracy = page.energy.drawing(), page.accuracy.drawing()
    assert energy is not None
    assert accuracy is not None
    assert energy.summary() == "Expected, not learnt yet: work goes best on Monday at 10:00."
    assert accuracy.summary().startswith("In Oct 2025 your one estimate was off by 40")


def test_a_question_has_buttons_or_a_field(qtbot: QtBot, theme: Theme) -> None:
    page = InsightsPage(theme)
    qtbot.addWidget(page)
    page.show()
    card, heard = page.question, record(page.question.answered)
    card.show_question(Question("alert", "When?", (("morning", "In the morning"),), "Energy."))
    card.buttons[0].click()
    card.show_question(Question("length:3", "How long?", (), "The plan."))
    card.field.setText("45")
    card.show_question(Question("length:3", "How long?", (), "The plan."))
    QTest.keyClick(card.field, Qt.Key.Key_Return)
    card.show_question(None)
    assert card.isHidden()
    assert [tuple(one) for one in heard] == [("alert", "morning"), ("length:3", "45")]


def count_calls(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[object]:
    """A list that grows with every call of a method."""
    calls, real = list[object](), getattr(owner, name)

    def counted() -> object:
        calls.append(name)
        return real()

    monkeypatch.setattr(owner, name, counted)
    return calls


def test_what_was_done_is_read_and_answers_are_kept(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = profile_paths(tmp_path / "p")
    core = Core(CoreOptions(paths=paths, clock=FixedClock(NOW), keyring=False), scripted_engine())
    relay = JobRelay(theme)
    try:
        core.vault.open(PASSPHRASE).result(60)
        planning = core.planning
        task = planning.adding.add_line("lab report ~1h #chem").result(60)
        begin = NOW - timedelta(hours=3)
        planning.timing.log(task.id, begin, begin + timedelta(hours=2)).result(60)
        planning.completing.complete([task.id]).result(60)
        made = InsightsController(theme, planning, relay, theme)
        qtbot.addWidget(made.page)
        made.page.show()
        made.refresh()
        qtbot.waitUntil(lambda: made.page.sentences[0].startswith("1 task"))
        qtbot.waitUntil(made.page.question.isVisible)
        asked = planning.questions.question().result(60)
        made.page.question.buttons[0].click()
        card = made.page.question
        qtbot.waitUntil(lambda: asked and card.accessibleName() != asked.text)
        assert planning.questions.question().result(60) != asked
        read = count_calls(monkeypatch, planning.learning, "insights")
        for _ in range(5):
            made.refresh()  # as every change of a burst does
        qtbot.waitUntil(lambda: bool(read))
        assert len(read) == 1
        failed = record(made.failed)
        made.page.question.answered.emit("nothing", "x")
        qtbot.waitUntil(lambda: bool(failed))
    finally:
        relay.close()
        core.close()


def test_what_fails_to_be_read_is_said_and_tried_again(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = profile_paths(tmp_path / "p")
    core = Core(CoreOptions(paths=paths, clock=FixedClock(NOW), keyring=False), scripted_engine())
    relay = JobRelay(theme)
    try:
        core.vault.open(PASSPHRASE).result(60)
        learning = core.planning.learning
        made = InsightsController(theme, core.planning, relay, theme)
        page = made.page
        qtbot.addWidget(page)
        page.show()
        failing = Job[Insights]()
        failing.fail(EnvironmentProblem("The disk is full.", "Free some space."))
        with monkeypatch.context() as patch:
            patch.setattr(learning, "insights", lambda: failing)
            made.refresh()
            qtbot.waitUntil(lambda: page.problem.card is not None)
        card = page.problem.card
        assert card is not None
        assert "The disk is full. Free some space." in card.accessibleName()
        (again,) = card.findChildren(Button)
        again.click()
        qtbot.waitUntil(page.empty.isVisible)
        assert page.problem.card is None
        assert not page.spent.isVisible()
        task = core.planning.adding.add_line("lab report ~1h").result(60)
        core.planning.completing.complete([task.id]).result(60)
        made.refresh()
        qtbot.waitUntil(page.spent.isVisible)
        assert page.empty.isHidden()
    finally:
        relay.close()
        core.close()
