"""The smallest parts: numbers, clock times and dates in digits, months, weekdays and units."""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import replace

from assistant.domain.when import Grain
from assistant.planner.dates.arithmetic import full_year, real_date
from assistant.planner.dates.chart import Node
from assistant.planner.dates.cities import MOST_WORDS, zone_named
from assistant.planner.dates.lexer import Number, Token, numbers_in_words
from assistant.planner.dates.meetings import is_time_of_meeting
from assistant.planner.dates.names import is_in_name
from assistant.planner.dates.neighbours import (
    BEFORE_CLOCK,
    BEFORE_DOTTED,
    COUNTED,
    PARTED,
    SCORED,
    TOLD_OF,
    begins_row_of_days,
    is_beside_plural,
    is_lettered,
    is_meant,
    is_numbered,
    is_season,
    is_verse,
    tells_whose,
    word_at,
)
from assistant.planner.dates.shapes import Calendar, Clock, YearPart
from assistant.planner.dates.words import (
    DECADES,
    GLUED_UNITS,
    MONTHS,
    PARTS,
    PLURAL_BESIDE_PLURALS,
    PLURAL_WEEKDAYS,
    SEASONS,
    UNITS,
    WEEKDAYS,
    ZONES,
)

_DATE_TIME = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z\b|[+-]\d\d:?\d\d)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d]|[-/.]\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d|[/.:]\d)")
_MONTH_DAY = re.compile(r"(\d{1,2})( ?/ ?)(\d{1,2})(?!\d|[/.:]\d|-\d+-\d| ?h\b| ?hour)")
_DAY_MONTH = re.compile(r"(\d{1,2})\.(\d{1,2})\.(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?!\d|/\d)")
_SHORT_YEAR = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2})(?!\d|[/.:]\d)")
_DASHED = re.compile(r"(\d{1,2})-(\d{1,2})(?![\d]|[-/.:]\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})([-/])(\d{4})(?!\d|[-/.:]\d)")
_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d|[-/.:]\d)")
_SPACED = re.compile(r"((?:19|20)\d\d) (\d\d) (\d\d)(?!\d|[-/.:]\d)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?!\d|[:/]\d|\.\d)")
_HOURS = re.compile(r"(\d{1,2})h(\d{2})?(?![a-z\d])", re.IGNORECASE)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{2})(?!\d|[.:/%]\d)")
_FOUR = re.compile(r"(\d{1,2})(\d{2})(?!\d|[.:/,-]\d)")
_FOUR_TO_FOUR = re.compile(
    r"([01]\d|2[0-3])([0-5][05]) ?[-\u2013] ?([01]\d|2[0-3])([0-5][05])(?!\d|[.:/,-]\d)"
)
_QUARTER = re.compile(r"((?:19|20)\d\d)[- ]?([qh])([1-4])\b", re.IGNORECASE)
_DECADE = re.compile(r"([12]\d\d0)['\u2019]?s\b")
_MERIDIEM = re.compile(r"([ap])(?: ?\. ?m\b(?: ?\.)?| ?m\b\.?|\b\.?)", re.IGNORECASE)
_OFFSET = re.compile(r" ?([+-])(\d{1,2}):?(\d\d)?(?!\d)")
_DECIMAL = re.compile(r"\d+[.,]\d+(?![.,]?\d)")
_CLOCK_BEHIND = re.compile(r",? (?:at |um )?\d{1,2}:\d\d(?!\d)", re.IGNORECASE)
_TIME_BEHIND = re.compile(r" time:? (?:at )?\d", re.IGNORECASE)
"""“6/5 time 10:00”, but not “3/4 time on drums”."""
_TO_DOTTED = frozenset(["-", "\u2013", "bis"])
"""What leads from one date in digits and dots to another."""
_FRACTION = re.compile(r"([1-9])/([2-9])(?!\d)")


_BEFORE_DASH = frozenset(["am", "pm", "a", "p", "h", ")", "m", "st", "nd", "rd", "th"])
"""What stands between a number and the dash behind it: “4pm-6”, “10th-12”."""
_OWNERS = frozenset(["my", "our", "your", "his", "her", "their"])
"""“my 1st 8am class”: the first of several."""
_ALWAYS = "24/7"
"""Round the clock, unless a word before it says that it is a date."""
_ATTACKS = "9/11"
_LONGEST_WORK = 5
"""Hours: “5h30” may be a length, “8h30” is rather a time of day."""


def _tells_day_first(text: str) -> bool:
    """Whether another date of the text has its day first for certain: “27/12 - 3/1”."""
    pairs = [(int(one), int(other)) for one, other in _SLASHED.findall(text)]
    return any(first > 12 for first, _ in pairs) and all(month <= 12 for _, month in pairs)


_PLAIN: tuple[tuple[str, Mapping[str, Hashable]], ...] = (
    ("weekdays", PLURAL_WEEKDAYS),
    ("part", PARTS),
    ("parts", PARTS),
    ("season", {name: name for name in SEASONS}),
)


class Seeds:
    """Finds the smallest parts of one text."""

    def __init__(self, text: str, tokens: tuple[Token, ...], *, day_first: bool) -> None:
        self._text = text
        self._tokens = tokens
        self._day_first = day_first or _tells_day_first(text)
        self._ends = {token.end: place + 1 for place, token in enumerate(tokens)}

    def all(self) -> Iterator[Node]:
        """The parts, with what each costs as a reading."""
        for place, token in enumerate(self._tokens):
            if token.is_number:
                yield from self._digits(place)
            else:
                yield from self._word(place)

    def _node(self, category: str, place: int, end: int, value: Hashable, cost: float) -> Node:
        return Node(category, place, self._ends.get(end, place + 1), value, cost)

    def _neighbour(self, place: int) -> str:
        return word_at(self._tokens, place)

    def _word(self, place: int) -> Iterator[Node]:
        token = self._tokens[place]
        word = token.lower
        bare = word.removesuffix("'s").removesuffix("s'")
        if is_meant(self._tokens, place):
            if word in MONTHS:
                yield Node("month", place, place + 1, MONTHS[word], 0.0)
            yield from self._weekday(place, bare)
        if bare in UNITS and not begins_row_of_days(self._tokens, place):
            yield Node("unit", place, place + 1, UNITS[bare], 0.1)
            if bare.endswith("s"):
                yield Node("units", place, place + 1, UNITS[bare], 0.1)
        for category, names in _PLAIN:
            if category == "season" and not is_season(self._tokens, place):
                continue
            if word in names and (category != "parts" or word.endswith("s")):
                yield Node(category, place, place + 1, names[word], 0.0)
        if word in DECADES:
            yield Node("decade", place, place + 1, DECADES[word], 0.5)
        yield from self._zones(place)
        for value, end, ordinal in numbers_in_words(self._tokens, place):
            made = ("ordinal", value) if ordinal else ("number", Number(value))
            yield Node(made[0], place, end, made[1], 0.2)
        yield from self._meridiem(place)

    def _weekday(self, place: int, word: str) -> Iterator[Node]:
        named = is_in_name(self._tokens, place) or tells_whose(self._tokens, place)
        if word in WEEKDAYS and not named:
            yield Node("weekday", place, place + 1, WEEKDAYS[word], 0.0)
        if word in PLURAL_BESIDE_PLURALS and is_beside_plural(self._tokens, place):
            yield Node("weekdays", place, place + 1, PLURAL_BESIDE_PLURALS[word], 0.0)

    def _zones(self, place: int) -> Iterator[Node]:
        token = self._tokens[place]
        word = token.lower
        if word in ZONES and (word != "z" or token.glued):
            yield Node("zone", place, place + 1, ZONES[word], 0.0)
            yield from self._offset(place)
        if word == "time":
            yield from self._city(place)

    def _city(self, place: int) -> Iterator[Node]:
        """“London time”: the zone by the words before."""
        for count in range(1, min(MOST_WORDS, place) + 1):
            name = " ".join(token.lower for token in self._tokens[place - count : place])
            zone = zone_named(name)
            if zone is not None:
                yield Node("zone", place - count, place + 1, zone, 0.0)

    def _offset(self, place: int) -> Iterator[Node]:
        """“GMT+9”: hours east of Greenwich behind the name of its time."""
        token = self._tokens[place]
        match = _OFFSET.match(self._text, token.end)
        if match is None or match.end() not in self._ends or ZONES[token.lower] != 0:
            return
        minutes = 60 * int(match[2]) + int(match[3] or 0)
        if minutes <= 14 * 60:
            east = -minutes if match[1] == "-" else minutes
            yield self._node("zone", place, match.end(), east, 0.0)

    def _meridiem(self, place: int) -> Iterator[Node]:
        token = self._tokens[place]
        match = _MERIDIEM.match(self._text, token.start)
        if match is None or place == 0:
            return
        whole = len(match[0]) > 1 and "m" in match[0].lower()
        if match.end() not in self._ends:
            return
        category = "meridiem" if whole else "half"
        if whole or (token.glued and not is_lettered(self._tokens, place - 1)):
            half = "am" if match[1].lower() == "a" else "pm"
            yield self._node(category, place, match.end(), half, 0.0)

    def _digits(self, place: int) -> Iterator[Node]:
        start = self._tokens[place].start
        if not self._may_begin(place):
            return
        for pattern, make in self._patterns():
            match = pattern.match(self._text, start)
            if match is None or match.end() not in self._ends:
                continue
            made = make(self, match)
            if made is None:
                continue
            node = self._node(made[0], place, match.end(), made[1], made[2])
            yield node
            if made[0] == "dotted" and is_time_of_meeting(self._tokens, place, node.end):
                yield replace(node, category="clock")
        yield from self._plain(place)

    def _may_begin(self, place: int) -> bool:
        """Whether digits here can be a number of their own, and not part of something else."""
        token = self._tokens[place]
        numbered = is_numbered(self._tokens, place) or is_verse(self._tokens, place)
        if numbered or not token.glued:
            return not numbered
        before = self._tokens[place - 1]
        sign = before.lower
        if sign in MONTHS or sign in {
            "~",
            "(",
            "@",
            "=",
            "'",
            "-",
            "\u2013",
            "/",
            "t",
            "w",
            "q",
            "h",
            "+",
            ">",
        }:
            if sign in {"-", "/"} and place >= 2 and before.glued:
                return self._fits_after_dash(place)
            return True
        if sign in UNITS and place >= 2 and before.glued:
            return self._tokens[place - 2].is_number
        return sign in {",", '"', "\u201c", ")", "["}

    def _fits_after_dash(self, place: int) -> bool:
        """Whether what stands before a dash or slash leaves the digits after it a meaning."""
        other = self._tokens[place - 2]
        if other.text == "." and place > 3:
            return self._tokens[place - 3].is_number  # “20.12.-3.1.”
        if not other.is_number:
            return other.lower in MONTHS or other.lower in _BEFORE_DASH
        return place < 4 or self._neighbour(place - 3) not in {"$", "€", "£", "#"}

    def _plain(self, place: int) -> Iterator[Node]:
        token = self._tokens[place]
        start = token.start
        fraction = _FRACTION.match(self._text, start)
        if fraction is not None and fraction.end() in self._ends:
            value = int(fraction[1]) / int(fraction[2])
            yield self._node("fraction", place, fraction.end(), Number(value), 0.3)
        decimal = _DECIMAL.match(self._text, start)
        if decimal is not None and decimal.end() in self._ends:
            value = float(decimal[0].replace(",", "."))
            yield self._node("fraction", place, decimal.end(), Number(value), 0.3)
            return
        after = self._text[token.end : token.end + 2]
        if re.match(r"[.,:]\d|%", after) or (place and self._neighbour(place - 1) in "$€£#"):
            return
        digits = len(token.text)
        if digits <= 4:
            yield Node("number", place, place + 1, Number(int(token.text), digits), 0.2)
        yield from self._suffixed(place)

    def _suffixed(self, place: int) -> Iterator[Node]:
        """An ordinal, or a unit of one letter right after the digits."""
        token = self._tokens[place]
        if place + 1 >= len(self._tokens) or len(token.text) > 4:
            return
        follows = self._tokens[place + 1]
        if self._is_ordinal(place):
            yield Node("ordinal", place, place + 2, int(token.text), 0.0)
            yield Node("dordinal", place, place + 2, int(token.text), 0.0)
        if follows.glued and follows.lower in GLUED_UNITS:
            unit = GLUED_UNITS[follows.lower]
            value = (unit, 1)
            yield Node("unit", place + 1, place + 2, value, 0.2)
        if follows.glued and follows.lower in {'"', "\u201d"}:
            yield Node("unit", place + 1, place + 2, (Grain.SECOND, 1), 0.2)
        if follows.glued and follows.lower in {"'", "\u2032"}:
            yield Node("unit", place + 1, place + 2, (Grain.MINUTE, 1), 0.2)

    def _is_ordinal(self, place: int) -> bool:
        """Whether a number with “th” behind it may be a day: no “2nd draft” is one."""
        suffixed = self._neighbour(place + 1) in {"st", "nd", "rd", "th"}
        before = self._neighbour(place - 1)
        counts = before in _OWNERS or (
            self._neighbour(place + 2) in COUNTED and before not in MONTHS
        )
        return suffixed and len(self._tokens[place].text) <= 2 and not counts

    @staticmethod
    def _patterns() -> tuple[tuple[re.Pattern[str], "_Make"], ...]:
        return _PATTERNS

    def follows(self, place: int, words: frozenset[str]) -> bool:
        """Whether one of some words stands before a place in the text."""
        first = next((i for i, one in enumerate(self._tokens) if one.start == place), 0)
        return self._neighbour(first - 1) in words

    def is_followed(self, place: int, words: frozenset[str]) -> bool:
        """Whether one of some words stands behind a place in the text."""
        return self._neighbour(self._ends.get(place, len(self._tokens))) in words

    def month_day(self, first: int, second: int) -> tuple[int, int] | None:
        """Month and day of two numbers, in the order that is customary or else possible."""
        orders = [(first, second), (second, first)]
        if self._day_first:
            orders.reverse()
        for month, day in orders:
            if real_date(2000, month, day):
                return month, day
        return None


_Made = tuple[str, Hashable, float]
_Make = Callable[[Seeds, re.Match[str]], _Made | None]


def _date_time(_: Seeds, match: re.Match[str]) -> _Made | None:
    year, month, day, hour, minute = (int(match[number]) for number in range(1, 6))
    if not real_date(year, month, day) or hour > 23 or minute > 59:
        return None
    if " " in match[0] and match[6] is None and (match[7] or "").startswith("-"):
        return None  # “2026-03-02 09:00-09:30” is a span, and no place in the Pacific
    zone = None
    if match[7]:
        zone = 0
        if match[7] != "Z":
            sign = -1 if match[7][0] == "-" else 1
            zone = sign * (int(match[7][1:3]) * 60 + int(match[7][-2:]))
    clock = Clock(hour, minute, int(match[6]) if match[6] else None, "24", zone)
    return "stamp", (Calendar(year, month, day), clock), 0.0


def _year_first(_: Seeds, match: re.Match[str]) -> _Made | None:
    year, month, day = int(match[1]), int(match[3]), int(match[4])
    if not real_date(year, month, day) and match[2] == "-":
        month, day = day, month
    return ("day", Calendar(year, month, day), 0.0) if real_date(year, month, day) else None


def _year_last(seeds: Seeds, match: re.Match[str]) -> _Made | None:
    if match[2] == "." and len(match[4]) == 2:
        return None
    fields = seeds.month_day(int(match[1]), int(match[3]))
    year = full_year(int(match[4]))
    if fields is None or not real_date(year, *fields):
        return None
    return "day", Calendar(year, *fields), 0.0


def _month_day(seeds: Seeds, match: re.Match[str]) -> _Made | None:
    parted = seeds.is_followed(match.end(), PARTED)
    timed = _TIME_BEHIND.match(match.string, match.end()) is not None
    if _FRACTION.fullmatch(match[0]) and parted and not timed:
        return None
    if seeds.follows(match.start(), SCORED):
        return None
    if match[0] == _ATTACKS and seeds.is_followed(match.end(), TOLD_OF):
        return None
    if match[0] == _ALWAYS and not seeds.follows(match.start(), BEFORE_CLOCK):
        return None
    fields = seeds.month_day(int(match[1]), int(match[3]))
    return None if fields is None else ("day", Calendar(None, *fields), 0.3)


def _day_month(seeds: Seeds, match: re.Match[str]) -> _Made | None:
    """“am 12.3.”: the day first, behind a word that a date follows, or where it is plain."""
    day, month = int(match[1]), int(match[2])
    # A sentence may end in a number of two parts (“ex 3.4.”), but seldom in one such as “24.12.”.
    plain = day > 12 or (len(match[1]) == 2 and len(match[2]) == 2)
    timed = _CLOCK_BEHIND.match(match.string, match.end()) is not None
    led = timed or seeds.follows(match.start(), BEFORE_DOTTED | _TO_DOTTED)
    if not (led or plain) or not real_date(2000, month, day):
        return None
    return "day", Calendar(None, month, day), 0.0


def _short_year(seeds: Seeds, match: re.Match[str]) -> _Made | None:
    """“am 3.12.26”: as dates without a year; else it may be a version."""
    day, month, year = int(match[1]), int(match[2]), full_year(int(match[3]))
    plain = day > 12 and len(match[2]) == 2
    timed = _CLOCK_BEHIND.match(match.string, match.end()) is not None
    led = timed or seeds.follows(match.start(), BEFORE_DOTTED | _TO_DOTTED)
    if not (led or plain) or not real_date(year, month, day):
        return None
    return "day", Calendar(year, month, day), 0.0


def _dashed(seeds: Seeds, match: re.Match[str]) -> _Made | None:
    fields = seeds.month_day(int(match[1]), int(match[2]))
    return None if fields is None else ("dashed", Calendar(None, *fields), 2.0)


def _month_year(_: Seeds, match: re.Match[str]) -> _Made | None:
    month, year = int(match[1]), int(match[3])
    if not (1 <= month <= 12 and 1800 <= year <= 2200):
        return None
    return "day", Calendar(year, month), 0.0


def _compact(_: Seeds, match: re.Match[str]) -> _Made | None:
    year, month, day = (int(match[number]) for number in (1, 2, 3))
    return ("day", Calendar(year, month, day), 0.0) if real_date(year, month, day) else None


def _clock(_: Seeds, match: re.Match[str]) -> _Made | None:
    hour, minute = int(match[1]), int(match[2])
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    second = int(match[3]) if match[3] else None
    if second is not None and second > 59:
        return None
    certain = hour > 12 or hour == 0 or match[1].startswith("0") or second is not None
    return "clock", Clock(hour, minute, second, "24" if certain else ""), 0.0


def _hours(seeds: Seeds, match: re.Match[str]) -> _Made | None:
    hour = int(match[1])
    if hour > 24 or (match[2] and int(match[2]) > 59):
        return None
    quarters = match[2] in {"15", "30", "45"} and 0 < hour <= _LONGEST_WORK
    if quarters and not seeds.follows(match.start(), BEFORE_CLOCK):
        return None  # “1h30” is a length; “14h30” and “3h18” are times
    clock = Clock(hour, int(match[2]) if match[2] else 0, None, "24")
    return "clock" if match[2] else "hour", clock, 0.3


def _dotted(_: Seeds, match: re.Match[str]) -> _Made | None:
    hour, minute = int(match[1]), int(match[2])
    if hour > 23 or minute > 59:
        return None
    return "dotted", Clock(hour, minute, None, "24" if hour > 12 else ""), 0.5


def _four(_: Seeds, match: re.Match[str]) -> _Made | None:
    hour, minute = int(match[1]), int(match[2])
    nought = len(match[1]) > 1 and match[1].startswith("0")
    if hour > 23 or minute > 59 or (minute % 5 and not nought):
        return None
    certain = hour > 12 or match[1].startswith("0")
    return "dotted", Clock(hour, minute, None, "24" if certain else ""), 1.5


def _four_to_four(_: Seeds, match: re.Match[str]) -> _Made | None:
    """“0600-1400”; without a nought in front it needs a day beside it, and is no row of years."""
    first, last = ((int(match[at]), int(match[at + 1])) for at in (1, 3))
    nought = match[0].startswith("0")
    if not nought and {first[0], last[0]} <= {19, 20}:
        return None
    ends = tuple(Clock(hour, minute, None, "24") for hour, minute in (first, last))
    return "clocks" if nought else "loosers", ends, 0.5


def _decade(_: Seeds, match: re.Match[str]) -> _Made | None:
    return "day", YearPart("decade", int(match[1])), 0.0


def _quarter(_: Seeds, match: re.Match[str]) -> _Made | None:
    kind = "quarter" if match[2].lower() == "q" else "half"
    if kind == "half" and int(match[3]) > 2:
        return None
    return "day", YearPart(kind, int(match[3]), int(match[1])), 0.0


_PATTERNS: tuple[tuple[re.Pattern[str], _Make], ...] = (
    (_DATE_TIME, _date_time),
    (_YEAR_FIRST, _year_first),
    (_YEAR_LAST, _year_last),
    (_MONTH_DAY, _month_day),
    (_DAY_MONTH, _day_month),
    (_SHORT_YEAR, _short_year),
    (_DASHED, _dashed),
    (_MONTH_YEAR, _month_year),
    (_COMPACT, _compact),
    (_SPACED, _compact),
    (_CLOCK, _clock),
    (_HOURS, _hours),
    (_DOTTED, _dotted),
    (_FOUR, _four),
    (_FOUR_TO_FOUR, _four_to_four),
    (_QUARTER, _quarter),
    (_DECADE, _decade),
)
