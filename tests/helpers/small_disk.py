"""A small disk of its own for a test: a file system in memory, in a namespace that ends with it."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from types import TracebackType
from typing import Self

_MOUNT = 'mount -t tmpfs -o size="$2" none "$1" && echo ready && cat'
_BLOCK_BYTES = 1 << 16


def can_be_made() -> bool:
    """Whether this system lets a test make one; only Linux does, and not everywhere."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    probe = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs none "$0"', os.curdir]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


class SmallDisk:
    """Seen from here at ``folder``, and by programs that are started with ``inside`` as well.

    Args:
        at: An empty folder, over which it lies for those programs.
        size: As ``mount`` takes it, such as ``80m``.
    """

    def __init__(self, at: Path, size: str) -> None:
        self._at = at
        self._keeper = subprocess.Popen(
            ["unshare", "-rm", "sh", "-c", _MOUNT, "-", str(at), size],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._keeper.stdout is not None
        assert self._keeper.stdout.readline() == "ready\n"
        self.folder = Path("/proc", str(self._keeper.pid), "root", at.relative_to("/"))

    def inside(self, command: list[str]) -> list[str]:
        """The command that runs another where the disk is mounted."""
        return ["nsenter", "-t", str(self._keeper.pid), "-U", "-m", "--preserve", *command]

    def fill(self) -> None:
        """Leaves not one byte free."""
        size = _BLOCK_BYTES
        with (self.folder / "filling").open("ab", buffering=0) as stream:
            while size:
                try:
                    stream.write(bytes(size))
                except OSError:
                    size //= 2

    def clear(self) -> None:
        """Takes back what ``fill`` wrote."""
        (self.folder / "filling").unlink(missing_ok=True)

    def make_read_only(self) -> None:
        """As a disk with errors becomes; until its end."""
        remount = ["mount", "-o", "remount,ro", str(self._at)]
        subprocess.run(self.inside(remount), check=True)

    @contextlib.contextmanager
    def full(self, *, but_for: int = 0) -> Generator[None]:
        """Full inside of the block, but for so many bytes."""
        spared = self.folder / "spared"
        spared.write_bytes(bytes(but_for))
        self.fill()
        spared.unlink()
        try:
            yield
        finally:
            self.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._keeper.communicate(timeout=60)
