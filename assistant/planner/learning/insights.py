"""What can be seen in what was done: figures for pictures, and sentences."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from assistant.planner.learning.duration_figures import overrun
from assistant.planner.learning.durations import Forecast
from assistant.planner.learning.rhythm import Curve, Focus
from assistant.planner.learning.timed_tasks import TimedTask, Tracked

ENERGY_TOLD: Final = 20
"""So many measured tasks before the hours of the week are said to be learnt."""
_FEWEST: Final = 5
_TELLING: Final = 0.2
_SMALL_HOURS: Final = 0.5
_LARGE_HOURS: Final = 3.0
_MOST: Final = 12
_DAYS: Final = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


@dataclass(frozen=True, slots=True)
class Spent:
    """Where time went: in one project or tag, what was estimated and what it took, in hours.

    Args:
        name: Of the project or tag.
        tasks: On how many time was tracked.
        estimated: The sum of the estimates there were; 0 where there was none.
        spent: So far.
        unfinished: How many of the tasks are still open.
        guessed: How many of the tasks had an estimate.
    """

    name: str
    tasks: int
    estimated: float
    spent: float
    unfinished: int = 0
    guessed: int = 0


@dataclass(frozen=True, slots=True)
class Accuracy:
    """One month: the median relative error of the user's estimates and of the corrected ones."""

    month: str
    tasks: int
    user: float
    model: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """Something that holds again and again.

    Args:
        text: In words.
        factor: Real length over estimate where it holds.
        tasks: On how many it rests.
    """

    text: str
    factor: float
    tasks: int


@dataclass(frozen=True, slots=True)
class Insights:
    """Everything that the page of insights shows."""

    spent: tuple[Spent, ...]
    accuracy: tuple[Accuracy, ...]
    patterns: tuple[Pattern, ...]
    energy: Curve
    focus: Focus
    switching_min: float
    """As it is reckoned with; assumed where ``resumed`` is 0."""
    done: int
    on_time: float | None
    """Share of tasks with a deadline that were done by it; None where there were none."""
    usual_focus_min: float | None = None
    """The median of the tracked stretches; None while there are too few of them to tell."""
    resumed: int = 0
    """On how many tasks that were taken up again ``switching_min`` was learnt; 0 for on none."""
    energy_tasks: int = 0
    """How many measured tasks have changed what is expected of the hours."""


def where_time_went(tasks: Iterable[Tracked], names: Mapping[str, str]) -> tuple[Spent, ...]:
    """By category, the one with most time first; time of tasks that are not done counts too."""
    found: dict[str, list[Tracked]] = defaultdict(list)
    for task in tasks:
        found[task.category].append(task)
    every = [
        Spent(
            names.get(category, category),
            len(part),
            sum(task.estimated or 0.0 for task in part),
            sum(task.spent for task in part),
            sum(task.is_open for task in part),
            sum(task.estimated is not None for task in part),
        )
        for category, part in found.items()
    ]
    return tuple(sorted(every, key=lambda one: -one.spent)[:_MOST])


def accuracy(tasks: Sequence[TimedTask], told: Sequence[Forecast]) -> tuple[Accuracy, ...]:
    """By month of start, the earliest first."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for task, forecast in zip(tasks, told, strict=True):
        actual = task.actual_hours or task.estimate_hours
        found[task.start.strftime("%Y-%m")].append(
            (abs(task.estimate_hours - actual) / actual, abs(forecast.hours - actual) / actual)
        )
    return tuple(
        Accuracy(
            month, len(errors), median(one[0] for one in errors), median(one[1] for one in errors)
        )
        for month, errors in sorted(found.items())
    )


def patterns(tasks: Sequence[TimedTask], names: Mapping[str, str]) -> tuple[Pattern, ...]:
    """Kinds of tasks that take markedly longer or shorter than others, the strongest first."""
    if len(tasks) < 2 * _FEWEST:
        return ()
    groups: dict[str, list[float]] = defaultdict(list)
    usual = median(overrun(task) for task in tasks)
    for task in tasks:
        value = overrun(task)
        if task.category:
            groups[f"Tasks of {names.get(task.category, task.category)}"].append(value)
        if task.estimate_hours <= _SMALL_HOURS:
            groups["Tasks that you think take half an hour or less"].append(value)
        if task.estimate_hours >= _LARGE_HOURS:
            groups["Tasks that you think take three hours or more"].append(value)
        groups[f"Tasks begun on {_DAYS[task.start.weekday()]}"].append(value)
    found = [
        Pattern(_words(name, median(values)), math.exp(median(values)), len(values))
        for name, values in groups.items()
        if len(values) >= _FEWEST and _stands_out(values, usual)
    ]
    return tuple(sorted(found, key=lambda one: -abs(math.log(one.factor)))[:_MOST])


def _stands_out(values: Sequence[float], usual: float) -> bool:
    """Whether a median is far from true or from the usual, by more than chance would do."""
    middle = median(values)
    spread = median(abs(value - middle) for value in values) * 1.5 + 0.02
    far = max(abs(middle), abs(middle - usual))
    return far > _TELLING and far > 2 * spread / math.sqrt(len(values))


def _words(name: str, middle: float) -> str:
    factor = math.exp(middle)
    if abs(middle) <= _TELLING:
        return f"{name} take about as long as you think."
    if factor > 1:
        return f"{name} take {factor:.1f} times as long as you think."
    return f"{name} take only {factor:.0%} of what you think."
