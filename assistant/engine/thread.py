"""The engine thread: one thread, one queue, one owner of every native call."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import GenerationFailed, GenerationRequest, Turn
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.engine.backend import Backend, Order
from assistant.engine.base import EventSink
from assistant.engine.queued import QueuedAnswer, QueuedCall, Want

if TYPE_CHECKING:
    from concurrent.futures import Future

_log = logging.getLogger(__name__)

_Result = TypeVar("_Result")
_Queued = QueuedAnswer | QueuedCall[None] | QueuedCall[LoadedModel] | QueuedCall[int]

_CLOSED = UserFacingError(
    "The assistant is closing.", "Start it again to go on.", code="engine_closed"
)
_UNKNOWN = GenerationFailed(
    "Something went wrong inside the engine.",
    "Try again; if it happens again, load the model anew.",
    "engine_failed",
)


class EngineThread:
    """An ``Engine`` that runs a ``Backend`` on a thread of its own.

    The thread begins with the first request. It is not a daemon: whoever makes an engine closes
    it.

    Args:
        make_backend: Called on the new thread; the backend is used nowhere else.
        name: Name of the thread.
    """

    def __init__(self, make_backend: Callable[[], Backend], *, name: str = "engine") -> None:
        self._make_backend = make_backend
        self._backend: Backend
        self._queue: deque[_Queued] = deque()
        self._changed = threading.Condition(threading.RLock())
        self._current: _Queued | None = None
        self._closing = False
        self._attention = False
        """Set when something in the queue should not wait for the work in hand."""
        self._thread = threading.Thread(target=self._run, name=name, daemon=False)
        self._started = False

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None] | None = None,
        cancel: CancelToken | None = None,
    ) -> "Future[LoadedModel]":
        """See ``Engine.load``."""
        want = Want(cancel, self._look_up)

        def progress(part: float) -> None:
            if self._attention:
                self._see_to_others(calls=False)
            if on_progress is not None:
                on_progress(part)

        def work() -> LoadedModel:
            return self._backend.load(path, options, on_progress=progress, cancel=want.stop)

        return self._call(QueuedCall(work, want))

    def unload(self) -> "Future[None]":
        """See ``Engine.unload``."""
        return self._call(QueuedCall(self._unload, Want(None, self._look_up)))

    def count_tokens(self, turns: Sequence[Turn]) -> "Future[int]":
        """See ``Engine.count_tokens``; answered between two tokens of a running answer."""
        kept = tuple(turns)
        want = Want(None, self._look_up)
        return self._call(QueuedCall(lambda: self._backend.count_tokens(kept), want, brief=True))

    def generate(self, request: GenerationRequest, sink: EventSink, cancel: CancelToken) -> None:
        """See ``Engine.generate``; after ``close`` the failure is told on the calling thread."""
        want = Want(cancel, self._look_up)
        answer = QueuedAnswer(Order(request, want.stop, time.perf_counter()), sink, want)
        if not self._submit(answer):
            answer.emit(GenerationFailed(_CLOSED.message, _CLOSED.hint, _CLOSED.code))

    def close(self, timeout_s: float = 5.0) -> bool:
        """See ``Engine.close``; on the engine's own thread it only asks for the end."""
        with self._changed:
            self._closing = True
            waiting = list(self._queue)
            if self._current is not None:
                waiting.append(self._current)
        for queued in waiting:
            queued.want.drop()
        self._look_up()
        with self._changed:
            started = self._started
        if not started:
            return True
        if threading.current_thread() is self._thread:
            return False
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _call(self, call: QueuedCall[_Result]) -> "Future[_Result]":
        if not self._submit(call):  # pyright: ignore[reportArgumentType] - invariant in Result
            call.future.set_exception(_CLOSED)
        return call.future

    def _submit(self, queued: _Queued) -> bool:
        queued.want.listen()
        with self._changed:
            if self._closing:
                queued.want.forget()
                return False
            if not self._started:
                self._thread.start()
                self._started = True
            self._queue.append(queued)
            self._attention = True
            self._changed.notify()
        return True

    def _look_up(self) -> None:
        """Makes the engine's thread look at the queue as soon as it can."""
        with self._changed:
            self._attention = True
            self._changed.notify()

    # What follows runs on the engine's own thread.

    def _unload(self) -> None:
        self._backend.unload()

    def _run(self) -> None:
        self._backend = self._make_backend()
        while (queued := self._next()) is not None:
            self._do(queued)
            queued.want.forget()
            with self._changed:
                self._current = None
        self._backend.unload()

    def _next(self) -> _Queued | None:
        """The next in the queue, or None when the engine closes and the queue is empty."""
        with self._changed:
            while not self._queue and not self._closing:
                self._changed.wait()
            self._current = self._queue.popleft() if self._queue else None
            return self._current

    def _do(self, queued: _Queued) -> None:
        if queued.want.stop.cancelled:
            self._guarded(queued.give_up)
        elif isinstance(queued, QueuedAnswer):
            self._guarded(lambda: self._answer(queued))
        else:
            queued.run()

    def _guarded(self, work: Callable[[], None]) -> None:
        """The edge of the thread: a sink that raises must not end it."""
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the thread must live on
            _log.error("a receiver of engine events raised %s", type(error).__name__)

    def _answer(self, answer: QueuedAnswer) -> None:
        try:
            with closing(self._backend.generate(answer.order)) as events:
                for event in events:
                    if event is not None:
                        answer.emit(event)
                    if self._attention:
                        self._see_to_others(calls=True)
            if not answer.ended:
                _log.error("a backend ended an answer without an end")
                answer.emit(_UNKNOWN)
        except UserFacingError as error:
            answer.emit(GenerationFailed(error.message, error.hint, error.code))
        except Exception as error:  # noqa: BLE001 - the job's edge: the answer's end says it
            _log.error("an answer failed with %s", type(error).__name__)
            answer.emit(_UNKNOWN)

    def _see_to_others(self, *, calls: bool) -> None:
        """Ends what was cancelled in the queue and, with ``calls``, does what is brief."""
        with self._changed:
            self._attention = False
            now = [
                queued
                for queued in self._queue
                if queued.want.stop.cancelled or (calls and self._may_overtake(queued))
            ]
            for queued in now:
                self._queue.remove(queued)
        for queued in now:
            self._do(queued)
            queued.want.forget()

    def _may_overtake(self, call: _Queued) -> bool:
        """A brief call may pass answers, but not a load or an unload that was asked for first."""
        for queued in self._queue:
            if queued is call:
                return isinstance(queued, QueuedCall) and queued.brief
            if isinstance(queued, QueuedCall) and not queued.brief:
                return False
        return False
