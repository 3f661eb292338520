"""When work goes well: energy over the week, how long focus holds, and what switching costs."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from enum import StrEnum
from statistics import median
from typing import Final

from assistant.domain.ids import TaskId
from assistant.domain.task import Work

_DAYS: Final = 7
_HOURS: Final = 24
_PRIOR_HOURS: Final = 6.0
"""How many hours of work in a slot outweigh what was expected of it."""
_NEIGHBOURS: Final = 0.5
"""How much the same hour of another weekday counts."""
_GAP: Final = timedelta(minutes=5)
_FOCUS_PRIOR: Final = (50.0, 8)
_SWITCH_PRIOR: Final = (8.0, 20)
_MOST_SWITCH: Final = 30.0
_FEWEST_TOLD: Final = 20
"""So many tasks that were taken up again, before the rule may be left."""
_EARLIER: Final = 0.7


class Alert(StrEnum):
    """When a person is most awake, by their own word."""

    MORNING = "morning"
    MIDDAY = "midday"
    EVENING = "evening"
    NOT_SURE = "not_sure"


_PEAKS: Final = {
    Alert.MORNING: 9.5,
    Alert.MIDDAY: 12.5,
    Alert.EVENING: 18.5,
    Alert.NOT_SURE: 10.5,
}
Curve = tuple[tuple[float, ...], ...]
"""Seven days (Monday first) of 24 hours, each 0 to 1."""


def expected_curve(alert: Alert = Alert.NOT_SURE) -> Curve:
    """Before anything is known: one hill with a dip after lunch, and nights of nothing."""
    peak = _PEAKS[alert]
    day: list[float] = []
    for hour in range(_HOURS):
        away = (hour + 0.5 - peak) / 5.5
        dip = 0.15 * math.exp(-(((hour + 0.5 - 14) / 1.2) ** 2))
        day.append(max(0.05, min(1.0, 0.15 + 0.8 * math.exp(-(away**2)) - dip)))
    return (tuple(day),) * _DAYS


def energy(
    work: Iterable[Work], speed: Mapping[TaskId, float], zone: tzinfo, prior: Curve
) -> Curve:
    """How well work goes at each hour of each weekday.

    Args:
        work: What was tracked.
        speed: Of finished tasks, the expected minutes over the real ones: above 1 is quick.
        zone: The user's.
        prior: What is expected where nothing was tracked.

    Returns:
        The prior, moved by the speed of what was done in each slot (and, half as much, at the
        same hour of other days), as far as there was enough of it.
    """
    hours: dict[tuple[int, int], float] = defaultdict(float)
    gains: dict[tuple[int, int], float] = defaultdict(float)
    for one in work:
        if one.task not in speed or one.end is None:
            continue
        quick = max(-1.0, min(1.0, math.log(max(speed[one.task], 1e-3))))
        for slot, spent in _slots(one, zone):
            hours[slot] += spent
            gains[slot] += spent * quick
    total = sum(hours.values())
    mean = sum(gains.values()) / total if total else 0.0
    return tuple(
        tuple(_moved(prior[day][hour], day, hour, (hours, gains), mean) for hour in range(_HOURS))
        for day in range(_DAYS)
    )


def _moved(
    prior: float,
    day: int,
    hour: int,
    found: tuple[Mapping[tuple[int, int], float], Mapping[tuple[int, int], float]],
    mean: float,
) -> float:
    hours, gains = found
    weight = gain = 0.0
    for other in range(_DAYS):
        share = 1.0 if other == day else _NEIGHBOURS
        weight += share * hours.get((other, hour), 0.0)
        gain += share * gains.get((other, hour), 0.0)
    effect = (gain - mean * weight) / (weight + _PRIOR_HOURS)
    return max(0.0, min(1.0, prior * math.exp(effect)))


def _slots(work: Work, zone: tzinfo) -> list[tuple[tuple[int, int], float]]:
    """Which hours of the week a stretch lies in, and for how long; at most a day of it."""
    found: list[tuple[tuple[int, int], float]] = []
    end = min(work.end or work.start, work.start + timedelta(days=1))
    at = work.start
    while at < end:
        local = at.astimezone(zone)
        rest = timedelta(hours=1) - timedelta(
            minutes=local.minute, seconds=local.second, microseconds=local.microsecond
        )
        until = min(end, at + rest)
        found.append(((local.weekday(), local.hour), (until - at) / timedelta(hours=1)))
        at = until
    return found


@dataclass(frozen=True, slots=True)
class Focus:
    """How long work on one thing holds.

    Args:
        minutes: A usual stretch, drawn to 50 minutes while few are known.
        stretches: How many it rests on.
        usual_min: Their median, as it was tracked; None where there is none.
    """

    minutes: float
    stretches: int
    usual_min: float | None = None


def focus(work: Sequence[Work]) -> Focus:
    """From stretches on one task; breaks of less than five minutes do not end one."""
    lengths: list[float] = []
    last: Work | None = None
    for one in sorted(work, key=lambda one: one.start):
        if one.end is None:
            continue
        if last and last.end and last.task == one.task and one.start - last.end < _GAP:
            lengths[-1] += one.minutes
        else:
            lengths.append(one.minutes)
        last = one
    prior, worth = _FOCUS_PRIOR
    usual = median(lengths) if lengths else prior
    minutes = (len(lengths) * usual + worth * prior) / (len(lengths) + worth)
    return Focus(max(10.0, min(180.0, minutes)), len(lengths), usual if lengths else None)


def proved_switching(occasions: Sequence[tuple[int, float]]) -> float | None:
    """Minutes lost by taking a task up again, where that foretold later tasks better than the rule.

    Args:
        occasions: Of finished tasks in their order, on how many occasions each was worked on, and
            by how many minutes it took longer than expected.
    """
    told = [one for one in occasions if one[0] > 1]
    if len(told) < _FEWEST_TOLD:
        return None
    cut = int(len(told) * _EARLIER)
    learnt, later = _slope(told[:cut]), told[cut:]
    rule = _SWITCH_PRIOR[0]
    if _missed(learnt, later) >= _missed(rule, later):
        return None
    return _slope(told)


def _slope(occasions: Sequence[tuple[int, float]]) -> float:
    counts = {TaskId(at): count for at, (count, _) in enumerate(occasions)}
    excess = {TaskId(at): over for at, (_, over) in enumerate(occasions)}
    return switching_cost(counts, excess)


def _missed(minutes: float, occasions: Sequence[tuple[int, float]]) -> float:
    """By how much a cost is wrong on tasks, in minutes."""
    return sum(abs((count - 1) * minutes - over) for count, over in occasions)


def switching_cost(stretches: Mapping[TaskId, int], excess_min: Mapping[TaskId, float]) -> float:
    """Minutes lost each time that a task is taken up again.

    Args:
        stretches: On how many occasions each finished task was worked on.
        excess_min: By how much each took longer than expected.

    Returns:
        The slope through the origin by least squares, drawn to 8 minutes while little is known.
    """
    prior, worth = _SWITCH_PRIOR
    over = under = 0.0
    for task, count in stretches.items():
        again = count - 1
        bounded = max(-60.0, min(60.0, excess_min.get(task, 0.0)))
        over += again * bounded
        under += again**2
    return max(0.0, min(_MOST_SWITCH, (over + worth * prior) / (under + worth)))
