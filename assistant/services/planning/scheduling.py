"""Weeks: made, mended, moved by hand and explained, and kept in the vault."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import StepId, TaskId
from assistant.domain.schedule import Block, Overflow, WeekPlan
from assistant.domain.task_filter import TaskFilter
from assistant.domain.zones import zone_name
from assistant.planner.schedule.overflow import lacking_one
from assistant.planner.schedule.slots import SlotLine
from assistant.planner.schedule.solve import SECONDS
from assistant.planner.schedule.telling import overflow_in_words, when
from assistant.planner.schedule.week import WeekAsk
from assistant.services.jobs import Job, Workers
from assistant.services.planning.blocks import (
    Which,
    begun_until,
    meant,
    moved,
    moved_since,
    of_task,
    pinned,
    with_hand,
    without_gone,
)
from assistant.services.planning.desk import PlanningDesk, Seen
from assistant.services.planning.gathering import DAYS, MOST_DAYS, Sources, WeekReader
from assistant.services.planning.weeks import (
    Told,
    as_it_is,
    explained,
    held_up,
    mended_plan,
    new_plan,
)
from assistant.store.plans import keep_plan

PLAN_WORDS: Final = "Plan the week"
_AGAIN: Final = "Plan again"
MOST_ROUNDS: Final = 3
"""How often a plan is computed where something changes each time meanwhile."""


@dataclass(frozen=True, slots=True)
class _Mending:
    """What is mended."""

    words: str
    """For the menu."""
    change: Callable[[WeekPlan], WeekPlan]
    """What is changed first."""
    into: StepId | None = None
    """The step that it belongs to."""
    check: Callable[[], None] = lambda: None
    """Raises, on the store thread, where the plan is not to be mended or kept any more."""


@dataclass(frozen=True, slots=True)
class _Start:
    """What there was when a plan began to be computed."""

    seen: Seen
    said: tuple[Any, ...]
    """The settings that weeks go by."""
    plan: WeekPlan | None
    """That counted."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A plan that was computed, and what it came from."""

    plan: WeekPlan
    start: _Start


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
        self._reader = WeekReader(workers, desk, sources)

    def now(self) -> datetime:
        """The present moment in the user's zone."""
        return self._desk.now()

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
        return self._desk.change(PLAN_WORDS, lambda job: self.plan_in(job, days, seconds))

    def replan(self, into: StepId | None = None) -> Job[WeekPlan]:
        """Mends the plan after a change of tasks, calendars or hours, moving little.

        Args:
            into: The step of the change: both are undone as one, unless something else was done
                in between.

        Raises (from the job):
            UserFacingError: There is no plan (``plan_missing``).
            Cancelled: It was asked to stop; nothing was changed.
        """
        return self._desk.change(_AGAIN, lambda job: self.replan_in(job, into), into)

    def pin(self, which: Which, *, keep: bool = True) -> Job[WeekPlan]:
        """Keeps blocks where they are, or lets them go.

        Raises (from the job):
            UserFacingError: There is no plan, no such block (``block_unknown``), or the task has
                ended (``task_ended``) or is gone (``task_unknown``).
        """

        def work() -> WeekPlan:
            plan = self.there()
            changed = pinned(plan, which, pinned=keep)
            self._check_open(which.task)
            words = f"{'Pin' if keep else 'Unpin'} “{meant(plan, which)[0].title}”"
            self._keep(changed, words)
            return changed

        return self._workers.on_store(work)

    def move(self, which: Which, to: datetime, end: datetime | None = None) -> Job[WeekPlan]:
        """Puts a block elsewhere, where it stays; the others make room.

        What is left of a task whose block became shorter finds a place of its own.

        Args:
            which: Which block; the first one to come where that may be several.
            to: When it begins now; at a slot of five minutes.
            end: When it ends now; it takes as long as before without that.

        Raises (from the job):
            UserFacingError: As for ``pin``; or it would begin in the past (``move_past``) or
                beyond the days of the plan (``move_beyond``). A block that has begun may still
                end at another time to come.
        """
        return self._desk.change(
            lambda: self.move_words(which, to, end), lambda job: self.move_in(job, which, to, end)
        )

    def explain(self, task: TaskId) -> Job[tuple[Block, ...]]:
        """The blocks of a task, of all its times, with why they stand there, as things are now.

        Raises (from the job):
            UserFacingError: There is no plan, or no block of the task (``block_unknown``).
        """

        def work(_: Job[tuple[Block, ...]]) -> tuple[Block, ...]:
            plan = self._workers.on_store(self.there).result()
            week = self._week_of(plan)
            return explained(as_it_is(week), week.busy, of_task(plan, task))

        return self._workers.in_pool(work)

    def told(self, task: TaskId) -> Job[Told]:
        """Why a task stands where it does, or why it found no room and what would make it fit.

        Raises (from the job):
            UserFacingError: There is no plan (``plan_missing``), or no such task
                (``task_unknown``), or it has ended (``block_unknown``).
            Cancelled: It was asked to stop.
        """

        def work(job: Job[Told]) -> Told:
            plan = self._workers.on_store(self.there).result()
            week = self._week_of(plan)
            ask = as_it_is(week)
            stands = [one for one in plan.blocks if one.task == task]
            found = Told(
                explained(ask, week.busy, of_task(plan, task)) if stands else (),
                held_up(ask, week, task, job.cancel_token),
            )
            if not found.blocks and not found.lacking:
                if task > 0:
                    self._workers.on_store(partial(self._desk.repository.get, task)).result()
                of_task(plan, task)
            return found

        return self._workers.in_pool(work)

    def remedies(self, task: TaskId, occurrence: datetime | None = None) -> Job[Overflow | None]:
        """Why a task found no room, and what would make it fit as things are now.

        None where all of it is planned, or the task is not open.

        Args:
            task: Which.
            occurrence: Of a recurring one which of its later times.

        Raises (from the job):
            UserFacingError: There is no plan (``plan_missing``), or no such task
                (``task_unknown``).
            Cancelled: It was asked to stop.
        """

        def read() -> WeekPlan:
            if task > 0:
                self._desk.repository.get(task)
            return self.there()

        def work(job: Job[Overflow | None]) -> Overflow | None:
            ask = as_it_is(self._week_of(self._workers.on_store(read).result()))
            key = ask.key_of(task, occurrence)
            found = lacking_one(ask.problem, ask.problem.previous, key, job.cancel_token)
            return None if found is None else overflow_in_words(ask, found)

        return self._workers.in_pool(work)

    # In the pool

    @property
    def reader(self) -> WeekReader:
        """What weeks are made of."""
        return self._reader

    def plan_in(self, job: Job[Any], days: int = DAYS, seconds: float = SECONDS) -> WeekPlan:
        """As ``plan``, as a part of another job."""
        if not 1 <= days <= MOST_DAYS:
            raise UserFacingError(
                f"A plan is made for 1 to {MOST_DAYS} days.",
                "Name a number of days between them.",
                code="days_outside",
            )

        first: list[WeekPlan | None] = []

        def make(start: _Start, made: _Made | None) -> WeekPlan:
            if made is not None:
                plan = self._up_to_date(made, start, job)
                return replace(plan, moved=moved_since(first[0], plan))
            first.append(start.plan)
            job.report(0.0, "Looking at what there is to do")
            week, before = self._reader.week(days, start.plan)
            return new_plan(week, before, seconds, job)

        return self._settled(make, lambda plan: self._keep(plan, PLAN_WORDS))

    def replan_in(self, job: Job[Any], into: StepId | None = None) -> WeekPlan:
        """As ``replan``, as a part of another job: two that waited for it could fill the pool."""
        return self._mend(job, _Mending(_AGAIN, lambda plan: plan, into))

    def move_in(
        self, job: Job[Any], which: Which, to: datetime, end: datetime | None = None
    ) -> WeekPlan:
        """As ``move``, as a part of another job."""

        def change(plan: WeekPlan) -> WeekPlan:
            now = self._desk.now()
            if not begun_until(plan, which, (to, end), now):
                self._check_move(plan, now, to)
            return moved(plan, which, (to, end), now)

        words = self._workers.on_store(lambda: self.move_words(which, to, end)).result()
        return self._mend(job, _Mending(words, change, check=lambda: self._check_open(which.task)))

    def put_in(
        self,
        job: Job[Any],
        blocks: Sequence[Block],
        check: Callable[[], None],
        into: StepId | None = None,
    ) -> WeekPlan:
        """As ``replan_in``, with blocks of a new task where they shall stand.

        Args:
            job: That it is a part of.
            blocks: Of the task.
            check: Called on the store thread just before the plan is kept; what it raises ends
                the job, and nothing is kept.
            into: As for ``replan``.
        """

        def change(plan: WeekPlan) -> WeekPlan:
            return replace(plan, blocks=(*plan.blocks, *blocks))

        return self._mend(job, _Mending(_AGAIN, change, into, check))

    def _week_of(self, plan: WeekPlan) -> WeekAsk:
        return self._reader.week(self._reader.days_left(plan), plan)[0]

    def _mend(self, job: Job[Any], mending: _Mending) -> WeekPlan:
        def there() -> WeekPlan:
            mending.check()
            return self.there()

        def make(_start: _Start, _made: _Made | None) -> WeekPlan:
            job.cancel_token.raise_if_cancelled()
            before = self._workers.on_store(there).result()
            week, _ = self._reader.week(self._reader.days_left(before), mending.change(before))
            return mended_plan(week, before, job.cancel_token)

        def keep(plan: WeekPlan) -> None:
            there()
            self._keep(plan, mending.words, mending.into)

        return self._settled(make, keep)

    def _up_to_date(self, made: _Made, start: _Start, job: Job[Any]) -> WeekPlan:
        """A computed plan mended for what changed meanwhile: that takes a moment, not the search.

        Raises:
            Cancelled: The job was asked to stop.
        """
        job.cancel_token.raise_if_cancelled()
        plan = with_hand(made.plan, made.start.plan, start.plan)
        week, _ = self._reader.week(self._reader.days_left(plan), plan)
        return mended_plan(week, plan, job.cancel_token)

    def _settled(
        self,
        make: Callable[[_Start, _Made | None], WeekPlan],
        keep: Callable[[WeekPlan], None],
    ) -> WeekPlan:
        """Makes a plan and keeps it, anew where what it was made of changed meanwhile.

        So nothing is lost that was pinned, moved, deleted or edited while it was computed. Where
        something changes again and again, it is kept in the end without what is gone, and with what
        was pinned.

        Args:
            make: Computes it from what there is, and from what was computed the time before.
            keep: Keeps it, on the store thread.
        """
        made: _Made | None = None
        for left in reversed(range(MOST_ROUNDS)):
            start = self._workers.on_store(self._start).result()
            made = _Made(make(start, made), start)
            after = partial(self._keep_after, made, keep, last=left == 0)
            kept = self._workers.on_store(after).result()
            if kept is not None:
                return kept
        raise AssertionError  # the last is kept

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
        end = SlotLine(now, self._reader.days_left(plan), self._sources.zone()).end
        if to >= end:
            raise UserFacingError(
                f"The plan ends {when(end)}.",
                "Choose a time before that, or plan more days first.",
                code="move_beyond",
            )

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

    def _check_open(self, task: TaskId) -> None:
        """Refuses blocks of what has ended; they stand in the plan until it is mended.

        Raises:
            UserFacingError: There is no such task (``task_unknown``), or it has ended
                (``task_ended``).
        """
        if task > 0 and not self._desk.repository.get(task).is_open:
            raise UserFacingError(
                "That task has ended: nothing of it is planned any more.",
                "Take it up again first.",
                code="task_ended",
            )

    def move_words(self, which: Which, to: datetime, end: datetime | None = None) -> str:
        """What it is called to put a block elsewhere, or to let it take another time.

        Raises:
            UserFacingError: There is no plan, or no such block.
        """
        one = meant(self.there(), which)[0]
        before = one.end - one.start
        length = before if end is None else end - to
        verb = "Lengthen" if length > before else "Shorten" if length < before else "Move"
        return f"{verb} “{one.title}”"

    def _keep(self, plan: WeekPlan, words: str, into: StepId | None = None) -> None:
        last = self._desk.repository.journal.steps(1) if into is not None else ()
        joined = bool(last) and last[0].id == into
        with self._desk.step(words, joined=joined) as writes:
            keep_plan(writes.writing, plan, zone_name(self._sources.zone()))

    def _start(self) -> _Start:
        said = (*self._reader.said(), zone_name(self._sources.zone()))
        return _Start(self._desk.seen, said, self._sources.plans().current())

    def _keep_after(
        self, made: _Made, keep: Callable[[WeekPlan], None], *, last: bool
    ) -> WeekPlan | None:
        """Keeps a plan, and gives it as it is kept; None where it holds no more."""
        plan, now = made.plan, self._start()
        if (now.seen, now.said) != (made.start.seen, made.start.said):
            if not last:
                return None
            there = {task.id for task in self._desk.repository.find(TaskFilter())}
            plan = without_gone(with_hand(plan, made.start.plan, now.plan), there)
        keep(plan)
        return plan
