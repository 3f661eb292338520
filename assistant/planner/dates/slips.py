"""Slips of the pen: words that are the same but for a letter or two."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from assistant.planner.dates.words import MONTHS, WEEKDAYS

_LONGEST_SLIP: Final = 2
_SHORT: Final = 6
_LONGEST_NAME: Final = 12
_LEAST_LETTERS: Final = 5
"""Shorter words with a slip in them may be any other word."""
_MENDED: Final = tuple(
    word for word in (*WEEKDAYS, *MONTHS, "tomorrow") if len(word) > _LEAST_LETTERS
)
_MENDED_PARTS: Final = ("morning", "evening", "afternoon", "tonight", "weekend", "weekday")
"""Words that others are near to (“mourning”, “mooring”): here one stroke may be amiss."""
_SHORT_FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nxt": "next",
        "evry": "every",
        "tmw": "tomorrow",
        "tomo": "tomorrow",
        "wknd": "weekend",
        "arvo": "afternoon",
        "aft": "afternoon",
        "morn": "morning",
        "2moro": "tomorrow",
        "2morrow": "tomorrow",
        "2mrw": "tomorrow",
        "2nite": "tonight",
        "2night": "tonight",
        "b4": "before",
        "b/w": "between",
        "btw": "between",
        "btwn": "between",
    }
)
"""As people type them in haste."""
_VOWELS: Final = frozenset("aeiouy")
_OTHERS: Final = frozenset(["munday", "manday", "sandy"])
"""Names that are a weekday but for a vowel."""


def is_slip(word: str, other: str) -> bool:
    """Whether two words are the same, or but for a slip; figures have to be the same.

    Args:
        word: In lower case.
        other: In lower case.
    """
    if word == other:
        return True
    length = min(len(word), len(other))
    most = _LONGEST_SLIP if len(other) > _LEAST_LETTERS else 1
    if length < _LEAST_LETTERS or abs(len(word) - len(other)) > most:
        return False
    if any(one.isdigit() for one in word + other):
        return False
    return _distance(word, other) <= most


@lru_cache(maxsize=4096)
def mended(word: str) -> str:
    """A word; where it is a day or a month but for a slip, or short for one, that one.

    A name of six letters is near to other words and names (“sundae”, “Munday”): there letters may
    only stand in another order, be left out or be doubled.

    Args:
        word: In lower case.
    """
    if word in _SHORT_FORMS:
        return _SHORT_FORMS[word]
    if not _LEAST_LETTERS <= len(word) <= _LONGEST_NAME or word in _MENDED:
        return word
    for name in _MENDED:
        if word[0] == name[0] and is_slip(word, name) and _is_meant(word, name):
            return name
    for name in _MENDED_PARTS:
        if word[0] == name[0] and word != name and _is_one_stroke_off(word, name):
            return name
    return word


def _is_meant(word: str, name: str) -> bool:
    """Whether a slip of a weekday or month is none of the words that are near to it."""
    if word[-1] != name[-1]:
        return len(word) == len(name) and word[:-2] == name[:-2] and sorted(word) == sorted(name)
    return len(name) > _SHORT or _is_near(word, name) or _has_another_vowel(word, name)


def _is_one_stroke_off(word: str, name: str) -> bool:
    """Whether a letter inside is left out, one is doubled, or two neighbours are swapped."""
    size = len(name)
    if len(word) == size - 1:
        return any(word == name[:at] + name[at + 1 :] for at in range(1, size - 1))
    if len(word) == size + 1:
        return any(word == name[:at] + name[at - 1] + name[at:] for at in range(1, size + 1))
    return any(
        word == name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(1, size - 1)
    )


def _has_another_vowel(word: str, name: str) -> bool:
    """Whether one vowel is another one: “fridey”."""
    if len(word) != len(name) or word in _OTHERS:
        return False
    differing = [pair for pair in zip(word, name, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and _VOWELS.issuperset(differing[0])


def _is_near(word: str, name: str) -> bool:
    """Whether the letters are the same, but for their order, one left out or one doubled."""
    if len(word) > len(name):
        return any(
            word[:place] + word[place + 1 :] == name and word[place] == word[place - 1]
            for place in range(1, len(word))
        )
    return sorted(word) == sorted(name) or (len(word) < len(name) and set(word) < set(name))


def _distance(word: str, other: str) -> int:
    """How many letters have to be put in, left out or changed, or two beside one another swapped.

    By Damerau and Levenshtein, in the form that changes no place twice.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        following = [at]
        for to, another in enumerate(other, 1):
            cost = min(row[to] + 1, following[to - 1] + 1, row[to - 1] + (letter != another))
            if at > 1 and to > 1 and letter == other[to - 2] and word[at - 2] == another:
                cost = min(cost, before[to - 2] + 1)
            following.append(cost)
        before, row = row, following
    return row[-1]
