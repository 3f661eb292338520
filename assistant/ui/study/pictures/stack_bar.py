"""What a number is made of, by course: a thin bar of parts above their names."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from assistant.ui.study.pictures.colours import course_colour
from assistant.ui.study.pictures.marks import Mark, Table, percent_words
from assistant.ui.study.pictures.picture import Picture
from assistant.ui.theme.theme import Theme

_BAR, _GAP, _SWATCH, _LINE, _ABOVE = 6, 2, 10, 20, 10


@dataclass(frozen=True, slots=True)
class StackPart:
    """One part.

    Args:
        name: Of the course.
        count: How many; those of none are left out.
        key: What is activated; the course's id.
    """

    name: str
    count: int
    key: str = ""


class StackBar(Picture):
    """Parts of a whole, as in "Reviews today".

    Args:
        theme: The theme in force.
        name: What is divided, for screen readers.
        unit: What is counted: ``card``.
    """

    def __init__(self, theme: Theme, name: str = "Reviews today", unit: str = "card") -> None:
        super().__init__(theme, name, "Nothing is due.", (288, _BAR + _ABOVE + _LINE))
        self._unit = unit
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_parts(self, parts: Sequence[StackPart], lit: int = 0) -> None:
        """Shows parts from left to right.

        Args:
            parts: In the order of their colours, which are those of the plots.
            lit: The number of the course that is followed.

        Raises:
            ValueError: A count is below 0.
        """
        if any(part.count < 0 for part in parts):
            raise ValueError("A part cannot be less than nothing")
        kept = tuple(
            (part, course_colour(number, lit)) for number, part in enumerate(parts) if part.count
        )
        self.set_drawing(_StackDrawing(kept, self._unit) if kept else None)
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """The names go over several lines where they must."""
        drawing, px = self.drawing(), self._theme.px
        lines = 1
        if isinstance(drawing, _StackDrawing):
            lines = drawing.lines(width, self._theme)
        return px(_BAR) + px(_ABOVE) + lines * px(_LINE)

    def minimumSizeHint(self) -> QSize:
        """As high as its names need."""
        return QSize(self._theme.px(160), self.heightForWidth(max(self.width(), 160)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another number of lines, whatever it is laid out by."""
        super().resizeEvent(event)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its names need."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())


@dataclass(frozen=True, slots=True)
class _StackDrawing:
    parts: tuple[tuple[StackPart, str], ...]
    unit: str

    def marks(self, area: QRectF, theme: Theme) -> Sequence[Sequence[Mark]]:
        return [
            [
                Mark(box.center(), self._words(part), part.key or None, box)
                for (part, _), box in zip(self.parts, self._names(area, theme), strict=True)
            ]
        ]

    def table(self) -> Table:
        rows = tuple((part.name, f"{part.count:,}", self._share(part)) for part, _ in self.parts)
        return Table(("Course", "Count", "Share"), rows)

    def summary(self) -> str:
        said = ", ".join(f"{part.name} {part.count:,}" for part, _ in self.parts)
        return f"{self._whole():,}: {said}."

    def lines(self, width: float, theme: Theme) -> int:
        boxes = self._names(QRectF(0, 0, width, 0), theme)
        return 1 + round((boxes[-1].top() - boxes[0].top()) / theme.px(_LINE))

    def paint(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        self._paint_bar(painter, area, theme)
        font, figures = theme.font("small"), theme.font("small", tabular=True)
        side = theme.px(_SWATCH)
        for (part, colour), box in zip(self.parts, self._names(area, theme), strict=True):
            swatch = QRectF(box.left(), round(box.center().y() - side / 2), side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(colour))
            painter.drawRoundedRect(swatch, theme.px(3), theme.px(3))
            words = box.adjusted(side + theme.px(6), 0, 0, 0)
            count = f"{part.count:,}"
            taken = QFontMetricsF(figures).horizontalAdvance(count) + theme.px(6)
            name = QFontMetricsF(font).elidedText(
                part.name, Qt.TextElideMode.ElideRight, words.width() - taken
            )
            painter.setFont(font)
            painter.setPen(theme.color("ink2"))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)
            painter.setFont(figures)
            painter.setPen(theme.color("ink3"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(words, right, count)

    def _paint_bar(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        height, gap = theme.px(_BAR), theme.px(_GAP)
        clip = QPainterPath()
        clip.addRoundedRect(
            QRectF(area.left(), area.top(), area.width(), height), height / 2, height / 2
        )
        painter.save()
        painter.setClipPath(clip)
        room = area.width() - gap * (len(self.parts) - 1)
        left = area.left()
        for part, colour in self.parts:
            width = max(1.0, room * part.count / self._whole())
            painter.fillRect(QRectF(left, area.top(), width, height), theme.color(colour))
            left += width + gap
        painter.restore()

    def _names(self, area: QRectF, theme: Theme) -> list[QRectF]:
        """The boxes of the names, in as many lines as they need."""
        px = theme.px
        text = QFontMetricsF(theme.font("small"))
        figures = QFontMetricsF(theme.font("small", tabular=True))
        place = QPointF(area.left(), area.top() + px(_BAR) + px(_ABOVE))
        boxes: list[QRectF] = []
        for part, _ in self.parts:
            words = text.horizontalAdvance(part.name) + figures.horizontalAdvance(f"{part.count:,}")
            width = min(area.width(), px(_SWATCH) + px(6) + words + px(8))
            if place.x() > area.left() and place.x() + width > area.right() + 1:
                place = QPointF(area.left(), place.y() + px(_LINE))
            boxes.append(QRectF(place.x(), place.y(), width, px(_LINE)))
            place += QPointF(width + px(16), 0)
        return boxes

    def _whole(self) -> int:
        return sum(part.count for part, _ in self.parts)

    def _share(self, part: StackPart) -> str:
        return percent_words(part.count / self._whole())

    def _words(self, part: StackPart) -> str:
        unit = self.unit if part.count == 1 else f"{self.unit}s"
        return f"{part.name}: {part.count:,} {unit}, {self._share(part)}"
