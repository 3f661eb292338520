"""The chance that one's own task is done by its deadline, and that it is put off, with reasons."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from assistant.domain.ids import TaskId
from assistant.domain.lengths import about_days, about_length
from assistant.domain.task import Due, Happened, Task, TaskEvent, TaskState, Work
from assistant.planner.learning.history import (
    LONGEST_RUN,
    PRIOR_RATE,
    History,
    deadline,
    kind_of,
)
from assistant.planner.learning.logistic import EARLIER, Against, chances, fit_towards, later_losses

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PLAIN: Final = ("always", "room", "begun", "moved", "usual", "important", "long", "near")
SEQUENCE: Final = ("run", "alike", "waited", "early")
"""What went before: of the person's last tasks, of those of its kind, and of the task itself."""
TERMS: Final = (*PLAIN, *SEQUENCE)
_NO_RULE: Final = (0.0,) * len(SEQUENCE)
RULE_ON_TIME: Final = (0.6, 1.6, 0.7, -0.8, 2.0, 0.2, -0.4, -0.5, *_NO_RULE)
"""The weight of each term before anything is known of the person."""
RULE_PUT_OFF: Final = (-0.6, -0.6, -0.9, 1.1, -1.6, -0.3, 0.5, 0.3, *_NO_RULE)
_STRENGTH: Final = 40.0
_FEWEST: Final = 20
_HOURS_A_DAY: Final = 2.5
"""Taken to be free for tasks, where nothing better is known."""
_MOMENTS: Final = (0.25, 0.75)
"""Shares of a past task's time at which it is looked at as if it were open."""
_LOOKED_AT: Final = 1000
"""How many of the latest tasks with a deadline are looked at."""


@dataclass(frozen=True, slots=True)
class Situation:
    """How a task with a deadline stands at a moment.

    Args:
        values: Of each of ``TERMS``.
        days_left: Until the deadline.
        hours_left: Of work, by the corrected estimate.
        moved: How often its deadline was put later.
        usual: Share of the last tasks that were done in time, drawn to 70 %.
        share_done: Of the work: 0 to 1.
        run: How many of the last tasks were in time, or late where it is negative.
    """

    values: tuple[float, ...]
    days_left: float
    hours_left: float
    moved: int
    usual: float
    share_done: float
    run: int = 0


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason for a chance: by how much it moves the logarithmic odds of being on time."""

    name: str
    effect: float
    text: str


@dataclass(frozen=True, slots=True)
class FinishingModel:
    """Weights of the terms, as learnt, and how they did on later tasks."""

    on_time: tuple[float, ...] = RULE_ON_TIME
    put_off: tuple[float, ...] = RULE_PUT_OFF
    count: int = 0
    against: Against | None = None
    put_off_against: Against | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What happened around tasks, for looking back.

    Args:
        tasks: All of them.
        work: Of each, what was tracked.
        moves: Of each, when its deadline was moved.
        dated: Those with a deadline, which tell what is usual.
        history: What came of those.
    """

    tasks: Sequence[Task]
    work: Mapping[TaskId, Sequence[Work]]
    moves: Mapping[TaskId, Sequence[TaskEvent]]
    dated: Sequence[Task]
    history: History


def record_of(tasks: Sequence[Task], work: Iterable[Work], events: Iterable[TaskEvent]) -> Record:
    """Sorts what happened by task."""
    stretches: dict[TaskId, list[Work]] = defaultdict(list)
    for one in work:
        stretches[one.task].append(one)
    moves: dict[TaskId, list[TaskEvent]] = defaultdict(list)
    for event in events:
        if event.kind is Happened.DUE_MOVED:
            moves[event.task].append(event)
    dated = [task for task in tasks if task.due is not None and task.state is not TaskState.DROPPED]
    latest = sorted(dated, key=lambda one: one.created)[-_LOOKED_AT:]
    return Record(tasks, stretches, moves, latest, History(latest))


def situation(task: Task, now: datetime, hours: float, record: Record) -> Situation | None:
    """How a task stands; None without a deadline. Nothing after ``now`` is looked at.

    Args:
        task: The task, open at ``now``.
        now: When.
        hours: Of work it takes in all.
        record: Everything else there is.
    """
    end = deadline(task)
    if end is None:
        return None
    spent = sum(_hours(work, now) for work in record.work.get(task.id, ()) if work.start < now)
    moved = sum(_later(event) for event in record.moves.get(task.id, ()) if event.at < now)
    left = max(hours - spent, 0.1 * hours)
    days = (end - now) / timedelta(days=1)
    lately = record.history.lately(now, kind_of(task), task.id)
    usual = lately.usual
    share = min(spent / hours, 1.0) if hours else 0.0
    room = math.log((max(days, 0.05) * _HOURS_A_DAY) / max(left, 0.05))
    values = (
        1.0,
        max(-2.0, min(2.0, room)),
        min(share * 2, 1.0),
        min(moved, 3.0),
        usual - PRIOR_RATE,
        float(task.priority is not None and task.priority.value in {"urgent", "high"}),
        float(hours > 4),  # noqa: PLR2004 - half a day
        float(days < 1),
        lately.run / LONGEST_RUN,
        lately.alike,
        *_begun(task, now, record),
    )
    return Situation(values, days, left, moved, usual, share, lately.run)


def _begun(task: Task, now: datetime, record: Record) -> tuple[float, float]:
    """The share of its time that has passed where it is not begun, else that was left then."""
    span = max((deadline(task) or now) - task.created, timedelta(hours=1))
    starts = (one.start for one in record.work.get(task.id, ()) if one.start < now)
    first = min(starts, default=None)
    share = max(0.0, min(1.0, ((first or now) - task.created) / span))
    return (share, 0.0) if first is None else (0.0, 1.0 - share)


def _hours(work: Work, now: datetime) -> float:
    end = now if work.end is None else min(work.end, now)
    return max(0.0, (end - work.start) / timedelta(hours=1))


def _later(event: TaskEvent) -> int:
    """1 where the deadline was put later, or away."""
    old, _, new = event.value.partition(" ")
    if "-" in {old, new}:
        return int(new == "-")
    try:
        return int(datetime.fromisoformat(new) > datetime.fromisoformat(old))
    except (ValueError, TypeError):
        return 0


def learn_finishing(
    record: Record, now: datetime, hours: Mapping[TaskId, float]
) -> FinishingModel | None:
    """Moves the rule's weights by what came of past tasks; None where there are too few.

    Args:
        record: Everything there is.
        now: When.
        hours: What each task was expected to take.
    """
    found = examples(record, now, hours)
    if found.tasks < _FEWEST:
        return None
    values, cut = found.values, found.cut
    return FinishingModel(
        fit_towards(values, found.on_time, RULE_ON_TIME, _STRENGTH),
        fit_towards(values, found.put_off, RULE_PUT_OFF, _STRENGTH),
        found.tasks,
        later_losses(values, found.on_time, RULE_ON_TIME, _STRENGTH, cut),
        later_losses(values, found.put_off, RULE_PUT_OFF, _STRENGTH, cut),
    )


@dataclass(frozen=True, slots=True)
class Examples:
    """Looks at past tasks, in the order in which their outcomes were known.

    Args:
        values: Of ``TERMS``, shape ``(n, terms)``.
        on_time: Whether they were done in time, shape ``(n,)``.
        put_off: Whether they were late or put off, shape ``(n,)``.
        tasks: How many tasks that are.
        cut: How many looks are at the earlier tasks; the rest is later.
    """

    values: "NDArray[np.float64]"
    on_time: "NDArray[np.float64]"
    put_off: "NDArray[np.float64]"
    tasks: int
    cut: int


def examples(record: Record, now: datetime, hours: Mapping[TaskId, float]) -> Examples:
    """What can be learnt from. The arguments are those of ``learn_finishing``."""
    import numpy as np

    closed = sorted(_closed(record.dated, now), key=lambda one: (one[0], one[1].id))
    rows: list[tuple[tuple[float, ...], bool, bool]] = []
    tasks = cut = 0
    for at, (end, task) in enumerate(closed):
        # Both looks at a task stand on one side: else the trial knows its outcomes.
        cut = len(rows) if at == int(len(closed) * EARLIER) else cut
        looks = list(_looks(task, end, hours.get(task.id, 1.0), record))
        rows += looks
        tasks += bool(looks)
    return Examples(
        np.array([row[0] for row in rows]).reshape(-1, len(TERMS)),
        np.array([row[1] for row in rows], dtype=np.float64),
        np.array([row[2] for row in rows], dtype=np.float64),
        tasks,
        cut,
    )


def _closed(tasks: Iterable[Task], now: datetime) -> Iterator[tuple[datetime, Task]]:
    """Tasks of which it is known whether they were done in time, and since when it is."""
    for task in tasks:
        end = deadline(task)
        known = task.ended or end
        if known is not None and known < now and task.state is not TaskState.DROPPED:
            yield known, task


def _looks(
    task: Task, closed: datetime, hours: float, record: Record
) -> Iterator[tuple[tuple[float, ...], bool, bool]]:
    """How a past task stood while it was open, whether it was done in time, and put off.

    When it is looked at depends on its deadline alone, and not on when it was done: else the moment
    tells the outcome. The deadline that it had then is the one that counts.
    """
    moves = record.moves.get(task.id, ())
    begins = (task.created, *sorted(event.at for event in moves))
    set_to = ((begin, deadline(_as_of(task, begin, moves))) for begin in begins)
    # Where no deadline is known, there is no moment before it was closed.
    begin, first = next(((at, end) for at, end in set_to if end is not None), (closed, closed))
    for share in _MOMENTS:
        moment = begin + (first - begin) * share
        then = _as_of(task, moment, moves)
        end, found = deadline(then), situation(then, moment, hours, record)
        if begin <= moment < closed and end is not None and found is not None:
            on_time = task.ended is not None and task.ended <= end
            later = any(event.at >= moment and _later(event) for event in moves)
            yield found.values, on_time, later or not on_time


def _as_of(task: Task, moment: datetime, moves: Sequence[TaskEvent]) -> Task:
    """The task with the deadline that it had at a moment."""
    after = min((one for one in moves if one.at > moment), key=lambda one: one.at, default=None)
    if after is None:
        return task
    old, _, _ = after.value.partition(" ")
    try:
        due = None if old == "-" else datetime.fromisoformat(old)
    except ValueError:
        return task
    # Whether it was for a whole day is not kept; mostly it was as it is now.
    whole = task.due is not None and task.due.whole_day
    return replace(task, due=None if due is None else Due(due, whole))


def told(model: FinishingModel, found: Situation) -> tuple[float, float]:
    """The chance of being on time, and that of being put off."""
    import numpy as np

    row = np.array([found.values])
    return (
        float(chances(row, np.array(model.on_time))[0]),
        float(chances(row, np.array(model.put_off))[0]),
    )


def _texts(found: Situation) -> dict[str, str]:
    """What each term says of a situation."""
    values = dict(zip(TERMS, found.values, strict=True))
    oftener = "more" if values["alike"] > 0 else "less"
    last = f"last {abs(found.run)} tasks were" if abs(found.run) > 1 else "last task was"
    outcome = "in time" if found.run > 0 else "late"
    return {
        "room": f"about {about_length(found.hours_left)} of work and "
        f"{about_days(max(found.days_left, 0.0))} are left",
        "begun": f"{found.share_done:.0%} of the work is done",
        "moved": f"its deadline was put later {found.moved} times",
        "usual": f"{found.usual:.0%} of your last tasks were done in time",
        "important": "you marked it as important",
        "long": "it takes more than half a day",
        "near": "less than a day is left",
        "run": f"your {last} {outcome}",
        "alike": f"tasks of this kind are done in time {oftener} often than others",
        "waited": f"{values['waited']:.0%} of its time has passed and it is not begun",
        "early": f"it was begun with {values['early']:.0%} of its time left",
    }


def causes(model: FinishingModel, found: Situation) -> tuple[Cause, ...]:
    """Why, the strongest first; what hardly matters is left out."""
    texts = _texts(found)
    every = [
        Cause(name, weight * value, texts[name])
        for name, weight, value in zip(TERMS, model.on_time, found.values, strict=True)
        if name in texts
    ]
    strong = [one for one in every if abs(one.effect) > 0.1]  # noqa: PLR2004 - about 2 % of chance
    return tuple(sorted(strong, key=lambda one: -abs(one.effect)))


def suggestion(model: FinishingModel, found: Situation) -> str:
    """The one thing that would help most."""
    worst = [one for one in causes(model, found) if one.effect < 0]
    name = worst[0].name if worst else ""
    if found.share_done == 0 and name in {"", "moved", "usual", "run", "waited"}:
        return "Begin with a first piece of 25 minutes today."
    return {
        "room": "Plan it first, make it smaller, or agree on a later deadline now.",
        "near": "Do it next, and leave out what can be left out.",
        "long": "Divide it into parts of two hours at most, each with a date of its own.",
        "moved": "Fix a time for it in the calendar instead of another deadline.",
        "alike": "Fix a time for it in the calendar: tasks like it slip without one.",
    }.get(name, "Keep the time that is planned for it.")
