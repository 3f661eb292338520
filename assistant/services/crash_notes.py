"""Notes on what went wrong: where in the code, never what the user wrote."""

import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant import __version__

_KEPT = 20


@dataclass(frozen=True, slots=True)
class CrashNotes:
    """The notes of one profile.

    Args:
        folder: Where they lie, one file each.
    """

    folder: Path

    def write(self, error: BaseException, when: datetime) -> Path | None:
        """Notes the types and places of an error and its causes; None if it cannot be written.

        The words of an exception may hold what the user wrote, so they are left out.
        """
        lines = [f"Lamplight {__version__}, {when.isoformat(timespec='seconds')}"]
        cause: BaseException | None = error
        while cause is not None:
            lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
            lines += [
                f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(cause.__traceback__)
            ]
            cause = cause.__cause__ or cause.__context__
        path = self.folder / f"crash-{when:%Y%m%dT%H%M%S%f}.txt"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            for old in sorted(self.folder.glob("crash-*.txt"))[:-_KEPT]:
                old.unlink()
        except OSError:
            return None
        return path

    def unseen(self) -> list[Path]:
        """Notes that the user has not been told of, oldest first."""
        return sorted(self.folder.glob("crash-*.txt"))

    def mark_seen(self) -> None:
        """Keeps the notes but does not offer them again."""
        for path in self.unseen():
            path.rename(path.with_name("seen-" + path.name))


def _short(filename: str) -> str:
    """The last three parts of a path, which name no user."""
    return "/".join(Path(filename).parts[-3:])
