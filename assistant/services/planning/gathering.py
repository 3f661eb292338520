"""Everything that a week is made of, read from the vault, the calendars and the tutor."""

import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Busy, Hours, WeekPlan
from assistant.domain.task import Task
from assistant.planner.schedule.asking import DEFAULT_MIN
from assistant.planner.schedule.slots import SlotLine
from assistant.planner.schedule.week import Customs, StudyWish, WeekAsk
from assistant.services.jobs import Workers
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.learning_values import Learnt
from assistant.services.planning.past import Past
from assistant.services.planning.settings import PlanSettings
from assistant.services.study.outlook import Outlook
from assistant.store.plan_settings import PlanSettingsRepository
from assistant.store.plans import PlanRepository

DAYS: Final = 7
MOST_DAYS: Final = 31
EXTRA_HOURS: Final = "extra_hours"
"""The setting with stretches outside of the hours that may be used."""
CUSTOMS: Final = "customs"
"""The setting with how the user works: focus, rest, travel, whether things may be late."""
_LEAST_REVIEW_MIN = 5
_LESSON_IDS = 100_000_000


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a week's parts come from.

    Args:
        plans: Gives the vault's repository of plans, on the store thread.
        settings: Gives the vault's repository of settings, on the store thread.
        hours: The user's settings.
        busy: When time is taken between two moments; called in the pool.
        outlook: Reviews and lessons of so many days; called in the pool.
        zone: The user's.
        past: Everything that happened, with all tasks; called in the pool.
        learnt: What is known by it of tasks and of the user; called in the pool.
    """

    plans: Callable[[], PlanRepository]
    settings: Callable[[], PlanSettingsRepository]
    hours: PlanSettings
    busy: Callable[[datetime, datetime], Sequence[Busy]]
    outlook: Callable[[int], Outlook]
    zone: Callable[[], tzinfo]
    past: Callable[[], Past]
    learnt: Callable[[Sequence[Task], Past], Learnt]


class WeekReader:
    """Reads weeks; called in the pool.

    Args:
        workers: The store thread.
        desk: Has the tasks, and the clock.
        sources: Where the rest comes from.
    """

    def __init__(self, workers: Workers, desk: PlanningDesk, sources: Sources) -> None:
        self._workers = workers
        self._desk = desk
        self._sources = sources

    def thought_min(self, task: Task) -> int:
        """How long a task is planned for in all, in minutes."""
        learnt = self._sources.learnt([task], self._sources.past())
        return learnt.minutes.get(task.id) or task.estimate_min or DEFAULT_MIN

    def days_left(self, plan: WeekPlan) -> int:
        """How many days a plan still has, with today; those of a new one where it is over."""
        last = (plan.end - timedelta(minutes=1)).astimezone(self._sources.zone()).date()
        first = SlotLine(self._desk.now(), 1, self._sources.zone()).dates[0]
        left = (last - first).days + 1
        return min(left, MOST_DAYS) if left > 0 else DAYS

    def taken(self, start: datetime, end: datetime) -> tuple[Busy, ...]:
        """When time is taken between two moments by the calendars."""
        return tuple(self._sources.busy(start, end))

    def hours_until(self, end: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """When work may be planned from now on, up to the day of a moment."""
        now, zone = self._desk.now(), self._sources.zone()
        last = end - timedelta(microseconds=1)
        days = (last.astimezone(zone).date() - now.astimezone(zone).date()).days + 1
        line = SlotLine(now, max(1, days), zone)
        hours = self._workers.on_store(self._sources.hours.hours_now).result()
        return tuple((line.moment(one), line.moment(two)) for one, two in line.hours(hours))

    def said(self) -> tuple[tuple[Hours, ...], list[Any], dict[str, Any]]:
        """The settings that a week goes by: hours, more of them, customs; on the store thread."""
        settings = self._sources.settings()
        hours = self._sources.hours.hours_now()
        return hours, settings.get(EXTRA_HOURS) or [], settings.get(CUSTOMS) or {}

    def week(self, days: int, plan: WeekPlan | None = None) -> tuple[WeekAsk, WeekPlan | None]:
        """Everything that a week is made of, and the plan before: the one that counts, or that."""
        now, zone = self._desk.now(), self._sources.zone()
        past = self._sources.past()
        tasks = tuple(past.open_tasks)
        parts = _ended_parts(past.tasks)

        def read() -> tuple[Any, ...]:
            return (
                self._desk.repository.minutes([task.id for task in tasks]),
                self.said(),
                plan or self._sources.plans().current(),
            )

        worked, (hours, extra, customs), before = self._workers.on_store(read).result()
        end = SlotLine(now, days, zone).end
        learnt = self._sources.learnt((*tasks, *parts), past)
        week = WeekAsk(
            now,
            zone,
            days,
            tasks,
            hours,
            tuple(self._sources.busy(now, end)),
            study_wishes(self._sources.outlook(days), zone),
            _customs(learnt, customs),
            learnt.minutes,
            worked,
            () if before is None else before.blocks,
            tuple((datetime.fromisoformat(one), datetime.fromisoformat(two)) for one, two in extra),
            parts,
            learnt.importance,
        )
        return week, before


def _ended_parts(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """Ended parts, of all tasks, of the recurring ones that are open: they come again with them."""
    parts: dict[TaskId, list[Task]] = defaultdict(list)
    for task in tasks:
        if task.parent is not None:
            parts[task.parent].append(task)
    wholes = [task.id for task in tasks if task.is_open and task.repeat is not None]
    below: dict[TaskId, Task] = {}
    for whole in wholes:
        fresh = [part for part in parts.get(whole, ()) if part.id not in below]
        below.update((part.id, part) for part in fresh)
        wholes += [part.id for part in fresh]
    return tuple(part for part in below.values() if not part.is_open)


def study_wishes(outlook: Outlook, zone: tzinfo) -> tuple[StudyWish, ...]:
    """What the tutor wants room for: the reviews of each day, and dated lessons."""
    found: list[StudyWish] = []
    for day in outlook.days:
        start = datetime.combine(day.day, time(), zone)
        end = datetime.combine(day.day + timedelta(days=1), time(), zone)
        if day.due:
            minutes = max(_LEAST_REVIEW_MIN, round(day.minutes))
            words = f"Review {day.due} card{'' if day.due == 1 else 's'}"
            found.append(StudyWish(_review_id(day.day), words, minutes, start, end))
        for lesson in day.lessons:
            key = zlib.crc32(f"{lesson.course}/{lesson.concept}".encode())
            found.append(
                StudyWish(
                    TaskId(-_LESSON_IDS - key),
                    f"{lesson.course_title}: {lesson.title}",
                    max(1, round(lesson.minutes)),
                    start,
                    end,
                    lesson=True,
                )
            )
    return tuple(found)


def _customs(learnt: Learnt, said: Mapping[str, Any]) -> Customs:
    """How the user works: as they said, else as it was learnt."""
    found = Customs(curve=learnt.energy)
    if learnt.focus_min is not None:
        found = replace(found, focus_min=learnt.focus_min)
    if learnt.switch_min is not None:
        found = replace(found, switch_min=learnt.switch_min)
    return replace(found, **said)


def _review_id(day: date) -> TaskId:
    return TaskId(-day.toordinal())
