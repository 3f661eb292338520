"""The Study place in the real window: its pages, and the way between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.ids import CourseId
from assistant.ui.study.place import StudyPlace
from assistant.ui.study.programs.page import ProgramsPage
from assistant.ui.study.review.screen import ReviewScreen
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.section_item import SectionItem
from tests.helpers.desk import Sat, leave, saying, sit_down


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    yield made
    leave(made)


def opened(sat: Sat) -> StudyPlace:
    QTest.keyClick(sat.desk.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    place = sat.desk.window.place("study")
    assert isinstance(place, StudyPlace)
    return place


def test_the_place_opens_by_its_keys_and_says_its_pages_itself_in_a_small_window(sat: Sat) -> None:
    place = opened(sat)
    assert sat.desk.window.current == "study"
    assert place.current == "today"
    assert not place.chooser.isVisible()
    sat.desk.window.resize(900, 600)
    sat.bot.waitUntil(place.chooser.isVisible)
    assert place.chooser.text() == "Today"
    place.show_page("programs")
    assert isinstance(place.page("programs"), ProgramsPage)
    assert place.chooser.text() == "Programs"


def test_what_was_done_is_told_by_the_sidebar_when_one_comes_back(sat: Sat) -> None:
    place = opened(sat)
    study = sat.desk.core.study
    study.enrolments.enrol(CourseId("music-theory")).result(60)
    place.show_page("progress")
    place.show_page("review")
    course = study.library.course(CourseId("music-theory"))
    study.reviews.take_in(course, [course.concepts[0].id]).result(60)
    cards = len(study.reviews.session().result(60).cards)
    assert cards
    review = place.page("review")
    assert isinstance(review, ReviewScreen)
    review.leave_wanted.emit()
    assert place.current == "progress"
    named = f"Review, {cards}"
    items = place.sections.findChildren(SectionItem)
    sat.bot.waitUntil(lambda: any(each.accessibleName() == named for each in items))


def test_a_lesson_that_was_opened_from_a_review_leads_back_to_it(
    theme: Theme, qtbot: QtBot
) -> None:
    place = StudyPlace(theme)
    qtbot.addWidget(place)
    for key in ("progress", "review", "lesson", "exercise"):
        place.add_page(key, QWidget())
    place.show_page("progress")
    place.show_page("review", "music-theory")
    place.show_page("lesson", "music-theory", keep=True)
    place.go_back()
    assert (place.current, place.course) == ("review", "music-theory")
    place.go_back()
    assert place.current == "progress"
    place.show_page("exercise", "music-theory")
    place.show_page("lesson", "music-theory")
    place.go_back()
    assert place.current == "progress", "what was practised ends where it began"
