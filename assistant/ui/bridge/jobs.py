"""Outcomes of jobs, brought to the window's thread."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import ismethod
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from assistant.domain.errors import Bug, Cancelled, UserFacingError
from assistant.domain.ids import StepId
from assistant.services.jobs import Job
from assistant.ui.bridge.mailbox import Mailbox

A = TypeVar("A")
T = TypeVar("T")


class Watch:
    """One job that is waited for; ``drop`` it when nobody wants its outcome any more."""

    __slots__ = (
        "_job",
        "about",
        "dropped",
        "on_cancelled",
        "on_error",
        "on_progress",
        "on_success",
    )

    def __init__(
        self,
        job: Job[Any],
        on_success: Callable[..., object] | None,
        on_error: Callable[..., object] | None,
        on_progress: Callable[[float, str], object] | None,
    ) -> None:
        self._job = job
        self.about: tuple[object, ...] = ()
        self.on_success = on_success
        self.on_error = on_error
        self.on_progress = on_progress
        self.on_cancelled: Callable[[], object] | None = None
        self.dropped = False

    def drop(self) -> None:
        """Forgets the outcome; the job itself goes on."""
        self.dropped = True

    def cancel(self) -> None:
        """Asks the job to stop."""
        self._job.cancel()


@dataclass(frozen=True, slots=True)
class _Progress:
    watch: Watch
    fraction: float
    doing: str


@dataclass(frozen=True, slots=True)
class _Settled:
    watch: Watch
    job: Job[Any]


class JobRelay(QObject):
    """Calls methods of the window's objects with what jobs bring.

    Args:
        parent: The owner.
    """

    failed = Signal(object)
    """A ``UserFacingError`` that nobody asked for by ``on_error``."""
    crashed = Signal(object)
    """An exception that is no message for the user; ``failed`` follows with words."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._mailbox = Mailbox(self._deliver, self)
        self._delivering: Job[Any] | None = None

    def watch(
        self,
        job: Job[T],
        on_success: Callable[[T], object] | None = None,
        on_error: Callable[[UserFacingError], object] | None = None,
        on_progress: Callable[[float, str], object] | None = None,
        on_cancelled: Callable[[], object] | None = None,
    ) -> Watch:
        """Waits for a job without blocking.

        Args:
            job: What is waited for; it may be done already.
            on_success: Receives its result. Like the others a bound method of a QObject: it is
                not called once that object is gone.
            on_error: Receives its error; without one ``failed`` is emitted.
            on_progress: Receives a fraction, 0 to 1, and a word on what is being done.
            on_cancelled: Called where it was cancelled, also by another than who waits.

        Raises:
            Bug: A callback is not a bound method of a QObject.
        """
        for callback in (on_success, on_error, on_progress, on_cancelled):
            if callback is not None:
                _require_bound(callback)
        watch = Watch(job, on_success, on_error, on_progress)
        watch.on_cancelled = on_cancelled
        if on_progress is not None:
            job.on_progress(lambda part, doing: self._mailbox.post(_Progress(watch, part, doing)))
        job.on_done(lambda done: self._mailbox.post(_Settled(watch, done)))
        return watch

    @property
    def step(self) -> StepId | None:
        """The step of planning that the job wrote whose outcome is being told, if it wrote one."""
        return None if self._delivering is None else self._delivering.step

    def watch_about(
        self,
        job: Job[T],
        about: A,
        on_success: Callable[[A, T], object],
        on_error: Callable[[A, UserFacingError], object],
    ) -> Watch:
        """As ``watch``, for outcomes that several jobs under way bring to the same methods.

        Args:
            job: What is waited for.
            about: What the job is about; given before its outcome.
            on_success: Receives both, see ``watch``.
            on_error: Receives both, see ``watch``.

        Raises:
            Bug: A callback is not a bound method of a QObject.
        """
        for callback in (on_success, on_error):
            _require_bound(callback)
        watch = Watch(job, on_success, on_error, None)
        watch.about = (about,)
        job.on_done(lambda done: self._mailbox.post(_Settled(watch, done)))
        return watch

    def close(self) -> None:
        """Delivers nothing more."""
        self._mailbox.close()

    def _deliver(self, values: list[object]) -> None:
        for value in values:
            match value:
                case _Progress(watch, fraction, doing):
                    if not watch.dropped:
                        _call(watch.on_progress, fraction, doing)
                case _Settled(watch, job):
                    if not watch.dropped:
                        self._delivering = job
                        try:
                            self._settle(watch, job)
                        finally:
                            self._delivering = None
                case _:
                    raise Bug("only progress and outcomes are posted here")

    def _settle(self, watch: Watch, job: Job[Any]) -> None:
        error = job.error
        if error is None:
            _call(watch.on_success, *watch.about, job.result())
            return
        if isinstance(error, Cancelled):
            _call(watch.on_cancelled)
            return
        if not isinstance(error, UserFacingError):
            self.crashed.emit(error)
            error = UserFacingError(
                "Something went wrong in Lamplight.",
                "What you wrote is safe. Copy diagnostics to tell us about it.",
                code="internal",
            )
        if watch.on_error is None:
            self.failed.emit(error)
        else:
            _call(watch.on_error, *watch.about, error)


def _require_bound(callback: Callable[..., object]) -> None:
    if not ismethod(callback) or not isinstance(callback.__self__, QObject):
        raise Bug("a worker's outcome may go to a bound method of a QObject only")


def _call(callback: Callable[..., object] | None, *arguments: object) -> None:
    """Calls the method unless the object that it belongs to is gone."""
    owner = getattr(callback, "__self__", None)
    if callback is not None and isinstance(owner, QObject) and shiboken6.isValid(owner):
        callback(*arguments)
