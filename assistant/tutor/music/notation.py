"""Reading music as it is typed: notes, intervals, chord symbols and Roman numerals."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from assistant.tutor.music.harmony import CHORDS, Roman, roman_named
from assistant.tutor.music.naming import (
    plain,
    plain_chords,
    plain_intervals,
    plain_notes,
    plain_romans,
)
from assistant.tutor.music.pitches import Interval, Pitch, interval_named, pitch_named

LONGEST: Final = 2_000
_MOST_ITEMS: Final = 64
_SPLIT: Final = re.compile(r"[\s,;|\u2013\u2014\u2212\u2192\-()\[\]]+|>")
_GLUED: Final = re.compile(r"[A-G](?:#{1,3}|b{1,3}|x|n)?\d?")
_QUALITIES: Final = {"perf": "P", "maj": "M", "min": "m", "aug": "A", "dim": "d"}
_SUFFIXES: Final = {
    "M": "", "maj": "", "major": "", "min": "m", "minor": "m", "mi": "m", "°": "dim", "o": "dim",
    "+": "aug", "M7": "maj7", "ma7": "maj7", "Maj7": "maj7", "min7": "m7", "mi7": "m7",
    "ø": "m7b5", "ø7": "m7b5", "min7b5": "m7b5", "°7": "dim7", "o7": "dim7", "+7": "aug7",
    "MAJ7": "maj7", "j7": "maj7", "7M": "maj7", "maj6": "6", "minor7": "m7",
    "dom7": "7", "sus": "sus4", "mM7": "mmaj7", "minmaj7": "mmaj7", "7sus4": "sus4", "diminished":
    "dim", "augmented": "aug",
}  # fmt: skip


class Row(Enum):
    """What a row of items is made of."""

    PITCHES = "notes"
    INTERVALS = "intervals"
    ROMANS = "Roman numerals"
    CHORDS = "chords"


_PLAIN: Final = {
    Row.PITCHES: plain_notes,
    Row.INTERVALS: plain_intervals,
    Row.ROMANS: plain_romans,
    Row.CHORDS: plain_chords,
}


@dataclass(frozen=True, slots=True)
class ChordName:
    """A chord symbol: root, kind and the lowest note where it is another."""

    root: Pitch
    suffix: str
    bass: Pitch | None = None


@dataclass(frozen=True, slots=True)
class Misnamed:
    """An interval that there is not: a minor fifth, a perfect third."""

    quality: str
    number: int


Item = Pitch | Interval | Misnamed | Roman | ChordName


def read_row(text: str, row: Row) -> tuple[Item, ...] | None:
    """The items of a text read as rows of this kind; None where it cannot be read so.

    Args:
        text: As it was typed; separated by spaces, commas, dashes or bars.
        row: What to look for.
    """
    if len(text) > LONGEST:
        return None
    written = _PLAIN[row](plain(text))
    tokens = [token.strip(".:!?\"'“”") for token in _SPLIT.split(written)]
    items: list[Item] = []
    for token in filter(None, tokens):
        found = _items(token, row)
        if found is None or len(items) + len(found) > _MOST_ITEMS:
            return None
        items += found
    return tuple(items) or None


def row_of(key: str, near: tuple[str, ...] = ()) -> Row | None:
    """What a key is made of.

    Args:
        key: The key.
        near: Other right answers and wrong ones: they tell the interval A4 from the note A4.
    """
    if _surely_intervals(key) or (
        read_row(key, Row.INTERVALS) and any(_surely_intervals(each) for each in near)
    ):
        return Row.INTERVALS
    for row in (Row.PITCHES, Row.ROMANS, Row.CHORDS):
        if read_row(key, row) is not None:
            return row
    return None


def rows_of(key: str, near: tuple[str, ...] = ()) -> tuple[Row, ...]:
    """What a key may be made of, the likeliest first: a lone ``C7`` is a note, or a chord."""
    first = row_of(key, near)
    if first is None:
        return ()
    if first is not Row.PITCHES or len(read_row(key, first) or ()) > 1:
        return (first,)
    others = (Row.CHORDS, Row.INTERVALS)
    return (first, *(row for row in others if read_row(key, row) is not None))


def _surely_intervals(text: str) -> bool:
    return re.fullmatch(r"(?:(?:P|M|m|d|dd|AA)\d{1,2}[\s,]*)+", text.strip()) is not None


def _items(token: str, row: Row) -> list[Item] | None:
    if row is Row.PITCHES:
        return _pitches(token)
    if row is Row.INTERVALS:
        found: Item | None = _interval(_quality_in_case(token))
    elif row is Row.ROMANS:
        found = _roman(token)
    else:
        found = _chord(token)
    return None if found is None else [found]


def _pitches(token: str) -> list[Item] | None:
    one = pitch_named(token[0] + token[1:].replace("B", "b").replace("X", "x"))
    if one is not None:
        return [one]
    glued = token if "b" in token else token.upper()
    found = _GLUED.findall(glued)
    if "".join(found) != glued:
        return None
    read = [pitch_named(each) for each in found]
    return [pitch for pitch in read if pitch is not None] if all(read) else None


def _quality_in_case(token: str) -> str:
    """``p5`` and ``a4`` mean one thing only; ``m3`` and ``M3`` do not."""
    swapped = {"p": "P", "a": "A", "aa": "AA", "D": "d", "DD": "dd"}
    quality = token.rstrip("0123456789")
    return swapped.get(quality, _QUALITIES.get(quality.lower(), quality)) + token[len(quality) :]


def _interval(name: str) -> Interval | Misnamed | None:
    found = interval_named(name)
    match = re.fullmatch(r"(P|M|m|A|d)(\d{1,2})", name)
    return found if found or match is None else Misnamed(match[1], int(match[2]))


def _roman(token: str) -> Roman | None:
    plain = token.replace("dim", "°").replace("aug", "+").replace("M7", "maj7").replace("half", "ø")
    plain = re.sub(r"(?<=[iv])o", "°", plain).replace("°7/", "°7/")
    plain = re.sub(r"(?<=[\dIViv°ø])([64])[/.]([2-5])(?!\d)", r"\1\2", plain)
    return roman_named(re.sub(r"([IViv°ø])2(?!\d)", r"\g<1>42", plain))


def _chord(token: str) -> ChordName | None:
    match = re.fullmatch(r"([A-Ga-g])(##|bb|[#bx](?!5))?(.*?)(?:/([A-Ga-g][#bx]{0,2}))?", token)
    if match is None:
        return None
    root = pitch_named(match[1] + (match[2] or ""))
    suffix = _SUFFIXES.get(match[3], match[3])
    bass = pitch_named(match[4]) if match[4] else None
    if root is None or suffix not in CHORDS:
        return None
    return ChordName(root, suffix, None if bass == root else bass)
