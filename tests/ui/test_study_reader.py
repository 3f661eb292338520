"""A citation of a textbook opens the book where it stands, over a real vault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.ids import BookId, ConceptId
from assistant.services.core import Core
from assistant.services.study.lesson_values import LessonReply, Source
from assistant.tutor.books.grounding import Sentence, Support
from assistant.ui.bridge.background import WorkersBackground
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.chat.transcript.table_view import TableView
from assistant.ui.study.books.controller import BooksController
from assistant.ui.study.books.reader import BookReader
from assistant.ui.study.exercise.markdown_view import drawing
from assistant.ui.study.lesson.ask import SentenceRow, SourceRow
from assistant.ui.study.lesson.controller import LessonController
from assistant.ui.theme.theme import Theme
from tests.helpers.book_files import without_model, write_pdf
from tests.helpers.pictures import near, picture_of, put
from tests.helpers.signals import record
from tests.helpers.study_stand import ALGEBRA, all_threads, enrol, studying


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    folder = tmp_path_factory.mktemp("profile")
    with studying(folder) as made:
        enrol(made, ALGEBRA)
        pages = [[f"This page is about {word}."] for word in ("sums", "ratios", "powers")]
        made.study.books.add(write_pdf(folder / "sums.pdf", pages)).result(60)
        all_threads(made)
        yield made


def test_a_citation_opens_the_book_at_its_page_with_the_passage_marked(
    qtbot: QtBot, theme: Theme, core: Core, qapp: QApplication
) -> None:
    owner = QObject()
    lesson = LessonController(theme, core.study, JobRelay(owner), owner)
    put([], lesson.widget, 1040, 800)
    with qtbot.waitSignal(lesson.opened):
        lesson.open(ALGEBRA, ConceptId("ratio-and-proportion"))
    [hit] = core.study.books.search("ratios", 1).result(60)
    one = hit.passage
    sources = (
        Source(1, "Lesson: Ratios", "A ratio compares."),
        Source(2, one.citation, one.text, one.book, one.page, one.section, one.id),
    )
    card = lesson.widget.ask
    assert card is not None
    card.show_reply(LessonReply((), sources, missing="No model is here."))
    rows = [part for part in card.parts if isinstance(part, SourceRow)]
    assert [row.page.isVisibleTo(row) for row in rows] == [False, True]
    assert rows[1].page.accessibleName() == "Open the book at A small book, p. 2"
    rows[1].page.click()
    qtbot.waitUntil(lambda: lesson.books.reader is not None)
    reader = lesson.books.reader
    assert reader is not None
    assert _shown(reader) == ("p. 2 · Page 2 of 3", [("This page is about ratios.", True)])
    [cited] = reader.passages
    qtbot.waitUntil(lambda: cited.height() <= cited.words.height() + theme.px(14))
    moved = _Resizes(reader.content)
    qtbot.wait(100)
    assert moved.count == 0, "it comes to rest"
    lit = picture_of(cited)
    assert near(lit, QPointF(1, 8), theme.color("lampline"), 4)
    QTest.keyClick(_focused(reader), Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: _shown(reader)[0] == "p. 3 · Page 3 of 3")
    assert _shown(reader)[1] == [("This page is about powers.", False)]
    assert not reader.on.isEnabled()
    QTest.keyClick(reader, Qt.Key.Key_Right)
    QTest.keyClick(_focused(reader), Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: _shown(reader)[1] == [("This page is about ratios.", True)])
    QTest.keyClick(reader, Qt.Key.Key_Escape)
    assert lesson.books.reader is None
    failed = record(lesson.failed)
    lesson.books.open(BookId(99), 7)
    qtbot.waitUntil(lambda: bool(failed))
    lesson.close()
    lesson.widget.close()


class _Resizes(QObject):
    """Counts how often a widget takes another size."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt names it
        self.count += event.type() == QEvent.Type.Resize
        return super().eventFilter(watched, event)


def _focused(reader: BookReader) -> QWidget:
    """A button, which would take the arrows for itself."""
    found = reader.focusWidget()
    assert isinstance(found, QAbstractButton)
    return found


def _shown(reader: BookReader) -> tuple[str, list[tuple[str, bool]]]:
    assert isinstance(reader.content, QWidget)
    return reader.place.text(), [(one.text, one.marked) for one in reader.passages]


MARKDOWN = """# Rates

## The rate $r$

| unit | value |
|------|------:|
| m/s  | 3     |

A rate is $\\frac{a}{b}$, *always* for one unit of time.

```python
rate = 3

print(rate)
```
"""


def test_markdown_is_shown_as_that_and_other_texts_as_they_stand(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    with studying(tmp_path / "p") as core:
        (tmp_path / "rates.md").write_text(f"{MARKDOWN}\n{'A word more. ' * 90}\n\n```\nnever")
        (tmp_path / "rates.txt").write_text(MARKDOWN)
        adder = without_model(core)
        formatted, plain = (
            adder.add(tmp_path / f"rates.{end}").result(60) for end in ("md", "txt")
        )
        core.study.books = adder
        owner = QObject()
        books = BooksController(theme, core.study, JobRelay(owner), owner)
        put([], books.widget, 1040, 800)
        hit = next(one for one in adder.search("rate unit time").result(60) if one.by_words)
        books.opener.open(formatted.id, hit.passage.id)
        qtbot.waitUntil(lambda: books.opener.reader is not None)
        reader = books.opener.reader
        assert reader is not None
        assert reader.heading.text == "## The rate $r$"
        assert reader.findChildren(TableView)
        assert [one.text for one in reader.passages if one.marked] == [hit.passage.text]
        assert reader.passages[-1].text.endswith("never")
        QTest.keyClick(reader, Qt.Key.Key_Escape)
        books.opener.open(plain.id)
        qtbot.waitUntil(lambda: books.opener.reader is not None)
        reader = books.opener.reader
        assert reader is not None
        assert (reader.heading.isVisible(), reader.place.text()) == (False, "Part 1 of 1")
        shown = "".join(one.toPlainText() for one in reader.findChildren(QTextEdit))
        assert all(words in shown for words in ("*always*", "| m/s  | 3     |", "$\\frac{a}{b}$"))
        assert not reader.findChildren(TableView)
        [passage] = reader.passages
        qtbot.waitUntil(lambda: passage.height() <= passage.words.height() + theme.px(14))
        books.close()
        books.widget.close()


def test_what_is_quoted_from_a_pdf_is_no_markdown(qtbot: QtBot, theme: Theme, core: Core) -> None:
    owner = QObject()
    background = WorkersBackground(core.workers, owner)
    widget = QWidget()
    qtbot.addWidget(widget)
    drawn_with = drawing(theme, background, widget)
    words = "The price is $5 or *more*, not $6."
    for literal in (True, False):
        quote = Sentence(words, (1,), Support.SUPPORTED, literal)
        row = SentenceRow(theme, drawn_with, quote)
        qtbot.addWidget(row)
        shown = "".join(one.toPlainText() for one in row.findChildren(QTextEdit))
        assert ("*more*" in shown) == literal
    for markdown in (True, False):
        source = SourceRow(theme, drawn_with, Source(1, "A, p. 1", words, markdown=markdown))
        qtbot.addWidget(source)
        shown = "".join(one.toPlainText() for one in source.findChildren(QTextEdit))
        assert ("*more*" in shown) != markdown
    background.close()
