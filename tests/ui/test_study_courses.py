"""Courses from elsewhere, and the way to and from exercises, lessons and reviews."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from assistant.config.paths import resources
from assistant.domain.errors import UserFacingError
from assistant.tutor.courses.anki_export import ExportedCard, export_anki
from assistant.ui.study.books.page import BooksPage
from assistant.ui.study.books.reader import BookReader
from assistant.ui.study.courses.course_page import CoursePage
from assistant.ui.study.courses.page import CoursesPage
from assistant.ui.study.place import StudyPlace
from assistant.ui.study.today.page import TodayPage
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.question import Question
from tests.helpers.desk import STORE_S, Sat, leave, saying, sit_down
from tests.helpers.learner import ALGEBRA, make_learner
from tests.helpers.signals import record


@pytest.fixture(scope="module")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    profile = tmp_path_factory.mktemp("learner") / "p"
    make_learner(profile, sittings=2)
    return profile


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path, learner: Path) -> Iterator[Sat]:
    shutil.copytree(learner, tmp_path / "p")
    made = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    yield made
    leave(made)


def place_of(sat: Sat) -> StudyPlace:
    sat.desk.window.show_place("study")
    place = sat.desk.window.place("study")
    assert isinstance(place, StudyPlace)
    sat.bot.waitUntil(lambda: len(place.sections.courses) == 2)
    return place


def courses_of(sat: Sat) -> tuple[StudyPlace, CoursesPage]:
    place = place_of(sat)
    place.show_page("courses")
    page = place.page("courses")
    assert isinstance(page, CoursesPage)
    sat.bot.waitUntil(lambda: [card.course.title for card in page.offers.cards] == [PYTHON])
    return place, page


PYTHON = "Python from zero"


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(PlainLabel) if label.isVisible())


def seen(widget: QWidget) -> list[QAbstractButton]:
    return [each for each in widget.findChildren(QAbstractButton) if each.isVisible()]


def button(widget: QWidget, name: str) -> QAbstractButton:
    found = [each for each in seen(widget) if name in (each.text(), each.accessibleName())]
    assert len(found) == 1, name
    return found[0]


def shown(widget: QWidget) -> list[IconButton]:
    return [one for one in widget.findChildren(IconButton) if one.isVisible()]


def own_course(folder: Path) -> Path:
    """A course that ships under another name."""
    shutil.copytree(resources() / "courses" / "music-theory", folder)
    file = folder / "course.toml"
    text = file.read_text(encoding="utf-8")
    text = text.replace('"music-theory"', '"my-music"').replace(
        '"Music theory"', '"My <b>music</b>"'
    )
    file.write_text(text, encoding="utf-8")
    return folder


def test_a_course_is_dropped_taken_left_and_removed(sat: Sat, tmp_path: Path) -> None:
    place, page = courses_of(sat)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(own_course(tmp_path / "mine")))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(page.bring, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(5, 5), copy, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(page.bring, drop)
    assert "Reading mine…" in words(page.bring)
    assert button(page.bring, "Cancel bringing it in").isVisible()
    assert not page.bring.file.isEnabled()
    sat.bot.waitUntil(lambda: "“My <b>music</b>” is here" in words(page.bring))
    assert "25 concepts, 175 exercises." in words(page.bring)
    sat.bot.waitUntil(page.own.isVisible)
    button(page.bring, "Take this course").click()
    sat.bot.waitUntil(lambda: place.current == "today")
    sat.bot.waitUntil(lambda: len(place.sections.courses) == 3)
    assert place.sections.courses[2].toolTip() == "<p>My &lt;b>music&lt;/b></p>"
    job = sat.desk.core.study.enrolments.leave(place.sections.courses[2].course)
    job.result(STORE_S)
    place.show_page("courses")
    sat.bot.waitUntil(page.own.isVisible)
    button(page.own, "Remove My <b>music</b>").click()
    next(one for one in page.findChildren(Question) if one.isVisible()).yes.click()
    sat.bot.waitUntil(lambda: not page.own.isVisible())
    assert sat.desk.core.study.library.own() == ()


def test_another_course_of_the_same_name_is_asked_about_and_a_cancel_ends_it(
    sat: Sat, tmp_path: Path
) -> None:
    _, page = courses_of(sat)
    folder = own_course(tmp_path / "mine")
    sat.desk.core.study.bringing.bring(folder).result(STORE_S)
    file = folder / "course.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("</b>", "</b> 2"), encoding="utf-8")
    page.bring.bring_wanted.emit(str(folder), "", False)
    page.bring.cancel.click()
    assert page.bring.file.isEnabled()
    for answer, said in (("Keep the one I have", ""), ("Replace it", "music</b> 2” is here")):
        page.bring.bring_wanted.emit(str(folder), "", False)
        sat.bot.waitUntil(lambda: "is here already" in words(page.bring))
        button(page.bring, answer).click()
        sat.bot.waitUntil(lambda: "already" not in words(page.bring))
        sat.bot.waitUntil(lambda said=said: said in words(page.bring))
    [own] = sat.desk.core.study.library.own()
    assert sat.desk.core.study.library.course(own).title == "My <b>music</b> 2"


def test_a_deck_comes_in_by_a_file_and_its_cards_are_due(
    sat: Sat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = courses_of(sat)
    deck = tmp_path / "cards.apkg"
    sat.desk.core.study.bringing.export_cards(ALGEBRA, deck).result(STORE_S)

    def chosen(*_: object) -> tuple[str, str]:
        return str(deck), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    page.bring.file.click()
    sat.bot.waitUntil(lambda: "128 new cards, in your reviews" in words(page.bring))
    assert "8 cards are those of “Algebra and arithmetic”, and here already." in words(page.bring)


def test_a_deck_from_elsewhere_is_reviewed_from_where_it_came_in_and_removed_again(
    sat: Sat, tmp_path: Path
) -> None:
    place, page = courses_of(sat)
    deck, study = tmp_path / "bones.apkg", sat.desk.core.study
    export_anki([ExportedCard(f"{n}", ("Bones",), f"{n}?", "!") for n in range(3)], deck)
    page.bring.bring_wanted.emit(str(deck), "", False)
    sat.bot.waitUntil(lambda: "3 new cards, in your reviews" in words(page.bring))
    today = place.page("today")
    assert isinstance(today, TodayPage)
    sat.bot.waitUntil(lambda: "Bones" in today.reviews.bar.accessibleName())
    button(page.bring, "Review its cards").click()
    sat.bot.waitUntil(lambda: place.current == "review")
    place.go_back()
    sat.bot.waitUntil(page.decks.isVisible)
    assert "3 cards" in words(page.decks)
    page.bring.bring_wanted.emit(str(deck), "", False)
    sat.bot.waitUntil(lambda: "No new card came in." in words(page.bring))
    sat.bot.waitUntil(lambda: len(shown(page.decks)) == 1)  # the list is made anew
    [remove] = shown(page.decks)
    remove.click()
    [question] = page.findChildren(Question)
    assert "3 cards and what you remember of them are deleted" in words(question)
    question.agreed.emit(question.subject)
    sat.bot.waitUntil(lambda: not page.decks.isVisible())
    question.close()
    assert study.decks.decks().result(STORE_S) == ()
    assert "Bones" not in words(page.bring)


def test_what_is_no_course_is_refused_in_a_sentence_and_several_are_asked_about(
    sat: Sat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = courses_of(sat)

    def chosen(*_: object) -> str:
        return str(tmp_path / "p")

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", chosen)
    page.bring.folder.click()
    sat.bot.waitUntil(lambda: "holds no course that Lamplight can read" in words(page.bring))
    assert page.bring.file.isEnabled()
    several = UserFacingError("These hold several.", "Name one: a, b.", code="course_choice")
    page.bring.show_trouble(several)
    wanted = record(page.bring.bring_wanted)
    field = page.bring.findChild(LineField)
    assert field is not None
    sat.bot.waitUntil(field.isVisible)
    button(page.bring, "Import this one").click()
    assert wanted == [], "no name was given"
    QTest.keyClicks(field, "b")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [one[1] for one in wanted] == ["b"]


def test_a_subject_without_a_course_is_drafted_changed_and_taken(sat: Sat) -> None:
    place, page = courses_of(sat)
    card = page.draft
    QTest.keyClick(card.subject, Qt.Key.Key_Return)
    assert card.draft.isEnabled(), "without a subject nothing is asked"
    QTest.keyClicks(card.subject, "Photography")
    QTest.keyClick(card.subject, Qt.Key.Key_Return)
    assert not card.draft.isEnabled()
    sat.bot.waitUntil(lambda: "Going further" in words(card))
    fields = {
        field.accessibleName(): field for field in card.findChildren(LineField) if field.isVisible()
    }
    assert "fill" in words(card), "the scripted model proposes nothing that could be used"
    fields["Title of “A first piece of practice”"].setText("A picture a day")
    fields["Another concept"].setText("Light at night")
    button(card, "Leave out What often goes wrong").click()
    button(card, "Keep and take this course").click()
    sat.bot.waitUntil(lambda: place.current == "today")
    sat.bot.waitUntil(lambda: len(place.sections.courses) == 3)
    kept = sat.desk.core.study.library.course(place.sections.courses[2].course)
    titles = [concept.title for concept in kept.concepts]
    assert kept.title == "Photography"
    assert {"A picture a day", "Light at night"} <= set(titles)
    assert "What often goes wrong" not in titles
    assert len(titles) == 5


def test_a_draft_that_would_break_the_course_is_told_and_can_be_discarded(sat: Sat) -> None:
    _, page = courses_of(sat)
    card = page.draft
    card.draft_wanted.emit("Photography")
    sat.bot.waitUntil(lambda: "Going further" in words(card))
    field = next(
        one for one in card.findChildren(LineField) if one.accessibleName() == "Another concept"
    )
    field.setText("words and ideas to begin with")
    button(card, "Keep and take this course").click()
    sat.bot.waitUntil(lambda: "is in the course already" in words(card))
    button(card, "Discard").click()
    assert "Going further" not in words(card)
    assert sat.desk.core.study.library.own() == ()


def test_a_textbook_is_dropped_found_by_its_words_and_removed(sat: Sat, tmp_path: Path) -> None:
    place, courses = courses_of(sat)
    courses.book.click()
    page = place.page("books")
    assert isinstance(page, BooksPage)
    sat.bot.waitUntil(page.empty.isVisible)
    book = tmp_path / "chemistry.md"
    book.write_text("# Salts & acids\n\n## Acids\n\nVinegar holds acetic acid.\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(book))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(
        page, QDropEvent(QPointF(5, 5), copy, data, Qt.MouseButton.LeftButton, none)
    )
    sat.bot.waitUntil(page.field.isVisible)
    sat.bot.waitUntil(lambda: "Salts & acids" in words(page))
    sat.bot.waitUntil(lambda: "Salts && acids" in [each.text() for each in seen(place.sections)])
    place.show_page("today")
    button(place.sections, "Salts && acids").click()
    assert place.current == "books"
    sat.bot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(BookReader)))
    opened = next(one for one in page.findChildren(BookReader) if one.isVisible())
    assert "Salts & acids" in words(opened)
    button(opened, "Close").click()
    page.add_wanted.emit(str(book))
    sat.bot.waitUntil(lambda: "is among your books already" in words(page))
    QTest.keyClicks(page.field, "vinegar")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    sat.bot.waitUntil(lambda: "Vinegar holds acetic acid." in words(page))
    button(page, "Open Salts & acids, Acids").click()
    sat.bot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(BookReader)))
    reader = next(one for one in page.findChildren(BookReader) if one.isVisible())
    told = [(one.text.strip(), one.marked) for one in reader.passages]
    assert told == [("Vinegar holds acetic acid.", True)]
    button(reader, "Close").click()
    page.search_wanted.emit("quarks")
    sat.bot.waitUntil(lambda: "Nothing in your textbooks is about “quarks”." in words(page))
    button(page, "Remove Salts & acids").click()
    next(one for one in page.findChildren(Question) if one.isVisible()).yes.click()
    sat.bot.waitUntil(page.empty.isVisible)


def test_lessons_exercises_and_reviews_lead_back_to_where_they_were_opened(sat: Sat) -> None:
    place = place_of(sat)
    place.course_wanted.emit(ALGEBRA)
    assert place.current == "course"
    course = place.page("course")
    assert isinstance(course, CoursePage)
    wanted = {"lesson": course.map.lesson_wanted, "exercise": course.map.practice_wanted}
    for key, signal in wanted.items():
        signal.emit(ALGEBRA, "order-of-operations")
        assert place.current == key
        place.go_back()
        assert place.current == "course"
        assert next(row for row in place.sections.courses if row.course == ALGEBRA).isChecked()
    place.show_page("review")
    assert place.current == "review"
    place.go_back()
    assert place.current == "course"


def test_the_sidebar_says_what_is_due_before_the_place_is_opened(sat: Sat) -> None:
    count = len(sat.desk.core.study.reviews.session().result(STORE_S).cards)
    assert count > 0
    names = [f"Study, {count}"]
    sat.bot.waitUntil(
        lambda: (
            [
                each.accessibleName()
                for each in sat.desk.window.sidebar.findChildren(QAbstractButton)
                if each.accessibleName().startswith("Study,")
            ]
            == names
        )
    )
    assert sat.desk.window.place("study") is None
