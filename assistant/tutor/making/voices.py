"""Voicings of chords, and the way of voices from one chord to the next."""

from collections.abc import Sequence
from itertools import product
from typing import Final

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.chords import fine
from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.keys import row
from assistant.tutor.making.tones import music, note
from assistant.tutor.music.harmony import chord
from assistant.tutor.music.pitches import Interval, Pitch, above

_ROOTS: Final = ("C", "D", "E", "F", "G", "A", "Bb", "Eb", "Ab", "B")
_OCTAVE: Final = Interval(8, 12)
_DASH: Final = "\u2013"
_FARTHEST: Final = 4
_PERFECT: Final = ((5, 7), (8, 12))


def _close(root: str, suffix: str, octave: int) -> tuple[Pitch, ...]:
    return chord(note(root).at(octave), suffix)


def _sorted(notes: Sequence[Pitch]) -> tuple[Pitch, ...]:
    return tuple(sorted(notes, key=lambda pitch: pitch.semitones))


def _lowered(notes: tuple[Pitch, ...], at: int) -> tuple[Pitch, ...]:
    return tuple(above(p, _OCTAVE, down=True) if each == at else p for each, p in enumerate(notes))


def voicings(draw: Draw) -> Draft:
    """Close position, open triads, drop 2 and drop 3, shells."""
    root, octave = draw.pick(*_ROOTS), draw.integer(3, 4)
    made = draw.by_level((_close_one,), (_open, _shell), (_drop, _shell), (_drop, _open), (_drop,))
    return draw.pick(*made)(draw, root, octave)


def _close_one(draw: Draw, root: str, octave: int) -> Draft:
    suffix = draw.pick("", "m", "", "7")
    notes = _close(root, suffix, octave)
    if not fine(notes):
        return voicings(draw)
    flat = tuple(p.at(octave) for p in notes)
    high = (*notes[:-1], above(notes[-1], _OCTAVE))
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Write {root}{suffix} in close root position, beginning on {notes[0]}. Give all "
            "octave numbers.",
            f"What is {root}{suffix} in close position above {notes[0]}? Give all notes with their "
            "octave numbers, the lowest first.",
        ),
        answer=row(notes),
        claim=music("close", str(notes[0]), suffix),
        nudge=f"Which letters are in {root}{suffix}?",
        idea="All lie within an octave, each just above the one before; watch for the border at C.",
        part=f"It begins {notes[0]}, {notes[1]}.",
        solution=("Stack the thirds, and count the octave up at C.", row(notes)),
        wrong=((row(flat), "drops-the-letter"), (row(high), "close-low")),
    )


def _open(draw: Draw, root: str, octave: int) -> Draft:
    suffix = draw.pick("", "m", *(("dim", "aug") if draw.from_level(4) else ()))
    notes = _close(root, suffix, octave)
    if not fine(notes):
        return voicings(draw)
    lifted = (notes[0], above(notes[1], _OCTAVE), notes[2])
    key = _sorted(lifted)
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Open the triad {row(notes)} by lifting its middle note an octave.",
            f"The middle note of {row(notes)} goes up an octave.",
        )
        + " Write the notes from the lowest up.",
        answer=row(key),
        claim=music("opened", row(notes)),
        nudge="Which note is in the middle?",
        idea="Only its octave number changes.",
        part=f"{notes[1]} becomes {lifted[1]}; now sort the notes by height.",
        solution=(f"{lifted[1]} is the highest now.", row(key)),
        wrong=(
            (row(lifted), "drop-from-bottom"),
            (row((notes[0], notes[2], notes[1])), "drops-the-letter"),
        ),
    )


def _drop(draw: Draw, root: str, octave: int) -> Draft:
    suffix = draw.pick("maj7", "m7", "7", *(("m7b5",) if draw.from_level(4) else ()))
    place = draw.pick(2, 3) if draw.from_level(4) else 2
    notes = _close(root, suffix, octave)
    if not fine(notes):
        return voicings(draw)
    at, word = len(notes) - place, ("", "", "second", "third")[place]
    key = _sorted(_lowered(notes, at))
    bottom = _sorted(_lowered(notes, place - 1))
    unsorted = (*notes[:at], *notes[at + 1 :], _lowered(notes, at)[at])
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=f"Write {root}{suffix} in drop {place}, starting from the close position "
        f"{row(notes)}. Give the notes from the lowest up.",
        answer=row(key),
        claim=music("drop", row(notes), str(place)),
        nudge=f"Which is the {word} note from the top?",
        idea="Count from the top; that note goes down an octave and keeps its letter.",
        part=f"From the top: {', '.join(map(str, notes[: at - 1 : -1]))}. The last of these drops.",
        solution=(f"{notes[at]} becomes {_lowered(notes, at)[at]}.", row(key)),
        wrong=((row(bottom), "drop-from-bottom"), (row(unsorted), "drops-the-letter")),
    )


def _shell(draw: Draw, root: str, _: int) -> Draft:
    suffix = draw.pick("7", "maj7", "m7", "m7b5")
    notes = chord(note(root), suffix)
    if not fine(notes):
        return voicings(draw)
    key = (notes[0], notes[1], notes[3])
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"Write {root}{suffix} as a shell voicing (root, third, seventh), letters only, from "
            "the root up.",
            f"A pianist plays the shell of {root}{suffix}: root, third and seventh. Which letters?",
        ),
        answer=row(key),
        claim=music("member", root, suffix, "0", "1", "3"),
        nudge=f"Which notes are in {root}{suffix}?",
        idea="One of the four is left out: the fifth.",
        part=f"The whole chord begins {notes[0]}, {notes[1]}, {notes[2]}.",
        solution=(f"{row(notes)} without {notes[2]}.", row(key)),
        wrong=(
            (row((notes[0], notes[2], notes[3])), "shell-drops-third"),
            (row(notes[:3]), "shell-drops-third"),
        ),
    )


def voice_leading(draw: Draw) -> Draft:
    """Common notes, the shortest way, sevenths, motion, parallels."""
    made = draw.by_level(
        (_common, _motion),
        (_motion, _seventh, _common),
        (_seventh, _shortest),
        (_shortest, _parallels),
        (_parallels, _shortest),
    )
    return draw.pick(*made)(draw)


_MOVES: Final = ((3, 4), (4, 5), (5, 7), (6, 9), (6, 8), (3, 3))


def _two(draw: Draw) -> tuple[tuple[str, str], tuple[str, str]]:
    """Two triads, each root and suffix, that lie near each other."""
    root, suffix = draw.pick(*_ROOTS[:8]), draw.pick("", "m")
    other = above(note(root), Interval(*draw.pick(*_MOVES)))
    return (root, suffix), (str(other), draw.pick("", "m"))


def _common(draw: Draw) -> Draft:
    one, other = _two(draw)
    first, second = (chord(note(root), suffix) for root, suffix in (one, other))
    shared = tuple(p for p in first if p in second)
    if not fine((*first, *second)) or len(shared) not in {1, 2}:
        return _common(draw)
    many = len(shared) > 1
    names = f"{one[0]}{one[1]} and {other[0]}{other[1]}"
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=f"Which note{'s' if many else ''} do {names} have in common?"
        + (f" Write them in the order of {one[0]}{one[1]}." if many else ""),
        answer=row(shared),
        others=(row(shared[::-1]),) if many else (),
        claim=music("common", "|".join(one), "|".join(other)),
        nudge="Write both triads.",
        idea="In a smooth progression the common notes stay where they are.",
        part=f"The first is {row(first)}. Write the second below it.",
        solution=(f"{row(first)} and {row(second)}.", row(shared)),
        wrong=((other[0], "jumps-to-root"), (one[0], "jumps-to-root")),
    )


def _nearest(voices: tuple[Pitch, ...], goal: tuple[Pitch, ...]) -> list[tuple[Pitch, ...]]:
    """All ways with the least movement in all, in which every note of the goal is there."""
    near = [
        [
            p.at(octave)
            for p in goal
            for octave in range(1, 7)
            if abs(p.at(octave).semitones - voice.semitones) <= _FARTHEST
        ]
        for voice in voices
    ]
    ways: dict[tuple[Pitch, ...], int] = {}
    for way in product(*near):
        if {p.bare for p in way} == set(goal) and _sorted(way) == way:
            ways[way] = sum(
                abs(a.semitones - b.semitones) for a, b in zip(way, voices, strict=True)
            )
    return [way for way, moved in ways.items() if moved == min(ways.values())]


def _shortest(draw: Draw) -> Draft:
    (root, suffix), (other, kind) = _two(draw)
    notes, goal = _close(root, suffix, draw.pick(3, 4)), chord(note(other), kind)
    if not fine((*notes, *goal)):
        return _shortest(draw)
    turns = draw.pick(0, 1, 2)
    voices = _sorted([above(p, _OCTAVE) if at < turns else p for at, p in enumerate(notes)])
    ways = _nearest(voices, goal)
    if len(ways) != 1 or sum(a == b for a, b in zip(ways[0], voices, strict=True)) == len(voices):
        return _shortest(draw)
    key = ways[0]
    stays = [p for p in key if p in voices]
    in_root = _close(other, kind, voices[0].octave or 3)
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=f"Lead the chord {row(voices)} ({root}{suffix}) to {other}{kind} with the least "
        "movement of its three voices. Write the notes from the lowest up.",
        answer=row(key),
        claim=music("led", row(voices), f"{other}|{kind}"),
        nudge="Which notes are in both chords?",
        idea="Common notes stay; the others go to the nearest note of the new chord.",
        part=f"{' and '.join(map(str, stays))} can stay."
        if stays
        else f"{other}{kind} has {row(goal)}; nothing stays.",
        solution=(f"{other}{kind} has the notes {row(goal)}.", row(key)),
        wrong=(
            (row(in_root), "jumps-to-root"),
            (row([above(p, _OCTAVE) for p in in_root]), "jumps-to-root"),
        ),
    )


def _seventh(draw: Draw) -> Draft:
    root = draw.pick("C", "D", "E", "F", "G", "A", "B", "Bb", "Eb", "F#")
    goal = above(note(root), Interval(4, 5))
    leading = draw.coin()
    seventh, third = chord(note(root), "7")[3], chord(note(root), "7")[1]
    minor = draw.coin()
    key = goal if leading else above(goal, Interval(3, 3 if minor else 4))
    start = third if leading else seventh
    rising = above(start, Interval(2, 2))
    if not fine((goal, key, start, rising)):
        return _seventh(draw)
    word = "leading note" if leading else "seventh"
    name = f"{goal}{'m' if minor else ''}"
    return Draft(
        kind=AnswerKind.NOTES,
        prompt=draw.pick(
            f"In {root}7 {_DASH} {name}, to which note does the {word} of {root}7 go?",
            f"{root}7 is followed by {name}. Where does the {word} of {root}7 lead?",
        ),
        answer=str(key),
        claim=music("member", str(goal), "m" if minor else "", "0" if leading else "1"),
        nudge=f"Which note of {root}7 is the {word}{' (its third)' if leading else ''}?",
        idea="The leading note rises by a semitone; a seventh falls by a step.",
        part=f"It is {start}. Which note of {name} lies next to it in that direction?",
        solution=(f"{start} goes {'up' if leading else 'down'} by a step.", str(key)),
        wrong=((str(rising), "seventh-rises"), (str(goal), "jumps-to-root"))
        if not leading
        else ((root, "jumps-to-root"),),
    )


_MOTIONS: Final = ("Parallel motion", "Similar motion", "Contrary motion", "Oblique motion")


def _step(pitch: Pitch, steps: int) -> Pitch:
    octave, step = divmod(pitch.white + steps, 7)
    return Pitch("CDEFGAB"[step], 0, octave)


def _motion(draw: Draw) -> Draft:
    low = Pitch(draw.pick(*"CDEFGAB"), 0, 3)
    high = _step(low, draw.pick(2, 5, 9, 12))
    kind = draw.pick(*_MOTIONS)
    size, way = draw.integer(1, 3), draw.pick(1, -1)
    upper, lower = {
        "Parallel motion": (size * way, size * way),
        "Similar motion": (way * size, way * (size + 2)),
        "Contrary motion": (size * way, -draw.integer(1, 3) * way),
        "Oblique motion": draw.pick((size * way, 0), (0, size * way)),
    }[kind]
    ends = _step(high, upper), _step(low, lower)
    if ends[0].white <= ends[1].white:
        return _motion(draw)
    ideas = {"Oblique motion": "standing-is-parallel", "Parallel motion": "standing-is-parallel"}
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.pick(
            f"The upper voice goes from {high} to {ends[0]} while the lower one goes from {low} to "
            f"{ends[1]}. Which motion is this?",
            f"Upper voice {high} to {ends[0]}, lower voice {low} to {ends[1]}: which motion is it?",
        ),
        answer=kind,
        claim=music("motion", f"{high} {ends[0]}", f"{low} {ends[1]}"),
        nudge="Which way does each voice go?",
        idea="Parallel keeps the interval, similar goes the same way, contrary apart or together, "
        "oblique holds one voice.",
        part=f"In letters, the upper voice moves by {abs(upper)}, the lower one by {abs(lower)}.",
        solution=("Compare the directions, then the distances.", kind),
        choices=draw.shuffled(
            [(each, "" if each == kind else ideas.get(each, "")) for each in _MOTIONS]
        ),
    )


def _pair(low: Pitch, size: tuple[int, int]) -> tuple[Pitch, Pitch]:
    return low, above(low, Interval(*size))


def _shown(one: tuple[Pitch, Pitch], other: tuple[Pitch, Pitch]) -> str:
    return f"{one[0]}{_DASH}{one[1]} to {other[0]}{_DASH}{other[1]}"


def _parallels(draw: Draw) -> Draft:
    size, word = draw.pick((_PERFECT[0], "fifths"), (_PERFECT[1], "octaves"))
    lows = [Pitch(letter, 0, draw.pick(2, 3)) for letter in draw.some("CDEFGA", 5)]
    moved = [_step(low, draw.signed(1, 2)) for low in lows]
    right = _shown(_pair(lows[0], size), _pair(moved[0], size))
    thirds = [(3, 4), (3, 3)]
    rows = [
        (right, ""),
        (_shown(_pair(lows[1], size), _pair(lows[1], size)), "standing-is-parallel"),
        (
            _shown(_pair(lows[2], draw.pick(*thirds)), _pair(moved[2], draw.pick(*thirds))),
            "thirds-forbidden",
        ),
        (_shown(_pair(lows[3], size), _pair(moved[3], (6, 9))), ""),
    ]
    if any("#" in text or "b" in text for text, _ in rows):
        return _parallels(draw)
    choices = draw.shuffled(rows)
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.pick(
            f"Two voices move. Which of these is a pair of parallel {word}?",
            f"In which of these do two voices move in parallel {word}?",
        ),
        answer=right,
        claim=music("parallels", word, *(text for text, _ in choices)),
        nudge="Name the interval before and after.",
        idea=f"Both voices move, and both intervals are perfect {word}.",
        part="Where nothing moves, there is no parallel. Look for the same interval twice.",
        solution=(f"Both voices move, and both intervals are {word}.", right),
        choices=choices,
    )
