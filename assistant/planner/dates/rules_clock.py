"""Rules for times of day and parts of the day."""

from dataclasses import replace
from typing import Final, cast

from assistant.planner.dates.chart import Made, Rule
from assistant.planner.dates.joining import join
from assistant.planner.dates.lexer import Number
from assistant.planner.dates.shapes import (
    Calendar,
    Clock,
    Day,
    DayOffset,
    DayPart,
    Meridiem,
    NamedWeekday,
    Point,
    Shape,
)

_LONGEST: Final = 12
"""Hours that somebody would plan to work on one day."""
_LAST_DAY: Final = 31
_MORNING: Final = range(6, 12)
"""Hours before noon for which something is planned."""
_LEAST_TO: Final = 5
"""So few minutes are not said to be left to a time without the word minutes."""
_NOUGHT_BEFORE: Final = 10
"""Hours that are certain before noon, and not past it, have a nought in front: “0742”."""


def _hour(number: Number) -> Clock | None:
    hour = int(number.value)
    if number.digits > 2 or not 0 <= hour <= 24 or hour != number.value:
        return None
    return Clock(hour, None, None, "24" if hour > 12 or hour == 0 else "")


def _loose(number: Number) -> Made:
    clock = _hour(number)
    return None if clock is None else ("loose", clock)


def _at(number: Number) -> Made:
    clock = _hour(number)
    return None if clock is None else ("clock", clock)


def _full(clock: Clock) -> Made:
    """“14:00 h”; but “about 4 hours” is a length."""
    return ("clock", clock) if clock.minute is not None else None


def _uhr(number: Number) -> Made:
    """An hour as Germans name it, of 24 as a rule."""
    clock = _hour(number)
    return None if clock is None else ("clock", replace(clock, half="24"))


def _halved(clock: Clock, half: Meridiem) -> Made:
    if not 1 <= clock.hour <= 12:
        return None
    if half and clock.half not in {"", half} and clock.half != "24":
        return None
    return "clock", replace(clock, half=half)


def _number_half(number: Number, half: Meridiem) -> Made:
    clock = _hour(number)
    return None if clock is None else _halved(clock, half)


def _is_single(day: Day) -> bool:
    """Whether it names one day: a date, a weekday, tomorrow."""
    if isinstance(day, Calendar):
        return day.day is not None or day.weekday is not None
    return isinstance(day, DayOffset | NamedWeekday)


def _day_letter(day: Day, number: Number, half: Meridiem) -> Made:
    """“Friday 5p”, where nothing follows; alone “5p” might be anything."""
    clock = _hour(number)
    made = None if clock is None or not _is_single(day) else _halved(clock, half)
    if made is None or (half == "am" and number.value not in _MORNING):
        return None
    return "bare", Point(day, cast("Clock", made[1]))


def _letter_on(number: Number, half: Meridiem, day: Day) -> Made:
    made = _day_letter(day, number, half)
    return None if made is None else ("point", made[1])


def _part_bare(part: str, point: Shape) -> Made:
    """“dinner Friday 17.30”."""
    made = join(Point(part=DayPart(part)), point) if isinstance(point, Point) else None
    return None if made is None else ("bare", made)


def _day_late(day: Day, clock: Clock) -> Made:
    """“26 Nov 19h”: so many hours of work are none for a day; “Friday 3h” is a length."""
    return ("point", Point(day, clock)) if _is_single(day) and clock.hour > _LONGEST else None


def _letter(clock: Clock, half: Meridiem) -> Made:
    return _halved(clock, half)


def _words(hour: Number, minute: Number) -> Made:
    """“seven thirty”: hours and minutes in words."""
    if hour.digits or minute.digits or not 1 <= hour.value <= 12 or not 10 <= minute.value <= 59:
        return None
    return "spelt", Clock(int(hour.value), int(minute.value))


def _spaced(hour: Number, minute: Number) -> Made:
    """“at 12 15”."""
    if not (0 < hour.digits <= 2 and minute.digits == 2 and minute.value < 60 and hour.value < 24):
        return None
    return "clock", Clock(int(hour.value), int(minute.value))


def _moved(minutes: float, clock: Clock, sign: int) -> Made:
    if clock.minute or not 0 < minutes < 60 or minutes != int(minutes):
        return None
    if sign > 0:
        return "clock", replace(clock, minute=int(minutes))
    hour = clock.hour - 1 if clock.hour > 1 or clock.half == "24" else 12
    half = clock.half
    if clock.hour == 12 and half in {"am", "pm"}:
        half = "am" if half == "pm" else "pm"
    return "clock", replace(clock, hour=hour % 24, minute=60 - int(minutes), half=half)


def _past(number: Number, clock: Clock) -> Made:
    return _moved(number.value, clock, 1)


def _to(number: Number, clock: Clock) -> Made:
    return _moved(number.value, clock, -1)


def _to_bare(number: Number, clock: Clock) -> Made:
    """“10 to 4pm”; in “3 to 4pm” the first is an hour as well."""
    return None if number.value < _LEAST_TO else _to(number, clock)


def _half_hour(hour: Number) -> Made:
    clock = _hour(hour)
    return None if clock is None else _moved(30, clock, 1)


def _zoned(clock: Clock, zone: int | str) -> Made:
    return "clock", replace(clock, zone=zone)


def _loose_zoned(number: Number, zone: int | str) -> Made:
    clock = _hour(number)
    return None if clock is None else ("clock", replace(clock, minute=0, zone=zone))


def _stressed(stress: str) -> tuple[Rule, ...]:
    """Rules for “early” and “late”."""

    def part_of(part: str) -> Made:
        return "point", Point(part=DayPart(part, stress))

    def on_day(day: Day, part: str) -> Made:
        return "point", Point(day, part=DayPart(part, stress))

    return (
        Rule(
            f"{stress} part",
            f"{stress}|{'earlier' if stress == 'early' else 'later'} in? the? {{part}}",
            f"{stress} in the morning",
            part_of,
            0.6,
        ),
        Rule(
            f"in the {stress} part",
            f"in the {stress} {{part}}",
            f"in the {stress} morning",
            part_of,
            0.6,
        ),
        Rule(
            f"{stress} day part",
            f"{stress} {{day}} {{part}}",
            f"{stress} tomorrow morning",
            on_day,
            0.5,
        ),
    )


def _today_part(name: str, days: int = 0, stress: str = "") -> Made:
    return "point", Point(DayOffset(days), part=DayPart(name, stress))


def _number_part(number: Number, part: str, day: Day | None = None) -> Made:
    clock = _hour(number)
    return None if clock is None else _clock_part(clock, part, day)


def _clock_part(clock: Clock, part: str, day: Day | None = None) -> Made:
    point = join(Point(clock=clock), Point(day, part=DayPart(part)))
    return None if point is None else ("point", point)


def _day_half(day: Day, half: Meridiem) -> Made:
    """“tomorrow am”, where no hour stands: its morning."""
    part = DayPart("morning" if half == "am" else "afternoon")
    return ("point", Point(day, part=part)) if _is_single(day) else None


def _point_dotted(point: Point, clock: Clock) -> Made:
    """“on Friday 8.45”, “Tue 1 Dec 0900”."""
    alone = point.clock is None and point.part is None and point.day is not None
    return _day_dotted(point.day, clock) if alone and point.day is not None else None


def _dotted_day(clock: Clock, day: Day) -> Made:
    """“0742 tomorrow”: with a nought in front it is no number of anything."""
    early = clock.half == "24" and clock.hour < _NOUGHT_BEFORE
    return ("point", Point(day, clock)) if early and _is_single(day) else None


def _day_hour(day: Day, number: Number) -> Made:
    """“drinks Thursday 8”, where nothing follows that the number may count."""
    plain = Calendar(weekday=day.weekday) == day if isinstance(day, Calendar) else False
    near = isinstance(day, DayOffset | NamedWeekday)
    if number.digits != 1 or number.value == 0 or not (plain or near):
        return None
    return "bare", Point(day, _hour(number))


def _till_late(day: Day, number: Number) -> Made:
    made = _day_hour(day, number)
    return None if made is None else ("point", made[1])


def _part_hour(part: str, day: Day, clock: Clock) -> Made:
    """“movie night fri 8”, where nothing follows that the number may count."""
    made = _clock_part(clock, part, day) if _is_single(day) and clock.minute is None else None
    return None if made is None else ("bare", made[1])


def _day_dotted(day: Day, clock: Clock) -> Made:
    """“Friday 8.45”, “Friday 1730”, where nothing follows that the number may count.

    The minutes are such as appointments have.
    """
    nought = clock.half == "24" and clock.hour < _NOUGHT_BEFORE
    even = nought or (clock.minute or 0) % 5 == 0
    return ("bare", Point(day, clock)) if even and _is_single(day) else None


def _tonight(clock: Clock) -> Made:
    """“tonight 8”; “tonight 2h” tells how long."""
    made = _clock_part(clock, "tonight", DayOffset(0)) if clock.minute is None else None
    return None if made is None else ("bare", made[1])


def _ordinal_at(day: int, clock: Clock) -> Made:
    """“the exam 15th at 9”: a time behind it makes a day of a number."""
    return ("point", Point(Calendar(day=day), clock)) if 1 <= day <= _LAST_DAY else None


def _day_worded(day: Day, clock: Clock) -> Made:
    if not isinstance(day, Calendar) or (day.day is None and day.weekday is None):
        return None
    return "point", Point(day, clock)


RULES = (
    *(
        Rule(
            f"after {name}",
            f"after {name}",
            f"after {name}",
            lambda name=name: ("point", Point(part=DayPart(f"after {name}"))),
            0.2,
        )
        for name in ("lunch", "school", "work")
    ),
    Rule("clock h", "{clock} h|hrs|hours|uhr", "14:00 h", _full, 0.2),
    Rule("at hours", "at {number} hours|hrs", "at five hours", _at, 0.3),
    Rule("hour Uhr", "at|um? {number} uhr", "um 9 Uhr", _uhr, 0.5),
    Rule("dotted Uhr", "at|um? {dotted} uhr", "9.30 Uhr", lambda clock: ("clock", clock), 0.3),
    Rule("um", "um {clock}", "um 14:30", lambda clock: ("clock", clock), 0.3),
    Rule("day dotted", "{day} ,? {dotted}", "Friday 8.45", _day_dotted, 0.9),
    Rule("point dotted", "{point} ,? {dotted}", "Tue 1 Dec 0900", _point_dotted, 0.9),
    Rule("dotted day", "{dotted} on? {day}", "0742 tomorrow", _dotted_day, 0.9),
    Rule("day half", "{day} {meridiem}", "tomorrow am", _day_half, 0.9),
    Rule("day hour", "{day} ,? {number}", "Thursday 8", _day_hour, 1.2),
    Rule("part day dotted", "{part} on? {bare}", "dinner Friday 17.30", _part_bare, 0.3),
    Rule("tonight hour", "tonight|tonite at? {loose}", "tonight 8", _tonight, 0.9),
    Rule("part day hour", "{part} on? {day} at? {loose}", "night fri 8", _part_hour, 0.9),
    Rule(
        "day part bare hour",
        "{day} {part} at? {loose}",
        "Friday evening 8",
        lambda day, part, clock: _part_hour(part, day, clock),
        0.9,
    ),
    Rule(
        "day hour till late",
        "{day} ,? {number} till|til|until|-|or late|close|closing|so",
        "Saturday 8 till late",
        _till_late,
        0.3,
    ),
    Rule(
        "till late",
        "{point} till|til|until late|close|closing",
        "8pm till late",
        lambda p: ("point", p),
        0.3,
    ),
    Rule("at hour", "at|@|around|about|circa {number}", "at 3", _at, 1.0),
    Rule("loose hour", "{number}", "3", _loose, 1.0),
    Rule("hour of h", "{hour}", "15h", lambda clock: ("loose", clock), 0.5),
    Rule("at hour of h", "at|@|around|about {hour}", "at 15h", lambda clock: ("clock", clock)),
    Rule("hour with half", "{number} {meridiem}", "3 pm", _number_half, 0.5),
    Rule("o'clock with half", "{number} oclock|o'clock {meridiem}", "3 oclock am", _number_half),
    Rule("clock with half", "{clock} {meridiem}", "3:15 pm", _halved, 0.5),
    Rule("clock with letter", "{clock} {half}", "3:18a", _letter, 0.7),
    Rule("hour with letter", "at|by|until|from|@ {number} {half}", "at 9p", _number_half, 1.0),
    Rule("o'clock", "{number} oclock|o'clock", "3 o'clock", _at),
    Rule("dotted with half", "{dotted} {meridiem}", "8.30pm", _halved, 0.5),
    Rule("at dotted", "at|around|@|about {dotted}", "at 6.45", lambda clock: ("clock", clock)),
    Rule("loose dotted", "{dotted}", "730", lambda clock: ("worded", clock), 1.0),
    Rule("words", "{number} {number}", "seven thirty", _words),
    Rule("spelt", "{spelt}", "seven thirty", lambda clock: ("worded", clock), 0.1),
    Rule("words joined", "{number} - {number}", "five-thirty", _words),
    Rule("at words", "at|around|about {worded}", "at seven thirty", lambda c: ("clock", c), 0.5),
    Rule("words with half", "{worded} {meridiem}", "seven thirty pm", _halved, 0.5),
    Rule("at spaced", "at {number} {number}", "at 12 15", _spaced),
    Rule("letter on day", "{number} {half} on? {day}", "10a on Friday", _letter_on, 0.6),
    Rule("day letter", "{day} ,? {number} {half}", "Friday 5p", _day_letter, 0.6),
    Rule("ordinal at", "{dordinal} ,? {clock}", "15th at 9", _ordinal_at, 0.6),
    Rule("day late hour", "{day} ,? {hour}", "26 Nov 19h", _day_late, 0.3),
    Rule("late hour day", "{hour} on? {day}", "19h Friday", lambda h, d: _day_late(d, h), 0.3),
    Rule("minutes past", "{number} past|after {clock|loose}", "ten past nine", _past),
    Rule(
        "named minutes past",
        "{number} minutes|minute|min|mins past|after|from {clock|loose}",
        "15 minutes past 3pm",
        _past,
    ),
    Rule("minutes from", "{number} minutes|min from {clock}", "15 minutes from 1pm", _past),
    Rule(
        "quarter past",
        "a? quarter past|after {clock|loose}",
        "quarter past 3",
        lambda clock: _moved(15, clock, 1),
    ),
    Rule(
        "half past",
        "half past|after {clock|loose}",
        "half past 3",
        lambda clock: _moved(30, clock, 1),
    ),
    Rule("half hour", "half {number}", "half three", _half_hour, 1.6),
    Rule("minutes to", "{number} minutes|min to|before|of {clock}", "15 min to noon", _to, 1.5),
    Rule("to", "{number} to|before|of {clock}", "15 to noon", _to_bare, 1.5),
    Rule("minutes to hour", "{number} minutes|min to|before {loose}", "15 minutes to 3", _to),
    Rule(
        "quarter to",
        "a? quarter to|before|of {clock|loose}",
        "quarter to 3",
        lambda clock: _moved(15, clock, -1),
    ),
    Rule(
        "noon",
        "noon|midday|noontime|noonish",
        "noon",
        lambda: ("clock", Clock(12, 0, None, "24")),
        0.2,
    ),
    Rule("twelve noon", "12 noon|midday", "12 noon", lambda: ("clock", Clock(12, 0, None, "24"))),
    Rule("mid day", "mid -? day", "mid day", lambda: ("clock", Clock(12, 0, None, "24"))),
    Rule(
        "midnight",
        "12? midnight",
        "midnight",
        lambda: ("clock", Clock(0, 0, None, "24", past=1)),
        0.2,
    ),
    Rule("zoned", "{clock} in? {zone}", "9am CET", _zoned, 0.3),
    Rule("zoned hour", "{number} {zone}", "8 GMT", _loose_zoned, 1.0),
    Rule("zoned h", "{hour} {zone}", "8h GMT", _zoned, 0.3),
    Rule(
        "about clock",
        "at|@|around|about|approximately|circa|exactly {clock}",
        "about 3pm",
        lambda clock: ("clock", clock),
        0.3,
    ),
    Rule(
        "clock or so",
        "{clock} approximately|ish|sharp|exactly",
        "3pm sharp",
        lambda clock: ("clock", clock),
        0.3,
    ),
    Rule("hour ish", "{number} -? ish", "3ish", _at, 0.5),
    Rule("dotted ish", "{dotted} -? ish", "150ish", lambda clock: ("clock", clock), 0.5),
    Rule("forclock", "for {clock}", "for 9am", lambda clock: ("forclock", clock), 0.5),
    Rule("part", "{part}", "morning", lambda part: ("point", Point(part=DayPart(part))), 0.6),
    Rule(
        "in the part",
        "in|during the? {part}",
        "in the morning",
        lambda part: ("point", Point(part=DayPart(part))),
        0.8,
    ),
    Rule(
        "at part",
        "at|around {part}",
        "at night",
        lambda part: ("point", Point(part=DayPart(part))),
        0.8,
    ),
    *_stressed("early"),
    *_stressed("late"),
    Rule(
        "early in the day",
        "early in the day",
        "early in the day",
        lambda: ("point", Point(part=DayPart("morning"))),
        0.8,
    ),
    Rule("this part", "this {part}", "this morning", _today_part, 0.5),
    Rule(
        "late last night",
        "late last night",
        "late last night",
        lambda: _today_part("night", -1, "late"),
        0.4,
    ),
    Rule(
        "last night",
        "last {part}",
        "last night",
        lambda part: _today_part("night" if part == "night" else part, -1),
        0.5,
    ),
    Rule("next part", "next {part}", "next evening", lambda part: _today_part(part, 1), 0.5),
    Rule("tonight", "tonight|tonite", "tonight", lambda: _today_part("tonight"), 0.3),
    Rule("to night", "to night", "to night", lambda: _today_part("tonight"), 0.3),
    Rule(
        "late tonight",
        "late tonight|tonite",
        "late tonight",
        lambda: _today_part("tonight", 0, "late"),
        0.5,
    ),
    Rule(
        "part of",
        "{part} of|on {day}",
        "morning of xmas",
        lambda part, day: ("point", Point(day, part=DayPart(part))),
        0.6,
    ),
    Rule("weekday clock with of", "{number} in the {part}", "8 in the evening", _number_part, 0.6),
    Rule(
        "number tonight",
        "{number} tonight",
        "eight tonight",
        lambda number: _number_part(number, "tonight", DayOffset(0)),
        0.6,
    ),
    Rule(
        "number at night",
        "{number} at night",
        "11 at night",
        lambda number: _number_part(number, "night"),
        0.6,
    ),
    Rule(
        "number day part",
        "{number} {day} {part}",
        "9 tomorrow morning",
        lambda number, day, part: _number_part(number, part, day),
        0.6,
    ),
    Rule("worded in part", "{worded} in the? {part}", "730 in the evening", _clock_part, 0.6),
    Rule(
        "worded day part",
        "{worded} {day} {part}",
        "five-thirty tomorrow evening",
        lambda clock, day, part: _clock_part(clock, part, day),
        0.6,
    ),
    Rule("day worded", "{day} ,? {spelt}", "march eighteenth nine thirty", _day_worded, 1.5),
)
