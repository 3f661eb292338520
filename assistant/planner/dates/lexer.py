"""Cuts a text into words, digit groups and single signs, each with its place."""

import re
from dataclasses import dataclass

from assistant.planner.dates.slips import mended
from assistant.planner.dates.words import ONES, ORDINALS, TENS

MOST_CHARACTERS = 4000
"""A line is never longer; of more only the beginning is read."""

_PLUS = re.compile(r"(?<=[^\W\d_])\+(?=[^\W\d_])|(?<=[^\W\d_] )\+(?= [^\W\d_])")
"""“tue+thu”: both."""
_TOKEN = re.compile(
    r"(?<=\s)b(?:4|/w)(?=\s)|2(?:moro|morrow|mrw|nite|night)(?!\w)|[0-9]+|[^\W\d_]+(?:['\u2019`][^\W\d_]+)*|\S"
)


_DIGITS = frozenset("0123456789")
_BEFORE_NUMBER = frozenset(
    ["room", "seat", "class", "flat", "gate", "lab", "hall", "block", "unit", "row", "building"]
)
"""Behind these “b4” is no “before”."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word, group of digits or sign."""

    text: str
    lower: str
    start: int
    end: int
    glued: bool
    """Whether it stands right after the token before it, without a space."""

    @property
    def is_number(self) -> bool:
        """Whether it is a group of the digits 0 to 9."""
        return self.text[0] in _DIGITS and self.text[-1] in _DIGITS


@dataclass(frozen=True, slots=True)
class Number:
    """A number, in digits or in words."""

    value: float
    digits: int = 0
    """How many digits it was written with; 0 for words."""


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text, in order."""
    found: list[Token] = []
    end = -1
    for match in _TOKEN.finditer(text[:MOST_CHARACTERS]):
        word = match[0]
        lower = word.lower().replace("\u2019", "'").replace("`", "'")
        if word != "b4" or not found or found[-1].lower not in _BEFORE_NUMBER:
            lower = mended(lower)
        if word == "+" and _PLUS.match(text, match.start()):
            lower = "&"
        found.append(Token(word, lower, match.start(), match.end(), match.start() == end))
        end = match.end()
    return tuple(found)


def numbers_in_words(tokens: tuple[Token, ...], place: int) -> list[tuple[int, int, bool]]:
    """Numbers that words at ``place`` spell: value, token past the end, whether an ordinal."""
    word = tokens[place].lower
    found: list[tuple[int, int, bool]] = []
    if word in ORDINALS:
        found.append((ORDINALS[word], place + 1, True))
    if word in ONES:
        found.append((ONES[word], place + 1, False))
    if word in TENS:
        found.append((TENS[word], place + 1, False))
        after = _past_joint(tokens, place + 1)
        if after < len(tokens):
            rest = tokens[after].lower
            if 0 < ONES.get(rest, 0) < 10:
                found.append((TENS[word] + ONES[rest], after + 1, False))
            if 0 < ORDINALS.get(rest, 0) < 10:
                found.append((TENS[word] + ORDINALS[rest], after + 1, True))
    found += [(year, end, False) for year, end in _large(tokens, found)]
    return found


def _past_joint(tokens: tuple[Token, ...], place: int) -> int:
    """Past a hyphen or an “and” between tens and ones."""
    return place + 1 if place < len(tokens) and tokens[place].lower in {"-", "and"} else place


def _large(tokens: tuple[Token, ...], small: list[tuple[int, int, bool]]) -> list[tuple[int, int]]:
    """Hundreds, thousands and years like “nineteen eighty six”."""
    found: list[tuple[int, int]] = []
    for value, end, ordinal in small:
        if ordinal or end >= len(tokens):
            continue
        scale = {"hundred": 100, "thousand": 1000}.get(tokens[end].lower)
        if scale is not None and value < 100:
            found.append((value * scale, end + 1))
            after = end + 1
            if after < len(tokens) and tokens[after].lower == "and":
                after += 1
            found += [(value * scale + rest, past) for rest, past in _small(tokens, after)]
        elif 10 < value < 30 and end > 0:
            found += [
                (value * 100 + rest, past) for rest, past in _small(tokens, end) if 10 <= rest < 100
            ]
    return found


def _small(tokens: tuple[Token, ...], place: int) -> list[tuple[int, int]]:
    """Plain numbers below a hundred at ``place``."""
    if place >= len(tokens):
        return []
    word = tokens[place].lower
    found: list[tuple[int, int]] = []
    if word in ONES:
        found.append((ONES[word], place + 1))
    if word in TENS:
        found.append((TENS[word], place + 1))
        after = _past_joint(tokens, place + 1)
        if after < len(tokens) and 0 < ONES.get(tokens[after].lower, 0) < 10:
            found.append((TENS[word] + ONES[tokens[after].lower], after + 1))
    return found
