"""The parent's side of the worker: started when it is needed, kept warm, killed by the clock."""

import multiprocessing
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, EnvironmentProblem
from assistant.domain.exercise import Killed
from assistant.sandbox import words
from assistant.sandbox.places import Places
from assistant.sandbox.worker_child import run_worker

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

OnEvent = Callable[[dict[str, Any]], None]
OnPreparing = Callable[[], None]

_START_S = 60.0
_COMPILE_S = 600.0
_REAPED_S = 5.0


class Worker:
    """One worker process at a time, and one order at a time in it; safe from any thread.

    Args:
        places: Where the component lies.
    """

    def __init__(self, places: Places) -> None:
        self._places = places
        self._turn = threading.Lock()
        """Held while an order is being done."""
        self._state = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection[bytes, bytes] | None = None
        self._closed = False
        self.walls: tuple[str, ...] = ()
        """What holds beside the component, as ``hardening.harden`` names it."""

    def do(
        self,
        order: dict[str, Any],
        seconds: float,
        on_event: OnEvent,
        *,
        case_seconds: float | None = None,
        on_preparing: OnPreparing | None = None,
        cancel: CancelToken | None = None,
    ) -> dict[str, Any] | Killed:
        """Has an order done.

        Args:
            order: See ``Jobs.do``.
            seconds: By the clock, from when the worker has it.
            on_event: Takes what comes meanwhile, on this thread.
            case_seconds: By the clock, from when a test begins until the next does.
            on_preparing: Called when the component must be compiled first.
            cancel: Ends it.

        Returns:
            Its end, or why it was killed.

        Raises:
            Cancelled: It was cancelled.
            EnvironmentProblem: There is no worker to be had.
        """
        with self._turn:
            token = cancel or CancelToken()
            token.raise_if_cancelled()
            token.watch(self._kill)
            try:
                pipe = self._ready(token, on_preparing)
                return self._done(pipe, order, (seconds, case_seconds or seconds), on_event)
            except (EOFError, OSError, words.Garbled) as error:
                self._bury()
                if token.cancelled or self._closed:
                    raise Cancelled from error
                raise EnvironmentProblem(
                    "The process that runs programs ended.",
                    "Try it again; it is started anew.",
                    code="sandbox_failed",
                ) from error
            except BaseException:
                self._bury()  # it may be in the middle of something
                raise
            finally:
                token.unwatch(self._kill)
                if token.cancelled:
                    self._bury()  # it was killed, and may look alive for a moment yet

    def warm_up(self, on_preparing: OnPreparing | None = None) -> None:
        """Starts the process, so that the first program need not wait for it.

        Raises:
            EnvironmentProblem: It cannot be started.
        """
        with self._turn:
            try:
                self._ready(CancelToken(), on_preparing)
            except (EOFError, OSError, words.Garbled) as error:
                self._bury()
                if self._closed:
                    raise Cancelled from error
                raise _not_started() from error

    def close(self) -> None:
        """Ends the process, also in the middle of a run; nothing can be run afterwards."""
        with self._state:
            self._closed = True
        self._kill()
        with self._turn:
            self._bury()

    def _done(
        self,
        pipe: "Connection[bytes, bytes]",
        order: dict[str, Any],
        seconds: tuple[float, float],
        tell: OnEvent,
    ) -> dict[str, Any] | Killed:
        pipe.send_bytes(words.written(order))
        end = of_case = time.monotonic() + seconds[0]
        while pipe.poll(max(min(end, of_case) - time.monotonic(), 0.0)):
            word = words.read(pipe.recv_bytes(words.LONGEST_BYTES))
            if words.DONE in word:
                return words.dict_of(word, words.DONE)
            if words.BEGUN in word:
                of_case = time.monotonic() + seconds[1]
            tell(word)
        self._bury()
        return Killed.TIME

    def _ready(
        self, token: CancelToken, on_preparing: OnPreparing | None
    ) -> "Connection[bytes, bytes]":
        """The pipe to a worker that waits for an order; none is started once it is cancelled."""
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self._bury()
        for _ in range(2):  # one that had to compile ends, and the next one finds the code
            pipe = self._start(token)
            if self._heard_ready(pipe, on_preparing):
                return pipe
            self._bury()
        raise _not_started()

    def _start(self, token: CancelToken) -> "Connection[bytes, bytes]":
        context = multiprocessing.get_context("spawn")
        with self._state:  # so that a cancel either is seen here or finds the process to kill
            if self._closed or token.cancelled:
                raise Cancelled
            pipe: Connection[bytes, bytes]
            theirs: Connection[bytes, bytes]
            pipe, theirs = context.Pipe()
            process = context.Process(
                target=run_worker, args=(theirs, self._places), name="sandbox", daemon=True
            )
            try:
                process.start()
            except OSError as error:
                pipe.close()
                raise _not_started() from error
            finally:
                theirs.close()
            self._process, self._pipe = process, pipe
        return pipe

    def _heard_ready(
        self, pipe: "Connection[bytes, bytes]", on_preparing: OnPreparing | None
    ) -> bool:
        patience = _START_S
        while pipe.poll(patience):
            word = words.read(pipe.recv_bytes(words.LONGEST_BYTES))
            if words.READY in word:
                self.walls = tuple(str(wall) for wall in words.list_of(word, "walls"))
                return True
            if words.COMPILED in word:
                return False
            if words.PREPARING in word:
                patience = _COMPILE_S
                if on_preparing is not None:
                    on_preparing()
            elif words.MISSING in word:
                self._bury()
                raise EnvironmentProblem(
                    "The part that runs programs is not installed, or it is damaged.",
                    "Install Lamplight again; from a checkout, “dev.py setup” makes it.",
                    code="sandbox_missing",
                )
            elif words.FAILED in word:
                self._bury()
                raise EnvironmentProblem(
                    f"What runs programs cannot be prepared: {words.text_of(word, words.FAILED)}.",
                    "Free some space on the disk, and try it again.",
                    code="sandbox_not_prepared",
                )
        self._kill()
        raise EOFError

    def _kill(self) -> None:
        with self._state:
            if self._process is not None:
                self._process.kill()

    def _bury(self) -> None:
        """Ends the process for good and collects it, so that no zombie stays."""
        with self._state:
            process, pipe = self._process, self._pipe
            self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join(_REAPED_S)
            if process.exitcode is not None:
                process.close()


def _not_started() -> EnvironmentProblem:
    return EnvironmentProblem(
        "The system did not let the process that runs programs start.",
        "Close other programs, and try it again.",
        code="sandbox_not_started",
    )
