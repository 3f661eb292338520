"""Partial dates and times: what words say before they are held against a moment."""

from dataclasses import dataclass
from typing import Literal

from assistant.domain.when import Grain

Way = Literal["after", "from", "before", "by", "within"]
"""How a span is open: to what comes after a point, or to what comes before it."""
Meridiem = Literal["am", "pm", "24", ""]
"""Half of the day; ``24`` where the hour can only be meant as it is; empty where it is open."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Fields of a date, those that were named."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """0 is Monday."""
    or_hour: bool = False
    """Whether the day, as the number behind a weekday, may be an hour instead: “mon 12”."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """Whole units of the calendar: 0 is the present one; ``count`` of them from ``offset``."""

    unit: Grain
    offset: int
    count: int = 1
    working: bool = False
    """Monday to Friday only, for a week."""


@dataclass(frozen=True, slots=True)
class Rolling:
    """So many units from tomorrow on, or up to today; clock units from or up to now."""

    unit: Grain
    count: float
    forward: bool
    business: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time by units."""

    steps: tuple[tuple[Grain, float], ...]
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """A day moved by a length; ``base`` None is now."""

    amount: Amount
    sign: int
    base: "Day | None" = None


@dataclass(frozen=True, slots=True)
class Nth:
    """The n-th weekday, working day or unit within something; negative from the end."""

    number: int
    what: int | Grain | Literal["weekend", "workday"]
    within: "Day"
    count: int = 1


@dataclass(frozen=True, slots=True)
class NamedWeekday:
    """A weekday with a word before it: next, last, this, past, coming; or counted from now."""

    weekday: int
    which: str
    number: int = 1
    base: "Day | None" = None


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday by its key; ``offset`` counts from the coming one (0), -1 the one before."""

    key: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Portion:
    """The begin, middle or end of something."""

    which: Literal["begin", "middle", "end"]
    of: "Day"


@dataclass(frozen=True, slots=True)
class Remainder:
    """What is left of, or what has gone by of, a present unit."""

    of: "Day"
    later: bool


@dataclass(frozen=True, slots=True)
class Weekend:
    """The weekend of this week (0), the next (1), the last (-1)."""

    offset: int


@dataclass(frozen=True, slots=True)
class Season:
    """A season by name, or by how many seasons away it is."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class YearPart:
    """A quarter, half or ISO week of a year."""

    kind: Literal["quarter", "half", "week", "decade", "century"]
    number: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """Something looked for inside something larger."""

    inner: "Day"
    outer: "Day"


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The week that holds a day, or that begins with it."""

    day: "Day"


@dataclass(frozen=True, slots=True)
class DayOffset:
    """Days from today."""

    days: int


@dataclass(frozen=True, slots=True)
class Now:
    """The moment of reading."""


Day = (
    Calendar
    | Cycle
    | Rolling
    | Shift
    | Nth
    | NamedWeekday
    | Holiday
    | Portion
    | Remainder
    | Weekend
    | Season
    | YearPart
    | Within
    | WeekOf
    | DayOffset
    | Now
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, as far as it was named."""

    hour: int
    minute: int | None = None
    second: int | None = None
    half: Meridiem = ""
    zone: int | str | None = None
    """Minutes east of Greenwich, or the key of a zone."""
    past: int = 0
    """Days past: 1 for midnight as the end of a day."""


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of the day: its name and “early” or “late”."""

    name: str
    stress: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A day, a time of day, a part of the day: at least one of them."""

    day: Day | None = None
    clock: Clock | None = None
    part: DayPart | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """From one point to another."""

    first: Point
    last: Point


@dataclass(frozen=True, slots=True)
class Open:
    """Before, after, since, until or by a point."""

    way: Way
    point: Point


@dataclass(frozen=True, slots=True)
class Lasting:
    """A length of time from a point on."""

    amount: Amount
    start: Point


@dataclass(frozen=True, slots=True)
class Repeating:
    """A recurrence: a unit or weekdays, how many apart, with a time and a beginning."""

    unit: Grain
    every: int = 1
    weekdays: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    """Which of the weekdays of a month; negative from its end."""
    place: int = 0
    """Which of all its days of a month; negative from its end, 0 for each of them."""
    month: int | None = None
    month_day: tuple[int, ...] = ()
    at: Point | None = None
    to: Clock | None = None
    """The time of day at which it ends."""
    also: tuple[Clock, ...] = ()
    """Further times of each of its days, besides that of ``at``."""
    length: Amount | None = None
    """How long each time takes."""
    until: Point | None = None
    times: int = 0
    """How many times in all; 0 for no end."""
    reach: Amount | None = None
    """For how long it comes again."""
    start: Point | None = None
    after_completion: bool = False
    vague: bool = False
    """Whether its times of day were not named but chosen: “twice a day”."""


Shape = Point | Between | Open | Lasting | Amount | Repeating
