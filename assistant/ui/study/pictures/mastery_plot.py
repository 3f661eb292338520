"""Mastery over time: a line for each course, the one that matters lit and with its band."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from assistant.services.study.progress import MasteryPoint
from assistant.ui.study.pictures.axes import (
    LINE_WIDTH,
    LIT_WIDTH,
    Frame,
    axis_room,
    date_ticks,
    day_words,
    paint_grid,
    paint_ticks,
    solid,
    spread,
    thinned,
)
from assistant.ui.study.pictures.colours import LIT, course_colour
from assistant.ui.study.pictures.marks import Mark, Table, checked_share, count_words, percent_words
from assistant.ui.study.pictures.picture import Picture
from assistant.ui.theme.theme import Theme

_MOST_TICKS = 4
_DOT = 3.0
_BAND_OPACITY = 0.2
_NAME_SHARE = 0.42
_WIDE = 420


@dataclass(frozen=True, slots=True)
class MasteryCourse:
    """A course's line.

    Args:
        name: Short enough to stand at the end of the line.
        points: The earliest first.
        key: What is activated; the course's id.
    """

    name: str
    points: tuple[MasteryPoint, ...]
    key: str = ""


class MasteryPlot(Picture):
    """Several courses over time.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        empty = "Your mastery appears here after the first exercise."
        super().__init__(theme, "Mastery over time", empty, (288, 190))

    def show_courses(self, courses: Sequence[MasteryCourse], lit: int = 0) -> None:
        """Shows courses; those without a point are left out.

        Args:
            courses: In the order of their colours.
            lit: The number of the one that is followed.

        Raises:
            ValueError: A value is no share, or days run backwards.
        """
        lines = tuple(
            (course, course_colour(number, lit))
            for number, course in enumerate(courses)
            if course.points
        )
        for course, _ in lines:
            _check(course)
        start = next((at for at, line in enumerate(lines) if line[1] == LIT), 0)
        self.set_drawing(_MasteryDrawing(lines) if lines else None, start)


def _check(course: MasteryCourse) -> None:
    for point in course.points:
        for value in (point.chance, point.low, point.high):
            checked_share(value, f"Mastery of {course.name}")
        if not point.low <= point.high:
            raise ValueError(f"The band of {course.name} is upside down")
    if any(after.day <= before.day for before, after in pairwise(course.points)):
        raise ValueError(f"The days of {course.name} do not follow each other")


@dataclass(frozen=True, slots=True)
class _MasteryDrawing:
    lines: tuple[tuple[MasteryCourse, str], ...]

    def marks(self, area: QRectF, theme: Theme) -> Sequence[Sequence[Mark]]:
        frame = self._frame(area, theme)
        return [
            [_mark(frame, course, point) for point in course.points] for course, _ in self.lines
        ]

    def table(self) -> Table:
        rows = tuple(
            (
                course.name,
                f"{day_words(point.day)} {point.day.year}",
                percent_words(point.chance),
                f"{100 * point.low:.0f} to {percent_words(point.high)}",
            )
            for course, _ in self.lines
            for point in reversed(course.points)
        )
        return Table(("Course", "Day", "Mastery", "80 % band"), rows)

    def summary(self) -> str:
        said = (
            f"{course.name} {percent_words(course.points[-1].chance)}" for course, _ in self.lines
        )
        return f"{count_words(len(self.lines), 'course')}: {', '.join(said)}."

    def paint(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        frame = self._frame(area, theme)
        paint_grid(painter, frame, theme)
        first, last = self._days()
        most = _MOST_TICKS if frame.inside.width() < theme.px(_WIDE) else 2 * _MOST_TICKS
        ticks = date_ticks(first, last, most)
        paint_ticks(painter, frame, theme, [(day.toordinal(), words) for day, words in ticks])
        for course, colour in self.lines:
            if colour == LIT:
                _paint_band(painter, frame, theme, course)
        # The lit line lies above all others.
        for course, colour in sorted(self.lines, key=lambda line: line[1] == LIT):
            _paint_line(painter, frame, theme, course, colour)
        self._paint_names(painter, area, frame, theme)

    def _days(self) -> tuple[date, date]:
        return (
            min(course.points[0].day for course, _ in self.lines),
            max(course.points[-1].day for course, _ in self.lines),
        )

    def _frame(self, area: QRectF, theme: Theme) -> Frame:
        left, below = axis_room(theme)
        lit = QFontMetricsF(theme.font("small_medium", tabular=True))
        names = max(lit.horizontalAdvance(_end_words(course)) for course, _ in self.lines)
        right = min(names, area.width() * _NAME_SHARE) + theme.px(12)
        inside = area.adjusted(left, theme.px(8), -right, -below)
        first, last = self._days()
        return Frame(inside, first.toordinal(), last.toordinal())

    def _paint_names(self, painter: QPainter, area: QRectF, frame: Frame, theme: Theme) -> None:
        ends = [frame.y(course.points[-1].chance) for course, _ in self.lines]
        height = theme.line("small")
        middles = spread(ends, height, area.top() + height / 2, frame.inside.bottom() - height / 4)
        left = frame.inside.right() + theme.px(8)
        for (course, colour), middle in zip(self.lines, middles, strict=True):
            font = theme.font("small_medium" if colour == LIT else "small", tabular=True)
            box = QRectF(left, middle - height / 2, area.right() - left, height)
            painter.setFont(font)
            painter.setPen(theme.color("ink"))
            value = f" {percent_words(course.points[-1].chance)}"
            metrics = QFontMetricsF(font)
            room = box.width() - metrics.horizontalAdvance(value)
            name = metrics.elidedText(course.name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name + value)


def _end_words(course: MasteryCourse) -> str:
    return f"{course.name} {percent_words(course.points[-1].chance)}"


def _mark(frame: Frame, course: MasteryCourse, point: MasteryPoint) -> Mark:
    words = (
        f"{course.name}, {day_words(point.day)}: {percent_words(point.chance)}"
        f" ({100 * point.low:.0f} to {100 * point.high:.0f})"
    )
    return Mark(frame.at(point.day.toordinal(), point.chance), words, course.key or None)


def _paint_band(painter: QPainter, frame: Frame, theme: Theme, course: MasteryCourse) -> None:
    points = thinned(course.points, max(2, int(frame.inside.width() / 2)))
    high = [frame.at(point.day.toordinal(), point.high) for point in points]
    low = [frame.at(point.day.toordinal(), point.low) for point in points]
    if len(points) == 1:  # a band of one day has no width: a stroke shows it
        painter.setPen(solid(theme, LIT, 1))
        painter.drawLine(high[0], low[0])
        return
    colour = theme.color(LIT)
    colour.setAlphaF(_BAND_OPACITY)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([*high, *reversed(low)]))
    if theme.high_contrast:
        painter.setPen(QPen(theme.color(LIT), 1))
        painter.drawPolyline(QPolygonF(high))
        painter.drawPolyline(QPolygonF(low))


def _paint_line(
    painter: QPainter, frame: Frame, theme: Theme, course: MasteryCourse, colour: str
) -> None:
    points = thinned(course.points, max(2, int(frame.inside.width() / 2)))
    way = [frame.at(point.day.toordinal(), point.chance) for point in points]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(solid(theme, colour, LIT_WIDTH if colour == LIT else LINE_WIDTH))
    painter.drawPolyline(QPolygonF(way))
    end: QPointF = way[-1]
    radius = _DOT * theme.scale
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(colour))
    painter.drawEllipse(end, radius, radius)
