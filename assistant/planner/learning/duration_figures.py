"""What is known of a task's length at its start: its estimate, and how like estimates came out.

``overrun`` is throughout the logarithm of real length over estimate: 0 is a true estimate, 0.69
twice as long. Each row sees only tasks whose length was known before it began.
"""

import heapq
import math
from bisect import insort
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from typing import Final

from assistant.planner.learning.likeness import Likeness
from assistant.planner.learning.tables import nothing
from assistant.planner.learning.timed_tasks import TimedTask

NAMES: Final = (
    "estimate",
    "everyone",
    "person",
    "person_lately",
    "category",
    "person_category",
    "priority",
    "alike",
    "alike_length",
    "alike_best",
    "experience",
    "words",
    "weekday",
    "person_code",
    "category_code",
)
"""Of the figures; the first is the logarithm of the estimate in hours."""
CATEGORIES: Final = (13, 14)
_STRONGEST: Final = 1.5
_FADING: Final = 0.9
_PRIOR: Final = 8.0
_KEPT: Final = 150
_MOST_CODES: Final = 200


def overrun(task: TimedTask) -> float:
    """The logarithm of real length over estimate, of a finished task."""
    return math.log((task.actual_hours or task.estimate_hours) / task.estimate_hours)


class _Usual:
    """The running median of what came lately, drawn to a prior while it is of few."""

    def __init__(self) -> None:
        self._sorted: list[float] = []
        self._order: deque[float] = deque()
        self.lately = 0.0
        self._weight = 0.0
        self.count = 0

    def add(self, value: float) -> None:
        self.count += 1
        self._weight = self._weight * _FADING + 1
        bounded = max(-_STRONGEST, min(_STRONGEST, value))
        self.lately += (bounded - self.lately) / self._weight
        insort(self._sorted, value)
        self._order.append(value)
        if len(self._order) > _KEPT:
            self._sorted.remove(self._order.popleft())

    def median(self, prior: float) -> float:
        count = len(self._sorted)
        if not count:
            return prior
        middle = (self._sorted[(count - 1) // 2] + self._sorted[count // 2]) / 2
        return (count * middle + _PRIOR * prior) / (count + _PRIOR)

    def recent(self, prior: float) -> float:
        return (self._weight * self.lately + 3 * prior) / (self._weight + 3)


class Describer:
    """Goes through tasks in the order of their starts and describes each as it is met.

    Args:
        tasks: Ordered by start.
        likeness: Of their texts, by place; nothing is known to it yet.
    """

    def __init__(self, tasks: Sequence[TimedTask], likeness: Likeness) -> None:
        self._tasks = tasks
        self._likeness = likeness
        self._usual: dict[Hashable, _Usual] = defaultdict(_Usual)
        self._codes: dict[tuple[str, str], float] = {}
        self._counts: Counter[str] = Counter()
        self.known_before: list[list[int]] = []
        """Of each task, which others became known since the one before it."""

    def describe(self, check: Callable[[], object] = nothing) -> list[list[float]]:
        """The figures of each task; see ``NAMES``.

        Args:
            check: Called before each; what it raises ends this.
        """
        waiting: list[tuple[float, int]] = []
        found: list[list[float]] = []
        for at, task in enumerate(self._tasks):
            check()
            fresh: list[int] = []
            while waiting and waiting[0][0] <= task.start.timestamp():
                fresh.append(heapq.heappop(waiting)[1])
                self._learn(fresh[-1])
            self.known_before.append(fresh)
            found.append(self._figures(at, task))
            if task.actual_hours is not None:
                heapq.heappush(waiting, (task.known_from.timestamp(), at))
        return found

    def _keys(self, task: TimedTask) -> list[Hashable]:
        return [
            "everyone",
            ("person", task.person),
            ("category", task.category),
            ("person", task.person, task.category),
            ("priority", task.priority),
        ]

    def _learn(self, at: int) -> None:
        task = self._tasks[at]
        value = overrun(task)
        for key in self._keys(task):
            self._usual[key].add(value)
        self._likeness.add(at)

    def _figures(self, at: int, task: TimedTask) -> list[float]:
        usual = [self._usual[key] for key in self._keys(task)]
        everyone = usual[0].median(0.0)
        person = usual[1].median(everyone)
        category = usual[2].median(everyone)
        near = self._likeness.near(at)
        weight = sum(score**2 for _, score in near)
        alike = sum(score**2 * overrun(self._tasks[one]) for one, score in near)
        length = sum(score**2 * math.log(self._hours(one)) for one, score in near)
        log_estimate = math.log(task.estimate_hours)
        return [
            log_estimate,
            everyone,
            person,
            usual[1].recent(person),
            category,
            usual[3].median(person + category - everyone),
            usual[4].median(everyone),
            (alike + 0.5 * person) / (weight + 0.5),
            length / weight - everyone if weight else math.nan,
            near[0][1] if near else 0.0,
            math.log1p(usual[1].count),
            len(task.text.split()),
            task.start.weekday(),
            self._code("person", task.person),
            self._code("category", task.category),
        ]

    def _hours(self, at: int) -> float:
        return self._tasks[at].actual_hours or self._tasks[at].estimate_hours

    def _code(self, kind: str, name: str) -> float:
        """A number for a name, given when it is first met; the rarer late ones share one."""
        code = self._codes.get((kind, name))
        if code is None:
            code = float(self._counts[kind])
            if code < _MOST_CODES:
                self._codes[kind, name] = code
                self._counts[kind] += 1
        return code
