"""Reads a file of the iCalendar format into calendars whose parts are kept as text."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from assistant.planner.calendar.component import Component
from assistant.planner.calendar.expanding import query_of
from assistant.planner.calendar.lines import (
    Cutter,
    Piece,
    Section,
    decoded,
    name_in,
    text_of,
    unescaped,
)
from assistant.planner.calendar.parsing import (
    FAULTS,
    Unreadable,
    check_steps,
    check_times,
    check_zone,
    drop_empty_rules,
    first_start,
    parsed,
    reason_of,
    unknown_zone,
    zones_known,
)
from assistant.planner.calendar.values import (
    CalendarItem,
    CalendarText,
    ItemKind,
    ReadCalendar,
    Remark,
)

MOST_BYTES: Final = 64 * 2**20
"""The largest file that is read."""
_AHEAD: Final = timedelta(days=3 * 366)
"""How far after now a rule has to be walkable."""

_MOST_NOTES: Final = 10

_KINDS: Final = {
    "VEVENT": ItemKind.EVENT,
    "VTODO": ItemKind.TASK,
    "VJOURNAL": ItemKind.JOURNAL,
    "VFREEBUSY": ItemKind.FREE_BUSY,
}


def read_calendar(data: bytes, name: str, now: datetime) -> ReadCalendar:
    """Read a file, component by component; what can't be read is said and left out.

    Args:
        data: The bytes of the file.
        name: What to call a calendar that has no name of its own.
        now: Rules are followed to some years after it.
    """
    if len(data) > MOST_BYTES:
        size = f"The file has {len(data) // 2**20} MiB; at most {MOST_BYTES // 2**20} are read."
        return ReadCalendar((), (Remark("", 0, size),))
    text, note = decoded(data)
    cutter = Cutter()
    cutter.cut(text)
    remarks = list(cutter.remarks)
    if cutter.outside and cutter.sections:
        first, count = cutter.outside[0], len(cutter.outside)
        remarks.append(Remark("", first, f"Lines outside of any calendar: {count}."))
    if note:
        remarks.insert(0, Remark("", 1, f"The file {note}.", refused=False))
    calendars: list[CalendarText] = []
    for section in cutter.sections:
        reader = _SectionReader(section, now)
        calendar = reader.calendar(_numbered(name, len(calendars)))
        calendars.append(calendar)
        remarks += reader.remarks
        if not calendar.whole:
            lost = "It is begun but not ended: the rest of it is missing."
            remarks.append(Remark("VCALENDAR", section.line, lost, refused=not calendar.items))
    if not calendars:
        remarks.append(Remark("", 1, "The file holds no calendar."))
    return ReadCalendar(tuple(calendars), tuple(remarks))


def frame_of(text: str) -> tuple[str, tuple[str, ...]]:
    """The properties and the time zones of a calendar that was written without its items."""
    cutter = Cutter()
    cutter.cut(text)
    section = cutter.sections[0]
    return text_of(tuple(section.head)), tuple(piece.text for piece in section.pieces)


def item_of(text: str, uid: str, title: str) -> CalendarItem:
    """An item that was read before, from its text."""
    name = text.partition("\r\n")[0].partition(":")[2].strip().upper()
    return CalendarItem(uid, _KINDS.get(name, ItemKind.OTHER), text, title)


def _numbered(name: str, before: int) -> str:
    return f"{name} ({before + 1})" if before else name


class _SectionReader:
    """Reads one calendar of a file."""

    def __init__(self, section: Section, now: datetime) -> None:
        self._section = section
        self._horizon = now + _AHEAD
        self.remarks: list[Remark] = []

    def calendar(self, fallback: str) -> CalendarText:
        """The calendar, with what can be read of it."""
        zones = self._zones()
        head = text_of(tuple(self._section.head))
        with zones_known(zones):
            items = [
                item for pieces in self._groups() if (item := self._item(pieces, head)) is not None
            ]
        return CalendarText(
            name_in(head) or fallback, head, zones, tuple(items), self._section.whole
        )

    def _zones(self) -> tuple[str, ...]:
        zones: list[str] = []
        for piece in self._section.pieces:
            if piece.name == "VTIMEZONE":
                try:
                    check_zone(piece.text)
                except Unreadable as error:
                    self._refuse(piece, str(error))
                else:
                    zones.append(piece.text)
        return tuple(zones)

    def _groups(self) -> Iterable[list[Piece]]:
        """Components of one kind and UID lie together; one without a UID lies alone."""
        groups: dict[tuple[str, str], list[Piece]] = {}
        for piece in self._section.pieces:
            if piece.name != "VTIMEZONE":
                uid = _uid_of(piece) or f"line {piece.line}"
                groups.setdefault((piece.name, uid), []).append(piece)
        return groups.values()

    def _item(self, pieces: list[Piece], head: str) -> CalendarItem | None:
        """The item of some components; those that can't be read are left out first."""
        kept: list[Piece] = []
        components: list[Component] = []
        notes: list[Remark] = []
        for piece in pieces:
            component = self._component(piece, notes)
            if component is not None:
                kept.append(piece)
                components.append(component)
        if not kept:
            return None
        first = kept[0]
        text = "".join(piece.text for piece in kept)
        kind = _KINDS.get(first.name, ItemKind.OTHER)
        try:
            if kind is ItemKind.EVENT:
                self._try_expanding(head, components)
        except (*FAULTS, Unreadable) as error:
            self._refuse(first, notes[0].text if notes else reason_of(error))
            return None
        self.remarks += notes
        uid = _uid_of(first) or hashlib.sha256(f"{first.line}\n{text}".encode()).hexdigest()[:32]
        start, whole_day = first_start(components[0])
        repeats = any("RRULE" in one or "RDATE" in one for one in components)
        return CalendarItem(
            uid, kind, text, _title_of(first), first.line, start, whole_day, repeats
        )

    def _component(self, piece: Piece, remarks: list[Remark]) -> Component | None:
        """A component, and what of it can't be read; None where that is all, which is told."""
        notes: list[Remark] = []
        try:
            component = parsed(piece.text)
            notes += [
                _note(piece, words, name or "") for name, words in component.errors[:_MOST_NOTES]
            ]
            if piece.name == "VEVENT":
                check_times(component)
                if zone := unknown_zone(component):
                    words = f"The zone {zone[:80]} is not known: its times are taken as local."
                    notes.append(_note(piece, words, "DTSTART"))
            check_steps(component, self._horizon)
            if drop_empty_rules(component):
                notes.append(_note(piece, "Its rule matches no day: it takes place once.", "RRULE"))
        except (*FAULTS, Unreadable) as error:
            self._refuse(piece, notes[0].text if notes else reason_of(error))
            return None
        remarks += notes
        return component

    def _try_expanding(self, head: str, components: list[Component]) -> None:
        query = query_of(head, components)
        start, end = query.reach(self._horizon)
        query.between(start, end)

    def _refuse(self, piece: Piece, reason: str) -> None:
        self.remarks.append(Remark(piece.name, piece.line, reason, title=_title_of(piece)))


def _note(piece: Piece, words: str, name: str) -> Remark:
    line = piece.first(name) if name else None
    number = line.number if line else piece.line
    text = f"{name} on line {number}: {words}" if line else words
    return Remark(piece.name, number, text, refused=False, title=_title_of(piece))


def _value(piece: Piece, name: str) -> str:
    line = piece.first(name)
    return line.whole.partition(":")[2].strip() if line else ""


def _uid_of(piece: Piece) -> str:
    return _value(piece, "UID")


def _title_of(piece: Piece) -> str:
    return unescaped(_value(piece, "SUMMARY"))[:200]
