"""Draws what the week shows: hours, days, the present moment, blocks, the energy behind them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from assistant.domain.schedule import BlockKind
from assistant.ui.clock import clock_words, hour_words, span_words
from assistant.ui.plan.week.layout import Grid, Placed
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import draw_centred

KINDS = {
    BlockKind.EVENT: ("slate", "calendar"),
    BlockKind.TASK: ("teal", "square-check"),
    BlockKind.STUDY: ("plum", "graduation-cap"),
    BlockKind.MEAL: ("clay", "sun"),
    BlockKind.FREE: ("slate", "circle-dashed"),
}
GUTTER = 44
_ROW = 15
_LABEL = 14
"""How far apart two labels beside the hours have to be."""
_ONE_LINE, _WITH_TIME = 32, 46
_NARROW = 56
_LEAST_CURVE = 2


def paint_grid(painter: QPainter, theme: Theme, grid: Grid, now: datetime) -> None:
    """Draws the days and the hours; today lies on a card."""
    line = theme.color("line")
    today = (now.date() - grid.first).days
    if 0 <= today < grid.days and grid.days > 1:
        painter.fillRect(grid.day_area(today), theme.color("card"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setFont(theme.font("axis", tabular=True))
    told = hours_told(theme, grid, now)
    for hour in range(grid.begin, grid.end + 1):
        y = round(grid.y(hour * 60))
        painter.setPen(theme.color("grid"))
        painter.drawLine(round(grid.area.left()), y, round(grid.area.right()), y)
        if hour in told:
            painter.setPen(theme.color("ink3"))
            area = QRectF(0, y - theme.px(8), grid.area.left() - theme.px(8), theme.px(16))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area, int(flags), hour_words(hour))
    painter.setPen(line)
    for number in range(grid.days + 1):
        x = round(grid.area.left() + number * grid.column)
        painter.drawLine(x, round(grid.area.top()), x, round(grid.area.bottom()))


def hours_told(theme: Theme, grid: Grid, now: datetime) -> list[int]:
    """The hours that are written beside the days: none where the present time is written."""
    is_now = 0 <= (now.date() - grid.first).days < grid.days
    present = grid.y(now.hour * 60 + now.minute)
    return [
        hour
        for hour in range(grid.begin + 1, grid.end)
        if not is_now or abs(grid.y(hour * 60) - present) >= theme.px(_LABEL)
    ]


def paint_energy(
    painter: QPainter, theme: Theme, grid: Grid, curve: Sequence[Sequence[float]]
) -> None:
    """Draws how much energy there is, by the hour of each day: one closed path a day.

    Args:
        painter: Draws.
        theme: The theme in force.
        grid: The measures.
        curve: By weekday, Monday first, and hour: 0 to 1.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number in range(grid.days):
        weekday = (grid.first + timedelta(days=number)).weekday()
        values = curve[weekday] if weekday < len(curve) else ()
        if len(values) < _LEAST_CURVE:
            continue
        column = grid.day_area(number)
        points = [
            QPointF(column.left() + 1 + value * column.width() * 0.45, grid.y(hour * 60 + 30))
            for hour, value in enumerate(values)
        ]
        points.insert(0, QPointF(points[0].x(), grid.y(0)))
        points.append(QPointF(points[-1].x(), grid.y(24 * 60)))
        path = QPainterPath(QPointF(column.left() + 1, points[0].y()))
        path.lineTo(points[0])
        for before, after in pairwise(points):
            middle = (before.y() + after.y()) / 2
            path.cubicTo(QPointF(before.x(), middle), QPointF(after.x(), middle), after)
        path.lineTo(QPointF(column.left() + 1, points[-1].y()))
        path.closeSubpath()
        painter.save()
        painter.setClipRect(column)
        painter.setPen(QPen(theme.color("energyedge"), 1))
        painter.setBrush(theme.color("energy"))
        painter.drawPath(path)
        painter.restore()


def paint_now(painter: QPainter, theme: Theme, grid: Grid, now: datetime) -> None:
    """Draws the present moment in its day, and its time beside the hours."""
    number = (now.date() - grid.first).days
    y = grid.y(now.hour * 60 + now.minute)
    if not (0 <= number < grid.days and grid.area.top() <= y <= grid.area.bottom()):
        return
    px = theme.px
    column = grid.day_area(number)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("lampline"), px(2)))
    painter.drawLine(QPointF(column.left(), y), QPointF(column.right(), y))
    painter.setBrush(theme.color("lamp"))
    painter.setPen(QPen(theme.color("lampedge"), 1))
    painter.drawEllipse(QPointF(column.left(), y), px(4), px(4))
    font = theme.font("axis", tabular=True)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(theme.color("lampink"))
    area = QRectF(0, y - px(8), grid.area.left() - px(8), px(16))
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(area, int(flags), clock_words(now, half=False))


def paint_block(
    painter: QPainter, theme: Theme, placed: Placed, *, selected: bool, lifted: bool = False
) -> None:
    """Draws one block."""
    px, one, area = theme.px, placed.shown, placed.area
    kind, icon = KINDS[one.kind]
    quiet = one.done or one.free
    text = "ink3" if quiet else f"{kind}.text"
    edge = theme.color("line2" if quiet else f"{kind}.graphic")
    edge.setAlphaF(1.0 if theme.high_contrast or quiet or one.proposed else 0.45)
    ground = (
        "page"
        if quiet or one.proposed
        else "card"
        if one.kind is BlockKind.EVENT
        else f"{kind}.tint"
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(edge, 1)
    if one.free or one.proposed or one.kind is BlockKind.FREE or lifted:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(theme.color(ground))
    radius = min(px(7), area.height() / 2)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    left = area.left() + px(6)
    if one.kind is BlockKind.EVENT and not quiet:
        bar = QRectF(area.left() + px(3), area.top() + px(4), px(3), area.height() - px(8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("slate.graphic"))
        painter.drawRoundedRect(bar, px(1.5), px(1.5))
        left = area.left() + px(11)
    inside = QRectF(left, area.top() + px(2), area.right() - left - px(4), area.height() - px(4))
    painter.save()
    _paint_words(painter, theme, inside, placed, (text, "check" if one.done else icon))
    painter.restore()
    if selected:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("lampline"), px(2)))
        painter.drawRoundedRect(area.adjusted(0, 0, 0, 0), radius, radius)
    painter.restore()


def _paint_words(
    painter: QPainter, theme: Theme, inside: QRectF, placed: Placed, look: tuple[str, str]
) -> None:
    """Icon, title and time, as far as there is room; a short block has one line."""
    px, one = theme.px, placed.shown
    colour, icon = look
    # In a narrow lane the words are more than the icon beside them.
    narrow = inside.width() < px(_NARROW)
    side, row = 0 if narrow else px(12), float(px(_ROW))
    short = placed.area.height() < px(_ONE_LINE)
    first = QRectF(inside.left(), inside.top(), inside.width(), inside.height() if short else row)
    painter.setClipRect(inside)
    if not narrow:
        spot = QRect(round(inside.left()), round(first.top()), side, round(first.height()))
        draw_centred(painter, spot, theme.icons.pixmap(icon, 12, colour))
    if one.pinned and not narrow:
        spot = QRect(round(inside.right()) - side, round(first.top()), side, round(first.height()))
        draw_centred(painter, spot, theme.icons.pixmap("pin", 12, colour))
    font = theme.font("axis")
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(theme.color(colour))
    metrics = QFontMetricsF(font)
    gap = 0 if narrow else px(3)
    width = inside.width() - side - gap - (side if one.pinned else 0)
    rows = 2 if inside.height() >= px(_WITH_TIME) - 4 else 1
    if narrow:
        rows = max(1, int(inside.height() // row))
    lines = broken(one.title, metrics, width, rows)
    middle = int(Qt.AlignmentFlag.AlignVCenter)
    for number, words in enumerate(lines):
        spot_of = first.translated(side + gap, number * row)
        painter.drawText(spot_of, middle, words)
    if short:
        return
    painter.setFont(theme.font("axis", tabular=True))
    time = QRectF(inside.left() + px(1), inside.top() + len(lines) * row, inside.width(), row)
    if time.bottom() <= inside.bottom() + 2:
        begin = clock_words(one.start, padded=False)
        whole = span_words(one.start, one.end, padded=False)
        figures = QFontMetricsF(painter.font())
        fits = (
            words for words in (whole, begin) if figures.horizontalAdvance(words) <= time.width()
        )
        painter.drawText(time, middle, next(fits, ""))


def broken(words: str, metrics: QFontMetricsF, width: float, rows: int) -> list[str]:
    """Words over at most so many lines, the last of which is cut where there is no room."""
    lines: list[str] = []
    rest = words.split()
    while rest and len(lines) < rows - 1:
        line = rest[0]
        if metrics.horizontalAdvance(line) > width:
            # A word that is longer than its column goes on in the next line.
            fits = (
                at
                for at in range(len(line), 0, -1)
                if metrics.horizontalAdvance(line[:at]) <= width
            )
            at = next(fits, 1)
            lines.append(line[:at])
            rest[0] = line[at:]
            rest = rest if rest[0] else rest[1:]
            continue
        taken = 1
        while taken < len(rest) and metrics.horizontalAdvance(f"{line} {rest[taken]}") <= width:
            line, taken = f"{line} {rest[taken]}", taken + 1
        lines.append(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width))
        rest = rest[taken:]
    if rest:
        lines.append(metrics.elidedText(" ".join(rest), Qt.TextElideMode.ElideRight, width))
    return lines or [""]
