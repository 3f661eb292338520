"""Draws the blocks of a week: their ground, their words as far as there is room, their marks."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from assistant.domain.schedule import BlockKind
from assistant.ui.clock import clock_words, span_words
from assistant.ui.plan.week.layout import Placed
from assistant.ui.plan.week.values import Shown
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import draw_centred

KINDS = {
    BlockKind.EVENT: ("slate", "calendar"),
    BlockKind.TASK: ("teal", "square-check"),
    BlockKind.STUDY: ("plum", "graduation-cap"),
    BlockKind.MEAL: ("clay", "sun"),
    BlockKind.FREE: ("slate", "circle-dashed"),
}
LATE_ICON = "triangle-alert"
_ROW, _ICON = 15, 12
_ONE_LINE = 32
"""A lower block has one line, in its middle."""
_NARROW, _LANE = 56, 30
"""A narrower lane has no icon: its words are more than that. The narrowest only have a mark."""
_TITLE_ROWS = 3


@dataclass(frozen=True, slots=True)
class Look:
    """How a block is drawn."""

    text: str
    """The colour of its words."""
    edge: QColor
    ground: str
    icon: str
    late: str
    """How late it is, in words; empty in time."""
    barred: bool
    """Whether a bar at its left says that it comes from a calendar."""
    dashed: bool


def look_of(theme: Theme, one: Shown, *, lifted: bool = False) -> Look:
    """How a block is drawn: by its kind, and by what it is besides.

    Args:
        theme: The theme in force.
        one: Which.
        lifted: Whether it is under way to another place.
    """
    kind, icon = KINDS[one.kind]
    quiet = one.done or one.free
    name = "line2" if quiet else "bad" if one.late else f"{kind}.graphic"
    edge = theme.color(name)
    strong = theme.high_contrast or quiet or one.proposed or bool(one.late)
    edge.setAlphaF(1.0 if strong else 0.45)
    ground = "card" if one.kind is BlockKind.EVENT else f"{kind}.tint"
    return Look(
        "ink3" if quiet else f"{kind}.text",
        edge,
        "page" if quiet or one.proposed else ground,
        "check" if one.done else LATE_ICON if one.late else icon,
        one.late,
        one.kind is BlockKind.EVENT and not quiet,
        one.free or one.proposed or one.kind is BlockKind.FREE or lifted,
    )


def paint_block(
    painter: QPainter, theme: Theme, placed: Placed, *, selected: bool, lifted: bool = False
) -> None:
    """Draws one block."""
    px, area = theme.px, placed.area
    look = look_of(theme, placed.shown, lifted=lifted)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(look.edge, 1)
    if look.dashed:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(theme.color(look.ground))
    radius = min(px(7), area.height() / 2)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    narrow = area.width() < px(_NARROW)
    left = area.left() + px(4 if narrow else 6)
    if look.barred:
        bar = QRectF(area.left() + px(3), area.top() + px(4), px(3), area.height() - px(8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("slate.graphic"))
        painter.drawRoundedRect(bar, px(1.5), px(1.5))
        left = area.left() + px(8 if narrow else 11)
    # A low block needs all of its height for what hangs below the line.
    above = px(2) if area.height() >= px(_ONE_LINE) else 0
    inside = QRectF(left, area.top() + above, area.right() - left - px(2 if narrow else 4), 0.0)
    # What lies over its lower part hides no words: they stand above it.
    inside.setBottom(min(area.bottom() - above, area.top() + max(placed.clear, px(_ROW))))
    painter.save()
    painter.setClipRect(inside)
    words = _Words(painter, theme, inside, placed.shown, look)
    if area.height() < px(_ONE_LINE):
        words.paint_line()
    else:
        words.paint_lines()
    painter.restore()
    if selected:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("lampline"), px(2)))
        painter.drawRoundedRect(area, radius, radius)
    painter.restore()


class _Words:
    """The marks, the title, and then the time, as far as there is room."""

    def __init__(
        self, painter: QPainter, theme: Theme, inside: QRectF, one: Shown, look: Look
    ) -> None:
        self._painter, self._theme = painter, theme
        self._inside, self._one, self._look = inside, one, look
        self._title_font = theme.font("axis")
        self._title_font.setWeight(QFont.Weight.DemiBold)
        self._figures = theme.font("axis", tabular=True)

    def paint_lines(self) -> None:
        """The title over some lines, and what is below it."""
        inside = self._inside
        first = QRectF(inside.left(), inside.top(), inside.width(), self._theme.px(_ROW))
        left, right = self._paint_marks(first)
        self._paint_below(self._paint_title(left, right))

    def paint_line(self) -> None:
        """One line: the title, and what there is room for behind it."""
        inside = self._inside
        left, right = self._paint_marks(inside)
        spot = QRectF(left, inside.top(), right - left, inside.height())
        title = self._write(spot, self._one.title, self._title_font, self._look.text)
        rest = spot.adjusted(title + self._theme.px(8), 0, 0, 0)
        times = span_words(self._one.start, self._one.end, padded=False)
        metrics = QFontMetricsF(self._figures)
        said = ((times, self._look.text), (self._look.late, "bad"))
        for words, colour in said:
            width = metrics.horizontalAdvance(words)
            if words and width <= rest.width():
                self._write(rest, words, self._figures, colour)
                rest.adjust(width + self._theme.px(8), 0, 0, 0)

    def _paint_marks(self, line: QRectF) -> tuple[float, float]:
        """The icon at the left, the pin at the right; gives where the words begin and end."""
        px, look = self._theme.px, self._look
        left, right, side = line.left(), line.right(), px(_ICON)
        narrow = line.width() < px(_NARROW)
        if not narrow or (look.late and line.width() >= px(_LANE)):
            self._mark(left, line, look.icon, "bad" if look.late else look.text)
            left += side + px(3)
        if self._one.pinned and not narrow:
            self._mark(right - side, line, "pin", look.text)
            right -= side
        return left, right

    def _mark(self, left: float, line: QRectF, icon: str, colour: str) -> None:
        side = self._theme.px(_ICON)
        spot = QRect(round(left), round(line.top()), side, round(line.height()))
        draw_centred(self._painter, spot, self._theme.icons.pixmap(icon, _ICON, colour))

    def _paint_title(self, left: float, right: float) -> int:
        """The title over so many lines; gives how many."""
        px, inside = self._theme.px, self._inside
        row = px(_ROW)
        room = max(1, int((inside.height() + 2) // row))
        most = room if inside.width() < px(_NARROW) else min(room, _TITLE_ROWS)
        metrics = QFontMetricsF(self._title_font)
        lines = broken(self._one.title, metrics, right - left, most)
        for number, words in enumerate(lines):
            spot = QRectF(left, inside.top() + number * row, right - left, row)
            self._write(spot, words, self._title_font, self._look.text)
        return len(lines)

    def _paint_below(self, rows: int) -> None:
        """The time, and how late that is, in lines of their own."""
        row, inside, one = self._theme.px(_ROW), self._inside, self._one
        begin = clock_words(one.start, padded=False)
        times = (span_words(one.start, one.end, padded=False), begin)
        metrics = QFontMetricsF(self._figures)
        for choices, colour in ((times, self._look.text), ((self._look.late,), "bad")):
            spot = QRectF(inside.left() + 1, inside.top() + rows * row, inside.width() - 1, row)
            fits = (one for one in choices if metrics.horizontalAdvance(one) <= spot.width())
            words = next(fits, "")
            if words and spot.bottom() <= inside.bottom() + 2:
                self._write(spot, words, self._figures, colour)
                rows += 1

    def _write(self, spot: QRectF, words: str, font: QFont, colour: str) -> float:
        """Writes words in the middle of a line, cut to its width; gives how wide they are."""
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, spot.width()))
        self._painter.setFont(font)
        self._painter.setPen(self._theme.color(colour))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        self._painter.drawText(spot, int(flags), shown)
        return metrics.horizontalAdvance(shown)


def broken(words: str, metrics: QFontMetricsF, width: float, rows: int) -> list[str]:
    """Words over at most so many lines; a line is cut where there is no room, words never broken.

    Args:
        words: Without line breaks.
        metrics: Of the font.
        width: Of a line, in px.
        rows: How many lines there may be.
    """
    lines: list[str] = []
    rest = words.split()
    while rest and len(lines) < rows - 1:
        taken = 1
        while taken < len(rest):
            if metrics.horizontalAdvance(" ".join(rest[: taken + 1])) > width:
                break
            taken += 1
        lines.append(" ".join(rest[:taken]))
        rest = rest[taken:]
    if rest:
        lines.append(" ".join(rest))
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines] or [""]
