"""What an answer in music is worth: note by note, in order, by spelling and by sound."""

from typing import Final

from assistant.domain.exercise import Grade, Key, ProvedBy
from assistant.tutor.music.harmony import Roman
from assistant.tutor.music.notation import LONGEST, ChordName, Item, Row, read_row, rows_of
from assistant.tutor.music.pitches import Interval, Pitch

# No word of these may be a note or a numeral that could be the key: no “a”, no “I”.
_EXAMPLES: Final = {
    Row.PITCHES: ("“F# G”", "“Bb C”"),
    Row.INTERVALS: ("“m9”", "“P12”"),
    Row.ROMANS: ("“ii6 vi”", "“iii V”"),
    Row.CHORDS: ("“Gm7 Bb”", "“Dm7 Eb”"),
}
_TOO_LONG: Final = "The answer is too long to be read."
_HALF: Final = 0.5
_MOST_PARTIAL: Final = 0.9


def grade_notes(answer: str, key: Key) -> Grade:
    """What an answer is worth; never raises on what a learner typed.

    Order counts, unless the key has another order among its further answers; the octave counts
    where the key names it; a note that sounds right but is spelled otherwise is not right.

    Args:
        answer: Notes, intervals, chord symbols or Roman numerals, as typed.
        key: What a right answer is, in the same notation.
    """
    if not answer.strip() or len(answer) > LONGEST:
        return _unread(_TOO_LONG if answer.strip() else "There is no answer yet.")
    accepted = (key.answer, *key.others)
    rows = rows_of(key.answer, (*key.others, *(text for text, _ in key.wrong)))
    if not rows:
        return _unread("This answer cannot be checked here.")
    row, given = next(
        ((each, read) for each in rows if (read := read_row(answer, each)) is not None),
        (rows[0], None),
    )
    if given is None:
        example = next(e for e in _EXAMPLES[row] if e.strip("“”") not in accepted)
        return _unread(f"This could not be read as {row.value}. Write them like {example}.")
    wanted = [read for each in accepted if (read := read_row(each, row)) is not None]
    if any(_same_rows(given, each) for each in wanted):
        return Grade(correct=True, credit=1.0, words="That is right.", checked_by=ProvedBy.MUSIC)
    return max(
        (_wrong(given, each, _idea(given, key, row)) for each in wanted),
        key=lambda found: (found.equivalent_only, found.credit),
    )


def same(given: Item, wanted: Item) -> bool:
    """Whether two items are written alike; the octave counts where the wanted one has it."""
    if isinstance(given, Pitch) and isinstance(wanted, Pitch):
        return given.bare == wanted.bare and wanted.octave in {None, given.octave}
    return given == wanted


def _same_rows(given: tuple[Item, ...], wanted: tuple[Item, ...]) -> bool:
    pairs = zip(given, wanted, strict=False)
    return len(given) == len(wanted) and all(same(one, other) for one, other in pairs)


def _sounds(given: Item, wanted: Item) -> bool:
    """Whether two items sound alike, however they are written."""
    if isinstance(given, Pitch) and isinstance(wanted, Pitch):
        if wanted.octave is not None and given.octave is not None:
            return given.semitones == wanted.semitones
        return given.sound == wanted.sound and wanted.octave is None
    if isinstance(given, Interval) and isinstance(wanted, Interval):
        return given.semitones == wanted.semitones
    if isinstance(given, ChordName) and isinstance(wanted, ChordName):
        alike = given.root.sound == wanted.root.sound and given.suffix == wanted.suffix
        bass, other = given.bass or given.root, wanted.bass or wanted.root
        return alike and bass.sound == other.sound
    return given == wanted


def _idea(given: tuple[Item, ...], key: Key, row: Row) -> str:
    for text, idea in key.wrong:
        read = read_row(text, row)
        if read is not None and _same_rows(given, read):
            return idea
    return ""


def _wrong(given: tuple[Item, ...], wanted: tuple[Item, ...], idea: str) -> Grade:
    """The grade of what is not right, by what is nearest to it."""
    pairs = list(zip(given, wanted, strict=False))
    if len(given) == len(wanted):
        if all(_sounds(one, other) for one, other in pairs):
            return _grade(_HALF, "The sound is right, but not the spelling.", idea, equal=True)
        if all(_but_octave(one, other) for one, other in pairs):
            missing = any(isinstance(one, Pitch) and one.octave is None for one in given)
            words = "The octave number is missing." if missing else "Look at the octave again."
            return _grade(_HALF, f"The letters are right. {words}", idea)
        if len(given) > 1 and _another_order(given, wanted):
            return _grade(_HALF, "These are the right ones, in another order.", idea)
    share = _common(given, wanted) / max(len(given), len(wanted))
    words = _count_words(len(given), len(wanted), share)
    if not share and all(isinstance(item, Roman) for item in wanted):
        share, words = _romans(given, wanted)
    return _grade(min(share, _MOST_PARTIAL), words, idea)


def _romans(given: tuple[Item, ...], wanted: tuple[Item, ...]) -> tuple[float, str]:
    pairs = zip(given, wanted, strict=False)
    alike = len(given) == len(wanted) and all(
        isinstance(one, Roman) and isinstance(other, Roman) and one.degree == other.degree
        for one, other in pairs
    )
    if not alike:
        return 0.0, "That is not right yet."
    return _HALF, "The degree is right. Look at capitals, marks and figures again."


def _but_octave(given: Item, wanted: Item) -> bool:
    return isinstance(given, Pitch) and isinstance(wanted, Pitch) and given.bare == wanted.bare


def _another_order(given: tuple[Item, ...], wanted: tuple[Item, ...]) -> bool:
    left = list(wanted)
    for one in given:
        at = next((i for i, other in enumerate(left) if same(one, other)), None)
        if at is None:
            return False
        left.pop(at)
    return True


def _common(given: tuple[Item, ...], wanted: tuple[Item, ...]) -> int:
    """Length of the longest row that both hold in this order."""
    row = [0] * (len(wanted) + 1)
    for one in given:
        before = row[:]
        for at, other in enumerate(wanted):
            row[at + 1] = before[at] + 1 if same(one, other) else max(before[at + 1], row[at])
    return row[-1]


def _count_words(given: int, wanted: int, share: float) -> str:
    begin = "Some of it is right" if share else "That is not right yet"
    if given < wanted and wanted > 1:
        return f"{begin}; something is missing."
    if given > wanted:
        return f"{begin}; there is too much."
    return f"{begin}."


def _grade(credit: float, words: str, idea: str, *, equal: bool = False) -> Grade:
    return Grade(
        correct=False,
        credit=credit,
        words=words,
        checked_by=ProvedBy.MUSIC,
        equivalent_only=equal,
        misconception=idea,
    )


def _unread(words: str) -> Grade:
    return Grade(None, 0.0, words, ProvedBy.NOTHING)
