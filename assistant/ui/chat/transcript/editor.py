"""Changing a message in its place."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from assistant.ui.chat.transcript.style import TranscriptStyle
from assistant.ui.widgets.buttons import Button

_LINES_LEAST, _LINES_MOST = 2, 16
_BUTTONS = 32
_PADDING = 8


class _Field(QPlainTextEdit):
    """The text; Enter and Esc end the editing."""

    submitted = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget, *, enter_submits: bool) -> None:
        super().__init__(parent)
        self._enter_submits = enter_submits

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """Takes Enter and Esc."""
        modifiers = e.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = self._enter_submits and modifiers == Qt.KeyboardModifier.NoModifier
        if enter and (plain or modifiers == Qt.KeyboardModifier.ControlModifier):
            self.submitted.emit()
        elif e.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(e)


class MessageEditor(QWidget):
    """A text field with Save and Cancel.

    Args:
        style: Measures.
        text: What is to be changed.
        enter_submits: Whether Enter alone saves; else it adds a line and Ctrl+Enter saves.
        save: The word on the button.
        parent: The owner.
    """

    submitted = Signal(str)
    cancelled = Signal()
    height_changed = Signal()

    def __init__(
        self, style: TranscriptStyle, text: str, save: str, parent: QWidget, *, enter_submits: bool
    ) -> None:
        super().__init__(parent)
        self._style = style
        self.field = _Field(self, enter_submits=enter_submits)
        self.field.setFont(style.reading)
        self.field.setAccessibleName("Text of the message")
        self.field.setTabChangesFocus(True)
        self.field.setPlainText(text)
        self.field.submitted.connect(self._save)
        self.field.cancelled.connect(self.cancelled)
        self.save = Button(style.theme, save, "primary", parent=self)
        self.save.clicked.connect(self._save)
        self.cancel = Button(style.theme, "Cancel", "ghost", parent=self)
        self.cancel.clicked.connect(self.cancelled)
        self.save.setToolTip("Enter" if enter_submits else "Ctrl+Enter")
        self.cancel.setToolTip("Esc")
        self._original = text
        self._lines = 0
        self.field.textChanged.connect(self._grown)
        self._enable()

    def height_for(self, width: int) -> int:
        """Its height when it is ``width`` wide."""
        self.resize(width, self.height())
        self._lines = self._wanted_lines(width)
        px = self._style.px
        return self._field_height() + px(_PADDING) + px(_BUTTONS)

    def lay_out(self) -> None:
        """Places field and buttons."""
        px, width = self._style.px, self.width()
        height = self._field_height()
        self.field.setGeometry(0, 0, width, height)
        top = height + px(_PADDING)
        size = self.save.sizeHint()
        self.save.setGeometry(width - size.width(), top, size.width(), size.height())
        cancel = self.cancel.sizeHint()
        left = width - size.width() - px(_PADDING) - cancel.width()
        self.cancel.setGeometry(left, top, cancel.width(), cancel.height())

    def focus_chain(self) -> list[QWidget]:
        """What Tab visits."""
        return [self.field, self.cancel, *([self.save] if self.save.isEnabled() else [])]

    def sizeHint(self) -> QSize:
        """As laid out."""
        return self.size()

    def _field_height(self) -> int:
        return self._lines * self._style.line_height + self._style.px(20)

    def _wanted_lines(self, width: int) -> int:
        per_line = max(10, int((width - 40) / self._style.character_width))
        paragraphs = self.field.toPlainText().split("\n")
        lines = sum(max(1, -(-len(each) // per_line)) for each in paragraphs)
        return min(_LINES_MOST, max(_LINES_LEAST, lines))

    def _grown(self) -> None:
        self._enable()
        if self._wanted_lines(self.width()) != self._lines:
            self.height_changed.emit()

    def _enable(self) -> None:
        self.save.setEnabled(bool(self.field.toPlainText().strip()))

    def _save(self) -> None:
        text = self.field.toPlainText()
        if text.strip():
            self.submitted.emit(text)
