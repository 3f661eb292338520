"""How an answer is understood, told while it is typed: before anything is graded or recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.exercise import AnswerKind, Exercise, StepVerdict
from assistant.services.jobs import Job, Workers

_LETTERS, _HIGHEST = 7, 42
"""Of an octave; and C6 as white keys from C0, two ledger lines above the staff."""


@dataclass(frozen=True, slots=True)
class StaffNote:
    """A note as it stands on a staff.

    Args:
        name: As it is called: ``F#4``.
        white: White keys since C0; without an octave in the one from middle C, or beside the last.
        alter: Sharps above zero, flats below.
    """

    name: str
    white: int
    alter: int


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """An answer as it was understood.

    Args:
        latex: As a formula; "" where it is none.
        words: In words; "" where a formula says it.
        notes: What stands on a staff.
        remark: What the learner should know of how it was read.
        trouble: Why it cannot be read; "" where it can.
    """

    latex: str = ""
    words: str = ""
    notes: tuple[StaffNote, ...] = ()
    remark: str = ""
    trouble: str = ""


class LineState(StrEnum):
    """What became of a line of a way."""

    GIVEN = "given"
    RIGHT = "right"
    WRONG = "wrong"
    FOLLOWS = "follows"
    """Right in itself, but it builds on a wrong one."""
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of a way: how it is understood, and whether it follows from the one before."""

    latex: str
    state: LineState


@dataclass(frozen=True, slots=True)
class ReadWay:
    """A way, line by line.

    Args:
        given: What it begins with, as a formula.
        lines: One for each line.
        wrong: The first wrong one; None where none was found.
    """

    given: str
    lines: tuple[ReadLine, ...]
    wrong: StepVerdict | None


class ReadingService:
    """Reads answers in the pool; nothing is recorded.

    Args:
        workers: The pool.
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    def answer(self, exercise: Exercise, text: str) -> Job[ReadAnswer]:
        """How an answer of mathematics or music is understood."""
        return self._workers.in_pool(lambda _: read_answer(exercise, text))

    def way(self, exercise: Exercise, lines: Sequence[str]) -> Job[ReadWay]:
        """How a way is understood, and where it goes wrong first."""
        return self._workers.in_pool(lambda _: read_way(exercise, lines))


def read_answer(exercise: Exercise, text: str) -> ReadAnswer:
    """The same at once."""
    if not text.strip():
        return ReadAnswer()
    if exercise.kind is AnswerKind.NOTES:
        return _music(exercise, text)
    return _mathematics(text)


def read_way(exercise: Exercise, lines: Sequence[str]) -> ReadWay:
    """The same at once."""
    from assistant.tutor.steps.judging import judged
    from assistant.tutor.steps.marks import Mark

    states = {
        Mark.GIVEN: LineState.GIVEN,
        Mark.RIGHT: LineState.RIGHT,
        Mark.WRONG: LineState.WRONG,
        Mark.WRONG_TOO: LineState.WRONG,
        Mark.FOLLOWS: LineState.FOLLOWS,
    }
    way = judged(lines, exercise.given, form=exercise.key.form) if lines else None
    marks = way.marks if way is not None else ()
    read = [
        ReadLine(
            _mathematics(line).latex,
            states.get(marks[place], LineState.UNREAD) if place < len(marks) else LineState.UNREAD,
        )
        for place, line in enumerate(lines)
    ]
    wrong = way.verdict if way is not None and way.verdict.step is not None else None
    return ReadWay(_mathematics(exercise.given).latex, tuple(read), wrong)


def _mathematics(text: str) -> ReadAnswer:
    from assistant.tutor.maths import Reading, read
    from assistant.tutor.maths.latex import latex_of
    from assistant.tutor.maths.units import parted

    parts = parted(text)
    unit = parts.name if parts is not None and parts.unit is not None and parts.plain else ""
    found = read(parts.number if parts is not None and unit else text)
    if not isinstance(found, Reading):
        return ReadAnswer(trouble=found.words)
    shown = latex_of(found.shape)
    if unit:
        # A percent or dollar sign would be markup here.
        escaped = "".join(f"\\{sign}" if sign in "%$#&_" else sign for sign in unit)
        shown = rf"{shown}\;\text{{{escaped}}}"
    return ReadAnswer(shown, remark=found.remark)


def _music(exercise: Exercise, text: str) -> ReadAnswer:
    from assistant.tutor.music.notation import ChordName, Misnamed, Row, read_row, row_of
    from assistant.tutor.music.pitches import Pitch

    key = exercise.key
    row = row_of(key.answer, (*key.others, *(wrong for wrong, _ in key.wrong)))
    items = read_row(text, row) if row is not None else None
    if row is None or items is None:
        kind = row.value if row is not None else "music"
        return ReadAnswer(trouble=f"This cannot be read as {kind} yet.")
    words: list[str] = []
    notes: list[StaffNote] = []
    for item in items:
        if isinstance(item, Misnamed):
            words.append("an interval that there is not")
        elif isinstance(item, ChordName):
            bass = f"/{_signed(str(item.bass))}" if item.bass is not None else ""
            words.append(f"{_signed(str(item.root))}{item.suffix}{bass}")
        elif isinstance(item, Pitch):
            words.append(_signed(str(item)))
            white = item.white
            if item.octave is None and notes:
                white = _white_beside(item.step, notes[-1].white)
            notes.append(StaffNote(words[-1], white, item.alter))
        else:
            words.append(str(item))
    shown = tuple(notes) if row is Row.PITCHES else ()
    return ReadAnswer(words=" ".join(words), notes=shown)


def _white_beside(step: int, before: int) -> int:
    """Where a note without an octave stands, as chords and scales are written.

    It is above the one before it; a step below where it is the next letter down; and never far
    above the staff.

    Args:
        step: Of its letter, 0 for C.
        before: White keys from C0 to the note before.
    """
    up = (step - before) % _LETTERS
    white = before + (up - _LETTERS if up == _LETTERS - 1 else up)
    return white if white <= _HIGHEST else white - _LETTERS * ((white - _HIGHEST) // _LETTERS + 1)


def _signed(name: str) -> str:
    """With the signs of music in the place of letters that stand for them."""
    return name[:1] + name[1:].replace("#", "♯").replace("b", "♭")
