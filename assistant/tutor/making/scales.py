"""Scales: major, minor and the modes."""

from collections.abc import Sequence
from typing import Final

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.keys import MAJORS, major_key, minor_count, minor_key, row
from assistant.tutor.making.tones import music, note
from assistant.tutor.music.harmony import scale
from assistant.tutor.music.pitches import LETTERS, Interval, Pitch, above

_DEGREES: Final = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh")


def _round(tonic: str, kind: str) -> tuple[Pitch, ...]:
    notes = scale(note(tonic), kind)
    return (*notes, notes[0])


def _with(notes: Sequence[Pitch], degree: int, by: int) -> str:
    """The same with one degree raised or lowered; with the octave the eighth note as well."""
    changed = [
        Pitch(p.letter, p.alter + (by if at == degree - 1 else 0)) for at, p in enumerate(notes)
    ]
    return row(changed)


def _respelled(notes: Sequence[Pitch], degree: int) -> str:
    """The same with one degree called by the letter before it."""
    pitch = notes[degree - 1]
    before = notes[degree - 2].letter
    for alter in (0, 1, 2):
        if Pitch(before, alter).sound == pitch.sound:
            return row([*notes[: degree - 1], Pitch(before, alter), *notes[degree:]])
    return ""


def _white(notes: Sequence[Pitch]) -> str:
    return row([Pitch(p.letter) for p in notes])


def _typed(rows: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (text, idea) for text, idea in rows if text and "x" not in text and "bb" not in text
    )


def _scale(
    draw: Draw, tonic: str, kind: str, hints: tuple[str, str, str], wrong: Sequence[tuple[str, str]]
) -> Draft:
    notes = _round(tonic, kind)
    nudge, idea, part = hints
    name = (
        f"{tonic} {kind}"
        if kind in {"Dorian", "Phrygian", "Lydian", "Mixolydian"}
        else f"{kind} scale"
    )
    frames = (
        (
            f"Write {name} from {tonic} to {tonic}.",
            f"Which notes are in {name}? Write them from {tonic} to {tonic}.",
        )
        if "scale" not in name
        else (
            f"Write the {name} from {tonic} to {tonic}.",
            f"Which notes are in the {name} on {tonic}? Write them from {tonic} to {tonic}.",
        )
    )
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(*frames),
        answer=row(notes),
        claim=music("scale", tonic, kind),
        nudge=nudge,
        idea=idea,
        part=part,
        solution=("Each letter once, with the sign that the step needs.", row(notes)),
        wrong=_typed(wrong),
    )


def major_scale(draw: Draw) -> Draft:
    """Whole scales and single degrees."""
    tonic = major_key(draw)
    notes = _round(tonic, "major")
    if draw.coin():
        return _degree(draw, tonic, "major", draw.pick(2, 3, 4, 5, 6, 7))
    changed = [p for p in notes[1:7] if p.alter]
    hint = (
        f"One of the notes that need a sign is {changed[0]}." if changed else "No sign is needed."
    )
    return _scale(
        draw,
        tonic,
        "major",
        (
            "Write the eight letters first.",
            "The semitones lie between degrees 3 and 4 and between 7 and 8.",
            hint,
        ),
        (
            (_white(notes), "white-keys-everywhere"),
            (_with(notes, 7, -1), "flat-seventh"),
            (_with(notes, 4, 1), "semitone-misplaced"),
            (
                _respelled(
                    notes, next((at + 1 for at, p in enumerate(notes[:7]) if p.alter < 0), 7)
                ),
                "letter-twice",
            ),
        ),
    )


def _degree(draw: Draw, tonic: str, kind: str, degree: int) -> Draft:
    notes = _round(tonic, kind)
    key = notes[degree - 1]
    wrong = [
        (str(notes[degree - 2]), "semitone-misplaced"),
        (str(Pitch(key.letter)), "white-keys-everywhere"),
    ]
    if degree == 7:  # noqa: PLR2004 - the leading note
        wrong.insert(0, (str(Pitch(key.letter, key.alter - 1)), "flat-seventh"))
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"What is the {_DEGREES[degree]} degree of {tonic} {kind}?",
            f"Which note stands on the {_DEGREES[degree]} degree of the {kind} scale on {tonic}?",
        ),
        answer=str(key),
        claim=music("degree", tonic, kind, str(degree)),
        nudge="Count letters first; the tonic is the first.",
        idea="The semitones lie between degrees 3 and 4 and between 7 and 8.",
        part=f"It is {(key.semitones - notes[0].semitones) % 12} semitones above the tonic.",
        solution=(f"The letter is {key.letter}; its sign follows from the pattern.", str(key)),
        wrong=tuple(wrong),
    )


def _up_third(tonic: str) -> str:
    return str(above(note(tonic), Interval(3, 3)))


def natural_minor(draw: Draw) -> Draft:
    """Relative keys, whole scales, degrees."""
    made = draw.by_level(
        (_relative, _relative, _minor_scale),
        (_relative, _minor_scale),
        (_minor_scale, minor_count),
        (_minor_scale, _relative),
        (_minor_scale, _relative),
    )
    return draw.pick(*made)(draw)


def _relative(draw: Draw) -> Draft:
    third = Interval(3, 3)
    if draw.coin():
        tonic = note(major_key(draw))
        found, other = above(tonic, third, down=True), above(tonic, third)
        text, kind, way = (
            f"On which note does the relative minor of {tonic} major begin?",
            "major",
            "below",
        )
    else:
        tonic = note(minor_key(draw))
        found, other = above(tonic, third), above(tonic, third, down=True)
        text, kind, way = (
            f"On which note does the relative major of {tonic} minor begin?",
            "natural minor",
            "above",
        )
    sixth = "sixth" if kind == "major" else "third"
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            text, text.replace("On which note does", "What is the tonic of").replace(" begin?", "?")
        ),
        answer=str(found),
        claim=music("relative", str(tonic), kind),
        nudge="Relative keys have the same signature. How far are their tonics apart?",
        idea=f"It is the {sixth} degree of the scale, three semitones {way} the tonic.",
        part="Count three letters, both ends with them; then the semitones decide the sign.",
        solution=(f"Three semitones and three letters {way} {tonic}.", str(found)),
        wrong=((str(other), "relative-wrong-way"), (str(tonic), "relative-parallel-mixed")),
    )


def _minor_scale(draw: Draw) -> Draft:
    tonic = minor_key(draw)
    notes, third = _round(tonic, "natural minor"), above(note(tonic), Interval(3, 3))
    as_major = [Pitch(p.letter, p.alter + (at in {2, 5, 6})) for at, p in enumerate(notes)]
    third_only = [Pitch(p.letter, p.alter + (at in {5, 6})) for at, p in enumerate(notes)]
    relative = _round(str(above(note(tonic), Interval(3, 3), down=True)), "natural minor")
    fine, plain = ({abs(p.alter) for p in notes} <= {0, 1} for notes in (as_major, relative))
    return _scale(
        draw,
        tonic,
        "natural minor",
        (
            "Which major key has the same signature?",
            "Compared with major, degrees 3, 6 and 7 are a semitone lower.",
            f"Use the signature of {third} major.",
        ),
        (
            *(((row(as_major), "major-pattern"), (row(third_only), "third-only")) if fine else ()),
            *(((row(relative), "relative-parallel-mixed"),) if plain else ()),
        ),
    )


def other_minors(draw: Draw) -> Draft:
    """Harmonic and melodic minor."""
    tonic = minor_key(draw)
    if draw.level == 1 or (draw.level < 4 and draw.coin()):  # noqa: PLR2004 - easier questions
        return draw.pick(_raised, _degree_of, _degree_of, _led_to)(draw, tonic)
    if draw.level > 2 and draw.pick(0, 0, 1):  # noqa: PLR2004 - later
        return _which_minor(draw, tonic)
    kind, other = draw.pick(
        ("harmonic minor", "melodic minor"), ("melodic minor", "harmonic minor")
    )
    notes = _round(tonic, kind)
    if any(abs(p.alter) > 1 for p in notes):
        return other_minors(draw)
    raised = "seventh degree" if kind == "harmonic minor" else "sixth and the seventh degree"
    return _scale(
        draw,
        tonic,
        kind,
        (
            "Begin with natural minor.",
            f"Upwards the {raised} of natural minor is raised by a semitone.".replace(
                "degree of natural minor is",
                "degree of natural minor are"
                if "sixth" in raised
                else "degree of natural minor is",
            ),
            f"Natural minor on {tonic} has the signature of {_up_third(tonic)} major.",
        ),
        (
            (row(_round(tonic, other)), "harmonic-melodic-mixed"),
            (_with(notes, 3, 1), "third-raised"),
            (row(_round(tonic, "natural minor")), "raises-wrong-degree"),
        ),
    )


def _raised(draw: Draw, tonic: str) -> Draft:
    notes = scale(note(tonic), "harmonic minor")
    key, plain = notes[6], scale(note(tonic), "natural minor")[6]
    twin = next(
        (p for p in (Pitch(note(tonic).letter, a) for a in (-1, 0, 1)) if p.sound == key.sound),
        None,
    )
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Which note is the raised seventh degree of {tonic} minor?",
            f"What is the leading note of {tonic} harmonic minor?",
        ),
        answer=str(key),
        claim=music("degree", tonic, "harmonic minor", "7"),
        nudge="Which note is the seventh degree of natural minor?",
        idea="Raise it by a semitone with the same letter, so that it leads to the tonic.",
        part=f"In natural minor it is {plain}.",
        solution=(f"{plain}, a semitone higher.", str(key)),
        wrong=(
            (str(plain), "raises-wrong-degree"),
            *(((str(twin), "changes-letter"),) if twin else ()),
        ),
    )


def _degree_of(draw: Draw, tonic: str) -> Draft:
    """One degree of harmonic minor, from level 2 on of melodic minor as well."""
    kind = draw.pick("harmonic minor", "melodic minor") if draw.from_level(2) else "harmonic minor"
    place = draw.pick(2, 3, 4, 5, 6, 6) if kind == "harmonic minor" else draw.pick(3, 5, 6, 6, 7)
    key, plain = scale(note(tonic), kind)[place - 1], scale(note(tonic), "natural minor")[place - 1]
    major = scale(note(tonic), "major")[place - 1]
    raised = "the seventh is" if kind == "harmonic minor" else "the sixth and seventh are"
    way = " upwards" if kind == "melodic minor" else ""
    if abs(key.alter) > 1:
        return _raised(draw, tonic)
    idea = {3: "third-raised", 6: "harmonic-melodic-mixed"}.get(place, "raises-wrong-degree")
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Which note is the {_PLACES[place]} degree of {tonic} {kind}{way}?",
            f"You play {tonic} {kind}{way}. Which is the {_PLACES[place]} of its notes?",
        ),
        answer=str(key),
        claim=music("degree", tonic, kind, str(place)),
        nudge="Which degrees differ from natural minor?",
        idea=f"From natural minor only {raised} raised.",
        part=f"Natural minor on {tonic} has the signature of {_up_third(tonic)} major.",
        solution=(f"In natural minor the degree is {plain}.", str(key)),
        wrong=(
            (str(plain), "raises-wrong-degree"),
            (str(major), idea),
            (str(Pitch(key.letter, key.alter + 1)), "raises-wrong-degree"),
        ),
    )


def _led_to(draw: Draw, tonic: str) -> Draft:
    """The minor key of a leading note."""
    lead = scale(note(tonic), "harmonic minor")[6]
    if abs(lead.alter) > 1:
        return _raised(draw, tonic)
    same = Pitch(lead.letter, lead.alter + 1)
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"{lead} is the raised seventh degree of a minor key. Which note is its tonic?",
            f"To which minor key does {lead} lead as its leading note? Write the tonic.",
        ),
        answer=tonic,
        claim=music("above", str(lead), "m2"),
        nudge="How far is a leading note from its tonic, and is it the same letter?",
        idea="A leading note lies a semitone below its tonic, on the letter before.",
        part=f"Count one letter up from {lead.letter}, and see to it that a semitone lies between.",
        solution=(f"A semitone above {lead}, on the next letter.", tonic),
        wrong=(
            *(((str(same), "changes-letter"),) if abs(same.alter) <= 1 else ()),
            (str(above(lead, Interval(2, 2))), "flat-seventh"),
        ),
    )


def _which_minor(draw: Draw, tonic: str) -> Draft:
    kinds = ("natural minor", "harmonic minor", "melodic minor", "major")
    kind = draw.pick(*kinds[:3])
    ideas = {"natural minor": "raises-wrong-degree", "major": "third-raised"}
    notes = _round(tonic, kind)
    if any(abs(p.alter) > 1 for p in (*notes, *_round(tonic, "major"))):
        return _raised(draw, tonic)
    choices = draw.shuffled(
        [
            (f"{tonic} {k}", "" if k == kind else ideas.get(k, "harmonic-melodic-mixed"))
            for k in kinds
        ]
    )
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.pick(
            f"Which scale is {row(notes)}?", f"Someone plays {row(notes)}. Which scale is it?"
        ),
        answer=f"{tonic} {kind}",
        claim=music("which scale", row(notes), *(text for text, _ in choices)),
        nudge="Look at the sixth and the seventh note.",
        idea="Harmonic minor raises the seventh degree, melodic minor the sixth too.",
        part=f"Natural minor on {tonic} has the signature of {_up_third(tonic)} major.",
        solution=("Compare degrees 3, 6 and 7 with natural minor.", f"{tonic} {kind}"),
        choices=choices,
    )


_PLACES: Final = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh")
_MODES: Final = {
    "Dorian": ("natural minor", 6, 1, 2), "Phrygian": ("natural minor", 2, -1, 3),
    "Lydian": ("major", 4, 1, 4), "Mixolydian": ("major", 7, -1, 5),
}  # fmt: skip


def modes(draw: Draw) -> Draft:
    """Modes on any tonic, by name and by their notes, and the major key that they come from."""
    mode = draw.pick(*_MODES)
    base, degree, by, place = _MODES[mode]
    tonic = draw.pick(*(("Bb", "Eb", "F#", "C#", *LETTERS) if draw.from_level(3) else LETTERS))
    if draw.level == 1:
        tonic = str(scale(note(draw.pick("C", "G", "F", "D", "Bb")), "major")[place - 1])
        return _which_mode(draw, tonic, mode)
    notes = _round(tonic, mode)
    if any(abs(p.alter) > 1 for p in notes):
        return modes(draw)
    if draw.level > 3 and draw.coin():  # noqa: PLR2004 - later
        return _home(draw, tonic, mode)
    if draw.pick(0, 0, 1):
        return _which_mode(draw, tonic, mode)
    minor = base != "major"
    near = {2: 6, 4: 5, 6: 2, 7: 6}[degree]
    other = _with(_round(tonic, base), near, 1 if by > 0 else -1)
    family = "minor" if minor else "major"
    there = scale(note(tonic), base)[degree - 1]
    return _scale(
        draw,
        tonic,
        mode,
        (
            "Is it a minor or a major mode?",
            f"It is {base} with degree {degree} {'raised' if by > 0 else 'lowered'}.",
            f"In {tonic} {family} that degree is {there}.",
        ),
        (
            (row(_round(tonic, base)), "mode-is-key"),
            (other, "wrong-note-changed"),
            (row(_round(tonic, "major" if minor else "natural minor")), "family-swapped"),
        ),
    )


def _which_mode(draw: Draw, tonic: str, mode: str) -> Draft:
    notes = _round(tonic, mode)
    if any(abs(p.alter) > 1 for p in notes):
        return modes(draw)
    minor = _MODES[mode][0] != "major"
    family = "minor" if minor else "major"
    rows = [(f"{tonic} {other}", "" if other == mode else
             "wrong-note-changed" if (_MODES[other][0] != "major") == minor else "family-swapped")
            for other in _MODES]  # fmt: skip
    choices = draw.shuffled(rows)
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.pick(
            f"Which mode is {row(notes)}?",
            f"A melody with home on {tonic} uses {row(notes)}. Which mode is it?",
        ),
        answer=f"{tonic} {mode}",
        claim=music("which scale", row(notes), *(text for text, _ in choices)),
        nudge="Is the third major or minor?",
        idea="Compare with the major or the natural minor scale: one degree differs.",
        part=f"The third is {'minor' if minor else 'major'}. Which other degree stands out?",
        solution=(
            f"The {_DEGREES[_MODES[mode][1]]} degree is not that of {tonic} {family}.",
            f"{tonic} {mode}",
        ),
        choices=choices,
    )


def _home(draw: Draw, tonic: str, mode: str) -> Draft:
    place = _MODES[mode][3]
    size = {2: Interval(2, 2), 3: Interval(3, 4), 4: Interval(4, 5), 5: Interval(5, 7)}[place]
    home = above(note(tonic), size, down=True)
    if str(home) not in {*MAJORS, "C#", "Cb"}:
        return modes(draw)
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"{tonic} {mode} has the same notes as which major scale? Write its tonic.",
            f"On which note does the major scale with the notes of {tonic} {mode} begin?",
        ),
        answer=str(home),
        claim=music("below", tonic, {2: "M2", 3: "M3", 4: "P4", 5: "P5"}[place]),
        nudge=f"On which degree of a major scale does {mode} live?",
        idea=f"{mode} begins on the {_DEGREES[place]} degree of a major scale.",
        part=f"{tonic} has to be the {_DEGREES[place]} degree: count down from it.",
        solution=(f"{_DEGREES[place].capitalize()} degree of what?", str(home)),
        wrong=((tonic, "relative-confused"), (str(above(note(tonic), size)), "mode-is-key")),
    )
