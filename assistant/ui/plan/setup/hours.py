"""Working hours as they are written: ``9-12:30, 13:30-18``."""

import re
from collections.abc import Sequence
from datetime import time

from assistant.domain.errors import UserFacingError
from assistant.ui.clock import clock_words, read_clock

_SPAN = re.compile(r"(.+?)\s*(?:-|\N{EN DASH}|to)\s*(.+)", re.IGNORECASE)
_HALF = re.compile(r"[ap]\.?\s?m\.?$", re.IGNORECASE)
_MIDNIGHT = re.compile(r"24(?:[:.h]?00)?")
_ONLY_MINUTES = re.compile(r"(\d{1,4})\s?(?:m|min|mins|minutes?)?")
_ONLY_HOURS = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)\s?(?:h|hrs?|hours?)")
_BOTH = re.compile(r"(\d{1,2})\s?(?:h|:|hours?)\s?([0-5]?\d)\s?(?:m|min|minutes?)?")


def hours_words(spans: Sequence[tuple[time, time]]) -> str:
    """Spans as they can be written again; empty for none."""
    return ", ".join(f"{_words(start)}\N{EN DASH}{_words(end)}" for start, end in spans)


def such_hours() -> str:
    """Hours as they can be written, for an example."""
    return hours_words([(time(9), time(12, 30)), (time(13, 30), time(18))])


def read_hours(text: str) -> list[tuple[time, time]]:
    """The spans that a text names; none for an empty one.

    Raises:
        UserFacingError: It is not understood (``hours_unreadable``).
    """
    found: list[tuple[time, time]] = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;]|\band\b", text))):
        match = _SPAN.fullmatch(part)
        end = None if match is None else _end(match[2])
        start = None if match is None or end is None else _start(match[1], match[2], end)
        if start is None or end is None:
            raise _unreadable(part)
        found.append((start, end))
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
        f"Write {such_hours()}, or nothing for a day off.",
        code="hours_unreadable",
    )


def _end(text: str) -> time | None:
    return time() if _MIDNIGHT.fullmatch(text) else read_clock(text)


def _start(text: str, last: str, end: time) -> time | None:
    """In ``1-5pm`` it is in the half of the day of the end, in ``9-5pm`` in the one before.

    Before midnight it is in the evening: ``9-12am`` begins at 21:00.
    """
    half = _HALF.search(last)
    start = read_clock(text)
    if half is None or start is None or _HALF.search(text):
        return start
    near = read_clock(f"{text} {half[0] if end != time() else 'pm'}")
    return near if near is not None and (near < end or end == time()) else start


def _words(moment: time) -> str:
    return clock_words(moment, padded=False)
