"""A wrong answer is put into the equation: what comes out is told, and never the right one."""

import pytest

from assistant.domain.exercise import AnswerKind, Exercise, Key, Proof, ProvedBy
from assistant.domain.ids import ConceptId, ExerciseId
from assistant.tutor.hints.leaks import Guard
from assistant.tutor.steps.answers import why_not_solved


def _exercise(prompt: str, key: str, kind: AnswerKind = AnswerKind.MATH) -> Exercise:
    proof = Proof(ProvedBy.AUTHOR, "")
    return Exercise(ExerciseId("a/b/c"), ConceptId("b"), kind, prompt, Key(key), proof)


PLAIN = _exercise("Solve $2x + 1 = 4$.", "1.5", AnswerKind.NUMBER)
QUADRATIC = _exercise("Solve $x^2 + 3x - 10 = 0$. Give all solutions.", "x = 2 or x = -5")
INEQUALITY = _exercise("Solve $x + 8 > 3$.", "x > -5")


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        (PLAIN, "7", "At x = 7 the exercise has 15 on the left and 4 on the right."),
        (PLAIN, "x = 7", "At x = 7 the exercise has 15 on the left and 4 on the right."),
        (
            QUADRATIC,
            "x = 2 or x = 5",
            "At x = 5 the exercise has 30 on the left and 0 on the right.",
        ),
        (QUADRATIC, "2", ""),
        (_exercise("Solve $x^2 = 9$.", "x = 3 or x = -3"), "3", "Not all solutions are there."),
        (INEQUALITY, "x < -5", "x = \u22126 is in your answer, but does not solve it."),
        (INEQUALITY, "x > 13", "x = 13 solves it, but is not in your answer."),
        (_exercise("What is a fifth of 20?", "4", AnswerKind.NUMBER), "5", ""),
        (_exercise("Simplify $2x + 3x$.", "5x"), "6x", ""),
        (PLAIN, "", ""),
        (PLAIN, "seven or so (((", ""),
        (PLAIN, "7" * 300, ""),
        (PLAIN, "x", ""),
    ],
)
def test_what_a_wrong_answer_makes_of_the_exercise(
    exercise: Exercise, answer: str, words: str
) -> None:
    said = why_not_solved(exercise, answer)
    assert said.endswith(words) if words else said == ""
    assert Guard(exercise).leak(said) is None
