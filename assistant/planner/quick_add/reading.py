"""Reads a line: marked parts first, then lengths, recurrences and dates; the rest is the title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain

from assistant.domain.task import Priority
from assistant.domain.when import Duration, Grain, Recurrence, Sense, When
from assistant.planner.dates.arithmetic import CLOCK_GRAINS
from assistant.planner.dates.customs import Customs
from assistant.planner.dates.finding import Found, find
from assistant.planner.quick_add.beginnings import plain_beginnings
from assistant.planner.quick_add.deadlines_apart import deadlines_apart
from assistant.planner.quick_add.due_dates import (
    after_the_start,
    due_at_end_of_day,
    due_behind,
    on_its_own_day,
)
from assistant.planner.quick_add.fitting import fitting, with_clocks
from assistant.planner.quick_add.leaving_out import LeftOut, left_out_in, without
from assistant.planner.quick_add.less_days import days_left_out, without_days
from assistant.planner.quick_add.marks import marks_in
from assistant.planner.quick_add.naming import (
    as_written_down,
    begins_with_meal,
    events_in,
    holiday_in,
    is_before_event,
    is_holiday_of,
    meals_in,
    tidy,
)
from assistant.planner.quick_add.parts import Part, PartKind, QuickAdd, days_value
from assistant.planner.quick_add.rows import days_with_times, is_further, kept_of, row_of
from assistant.planner.quick_add.series import series_within
from assistant.planner.quick_add.times_of_day import wish_from, wish_of
from assistant.planner.quick_add.unsure import is_unsure
from assistant.planner.quick_add.verbatim import quoted_in, verbatim_in
from assistant.planner.quick_add.vocabulary import Expanded, Vocabulary, expand

MOST_CHARACTERS = 2000
_LONGEST_BARE = 24 * 60
"""Minutes: a length of a day and longer without “for” is no estimate, but words of the title."""
_SHORTEST_BARE_S = 60
"""“one second after”: without “for” so short a length is no estimate either."""
_BEFORE_LENGTH = re.compile(
    r"(?:~ ?|≈ ?|(?<!\w)(?:(?:it )?(?:should|will|would|might|may|can) (?:take|need|last)|for|"
    r"takes|taking|lasts|needs|est|estimate|estimated|about|around|approx)\.?:? )+$",
    re.IGNORECASE,
)
_IN = re.compile(r"(?<!\w)in\s*$", re.IGNORECASE)
_HOURS = re.compile(r"\s*(\d{1,2}) ?[-\u2013] ?(1[3-9]|2[0-4])(?= )")
"""At the beginning of a line with a day; elsewhere such numbers may count pages."""
_ENDED = re.compile(r"COUNT|UNTIL")
_UNTIL = re.compile(r"(?:until|till?|untill)\b", re.IGNORECASE)

_HEADLESS = re.compile(r"(?:with|w/|and|&)(?!\w)", re.IGNORECASE)
"""What something stands in front of: of “dinner friday with Ana” the dinner."""

_PLAIN = "\x00"
"""In place of each character of words that are only words of the title."""
_CUSTOMS = Customs()
_VOCABULARY = Vocabulary()


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads dates against one moment, by one set of customs."""

    now: datetime
    customs: Customs

    def read(self, text: str) -> Found:
        """What a text says about time."""
        return find(text, self.now, self.customs)

    def at(self, moment: datetime) -> "Reader":
        """The same against another moment."""
        return replace(self, now=moment)


@dataclass(slots=True)
class _Line:
    """A line while it is read."""

    expanded: Expanded
    left: list[str]
    """The characters of the expanded line that no part has taken yet; others are spaces."""
    events: tuple[tuple[int, int], ...] = ()
    """Parts of the day that name what takes place, and stay in the title."""
    parts: list[Part] = field(default_factory=list[Part])
    stays: list[str] = field(default_factory=list[str])
    """Words of dates that stay in the title."""
    apart: tuple[LeftOut, ...] = ()
    """Words that leave days out of what comes again; other parts go around them."""

    def keep(self, stretches: Sequence[tuple[int, int]]) -> None:
        """Leaves some stretches to the title: nothing in them is read."""
        for start, end in stretches:
            self.left[start:end] = _PLAIN * (end - start)

    def take(
        self, kind: PartKind, value: str, start: int, end: int, *, kept: int | None = None
    ) -> None:
        """Makes a part of a stretch; its characters from ``kept`` on stay in the title."""
        if kept is not None and kept < end:
            self.stays.append("".join(self.left[kept:end]).strip())
        for first, last in self._around(start, end):
            place = self.expanded.place(first, last)
            learnt = self.expanded.is_learnt(first, last)
            self.parts.append(Part(kind, value, place, "", learnt))
        for place in range(start, end if kept is None else kept):
            if not any(first <= place < last for first, last in self.events):
                self.left[place] = " "

    def beside(self, apart: tuple[LeftOut, ...]) -> "_Line":
        """A copy of it in which some words stand apart."""
        left = list(without("".join(self.left), apart))
        stays = list(self.stays)
        return replace(self, left=left, parts=list(self.parts), stays=stays, apart=apart)

    def _around(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The pieces of a stretch before, between and behind what stands apart in it."""
        for one in self.apart:
            if start < one.found[0] and one.found[1] < end:
                yield start, start + len("".join(self.left[start : one.found[0]]).rstrip())
                start = one.found[1]
                start += len(self.left[start:end]) - len("".join(self.left[start:end]).lstrip())
        yield start, end


def parse_line(
    text: str,
    now: datetime,
    vocabulary: Vocabulary = _VOCABULARY,
    *,
    customs: Customs = _CUSTOMS,
    tasks: Sequence[str] = (),
) -> QuickAdd:
    """Reads one line as a task.

    Args:
        text: What was typed; line breaks count as spaces.
        now: The moment of typing, best with the person's time zone.
        vocabulary: The person's own words.
        customs: How open words are read.
        tasks: Titles of tasks that “after …” may name.

    Returns:
        The task. Words that are not part of anything stay in the title, in order.
    """
    written = text[:MOST_CHARACTERS]
    expanded, plain = expand(written.replace("\n", " "), vocabulary)
    plain = (*plain, *verbatim_in(expanded.text))
    reader = Reader(now, customs)
    task = _read(expanded, plain, reader, tasks, written)
    meals = tuple(meals_in(expanded.text))
    if not meals:
        return task if task.title else _named_by_date(task, holiday_in(expanded.text))
    named = _read(expanded, (*plain, *meals), reader, tasks, written)
    kept = _read(expanded, plain, reader, tasks, written, meals)
    return _with_meals(task, named, kept.title, begins=begins_with_meal(expanded.text))


def _with_meals(task: QuickAdd, named: QuickAdd, title: str, *, begins: bool) -> QuickAdd:
    """A task, with the meals of its line in the title where they are what takes place.

    Args:
        task: With meals as times of day.
        named: The same line with meals as words of the title.
        title: As that of the task, with the meals.
        begins: Whether the line begins with one.
    """
    timed = named.start is not None and named.grain in CLOCK_GRAINS
    headless = not task.title or _HEADLESS.match(task.title) is not None
    if headless and task.end is not None and timed:
        return _named_by_date(named, named.title)  # “lunch in 20 min”: not at noon
    if not task.title:
        return _named_by_date(task, title)
    if timed and _names_a_clock(named):
        # “dinner friday 17:30, bring wine”: where a time stands beside it, a meal takes place.
        return replace(task, title=title) if task.end is None else named
    return replace(task, title=title) if headless or begins else task


def _names_a_clock(task: QuickAdd) -> bool:
    """Whether its time stands in figures, and not in words such as “tonight”."""
    words = "".join(one.words for one in task.parts if one.kind is PartKind.WHEN)
    return any(one.isdigit() for one in words)


def _named_by_date(task: QuickAdd, title: str) -> QuickAdd:
    return replace(task, title=title, named_by_date=bool(title))


def _read(
    expanded: Expanded,
    plain: Sequence[tuple[int, int]],
    reader: Reader,
    tasks: Sequence[str],
    written: str,
    events: Sequence[tuple[int, int]] = (),
) -> QuickAdd:
    """Reads an expanded line; some stretches of it are only words of the title, others also."""
    line = _Line(expanded, list(expanded.text), (*events_in(expanded.text), *events))
    line.keep(plain)
    task = QuickAdd("")
    for mark in sorted(marks_in("".join(line.left), tasks), key=lambda one: one.start):
        value = mark.value
        if mark.kind is PartKind.DURATION:
            task = replace(task, duration_min=task.duration_min or int(value))
            value = f"{value} min"
        line.take(mark.kind, value, mark.start, mark.end, kept=mark.start if mark.kept else None)
    line.keep(tuple(quoted_in("".join(line.left))))
    apart = left_out_in("".join(line.left), reader)
    less = _less_days(task, line.beside(apart), reader) if apart else None
    task, line = less or (_dated(task, line, reader), line)
    return _finished(task, line, written)


def _less_days(task: QuickAdd, line: _Line, reader: Reader) -> tuple[QuickAdd, _Line] | None:
    """A line that leaves days out, and its task; None where they can't be left out of anything."""
    task = _dated(task, line, reader)
    days = days_left_out(task, line.apart, reader)
    less = None if days is None else without_days(task, chain.from_iterable(days))
    if days is None or less is None:
        return None
    for one, some in zip(line.apart, days, strict=True):
        line.take(PartKind.EXCEPT, days_value(some), *one.found)
    return less, line


def _dated(task: QuickAdd, line: _Line, reader: Reader) -> QuickAdd:
    """Reads lengths, recurrences and dates."""
    left = plain_beginnings("".join(line.left))
    found = days_with_times(reader.read(left), left, reader)
    found = deadlines_apart(found, left, reader)
    task = _with_lengths(task, line, found.durations)
    task = _with_recurrence(task, line, found, reader)
    whens = [one for one in _together(line, found, reader) if not _taken(line, one)]
    whens = with_clocks(whens, "".join(line.left), reader)
    whens = fitting(whens, line.expanded.text, reader.now)
    whens = due_at_end_of_day(whens, "".join(line.left))
    whens, (first, last) = due_behind("".join(line.left), whens, reader)
    line.left[first:last] = " " * (last - first)
    return _with_whens(task, line, found, whens, reader)


def _taken(line: _Line, when: When) -> bool:
    """Whether another part has the words of a date already."""
    return not "".join(line.left[slice(*when.found)]).strip()


def _with_lengths(task: QuickAdd, line: _Line, durations: tuple[Duration, ...]) -> QuickAdd:
    for length in durations:
        start, end = length.found
        before = _BEFORE_LENGTH.search("".join(line.left[:start]))
        if before is not None:
            start = before.start()
        elif _is_of_days(length, line) or _is_an_instant(length, line):
            continue
        if task.duration_min is None:
            task = replace(task, duration_min=length.minutes)
            line.take(PartKind.DURATION, f"{length.minutes} min", start, end)
    return task


def _is_of_days(length: Duration, line: _Line) -> bool:
    """Whether a length is a day and longer, or “half day”."""
    return length.minutes >= _LONGEST_BARE or "day" in "".join(line.left[slice(*length.found)])


def _is_an_instant(length: Duration, line: _Line) -> bool:
    """Whether a length is but some seconds, of which the line tells something."""
    rest = line.left[: length.found[0]] + line.left[length.found[1] :]
    return length.seconds < _SHORTEST_BARE_S and any(one.isalpha() for one in rest)


def _with_recurrence(task: QuickAdd, line: _Line, found: Found, reader: Reader) -> QuickAdd:
    if not found.recurrences:
        return task
    text = "".join(line.left)
    one = _with_time(_main(found.recurrences), line, found, reader)
    last = next((when for when in found.whens if _is_last(when, text)), None)
    if last is not None and last.end is not None and not _ENDED.search(one.rule):
        until = last.end - timedelta(seconds=0 if last.has_clock else 1)
        one = replace(one, rule=f"{one.rule};UNTIL={until:%Y%m%dT%H%M%S}")
        line.take(PartKind.RECURRENCE, one.rule, *last.found)
    whens, bounded = list(found.whens), series_within(one, found, text, reader)
    if bounded is not None:
        one, span = bounded
        whens.remove(span)
        line.take(PartKind.RECURRENCE, one.rule, *span.found)
    line.take(PartKind.RECURRENCE, one.rule, *one.found)
    task = replace(task, recurrence=one.rule, after_completion=one.after_completion)
    start = one.first
    grain = Grain.MINUTE if one.has_clock else Grain.DAY
    if start is None:
        return task
    if any(when.has_date and when.sense is not Sense.BY for when in whens):
        return task
    wish = wish_of(one, text[slice(*one.found)])
    return replace(task, start=start, end=one.end, grain=grain, prefers=wish)


def _with_time(one: Recurrence, line: _Line, found: Found, reader: Reader) -> Recurrence:
    """What comes again, at the time of day that stands apart from it."""
    text = "".join(line.left)
    timed = [when for when in found.whens if when.has_clock and not when.has_date]
    if not timed or one.has_clock:
        return one
    for place in dict.fromkeys((row_of(timed, text), timed[0].found)):
        joined = reader.read(f"{text[slice(*one.found)]} {text[slice(*place)]}")
        if joined.whens or len(joined.recurrences) != 1 or not joined.recurrences[0].has_clock:
            continue
        if place != timed[0].found:
            line.take(PartKind.WHEN, _told(timed[0]), *place)
        return replace(joined.recurrences[0], found=one.found)
    return one


def _main(recurrences: Sequence[Recurrence]) -> Recurrence:
    """Of “weekly review sundays” the one that names days: the other one names the task."""
    first = recurrences[0]
    frequency = first.rule.partition(";")[0]
    if first.rule != frequency or first.has_clock:
        return first
    finer = "FREQ=WEEKLY" if frequency == "FREQ=DAILY" else frequency
    same = (one for one in recurrences[1:] if one.rule.startswith(f"{finer};BY"))
    return next(same, first)


def _is_last(when: When, text: str) -> bool:
    """Whether a deadline tells how long something comes again: “mondays assembly until July”."""
    return when.sense is Sense.BY and _UNTIL.match(text, when.found[0]) is not None


def _together(line: _Line, found: Found, reader: Reader) -> list[When]:
    """The dates; a day and a time that stand apart are read as one."""
    whens = list(found.whens)
    days = [one for one in whens if one.has_date and not one.has_clock and one.grain is Grain.DAY]
    times = [one for one in whens if one.has_clock and not one.has_date]
    text = "".join(line.left)
    hours = _HOURS.match(text[: days[0].found[0]]) if len(days) == 1 and not times else None
    if hours is not None and int(hours[1]) < int(hours[2]):
        times = [replace(days[0], found=hours.span(), has_date=False, has_clock=True)]
    if len(days) != 1 or len(times) != 1 or found.recurrences:
        return whens
    day, time = days[0], times[0]
    if day.sense is Sense.BY and time.sense is Sense.SPAN and time.end is None:
        return whens  # “after 4pm by friday”: a beginning and a deadline
    first, last = text[slice(*day.found)], text[slice(*time.found)]
    joined = reader.read(f"{first} {last}").whens
    if len(joined) != 1 or not (joined[0].has_date and joined[0].has_clock):
        return whens
    line.take(_kind(joined[0]), _told(joined[0]), *time.found)
    whens = [one for one in whens if one not in {day, time}]
    return [replace(joined[0], found=day.found), *whens]


def _with_whens(
    task: QuickAdd, line: _Line, found: Found, whens: Sequence[When], reader: Reader
) -> QuickAdd:
    """Sets the first deadline and the first other date; more dates stay in the title."""
    text = "".join(line.left)
    begin = next((one for one in whens if one.sense is not Sense.BY and one.start), None)
    ends = [one.found[1] for one in (*found.recurrences, *whens)]
    for one in whens:
        when, words = one, text[slice(*one.found)]
        if when.sense is Sense.BY:
            if task.due is not None:
                continue
            when = after_the_start(when, begin, words, reader) if begin is not None else when
            when = on_its_own_day(when, words)
            task = replace(task, due=_deadline(when))
        elif words.startswith("-") and _IN.search(text, 0, when.found[0]):
            continue  # “in -3 days” is no time that comes
        elif is_further(one, ends, text):
            continue  # stays in the title
        elif task.start is None:
            task = replace(task, start=when.start, end=when.end)
        elif not (task.recurrence and when.has_clock and not when.has_date):
            continue
        if task.recurrence and when.end is not None and when.sense is Sense.SPAN:
            task = replace(task, end=_end_on(task.start, when))
        named = is_holiday_of(text, one.found) and when.sense is not Sense.BY
        named = named or is_before_event(text, one.found)
        kept = one.found[0] if named else kept_of(one, whens, text, reader)
        line.take(_kind(when), _told(when), *when.found, kept=kept)
        task = replace(
            task,
            grain=task.grain or when.grain,
            alternatives=task.alternatives or when.alternatives,
            prefers=task.prefers or wish_from(when),
        )
    return task


def _end_on(start: datetime | None, when: When) -> datetime | None:
    """The end of a span of clock times on the first day of a recurrence."""
    if start is None or when.start is None or when.end is None or not when.has_clock:
        return None
    return start + min(when.end - when.start, timedelta(1))


def _deadline(when: When) -> datetime | None:
    """A deadline: the named time, or the beginning of the last day."""
    if when.end is None or when.has_clock or when.grain is Grain.HOUR:
        return when.end
    last = when.end - timedelta(seconds=1)
    return last.replace(hour=0, minute=0, second=0, microsecond=0)


def _kind(when: When) -> PartKind:
    return PartKind.DUE if when.sense is Sense.BY else PartKind.WHEN


def _told(when: When) -> str:
    """A date as figures that the grammar reads again."""
    form = "%Y-%m-%d %H:%M" if when.has_clock else "%Y-%m-%d"
    moment = _deadline(when) if when.sense is Sense.BY else when.start
    told = "" if moment is None else moment.strftime(form)
    if when.sense is Sense.SPAN and when.end is not None:
        last = when.end if when.has_clock else when.end - timedelta(seconds=1)
        told = f"{told} - {last.strftime(form)}"
    return told


def _finished(task: QuickAdd, line: _Line, written: str) -> QuickAdd:
    parts = sorted(
        (replace(part, words=written[slice(*part.found)]) for part in line.parts),
        key=lambda part: part.found,
    )
    title = rest = _title(line)
    for words in line.stays:
        rest = rest.replace(words, " ", 1)
    levels = [part.value for part in parts if part.kind is PartKind.PRIORITY and part.value]
    return replace(
        task,
        title=title,
        priority=Priority(levels[0]) if levels else None,
        tags=_values(parts, PartKind.TAG),
        project=next(iter(_values(parts, PartKind.PROJECT)), None),
        place=next(iter(_values(parts, PartKind.PLACE)), None),
        people=_values(parts, PartKind.PERSON),
        after=_values(parts, PartKind.AFTER),
        parts=tuple(parts),
        unsure=is_unsure(rest, comes_again=task.recurrence is not None),
    )


def _values(parts: Sequence[Part], kind: PartKind) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.value for part in parts if part.kind is kind))


def _title(line: _Line) -> str:
    """What is left of the line, in order, the person's own words put into common ones."""
    words = (
        word if character == _PLAIN else character
        for character, word in zip(line.left, line.expanded.text, strict=True)
    )
    return as_written_down(tidy("".join(words)))
