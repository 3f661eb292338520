"""Pitches as they are spelled, and the intervals between them."""

from dataclasses import dataclass
from typing import Final

LETTERS: Final = "CDEFGAB"
_SEMITONES: Final = (0, 2, 4, 5, 7, 9, 11)
_PERFECT: Final = frozenset({1, 4, 5})
_MOST_SIGNS: Final = 4
_LETTER_COUNT: Final = 7
_OCTAVE: Final = 12


@dataclass(frozen=True, slots=True)
class Pitch:
    """A note by its name; C4 is the middle C of the piano."""

    letter: str
    """A capital from A to G."""
    alter: int = 0
    """Sharps above zero, flats below."""
    octave: int | None = None
    """Scientific number; None where it does not count."""

    @property
    def step(self) -> int:
        """0 for C to 6 for B."""
        return LETTERS.index(self.letter)

    @property
    def white(self) -> int:
        """White keys since C0; the octave counts as 4 where there is none."""
        return self.step + _LETTER_COUNT * (4 if self.octave is None else self.octave)

    @property
    def semitones(self) -> int:
        """Semitones since C0; the octave counts as 4 where there is none."""
        octave = 4 if self.octave is None else self.octave
        return _SEMITONES[self.step] + self.alter + _OCTAVE * octave

    @property
    def sound(self) -> int:
        """Which of the twelve keys of an octave it is: 0 for C."""
        return self.semitones % _OCTAVE

    @property
    def bare(self) -> "Pitch":
        """The same without its octave."""
        return Pitch(self.letter, self.alter)

    def at(self, octave: int) -> "Pitch":
        """The same in this octave."""
        return Pitch(self.letter, self.alter, octave)

    def __str__(self) -> str:
        signs = "#" * self.alter if self.alter >= 0 else "b" * -self.alter
        octave = "" if self.octave is None else str(self.octave)
        return f"{self.letter}{'x' if signs == '##' else signs}{octave}"


@dataclass(frozen=True, slots=True)
class Interval:
    """A distance by letters and by semitones: a major third is 3 and 4."""

    number: int
    """1 for a unison, 8 for an octave."""
    semitones: int

    @property
    def offset(self) -> int:
        """Semitones beyond the perfect or major interval of this number."""
        octaves, step = divmod(self.number - 1, _LETTER_COUNT)
        return self.semitones - _SEMITONES[step] - _OCTAVE * octaves

    @property
    def perfect(self) -> bool:
        """Whether intervals of this number are perfect rather than major and minor."""
        return (self.number - 1) % _LETTER_COUNT + 1 in _PERFECT

    @property
    def quality(self) -> str:
        """``P``, ``M``, ``m``, ``A`` or ``d``; doubled where it is doubly so."""
        if self.perfect:
            return "P" if not self.offset else ("A" if self.offset > 0 else "d") * abs(self.offset)
        if self.offset >= 0:
            return "A" * self.offset or "M"
        return "d" * (-self.offset - 1) or "m"

    @property
    def inverted(self) -> "Interval":
        """What is left to the octave."""
        return Interval(9 - self.number, _OCTAVE - self.semitones)

    def __str__(self) -> str:
        return f"{self.quality}{self.number}"


def interval_named(name: str) -> Interval | None:
    """The interval of a name such as ``m3``, ``P5`` or ``A4``; None where there is none."""
    quality, digits = name.rstrip("0123456789"), name[len(name.rstrip("0123456789")) :]
    if not digits or len(digits) > 2 or not 1 <= int(digits) <= 2 * _LETTER_COUNT + 1:  # noqa: PLR2004 - two digits
        return None
    number = int(digits)
    octaves, step = divmod(number - 1, _LETTER_COUNT)
    perfect = step + 1 in _PERFECT
    offsets = {"A": 1, "AA": 2}
    offsets |= {"P": 0, "d": -1, "dd": -2} if perfect else {"M": 0, "m": -1, "d": -2, "dd": -3}
    if quality not in offsets:
        return None
    return Interval(number, _SEMITONES[step] + _OCTAVE * octaves + offsets[quality])


def above(pitch: Pitch, interval: Interval, *, down: bool = False) -> Pitch:
    """The pitch that far above, or below; with an octave where the pitch has one."""
    sign = -1 if down else 1
    white = pitch.white + sign * (interval.number - 1)
    octave, step = divmod(white, _LETTER_COUNT)
    natural = _SEMITONES[step] + _OCTAVE * octave
    alter = pitch.semitones + sign * interval.semitones - natural
    return Pitch(LETTERS[step], alter, None if pitch.octave is None else octave)


def between(low: Pitch, high: Pitch) -> Interval:
    """The interval from one pitch up to another; without octaves the next one above."""
    number, semitones = high.white - low.white, high.semitones - low.semitones
    if low.octave is None or high.octave is None:
        octaves = number // _LETTER_COUNT
        number, semitones = number - _LETTER_COUNT * octaves, semitones - _OCTAVE * octaves
    return Interval(number + 1, semitones)


def pitch_named(name: str) -> Pitch | None:
    """The pitch of a plain name such as ``C4``, ``f#`` or ``Bb3``; None where it is none."""
    letter, rest = name[:1].upper(), name[1:]
    signs = rest.rstrip("0123456789")
    digits = rest[len(signs) :]
    if letter not in LETTERS or not letter or len(digits) > 1:
        return None
    spelled = signs.replace("x", "##").replace("n", "")
    if len(spelled) > _MOST_SIGNS or (spelled and set(spelled) not in ({"#"}, {"b"})):
        return None
    alter = len(spelled) if "#" in spelled else -len(spelled)
    return Pitch(letter, alter, int(digits) if digits else None)
