"""From a cleaned text to the signs of mathematics."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final

from assistant.tutor.maths.names import (
    CONSTANTS,
    FUNCTIONS,
    GREEK,
    GREEK_SIGNS,
    KNOWN,
    VARIANTS,
)
from assistant.tutor.maths.trouble import Unreadable

MOST: Final = 600
"""Signs that an answer may have."""
MOST_DIGITS: Final = 60
MOST_ZEROS: Final = 400
"""Largest exponent of ten in a numeral: 1E400."""


class Comma(Enum):
    """What a comma between digits is."""

    LIST = "list"
    GROUP = "group"
    """It parts thousands: 1,000,000."""
    POINT = "point"
    """It is the decimal point, and a point parts thousands: 1.000,5."""


class Kind(Enum):
    """What a token is."""

    NUMBER = "number"
    NAME = "name"
    FUNCTION = "function"
    COMMAND = "command"
    SIGN = "sign"
    OPEN = "open"
    CLOSE = "close"
    RELATION = "relation"
    BREAK = "break"
    """A comma, a semicolon, “or”, “and”, ∪: it parts one thing from the next."""  # noqa: RUF001 - the sign itself is meant


@dataclass(frozen=True, slots=True)
class Token:
    """A sign of mathematics.

    Args:
        kind: What it is.
        text: Its name, in the alphabet of the tree.
        spaced: Whether a space stands before it.
        value: Of a number.
        places: Digits after the point of a number, as in ``nodes.Number``.
    """

    kind: Kind
    text: str
    spaced: bool = False
    value: Fraction = Fraction(0)
    places: int | None = None


_NUMERAL: Final = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+(?![\d.]|[eE]))?|\d+\.(?!\d)")
_GROUPED: Final = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})(?:\.\d+)?(?![\d,])")
"""Also as in India: 12,34,567."""
_APART: Final = re.compile(r"\d{1,3}(?:(?:[ \u202f']\d{3})+)(?:\.\d+)?(?![\d/'])(?!\s*/)")
_POINTED: Final = re.compile(
    r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d.])|\d{1,3}(?:[ \u202f']\d{3})+,\d+(?![\d,])"
    r"|\d+,\d+(?![\d,])"
)
_DOTS: Final = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?![\d.])")
_REPEATED: Final = re.compile(r"(\d+)\.(\d*)(?:\\overline\s*\{(\d+)\}|\((\d+)\)(?<=\.\(\d\)))")
_GOING_ON: Final = re.compile(r"(\d+)\.(\d+)\.\.\.")
_PERIOD: Final = re.compile(r"^(\d*?)(\d{1,6}?)\2+$")
_WORD: Final = re.compile(r"[A-Za-z]+")
_COMMAND: Final = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_BREAKS: Final = {
    "or": "or", "and": "and", "union": "∪", "∪": "∪", "∩": "∩", ",": ",", ";": ";", "&": "&",  # noqa: RUF001 - the sign itself is meant
    "\\\\": "\\\\",
}  # fmt: skip
_COMMANDS: Final = frozenset({"frac", "sqrt", "binom", "overline", "begin", "end"})
_SIGNS: Final = frozenset("+-*/^!%°'_|√±∓:")
_OPEN: Final = frozenset("([{⟨⦃")
_CLOSE: Final = frozenset(")]}⟩⦄")
_RELATIONS: Final = frozenset("=<>≤≥≠≈∈")
_LONG_WORD: Final = 4
_DEEPEST: Final = 40


class _Scanner:
    """Goes over a text once.

    Args:
        text: Cleaned.
        comma: What a comma between digits is.
    """

    def __init__(self, text: str, comma: Comma) -> None:
        self._text = text
        self._comma = comma
        self._at = 0
        self._depth = 0
        self._spaced = False
        self.tokens: list[Token] = []

    def run(self) -> None:
        """Fills ``tokens``.

        Raises:
            Unreadable: There is a sign that mathematics does not have, or too many of them.
        """
        while self._at < len(self._text):
            sign = self._text[self._at]
            if sign.isspace():
                self._spaced = True
                self._at += 1
                continue
            if len(self.tokens) >= MOST:
                raise Unreadable("The answer is too long to be read.")
            self._one(sign)
            self._spaced = False

    def _one(self, sign: str) -> None:
        if sign.isdigit() or (sign == "." and self._digit_follows()):
            self._number()
        elif sign.isascii() and sign.isalpha():
            self._letters()
        elif sign == "\\":
            self._command()
        elif sign in GREEK_SIGNS:
            self._add(Kind.NAME, GREEK_SIGNS[sign])
        elif sign in "π∞ℝ∅⋯":  # noqa: RUF001 - the sign itself is meant
            self._add(Kind.NAME, CONSTANTS.get(sign, sign))
        else:
            self._sign(sign)

    def _sign(self, sign: str) -> None:
        if sign in _BREAKS:
            self._add(Kind.BREAK, _BREAKS[sign])
        elif sign in _RELATIONS:
            self._add(Kind.RELATION, sign)
        elif sign in _OPEN:
            self._depth += 1
            if self._depth > _DEEPEST:
                raise Unreadable("There are too many brackets in each other.")
            self._add(Kind.OPEN, sign)
        elif sign in _CLOSE:
            self._depth = max(self._depth - 1, 0)
            self._add(Kind.CLOSE, sign)
        elif sign in _SIGNS:
            self._add(Kind.SIGN, sign)
        elif sign in ".?" and not self._text[self._at + 1 :].strip():
            self._at += 1  # the end of a sentence
        else:
            raise Unreadable("There is a sign in the answer that mathematics does not have.")

    def _digit_follows(self) -> bool:
        return self._text[self._at + 1 : self._at + 2].isdigit()

    def _add(self, kind: Kind, text: str, length: int = 1) -> None:
        self.tokens.append(Token(kind, text, self._spaced))
        self._spaced = False
        self._at += length

    def _number(self) -> None:
        found, value, places = self._numeral()
        self.tokens.append(Token(Kind.NUMBER, found, self._spaced, value, places))
        self._at += len(found)

    def _numeral(self) -> tuple[str, Fraction, int | None]:
        found = _REPEATED.match(self._text, self._at)
        if found:
            return found[0], _repeating(found[1], found[2], found[3] or found[4]), None
        found = _GOING_ON.match(self._text, self._at)
        period = _PERIOD.match(found[2]) if found else None
        if found and period:
            return found[0], _repeating(found[1], period[1], period[2]), None
        below = bool(self.tokens) and self.tokens[-1].text == "_"
        for pattern, signs in () if below else self._patterns():  # log_10 100
            found = pattern.match(self._text, self._at)
            if found:
                return (found[0], *_value(signs(found[0])))
        found = _NUMERAL.match(self._text, self._at)
        if found is None:
            raise Unreadable("A number in the answer cannot be read.")
        return (found[0], *_value(found[0]))

    def _patterns(self) -> list[tuple[re.Pattern[str], Callable[[str], str]]]:
        """What a numeral may look like besides, each with how it becomes a plain one."""
        found: list[tuple[re.Pattern[str], Callable[[str], str]]] = [(_APART, _without_gaps)]
        if self._comma is Comma.POINT:
            return [(_POINTED, _with_point), *found]
        found.append((_DOTS, _without_dots))
        if self._comma is Comma.GROUP and not self._depth:
            found.append((_GROUPED, _without_commas))
        return found

    def _letters(self) -> None:
        found = _WORD.match(self._text, self._at)
        word = found[0] if found else ""
        if self._spaced and _is_word(word) and self.tokens and _is_word(self.tokens[-1].text):
            raise Unreadable("These are words rather than mathematics.")
        if word.lower() in _BREAKS:
            self._add(Kind.BREAK, _BREAKS[word.lower()], len(word))
        elif word.lower() in FUNCTIONS or word in CONSTANTS:
            self._named(word.lower())
        else:
            for part in _parts(word):
                self._named(part)

    def _named(self, name: str) -> None:
        if name in CONSTANTS:
            self._add(Kind.NAME, CONSTANTS[name], len(name))
        elif name in FUNCTIONS:
            self._add(Kind.FUNCTION, name, len(name))
        else:
            self._add(Kind.NAME, VARIANTS.get(name, name), len(name))

    def _command(self) -> None:
        found = _COMMAND.match(self._text, self._at)
        name = found[1] if found else ""
        length = len(name) + 1
        if name == "\\":
            self._add(Kind.BREAK, "\\\\", length)
        elif name in _COMMANDS:
            self._add(Kind.COMMAND, name, length)
        elif name in FUNCTIONS:
            self._add(Kind.FUNCTION, name, length)
        elif name in CONSTANTS or name in GREEK:
            self._add(Kind.NAME, CONSTANTS.get(name, VARIANTS.get(name, name)), length)
        elif name.startswith("frac"):
            self._add(Kind.COMMAND, "frac", len("\\frac"))
        else:
            raise Unreadable("There is a command in the answer that is not known here.")


def tokens_of(text: str, comma: Comma = Comma.LIST) -> tuple[Token, ...]:
    """The signs of a cleaned text, from left to right.

    Raises:
        Unreadable: A sign is not one of mathematics, or there are too many.
    """
    scanner = _Scanner(text, comma)
    scanner.run()
    return tuple(scanner.tokens)


def _without_gaps(numeral: str) -> str:
    return re.sub("[ \u202f']", "", numeral)


def _without_dots(numeral: str) -> str:
    return numeral.replace(".", "")


def _without_commas(numeral: str) -> str:
    return numeral.replace(",", "")


def _with_point(numeral: str) -> str:
    return _without_gaps(numeral).replace(".", "").replace(",", ".")


def _is_word(text: str) -> bool:
    """Whether letters are a word of prose and no name of mathematics."""
    return (
        len(text) >= _LONG_WORD and text.isalpha() and text not in KNOWN and _parts(text) == [text]
    )


def _parts(word: str) -> list[str]:
    """A run of letters as names: xsin is x and sin, xy is x and y, speed is one name."""
    parts: list[str] = []
    at = 0
    known = 0
    while at < len(word):
        name = next((each for each in KNOWN if word.startswith(each, at)), word[at])
        known += len(name) > 1
        parts.append(name)
        at += len(name)
    singles = sum(len(part) == 1 for part in parts)
    if len(parts) > 1 and len(word) >= _LONG_WORD and (not known or singles >= _LONG_WORD):
        return [word]
    return parts


def _value(numeral: str) -> tuple[Fraction, int | None]:
    """The value of a plain numeral, and its digits after the point where it is a decimal."""
    mantissa, _, exponent = numeral.lower().partition("e")
    if len(mantissa) > MOST_DIGITS or len(exponent) > len(str(MOST_ZEROS)) + 1:
        raise Unreadable("A number in the answer has too many digits.")
    power = int(exponent or "0")
    if abs(power) > MOST_ZEROS:
        raise Unreadable("A number in the answer is too large or too small.")
    whole, point, rest = mantissa.partition(".")
    value = Fraction(int((whole + rest) or "0"), 10 ** len(rest)) * Fraction(10) ** power
    return value, (len(rest) - power) if (point and rest) or exponent else None


def _repeating(whole: str, first: str, period: str) -> Fraction:
    if len(whole) + len(first) + len(period) > MOST_DIGITS:
        raise Unreadable("A number in the answer has too many digits.")
    start = Fraction(int(whole + first), 10 ** len(first))
    return start + Fraction(int(period), (10 ** len(period) - 1) * 10 ** len(first))
