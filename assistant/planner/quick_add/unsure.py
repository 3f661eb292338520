"""Whether words of time are left in a title that the grammar could not read."""

import re
from typing import Final

from assistant.planner.dates.names import without_names
from assistant.planner.dates.slips import is_slip
from assistant.planner.dates.words import MONTHS, PARTS, WEEKDAYS
from assistant.planner.quick_add.naming import without_events
from assistant.planner.quick_add.verbatim import quoted_in, verbatim_in

_SOFT: Final = frozenset(
    [
        "soon",
        "later",
        "someday",
        "tonight",
        "morning",
        "tomorrow",
        "yesterday",
        "weekly",
        "daily",
        "monthly",
        "deadline",
        "due",
        "o'clock",
        "noon",
        "midnight",
        "weekend",
        "fortnight",
    ]
)
_TIMELIKE: Final = (frozenset(MONTHS) | frozenset(WEEKDAYS) | frozenset(PARTS) | _SOFT) - frozenset(
    [
        "may",
        "march",
        "mar",
        "sat",
        "sun",
        "second",
        "night",
        "nights",
        "eve",
        "lunch",
        "dinner",
        "breakfast",
    ]
)
_OFTEN: Final = frozenset(["weekly", "daily", "monthly"])
_LEAST_LETTERS: Final = 6
_LONG_TIMELIKE: Final = tuple(word for word in _TIMELIKE if len(word) >= _LEAST_LETTERS)


def is_unsure(title: str, *, comes_again: bool) -> bool:
    """Whether a title still has words of time; of what comes again the “weekly” may be one."""
    words = re.findall(r"[a-z']+", without_names(without_events(_own(title))).lower())
    said = _OFTEN if comes_again else frozenset[str]()
    return any(_is_timelike(word) for word in words if word not in said)


def _own(title: str) -> str:
    """A title without what stands in it as it was written elsewhere."""
    for place in (*verbatim_in(title), *quoted_in(title)):
        title = title[: place[0]] + " " * (place[1] - place[0]) + title[place[1] :]
    return title


def _is_timelike(word: str) -> bool:
    """Whether a word tells a time, also with a slip of the pen in it: “fryday”, “tommorow”."""
    if word in _TIMELIKE:
        return True
    return len(word) >= _LEAST_LETTERS and any(is_slip(word, one) for one in _LONG_TIMELIKE)
