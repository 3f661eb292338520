"""Where blocks lie: days as columns, hours as rows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import inf

from PySide6.QtCore import QPointF, QRectF

from assistant.ui.plan.week.lanes import LEAST_HEIGHT, laid_in
from assistant.ui.plan.week.values import Shown, Week, midnight

HOUR = 60
EARLIEST, _LATEST = 7, 22
_CLOSEST_MIN, _ROOMY_MIN = 15.0, 60.0
"""Blocks that follow each other in fewer minutes may lie on each other a little: the hours would
get too high; in more they never do."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and where it lies in one of its days."""

    shown: Shown
    day: date
    area: QRectF
    clear: float = inf
    """How much of its height nothing lies over, from its top."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The measures of a week on the screen.

    Args:
        area: Of all days, without the hours at their left.
        first: The first day.
        days: How many.
        begin: The first hour.
        end: The hour after the last.
    """

    area: QRectF
    first: date
    days: int
    begin: int
    end: int

    @property
    def column(self) -> float:
        """Width of a day."""
        return self.area.width() / self.days

    @property
    def hour(self) -> float:
        """Height of an hour."""
        return self.area.height() / (self.end - self.begin)

    def y(self, minutes: float) -> float:
        """Where a time of day lies, in minutes after midnight."""
        return self.area.top() + (minutes / HOUR - self.begin) * self.hour

    def day_area(self, number: int) -> QRectF:
        """The column of a day."""
        left = self.area.left() + number * self.column
        return QRectF(left, self.area.top(), self.column, self.area.height())

    def minutes(self, y: float, step: int) -> int:
        """Which time of day lies there, in minutes after midnight, in whole steps of them."""
        minutes = ((y - self.area.top()) / self.hour + self.begin) * HOUR
        return min(max(round(minutes / step) * step, 0), 24 * HOUR)

    def moment(self, point: QPointF, zone_of: datetime, step: int) -> datetime:
        """Which moment lies at a point, in whole steps of minutes."""
        number = int((point.x() - self.area.left()) // self.column)
        number = min(max(number, 0), self.days - 1)
        whole = min(self.minutes(point.y(), step), 24 * HOUR - step)
        begin = midnight(self.first + timedelta(days=number), None)
        return (begin + timedelta(minutes=whole)).replace(tzinfo=zone_of.tzinfo)


def hours_of(week: Week) -> tuple[int, int]:
    """The hours to be shown: those of the day, and more where something lies outside."""
    begin, end = EARLIEST, _LATEST
    for one in week.blocks:
        begin = min(begin, one.start.hour)
        last = one.end.hour + (1 if one.end.minute else 0)
        end = 24 if one.end.date() > one.start.date() else max(end, last)
        if one.end.date() > one.start.date():
            begin = min(begin, 0) if one.end.hour else begin
    return begin, end


def hour_for(week: Week) -> float:
    """How high an hour has to be, in px, for short blocks not to lie on what follows them."""
    closest = _ROOMY_MIN
    for number in range(week.days):
        blocks = week.of_day(week.first + timedelta(days=number))
        for one in blocks:
            after = (other.start - one.start for other in blocks if other.start >= one.end)
            least = min(after, default=timedelta(minutes=_ROOMY_MIN))
            closest = min(closest, least.total_seconds() / 60)
    return (LEAST_HEIGHT + 1) * HOUR / max(closest, _CLOSEST_MIN)


def placed_in(week: Week, grid: Grid, gap: float = 3.0) -> list[Placed]:
    """All blocks, each in every day that it touches."""
    found: list[Placed] = []
    for number in range(grid.days):
        day = grid.first + timedelta(days=number)

        def span(one: Shown, day: date = day) -> tuple[float, float]:
            return grid.y(minutes_in(one.start, day)), grid.y(minutes_in(one.end, day))

        column = grid.day_area(number).adjusted(gap, 0, -gap, 0)
        laid = laid_in(week.of_day(day), column, span)
        found += [Placed(one.shown, day, one.area, one.clear) for one in laid]
    return found


def minutes_in(moment: datetime, day: date) -> float:
    """A moment within a day, in minutes after its midnight."""
    if moment.date() < day:
        return 0.0
    if moment.date() > day:
        return 24.0 * HOUR
    return moment.hour * HOUR + moment.minute + moment.second / 60
