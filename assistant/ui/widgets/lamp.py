"""The lamp: the mark beside the name and the answers, and the desk of the first screen."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QIcon,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import mix

_MARK_UNITS = 24.0
_DESK_WIDTH, _DESK_HEIGHT = 480.0, 300.0


def draw_lamp_mark(painter: QPainter, theme: Theme, area: QRectF, *, lit: bool) -> None:
    """The table lamp, on a grid of 24: amber shade when lit, grey when not."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(area.width(), area.height())
    painter.translate(area.center().x() - side / 2, area.center().y() - side / 2)
    painter.scale(side / _MARK_UNITS, side / _MARK_UNITS)
    shade = theme.color("lamp" if lit else "line2")
    foot = theme.color("ink" if lit else "control")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(foot)
    painter.drawRect(QRectF(11.1, 13, 1.8, 7.4))
    painter.drawRoundedRect(QRectF(7, 19.4, 10, 2), 1, 1)
    painter.setBrush(shade)
    painter.setPen(_round_pen(shade, 1.6))
    trapezium = [QPointF(8.6, 4), QPointF(15.4, 4), QPointF(19, 12.6), QPointF(5, 12.6)]
    painter.drawPolygon(QPolygonF(trapezium))
    painter.restore()


def lamp_icon(theme: Theme) -> QIcon:
    """The icon of the window, in the sizes that task bars ask for."""
    icon = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        draw_lamp_mark(painter, theme, QRectF(0, 0, side, side), lit=True)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


class LampMark(QWidget):
    """The mark. Beside an answer it is lit only while the answer is being written.

    Args:
        theme: The theme in force.
        size: Side in px of the design.
        lit: Whether it is lit.
        parent: The owner.
    """

    def __init__(
        self, theme: Theme, size: int = 22, *, lit: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._side = size
        self._lit = lit
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_lit(self, lit: bool) -> None:  # noqa: FBT001 - a setter of one value
        """Lights it or puts it out."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the lamp."""
        draw_lamp_mark(QPainter(self), self._theme, QRectF(self.rect()), lit=self._lit)

    def _restyle(self) -> None:
        side = self._theme.px(self._side)
        self.setFixedSize(side, side)
        self.update()


class DeskLamp(QWidget):
    """The picture of the first screen: a lamp over a book on a desk. Says nothing of its own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """As it was drawn."""
        return QSize(round(_DESK_WIDTH), round(_DESK_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws light, desk, book, cup and lamp, back to front."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = min(self.width() / _DESK_WIDTH, self.height() / _DESK_HEIGHT, 1.5)
        painter.translate(
            (self.width() - _DESK_WIDTH * scale) / 2, (self.height() - _DESK_HEIGHT * scale) / 2
        )
        painter.scale(scale, scale)
        painter.translate(2, 0)
        self._draw_light(painter)
        self._draw_book(painter)
        self._draw_cup(painter)
        self._draw_desk(painter)
        self._draw_lamp(painter)

    def _draw_light(self, painter: QPainter) -> None:
        soft, lamp = self._theme.color("lampsoft"), self._theme.color("lamp")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        cone = [QPointF(172, 90), QPointF(274, 56), QPointF(430, 272), QPointF(124, 280)]
        painter.drawPolygon(QPolygonF(cone))
        painter.setBrush(mix(soft, lamp, 0.2))
        painter.drawEllipse(QPointF(276, 271), 174, 13.5)

    def _draw_desk(self, painter: QPainter) -> None:
        painter.setPen(_round_pen(self._theme.color("line2"), 2))
        painter.drawLine(QPointF(3, 286), QPointF(475, 286))

    def _draw_book(self, painter: QPainter) -> None:
        theme, dark = self._theme, self._theme.tokens.dark
        paper = QColor("#E2D3AF") if dark else theme.color("card")
        edge = mix(paper, theme.color("lampsoft"), 0.35) if dark else theme.color("line2")
        painter.setBrush(paper)
        painter.setPen(_round_pen(edge, 1.5))
        for left, right in ((204.0, 278.0), (278.0, 352.0)):
            page = QPainterPath(QPointF(left, 242))
            page.quadTo(QPointF((left + right) / 2, 225), QPointF(right, 242))
            page.lineTo(right, 285)
            page.quadTo(QPointF((left + right) / 2, 272), QPointF(left, 285))
            page.closeSubpath()
            painter.drawPath(page)
        writing = mix(paper, theme.color("desk"), 0.55) if dark else theme.color("control")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_round_pen(writing, 2))
        for left, right, y in (
            (216, 266, 248),
            (216, 266, 258),
            (216, 246, 267.5),
            (290, 340, 248),
            (290, 318, 257),
        ):
            line = QPainterPath(QPointF(left, y))
            line.quadTo(QPointF((left + right) / 2, y - 8), QPointF(right, y))
            painter.drawPath(line)

    def _draw_cup(self, painter: QPainter) -> None:
        theme, dark = self._theme, self._theme.tokens.dark
        edge = theme.color("line2")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_round_pen(edge, 3))
        painter.drawEllipse(QPointF(429, 270), 9, 9)
        painter.setBrush(theme.color("well" if dark else "card"))
        painter.setPen(_round_pen(edge, 1.5))
        painter.drawRoundedRect(QRectF(390, 254, 34, 32), 5, 5)

    def _draw_lamp(self, painter: QPainter) -> None:
        theme = self._theme
        metal = theme.color("ink2")
        painter.setPen(_round_pen(metal, 7))
        painter.drawLine(QPointF(102, 272), QPointF(76, 150))
        painter.drawLine(QPointF(80, 139), QPointF(196, 18))
        painter.setPen(_round_pen(metal, 4.5))
        painter.setBrush(theme.color("page"))
        painter.drawEllipse(QPointF(74, 143), 10, 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(metal)
        foot = QPainterPath()
        foot.addRoundedRect(QRectF(64, 269, 72, 34), 10, 10)
        desk = QPainterPath()
        desk.addRect(QRectF(60, 260, 80, 26))
        painter.drawPath(foot & desk)
        painter.drawEllipse(QPointF(203, 12), 10, 10)
        lamp = theme.color("lamp")
        painter.setBrush(lamp)
        painter.setPen(_round_pen(lamp, 14))
        shade = [QPointF(180, 30.5), QPointF(231, 14), QPointF(268.5, 53.5), QPointF(176, 85.5)]
        painter.drawPolygon(QPolygonF(shade))

    def _restyle(self) -> None:
        self.update()


def _round_pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
