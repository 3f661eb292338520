"""A sentence with sums in it, cut into numbers, signs, unknowns and words."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from assistant.domain.number_words import ONES, TENS
from assistant.tutor.steps.formula import MOST_DIGITS, Number

MOST_CHARACTERS = 2_000
"""Of one step or text; what is longer is read up to here."""


class Sort(StrEnum):
    """What a token is."""

    NUMBER = "number"
    SIGN = "sign"
    """One of + - * /."""
    EQUALS = "equals"
    OPEN = "open"
    CLOSE = "close"
    NAME = "name"
    WORD = "word"
    STOP = "stop"
    """A comma, a full stop, a colon, a line: no sum goes over it."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence."""

    sort: Sort
    text: str
    start: int
    end: int
    number: Number | None = None
    spelled: bool = False
    """A number given as a word: "three", "half"."""
    money: bool = False
    strange: bool = False
    """Signs that are not read here were passed over right before it."""


_SPELLED: dict[str, Fraction] = (
    {word: Fraction(value) for value, word in enumerate(ONES)}
    | {word: Fraction(20 + 10 * place) for place, word in enumerate(TENS)}
    | {
        "hundred": Fraction(100),
        "thousand": Fraction(1000),
        "dozen": Fraction(12),
        "half": Fraction(1, 2),
        "halves": Fraction(1, 2),
        "third": Fraction(1, 3),
        "quarter": Fraction(1, 4),
        "fourth": Fraction(1, 4),
        "fifth": Fraction(1, 5),
        "sixth": Fraction(1, 6),
        "eighth": Fraction(1, 8),
        "tenth": Fraction(1, 10),
        "twice": Fraction(2),
        "double": Fraction(2),
        "doubled": Fraction(2),
        "triple": Fraction(3),
        "tripled": Fraction(3),
        "thrice": Fraction(3),
        "couple": Fraction(2),
        "pair": Fraction(2),
    }
)
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4,
    "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7,
    "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
_GLYPHS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅕": "1/5", "⅛": "1/8"}
_OPERAND = re.compile(
    rf"\s*(?:[-$\u20ac\u00a3(\[]|\d|\.\d|[a-z](?![\w'\u2019])|half|hundred"
    rf"|(?:{'|'.join((*ONES, *TENS))})(?![a-z])|(?:a|an|one)\s+(?:half|third|quarter|dozen))",
    re.IGNORECASE,
)
"""What a sign in words stands before: times 3; "3 times the number" is no sum."""
_SIGN_WORDS = {
    "plus": "+", "minus": "-", "times": "*", "multiplied by": "*", "divided by": "/",
    "equals": "=", "equal to": "=",
}  # fmt: skip
_TOKEN = re.compile(
    r"""(?P<mixed>\d{1,4}[ ]\d{1,3}/\d{1,3}(?![\d/.]))
    |(?P<fraction>(?<![\d./])\d{1,4}/\d{1,4}(?![\d/.,]))
    |(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)
    |(?P<signword>\b(?:plus|minus|times|multiplied[ ]by|divided[ ]by|equals|equal[ ]to)\b)
    |(?P<power>\^|\*\*|(?<=[\d)\]])[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+)
    |(?P<word>[^\W\d_]+(?:['\u2019-][^\W\d_]+)*)
    |(?P<sign>[-+*/\u00d7÷·\u2212\u2013:=≈()\[\]])
    |(?P<percent>%)
    |(?P<money>[$£€])
    |(?P<stop>[.,;?!\n])""",
    re.VERBOSE | re.IGNORECASE,
)
_RAISED = str.maketrans(
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789"
)
_MARKUP = {
    "\\times": "\u00d7", "\\cdot": "·", "\\div": "÷", "\\(": " ", "\\)": " ", "\\[": " ",
    "\\]": " ", "\\$": "$", "\\%": "%",
}  # fmt: skip
_ARROW = re.compile(r"<?[-=\u2013]{1,2}>|[\u2192\u21d2\u27f6\u27f9\u21d4\u21a6]")
_SPEED = re.compile(
    r"(?<=\d)(\s?(?:km|cm|mm|m|kg|g|l|ml|mi))/(?=(?:h|s|min|m|l|kg|g|km|d)(?![\w(^]))"
)
"""A unit by another is one unit: 90 km/h."""
_QUOTIENT = re.compile(r"(\d)?\s*\\[dtc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_NESTED = 3
_HARMLESS = re.compile(r"[\s'\"`\u2018\u2019\u201c\u201d_#@&\u2022\u25cf\u2192\u21d2\u2026>]*")
"""What may stand between two tokens without changing what they mean."""
_CURRENCIES = {"$": "dollar", "€": "euro", "£": "quid"}
_AMOUNT = re.compile(r"\s*\d")
_SIGNS = {"\u00d7": "*", "·": "*", "÷": "/", "\u2212": "-", "\u2013": "-"}


def tokens_of(text: str, *, fractions: bool = False) -> tuple[Token, ...]:
    """Cuts a text; what is none of the sorts is left out.

    Args:
        text: The step.
        fractions: Whether "3/4" is one number, as where it is divided by another: 3/4 ÷ 2/5.
    """
    text = _ARROW.sub(lambda found: ";".ljust(len(found.group())), text[:MOST_CHARACTERS])
    text = _SPEED.sub(r"\1p", text)
    for glyph, plain in _GLYPHS.items():
        text = text.replace(glyph, f" {plain} ")
    if "\\" in text:
        for _ in range(_NESTED):
            text = _QUOTIENT.sub(_quotient, text)
        for markup, plain in _MARKUP.items():
            text = text.replace(markup, plain)
    found: list[Token] = []
    at, place = 0, 0
    while (match := _TOKEN.search(text, place)) is not None:
        strange = _HARMLESS.fullmatch(text, at, match.start()) is None
        count = len(found)
        place = at = _take(match, found, fractions=fractions)
        if strange and len(found) > count:
            found[count] = replace(found[count], strange=True)
    return tuple(_fractions_in_words(found))


def _quotient(found: re.Match[str]) -> str:
    """A fraction of LaTeX's, as it is typed on one line."""
    whole, over, under = found.groups()
    if not (over.strip().isdecimal() and under.strip().isdecimal()):
        return f"{whole or ''} (({over})/({under}))"
    plain = f"{over.strip()}/{under.strip()}"
    return f"{whole} {plain}" if whole else f" ({plain})"


def _take(match: re.Match[str], found: list[Token], *, fractions: bool) -> int:
    """Appends what was matched; where to go on reading."""
    kind, text = match.lastgroup or "", match.group()
    start, end = match.span()
    if kind == "fraction" and not fractions:
        text, kind = text.partition("/")[0], "number"
        end = start + len(text)
    if kind == "percent":
        _make_percent(found, end)
    elif kind == "power":
        _raise(text, start, end, found)
    elif kind == "money":
        behind = found and found[-1].number is not None and not _AMOUNT.match(match.string, end)
        unit = Token(Sort.WORD, _CURRENCIES[text], start, end)
        found.append(unit if behind else Token(Sort.STOP, "$", start, end))
    elif kind in ("mixed", "number", "fraction"):
        found.append(_number(text, start, end, found))
    elif kind == "signword":
        joins = _OPERAND.match(match.string, end) is not None
        found.extend(
            [_sign(_SIGN_WORDS[text.lower()], start, end)] if joins else _words(text, start)
        )
    elif kind == "sign":
        found.append(_sign(_SIGNS.get(text, text), start, end))
    elif kind == "word":
        found.extend(_words(text, start))
    else:
        found.append(Token(Sort.STOP, text, start, end))
    return end


def _raise(text: str, start: int, end: int, found: list[Token]) -> None:
    """A power sign, with its exponent where that is a raised digit."""
    found.append(Token(Sort.SIGN, "^", start, end))
    if text not in ("^", "**"):
        value = text.translate(_RAISED)
        if len(value) <= MOST_DIGITS:
            found.append(Token(Sort.NUMBER, text, end, end, Number(Fraction(value))))


def _number(text: str, start: int, end: int, found: list[Token]) -> Token:
    money = bool(found) and found[-1].text == "$"
    if money:
        found.pop()
    if len(text) > MOST_DIGITS:
        return Token(Sort.WORD, text[:MOST_DIGITS], start, end)
    plain = text.replace(",", "")
    whole, _, rest = plain.rpartition(" ")
    if "/" in rest:
        over, _, under = rest.partition("/")
        if int(under) == 0:
            return Token(Sort.WORD, text, start, end)
        value = int(whole or 0) + Fraction(int(over), int(under))
        return Token(Sort.NUMBER, text, start, end, Number(value), money=money)
    decimals = len(plain.partition(".")[2])
    number = Number(Fraction(plain if plain[0] != "." else "0" + plain), decimals)
    return Token(Sort.NUMBER, text, start, end, number, money=money)


def _make_percent(found: list[Token], end: int) -> None:
    if found and found[-1].number is not None:
        last = found[-1]
        number = Number(last.number.value / 100, last.number.decimals + 2, percent=True)  # pyright: ignore[reportOptionalMemberAccess] - tested in the line above
        found[-1] = Token(Sort.NUMBER, last.text + "%", last.start, end, number)


def _sign(text: str, start: int, end: int) -> Token:
    sorts = {"=": Sort.EQUALS, "≈": Sort.EQUALS, "(": Sort.OPEN, "[": Sort.OPEN}
    sorts |= {")": Sort.CLOSE, "]": Sort.CLOSE, ":": Sort.STOP}
    return Token(sorts.get(text, Sort.SIGN), text, start, end)


def _words(text: str, start: int) -> list[Token]:  # noqa: PLR0911 - one case a kind of word
    end = start + len(text)
    low = text.lower()
    if len(text) == 1 and low not in "ai":
        return [Token(Sort.NAME, low, start, end)]
    if low == "percent":
        return [Token(Sort.WORD, "percent", start, end)]
    if low in _SPELLED:
        return [Token(Sort.NUMBER, low, start, end, Number(_SPELLED[low]), spelled=True)]
    if "-" in low:
        first, _, second = low.partition("-")
        if first in TENS and second in ONES:
            value = _SPELLED[first] + _SPELLED[second]
            return [Token(Sort.NUMBER, low, start, end, Number(value), spelled=True)]
        if first in _SPELLED and second in _PARTS:
            value = _SPELLED[first] / _PARTS[second]
            return [Token(Sort.NUMBER, low, start, end, Number(value), spelled=True)]
        if first in _SPELLED:
            return [Token(Sort.NUMBER, first, start, end, Number(_SPELLED[first]), spelled=True)]
    return [Token(Sort.WORD, low, start, end)]


def _fractions_in_words(found: list[Token]) -> list[Token]:
    """Joins "two thirds", "three hundred" and "20 percent" into one number each."""
    joined: list[Token] = []
    for token in found:
        before = joined[-1] if joined else None
        if before is None or before.number is None or not _joins(before, token):
            joined.append(token)
            continue
        value = before.number.value
        if token.text == "percent":
            number = Number(value / 100, before.number.decimals + 2, percent=True)
        elif token.text in ("hundred", "thousand"):
            number = Number(value * _SPELLED[token.text])
        else:
            number = Number(value / _PARTS[token.text])
        joined[-1] = Token(
            Sort.NUMBER, f"{before.text} {token.text}", before.start, token.end, number,
            spelled=True,
        )  # fmt: skip
    return joined


def _joins(before: Token, token: Token) -> bool:
    if token.text in ("percent", "hundred", "thousand"):
        return True
    plural = token.text in _PARTS and (token.text.endswith("s") or before.text == "one")
    return plural and before.number is not None and before.number.value.denominator == 1
