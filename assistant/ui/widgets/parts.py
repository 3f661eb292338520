"""What something is divided into: a bar of parts, and a line for each that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box

_BAR, _LINE, _SWATCH, _RADIUS, _LEAST = 14, 22, 10, 4, 2


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    Args:
        name: What it is.
        amount: How much, in any unit; the bar shows its share of all amounts.
        words: The amount in words.
        colour: Name of a colour token.
        hatched: It is not there yet, and would be.
        empty: It is what is left: the ground of the bar.
    """

    name: str
    amount: float
    words: str
    colour: str = "control"
    hatched: bool = False
    empty: bool = False


class PartsBar(QWidget):
    """A bar of parts above a line for each.

    Args:
        theme: The theme in force.
        name: What is divided, for screen readers.
        parent: The owner.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._strip = _Strip(theme)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._strip)
        self._column.addSpacing(theme.px(8))
        self._lines: list[_Line] = []
        self._theme = theme

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Shows these, from left to right and from top to bottom."""
        self._strip.show_parts(parts)
        while len(self._lines) < len(parts):
            line = _Line(self._theme)
            self._lines.append(line)
            self._column.addWidget(line)
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(parts))
            if number < len(parts):
                line.show_part(parts[number])
        said = ", ".join(f"{part.name} {part.words}" for part in parts)
        self.setAccessibleName(f"{self._name}: {said}")


class _Strip(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._parts: Sequence[Part] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_parts(self, parts: Sequence[Part]) -> None:
        if parts != self._parts:
            self._parts = tuple(parts)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        border = theme.color("line2") if theme.high_contrast else None
        box(painter, self.rect(), px(_RADIUS), theme.color("well"), border)
        clip = QPainterPath()
        clip.addRoundedRect(self.rect().toRectF(), px(_RADIUS), px(_RADIUS))
        painter.setClipPath(clip)
        whole = sum(part.amount for part in self._parts)
        if whole <= 0:
            return
        begin = 0.0
        for part in self._parts:
            length = self.width() * part.amount / whole
            if not part.empty and part.amount > 0:
                left, right = round(begin), round(begin + length)
                area = QRect(left, 0, max(px(_LEAST), right - left), self.height())
                _fill(painter, theme, area, part)
                # A gap tells neighbours apart where their colours do not.
                painter.fillRect(area.right() + 1, 0, px(2), self.height(), theme.color("card"))
            begin += length

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(_BAR))
        self.update()


class _Line(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._part = Part("", 0, "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_part(self, part: Part) -> None:
        self._part = part
        self.setToolTip("")
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(_LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px, part = self._theme, self._theme.px, self._part
        painter = QPainter(self)
        side = px(_SWATCH)
        swatch = QRect(QPoint(0, (self.height() - side) // 2), QSize(side, side))
        if part.empty:
            box(painter, swatch, px(3), theme.color("well"), theme.color("line2"))
        elif part.hatched:
            box(painter, swatch, px(3), None, theme.color(part.colour))
            painter.save()
            _fill(painter, theme, swatch.adjusted(1, 1, -1, -1), part)
            painter.restore()
        else:
            box(painter, swatch, px(3), theme.color(part.colour))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("small", tabular=True))
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(part.words)
        painter.setPen(theme.color("ink"))
        painter.drawText(self.rect(), int(middle | Qt.AlignmentFlag.AlignRight), part.words)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink2"))
        inside = self.rect().adjusted(side + px(8), 0, -width - px(8), 0)
        elide = Qt.TextElideMode.ElideRight
        name = painter.fontMetrics().elidedText(part.name, elide, inside.width())
        painter.drawText(inside, int(middle), name)

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(_LINE))
        self.update()


def _fill(painter: QPainter, theme: Theme, area: QRect, part: Part) -> None:
    """Fills an area with the colour of a part, or hatches it."""
    colour = theme.color(part.colour)
    if not part.hatched:
        painter.fillRect(area, colour)
        return
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(area, QBrush(theme.color("lampsoft")))
    painter.setPen(QPen(colour, theme.px(2)))
    step, high = theme.px(6), area.height()
    for left in range(area.left() - high, area.right() + high, step):
        painter.drawLine(left, area.bottom() + 1, left + high, area.top())
    painter.restore()
