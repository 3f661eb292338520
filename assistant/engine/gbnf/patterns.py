"""Regular expressions as grammars, inside a string of JSON.

What a grammar cannot say is refused: looking ahead or behind, references back, word boundaries.
Laziness changes nothing here. A class that is negated leaves out what JSON would have to escape.
"""

from dataclasses import dataclass, field
from typing import Final

from assistant.engine.gbnf.rules import (
    LAST_CHARACTER,
    Range,
    UnsupportedError,
    choice,
    literal,
    one_of,
    repeated,
    without,
)

_DIGIT: Final[list[Range]] = [(0x30, 0x39)]
_LETTER: Final[list[Range]] = [(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)]
_SPACE: Final[list[Range]] = [(0x09, 0x0A), (0x0D, 0x0D), (0x20, 0x20)]
_ALL: Final[list[Range]] = [(0x20, LAST_CHARACTER)]
_CONTROL: Final[list[Range]] = [(0x00, 0x1F), (0x7F, 0x7F)]
_CLASSES: Final = {"d": _DIGIT, "w": _LETTER, "s": _SPACE}
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "f": "\f"}
_IN_JSON: Final = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\f": "\\f",
}
_MOST_DEEP = 40
_CODE_DIGITS: Final = {"x": 2, "u": 4}


def pattern(expression: str) -> str:
    """A string of JSON that matches; as in JSON Schema, anywhere unless ``^`` and ``$`` say so.

    Raises:
        UnsupportedError: The expression is broken, or cannot be said as a grammar.
    """
    reader = _Reader(expression)
    body = reader.alternatives(top=True)
    if reader.at < len(expression):
        raise UnsupportedError("a pattern has a bracket too many")
    quote = literal('"')
    return f"{quote} {body} {quote}"


@dataclass(slots=True)
class _Reader:
    """Reads an expression from left to right."""

    text: str
    at: int = 0
    deep: int = field(default=0)

    def alternatives(self, *, top: bool = False) -> str:
        options = [self._sequence(top=top)]
        while self._take("|"):
            options.append(self._sequence(top=top))
        filled = [option for option in options if option]
        body = choice(filled) if filled else ""
        if len(filled) < len(options):
            return f"({body})?" if body else ""
        return body

    def _sequence(self, *, top: bool) -> str:
        anywhere = f"{one_of(without(_ALL, [(0x22, 0x22), (0x5C, 0x5C), (0x7F, 0x7F)]))}*"
        parts = [] if not top or self._take("^") else [anywhere]
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            if top and self.text[self.at] == "$" and self._ends_after(1):
                self.at += 1
                return " ".join(part for part in parts if part)
            unit = self._unit()
            parts.append(self._counted(unit))
        if top:
            parts.append(anywhere)
        return " ".join(part for part in parts if part)

    def _ends_after(self, count: int) -> bool:
        return self.text[self.at + count : self.at + count + 1] in ("", "|")

    def _take(self, wanted: str) -> bool:
        if self.text.startswith(wanted, self.at):
            self.at += len(wanted)
            return True
        return False

    def _next(self) -> str:
        if self.at >= len(self.text):
            raise UnsupportedError("a pattern ends too early")
        self.at += 1
        return self.text[self.at - 1]

    def _unit(self) -> str:
        char = self._next()
        if char == "(":
            return self._group()
        if char == "[":
            return self._class()
        if char == ".":
            return _of(without(_ALL, [(0x7F, 0x7F)]))
        if char in "*+?^$":
            raise UnsupportedError(f"a pattern has “{char}” where it cannot be kept to")
        if char != "\\":
            return _of([(ord(char), ord(char))])
        return _of(self._escape())

    def _group(self) -> str:
        self.deep += 1
        if self.deep > _MOST_DEEP:
            raise UnsupportedError("a pattern is nested too deep")
        if self._take("?") and not self._take(":"):
            if not (self._take("P<") or self._take("<")) or self.text[self.at] in "=!":
                raise UnsupportedError("a pattern looks ahead or behind")
            while self._next() != ">":
                pass
        body = self.alternatives()
        if not self._take(")"):
            raise UnsupportedError("a pattern has a bracket that is not closed")
        self.deep -= 1
        return f"({body})" if body else ""

    def _counted(self, unit: str) -> str:
        least, most = self._counts()
        self._take("?")
        if self.at < len(self.text) and self.text[self.at] in "*+":
            raise UnsupportedError("a pattern counts what is counted already")
        if (least, most) == (1, 1) or not unit:
            return unit
        whole = unit if unit[0] == "[" or (unit[0] == "(" and unit[-1] == ")") else f"({unit})"
        return repeated(whole, least, most)

    def _counts(self) -> tuple[int, int | None]:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._take(sign):
                return bounds
        end = self.text.find("}", self.at)
        if not self.text.startswith("{", self.at) or end < 0:
            return 1, 1
        low, comma, high = self.text[self.at + 1 : end].partition(",")
        if not low.isdecimal() or (high and not high.isdecimal()):
            raise UnsupportedError("a pattern counts with something else than numbers")
        self.at = end + 1
        if not comma:
            return int(low), int(low)
        return int(low), int(high) if high else None

    def _class(self) -> str:
        negated = self._take("^")
        ranges: list[Range] = []
        first = True
        while first or self.text[self.at : self.at + 1] != "]":
            first = False
            low = self._class_item()
            # A dash between two single characters makes a range; elsewhere it is itself.
            dash = self.text.startswith("-", self.at) and not self.text.startswith("-]", self.at)
            if dash and len(low) == 1 and low[0][0] == low[0][1]:
                self.at += 1
                high = self._class_item()
                if len(high) != 1 or high[0][0] != high[0][1] or high[0][0] < low[0][0]:
                    raise UnsupportedError("a pattern has a range that runs backwards")
                low = [(low[0][0], high[0][0])]
            ranges += low
        self.at += 1
        if negated:
            return _of(without(_ALL, [*ranges, *_CONTROL, (0x22, 0x22), (0x5C, 0x5C)]))
        return _of(ranges)

    def _class_item(self) -> list[Range]:
        char = self._next()
        if char == "\\":
            return self._escape()
        return [(ord(char), ord(char))]

    def _escape(self) -> list[Range]:
        char = self._next()
        if char.lower() in _CLASSES:
            ranges = _CLASSES[char.lower()]
            return ranges if char.islower() else without(_ALL, [*ranges, *_CONTROL])
        if char in _CODE_DIGITS:
            digits = self.text[self.at : self.at + _CODE_DIGITS[char]]
            self.at += _CODE_DIGITS[char]
            try:
                code = int(digits, 16)
            except ValueError as error:
                raise UnsupportedError("a pattern has a code point without digits") from error
            return [(code, code)]
        if char in _ESCAPES:
            return [(ord(_ESCAPES[char]), ord(_ESCAPES[char]))]
        if char.isalnum():
            raise UnsupportedError(f"a pattern has “\\{char}”")
        return [(ord(char), ord(char))]


def _of(ranges: list[Range]) -> str:
    """One character of these, as JSON writes it."""
    plain = without(ranges, [*_CONTROL, (0x22, 0x22), (0x5C, 0x5C)])
    options = [one_of(plain)] if plain else []
    options += [
        literal(written)
        for char, written in _IN_JSON.items()
        if any(low <= ord(char) <= high for low, high in ranges)
    ]
    if not options:
        raise UnsupportedError("a pattern wants a character that JSON text does not have")
    return options[0] if len(options) == 1 and plain else f"({' | '.join(options)})"
