"""Where planning is written: steps that can be undone, and who is told of them."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import StepId, TaskId
from assistant.domain.task import Step
from assistant.services.jobs import Job, Workers
from assistant.store.plan_journal import Touched
from assistant.store.task_writes import TaskWrites
from assistant.store.tasks import TaskRepository

T = TypeVar("T")
_OF_PLANS: Final = frozenset({"plan", "planblock"})
_OF_WEEKS: Final = frozenset(
    ("task", "taskwait", "work", "taskevent", "project", "plananswer", "calendar", "calendarevent")
)
"""Tables that a week is read from. Of settings it reads but a few: see ``WeekReader.said``."""


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """What a step changed, for whoever shows it."""

    tables: frozenset[str]
    """Names of tables, in lower case: “task”, “project”, “work”, “planblock”, “calendar”."""
    tasks: frozenset[TaskId]
    """Tasks of which something changed."""
    step: Step
    """As it is now: taken back or done."""
    undoing: bool = False
    """Whether it was undone or done again, rather than done."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How often something was changed since the start."""

    things: int = 0
    """Of what plans are made of: tasks, work, calendars, answers."""
    plans: int = 0

    def after(self, tables: frozenset[str]) -> "Seen":
        """As it is after another change, also one that was undone."""
        return Seen(
            self.things + (not tables.isdisjoint(_OF_WEEKS)),
            self.plans + (not tables.isdisjoint(_OF_PLANS)),
        )


@dataclass(slots=True)
class _Together:
    """Several steps that are undone as one."""

    words: str
    begun: bool = False


@dataclass(slots=True)
class _Begun:
    """A change that is computed in the pool before it is written."""

    job: Job[Any]
    words: Callable[[], str]
    into: StepId | None
    since: list[StepId] = field(default_factory=list[StepId])
    """What others wrote since it began."""

    def is_last(self, top: StepId | None) -> bool:
        """Whether it was begun last: nothing that can be undone was done since."""
        going = not (self.job.settled or self.job.cancel_token.cancelled)
        return going and (top is None or top not in self.since)


class PlanningDesk:
    """Reads and writes what is planned.

    Args:
        workers: The store thread.
        now: Tells the present moment in the user's zone.
        repository: Gives the vault's repository; raises when the vault is not open.
    """

    def __init__(
        self,
        workers: Workers,
        now: Callable[[], datetime],
        repository: Callable[[], TaskRepository],
    ) -> None:
        self._workers = workers
        self.now = now
        self._repository = repository
        self._lock = threading.Lock()
        self._listeners: list[Callable[[PlanChanges], None]] = []
        self._together: _Together | None = None
        self._noted: list[StepId] | None = None
        self._begun: list[_Begun] = []
        self._seen = Seen()

    def on_changes(self, listener: Callable[[PlanChanges], None]) -> None:
        """Calls ``listener`` on the store thread after every step, undone ones as well."""
        with self._lock:
            self._listeners.append(listener)

    def work(self, work: Callable[[TaskRepository], T]) -> Job[T]:
        """Queues work with the repository on the store thread."""
        return self._workers.on_store(lambda: work(self._repository()))

    def change(
        self,
        words: str | Callable[[], str],
        work: Callable[[Job[T]], T],
        into: StepId | None = None,
    ) -> Job[T]:
        """Queues a change in the pool that is computed before it is written.

        Undoing takes it back before it is written: it is cancelled then.

        Args:
            words: What it does; or what tells so, on the store thread.
            work: Computes it and writes its steps.
            into: The step that it belongs to; that is taken back with it.
        """
        begun = _Begun(Job[T](), words if callable(words) else lambda: words, into)
        # Noted before it begins: what it writes must not count as written by another.
        with self._lock:
            self._begun.append(begun)
        self._workers.in_pool(work, begun.job).on_done(lambda _: self._forget(begun))
        return begun.job

    def _forget(self, begun: _Begun) -> None:
        with self._lock:
            self._begun.remove(begun)

    # On the store thread

    @property
    def seen(self) -> Seen:
        """How much was changed so far; only to be compared with an earlier one."""
        return self._seen

    @property
    def repository(self) -> TaskRepository:
        """What is read; not to be written without a step."""
        return self._repository()

    @contextmanager
    def step(self, words: str, *, joined: bool = False) -> Generator[TaskWrites]:
        """Writes one step, and tells the listeners once it is kept.

        What is read meanwhile is as it was before: read first, then write.

        Args:
            words: What is done, for the menu.
            joined: Whether it belongs to the step before, so that both are undone as one.
        """
        self._workers.raise_if_cancelled()
        together = self._together
        if together is not None:
            words, joined = together.words, together.begun
        with self._repository().step(words, self.now(), joined=joined) as writes:
            yield writes
        if writes.touched is not None:
            if together is not None:
                together.begun = True
            if self._noted is not None:
                self._noted.append(writes.touched.step.id)
            self._note(writes.touched.step.id)
            self._announce(writes.touched)

    def _note(self, step: StepId) -> None:
        self._workers.note_step(step)
        with self._lock:
            for begun in self._begun:
                if begun.job.step != step:
                    begun.since.append(step)

    @contextmanager
    def together(self, words: str) -> Generator[None]:
        """All steps inside are undone as one; where one fails, those before are taken back."""
        self._together = _Together(words)
        try:
            yield
        except BaseException:
            if self._together.begun:
                self._replay(undone=False)
            raise
        finally:
            self._together = None

    @contextmanager
    def noting(self) -> Generator[list[StepId]]:
        """Tells which steps are taken inside; none where nothing was changed."""
        self._noted = noted = []
        try:
            yield noted
        finally:
            self._noted = None

    # Undoing

    def undo(self) -> Job[Step | None]:
        """Takes back what was done last; gives it, or None where there is nothing.

        A change that is still computed is cancelled, and never written.
        """

        def work() -> Step | None:
            steps = self._repository().journal.steps(1)
            top = steps[0].id if steps else None
            begun = self._begun_last(top)
            if begun is None:
                return self._replay(undone=False)
            begun.job.cancel()
            if top is not None and top in (begun.job.step, begun.into):
                return self._replay(undone=False)
            return Step(StepId(0), self.now(), begun.words(), undone=True)

        return self._workers.on_store(work)

    def _begun_last(self, top: StepId | None) -> _Begun | None:
        """What is still computed and was begun last, after the last step ``top``."""
        with self._lock:
            return next((one for one in reversed(self._begun) if one.is_last(top)), None)

    def undo_step(self, step: StepId) -> Job[Step | None]:
        """Takes this step back, if it is still the last one.

        What is still computed and belongs to it is cancelled, and never written.

        Args:
            step: As the job tells it that wrote it.

        Raises (from the job):
            UserFacingError: Something else was done since, or it was taken back before
                (``step_not_last``).
        """

        def work() -> Step | None:
            last = self._repository().journal.steps(1)
            if not last or last[0].id != step:
                raise UserFacingError(
                    "That is no longer the last thing that was done.",
                    f"Undoing in Plan would take back: {last[0].words}."
                    if last
                    else "There is nothing to undo.",
                    code="step_not_last",
                )
            self._cancel_of(step)
            return self._replay(undone=False)

        return self._workers.on_store(work)

    def _cancel_of(self, step: StepId) -> None:
        """Cancels what is still computed and wrote a step, or belongs to it."""
        with self._lock:
            ours = [one.job for one in self._begun if step in (one.into, one.job.step)]
        for job in ours:
            job.cancel()

    def redo(self) -> Job[Step | None]:
        """Does again what was undone last; None where there is nothing.

        After a change that is still computed there is nothing, as once it is written.
        """

        def work() -> Step | None:
            with self._lock:
                later = any(one.is_last(None) and not one.since for one in self._begun)
            return None if later else self._replay(undone=True)

        return self._workers.on_store(work)

    def steps(self, limit: int = 20) -> Job[tuple[Step, ...]]:
        """What can be undone, the latest first."""
        return self.work(lambda repository: repository.journal.steps(limit))

    def next_redo(self) -> Job[Step | None]:
        """What would be done again."""
        return self.work(lambda repository: repository.journal.next_redo())

    def _replay(self, *, undone: bool) -> Step | None:
        journal = self._repository().journal
        touched = journal.redo() if undone else journal.undo()
        if touched is None:
            return None
        self._announce(touched, undoing=True)
        return touched.step

    def _announce(self, touched: Touched, *, undoing: bool = False) -> None:
        changes = PlanChanges(touched.tables, touched.tasks, touched.step, undoing)
        self._seen = self._seen.after(touched.tables)
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(changes)
