"""A line of mathematics: what is typed, how it is read, and signs that keyboards lack."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from assistant.services.study.reading import ReadAnswer
from assistant.ui.chat.transcript.formulas import FormulaKey, Formulas
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box

_READ_MS = 120
_LONGEST = 4_000
_SIZE, _FRACTION = 20, 56
_SIGNS = (
    ("√", "sqrt()", "Square root", 1),
    ("x²", "^2", "Squared", 0),
    ("xⁿ", "^()", "To the power of", 1),
    ("a/b", "()/()", "Fraction", 4),
    ("( )", "()", "Brackets", 1),
    ("|x|", "||", "Absolute value", 1),
    ("±", "±", "Plus or minus", 0),
    ("π", "π", "Pi", 0),
    ("≤", "≤", "At most", 0),
    ("≥", "≥", "At least", 0),
    ("≠", "≠", "Is not", 0),
    ("or", " or ", "Or", 0),
    ("∞", "∞", "Infinity", 0),
)


class FormulaView(QWidget):
    """One formula in its own box, made smaller where it would not fit.

    Args:
        theme: The theme in force.
        formulas: Draws it, off this thread.
        size: Size of its letters in px of the design.
        centred: Whether it stands in the middle; else at the left.
    """

    def __init__(
        self, theme: Theme, formulas: Formulas, size: int = _SIZE, *, centred: bool = False
    ) -> None:
        super().__init__()
        self._theme = theme
        self._formulas = formulas
        self._size = size
        self._centred = centred
        self._latex = ""
        self._plain = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        formulas.drawn.connect(self._came)
        theme.changed.connect(self._came)

    @property
    def latex(self) -> str:
        """What it shows."""
        return self._latex

    def show_formula(self, latex: str, plain: str = "") -> None:
        """Shows a formula; its plain text where it cannot be drawn."""
        if (latex, plain) != (self._latex, self._plain):
            self._latex, self._plain = latex, plain
            self.setAccessibleName(plain or latex)
            self._came()

    def sizeHint(self) -> QSize:
        """As high as the formula, at least a line."""
        drawn = self._formulas.get(self._key()) if self._latex else None
        least = self._theme.px(self._size + 8)
        if drawn is None:
            return QSize(self._theme.px(80), least)
        height = round(drawn.image.height * self._share(drawn.image.width)) + self._theme.px(6)
        return QSize(min(round(drawn.image.width), self._theme.px(240)), max(least, height))

    def minimumSizeHint(self) -> QSize:
        """It shrinks sideways."""
        return QSize(self._theme.px(40), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Its height follows its width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the formula."""
        if not self._latex and not self._plain:
            return
        painter = QPainter(self)
        drawn = self._formulas.get(self._key()) if self._latex else None
        if drawn is None:
            painter.setFont(self._theme.font("code"))
            painter.setPen(self._theme.color("ink2"))
            elide = Qt.TextElideMode.ElideRight
            shown = painter.fontMetrics().elidedText(
                self._plain or self._latex, elide, self.width()
            )
            flag = Qt.AlignmentFlag.AlignCenter if self._centred else Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect(), int(flag), shown)
            return
        share = self._share(drawn.image.width)
        width, height = drawn.image.width * share, drawn.image.height * share
        left = (self.width() - width) / 2 if self._centred else 0.0
        area = self.rect().toRectF()
        area.setRect(left, (self.height() - height) / 2, width, height)
        drawn.renderer.render(painter, area)

    def _key(self) -> FormulaKey:
        size, ink = self._theme.px(self._size), self._theme.tokens.ink
        return FormulaKey(self._latex, display=True, size_px=size, color=ink)

    def _share(self, width: float) -> float:
        return min(1.0, max(self.width(), 1) / width) if width > 0 else 1.0

    def _came(self) -> None:
        self.updateGeometry()
        self.update()


class _Line(LineField):
    """A line that tells when there is nothing left to take away."""

    emptied = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text() and not self.isReadOnly():
            self.emptied.emit()
        else:
            super().keyPressEvent(event)


class MathsField(QWidget):
    """The line, the signs and how it is read.

    Args:
        theme: The theme in force.
        formulas: Draws the preview.
        name: What belongs here, for screen readers.
    """

    changed = Signal(str)
    entered = Signal()
    """Enter was pressed."""
    read_wanted = Signal(str)
    emptied = Signal()
    """Backspace was pressed in an empty line."""

    def __init__(self, theme: Theme, formulas: Formulas, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.field = _Line(theme, name, height=40)
        self.field.setMaxLength(_LONGEST)
        self.field.setFont(theme.font("reading"))
        self.preview = _Preview(theme, formulas)
        self._signs = QWidget()
        flow = FlowLayout(self._signs, theme.px(4))
        for shown, typed, words, back in _SIGNS:
            button = _SignButton(theme, shown, typed, words, back)
            button.wanted.connect(self._type)
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.field)
        column.addWidget(self._signs)
        column.addWidget(self.preview)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_READ_MS)
        self._wait.timeout.connect(self._want_read)
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self.entered)
        self.field.emptied.connect(self.emptied)
        self.setFocusProxy(self.field)

    @property
    def text(self) -> str:
        """What is written."""
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Writes a text."""
        self.field.setText(text)

    def show_read(self, read: ReadAnswer) -> None:
        """How it is understood."""
        self.preview.show_read(read if self.field.text().strip() else ReadAnswer())

    def set_read_only(self, fixed: bool) -> None:  # noqa: FBT001 - a setter of one value
        """Whether it may be changed."""
        self.field.setReadOnly(fixed)
        self._signs.setVisible(not fixed)

    def _type(self, typed: str, back: int) -> None:
        chosen = self.field.selectedText()
        if chosen and "()" in typed:
            typed, back = typed.replace("()", f"({chosen})", 1), 0
        self.field.insert(typed)
        self.field.setCursorPosition(self.field.cursorPosition() - back)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, text: str) -> None:
        self.changed.emit(text)
        self._wait.start()

    def _want_read(self) -> None:
        self.read_wanted.emit(self.field.text())


class _SignButton(Button):
    """Types a sign; never takes the keys from the line."""

    wanted = Signal(str, int)

    def __init__(self, theme: Theme, shown: str, typed: str, words: str, back: int) -> None:
        super().__init__(theme, shown, "ghost", small=True)
        self._typed, self._back = typed, back
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.clicked.connect(self._type)

    def sizeHint(self) -> QSize:
        """Narrow: many stand side by side."""
        size = super().sizeHint()
        return QSize(max(self._theme.px(32), size.width() - self._theme.px(8)), size.height())

    def _type(self) -> None:
        self.wanted.emit(self._typed, self._back)


class _Preview(QWidget):
    """“Read as” and the formula, or why it cannot be read."""

    def __init__(self, theme: Theme, formulas: Formulas) -> None:
        super().__init__()
        self._theme = theme
        px = theme.px
        self.formula = FormulaView(theme, formulas)
        self._head = PlainLabel(theme, "Read as", "small", "ink3")
        self._words = PlainLabel(theme, "", "small", "ink2", wrap=True)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(10), px(14), px(10))
        row.setSpacing(0)
        self._strut = QSpacerItem(0, 0)
        column = QVBoxLayout()
        column.setSpacing(px(4))
        row.addItem(self._strut)
        row.addLayout(column, 1)
        column.addWidget(self._head)
        column.addWidget(self.formula)
        column.addWidget(self._words)
        column.addStretch(1)
        theme.changed.connect(self._reserve)
        self.show_read(ReadAnswer())
        self._reserve()

    def show_read(self, read: ReadAnswer) -> None:
        self.formula.show_formula(read.latex)
        self.formula.setVisible(bool(read.latex))
        empty = "It is shown here as it is understood."
        self._words.setText(read.trouble or read.remark or ("" if read.latex else empty))
        self._words.setVisible(bool(self._words.text()))
        self._head.setText("Not read yet" if read.trouble else "Read as")
        self.setAccessibleName(read.trouble or read.latex)

    def _reserve(self) -> None:
        """Room for a fraction, so that nothing below moves while one is typed."""
        px, fixed = self._theme.px, QSizePolicy.Policy.Fixed
        self._strut.changeSize(0, self._head.sizeHint().height() + px(4 + _FRACTION), fixed, fixed)
        self._row.invalidate()
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, self.rect(), self._theme.px(7), self._theme.color("well"))
