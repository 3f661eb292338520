"""Reads a program from a file, for the window and the command line alike."""

import io
import tokenize
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.errors import UserFacingError

USUAL_BYTES = 200_000
"""More than what a learner writes, less than what would hold up a page."""
MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class OpenedProgram:
    """What a file held.

    Args:
        name: Of the file, without its folder.
        source: Its text.
    """

    name: str
    source: str


def read_program(path: Path, most_bytes: int = MOST_BYTES) -> OpenedProgram:
    """Reads a file, in whatever encoding it says that it is.

    Args:
        path: Of the file.
        most_bytes: A larger one is refused; it is read with a bound, as a device never ends.

    Raises:
        UserFacingError: It cannot be read, is too large, or is no text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most_bytes + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise UserFacingError(
            f"“{path.name}” cannot be read: {(reason or 'it is no name of a file').casefold()}.",
            "See whether it is still there and may be read.",
            code="file_not_found" if isinstance(error, FileNotFoundError) else "file_unreadable",
        ) from error
    if len(data) > most_bytes:
        raise UserFacingError(
            f"“{path.name}” is larger than {most_bytes // 1000} kB.",
            "Take a file with the program alone, or the part that you ask about.",
            code="too_large",
        )
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding)
    except (UnicodeDecodeError, SyntaxError, LookupError) as error:
        raise _no_text(path) from error
    if "\0" in text:
        raise _no_text(path)
    return OpenedProgram(path.name, text.replace("\r\n", "\n").replace("\r", "\n"))


def _no_text(path: Path) -> UserFacingError:
    return UserFacingError(
        f"“{path.name}” is not text in UTF-8, nor in an encoding that it names.",
        "Save it in your editor as UTF-8, and try it again.",
        code="not_text",
    )
