"""What the Plan place says in words: days, moments, lengths, recurrences, priorities."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from assistant.domain.days import runs_of, runs_words
from assistant.domain.task import Due, Priority, Repeat, Task
from assistant.ui.clock import clock_words, span_words

_NEAR = 7
_WEEKDAYS: Final = {
    "MO": "Mon",
    "TU": "Tue",
    "WE": "Wed",
    "TH": "Thu",
    "FR": "Fri",
    "SA": "Sat",
    "SU": "Sun",
}
_UNITS: Final = {
    "MINUTELY": "minute",
    "HOURLY": "hour",
    "DAILY": "day",
    "WEEKLY": "week",
    "MONTHLY": "month",
    "YEARLY": "year",
}
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun")
_MORE_MONTHS: Final = ("Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ALL_MONTHS: Final = _MONTHS + _MORE_MONTHS
PRIORITY_WORDS: Final = {
    Priority.URGENT: "Urgent",
    Priority.HIGH: "High",
    Priority.MEDIUM: "Medium",
    Priority.LOW: "Low",
}


def day_words(day: date, today: date) -> str:
    """``Today``, ``Tomorrow``, ``Fri 21 Nov``, with the year where it is another one."""
    distance = (day - today).days
    near = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}.get(distance)
    if near is not None:
        return near
    words = f"{day:%a} {day.day} {day:%b}"
    return words if day.year == today.year else f"{words} {day.year}"


def moment_words(moment: datetime, today: date, *, whole_day: bool = False) -> str:
    """A day, and the time of day where one is meant: ``Tomorrow, 17:00``."""
    day = day_words(moment.date(), today)
    return day if whole_day else f"{day}, {clock_words(moment)}"


def stretch_words(start: datetime, end: datetime, today: date) -> str:
    """A stretch of time: its day, and from when to when."""
    return f"{day_words(start.date(), today)}, {span_words(start, end)}"


def start_words(moment: datetime, today: date) -> str:
    """From when on something can be begun; midnight is the beginning of its day."""
    return moment_words(moment, today, whole_day=moment.time() == time())


def due_words(due: Due, today: date) -> str:
    """By when something is due."""
    return moment_words(due.moment, today, whole_day=due.whole_day)


def is_late(task: Task, now: datetime) -> bool:
    """Whether a task that is open should be done already."""
    if task.due is None or not task.is_open:
        return False
    return _due_end(task.due) <= now


def _due_end(due: Due) -> datetime:
    return due.moment + timedelta(days=1) if due.whole_day else due.moment


def late_words(due: Due, end: datetime) -> str:
    """How long after its deadline something ends: ``2 h late``, ``1 day late``; empty in time.

    Args:
        due: The deadline.
        end: When it ends, in the user's zone.
    """
    late = end - _due_end(due)
    if late <= timedelta():
        return ""
    if due.whole_day:
        last = (end - timedelta(microseconds=1)).date()
        days = max(1, (last - due.moment.astimezone(end.tzinfo).date()).days)
    else:
        days = late // timedelta(days=1)
    if not days:
        return f"{length_words(late.total_seconds() / 60)} late"
    return "1 day late" if days == 1 else f"{days} days late"


def when_words(task: Task, today: date) -> str:
    """When a task takes place, is due or can begin; empty where it says nothing of that.

    ``Today, 15:00``, ``Fri 27 Nov``, ``from Today, 16:00``, ``Fri 27 Nov, from 16:00``.
    """
    if task.fixed_start is not None:
        if task.fixed_end is None:
            return moment_words(task.fixed_start, today)
        return stretch_words(task.fixed_start, task.fixed_end, today)
    if task.due is not None:
        words = _until_due(task.not_before, task.due, today)
        is_wish = task.prefers is not None and words == due_words(task.due, today)
        return f"{words}, {task.prefers}" if is_wish and task.due.whole_day else words
    return "" if task.not_before is None else f"from {start_words(task.not_before, today)}"


def _until_due(begins: datetime | None, due: Due, today: date) -> str:
    if begins is None or begins.time() == time():
        return due_words(due, today)
    if due.whole_day and due.moment.date() == begins.date():
        return f"{due_words(due, today)}, from {clock_words(begins)}"
    last = due.moment - timedelta(microseconds=1)
    if not due.whole_day and last.date() == begins.date():
        return stretch_words(begins, due.moment, today)
    return due_words(due, today)


def length_words(minutes: float) -> str:
    """``20 min``, ``3 h``, ``1 h 30``."""
    whole = max(1, round(minutes))
    hours, rest = divmod(whole, 60)
    if not hours:
        return f"{whole}\u00a0min"
    return f"{hours}\u00a0h\u00a0{rest:02}" if rest else f"{hours}\u00a0h"


def rule_words(rule: str, first: time | None = None) -> str:
    """A recurrence in words: ``every 2 weeks on Mon, Wed``, ``every day at 08:00 and 18:00``.

    Args:
        rule: By RFC 5545, without its name.
        first: When it comes first in the day: the minutes of a rule that names hours alone.
    """
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    unit = _UNITS.get(parts.get("FREQ", ""), "time")
    interval = parts.get("INTERVAL", "1")
    words = f"every {unit}" if interval == "1" else f"every {interval} {unit}s"
    days = [_weekday(day) for day in parts.get("BYDAY", "").split(",") if day]
    if days == list(_WEEKDAYS.values())[:5]:
        words = "every workday" if interval == "1" else f"{words} on workdays"
    elif days:
        words += f" on {', '.join(days)}"
    words += _of_months(parts)
    if times := _times(parts, first):
        words += f" at {times}"
    if parts.get("UNTIL"):
        words += f" until {_last_day(parts['UNTIL'])}"
    if parts.get("COUNT"):
        words += f", {parts['COUNT']} times"
    return words


def _of_months(parts: Mapping[str, str]) -> str:
    """On which days of which months: `` on the 1st``, `` on 5 Mar``, `` on day 8, 9 in Mar``."""
    days, months = parts.get("BYMONTHDAY", ""), parts.get("BYMONTH", "")
    named = ", ".join(_month(number) for number in months.split(",")) if months else ""
    one = days if days.isdecimal() else ""
    if one and named and "," not in months:
        return f" on {one} {named}"
    told = f" on day {days.replace(',', ', ')}" if days else ""
    if one:
        told = f" on the {_ordinal(int(one))}"
    elif days == "-1":
        told = " on the last day"
    return f"{told} in {named}" if named else told


def _ordinal(number: int) -> str:
    """``1st``, ``22nd``, ``13th``."""
    teen = number // 10 % 10 == 1
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def repeat_words(repeat: Repeat, first: time | None, today: date) -> str:
    """How a task comes again: ``every week on Mon, not 24 Nov``; see ``rule_words``."""
    words = rule_words(repeat.rule, first)
    if repeat.after_completion:
        words = f"{words} after completion"
    left_out = runs_words(runs_of(repeat.left_out), today)
    return f"{words}, not {left_out}" if left_out else words


def _last_day(until: str) -> str:
    """The last day of a rule: ``30 Jun 2026``."""
    try:
        day = datetime.fromisoformat(until)
    except ValueError:
        return until
    return f"{day.day} {day:%b} {day.year}"


def _times(parts: Mapping[str, str], first: time | None) -> str:
    """The times of day of a rule that names some: ``08:00, 13:00 and 18:00``."""
    minute = str(first.minute) if first is not None else ""
    hours, minutes = (
        sorted({int(one) for one in said.split(",") if one})
        for said in (parts.get("BYHOUR", ""), parts.get("BYMINUTE", minute))
    )
    each = [time(hour, one) for hour in hours for one in minutes]
    if picked := parts.get("BYSETPOS"):
        places = [int(one) for one in picked.split(",")]
        each = [each[one - 1] for one in places if 0 < one <= len(each)]
    times = [clock_words(one) for one in each]
    return " and ".join(part for part in (", ".join(times[:-1]), *times[-1:]) if part)


def _weekday(code: str) -> str:
    number, name = re.fullmatch(r"([+-]?\d*)(\w*)", code).groups() if code else ("", "")  # pyright: ignore[reportOptionalMemberAccess] - the pattern takes all that a rule can hold
    ordinal = {"1": "first ", "2": "second ", "3": "third ", "4": "fourth ", "-1": "last "}
    return ordinal.get(number.lstrip("+"), "") + _WEEKDAYS.get(name, name.title())


def _month(number: str) -> str:
    index = int(number) - 1 if number.isdecimal() else -1
    return _ALL_MONTHS[index] if 0 <= index < len(_ALL_MONTHS) else number


def long_day(day: date) -> str:
    """``Wednesday 19 November``."""
    return f"{day:%A} {day.day} {day:%B}"


def later_words(tasks: Sequence[Task], today: date) -> str:
    """How many tasks are later, and when the next of them is; empty where there is none."""
    dates = [task.fixed_start or (task.due.moment if task.due else None) for task in tasks]
    days = [one.date() for one in dates if one is not None]
    return f"{len(days)} later: the next on {day_words(min(days), today)}" if days else ""


def upcoming_head(day: date, today: date) -> str:
    """The heading of a day in what is coming."""
    near = {0: "Today", 1: "Tomorrow"}.get((day - today).days)
    return f"{near} · {long_day(day)}" if near else long_day(day)
