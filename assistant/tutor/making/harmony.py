"""Harmony: numerals, cadences, progressions, dominants of other chords."""

from typing import Final

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.chords import ROMANS, chord_in, fine, long_name, plain_key, typed
from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.keys import minor_key, row
from assistant.tutor.making.tones import music, note
from assistant.tutor.music.harmony import inverted
from assistant.tutor.music.pitches import Interval, Pitch, above

LIKE: Final = " Write a minor chord like Gm, a major one like G."
_DOMINANT: Final = 4
_MINOR: Final = ("i", "ii°", "III", "iv", "V", "VI", "vii°")
DASH: Final = " \u2013 "


def bare(notes: tuple[Pitch, ...]) -> tuple[Pitch, ...]:
    """The white keys of these letters."""
    return tuple(Pitch(p.letter) for p in notes)


def roman_numerals(draw: Draw) -> Draft:
    """From chords to numerals and back, with inversions, and into another key."""
    made = draw.by_level(
        (_numeral,),
        (_numeral, _chord),
        (_inverted, _chord),
        (_inverted, _moved),
        (_moved, _inverted),
    )
    return draw.pick(*made)(draw)


def _numeral(draw: Draw) -> Draft:
    tonic, degree = plain_key(draw), draw.integer(1, 5)
    notes, name = chord_in(tonic, "major", degree)
    figure = ROMANS[degree]
    swapped = figure.lower() if figure.isupper() else figure.upper()
    near = ROMANS[degree - 1]
    from_c = ROMANS["CDEFGAB".index(notes[0].letter)]
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Which Roman numeral does {name} have in {tonic} major?",
            f"In {tonic} major, which numeral stands for the chord {name} ({row(notes)})?",
        ),
        answer=figure,
        claim=music(
            "numeral", row(notes), tonic, "major", *ROMANS[:6], *(r.lower() for r in ROMANS[:1])
        ),
        nudge=f"On which degree of {tonic} major does {notes[0]} stand?",
        idea="Count the tonic as one; capitals are major chords, small numerals minor ones.",
        part=f"Count the letters from {tonic[0]} up to {notes[0].letter}, both with them.",
        solution=(f"{notes[0]} is degree {degree + 1}.", figure),
        wrong=((swapped, "case-ignored"), (near, "degree-off"), (from_c, "from-c")),
    )


def _chord(draw: Draw) -> Draft:
    tonic, degree = plain_key(draw), draw.integer(1, 5)
    notes, name = chord_in(tonic, "major", degree)
    other = f"{notes[0]}{'m' if not name.endswith('m') else ''}"
    in_c = chord_in("C", "major", degree)[1]
    return Draft(
        kind=AnswerKind.SHORT,
        prompt=draw.pick(
            f"Which chord is {ROMANS[degree]} in {tonic} major?",
            f"A song in {tonic} major goes to {ROMANS[degree]}. Which chord is that?",
        )
        + LIKE,
        answer=name,
        others=long_name(name),
        claim=music("symbol", ROMANS[degree], tonic, "major"),
        nudge=f"Count to degree {degree + 1}.",
        idea="Capitals are major chords, small numerals minor ones; mind the key signature.",
        part=f"The tonic {tonic} is the first degree; count on in the scale.",
        solution=(f"Degree {degree + 1} of {tonic} major is {notes[0]}.", name),
        wrong=(
            (other, "case-ignored"),
            (in_c, "from-c"),
            (chord_in(tonic, "major", degree - 1)[1], "degree-off"),
            (f"{notes[0].letter}{name[len(str(notes[0])) :]}", "signature-forgotten"),
        ),
    )


def _inverted(draw: Draw) -> Draft:
    tonic, degree = plain_key(draw), draw.pick(0, 1, 3, 4, 5)
    seventh = draw.from_level(4) and draw.coin()
    notes, _ = chord_in(
        tonic, "major", 1 if seventh and degree == 0 else degree, 4 if seventh else 3
    )
    degree = 1 if seventh and degree == 0 else degree
    inversion = draw.integer(1, len(notes) - 1)
    sign = (("6", "64"), ("65", "43", "42"))[seventh][inversion - 1]
    turned = inverted(notes, inversion)
    figure = f"{ROMANS[degree]}{sign}"
    word = ("third", "fifth", "seventh")[inversion - 1]
    other = inverted(notes, inversion % (len(notes) - 1) + 1)
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Write the notes of {figure} in {tonic} major, from the lowest up.",
            f"Which notes are in {figure} in {tonic} major, from the bass up?",
        ),
        answer=row(turned),
        claim=music("roman", figure, tonic, "major"),
        nudge="What do the figures after the numeral say?",
        idea="6 and 65 have the third in the bass, 64 and 43 the fifth, 42 the seventh.",
        part=f"In root position it is {row(notes)}.",
        solution=(f"The {word} {turned[0]} is in the bass.", row(turned)),
        wrong=(
            (row(other), "degree-off"),
            (row(bare(turned)), "signature-forgotten"),
            (row(inverted(chord_in("C", "major", degree, len(notes))[0], inversion)), "from-c"),
        ),
    )


def _moved(draw: Draw) -> Draft:
    tonic, other = plain_key(draw), plain_key(draw)
    degree = draw.integer(1, 5)
    if tonic == other:
        return _moved(draw)
    (_, here), (notes, there) = (chord_in(key, "major", degree) for key in (tonic, other))
    swapped = f"{notes[0]}{'m' if not there.endswith('m') else ''}"
    return Draft(
        kind=AnswerKind.SHORT,
        prompt=f"A song in {tonic} major has the chord {here}. You play it in {other} major. Which "
        f"chord stands there?{LIKE}",
        answer=there,
        others=long_name(there),
        claim=music("symbol", ROMANS[degree], other, "major"),
        nudge=f"Which numeral is {here} in {tonic} major?",
        idea="The numerals stay when the key changes.",
        part=f"It is {ROMANS[degree]}; find it in {other} major.",
        solution=(f"{ROMANS[degree]} in {other} major.", there),
        wrong=(
            (swapped, "case-ignored"),
            (f"{notes[0].letter}{there[len(str(notes[0])) :]}", "signature-forgotten"),
            (chord_in(other, "major", degree - 1)[1], "degree-off"),
        ),
    )


def _in_minor(tonic: str, degree: int, size: int = 3) -> tuple[Pitch, ...]:
    """The chord of a minor key as it is used: V and vii with the raised seventh degree."""
    kind = "harmonic minor" if degree in {4, 6} else "natural minor"
    return chord_in(tonic, kind, degree, size)[0]


def minor_key_chords(draw: Draw) -> Draft:
    """Chords of minor keys, with the raised leading note where it belongs."""
    tonic, degree = (
        minor_key(draw),
        draw.pick(*draw.by_level((3, 5), (2, 3, 4, 5), (1, 2, 3, 4, 5, 6))),
    )
    notes = _in_minor(tonic, degree)
    if not fine(notes):
        return minor_key_chords(draw)
    seventh = draw.from_level(4) and degree == _DOMINANT and draw.coin()
    if seventh:
        notes = _in_minor(tonic, degree, 4)
    if draw.from_level(3) and draw.pick(0, 0, 1):
        return _minor_row(draw, tonic)
    figure = _MINOR[degree] + ("7" if seventh else "")
    natural = chord_in(tonic, "natural minor", degree, len(notes))[0]
    major = chord_in(tonic, "major", degree, len(notes))[0]
    raised = chord_in(tonic, "harmonic minor", degree, len(notes))[0]
    relative = above(note(tonic), Interval(3, 3))
    off = chord_in(str(relative), "major", degree, len(notes))[0]
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Write the notes of {figure} in {tonic} minor, from the root up.",
            f"Which notes are in {figure} in {tonic} minor? Begin with the root.",
        ),
        answer=row(notes),
        claim=music("roman", figure, tonic, "minor"),
        nudge="Does this chord take the raised seventh degree?",
        idea="V and vii° take the raised seventh degree; all others come from natural minor.",
        part=f"The signature is that of {relative} major; the root is degree {degree + 1}.",
        solution=(f"The root is {notes[0]}.", row(notes)),
        wrong=(
            *typed(natural, "dominant-minor"),
            *typed(raised, "raises-everywhere"),
            *typed(major, "major-key-pattern"),
            *typed(off, "degree-off"),
        ),
    )


_MINOR_ROWS: Final = (
    "i VII VI V", "i iv V i", "i VI III VII", "i iv VII III", "i VI iv V", "i III iv V",
)  # fmt: skip


def _minor_row(draw: Draw, tonic: str) -> Draft:
    figures = draw.pick(*_MINOR_ROWS)
    rows: dict[str, str] = {}
    for kinds, idea in (
        (("natural minor", "harmonic minor"), ""),
        (("natural minor", "natural minor"), "dominant-minor"),
        (("major", "major"), "major-key-pattern"),
        (("harmonic minor", "harmonic minor"), "raises-everywhere"),
    ):
        names: list[str] = []
        for figure in figures.split():
            degree = next(
                at
                for at, each in enumerate(("I", "II", "III", "IV", "V", "VI", "VII"))
                if each == figure.upper()
            )
            names.append(chord_in(tonic, kinds[degree == _DOMINANT], degree)[1])
        if not any("##" in name or "x" in name or "?" in name for name in names):
            rows.setdefault(DASH.join(names), idea)
    key = next(iter(rows))
    shown = DASH.join(figures.split())
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.pick(
            f"Which chords are {shown} in {tonic} minor?", f"What is {shown} in {tonic} minor?"
        ),
        answer=key,
        claim=music("symbols", figures, tonic, "minor"),
        nudge="Which of the numerals take the raised seventh degree?",
        idea="Only V and vii° take it; VII, III and VI are natural.",
        part=f"The signature is that of {above(note(tonic), Interval(3, 3))} major.",
        solution=("Natural minor for all but V.", key),
        choices=draw.shuffled(list(rows.items())),
    )


_CADENCES: Final = {"Authentic": ("V", "I"), "Plagal": ("IV", "I"), "Deceptive": ("V", "vi")}
_HALVES: Final = ("I", "ii", "IV")


def cadences(draw: Draw) -> Draft:
    """Naming cadences, and finding the chords of one."""
    minor = draw.from_level(3) and draw.coin()
    tonic = minor_key(draw) if minor else plain_key(draw)
    if draw.from_level(2) and draw.pick(0, 0, 1):
        return _chord_of_cadence(draw, tonic, minor=minor)
    name = draw.pick("Authentic", "Plagal", "Deceptive", "Half")
    first, last = _CADENCES.get(name, (draw.pick(*_HALVES), "V"))
    one, other = (_cadence_chord(tonic, figure, minor=minor) for figure in (first, last))
    if not fine(one) or not fine(other):
        return cadences(draw)
    mixed = "plagal-authentic-mixed"
    ideas = {
        "Authentic": {"Plagal": mixed, "Half": "half-means-weak", "Deceptive": "vi-is-i"},
        "Plagal": {"Authentic": mixed, "Half": "half-means-weak", "Deceptive": "key-not-found"},
        "Half": {"Authentic": mixed, "Plagal": "key-not-found", "Deceptive": "key-not-found"},
        "Deceptive": {"Authentic": "vi-is-i", "Plagal": mixed, "Half": "half-means-weak"},
    }[name]  # fmt: skip
    shown = DASH.join(_symbol(notes) for notes in (one, other))
    kind = "minor" if minor else "major"
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.pick(
            f"A phrase in {tonic} {kind} ends {shown}. Which cadence is it?",
            f"In {tonic} {kind} a phrase stops on the chords {shown}. Which cadence is that?",
            f"Which cadence is {shown} in {tonic} {kind}?",
        ),
        answer=name,
        claim=music("cadence", row(one), row(other), tonic, kind),
        nudge=f"Find the numerals of both chords in {tonic} {kind}.",
        idea="V\u2013I is authentic, IV\u2013I plagal, V\u2013vi deceptive; a half one stops on V.",
        part=f"{_symbol(other)} stands on degree {degree_of(tonic, other)}. And the one before it?",
        solution=(
            f"They stand on degrees {degree_of(tonic, one)} and {degree_of(tonic, other)}.",
            name,
        ),
        choices=draw.shuffled(
            [(each, ideas.get(each, "")) for each in ("Authentic", "Plagal", "Half", "Deceptive")]
        ),
    )


def _symbol(notes: tuple[Pitch, ...]) -> str:
    from assistant.tutor.music.harmony import suffix_of

    return f"{notes[0]}{suffix_of(notes)}"


def degree_of(tonic: str, notes: tuple[Pitch, ...]) -> int:
    """The degree of the key on which a chord stands, 1 for the tonic."""
    return (notes[0].step - note(tonic).step) % 7 + 1


def _cadence_chord(tonic: str, figure: str, *, minor: bool) -> tuple[Pitch, ...]:
    degree = ("I", "II", "III", "IV", "V", "VI", "VII").index(figure.upper())
    return _in_minor(tonic, degree) if minor else chord_in(tonic, "major", degree)[0]


def _chord_of_cadence(draw: Draw, tonic: str, *, minor: bool) -> Draft:
    kind, after = ("minor", "VI") if minor else ("major", "vi")
    before, mixed = "Which chord comes before the tonic in a{} cadence in", "plagal-authentic-mixed"
    asked, figure, words, idea = draw.pick(
        (before.format("n authentic"), "V", "It is V, the dominant.", mixed),
        (before.format(" plagal"), "iv" if minor else "IV", "It is the subdominant.", mixed),
        ("With which chord ends a deceptive cadence in", after, "It is degree 6.", "vi-is-i"),
        ("On which chord stops a half cadence in", "V", "It is degree 5.", "half-means-weak"),
    )  # fmt: skip
    notes = _cadence_chord(tonic, figure, minor=minor)
    if not fine(notes):
        return cadences(draw)
    name = _symbol(notes)
    swaps = {"V": "IV", "IV": "V", "iv": "V", "vi": "I", "VI": "I"}
    wrong = _symbol(_cadence_chord(tonic, swaps[figure], minor=minor))
    natural = _symbol(chord_in(tonic, "natural minor", 4)[0]) if minor and figure == "V" else ""
    return Draft(
        kind=AnswerKind.SHORT,
        prompt=f"{asked} {tonic} {kind}?{LIKE}",
        answer=name,
        others=long_name(name),
        claim=music("symbol", figure, tonic, kind),
        nudge="Which numeral is it?",
        idea=words + (" In minor the dominant has the raised leading note." if minor else ""),
        part=f"Count to degree {degree_of(tonic, notes)} of {tonic} {kind}.",
        solution=(f"Degree {degree_of(tonic, notes)} is {notes[0]}.", name),
        wrong=((wrong, idea), *(((natural, "key-not-found"),) if natural else ())),
    )
