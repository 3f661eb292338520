"""Scales, chords and Roman numerals, built from letters and intervals."""

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from assistant.tutor.music.pitches import Interval, Pitch, above, interval_named

SCALES: Final = MappingProxyType(
    {
        "major": "P1 M2 M3 P4 P5 M6 M7",
        "natural minor": "P1 M2 m3 P4 P5 m6 m7",
        "harmonic minor": "P1 M2 m3 P4 P5 m6 M7",
        "melodic minor": "P1 M2 m3 P4 P5 M6 M7",
        "Dorian": "P1 M2 m3 P4 P5 M6 m7",
        "Phrygian": "P1 m2 m3 P4 P5 m6 m7",
        "Lydian": "P1 M2 M3 A4 P5 M6 M7",
        "Mixolydian": "P1 M2 M3 P4 P5 M6 m7",
        "Locrian": "P1 m2 m3 P4 d5 m6 m7",
    }
)
"""Each degree of a scale as an interval above the tonic."""

CHORDS: Final = MappingProxyType(
    {
        "": "P1 M3 P5",
        "m": "P1 m3 P5",
        "dim": "P1 m3 d5",
        "aug": "P1 M3 A5",
        "7": "P1 M3 P5 m7",
        "maj7": "P1 M3 P5 M7",
        "m7": "P1 m3 P5 m7",
        "m7b5": "P1 m3 d5 m7",
        "dim7": "P1 m3 d5 d7",
        "mmaj7": "P1 m3 P5 M7",
        "6": "P1 M3 P5 M6",
        "m6": "P1 m3 P5 M6",
        "sus4": "P1 P4 P5",
        "sus2": "P1 M2 P5",
        "aug7": "P1 M3 A5 m7",
        "5": "P1 P5",
    }
)
"""Each note of a chord as an interval above the root, by the suffix of its symbol."""

NUMERALS: Final = ("I", "II", "III", "IV", "V", "VI", "VII")
_ROMAN: Final = re.compile(
    r"(?P<sign>[b#]?)(?P<numeral>VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)"
    r"(?P<mark>°|ø|\+)?(?P<figures>maj7|7|65|64|6|43|42)?"
)
_INVERSIONS: Final = {"": 0, "7": 0, "maj7": 0, "6": 1, "64": 2, "65": 1, "43": 2, "42": 3}


@dataclass(frozen=True, slots=True)
class Roman:
    """One Roman numeral: degree, kind and inversion, and of what degree it is the dominant."""

    degree: int
    """0 for the tonic to 6."""
    upper: bool
    alter: int = 0
    mark: str = ""
    """``°``, ``ø``, ``+`` or nothing."""
    figures: str = ""
    of: "Roman | None" = None

    @property
    def inversion(self) -> int:
        """0 for root position."""
        return _INVERSIONS[self.figures]

    @property
    def seventh(self) -> bool:
        """Whether it has four notes."""
        return self.figures in {"7", "maj7", "65", "43", "42"}

    def __str__(self) -> str:
        numeral = NUMERALS[self.degree] if self.upper else NUMERALS[self.degree].lower()
        signs = "#" * self.alter if self.alter > 0 else "b" * -self.alter
        of = f"/{self.of}" if self.of else ""
        return f"{signs}{numeral}{self.mark}{self.figures}{of}"


def roman_named(name: str) -> Roman | None:
    """The Roman numeral of a plain name such as ``ii65`` or ``V7/V``; None where it is none."""
    first, slash, rest = name.partition("/")
    match = _ROMAN.fullmatch(first)
    of = roman_named(rest) if slash else None
    if match is None or (slash and (of is None or of.of)):
        return None
    numeral = match["numeral"]
    return Roman(
        NUMERALS.index(numeral.upper()),
        numeral.isupper(),
        {"": 0, "b": -1, "#": 1}[match["sign"]],
        match["mark"] or "",
        match["figures"] or "",
        of,
    )


def spelled(root: Pitch, names: str) -> tuple[Pitch, ...]:
    """The notes at these intervals above a root."""
    return tuple(above(root, _interval(name)) for name in names.split())


def scale(tonic: Pitch, kind: str) -> tuple[Pitch, ...]:
    """The seven notes of a scale, upwards."""
    return spelled(tonic, SCALES[kind])


def chord(root: Pitch, suffix: str) -> tuple[Pitch, ...]:
    """The notes of a chord in root position."""
    return spelled(root, CHORDS[suffix])


def inverted(notes: tuple[Pitch, ...], inversion: int) -> tuple[Pitch, ...]:
    """The notes with so many of the lowest moved to the top; octaves are raised with them."""
    moved = [p if p.octave is None else p.at(p.octave + 1) for p in notes[:inversion]]
    return (*notes[inversion:], *moved)


def degree_chord(tonic: Pitch, kind: str, degree: int, size: int = 3) -> tuple[Pitch, ...]:
    """Every other note of a scale from a degree on: the chord that a key has there.

    Args:
        tonic: Of the key.
        kind: The scale: "major", "natural minor" and so on.
        degree: 0 for the tonic.
        size: 3 for a triad, 4 for a seventh chord.
    """
    notes = scale(tonic, kind)
    return tuple(notes[(degree + 2 * at) % len(notes)] for at in range(size))


def suffix_of(notes: tuple[Pitch, ...]) -> str:
    """The suffix of the symbol of a chord in root position; "?" where there is none."""
    for suffix, names in CHORDS.items():
        if tuple(p.bare for p in spelled(notes[0].bare, names)) == tuple(p.bare for p in notes):
            return suffix
    return "?"


def roman_of(tonic: Pitch, kind: str, degree: int, *, seventh: bool = False) -> str:
    """The Roman numeral of the chord on a degree of a key."""
    suffix = suffix_of(degree_chord(tonic, kind, degree, 4 if seventh else 3))
    marks = {"dim": "°", "aug": "+", "m7b5": "ø7", "dim7": "°7", "7": "7", "maj7": "maj7"}
    marks |= {"m7": "7"}
    upper = suffix in {"", "aug", "7", "maj7"}
    return (NUMERALS[degree] if upper else NUMERALS[degree].lower()) + marks.get(suffix, "")


def signature(tonic: Pitch) -> tuple[Pitch, ...]:
    """The sharps or flats of a major key, in the order in which they are written."""
    altered = [pitch for pitch in scale(tonic.bare, "major") if pitch.alter]
    order = "FCGDAEB" if altered and altered[0].alter > 0 else "BEADGCF"
    return tuple(sorted(altered, key=lambda pitch: order.index(pitch.letter)))


def _interval(name: str) -> Interval:
    found = interval_named(name)
    if found is None:
        raise ValueError(f"no interval is called {name}")
    return found
