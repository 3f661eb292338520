"""A line in between is checked; what may be the answer is not."""

import pytest

from assistant.domain.exercise import AnswerKind, Exercise, Key, Proof, ProvedBy
from assistant.domain.ids import ConceptId, ExerciseId
from assistant.tutor.socratic.lines import said_of_line

PROOF = Proof(ProvedBy.AUTHOR, "")


def _exercise(prompt: str, key: str, kind: AnswerKind = AnswerKind.NUMBER) -> Exercise:
    return Exercise(ExerciseId("a/b/c"), ConceptId("b"), kind, prompt, Key(key), PROOF)


EQUATION = _exercise("Solve $3x + 7 = 22$.", "5")
PRIZE = _exercise("A third goes to Ada, a quarter to Bo, the rest is 250. How large is it?", "600")
INEQUALITY = _exercise("Solve $-5x < 30$.", "x > -6", AnswerKind.MATH)


@pytest.mark.parametrize(
    ("exercise", "message"),
    [
        (EQUATION, "I got 3x = 15, is that right?"),
        (EQUATION, "so 3x = 22 - 7 then"),
        (INEQUALITY, "is 5x > -30 ok?"),
        (PRIZE, "I wrote x/3 + x/4 + 250 = x"),
        (PRIZE, "250 * 3 = 750?"),
    ],
)
def test_a_line_that_follows_is_said_to_be_right(exercise: Exercise, message: str) -> None:
    said = said_of_line(exercise, message)
    assert said is not None
    assert said.right


@pytest.mark.parametrize(
    ("exercise", "message"),
    [(EQUATION, "is it 3x = 29?"), (INEQUALITY, "then 5x < -30"), (PRIZE, "250 * 3 = 700?")],
)
def test_a_line_that_does_not_follow_is_said_not_to(exercise: Exercise, message: str) -> None:
    said = said_of_line(exercise, message)
    assert said is not None
    assert not said.right


def test_a_known_wrong_idea_behind_a_line_is_named() -> None:
    said = said_of_line(EQUATION, "3x = 29")
    assert said is not None
    assert said.misconception == "moved-without-sign"


@pytest.mark.parametrize(
    ("exercise", "message"),
    [
        (EQUATION, "is x = 5 right?"),
        (EQUATION, "is x = 6 right?"),
        (EQUATION, "x = 15/3"),
        (EQUATION, "x = 18/3"),
        (INEQUALITY, "so x < -6?"),
        (INEQUALITY, "so x > -6?"),
        (PRIZE, "2x = 1200"),
        (PRIZE, "2x = 1000"),
        (PRIZE, "x/3 + 250 = x"),
        (PRIZE, "2l + 2w = 54"),
        (PRIZE, "why = because"),
        (EQUATION, "= ="),
        (EQUATION, "What now?"),
    ],
)
def test_what_may_be_the_answer_or_cannot_be_told_gets_no_verdict(
    exercise: Exercise, message: str
) -> None:
    assert said_of_line(exercise, message) is None
