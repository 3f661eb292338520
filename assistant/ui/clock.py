"""Times of day over 12 or 24 hours, as the locale has them, in English like the rest."""

import locale
import re
from datetime import datetime, time
from typing import Final

from PySide6.QtCore import QLocale

from assistant.domain.clock_face import ClockFace

_QUOTED: Final = re.compile(r"'[^']*'")
_NOON, _DAY, _HOUR = 12, 24, 60
_WRITTEN: Final = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE)


def twelve_hours() -> bool:
    """Whether the locale counts the hours of a day to twelve, twice."""
    short = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
    return "a" in _QUOTED.sub("", short).lower()


def keep_english() -> None:
    """Has days and months named in English, and numbers written with a point, as the rest is.

    Qt gives the whole process the system's language once there is an application.
    """
    locale.setlocale(locale.LC_TIME, "C")
    locale.setlocale(locale.LC_NUMERIC, "C")


def clock_face() -> ClockFace:
    """The form of times of day that the locale has."""
    return ClockFace(twelve_hours())


def clock_words(moment: datetime | time, *, half: bool = True, padded: bool = True) -> str:
    """As ``ClockFace.time``: ``13:05``, or ``1:05 PM``."""
    return clock_face().time(moment, half=half, padded=padded)


def span_words(start: datetime, end: datetime, *, padded: bool = True) -> str:
    """As ``ClockFace.span``: ``1:05`` and ``2:00 PM`` with a dash between."""
    return clock_face().span(start, end, padded=padded)


def hour_words(hour: int) -> str:
    """As ``ClockFace.hour``: ``13:00``, or ``1 PM``."""
    return clock_face().hour(hour)


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
