"""A block under way by the mouse: all of it to another place, or one of its edges."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF

from assistant.ui.plan.week.layout import HOUR, Grid, Placed, minutes_in
from assistant.ui.plan.week.values import midnight

STEP = 15
"""Blocks are drawn along in steps of so many minutes."""


class Grip(Enum):
    """By what a block is held."""

    WHOLE = auto()
    TOP = auto()
    BOTTOM = auto()


@dataclass(slots=True)
class Drag:
    """A block under way."""

    placed: Placed
    pressed: QPointF
    grip: Grip
    moved: bool = False
    """The mouse went far enough for more than a click."""
    given_up: bool = False
    """It was taken back; the button is still held."""
    to: tuple[datetime, datetime] | None = None
    """When it would begin and end."""

    @property
    def ghost(self) -> tuple[datetime, datetime] | None:
        """When it would begin and end, where it is under way."""
        return self.to if self.moved and not self.given_up else None

    def hides(self, placed: Placed) -> bool:
        """Whether the ghost takes its place; the other days of a block keep theirs."""
        same = placed.shown.key == self.placed.shown.key
        return same and (self.grip is Grip.WHOLE or placed.day == self.placed.day)

    def follow(self, point: QPointF, grid: Grid, now: datetime) -> None:
        """Goes where the mouse is: an edge stays in its day, and leaves a step of the block."""
        shown = self.placed.shown
        if self.grip is Grip.WHOLE:
            held = self.pressed.y() - self.placed.area.top()
            start = grid.moment(QPointF(point.x(), point.y() - held), shown.start, STEP)
            self.to = (start, start + (shown.end - shown.start))
            return
        day, least = self.placed.day, timedelta(minutes=STEP)
        old = shown.start if self.grip is Grip.TOP else shown.end
        y = grid.y(minutes_in(old, day)) + point.y() - self.pressed.y()
        edge = midnight(day, shown.start.tzinfo) + timedelta(minutes=grid.minutes(y, STEP))
        if self.grip is Grip.BOTTOM:
            to_come = min(_next_step(now + timedelta(microseconds=1)), shown.end)
            self.to = (shown.start, max(edge, shown.start + least, to_come))
            return
        earliest = min(_next_step(now), shown.start)
        self.to = (max(min(edge, shown.end - least), earliest), shown.end)


def grip_at(placed: Placed, point: QPointF, now: datetime, reach: float) -> Grip:
    """By what a block is held at a point of it.

    Args:
        placed: The block; one that has begun already keeps its beginning.
        point: Within its area.
        now: The present moment.
        reach: How far an edge reaches into the block, in px; less in a low one.
    """
    area, shown, day = placed.area, placed.shown, placed.day
    reach = min(reach, area.height() / 4)
    if point.y() >= area.bottom() - reach and minutes_in(shown.end, day) > 0 and _ends_in(placed):
        return Grip.BOTTOM
    if shown.start >= now and point.y() <= area.top() + reach and shown.start.date() == day:
        return Grip.TOP
    return Grip.WHOLE


def ghost_of(drag: Drag, to: tuple[datetime, datetime], grid: Grid, gap: float) -> Placed:
    """The block where it would lie: over the whole column where it is carried.

    Args:
        drag: The block under way.
        to: When it would begin and end.
        grid: The measures.
        gap: Between a block and the edge of its day, in px.
    """
    start, end = to
    there = replace(drag.placed.shown, start=start, end=end)
    held, day = drag.placed.area, drag.placed.day
    if drag.grip is Grip.WHOLE:
        column = grid.day_area((start.date() - grid.first).days).adjusted(gap, 0, -gap, 0)
        top = grid.y(start.hour * HOUR + start.minute)
        return Placed(
            there, start.date(), QRectF(column.left(), top, column.width(), held.height())
        )
    top, bottom = grid.y(minutes_in(start, day)), grid.y(minutes_in(end, day))
    return Placed(there, day, QRectF(held.left(), top + 0.5, held.width(), bottom - top - 1))


def _ends_in(placed: Placed) -> bool:
    return placed.shown.end <= midnight(placed.day + timedelta(days=1), placed.shown.end.tzinfo)


def _next_step(now: datetime) -> datetime:
    """The first step that is not gone."""
    begin = midnight(now.date(), now.tzinfo)
    return begin - (begin - now) // timedelta(minutes=STEP) * timedelta(minutes=STEP)
