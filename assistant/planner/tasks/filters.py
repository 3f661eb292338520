"""Filters as they are typed: ``#chem due:week !high -@home essay``."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from assistant.domain.errors import UserFacingError
from assistant.domain.task import ENDED, Priority, TaskState
from assistant.domain.task_filter import Order, TaskFilter
from assistant.planner.dates.finding import find

LONGEST: Final = 500
_ANY: Final = TaskFilter(states=None)
_TOKEN: Final = re.compile(r'(-?)([#@+!]|[A-Za-z]+:)?(?:"([^"]*)"|([^\s"]+))')
_KNOWN: Final = (
    "Write words of the title, #tag, !high, +project or project:name, @place, person:name, "
    "due:today, due:week, due:overdue, due:none or due:friday, is:open, is:done, is:blocked, "
    "is:repeating, is:running, estimate:none; a minus in front turns any of them around."
)
_STATES: Final[Mapping[str, frozenset[TaskState] | None]] = {
    "open": frozenset({TaskState.OPEN, TaskState.DOING, TaskState.WAITING}),
    "todo": frozenset({TaskState.OPEN}),
    "doing": frozenset({TaskState.DOING}),
    "waiting": frozenset({TaskState.WAITING}),
    "done": frozenset({TaskState.DONE}),
    "dropped": frozenset({TaskState.DROPPED}),
    "ended": ENDED,
    "all": None,
}
_FLAGS: Final[Mapping[str, Mapping[str, bool]]] = {
    "blocked": {"blocked": True},
    "free": {"blocked": False},
    "repeating": {"repeats": True},
    "running": {"running": True},
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter, and the projects that it names."""

    filter: TaskFilter
    projects: tuple[str, ...] = ()
    """Any of these, by name; a service finds their ids."""
    without_projects: tuple[str, ...] = ()
    """None of these, by name."""


def read_filter(text: str, now: datetime) -> Wanted:
    """Reads a filter.

    Args:
        text: As it was typed.
        now: In the user's zone; weeks begin on Mondays.

    Raises:
        UserFacingError: It is too long or has a part that means nothing (``filter_unknown``).
    """
    if len(text) > LONGEST:
        raise UserFacingError(
            f"The filter is longer than {LONGEST} characters.", _KNOWN, code="filter_unknown"
        )
    wanted = Wanted(TaskFilter())
    for token in _TOKEN.finditer(text):
        value = token[4] if token[3] is None else token[3]
        sign = (token[2] or "").lower()
        if value:
            wanted = _with(wanted, sign, value, bool(token[1]), now)
    return wanted


def _with(wanted: Wanted, sign: str, value: str, minus: bool, now: datetime) -> Wanted:  # noqa: FBT001 - a part of the token
    one = wanted.filter
    if sign in {"#", "tag:"}:
        if minus:
            return _narrowed(wanted, without_tags=(*one.without_tags, value))
        return _narrowed(wanted, tags=(*one.tags, value))
    if sign == "" and minus:
        return _narrowed(wanted, without_words=(*one.without_words, value))
    if sign == "":
        return _narrowed(wanted, words=(*one.words, value))
    if sign not in _SIGNS:
        raise _unknown(f"{'-' if minus else ''}{sign}{value}")
    return (_turned if minus else _straight)(wanted, sign, value, now)


def _straight(wanted: Wanted, sign: str, value: str, now: datetime) -> Wanted:
    return _SIGNS[sign](wanted, value, now)


def _turned(wanted: Wanted, sign: str, value: str, now: datetime) -> Wanted:
    """What a part lets through is left out."""
    alone = _straight(Wanted(_ANY), sign, value, now)
    left_out = replace(alone.filter, order=Order.DUE)
    if alone.projects:
        return replace(wanted, without_projects=(*wanted.without_projects, *alone.projects))
    if left_out.states is not None:
        return _narrowed(wanted, states=_other_states(wanted.filter, left_out.states))
    if left_out == _ANY:
        raise _unknown(f"-{sign}{value}")
    return _narrowed(wanted, none_of=(*wanted.filter.none_of, left_out))


def _other_states(one: TaskFilter, named: frozenset[TaskState]) -> frozenset[TaskState]:
    """The states asked for without some; where none is left, all others there are."""
    every = frozenset(TaskState)
    return ((one.states or every) - named) or (every - named)


def _narrowed(wanted: Wanted, **changes: object) -> Wanted:
    return replace(wanted, filter=replace(wanted.filter, **changes))  # pyright: ignore[reportArgumentType] - fields by name


def _unknown(part: str) -> UserFacingError:
    return UserFacingError(
        f"“{part[:80]}” means nothing in a filter.", _KNOWN, code="filter_unknown"
    )


def _priority(wanted: Wanted, value: str, _: datetime) -> Wanted:
    before = wanted.filter.priorities or frozenset[Priority | None]()
    if value.lower() == "none":
        return _narrowed(wanted, priorities=before | {None})
    try:
        return _narrowed(wanted, priorities=before | {Priority(value.lower())})
    except ValueError:
        raise _unknown(f"!{value}") from None


def _project(wanted: Wanted, value: str, _: datetime) -> Wanted:
    if value.lower() in {"none", "inbox"}:
        return _narrowed(wanted, in_inbox=True)
    return replace(wanted, projects=(*wanted.projects, value))


def _place(wanted: Wanted, value: str, _: datetime) -> Wanted:
    return _narrowed(wanted, places=(*wanted.filter.places, value))


def _person(wanted: Wanted, value: str, _: datetime) -> Wanted:
    return _narrowed(wanted, people=(*wanted.filter.people, value))


def _estimate(wanted: Wanted, value: str, _: datetime) -> Wanted:
    if value.lower() not in {"none", "any"}:
        raise _unknown(f"estimate:{value}")
    return _narrowed(wanted, has_estimate=value.lower() == "any")


def _is(wanted: Wanted, value: str, now: datetime) -> Wanted:
    name = value.lower()
    if name in _STATES:
        order = Order.ENDED if name in {"done", "dropped", "ended"} else wanted.filter.order
        return _narrowed(wanted, states=_STATES[name], order=order)
    if name == "overdue":
        return _due(wanted, name, now)
    if name not in _FLAGS:
        raise _unknown(f"is:{value}")
    return _narrowed(wanted, **_FLAGS[name])


def _due(wanted: Wanted, value: str, now: datetime) -> Wanted:
    name = value.lower()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if name in {"none", "any"}:
        return _narrowed(wanted, has_date=name == "any")
    if name == "overdue":
        return _narrowed(wanted, overdue=now)
    day = timedelta(1)
    spans = {
        "today": (None, today + day),
        "tomorrow": (today + day, today + 2 * day),
        "week": (None, today + (7 - today.weekday()) * day),
        "month": (None, (today.replace(day=1) + 32 * day).replace(day=1)),
    }
    if name in spans:
        first, last = spans[name]
        return _narrowed(wanted, after=first, before=last)
    whens = find(value, now).whens
    if len(whens) != 1 or not whens[0].has_date:
        raise _unknown(f"due:{value}")
    start, end = whens[0].start, whens[0].end
    if start is not None and (end is None or end <= start):
        end = start + day
    return _narrowed(wanted, after=start, before=end)


_SIGNS: Final[Mapping[str, Callable[[Wanted, str, datetime], Wanted]]] = {
    "!": _priority,
    "priority:": _priority,
    "+": _project,
    "project:": _project,
    "@": _place,
    "place:": _place,
    "person:": _person,
    "with:": _person,
    "estimate:": _estimate,
    "is:": _is,
    "due:": _due,
}
