"""The concepts of a course as boxes in rows, lit by mastery, with lines from what they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from assistant.domain.ids import ConceptId
from assistant.domain.study import Mastery, Standing
from assistant.services.study.today import CourseStanding
from assistant.ui.study.map.districts import districts, paint_districts
from assistant.ui.study.map.words import concept_words, fits, in_lines, short_titles
from assistant.ui.study.pictures.colours import (
    STANDING_WORDS,
    light_edge,
    light_fill,
    standing_ink,
    standing_step,
)
from assistant.ui.study.pictures.marks import Mark, Table, percent_words
from assistant.ui.theme.theme import Theme

NODE = QSizeF(118, 52)
PITCH = QSizeF(130, 80)
MARGIN = 12
_MOST, _SMALLER = 3, 11
"""Lines of a name that does not fit two, and their letters in px of the design."""
_RADIUS, _RING_GAP, _INSET, _LINE_WIDTH = 6, 4, 9, 1.4
READABLE = 0.7
"""Below this zoom the units are named, not the concepts."""


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """One state of a course's map.

    Args:
        standing: The course, and where the learner stands in it.
        zoom: Factor on all measures.
    """

    standing: CourseStanding
    zoom: float = 1.0

    @property
    def upcoming(self) -> ConceptId | None:
        """The concept that comes next."""
        up = self.standing.next_up
        return up.concept if up is not None else None

    def size(self, theme: Theme) -> QSizeF:
        """What all of it fills."""
        placed, scale = self.standing.placed, theme.scale * self.zoom
        width = max(placed.width, 1.0) * PITCH.width() + 2 * MARGIN
        height = (placed.rows - 1) * PITCH.height() + NODE.height() + 2 * MARGIN
        return QSizeF(width * scale, height * scale)

    def boxes(self, area: QRectF, theme: Theme) -> dict[ConceptId, QRectF]:
        """Where each concept lies; all of it in the middle of the area."""
        scale = theme.scale * self.zoom
        size = NODE * scale
        return {
            placed.concept: QRectF(
                self._point(area, theme, placed.x, placed.row)
                - QPointF(size.width() / 2, size.height() / 2),
                size,
            )
            for placed in self.standing.placed.concepts
        }

    def marks(self, area: QRectF, theme: Theme) -> Sequence[Sequence[Mark]]:
        """A series for each row, from left to right."""
        boxes = self.boxes(area, theme)
        known = {one.concept: one for one in self.standing.mastery}
        rows: dict[int, list[Mark]] = {}
        for placed in sorted(self.standing.placed.concepts, key=lambda one: (one.row, one.x)):
            box = boxes[placed.concept]
            words = concept_words(
                self.standing.course, known[placed.concept], upcoming=self.upcoming
            )
            rows.setdefault(placed.row, []).append(Mark(box.center(), words, placed.concept, box))
        return [rows[row] for row in sorted(rows)]

    def table(self) -> Table:
        """A row for each concept, in the course's order."""
        course = self.standing.course
        rows = tuple(
            (
                course.concept(one.concept).title,
                STANDING_WORDS[one.standing] + (", next" if one.concept == self.upcoming else ""),
                "" if _unknown(one) else percent_words(one.chance),
                "" if _unknown(one) else f"{100 * one.low:.0f} to {100 * one.high:.0f}",
                str(one.due) if one.due else "",
            )
            for one in self.standing.mastery
        )
        return Table(("Concept", "Standing", "Mastery", "Likely", "Due"), rows)

    def summary(self) -> str:
        """How many stand where, and what comes next."""
        course = self.standing.course
        counts = [
            f"{sum(one.standing is step for one in self.standing.mastery)} {words.lower()}"
            for step, words in STANDING_WORDS.items()
        ]
        upcoming = f" Next: {course.concept(self.upcoming).title}." if self.upcoming else ""
        return f"{course.title}, {len(course.concepts)} concepts: {', '.join(counts)}.{upcoming}"

    def paint(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        """Draws the lines, then the boxes over them."""
        boxes = self.boxes(area, theme)
        lit = [line for line in self.standing.placed.lines if line.after == self.upcoming]
        rest = [line for line in self.standing.placed.lines if line.after != self.upcoming]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        quiet = theme.color("control" if theme.high_contrast else "line2")
        for lines, pen in (
            (rest, QPen(quiet, _LINE_WIDTH * theme.scale)),
            (lit, QPen(theme.color("lampline"), 2 * theme.scale)),
        ):
            painter.setPen(pen)
            for line in lines:
                painter.drawPath(self._way(area, theme, line.points))
        titles = short_titles(self.standing.course)
        for one in self.standing.mastery:
            self._paint_box(painter, theme, boxes[one.concept], one)
            if self.zoom >= READABLE:
                self._paint_words(painter, theme, boxes[one.concept], one, titles[one.concept])
        if self.zoom < READABLE:
            paint_districts(painter, theme, self.districts(area, theme))

    def districts(self, area: QRectF, theme: Theme) -> list[tuple[str, QRectF]]:
        """The units' names, and where they stand while there is no room for the concepts'."""
        return districts(self.standing.course.units, self.boxes(area, theme), area, theme)

    def _point(self, area: QRectF, theme: Theme, x: float, row: float) -> QPointF:
        scale, size = theme.scale * self.zoom, self.size(theme)
        left = area.left() + (area.width() - size.width()) / 2 + MARGIN * scale
        top = area.top() + max(0.0, (area.height() - size.height()) / 2) + MARGIN * scale
        return QPointF(
            left + x * PITCH.width() * scale,
            top + (row * PITCH.height() + NODE.height() / 2) * scale,
        )

    def _way(
        self, area: QRectF, theme: Theme, points: Sequence[tuple[float, float]]
    ) -> QPainterPath:
        """From the lower edge of a box to the upper edge of another, upright past each bend."""
        half = NODE.height() / 2 * theme.scale * self.zoom
        at = [self._point(area, theme, *point) for point in points]
        path = QPainterPath(at[0] + QPointF(0, half))
        for number, (before, after) in enumerate(pairwise(at), start=2):
            begin, end = before.y() + half, after.y() - half
            middle = (begin + end) / 2
            path.cubicTo(before.x(), middle, after.x(), middle, after.x(), end)
            if number < len(at):
                path.lineTo(after.x(), after.y() + half)
        return path

    def _paint_box(self, painter: QPainter, theme: Theme, box: QRectF, mastery: Mastery) -> None:
        radius, step = _RADIUS * theme.scale * min(1.0, self.zoom), standing_step(mastery.standing)
        inside = box.adjusted(0.5, 0.5, -0.5, -0.5)
        if step is None:
            painter.setBrush(theme.color("card"))
            pen = QPen(theme.color("control"), 1)
            pen.setDashPattern([3, 3])
        else:
            painter.setBrush(light_fill(theme, step))
            pen = QPen(light_edge(theme, step), 1)
        painter.setPen(pen)
        painter.drawRoundedRect(inside, radius, radius)
        if mastery.concept == self.upcoming:
            gap = _RING_GAP * theme.scale
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("lampline"), 2 * theme.scale))
            painter.drawRoundedRect(box.adjusted(-gap, -gap, gap, gap), radius + gap, radius + gap)

    def _paint_words(
        self, painter: QPainter, theme: Theme, box: QRectF, mastery: Mastery, title: str
    ) -> None:
        scale = theme.scale * self.zoom
        inside = box.adjusted(_INSET * scale, 0, -_INSET * scale, 0)
        if mastery.standing is Standing.MASTERED:
            side = theme.px(14)
            spot = QPointF(inside.right() - side + 2, inside.bottom() - side - 6 * scale)
            painter.drawPixmap(spot, theme.icons.pixmap("check", 14, "onmastery"))
        name, lines = lettering(theme, title, inside.width(), self.zoom)
        figures = _zoomed(theme.font("axis", tabular=True), self.zoom)
        above, below = (15 * scale, 14 * scale) if len(lines) < _MOST else (12 * scale, 13 * scale)
        top = box.center().y() - (len(lines) * above + below) / 2
        painter.setFont(name)
        painter.setPen(standing_ink(theme, mastery.standing))
        for number, line in enumerate(lines):
            at = QRectF(inside.left(), top + number * above, inside.width(), above)
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, line)
        painter.setFont(figures)
        painter.setPen(standing_ink(theme, mastery.standing, quiet=True))
        at = QRectF(inside.left(), top + len(lines) * above, inside.width(), below)
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, self._figure(mastery))
        if mastery.due and mastery.standing is not Standing.MASTERED:
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(at, right, f"{mastery.due} due")

    def _figure(self, mastery: Mastery) -> str:
        words = "Not started" if _unknown(mastery) else percent_words(mastery.chance)
        if mastery.concept == self.upcoming:
            return f"{words} · next"
        if mastery.due and mastery.standing is Standing.MASTERED:
            return f"{words} · {mastery.due} due"
        return words


def lettering(theme: Theme, title: str, width: float, zoom: float) -> tuple[QFont, list[str]]:
    """A name in two lines; in three of smaller letters where it would be cut.

    Args:
        theme: The theme in force.
        title: The name.
        width: Of a line in px of the screen.
        zoom: Factor on the size of the letters.
    """
    font = _zoomed(theme.font("small_medium"), zoom)
    if fits(title, QFontMetricsF(font), width):
        return font, in_lines(title, QFontMetricsF(font), width)
    font.setPixelSize(theme.px(_SMALLER))
    font = _zoomed(font, zoom)
    return font, in_lines(title, QFontMetricsF(font), width, _MOST)


def _zoomed(font: QFont, zoom: float) -> QFont:
    font.setPixelSize(max(6, round(font.pixelSize() * zoom)))
    return font


def _unknown(mastery: Mastery) -> bool:
    return mastery.standing is Standing.NOT_STARTED
