"""What cannot be done by when it has to, whatever is done for it: it takes no room of what can."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from assistant.planner.schedule.problem import Item, Problem


def marked(problem: Problem) -> Problem:
    """The problem with its hopeless items marked: those that do not fit though they are alone."""
    room = _Room(problem)
    items = tuple(
        item if item.hopeless is room.lacks(item) else replace(item, hopeless=not item.hopeless)
        for item in problem.items
    )
    return replace(problem, items=items)


def is_hopeless(problem: Problem, item: Item) -> bool:
    """Whether an item cannot be done by when it has to though it were alone."""
    return _Room(problem).lacks(item)


class _Room:
    """How much could be worked between two slots if nothing else was to be done."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._windows = problem.windows
        self._opens = [start for start, _ in problem.windows]
        self._until = [0, *accumulate(self._work(end - start) for start, end in problem.windows)]

    def lacks(self, item: Item) -> bool:
        """Whether an item that has to end by some time has too little room even for itself."""
        last = item.ends_by
        if last is None or last > self._problem.horizon or not item.slots:
            return False
        if not item.split:
            longest = max(
                (end - start for start, end in self._within(item.release, last)), default=0
            )
            return longest < item.slots
        first, final = bisect_right(self._opens, item.release), bisect_right(self._opens, last)
        whole = self._until[max(first, final - 1)] - self._until[first]
        edges = {first - 1, final - 1} - {*range(first, final - 1), -1}
        return whole + sum(self._part(at, item.release, last) for at in edges) < item.slots

    def _part(self, at: int, first: int, last: int) -> int:
        start, end = self._windows[at]
        return self._work(max(0, min(end, last) - max(start, first)))

    def _within(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        for start, end in self._windows[max(0, bisect_right(self._opens, first) - 1) :]:
            if start >= last:
                return
            yield max(start, first), min(end, last)

    def _work(self, slots: int) -> int:
        """The most work in a stretch, with the rests that it needs."""
        turns, left = divmod(slots, self._problem.focus + self._problem.rest)
        return turns * self._problem.focus + min(left, self._problem.focus)
