"""Calendars in the vault: their items as the text that they came as."""

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sql
from sqlalchemy import Engine, func
from sqlmodel import Session, SQLModel, col, delete, select

from assistant.domain.calendar import KeptCalendar, KeptItem
from assistant.domain.ids import CalendarId
from assistant.store import task_tables as tables
from assistant.store.plan_journal import Writing
from assistant.store.rows import FIRST_US, LAST_US, from_us, storable, to_us

_IDENTITY: Final = "calendar_identity"
_EVENT: Final = SQLModel.metadata.tables["calendarevent"]


class CalendarRepository:
    """Called from the store thread.

    Args:
        engine: Of an open vault whose schema is current.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def calendars(self) -> tuple[KeptCalendar, ...]:
        """All calendars, by name."""
        counted = select(tables.CalendarEvent.calendar_id, func.count()).group_by(
            col(tables.CalendarEvent.calendar_id)
        )
        named = select(tables.Calendar).order_by(
            func.lower(tables.Calendar.name), col(tables.Calendar.id)
        )
        with Session(self._engine) as session:
            counts = dict(session.exec(counted).all())
            return tuple(
                KeptCalendar(
                    CalendarId(row.id or 0),
                    row.name,
                    row.source,
                    row.text,
                    from_us(row.added_at_us),
                    from_us(row.updated_at_us),
                    row.shown,
                    counts.get(row.id or 0, 0),
                )
                for row in session.exec(named)
            )

    def items(self, calendar: CalendarId) -> tuple[KeptItem, ...]:
        """The items of a calendar, in the order in which they came."""
        asked = (
            select(tables.CalendarEvent)
            .where(col(tables.CalendarEvent.calendar_id) == calendar)
            .order_by(col(tables.CalendarEvent.id))
        )
        with Session(self._engine) as session:
            return tuple(_item(row) for row in session.exec(asked))

    def identity(self) -> str:
        """By which this vault knows its own tasks and blocks in a calendar again; made once.

        It is no step of the user's, so that undoing leaves it.
        """
        asked = select(tables.PlanSetting).where(col(tables.PlanSetting.name) == _IDENTITY)
        with Session(self._engine) as session:
            row = session.exec(asked).first()
            if row is None:
                made = f"{secrets.token_hex(8)}@lamplight"
                row = tables.PlanSetting(name=_IDENTITY, value=json.dumps(made))
                session.add(row)
                session.commit()
            return str(json.loads(row.value))


def kind_of(text: str) -> str:
    """The name of the first component of a text."""
    return text.partition("\n")[0].partition(":")[2].strip().upper()


def add_calendar(writing: Writing, calendar: KeptCalendar) -> CalendarId:
    """Adds a calendar without items; its id is given anew."""
    row = tables.Calendar(
        name=storable(calendar.name),
        source=storable(calendar.source),
        sha256=_digest(calendar.frame),
        added_at_us=to_us(calendar.added),
        updated_at_us=to_us(calendar.updated),
        color="",
        shown=calendar.shown,
        text=storable(calendar.frame),
    )
    writing.session.add(row)
    writing.session.flush()
    return CalendarId(row.id or 0)


def keep_calendar(writing: Writing, calendar: KeptCalendar) -> None:
    """Keeps a calendar's name, frame, moment of change, and whether it is shown.

    Raises:
        KeyError: There is no such calendar.
    """
    row = writing.session.get(tables.Calendar, calendar.id)
    if row is None:
        raise KeyError(calendar.id)
    row.name, row.text = storable(calendar.name), storable(calendar.frame)
    row.sha256 = _digest(calendar.frame)
    row.updated_at_us, row.shown = to_us(calendar.updated), calendar.shown
    writing.session.add(row)
    writing.session.flush()


def remove_calendar(writing: Writing, calendar: CalendarId) -> None:
    """Removes a calendar with its items."""
    # One by one, so that the journal notes each: what a foreign key takes along, it notes too.
    remove_items(writing, calendar, None)
    writing.session.exec(delete(tables.Calendar).where(col(tables.Calendar.id) == calendar))


def remove_items(
    writing: Writing, calendar: CalendarId, keys: Iterable[tuple[str, str]] | None
) -> None:
    """Removes items of a calendar by the names of their components and UIDs; all for None."""
    if keys is None:
        writing.session.exec(
            delete(tables.CalendarEvent).where(col(tables.CalendarEvent.calendar_id) == calendar)
        )
    else:
        there = _rows(writing, calendar)
        gone = [{"row": row} for key in keys for row in there.get(_stored(key), ())]
        _execute(writing, sql.delete(_EVENT).where(_EVENT.c.id == sql.bindparam("row")), gone)
    writing.session.flush()


def add_items(writing: Writing, calendar: CalendarId, items: Iterable[KeptItem]) -> None:
    """Adds items to a calendar."""
    rows = [{"calendar_id": calendar, "recurrence_id": "", **_values(item)} for item in items]
    if rows:
        writing.session.connection().execute(sql.insert(_EVENT), rows)


def change_items(writing: Writing, calendar: CalendarId, items: Iterable[KeptItem]) -> None:
    """Keeps items of a calendar, in place of those with their UIDs and components."""
    there = _rows(writing, calendar)
    rows = [
        {"row": row, **_values(item)}
        for item in items
        for row in there.get(_stored((kind_of(item.text), item.uid)), ())
    ]
    names: dict[str, sql.BindParameter[Any]] = {
        name: sql.bindparam(name) for row in rows[:1] for name in row if name != "row"
    }
    changed = sql.update(_EVENT).where(_EVENT.c.id == sql.bindparam("row")).values(names)
    _execute(writing, changed, rows)


def _rows(writing: Writing, calendar: CalendarId) -> dict[tuple[str, str], list[int]]:
    """The rows of a calendar's items by their components and UIDs."""
    columns = _EVENT.c.id, _EVENT.c.uid, _EVENT.c.text
    asked = sql.select(*columns).where(_EVENT.c.calendar_id == calendar)
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, uid, text in writing.session.connection().execute(asked):
        found[kind_of(text), uid].append(row)
    return found


def _stored(key: tuple[str, str]) -> tuple[str, str]:
    return key[0], storable(key[1])


def _execute(
    writing: Writing, statement: sql.Executable, rows: Sequence[Mapping[str, object]]
) -> None:
    if rows:
        writing.session.connection().execute(statement, list(rows))


def _values(item: KeptItem) -> dict[str, object]:
    start = 0 if item.start is None else min(max(to_us(item.start), FIRST_US), LAST_US)
    return {
        "uid": storable(item.uid),
        "title": storable(item.title),
        "start_at_us": start,
        "end_at_us": None,
        "whole_day": item.whole_day,
        "repeats": item.repeats,
        "text": storable(item.text),
    }


def _digest(text: str) -> str:
    return hashlib.sha256(storable(text).encode()).hexdigest()


def _item(row: tables.CalendarEvent) -> KeptItem:
    return KeptItem(
        row.uid,
        row.title,
        row.text,
        from_us(row.start_at_us) if row.start_at_us else None,
        row.whole_day,
        row.repeats,
    )
