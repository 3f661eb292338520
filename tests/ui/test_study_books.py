"""Textbooks whose meaning was not learnt to the end, and long ones that go."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.domain.book import Book, BookFormat
from assistant.domain.ids import BookId
from assistant.services.core import Core
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.study.books.controller import BooksController
from assistant.ui.study.books.page import book_facts, book_names, twins_of
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.labels import PlainLabel
from tests.helpers.book_files import without_model, write_pdf
from tests.helpers.signals import record
from tests.helpers.study_stand import all_threads, studying


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    folder = tmp_path_factory.mktemp("profile")
    with studying(folder) as made:
        wordy = without_model(made)
        made.study.books = wordy
        pages = [[f"This page is about {word}."] for word in ("sums", "ratios", "powers")]
        wordy.add(write_pdf(folder / "sums.pdf", pages)).result(60)
        all_threads(made)
        yield made


@pytest.fixture
def books(core: Core, theme: Theme, qtbot: QtBot) -> Iterator[BooksController]:
    owner = QObject()
    relay = JobRelay(owner)
    made = BooksController(theme, core.study, relay, owner)
    qtbot.addWidget(made.widget)
    made.widget.resize(900, 600)
    made.widget.show()
    made.refresh()
    qtbot.waitUntil(made.widget.field.isVisible)
    yield made
    made.close()
    relay.close()


def _words(books: BooksController) -> str:
    labels = books.widget.findChildren(PlainLabel)
    return "\n".join(each.text() for each in labels if each.isVisible())


def _button(books: BooksController, name: str) -> IconButton:
    buttons = books.widget.findChildren(IconButton)
    [found] = [one for one in buttons if one.isVisible() and one.accessibleName() == name]
    return found


def test_what_books_mean_is_learnt_later_where_that_was_cut_short(
    books: BooksController, qtbot: QtBot
) -> None:
    said = record(books.said)
    page = books.widget
    assert page.learn.isVisible()
    page.learn.click()
    assert not page.learn.isEnabled(), "once is enough"
    qtbot.waitUntil(lambda: bool(said))
    assert said == [("No model is here that learns it; the words are found all the same.",)]
    assert page.learn.isEnabled()


def test_a_book_is_renamed_at_its_row(books: BooksController, qtbot: QtBot) -> None:
    said = record(books.said)
    page = books.widget
    page.search_wanted.emit("ratios")
    qtbot.waitUntil(lambda: "This page is about ratios." in _words(books))
    _button(books, "Rename A small book").click()
    field = books.renaming.field
    assert field is not None
    assert field.text() == "A small book"
    field.field.setText("  ")
    QTest.keyClick(field.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "needs a title" in field.error())
    field.field.setText("Magnets & iron")
    QTest.keyClick(field.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(said))
    assert said == [("The textbook is called “Magnets & iron” now.",)]
    assert books.renaming.field is None
    qtbot.waitUntil(lambda: "Magnets & iron, p. 2" in _words(books))
    _button(books, "Rename Magnets & iron").click()
    again = books.renaming.field
    assert again is not None
    QTest.keyClick(again.field, Qt.Key.Key_Return)
    assert books.renaming.field is None, "the same title changes nothing"
    page.field.setText("ratios")
    assert page.shows_hits
    page.field.clear()
    assert not page.shows_hits, "an empty field asks nothing any more"
    _button(books, "Rename Magnets & iron").click()
    last = books.renaming.field
    assert last is not None
    last.field.setText("A small book")
    QTest.keyClick(last.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(said) == 2)


def test_books_of_one_title_are_told_apart() -> None:
    when = datetime(2025, 11, 19, 12, 5).astimezone()
    one = Book(BookId(1), "Algebra", "I. M. Gelfand", BookFormat.PDF, 160, 400, when, 400)
    two = replace(one, id=BookId(2), title="algebra ", author="", format=BookFormat.TEXT, pages=1)
    other = replace(one, id=BookId(3), title="Music")
    assert book_names([one, two, other]) == ["Algebra · I. M. Gelfand", "algebra  · Text", "Music"]
    assert twins_of([one, two, other]) == {1, 2}
    assert book_facts(one) == "I. M. Gelfand · 160 pages · 400 passages"
    assert book_facts(two, twin=True) == (
        "Text · added 19 Nov 2025, 12:05 · 1 section · 400 passages"
    )


def test_a_book_that_goes_takes_what_was_found_in_it_along(
    books: BooksController, core: Core, qtbot: QtBot
) -> None:
    page = books.widget
    page.search_wanted.emit("ratios")
    qtbot.waitUntil(lambda: "This page is about ratios." in _words(books))
    page.show_progress(0.5, "Deleting its text", stops=False)
    assert not page._cancel.isVisible()  # pyright: ignore[reportPrivateUsage] - it has no other name
    page.show_done()
    listed = record(books.listed)
    core.workers.on_store(lambda: core.study.book_repository().remains.hide(BookId(1))).result(60)
    books._show_removing(0.3, "Deleting its text")  # pyright: ignore[reportPrivateUsage] - as its job does
    books._show_removing(0.6, "Deleting its text")  # pyright: ignore[reportPrivateUsage] - as above
    qtbot.waitUntil(lambda: bool(listed))
    assert listed == [((),)], "it is listed no more while it is deleted, and that is read once"
    core.workers.on_store(lambda: core.study.book_repository().finish(BookId(1))).result(60)
    books._removed(None)  # pyright: ignore[reportPrivateUsage] - as above
    qtbot.waitUntil(lambda: len(listed) == 2)
    page.search_wanted.emit("ratios")
    qtbot.waitUntil(lambda: "This page is about ratios." in _words(books))
    [book] = core.study.books.books().result(60)
    page.remove_agreed.emit(book.id)
    assert "This page is about ratios." not in _words(books)
    qtbot.waitUntil(page.empty.isVisible)
