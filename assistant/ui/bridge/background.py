"""Small work off the window's thread: rendering, reading a file, listing models."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.services.jobs import Job, Workers
from assistant.ui.bridge.mailbox import Mailbox

T = TypeVar("T")
_THREADS = 2


class WindowPool(QObject):
    """Two threads of the window's own, so that what is drawn never waits for a long import.

    Args:
        parent: The owner.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="window")
        self._mailbox = Mailbox(_deliver, self)
        self._closing = CancelToken()

    def submit(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Runs ``work`` on another thread and hands its result to ``done`` on this one.

        ``done`` is not called when ``work`` raised, or when the window is gone.
        """

        def settled(job: Job[T]) -> None:
            if job.error is None:
                self._mailbox.post((done, job.result()))

        self.job(work).on_done(settled)

    def job(self, work: Callable[[], T]) -> Job[T]:
        """The same as a job, for a ``JobRelay``."""
        job: Job[T] = Job()
        if self._closing.cancelled:
            job.run(_refuse)
        else:
            self._threads.submit(job.run, lambda _: work())
        return job

    def close(self) -> None:
        """Drops what has not begun and waits for what has."""
        self._closing.cancel()
        self._mailbox.close()
        self._threads.shutdown(wait=True, cancel_futures=True)


class WorkersBackground(QObject):
    """Work of a page off the window's thread, on the threads that there are already.

    Args:
        workers: Do it.
        parent: The owner.
    """

    def __init__(self, workers: Workers, parent: QObject) -> None:
        super().__init__(parent)
        self._workers = workers
        self._mailbox = Mailbox(_deliver, self)

    def submit(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """See ``Background``."""

        def settled(job: Job[T]) -> None:
            if job.error is None:
                self._mailbox.post((done, job.result()))

        self._workers.in_pool(lambda _: work()).on_done(settled)

    def close(self) -> None:
        """Delivers nothing more."""
        self._mailbox.close()


def _deliver(values: list[object]) -> None:
    deliveries: list[Any] = values
    for done, result in deliveries:
        done(result)


def _refuse(_: object) -> Any:  # noqa: ANN401 - it never returns
    raise Cancelled
