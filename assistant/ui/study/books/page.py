"""Textbooks: what there is, how far one is that comes in, and what they say about a question."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.book import Book, BookFormat, BookPassage
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import BookId
from assistant.services.study.books import BookHit
from assistant.ui.library.import_strip import dropped_paths
from assistant.ui.study.courses.days import written_day
from assistant.ui.study.pictures.marks import count_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.fields import SearchField
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.meters import ProgressBar
from assistant.ui.widgets.notices import EmptyState, ErrorCard
from assistant.ui.widgets.page import TitledPage
from assistant.ui.widgets.question import Question

_FORMATS = {
    BookFormat.PDF: "PDF",
    BookFormat.EPUB: "EPUB",
    BookFormat.MARKDOWN: "Markdown",
    BookFormat.TEXT: "Text",
}
_FILES = "Books (*.pdf *.epub *.md *.markdown *.txt);;All files (*)"


class BooksPage(TitledPage):
    """All textbooks.

    Args:
        theme: The theme in force.
    """

    add_wanted = Signal(str)
    """The path of a file."""
    cancelled = Signal()
    learn_wanted = Signal()
    """What the books mean shall be learnt, as far as it is not."""
    remove_agreed = Signal(object)
    """A ``BookId``."""
    rename_wanted = Signal(object, object)
    """A ``Book`` and the button at which its title is asked for."""
    search_wanted = Signal(str)
    open_wanted = Signal(object, int)
    """A ``BookId`` and a passage of it; 0 for its beginning."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Textbooks")
        self.setAcceptDrops(True)
        self.add = Button(theme, "Add a textbook", icon="plus")
        self.add.clicked.connect(self.choose_file)
        self.add_to_head(self.add)
        self.add.hide()
        self.field = SearchField(theme, "Find in your textbooks")
        self.field.returnPressed.connect(self._search)
        self.field.textChanged.connect(self._end_search)
        self.empty = EmptyState(
            theme,
            "No textbook yet",
            "Bring in a PDF, an EPUB, Markdown or plain text. Lessons then quote it with the page, "
            "and you can ask it questions. It stays on this machine, encrypted.",
            icon="book-open",
        )
        self.empty.add_button("Add a textbook", "primary", "plus").clicked.connect(self.choose_file)
        self._trouble = QVBoxLayout()
        self._busy = Card(theme, 16)
        self._make_busy(theme)
        self._list = Card(theme, 16)
        self._rows = QVBoxLayout()
        self._list.body.addLayout(self._rows)
        self.learn = Button(theme, "Learn the rest of what they mean", "ghost", small=True)
        self.learn.setToolTip("A search then finds what is said in other words as well.")
        self.learn.clicked.connect(self.learn_wanted)
        self._list.body.addWidget(self.learn, 0, Qt.AlignmentFlag.AlignLeft)
        self._found = Card(theme, 16)
        self._hits = QVBoxLayout()
        self._hits.setSpacing(theme.px(12))
        self._found.body.addLayout(self._hits)
        self.column.addLayout(self._trouble)
        for widget in (self._busy, self.empty, self.field, self._found, self._list):
            self.column.addWidget(widget)
            widget.hide()
        self.column.addStretch(1)

    def show_books(self, books: Sequence[Book]) -> None:
        """Lists the books."""
        _clear(self._rows)
        twins = twins_of(books)
        for number, book in enumerate(books):
            if number:
                self._rows.addWidget(Divider(self.theme))
            self._rows.addWidget(self._row(book, twin=book.id in twins))
        self.learn.setVisible(any(book.by_meaning < book.passages for book in books))
        self.empty.setVisible(not books)
        self.add.setVisible(bool(books))  # the same button stands in the middle then
        self.field.setVisible(bool(books))
        self._list.setVisible(bool(books))
        self.set_facts(count_words(len(books), "book") if books else "")
        if not books:
            self._found.hide()

    def show_progress(self, share: float, doing: str, *, stops: bool = True) -> None:
        """Says how far a book is that comes in, or goes.

        Args:
            share: How far, 0 to 1.
            doing: What is being done.
            stops: Whether it can be cancelled.
        """
        self._busy.show()
        self._cancel.setVisible(stops)
        for button in (self.add, self.learn):
            button.setEnabled(False)
        self._bar.set_share(share)
        self._doing.setText(f"{doing} · {share:.0%}".replace("%", " %"))

    def show_done(self) -> None:
        """Nothing comes in any more."""
        self._busy.hide()
        for button in (self.add, self.learn):
            button.setEnabled(True)

    def show_trouble(self, error: UserFacingError | None) -> None:
        """Says why a book did not come in; None takes that back."""
        self.show_done()
        _clear(self._trouble)
        if error is not None:
            self._trouble.addWidget(ErrorCard(self.theme, error.message, error.hint))

    @property
    def shows_hits(self) -> bool:
        """Whether something is shown that was found."""
        return not self._found.isHidden()

    def hide_hits(self) -> None:
        """What was found may be gone."""
        _clear(self._hits)
        self._found.hide()

    def show_hits(self, question: str, hits: Sequence[BookHit]) -> None:
        """Shows the passages that a question is about."""
        _clear(self._hits)
        theme = self.theme
        if not hits:
            words = f"Nothing in your textbooks is about “{question}”."
            self._hits.addWidget(PlainLabel(theme, words, "interface", "ink2", wrap=True))
        for hit in hits:
            passage = QWidget()
            column = QVBoxLayout(passage)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.px(2))
            column.addLayout(self._hit_head(hit.passage))
            column.addWidget(PlainLabel(theme, hit.snippet, "interface", "ink2", wrap=True))
            self._hits.addWidget(passage)
        self._found.show()

    def _hit_head(self, passage: BookPassage) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(ElidedLabel(self.theme, passage.citation, "interface_medium"), 1)
        button = Button(self.theme, "Open", "ghost", icon="book-open", small=True)
        button.setAccessibleName(f"Open {passage.citation}")

        def opened() -> None:
            self.open_wanted.emit(passage.book, passage.id)

        button.clicked.connect(opened)
        head.addWidget(button)
        return head

    def choose_file(self) -> None:
        """Asks for a book."""
        path, _ = QFileDialog.getOpenFileName(self, "Add a textbook", "", _FILES)
        if path:
            self.add_wanted.emit(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped here."""
        if len(dropped_paths(event.mimeData())) == 1 and self.add.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Brings it in."""
        paths = dropped_paths(event.mimeData())
        if len(paths) == 1:
            event.acceptProposedAction()
            self.add_wanted.emit(paths[0])

    def _make_busy(self, theme: Theme) -> None:
        self._doing = ElidedLabel(theme, "", "small", "ink2")
        self._bar = ProgressBar(theme, "A textbook comes in")
        self._cancel = cancel = Button(theme, "Cancel", "ghost", small=True)
        cancel.setAccessibleName("Cancel bringing the textbook in")
        cancel.clicked.connect(self.cancelled)
        line = QHBoxLayout()
        line.addWidget(self._doing, 1)
        line.addWidget(self._bar, 1)
        line.addWidget(cancel)
        self._busy.body.addLayout(line)

    def _row(self, book: Book, *, twin: bool) -> QWidget:
        theme, row = self.theme, QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        line.setSpacing(theme.px(10))
        line.addWidget(IconLabel(theme, book_icon(book), 16, "ink2"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(theme, book.title, "interface_medium"))
        words.addWidget(ElidedLabel(theme, book_facts(book, twin=twin), "small", "ink2"))
        line.addLayout(words, 1)
        read = IconButton(theme, "book-open", f"Read {book.title}")
        rename = IconButton(theme, "pencil", f"Rename {book.title}")
        remove = IconButton(theme, "trash-2", f"Remove {book.title}")

        def opened() -> None:
            self.open_wanted.emit(book.id, 0)

        def named() -> None:
            self.rename_wanted.emit(book, rename)

        def asked() -> None:
            self._ask(book)

        doings = ((read, opened), (rename, named), (remove, asked))
        for button, doing in doings:
            button.clicked.connect(doing)
            line.addWidget(button)
        return row

    def _ask(self, book: Book) -> None:
        question = Question(
            self.theme,
            f"Remove “{book.title}”?",
            "Its text is deleted from Lamplight; the file that it came from is left alone.",
            "Remove",
            self,
        )
        question.subject = BookId(book.id)
        question.agreed.connect(self.remove_agreed)
        question.open()

    def _search(self) -> None:
        if self.field.text().strip():
            self.search_wanted.emit(self.field.text().strip())

    def _end_search(self, text: str) -> None:
        """An empty field asks nothing any more."""
        if not text.strip():
            self.hide_hits()


def book_icon(book: Book) -> str:
    """An open book, or a sheet for notes."""
    return "book-open" if book.format in {BookFormat.PDF, BookFormat.EPUB} else "file-text"


def twins_of(books: Sequence[Book]) -> frozenset[BookId]:
    """Books whose titles do not tell them apart."""
    titles = Counter(_seen(book) for book in books)
    return frozenset(book.id for book in books if titles[_seen(book)] > 1)


def book_names(books: Sequence[Book]) -> list[str]:
    """Titles, with what tells those that are the same apart."""
    twins = twins_of(books)
    return [
        f"{book.title} · {book.author or _FORMATS[book.format]}" if book.id in twins else book.title
        for book in books
    ]


def _seen(book: Book) -> str:
    return " ".join(book.title.casefold().split())


def book_facts(book: Book, *, twin: bool = False) -> str:
    """Who wrote it, how long it is, and how it can be searched.

    Args:
        book: The book.
        twin: Another one has its title: what came when, and as what, tells them apart.
    """
    unit = "page" if book.format is BookFormat.PDF else "section"
    facts = [book.author, count_words(book.pages, unit), count_words(book.passages, "passage")]
    if book.by_meaning < book.passages:
        facts.append("found by words so far" if not book.by_meaning else "its meaning is learnt")
    if twin:
        added = book.added.astimezone()
        facts[1:1] = [_FORMATS[book.format], f"added {written_day(added.date())}, {added:%H:%M}"]
    return " · ".join(fact for fact in facts if fact)


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
