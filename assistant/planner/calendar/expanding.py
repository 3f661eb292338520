"""When the events of a calendar take place, by the reference library for recurrences."""

import warnings
from collections.abc import Collection, Iterable, Iterator
from datetime import MAXYEAR, UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assistant.domain.schedule import BlockKind, Busy
from assistant.planner.calendar.component import (
    Component,
    Found,
    new_component,
    occurrences_of,
    values_of,
)
from assistant.planner.calendar.lines import lines_of
from assistant.planner.calendar.parsing import (
    FAULTS,
    Unreadable,
    check_steps,
    drop_empty_rules,
    parsed,
    reason_of,
    zones_known,
)
from assistant.planner.calendar.values import (
    CalendarItem,
    CalendarText,
    Expansion,
    ItemKind,
    Occurrence,
    Remark,
)


class SeriesQuery:
    """One event with its exceptions, ready to be asked.

    Args:
        calendar: A calendar with the components of this event alone.

    Raises:
        FAULTS: If the library can't work the event out.
    """

    def __init__(self, calendar: Component) -> None:
        self.components: list[Component] = list(calendar.walk("VEVENT"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._query = occurrences_of(calendar)

    def between(self, start: datetime, end: datetime) -> list[Found]:
        """The times between two moments.

        Raises:
            FAULTS: If the library can't work the event out.
            Unreadable: If it takes place too often for that.
        """
        for component in self.components:
            check_steps(component, end)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(self._query.between(start, end))

    def reach(self, horizon: datetime) -> tuple[datetime, datetime]:
        """A stretch in which the event should take place, to try it out."""
        first = _moment(self.components[0]["DTSTART"].dt, horizon.tzinfo or UTC)
        lowest, highest = (datetime(year, 1, 2, tzinfo=UTC) for year in (1, MAXYEAR))
        around = max(lowest, min(first, highest))
        return around - timedelta(days=1), around + timedelta(days=32)


def components_in(text: str) -> list[Component]:
    """The components of an item; zones must be known.

    Raises:
        Unreadable: If one can't be read.
    """
    components = parsed(f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n").subcomponents
    for component in components:
        for event in component.walk("VEVENT"):
            drop_empty_rules(event)
    return components


def query_of(head: str, components: Iterable[Component]) -> SeriesQuery:
    """An event with its exceptions, to be asked.

    Args:
        head: The properties of the calendar.
        components: Its own, without rules that match no day.

    Raises:
        FAULTS: If the library can't work the event out.
    """
    calendar = new_component("Calendar")
    for name, value in _head_values(head):
        calendar.add(name, value)
    for component in components:
        calendar.add_component(component)
    return SeriesQuery(calendar)


def _head_values(head: str) -> Iterator[tuple[str, str]]:
    for line in lines_of(head):
        name, _, value = line.whole.partition(":")
        name, value = name.split(";")[0].strip().upper(), value.strip()
        if name == "CALSCALE" or (name == "X-WR-TIMEZONE" and _is_zone(value)):
            yield name, value


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


class LoadedCalendar:
    """A calendar whose events are worked out for any stretch of time.

    Args:
        calendar: Its text, as it was read.
        mine: Addresses of the user, by which declined invitations are known.
    """

    def __init__(self, calendar: CalendarText, mine: Collection[str] = ()) -> None:
        self._mine = frozenset(address.casefold() for address in mine)
        self._series: list[tuple[CalendarItem, SeriesQuery]] = []
        self._taken: list[tuple[CalendarItem, Component]] = []
        self._remarks: list[Remark] = []
        with zones_known(calendar.zones):
            for item in calendar.items:
                try:
                    self._load(calendar.head, item)
                except (*FAULTS, Unreadable) as error:
                    self._remark(item, error)

    def _load(self, head: str, item: CalendarItem) -> None:
        if item.kind is ItemKind.EVENT:
            self._series.append((item, query_of(head, components_in(item.text))))
        elif item.kind is ItemKind.FREE_BUSY:
            self._taken += ((item, one) for one in components_in(item.text))
        elif item.kind is ItemKind.OTHER and "BEGIN:VEVENT" in item.text.upper():
            self._series.append((item, query_of(head, components_in(item.text))))

    def _remark(self, item: CalendarItem, error: Exception) -> None:
        name = item.text.partition("\r\n")[0].partition(":")[2].upper()
        self._remarks.append(Remark(name, item.line, reason_of(error), title=item.title))

    def between(self, start: datetime, end: datetime, zone: tzinfo) -> Expansion:
        """What takes place between two moments, by its beginning.

        Args:
            start: The first moment.
            end: The moment before which an occurrence has to begin.
            zone: Where days and times without a zone are.
        """
        found: list[Occurrence] = []
        remarks = list(self._remarks)
        window = start.astimezone(zone), end.astimezone(zone)
        for item, query in self._series:
            try:
                found += [self._occurrence(item, one, zone) for one in query.between(*window)]
            except (*FAULTS, Unreadable) as error:
                name = "VEVENT"
                remarks.append(Remark(name, item.line, reason_of(error), title=item.title))
        for item, component in self._taken:
            found += (
                taken
                for taken in _free_busy(item, component, zone)
                if taken.start < end and start < taken.end
            )
        found.sort(key=lambda occurrence: (occurrence.start, occurrence.end, occurrence.title))
        return Expansion(tuple(found), tuple(remarks))

    def _occurrence(self, item: CalendarItem, found: Found, zone: tzinfo) -> Occurrence:
        first, last, event = found
        status = str(event.get("STATUS", "")).upper()
        return Occurrence(
            uid=item.uid,
            title=" ".join(str(event.get("SUMMARY", item.title)).split()),
            start=_moment(first, zone),
            end=_moment(last, zone),
            whole_day=not isinstance(first, datetime),
            busy=self._is_busy(event, status),
            place=str(event.get("LOCATION", "")),
            status=status,
        )

    def _is_busy(self, event: Component, status: str) -> bool:
        if status == "CANCELLED" or str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
            return False
        if str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE":
            return False
        return not self._is_declined(event)

    def _is_declined(self, event: Component) -> bool:
        """By the user's own address; where none is known, when all who were asked declined."""
        asked = values_of(event, "ATTENDEE")
        own = [one for one in asked if _address(one) in self._mine] if self._mine else asked
        states = [str(one.params.get("PARTSTAT", "")).upper() for one in own]
        return bool(states) and all(state == "DECLINED" for state in states)


def _address(attendee: object) -> str:
    return str(attendee).casefold().removeprefix("mailto:")


def _moment(value: date | datetime, zone: tzinfo) -> datetime:
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    return value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)


def _free_busy(item: CalendarItem, component: Component, zone: tzinfo) -> Iterator[Occurrence]:
    for period in values_of(component, "FREEBUSY"):
        kind = str(period.params.get("FBTYPE", "BUSY")).upper()
        yield Occurrence(
            uid=item.uid,
            title=item.title or "Busy",
            start=_moment(period.start, zone),
            end=_moment(period.end, zone),
            busy=kind != "FREE",
            status=kind,
        )


def busy_times(occurrences: Iterable[Occurrence], source: str) -> Iterator[Busy]:
    """The occurrences that take time, as stretches of a week."""
    for one in occurrences:
        if one.busy and one.start < one.end:
            yield Busy(one.start, one.end, one.title, BlockKind.EVENT, one.place, source, one.uid)
