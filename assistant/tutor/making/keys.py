"""Keys: their signatures, and the circle of fifths."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.tones import music, note
from assistant.tutor.music.harmony import scale, signature
from assistant.tutor.music.pitches import Interval, Pitch, above

MAJORS: Final = ("C", "G", "F", "D", "Bb", "A", "Eb", "E", "Ab", "B", "Db", "F#", "Gb")
_MINORS: Final = ("A", "E", "D", "B", "G", "F#", "C", "C#", "F", "G#", "Bb", "D#", "Eb")
_FIFTH: Final = Interval(5, 7)
_FOURTH: Final = Interval(4, 5)


def major_key(draw: Draw) -> str:
    """A tonic; with more sharps or flats on higher levels."""
    return draw.pick(*MAJORS[: draw.by_level(7, 9, 11, 13, 13)])


def minor_key(draw: Draw) -> str:
    """A tonic of a minor key; with more sharps or flats on higher levels."""
    return draw.pick(*_MINORS[: draw.by_level(7, 9, 11, 13, 13)])


def row(notes: Sequence[Pitch]) -> str:
    """Notes as they are typed."""
    return " ".join(map(str, notes))


def key_signatures(draw: Draw) -> Draft:
    """How many signs, which, and whose they are."""
    made = draw.by_level(
        (_count, _whose, _letter, _letter, _last),
        (_count, _whose, _letter, _last),
        (_whose, _signs, _letter),
        (_signs, _has, _letter),
        (_signs, _whose, _letter),
    )
    return draw.pick(*made)(draw)


def _signed_key(draw: Draw) -> str:
    return draw.pick(*MAJORS[1 : draw.by_level(9, 9, 11, 13, 13)])


def _word(signs: Sequence[Pitch]) -> str:
    return "sharps" if signs[0].alter > 0 else "flats"


_RULE: Final = (
    "The last sharp lies a semitone below the tonic; with flats the tonic is the last flat but one."
)


def _count(draw: Draw) -> Draft:
    minor = draw.from_level(2) and draw.coin()
    return _signs_of(draw, draw.pick(*_MINORS[1:11]) if minor else _signed_key(draw), minor=minor)


def minor_count(draw: Draw) -> Draft:
    """How many sharps or flats a minor key has."""
    tonic = draw.pick(*_MINORS[1:])
    made = _signs_of(draw, tonic, minor=True)
    parallel = scale(note(tonic), "major")
    wrong: tuple[tuple[str, str], ...] = ()
    if all(abs(p.alter) <= 1 for p in parallel):
        wrong = ((str(len(signature(note(tonic)))), "relative-parallel-mixed"),)
    return replace(made, wrong=wrong)


def _signs_of(draw: Draw, tonic: str, *, minor: bool) -> Draft:
    home = above(note(tonic), Interval(3, 3)) if minor else note(tonic)
    signs = signature(home)
    kind, word = "minor" if minor else "major", _word(signs)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"How many {word} does the key of {tonic} {kind} have?",
            f"How many {word} are in the signature of {tonic} {kind}?",
        ),
        answer=str(len(signs)),
        claim=music("count", tonic, "natural minor" if minor else "major"),
        nudge="Which major key has the same signature?" if minor else "Which sign comes last?",
        idea=_RULE,
        part=f"The signature is that of {home} major."
        if minor
        else f"Write the {word} in their order, from {signs[0]} on; stop at the right one.",
        solution=(f"The {word} are {row(signs)}.", str(len(signs))),
        wrong=((str(len(signs) + 1), "order-mixed"), (str(7 - len(signs)), "sharps-for-flat-key")),
    )


def _whose(draw: Draw) -> Draft:
    tonic = _signed_key(draw)
    signs = signature(note(tonic))
    last, word = signs[-1], _word(signs)
    near = above(note(tonic), _FIFTH if word == "sharps" else _FOURTH)
    wrong = [(f"{last} major", "last-sharp-is-key" if word == "sharps" else "last-flat-is-key")]
    wrong.append((f"{near} major", "order-mixed"))
    return Draft(
        kind=AnswerKind.SHORT,
        prompt=draw.pick(
            f"Which major key has the signature {row(signs)}?",
            f"A signature reads {row(signs)}. Of which major key is it?",
        ),
        answer=f"{tonic} major",
        others=(tonic,),
        claim=music("of signature", row(signs)),
        nudge=f"Look at the {'last sharp' if word == 'sharps' else 'flats from the end'}.",
        idea=_RULE,
        part=f"Go a semitone up from {last}."
        if word == "sharps"
        else "There is one flat after the one you need."
        if len(signs) > 1
        else "With a single flat, count: it is the fourth degree.",
        solution=(_RULE, f"{tonic} major"),
        wrong=tuple(wrong),
    )


def _signs(draw: Draw) -> Draft:
    tonic = draw.pick(*MAJORS[1 : draw.by_level(5, 7, 9, 11, 13)])
    signs = signature(note(tonic))
    word = _word(signs)
    order = signature(note("C#" if word == "sharps" else "Cb"))
    other = signature(note("Cb" if word == "sharps" else "C#"))
    step = "fifth" if word == "sharps" else "fourth"
    more, fewer = row(order[: len(signs) + 1]), row(signs[:-1])
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Write the {word} of {tonic} major in the order in which they come.",
            f"Which {word} has the signature of {tonic} major, in their order?",
        ),
        answer=row(signs),
        claim=music("signature", tonic),
        nudge="Which of them comes last?",
        idea=_RULE,
        part=f"The first is {signs[0]}; each next one is a {step} higher.",
        solution=(f"The last one is {signs[-1]}.", row(signs)),
        wrong=(
            (fewer, "last-flat-is-key" if word == "flats" else "last-sharp-is-key"),
            (more, "order-mixed"),
            (row(sorted(signs, key=lambda p: p.step)), "order-mixed"),
            (row(other[: len(signs)]), "sharps-for-flat-key"),
        ),
    )


def _letter(draw: Draw) -> Draft:
    """With which sign a letter stands in a key."""
    minor = draw.from_level(2) and draw.coin()
    tonic = draw.pick(*_MINORS[1 : draw.by_level(7, 7, 9, 11, 13)]) if minor else _signed_key(draw)
    kind, place = "natural minor" if minor else "major", draw.integer(1, 7)
    key = scale(note(tonic), kind)[place - 1]
    home = above(note(tonic), Interval(3, 3)) if minor else note(tonic)
    signs = signature(home)
    plain, other = Pitch(key.letter), Pitch(key.letter, -key.alter or -signs[0].alter)
    named = f"{tonic} {'minor' if minor else 'major'}"
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Which note stands on the letter {key.letter} in the key of {named}? "
            "Write it with its sign, if it has one.",
            f"In a piece in {named} a note stands on the letter {key.letter}, with nothing before "
            "it. Which note is played?",
        ),
        answer=str(key),
        claim=music("degree", tonic, kind, str(place)),
        nudge=f"Is {key.letter} among the letters of the signature?",
        idea="A signature holds for every note of its letters, in each octave.",
        part=f"The signature of {named} has {len(signs)} {_word(signs)}.",
        solution=(f"The {_word(signs)} are {row(signs)}.", str(key)),
        wrong=(
            (str(plain), "order-mixed"),
            (str(other), "sharps-for-flat-key" if key.alter else "order-mixed"),
        ),
    )


def _last(draw: Draw) -> Draft:
    """Which sign a signature ends with: the seventh degree, or the fourth."""
    tonic = _signed_key(draw)
    signs = signature(note(tonic))
    last = signs[-1]
    word, sharp = _word(signs)[:-1], signs[0].alter > 0
    order = signature(note("C#" if sharp else "Cb"))
    places = (len(signs) - 2, len(signs))
    near = [order[at] for at in places if 0 <= at < len(order)]
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Which {word} comes last in the signature of {tonic} major?",
            f"The {word}s of {tonic} major are written in their order. With which does it end?",
        ),
        answer=str(last),
        claim=music("degree", tonic, "major", "7" if sharp else "4"),
        nudge=f"How far is the last {word} from the tonic?",
        idea=_RULE,
        part=f"The order of the {word}s begins with {signs[0]}."
        if len(signs) > 1
        else f"There is one {word} alone.",
        solution=(_RULE, str(last)),
        wrong=(
            (tonic, "last-sharp-is-key" if sharp else "last-flat-is-key"),
            *((str(each), "order-mixed") for each in near),
        ),
    )


def _has(draw: Draw) -> Draft:
    sharps, flats = (
        [t for t in MAJORS[1:] if signature(note(t))[0].alter > 0],
        [t for t in MAJORS[1:] if signature(note(t))[0].alter < 0],
    )
    want = draw.pick("sharps", "flats")
    good, bad = (sharps, flats) if want == "sharps" else (flats, sharps)
    right = draw.pick(*good)
    names = draw.shuffled(
        [
            (f"{right} major", ""),
            *((f"{t} major", "sharps-for-flat-key") for t in draw.some(bad, 3)),
        ]
    )
    listed = ", ".join(text for text, _ in names)
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=f"Which of these keys has {want} in its signature: {listed}?",
        answer=f"{right} major",
        claim=music("has", want, *(text for text, _ in names)),
        nudge="Go up and down in fifths from C.",
        idea="Up in fifths the sharps grow, down in fifths the flats.",
        part="Flat keys have a b in their name, but for one of them.",
        solution=("Find each of them on the circle of fifths.", f"{right} major"),
        choices=names,
    )


def circle_of_fifths(draw: Draw) -> Draft:
    """One fifth, several of them, distances, neighbours."""
    made = draw.by_level(
        (_one_fifth, _neighbour),
        (_one_fifth, _neighbour),
        (_walk, _neighbour, _main),
        (_apart, _walk, _main),
        (_walk, _apart),
    )
    return draw.pick(*made)(draw)


def _one_fifth(draw: Draw) -> Draft:
    tonic, up = note(major_key(draw)), draw.coin()
    found, other = above(tonic, _FIFTH, down=not up), above(tonic, _FOURTH, down=not up)
    back = above(tonic, _FIFTH, down=up)
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Which note is a perfect fifth {'above' if up else 'below'} {tonic}?",
            f"Which key comes {'after' if up else 'before'} {tonic} major on the circle of fifths? "
            "Write its tonic.",
        ),
        answer=str(found),
        claim=music("last fifth", str(tonic), "1" if up else "-1"),
        nudge=f"Count five letters {'up' if up else 'down'}, both ends with them.",
        idea="A fifth has seven semitones.",
        part="Find the white key of that letter: is it seven semitones away?",
        solution=(f"Five letters and seven semitones {'up' if up else 'down'}.", str(found)),
        wrong=(
            (str(Pitch(found.letter)), "fifth-without-sign"),
            (str(other), "fourth-for-fifth"),
            (str(back), "wrong-direction"),
        ),
    )


def _walk(draw: Draw) -> Draft:
    tonic, moves = note(draw.pick(*MAJORS[:7])), draw.by_level(2, 2, 2, 3, 4)
    up = draw.coin()
    notes, back = [tonic], [tonic]
    for _ in range(moves):
        notes.append(above(notes[-1], _FIFTH, down=not up))
        back.append(above(back[-1], _FIFTH, down=up))
    if any(abs(p.alter) > 1 for p in notes):
        return _walk(draw)
    words = ("", "", "two", "three", "four")[moves]
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=f"Begin on {tonic} and go {words} perfect fifths {'up' if up else 'down'}. "
        f"Write all the notes, {tonic} first.",
        answer=row(notes),
        claim=music("fifths", str(tonic), str(moves if up else -moves)),
        nudge="Each move spans five letters, both ends with them.",
        idea="A fifth has seven semitones; only between B and F it needs another sign.",
        part=f"The first move leads to {notes[1]}.",
        solution=("Fifth by fifth.", row(notes)),
        wrong=(
            (row(back), "wrong-direction"),
            (row([tonic, *(Pitch(p.letter) for p in notes[1:])]), "fifth-without-sign"),
        ),
    )


def _apart(draw: Draw) -> Draft:
    moves = draw.integer(3, 8)
    circle = [Pitch("F", -1)]
    while len(circle) < 18:  # noqa: PLR2004 - Fb to A#
        circle.append(above(circle[-1], _FIFTH))
    at = draw.integer(2, 16 - moves)
    start, end = circle[at], circle[at + moves]
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"How many fifths up is it from {start} to {end} on the circle?",
            f"You go up in fifths from {start}. After how many moves are you on {end}?",
        ),
        answer=str(moves),
        claim=music("fifths between", str(start), str(end)),
        nudge="Write the notes one after the other, and count the moves.",
        idea="Each fifth spans five letters and seven semitones.",
        part=f"It begins {start}, {circle[at + 1]}, {circle[at + 2]}.",
        solution=(" ".join(map(str, circle[at : at + moves + 1])) + ".", str(moves)),
        wrong=((str(12 - moves), "wrong-direction"), (str(moves + 1), "neighbours-in-alphabet")),
    )


def _neighbour(draw: Draw) -> Draft:
    tonic = note(draw.pick(*MAJORS[: 5 + draw.level]))
    right = above(tonic, draw.pick(_FIFTH, _FOURTH))
    step, back = above(tonic, Interval(2, 2)), above(tonic, Interval(2, 2), down=True)
    rows = [
        (right, ""),
        (step, "neighbours-in-alphabet"),
        (back, "neighbours-in-alphabet"),
        (above(tonic, Interval(3, 4)), "fourth-for-fifth"),
    ]
    if any(abs(p.alter) > 1 for p, _ in rows) or not set(map(str, dict(rows))) <= {
        *MAJORS,
        "C#",
        "Cb",
    }:
        return _neighbour(draw)
    choices = draw.shuffled([(f"{p} major", idea) for p, idea in rows])
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.pick(
            "Which of these keys shares six of its seven notes with",
            "Which key lies next on the circle of fifths to",
        )
        + f" {tonic} major?",
        answer=f"{right} major",
        claim=music("neighbour", str(tonic), *(text for text, _ in choices)),
        nudge="By how many signs do the signatures differ?",
        idea="Neighbours on the circle are a fifth apart, up or down.",
        part=f"Count five letters up from {tonic}, and five letters down.",
        solution=("A fifth away only one note differs.", f"{right} major"),
        choices=choices,
    )


def _main(draw: Draw) -> Draft:
    tonic = note(major_key(draw))
    low, high = above(tonic, _FIFTH, down=True), above(tonic, _FIFTH)
    notes = (low, tonic, high)
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=f"Write the roots of the three main chords of {tonic} major, in the order "
        "subdominant, tonic, dominant.",
        answer=row(notes),
        claim=music("fifths", str(low), "2"),
        nudge="The tonic stands in the middle.",
        idea="The dominant lies a fifth above the tonic, the subdominant a fifth below.",
        part=f"A fifth spans five letters: go up from {tonic}, and down.",
        solution=("One fifth to each side.", row(notes)),
        wrong=(
            (row(notes[::-1]), "wrong-direction"),
            (row([Pitch(low.letter), tonic, Pitch(high.letter)]), "fifth-without-sign"),
        ),
    )
