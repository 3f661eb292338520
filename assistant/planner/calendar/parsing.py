"""Components as the reference library reads them, one at a time."""

import warnings
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import RLock
from typing import Any, Final, cast

from assistant.planner.calendar.component import Component, component_of, forget_zones, values_of
from assistant.planner.calendar.rules import matches_no_day, too_often

FAULTS: Final = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    ArithmeticError,
    AssertionError,
    RecursionError,
)
"""What the libraries raise for calendars that they can't read."""

_ZONES_LOCK: Final = RLock()


class Unreadable(Exception):  # noqa: N818 - it is a finding, told to the user as a remark
    """A component can't be read; its words say why."""


@contextmanager
def zones_known(zones: Iterable[str]) -> Generator[None]:
    """Let components name time zones that their file describes, within the block."""
    with _ZONES_LOCK:
        forget_zones()
        try:
            for zone in zones:
                parsed(zone)
            yield
        finally:
            forget_zones()


def parsed(text: str) -> Component:
    """One component of a text.

    Raises:
        Unreadable: If it can't be read at all.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return component_of(text)
        except FAULTS as error:
            raise Unreadable(_first_sentence(error)) from error


def check_zone(text: str) -> None:
    """See that a description of a time zone can be used.

    Raises:
        Unreadable: If it can't be, or if its rules are no yearly ones.
    """
    zone = parsed_without_zone(text)
    for part in zone.walk():
        for rule in rules_of(part):
            if matches_no_day(rule) or too_often(rule, _start_of(part), _FAR):
                raise Unreadable("The rule of its changes is none that a zone can have.")
    with zones_known([text]):
        pass


def parsed_without_zone(text: str) -> Component:
    """A description of a time zone, not worked out: that is what its rules might never end."""
    inner = text.replace("BEGIN:VTIMEZONE", "BEGIN:X-ZONE", 1)
    return parsed(inner.replace("END:VTIMEZONE", "END:X-ZONE", 1))


def rules_of(component: Component) -> list[dict[str, Any]]:
    """The recurrence rules of a component; what is no rule is left out."""
    rules = values_of(component, "RRULE")
    mappings = [cast("dict[str, Any]", rule) for rule in rules if isinstance(rule, dict)]
    return [{name.upper(): list(values) for name, values in rule.items()} for rule in mappings]


def check_times(component: Component) -> None:
    """See that an event names one beginning and at most one end, as days or moments.

    Raises:
        Unreadable: If it does not.
    """
    for name in ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID"):
        values = values_of(component, name)
        if len(values) > 1:
            raise Unreadable(f"{name} stands more than once.")
        is_moment = name == "DURATION" or all(
            isinstance(getattr(value, "dt", None), date) for value in values
        )
        if not is_moment:
            raise Unreadable(f"{name} is neither a day nor a moment.")
    if not values_of(component, "DTSTART"):
        raise Unreadable("It has no DTSTART.")
    for name in ("RDATE", "EXDATE"):
        for moment in (one.dt for value in values_of(component, name) for one in value.dts):
            if not isinstance(moment, date | tuple):
                raise Unreadable(f"{name} holds what is neither a day nor a moment.")


def first_start(component: Component) -> tuple[datetime | None, bool]:
    """When a component begins, and whether it is a whole day; in UTC where no zone is named."""
    value = getattr(next(iter(values_of(component, "DTSTART")), None), "dt", None)
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)), False
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC), True
    return None, False


def unknown_zone(component: Component) -> str:
    """The zone that a beginning names and nobody knows, or nothing; its time is then local."""
    for value in values_of(component, "DTSTART"):
        name = str(value.params.get("TZID", ""))
        if name and isinstance(value.dt, datetime) and value.dt.tzinfo is None:
            return name
    return ""


def drop_empty_rules(component: Component) -> bool:
    """Take away rules that match no day: the event takes place on its first day alone.

    Returns:
        Whether there was one.

    Raises:
        Unreadable: If a rule can't be made out.
    """
    try:
        if any("RSCALE" in rule for rule in rules_of(component)):
            raise Unreadable("Its rule counts by another calendar than the Gregorian one.")
        never = any(matches_no_day(rule) for rule in rules_of(component))
    except FAULTS as error:
        raise Unreadable(f"Its rule can't be read: {_first_sentence(error)}") from error
    if never:
        component.pop("RRULE")
    return never


def check_steps(component: Component, until: datetime) -> None:
    """See that the rules of a component can be walked up to a moment.

    Raises:
        Unreadable: If one has too many steps.
    """
    if any(too_often(rule, _start_of(component), until) for rule in rules_of(component)):
        raise Unreadable("It repeats too often to be worked out.")


def _start_of(component: Component) -> object:
    return getattr(component.get("DTSTART"), "dt", None)


def reason_of(error: Exception) -> str:
    """Why a component was refused, in words."""
    if isinstance(error, KeyError):
        return f"It has no {error.args[0] if error.args else 'date'}."
    return _first_sentence(error)


def _first_sentence(error: Exception) -> str:
    words = " ".join(str(error).split()) or type(error).__name__
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


_LONGEST: Final = 200
_FAR: Final = datetime.fromisoformat("2100-01-01T00:00:00+00:00")
