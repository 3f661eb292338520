"""Intervals: their numbers, their qualities, and what is left of the octave."""

from typing import Final

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.tones import moved, music, note, white
from assistant.tutor.music.pitches import LETTERS, Interval, Pitch, above, between, interval_named

NAMES: Final = (
    "", "unison", "second", "third", "fourth", "fifth", "sixth", "seventh", "octave", "ninth",
    "tenth", "eleventh", "twelfth", "thirteenth",
)  # fmt: skip
QUALITIES: Final = {
    "P": "perfect", "M": "major", "m": "minor", "A": "augmented", "d": "diminished"
}  # fmt: skip
_AS_NUMBER: Final = "(Third = 3, fourth = 4 and so on.)"


def named(name: str) -> Interval:
    """The interval of a name that is known to be one.

    Raises:
        ValueError: It is none.
    """
    found = interval_named(name)
    if found is None:
        raise ValueError(f"no interval is called {name}")
    return found


def spoken(name: str) -> str:
    """``m3`` as ``minor third``."""
    return f"{QUALITIES[name[0]]} {NAMES[int(name[1:])]}"


def _a(name: str) -> str:
    return f"a{'n' if name[0] == 'A' else ''} {spoken(name)}"


def intervals_by_number(draw: Draw) -> Draft:
    """Numbers by counting letters, notes that far away, and stacks."""
    made = draw.by_level(
        (_numbered, _found),
        (_numbered, _found),
        (_stack, _found),
        (_stack, _numbered),
        (_stack, _numbered),
    )
    return draw.pick(*made)(draw)


def _numbered(draw: Draw) -> Draft:
    number = draw.integer(2, 8) if draw.level < 4 else draw.integer(9, 13)  # noqa: PLR2004 - beyond an octave
    signs = (0,) if draw.level < 2 else (0, 1, -1)  # noqa: PLR2004 - signs do not count
    low = Pitch(draw.pick(*LETTERS), draw.pick(*signs), draw.integer(2, 4))
    plain = moved(Pitch(low.letter, 0, low.octave), number - 1)
    high = Pitch(plain.letter, draw.pick(*signs), plain.octave)
    count = high.semitones - low.semitones
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            "What is the number of the interval from", "What number is the interval from"
        )
        + f" {low} up to {high}? {_AS_NUMBER}",
        answer=str(number),
        claim=music("number", str(low), str(high)),
        nudge="Which letters does it span?",
        idea="Count letters, and both ends count; sharps and flats change nothing.",
        part=f"{low.letter} is one, {moved(low.at(4), 1).letter} is two; go on up to {high}.",
        solution=(f"Count the letters from {low.letter} up to {high.letter}.", str(number)),
        wrong=((str(number - 1), "starts-at-zero"), (str(count), "counts-semitones")),
    )


def _found(draw: Draw) -> Draft:
    number, start, up = draw.integer(2, 7), white(draw), draw.coin()
    start = start if draw.level > 1 else start.at(4)
    up = True if draw.level == 1 else up
    side = 1 if up else -1
    end = moved(start, side * (number - 1))
    other = moved(start, -side * (number - 1))
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=f"Which white key is {'an' if number == 8 else 'a'} {NAMES[number]} "  # noqa: PLR2004 - an octave
        f"{'above' if up else 'below'} {start}? Give letter and number.",
        answer=str(end),
        claim=music("steps", str(start), str(side * (number - 1))),
        nudge=f"{start.letter} is the first letter.",
        idea="Count letters, and both ends count.",
        part=f"The second letter is {moved(start, side).letter}. Go on, and mind the border at C.",
        solution=(f"Count {number} letters {'up' if up else 'down'} from {start}.", str(end)),
        wrong=(
            (str(moved(start, side * number)), "starts-at-zero"),
            (str(other), "counts-down-wrong"),
        ),
    )


def _stack(draw: Draw) -> Draft:
    count = draw.by_level(2, 2, 2, 3, 4)
    sizes = [draw.integer(2, 6) for _ in range(count)]
    number = sum(sizes) - count + 1
    names = " and ".join(
        [", ".join(f"a {NAMES[size]}" for size in sizes[:-1]), f"a {NAMES[sizes[-1]]}"]
    )
    perfect = {4: "P4", 5: "P5"}
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"One on top of the other, {names} are stacked.",
            f"A melody goes up by {names}.",
        )
        + f" What is the number of the interval from the lowest to the highest note? {_AS_NUMBER}",
        answer=str(number),
        claim=music("stacked", *(perfect.get(size, f"M{size}") for size in sizes)),
        nudge="Which note belongs to two of the intervals?",
        idea="Add the numbers, but take one away for each note that is counted twice.",
        part=f"The first two make {sizes[0]} + {sizes[1]} letters, less the one they share.",
        solution=(f"The sum is {sum(sizes)}; take {count - 1} away.", str(number)),
        wrong=((str(sum(sizes)), "adds-plainly"), (str(number - 1), "starts-at-zero")),
    )


_EASY: Final = ("M2", "M3", "P4", "P5", "M6", "M7")
_COMMON: Final = ("m2", "M2", "m3", "M3", "P4", "P5", "m6", "M6", "m7", "M7")
_ODD: Final = ("A4", "d5", "A2", "A5", "d7", "d4")
_TONICS: Final = ("C", "G", "F", "D", "Bb", "A", "Eb", "E", "Ab")


def _size(draw: Draw) -> str:
    return draw.pick(*draw.by_level(_EASY, _COMMON, _COMMON, (*_COMMON, *_ODD), _ODD))


def _tonic(draw: Draw) -> str:
    return draw.pick(*_TONICS[: draw.by_level(4, 5, 7, 9, 9)])


def _count(semitones: int) -> str:
    return "1 semitone" if semitones == 1 else f"{semitones} semitones"


def interval_quality(draw: Draw) -> Draft:
    """Naming intervals, and finding notes by them, upwards and downwards."""
    name, low = _size(draw), note(_tonic(draw))
    high = above(low, named(name))
    if abs(high.alter) > 1:
        return interval_quality(draw)
    if draw.pick(0, 1):
        return _name_it(draw, low.at(draw.integer(2, 4)), name)
    down = draw.level > 2 and draw.pick(0, 1)  # noqa: PLR2004 - downwards later
    start, end = (high, low) if down else (low, high)
    slip = above(start, Interval(named(name).number, named(name).semitones - 1), down=bool(down))
    other = _same_key(end)
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=f"Which note is {_a(name)} {'below' if down else 'above'} {start}?",
        answer=str(end),
        claim=music("below" if down else "above", str(start), name),
        nudge=f"Count {int(name[1:])} letters first, both ends with them.",
        idea="The number gives the letter, the semitones give its sign.",
        part=f"It has to be {named(name).semitones} semitones away.",
        solution=(f"The letter is {end.letter}; with its sign it is right.", str(end)),
        wrong=(
            *(((str(slip), "off-by-one"),) if abs(slip.alter) <= 1 else ()),
            *(((str(other), "semitones-decide-number"),) if other else ()),
        ),
    )


def _same_key(pitch: Pitch) -> Pitch | None:
    """Another name with at most one sign for the same key."""
    for side in (1, -1):
        letter = moved(Pitch(pitch.letter, 0, 4), side).letter
        for alter in (0, -1, 1):
            if Pitch(letter, alter).sound == pitch.sound:
                return Pitch(letter, alter)
    return None


def _name_it(draw: Draw, low: Pitch, name: str) -> Draft:
    high, found = above(low, named(name)), named(name)
    other = _same_key(high.bare)
    wrong: list[tuple[str, str]] = []
    if name[0] == "m":
        wrong += [(f"M{name[1:]}", "white-means-major"), (f"d{name[1:]}", "minor-is-diminished")]
    elif name[0] == "M":
        wrong.append((f"m{name[1:]}", "off-by-one"))
    elif name[0] == "P":
        wrong.append((f"M{name[1:]}", "major-fifth"))
    elif name in {"A4", "d5"}:
        wrong += [(f"P{name[1:]}", "white-means-major"), (f"m{name[1:]}", "major-fifth")]
    if other is not None:
        fake = between(low.bare, other)
        wrong.append((str(fake), "semitones-decide-number"))
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Name the interval from {low} up to {high}.",
            f"Which interval is it from {low} up to {high}?",
        )
        + " Write it like m9 or P12.",
        answer=name,
        claim=music("interval", str(low), str(high)),
        nudge="First the number by letters, then the quality by semitones.",
        idea=f"Compare with the major scale on {low.bare}: its notes are major or perfect.",
        part=f"It spans {found.number} letters and {_count(found.semitones)}.",
        solution=(f"{found.number} letters, {_count(found.semitones)}.", name),
        wrong=tuple(wrong),
    )


def interval_inversion(draw: Draw) -> Draft:
    """Inversions of intervals, by name, by semitones and with notes."""
    made = draw.by_level(
        (_inverse,), (_inverse, _rest), (_by_inversion, _inverse), (_by_inversion,)
    )
    return draw.pick(*made)(draw)


def _inverse(draw: Draw) -> Draft:
    low = note(_tonic(draw)).at(draw.integer(3, 4))
    name = _size(draw) if draw.level < 3 else draw.pick(*_COMMON, *_ODD)  # noqa: PLR2004 - all of them
    high, other = above(low, named(name)), named(name).inverted
    if abs(high.alter) > 1:
        return _inverse(draw)
    swapped = {"P": "d", "A": "P", "d": "P", "M": "", "m": ""}[name[0]]
    wrong = [(f"{name[0]}{other.number}", "quality-kept")]
    wrong.append((f"{str(other)[0]}{other.number - 1}", "adds-to-eight"))
    if swapped:
        wrong.append((f"{swapped}{other.number}", "perfect-changes"))
    bare = draw.pick(0, 1, 1)
    text = (
        f"{low}\u2013{high} is {_a(name)}. What is its inversion"
        if bare
        else f"What is the inversion of {_a(name)}"
    )
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=f"{text}? Write it like m9 or P12.",
        answer=str(other),
        claim=music("inverse", name),
        nudge="The lower note goes up an octave. What is left?",
        idea="The numbers add up to 9; major and minor swap, augmented and diminished too, perfect "
        "stays.",
        part=f"The number is 9 less {name[1:]}.",
        solution=(
            f"The number is {other.number}; {QUALITIES[name[0]]} gives {QUALITIES[str(other)[0]]}.",
            str(other),
        ),
        wrong=tuple(wrong),
    )


def _rest(draw: Draw) -> Draft:
    count = draw.integer(1, 11, 6)
    low = white(draw, 3, 4)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"An interval above {low} has {count} semitones. How many does its inversion have?",
            f"Two notes lie {count} semitones apart, the lower one is {low}. It moves up an "
            "octave. How many semitones are they apart now?",
        ),
        answer=str(12 - count),
        claim=music("rest", str(count)),
        nudge="Both intervals together make something round.",
        idea="An interval and its inversion make an octave.",
        part="An octave has twelve semitones.",
        solution=(f"12 \u2212 {count}.", str(12 - count)),
        wrong=((str(abs(9 - count)), "adds-to-eight"), (str(count), "quality-kept")),
    )


def _by_inversion(draw: Draw) -> Draft:
    low = note(_tonic(draw))
    name = draw.pick("m7", "M7", "m6", "M6", "P5", *(("A4", "d5") if draw.level > 3 else ()))  # noqa: PLR2004 - the odd ones
    high, other = above(low, named(name)), named(name).inverted
    if abs(high.alter) > 1:
        return _by_inversion(draw)
    kept = above(
        low, Interval(other.number, other.semitones + (1 if name[0] == "m" else -1)), down=True
    )
    twin = _same_key(high)
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=f"Which note is {_a(name)} above {low}? Think of its inversion.",
        answer=str(high),
        claim=music("above", str(low), name),
        nudge="Going down the inversion leads to the same letter.",
        idea="The numbers of both add up to 9, and their semitones to 12.",
        part=f"Go down {_a(str(other))} from {low}.",
        solution=(f"{spoken(str(other)).capitalize()} down.", str(high)),
        wrong=(
            *(((str(kept), "quality-kept"),) if abs(kept.alter) <= 1 and name[0] in "mM" else ()),
            *(((str(twin), "adds-to-eight"),) if twin else ()),
        ),
    )
