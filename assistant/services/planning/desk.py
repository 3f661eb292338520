"""Where planning is written: steps that can be undone, and who is told of them."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import StepId, TaskId
from assistant.domain.task import Step
from assistant.services.jobs import Job, Workers
from assistant.store.plan_journal import Touched
from assistant.store.task_writes import TaskWrites
from assistant.store.tasks import TaskRepository

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """What a step changed, for whoever shows it."""

    tables: frozenset[str]
    """Names of tables, in lower case: “task”, “project”, “work”, “planblock”, “calendar”."""
    tasks: frozenset[TaskId]
    """Tasks of which something changed."""
    words: str
    """What was done: “Complete “Essay””."""
    undoing: bool = False
    """Whether it was undone or done again, rather than done."""


@dataclass(slots=True)
class _Together:
    """Several steps that are undone as one."""

    words: str
    begun: bool = False


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

    def on_changes(self, listener: Callable[[PlanChanges], None]) -> None:
        """Calls ``listener`` on the store thread after every step, undone ones as well."""
        with self._lock:
            self._listeners.append(listener)

    def work(self, work: Callable[[TaskRepository], T]) -> Job[T]:
        """Queues work with the repository on the store thread."""
        return self._workers.on_store(lambda: work(self._repository()))

    # On the store thread

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
            self._workers.note_step(writes.touched.step.id)
            self._announce(writes.touched)

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
        """Takes the last step back; gives it, or None where there is none."""
        return self._workers.on_store(lambda: self._replay(undone=False))

    def undo_step(self, step: StepId) -> Job[Step | None]:
        """Takes this step back, if it is still the last one.

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
            return self._replay(undone=False)

        return self._workers.on_store(work)

    def redo(self) -> Job[Step | None]:
        """Does again what was undone last."""
        return self._workers.on_store(lambda: self._replay(undone=True))

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
        changes = PlanChanges(touched.tables, touched.tasks, touched.step.words, undoing)
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(changes)
