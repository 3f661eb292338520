"""An engine in a process of its own: what ends that process does not end the application."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Bug, Cancelled, UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationFailed,
    GenerationRequest,
    Turn,
)
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.engine.base import Engine, EventSink
from assistant.engine.isolated_process import CRASHED, Bell, Child, lost_words
from assistant.engine.isolated_shelf import Shelf
from assistant.engine.isolated_words import (
    ERROR,
    PROGRESS,
    Cancel,
    Close,
    Command,
    Count,
    Forget,
    Garbled,
    Generate,
    Load,
    Understand,
    Unload,
    Word,
    error_of,
    event_of,
    model_of,
    number_in,
)
from assistant.engine.queued import QueuedAnswer, Want
from assistant.engine.residents import NO_MODEL
from assistant.engine.thread import CLOSED

_PATIENCE_S = 10.0
"""After a cancel; a computation that does not end by then is stuck, and so is its process."""
_KILLED_S = 5.0
_BROKEN = UserFacingError(
    "Something went wrong between the application and the model's process.",
    "Start the application again.",
    code=CRASHED,
)
_log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Call:
    """A call in the child's hands.

    Args:
        want: Whether its result is still wanted.
        understand: Makes the result out of what the child says.
        on_progress: Of a load.
    """

    want: Want
    understand: Understand
    on_progress: Callable[[float], None] | None = None
    future: "Future[Any]" = field(default_factory=Future[Any])

    def settle(self, result: object = None, error: BaseException | None = None) -> None:
        """Tells whoever waits."""
        if not self.future.set_running_or_notify_cancel():
            return
        if error is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(result)

    def give_up(self) -> None:
        """Ends it, unwanted."""
        self.settle(error=Cancelled())


class IsolatedEngine:
    """An ``Engine`` whose models are loaded and run in a child process.

    The child is started by the first load, and anew by the next load after it has died. Its death
    ends every answer and call in hand with ``engine_crashed``; its models are gone then. One
    thread speaks with it and tells the events.

    Args:
        make_engine: Makes the engine of the child; a function that can be pickled.
        prepare: Called in the child before anything else; the same holds for it.
        shelf: Keeps what it computes beyond the memory; ``make_engine`` takes a ``shelf`` then.
    """

    def __init__(
        self,
        make_engine: Callable[..., Engine],
        prepare: Callable[[], object] | None = None,
        *,
        shelf: Shelf | None = None,
    ) -> None:
        self._new_child = partial(Child, make_engine, prepare, shelf)
        self._lock = threading.Lock()
        self._outbox: deque[tuple[int, Callable[[], Command]]] = deque()
        """Numbers, and what makes the command when its turn to be sent has come."""
        self._in_hand: dict[int, QueuedAnswer | _Call] = {}
        self._numbers = 0
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="engine-isolated", daemon=False)
        self._child: Child | None = None
        self._bell: Bell | None = None
        # What follows is used on that thread only.
        self._models: dict[int, LoadedModel] = {}
        self._lost: UserFacingError | None = None
        self._sent: set[int] = set()
        """Numbers of what is in the child's hands."""
        self._overdue_at: dict[int, float] = {}
        """By when what was cancelled has to have ended."""
        self._told_to_close = False

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None] | None = None,
        cancel: CancelToken | None = None,
    ) -> "Future[LoadedModel]":
        """See ``Engine.load``."""

        def understand(value: object) -> LoadedModel:
            number, model = model_of(value, path)
            return self._models.setdefault(number, model)

        number = self._next()
        want = Want(cancel, partial(self._unwanted, number))
        return self._call(
            number, lambda: Load(number, path, options), _Call(want, understand, on_progress)
        )

    def unload(self, model: LoadedModel | None = None) -> "Future[None]":
        """See ``Engine.unload``."""
        number = self._next()
        return self._call(number, lambda: Unload(number, self._number_of(model)), self._plain())

    def forget(self, cache_key: str) -> "Future[None]":
        """See ``Engine.forget``."""
        number = self._next()
        return self._call(number, lambda: Forget(number, cache_key), self._plain())

    def count_tokens(
        self, turns: Sequence[Turn], model: LoadedModel | None = None
    ) -> "Future[int]":
        """See ``Engine.count_tokens``."""
        number, kept = self._next(), tuple(turns)
        return self._call(
            number, lambda: Count(number, kept, self._number_of(model)), self._plain(_whole)
        )

    def generate(
        self,
        request: GenerationRequest,
        sink: EventSink,
        cancel: CancelToken,
        model: LoadedModel | None = None,
    ) -> None:
        """See ``Engine.generate``; after ``close`` the failure is told on the calling thread."""
        number = self._next()
        answer = QueuedAnswer(request, sink, Want(cancel, partial(self._unwanted, number)), model)
        if not self._submit(
            number, lambda: Generate(number, request, self._number_of(model)), answer
        ):
            answer.emit(GenerationFailed(CLOSED.message, CLOSED.hint, CLOSED.code))

    def close(self, timeout_s: float = 5.0) -> bool:
        """See ``Engine.close``; a child that does not end in time is killed."""
        with self._lock:
            self._closing = True
            waiting = tuple(self._in_hand.values())
            started = self._bell is not None
        for each in waiting:
            each.want.drop()
        if not started:
            return True
        self._ring()
        if threading.current_thread() is self._thread:
            return False
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            child = self._child
            if child is not None:
                child.kill()
            self._thread.join(_KILLED_S)
        return not self._thread.is_alive()

    def _plain(self, understand: Understand | None = None) -> _Call:
        return _Call(Want(None, self._ring), understand or _nothing)

    def _call(self, number: int, make: Callable[[], Command], call: _Call) -> "Future[Any]":
        if not self._submit(number, make, call):
            call.settle(error=CLOSED)
        return call.future

    def _next(self) -> int:
        with self._lock:
            self._numbers += 1
            return self._numbers

    def _submit(
        self, number: int, make: Callable[[], Command], waiting: QueuedAnswer | _Call
    ) -> bool:
        waiting.want.listen()
        with self._lock:
            if self._closing:
                waiting.want.forget()
                return False
            if self._bell is None:
                self._bell = Bell()
                self._thread.start()
            self._in_hand[number] = waiting
            self._outbox.append((number, make))
        self._ring()
        return True

    def _unwanted(self, number: int) -> None:
        """Tells the child, unless what has this number is still to be sent or has ended."""
        with self._lock:
            if number not in self._in_hand:
                return
            self._outbox.append((number, lambda: Cancel(number)))
        self._ring()

    def _ring(self) -> None:
        if self._bell is not None:
            self._bell.ring()

    # What follows runs on the engine's own thread.

    def _run(self) -> None:
        bell = self._bell
        if bell is None:
            raise Bug("the thread was started without its bell")
        try:
            self._serve(bell)
        except Exception as error:  # noqa: BLE001 - whoever waits must not wait for ever
            _log.error("the thread of a model's process failed with %s", type(error).__name__)
            self._give_everything_up()
        bell.close()

    def _give_everything_up(self) -> None:
        with self._lock:
            self._closing = True
            numbers = sorted(self._in_hand)
        child, self._child = self._child, None
        if child is not None:
            child.kill()
        for number in numbers:
            self._fail(self._end(number), _BROKEN)

    def _serve(self, bell: Bell) -> None:
        while True:
            self._send_all()
            child = self._child
            if child is None and self._done():
                break
            heard, rung = bell.wait(child, self._patience())
            if rung:
                bell.hush()
            if child is None:
                continue
            if heard:
                self._hear(child)
            elif self._patience() == 0.0:
                child.kill()  # its end of the pipe closes with it

    def _done(self) -> bool:
        with self._lock:
            return self._closing and not self._outbox

    def _patience(self) -> float | None:
        """Seconds for which the child may still be waited for; None for any time."""
        earliest = min(self._overdue_at.values(), default=None)
        return None if earliest is None else max(0.0, earliest - time.monotonic())

    def _send_all(self) -> None:
        while True:
            with self._lock:
                closing = self._closing
                number, make = self._outbox.popleft() if self._outbox else (0, None)
            if make is None:
                break
            self._send(number, make)
        if closing and self._child is not None and not self._told_to_close:
            self._told_to_close = True
            self._child.send(Close())

    def _send(self, number: int, make: Callable[[], Command]) -> None:
        with self._lock:
            waiting = self._in_hand.get(number)
        if waiting is None:
            return  # a cancel of what has ended
        try:
            command = make()
            if isinstance(command, Cancel):
                if self._child is not None:
                    self._overdue_at[number] = time.monotonic() + _PATIENCE_S
                    self._child.send(command)
                return
            if waiting.want.stop.cancelled:
                self._end(number).give_up()
            elif (child := self._child_for(command)) is not None:
                self._sent.add(number)
                child.send(command)
            else:  # nothing is loaded, so there is nothing to free and nothing to forget
                self._settle(number, None)
        except UserFacingError as error:
            self._fail(self._end(number), error)

    def _child_for(self, command: Command) -> Child | None:
        """Who shall do it; a load starts a child where there is none.

        Raises:
            UserFacingError: Nobody can, and why.
        """
        if self._child is None and isinstance(command, Load):
            self._lost = None
            self._child = self._new_child()
        elif self._child is None and isinstance(command, Generate | Count):
            raise self._lost or NO_MODEL
        return self._child

    def _number_of(self, model: LoadedModel | None) -> int | None:
        if model is None:
            return None
        for number, known in self._models.items():
            if known is model:
                return number
        raise self._lost or NO_MODEL

    def _hear(self, child: Child) -> None:
        try:
            for word in child.hear():
                self._take(word)
        except EOFError:
            self._bury(child)
        except Garbled:
            child.kill()
            self._bury(child)

    def _take(self, word: Word) -> None:
        number = word[1]
        with self._lock:
            waiting = self._in_hand.get(number)
        event = event_of(word)
        if waiting is None:
            return
        if isinstance(waiting, QueuedAnswer):
            if event is None:
                raise Garbled
            waiting.emit(event)
            if waiting.ended:
                self._end(number)
                if not isinstance(event, GenerationDone | GenerationFailed):
                    waiting.want.drop()  # its receiver failed: nobody listens to the rest
                    self._abandon(number)
        elif word[0] == PROGRESS:
            self._tell_progress(waiting, number_in(word))
        elif word[0] == ERROR:
            self._end(number)
            waiting.settle(error=error_of(word))
        else:
            self._settle(number, word[2] if len(word) > 2 else None)  # noqa: PLR2004 - a result

    def _abandon(self, number: int) -> None:
        if self._child is not None:
            self._child.send(Cancel(number))

    def _tell_progress(self, call: _Call, part: float) -> None:
        if call.on_progress is None or call.want.stop.cancelled:
            return
        call.on_progress(part)

    def _settle(self, number: int, said: object) -> None:
        """A call came to a good end."""
        call = self._end(number)
        if not isinstance(call, _Call):
            raise Garbled
        known = len(self._models)
        result = call.understand(said)
        if call.want.stop.cancelled:
            call.give_up()
            if len(self._models) > known and self._child is not None:
                # Given up at the very end of the load: it must not stay as the one loaded last.
                late, _ = self._models.popitem()
                self._child.send(Unload(0, late))
        else:
            call.settle(result)

    def _end(self, number: int) -> QueuedAnswer | _Call:
        """It is not in the child's hands any more."""
        self._overdue_at.pop(number, None)
        self._sent.discard(number)
        with self._lock:
            waiting = self._in_hand.pop(number)
        waiting.want.forget()
        return waiting

    def _fail(self, waiting: QueuedAnswer | _Call, error: UserFacingError) -> None:
        if waiting.want.stop.cancelled:
            waiting.give_up()
        elif isinstance(waiting, QueuedAnswer):
            waiting.emit(GenerationFailed(error.message, error.hint, error.code))
        else:
            waiting.settle(error=error)

    def _bury(self, child: Child) -> None:
        """The child has ended: what it had in hand ends with it, and what it had loaded is gone."""
        stuck = self._patience() == 0.0
        self._lost = lost_words(child.reap(), stuck=stuck)
        self._child = None
        self._told_to_close = False
        self._models.clear()
        for number in sorted(self._sent):
            self._fail(self._end(number), self._lost)


def _whole(value: object) -> int:
    match value:
        case int():
            return value
        case _:
            raise Garbled


def _nothing(_value: object) -> None:
    return None
