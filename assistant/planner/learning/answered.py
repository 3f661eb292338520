"""What an answer changes at once: the weights of urgency, and which of two tasks comes first.

Weights are moved by the smallest step that puts the chosen one in front (passive-aggressive
learning, Crammer et al. 2006, the step bounded), measured by how much each weight is in the rule.
They count only while they foretell what is chosen afterwards as well as without the steps; a full
training replaces them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import exp, log1p
from typing import Final

from assistant.domain.ids import TaskId
from assistant.planner.learning.urgency import POINT, RULE

_MARGIN: Final = 1.0
"""Points by which the chosen one shall stand in front."""
_LONGEST_STEP: Final = 0.15
_MOST: Final = 2.0
"""By which factor a weight may leave where it began."""
_STILL_CLOSE: Final = 3.0
"""Points by which the other may have become more urgent before an answer is out of date."""

Pair = tuple[TaskId, TaskId]
"""The task that comes first, and the one that comes after it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One task was put before another.

    Args:
        at: When.
        more: How much more each term of urgency held for it.
        worth: 1 for an answer; less where it was only done first.
        moves: Whether weights may be moved by it, or only tried on it.
    """

    at: datetime
    more: tuple[float, ...]
    worth: float = 1.0
    moves: bool = True


def moved(weights: Sequence[float], choices: Iterable[Choice]) -> tuple[float, ...]:
    """The weights after later choices; as they were where the steps did harm.

    Args:
        weights: Of the terms of urgency, as they were learnt, or the rule's.
        choices: What was chosen since.
    """
    begun = tuple(weights)
    now, with_steps, without = begun, 0.0, 0.0
    for one in sorted(choices, key=lambda choice: choice.at):
        with_steps += one.worth * _surprise(now, one.more)
        without += one.worth * _surprise(begun, one.more)
        if one.moves:
            now = _step(now, begun, one)
    return now if with_steps <= without else begun


def _step(now: Sequence[float], begun: Sequence[float], one: Choice) -> tuple[float, ...]:
    short = _MARGIN - _points(now, one.more)
    reach = sum((ruled * more) ** 2 for ruled, more in zip(RULE, one.more, strict=True))
    if short <= 0 or not reach:
        return tuple(now)
    size = one.worth * min(_LONGEST_STEP, short / reach)
    return tuple(
        _within(weight + size * ruled * ruled * more, start)
        for weight, ruled, more, start in zip(now, RULE, one.more, begun, strict=True)
    )


def _within(weight: float, start: float) -> float:
    ends = sorted((start / _MOST, start * _MOST))
    return min(max(weight, ends[0]), ends[1])


def _points(weights: Sequence[float], more: Sequence[float]) -> float:
    return sum(weight * one for weight, one in zip(weights, more, strict=True))


def _surprise(weights: Sequence[float], more: Sequence[float]) -> float:
    """The logarithmic loss of having expected what was chosen."""
    return log1p(exp(-max(-30.0, min(30.0, POINT * _points(weights, more)))))


def still_said(
    answers: Iterable[tuple[datetime, str, object]], points: Mapping[TaskId, float]
) -> tuple[Pair, ...]:
    """Which of two open tasks comes first, by the last answer on each two.

    Args:
        answers: When which question was answered, and how; the earliest first.
        points: The urgency of each open task. Where the other one has become much more urgent
            since, the answer is out of date.
    """
    found: dict[frozenset[TaskId], Pair] = {}
    for _, question, answer in answers:
        pair = pair_of(question, answer)
        if pair is not None and set(pair) <= set(points):
            found[frozenset(pair)] = pair
    return tuple(
        (first, then)
        for first, then in found.values()
        if points[then] - points[first] <= _STILL_CLOSE
    )


def pair_of(question: str, answer: object) -> Pair | None:
    """The two tasks of an answer to "which comes first", the chosen one in front."""
    kind, _, rest = question.partition(":")
    both = rest.split(":")
    if kind != "first" or len(both) != 2 or answer not in both:  # noqa: PLR2004 - two tasks
        return None
    if not all(one.isdecimal() and one.isascii() for one in both):
        return None
    first, then = both if answer == both[0] else reversed(both)
    return TaskId(int(first)), TaskId(int(then))
