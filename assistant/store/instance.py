"""One process at a time: a lock that the operating system gives back when the process dies."""

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.domain.errors import EnvironmentProblem, UserFacingError


class AlreadyRunning(UserFacingError):  # noqa: N818 - the word the user would say
    """Another process holds the lock."""


class InstanceLock:
    """Held from ``acquire`` to ``release``, or until the process ends in whatever way.

    The file stays; only the lock on it counts, so a crash leaves nothing to clean up.

    Args:
        path: The lock file; its folder must exist.
    """

    __slots__ = ("_descriptor", "_path")

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Takes the lock without waiting.

        Raises:
            AlreadyRunning: Another process has it.
            EnvironmentProblem: The file cannot be written.
        """
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise EnvironmentProblem(
                f"The folder {self._path.parent} cannot be written to ({error.strerror}).",
                "Give yourself the right to write there, or choose another with --profile.",
                code="lock_unreachable",
            ) from error
        try:
            _lock(descriptor)
        except OSError:
            os.close(descriptor)
            raise AlreadyRunning(
                "Lamplight is already running with this profile.",
                "Use the window that is open, or start with another --profile.",
                code="already_running",
            ) from None
        self._descriptor = descriptor

    def release(self) -> None:
        """Gives the lock back; calling it again changes nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
