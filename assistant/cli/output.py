"""What goes to standard output and what to standard error."""

import json
import sys
from collections.abc import Mapping
from typing import Any, TextIO

from assistant.domain.errors import UserFacingError


class Output:
    """One JSON document (or lines of a stream), or plain words, on standard output.

    Args:
        as_json: Whether a program reads it.
        out: Standard output.
        notes: Standard error, for progress and notes.
    """

    def __init__(
        self, *, as_json: bool, out: TextIO | None = None, notes: TextIO | None = None
    ) -> None:
        self.as_json = as_json
        self._out = out or sys.stdout
        self._notes = notes or sys.stderr

    def document(self, value: Mapping[str, Any], words: str) -> None:
        """The answer of a command: ``value`` for a program, ``words`` for a person."""
        if self.as_json:
            self.line(value)
        else:
            self.text(words + "\n" if words else "")

    def line(self, value: Mapping[str, Any]) -> None:
        """One JSON object on a line of its own, sent at once."""
        self.text(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n")

    def text(self, words: str) -> None:
        """Words as they are, sent at once."""
        self._out.write(words)
        self._out.flush()

    def note(self, words: str) -> None:
        """A line beside the answer, for a person only."""
        self._notes.write(words + "\n")
        self._notes.flush()

    def error(self, error: UserFacingError) -> None:
        """An error in the form that is promised to programs, or in words."""
        if self.as_json:
            body = {"code": error.code, "message": error.message, "hint": error.hint}
            self.line({"error": body})
        else:
            self.note(f"{error.message} {error.hint}".strip())
