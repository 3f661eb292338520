"""How answers are understood while they are typed."""

from assistant.domain.exercise import AnswerKind, Exercise, Key, Proof, ProvedBy
from assistant.domain.ids import ConceptId, ExerciseId
from assistant.services.jobs import Workers
from assistant.services.study.reading import (
    LineState,
    ReadAnswer,
    ReadingService,
    read_answer,
    read_way,
)

PROOF = Proof(ProvedBy.AUTHOR, "")


def exercise(kind: AnswerKind, key: str, given: str = "") -> Exercise:
    return Exercise(ExerciseId("e"), ConceptId("c"), kind, "?", Key(key), PROOF, given=given)


def test_mathematics_is_shown_as_a_formula_with_what_should_be_known() -> None:
    number = exercise(AnswerKind.NUMBER, "5")
    assert read_answer(number, "3/4") == ReadAnswer(r"\frac{3}{4}")
    assert read_answer(number, "  ") == ReadAnswer()
    assert read_answer(number, "5 cm").latex == r"5\;\text{cm}"
    assert read_answer(number, "1,5").remark or read_answer(number, "1,5").latex
    trouble = read_answer(number, "3 +")
    assert trouble.trouble
    assert not trouble.latex
    assert read_answer(number, "9" * 100_000).trouble


def test_music_is_shown_by_name_and_on_the_staff() -> None:
    notes = exercise(AnswerKind.NOTES, "F#4 Bb4")
    read = read_answer(notes, "f#4, Eb")
    assert read.words == "F♯4 E♭"
    assert [(note.white, note.alter) for note in read.notes] == [(31, 1), (30, -1)]
    assert read_answer(notes, "hello").trouble == "This cannot be read as notes yet."
    assert read_answer(exercise(AnswerKind.NOTES, "Gm7/Bb"), "am7/g").words == "Am7/G"
    intervals = read_answer(exercise(AnswerKind.NOTES, "M3 P5"), "m3 m5")
    assert intervals.words == "m3 an interval that there is not"
    assert not intervals.notes


def test_notes_without_octaves_rise_as_chords_and_scales_are_written() -> None:
    def whites(text: str) -> list[int]:
        asked = exercise(AnswerKind.NOTES, "G B D F")
        return [note.white - 28 for note in read_answer(asked, text).notes]

    assert whites("G B D F") == [4, 6, 8, 10]
    assert whites("G A B C D E F# G") == [4, 5, 6, 7, 8, 9, 10, 11]
    assert whites("G F E D") == [4, 3, 2, 1]
    assert whites("C G C") == [0, 4, 7]
    assert whites("G2 B") == [-10, -8]
    assert max(whites("C E G " * 8)) <= 14
    assert whites("C C") == [0, 0]


def test_each_line_of_a_way_is_judged_by_the_one_before() -> None:
    solve = exercise(AnswerKind.STEPS, "x = -7", "3(x - 4) = 5x + 2")
    way = read_way(solve, ("3x - 12 = 5x + 2", "3x - 5x = 2 - 12", "-2x = -10", "words"))
    assert way.given == r"3 \left(x - 4\right) = 5 x + 2"
    states = [line.state for line in way.lines]
    assert states == [LineState.RIGHT, LineState.WRONG, LineState.FOLLOWS, LineState.UNREAD]
    assert way.wrong is not None
    assert way.wrong.step == 1
    assert way.wrong.why
    assert read_way(solve, ()).lines == ()
    assert read_way(solve, ("what is this",)).wrong is None


def test_a_way_in_the_window_is_judged_as_one_in_a_file() -> None:
    def states(given: str, *lines: str) -> list[LineState]:
        way = read_way(exercise(AnswerKind.STEPS, "1", given), lines)
        return [line.state for line in way.lines]

    right, wrong = LineState.RIGHT, LineState.WRONG
    assert states("2x + 1 < 7", "2x < 6", "x < 3") == [right, right]
    assert states("4 - 2x > 10", "-2x > 6", "x > -3", "-3 < x") == [right, wrong, LineState.FOLLOWS]
    system = "2x + y = 7, x - y = 2"
    assert states(system, "3x = 9", "x = 3", "add them", "y = 13") == [
        right, right, LineState.UNREAD, wrong,
    ]  # fmt: skip
    assert states("5x - 3 = 2x + 9", "3x = 12 => x = 36", "x = 4") == [wrong, LineState.WRONG]
    assert states("2x + 1,5 = 4", "2x = 2,5") == [right]
    tried = read_way(exercise(AnswerKind.STEPS, "3", "x^2 = 9"), ("x = 3", "perhaps x = -3 too"))
    assert tried.wrong is None
    assert tried.lines[0].state is not wrong


def test_it_is_read_in_the_pool() -> None:
    workers = Workers()
    service = ReadingService(workers)
    answer = service.answer(exercise(AnswerKind.MATH, "x"), "x^2").result(60)
    assert answer.latex == "x^{2}"
    assert service.way(exercise(AnswerKind.STEPS, "x", "x = 1"), ()).result(60).wrong is None
    workers.close()
