"""Notes what went wrong, where in the code, and never what the user wrote."""

import faulthandler
import re
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from assistant.services.crash_notes import CrashNotes

_FAULT_FILE = "fault.txt"
_PLACE = re.compile(r'File "([^"]*)"')
_NAMED_PARTS = 3


class CrashWatch:
    """Takes Python's last-resort hooks while the window runs.

    A fault below Python (a segmentation fault in a library) is written by ``faulthandler`` into a
    file of its own; at the next start ``collect`` makes a note of it.

    Args:
        folder: Where the notes lie.
        noticed: Called, on any thread, after an error was noted.
    """

    def __init__(self, folder: Path, noticed: Callable[[], None] | None = None) -> None:
        self.notes = CrashNotes(folder)
        self._folder = folder
        self._noticed = noticed
        self._file: IO[str] | None = None

    def start(self) -> None:
        """Takes the hooks. Nothing is written as long as nothing goes wrong."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file = (self._folder / _FAULT_FILE).open("a", encoding="utf-8")
        except OSError:
            return  # a full or read-only disk: the window comes first
        faulthandler.enable(self._file)

    def stop(self) -> None:
        """Gives the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
            path = self._folder / _FAULT_FILE
            if path.is_file() and path.stat().st_size == 0:
                path.unlink()

    def collect(self) -> None:
        """Makes a note of a fault of the run before, with shortened paths; before ``start``."""
        path = self._folder / _FAULT_FILE
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
            if text.strip():
                now = datetime.now(UTC)
                note = self._folder / f"crash-{now:%Y%m%dT%H%M%S%f}.txt"
                note.write_text(_PLACE.sub(_shortened, text), encoding="utf-8")
            path.unlink()
        except OSError:
            return  # there was none, or the disk refuses: nothing to offer

    def note(self, error: BaseException) -> None:
        """Notes an error that was caught."""
        self.notes.write(error, datetime.now(UTC))
        if self._noticed is not None:
            self._noticed()

    def diagnostics(self) -> str:
        """What was noted and what it ran on; nothing of the user's."""
        import platform

        from PySide6.QtCore import qVersion

        lines = [
            f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
            *(path.read_text(encoding="utf-8") for path in self.notes.unseen()),
        ]
        return "\n\n".join(lines)

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.note(error if error.__traceback__ is not None else error.with_traceback(trace))

    def _uncaught_in_thread(self, hooked: threading.ExceptHookArgs) -> None:
        if hooked.exc_value is not None:
            self.note(hooked.exc_value)


def _shortened(match: re.Match[str]) -> str:
    parts = re.split(r"[/\\]", match.group(1))
    return f'File "{"/".join(parts[-_NAMED_PARTS:])}"'
