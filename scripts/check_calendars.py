"""Reads every calendar of a folder and holds it against the reference library.

    python scripts/check_calendars.py FOLDER [--from 1990-01-01] [--to 2030-01-01] [--json]

For each file: what was read, what was refused and why; whether the times of what was read are
those that ``recurring_ical_events`` gives for the whole file; and whether writing it and reading
it again loses anything. Ends with 1 where one of these fails.
"""

import argparse
import importlib
import json
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assistant.planner.calendar import (
    CalendarText,
    LoadedCalendar,
    ReadCalendar,
    calendar_text,
    read_calendar,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
icalendar: Any = importlib.import_module("icalendar")
recurring_ical_events: Any = importlib.import_module("recurring_ical_events")
x_wr_timezone: Any = importlib.import_module("x_wr_timezone")
Time = tuple[str, datetime, datetime]


def whole_calendars(data: bytes) -> list[Any]:
    """The calendars of a file as the reference library reads it in one piece."""
    text = data if b"BEGIN:VCALENDAR" in data.upper() else _wrapped(data)
    return list(icalendar.Calendar.from_ical(text, multiple=True))


def _wrapped(data: bytes) -> bytes:
    return b"BEGIN:VCALENDAR\r\n" + data.rstrip() + b"\r\nEND:VCALENDAR\r\n"


def reference(data: bytes, start: datetime, end: datetime, zone: tzinfo) -> Counter[Time]:
    """The times of a file by the reference library, for every event that it can work out."""
    importlib.import_module("icalendar.timezone").tzp.use_default()
    times: Counter[Time] = Counter()
    for calendar in whole_calendars(data):
        query = recurring_ical_events.of(calendar, components=[])
        for series in _series(calendar):
            query.series = [series]
            times.update(_time(event, zone) for event in query.between(start, end))
    return times


def _series(calendar: Any) -> Iterator[Any]:  # noqa: ANN401 - the library gives no types
    """Every event with its exceptions that the library takes."""
    standard = x_wr_timezone.to_standard(calendar)
    groups: dict[str, list[Any]] = {}
    for event in standard.walk("VEVENT"):
        groups.setdefault(str(event.get("UID", id(event))), []).append(event)
    for events in groups.values():
        part = icalendar.Calendar()
        for event in events:
            part.add_component(event)
        try:
            query = recurring_ical_events.of(part, components=["VEVENT"])
            list(query.between(NOW, NOW))
        except Exception as error:  # noqa: BLE001 - whatever the library raises, it can't read it
            print(f"  reference refuses: {type(error).__name__}: {error}"[:150], file=sys.stderr)
            continue
        yield from query.series


def _time(event: Any, zone: tzinfo) -> Time:  # noqa: ANN401 - the library gives no types
    return (
        " ".join(str(event.get("SUMMARY", "")).split()),
        _moment(event["DTSTART"].dt, zone),
        _moment(event["DTEND"].dt, zone),
    )


def _moment(value: Any, zone: tzinfo) -> datetime:  # noqa: ANN401 - a date or a datetime
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=zone).astimezone(UTC)
    return (value.replace(tzinfo=zone) if value.tzinfo is None else value).astimezone(UTC)


def own(read: ReadCalendar, start: datetime, end: datetime, zone: tzinfo) -> Counter[Time]:
    """The times of what was read."""
    times: Counter[Time] = Counter()
    for calendar in read.calendars:
        events = [item for item in calendar.items if item.kind.value in {"event", "other"}]
        kept = CalendarText(calendar.name, calendar.head, calendar.zones, tuple(events))
        found = LoadedCalendar(kept).between(start, end, zone).occurrences
        times.update(
            (one.title, one.start.astimezone(UTC), one.end.astimezone(UTC)) for one in found
        )
    return times


def components(read: ReadCalendar) -> Counter[str]:
    """All components as text, however they lie in the file."""
    return Counter(
        text
        for calendar in read.calendars
        for text in (*calendar.zones, *(item.text for item in calendar.items))
    )


def row_of(path: Path, start: datetime, end: datetime, zone: tzinfo) -> dict[str, Any]:
    """What was found out about one file."""
    data = path.read_bytes()
    began = time.perf_counter()
    read = read_calendar(data, path.stem, NOW)
    times = own(read, start, end, zone)
    took = time.perf_counter() - began
    written = "".join(map(calendar_text, read.calendars)).encode()
    again = read_calendar(written, path.stem, NOW)
    row: dict[str, Any] = {
        "file": path.name,
        "items": sum(len(calendar.items) for calendar in read.calendars),
        "zones": sum(len(calendar.zones) for calendar in read.calendars),
        "times": times.total(),
        "seconds": round(took, 3),
        "refused": [f"{one.component} line {one.line}: {one.text}" for one in read.refused],
        "notes": [f"line {one.line}: {one.text}" for one in read.remarks if not one.refused],
        "round_trip": components(again) == components(read) and not again.refused
        if read.calendars
        else True,
    }
    try:
        expected = reference(data, start, end, zone)
    except Exception as error:  # noqa: BLE001 - whatever the library raises, it can't read it
        row["reference"] = f"cannot read the file: {type(error).__name__}: {error}"[:150]
        row["equal"] = None
    else:
        row["reference"] = expected.total()
        row["equal"] = expected == times
    return row


def main(arguments: list[str] | None = None) -> int:
    """Check a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--from", dest="start", default="1990-01-01")
    parser.add_argument("--to", dest="end", default="2030-01-01")
    parser.add_argument("--zone", default="Europe/Berlin")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    zone = ZoneInfo(options.zone)
    start, end = (
        datetime.fromisoformat(day).replace(tzinfo=zone) for day in (options.start, options.end)
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = [row_of(path, start, end, zone) for path in sorted(options.folder.rglob("*.ics"))]
    for row in rows:
        if options.json:
            print(json.dumps(row))
        else:
            _tell(row)
    failed = [row for row in rows if row["equal"] is False or not row["round_trip"]]
    print(
        f"{len(rows)} files, {sum(row['items'] for row in rows)} items read, "
        f"{sum(len(row['refused']) for row in rows)} refused, "
        f"{sum(row['equal'] is True for row in rows)} expanded as the reference does, "
        f"{sum(row['equal'] is None for row in rows)} that it can't read whole, "
        f"{sum(row['round_trip'] for row in rows)} lose nothing, {len(failed)} failed"
    )
    return 1 if failed or not rows else 0


def _tell(row: dict[str, Any]) -> None:
    verdict = {True: "equal", False: "DIFFERS", None: "no reference"}[row["equal"]]
    trip = "" if row["round_trip"] else ", LOSES SOMETHING"
    print(f"{row['file']}: {row['items']} items, {row['times']} times, {verdict}{trip}")
    for words in row["refused"]:
        print(f"    refused {words}")
    for words in row["notes"]:
        print(f"    note {words}")


if __name__ == "__main__":
    sys.exit(main())
