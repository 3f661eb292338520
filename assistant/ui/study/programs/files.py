"""Reads a program from a file."""

import io
import tokenize
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.errors import UserFacingError

FILES = "Python (*.py *.pyw *.txt);;All files (*)"
_MOST_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class OpenedProgram:
    """What a file held.

    Args:
        name: Of the file, without its folder.
        source: Its text.
    """

    name: str
    source: str


def read_program(path: Path) -> OpenedProgram:
    """Reads a file, in whatever encoding it says that it is.

    Args:
        path: Of the file.

    Raises:
        UserFacingError: It cannot be read, is too large, or is no text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        why = (error.strerror or "it cannot be read").casefold()
        raise UserFacingError(
            f"“{path.name}” could not be opened: {why}.",
            "See whether it is still there and may be read, or paste the program.",
            code="file_not_found" if isinstance(error, FileNotFoundError) else "file_unreadable",
        ) from error
    if len(data) > _MOST_BYTES:
        raise UserFacingError(
            f"“{path.name}” is larger than {_MOST_BYTES // 1000} kB.",
            "Open a smaller program, or paste the part that you ask about.",
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
        f"“{path.name}” is no text that could be read.",
        "Open a Python program, saved as UTF-8.",
        code="not_text",
    )
