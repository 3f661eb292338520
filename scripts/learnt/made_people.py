"""People with tasks that have a deadline, made by chance: who is late, and when.

Whether a task is done in time is drawn from its room (days left for the work), its length and
importance, and from what differs between the kinds of people: a mood that lasts, habits that
change, one project that always slips, days that are too full, long things that are begun too late.
Nothing here is taken from any one set of data.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from assistant.domain.ids import TaskId
from assistant.domain.task import Due, Happened, Priority, Task, TaskEvent, TaskState, Work

BEGUN: Final = datetime(2024, 1, 1, 9, tzinfo=UTC)
KINDS: Final = ("uni", "work", "home")
PEOPLE: Final = ("steady", "streaks", "drifting", "by kind", "crowded", "long ones", "mixed")
_KEPT: Final = 0.93
"""The chance that a mood lasts over one more task."""


@dataclass(frozen=True, slots=True)
class Life:
    """What a person did.

    Args:
        tasks: In the order in which they were added.
        work: What was tracked.
        events: Deadlines that were moved.
        hours: What each task was thought to take.
    """

    tasks: Sequence[Task]
    work: Sequence[Work]
    events: Sequence[TaskEvent]
    hours: dict[TaskId, float]


def made_life(person: str, count: int, seed: int) -> Life:
    """So many tasks of one person.

    Args:
        person: One of ``PEOPLE``.
        count: Of tasks.
        seed: Of the draws.
    """
    draw = random.Random(f"{person} {seed}")  # noqa: S311 - nothing secret
    level, tracks = draw.gauss(0.6, 0.7), draw.random() < 0.6  # noqa: PLR2004 - a share of people
    way = draw.choice((-1.0, 1.0))
    mood = way
    lives = Life([], [], [], {})
    tasks, work, events = list[Task](), list[Work](), list[TaskEvent]()
    moment = BEGUN
    open_until: list[datetime] = []
    for at in range(count):
        moment += timedelta(days=draw.expovariate(1.2))
        mood = mood if draw.random() < _KEPT else -mood
        hours = min(20.0, math.exp(draw.gauss(0.4, 0.9)))
        days = min(30.0, math.exp(draw.gauss(1.5, 0.7)))
        kind = draw.choice(KINDS)
        important = draw.random() < 0.3  # noqa: PLR2004 - a share of tasks
        open_until = [one for one in open_until if one > moment]
        room = math.log(days * 2.5 / hours)
        odds = level + 0.7 * (room - 1.5) + 0.3 * important - 0.4 * (hours > 4)  # noqa: PLR2004 - half a day
        parts = {
            "streaks": 1.6 * mood,
            "drifting": way * (4.0 * at / count - 2.0),
            "by kind": {"uni": -1.6, "work": 0.0, "home": 1.6}[kind],
            "crowded": -0.35 * (len(open_until) - 6),
            "long ones": -3.0 * (hours > 2.5 and days < 6) + 0.8,  # noqa: PLR2004 - long and near
        }
        odds += 0.5 * sum(parts.values()) if person == "mixed" else parts.get(person, 0.0)
        in_time = draw.random() < 1 / (1 + math.exp(-odds))
        end = moment + timedelta(days=days)
        ended = (
            moment + timedelta(days=days * draw.uniform(0.4, 1.0))
            if in_time
            else end + timedelta(days=draw.expovariate(0.5))
        )
        task = Task(TaskId(at + 1), f"task {at}", moment, tags=(kind,))
        due = end
        if not in_time and draw.random() < 0.3:  # noqa: PLR2004 - a share of late tasks
            due = end + timedelta(days=3)
            said = f"{end.isoformat()} {due.isoformat()}"
            noted = end - timedelta(hours=draw.uniform(1, 24 * days / 2))
            events.append(TaskEvent(task.id, noted, Happened.DUE_MOVED, said))
        if tracks:
            begin = moment + (ended - moment) * draw.betavariate(*((2, 3) if in_time else (4, 2)))
            for part in range(3):
                start = begin + (ended - begin) * (part / 3)
                work.append(Work(task.id, start, start + timedelta(hours=hours / 3)))
        tasks.append(
            replace(
                task,
                due=Due(due, whole_day=False),
                ended=ended,
                state=TaskState.DONE,
                priority=Priority.HIGH if important else None,
            )
        )
        lives.hours[task.id] = hours
        open_until.append(ended)
    return Life(tasks, work, events, lives.hours)
