"""A page of a textbook, as it was read from its file, with the passage that is cited marked."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.book import BookLeaf
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import BookId
from assistant.services.study.services import StudyServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.focus_ring import FocusRing
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.painting import box
from assistant.ui.widgets.scroll import ScrollArea

_WIDTH, _HEIGHT, _LEAST = 680, 620, 320
_TURN_BACK = (Qt.Key.Key_Left, Qt.Key.Key_PageUp)
_TURN_ON = (Qt.Key.Key_Right, Qt.Key.Key_PageDown)


class PassageText(QWidget):
    """One passage; the one that is cited has a lit line at its side.

    Args:
        theme: The theme in force.
        text: Its words.
        marked: It is the one that is cited.
    """

    def __init__(self, theme: Theme, text: str, *, marked: bool) -> None:
        super().__init__()
        self._theme = theme
        self.marked = marked
        self.words = PlainLabel(theme, text, "reading", "ink", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(6), theme.px(10), theme.px(6))
        column.addWidget(self.words)
        self.setAccessibleName(f"Cited passage: {text}" if marked else text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the mark."""
        if not self.marked:
            return
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        box(painter, self.rect(), px(4), theme.color("lampsoft"))
        painter.fillRect(0, 0, px(3), self.height(), theme.color("lampline"))


class BookReader(QDialog):
    """Shows one page after the other; the arrow keys turn them.

    Args:
        theme: The theme in force.
        title: Of the book.
        window: Where it is shown.
    """

    turned = Signal(int)
    """The number of the page that is wanted, from 1."""

    def __init__(self, theme: Theme, title: str, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._leaf: BookLeaf | None = None
        self.setWindowTitle(title)
        self.setModal(True)
        self.title = ElidedLabel(theme, title, "card_title")
        self.place = ElidedLabel(theme, "", "small", "ink2")
        self.back = IconButton(theme, "chevron-left", "The page before")
        self.on = IconButton(theme, "chevron-right", "The next page")
        self.back.clicked.connect(self._turn_back)
        self.on.clicked.connect(self._turn_on)
        self.passages: list[PassageText] = []
        self.content = QWidget()
        self._texts = QVBoxLayout(self.content)
        self._texts.setContentsMargins(0, 0, theme.px(8), 0)
        self._texts.setSpacing(theme.px(6))
        self._texts.addStretch(1)
        self._scroller = ScrollArea(self.content)
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._note = PlainLabel(
            theme, "The words of the page alone: pictures are not kept.", "small", "ink3", wrap=True
        )
        self._build(window)
        FocusRing(theme, self)

    @property
    def leaf(self) -> BookLeaf | None:
        """The page that is shown."""
        return self._leaf

    def show_leaf(self, leaf: BookLeaf, marked: int) -> None:
        """Shows a page.

        Args:
            leaf: The page.
            marked: The passage that is cited; another page may be shown than its own.
        """
        self._leaf = leaf
        for old in self.passages:
            self._texts.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.passages = [
            PassageText(self._theme, text, marked=one == marked) for one, text in leaf.passages
        ]
        for at, passage in enumerate(self.passages):
            self._texts.insertWidget(at, passage)
        unit = "Page" if leaf.page is not None else "Section"
        name = leaf.section if leaf.page is None else f"p. {leaf.label or leaf.page}"
        of = f"{unit} {leaf.number:,} of {leaf.count:,}"
        self.place.setText(f"{name} · {of}" if name else of)
        self.back.setEnabled(leaf.number > 1)
        self.on.setEnabled(leaf.number < leaf.count)
        self._scroller.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, self, self._reach_mark)

    def show_trouble(self, words: str) -> None:
        """Says why there is nothing to read."""
        self.place.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows turn the pages."""
        if event.key() in _TURN_BACK and self.back.isEnabled():
            self._turn_back()
        elif event.key() in _TURN_ON and self.on.isEnabled():
            self._turn_on()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the page."""
        QPainter(self).fillRect(self.rect(), self._theme.color("page"))

    def _build(self, window: QWidget) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(16), px(20))
        column.setSpacing(px(12))
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.place)
        head.addLayout(words, 1)
        head.addWidget(self.back)
        head.addWidget(self.on)
        column.addLayout(head)
        column.addWidget(self._scroller, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._note, 1)
        close = Button(self._theme, "Close")
        close.clicked.connect(self.reject)
        foot.addWidget(close)
        column.addLayout(foot)
        room = window.window().size()
        self.resize(
            max(px(_LEAST), min(px(_WIDTH), room.width() - px(40))),
            max(px(_LEAST), min(px(_HEIGHT), room.height() - px(40))),
        )
        self.finished.connect(self.deleteLater)
        close.setFocus()

    def _reach_mark(self) -> None:
        """The cited passage is seen whole where it fits, with some of what stands before it."""
        marked = next((one for one in self.passages if one.marked), None)
        if marked is not None:
            self.content.adjustSize()
            top = max(marked.y() - self._theme.px(40), 0)
            self._scroller.verticalScrollBar().setValue(top)

    def _turn_back(self) -> None:
        self._turn(-1)

    def _turn_on(self) -> None:
        self._turn(1)

    def _turn(self, step: int) -> None:
        if self._leaf is not None:
            self.turned.emit(self._leaf.number + step)


class BookOpener(QObject):
    """Opens books where a citation, a search or the list points.

    Args:
        theme: The theme in force.
        study: The services.
        relay: Brings pages here.
        window: Where books are shown; it owns this.
    """

    failed = Signal(object)
    """A ``UserFacingError``."""

    def __init__(
        self, theme: Theme, study: StudyServices, relay: JobRelay, window: QWidget
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._study = study
        self._relay = relay
        self._window = window
        self._book = BookId(0)
        self._marked = 0
        self._watch: Watch | None = None
        self.reader: BookReader | None = None

    def open(self, book: BookId, passage: int = 0) -> None:
        """Opens a book at a passage, or at its beginning."""
        self._book, self._marked = book, passage
        self._ask(passage=passage)

    def _ask(self, *, passage: int = 0, number: int = 1) -> None:
        if self._watch is not None:
            self._watch.drop()
        job = self._study.books.leaf(self._book, passage=passage, number=number)
        self._watch = self._relay.watch(job, self._show, self._fail)

    def _show(self, leaf: BookLeaf) -> None:
        self._watch = None
        if self.reader is None:
            self.reader = BookReader(self._theme, leaf.title, self._window)
            self.reader.turned.connect(self._turn)
            self.reader.finished.connect(self._closed)
            self.reader.open()
        self.reader.show_leaf(leaf, self._marked)

    def _turn(self, number: int) -> None:
        self._ask(number=number)

    def _closed(self, _: int) -> None:
        self.reader = None

    def _fail(self, error: UserFacingError) -> None:
        self._watch = None
        self.failed.emit(error)
