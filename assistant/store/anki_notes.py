"""Note types and decks of an Anki collection, in its old form (JSON) and its new one (tables).

The new tables hold their settings as protocol buffers; of these only the two templates of a card
and the kind of a note type are read.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

_LENGTH_DELIMITED: Final = 2
_FIXED: Final = {1: 8, 5: 4}
_CLOZE: Final = 1
_KIND_FIELD: Final = 1
_FRONT_FIELD: Final = 1
_BACK_FIELD: Final = 2
_MOST: Final = 10_000


@dataclass(frozen=True, slots=True)
class NoteType:
    """How notes become cards."""

    fields: tuple[str, ...]
    templates: tuple[tuple[str, str], ...]
    """Question and answer of each card."""
    cloze: bool


def note_types(database: sqlite3.Connection, tables: set[str]) -> dict[int, NoteType]:
    """Note types by id; what cannot be read is left out."""
    if {"notetypes", "fields", "templates"} <= tables:
        found = dict(_from_tables(database))
        if found:
            return found
    return dict(_from_json(_column(database, "models")))


def deck_names(database: sqlite3.Connection, tables: set[str]) -> dict[int, tuple[str, ...]]:
    """Decks by id, with the names of those that hold them."""
    if "decks" in tables:
        rows = database.execute("SELECT id, name FROM decks LIMIT ?", (_MOST,))
        found = {int(number): _parts(str(name).replace("\x1f", "::")) for number, name in rows}
        if found:
            return found
    named: dict[int, tuple[str, ...]] = {}
    for number, deck in _column(database, "decks").items():
        if number.isdecimal() and isinstance(deck, dict):
            named[int(number)] = _parts(str(cast("dict[str, object]", deck).get("name", "")))
    return named


def _parts(name: str) -> tuple[str, ...]:
    parts = tuple(part.strip()[:200] for part in name.split("::") if part.strip())
    return parts[:20] or ("Anki",)


def _column(database: sqlite3.Connection, name: str) -> dict[str, Any]:
    row = database.execute(f"SELECT {name} FROM col LIMIT 1").fetchone()  # noqa: S608 - one of two names above
    try:
        found: object = json.loads(row[0]) if row and isinstance(row[0], str) and row[0] else {}
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _from_json(models: dict[str, Any]) -> Iterator[tuple[int, NoteType]]:
    for number, model in models.items():
        try:
            fields = sorted(model["flds"], key=lambda one: one["ord"])
            templates = sorted(model["tmpls"], key=lambda one: one["ord"])
            yield (
                int(number),
                NoteType(
                    tuple(str(one["name"]) for one in fields),
                    tuple((str(one["qfmt"]), str(one["afmt"])) for one in templates),
                    cloze=model.get("type") == _CLOZE,
                ),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            continue


def _from_tables(database: sqlite3.Connection) -> Iterator[tuple[int, NoteType]]:
    fields: dict[int, list[str]] = {}
    query = "SELECT ntid, name FROM fields ORDER BY ntid, ord LIMIT ?"
    for number, name in database.execute(query, (_MOST,)):
        fields.setdefault(int(number), []).append(str(name))
    templates: dict[int, list[tuple[str, str]]] = {}
    query = "SELECT ntid, config FROM templates ORDER BY ntid, ord LIMIT ?"
    for number, config in database.execute(query, (_MOST,)):
        held = dict(_entries(config))
        pair = (_text(held.get(_FRONT_FIELD)), _text(held.get(_BACK_FIELD)))
        templates.setdefault(int(number), []).append(pair)
    for number, config in database.execute("SELECT id, config FROM notetypes LIMIT ?", (_MOST,)):
        yield (
            int(number),
            NoteType(
                tuple(fields.get(int(number), ())),
                tuple(templates.get(int(number), ())),
                cloze=dict(_entries(config)).get(_KIND_FIELD) == _CLOZE,
            ),
        )


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def _entries(message: object) -> Iterator[tuple[int, int | bytes]]:
    """Fields of a protocol buffer with their numbers; ends where it makes no sense."""
    if not isinstance(message, bytes):
        return
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        kind = tag & 7
        if kind == 0:
            value, at = _varint(message, at)
            yield tag >> 3, value
        elif kind == _LENGTH_DELIMITED:
            length, at = _varint(message, at)
            yield tag >> 3, message[at : at + length]
            at += length
        elif kind in _FIXED:
            at += _FIXED[kind]
        else:
            return


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(message) and shift < 64:  # noqa: PLR2004 - bits of the largest number
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:  # noqa: PLR2004 - the last byte has no high bit
            break
    return value, at
