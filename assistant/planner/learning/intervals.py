"""Intervals that hold what comes eight times in ten, also when the person changes.

Conformal intervals of the residuals of like tasks (Mondrian by size), each end with a level of its
own that follows what came (adaptive conformal inference: Gibbs and Candès,
https://arxiv.org/abs/2106.00170).
"""

import bisect
from collections import deque
from dataclasses import dataclass, field
from typing import Final

_MISS: Final = 0.1
"""How often each end is to be passed."""
_STEP: Final = 0.02
_KEPT: Final = 400
_FEWEST: Final = 30
_WIDEST: Final = 1.4
_FIRST: Final = 0.9
"""Half the width before anything is known: a factor of about two and a half either way."""


@dataclass(slots=True)
class _Residuals:
    """The latest, in order and sorted."""

    latest: deque[float] = field(default_factory=deque[float])
    ordered: list[float] = field(default_factory=list[float])

    def add(self, value: float) -> None:
        self.latest.append(value)
        bisect.insort(self.ordered, value)
        if len(self.latest) > _KEPT:
            self.ordered.remove(self.latest.popleft())

    def low(self, level: float) -> float:
        """The end that a share ``level`` of like residuals is to fall below."""
        place = level * (len(self.ordered) + 1) - 1
        return self.ordered[max(0, min(len(self.ordered) - 1, round(place)))]


class Intervals:
    """Ends of intervals around predictions, as logarithms to be added.

    Args:
        bounds: Sizes that are kept apart, ascending, in hours.
    """

    def __init__(self, bounds: tuple[float, ...] = ()) -> None:
        self._bounds = bounds
        self._by_size = [_Residuals() for _ in range(len(bounds) + 1)]
        self._all = _Residuals()
        self._levels = [[_MISS, _MISS] for _ in range(len(bounds) + 1)]

    def ends(self, hours: float) -> tuple[float, float]:
        """The lower and the upper end for a prediction of so many hours."""
        size = bisect.bisect_right(self._bounds, hours)
        residuals = self._by_size[size]
        if len(residuals.ordered) < _FEWEST:
            residuals = self._all
        count = len(residuals.ordered)
        if count < _FEWEST:
            own = -residuals.low(0.05) if count else 0.0
            return -max(_FIRST, own), max(_FIRST, residuals.low(0.95) if count else 0.0)
        low, high = self._levels[size]
        # Beyond its outermost residual an end moves on by as much as it was driven there.
        ends = (residuals.low(low), residuals.low(1 - high))
        return ends[0] + min(0.0, low) * _WIDEST, ends[1] - min(0.0, high) * _WIDEST

    def learn(self, hours: float, residual: float, ends: tuple[float, float]) -> None:
        """Takes in what came of a prediction, and of the ends that were given with it."""
        size = bisect.bisect_right(self._bounds, hours)
        if len(self._all.ordered) >= _FEWEST:
            levels = self._levels[size]
            levels[0] = _within(levels[0] + _STEP * (_MISS - (residual < ends[0])))
            levels[1] = _within(levels[1] + _STEP * (_MISS - (residual > ends[1])))
        self._by_size[size].add(residual)
        self._all.add(residual)


def _within(level: float) -> float:
    return max(-0.5, min(0.5, level))
