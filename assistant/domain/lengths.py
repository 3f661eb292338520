"""Lengths of time in words, as people say them."""

from typing import Final

_HOUR_MIN: Final = 60
_DAY_H: Final = 24
_WHOLE: Final = 0.1
"""So near to a whole day the rest is not told."""
_HALF: Final = 0.4
_ALMOST: Final = 0.7
"""From such parts of a day on one says a half, or almost the next."""
_DAYS: Final = 10
"""From so many on days are told as whole ones."""


def length(minutes: float) -> str:
    """Hours and minutes: “20 min”, “3 h”, “1 h 30 min”."""
    hours, rest = divmod(round(minutes), _HOUR_MIN)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def about_length(hours: float) -> str:
    """As ``length``, to a quarter of an hour; what is shorter than one to five minutes."""
    minutes = hours * _HOUR_MIN
    step = 5 if minutes < _HOUR_MIN else 15
    return length(max(5, step * round(minutes / step)))


def about_days(days: float) -> str:
    """A stretch of days as one would say it: “5 hours”, “almost 6 days”, “a day and a half”."""
    hours = round(days * _DAY_H)
    if hours < _DAY_H - 1:
        return _counted(hours, "hour") if hours else "less than an hour"
    whole, rest = divmod(days, 1)
    if days >= _DAYS or not _WHOLE <= rest <= 1 - _WHOLE:
        return _counted(round(days), "day")
    count = round(whole)
    if rest >= _ALMOST:
        return f"almost {_counted(count + 1, 'day')}"
    if rest < _HALF:
        return f"a little more than {_counted(count, 'day')}"
    return "a day and a half" if count == 1 else f"{count} and a half days"


def _counted(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"
