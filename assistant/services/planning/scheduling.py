"""Weeks: made, mended, moved by hand and explained, and kept in the vault."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import partial
from typing import Any, Final

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import StepId, TaskId
from assistant.domain.schedule import Block, BlockKind, Busy, Overflow, WeekPlan
from assistant.domain.task import Task
from assistant.domain.task_filter import TaskFilter
from assistant.domain.zones import zone_name
from assistant.planner.schedule.asking import (
    DEFAULT_MIN,
    Asked,
    Customs,
    StudyWish,
    WeekAsk,
    asked,
)
from assistant.planner.schedule.overflow import lacking_one
from assistant.planner.schedule.problem import Placing
from assistant.planner.schedule.replan import Before, replan, standing
from assistant.planner.schedule.slots import SlotLine
from assistant.planner.schedule.solve import SECONDS, Request, solve
from assistant.planner.schedule.telling import (
    overflow_in_words,
    week_plan,
    when,
    with_reasons,
)
from assistant.services.jobs import Job, Workers
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.learning_values import Learnt
from assistant.services.planning.settings import PlanSettings
from assistant.services.study.outlook import Outlook
from assistant.store.plan_settings import PlanSettingsRepository
from assistant.store.plans import PlanRepository, keep_plan

DAYS: Final = 7
MOST_DAYS: Final = 31
EXTRA_HOURS: Final = "extra_hours"
"""The setting with stretches outside of the hours that may be used."""
CUSTOMS: Final = "customs"
"""The setting with how the user works: focus, rest, travel, whether things may be late."""
_REMEMBERED = timedelta(days=7)
_LEAST_REVIEW_MIN = 5
_TRIED_AT_ONCE = 1
"""For how much of what finds no room remedies are tried while a plan is mended, to be quick."""
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
        learnt: What is known of tasks and of the user by what was done; called in the pool.
    """

    plans: Callable[[], PlanRepository]
    settings: Callable[[], PlanSettingsRepository]
    hours: PlanSettings
    busy: Callable[[datetime, datetime], Sequence[Busy]]
    outlook: Callable[[int], Outlook]
    zone: Callable[[], tzinfo]
    learnt: Callable[[Sequence[Task]], Learnt]


@dataclass(frozen=True, slots=True)
class _Mending:
    """What is mended: the words for the menu, what is changed first, and the step it belongs to."""

    words: str
    change: Callable[[WeekPlan], WeekPlan]
    into: StepId | None = None


class SchedulingService:
    """Plans weeks; sums are done in the pool, and can be cancelled.

    Args:
        workers: The pool and the store thread.
        desk: Where planning is written.
        sources: Where a week's parts come from.
    """

    def __init__(self, workers: Workers, desk: PlanningDesk, sources: Sources) -> None:
        self._workers = workers
        self._desk = desk
        self._sources = sources

    def current(self) -> Job[WeekPlan | None]:
        """The plan that counts; None before the first."""
        return self._workers.on_store(lambda: self._sources.plans().current())

    def plan(self, days: int = DAYS, seconds: float = SECONDS) -> Job[WeekPlan]:
        """Makes a plan from now on, and keeps it in place of the one before.

        Args:
            days: How many, with today.
            seconds: The search takes no longer.

        Raises (from the job):
            UserFacingError: The days are too few or too many (``days_outside``).
            Cancelled: It was asked to stop; nothing was changed.
        """
        return self._workers.in_pool(lambda job: self._plan(job, days, seconds))

    def replan(self, into: StepId | None = None) -> Job[WeekPlan]:
        """Mends the plan after a change of tasks, calendars or hours, moving little.

        Args:
            into: The step of the change: both are undone as one, unless something else was done
                in between.

        Raises (from the job):
            UserFacingError: There is no plan (``plan_missing``).
            Cancelled: It was asked to stop; nothing was changed.
        """
        mending = _Mending("Plan again", lambda plan: plan, into)
        return self._workers.in_pool(lambda job: self._mend(job, mending))

    def pin(self, task: TaskId, part: int | None = None, *, pinned: bool = True) -> Job[WeekPlan]:
        """Keeps blocks of a task where they are, or lets them go; all of them without ``part``.

        Raises (from the job):
            UserFacingError: There is no plan, or no such block (``block_unknown``).
        """

        def work() -> WeekPlan:
            plan = self.there()
            chosen = _chosen(plan, task, part)
            blocks = tuple(
                replace(one, pinned=pinned, reasons=()) if one in chosen else one
                for one in plan.blocks
            )
            changed = replace(plan, blocks=blocks)
            self._keep(changed, f"{'Pin' if pinned else 'Unpin'} “{chosen[0].title}”")
            return changed

        return self._workers.on_store(work)

    def move(self, task: TaskId, to: datetime, part: int | None = None) -> Job[WeekPlan]:
        """Puts a block elsewhere, where it stays; the others make room.

        Args:
            task: Whose block.
            to: When it begins now; at a slot of five minutes.
            part: Which of the task's blocks; the first one to come without it.

        Raises (from the job):
            UserFacingError: There is no plan, no such block, or it would begin in the past
                (``move_past``) or beyond the days of the plan (``move_beyond``).
        """

        def change(plan: WeekPlan) -> WeekPlan:
            now = self._desk.now()
            self._check_move(plan, now, to)
            chosen = _chosen(plan, task, part)
            coming = [one for one in chosen if one.end > now] or chosen
            block = coming[0]
            end = to + (block.end - block.start)
            moved = replace(block, start=to, end=end, pinned=True, reasons=())
            blocks = tuple(moved if one == block else one for one in plan.blocks)
            return replace(plan, blocks=blocks)

        def work(job: Job[WeekPlan]) -> WeekPlan:
            plan = self._workers.on_store(self.there).result()
            title = _chosen(plan, task, part)[0].title
            return self._mend(job, _Mending(f"Move “{title}”", change))

        return self._workers.in_pool(work)

    def explain(self, task: TaskId) -> Job[tuple[Block, ...]]:
        """The blocks of a task with why they stand where they do, tried as things are now.

        Raises (from the job):
            UserFacingError: There is no plan, or no block of the task (``block_unknown``).
        """
        return self._workers.in_pool(lambda _: self._explain(task))

    def remedies(self, task: TaskId) -> Job[Overflow | None]:
        """Why a task found no room, and what would make it fit as things are now.

        None where all of it is planned, or the task is not open.

        Raises (from the job):
            UserFacingError: There is no plan (``plan_missing``).
        """

        def work(_: Job[Overflow | None]) -> Overflow | None:
            ask = self._as_it_is()
            found = lacking_one(ask.problem, ask.problem.previous, int(task))
            return None if found is None else overflow_in_words(ask, found)

        return self._workers.in_pool(work)

    # In the pool

    def thought_min(self, task: Task) -> int:
        """How long a task is planned for in all, in minutes."""
        return self._sources.learnt([task]).minutes.get(task.id) or task.estimate_min or DEFAULT_MIN

    def _as_it_is(self) -> Asked:
        """The present problem, with the plan that counts as where its pieces stand."""
        plan = self._workers.on_store(self.there).result()
        week, _ = self._gathered(self._days_left(plan), plan)
        ask = asked(week)
        pieces = standing(ask.problem).pieces()
        return replace(ask, problem=replace(ask.problem, previous=pieces))

    def _plan(self, job: Job[WeekPlan], days: int, seconds: float) -> WeekPlan:
        if not 1 <= days <= MOST_DAYS:
            raise UserFacingError(
                f"A plan is made for 1 to {MOST_DAYS} days.",
                "Name a number of days between them.",
                code="days_outside",
            )
        return self._settled(lambda: self._planned(job, days, seconds), "Plan the week")

    def _planned(
        self, job: Job[WeekPlan], days: int, seconds: float
    ) -> tuple[WeekPlan | None, WeekPlan]:
        """The plan before and a new one."""
        job.report(0.0, "Looking at what there is to do")
        week, before = self._gathered(days)
        ask = asked(week)
        job.report(0.1, "Placing it")
        placing = solve(ask.problem, Request(seconds), job.cancel_token)
        job.report(0.8, "Finding the reasons")
        stands = {(piece.key, piece.start) for piece in placing.pieces}
        moved = sum((piece.key, piece.start) not in stands for piece in ask.problem.previous)
        plan = week_plan(ask, placing, self._desk.now(), moved)
        blocks = _explained(ask, placing, plan.blocks, job.cancel_token)
        job.report(1.0)
        return before, replace(plan, blocks=(*_past(before, plan), *blocks))

    def _mend(self, job: Job[WeekPlan], mending: "_Mending") -> WeekPlan:
        return self._settled(lambda: self._mended(job, mending.change), mending.words, mending.into)

    def _mended(
        self, job: Job[WeekPlan], change: Callable[[WeekPlan], WeekPlan]
    ) -> tuple[WeekPlan | None, WeekPlan]:
        """The plan before and one that suits what changed."""
        job.cancel_token.raise_if_cancelled()
        before = self._workers.on_store(self.there).result()
        week, _ = self._gathered(self._days_left(before), change(before))
        ask = asked(week)
        known = {one.task for one in before.overflow}
        lacked = {int(one.task): -(-one.missing_min // 5) for one in before.overflow}
        mended = replan(ask.problem, cancel=job.cancel_token, before=Before(lacked))
        plan = week_plan(ask, mended.placing, self._desk.now(), mended.moved, _TRIED_AT_ONCE)
        stood = {_stand(one): one.reasons for one in before.blocks}
        kept = tuple(
            replace(one, reasons=stood[_stand(one)])
            if _stand(one) in stood and one.task not in known
            else one
            for one in plan.blocks
        )
        fresh = [one for one in kept if not one.reasons]
        told = {
            (one.task, one.start): one.reasons for one in with_reasons(ask, mended.placing, fresh)
        }
        blocks = tuple(
            replace(one, reasons=told.get((one.task, one.start), one.reasons)) for one in kept
        )
        job.cancel_token.raise_if_cancelled()
        return before, replace(plan, blocks=(*_past(before, plan), *blocks))

    def _settled(
        self,
        make: Callable[[], tuple[WeekPlan | None, WeekPlan]],
        words: str,
        into: StepId | None = None,
    ) -> WeekPlan:
        """Makes a plan and keeps it, anew where another one came to count meanwhile.

        So nothing is lost that was pinned or moved while it was computed.
        """
        while True:
            before, plan = make()
            keeping = partial(self._keep_after, before, plan, words, into)
            if self._workers.on_store(keeping).result():
                return plan

    def _explain(self, task: TaskId) -> tuple[Block, ...]:
        plan = self._workers.on_store(self.there).result()
        chosen = _chosen(plan, task, None)
        ask = self._as_it_is()
        placing = Placing(ask.problem.previous, {}, 0)
        bare = replace(ask, problem=replace(ask.problem, previous=()))
        coming = [one for one in chosen if one.end > ask.line.start]
        return with_reasons(bare, placing, coming or chosen)

    def _days_left(self, plan: WeekPlan) -> int:
        """How many days a plan still has, with today; those of a new one where it is over."""
        last = (plan.end - timedelta(minutes=1)).astimezone(self._sources.zone()).date()
        first = SlotLine(self._desk.now(), 1, self._sources.zone()).dates[0]
        left = (last - first).days + 1
        return min(left, MOST_DAYS) if left > 0 else DAYS

    def _check_move(self, plan: WeekPlan, now: datetime, to: datetime) -> None:
        """Refuses what the plan has no room for.

        Raises:
            UserFacingError: It lies in the past (``move_past``) or beyond the days of the plan
                (``move_beyond``).
        """
        if to < now:
            raise UserFacingError(
                "A block can't be moved into the past.",
                "Choose a time from now on.",
                code="move_past",
            )
        end = SlotLine(now, self._days_left(plan), self._sources.zone()).end
        if to >= end:
            raise UserFacingError(
                f"The plan ends {when(end)}.",
                "Choose a time before that, or plan more days first.",
                code="move_beyond",
            )

    def _gathered(self, days: int, plan: WeekPlan | None = None) -> tuple[WeekAsk, WeekPlan | None]:
        """Everything that a week is made of, and the plan before."""
        now = self._desk.now()
        zone = self._sources.zone()

        def read() -> tuple[Any, ...]:
            repository = self._desk.repository
            tasks = repository.find(TaskFilter())
            settings = self._sources.settings()
            return (
                tasks,
                repository.minutes([task.id for task in tasks]),
                self._sources.hours.hours_now(),
                settings.get(EXTRA_HOURS) or [],
                settings.get(CUSTOMS) or {},
                plan or self._sources.plans().current(),
            )

        tasks, worked, hours, extra, customs, before = self._workers.on_store(read).result()
        end = SlotLine(now, days, zone).end
        learnt = self._sources.learnt(tasks)
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
        )
        return week, before

    # On the store thread

    def there(self) -> WeekPlan:
        """As ``current``.

        Raises:
            UserFacingError: There is no plan (``plan_missing``).
        """
        plan = self._sources.plans().current()
        if plan is None:
            raise UserFacingError(
                "There is no plan yet.", "Plan the week first.", code="plan_missing"
            )
        return plan

    def _keep(self, plan: WeekPlan, words: str, into: StepId | None = None) -> None:
        last = self._desk.repository.journal.steps(1) if into is not None else ()
        joined = bool(last) and last[0].id == into
        with self._desk.step(words, joined=joined) as writes:
            keep_plan(writes.writing, plan, zone_name(self._sources.zone()))

    def _keep_after(
        self, before: WeekPlan | None, plan: WeekPlan, words: str, into: StepId | None
    ) -> bool:
        """Keeps a plan unless another one than ``before`` counts by now; whether it did."""
        if self._sources.plans().current() != before:
            return False
        self._keep(plan, words, into)
        return True


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
    return replace(found, **said)


def _review_id(day: date) -> TaskId:
    return TaskId(-day.toordinal())


def _stand(block: Block) -> tuple[TaskId, datetime, datetime, bool]:
    """What the reasons of a block hold for."""
    return block.task, block.start, block.end, block.pinned


def _chosen(plan: WeekPlan, task: TaskId, part: int | None) -> list[Block]:
    found = [
        one
        for one in plan.blocks
        if one.task == task
        and one.kind in {BlockKind.TASK, BlockKind.STUDY}
        and (part is None or one.part == part)
    ]
    if not found:
        raise UserFacingError(
            "The plan has no such block.",
            "“assistant plan schedule” shows the plan with the number of each task.",
            code="block_unknown",
        )
    return found


def _past(before: WeekPlan | None, plan: WeekPlan) -> tuple[Block, ...]:
    """Blocks of the days before that are over: they are still shown."""
    if before is None:
        return ()
    since = plan.start - _REMEMBERED
    return tuple(one for one in before.blocks if one.end <= plan.start and one.start >= since)


def _explained(
    ask: Asked, placing: Placing, blocks: Sequence[Block], cancel: CancelToken
) -> tuple[Block, ...]:
    found: list[Block] = []
    for block in blocks:
        cancel.raise_if_cancelled()
        found.extend(with_reasons(ask, placing, [block]))
    return tuple(found)
