"""Numbers in words, as they are typed where a number is asked for: twenty-five, 2.5 million."""

import re
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
_TEN, _HUNDRED = 10, 100
_MIXED: Final = re.compile(r"(-?\d{1,12}(?:\.\d{1,12})?)\s+(thousand|million|billion|trillion)")
_MINUS: Final = re.compile(r"^(?:(?:minus|negative)\s+|[-−–]\s*)")  # noqa: RUF001 - the sign itself is meant


def in_figures(text: str) -> str:
    """A number in English words in figures; the text itself where it is none, or has a unit."""
    plain = " ".join(text.casefold().split())
    mixed = _MIXED.fullmatch(plain)
    if mixed:
        return f"{mixed[1]} * {_LARGE[mixed[2]]}"
    size = _MINUS.sub("", plain)
    value = _value(size.replace("-", " ").split())
    if value is None:
        return text
    return str(value if size == plain else -value)


def _value(words: list[str]) -> int | None:
    """The value of words, by groups of thousands; None for others."""
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
        elif word == "hundred" and 0 < group < _TEN:
            group *= _HUNDRED
            last = _HUNDRED
        elif word in _LARGE and group:
            total += group * _LARGE[word]
            group, last = 0, _LARGE[word]
        else:
            return None
    return total + group if words else None
