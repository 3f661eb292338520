"""Answers that come late or are refused: what was written and shown meanwhile stays right."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ProjectId
from assistant.domain.task import Project, Task
from assistant.domain.task_filter import TaskFilter
from assistant.services.jobs import Job
from assistant.ui.plan.details.controller import DetailsController
from assistant.ui.plan.details.panel import DetailsPanel
from assistant.ui.plan.tasks.page import TasksPage
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.popover import Popover
from assistant.ui.widgets.question import Question
from tests.helpers.desk import STORE_S, leave, saying, sit_down
from tests.helpers.plan_place import Plan

KEY = Qt.Key


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Plan]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    sat.desk.window.activateWindow()
    qtbot.waitUntil(sat.desk.window.isActiveWindow)
    yield Plan(sat)
    leave(sat)


@contextmanager
def store_held(plan: Plan) -> Generator[None]:
    """What is asked of the store inside is answered after it, in that order."""
    gate = Event()
    plan.sat.desk.core.workers.on_store(gate.wait)
    try:
        yield
    finally:
        gate.set()
    plan.sat.settle()
    plan.sat.settle()


def task_of(plan: Plan, title: str) -> Task:
    found = plan.sat.desk.core.planning.tasks.find(TaskFilter(states=None)).result(STORE_S)
    return next(one for one in found if one.title.startswith(title))


def inbox(plan: Plan) -> TasksPage:
    page = plan.place.page("inbox")
    assert isinstance(page, TasksPage)
    return page


def listed(plan: Plan, title: str) -> Task:
    """As ``task_of``, from what is listed: the store may be held."""
    rows = inbox(plan).list.tasks.rows
    return next(row.task for row in rows if row.task is not None and row.text == title)


def open_task(plan: Plan, title: str) -> tuple[DetailsController, DetailsPanel]:
    listing = plan.room.tasks("inbox")
    assert listing is not None
    details = listing.actions.details
    details.open(task_of(plan, title).id)
    plan.sat.settle()
    assert details.panel is not None
    return details, details.panel


def refused(*_: object, **__: object) -> Job[None]:
    job = Job[None]()
    job.fail(UserFacingError("The disk is full.", "Free some of it.", code="disk_full"))
    return job


def test_what_was_named_first_belongs_to_the_task_that_was_open(plan: Plan) -> None:
    plan.page("inbox")
    plan.add("alpha", "beta", "gamma")
    details, panel = open_task(plan, "alpha")
    field = panel.firsts.field
    field.setFocus()
    QTest.keyClicks(field, "gamma")
    plan.sat.settle()
    with store_held(plan):
        QTest.keyClick(field, KEY.Key_Return)
        details.follow(listed(plan, "beta").id)
        panel.title.setFocus()
        QTest.keyClicks(field, "own words")
        panel.title.setFocus()
    gamma = task_of(plan, "gamma").id
    assert (task_of(plan, "alpha").waits_for, task_of(plan, "beta").waits_for) == ((gamma,), ())
    assert (field.text(), panel.title.hasFocus(), panel.firsts.offers) == ("own words", True, [])


def test_what_cannot_be_named_any_more_is_told_and_not_said_of_another(plan: Plan) -> None:
    plan.page("inbox")
    plan.add("alpha", "beta")
    details, panel = open_task(plan, "alpha")
    for field in (panel.firsts.field, panel.parts.field):
        with store_held(plan):
            field.setText("x" * 3999)
            QTest.keyClick(field, KEY.Key_Return)
            other = "beta" if details.task == listed(plan, "alpha").id else "alpha"
            details.follow(listed(plan, other).id)
        assert "xxx" not in panel.title.toPlainText()
    assert "no open task called" in panel.firsts.problem
    assert (panel.firsts.field.text(), panel.parts.problem) == ("x" * 3999, "")
    details.follow(listed(plan, "beta").id)
    plan.sat.settle()
    assert (panel.firsts.problem, panel.firsts.field.text()) == ("", "")
    assert (panel.parts.field.text(), "2000" in panel.parts.problem) == ("x" * 3999, True)
    told = [toast.accessibleName() for toast in plan.sat.desk.window.toasts.toasts()]
    assert len([words for words in told if "no open task called" in words]) == 1
    assert len([words for words in told if "longer than 2000" in words]) == 1


def test_a_part_that_is_added_late_leaves_the_field_of_another_task(plan: Plan) -> None:
    plan.page("inbox")
    plan.add("alpha", "beta")
    details, panel = open_task(plan, "alpha")
    field = panel.parts.field
    with store_held(plan):
        field.setText("part of alpha")
        QTest.keyClick(field, KEY.Key_Return)
        details.follow(listed(plan, "beta").id)
        field.setText("for beta")
    assert field.text() == "for beta"
    assert task_of(plan, "part").parent == task_of(plan, "alpha").id


def test_text_that_cannot_be_kept_stays_to_be_kept_again(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan.page("inbox")
    plan.add("alpha", "beta")
    details, panel = open_task(plan, "alpha")
    tasks = plan.sat.desk.core.planning.tasks
    with monkeypatch.context() as full:
        full.setattr(type(tasks), "edit", refused)
        panel.notes.setFocus()
        QTest.keyClicks(panel.notes, "a long text")
        panel.title.setFocus()
        QTest.keySequence(panel.title, "Ctrl+A")
        QTest.keyClicks(panel.title, "alpha of mine")
        panel.track.setFocus()
        plan.sat.settle()
        assert panel.notes.toPlainText() == "a long text"
        assert panel.title.toPlainText() == "alpha of mine"
        details.follow(task_of(plan, "beta").id)
        plan.sat.settle()
        assert (panel.title.toPlainText(), panel.notes.toPlainText()) == ("beta", "")
    details.follow(task_of(plan, "alpha").id)
    plan.sat.settle()
    assert panel.notes.toPlainText() == "a long text"
    panel.give()
    plan.sat.settle()
    kept = task_of(plan, "alpha")
    assert (kept.title, kept.notes) == ("alpha of mine", "a long text")
    assert task_of(plan, "beta").notes == ""


def test_text_that_was_refused_does_not_come_back_over_newer_text(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan.page("inbox")
    plan.add("alpha", "beta")
    details, panel = open_task(plan, "alpha")
    tasks = plan.sat.desk.core.planning.tasks
    alpha, beta = task_of(plan, "alpha").id, task_of(plan, "beta").id

    def refuse_one(text: str) -> None:
        with monkeypatch.context() as full:
            full.setattr(type(tasks), "edit", refused)
            panel.notes.setPlainText(text)
            panel.notes.give()

    def come_back() -> str:
        details.follow(beta)
        plan.sat.settle()
        details.follow(alpha)
        plan.sat.settle()
        return panel.notes.toPlainText()

    refuse_one("one")
    panel.notes.setPlainText("one and two")
    panel.notes.give()
    assert come_back() == "one and two"
    refuse_one("three")
    assert come_back() == "three"
    assert not any(timer.isActive() for timer in panel.notes.findChildren(QTimer))
    refuse_one("four")
    details.follow(beta)
    plan.sat.settle()
    tasks.edit([alpha], lambda task: replace(task, notes="from elsewhere")).result(STORE_S)
    assert come_back() == "from elsewhere"
    panel.give()
    plan.sat.settle()
    assert task_of(plan, "alpha").notes == "from elsewhere"


def test_of_three_texts_the_last_comes_back_when_two_were_refused(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan.page("inbox")
    plan.add("alpha", "beta")
    details, panel = open_task(plan, "alpha")
    tasks, beta = plan.sat.desk.core.planning.tasks, task_of(plan, "beta").id
    with store_held(plan), monkeypatch.context() as full:
        for text in ("one", "one two", "one two three"):
            panel.notes.setPlainText(text)
            panel.notes.give()
            full.setattr(type(tasks), "edit", refused)
        details.follow(beta)
    assert (task_of(plan, "alpha").notes, panel.notes.toPlainText()) == ("one", "")
    details.follow(task_of(plan, "alpha").id)
    plan.sat.settle()
    assert panel.notes.toPlainText() == "one two three"
    panel.give()
    plan.sat.settle()
    assert task_of(plan, "alpha").notes == "one two three"


def test_words_that_were_refused_after_their_task_was_left_are_offered_there_again(
    plan: Plan,
) -> None:
    plan.page("inbox")
    plan.add("alpha", "beta")
    details, panel = open_task(plan, "alpha")
    alpha, beta = task_of(plan, "alpha").id, task_of(plan, "beta").id
    due, place = panel.facts.fields["due"], panel.facts.fields["place"]
    with store_held(plan):
        due.field.setText("blursday")
        due.give()
        place.field.setText("Library")
        place.give()
        panel.parts.field.setText("a part that is not told yet")
        details.follow(beta)
    assert (due.field.text(), due.problem, panel.parts.field.text()) == ("", "", "")
    for _ in range(2):  # it waits there however often it is left
        details.follow(alpha)
        plan.sat.settle()
        assert (due.field.text(), bool(due.problem)) == ("blursday", True)
        assert (place.field.text(), place.problem) == ("Library", "")
        assert panel.parts.field.text() == "a part that is not told yet"
        details.follow(beta)
        plan.sat.settle()
    details.follow(alpha)
    plan.sat.settle()
    told = [toast.accessibleName() for toast in plan.sat.desk.window.toasts.toasts()]
    assert len([words for words in told if "blursday" in words]) == 1
    QTest.keyClick(due.field, KEY.Key_Return)
    plan.sat.settle()
    assert (due.field.text(), bool(due.problem), due.unsaid) == ("blursday", True, None)
    due.field.setText("friday")
    due.give()
    plan.sat.settle()
    assert task_of(plan, "alpha").due is not None


def test_what_is_written_while_an_answer_is_awaited_is_told_as_well(plan: Plan) -> None:
    plan.page("inbox")
    plan.add("alpha")
    _, panel = open_task(plan, "alpha")
    place = panel.facts.fields["place"]
    with store_held(plan):
        for words in ("Library", "Hall"):
            place.field.setText(words)
            place.give()
    assert (place.field.text(), task_of(plan, "alpha").place) == ("Hall", "Hall")


def test_a_question_for_the_parts_is_of_the_task_that_has_them(plan: Plan) -> None:
    plan.page("inbox")
    plan.add("alpha", "beta")
    planning = plan.sat.desk.core.planning
    alpha, beta = task_of(plan, "alpha"), task_of(plan, "beta")
    planning.adding.add_line("part", parent=alpha.id).result(STORE_S)
    plan.sat.settle()
    with store_held(plan):
        for task in (alpha, beta):
            inbox(plan).list.toggled.emit([task.id])
    plan.sat.bot.waitUntil(lambda: bool(plan.sat.desk.window.findChildren(Question)))
    [question] = plan.sat.desk.window.findChildren(Question)
    assert question.subject == (alpha.id,)
    question.yes.click()
    plan.sat.settle()
    assert not task_of(plan, "part").is_open
    assert not task_of(plan, "alpha").is_open


def test_the_clock_of_the_task_before_goes_on(plan: Plan) -> None:
    plan.page("inbox")
    plan.add("alpha", "beta")
    timing = plan.sat.desk.core.planning.timing
    timing.start(task_of(plan, "alpha").id).result(STORE_S)
    details, panel = open_task(plan, "alpha")
    beta = task_of(plan, "beta").id
    with store_held(plan):
        details.follow(beta)
        panel.timed.emit()
        panel.delete_wanted.emit()
    running = timing.running().result(STORE_S)
    assert running is not None
    assert running.task == task_of(plan, "alpha").id
    assert task_of(plan, "beta").is_open


def test_what_is_written_for_several_stays_while_others_are_added(plan: Plan) -> None:
    page = plan.page("inbox")
    plan.add("alpha", "beta", "gamma")
    plan.select(page, "alpha", "beta")
    bar = page.selected
    bar.field.setFocus()
    QTest.keyClicks(bar.field, "fri !hi")
    plan.sat.settle()
    plan.sat.desk.core.planning.adding.add_line("delta").result(STORE_S)
    plan.sat.settle()
    assert plan.titles(page) == ["alpha", "beta", "gamma", "delta"]
    assert (bar.field.text(), bar.isVisible(), bar.field.hasFocus()) == ("fri !hi", True, True)
    plan.sat.desk.core.planning.tasks.delete([listed(plan, "alpha").id]).result(STORE_S)
    plan.sat.settle()
    assert (bar.field.text(), bar.isHidden()) == ("", True)


def test_a_name_goes_to_the_card_that_asked_for_it(plan: Plan) -> None:
    page = plan.page("inbox")
    listing = plan.room.tasks("inbox")
    assert listing is not None
    actions = listing.project_actions

    def cards() -> list[Popover]:
        return page.findChildren(Popover, "", Qt.FindChildOption.FindDirectChildrenOnly)

    def ask() -> LineField:
        actions.open(None, page)
        plan.sat.settle()
        plan.choose("New project")
        assert actions.field is not None
        return actions.field.field

    before = len(cards())
    for _ in range(3):
        ask()
        next(card for card in cards() if card.isVisible()).close()
        plan.sat.bot.waitUntil(lambda: len(cards()) == before)
        assert actions.field is None
    first = ask()
    first.setText("School")
    with store_held(plan):
        QTest.keyClick(first, KEY.Key_Return)
        next(card for card in cards() if card.isVisible()).close()
        page.setFocus()
        home = Project(ProjectId(7), "Home", plan.sat.desk.core.planning.now())
        actions.rename(home, page)
    assert actions.field is not None
    assert actions.field.isVisible()
    assert [one.project.name for one in plan.place.sections.projects] == ["School"]


def test_a_name_that_is_refused_after_its_card_was_closed_is_told(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = plan.page("inbox")
    listing = plan.room.tasks("inbox")
    assert listing is not None
    actions = listing.project_actions
    monkeypatch.setattr(type(plan.sat.desk.core.planning.projects), "rename", refused)
    home = Project(ProjectId(7), "Home", plan.sat.desk.core.planning.now())
    actions.rename(home, page)
    [card] = [one for one in page.findChildren(Popover) if one.isVisible()]
    assert actions.field is not None
    QTest.keyClick(actions.field.field, KEY.Key_Return)
    card.close()
    plan.sat.settle()
    told = [toast.accessibleName() for toast in plan.sat.desk.window.toasts.toasts()]
    assert len([words for words in told if "The disk is full" in words]) == 1
