"""One download: what it is, how far, how fast, and what can be done with it."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.download import Download, DownloadState
from assistant.domain.sizes import size_words
from assistant.ui.library.entries import download_words
from assistant.ui.library.words import percent
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.card import Divider
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.menu import Menu
from assistant.ui.widgets.meters import ProgressBar

_BUTTON_WIDTH = 104


class Wish(StrEnum):
    """What a button of a row stands for; its words."""

    PAUSE = "Pause"
    RESUME = "Resume"
    RETRY = "Retry"
    TRY_NOW = "Try now"
    USE = "Use"
    CANCEL = "Cancel"


_MAIN: dict[DownloadState, tuple[Wish, str]] = {
    DownloadState.QUEUED: (Wish.PAUSE, "pause"),
    DownloadState.RUNNING: (Wish.PAUSE, "pause"),
    DownloadState.CHECKING: (Wish.PAUSE, "pause"),
    DownloadState.TRYING: (Wish.PAUSE, "pause"),
    DownloadState.WAITING: (Wish.TRY_NOW, "refresh-cw"),
    DownloadState.PAUSED: (Wish.RESUME, "play"),
    DownloadState.FAILED: (Wish.RETRY, "rotate-ccw"),
    DownloadState.DONE: (Wish.USE, "check"),
}
_GREY = frozenset({DownloadState.QUEUED, DownloadState.PAUSED, DownloadState.WAITING})


class DownloadRow(QWidget):
    """A row of the page.

    Args:
        theme: The theme in force.
        download: What it shows first.
        parent: The owner.
    """

    wished = Signal(object, object)
    """A ``Wish`` and the ``Download``."""
    moved = Signal(object, int)
    """The ``Download`` and by how many places, upwards below 0."""

    def __init__(self, theme: Theme, download: Download, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.download = download
        self._name = ElidedLabel(theme, "", "interface_medium")
        self._size = PlainLabel(theme, "", "small", "ink2")
        self._bar = ProgressBar(theme, "")
        self._share = PlainLabel(theme, "", "small_medium")
        self._words = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self._words.setMinimumWidth(1)
        self.main = Button(theme, "")
        self.main.clicked.connect(self._press)
        self.more = IconButton(theme, "ellipsis", "More")
        self.more.clicked.connect(self._open_menu)
        self._divider = Divider(theme)
        self._build()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_download(download)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._size)
        far = QHBoxLayout()
        far.addWidget(self._share, 0, Qt.AlignmentFlag.AlignTop)
        far.addWidget(self._words, 1)
        self._far = far
        facts = QVBoxLayout()
        facts.addLayout(head)
        facts.addWidget(self._bar)
        facts.addLayout(far)
        self._facts = facts
        self._line = QHBoxLayout()
        self._line.addLayout(facts, 1)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._line.addWidget(self.main, 0, middle)
        self._line.addWidget(self.more, 0, middle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._divider)
        column.addLayout(self._line)

    def show_download(self, download: Download) -> None:
        """Shows how it stands; nothing that has not changed is touched."""
        first = not self._name.text()
        before, self.download = self.download, download
        name = download.order.model.name
        words = download_words(download)
        done = download.state is DownloadState.DONE
        self._bar.set_share(download.fraction)
        _say(self._share, "" if done else percent(download.fraction))
        _say(self._words, words)
        if first or before.state is not download.state:
            self._name.setText(name)
            self._size.setText(size_words(download.order.size_bytes))
            self._dress(download.state)
        self.setAccessibleName(f"{name}, {percent(download.fraction)}, {words}")

    def _dress(self, state: DownloadState) -> None:
        name = self.download.order.model.name
        failed = state is DownloadState.FAILED
        self._bar.setVisible(state is not DownloadState.DONE)
        self._share.setVisible(state is not DownloadState.DONE)
        self._bar.set_state("failed" if failed else "paused" if state in _GREY else "running")
        self._bar.setAccessibleName(f"Progress of {name}")
        self._words.set_colour("bad" if failed else "ink2")
        wish, icon = _MAIN[state]
        self.main.setText(wish.value)
        self.main.set_icon_name(icon)
        self.main.setAccessibleName(f"{wish.value} {name}")
        self.more.set_name(f"More for {name}")

    def set_first(self, first: bool) -> None:  # noqa: FBT001 - a property
        """The first row has no line above it."""
        self._divider.setVisible(not first)

    def menu(self) -> Menu:
        """All that can be done with it."""
        menu = Menu(self._theme, self.download.order.model.name, self)
        menu.aboutToHide.connect(menu.deleteLater)
        state = self.download.state
        wish, icon = _MAIN[state]
        menu.add(wish.value, lambda: self._wish(wish), icon=icon)
        if state is DownloadState.WAITING:
            menu.add(Wish.PAUSE.value, lambda: self._wish(Wish.PAUSE), icon="pause")
        if state is not DownloadState.DONE:
            menu.addSeparator()
            menu.add("Move up", lambda: self.moved.emit(self.download, -1), icon="arrow-up")
            menu.add("Move down", lambda: self.moved.emit(self.download, 1), icon="arrow-down")
            menu.addSeparator()
            menu.add(Wish.CANCEL.value, lambda: self._wish(Wish.CANCEL), icon="x", destructive=True)
        return menu

    def _press(self) -> None:
        self._wish(_MAIN[self.download.state][0])

    def _wish(self, wish: Wish) -> None:
        self.wished.emit(wish, self.download)

    def _open_menu(self) -> None:
        self.menu().open_below(self.more)

    def _restyle(self) -> None:
        px = self._theme.px
        self._line.setContentsMargins(px(18), px(12), px(12), px(12))
        self._line.setSpacing(px(12))
        self._facts.setSpacing(px(6))
        self._far.setSpacing(px(8))
        self._far.setContentsMargins(0, 0, px(8), 0)
        self._share.setFont(self._theme.font("small_medium", tabular=True))
        self._words.setFont(self._theme.font("small", tabular=True))
        self.main.setMinimumWidth(px(_BUTTON_WIDTH))


def _say(label: PlainLabel, words: str) -> None:
    if label.text() != words:
        label.setText(words)
