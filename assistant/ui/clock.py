"""Times of day over 12 or 24 hours, as the locale has them, in English like the rest."""

import re
from datetime import datetime, time
from typing import Final

from PySide6.QtCore import QLocale

_QUOTED: Final = re.compile(r"'[^']*'")
_NOON, _DAY, _HOUR = 12, 24, 60
_WRITTEN: Final = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE)


def twelve_hours() -> bool:
    """Whether the locale counts the hours of a day to twelve, twice."""
    short = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
    return "a" in _QUOTED.sub("", short).lower()


def clock_words(moment: datetime | time, *, half: bool = True, padded: bool = True) -> str:
    """``13:05``, or ``1:05 PM``.

    Args:
        moment: Whose time of day.
        half: Says which half of the day it is, where the hours are counted to twelve.
        padded: Two figures for each hour, where they are counted to 24.
    """
    if not twelve_hours():
        return f"{moment:%H:%M}" if padded else f"{moment.hour}:{moment:%M}"
    words = f"{moment.hour % _NOON or _NOON}:{moment:%M}"
    return f"{words}\N{NO-BREAK SPACE}{_half(moment.hour)}" if half else words


def span_words(start: datetime, end: datetime, *, padded: bool = True) -> str:
    """From when to when: ``1:05`` and ``2:00 PM`` with a dash between."""
    same = start.date() == end.date() and _half(start.hour) == _half(end.hour)
    begin = clock_words(start, half=not same, padded=padded)
    return f"{begin}\N{EN DASH}{clock_words(end, padded=padded)}"


def hour_words(hour: int) -> str:
    """A whole hour beside a scale: ``13:00``, or ``1 PM``."""
    if not twelve_hours():
        return f"{hour}:00"
    return f"{hour % _NOON or _NOON}\N{NO-BREAK SPACE}{_half(hour)}"


def read_clock(text: str) -> time | None:
    """A time of day as it is written: ``9``, ``9:05``, ``905``, ``9:05 PM``; None for none."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and not 1 <= hour <= _NOON:
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return time(hour, minute) if hour < _DAY and minute < _HOUR else None


def _half(hour: int) -> str:
    return "AM" if hour % _DAY < _NOON else "PM"
