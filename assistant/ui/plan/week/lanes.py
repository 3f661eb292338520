"""What takes place at the same time: side by side, or one a little over the other."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from assistant.ui.plan.week.values import Shown

if TYPE_CHECKING:
    from datetime import datetime

LEAST_HEIGHT = 15.0
_LEAST_LANE, _STEP, _TITLE = 56.0, 14.0, 15.0
"""Lanes that are narrower have no room for words: there each block goes in a step instead and lies
over what began at least a title's height before it."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A block and where it lies."""

    shown: Shown
    area: QRectF
    clear: float
    """How much of its height nothing lies over, from its top."""


def laid_in(
    blocks: Iterable[Shown], column: QRectF, span: Callable[[Shown], tuple[float, float]]
) -> list[Laid]:
    """The blocks of a day where they lie, by their beginning.

    Args:
        blocks: All that touch the day.
        column: Of the day.
        span: Top and bottom of a block.
    """
    found: list[Laid] = []
    for group in _groups(blocks):
        lanes = _lanes(group)
        if column.width() / (max(lanes) + 1) < _LEAST_LANE:
            found += _stepped(group, column, span)
        else:
            found += _beside(group, lanes, column, span)
    return _uncovered(found)


def _groups(blocks: Iterable[Shown]) -> list[list[Shown]]:
    """Blocks of which each overlaps another one of its group, or is alone in it."""
    groups: list[list[Shown]] = []
    end: datetime | None = None
    for one in sorted(blocks, key=lambda block: (block.start, block.end)):
        if end is None or one.start >= end:
            groups.append([])
            end = one.end
        groups[-1].append(one)
        end = max(end, one.end)
    return groups


def _lanes(group: Sequence[Shown]) -> list[int]:
    """The lane of each block: the first that is free."""
    ends: list[datetime] = []
    lanes: list[int] = []
    for one in group:
        lane = next((at for at, end in enumerate(ends) if end <= one.start), len(ends))
        ends[lane : lane + 1] = [one.end]
        lanes.append(lane)
    return lanes


def _beside(
    group: Sequence[Shown],
    lanes: Sequence[int],
    column: QRectF,
    span: Callable[[Shown], tuple[float, float]],
) -> list[Laid]:
    """Each in its lane, and over those at its right that nothing needs meanwhile."""
    most = max(lanes) + 1
    width = column.width() / most
    found: list[Laid] = []
    for one, lane in zip(group, lanes, strict=True):
        after = (
            at for other, at in zip(group, lanes, strict=True) if at > lane and _meet(one, other)
        )
        until = min(after, default=most)
        right = column.left() + until * width - (2 if until < most else 0)
        found.append(_laid(one, (column.left() + lane * width, right), span(one)))
    return found


def _stepped(
    group: Sequence[Shown], column: QRectF, span: Callable[[Shown], tuple[float, float]]
) -> list[Laid]:
    """What begins together side by side, and a step further in than what it lies over."""
    depths: list[int] = []
    found: list[Laid] = []
    while len(found) < len(group):
        rest = group[len(found) :]
        first = span(rest[0])[0]
        row = list(takewhile(lambda one: span(one)[0] < first + _TITLE, rest))  # noqa: B023 - used at once
        before = list(zip(group, depths, strict=False))
        under = (depth for other, depth in before for one in row if _meet(one, other))
        depth = max(under, default=-1) + 1
        left = column.left() + min(depth * _STEP, column.width() / 2)
        width = (column.right() - left) / len(row)
        for at, one in enumerate(row):
            sides = (left + at * width, left + (at + 1) * width - (2 if at < len(row) - 1 else 0))
            found.append(_laid(one, sides, span(one)))
            depths.append(depth)
    return found


def _meet(one: Shown, other: Shown) -> bool:
    return other.start < one.end and one.start < other.end


def _laid(one: Shown, sides: tuple[float, float], span: tuple[float, float]) -> Laid:
    height = max(span[1] - span[0] - 1, LEAST_HEIGHT)
    area = QRectF(sides[0], span[0] + 0.5, sides[1] - sides[0], height)
    return Laid(one, area, height)


def _uncovered(laid: Sequence[Laid]) -> list[Laid]:
    """Blocks too short for their words go up from under what follows them, where there is room.

    Of the others it is told how much of them is seen.
    """
    found: list[Laid] = []
    for at, one in enumerate(laid):
        area = one.area
        over = _same_column(laid[at + 1 :], area)
        top = min((other.top() for other in over), default=area.bottom())
        if area.height() > LEAST_HEIGHT:
            found.append(Laid(one.shown, area, min(top, area.bottom()) - area.top()))
            continue
        above = max((other.bottom() for other in _same_column(found, area)), default=0.0)
        up = max(0.0, min(area.bottom() - top, area.top() - 1 - above))
        found.append(Laid(one.shown, area.translated(0, -up), area.height()))
    return found


def _same_column(laid: Iterable[Laid], area: QRectF) -> list[QRectF]:
    """The areas that have some of this one's width."""
    return [
        one.area
        for one in laid
        if one.area.left() < area.right() - 1 and area.left() + 1 < one.area.right()
    ]
