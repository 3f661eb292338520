"""The time spent on tasks: started, stopped, corrected, added by hand."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId, WorkId
from assistant.domain.task import Happened, Task, TaskState, Work
from assistant.services.jobs import Job
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.tasks import said
from assistant.store.task_writes import TaskWrites
from assistant.store.tasks import TaskRepository

LONGEST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Timed:
    """A stretch of work, and what it was spent on."""

    work: Work
    task: Task


class TimeService:
    """Tracks time; on one task at a time.

    Args:
        desk: Where planning is written.
    """

    def __init__(self, desk: PlanningDesk) -> None:
        self._desk = desk

    def running(self) -> Job[Work | None]:
        """What runs now."""
        return self._desk.work(_running)

    def of(self, task: TaskId) -> Job[tuple[Work, ...]]:
        """The stretches of work on a task, the earliest first."""
        return self._desk.work(lambda repository: repository.work(task))

    def since(self, moment: datetime) -> Job[tuple[Work, ...]]:
        """All stretches of work from a moment on."""
        return self._desk.work(lambda repository: repository.work(since=moment))

    def running_on(self) -> Job[Timed | None]:
        """What runs now, and on which task."""

        def work(repository: TaskRepository) -> Timed | None:
            found = _running(repository)
            return None if found is None else Timed(found, repository.get(found.task))

        return self._desk.work(work)

    def logged(self, since: datetime) -> Job[tuple[Timed, ...]]:
        """The stretches that ended after a moment, and of which tasks; the latest first."""

        def work(repository: TaskRepository) -> tuple[Timed, ...]:
            found = [one for one in repository.work(since=since) if one.end is not None]
            ids = list({one.task for one in found})
            tasks = dict(zip(ids, repository.several(ids), strict=True))
            return tuple(Timed(one, tasks[one.task]) for one in reversed(found))

        return self._desk.work(work)

    def start(self, task: TaskId) -> Job[Work]:
        """Begins work on a task; what ran stops.

        Raises (from the job):
            UserFacingError: The task is not there, has ended (``task_ended``), or runs already
                (``work_running``).
        """

        def work(repository: TaskRepository) -> Work:
            one, before = repository.get(task), _running(repository)
            if not one.is_open:
                raise UserFacingError(
                    f"“{one.title[:60]}” has ended.", "Open it again first.", code="task_ended"
                )
            if before is not None and before.task == task:
                raise UserFacingError(
                    f"“{one.title[:60]}” runs already.", "Stop it first.", code="work_running"
                )
            with self._desk.step(said("Start", [one])) as writes:
                if before is not None:
                    self._stop(writes, before, self._desk.now())
                if one.state is not TaskState.DOING:
                    writes.keep(replace(one, state=TaskState.DOING))
                writes.note(task, Happened.STARTED)
                return writes.add_work(Work(task, self._desk.now(), None))

        return self._desk.work(work)

    def stop(self, stretch: WorkId | None = None, *, at: datetime | None = None) -> Job[Work]:
        """Ends what runs.

        Args:
            stretch: Which one is meant; whatever runs without it.
            at: When it ended, if that is some time ago: the machine idled from then on.

        Raises (from the job):
            UserFacingError: Nothing runs, or something else does (``work_not_running``), or it
                began later.
        """

        def work(repository: TaskRepository) -> Work:
            found = self._must_run(repository, stretch)
            one = repository.get(found.task)
            with self._desk.step(said("Stop", [one])) as writes:
                return self._stop(writes, found, at or self._desk.now(), corrected=at is not None)

        return self._desk.work(work)

    def cut_idle(
        self,
        since: datetime,
        stretch: WorkId | None = None,
        *,
        until: datetime | None = None,
        go_on: bool = True,
    ) -> Job[Work | None]:
        """Takes the time in which nobody was there out of what runs.

        Args:
            since: When somebody was there last.
            stretch: Which one is meant; whatever runs without it.
            until: When somebody was there again; now without it.
            go_on: Whether work on the same task goes on from then.

        Returns (from the job):
            What runs now.

        Raises (from the job):
            UserFacingError: Nothing runs, or something else does (``work_not_running``), or the
                moments cannot be (``work_outside``).
        """

        def work(repository: TaskRepository) -> Work | None:
            found = self._must_run(repository, stretch)
            one, now = repository.get(found.task), self._desk.now()
            back = now if until is None else min(until, now)
            if not since <= back:
                raise _outside()
            with self._desk.step(said("Cut idle time of", [one])) as writes:
                if since <= found.start and found.id is not None:
                    writes.delete_work(found.id)
                else:
                    self._stop(writes, found, since, corrected=True)
                return writes.add_work(Work(found.task, back, None)) if go_on else None

        return self._desk.work(work)

    def log(self, task: TaskId, start: datetime, end: datetime) -> Job[Work]:
        """Adds a stretch of work by hand.

        Raises (from the job):
            UserFacingError: The moments cannot be (``work_outside``).
        """

        def work(repository: TaskRepository) -> Work:
            one = repository.get(task)
            stretch = self._checked(Work(task, start, end, corrected=True))
            with self._desk.step(said("Log work on", [one])) as writes:
                return writes.add_work(stretch)

        return self._desk.work(work)

    def correct(self, work_id: WorkId, start: datetime, end: datetime | None) -> Job[Work]:
        """Puts other moments in place of those of a stretch; None: it runs still."""

        def change(writes: TaskWrites, found: Work) -> Work:
            changed = self._checked(replace(found, start=start, end=end, corrected=True))
            writes.keep_work(changed)
            if found.end is None and end is not None:
                writes.note(found.task, Happened.STOPPED)
            return changed

        return self._desk.work(lambda repository: self._on(repository, work_id, change))

    def remove(self, work_id: WorkId) -> Job[Work]:
        """Removes a stretch of work."""

        def change(writes: TaskWrites, found: Work) -> Work:
            writes.delete_work(work_id)
            return found

        return self._desk.work(lambda repository: self._on(repository, work_id, change))

    def _on(
        self,
        repository: TaskRepository,
        work_id: WorkId,
        change: Callable[[TaskWrites, Work], Work],
    ) -> Work:
        found = next((one for one in repository.work() if one.id == work_id), None)
        if found is None:
            raise UserFacingError(
                f"There is no stretch of work {work_id}.",
                "“assistant plan show” lists those of a task.",
                code="work_unknown",
            )
        one: Task = repository.get(found.task)
        with self._desk.step(said("Correct work on", [one])) as writes:
            return change(writes, found)

    def _must_run(self, repository: TaskRepository, stretch: WorkId | None) -> Work:
        found = _running(repository)
        if found is None:
            raise UserFacingError(
                "No time is being tracked.", "Start a task first.", code="work_not_running"
            )
        if stretch is not None and found.id != stretch:
            raise UserFacingError(
                "Time is being tracked on something else by now.",
                "Look at what runs, and try again.",
                code="work_not_running",
            )
        return found

    def _stop(
        self, writes: TaskWrites, found: Work, end: datetime, *, corrected: bool = False
    ) -> Work:
        changed = replace(found, end=end, corrected=found.corrected or corrected)
        if corrected:
            self._checked(changed)
        elif end < found.start:  # the clock of the machine was set back meanwhile
            changed = replace(changed, end=found.start)
        writes.keep_work(changed)
        writes.note(found.task, Happened.STOPPED)
        return changed

    def _checked(self, work: Work) -> Work:
        now = self._desk.now()
        end = now if work.end is None else work.end
        if not work.start < end <= now or end - work.start > LONGEST:
            raise _outside()
        return work


def _outside() -> UserFacingError:
    return UserFacingError(
        "Work begins before it ends, ends by now, and takes two days at most.",
        "Check the two moments.",
        code="work_outside",
    )


def _running(repository: TaskRepository) -> Work | None:
    found = repository.work(running=True)
    return found[-1] if found else None
