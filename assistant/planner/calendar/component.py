"""What is used of the reference library's components, with types; the library gives few."""

import importlib
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol, cast

from assistant.planner.calendar.values import Relation


class Component(Protocol):
    """A component with its properties by name."""

    name: str
    errors: list[tuple[str | None, str]]
    subcomponents: list["Component"]

    def get(self, name: str, default: object = None) -> Any:  # noqa: ANN401 - of any type
        """A property, or the default."""
        ...

    def __contains__(self, name: object) -> bool:
        """Whether it has a property."""
        ...

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - of any type
        """A property that must be there."""
        ...

    def __iter__(self) -> Iterator[str]:
        """The names of its properties."""
        ...

    def pop(self, name: str) -> object:
        """Take a property away."""
        ...

    def add(self, name: str, value: object, parameters: dict[str, str] | None = None) -> None:
        """Add a property."""
        ...

    def add_component(self, component: "Component") -> None:
        """Add a component inside."""
        ...

    def walk(self, name: str | None = None) -> list["Component"]:
        """This and the components inside, by name."""
        ...

    def to_ical(self) -> bytes:
        """As text, folded."""
        ...


Found = tuple[date | datetime, date | datetime, Component]
"""When something begins and ends, and the component that says what it is."""


class Occurrences(Protocol):
    """The times of a calendar's events."""

    def between(self, start: datetime, stop: datetime) -> list[Found]:
        """Those in a stretch of time."""
        ...


def component_of(text: str) -> Component:
    """Read a component with everything inside it."""
    library = importlib.import_module("icalendar")
    return cast("Component", library.Component.from_ical(text))


def new_component(kind: str) -> Component:
    """An empty component of a class of the library: ``Calendar``, ``Event`` or ``Todo``."""
    return cast("Component", getattr(importlib.import_module("icalendar"), kind)())


def rule_value(rule: str) -> object:
    """A recurrence rule as a value for ``add``."""
    return importlib.import_module("icalendar").vRecur.from_ical(rule)


def occurrences_of(calendar: Component) -> Occurrences:
    """The times of a calendar's events, to be asked for."""
    library = importlib.import_module("recurring_ical_events")
    return cast("Occurrences", library.of(calendar, components=[_events()]))


@cache
def _events() -> Any:  # noqa: ANN401 - of the library, which has no types
    """Choose events; a copy of the whole component for each time would take most of the time."""
    library = importlib.import_module("recurring_ical_events")

    def found(self: Any, *_: object, **__: object) -> Found:  # noqa: ANN401 - as above
        return self.start, self.end, self._adapter._component  # noqa: SLF001 - it has no other way

    light = type("Light", (library.Occurrence,), {"as_component": found})
    return library.ComponentsWithName("VEVENT", occurrence=light)


def forget_zones() -> None:
    """Let the library forget the zones that files have told it.

    WORKAROUND(https://github.com/collective/icalendar/issues/499): it keeps them for the whole
    process, so that one file's zone would be taken for another's of that name.
    """
    importlib.import_module("icalendar.timezone").tzp.use_default()


def values_of(component: Component, name: str) -> list[Any]:
    """A property that may stand several times."""
    found = component.get(name)
    if isinstance(found, list):
        return cast("list[Any]", found)
    return [] if found is None else [found]


def relations_in(component: Component) -> tuple[Relation, ...]:
    """What other components a component names as related to it."""
    return tuple(
        Relation(str(one.params.get("RELTYPE", "PARENT")).upper(), str(one).strip())
        for one in values_of(component, "RELATED-TO")
    )


def add_relation(component: Component, relation: Relation) -> None:
    """Name another component as related."""
    component.add("RELATED-TO", relation.uid, {"RELTYPE": relation.kind})
