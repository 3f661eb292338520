"""Work off the caller's thread: one store thread, one small pool, and jobs that report back."""

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from typing import Any, Generic, TypeVar

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.domain.ids import StepId

T = TypeVar("T")


class JobState(StrEnum):
    """How far a job has come."""

    PENDING = "pending"
    RUNNING = "running"
    CANCELLED = "cancelled"
    ERROR = "error"
    SUCCESS = "success"


class Job(Generic[T]):
    """One piece of work that somebody else does, with progress, cancel and an outcome.

    Callbacks run on the thread that does the work (or at once, when it is done already).
    """

    def __init__(self) -> None:
        self.cancel_token = CancelToken()
        self.step: StepId | None = None
        """The last step of planning that it wrote; None as long as it wrote none."""
        self._future: Future[T] = Future()
        self._lock = threading.RLock()
        self._running = False
        self._progress: list[Callable[[float, str], None]] = []
        self._reported: tuple[float, str] | None = None

    @property
    def state(self) -> JobState:
        """Where it stands now."""
        if not self._future.done():
            return JobState.RUNNING if self._running else JobState.PENDING
        error = self._future.exception()
        if error is None:
            return JobState.SUCCESS
        return JobState.CANCELLED if isinstance(error, Cancelled) else JobState.ERROR

    def cancel(self) -> None:
        """Asks it to stop; the outcome is then ``Cancelled`` unless it was done before."""
        self.cancel_token.cancel()

    def result(self, timeout_s: float | None = None) -> T:
        """Waits for the outcome; never to be called on the GUI thread.

        Raises:
            Cancelled: It was cancelled.
            TimeoutError: It took longer than ``timeout_s`` seconds.
        """
        return self._future.result(timeout_s)

    @property
    def settled(self) -> bool:
        """Whether there is an outcome."""
        return self._future.done()

    @property
    def error(self) -> BaseException | None:
        """Why it failed or was cancelled; None if it did not, or is not done yet."""
        return self._future.exception() if self._future.done() else None

    def on_done(self, callback: "Callable[[Job[T]], None]") -> "Job[T]":
        """Calls ``callback`` with this job once it is done."""
        self._future.add_done_callback(lambda _: callback(self))
        return self

    def on_progress(self, callback: Callable[[float, str], None]) -> "Job[T]":
        """Calls ``callback`` with a fraction (0 to 1) and a word on what is being done.

        Where the work has begun it is called at once with what was told last: a step that takes
        long is not missed by who comes a moment late. Calls never overlap, and keep their order.
        """
        with self._lock:
            self._progress.append(callback)
            if self._reported is not None and not self.settled:
                callback(*self._reported)
        return self

    def report(self, fraction: float, doing: str = "") -> None:
        """Tells how far the work is; unwinds the worker if it was cancelled."""
        self.cancel_token.raise_if_cancelled()
        with self._lock:
            self._reported = (fraction, doing)
            for callback in tuple(self._progress):
                callback(fraction, doing)

    def run(self, work: "Callable[[Job[T]], T]") -> None:
        """Does the work on this thread and settles the outcome; the job's edge."""
        try:
            self.cancel_token.raise_if_cancelled()
            self._running = True
            outcome = work(self)
        except BaseException as error:  # noqa: BLE001 - handed to whoever asks for the outcome
            self._future.set_exception(error)
        else:
            self._future.set_result(outcome)

    def fail(self, error: BaseException) -> None:
        """Settles it with what the work that it waited for ran into."""
        self._future.set_exception(error)

    def finish(self, value: T) -> None:
        """Settles it with what came of it, also where it was cancelled meanwhile."""
        self._future.set_result(value)

    @classmethod
    def done_with(cls, value: T) -> "Job[T]":
        """A job that has already succeeded."""
        job = cls()
        job.run(lambda _: value)
        return job


class Workers:
    """The threads below the front ends: ``store`` for the database, ``pool`` for the rest."""

    def __init__(self) -> None:
        self._store = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._pool = ThreadPoolExecutor(3, thread_name_prefix="pool")
        self._lock = threading.Lock()
        self._here = threading.local()
        self._pooled: set[CancelToken] = set()
        self._for_store = 0

    def on_store(self, work: Callable[[], T]) -> Job[T]:
        """Queues ``work`` on the one thread that owns the database."""
        return self.on_store_reporting(lambda _: work())

    def on_store_reporting(self, work: Callable[[Job[T]], T]) -> Job[T]:
        """As ``on_store``, for work that reports progress and can be cancelled."""
        job: Job[T] = Job()
        with self._lock:
            self._for_store += 1
        job.on_done(self._left_store)
        return self._submit(self._store, job, work)

    def in_pool(self, work: Callable[[Job[T]], T], job: Job[T] | None = None) -> Job[T]:
        """Queues ``work`` in the pool; it receives its job to report progress.

        Args:
            work: Done in the pool.
            job: What is to become its job, where somebody knows it before it begins.
        """
        job = Job[T]() if job is None else job
        with self._lock:
            self._pooled.add(job.cancel_token)
        job.on_done(self._forget)
        return self._submit(self._pool, job, work)

    def note_step(self, step: StepId) -> None:
        """Tells the job that is done on this thread, and those that wait for it, what was written.

        So who gets an outcome can take back just that.
        """
        for job in self._under_way():
            job.step = step

    def raise_if_cancelled(self) -> None:
        """Unwinds what is done on this thread if a job was cancelled that it is a part of."""
        for job in self._under_way():
            job.cancel_token.raise_if_cancelled()

    def _under_way(self) -> tuple[Job[Any], ...]:
        """The job that is done on this thread, and those that it is a part of."""
        jobs: tuple[Job[Any], ...] = getattr(self._here, "jobs", ())
        return tuple(job for job in jobs if not job.settled)

    def _submit(
        self, threads: ThreadPoolExecutor, job: Job[T], work: Callable[[Job[T]], T]
    ) -> Job[T]:
        jobs = (job, *self._under_way())

        def run() -> None:
            self._here.jobs = jobs
            try:
                job.run(work)
            finally:
                self._here.jobs = ()

        try:
            threads.submit(run)
        except RuntimeError:  # the threads have ended: whoever asks now must not wait for ever
            job.cancel()
            job.run(work)
        return job

    def _forget(self, job: Job[T]) -> None:
        with self._lock:
            self._pooled.discard(job.cancel_token)

    def _left_store(self, _: Job[T]) -> None:
        with self._lock:
            self._for_store -= 1

    def _drain_store(self) -> None:
        """Waits also for what queued work queues: a question's end brings on its answer's end."""
        waiting = True
        while waiting:
            self._store.submit(lambda: None).result()
            with self._lock:
                waiting = self._for_store > 0

    def close(self, last: Callable[[], None] | None = None) -> None:
        """Finishes what is queued for the store, cancels what the pool does, and joins.

        Every job settles; one that is asked for later is cancelled at once.

        Args:
            last: Done on the store thread after everything else.
        """
        with self._lock:
            pooled = tuple(self._pooled)
        for token in pooled:
            token.cancel()
        self._pool.shutdown(wait=True)
        with contextlib.suppress(RuntimeError):  # it was closed before
            self._drain_store()
        if last is not None:
            self.on_store(last)
        self._store.shutdown(wait=True)
