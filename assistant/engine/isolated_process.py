"""The process behind an ``IsolatedEngine``, the bell that wakes who waits for it, and its end."""

import multiprocessing
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.engine.base import Engine
from assistant.engine.isolated_child import run_child
from assistant.engine.isolated_shelf import Shelf, ShelfClerk
from assistant.engine.isolated_words import Command, Forget, Generate, Word, read

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_LONGEST_BYTES = 64 << 20
_REAPED_S = 5.0
_COLLECTED_S = 0.001
_SIGKILL = 9
_SIGBUS: int = getattr(signal, "SIGBUS", 1 << 30)
"""Windows has none."""

CRASHED = "engine_crashed"
"""The code of every such end."""
_HINT = "Ask again, and it is loaded anew; if it happens again, choose another model."


class Child:
    """One child process; all of it is used on one thread, but for ``kill``.

    Args:
        make_engine: Makes its engine; a function that can be pickled.
        prepare: Called in it first; the same holds for it.
        shelf: Keeps what it computes beyond the memory; its engine is made with one then.

    Raises:
        EnvironmentProblem: The system does not let it start.
    """

    def __init__(
        self,
        make_engine: Callable[..., Engine],
        prepare: Callable[[], object] | None,
        shelf: Shelf | None = None,
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe: Connection[Command, bytes]
        self._pipe, theirs = context.Pipe()
        ours, to_shelf = context.Pipe() if shelf is not None else (None, None)
        self._process = context.Process(
            target=run_child,
            args=(theirs, make_engine, prepare, to_shelf),
            name="model",
            daemon=True,
        )
        self._clerk: ShelfClerk | None = None
        try:
            self._process.start()
            if shelf is not None and ours is not None:
                self._clerk = ShelfClerk(ours, shelf)
        except OSError as error:
            self._pipe.close()
            if ours is not None:
                ours.close()
            raise EnvironmentProblem(
                "The system did not let a process for this model start.",
                "Close other programs, and try again.",
                code="engine_not_started",
            ) from error
        finally:
            theirs.close()  # it is the child's now, whose end then closes the pipe
            if to_shelf is not None:
                to_shelf.close()

    @property
    def pipe(self) -> "Connection[Command, bytes]":
        """To be waited on."""
        return self._pipe

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid or 0

    def send(self, command: Command) -> None:
        """Hands a command over; one to a child that has died is lost, as ``hear`` will tell."""
        if self._clerk is not None and isinstance(command, Generate):
            if command.request.cache_key and not command.request.private:
                self._clerk.allow(command.request.cache_key)
        elif self._clerk is not None and isinstance(command, Forget):
            self._clerk.forbid(command.cache_key)
        try:
            self._pipe.send(command)
        except OSError:
            return

    def hear(self) -> list[Word]:
        """What it said, waiting for it.

        Raises:
            EOFError: It has ended.
            Garbled: It is out of its mind.
        """
        try:
            data = self._pipe.recv_bytes(_LONGEST_BYTES)
        except OSError as error:
            raise EOFError from error
        return read(data)

    def kill(self) -> None:
        """Ends it at once; from any thread."""
        self._process.kill()

    def reap(self) -> int:
        """Waits for its end, or brings it about; its exit code, negative for a signal."""
        self._pipe.close()
        self._process.join(_REAPED_S)
        if self._process.exitcode is None:
            self._process.kill()
        deadline = time.monotonic() + _REAPED_S
        # Starting another process collects ended ones as well: then the code is there only
        # when that thread has written it down, and waiting for the process returns before.
        while self._process.exitcode is None and time.monotonic() < deadline:
            self._process.join(_COLLECTED_S)
            time.sleep(_COLLECTED_S)
        code = self._process.exitcode
        if self._clerk is not None:
            self._clerk.end(_REAPED_S)
        if code is None:
            return 0
        self._process.close()
        return code


class Bell:
    """Wakes a thread that waits for a child; rung from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rung = False
        self._hears, self._rings = multiprocessing.Pipe(duplex=False)

    def ring(self) -> None:
        """Ends the wait in hand, or the next one."""
        with self._lock:
            if not self._rung and not self._rings.closed:
                self._rung = True
                self._rings.send_bytes(b"!")

    def hush(self) -> None:
        """Makes it ready to be rung again."""
        with self._lock:
            self._hears.recv_bytes()
            self._rung = False

    def wait(self, child: Child | None, timeout_s: float | None) -> tuple[bool, bool]:
        """Waits for words of the child, or its end, or the bell.

        Returns:
            Whether there are words, and whether the bell was rung.
        """
        sources = [self._hears] if child is None else [self._hears, child.pipe]
        ready = wait(sources, timeout_s)
        return child is not None and child.pipe in ready, self._hears in ready

    def close(self) -> None:
        """Lets go of it."""
        with self._lock:
            self._rings.close()
            self._hears.close()


def lost_words(exit_code: int, *, stuck: bool) -> UserFacingError:
    """What is said of a child that has ended unasked.

    Args:
        exit_code: As ``Child.reap`` gives it.
        stuck: It was ended because it did not stop when it was asked to.
    """
    if stuck:
        message = "The model's process did not stop when it was asked to, and was ended."
    elif exit_code == -_SIGKILL:
        message = "The system ended the model's process, most likely because memory ran out."
        hint = "Close other programs or choose a smaller model, and ask again."
        return UserFacingError(message, hint, code=CRASHED)
    elif exit_code == -_SIGBUS:
        message = "The model's process ended: its file was changed, or cannot be read any more."
        hint = "Import the file again, or choose another model."
        return UserFacingError(message, hint, code=CRASHED)
    else:
        message = "The model's process crashed."
    return UserFacingError(message, _HINT, code=CRASHED)
