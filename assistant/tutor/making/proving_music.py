"""Answers questions of music once more, with music21, which shares nothing with our own theory.

A question is a verb and what it is about, in our notation: ``("above", "Bb", "M6")``.
"""

import importlib
import socket
import sys
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any, Final

from assistant.tutor.making.proving_rhythm import RHYTHM

_SCALES: Final = {
    "major": "MajorScale",
    "natural minor": "MinorScale",
    "harmonic minor": "HarmonicMinorScale",
    "melodic minor": "MelodicMinorScale",
    "Dorian": "DorianScale",
    "Phrygian": "PhrygianScale",
    "Lydian": "LydianScale",
    "Mixolydian": "MixolydianScale",
    "Locrian": "LocrianScale",
}
_KEYS: Final = ("C", "G", "D", "A", "E", "B", "F#", "F", "Bb", "Eb", "Ab", "Db", "Gb", "C#", "Cb")
_FIGURES: Final = {"m7b5": "ø7", "mmaj7": "mM7", "aug": "+", "": ""}
_POSITIONS: Final = ("Root position", "First inversion", "Second inversion", "Third inversion")
_LEAP: Final = 4


def answer_of(question: tuple[str, ...]) -> str | None:
    """The answer as music21 finds it; None where it finds none, or several.

    Args:
        question: A verb of ``_WAYS`` and its arguments.
    """
    return _WAYS[question[0]](*question[1:])


def _module(name: str) -> Any:  # noqa: ANN401 - music21 has no types
    if "music21" not in sys.modules:
        _import_quietly()
    return importlib.import_module(f"music21.{name}")


def _import_quietly() -> None:
    """Imports music21, which brings urllib3, which would open a socket to see if there is IPv6."""
    there = socket.has_ipv6
    socket.has_ipv6 = False
    try:
        importlib.import_module("music21")
    finally:
        socket.has_ipv6 = there


def _there(name: str) -> str:
    """A name as music21 writes it: a flat is a minus."""
    return name[0] + name[1:].replace("b", "-").replace("x", "##")


def _pitch(name: str) -> Any:  # noqa: ANN401 - as above
    return _module("pitch").Pitch(_there(name))


def _here(pitch: Any, *, octave: bool = False) -> str:  # noqa: ANN401 - as above
    name = pitch.nameWithOctave if octave else pitch.name
    return str(name).replace("##", "x").replace("-", "b")


def _row(pitches: Any, *, octave: bool = False) -> str:  # noqa: ANN401 - as above
    return " ".join(_here(pitch, octave=octave) for pitch in pitches)


def _between(low: str, high: str) -> Any:  # noqa: ANN401 - as above
    return _module("interval").Interval(_pitch(low), _pitch(high))


def _chord(notes: str) -> Any:  # noqa: ANN401 - as above
    """A chord of names without octaves, each above the one before."""
    pitches: list[Any] = []
    for name in notes.split():
        pitch = _pitch(name)
        if pitch.octave is None:
            pitch.octave = 3
            while pitches and pitch.ps <= pitches[-1].ps:
                pitch.octave += 1
        pitches.append(pitch)
    return _module("chord").Chord(pitches)


def _key(tonic: str, kind: str = "major") -> Any:  # noqa: ANN401 - as above
    return _module("key").Key(_there(tonic), "major" if kind == "major" else "minor")


def _scale(tonic: str, kind: str) -> Any:  # noqa: ANN401 - as above
    low = _pitch(tonic)
    low.octave = 4
    made = getattr(_module("scale"), _SCALES[kind])(low)
    return made.getPitches(low, low.transpose("P8"), direction=_module("scale").Direction.ASCENDING)


def _steps(start: str, count: str) -> str:
    white = _module("scale").MajorScale("C")
    moves = int(count)
    down, up = "DESCENDING", "ASCENDING"
    direction = getattr(_module("scale").Direction, up if moves > 0 else down)
    pitch = _pitch(start)
    for _ in range(abs(moves)):
        pitch = white.nextPitch(pitch, direction=direction)
    return _here(pitch, octave=True)


def _lowest(*names: str) -> str:
    return min(names, key=lambda name: _pitch(name).ps)


def _highest(*names: str) -> str:
    return max(names, key=lambda name: _pitch(name).ps)


def _rising(*rows: str) -> str | None:
    """The one row whose notes go up."""
    good: list[str] = []
    for row in rows:
        heights = [_pitch(name).ps for name in row.split(" \u2013 ")]
        if heights == sorted(set(heights)):
            good.append(row)
    return good[0] if len(good) == 1 else None


def _frequency(low: str, high: str, given: str) -> str:
    ratio = _pitch(high).frequency / _pitch(low).frequency
    return str(Fraction(int(given)) * Fraction(ratio).limit_denominator(64))


def _semitones(low: str, high: str) -> str:
    return str(int(_between(low, high).semitones))


def _white(start: str, semitones: str) -> str | None:
    pitch = _pitch(start).transpose(int(semitones))
    return _here(pitch, octave=True) if not pitch.alter else None


def _twin(name: str, letter: str) -> str | None:
    """The name of the same key that begins with a letter."""
    pitch = _pitch(name)
    for other in (pitch.getHigherEnharmonic(), pitch.getLowerEnharmonic()):
        if other.step == letter:
            return _here(other, octave=pitch.octave is not None)
    return None


def _only_white(*names: str) -> str | None:
    """The one that sounds like a white key."""
    white = [name for name in names if int(_pitch(name).ps) % 12 in {0, 2, 4, 5, 7, 9, 11}]
    return white[0] if len(white) == 1 else None


def _number(low: str, high: str) -> str:
    return str(_between(low, high).generic.undirected)


def _stacked(*names: str) -> str:
    added = _module("interval").add([_module("interval").Interval(name) for name in names])
    return str(added.generic.undirected)


def _interval(low: str, high: str) -> str:
    return str(_between(low, high).name)


def _above(start: str, name: str) -> str:
    pitch = _pitch(start)
    return _here(pitch.transpose(name), octave=pitch.octave is not None)


def _below(start: str, name: str) -> str:
    return _above(start, f"-{name}")


def _inverse(name: str) -> str:
    return str(_module("interval").Interval(name).complement.name)


def _rest_of(semitones: str) -> str:
    return str(12 - int(_module("interval").Interval(int(semitones)).semitones))


def _notes_of(tonic: str, kind: str) -> str:
    return _row(_scale(tonic, kind))


def _degree(tonic: str, kind: str, degree: str) -> str:
    return _here(_scale(tonic, kind)[int(degree) - 1])


def _which_scale(notes: str, *names: str) -> str | None:
    found = [name for name in names if notes == _notes_of(*name.split(" ", maxsplit=1))]
    return found[0] if len(found) == 1 else None


def _count(tonic: str, kind: str) -> str:
    return str(abs(_key(tonic, kind).sharps))


def _signature(tonic: str) -> str:
    return _row(_key(tonic).alteredPitches)


def _of_signature(signs: str) -> str | None:
    found = [f"{tonic} major" for tonic in _KEYS if _signature(tonic) == signs]
    return found[0] if len(found) == 1 else None


def _has(word: str, *names: str) -> str | None:
    """The one major key with flats, or with sharps."""
    sharps = [name for name in names if _key(name.split()[0]).sharps > 0]
    flats = [name for name in names if _key(name.split()[0]).sharps < 0]
    found = sharps if word == "sharps" else flats
    return found[0] if len(found) == 1 else None


def _neighbour(tonic: str, *names: str) -> str | None:
    """The one major key that shares six notes with this one."""
    own = {pitch.name for pitch in _scale(tonic, "major")}
    near = [n for n in names if len(own & {p.name for p in _scale(n.split()[0], "major")}) == 6]  # noqa: PLR2004 - six of seven
    return near[0] if len(near) == 1 else None


def _fifths(start: str, moves: str) -> str:
    pitches = [_pitch(start)]
    for _ in range(abs(int(moves))):
        pitches.append(pitches[-1].transpose("P5" if int(moves) > 0 else "-P5"))
    return _row(pitches)


def _last_fifth(start: str, moves: str) -> str:
    return _fifths(start, moves).split()[-1]


def _fifths_between(start: str, end: str) -> str:
    names = _fifths(start, "12").split()
    return str(names.index(end))


def _relative(tonic: str, kind: str) -> str:
    return _here(_key(tonic, kind).relative.tonic)


def _built(root: str, suffix: str) -> str:
    figure = _there(root) + _FIGURES.get(suffix, suffix)
    return _row(_module("harmony").ChordSymbol(figure).pitches)


def _named(notes: str, *names: str) -> str | None:
    """The one symbol with these notes; its root stands before the bar, its suffix behind."""
    found = [name.replace("|", "") for name in names if _built(*name.split("|")) == notes]
    return found[0] if len(found) == 1 else None


def _member(root: str, suffix: str, *at: str) -> str:
    notes = _built(root, suffix).split()
    return " ".join(notes[int(each)] for each in at)


def _quality(notes: str) -> str:
    return f"{str(_chord(notes).quality).capitalize()}"


def _turned(root: str, suffix: str, inversion: str) -> str:
    chord = _chord(_built(root, suffix))
    chord.inversion(int(inversion))
    return _row(sorted(chord.pitches, key=lambda pitch: pitch.ps))


def _root(notes: str) -> str:
    return _here(_chord(notes).root())


def _position(notes: str) -> str:
    at = int(_chord(notes).inversion())
    return _POSITIONS[at]


def _slash(notes: str) -> str:
    chord = _chord(notes)
    suffixes = {"major": "", "minor": "m", "diminished": "dim", "augmented": "aug"}
    suffix = suffixes[str(chord.quality)]
    return f"{_here(chord.root())}{suffix}/{_here(chord.bass())}"


def _figure(figure: str, tonic: str, kind: str) -> Any:  # noqa: ANN401 - as above
    plain = figure.replace("°", "o")
    return _module("roman").RomanNumeral(plain, _key(tonic, kind))


def _roman(figure: str, tonic: str, kind: str) -> str:
    return _row(_figure(figure, tonic, kind).pitches)


def _symbol(figure: str, tonic: str, kind: str) -> str:
    chord = _figure(figure, tonic, kind)
    return _here(chord.root()) + _suffix(chord)


def _suffix(chord: Any) -> str:  # noqa: ANN401 - as above
    suffixes = {
        "major": "", "minor": "m", "diminished": "dim", "augmented": "aug",
        "dominant-seventh": "7", "major-seventh": "maj7", "minor-seventh": "m7",
        "half-diminished-seventh": "m7b5", "diminished-seventh": "dim7",
    }  # fmt: skip
    return suffixes[
        str(_module("harmony").chordSymbolFigureFromChord(chord, includeChordType=True)[1])
    ]


def _symbols(figures: str, tonic: str, kind: str) -> str:
    return " \u2013 ".join(_symbol(figure, tonic, kind) for figure in figures.split())


def _roots(figures: str, tonic: str, kind: str) -> str:
    return _row(_figure(figure, tonic, kind).root() for figure in figures.split())


def _numeral(notes: str, tonic: str, kind: str, *figures: str) -> str | None:
    """The one numeral of these that has the notes."""
    found = [figure for figure in figures if _roman(figure, tonic, kind) == notes]
    return found[0] if len(found) == 1 else None


def _home(symbols: str, *names: str) -> str | None:
    """The one major key of these that has every chord, with V and I among them."""
    chords = [_built(*name.split("|")) for name in symbols.split()]
    good: list[str] = []
    for name in names:
        tonic = name.split()[0]
        own = {_roman(f, tonic, "major") for f in ("I", "ii", "iii", "IV", "V", "vi", "viio")}
        if own.issuperset(chords):
            good.append(name)
    return good[0] if len(good) == 1 else None


def _foreign(figure: str, tonic: str, kind: str) -> str | None:
    own = {pitch.name for pitch in _scale(tonic, "major" if kind == "major" else "natural minor")}
    new = [pitch for pitch in _figure(figure, tonic, kind).pitches if pitch.name not in own]
    return _here(new[0]) if len(new) == 1 else None


def _cadence(first: str, last: str, tonic: str, kind: str) -> str | None:
    """By the notes of both chords."""
    names = [_named_degree(notes, tonic, kind) for notes in (first, last)]
    if names == ["V", "I"]:
        return "Authentic"
    if names == ["IV", "I"]:
        return "Plagal"
    if names == ["V", "VI"]:
        return "Deceptive"
    return "Half" if names[1] == "V" else None


def _named_degree(notes: str, tonic: str, kind: str) -> str:
    figures = ("I", "ii", "IV", "V", "vi") if kind == "major" else ("i", "iio", "iv", "V", "VI")
    found = [f for f in figures if _roman(f, tonic, kind) == notes]
    return found[0].rstrip("o").upper() if found else ""


def _drop(notes: str, from_top: str) -> str:
    pitches = [_pitch(name) for name in notes.split()]
    at = len(pitches) - int(from_top)
    pitches[at] = pitches[at].transpose("-P8")
    return _row(sorted(pitches, key=lambda pitch: pitch.ps), octave=True)


def _opened(notes: str) -> str:
    pitches = [_pitch(name) for name in notes.split()]
    pitches[1] = pitches[1].transpose("P8")
    return _row(sorted(pitches, key=lambda pitch: pitch.ps), octave=True)


def _close(low: str, suffix: str) -> str:
    figure = _module("harmony").ChordSymbol(_there(low[:-1]) + _FIGURES.get(suffix, suffix))
    chord = _chord(_row(figure.pitches))
    shift = (int(low[-1]) - chord.pitches[0].octave) * 12
    made = [pitch.transpose(_module("interval").Interval("P8")) if shift > 0 else pitch
            for pitch in chord.pitches]  # fmt: skip
    return _row(made, octave=True)


def _led(notes: str, symbol: str) -> str | None:
    """The way to the next chord with the least movement in all: each voice to one note of it."""
    voices = [_pitch(name) for name in notes.split()]
    names = {pitch.name for pitch in _chord(_built(*symbol.split("|"))).pitches}
    near: list[list[Any]] = []
    for voice in voices:
        moves = [voice.transpose(step) for step in _steps_near()]
        near.append([pitch for pitch in moves if pitch.name in names])
    ways: dict[str, float] = {}
    for way in product(*near):
        heights = [pitch.ps for pitch in way]
        if {pitch.name for pitch in way} == names and heights == sorted(set(heights)):
            moved = sum(abs(a.ps - b.ps) for a, b in zip(way, voices, strict=True))
            ways[_row(way, octave=True)] = moved
    best = [row for row, moved in ways.items() if moved == min(ways.values())]
    return best[0] if len(best) == 1 else None


def _steps_near() -> tuple[str, ...]:
    up = ("P1", "m2", "M2", "A1", "m3", "M3")
    return (*up, *(f"-{name}" for name in up[1:]))


def _common(one: str, other: str) -> str:
    there = {pitch.name for pitch in _chord(_built(*other.split("|"))).pitches}
    return _row(p for p in _chord(_built(*one.split("|"))).pitches if p.name in there)


def _motion(upper: str, lower: str) -> str | None:
    """What two voices do, each a row of two notes."""
    pairs = [[_module("note").Note(_there(name)) for name in row.split()] for row in (upper, lower)]
    (a, b), (c, d) = pairs
    quartet = _module("voiceLeading").VoiceLeadingQuartet(a, b, c, d)
    found = {
        "Parallel motion": quartet.parallelMotion(),
        "Contrary motion": quartet.contraryMotion(),
        "Oblique motion": quartet.obliqueMotion(),
        "Similar motion": quartet.similarMotion() and not quartet.parallelMotion(),
    }
    true = [name for name, holds in found.items() if holds]
    return true[0] if len(true) == 1 else None


def _parallels(kind: str, *rows: str) -> str | None:
    """The one pair of steps from two notes to two others with parallel fifths, or octaves."""
    good: list[str] = []
    for row in rows:
        (a, c), (b, d) = (pair.split("\u2013") for pair in row.split(" to "))
        notes = [_module("note").Note(_there(name)) for name in (c, d, a, b)]
        quartet = _module("voiceLeading").VoiceLeadingQuartet(*notes)
        if quartet.parallelFifth() if kind == "fifths" else quartet.parallelOctave():
            good.append(row)
    return good[0] if len(good) == 1 else None


_WAYS: Final[dict[str, Callable[..., str | None]]] = {
    **RHYTHM,
    "steps": _steps, "lowest": _lowest, "highest": _highest, "rising": _rising,
    "frequency": _frequency, "semitones": _semitones, "white": _white, "twin": _twin,
    "only white": _only_white, "number": _number, "stacked": _stacked, "interval": _interval,
    "above": _above, "below": _below, "inverse": _inverse, "rest": _rest_of, "scale": _notes_of,
    "degree": _degree, "which scale": _which_scale, "count": _count, "signature": _signature,
    "of signature": _of_signature, "has": _has, "neighbour": _neighbour, "fifths": _fifths,
    "last fifth": _last_fifth, "fifths between": _fifths_between, "relative": _relative,
    "chord": _built, "named": _named, "member": _member, "quality": _quality, "turned": _turned,
    "root": _root, "position": _position, "slash": _slash, "roman": _roman, "symbol": _symbol,
    "symbols": _symbols, "roots": _roots, "numeral": _numeral, "home": _home, "foreign": _foreign,
    "cadence": _cadence, "drop": _drop, "opened": _opened, "close": _close, "led": _led,
    "common": _common, "motion": _motion, "parallels": _parallels,
}  # fmt: skip
