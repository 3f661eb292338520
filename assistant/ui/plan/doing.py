"""What is done with the plan, and what is said of each job once it is through."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from assistant.domain.errors import Cancelled, UserFacingError
from assistant.services.jobs import Job
from assistant.ui.bridge.jobs import JobRelay

T = TypeVar("T")


class Doing(QObject):
    """Waits for jobs that change something; several may be under way.

    Args:
        relay: Brings outcomes here.
        parent: The owner.
    """

    done = Signal(str)
    """A job is through that has something to say: that."""
    failed = Signal(object)
    """A ``UserFacingError``."""
    ended = Signal()
    """A job is through, failed, or was taken back."""

    def __init__(self, relay: JobRelay, parent: QObject) -> None:
        super().__init__(parent)
        self._relay = relay

    def do(self, job: Job[T], words: str | Callable[[T], str] = "") -> None:
        """Waits for a job.

        Args:
            job: What is waited for.
            words: What is said of it when it is through, or what says so of its outcome, on the
                worker's thread; nothing where they are empty.
        """
        said = Job[str]()

        def settled(done: Job[T]) -> None:
            said.step = done.step
            if done.error is None:
                said.finish(words if isinstance(words, str) else words(done.result()))
            elif isinstance(done.error, Cancelled):
                said.finish("")  # it was taken back, and who did so says it
            else:
                said.fail(done.error)

        self._relay.watch(said, self._through, self._failed)
        job.on_done(settled)

    def _through(self, words: str) -> None:
        if words:
            self.done.emit(words)
        self.ended.emit()

    def _failed(self, error: UserFacingError) -> None:
        self.failed.emit(error)
        self.ended.emit()
