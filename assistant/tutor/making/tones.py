"""Pitch: names, semitones and accidentals."""

from typing import Final

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.drafts import About, Claim, Draft, Draw
from assistant.tutor.music.pitches import (
    LETTERS,
    Pitch,
    pitch_named,
)

_CONCERT_A: Final = 440
"""How often A4 vibrates in a second; the other notes by equal temperament."""
_WHITE_ORDER: Final = "The order is C D E F G A B, and the octave number goes up at C."


def music(*question: str) -> Claim:
    """A question for the music library."""
    return Claim(About.MUSIC, question)


def note(name: str) -> Pitch:
    """The pitch of a name that is known to be one.

    Raises:
        ValueError: It is none.
    """
    found = pitch_named(name)
    if found is None:
        raise ValueError(f"no note is called {name}")
    return found


def white(draw: Draw, low: int = 2, high: int = 5) -> Pitch:
    """A white key with an octave."""
    return Pitch(draw.pick(*LETTERS), 0, draw.integer(low, high))


def moved(pitch: Pitch, steps: int) -> Pitch:
    """So many letters up or down, without accidentals."""
    octave, step = divmod(pitch.white + steps, 7)
    return Pitch(LETTERS[step], 0, octave)


def pitch_names(draw: Draw) -> Draft:
    """Letters up and down, the lowest of several, order, vibrations."""
    made = draw.by_level(
        (_next,),
        (_next, _extreme),
        (_steps, _vibrations, _extreme),
        (_steps, _order),
        (_order, _vibrations),
    )
    return draw.pick(*made)(draw)


def _next(draw: Draw) -> Draft:
    return _walk(draw, draw.pick(1, 1, -1) if draw.level == 1 else draw.signed(2, 3))


def _steps(draw: Draw) -> Draft:
    return _walk(draw, draw.signed(4, 6 if draw.level < 4 else 12))  # noqa: PLR2004 - over an octave


def _walk(draw: Draw, steps: int) -> Draft:
    start = white(draw)
    end, way = moved(start, steps), "up" if steps > 0 else "down"
    count = abs(steps)
    side = 1 if steps > 0 else -1
    words = ("", "one letter", "two letters", "three letters")
    many = words[count] if count < len(words) else f"{count} letters"
    halfway = moved(start, side * max(1, count // 2))
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Start on the white key {start} and move {way} {many}. Where do you land?",
            f"Which white key is {many} {'above' if steps > 0 else 'below'} {start}?",
        )
        + " Give letter and number.",
        answer=str(end),
        claim=music("steps", str(start), str(steps)),
        nudge=f"Which letter comes {'after' if steps > 0 else 'before'} {start.letter}?",
        idea=_WHITE_ORDER,
        part=f"On the way you come to {halfway}; go on from there."
        if count > 1
        else "Does the way pass the border between B and C?",
        solution=(f"Count the moves, not the notes, {way} from {start}.", str(end)),
        wrong=(
            (str(end.at((end.octave or 0) + 1)), "octave-at-a"),
            (str(end.at((end.octave or 0) - 1)), "octave-at-a"),
            (str(moved(start, steps - side)), "counts-start"),
        ),
    )


def _several(draw: Draw, count: int) -> list[Pitch]:
    octave = draw.integer(2, 4)
    letters = draw.some(LETTERS, count)
    return [Pitch(letter, 0, octave + draw.pick(0, 0, 1)) for letter in letters]


def _extreme(draw: Draw) -> Draft:
    notes, low = _several(draw, draw.by_level(3, 4, 5)), draw.coin()
    notes.sort(key=lambda pitch: pitch.semitones)
    right = notes[0] if low else notes[-1]
    rows = [(str(n), "" if n is right else "alphabet-order") for n in notes]
    word = "lowest" if low else "highest"
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.pick(f"Which of these notes is the {word}", f"Which note sounds {word}")
        + f": {', '.join(sorted(text for text, _ in rows))}?",
        answer=str(right),
        claim=music(word, *(text for text, _ in rows)),
        nudge="Look at the numbers first.",
        idea="With equal numbers, the order is C D E F G A B.",
        part="Put aside all notes whose number is too high or too low; compare letters then.",
        solution=("First the octave, then the order from C to B.", f"{right}"),
        choices=draw.shuffled(rows),
    )


def _order(draw: Draw) -> Draft:
    octave, count = draw.integer(2, 4), draw.by_level(3, 3, 3, 4, 5)
    letters = ["A", *draw.some("BCDEFG", count - 1)]
    notes = [Pitch(letter, 0, octave + draw.pick(0, 1)) for letter in letters]
    right = sorted(notes, key=lambda pitch: pitch.semitones)
    alphabet = sorted(notes, key=lambda pitch: (pitch.octave, pitch.letter))
    other = sorted(notes, key=lambda pitch: (pitch.letter, pitch.octave))
    back = [*right[:-2], right[-1], right[-2]]
    rows = {" \u2013 ".join(map(str, row)): idea for row, idea in (
        (back, ""), (other, "alphabet-order"), (alphabet, "alphabet-order"), (right, ""),
    )}  # fmt: skip
    key = " \u2013 ".join(map(str, right))
    choices = draw.shuffled([(text, idea if text != key else "") for text, idea in rows.items()])
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.pick("Which list runs from low to high?", "Which list goes up all the way?")
        + f" The notes are {', '.join(sorted(map(str, notes)))}.",
        answer=key,
        claim=music("rising", *(text for text, _ in choices)),
        nudge="Where does each octave begin?",
        idea="Within an octave the order is C D E F G A B.",
        part=f"The lowest of them is {right[0]}. Which is the next?",
        solution=("Sort by the numbers first, then from C to B.", key),
        choices=choices,
    )


def _vibrations(draw: Draw) -> Draft:
    letter, octave = draw.pick("A", "B", "D", "E", "G", "C", "F"), draw.integer(1, 4)
    moves = draw.by_level(1, 1, 2, 2, 3)
    down = draw.coin()
    low, high = Pitch(letter, 0, octave), Pitch(letter, 0, octave + moves)
    one, other = (high, low) if down else (low, high)
    slow = round(_CONCERT_A * 2 ** ((low.semitones - Pitch("A", 0, 4).semitones) / 12))
    given, key = (slow * 2**moves, slow) if down else (slow, slow * 2**moves)
    slip = given - given // 2 * moves if down else given + given * moves
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"{one} vibrates about {given} times a second. "
        f"About how many times a second does {other} vibrate?",
        answer=str(key),
        claim=music("frequency", str(one), str(other), str(given)),
        nudge=f"How many octaves is it from {one} to {other}?",
        idea="Each octave up doubles the number, each octave down halves it.",
        part=f"Go octave by octave, {'halving' if down else 'doubling'} each time.",
        solution=(f"{'Halve' if down else 'Double'} it, once for each octave.", f"{key}"),
        wrong=((str(slip), "octave-adds"), (str(given + moves), "octave-adds"))
        if moves > 1 or down
        else (),
    )


def semitones(draw: Draw) -> Draft:
    """Counting keys, and finding the one that far away."""
    made = draw.by_level((_near,), (_inside, _land), (_inside, _land), (_beyond, _land), (_beyond,))
    return draw.pick(*made)(draw)


def _near(draw: Draw) -> Draft:
    return _counted(draw, white(draw), draw.integer(1, 2))


def _inside(draw: Draw) -> Draft:
    return _counted(draw, white(draw), draw.integer(2, 6))


def _beyond(draw: Draw) -> Draft:
    return _counted(draw, white(draw, 2, 4), draw.integer(8, 12))


def _counted(draw: Draw, low: Pitch, letters: int) -> Draft:
    high = moved(low, letters)
    count = high.semitones - low.semitones
    ends = (low, high) if draw.level < 3 or draw.pick(0, 1) else (high, low)  # noqa: PLR2004 - downwards too
    way = "up" if ends[0] is low else "down"
    wrong = [(str(count + 1), "counts-start"), (str(2 * letters), "all-letters-equal")]
    wrong.append((str(letters), "tone-is-one"))
    if count > 12:  # noqa: PLR2004 - an octave
        wrong.insert(0, (str(count - 4), "octave-is-eight"))
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"How many semitones is it from {ends[0]} {way} to {ends[1]}?",
            f"How many keys, black ones too, do you move from {ends[0]} {way} to {ends[1]}?",
        ),
        answer=str(count),
        claim=music("semitones", str(low), str(high)),
        nudge="Which neighbours have no black key between them?",
        idea="E\u2013F and B\u2013C are semitones; all other neighbours have a key between them.",
        part="Go letter by letter and add up. A whole octave has twelve."
        if letters > 7  # noqa: PLR2004 - beyond an octave
        else f"Begin with the step from {low} to {moved(low, 1)}: is there a key between them?",
        solution=("Add up ones and twos, letter by letter.", str(count)),
        wrong=tuple(wrong),
    )


def _land(draw: Draw) -> Draft:
    low, letters = white(draw, 2, 4), draw.integer(2, 4 + draw.level)
    high = moved(low, letters)
    count = high.semitones - low.semitones
    down = draw.coin()
    start, end, way = (high, low, "below") if down else (low, high, "above")
    side = -1 if down else 1
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=f"Which white key is {count} semitones {way} {start}? Give letter and number.",
        answer=str(end),
        claim=music("white", str(start), str(side * count)),
        nudge="Count every key, white and black.",
        idea="E\u2013F and B\u2013C are semitones; all other neighbours are two semitones apart.",
        part=f"{moved(start, side)} is "
        f"{abs(moved(start, side).semitones - start.semitones)} of them away. Go on from there.",
        solution=(f"Count {count} keys {'down' if down else 'up'} from {start}.", str(end)),
        wrong=(
            (str(moved(start, side * (letters - 1))), "counts-start"),
            (str(moved(start, side * (letters + 1))), "all-letters-equal"),
        ),
    )


def accidentals(draw: Draw) -> Draft:
    """Sharps and flats, two names for one key, and octave numbers at the border."""
    made = draw.by_level(
        (_altered, _altered, _twin),
        (_altered, _twin),
        (_twin, _white_key),
        (_in_disguise,),
        (_in_disguise, _double),
    )
    return draw.pick(*made)(draw)


def _altered(draw: Draw) -> Draft:
    start, up = white(draw), draw.coin()
    start = start.bare if draw.level == 1 else start
    end = Pitch(start.letter, 1 if up else -1, start.octave)
    other = Pitch(start.letter, -end.alter, start.octave)
    near = moved(start.at(4), 1 if up else -1)
    near = Pitch(near.letter, 0, start.octave)
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=f"Which note is a semitone {'above' if up else 'below'} {start}"
        + draw.pick(", with the same letter?", "? Keep the letter.")
        + (" Give the number too." if start.octave else ""),
        answer=str(end),
        claim=music("above" if up else "below", str(start), "A1"),
        nudge="Which sign goes up, which goes down?",
        idea="A sharp raises a note by a semitone, a flat lowers it; the letter stays.",
        part=f"Write {start.letter} first, then the sign for {'up' if up else 'down'}.",
        solution=(f"{'Up' if up else 'Down'} a semitone with the same letter.", str(end)),
        wrong=((str(other), "flat-sharp-mixed"), (str(near), "wrong-letter")),
    )


_TWINS: Final = ("C#", "D#", "F#", "G#", "A#", "Db", "Eb", "Gb", "Ab", "Bb")


def _twin(draw: Draw) -> Draft:
    name = note(draw.pick(*_TWINS))
    step = moved(Pitch(name.letter, 0, 4), 1 if name.alter > 0 else -1)
    found = Pitch(step.letter, -name.alter)
    octave = draw.level > 2 and draw.pick(0, 1)  # noqa: PLR2004 - a number to mind
    if octave:
        at = draw.integer(2, 5)
        name, found = name.at(at), found.at(at)
    sign = "flat" if name.alter > 0 else "sharp"
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"What is the other name of the key {name}, written with a {sign}?",
            f"Which name with a {sign} has the key {name}?",
        ),
        answer=str(found),
        claim=music("twin", str(name), found.letter),
        nudge=f"Between which two white keys does {name} lie?",
        idea="A black key is the lower neighbour raised, or the upper neighbour lowered.",
        part=f"One neighbour is {name.letter}. Which is the other?",
        solution=(f"The other neighbour is {found.letter}; it takes a {sign}.", str(found)),
        wrong=(
            (str(Pitch(name.letter, -name.alter, name.octave)), "flat-sharp-mixed"),
            (str(Pitch(found.letter, name.alter, name.octave)), "flat-sharp-mixed"),
            (str(Pitch(found.letter, 0, name.octave)), "wrong-letter"),
        ),
    )


def _white_key(draw: Draw) -> Draft:
    right = draw.pick("E#", "B#", "Cb", "Fb")
    rows = [(right, ""), *((name, "black-only") for name in draw.some(_TWINS, 3))]
    choices = draw.shuffled(rows)
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.pick("Which of these notes is a white key", "Which of these is no black key")
        + f" on the piano: {', '.join(text for text, _ in choices)}?",
        answer=right,
        claim=music("only white", *(text for text, _ in choices)),
        nudge="Where do two white keys lie side by side?",
        idea="Between E and F and between B and C there is no black key.",
        part="Move each letter by a semitone, and see whether you land on another white key.",
        solution=("Without a black key between, the sign leads to the next white key.", right),
        choices=choices,
    )


def _in_disguise(draw: Draw) -> Draft:
    name = note(draw.pick("E#", "B#", "Cb", "Fb")).at(draw.integer(2, 6))
    up = name.alter > 0
    found = moved(Pitch(name.letter, 0, name.octave), 1 if up else -1)
    plain = Pitch(name.letter, 0, name.octave)
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick("Which white key sounds like", "Which white key do you press for")
        + f" {name}? Give letter and number.",
        answer=str(found),
        claim=music("twin", str(name), found.letter),
        nudge=f"Find the white key {plain} first, then follow the sign.",
        idea="The number belongs to the written letter, before the sign moves it.",
        part=f"Go a semitone {'up' if up else 'down'} from {plain}. Is there a border at C?",
        solution=(f"A semitone {'above' if up else 'below'} {plain}.", str(found)),
        wrong=(
            (str(found.at(name.octave or 4)), "octave-of-sound"),
            (str(plain), "black-only"),
            (str(found.at((found.octave or 4) + (1 if up else -1))), "octave-of-sound"),
        ),
    )


def _double(draw: Draw) -> Draft:
    sharp = draw.coin()
    letter = draw.pick(*("CDFGA" if sharp else "DEGAB"))
    at = draw.integer(2, 5)
    name = Pitch(letter, 2 if sharp else -2, at)
    found = moved(Pitch(letter, 0, at), 1 if sharp else -1)
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=f"Which white key sounds like {name} (double {'sharp' if sharp else 'flat'})?"
        " Give letter and number.",
        answer=str(found),
        claim=music("white", str(Pitch(letter, 0, at)), "2" if sharp else "-2"),
        nudge="How far does a double sign move a note?",
        idea="Two semitones, in the direction of the sign.",
        part=f"Start on the white key {letter}{at} and count two keys, black ones too.",
        solution=(f"Two semitones {'above' if sharp else 'below'} {letter}{at}.", str(found)),
        wrong=(
            (str(Pitch(letter, 1 if sharp else -1, at)), "flat-sharp-mixed"),
            (str(moved(Pitch(letter, 0, at), -1 if sharp else 1)), "flat-sharp-mixed"),
            (str(moved(Pitch(letter, 0, at), 2 if sharp else -2)), "wrong-letter"),
        ),
    )
