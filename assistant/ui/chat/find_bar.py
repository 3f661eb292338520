"""Find in this chat."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.labels import PlainLabel

_WAIT_MS = 120


class FindBar(QWidget):
    """A field, how many matches there are, and the way from one to the next.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    wanted = Signal(str)
    """Words to be found; empty takes the marks away."""
    step_wanted = Signal(int)
    """1 for the next match, -1 for the one before."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.field = LineField(theme, "Find in this chat", "Find in this chat", icon="search")
        self._count = PlainLabel(theme, "", "small", "ink2")
        self._before = IconButton(theme, "chevron-up", "Match before")
        self._next = IconButton(theme, "chevron-down", "Next match")
        close = IconButton(theme, "x", "Close find")
        self._before.set_name("Match before", "Shift+F3")
        self._next.set_name("Next match", "F3")
        self._line = QHBoxLayout(self)
        for widget in (self.field, self._count, self._before, self._next, close):
            self._line.addWidget(widget, 1 if widget is self.field else 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._ask)
        self.field.textChanged.connect(self._typed)
        self._before.clicked.connect(self._step_back)
        self._next.clicked.connect(self._step_on)
        close.clicked.connect(self.close_bar)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_count(0, 0)
        self.hide()

    def open_bar(self) -> None:
        """Shows it, ready for typing."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        if self.field.text():
            self._ask()

    def close_bar(self) -> None:
        """Hides it and takes the marks away."""
        if self.isHidden():
            return
        self._timer.stop()
        self.hide()
        self.wanted.emit("")
        self.closed.emit()

    def show_count(self, current: int, total: int) -> None:
        """Says which match of how many is looked at; both count from 1."""
        words = self.field.text().strip()
        said = f"{current} of {total}" if total else ("No match" if words else "")
        self._count.setText(said)
        self._before.setEnabled(total > 0)
        self._next.setEnabled(total > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F3 go on, with Shift back; Esc closes."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            if self._timer.isActive():
                self._ask()
            else:
                self.step_wanted.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground and the line under it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("page"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.color("line"))

    def _typed(self) -> None:
        self._timer.start()

    def _ask(self) -> None:
        self._timer.stop()
        self.wanted.emit(self.field.text().strip())

    def _step_on(self) -> None:
        self.step_wanted.emit(1)

    def _step_back(self) -> None:
        self.step_wanted.emit(-1)

    def _restyle(self) -> None:
        px = self._theme.px
        self._line.setContentsMargins(px(28), px(8), px(22), px(8))
        self._line.setSpacing(px(8))
