"""What to do first: a rule whose every term can be seen, and what it becomes by what was done.

The rule is after Taskwarrior's urgency, a sum of terms. What was done before what then moves the
weights, never the terms (a logistic model of pairs: Bradley and Terry 1952).
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log
from typing import Final

from assistant.domain.ids import TaskId
from assistant.domain.task import Priority, Task, TaskState
from assistant.planner.learning.logistic import Against, fit_towards, later_losses

TERMS: Final = ("due", "priority", "begun", "blocks", "age", "short", "waiting")
RULE: Final = (12.0, 6.0, 4.0, 5.0, 2.0, 1.0, -5.0)
"""The weight of each term in the rule."""
POINT: Final = 0.3
"""What a point is worth in logarithmic odds."""
_STRENGTH: Final = 100.0
_MOST_FACTOR: Final = 2.0
_SAID: Final = 0.8
"""By how much, in logarithmic odds, what was said to come first matters more at least."""
_FEWEST: Final = 30
_COMPARED: Final = 5
_LATEST: Final = 400
_NEVER: Final = 14.0
_OVERDUE: Final = 7.0
_BASE: Final = 0.2
_SHORT_MIN: Final = 15
_YEAR_DAYS: Final = 365.0
_SHARES: Final = {
    Priority.URGENT: 1.0,
    Priority.HIGH: 0.75,
    Priority.MEDIUM: 0.45,
    Priority.LOW: 0.1,
}
_ORDINARY: Final = 0.3


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a task's urgency.

    Args:
        name: See ``TERMS``.
        value: How far it holds: 0 to 1.
        points: What it adds.
    """

    name: str
    value: float
    points: float


def values_of(task: Task, now: datetime, blocks: int = 0) -> tuple[float, ...]:
    """How far each of ``TERMS`` holds for a task; ``blocks`` is how many others wait for it."""
    return (
        _due(task, now),
        _SHARES.get(task.priority, _ORDINARY) if task.priority else _ORDINARY,
        float(task.state is TaskState.DOING),
        min(blocks, 3) / 3,
        min(max((now - task.created) / timedelta(days=1), 0.0) / _YEAR_DAYS, 1.0),
        float((task.estimate_min or _SHORT_MIN + 1) <= _SHORT_MIN),
        float(task.state is TaskState.WAITING),
    )


def urgency(
    task: Task, now: datetime, blocks: int = 0, weights: Sequence[float] = RULE
) -> tuple[Term, ...]:
    """The terms of a task's urgency; their points sum to it."""
    values = values_of(task, now, blocks)
    return tuple(
        Term(name, value, value * weight)
        for name, value, weight in zip(TERMS, values, weights, strict=True)
    )


def importance(
    tasks: Sequence[Task],
    now: datetime,
    weights: Sequence[float],
    said: Iterable[tuple[TaskId, TaskId]] = (),
) -> dict[TaskId, float]:
    """How much more or less tasks matter among each other than by the rule, by learnt weights.

    Args:
        tasks: All that are planned.
        now: In the user's zone.
        weights: Of ``TERMS``, as learnt.
        said: Pairs of which the first was said to come first.

    Returns:
        Of each a factor from a half to 2, 1 in the geometric mean: the odds by which the learnt
        order puts it first more often than the rule does.
    """
    blocks = blocking(tasks)
    gained = {
        task.id: POINT
        * sum(
            value * (learnt - ruled)
            for value, learnt, ruled in zip(
                values_of(task, now, blocks.get(task.id, 0)), weights, RULE, strict=True
            )
        )
        for task in tasks
    }
    for first, then in said:
        if first in gained and then in gained:
            short = max(0.0, _SAID - (gained[first] - gained[then])) / 2
            gained[first] += short
            gained[then] -= short
    middle = sum(gained.values()) / max(1, len(gained))
    bound = log(_MOST_FACTOR)
    return {key: exp(max(-bound, min(bound, one - middle))) for key, one in gained.items()}


def _due(task: Task, now: datetime) -> float:
    """From 0.2 two weeks ahead to 1 a week late, and 0 without a deadline."""
    if task.due is None:
        return 0.0
    end = task.due.moment + timedelta(days=task.due.whole_day)
    late = (now - end) / timedelta(days=1)
    if late >= _OVERDUE:
        return 1.0
    return max(_BASE, _BASE + (1 - _BASE) * (late + _NEVER) / (_NEVER + _OVERDUE))


@dataclass(frozen=True, slots=True)
class OrderModel:
    """The weights of the terms, as learnt.

    Args:
        weights: In points, one for each of ``TERMS``.
        choices: How many pairs they rest on.
        against: The rule, on later choices.
    """

    weights: tuple[float, ...]
    choices: int
    against: Against


Chosen = tuple[datetime, tuple[float, ...]]
"""When one task was put before another, and how much more each term held for it."""


def choices_of(tasks: Iterable[Task], since: datetime | None = None) -> list[Chosen]:
    """Each time that one task was done before others.

    Compared are the open ones that were added before it was done, at most five, the latest.

    Args:
        tasks: All there are.
        since: Only those that were done after this moment.
    """
    found: list[Chosen] = []
    everything = [task for task in tasks if task.fixed_start is None]
    latest = _OpenThen(everything)
    done = [task for task in everything if task.state is TaskState.DONE and task.ended]
    done = [task for task in done if since is None or (task.ended or task.created) > since]
    for task in sorted(done, key=lambda one: (one.ended or one.created, one.id))[-_LATEST:]:
        now = task.ended or task.created
        own = values_of(task, now)
        for other in latest.at(now):
            theirs = values_of(other, now)
            pairs = list(zip(TERMS, own, theirs, strict=True))
            # What state a task was in then is not kept, so terms of state teach nothing.
            more = tuple(
                0.0 if name in {"begun", "waiting", "blocks"} else mine - its
                for name, mine, its in pairs
            )
            found.append((now, more))
    return found


class _OpenThen:
    """Which tasks were open, at moments that go forward.

    Args:
        tasks: All there are.
    """

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._coming = deque(sorted(tasks, key=lambda one: one.created))
        self._added: list[Task] = []

    def at(self, now: datetime) -> list[Task]:
        """Those added last of what was open, at most as many as are compared; the earliest first.

        Args:
            now: Not before the one that was asked for last.
        """
        while self._coming and self._coming[0].created < now:
            self._added.append(self._coming.popleft())
        found: list[Task] = []
        while self._added and len(found) < _COMPARED:
            one = self._added.pop()
            # What has ended by now has ended at all later moments: it is not put back.
            if one.ended is None or one.ended > now:
                found.append(one)
        found.reverse()
        self._added += found
        return found


def learn_order(choices: Iterable[Chosen]) -> OrderModel | None:
    """Moves the rule's weights by what was chosen; None where there is too little to say.

    It is tried on the last choices in the order of time, however they are handed in.
    """
    import numpy as np

    differences = [more for _, more in sorted(choices, key=lambda one: one[0])]
    if len(differences) < _FEWEST:
        return None
    rule = tuple(weight * POINT for weight in RULE)
    # Every other pair is turned around: a model that always says yes learns nothing from one side.
    signs = np.where(np.arange(len(differences)) % 2, -1.0, 1.0)
    rows = np.array(differences) * signs[:, None]
    chosen = (signs > 0).astype(np.float64)
    weights = fit_towards(rows, chosen, rule, _STRENGTH)
    against = later_losses(rows, chosen, rule, _STRENGTH)
    return OrderModel(tuple(one / POINT for one in weights), len(differences), against)


def blocking(tasks: Iterable[Task]) -> dict[TaskId, int]:
    """How many open tasks wait for each."""
    found: dict[TaskId, int] = {}
    for task in tasks:
        if task.is_open:
            for first in task.waits_for:
                found[first] = found.get(first, 0) + 1
    return found
