"""Regular expressions, read into a tree.

As ECMA-262 has them, which JSON Schema refers to, without looking behind and without references
back. Laziness changes nothing here. Digits and letters are those of ASCII.
"""

from dataclasses import dataclass
from typing import Final

from assistant.engine.gbnf.rules import LAST_CHARACTER, Range, UnsupportedError, without

EVERY: Final[list[Range]] = [(0x00, LAST_CHARACTER)]
_SPACE: Final[tuple[Range, ...]] = (
    *((0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A)),
    *((0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)),
)
LETTERS: Final[tuple[Range, ...]] = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_CLASSES: Final[dict[str, tuple[Range, ...]]] = {
    "d": ((0x30, 0x39),),
    "w": LETTERS,
    "s": _SPACE,
}
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v"}
_CODE_DIGITS: Final = {"x": 2, "u": 4}
_MOST_DEEP = 40


@dataclass(frozen=True, slots=True)
class Characters:
    """One character.

    Args:
        ranges: Of these.
        others: Of all but these.
    """

    ranges: tuple[Range, ...]
    others: bool = False


@dataclass(frozen=True, slots=True)
class AnyCharacter:
    """One character that does not end a line."""


@dataclass(frozen=True, slots=True)
class Place:
    """Nothing, at the begin (``^``), the end (``$``), an edge of a word (``b``) or none (``B``)."""

    sign: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """Nothing, where what follows matches, or does not."""

    body: "Node"
    wanted: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    options: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same again and again; ``most`` is None where there is no end to it."""

    body: "Node"
    least: int
    most: int | None


Node = Characters | AnyCharacter | Place | Ahead | Sequence | Choice | Repeated


def read_expression(expression: str) -> Node:
    """The tree of an expression.

    Raises:
        UnsupportedError: It is broken, or has what is not known here.
    """
    reader = _Reader(expression)
    tree = reader.alternatives()
    if reader.at < len(expression):
        raise UnsupportedError("a pattern has a bracket too many")
    return tree


@dataclass(slots=True)
class _Reader:
    """Reads an expression from left to right."""

    text: str
    at: int = 0
    deep: int = 0

    def alternatives(self) -> Node:
        options = [self._sequence()]
        while self._take("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            parts.append(self._counted(self._unit()))
        return Sequence(tuple(parts))

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

    def _unit(self) -> Node:
        char = self._next()
        if char == "(":
            return self._group()
        if char == "[":
            return self._class()
        if char == ".":
            return AnyCharacter()
        return self._single(char)

    def _single(self, char: str) -> Node:
        if char in "^$":
            return Place(char)
        if char in "*+?":
            raise UnsupportedError(f"a pattern has “{char}” where it cannot be kept to")
        if char != "\\":
            return Characters(((ord(char), ord(char)),))
        edge = next((sign for sign in "bB" if self._take(sign)), "")
        return Place(edge) if edge else Characters(self._escape())

    def _group(self) -> Node:
        self.deep += 1
        if self.deep > _MOST_DEEP:
            raise UnsupportedError("a pattern is nested too deep")
        ahead = ""
        if self._take("?") and not self._take(":"):
            ahead = next((sign for sign in "=!" if self._take(sign)), "")
            if not ahead:
                self._name()
        body = self.alternatives()
        if not self._take(")"):
            raise UnsupportedError("a pattern has a bracket that is not closed")
        self.deep -= 1
        return Ahead(body, ahead == "=") if ahead else body

    def _name(self) -> None:
        """The name of a group, which nothing refers to."""
        named = self._take("P<") or self._take("<")
        if not named or self.text[self.at : self.at + 1] in ("=", "!"):
            raise UnsupportedError("a pattern looks behind, or has settings of its own")
        while self._next() != ">":
            pass

    def _counted(self, unit: Node) -> Node:
        least, most = self._counts()
        if (least, most) == (1, 1):
            return unit
        self._take("?")
        if self.at < len(self.text) and self.text[self.at] in "*+":
            raise UnsupportedError("a pattern counts what is counted already")
        return Repeated(unit, least, most)

    def _counts(self) -> tuple[int, int | None]:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._take(sign):
                return bounds
        end = self.text.find("}", self.at)
        if not self.text.startswith("{", self.at) or end < 0:
            return 1, 1
        low, comma, high = self.text[self.at + 1 : end].partition(",")
        if not _is_count(low) or (high and not _is_count(high)):
            raise UnsupportedError("a pattern counts with something else than numbers")
        self.at = end + 1
        if not comma:
            return int(low), int(low)
        if high and int(high) < int(low):
            raise UnsupportedError("a lower bound lies above its upper bound")
        return int(low), int(high) if high else None

    def _class(self) -> Node:
        others = self._take("^")
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
                low = ((low[0][0], high[0][0]),)
            ranges += low
        self.at += 1
        return Characters(tuple(ranges), others)

    def _class_item(self) -> tuple[Range, ...]:
        char = self._next()
        if char == "\\":
            return ((0x08, 0x08),) if self._take("b") else self._escape()
        return ((ord(char), ord(char)),)

    def _escape(self) -> tuple[Range, ...]:
        char = self._next()
        if char.lower() in _CLASSES:
            ranges = _CLASSES[char.lower()]
            return ranges if char.islower() else tuple(without(EVERY, ranges))
        if char in _CODE_DIGITS:
            digits = self.text[self.at : self.at + _CODE_DIGITS[char]]
            self.at += _CODE_DIGITS[char]
            try:
                code = int(digits, 16)
            except ValueError as error:
                raise UnsupportedError("a pattern has a code point without digits") from error
            return ((code, code),)
        if char in _ESCAPES:
            return ((ord(_ESCAPES[char]), ord(_ESCAPES[char])),)
        if char.isalnum():
            raise UnsupportedError(f"a pattern has “\\{char}”")
        return ((ord(char), ord(char)),)


def _is_count(digits: str) -> bool:
    return digits.isascii() and digits.isdecimal() and len(digits) <= 5  # noqa: PLR2004 - no one counts further
