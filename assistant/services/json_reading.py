"""JSON as models write it: in fences, among prose, cut short, or in the manner of Python.

Strict JSON is read by Python's own reader. What is read here is taken only where nothing is
guessed: commas too many, other quotation marks, bare names of properties, comments, and the
words of Python for true, false and null. What is missing stays missing.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

_FENCE: Final = re.compile(r"```[\w-]*[ \t]*\n(.*?)(?:```|\Z)", re.DOTALL)
_BLANK: Final = re.compile(r"(?:\s+|//[^\n]*|#[^\n]*|/\*.*?\*/)+", re.DOTALL)
_NAME: Final = re.compile(r"[A-Za-z_$][\w$-]*")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_PIECE: Final = re.compile(
    r'"(?:[^"\\]|\\.)*"|(?P<cut>"(?:[^"\\]|\\.)*\\?\Z)|[{}\[\],:]|(?P<word>[^\s{}\[\],:"]+)',
    re.DOTALL,
)
_HALF_ESCAPE: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:u[0-9a-fA-F]{0,3})?\Z")
_QUOTES: Final = {'"': '"', "'": "'", "“": "”"}
_WORDS: Final = {
    "true": True,
    "True": True,
    "false": False,
    "False": False,
    "null": None,
    "None": None,
}
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_MOST_STARTS = 32
_MOST_DEEP = 100


def candidates(text: str) -> Iterator[Any]:
    """Every value that the text may mean, the likeliest first."""
    try:
        whole: Any = json.loads(text)
    except (ValueError, RecursionError):
        pass
    else:
        yield whole
    for part in [found[1] for found in _FENCE.finditer(text)] + [text]:
        at, starts = 0, 0
        while (start := _next_start(part, at)) >= 0 and starts < _MOST_STARTS:
            starts += 1
            reader = _Reader(part, start)
            try:
                yield reader.value()
            except ValueError:
                at = start + 1
            else:
                at = reader.at


def _next_start(text: str, at: int) -> int:
    places = [place for place in (text.find("{", at), text.find("[", at)) if place >= 0]
    return min(places, default=-1)


class _Reader:
    """Reads one value from a place on."""

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = at
        self._deep = 0

    def value(self) -> Any:  # noqa: ANN401 - JSON
        self._skip()
        char = self.text[self.at : self.at + 1]
        if char in ("{", "["):
            self._deep += 1
            if self._deep > _MOST_DEEP:
                raise ValueError("it is nested too deep")
            read = self._object() if char == "{" else self._array()
            self._deep -= 1
            return read
        if char and char in _QUOTES:
            return self._string()
        number = _NUMBER.match(self.text, self.at)
        if number is not None:
            self.at = number.end()
            return json.loads(number[0])
        name = _NAME.match(self.text, self.at)
        if name is None or name[0] not in _WORDS:
            raise ValueError("there is no value")
        self.at = name.end()
        return _WORDS[name[0]]

    def _skip(self) -> None:
        blank = _BLANK.match(self.text, self.at)
        if blank is not None:
            self.at = blank.end()

    def _take(self, wanted: str) -> bool:
        self._skip()
        if self.text.startswith(wanted, self.at):
            self.at += 1
            return True
        return False

    def _object(self) -> dict[str, Any]:
        self.at += 1
        read: dict[str, Any] = {}
        while not self._take("}"):
            name = self._name()
            if not self._take(":"):
                raise ValueError("a colon is missing")
            read[name] = self.value()
            if not self._take(",") and not self.text.startswith("}", self.at):
                raise ValueError("a comma is missing")
        return read

    def _array(self) -> list[Any]:
        self.at += 1
        read: list[Any] = []
        while not self._take("]"):
            read.append(self.value())
            if not self._take(",") and not self.text.startswith("]", self.at):
                raise ValueError("a comma is missing")
        return read

    def _name(self) -> str:
        if self.text[self.at : self.at + 1] in _QUOTES:
            return self._string()
        name = _NAME.match(self.text, self.at)
        if name is None:
            raise ValueError("a property has no name")
        self.at = name.end()
        return name[0]

    def _string(self) -> str:
        end = _QUOTES[self.text[self.at]]
        self.at += 1
        parts: list[str] = []
        while self.at < len(self.text):
            char = self.text[self.at]
            self.at += 1
            if char == end:
                return "".join(parts)
            if char == "\\":
                char = self._escaped()
            parts.append(char)
        raise ValueError("a string has no end")

    def _escaped(self) -> str:
        char = self.text[self.at : self.at + 1]
        self.at += 1
        if char != "u":
            return _ESCAPES.get(char, char)
        digits = self.text[self.at : self.at + 4]
        self.at += 4
        return chr(int(digits, 16))


def closed(text: str) -> str:
    """Strict JSON that was cut short, closed at its last sound place.

    A string is kept as far as it came; a number, a word or the name of a property that may be
    half there is left out. Empty where nothing is sound.
    """
    ends: list[str] = []
    sound, closing, before = 0, "", ""
    for piece in _PIECE.finditer(text):
        said = piece[0]
        is_name = said[0] == '"' and ends[-1:] == ["}"] and before in ("{", ",")
        if piece["cut"]:
            if is_name:
                break
            return text[: piece.start()] + _whole_characters(said) + '"' + "".join(reversed(ends))
        if said in "{[":
            ends.append("}" if said == "{" else "]")
        elif said in "}]":
            ends = ends[:-1]
        elif piece["word"] and piece.end() == len(text):
            break
        before = said
        if said not in ",:" and not is_name:
            sound, closing = piece.end(), "".join(reversed(ends))
    return text[:sound] + closing


def _whole_characters(said: str) -> str:
    """A string without its end, less an escape that is not all there."""
    return _HALF_ESCAPE.sub(r"\1", said)
