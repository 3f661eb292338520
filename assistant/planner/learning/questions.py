"""What the planner asks: a few things first, then at most one a day that would change a plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from assistant.domain.task import Task
from assistant.planner.learning.urgency import RULE, blocking, urgency

_SOON: Final = timedelta(days=10)
_CLOSE: Final = 1.5
_LOOKED_AT: Final = 12


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask.

    Args:
        id: Names it; the answer is kept under it.
        text: The words.
        choices: What may be answered, and the words of each; empty for a number of minutes.
        why: What the answer changes.
    """

    id: str
    text: str
    choices: tuple[tuple[str, str], ...]
    why: str


FIRST: Final = (
    Question(
        "alert",
        "When are you most awake?",
        (
            ("morning", "In the morning"),
            ("midday", "Around midday"),
            ("evening", "In the evening"),
            ("not_sure", "I am not sure"),
        ),
        "Demanding work is planned for these hours until yours are known from what you do.",
    ),
    Question(
        "overrun",
        "How long do things usually take you, compared with what you thought?",
        (
            ("less", "Less than I thought"),
            ("same", "About as long"),
            ("quarter", "A quarter longer"),
            ("half", "Half as long again"),
            ("double", "Twice as long"),
        ),
        "The range around your estimates begins there; your own figures replace it.",
    ),
    Question(
        "focus",
        "How long do you like to stay with one thing?",
        (("25", "25 minutes"), ("50", "50 minutes"), ("90", "An hour and a half")),
        "Long tasks are divided into stretches of about that length.",
    ),
)
"""The questionnaire of the first days."""
OVERRUNS: Final[Mapping[str, float]] = {
    "less": -0.2,
    "same": 0.0,
    "quarter": 0.22,
    "half": 0.41,
    "double": 0.69,
}
"""What an answer to ``overrun`` says, as the logarithm of real length over estimate."""


def next_question(
    tasks: Sequence[Task],
    answers: Iterable[tuple[datetime, str, Any]],
    now: datetime,
    weights: Sequence[float] = RULE,
) -> Question | None:
    """What to ask today; None where today's was answered, or no answer would change a plan.

    Args:
        tasks: Those that are open.
        answers: When which question was answered, and how.
        now: In the user's zone.
        weights: Of the terms of urgency.
    """
    given = list(answers)
    done = {question for _, question, _ in given}
    first = next((one for one in FIRST if one.id not in done), None)
    if first is not None:
        return first
    asked_today = any(
        at.astimezone(now.tzinfo).date() == now.date()
        for at, question, _ in given
        if question.startswith(("length:", "first:"))
    )
    if asked_today:
        return None
    return _length(tasks, done, now) or _pair(tasks, done, now, weights)


def _length(tasks: Sequence[Task], done: set[str], now: datetime) -> Question | None:
    """The most urgent task without an estimate: without one its place is a guess."""
    unknown = [
        task
        for task in tasks
        if task.estimate_min is None
        and task.fixed_start is None
        and task.due is not None
        and task.due.moment - now < _SOON
        and f"length:{task.id}" not in done
    ]
    if not unknown:
        return None
    task = min(unknown, key=lambda one: (one.due.moment if one.due else now, one.id))
    return Question(
        f"length:{task.id}",
        f"How many minutes will “{task.title}” take?",
        (),
        "It is due soon, and how much room it needs decides what else fits.",
    )


def _pair(
    tasks: Sequence[Task], done: set[str], now: datetime, weights: Sequence[float]
) -> Question | None:
    """The two of the most urgent tasks whose order is least certain."""
    waiting = blocking(tasks)
    scored = sorted(
        (
            (sum(term.points for term in urgency(one, now, waiting.get(one.id, 0), weights)), one)
            for one in tasks
            if one.fixed_start is None
        ),
        key=lambda pair: (-pair[0], pair[1].id),
    )[:_LOOKED_AT]
    best: tuple[float, Task, Task] | None = None
    for (high, one), (low, other) in pairwise(scored):
        gap = high - low
        asked = {f"first:{one.id}:{other.id}", f"first:{other.id}:{one.id}"} & done
        if gap <= _CLOSE and not asked and (best is None or gap < best[0]):
            best = (gap, one, other)
    if best is None:
        return None
    _, one, other = best
    return Question(
        f"first:{one.id}:{other.id}",
        "Which of these comes first?",
        ((str(one.id), one.title), (str(other.id), other.title)),
        "They look equally urgent, and the plan has to put one before the other.",
    )
