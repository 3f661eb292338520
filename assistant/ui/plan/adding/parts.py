"""The parts of a line as chips: what they are called, what they say, and what else they may be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from assistant.domain.days import runs_words
from assistant.domain.when import Grain, Span
from assistant.planner.quick_add.parts import Part, PartKind, QuickAdd, runs_in
from assistant.planner.quick_add.vocabulary import MOST_WORDS
from assistant.planner.tasks.from_line import is_at_once, is_beginning
from assistant.ui.clock import clock_face
from assistant.ui.plan.adding.again import Instead, other_times
from assistant.ui.plan.words import length_words, moment_words, rule_words

_LOOKS: Final = {
    PartKind.WHEN: ("calendar", "on"),
    PartKind.DUE: ("flag", "due"),
    PartKind.DURATION: ("timer", "about"),
    PartKind.RECURRENCE: ("repeat", ""),
    PartKind.EXCEPT: ("calendar", "not"),
    PartKind.PRIORITY: ("signal", "priority"),
    PartKind.TAG: ("hash", ""),
    PartKind.PROJECT: ("folder", ""),
    PartKind.PLACE: ("map-pin", "at"),
    PartKind.PERSON: ("users", "with"),
    PartKind.AFTER: ("arrow-right-to-line", "after"),
}
_DAY = 10
_TIMED = 16


@dataclass(frozen=True, slots=True)
class ChipWords:
    """What a chip shows."""

    icon: str
    name: str
    value: str


def told_once(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts of a line, what stands apart but says one recurrence only once."""
    rules: set[str] = set()
    for part in parts:
        if part.kind is not PartKind.RECURRENCE or part.value not in rules:
            yield part
        if part.kind is PartKind.RECURRENCE:
            rules.add(part.value)


def chip_of(part: Part, found: QuickAdd, today: date) -> ChipWords:
    """How a part of a line is shown."""
    icon, name = _LOOKS[part.kind]
    if part.kind is PartKind.RECURRENCE:
        return ChipWords(icon, name, _comes_again(part, found))
    if part.kind is PartKind.WHEN and is_at_once(found):
        return ChipWords(*_LOOKS[PartKind.DUE], "Today")
    if part.kind is PartKind.WHEN and is_beginning(found):
        return ChipWords(icon, "not before", _value(part, today))
    return ChipWords(icon, name, _value(part, today))


def _comes_again(part: Part, found: QuickAdd) -> str:
    """How often, and when in the day: the time that the line gives it, or the part of the day."""
    words = rule_words(part.value, None if found.start is None else found.start.time())
    if found.start is None or any(one.kind is PartKind.WHEN for one in found.parts):
        return words
    if found.prefers is not None:
        return f"{words}, in the {found.prefers.value}"
    if found.start.time() == time():
        return words
    if "BYHOUR" in part.value:
        return words
    before = "from " if found.grain is Grain.DAY else ""
    return f"{words}, {before}{clock_face().time(found.start)}"


def _value(part: Part, today: date) -> str:
    if part.kind in {PartKind.WHEN, PartKind.DUE}:
        return " \N{EN DASH} ".join(_moment(words, today) for words in part.value.split(" - "))
    if part.kind is PartKind.EXCEPT:
        return runs_words(runs_in(part.value), today)
    if part.kind is PartKind.DURATION:
        number = part.value.split()[0]
        return length_words(float(number)) if number.isdecimal() else part.value
    if part.kind is PartKind.PRIORITY:
        return part.value.title()
    return part.value


def _moment(words: str, today: date) -> str:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return words
    return moment_words(moment, today, whole_day=len(words) <= _DAY)


def others_of(part: Part, found: QuickAdd, today: date) -> Iterator[Instead]:
    """What a part may be instead, the likeliest first."""
    if part.kind in {PartKind.WHEN, PartKind.DUE}:
        yield from _other_moments(part, found, today)
    elif part.kind is PartKind.PRIORITY:
        levels = (("Urgent", "!urgent"), ("High", "!high"), ("Medium", "!medium"), ("Low", "!low"))
        yield from (Instead(*level) for level in levels if level[0].lower() != part.value)
    elif part.kind is PartKind.DURATION:
        for minutes in (15, 30, 60, 90, 120, 180):
            if f"{minutes} min" != part.value:
                yield Instead(length_words(minutes), f"~{minutes}min")
    elif part.kind is PartKind.RECURRENCE:
        yield from other_times(part, found)
    elif part.kind is PartKind.TAG:
        yield Instead(f"Project {part.value}", f"+{part.value}")
    elif part.kind is PartKind.PROJECT:
        yield Instead(f"Tag {part.value}", f"#{part.value}")
    if part.words and len(part.words.split()) <= MOST_WORDS:
        yield Instead("Only words of the title", "")


def _is_gone(span: Span, today: date) -> bool:
    last = span.end or span.start
    return last is not None and last.date() < today


def _other_moments(part: Part, found: QuickAdd, today: date) -> Iterator[Instead]:
    if part.kind is PartKind.WHEN and is_at_once(found):
        yield Instead("At this time", part.value)
        return
    by = "by " if part.kind is PartKind.DUE else ""
    timed = ":" in part.value
    coming = sorted(found.alternatives, key=lambda span: _is_gone(span, today))
    for span in coming[:4]:
        moments = [moment for moment in (span.start, span.end) if moment is not None]
        if moments:
            shown = " \N{EN DASH} ".join(
                moment_words(one, today, whole_day=not timed) for one in moments
            )
            pattern = "%Y-%m-%d %H:%M" if timed else "%Y-%m-%d"
            yield Instead(shown, by + " to ".join(one.strftime(pattern) for one in moments))
    if part.kind is PartKind.WHEN and is_beginning(found):
        yield Instead("On that day" if not timed else "At that time", part.value[:_TIMED].strip())
    elif part.kind is PartKind.WHEN and " - " not in part.value:
        yield Instead("Not before then", f"from {part.value}")
    if part.kind is PartKind.WHEN:
        yield Instead("By then, not on that day", f"by {part.value[:_TIMED].strip()}")
