"""The field in which a message is written: it grows with its lines, and Enter sends."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from assistant.ui.theme.theme import Theme

MOST_LINES = 8


class ComposerText(QPlainTextEdit):
    """A plain text field of one to eight lines.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    send_requested = Signal()
    edit_last_requested = Signal()
    """Up in an empty field."""
    files_dropped = Signal(object)
    """A list of paths."""
    focus_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.enter_sends = True
        self.setProperty("bare", "true")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAccessibleName("Message")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._restyle)
        self._restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends, Shift+Enter adds a line; Up in an empty field asks for the last message."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(event)
        elif event.key() == Qt.Key.Key_Up and not self.toPlainText():
            self.edit_last_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tells the box around it."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tells the box around it."""
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text, and files that hold text."""
        return source.hasText() or bool(_files(source))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Text goes in as it is; files are handed on to be read."""
        files = _files(source)
        if files:
            self.files_dropped.emit(files)
        elif source.hasText():
            self.insertPlainText(source.text().replace("\0", ""))

    def insert_block(self, text: str) -> None:
        """Puts a block of text at the cursor, on lines of its own."""
        cursor = self.textCursor()
        before = self.toPlainText()[: cursor.position()]
        gap = "" if not before or before.endswith("\n\n") else "\n\n"
        cursor.insertText(gap + text)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _enter(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = held == Qt.KeyboardModifier.NoModifier
        control = held == Qt.KeyboardModifier.ControlModifier
        if control or (plain and self.enter_sends):
            self.send_requested.emit()
        elif plain or held == Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
            self.ensureCursorVisible()

    def _fit(self) -> None:
        lines = max(1, round(self.document().size().height()))
        spacing = self.fontMetrics().lineSpacing()
        self.setFixedHeight(min(lines, MOST_LINES) * spacing + self._theme.px(4))
        policy = Qt.ScrollBarPolicy
        wanted = policy.ScrollBarAsNeeded if lines > MOST_LINES else policy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != wanted:
            self.setVerticalScrollBarPolicy(wanted)

    def _restyle(self) -> None:
        font = self._theme.font("reading")
        self.setFont(font)
        # The placeholder is painted with the viewport's font, and a change of the style sheet
        # leaves a font of its own there.
        self.viewport().setFont(font)
        self._fit()


def _files(source: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
