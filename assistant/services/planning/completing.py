"""Tasks that end: done, dropped, or done for this time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import Happened, Task, TaskState
from assistant.planner.tasks.coming_again import length_to_next, next_date, next_time, parts_again
from assistant.services.jobs import Job
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.task_values import Completed
from assistant.services.planning.tasks import said
from assistant.store.plans import hand_on
from assistant.store.task_writes import TaskWrites
from assistant.store.tasks import TaskRepository


@dataclass(frozen=True, slots=True)
class _Coming:
    """A recurring task as it comes again, with its parts; what is planned for it goes along."""

    task: Task
    done: TaskId
    """The time before."""
    parts: Mapping[TaskId, Sequence[Task]]
    """By what they are parts of, by hand's order; their dates are moved with those of the task."""
    at: datetime
    """The date of this time, by the task's rule."""

    @classmethod
    def of(cls, repository: TaskRepository, done: Task, now: datetime) -> "_Coming | None":
        """What comes after a task is done; None where nothing does."""
        task, by = next_time(done, now), length_to_next(done, now)
        at = next_date(done, now)
        if task is None or by is None or at is None:
            return None
        parts = {
            above: [replace(one, created=now) for one in some]
            for above, some in parts_again(repository.below(done.id), by).items()
        }
        return cls(replace(task, created=now), done.id, parts, at)

    def add(self, writes: TaskWrites) -> Task:
        """Adds it and all its parts; they wait for one another as before."""
        added = writes.add(self.task)
        places = {self.done: added.id}
        above = [self.done]
        for whole in above:
            for part in self.parts.get(whole, ()):
                again = replace(part, parent=places[whole], waits_for=())
                places[part.id] = writes.add(again).id
                above.append(part.id)
        for part in chain.from_iterable(self.parts.values()):
            firsts = [places[first] for first in part.waits_for if first in places]
            if firsts and part.id in places:
                writes.set_waits(places[part.id], firsts)
        hand_on(writes.writing, places, self.at)
        return added


class CompletingService:
    """Ends tasks; a recurring one comes again.

    Args:
        desk: Where planning is written.
    """

    def __init__(self, desk: PlanningDesk) -> None:
        self._desk = desk

    def complete(self, tasks: Sequence[TaskId], *, with_parts: bool = False) -> Job[Completed]:
        """Ends tasks as done; what runs on them stops.

        Args:
            tasks: Which; those that ended already are left alone.
            with_parts: Whether their open parts are done as well.

        Raises (from the job):
            UserFacingError: One is not there, or has open parts that are not to be done with it
                (``parts_open``).
        """
        return self._desk.work(lambda _: self.end_now(tasks, TaskState.DONE, with_parts=with_parts))

    def drop(self, tasks: Sequence[TaskId], *, once: bool = False) -> Job[Completed]:
        """Ends tasks that will not be done, with their parts.

        Args:
            tasks: Which.
            once: Of recurring ones only this time: they come again.
        """
        return self._desk.work(
            lambda _: self.end_now(tasks, TaskState.DROPPED, with_parts=True, again=once)
        )

    def end_now(
        self,
        tasks: Sequence[TaskId],
        state: TaskState,
        *,
        with_parts: bool,
        again: bool = True,
    ) -> Completed:
        """As the others; on the store thread."""
        repository = self._desk.repository
        asked = [one for one in repository.several(list(dict.fromkeys(tasks))) if one.is_open]
        ending = _with_parts(repository, asked, with_parts=with_parts)
        ids = {one.id for one in ending}
        waiting = repository.several(
            sorted({task for one in ids for task in repository.waiting_for(one)} - ids)
        )
        running = [work for work in repository.work(running=True) if work.task in ids]
        verb = "Complete" if state is TaskState.DONE else "Drop"
        now = self._desk.now()
        below = {part.id for one in asked for part in repository.below(one.id)}
        # A part comes again with what it is a part of.
        alone = [one for one in ending if again and one.repeat and one.id not in below]
        coming = {one.id: _Coming.of(repository, one, now) for one in alone}
        following: list[Task] = []
        with self._desk.step(said(verb, asked)) as writes:
            for work in running:
                writes.keep_work(replace(work, end=max(now, work.start)))
            for one in ending:
                come = coming.get(one.id)
                # The one that comes has the recurrence from now on: opened again, this one
                # must not bring a second series.
                repeat = None if come else one.repeat
                writes.keep(replace(one, state=state, ended=now, repeat=repeat))
                writes.note(one.id, Happened.DONE if state is TaskState.DONE else Happened.DROPPED)
                if come is not None:
                    following.append(come.add(writes))
        open_before = {one.id for one in repository.several(_firsts(waiting)) if one.is_open}
        freed = [one for one in waiting if one.is_open and not (set(one.waits_for) & open_before)]
        return Completed(tuple(one.id for one in ending), tuple(following), tuple(freed))


def _firsts(tasks: Sequence[Task]) -> list[TaskId]:
    return sorted({first for one in tasks for first in one.waits_for})


def _with_parts(
    repository: TaskRepository, asked: Sequence[Task], *, with_parts: bool
) -> list[Task]:
    """The tasks and all their open parts, parts first."""
    found = {one.id: one for one in asked}
    for one in asked:
        parts = [part for part in repository.below(one.id) if part.is_open]
        left = [part for part in parts if part.id not in found]
        if left and not with_parts:
            names = ", ".join(f"“{part.title[:60]}”" for part in left[:3])
            more = f" and {len(left) - 3} more" if len(left) > 3 else ""  # noqa: PLR2004 - as many as were named
            raise UserFacingError(
                f"“{one.title[:60]}” has parts that are not done: {names}{more}.",
                "Do them first, or complete it together with its parts.",
                code="parts_open",
            )
        found |= {part.id: part for part in left}
    return sorted(found.values(), key=lambda one: one.id, reverse=True)
