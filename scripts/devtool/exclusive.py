"""One setup at a time: a lock that the system lets go of when its holder dies."""

import os
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

_POLL_S = 0.2


def _try_lock(handle: int) -> bool:
    """Takes the lock if it is free."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def exclusively(lock: Path) -> Generator[None]:
    """Holds ``lock`` inside; waits for another holder, and says so."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _try_lock(handle):
            print(f"Another setup is at work here ({lock}); waiting for it ...", flush=True)
            while not _try_lock(handle):
                time.sleep(_POLL_S)
        yield
    finally:
        os.close(handle)
