"""One window a profile, also of two that are started in the same moment."""

from pathlib import Path

from assistant.domain.errors import EnvironmentProblem
from assistant.store.instance import AlreadyRunning, InstanceLock


class WindowLock:
    """Held by the window of a profile until it ends, in whatever way.

    Args:
        path: The lock file; its folder is made.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = InstanceLock(path)

    def take(self) -> bool:
        """Tells whether this is the only window.

        Also True where the disk takes no lock: the vault has one of its own.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock.acquire()
        except AlreadyRunning:
            return False
        except (OSError, EnvironmentProblem):
            return True
        return True

    def release(self) -> None:
        """Lets another window be opened; again changes nothing."""
        self._lock.release()
