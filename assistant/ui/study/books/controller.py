"""Brings textbooks in, lists them, names them, searches them, and takes them away."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from assistant.domain.book import Book
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import BookId
from assistant.services.study.books import BookHit
from assistant.services.study.services import StudyServices
from assistant.ui.bridge.background import WorkersBackground
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.study.books.page import BooksPage
from assistant.ui.study.books.reader import BookOpener
from assistant.ui.study.books.renaming import BookRenaming
from assistant.ui.study.exercise.markdown_view import drawing
from assistant.ui.theme.theme import Theme


class BooksController(QObject):
    """Everything of the page of textbooks.

    Args:
        theme: The theme in force.
        study: The services.
        relay: Brings outcomes here.
        parent: The owner.
    """

    listed = Signal(object)
    """A tuple of ``Book``, each time that they were read."""
    said = Signal(str)

    def __init__(
        self, theme: Theme, study: StudyServices, relay: JobRelay, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._study = study
        self._relay = relay
        self._adding: Watch | None = None
        self._finding: Watch | None = None
        self._question = ""
        self._listed_without = False
        self.widget = BooksPage(theme)
        page = self.widget
        page.add_wanted.connect(self.add)
        page.cancelled.connect(self._cancel)
        page.remove_agreed.connect(self._remove)
        page.learn_wanted.connect(self.learn)
        page.search_wanted.connect(self._search)
        self.renaming = BookRenaming(theme, study, relay, page)
        """Asks for titles."""
        page.rename_wanted.connect(self.renaming.ask)
        self.renaming.renamed.connect(self._renamed)
        self.renaming.failed.connect(self._not_renamed)
        self._background = WorkersBackground(study.workers, self)
        drawn_with = drawing(theme, self._background, page)
        self.opener = BookOpener(theme, study, relay, page, drawn_with)
        """Opens books where the page points."""
        self.opener.failed.connect(self._not_opened)
        page.open_wanted.connect(self.opener.open)

    def refresh(self) -> None:
        """Reads the list again."""
        self._relay.watch(self._study.books.books(), self._show)

    def add(self, path: str) -> None:
        """Brings a book in."""
        if self._adding is not None:
            return
        self.widget.show_trouble(None)
        self.widget.show_progress(0.0, "Reading")
        self._adding = self._relay.watch(
            self._study.books.add(Path(path)),
            self._added,
            self._not_added,
            self.widget.show_progress,
        )

    def learn(self) -> None:
        """Goes on with what books mean, where that was cut short."""
        if self._adding is None:
            self.widget.show_progress(0.0, "Learning what it means")
            self._adding = self._relay.watch(
                self._study.books.learn(), self._learnt, self._not_added, self.widget.show_progress
            )

    def close(self) -> None:
        """Brings nothing more in, and draws nothing more."""
        self._background.close()
        if self._adding is not None:
            self._adding.cancel()

    def _cancel(self) -> None:
        watch, self._adding = self._adding, None
        if watch is not None:
            watch.cancel()
            watch.drop()
        self.widget.show_done()
        self.refresh()

    def _added(self, book: Book) -> None:
        self._adding = None
        self.widget.show_done()
        self.said.emit(f"“{book.title[:60]}” is here.")
        self.refresh()

    def _learnt(self, left: int) -> None:
        self._adding = None
        self.widget.show_done()
        if left:
            self.said.emit("No model is here that learns it; the words are found all the same.")
        self.refresh()

    def _not_added(self, error: UserFacingError) -> None:
        self._adding = None
        self.widget.show_trouble(error)

    def _not_opened(self, error: UserFacingError) -> None:
        self.said.emit(f"{error.message} {error.hint}".strip())

    def _show(self, books: tuple[Book, ...]) -> None:
        self.widget.show_books(books)
        self.listed.emit(books)

    def _remove(self, book: object) -> None:
        if isinstance(book, int):
            self.widget.hide_hits()
            self._listed_without = False
            self._relay.watch(
                self._study.books.remove(BookId(book)),
                self._removed,
                self._not_removed,
                self._show_removing,
            )

    def _show_removing(self, share: float, doing: str) -> None:
        self.widget.show_progress(share, doing, stops=False)
        if not self._listed_without:  # it is among the books no more from the first piece on
            self._listed_without = True
            self.refresh()

    def _removed(self, _: object) -> None:
        if self._adding is None:
            self.widget.show_done()
        self.refresh()

    def _not_removed(self, error: UserFacingError) -> None:
        self._removed(None)
        self._not_opened(error)

    def _renamed(self, book: Book) -> None:
        self.said.emit(f"The textbook is called “{book.title[:60]}” now.")
        self.refresh()
        if self.widget.shows_hits:
            self._search(self._question)  # they are cited under the new title

    def _not_renamed(self, error: UserFacingError) -> None:
        self._not_opened(error)
        self.refresh()

    def _search(self, question: str) -> None:
        if self._finding is not None:
            self._finding.drop()
        self._question = question
        self._finding = self._relay.watch(self._study.books.search(question), self._found)

    def _found(self, hits: tuple[BookHit, ...]) -> None:
        self.widget.show_hits(self._question, hits)
