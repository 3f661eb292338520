"""When in the day something comes again, and what else it may be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

from assistant.domain.task import DayPart
from assistant.domain.when import Grain
from assistant.planner.quick_add.parts import Part, PartKind, QuickAdd
from assistant.planner.quick_add.reading import parse_line
from assistant.ui.clock import clock_face
from assistant.ui.plan.words import rule_words

_ANY_MOMENT: Final = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)
"""A midnight: whether words give the same rule does not depend on when they are read."""
_TIMES: Final = {
    DayPart.MORNING: (time(8), time(9)),
    DayPart.AFTERNOON: (time(14), time(16)),
    DayPart.EVENING: (time(18), time(20)),
}
_SOME_TIMES: Final = (time(9), time(18))


@dataclass(frozen=True, slots=True)
class Instead:
    """Something that a part may be in place of what it was taken for."""

    words: str
    meaning: str
    """In the words of a line; empty: no more than words of the title."""


def other_times(part: Part, found: QuickAdd) -> Iterator[Instead]:
    """Other times of the day at which it may come, in words that give the same rule."""
    start = found.start
    if start is None or any(one.kind is PartKind.WHEN for one in found.parts):
        return
    often = rule_words(part.value)
    for one in _TIMES[found.prefers] if found.prefers is not None else _SOME_TIMES:
        words = f"{often} at {one:%H:%M}"
        is_it = found.prefers is None and start.time() == one
        if not is_it and _reads_as(words, part.value, one):
            yield Instead(f"At {clock_face().time(one)}", words)
    for wish in DayPart:
        words = f"{often} in the {wish.value}"
        if wish is not found.prefers and _reads_as(words, part.value, None):
            yield Instead(f"In the {wish.value}", words)
    if start.time() != time() and _reads_as(often, part.value, time()):
        yield Instead("At any time of the day", often)


def _reads_as(words: str, rule: str, at: time | None) -> bool:
    """Whether words are read as a rule, at a time of the day; None for a part of the day."""
    read = parse_line(f"x {words}", _ANY_MOMENT)
    if read.title != "x" or read.recurrence != rule or read.start is None:
        return False
    if at is None:
        return read.prefers is not None
    return read.prefers is None and read.start.time() == at and _is_exact(read, at)


def _is_exact(read: QuickAdd, at: time) -> bool:
    return at == time() or read.grain is Grain.MINUTE
