"""Answers to questions of music by counting letters and semitones, and nothing else."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise, permutations, product
from typing import Final, NamedTuple

_LETTERS: Final = "CDEFGAB"
_WHITE: Final = (0, 2, 4, 5, 7, 9, 11)
_QUARTERS: Final = {"whole": 16, "half": 8, "quarter": 4, "eighth": 2, "sixteenth": 1}
_SCALES: Final = {
    "major": (0, 2, 4, 5, 7, 9, 11), "natural minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11), "melodic minor": (0, 2, 3, 5, 7, 9, 11),
    "Dorian": (0, 2, 3, 5, 7, 9, 10), "Phrygian": (0, 1, 3, 5, 7, 8, 10),
    "Lydian": (0, 2, 4, 6, 7, 9, 11), "Mixolydian": (0, 2, 4, 5, 7, 9, 10),
}  # fmt: skip
_CHORDS: Final = {
    "": (0, 4, 7), "m": (0, 3, 7), "dim": (0, 3, 6), "aug": (0, 4, 8), "7": (0, 4, 7, 10),
    "maj7": (0, 4, 7, 11), "m7": (0, 3, 7, 10), "m7b5": (0, 3, 6, 10), "dim7": (0, 3, 6, 9),
}  # fmt: skip
_PLAIN: Final = {1: 0, 2: 2, 3: 4, 4: 5, 5: 7, 6: 9, 7: 11, 8: 12}
_NUMERALS: Final = ("I", "II", "III", "IV", "V", "VI", "VII")
_POSITIONS: Final = ("Root position", "First inversion", "Second inversion", "Third inversion")
_TONICS: Final = ("C", "G", "D", "A", "E", "B", "F#", "F", "Bb", "Eb", "Ab", "Db", "Gb")
_DASH: Final = "\u2013"
_OCTAVE: Final = 12
_DOMINANT: Final = 4


class Note(NamedTuple):
    """A letter, its sharps (or flats below zero), and an octave."""

    step: int
    alter: int
    octave: int

    @property
    def keys(self) -> int:
        """Semitones above C0."""
        return _WHITE[self.step] + self.alter + _OCTAVE * self.octave

    @property
    def letters(self) -> int:
        """Letters above C0."""
        return self.step + 7 * self.octave

    def name(self, *, octave: bool = False) -> str:
        """As it is typed."""
        signs = {2: "x"}.get(self.alter, "#" * self.alter or "b" * -self.alter)
        return f"{_LETTERS[self.step]}{signs}{self.octave if octave else ''}"


def read(name: str) -> Note:
    """A note as it is typed; without a number it is in octave 4."""
    digits = "".join(char for char in name if char.isdigit())
    signs = name[1:].replace("x", "##")
    return Note(_LETTERS.index(name[0]), signs.count("#") - signs.count("b"), int(digits or 4))


def _octave(name: str) -> bool:
    return name[-1].isdigit()


def _at(start: Note, letters: int, keys: int) -> Note:
    octave, step = divmod(start.letters + letters, 7)
    return Note(step, start.keys + keys - _WHITE[step] - _OCTAVE * octave, octave)


def _row(notes: Sequence[Note], *, octave: bool = False) -> str:
    return " ".join(note.name(octave=octave) for note in notes)


def _size(name: str) -> tuple[int, int]:
    quality, number = name[0], int(name[1:])
    keys = _PLAIN[number] + {"m": -1, "A": 1, "P": 0, "M": 0}.get(quality, 0)
    if quality == "d":
        keys -= 1 if number in {1, 4, 5, 8} else 2
    return number - 1, keys


def _called(letters: int, keys: int) -> str:
    number = letters + 1
    off = keys - _PLAIN[number]
    names = (
        {0: "P", 1: "A", -1: "d"} if number in {1, 4, 5, 8} else {0: "M", -1: "m", 1: "A", -2: "d"}
    )
    return f"{names[off]}{number}"


def _scale(tonic: str, kind: str) -> list[Note]:
    return [_at(read(tonic), at, keys) for at, keys in enumerate((*_SCALES[kind], _OCTAVE))]


def _chord(root: str | Note, suffix: str) -> list[Note]:
    low = read(root) if isinstance(root, str) else root
    return [_at(low, 2 * at, keys) for at, keys in enumerate(_CHORDS[suffix])]


def _stack(notes: str) -> list[Note]:
    """The notes of a chord in root position, whatever order they come in."""
    found = [read(name) for name in notes.split()]
    for order in permutations(found):
        if all((b.step - a.step) % 7 == 2 for a, b in pairwise(order)):  # noqa: PLR2004 - a third
            return list(order)
    raise ValueError(notes)


def _suffix(notes: Sequence[Note]) -> str:
    keys = tuple((note.keys - notes[0].keys) % _OCTAVE for note in notes)
    return next(suffix for suffix, there in _CHORDS.items() if there == keys)


def _roman(figure: str, tonic: str, kind: str) -> list[Note]:
    figure, _, of = figure.partition("/")
    if of:
        target = _roman(of, tonic, kind)[0]
        return _chord(_at(target, 4, 7), "7")
    bare = figure.rstrip("0123456789").rstrip("\u00b0\u00f8")
    sign = figure[len(figure.rstrip("0123456789")) :]
    degree = _NUMERALS.index(bare.upper())
    raised = kind == "minor" and (degree == _DOMINANT or (degree == 6 and not bare.isupper()))  # noqa: PLR2004 - vii
    pattern = "major" if kind == "major" else "harmonic minor" if raised else "natural minor"
    notes = _scale(tonic, pattern)[:7]
    size = 4 if sign in {"7", "65", "43", "42"} else 3
    chord = [notes[(degree + 2 * at) % 7] for at in range(size)]
    turn = {"": 0, "7": 0, "6": 1, "64": 2, "65": 1, "43": 2, "42": 3}[sign]
    return chord[turn:] + chord[:turn]


def _same(one: Sequence[Note], other: Sequence[Note]) -> bool:
    return [(n.step, n.alter) for n in one] == [(n.step, n.alter) for n in other]


def _one(good: Sequence[str]) -> str:
    if len(good) != 1:
        raise ValueError(f"{len(good)} are right")
    return good[0]


def _symbol(notes: Sequence[Note]) -> str:
    return notes[0].name() + _suffix(notes)


def _steps(start: str, count: str) -> str:
    octave, step = divmod(read(start).letters + int(count), 7)
    return Note(step, 0, octave).name(octave=True)


def _rising(*rows: str) -> str:
    def rises(row: str) -> bool:
        keys = [read(name).keys for name in row.split(f" {_DASH} ")]
        return all(a < b for a, b in pairwise(keys))

    return _one([row for row in rows if rises(row)])


def _frequency(low: str, high: str, given: str) -> str:
    return str(Fraction(int(given)) * Fraction(2) ** (read(high).octave - read(low).octave))


def _key_at(keys: int, letter: str | None = None) -> Note:
    """The white key there, or the note of a letter."""
    for octave in range(10):
        for step in range(7):
            alter = keys - _WHITE[step] - _OCTAVE * octave
            if (letter is None and alter == 0) or (_LETTERS[step] == letter and abs(alter) <= 1):
                return Note(step, alter, octave)
    raise ValueError(keys)


def _twin(name: str, letter: str) -> str:
    return _key_at(read(name).keys, letter).name(octave=_octave(name))


def _above(start: str, name: str, sign: int = 1) -> str:
    letters, keys = _size(name)
    return _at(read(start), sign * letters, sign * keys).name(octave=_octave(start))


def _interval(low: str, high: str) -> str:
    one, other = read(low), read(high)
    return _called(other.letters - one.letters, other.keys - one.keys)


def _inverse(name: str) -> str:
    letters, keys = _size(name)
    return _called(7 - letters, _OCTAVE - keys)


def _signs(tonic: str) -> list[Note]:
    notes = [note for note in _scale(tonic, "major")[:7] if note.alter]
    order = "FCGDAEB" if notes and notes[0].alter > 0 else "BEADGCF"
    return sorted(notes, key=lambda note: order.index(_LETTERS[note.step]))


def _sides(word: str, *names: str) -> str:
    side = 1 if word == "sharps" else -1
    return _one([name for name in names if _signs(name.split()[0])[0].alter == side])


def _near(tonic: str, *names: str) -> str:
    own = {note.name() for note in _scale(tonic, "major")}

    def shared(name: str) -> int:
        return len(own & {note.name() for note in _scale(name.split(maxsplit=1)[0], "major")})

    return _one([name for name in names if shared(name) == len(own) - 1])


def _fifths(start: str, moves: str) -> str:
    side = 1 if int(moves) > 0 else -1
    notes = [_at(read(start), 4 * at * side, 7 * at * side) for at in range(abs(int(moves)) + 1)]
    return _row(notes)


def _between_fifths(start: str, end: str) -> str:
    return str(next(n for n in range(1, 13) if _fifths(start, str(n)).split()[-1] == end))


def _relative(tonic: str, kind: str) -> str:
    side = -1 if kind == "major" else 1
    return _at(read(tonic), 2 * side, 3 * side).name()


def _count(tonic: str, kind: str) -> str:
    return str(sum(note.alter != 0 for note in _scale(tonic, kind)[:7]))


def _which(notes: str, *names: str) -> str:
    return _one([n for n in names if _row(_scale(*n.split(" ", maxsplit=1))) == notes])


def _named(notes: str, *names: str) -> str:
    found = [n for n in names if _row(_chord(*n.split("|"))) == notes]
    return _one(found).replace("|", "")


def _quality(notes: str) -> str:
    words = {"": "Major", "m": "Minor", "dim": "Diminished", "aug": "Augmented"}
    return words[_suffix([read(name) for name in notes.split()])]


def _turned(root: str, suffix: str, turn: str) -> str:
    notes = _chord(root, suffix)
    return _row(notes[int(turn) :] + notes[: int(turn)])


def _position(notes: str) -> str:
    root = _stack(notes)
    return _POSITIONS[[note.name() for note in root].index(notes.split(maxsplit=1)[0])]


def _slash(notes: str) -> str:
    return f"{_symbol(_stack(notes))}/{notes.split(maxsplit=1)[0]}"


def _symbols(figures: str, tonic: str, kind: str) -> str:
    return f" {_DASH} ".join(_symbol(_roman(figure, tonic, kind)) for figure in figures.split())


def _numeral(notes: str, tonic: str, kind: str, *figures: str) -> str:
    there = [read(name) for name in notes.split()]
    return _one([figure for figure in figures if _same(_roman(figure, tonic, kind), there)])


def _home(symbols: str, *names: str) -> str:
    chords = {_row(_chord(*symbol.split("|"))) for symbol in symbols.split()}
    figures = ("I", "ii", "iii", "IV", "V", "vi", "vii\u00b0")
    return _one([
        name for name in names
        if chords <= {_row(_roman(figure, name.split()[0], "major")) for figure in figures}
    ])  # fmt: skip


def _foreign(figure: str, tonic: str, kind: str) -> str:
    own = {note.name() for note in _scale(tonic, "major" if kind == "major" else "natural minor")}
    return _one([note.name() for note in _roman(figure, tonic, kind) if note.name() not in own])


def _cadence(first: str, last: str, tonic: str, kind: str) -> str:
    minor = kind == "minor"
    figures = ("i", "iv", "V", "VI") if minor else ("I", "IV", "V", "vi")
    rows = {_row(_roman(figure, tonic, kind)): figure.upper() for figure in figures}
    pair = rows.get(first, ""), rows.get(last, "")
    known = {("V", "I"): "Authentic", ("IV", "I"): "Plagal", ("V", "VI"): "Deceptive"}
    return known.get(pair) or _one(["Half"] if pair[1] == "V" else [])


def _sixteenths(name: str) -> Fraction:
    words = name.removesuffix(" rest").removesuffix(" note").split()
    size = Fraction(_QUARTERS[words[-1]])
    dots = {"dotted": 1, "double-dotted": 2}.get(words[0], 0)
    return sum((size / 2**dot for dot in range(dots + 1)), Fraction(0))


def _length(*names: str) -> str:
    return str(sum(map(_sixteenths, names), Fraction(0)) / 4)


def _bar(signature: str) -> Fraction:
    top, low = map(int, signature.split("/"))
    return Fraction(16 * top, low)


def _missing(signature: str, unit: str, *names: str) -> str:
    there = sum(map(_sixteenths, names), Fraction(0))
    return str((_bar(signature) - there) / _sixteenths(unit))


def _full(signature: str, *rows: str) -> str:
    return _one([r for r in rows if sum(map(_sixteenths, r.split(", "))) == _bar(signature)])


def _beats(signature: str) -> str:
    top = int(signature.split("/", maxsplit=1)[0])
    return str(top // 3 if top in {6, 9, 12} else top)


def _low_to_high(notes: Sequence[Note]) -> str:
    return _row(sorted(notes, key=lambda note: note.keys), octave=True)


def _drop(notes: str, place: str) -> str:
    found = [read(name) for name in notes.split()]
    found[-int(place)] = found[-int(place)]._replace(octave=found[-int(place)].octave - 1)
    return _low_to_high(found)


def _opened(notes: str) -> str:
    low, middle, high = (read(name) for name in notes.split())
    return _low_to_high([low, middle._replace(octave=middle.octave + 1), high])


def _led(notes: str, symbol: str) -> str:
    voices, goal = [read(name) for name in notes.split()], _chord(*symbol.split("|"))
    near = [[n._replace(octave=at) for n in goal for at in range(1, 8)] for _ in voices]
    ways: dict[tuple[Note, ...], int] = {}
    for way in product(*near):
        rising = all(a.keys < b.keys for a, b in pairwise(way))
        if rising and len({n.step for n in way}) == len(goal):
            ways[way] = sum(abs(a.keys - b.keys) for a, b in zip(way, voices, strict=True))
    least = min(ways.values())
    return _one([_row(way, octave=True) for way, moved in ways.items() if moved == least])


def _common(one: str, other: str) -> str:
    there = {note.name() for note in _chord(*other.split("|"))}
    return _row([note for note in _chord(*one.split("|")) if note.name() in there])


def _motion(upper: str, lower: str) -> str:
    (a, b), (c, d) = ([read(name) for name in row.split()] for row in (upper, lower))
    one, other = b.letters - a.letters, d.letters - c.letters
    if not one or not other:
        return "Oblique motion"
    if one * other < 0:
        return "Contrary motion"
    return "Parallel motion" if one == other else "Similar motion"


def _parallels(kind: str, *rows: str) -> str:
    letters, keys = (4, 7) if kind == "fifths" else (7, _OCTAVE)

    def faulty(row: str) -> bool:
        pairs = [[read(name) for name in pair.split(_DASH)] for pair in row.split(" to ")]
        sizes = {(b.letters - a.letters, b.keys - a.keys) for a, b in pairs}
        return sizes == {(letters, keys)} and pairs[0] != pairs[1]

    return _one([row for row in rows if faulty(row)])


def _lowest(*names: str) -> str:
    return min(names, key=lambda name: read(name).keys)


def _highest(*names: str) -> str:
    return max(names, key=lambda name: read(name).keys)


def _semitones(low: str, high: str) -> str:
    return str(read(high).keys - read(low).keys)


def _white(start: str, keys: str) -> str:
    return _key_at(read(start).keys + int(keys)).name(octave=True)


def _only_white(*names: str) -> str:
    return _one([name for name in names if read(name).keys % _OCTAVE in _WHITE])


def _number(low: str, high: str) -> str:
    return str(read(high).letters - read(low).letters + 1)


def _stacked(*names: str) -> str:
    return str(sum(_size(name)[0] for name in names) + 1)


def _below(start: str, name: str) -> str:
    return _above(start, name, -1)


def _rest(keys: str) -> str:
    return str(_OCTAVE - int(keys))


def _notes_of(tonic: str, kind: str) -> str:
    return _row(_scale(tonic, kind))


def _degree(tonic: str, kind: str, at: str) -> str:
    return _scale(tonic, kind)[int(at) - 1].name()


def _signature(tonic: str) -> str:
    return _row(_signs(tonic))


def _of_signature(signs: str) -> str:
    return _one([f"{tonic} major" for tonic in _TONICS if _signature(tonic) == signs])


def _last_fifth(start: str, moves: str) -> str:
    return _fifths(start, moves).split()[-1]


def _spelled(root: str, suffix: str) -> str:
    return _row(_chord(root, suffix))


def _member(root: str, suffix: str, *at: str) -> str:
    notes = _chord(root, suffix)
    return _row([notes[int(number)] for number in at])


def _root(notes: str) -> str:
    return _stack(notes)[0].name()


def _notes(figure: str, tonic: str, kind: str) -> str:
    return _row(_roman(figure, tonic, kind))


def _name(figure: str, tonic: str, kind: str) -> str:
    return _symbol(_roman(figure, tonic, kind))


def _roots(figures: str, tonic: str, kind: str) -> str:
    return _row([_roman(figure, tonic, kind)[0] for figure in figures.split()])


def _fits(of: str, into: str) -> str:
    return str(_sixteenths(into) / _sixteenths(of))


def _seconds(tempo: str, name: str) -> str:
    return str(_sixteenths(name) / 4 * 60 / int(tempo))


def _fills(signature: str, unit: str) -> str:
    return str(_bar(signature) / _sixteenths(unit))


def _minutes(signature: str, bars: str, tempo: str) -> str:
    return str(_bar(signature) / 4 * int(bars) / int(tempo))


def _close(low: str, suffix: str) -> str:
    return _row(_chord(low, suffix), octave=True)


ANSWERS: Final[dict[str, Callable[..., str]]] = {
    "steps": _steps, "lowest": _lowest, "highest": _highest, "rising": _rising,
    "frequency": _frequency, "twin": _twin, "above": _above, "semitones": _semitones,
    "white": _white, "only white": _only_white, "number": _number, "stacked": _stacked,
    "interval": _interval, "below": _below, "inverse": _inverse, "rest": _rest,
    "scale": _notes_of, "degree": _degree, "which scale": _which, "count": _count,
    "signature": _signature, "of signature": _of_signature, "has": _sides, "neighbour": _near,
    "fifths": _fifths, "last fifth": _last_fifth, "fifths between": _between_fifths,
    "relative": _relative, "chord": _spelled, "named": _named, "member": _member,
    "quality": _quality, "turned": _turned, "root": _root, "position": _position,
    "slash": _slash, "roman": _notes, "symbol": _name, "symbols": _symbols, "roots": _roots,
    "numeral": _numeral, "home": _home, "foreign": _foreign, "cadence": _cadence,
    "length": _length, "fits": _fits, "seconds": _seconds, "fills": _fills, "beats": _beats,
    "missing": _missing, "full": _full, "minutes": _minutes, "drop": _drop, "opened": _opened,
    "close": _close, "led": _led, "common": _common, "motion": _motion, "parallels": _parallels,
}  # fmt: skip
"""What each kind of question is answered by; each raises ``ValueError`` where several are right."""
