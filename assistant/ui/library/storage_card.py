"""What models take of the disk, with the ways to their folder and to another disk."""

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, SignalInstance
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.domain.sizes import size_words
from assistant.services.core import Core
from assistant.services.storage import Storage
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.library.side_cards import links_line
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.parts import Part, PartsBar

_GIGABYTE = 1_000_000_000


def storage_parts(storage: Storage) -> list[Part]:
    """The parts of the bar: models of our own, what came with us, unfinished, removed, the rest."""
    own = [model for model in storage.models if model.own_bytes]
    shared = [model.info for model in storage.models if model.info.shared]
    amounts = (
        (_count(len(own), "model"), sum(model.own_bytes for model in own), "slate.graphic"),
        ("Came with Lamplight", sum(info.size_bytes for info in shared), "plum.graphic"),
        ("Unfinished downloads", storage.unfinished_bytes, "lampline"),
        ("Removed", storage.trash_bytes, "control"),
        ("Damaged, set aside", storage.aside_bytes, "bad"),
    )
    parts = [Part(name, size, size_words(size), colour) for name, size, colour in amounts if size]
    left = storage.free_bytes
    if storage.limit_bytes:
        left = max(0, min(left, storage.limit_bytes - storage.used_bytes))
    return [*parts, Part("Left", left, size_words(left) if left else "nothing", empty=True)]


class Notice(QWidget):
    """A sentence and what can be done about it, beside it or below; not there while there is none.

    Args:
        theme: The theme in force.
        ways: Words of a button, and the signal that it gives.
    """

    def __init__(self, theme: Theme, *ways: tuple[str, SignalInstance]) -> None:
        super().__init__()
        self._words = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.buttons = [Button(theme, words, small=True) for words, _ in ways]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        one = len(ways) == 1
        (line if one else column).addWidget(self._words, one)
        for button, (_, wanted) in zip(self.buttons, ways, strict=True):
            button.clicked.connect(wanted)
            line.addWidget(button)
        if not one:
            line.addStretch(1)
        column.addLayout(line)

    def show_words(self, words: str | int) -> None:
        """Says it; empty or 0 takes it away."""
        self._words.setText(str(words or ""))
        self.setVisible(bool(words))


class StorageCard(Card):
    """How much of the disk models take.

    Args:
        theme: The theme in force.
    """

    show_wanted = Signal()
    """Their folder in the system's own window."""
    move_wanted = Signal()
    cancel_wanted = Signal()
    take_back_wanted = Signal()
    """A move that was begun and not ended."""
    go_on_wanted = Signal()
    empty_wanted = Signal()
    """What was removed is to be deleted for good."""
    delete_wanted = Signal()
    """What is damaged is to be deleted for good."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self._allowed = PlainLabel(theme, "", "small", "ink2")
        self._bar = PartsBar(theme, "Storage")
        self._note = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.show_button = Button(theme, "Show in folder", "ghost", icon="folder-open", small=True)
        self.move_button = Button(theme, "Move", "ghost", icon="hard-drive", small=True)
        self.cancel_button = Button(theme, "Cancel", "ghost", icon="x", small=True)
        self.show_button.clicked.connect(self.show_wanted)
        self.move_button.clicked.connect(self.move_wanted)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(theme, "Storage", "card_title"), 1)
        head.addWidget(self._allowed)
        self.body.setSpacing(theme.px(12))
        self.body.addLayout(head)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._note)
        self.trash = Notice(theme, ("Delete", self.empty_wanted))
        self.aside = Notice(theme, ("Delete", self.delete_wanted))
        self.unfinished = Notice(
            theme, ("Go on", self.go_on_wanted), ("Take back", self.take_back_wanted)
        )
        self.trash.buttons[0].setAccessibleName("Delete removed models for good")
        self.aside.buttons[0].setAccessibleName("Delete damaged models for good")
        self.unfinished.buttons[0].setAccessibleName("Go on with the move of the models")
        self.unfinished.buttons[1].setAccessibleName("Take the move of the models back")
        for notice in (self.trash, self.aside, self.unfinished):
            self.body.addWidget(notice)
        self.body.addLayout(
            links_line(theme, self.show_button, self.move_button, self.cancel_button)
        )
        self._moving = False
        self.show_progress("")

    def show_storage(self, storage: Storage) -> None:
        """Shows the disk as it is now."""
        limit = storage.limit_bytes
        self._allowed.setText(f"of {limit / _GIGABYTE:.0f} GB allowed" if limit else "")
        self._bar.show_parts(storage_parts(storage))
        self.trash.show_words(storage.trash_bytes and "Removed models can still be put back.")
        self.aside.show_words(storage.aside_bytes and "Damaged models were set aside.")
        to = storage.moving_to
        words = f"A move to {to} was not ended. All models are where they were." if to else ""
        self.unfinished.show_words("" if self._moving else words)
        self.move_button.setVisible(not self._moving and to is None)

    def show_progress(self, words: str) -> None:
        """Says how far a move is; empty when none goes on."""
        self._moving = bool(words)
        if words:
            self.unfinished.show_words("")
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self.cancel_button.setVisible(bool(words))
        self.move_button.setVisible(not words)


class StorageKeeper(QObject):
    """Fills the card and does what it is asked for.

    Args:
        core: The services.
        relay: Brings outcomes here.
        card: The card.
    """

    said = Signal(str)
    failed = Signal(object)
    """A ``UserFacingError``."""
    changed = Signal()
    """Models lie elsewhere now."""

    def __init__(self, core: Core, relay: JobRelay, card: StorageCard) -> None:
        super().__init__(relay)
        self._core = core
        self._relay = relay
        self._card = card
        self._moving: Watch | None = None
        self._folder: Path | None = None
        self._to: Path | None = None
        card.show_wanted.connect(self.show_folder)
        card.move_wanted.connect(self._ask)
        card.cancel_wanted.connect(self._cancel)
        card.go_on_wanted.connect(self._go_on)
        card.take_back_wanted.connect(self._take_back)
        card.empty_wanted.connect(self._empty)
        card.delete_wanted.connect(self._delete)

    def refresh(self) -> None:
        """Looks at the disk."""
        self._relay.watch(self._core.storage.read(), self._show, self._fail)

    def show_folder(self) -> None:
        """Opens the folder of the models in the system's own window."""
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def move(self, folder: Path) -> None:
        """Moves the models to a folder."""
        self._card.show_progress("Copying")
        self._moving = self._relay.watch(
            self._core.storage.move(folder), self._moved, self._not_moved, self._tell
        )

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self._card.window(), "Move the models to", str(Path.home())
        )
        if folder:
            self.move(Path(folder))

    def _cancel(self) -> None:
        if self._moving is not None:
            self._moving.cancel()
            self._card.show_progress("Putting all back")

    def _go_on(self) -> None:
        if self._to is not None:
            self.move(self._to)

    def _take_back(self) -> None:
        self._relay.watch(self._core.storage.give_up_move(), self._taken_back, self._fail)

    def _taken_back(self, _: None) -> None:
        self.said.emit("The models are where they were, and the copies are deleted.")
        self.refresh()

    def _empty(self) -> None:
        self._relay.watch(self._core.storage.empty_trash(), self._emptied, self._fail)

    def _delete(self) -> None:
        self._relay.watch(self._core.storage.delete_broken(), self._emptied, self._fail)

    def _emptied(self, _: None) -> None:
        self.refresh()

    def _tell(self, part: float, doing: str) -> None:
        if self._moving is not None:
            self._card.show_progress(f"{doing}, {part:.0%}".replace("%", " %"))

    def _moved(self, folder: Path) -> None:
        self._end()
        self.said.emit(f"The models lie in {folder} now.")
        self.changed.emit()

    def _not_moved(self, error: UserFacingError) -> None:
        self._end()
        self._fail(error)

    def _end(self) -> None:
        self._moving = None
        self._card.show_progress("")
        self.refresh()

    def _show(self, storage: Storage) -> None:
        self._folder, self._to = storage.folder, storage.moving_to
        self._card.show_storage(storage)

    def _fail(self, error: UserFacingError) -> None:
        self.failed.emit(error)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
