"""Asks what a textbook is called, at the button that was pressed."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from assistant.domain.book import Book
from assistant.domain.errors import UserFacingError
from assistant.services.study.services import StudyServices
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.fields import TextField
from assistant.ui.widgets.popover import Popover

_WIDTH = 320
_NAME = "Title of the textbook"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A card that asks for a title; it is gone once it was closed."""

    book: Book
    card: Popover
    field: TextField

    @property
    def open(self) -> bool:
        return isValid(self.card) and self.card.isVisible()


class BookRenaming(QObject):
    """Enter keeps a title, Esc or a click elsewhere leaves the old one.

    Args:
        theme: The theme in force.
        study: The services.
        relay: Brings outcomes here.
        owner: The page over which it opens.
    """

    renamed = Signal(object)
    """The ``Book`` as it is now."""
    failed = Signal(object)
    """A ``UserFacingError`` that came when the card was closed."""

    def __init__(self, theme: Theme, study: StudyServices, relay: JobRelay, owner: QWidget) -> None:
        super().__init__(owner)
        self._theme = theme
        self._study = study
        self._relay = relay
        self._owner = owner
        self._asked: _Asked | None = None

    @property
    def field(self) -> TextField | None:
        """The field, while a title is asked for."""
        return self._asked.field if self._asked is not None and self._asked.open else None

    def ask(self, book: Book, anchor: QWidget) -> None:
        """Asks for another title of a book."""
        field = TextField(self._theme, _NAME, _NAME)
        field.field.setText(book.title)
        field.field.selectAll()
        field.setFixedWidth(self._theme.px(_WIDTH))
        card = Popover(self._theme, _NAME, field, parent=self._owner)
        card.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._asked = _Asked(book, card, field)
        field.field.returnPressed.connect(self._give)
        card.open_at(anchor)
        field.field.setFocus()

    def _give(self) -> None:
        asked = self._asked
        if asked is None or not asked.open:
            return
        if asked.field.text().strip() == asked.book.title:
            asked.card.close()
            return
        job = self._study.books.rename(asked.book.id, asked.field.text())
        self._relay.watch_about(job, asked, self._keep, self._refuse)

    def _keep(self, asked: _Asked, book: Book) -> None:
        if asked.open:
            asked.card.close()
        self.renamed.emit(book)

    def _refuse(self, asked: _Asked, error: UserFacingError) -> None:
        if asked.open and error.code == "book_title":
            asked.field.set_error(f"{error.message} {error.hint}".strip())
            asked.card.adjustSize()
            return
        if asked.open:
            asked.card.close()
        self.failed.emit(error)
