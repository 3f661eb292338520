"""One line of a way: its number, what it says, and whether it follows from the one before."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.services.study.reading import LineState
from assistant.ui.chat.transcript.formulas import Formulas
from assistant.ui.study.exercise.maths_field import FormulaView
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box

_NUMBER, _SIZE = 20, 17
_SIGNS = {
    LineState.RIGHT: ("check", "good", "follows from the line before"),
    LineState.WRONG: ("x", "bad", "does not follow from the line before"),
    LineState.FOLLOWS: ("minus", "ink3", "builds on a wrong line"),
    LineState.GIVEN: ("minus", "ink3", "what it begins with"),
    LineState.UNREAD: ("circle-dashed", "ink3", "not checked"),
}


class StepRow(QWidget):
    """One line; pressed it can be changed.

    Args:
        theme: The theme in force.
        formulas: Draws it.
        number: From 1; 0 for what the way begins with, which cannot be changed.
    """

    edited = Signal(int, str)
    """Its number and what it says now; "" takes it away."""

    def __init__(self, theme: Theme, formulas: Formulas, number: int) -> None:
        super().__init__()
        self._theme = theme
        self._number = number
        self._text = ""
        self._bad = False
        self._fixed = number == 0
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(5), px(10), px(5))
        column.setSpacing(px(4))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        figure = PlainLabel(theme, str(number) if number else "", "small", "ink3")
        figure.setFixedWidth(px(_NUMBER))
        self._formula = FormulaView(theme, formulas, _SIZE)
        self._sign = IconLabel(theme, "check", 16, "good")
        row.addWidget(figure)
        row.addWidget(self._formula, 1)
        row.addWidget(self._sign)
        column.addLayout(row)
        self._why_head = PlainLabel(theme, "First wrong step", "interface_semibold", "bad")
        self._why = PlainLabel(theme, "", "interface", "ink", wrap=True)
        below = QVBoxLayout()
        below.setContentsMargins(px(_NUMBER + 8), 0, 0, px(2))
        below.setSpacing(px(2))
        below.addWidget(self._why_head)
        below.addWidget(self._why)
        self._fix = _Fix(theme, number)
        self._fix.given.connect(self._give)
        self._fix.dropped.connect(self._drop)
        below.addWidget(self._fix)
        column.addLayout(below)
        self.show_line("", LineState.GIVEN if self._fixed else LineState.UNREAD)
        if not self._fixed:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip("Press to change it")
        theme.changed.connect(self.update)

    @property
    def fixing(self) -> bool:
        """Whether it is being changed."""
        return self._fix.isVisibleTo(self)

    @property
    def why(self) -> str:
        """What is said to be wrong with it."""
        return self._why.text() if self._bad else ""

    @property
    def fix_field(self) -> LineField:
        """Where it is changed."""
        return self._fix.field

    def show_line(
        self, text: str, state: LineState, latex: str = "", why: str = "", *, lit: bool = False
    ) -> None:
        """Shows what it says.

        Args:
            text: As it was typed.
            state: Whether it follows.
            latex: As it is understood.
            why: What is wrong with it.
            lit: Whether it is the first wrong one, which is named.
        """
        self._text, self._bad = text, lit
        self._formula.show_formula(latex, text)
        icon, colour, words = _SIGNS[state]
        self._sign.set_icon(icon, colour)
        self._sign.setVisible(not self._fixed)
        self._why_head.setVisible(lit)
        self._why.setText(why)
        self._why.setVisible(lit and bool(why))
        self._fix.setVisible(lit)
        if lit:
            self._fix.begin(text)
        said = f"Line {self._number}: {text}, {words}" if self._number else f"Given: {text}"
        self.setAccessibleName(f"{said}. {why}".strip() if lit else said)
        self.update()

    def fix_it(self) -> None:
        """Begins to change it."""
        if not self._fixed and self.isEnabled():
            self._fix.show()
            self._fix.begin(self._text)
            self._fix.field.setFocus()

    def end(self) -> None:
        """It stays as it is."""
        self._fixed = True
        self._fix.hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.unsetCursor()
        self.setToolTip("")

    def focus_shape(self) -> tuple[QRect, int]:
        """The row."""
        return self.rect(), self._theme.px(7)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins to change it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.fix_it()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins to change it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.fix_it()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground of the first wrong one."""
        if self._bad:
            theme = self._theme
            ground = None if theme.high_contrast else theme.color("badsoft")
            edge = theme.color("bad") if theme.high_contrast else None
            box(QPainter(self), self.rect(), theme.px(7), ground, edge)

    def _give(self, text: str) -> None:
        self._fix.hide()
        self.edited.emit(self._number, text)

    def _drop(self) -> None:
        self._fix.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)


class _Fix(QWidget):
    """The line again, to be changed."""

    given = Signal(str)
    dropped = Signal()

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self.field = LineField(theme, f"Line {number} again")
        self.button = Button(theme, "Check", "plain", small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(6), 0, theme.px(4))
        row.setSpacing(theme.px(8))
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.field.returnPressed.connect(self._give)
        self.button.clicked.connect(self._give)
        self.hide()

    def begin(self, text: str) -> None:
        self.field.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()

    def _give(self) -> None:
        self.given.emit(self.field.text().strip())
