"""A page of a textbook, as it was read from its file, with the passage that is cited marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollBar, QVBoxLayout, QWidget

from assistant.domain.book import BookFormat, BookLeaf
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import BookId
from assistant.render.joining import wholes
from assistant.services.study.services import StudyServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.study.exercise.markdown_view import Drawing, Links, MarkdownView
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.focus_ring import FocusRing
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.painting import box
from assistant.ui.widgets.scroll import ScrollArea

_WIDTH, _HEIGHT, _LEAST = 680, 620, 320


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is shown in one piece.

    Args:
        passages: Ids of the passages that it is made of; code and tables may be cut in several.
        text: All of it.
    """

    passages: tuple[int, ...]
    text: str


def stretches(leaf: BookLeaf) -> tuple[Stretch, ...]:
    """What stands on a page, in pieces that can be shown each for itself."""
    if leaf.format is not BookFormat.MARKDOWN:
        return tuple(Stretch((one,), text) for one, text in leaf.passages)
    ids = iter(one for one, _ in leaf.passages)
    joined = wholes([text for _, text in leaf.passages])
    return tuple(Stretch(tuple(islice(ids, count)), text) for text, count in joined)


class PassageText(QWidget):
    """One passage; the one that is cited has a lit line at its side.

    Args:
        theme: The theme in force.
        text: Its words.
        marked: It is the one that is cited.
        drawn_with: Formulas and workers.
        markdown: Whether it is that; elsewhere a star is a star.
    """

    def __init__(
        self, theme: Theme, text: str, drawn_with: Drawing, *, marked: bool, markdown: bool
    ) -> None:
        super().__init__()
        self._theme = theme
        self.marked = marked
        self.text = text
        self.words = MarkdownView(theme, drawn_with)
        (self.words.show_text if markdown else self.words.show_literal)(text)
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
    """Shows one page after the other.

    Left and Right turn them, Up and Down scroll, Page up and Page down do one after the other.

    Args:
        theme: The theme in force.
        title: Of the book.
        window: Where it is shown.
        drawn_with: Formulas and workers.
    """

    turned = Signal(int)
    """The number of the page that is wanted, from 1."""

    def __init__(self, theme: Theme, title: str, window: QWidget, drawn_with: Drawing) -> None:
        super().__init__(window)
        self._theme = theme
        # It is modal: a question about a link is asked over it.
        self._drawing = replace(drawn_with, links=Links(theme, self))
        self._drawing.links.failed.connect(self._tell)
        self._reaching = False
        self._leaf: BookLeaf | None = None
        self.setWindowTitle(title)
        self.setModal(True)
        self.title = ElidedLabel(theme, title, "card_title")
        self.place = ElidedLabel(theme, "", "small", "ink2")
        self.back = IconButton(theme, "chevron-left", "The page before")
        self.on = IconButton(theme, "chevron-right", "The next page")
        self.back.clicked.connect(self._turn_back)
        self.on.clicked.connect(self._turn_on)
        self._take_keys()
        self.passages: list[PassageText] = []
        self.content = QWidget()
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        column.setSpacing(theme.px(6))
        self._texts = QVBoxLayout()
        self._texts.setSpacing(theme.px(6))
        self.heading = MarkdownView(theme, self._drawing)
        """Of the section; its formulas are drawn."""
        beside = QVBoxLayout()
        beside.setContentsMargins(theme.px(14), 0, theme.px(10), 0)
        beside.addWidget(self.heading)
        column.addLayout(beside)
        column.addLayout(self._texts)
        column.addStretch(1)
        self._scroller = ScrollArea(self.content)
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroller.verticalScrollBar().actionTriggered.connect(self._scrolled)
        self.content.installEventFilter(self)
        self._note = PlainLabel(
            theme, "The words of the page alone: pictures are not kept.", "small", "ink3", wrap=True
        )
        self._build(window)
        FocusRing(theme, self)

    @property
    def leaf(self) -> BookLeaf | None:
        """The page that is shown."""
        return self._leaf

    def show_leaf(self, leaf: BookLeaf, parts: Sequence[Stretch], marked: int) -> None:
        """Shows a page.

        Args:
            leaf: The page.
            parts: What stands on it.
            marked: The passage that is cited; another page may be shown than its own.
        """
        self._leaf = leaf
        for old in self.passages:
            self._texts.removeWidget(old)
            old.hide()
            old.deleteLater()
        is_markdown = leaf.format is BookFormat.MARKDOWN
        self.passages = [
            PassageText(
                self._theme,
                part.text,
                self._drawing,
                marked=marked in part.passages,
                markdown=is_markdown,
            )
            for part in parts
        ]
        for at, passage in enumerate(self.passages):
            self._texts.insertWidget(at, passage)
        self.heading.setVisible(is_markdown and leaf.section not in {"", leaf.title})
        self.heading.show_text(f"## {leaf.section}")
        self.place.setText(_place(leaf))
        self.back.setEnabled(leaf.number > 1)
        self.on.setEnabled(leaf.number < leaf.count)
        self._scroller.verticalScrollBar().setValue(0)
        self._reaching = True
        QTimer.singleShot(0, self, self._reach_mark)

    def show_trouble(self, words: str) -> None:
        """Says why there is nothing to read."""
        self.place.setText(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A formula is drawn a moment later and moves what stands below it."""
        if watched is self.content and event.type() == QEvent.Type.Resize and self._reaching:
            QTimer.singleShot(0, self, self._reach_mark)
        return super().eventFilter(watched, event)

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
        if marked is not None and self._reaching:
            top = max(marked.y() - self._theme.px(40), 0)
            self._scroller.verticalScrollBar().setValue(top)

    def _scrolled(self, _: int) -> None:
        """Who reads on is not taken back."""
        self._reaching = False

    def _tell(self, error: UserFacingError) -> None:
        self.show_trouble(f"{error.message} {error.hint}".strip())

    def _take_keys(self) -> None:
        """Shortcuts, because a button that has the focus takes the arrows for itself."""
        does = {
            Qt.Key.Key_Left: self._turn_back,
            Qt.Key.Key_Right: self._turn_on,
            Qt.Key.Key_PageUp: self._read_back,
            Qt.Key.Key_PageDown: self._read_on,
            Qt.Key.Key_Up: self._scroll_up,
            Qt.Key.Key_Down: self._scroll_down,
        }
        for key, do in does.items():
            QShortcut(QKeySequence(key), self).activated.connect(do)

    def _turn_back(self) -> None:
        self._turn(-1)

    def _turn_on(self) -> None:
        self._turn(1)

    def _turn(self, step: int) -> None:
        if self._leaf is not None and 0 < self._leaf.number + step <= self._leaf.count:
            self.turned.emit(self._leaf.number + step)

    def _read_back(self) -> None:
        if not self._scroll(QScrollBar.SliderAction.SliderPageStepSub):
            self._turn_back()

    def _read_on(self) -> None:
        if not self._scroll(QScrollBar.SliderAction.SliderPageStepAdd):
            self._turn_on()

    def _scroll_up(self) -> None:
        self._scroll(QScrollBar.SliderAction.SliderSingleStepSub)

    def _scroll_down(self) -> None:
        self._scroll(QScrollBar.SliderAction.SliderSingleStepAdd)

    def _scroll(self, action: QScrollBar.SliderAction) -> bool:
        """Whether there was anything more to be seen that way."""
        bar = self._scroller.verticalScrollBar()
        before = bar.value()
        bar.triggerAction(action)
        return bar.value() != before


def _place(leaf: BookLeaf) -> str:
    unit = "Page" if leaf.page is not None else "Part"
    name = leaf.section if leaf.page is None else f"p. {leaf.label or leaf.page}"
    if leaf.format is BookFormat.MARKDOWN:
        name = ""  # it stands above the text
    of = f"{unit} {leaf.number:,} of {leaf.count:,}"
    return f"{name} · {of}" if name else of


class BookOpener(QObject):
    """Opens books where a citation, a search or the list points.

    Args:
        theme: The theme in force.
        study: The services.
        relay: Brings pages here.
        window: Where books are shown; it owns this.
        drawn_with: Formulas and workers.
    """

    failed = Signal(object)
    """A ``UserFacingError``."""

    def __init__(
        self,
        theme: Theme,
        study: StudyServices,
        relay: JobRelay,
        window: QWidget,
        drawn_with: Drawing,
    ) -> None:
        super().__init__(window)
        self._drawing = drawn_with
        self._coming: BookLeaf | None = None
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
        self._coming = None
        job = self._study.books.leaf(self._book, passage=passage, number=number)
        self._watch = self._relay.watch(job, self._show, self._fail)

    def _show(self, leaf: BookLeaf) -> None:
        self._watch, self._coming = None, leaf
        self._drawing.background.submit(lambda: (leaf, stretches(leaf)), self._show_parts)

    def _show_parts(self, parted: tuple[BookLeaf, tuple[Stretch, ...]]) -> None:
        leaf, parts = parted
        if leaf is not self._coming:
            return  # another one was asked for meanwhile
        if self.reader is None:
            self.reader = BookReader(self._theme, leaf.title, self._window, self._drawing)
            self.reader.turned.connect(self._turn)
            self.reader.finished.connect(self._closed)
            self.reader.open()
        self.reader.show_leaf(leaf, parts, self._marked)

    def _turn(self, number: int) -> None:
        self._ask(number=number)

    def _closed(self, _: int) -> None:
        self.reader = None

    def _fail(self, error: UserFacingError) -> None:
        self._watch = None
        self.failed.emit(error)
