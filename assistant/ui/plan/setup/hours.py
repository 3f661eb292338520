"""Working hours as they are written: ``9-12:30, 13:30-18``."""

import re
from collections.abc import Sequence
from datetime import time

from assistant.domain.errors import UserFacingError

_SPAN = re.compile(
    r"(\d{1,2})(?::(\d{2}))?\s*(?:-|\N{EN DASH}|to)\s*(\d{1,2})(?::(\d{2}))?", re.IGNORECASE
)
_ONLY_MINUTES = re.compile(r"(\d{1,4})\s?(?:m|min|mins|minutes?)?")
_ONLY_HOURS = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)\s?(?:h|hrs?|hours?)")
_BOTH = re.compile(r"(\d{1,2})\s?(?:h|:|hours?)\s?([0-5]?\d)\s?(?:m|min|minutes?)?")
_HOURS, _MINUTES = 24, 60


def hours_words(spans: Sequence[tuple[time, time]]) -> str:
    """Spans as they can be written again; empty for none."""
    return ", ".join(f"{_words(start)}\N{EN DASH}{_words(end)}" for start, end in spans)


def read_hours(text: str) -> list[tuple[time, time]]:
    """The spans that a text names; none for an empty one.

    Raises:
        UserFacingError: It is not understood (``hours_unreadable``).
    """
    found: list[tuple[time, time]] = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;]|\band\b", text))):
        match = _SPAN.fullmatch(part)
        numbers = [int(group or 0) for group in match.groups()] if match else []
        if not numbers or numbers[1] >= _MINUTES or numbers[3] >= _MINUTES:
            raise _unreadable(part)
        if numbers[0] >= _HOURS or numbers[2] > _HOURS or (numbers[2] == _HOURS and numbers[3]):
            raise _unreadable(part)
        found.append((time(numbers[0], numbers[1]), time(numbers[2] % _HOURS, numbers[3])))
    return found


def read_minutes(text: str) -> int | None:
    """A length as it is written, in minutes: ``90``, ``90 min``, ``1:30``, ``1 h 30``, ``1.5 h``.

    Returns:
        None for an empty one.

    Raises:
        UserFacingError: It is not understood (``length_unreadable``).
    """
    plain = " ".join(text.split()).lower()
    if not plain:
        return None
    for pattern, unit in ((_ONLY_MINUTES, 1), (_ONLY_HOURS, 60)):
        match = pattern.fullmatch(plain)
        if match:
            return round(float(match[1].replace(",", ".")) * unit)
    match = _BOTH.fullmatch(plain)
    if match is None:
        words = f"“{text.strip()[:40]}” is no length of time."
        raise UserFacingError(words, "Write 30 min or 1:30.", code="length_unreadable")
    return int(match[1]) * 60 + int(match[2])


def _unreadable(part: str) -> UserFacingError:
    return UserFacingError(
        f"“{part[:40]}” is no span of time.",
        "Write 9-12:30, 13:30-18, or nothing for a day off.",
        code="hours_unreadable",
    )


def _words(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"
