"""The engine thread: one thread, one queue, one owner of every native call."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import GenerationFailed, GenerationRequest, Priority, Turn
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.engine.backend import Backend
from assistant.engine.base import EventSink
from assistant.engine.queued import UNKNOWN_FAILURE, QueuedAnswer, QueuedCall, Want
from assistant.engine.residents import NO_MODEL, Residency, Resident, Residents

if TYPE_CHECKING:
    from concurrent.futures import Future

_log = logging.getLogger(__name__)

_Result = TypeVar("_Result")
_Call = QueuedCall[None] | QueuedCall[LoadedModel] | QueuedCall[int]

CLOSED = UserFacingError(
    "The assistant is closing.", "Start it again to go on.", code="engine_closed"
)


class NotYet(Exception):  # noqa: N818 - not an error: the call is made again later
    """A call has to wait until answers in hand have ended."""


class EngineThread:
    """An ``Engine`` that runs ``Backend``s, one a model, on a thread of its own.

    Answers of all models take turns step by step, the most urgent first; calls are made between
    two steps. The thread begins with the first request. It is not a daemon: whoever makes an
    engine closes it.

    Args:
        make_backend: Called on the engine's thread for each model; used nowhere else.
        name: Name of the thread.
        residency: How many models may stay loaded.
        at_end: Called on the engine's thread when all models are freed, before it ends.
    """

    def __init__(
        self,
        make_backend: Callable[[], Backend],
        *,
        name: str = "engine",
        residency: Residency | None = None,
        at_end: Callable[[], None] | None = None,
    ) -> None:
        self._at_end = at_end
        self._residents = Residents(make_backend, residency or Residency())
        self._incoming: deque[QueuedAnswer | _Call] = deque()
        self._calls: deque[_Call] = deque()
        """Taken in, in order, and not made yet; on the engine's thread only."""
        self._early: list[QueuedAnswer] = []
        """Asked of the model loaded last while calls were still to be made; the same holds."""
        self._wants: set[Want] = set()
        """Of all that is asked for and has not ended."""
        self._changed = threading.Condition(threading.RLock())
        self._stepping: tuple[Priority, Backend] | None = None
        self._closing = False
        self._attention = False
        """Set when there is something to take in, or something was given up."""
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
                self._give_up_cancelled()
            if on_progress is not None:
                on_progress(part)

        def work() -> LoadedModel:
            loaded = self._residents.load(path, options, on_progress=progress, cancel=want.stop)
            if loaded is None:
                raise NotYet
            return loaded

        return self._call(QueuedCall(work, want))

    def unload(self, model: LoadedModel | None = None) -> "Future[None]":
        """See ``Engine.unload``."""

        def work() -> None:
            for resident in self._residents.all:
                if model is None or resident.loaded is model:
                    resident.leaving = True
            if not self._residents.free_leaving():
                raise NotYet

        return self._call(QueuedCall(work, Want(None, self._look_up)))

    def count_tokens(
        self, turns: Sequence[Turn], model: LoadedModel | None = None
    ) -> "Future[int]":
        """See ``Engine.count_tokens``; answered between two steps of running answers."""
        kept = tuple(turns)

        def work() -> int:
            return self._resident(model).backend.count_tokens(kept)

        return self._call(QueuedCall(work, Want(None, self._look_up)))

    def forget(self, cache_key: str) -> "Future[None]":
        """See ``Engine.forget``."""

        def work() -> None:
            for resident in self._residents.all:
                resident.backend.forget(cache_key)

        return self._call(QueuedCall(work, Want(None, self._look_up)))

    def generate(
        self,
        request: GenerationRequest,
        sink: EventSink,
        cancel: CancelToken,
        model: LoadedModel | None = None,
    ) -> None:
        """See ``Engine.generate``; after ``close`` the failure is told on the calling thread."""
        answer = QueuedAnswer(request, sink, Want(cancel, self._look_up), model)
        if not self._submit(answer):
            answer.emit(GenerationFailed(CLOSED.message, CLOSED.hint, CLOSED.code))

    def close(self, timeout_s: float = 5.0) -> bool:
        """See ``Engine.close``; on the engine's own thread it only asks for the end."""
        with self._changed:
            self._closing = True
            wanted = tuple(self._wants)
            started = self._started
        for want in wanted:
            want.drop()
        self._look_up()
        if not started:
            return True
        if threading.current_thread() is self._thread:
            return False
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    @property
    def wanted(self) -> int:
        """How much was asked for and has not ended."""
        with self._changed:
            return len(self._wants)

    def _call(self, call: QueuedCall[_Result]) -> "Future[_Result]":
        if not self._submit(call):  # pyright: ignore[reportArgumentType] - invariant in Result
            call.future.set_exception(CLOSED)
        return call.future

    def _submit(self, queued: QueuedAnswer | _Call) -> bool:
        queued.want.listen()
        with self._changed:
            if self._closing:
                queued.want.forget()
                return False
            if not self._started:
                self._thread.start()
                self._started = True
            self._incoming.append(queued)
            self._wants.add(queued.want)
            if self._stepping is not None and isinstance(queued, QueuedAnswer):
                running, backend = self._stepping
                if queued.request.priority < running:
                    backend.interrupt()
            self._attention = True
            self._changed.notify()
        return True

    def _look_up(self) -> None:
        """Makes the engine's thread look at what there is as soon as it can."""
        with self._changed:
            self._attention = True
            self._changed.notify()

    # What follows runs on the engine's own thread.

    def _run(self) -> None:
        while True:
            if self._attention:
                self._take_in()
            if self._step():
                continue
            idle_for = self._residents.free_unused()
            with self._changed:
                if self._attention:
                    continue
                if self._closing:
                    break
                self._changed.wait(idle_for)
        self._residents.close()
        if self._at_end is not None:
            self._at_end()

    def _resident(self, model: LoadedModel | None) -> Resident:
        resident = self._residents.find(model)
        if resident is None:
            raise NO_MODEL
        return resident

    def _take_in(self) -> None:
        """Sorts what has come, ends what was given up, and makes the calls that can be made."""
        with self._changed:
            self._attention = False
            incoming = tuple(self._incoming)
            self._incoming.clear()
        for queued in incoming:
            if isinstance(queued, QueuedCall):
                self._calls.append(queued)
                self._make_calls()
            elif queued.want.stop.cancelled:
                queued.give_up()
                self._forget(queued)
            else:
                self._enrol(queued)
        self._sweep()

    def _enrol(self, answer: QueuedAnswer) -> None:
        if answer.model is None and self._calls:
            self._early.append(answer)  # a load may be among them: which model it is, they decide
            return
        try:
            self._resident(answer.model).waiting.append(answer)
        except UserFacingError as error:
            answer.emit(GenerationFailed(error.message, error.hint, error.code))
            self._forget(answer)

    def _make_calls(self) -> None:
        """Makes calls in their order, until one has to wait."""
        while self._calls:
            call = self._calls[0]
            if call.want.stop.cancelled:
                call.give_up()
            elif not call.run(later=NotYet):
                return
            self._calls.popleft()
            self._forget(call)
        early, self._early = self._early, []
        for answer in early:
            self._enrol(answer)

    def _give_up_cancelled(self) -> None:
        """While a load keeps the thread: ends what is in the queue and no longer wanted."""
        with self._changed:
            gone = [each for each in self._incoming if each.want.stop.cancelled]
            for queued in gone:
                self._incoming.remove(queued)
        for queued in gone:
            queued.give_up()
            self._forget(queued)
        for waiting in (self._early, *(resident.waiting for resident in self._residents.all)):
            self._drop_cancelled(waiting)

    def _drop_cancelled(self, waiting: list[QueuedAnswer]) -> None:
        """Ends the answers that are wanted no more before they began."""
        for answer in [each for each in waiting if each.want.stop.cancelled]:
            waiting.remove(answer)
            answer.give_up()
            self._forget(answer)

    def _step(self) -> bool:
        """Advances the most urgent answers of every model; whether there was anything to do."""
        priorities = [each.next_priority() for each in self._residents.all]
        urgent = min((each for each in priorities if each is not None), default=None)
        if urgent is None:
            return False
        for resident, priority in zip(tuple(self._residents.all), priorities, strict=True):
            if priority is urgent or any(a.want.stop.cancelled for a, _ in resident.active):
                self._step_one(resident, urgent)
        self._sweep()
        return True

    def _step_one(self, resident: Resident, priority: Priority) -> None:
        try:
            resident.begin_waiting(priority)
        except Exception as error:  # noqa: BLE001 - its answer was told; the others go on
            _log.error("an answer failed with %s", type(error).__name__)
        works = resident.works(priority)
        if not works:
            return
        with self._changed:
            self._stepping = (priority, resident.backend)
        try:
            resident.backend.step(works)
        except UserFacingError as error:
            resident.fail_all(works, GenerationFailed(error.message, error.hint, error.code))
        except Exception as error:  # noqa: BLE001 - the job's edge: each answer's end says it
            _log.error("answers failed with %s", type(error).__name__)
            resident.fail_all(works, UNKNOWN_FAILURE)
        finally:
            with self._changed:
                self._stepping = None

    def _sweep(self) -> None:
        """Lets go of what has ended; what waited for that is done."""
        self._drop_cancelled(self._early)
        ended = False
        for resident in self._residents.all:
            for answer in resident.sweep():
                self._forget(answer)
                ended = True
        if ended or self._calls:
            self._make_calls()

    def _forget(self, queued: QueuedAnswer | _Call) -> None:
        queued.want.forget()
        with self._changed:
            self._wants.discard(queued.want)
