"""From an exercise or a card to the lesson that explains it, and back to what was left there."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.exercise import AnswerKind
from assistant.domain.ids import CourseId
from assistant.domain.study import Recall
from assistant.ui.study.exercise.choice_pane import ChoicePane
from assistant.ui.study.exercise.code_editor import CodeEditor
from assistant.ui.study.exercise.controller import ExerciseController
from assistant.ui.study.exercise.pane import AnswerPane
from assistant.ui.study.exercise.screen import ExerciseScreen
from assistant.ui.study.exercise.stopwatch import Stopwatch
from assistant.ui.study.lesson.page import LessonPage
from assistant.ui.study.place import StudyPlace
from assistant.ui.study.review.controller import ReviewController
from assistant.ui.study.review.screen import ReviewScreen
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import STORE_S, Sat, leave, saying, sit_down
from tests.helpers.practice import in_hand
from tests.helpers.study_stand import ALGEBRA, MUSIC, PYTHON

KINDS = (
    (ALGEBRA, "linear-equations", AnswerKind.NUMBER, "4 - 9"),
    (ALGEBRA, "like-terms", AnswerKind.MATH, "3x + 2"),
    (ALGEBRA, "linear-equations", AnswerKind.STEPS, "3x = 22 - 7"),
    (MUSIC, "major-scale", AnswerKind.NOTES, "G A B"),
    (MUSIC, "cadences", AnswerKind.SHORT, "perfect"),
    (MUSIC, "circle-of-fifths", AnswerKind.CHOICE, "2"),
    (PYTHON, "first-functions", AnswerKind.CODE, "# mine"),
)


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    for course in (ALGEBRA, MUSIC, PYTHON):
        made.desk.core.study.enrolments.enrol(course).result(STORE_S)
    made.desk.window.activateWindow()
    qtbot.waitUntil(made.desk.window.isActiveWindow)
    made.desk.window.show_place("study")
    yield made
    leave(made)


def place_of(sat: Sat) -> StudyPlace:
    place = sat.desk.window.place("study")
    assert isinstance(place, StudyPlace)
    return place


class Practising:
    """An exercise of a kind in the real window."""

    def __init__(self, sat: Sat, course: CourseId, concept: str, kind: AnswerKind) -> None:
        self.sat = sat
        self.place = place_of(sat)
        exercise = in_hand(sat.desk.core, course, concept, kind)
        self.place.show_page("course", course)
        self.place.show_page("exercise", course)
        screen = self.place.page("exercise")
        assert isinstance(screen, ExerciseScreen)
        self.screen = screen
        made = sat.desk.window.findChildren(ExerciseController)
        self.controller = next(one for one in made if one.widget is screen)
        self.controller.open(course, exercise.concept)
        sat.bot.waitUntil(lambda: self._shown == exercise.id)

    @property
    def _shown(self) -> str:
        given = self.controller.given
        return given.exercise.id if given is not None and not self.controller.waiting else ""

    @property
    def pane(self) -> AnswerPane:
        assert self.screen.pane is not None
        return self.screen.pane

    def read_lesson(self) -> LessonPage:
        """Opens the lesson from the exercise, and waits for its end."""
        self.screen.bar.lesson.click()
        assert self.place.current == "lesson"
        page = self.place.page("lesson")
        assert isinstance(page, LessonPage)
        self.sat.bot.waitSignal(page.built).wait()
        return page


def focused(sat: Sat) -> QWidget:
    widget = sat.desk.window.focusWidget()
    assert widget is not None
    return widget


def take_focus(sat: Sat, pane: AnswerPane) -> None:
    """Waits until the place to answer in has it: the window of the test before may still close."""

    def held() -> bool:
        sat.desk.window.activateWindow()
        pane.focus_answer()
        return pane.isAncestorOf(focused(sat))

    sat.bot.waitUntil(held)


def state_of(pane: AnswerPane) -> tuple[bool, str, str]:
    """What was taken and written in a place to answer in."""
    fields = "|".join(each.text() for each in pane.findChildren(QLineEdit))
    programs = "|".join(each.toPlainText() for each in pane.findChildren(CodeEditor))
    return not isinstance(pane, ChoicePane) or pane.taken == 1, fields, programs


@pytest.mark.parametrize(("course", "concept", "kind", "text"), KINDS)
def test_an_exercise_stands_as_it_stood_when_one_comes_back_from_its_lesson(
    sat: Sat, course: CourseId, concept: str, kind: AnswerKind, text: str
) -> None:
    at = Practising(sat, course, concept, kind)
    pane, hints = at.pane, at.screen.hints
    take_focus(sat, pane)
    before = state_of(pane)
    QTest.keyClicks(focused(sat), text)
    typed = state_of(pane)
    assert typed != before
    sat.desk.core.study.enrolments.attempt_first = False
    hints.hint_wanted.emit()
    sat.bot.waitUntil(lambda: not at.controller.waiting)
    shown = hints.shown.accessibleName() if hints.shown is not None else ""

    for way in ("button above", "button below", "Esc"):
        lesson = at.read_lesson()
        assert lesson.way_back.isVisible()
        assert lesson.way_back.text() == "Back to the exercise"
        assert not lesson.back.isVisible()
        below = lesson.practice
        assert below is not None
        assert below.text() == "Back to the exercise", "Practise would begin another sitting"
        if way == "Esc":
            assert lesson.isAncestorOf(focused(sat))
            QTest.keyClick(focused(sat), Qt.Key.Key_Escape)
        else:
            (lesson.way_back if way == "button above" else below).click()
        assert at.place.current == "exercise"
        assert at.pane is pane
        assert state_of(pane) == typed
        assert (hints.shown.accessibleName() if hints.shown is not None else "") == shown
        assert pane.isAncestorOf(focused(sat))
    at.screen.leave_wanted.emit()
    assert at.place.current == "course", "and the exercise leads where it led before"


def test_another_lesson_is_practised_and_leads_round_in_no_circle(sat: Sat) -> None:
    at = Practising(sat, ALGEBRA, "linear-equations", AnswerKind.NUMBER)
    lesson = at.read_lesson()
    before = lesson.practice
    lesson.next.click()
    sat.bot.waitUntil(lambda: lesson.practice not in (None, before))
    assert lesson.way_back.isVisible(), "there is still a way back"
    assert lesson.practice is not None
    assert lesson.practice.text() == "Practise"
    lesson.practice.click()
    assert at.place.current == "exercise"
    sat.bot.waitUntil(lambda: not at.controller.waiting)
    at.screen.leave_wanted.emit()
    assert at.place.current == "course"


def test_in_a_placement_test_there_is_no_lesson(sat: Sat) -> None:
    at = Practising(sat, ALGEBRA, "linear-equations", AnswerKind.NUMBER)
    assert at.screen.bar.lesson.isVisible()
    at.controller.open(ALGEBRA, placement=True)
    sat.bot.waitUntil(at.screen.unsure.isVisible)
    assert not at.screen.bar.lesson.isVisible()


def test_a_review_goes_on_where_it_was_when_one_comes_back_from_a_lesson(sat: Sat) -> None:
    study, place = sat.desk.core.study, place_of(sat)
    course = study.library.course(MUSIC)
    study.reviews.take_in(course, [course.concepts[0].id]).result(STORE_S)
    place.show_page("today")
    place.show_page("review")
    screen = place.page("review")
    assert isinstance(screen, ReviewScreen)
    made = sat.desk.window.findChildren(ReviewController)
    review = next(one for one in made if one.widget is screen)
    sat.bot.waitUntil(lambda: review.queue.current is not None)
    sat.bot.waitUntil(lambda: bool(screen.show_button.isVisible()))
    screen.show_back()
    screen.grades.given.emit(Recall.GOOD)
    sat.bot.waitUntil(lambda: review.queue.done == 1 and screen.show_button.isVisible())
    asked = review.queue.current
    review.lesson_wanted.emit(MUSIC, course.concepts[0].id)
    page = place.page("lesson")
    assert isinstance(page, LessonPage)
    sat.bot.waitUntil(lambda: page.practice is not None)
    assert page.way_back.text() == "Back to the cards"
    page.way_back.click()
    assert place.current == "review"
    sat.settle()
    assert (review.queue.done, review.queue.current) == (1, asked), "the session is not begun anew"
    assert review.queue.can_undo
    assert screen.isAncestorOf(focused(sat)) or focused(sat) is screen


def test_time_elsewhere_is_not_counted(qtbot: QtBot) -> None:
    watch = Stopwatch()
    assert watch.seconds == 0
    watch.start()
    qtbot.wait(20)
    watch.pause()
    counted = watch.seconds
    assert counted > 0
    time.sleep(0.05)
    assert watch.seconds == counted
    watch.go_on()
    qtbot.wait(20)
    assert watch.seconds > counted
    watch.start()
    assert watch.seconds < counted
