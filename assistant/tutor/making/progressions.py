"""Rows of chords, and the dominants of other chords."""

from typing import Final

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.chords import ROMANS, chord_in, fine, plain_key, typed
from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.harmony import DASH, bare, degree_of
from assistant.tutor.making.keys import row
from assistant.tutor.making.tones import music, note
from assistant.tutor.music.harmony import chord, scale
from assistant.tutor.music.pitches import Interval, Pitch, above

_PROGRESSIONS: Final = (
    ("I IV V I", "I vi IV V", "I V vi IV", "I IV I V"),
    ("I V vi IV", "I vi ii V", "vi IV I V", "I iii IV V", "I IV ii V"),
    ("I vi ii V", "iii vi ii V", "IV V iii vi", "vi ii V I", "ii V I vi"),
)


def progressions(draw: Draw) -> Draft:
    """Chords and roots of well-known rows, and the key that a row belongs to."""
    tonic = plain_key(draw)
    figures = draw.pick(*_PROGRESSIONS[draw.by_level(0, 0, 1, 2, 2)])
    made = draw.by_level(
        (_row_of,),
        (_row_of, _roots_of),
        (_roots_of, _row_of),
        (_key_of, _roots_of),
        (_key_of, _sevenths),
    )
    return draw.pick(*made)(draw, tonic, figures)


def _degrees(figures: str) -> list[int]:
    return [ROMANS.index(figure) for figure in figures.split()]


def _names(tonic: str, degrees: list[int], size: int = 3) -> list[str]:
    return [chord_in(tonic, "major", degree, size)[1] for degree in degrees]


def _row_of(draw: Draw, tonic: str, figures: str) -> Draft:
    degrees = _degrees(figures)
    names = _names(tonic, degrees)
    roots = [str(chord_in(tonic, "major", degree)[0][0]) for degree in degrees]
    order = (
        [names[0], *reversed(names[1:])] if names[1:] != names[:0:-1] else [*names[1:], names[0]]
    )
    off = _names(tonic, [degrees[0], *((degree + 1) % 6 for degree in degrees[1:])])
    plain = [f"{name[0]}{name[len(root) :]}" for name, root in zip(names, roots, strict=True)]
    rows: dict[str, str] = {}
    for row_of, idea in (
        (names, ""),
        (roots, "kind-lost"),
        (order, "order-mixed"),
        (plain, "signature-forgotten"),
        (off, "order-mixed"),
    ):
        rows.setdefault(DASH.join(row_of), idea)
    choices = draw.shuffled(list(rows.items())[:4])
    shown, key = DASH.join(figures.split()), DASH.join(names)
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.pick(
            f"What is {shown} in {tonic} major?", f"Which chords are {shown} in {tonic} major?"
        ),
        answer=key,
        claim=music("symbols", figures, tonic, "major"),
        nudge=f"Write the scale of {tonic} major with its degrees.",
        idea="I, IV and V are major; ii, iii and vi are minor.",
        part=f"The scale begins {row(scale(note(tonic), 'major')[:3])}. Count on.",
        solution=(f"The scale is {row(scale(note(tonic), 'major'))}.", key),
        choices=choices,
    )


def _roots_of(draw: Draw, tonic: str, figures: str) -> Draft:
    notes = tuple(chord_in(tonic, "major", degree)[0][0] for degree in _degrees(figures))
    mixed = (notes[0], *notes[:0:-1])
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Write only the roots of {DASH.join(figures.split())} in {tonic} major.",
            f"A bass plays the roots of {DASH.join(figures.split())} in {tonic} major. Which?",
        ),
        answer=row(notes),
        claim=music("roots", figures, tonic, "major"),
        nudge=f"Write the scale of {tonic} major.",
        idea="Each numeral is a degree of the scale.",
        part=f"The first root is {notes[0]}. Count to the others.",
        solution=(f"The scale is {row(scale(note(tonic), 'major'))}.", row(notes)),
        wrong=((row(bare(notes)), "signature-forgotten"), (row(mixed), "order-mixed")),
    )


def _sevenths(draw: Draw, tonic: str, _: str) -> Draft:
    figures = draw.pick("ii7 V7 I7", "vi7 ii7 V7", "iii7 vi7 ii7", "IV7 ii7 V7", "ii7 V7 vi7")
    degrees = [ROMANS.index(figure.removesuffix("7")) for figure in figures.split()]
    names = _names(tonic, degrees, 4)
    roots = [str(chord_in(tonic, "major", degree)[0][0]) for degree in degrees]
    rows: dict[str, str] = {DASH.join(names): ""}
    rows.setdefault(DASH.join(f"{root}7" for root in roots), "seventh-kind")
    rows.setdefault(DASH.join(f"{root}maj7" for root in roots), "seventh-kind")
    rows.setdefault(DASH.join(_names(tonic, degrees[::-1], 4)), "order-mixed")
    shown = DASH.join(figure.removesuffix("7") for figure in figures.split())
    key = DASH.join(names)
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=f"What is {shown} with seventh chords in {tonic} major?",
        answer=key,
        claim=music("symbols", figures, tonic, "major"),
        nudge="Each degree has its own kind of seventh chord.",
        idea="I and IV have a major seventh, V is a plain 7, ii, iii and vi are m7.",
        part=f"The roots are {' '.join(roots)}.",
        solution=("Root by root, with the kind of its degree.", key),
        choices=draw.shuffled(list(rows.items())),
    )


def _key_of(draw: Draw, tonic: str, figures: str) -> Draft:
    degrees = list(dict.fromkeys([*_degrees(figures), 3, 4]))
    names = [
        (chord_in(tonic, "major", d)[0][0], chord_in(tonic, "major", d)[1])
        for d in draw.shuffled(degrees)
    ]
    symbols = " ".join(f"{root}|{name[len(str(root)) :]}" for root, name in names)
    fifth, fourth = (str(above(note(tonic), Interval(*size))) for size in ((5, 7), (4, 5)))
    other = str(above(note(tonic), Interval(2, 2)))
    rows = [
        (f"{tonic} major", ""),
        *((f"{each} major", "order-mixed") for each in (fifth, fourth, other)),
    ]
    if any("#" in text[1:2] and text[0] in "DEGAB" for text, _ in rows):
        return _roots_of(draw, tonic, figures)
    choices = draw.shuffled(rows)
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=f"A song has these chords and no others: {', '.join(name for _, name in names)}. In "
        "which major key is it?",
        answer=f"{tonic} major",
        claim=music("home", symbols, *(text for text, _ in choices)),
        nudge="Look for two major chords a whole tone apart.",
        idea="They are IV and V of the key.",
        part="The lower one of the two is IV: count down four letters from it.",
        solution=(f"{fourth} and {fifth} are IV and V.", f"{tonic} major"),
        choices=choices,
    )


def secondary_dominants(draw: Draw) -> Draft:
    """Dominants of other chords: their names, notes and foreign notes."""
    tonic = plain_key(draw)
    degree = draw.pick(*draw.by_level((4, 1), (4, 1, 5), (1, 2, 3, 4, 5)))
    target, _ = chord_in(tonic, "major", degree)
    root = above(target[0], Interval(5, 7))
    notes = chord(root, "7")
    if not fine(notes):
        return secondary_dominants(draw)
    figure = f"V7/{ROMANS[degree]}"
    made = draw.by_level(
        (_name_of,),
        (_name_of, _notes_of),
        (_notes_of, _name_of),
        (_numeral_of, _notes_of),
        (_foreign, _numeral_of),
    )
    return draw.pick(*made)(draw, tonic, figure, notes)


def _target(tonic: str, figure: str) -> tuple[tuple[Pitch, ...], str]:
    return chord_in(tonic, "major", ROMANS.index(figure.split("/")[1]))


def _diatonic(tonic: str, root: Pitch) -> tuple[Pitch, ...]:
    """The seventh chord that the key itself has on the letter of this root."""
    return chord_in(tonic, "major", (root.step - note(tonic).step) % 7, 4)[0]


def _name_of(draw: Draw, tonic: str, figure: str, notes: tuple[Pitch, ...]) -> Draft:
    target, goal = _target(tonic, figure)
    down = above(target[0], Interval(5, 7), down=True)
    return Draft(
        kind=AnswerKind.SHORT,
        prompt=draw.pick(
            f"Which chord is {figure} in {tonic} major?",
            f"In {tonic} major, what is the name of {figure}?",
        )
        + " Write it like Gb7.",
        answer=f"{notes[0]}7",
        claim=music("symbol", figure, tonic, "major"),
        nudge=f"Which chord is {figure.split('/')[1]} in {tonic} major?",
        idea="Its dominant stands a fifth above it.",
        part=f"The target is {goal}; count five letters up from its root.",
        solution=(f"A dominant seventh a fifth above {target[0]}.", f"{notes[0]}7"),
        wrong=(
            (f"{target[0]}7", "chord-of-target"),
            (f"{down}7", "fifth-down"),
            (f"{notes[0]}m7", "diatonic-kept"),
        ),
    )


def _notes_of(draw: Draw, tonic: str, figure: str, notes: tuple[Pitch, ...]) -> Draft:
    target, goal = _target(tonic, figure)
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Write the notes of {figure} in {tonic} major, from the root up.",
            f"Which notes are in {figure} in {tonic} major? Begin with the root.",
        ),
        answer=row(notes),
        claim=music("roman", figure, tonic, "major"),
        nudge="Which chord is it?",
        idea=f"It is a dominant seventh, a fifth above {goal}.",
        part=f"The root is {notes[0]}, and the third has to be major.",
        solution=(f"It is {notes[0]}7.", row(notes)),
        wrong=(
            (row(_diatonic(tonic, notes[0])), "diatonic-kept"),
            *typed(chord(target[0], "7"), "chord-of-target"),
            *typed(chord(above(target[0], Interval(5, 7), down=True), "7"), "fifth-down"),
        ),
    )


def _foreign(draw: Draw, tonic: str, figure: str, notes: tuple[Pitch, ...]) -> Draft:
    own = {str(p) for p in scale(note(tonic), "major")}
    new = [p for p in notes if str(p) not in own]
    if len(new) != 1:
        return _notes_of(draw, tonic, figure, notes)
    kept = _diatonic(tonic, notes[0])
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=f"Which note of {figure} is foreign to {tonic} major?",
        answer=str(new[0]),
        claim=music("foreign", figure, tonic, "major"),
        nudge="Build the chord first.",
        idea="Compare each of its notes with the scale.",
        part=f"The chord is {notes[0]}7.",
        solution=(f"It is {row(notes)}.", str(new[0])),
        wrong=((str(kept[notes.index(new[0])]), "diatonic-kept"),),
    )


def _numeral_of(draw: Draw, tonic: str, figure: str, notes: tuple[Pitch, ...]) -> Draft:
    target, goal = _target(tonic, figure)
    figures = [f"V7/{roman}" for roman in ROMANS[1:6]]
    others = draw.some([each for each in figures if each != figure], 2)
    degree = (notes[0].step - note(tonic).step) % 7
    own = f"{ROMANS[degree].rstrip('°')}7"
    rows = [(figure, ""), *((each, "degree-as-chord") for each in others), (own, "diatonic-kept")]
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=f"In {tonic} major you see {notes[0]}7 before {goal}. Which numeral is it here?",
        answer=figure,
        claim=music("numeral", row(notes), tonic, "major", *(text for text, _ in rows)),
        nudge=f"Are all notes of {notes[0]}7 in {tonic} major?",
        idea="It is the dominant of what comes next.",
        part=f"{goal} stands on degree {degree_of(tonic, target)} of {tonic} major.",
        solution=(f"{notes[0]} is a fifth above {target[0]}.", figure),
        choices=draw.shuffled(rows),
    )
