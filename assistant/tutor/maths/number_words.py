"""Numbers in words, as they are typed where a number is asked for: twenty-five, a half, a dozen."""

import re
from fractions import Fraction
from typing import Final

_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL: Final = {
    **{word: number for number, word in enumerate(_ONES.split())},
    **{word: 10 * number for number, word in enumerate(_TENS.split(), start=2)},
}
_LARGE: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_PARTS: Final = {
    "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "twelfth": 12, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_TEN, _HUNDRED, _DOZEN = 10, 100, 12
_LONGEST: Final = 24
"""Words that a number in words and what it counts may have."""
_TIMES: Final = {"dozen": 12, "dz": 12, "hundred": 100} | _LARGE
_MIXED: Final = re.compile(rf"(-?\d{{1,12}}(?:\.\d{{1,12}})?)\s+({'|'.join(_TIMES)})\b")
_FIGURES: Final = re.compile(r"\d{1,12}")
_MINUS: Final = re.compile(r"^(?:(?:minus|negative)\s+|[-−–]\s*)")  # noqa: RUF001 - the sign itself is meant
_NEGATIVE: Final = re.compile(r"^\s*(?:minus|negative)\s+(?=[\d.√(])")
_JOINED: Final = re.compile(r"(?<=[a-z])-(?=[a-z])")
_BETWEEN: Final = frozenset({"of", "a", "an", "the"})
"""What stands between a part and what it is a part of: half an hour."""


def in_figures(text: str) -> str:
    """A number in English words in figures, with what it counts; else the text itself."""
    plain = " ".join(text.casefold().split())
    mixed = _MIXED.match(plain)
    if mixed:
        return f"{mixed[1]} * {_TIMES[mixed[2]]}{plain[mixed.end() :]}"
    if _NEGATIVE.match(plain):
        return f"-{_NEGATIVE.sub('', plain)}"
    size = _MINUS.sub("", plain)
    words = _JOINED.sub(" ", size).split()
    if not words or len(words) > _LONGEST:
        return text
    for end in range(len(words), 0, -1):
        value = _amount(words[:end])
        if value is not None:
            return _written(value, negative=size != plain, counted=words[end:]) or text
    return text


def _written(value: Fraction, *, negative: bool, counted: list[str]) -> str:
    """The number in figures before what it counts; "" where words follow that are no such thing."""
    while counted and counted[0] in _BETWEEN:
        counted = counted[1:]
    whole, rest = divmod(value, 1)
    shown = f"{rest.numerator}/{rest.denominator}" if rest else ""
    shown = f"{whole} {shown}".strip() if whole or not rest else shown
    if counted and (counted[0] in {"and", "or", "to"} or counted[0] in _SMALL):
        return ""
    if rest and counted:
        shown = f"({value.numerator}/{value.denominator})"
    return " ".join([f"-{shown}" if negative else shown, *counted])


def _amount(words: list[str]) -> Fraction | None:
    """The value of words that are all of a number: two and a half, three quarters, two dozen."""
    if words[-1] == "dozen":
        many = 1 if words[:-1] in ([], ["a"]) else _value(words[:-1])
        return None if many is None else Fraction(_DOZEN * many)
    for at in range(len(words) - 1, 0, -1):
        if words[at] == "and":
            whole, part = _whole(words[:at]), _part(words[at + 1 :])
            if whole is not None and part is not None and part < 1:
                return whole + part
    part = _part(words)
    if part is not None:
        return part
    whole = _value(words)
    return None if whole is None else Fraction(whole)


def _whole(words: list[str]) -> int | None:
    plain = len(words) == 1 and _FIGURES.fullmatch(words[0])
    return int(words[0]) if plain else _value(words)


def _part(words: list[str]) -> Fraction | None:
    """A half, one half, two thirds, three quarters."""
    if not words:
        return None
    *before, name = words
    size = 2 if name in {"half", "halves"} else _PARTS.get(name.removesuffix("s"), 0)
    if not size or (name != "half" and not before):
        return None
    many = 1 if before in ([], ["a"]) else _whole(before)
    return None if many is None else Fraction(many, size)


def _value(words: list[str]) -> int | None:
    """The value of words, by groups of thousands; None for others."""
    if len(words) > 1 and words[0] == "a" and (words[1] == "hundred" or words[1] in _LARGE):
        words = ["one", *words[1:]]
    total = group = 0
    last = 0
    for word in words:
        if word == "and" and last >= _HUNDRED:
            continue
        if word in _SMALL:
            value = _SMALL[word]
            fits = last >= _HUNDRED or last == 0 or (last >= 2 * _TEN and 0 < value < _TEN)
            if not fits or (last == 0 and group):
                return None
            group += value
            last = value or 1
        elif word == "hundred" and _can_be_hundreds(group, total):
            group *= _HUNDRED
            last = _HUNDRED
        elif word in _LARGE and group:
            total += group * _LARGE[word]
            group, last = 0, _LARGE[word]
        else:
            return None
    return total + group if words and words[-1] != "and" else None


def _can_be_hundreds(group: int, total: int) -> bool:
    """Five hundred, and twelve hundred where no thousands stand before."""
    return 0 < group < _TEN or (_TEN < group < _HUNDRED and group % _TEN > 0 and not total)
