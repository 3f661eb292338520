"""Rules for lengths of time, and for what lies so long before or after something."""

from assistant.domain.when import Grain
from assistant.planner.dates.arithmetic import CLOCK_GRAINS
from assistant.planner.dates.chart import Made, Rule
from assistant.planner.dates.lexer import Number
from assistant.planner.dates.shapes import (
    Amount,
    Day,
    DayOffset,
    NamedWeekday,
    Shift,
)

Unit = tuple[Grain, int]


MOST = 10_000


def _amount(number: float, unit: Unit, *, vague: bool = False) -> Made:
    if not 0 < number <= MOST * 100:
        return None
    return "amount", Amount(((unit[0], number * unit[1]),), vague)


def _counted(number: Number, unit: Unit) -> Made:
    return _amount(number.value, unit)


def _ranged(first: Number, last: Number, unit: Unit) -> Made:
    """“1-2 hours”: the middle; of days and longer the last."""
    if not 0 < first.value < last.value:
        return None
    middle = (first.value + last.value) / 2
    return _amount(middle if unit[0] in CLOCK_GRAINS else last.value, unit)


def _sum(first: Amount, last: Amount) -> Made:
    order = list(Grain)
    if order.index(first.steps[-1][0]) <= order.index(last.steps[0][0]):
        return None
    return "amount", Amount(first.steps + last.steps, first.vague)


def _and_half(amount: Amount) -> Made:
    if len(amount.steps) != 1:
        return None
    unit, number = amount.steps[0]
    return "amount", Amount(((unit, number + 0.5),))


def _shift(sign: int, amount: Amount, base: Day | None = None) -> Made:
    if amount.vague and base is None and sign == 0:
        return None
    return "day", Shift(amount, sign, base)


def _unit_shift(sign: int, unit: Unit, base: Day | None) -> Made:
    if unit[0] in CLOCK_GRAINS and base is not None:
        return None
    return "day", Shift(Amount(((unit[0], float(unit[1])),)), sign, base)


def _weekdays_from(number: Number, weekday: int, sign: int, base: Day | None = None) -> Made:
    if not 1 <= number.value <= 1000:
        return None
    return "day", NamedWeekday(weekday, "counted", sign * int(number.value), base)


def _nth_weekday_after(number: int, weekday: int, base: Day) -> Made:
    return "day", NamedWeekday(weekday, "counted", number, base)


def _hours(hours: Number, minutes: Number) -> Made:
    if minutes.digits != 2 or minutes.value >= 60 or not hours.digits:
        return None
    return "amount", Amount(((Grain.HOUR, hours.value), (Grain.MINUTE, minutes.value)))


AMOUNTS = (
    Rule(
        "three quarters",
        "three quarters of an? hour",
        "three quarters of an hour",
        lambda: _amount(0.75, (Grain.HOUR, 1)),
        0.2,
    ),
    Rule("amount", "{number} more? -? {unit}", "3 weeks", _counted, 0.5),
    Rule(
        "amount range",
        "{number} -|\u2013|to|or {number} -? {unit}",
        "1-2 hours",
        _ranged,
        0.3,
    ),
    Rule("fraction amount", "{fraction} {unit}", "2.5 hours", _counted, 0.3),
    Rule("fraction of", "{fraction} of? an {unit}", "1/2 of an hour", _counted, 0.3),
    Rule("one", "a|an {unit}", "a week", lambda unit: _amount(1, unit, vague=True), 0.7),
    Rule("another", "another {unit}", "another day", lambda unit: _amount(1, unit), 0.7),
    Rule("half", "half a|an? {unit}", "half an hour", lambda unit: _amount(0.5, unit), 0.4),
    Rule("½", "½ a|an? {unit}", "½ hour", lambda unit: _amount(0.5, unit), 0.4),
    Rule("a half", "a half {unit}", "a half hour", lambda unit: _amount(0.5, unit), 0.4),
    Rule(
        "quarter of",
        "a? quarter of? an? hour",
        "quarter of an hour",
        lambda: _amount(0.25, (Grain.HOUR, 1)),
        0.4,
    ),
    Rule("couple", "a couple of? {unit}", "a couple of days", lambda unit: _amount(2, unit), 0.4),
    Rule("few", "a few {unit}", "a few days", lambda unit: _amount(3, unit), 0.4),
    Rule("several", "several|some {unit}", "several weeks", lambda unit: _amount(3, unit), 0.6),
    Rule(
        "and a half",
        "{number} and a? half {unit}",
        "two and a half hours",
        lambda number, unit: _amount(number.value + 0.5, unit),
        0.4,
    ),
    Rule("unit and a half", "{amount} and a? half", "an hour and a half", _and_half, 0.4),
    Rule("sum", "{amount} ,|and? {amount}", "1 hour and 30 minutes", _sum, 0.2),
    Rule("listed sum", "{amount} , and {amount}", "1d, 2h, and 5min", _sum, 0.2),
    Rule("a week's", "{amount} '? time", "a week's time", lambda amount: ("amount", amount)),
    Rule("hour and minutes", "{number} h {number}", "2h30", _hours, 0.8),
)


SHIFTS = (
    Rule(
        "in amount",
        "in|within about|around? {amount}",
        "in 3 days",
        lambda amount: _shift(1, amount),
        0.3,
    ),
    Rule("after amount", "after {amount}", "after a year", lambda amount: _shift(1, amount), 0.8),
    Rule("plus", "+ {amount}", "+2 months", lambda amount: _shift(1, amount), 0.3),
    Rule("minus", "- {amount}", "-3y", lambda amount: _shift(-1, amount), 1.5),
    Rule(
        "from now",
        "{amount} from now|today",
        "3 days from now",
        lambda amount: _shift(1, amount),
        0.2,
    ),
    Rule(
        "hence", "{amount} hence|later|ahead", "a week hence", lambda amount: _shift(1, amount), 0.3
    ),
    Rule("ago", "{amount} ago|earlier|back", "3 days ago", lambda amount: _shift(-1, amount), 0.2),
    Rule(
        "after day",
        "{amount} after|from|since {day}",
        "3 days after Easter",
        lambda amount, day: _shift(1, amount, day),
        0.3,
    ),
    Rule(
        "since day",
        "in {amount} since|after {whole}",
        "in two weeks since 2011",
        lambda amount, day: _shift(1, amount, day),
        0.2,
    ),
    Rule(
        "before day",
        "{amount} before {day}",
        "2 weeks before Christmas",
        lambda amount, day: _shift(-1, amount, day),
        0.3,
    ),
    Rule(
        "unit after",
        "the? {unit} after|following {day}",
        "the day after tomorrow",
        lambda unit, day: _unit_shift(1, unit, day),
        0.4,
    ),
    Rule(
        "unit before",
        "the? {unit} before {day}",
        "the day before yesterday",
        lambda unit, day: _unit_shift(-1, unit, day),
        0.4,
    ),
    Rule("the day after", "the day after", "the day after", lambda: ("day", DayOffset(1)), 1.2),
    Rule(
        "weekdays from now",
        "{number} {weekdays|weekday} from now|today|hence",
        "3 fridays from now",
        lambda number, day: _weekdays_from(number, day, 1),
        0.3,
    ),
    Rule(
        "weekdays ago",
        "{number} {weekdays|weekday} ago",
        "2 thursdays ago",
        lambda number, day: _weekdays_from(number, day, -1),
        0.3,
    ),
    Rule(
        "nth weekday after",
        "the? {ordinal} {weekday} after {day}",
        "third tuesday after Christmas",
        _nth_weekday_after,
        0.3,
    ),
    Rule(
        "weekday after",
        "{weekday} after|following {day}",
        "Monday after Easter",
        lambda day, base: _nth_weekday_after(1, day, base),
        0.6,
    ),
    Rule(
        "weekday before",
        "{weekday} before {day}",
        "Monday before Easter",
        lambda day, base: _nth_weekday_after(-1, day, base),
        0.6,
    ),
    Rule(
        "nth closest",
        "the? {ordinal} closest|nearest {weekday} to {day}",
        "second closest Monday to October fifth",
        lambda number, day, base: ("day", NamedWeekday(day, "closest", number, base)),
        0.3,
    ),
    Rule(
        "closest",
        "the? closest|nearest {weekday} to {day}",
        "closest Monday to October fifth",
        lambda day, base: ("day", NamedWeekday(day, "closest", 1, base)),
        0.3,
    ),
)

RULES = AMOUNTS + SHIFTS
