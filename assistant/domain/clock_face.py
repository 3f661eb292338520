"""How times of day are written: over 24 hours, or twice over twelve."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from typing import Final

_NOON, _DAY = 12, 24
_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
_NAMED: Final = "“[^“”]*(?:“[^“”]*”[^“”]*)*”|“[^”]*”"
"""What is in quotation marks, with those inside it; where they don't pair, up to the next end."""
_DATED: Final = re.compile(
    rf"(?P<quoted>{_NAMED})|(?P<day>\b\d\d? (?:{_MONTHS}), |\b\d{{4}}-\d\d-\d\d )"
    r"(?P<first>\d\d:\d\d)(?:(?P<between> to )(?P<last>\d\d:\d\d))?\b"
)
"""Times of day that stand after a date; what the user named is in quotation marks."""


@dataclass(frozen=True, slots=True)
class ClockFace:
    """The form of times of day.

    What is kept, given to the command line, or read again is over 24 hours; what is read in the
    window is as the user's locale has it.

    Args:
        twelve: Whether the hours of a day are counted to twelve, twice.
    """

    twelve: bool = False

    def time(self, moment: datetime | time, *, half: bool = True, padded: bool = True) -> str:
        """``13:05``, or ``1:05 PM``.

        Args:
            moment: Whose time of day.
            half: Says which half of the day it is, where the hours are counted to twelve.
            padded: Two figures for each hour, where they are counted to 24.
        """
        if not self.twelve:
            return f"{moment:%H:%M}" if padded else f"{moment.hour}:{moment:%M}"
        words = f"{moment.hour % _NOON or _NOON}:{moment:%M}"
        return f"{words}\N{NO-BREAK SPACE}{_half(moment.hour)}" if half else words

    def seconds(self, moment: datetime) -> str:
        """To the second: ``13:05:09``, or ``1:05:09 PM``."""
        if not self.twelve:
            return f"{moment:%H:%M:%S}"
        return f"{self.time(moment, half=False)}:{moment:%S}\N{NO-BREAK SPACE}{_half(moment.hour)}"

    def hour(self, hour: int) -> str:
        """A whole hour beside a scale: ``13:00``, or ``1 PM``."""
        if not self.twelve:
            return f"{hour}:00"
        return f"{hour % _NOON or _NOON}\N{NO-BREAK SPACE}{_half(hour)}"

    def span(
        self, start: datetime, end: datetime, *, dash: str = "\N{EN DASH}", padded: bool = True
    ) -> str:
        """From when to when: ``13:05-14:00``, or ``1:05-2:00 PM``; the half is said once."""
        same = start.date() == end.date() and _half(start.hour) == _half(end.hour)
        begin = self.time(start, half=not same, padded=padded)
        return f"{begin}{dash}{self.time(end, padded=padded)}"

    def on_day(self, moment: datetime) -> str:
        """A moment with its day: “Thu 05 Mar 17:00”."""
        return f"{moment:%a %d %b} {self.time(moment)}"

    def told(self, words: str) -> str:
        """Words that are kept over 24 hours, such as reasons of a plan, in this form.

        Args:
            words: Those of the planner, in which each time of day stands after its date: “Friday 6
                March, 17:00 to 18:00”, “2026-03-06 17:00”. Names in “quotation marks” stay as
                they are.
        """
        return _DATED.sub(partial(_told, self), words) if self.twelve else words


PLAIN_FACE: Final = ClockFace()
"""Over 24 hours: of the command line, of files, and of all that is read again."""


def _told(face: ClockFace, found: re.Match[str]) -> str:
    if found["quoted"]:
        return found[0]
    first = face.time(time.fromisoformat(found["first"]))
    if not found["last"]:
        return f"{found['day']}{first}"
    return f"{found['day']}{first}{found['between']}{face.time(time.fromisoformat(found['last']))}"


def _half(hour: int) -> str:
    return "AM" if hour % _DAY < _NOON else "PM"
