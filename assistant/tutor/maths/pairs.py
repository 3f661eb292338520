"""Answers of several numbers: quotients with a remainder, times of day, ratios of three."""

import re
from fractions import Fraction
from typing import Final

_REMAINDER: Final = re.compile(
    r"(-?[0-9]{1,15})\s*(?:r|rem\.?|remainder(?:\s+of)?)\s*([0-9]{1,15})", re.IGNORECASE
)
_WHOLE: Final = re.compile(r"-?[0-9]{1,15}")
_TIME: Final = re.compile(
    r"([01]?[0-9]|2[0-4]):([0-5][0-9])\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE
)
_TIME_TYPED: Final = re.compile(
    r"([01]?[0-9]|2[0-4])\s*[:.h]\s*([0-5][0-9])\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE
)
_NOON: Final = 12
_RATIO: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})?(?:\s*:\s*\d{1,9}(?:\.\d{1,9})?){2,9}")


def paired(answer: str, key: str) -> bool | None:
    """Whether an answer is the key, where the key is such a pair; None where it is none.

    Args:
        answer: As it was typed.
        key: ``3 R 1``, ``10:20``, ``3:10 pm``, ``1:2:3``. What has no two figures behind its
            colon is a ratio, and so is an answer without them.
    """
    if _REMAINDER.fullmatch(key.strip()):
        return _rest_of(answer) == _rest_of(key)
    if _RATIO.fullmatch(key.strip()):
        return _same_ratio(answer, key)
    return _same_time(answer, key)


def _same_time(answer: str, key: str) -> bool | None:
    wanted, given = _TIME.fullmatch(key.strip()), _TIME_TYPED.fullmatch(answer.strip())
    if wanted is None or given is None:
        return None
    if bool(wanted[3]) is not bool(given[3]):
        plain, marked = (given, wanted) if wanted[3] else (wanted, given)
        same = int(plain[1]) == int(marked[1]) and plain[2] == marked[2]
        return same or 60 * int(plain[1]) + int(plain[2]) == _minutes(marked)  # 22:30, 10:30 pm
    if not wanted[3]:
        return wanted.group(1, 2) == given.group(1, 2)
    return _minutes(wanted) == _minutes(given)


def _same_ratio(answer: str, key: str) -> bool:
    """Whether a ratio of three or more is the key, up to a factor: 2:4:6 is 1:2:3, 1:3:2 is not."""
    if not _RATIO.fullmatch(answer.strip()):
        return False
    wanted, given = ([Fraction(part) for part in text.split(":")] for text in (key, answer))
    alike = len(wanted) == len(given) and any(given) and any(wanted)
    return alike and all(
        one * sum(given) == other * sum(wanted) for one, other in zip(wanted, given, strict=True)
    )


def _rest_of(text: str) -> tuple[int, int] | None:
    """Quotient and remainder; of a whole number alone none is left."""
    found = _REMAINDER.fullmatch(text.strip())
    if found is not None:
        return int(found[1]), int(found[2])
    whole = _WHOLE.fullmatch(text.strip())
    return None if whole is None else (int(whole[0]), 0)


def _minutes(time: re.Match[str]) -> int:
    hour = int(time[1]) % _NOON + (_NOON if time[3].lower() == "p" else 0)
    return 60 * hour + int(time[2])
