"""Slips of the pen: words that are the same but for a letter or two."""

from typing import Final

_LONGEST_SLIP: Final = 2
_LEAST_LETTERS: Final = 5
"""Shorter words with a slip in them may be any other word."""


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
