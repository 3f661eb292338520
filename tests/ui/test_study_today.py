"""Today and the page of a course, in the real window over a vault with weeks of study."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import CourseId
from assistant.domain.study import Enrolment
from assistant.services.jobs import Job
from assistant.tutor.courses.anki_export import ExportedCard, export_anki
from assistant.ui.study.courses.course_page import CoursePage
from assistant.ui.study.courses.page import CoursesPage
from assistant.ui.study.place import StudyPlace
from assistant.ui.study.today.page import TodayPage
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.menu import Menu
from assistant.ui.widgets.notices import ErrorCard
from assistant.ui.widgets.question import Question
from tests.helpers.desk import STORE_S, Sat, leave, saying, sit_down
from tests.helpers.learner import ALGEBRA, MUSIC, make_learner


@pytest.fixture(scope="module")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    profile = tmp_path_factory.mktemp("learner") / "p"
    make_learner(profile)
    return profile


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path, learner: Path) -> Iterator[Sat]:
    shutil.copytree(learner, tmp_path / "p")
    made = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    yield made
    leave(made)


@pytest.fixture
def stranger(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    yield made
    leave(made)


def opened(sat: Sat) -> tuple[StudyPlace, TodayPage]:
    """The place, once Today was read."""
    sat.desk.window.show_place("study")
    place = sat.desk.window.place("study")
    assert isinstance(place, StudyPlace)
    page = place.page("today")
    assert isinstance(page, TodayPage)
    sat.bot.waitUntil(lambda: page.reviews.isVisible() or bool(page.offers.cards))
    return place, page


def course_page(sat: Sat, place: StudyPlace) -> CoursePage:
    sat.bot.waitUntil(lambda: place.current == "course")
    page = place.page("course")
    assert isinstance(page, CoursePage)
    sat.bot.waitUntil(lambda: page.map.standing is not None)
    return page


def taken(sat: Sat) -> dict[CourseId, Enrolment]:
    found = sat.desk.core.study.enrolments.enrolments().result(STORE_S)
    return {one.course: one for one in found}


def test_a_stranger_is_offered_three_courses_and_takes_one_with_one_button(stranger: Sat) -> None:
    place, page = opened(stranger)
    cards = page.offers.cards
    assert [card.course.title for card in cards] == [
        "Algebra and arithmetic",
        "Music theory",
        "Python from zero",
    ]
    assert not place.sections.courses
    cards[1].take.click()
    stranger.bot.waitUntil(page.reviews.isVisible)
    assert [row.accessibleName() for row in place.sections.courses] == ["Music theory, 0\u00a0%"]
    assert page.next.accessibleName() == "Next lesson: Names of notes and octaves"
    assert not page.reviews.start.isVisible(), "nothing is due"
    assert list(taken(stranger)) == [MUSIC]
    wanted = page.map.standing
    assert wanted is not None
    assert wanted.course.id == MUSIC


def test_one_who_brought_a_deck_and_takes_no_course_finds_it_at_the_top(
    stranger: Sat, tmp_path: Path
) -> None:
    deck = tmp_path / "bones.apkg"
    export_anki([ExportedCard(f"{n}", ("Bones",), f"{n}?", "!") for n in range(3)], deck)
    place, page = opened(stranger)
    assert not page.deck_reviews.isVisible()
    stranger.desk.core.study.bringing.bring(deck).result(STORE_S)
    place.show_page("progress")
    place.show_page("today")
    stranger.bot.waitUntil(page.deck_reviews.isVisible)
    assert page.deck_reviews.accessibleName() == "Reviews today: 3"
    assert "Bones" in page.deck_reviews.bar.accessibleName()
    assert page.deck_reviews.y() < page.offers.y()
    page.deck_reviews.start.click()
    stranger.bot.waitUntil(lambda: place.current == "review")


def test_after_a_course_is_taken_the_keys_are_at_its_first_lesson(stranger: Sat) -> None:
    place, page = opened(stranger)
    take = page.offers.cards[1].take
    take.setFocus()
    QTest.keyClick(take, Qt.Key.Key_Space)
    stranger.bot.waitUntil(page.next.open.hasFocus)
    assert page.next.open.text() == "Open lesson"
    place.show_page("courses")
    courses = place.page("courses")
    assert isinstance(courses, CoursesPage)
    stranger.bot.waitUntil(lambda: bool(courses.offers.cards))
    other = courses.offers.cards[0].take
    other.setFocus()
    QTest.keyClick(other, Qt.Key.Key_Space)
    stranger.bot.waitUntil(lambda: place.current == "today" and page.next.open.hasFocus())


def test_today_shows_what_is_due_what_comes_next_and_where_one_stands(sat: Sat) -> None:
    place, page = opened(sat)
    count = len(sat.desk.core.study.reviews.session().result(STORE_S).cards)
    assert count > 0
    assert page.reviews.accessibleName() == f"Reviews today: {count}"
    assert "Algebra" in page.reviews.bar.accessibleName()
    assert page.next.accessibleName().startswith(("Next lesson: ", "Practise next: ", "Repair"))
    assert page.days.words() == "2 of the last 7 days"
    assert page.memory.curve.drawing() is not None
    assert page.mastery.plot.drawing() is not None
    assert {row.course for row in place.sections.courses} == {ALGEBRA, MUSIC}
    followed = page.map.standing
    assert followed is not None
    assert followed.course.id == MUSIC, "it was worked on last"
    page.mastery.plot.activated.emit(ALGEBRA)
    sat.bot.waitUntil(
        lambda: page.map.standing is not None and page.map.standing.course.id == ALGEBRA
    )


def test_a_course_has_a_page_with_its_plan(sat: Sat) -> None:
    place, today = opened(sat)
    place.sections.courses[0].click()
    page = course_page(sat, place)
    assert page.accessibleName() == "Algebra and arithmetic"
    assert place.chooser.text() == "Algebra and arithmetic"
    assert place.sections.courses[0].isChecked()
    plan = page.plan
    sat.bot.waitUntil(lambda: "ahead of you" in _words(page))
    assert not plan.keep.isEnabled(), "it is kept already"
    said = [label.accessibleName() or label.text() for label in page.findChildren(QLabel)]
    assert any("Licence: Apache-2.0" in words for words in said)
    assert any(" · " in label.text() for label in plan.findChildren(ElidedLabel))
    QTest.keyClicks(plan.until.field, "sometime")
    sat.bot.waitUntil(lambda: bool(plan.until.error()))
    assert not plan.keep.isEnabled()
    plan.until.field.clear()
    QTest.keyClicks(plan.until.field, "yesterday")
    sat.bot.waitUntil(lambda: "past" in plan.until.error())
    assert not plan.keep.isEnabled()
    plan.until.field.clear()
    QTest.keyClicks(plan.until.field, "in 20 weeks")
    QTest.keyClicks(plan.hours.field, "2,5")
    sat.bot.waitUntil(plan.keep.isEnabled)
    sat.bot.waitUntil(lambda: "At 2.5 hours a week" in _words(page))
    plan.keep.click()
    sat.bot.waitUntil(lambda: taken(sat)[ALGEBRA].hours_a_week == 2.5)
    assert taken(sat)[ALGEBRA].deadline is not None
    sat.bot.waitUntil(lambda: not plan.keep.isEnabled())
    plan.hours.field.clear()
    QTest.keyClicks(plan.hours.field, "99")
    sat.bot.waitUntil(lambda: "That many hours" in _words(page))
    assert today.accessibleName() == "Today"


def _words(page: CoursePage) -> str:
    return " ".join(label.text() for label in page.plan.findChildren(PlainLabel))


def test_a_course_is_exported_left_and_forgotten(
    sat: Sat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, today = opened(sat)
    place.course_wanted.emit(ALGEBRA)
    page = course_page(sat, place)
    deck = tmp_path / "algebra"

    def chosen(*_: object) -> tuple[str, str]:
        return str(deck), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    page.export.click()
    sat.bot.waitUntil(deck.with_suffix(".apkg").exists)
    page.leave.click()
    question = next(one for one in page.findChildren(Question) if one.isVisible())
    assert question.windowTitle() == "Leave “Algebra and arithmetic”?"
    question.yes.click()
    sat.bot.waitUntil(lambda: place.current == "today")
    sat.bot.waitUntil(lambda: [row.course for row in place.sections.courses] == [MUSIC])
    place.course_wanted.emit(MUSIC)
    sat.bot.waitUntil(lambda: page.accessibleName() == "Music theory")
    page.forget.click()
    next(one for one in page.findChildren(Question) if one.isVisible()).yes.click()
    sat.bot.waitUntil(lambda: bool(today.offers.cards))
    attempts = sat.desk.core.workers.on_store(
        lambda: sat.desk.core.study.study_repository().attempts(MUSIC)
    )
    assert attempts.result(STORE_S) == ()


def test_practice_opens_from_the_map_and_leads_back(sat: Sat) -> None:
    place, page = opened(sat)
    page.map.practice_wanted.emit(ALGEBRA, "order-of-operations")
    assert place.current == "exercise"
    assert sat.desk.window.sidebar.is_folded(), "an exercise has the room"
    screen = place.page("exercise")
    assert screen is not None
    sat.desk.window.show_place("chat")
    assert not sat.desk.window.sidebar.is_folded()
    sat.desk.window.show_place("study")
    assert sat.desk.window.sidebar.is_folded()
    place.show_page("today")
    assert not sat.desk.window.sidebar.is_folded()


def test_progress_is_reached_by_its_name(sat: Sat) -> None:
    place, _ = opened(sat)
    item = place.sections.item("progress")
    assert item is not None
    QTest.mouseClick(item, Qt.MouseButton.LeftButton)
    assert place.current == "progress"


def test_what_is_due_and_what_comes_next_are_a_click_away(sat: Sat) -> None:
    place, page = opened(sat)
    page.reviews.start.click()
    assert place.current == "review"
    place.go_back()
    assert place.current == "today"
    page.mastery.plot.activated.emit(ALGEBRA)
    sat.bot.waitUntil(
        lambda: page.map.standing is not None and page.map.standing.course.id == ALGEBRA
    )
    standing = page.map.standing
    assert standing is not None
    assert standing.next_up is not None
    page.next.open.click()
    learn = standing.next_up.doing.value == "learn"
    assert place.current == ("lesson" if learn else "exercise")
    place.go_back()
    page.map.expanded.emit(ALGEBRA)
    assert course_page(sat, place).map.standing is not None


def test_a_small_window_offers_the_pages_and_courses_in_a_menu(sat: Sat) -> None:
    place, _ = opened(sat)
    sat.desk.window.resize(900, 600)
    sat.bot.waitUntil(place.chooser.isVisible)
    place.chooser.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, Menu)
    named = [action.text() for action in menu.actions() if action.text()]
    assert named[:5] == ["Today", "Review", "Progress", "Programs", "Calendar"]
    assert named[-2:] == ["Textbooks", "New course or book"]
    assert any(name.startswith("Music theory, ") for name in named)
    menu.actions()[-1].trigger()
    menu.close()
    assert place.current == "courses"
    assert place.chooser.text() == "New course or book"


def test_what_cannot_be_read_is_told_with_a_way_to_try_again(
    stranger: Sat, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, page = opened(stranger)
    core = stranger.desk.core

    def failing(_: object) -> object:
        raise UserFacingError("The history cannot be read.", "Try again.", code="test")

    def failing_look(_followed: CourseId | None) -> Job[object]:
        return core.workers.in_pool(failing)

    with monkeypatch.context() as broken:
        broken.setattr(core.study.today, "look", failing_look)
        place.show_page("today")
        stranger.bot.waitUntil(lambda: bool(page.findChildren(ErrorCard)))
    [again] = [each for each in page.findChildren(QAbstractButton) if each.text() == "Try again"]
    again.click()
    stranger.bot.waitUntil(lambda: not [c for c in page.findChildren(ErrorCard) if c.isVisible()])
