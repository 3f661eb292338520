"""What goes to standard output and what to standard error."""

import codecs
import contextlib
import json
import os
import re
import shutil
import sys
from collections.abc import Mapping
from typing import Any, Final, TextIO

from assistant.cli.terminal import TerminalText, shown, speakable
from assistant.domain.errors import EnvironmentProblem, UserFacingError

_OTHER_CONTROLS: Final = re.compile(r"[\x7f-\x9f]")


class Output:
    """One JSON document (or lines of a stream), or plain words, on standard output.

    A terminal is given no control characters; a file or a pipe gets the text as it is.

    Args:
        as_json: Whether a program reads it.
        out: Standard output.
        notes: Standard error, for progress and notes.
    """

    def __init__(
        self, *, as_json: bool, out: TextIO | None = None, notes: TextIO | None = None
    ) -> None:
        self.as_json = as_json
        # Both are None where the caller closed them.
        self._out: TextIO | None = out or sys.stdout
        self._notes: TextIO | None = notes or sys.stderr
        self._terminal = TerminalText() if _is_terminal(self._out) and not as_json else None

    @property
    def width(self) -> int | None:
        """Columns of the terminal; None where none is written to, and nothing need be broken."""
        if not _is_terminal(self._out):
            return None
        return shutil.get_terminal_size().columns

    def document(self, value: Mapping[str, Any], words: str) -> None:
        """The answer of a command: ``value`` for a program, ``words`` for a person."""
        if self.as_json:
            self.line(value)
        else:
            self.text(words + "\n" if words else "")

    def line(self, value: Mapping[str, Any]) -> None:
        """One JSON object on a line of its own, sent at once."""
        other = _encoding(self._out) not in ("", "utf-8")
        text = json.dumps(value, ensure_ascii=other, allow_nan=False)
        # JSON escapes the controls of ASCII alone, and a terminal may obey the others too.
        self.text(_OTHER_CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")

    def text(self, words: str) -> None:
        """Words, sent at once; to a terminal without what would steer it."""
        if self._out is None:
            return
        if self._terminal is not None:
            words = self._terminal.feed(words)
        try:
            self._out.write(speakable(words, _encoding(self._out)))
            self._out.flush()
        except BrokenPipeError:
            self._give_up()
            raise
        except OSError as error:
            self._give_up()
            raise EnvironmentProblem(
                "The answer could not be written to standard output.",
                "Check where it goes, and the space there; what was asked is kept.",
                code="output_failed",
            ) from error

    def _give_up(self) -> None:
        """Lets what nobody reads go nowhere, or the interpreter would complain at its end."""
        out, self._out = self._out, None
        with contextlib.suppress(AttributeError, OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, out.fileno() if out is not None else nowhere)
            os.close(nowhere)

    def note(self, words: str) -> None:
        """A line beside the answer, for a person only; that nobody reads it stops nothing."""
        if self._notes is not None:
            with contextlib.suppress(OSError):
                words = shown(words) if _is_terminal(self._notes) else words
                self._notes.write(speakable(words, _encoding(self._notes)) + "\n")
                self._notes.flush()

    def error(self, error: UserFacingError) -> None:
        """An error in the form that is promised to programs, or in words."""
        if self.as_json and self._out is not None:
            body = {"code": error.code, "message": error.message, "hint": error.hint}
            self.line({"error": body})
        else:
            self.note(f"{error.message} {error.hint}".strip())


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def _encoding(stream: TextIO | None) -> str:
    """Of a stream, by its usual name; empty where it takes every letter as it is."""
    name = getattr(stream, "encoding", None)
    return codecs.lookup(name).name if name else ""
