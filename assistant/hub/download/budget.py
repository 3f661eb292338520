"""How much of the disk downloads may take."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

from assistant.domain.errors import EnvironmentProblem
from assistant.domain.sizes import size_words

SPARE_BYTES = 256 << 20
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class DiskBudget:
    """What is free, and what the user allows models to take.

    Args:
        folder: On the disk that is written to.
        taken: Bytes of all models and downloads as they lie there now.
        limit: What those may take together; 0 for no limit.
        promised: Bytes that other downloads are still going to write.
        spare_bytes: Left free for the rest of the machine.
        free_up: Frees what is only kept for a while; called where there is too little room.
    """

    def __init__(
        self,
        folder: Path,
        *,
        taken: Callable[[], int] = lambda: 0,
        limit: Callable[[], int] = lambda: 0,
        promised: Callable[[], int] = lambda: 0,
        spare_bytes: int = SPARE_BYTES,
        free_up: Callable[[], None] = lambda: None,
    ) -> None:
        self._folder = folder
        self._taken = taken
        self._limit = limit
        self._promised = promised
        self._spare_bytes = spare_bytes
        self._free_up = free_up

    def assert_room(self, more_bytes: int) -> None:
        """Makes sure before the first byte that all of them will find room.

        Raises:
            EnvironmentProblem: ``disk_full`` or ``storage_limit``.
        """
        needed = more_bytes + self._promised()
        free = shutil.disk_usage(self._folder).free - self._spare_bytes
        if needed > free:
            self._free_up()
            free = shutil.disk_usage(self._folder).free - self._spare_bytes
        if needed > free:
            raise EnvironmentProblem(
                f"{size_words(needed)} are still to come and the disk has room for "
                f"{size_words(free)}.",
                f"Free {size_words(needed - free)}, then try again; what is here already is kept.",
                code="disk_full",
            )
        limit = self._limit()
        over = self._taken() + needed - limit if limit else 0
        if over > 0:
            raise EnvironmentProblem(
                f"With this model, models take {size_words(over)} more than the "
                f"{size_words(limit)} allowed.",
                "Remove a model, or allow more under Settings, Models; then try again.",
                code="storage_limit",
            )

    def assert_still(self) -> None:
        """Makes sure in between that the disk has not been filled by something else.

        Raises:
            EnvironmentProblem: ``disk_full``.
        """
        if shutil.disk_usage(self._folder).free < self._spare_bytes // 2:
            raise full()


def full() -> EnvironmentProblem:
    """The disk is full in the midst of a download."""
    return EnvironmentProblem(
        "The disk is full.",
        "Free some space, then try again; what is here already is kept.",
        code="disk_full",
    )


def disk_trouble(error: OSError) -> EnvironmentProblem:
    """What an error of the disk means."""
    if error.errno in _FULL:
        return full()
    return EnvironmentProblem(
        "The download cannot be written to the disk.",
        "Check that the disk is connected and that you may write to the folder, then try again.",
        code="download_not_written",
    )


def not_admitted(cause: BaseException | None) -> EnvironmentProblem:
    """The model is whole and checked, and the disk does not let it into the store."""
    if isinstance(cause, OSError) and cause.errno in _FULL:
        return EnvironmentProblem(
            "The model is here and checked, but the disk is too full to finish.",
            "Free some space, then try again; nothing is downloaded again.",
            code="disk_full",
        )
    return EnvironmentProblem(
        "The model is here and checked, but the disk does not let it be put among the models.",
        "Check that the disk is connected and that you may write to the folder, then try "
        "again; nothing is downloaded again.",
        code="download_not_written",
    )
