"""The placement test in the window: from the page of a course to the lesson where it begins."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.services.study.placement_values import PlacementOffer
from assistant.ui.study.courses.course_page import CoursePage
from assistant.ui.study.exercise.controller import ExerciseController
from assistant.ui.study.exercise.screen import ExerciseScreen
from assistant.ui.study.place import StudyPlace
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.question import Question
from tests.helpers.desk import STORE_S, Sat, leave, saying, sit_down
from tests.helpers.study_stand import ALGEBRA


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    made.desk.core.study.enrolments.enrol(ALGEBRA).result(STORE_S)
    made.desk.window.resize(1280, 800)
    yield made
    leave(made)


def words(screen: ExerciseScreen) -> str:
    return "\n".join(one.text() for one in screen.findChildren(PlainLabel) if one.isVisible())


def button(screen: ExerciseScreen, text: str) -> Button:
    [found] = [one for one in screen.findChildren(Button) if one.isVisible() and one.text() == text]
    return found


def opened(sat: Sat) -> tuple[StudyPlace, CoursePage]:
    sat.desk.window.show_place("study")
    place = sat.desk.window.place("study")
    assert isinstance(place, StudyPlace)
    place.course_wanted.emit(ALGEBRA)
    page = place.page("course")
    assert isinstance(page, CoursePage)
    sat.bot.waitUntil(page.placement.isVisible)
    return place, page


class Taken:
    """A test that was opened from the page of the course."""

    def __init__(self, sat: Sat, wait_for: str = "Find out where I stand") -> None:
        self.sat = sat
        self.place, self.page = opened(sat)
        button = self.page.placement.button
        sat.bot.waitUntil(lambda: button.text() == wait_for)
        self.page.placement.button.click()
        assert self.place.current == "exercise"
        screen = self.place.page("exercise")
        assert isinstance(screen, ExerciseScreen)
        self.screen = screen
        made = sat.desk.window.findChildren(ExerciseController)
        self.controller = next(one for one in made if one.widget is screen)

    def asked(self, number: int) -> None:
        """Waits for a question."""
        head = f"{number} of at most 20"
        self.sat.bot.waitUntil(lambda: head in words(self.screen))
        self.sat.bot.waitUntil(lambda: not self.controller.waiting)

    def answer(self, text: str | None = None) -> None:
        """Answers what is asked, rightly if nothing else is said."""
        given, pane = self.controller.given, self.screen.pane
        assert given is not None
        assert pane is not None
        pane.answered.emit(given.exercise.key.answer if text is None else text)


def test_questions_are_answered_left_and_gone_on_with(sat: Sat) -> None:
    test = Taken(sat)
    screen, page = test.screen, test.page
    test.asked(1)
    assert "Placement" in words(screen)
    assert not screen.hints.isVisible()
    assert not screen.ask.isVisible()
    assert not screen.why.isVisible()
    assert screen.unsure.button in screen.stops()
    test.answer(" ")
    sat.bot.waitUntil(lambda: "Not counted" in words(screen))
    test.answer()
    test.asked(2)
    button(screen, "I don't know").click()
    test.asked(3)
    screen.resize(screen.width() // 3, screen.height())
    assert screen.unsure.isVisible()
    screen.leave_wanted.emit()
    assert test.place.current == "course"
    sat.bot.waitUntil(lambda: page.placement.button.text() == "Go on with it")
    page.placement.button.click()
    test.asked(3)
    page.placement.show_offer(PlacementOffer(possible=False, worthwhile=False, answered=0, most=20))
    assert page.placement.isHidden()


def test_it_is_taken_again_from_the_page_of_the_course(sat: Sat) -> None:
    placing = sat.desk.core.study.placing
    asked = placing.begin(ALGEBRA).result(STORE_S).given
    while asked is not None:
        asked = placing.not_known(asked.exercise.id, 1.0).result(STORE_S).given
    test = Taken(sat, wait_for="Take it again")
    test.asked(1)
    assert "practice stays" in test.page.placement.words.text()
    test.answer()
    test.asked(2)
    test.screen.leave_wanted.emit()
    card = test.page.placement
    sat.bot.waitUntil(lambda: card.button.text() == "Go on with it")
    assert "Until it is ended, the test of" in card.words.text()
    card.anew.click()
    [question] = card.findChildren(Question)
    question.yes.click()
    test.asked(1)
    assert test.place.current == "exercise"


def test_its_result_leads_to_where_it_says_to_begin(sat: Sat) -> None:
    test = Taken(sat)
    screen = test.screen
    plan = test.page.plan.words
    sat.bot.waitUntil(lambda: "33 concepts are ahead" in plan())
    for number, text in enumerate((None, None, "-98765", None), 1):
        test.asked(number)
        test.answer(text)
    test.asked(5)
    button(screen, "End here").click()
    screen.bar.skip.setEnabled(False)  # as where the last answer of a test ends it
    sat.bot.waitUntil(lambda: "Where you stand in “Algebra and arithmetic”" in words(screen))
    said = words(screen)
    result = sat.desk.core.study.placing.end(ALGEBRA).result(STORE_S).result
    assert result is not None
    assert result.begin is not None
    assert 8 < len(result.known) < result.concepts
    assert "You answered 3 of 4 questions right." in said
    screen.leave_wanted.emit()
    sat.bot.waitUntil(lambda: f"{result.concepts - len(result.known)} concepts are ahead" in plan())
    test.page.placement.button.click()
    test.asked(5)
    button(screen, "End here").click()
    sat.bot.waitUntil(lambda: "Where you stand in" in words(screen))
    listed = [one for one in result.known if f"{result.titles[one.concept]}: " in said]
    assert len(listed) == 8
    assert f"and {len(result.known) - 8} more" in said
    button(screen, f"Begin with “{result.titles[result.begin.concept]}”").click()
    sat.bot.waitUntil(lambda: test.place.current == "lesson")
    test.controller.open(ALGEBRA)
    sat.bot.waitUntil(lambda: not screen.hints.isHidden())
    assert screen.unsure.isHidden()
    assert screen.bar.skip.text() == "Skip"
    assert screen.bar.skip.isEnabled(), "what was answered last was a question of the test"
