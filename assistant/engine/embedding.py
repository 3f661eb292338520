"""Texts to vectors that lie close together where the texts mean much the same.

An embedding model is small and is asked rarely, so it has a thread of its own beside the engine's:
a context is owned by one thread, and the engine's is never kept from writing an answer. It
computes with one compute thread, one text at a time (a text of 128 tokens takes some 40 ms; on a
processor several at once are no faster), and what nobody waits for stops within a millisecond
while an answer is written: two threads more than there are cores would slow every token.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import AssistantError, Bug, Cancelled, UserFacingError
from assistant.domain.generation import Priority

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_log = logging.getLogger(__name__)

MOST_TOKENS = 256
"""What is read of a text; the model was trained on no more."""
_IDLE_S = 60.0
_CLOSED = UserFacingError(
    "The assistant is closing.", "Start it again to go on.", code="engine_closed"
)


@dataclass(frozen=True, slots=True, eq=False)
class Embeddings:
    """The vectors of some texts.

    Args:
        vectors: Of shape (texts, dimensions), float32, each of length 1; the dot product of two
            is the cosine of the angle between them.
        cut: For each text, whether only its first ``MOST_TOKENS`` tokens were read.
    """

    vectors: "NDArray[np.float32]"
    cut: tuple[bool, ...]


class Embedder(Protocol):
    """A model that gives vectors; every method may be called from any thread."""

    def embed(
        self,
        texts: Sequence[str],
        *,
        priority: Priority = Priority.BACKGROUND,
        cancel: CancelToken | None = None,
    ) -> "Future[Embeddings]":
        """Embeds texts, in their order; loads the model if it is not.

        Args:
            texts: At least one.
            priority: INTERACTIVE goes first and is done even while answers are written.
            cancel: Gives it up; the future then raises ``Cancelled``.

        Raises (from the future):
            UserFacingError: The model's file is missing or damaged.
            EnvironmentProblem: It cannot be loaded here.
        """
        ...

    def hold(self, *, held: bool) -> None:
        """Stops what nobody waits for, at once, until it is called again with False."""
        ...

    def close(self, timeout_s: float = 5.0) -> bool:
        """Cancels all, frees the model and ends the thread; True if it ended in time."""
        ...


class EmbeddingBackend(Protocol):
    """A loaded model; used on one thread, but for ``interrupt``."""

    def embed(self, text: str) -> "tuple[NDArray[np.float32], bool] | None":
        """A unit vector and whether the text was cut; None when it was interrupted."""
        ...

    def ready(self) -> None:
        """Forgets an earlier ``interrupt``."""
        ...

    def interrupt(self) -> None:
        """Stops ``embed``; from any thread."""
        ...

    def close(self) -> None:
        """Frees the model."""
        ...


@dataclass(slots=True, eq=False)
class _Request:
    texts: tuple[str, ...]
    priority: Priority
    cancel: CancelToken
    future: "Future[Embeddings]" = field(default_factory=Future["Embeddings"])
    done: "list[tuple[NDArray[np.float32], bool]]" = field(
        default_factory=list["tuple[NDArray[np.float32], bool]"]
    )


class EmbedderThread:
    """An ``Embedder`` that runs a backend on a thread of its own, which begins when first needed.

    The backend is made with the first text and freed when none has come for a while. The thread
    is not a daemon: whoever makes an embedder closes it.

    Args:
        make_backend: Loads the model; called on the thread.
        idle_s: Seconds without a text after which the model is freed.
    """

    def __init__(
        self, make_backend: Callable[[], EmbeddingBackend], *, idle_s: float = _IDLE_S
    ) -> None:
        self._make_backend = make_backend
        self._idle_s = idle_s
        self._backend: EmbeddingBackend | None = None
        self._changed = threading.Condition(threading.RLock())
        self._waiting: deque[_Request] = deque()
        self._stepping: _Request | None = None
        self._held = False
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="embedder", daemon=False)

    @property
    def loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._backend is not None

    def embed(
        self,
        texts: Sequence[str],
        *,
        priority: Priority = Priority.BACKGROUND,
        cancel: CancelToken | None = None,
    ) -> "Future[Embeddings]":
        """See ``Embedder.embed``."""
        if not texts:
            raise Bug("nothing to embed")
        request = _Request(tuple(texts), priority, cancel or CancelToken())
        with self._changed:
            if self._closing:
                request.future.set_exception(_CLOSED)
                return request.future
            if not self._thread.is_alive():
                self._thread.start()
            self._waiting.append(request)
        request.cancel.watch(self._look_up)
        self._look_up()
        return request.future

    def hold(self, *, held: bool) -> None:
        """See ``Embedder.hold``."""
        with self._changed:
            self._held = held
        self._look_up()

    def close(self, timeout_s: float = 5.0) -> bool:
        """See ``Embedder.close``."""
        with self._changed:
            self._closing = True
            waiting = tuple(self._waiting)
        for request in waiting:
            request.cancel.cancel()
        self._look_up()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _look_up(self) -> None:
        """Wakes the thread, and stops the text in hand if another matter goes first."""
        with self._changed:
            running, backend = self._stepping, self._backend
            stop = running is not None and (
                running.cancel.cancelled or self._first() is not running
            )
            if stop and backend is not None:
                backend.interrupt()
            self._changed.notify()

    def _first(self) -> _Request | None:
        """What is to be done now; with the lock held."""
        allowed = [
            each
            for each in self._waiting
            if each.cancel.cancelled or not self._held or each.priority is Priority.INTERACTIVE
        ]
        return min(
            allowed, key=lambda each: (not each.cancel.cancelled, each.priority), default=None
        )

    # What follows runs on the thread.

    def _run(self) -> None:
        while (request := self._next()) is not None:
            self._advance(request)
        self._free()

    def _next(self) -> _Request | None:
        """Waits for something to do; None at the end."""
        with self._changed:
            idle_since = time.monotonic()
            while (first := self._first()) is None:
                if self._closing:
                    return None
                left = self._idle_s - (time.monotonic() - idle_since)
                if self._backend is not None and left <= 0:
                    self._free()
                self._changed.wait(left if self._backend is not None else None)
            return first

    def _advance(self, request: _Request) -> None:
        """Embeds one text of a request, and settles the request after its last."""
        try:
            request.cancel.raise_if_cancelled()
            if self._backend is None:
                backend = self._make_backend()
                with self._changed:
                    self._backend = backend
            self._step(self._backend, request)
            if len(request.done) < len(request.texts):
                return
            outcome = _joined(request)
        except (AssistantError, Cancelled) as error:
            self._settle(request, error)
        except Exception as error:  # noqa: BLE001 - the job's edge: whoever asked is told
            _log.error("an embedding failed with %s", type(error).__name__)
            self._settle(request, error)
        else:
            self._settle(request, outcome)

    def _step(self, backend: EmbeddingBackend, request: _Request) -> None:
        with self._changed:
            if request.cancel.cancelled or self._first() is not request:
                return
            backend.ready()
            self._stepping = request
        try:
            made = backend.embed(request.texts[len(request.done)])
        finally:
            with self._changed:
                self._stepping = None
        if made is not None:
            request.done.append(made)

    def _settle(self, request: _Request, outcome: BaseException | Embeddings) -> None:
        request.cancel.unwatch(self._look_up)
        with self._changed:
            self._waiting.remove(request)
        if isinstance(outcome, BaseException):
            request.future.set_exception(outcome)
        else:
            request.future.set_result(outcome)

    def _free(self) -> None:
        with self._changed:
            backend, self._backend = self._backend, None
        if backend is not None:
            backend.close()


def _joined(request: _Request) -> Embeddings:
    import numpy as np

    return Embeddings(
        np.stack([vector for vector, _ in request.done]), tuple(cut for _, cut in request.done)
    )
