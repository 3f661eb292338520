"""The bar in which something is looked for in a chat."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.painting import box

_WIDTH, _PADDING, _ABOVE = 340, 6, 8


class _Field(QLineEdit):
    """Enter goes on, Shift+Enter back, Esc closes."""

    next_wanted = Signal()
    previous_wanted = Signal()
    closed = Signal()

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        """Takes Enter and Esc."""
        if arg__1.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = arg__1.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.previous_wanted if back else self.next_wanted).emit()
        elif arg__1.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(arg__1)


class FindBar(QWidget):
    """Field, "3 of 12", arrows and a cross.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    changed = Signal(str)
    next_wanted = Signal()
    previous_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.field = _Field(self)
        self.field.setPlaceholderText("Find in this chat")
        self.field.setAccessibleName("Find in this chat")
        self.field.setProperty("bare", True)  # noqa: FBT003 - Qt's signature
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.previous = IconButton(theme, "chevron-up", "Previous match", parent=self)
        self.next = IconButton(theme, "chevron-down", "Next match", parent=self)
        self.close_button = IconButton(theme, "x", "Close the search", parent=self)
        self.previous.set_name("Previous match", "Shift+Enter")
        self.next.set_name("Next match", "Enter")
        self.close_button.set_name("Close the search", "Esc")
        layout = QHBoxLayout(self)
        layout.addWidget(self.field, 1)
        for widget in (self.words, self.previous, self.next, self.close_button):
            layout.addWidget(widget)
        self._layout = layout
        self.field.textChanged.connect(self.changed)
        self.field.next_wanted.connect(self.next_wanted)
        self.field.previous_wanted.connect(self.previous_wanted)
        self.field.closed.connect(self.closed)
        self.next.clicked.connect(self.next_wanted)
        self.previous.clicked.connect(self.previous_wanted)
        self.close_button.clicked.connect(self.closed)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def place(self, area: QRect) -> None:
        """Stands at the upper right of ``area``."""
        px = self._theme.px
        width = min(px(_WIDTH), area.width() - 2 * px(_PADDING))
        height = self.sizeHint().height()
        left = area.right() - width - px(16)
        self.setGeometry(max(area.left(), left), area.top() + px(_ABOVE), width, height)

    def strip(self) -> int:
        """The height that is kept free for it, the space around it included."""
        return self.sizeHint().height() + self._theme.px(2 * _ABOVE)

    def tab_stops(self) -> list[QWidget]:
        """From left to right."""
        return [self.field, self.previous, self.next, self.close_button]

    def say(self, number: int, count: int, *, waiting: bool = False) -> None:
        """``3 of 12``; nothing while there is nothing to look for.

        Args:
            number: The current one, from 0; below 0 for none.
            count: How many there are.
            waiting: The answer is still to come.
        """
        if waiting or not self.field.text():
            self.words.setText("")
        elif count:
            self.words.setText(f"{number + 1} of {count}")
        else:
            self.words.setText("No matches")
        self.words.setAccessibleName(self.words.text())
        for button in (self.previous, self.next):
            button.setEnabled(count > 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the card."""
        theme = self._theme
        focused = self.field.hasFocus()
        border, width = ("lampline", 2.0) if focused else ("line2", 1.0)
        painter = QPainter(self)
        box(painter, self.rect(), theme.px(10), theme.color("card"), theme.color(border), width)

    def _restyle(self) -> None:
        px = self._theme.px
        self._layout.setContentsMargins(px(12), px(4), px(4), px(4))
        self._layout.setSpacing(px(2))
        self.field.setFont(self._theme.font("interface"))
        self.words.setFont(self._theme.font("small"))
        self.words.setStyleSheet(f"color: {self._theme.tokens.ink3}")
        self.update()
