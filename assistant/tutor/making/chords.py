"""Chords: triads, inversions, seventh chords, and those of a key."""

from typing import Final

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.keys import row
from assistant.tutor.making.tones import music, note
from assistant.tutor.music.harmony import chord, degree_chord, inverted, scale, suffix_of
from assistant.tutor.music.pitches import Pitch

ROMANS: Final = ("I", "ii", "iii", "IV", "V", "vi", "vii°")
_ROOTS: Final = ("C", "G", "F", "D", "A", "E", "Bb", "Eb", "Ab", "B", "F#", "Db", "C#")
_TRIADS: Final = {"": "major", "m": "minor", "dim": "diminished", "aug": "augmented"}
_SEVENTHS: Final = ("7", "maj7", "m7", "m7b5", "dim7")
_POSITIONS: Final = ("Root position", "First inversion", "Second inversion", "Third inversion")
_TRIAD: Final = 3
_KEYS: Final = ("C", "G", "F", "D", "Bb", "A", "Eb", "E", "Ab", "B", "Db")


def _root(draw: Draw) -> str:
    return draw.pick(*_ROOTS[: draw.by_level(7, 9, 10, 12, 13)])


def fine(notes: tuple[Pitch, ...]) -> bool:
    """Whether no note has more than one sign."""
    return all(abs(pitch.alter) <= 1 for pitch in notes)


def typed(notes: tuple[Pitch, ...], idea: str) -> tuple[tuple[str, str], ...]:
    """A wrong answer, where it can be written without double signs."""
    return ((row(notes), idea),) if fine(notes) else ()


def _neighbour(notes: tuple[Pitch, ...], at: int) -> tuple[tuple[str, str], ...]:
    """The same sounds with one note called by a neighbouring letter."""
    pitch = notes[at]
    for letter in ("CDEFGAB"[pitch.step - 1], "CDEFGAB"[(pitch.step + 1) % 7]):
        for alter in (0, 1, -1):
            other = Pitch(letter, alter)
            if other.sound == pitch.sound:
                return ((row((*notes[:at], other, *notes[at + 1 :])), "wrong-letter"),)
    return ()


def triads(draw: Draw) -> Draft:
    """Spelling triads, naming them, and single notes of them."""
    root = _root(draw)
    suffix = draw.pick(*list(_TRIADS)[: draw.by_level(2, 2, 3, 4, 4)])
    notes = chord(note(root), suffix)
    if not fine(notes):
        return triads(draw)
    if draw.pick(0, 0, 1):
        return _which_triad(draw, notes, suffix)
    if draw.from_level(3) and draw.pick(0, 0, 1):
        return _third(draw, root, suffix)
    kind = _TRIADS[suffix]
    other = chord(notes[0], {"": "m", "m": "", "dim": "m", "aug": ""}[suffix])
    idea = {"": "minor-major-swapped", "m": "minor-major-swapped", "dim": "dim-is-minor"}
    article = "an" if kind == "augmented" else "a"
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Write the notes of {article} {kind} triad on {root}, from the root up.",
            f"Which notes are in the {kind} triad on {root}? Write them from the root up.",
        ),
        answer=row(notes),
        claim=music("chord", root, suffix),
        nudge="Take the root and skip every other letter.",
        idea="A major third has four semitones, a minor third three. Major: major below minor; "
        "minor: minor below major; diminished: two minor thirds; augmented: two major ones.",
        part=f"The lower third has {_lower_third(notes)} semitones.",
        solution=(f"The letters are {', '.join(p.letter for p in notes)}.", row(notes)),
        wrong=(
            *typed(other, idea.get(suffix, "third-only-counts")),
            *_neighbour(notes, 1),
            *_neighbour(notes, 2),
        ),
    )


def _lower_third(notes: tuple[Pitch, ...]) -> int:
    return (notes[1].semitones - notes[0].semitones) % 12


def _which_triad(draw: Draw, notes: tuple[Pitch, ...], suffix: str) -> Draft:
    ideas = {
        ("m", "dim"): "dim-is-minor", ("dim", "m"): "dim-is-minor",
        ("m", ""): "minor-major-swapped", ("", "m"): "minor-major-swapped",
    }  # fmt: skip
    rows = [
        (
            kind.capitalize(),
            "" if other == suffix else ideas.get((suffix, other), "third-only-counts"),
        )
        for other, kind in _TRIADS.items()
    ]
    third = _lower_third(notes)
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.pick(
            f"Which kind of triad is {row(notes)}?", f"What kind of triad is this: {row(notes)}?"
        ),
        answer=_TRIADS[suffix].capitalize(),
        claim=music("quality", row(notes)),
        nudge="Count the semitones of the lower third, then those of the upper one.",
        idea="A third has three semitones or four; both thirds together tell the kind.",
        part=f"The lower third has {third} semitones.",
        solution=(f"The lower third has {third} semitones; then look at the upper one.",
                  _TRIADS[suffix].capitalize()),
        choices=draw.shuffled(rows),
    )  # fmt: skip


def _third(draw: Draw, root: str, suffix: str) -> Draft:
    at, word = draw.pick((1, "third"), (2, "fifth"))
    notes = chord(note(root), suffix)
    key = notes[at]
    twin = _neighbour((key,), 0)
    swapped = Pitch(key.letter, key.alter + (1 if suffix in {"m", "dim"} else -1))
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=f"Which note is the {word} of the {_TRIADS[suffix]} triad on {root}?",
        answer=str(key),
        claim=music("member", root, suffix, str(at)),
        nudge=f"Count {'three' if at == 1 else 'five'} letters from {root}, both ends with them.",
        idea="The letter is fixed; the semitones decide about sharp or flat.",
        part=f"It has to be {(key.semitones - notes[0].semitones) % 12} semitones above {root}.",
        solution=(f"The letter is {key.letter}.", str(key)),
        wrong=(
            *(((str(swapped), "minor-major-swapped" if at == 1 else "third-only-counts"),)
              if abs(swapped.alter) < 2 else ()),  # noqa: PLR2004 - no double signs
            *twin,
        ),
    )  # fmt: skip


def chord_inversions(draw: Draw) -> Draft:
    """Spelling inversions, finding roots and positions, chords with a slash."""
    root, suffix = _root(draw), draw.pick("", "m")
    if draw.from_level(4):
        suffix = draw.pick("", "m", "7", "m7")
    notes = chord(note(root), suffix)
    if not fine(notes):
        return chord_inversions(draw)
    made = draw.by_level(
        (_turned,),
        (_turned, _root_of),
        (_position, _slash),
        (_turned, _slash, _position),
        (_turned, _root_of),
    )
    return draw.pick(*made)(draw, notes, suffix)


def _turned(draw: Draw, notes: tuple[Pitch, ...], suffix: str) -> Draft:
    inversion = draw.integer(1, len(notes) - 1)
    turned, other = inverted(notes, inversion), inverted(notes, inversion % (len(notes) - 1) + 1)
    name, word = f"{notes[0]}{suffix}", ("", "first", "second", "third")[inversion]
    slash = draw.from_level(2) and draw.coin()
    ask = f"Write the notes of {name}/{turned[0]}, from the lowest up, close together."
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=ask
        if slash
        else draw.pick(
            f"Write the notes of {name} in {word} inversion, from the lowest up, close together.",
            f"Turn {name} into its {word} inversion. Write the notes from the lowest up.",
        ),
        answer=row(turned),
        claim=music("turned", str(notes[0]), suffix, str(inversion)),
        nudge=f"Write {name} in root position first."
        if not slash
        else "The letter after the slash is the lowest note.",
        idea="First inversion has the third in the bass, second the fifth, third the seventh.",
        part=f"In root position it is {row(notes)}.",
        solution=(f"The lowest note is {turned[0]}; the others follow in order.", row(turned)),
        wrong=((row(notes), "lowest-is-root"), (row(other), "numbers-swapped")),
    )


def _root_of(draw: Draw, notes: tuple[Pitch, ...], _: str) -> Draft:
    inversion = draw.integer(1, len(notes) - 1)
    turned = inverted(notes, inversion)
    shown = (turned[0], *draw.shuffled(turned[1:])) if draw.from_level(3) else turned
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"What is the root of the chord {row(shown)} (lowest note first)?",
            f"A chord sounds, from the lowest note up: {row(shown)}. Which note is its root?",
        ),
        answer=str(notes[0]),
        claim=music("root", row(turned)),
        nudge="Shuffle the letters until every other letter is skipped.",
        idea="In a stack of thirds the root is the lowest; in an inversion it is not.",
        part=f"Leave {turned[0]} where you find it: is there a third above it, and one above that?",
        solution=("As a stack of thirds it begins with the root.", str(notes[0])),
        wrong=((str(turned[0]), "lowest-is-root"), (str(turned[1]), "numbers-swapped")),
    )


def _position(draw: Draw, notes: tuple[Pitch, ...], suffix: str) -> Draft:
    inversion = draw.integer(0, len(notes) - 1)
    turned = inverted(notes, inversion)
    shown = (turned[0], *draw.shuffled(turned[1:]))
    rows = [
        (text, "" if at == inversion else "lowest-is-root" if not at else "numbers-swapped")
        for at, text in enumerate(_POSITIONS[: len(notes)])
    ]
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=f"The notes {row(shown)} (lowest first) are {notes[0]}{suffix}. In which position?",
        answer=_POSITIONS[inversion],
        claim=music("position", row(turned)),
        nudge="Only the lowest note counts.",
        idea="Root, third, fifth or seventh in the bass: that is the whole question.",
        part=f"The chord is {row(notes)}, from the root up.",
        solution=(f"{turned[0]} is in the bass.", _POSITIONS[inversion]),
        choices=draw.shuffled(rows),
    )


def _slash(draw: Draw, notes: tuple[Pitch, ...], suffix: str) -> Draft:
    notes, suffix = notes[:3], suffix.removesuffix("7")
    inversion = draw.pick(1, 2)
    turned = inverted(notes, inversion)
    name = f"{notes[0]}{suffix}"
    return Draft(
        kind=AnswerKind.SHORT,
        prompt=f"Name this chord with a slash, lowest note first: {row(turned)}.",
        answer=f"{name}/{turned[0]}",
        claim=music("slash", row(turned)),
        nudge="Find the root first.",
        idea="The chord comes before the slash, the bass after it.",
        part="Stack the letters in thirds, and look whether the lower third is major or minor.",
        solution=(f"In root position it is {row(notes)}.", f"{name}/{turned[0]}"),
        wrong=(
            (f"{turned[0]}{suffix}/{notes[0]}", "slash-as-root"),
            (f"{turned[0]}/{notes[0]}", "slash-as-root"),
            (str(turned[0]), "lowest-is-root"),
            (f"{turned[0]}m", "lowest-is-root"),
        ),
    )


def seventh_chords(draw: Draw) -> Draft:
    """Spelling and naming seventh chords."""
    root = _root(draw)
    suffix = draw.pick(*_SEVENTHS[: draw.by_level(2, 3, 4, 5, 5)])
    notes = chord(note(root), suffix)
    if not fine(notes):
        return seventh_chords(draw)
    if draw.from_level(2) and draw.pick(0, 0, 1):
        return _which_seventh(draw, notes, suffix)
    if draw.from_level(3) and draw.pick(0, 0, 1):
        return _seventh_note(root, suffix)
    swaps = {
        "7": ("maj7", "seven-is-major"), "maj7": ("7", "seven-is-major"),
        "m7": ("7", "m-for-seventh"), "m7b5": ("dim7", "half-full-mixed"),
        "dim7": ("m7b5", "half-full-mixed"),
    }  # fmt: skip
    other, idea = swaps[suffix]
    second = {"7": "m7", "maj7": "m7", "m7": "mmaj7", "m7b5": "m7", "dim7": "m7"}[suffix]
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Write the notes of {root}{suffix}, from the root up.",
            f"Which four notes are in {root}{suffix}? Begin with the root.",
        ),
        answer=row(notes),
        claim=music("chord", root, suffix),
        nudge="Build the triad first, then the seventh.",
        idea="A plain 7 is a major triad with a minor seventh, maj7 one with a major seventh; m7 "
        "is a minor triad with a minor seventh, m7b5 a diminished one; dim7 a diminished seventh.",
        part=f"The triad is {row(notes[:3])}.",
        solution=(f"{row(notes[:3])} and the seventh {notes[3]}.", row(notes)),
        wrong=(
            *typed(chord(notes[0], other), idea),
            *typed(chord(notes[0], second), "m-for-seventh"),
            *_neighbour(notes, 3),
        ),
    )


def _which_seventh(draw: Draw, notes: tuple[Pitch, ...], suffix: str) -> Draft:
    root = str(notes[0])
    ideas = {"7": "seven-is-major", "maj7": "seven-is-major", "m7": "m-for-seventh"}
    rows = [
        (f"{root}{other}", "" if other == suffix else ideas.get(other, "half-full-mixed"))
        for other in _SEVENTHS
    ]
    shown = row(notes) if not draw.from_level(4) else row(inverted(notes, draw.integer(1, 3)))
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=f"Which chord has the notes {shown}?"
        + (" (It is inverted.)" if shown != row(notes) else ""),
        answer=f"{root}{suffix}",
        claim=music("named", row(notes), *(f"{root}|{other}" for other in _SEVENTHS)),
        nudge="First the triad: major, minor or diminished?",
        idea="Then the seventh: a semitone, a whole tone or three semitones below the octave.",
        part=f"The third above the root is {notes[1]}, the fifth {notes[2]}.",
        solution=(f"{row(notes[:3])} with {notes[3]} on top.", f"{root}{suffix}"),
        choices=draw.shuffled(rows),
    )


def _seventh_note(root: str, suffix: str) -> Draft:
    notes = chord(note(root), suffix)
    key = notes[3]
    other = Pitch(key.letter, key.alter + (-1 if suffix == "maj7" else 1))
    idea = "half-full-mixed" if suffix in {"m7b5", "dim7"} else "seven-is-major"
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=f"Which note is the seventh of {root}{suffix}?",
        answer=str(key),
        claim=music("member", root, suffix, "3"),
        nudge=f"The letter just below {note(root).letter}.",
        idea="A major seventh lies a semitone below the octave, a minor one a whole tone, a "
        "diminished one three semitones.",
        part=f"It is {(key.semitones - notes[0].semitones) % 12} semitones above the root.",
        solution=(f"The seventh letter from {root}, with its sign.", str(key)),
        wrong=(
            *(((str(other), idea),) if abs(other.alter) <= 1 else ()),
            *_neighbour((key,), 0),
        ),
    )


def chord_in(tonic: str, kind: str, degree: int, size: int = 3) -> tuple[tuple[Pitch, ...], str]:
    """Notes and name of the chord on a degree (0 for the tonic) of a key."""
    notes = degree_chord(note(tonic), kind, degree, size)
    return notes, f"{notes[0]}{suffix_of(notes)}"


def plain_key(draw: Draw) -> str:
    """The tonic of a major key."""
    return draw.pick(*_KEYS[: draw.by_level(5, 7, 9, 11, 11)])


def long_name(name: str) -> tuple[str, ...]:
    """``Dm`` as ``D minor``, which is as right."""
    for suffix, words in (("dim", "diminished"), ("m", "minor")):
        if name.endswith(suffix):
            return (f"{name.removesuffix(suffix)} {words}",)
    return (f"{name} major",)


def diatonic_chords(draw: Draw) -> Draft:
    """Names and notes of the chords of a major key."""
    tonic, degree = plain_key(draw), draw.integer(1, draw.by_level(5, 5, 6, 6, 6))
    size = 4 if draw.from_level(4) and draw.coin() else 3
    notes, _ = chord_in(tonic, "major", degree, size)
    figure = ROMANS[degree] if size == _TRIAD else _seventh_figure(degree)
    if size == _TRIAD and draw.coin():
        return _chord_name(draw, tonic, degree)
    white = tuple(Pitch(p.letter) for p in notes)
    all_major = chord(notes[0], "" if size == _TRIAD else "7")
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Write the notes of {figure} in {tonic} major, from the root up.",
            f"Which notes are in the chord {figure} in {tonic} major? Begin with the root.",
        ),
        answer=row(notes),
        claim=music("roman", figure, tonic, "major"),
        nudge=f"Write the scale of {tonic} major, and count to degree {degree + 1}.",
        idea="Stack thirds with notes of the scale only.",
        part=f"The root is {notes[0]}. From there take every other note of the scale.",
        solution=(f"The scale is {row(scale(note(tonic), 'major'))}.", row(notes)),
        wrong=(
            (row(white), "signature-forgotten"),
            *typed(all_major, "all-major" if size == _TRIAD else "any-seventh-dominant"),
            (row(chord_in(tonic, "major", degree - 1, size)[0]), "degree-off"),
        ),
    )


def _seventh_figure(degree: int) -> str:
    return "viiø7" if degree == len(ROMANS) - 1 else f"{ROMANS[degree]}7"


def _chord_name(draw: Draw, tonic: str, degree: int) -> Draft:
    notes, name = chord_in(tonic, "major", degree)
    near = chord_in(tonic, "major", degree - 1)[1]
    bare = str(Pitch(notes[0].letter)) + suffix_of(notes)
    return Draft(
        kind=AnswerKind.SHORT,
        prompt=draw.pick(
            f"Which chord is {ROMANS[degree]} in {tonic} major?",
            f"In {tonic} major, what is the name of the chord {ROMANS[degree]}?",
        )
        + " Write a minor chord like Gm, a major one like G, a diminished one like Gdim.",
        answer=name,
        others=long_name(name),
        claim=music("symbol", ROMANS[degree], tonic, "major"),
        nudge=f"Count to degree {degree + 1} of the scale.",
        idea="A small numeral means minor, a capital major, a small circle diminished.",
        part=f"The scale of {tonic} major begins {row(scale(note(tonic), 'major')[:2])}. Go on.",
        solution=(f"Degree {degree + 1} is {notes[0]}, and its triad is {row(notes)}.", name),
        wrong=(
            *(((str(notes[0]), "all-major"),) if name != str(notes[0]) else ()),
            (near, "degree-off"),
            (bare, "signature-forgotten"),
        ),
    )
