"""The recovery key, shown once."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box

_WIDTH = 520
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RecoveryScreen(QWidget):
    """The card in the middle of the window: there is nothing else to do until it is kept.

    Args:
        theme: The theme in force.
        key: The key as it is to be typed later.
        parent: The owner.
    """

    acknowledged = Signal()
    save_failed = Signal(str)
    """The key could not be written to the chosen file; says why."""

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = RecoveryCard(theme, key)
        card.setFixedWidth(theme.px(_WIDTH))
        card.acknowledged.connect(self.acknowledged)
        card.save_failed.connect(self.save_failed)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(middle)
        column.addStretch(3)


class RecoveryCard(QWidget):
    """Shows a new recovery key until the user says that it is written down.

    Args:
        theme: The theme in force.
        key: The key as it is to be typed later.
        parent: The owner.
    """

    acknowledged = Signal()
    save_failed = Signal(str)
    """The key could not be written to the chosen file; says why."""

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self.setAccessibleName("Your recovery key")
        title = PlainLabel(theme, "Write down your recovery key", "card_title")
        why = PlainLabel(
            theme,
            "It opens your history if this system loses its keyring or you forget the "
            "passphrase. It is shown only now; you can make a new one in the settings.",
            "interface",
            "ink2",
            wrap=True,
        )
        shown = QLabel(key)
        shown.setTextFormat(Qt.TextFormat.PlainText)
        font = theme.font("code")
        font.setPixelSize(theme.px(16))
        shown.setFont(font)
        shown.setWordWrap(True)
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        shown.setAccessibleName("Recovery key")
        done = Button(theme, "I have written it down", "primary")
        copy = Button(theme, "Copy", "ghost", icon="copy")
        save = Button(theme, "Save as a file", "ghost", icon="file-down")
        for button in (done, copy, save):
            # In a plain window Qt gives a button the space bar alone.
            button.installEventFilter(self)
        done.clicked.connect(self.acknowledged)
        copy.clicked.connect(self._copy)
        save.clicked.connect(self._save)
        buttons = QHBoxLayout()
        for button in (done, copy, save):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        margin = theme.px(24)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.px(16))
        for widget in (title, why, shown):
            column.addWidget(widget)
        column.addLayout(buttons)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card."""
        theme = self._theme
        fill, line = theme.color("card"), theme.color("line")
        box(QPainter(self), self.rect(), theme.px(10), fill, line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter presses the button that has the focus."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, Button):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            watched.click()
            return True
        return super().eventFilter(watched, event)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._key)

    def _save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, "Save the recovery key", "Lamplight recovery key.txt", "Text (*.txt)"
        )
        if path:
            self.write_to(path)

    def write_to(self, path: str) -> None:
        """Writes the key to a file that only the user can read."""
        target = Path(path)
        try:
            target.touch(mode=0o600)
            target.write_text(f"Lamplight recovery key\n\n{self._key}\n", encoding="utf-8")
        except OSError as error:
            self.save_failed.emit(f"The file could not be written ({error.strerror}).")
