"""Text that a terminal may show: what would steer the terminal is taken out."""

import re
import unicodedata
from typing import Final

_LONGEST_HELD: Final = 4096
"""More than this is held back for no sequence: a terminal would not wait for its end either."""

# ECMA-48: control sequences, control strings (ended by a bell or ST; here also by the line),
# other escape sequences, and single control characters but tab and line feed.
_CONTROL: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
_UNFINISHED: Final = re.compile(
    r"(?:(?:\x1b\[|\x9b)[0-?]*[ -/]*"
    r"|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*\x1b?"
    r"|\x1b[ -/]*)\Z"
)


_PLAIN: Final = str.maketrans(
    {0x201C: '"', 0x201D: '"', 0x201E: '"', 0x2018: "'", 0x2019: "'"}
    | {0x2026: "...", 0x2013: "-", 0x2014: "-", 0x00B7: "-"}
)


class TerminalText:
    """Takes control characters and escape sequences out of a text that comes in pieces.

    A model, a title or an imported chat could otherwise move the cursor over what stands there,
    rename the window or write to the clipboard of whoever reads it.
    """

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> str:
        """The part of the text so far that can be shown now; an unfinished sequence waits."""
        text = self._held + piece
        unfinished = _UNFINISHED.search(text)
        self._held = ""
        if unfinished is not None and len(text) - unfinished.start() <= _LONGEST_HELD:
            text, self._held = text[: unfinished.start()], text[unfinished.start() :]
        return _CONTROL.sub("", text)


def shown(text: str) -> str:
    """A whole text as a terminal may show it."""
    return _CONTROL.sub("", text)


def speakable(text: str, encoding: str) -> str:
    """A text in letters that an encoding has: quotation marks made plain, accents left away.

    Args:
        text: Any.
        encoding: Of the stream; empty for one that takes every letter.
    """
    try:
        text.encode(encoding or "utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return "".join(_near(letter, encoding) for letter in text)
    return text


def _near(letter: str, encoding: str) -> str:
    for close in (letter, letter.translate(_PLAIN), unicodedata.normalize("NFKD", letter)[0]):
        try:
            close.encode(encoding)
        except UnicodeEncodeError:
            continue
        return close
    return "?"
