"""A line in between is checked; what may be the answer is not, right or wrong."""

import pytest

from assistant.domain.exercise import AnswerKind, Exercise, Form, Key, Proof, ProvedBy
from assistant.domain.ids import ConceptId, ExerciseId
from assistant.tutor.socratic.guesses import HAND_IN
from assistant.tutor.socratic.lines import said_of_line

PROOF = Proof(ProvedBy.AUTHOR, "")


def _exercise(
    prompt: str, key: str, kind: AnswerKind = AnswerKind.NUMBER, form: Form = Form.ANY
) -> Exercise:
    return Exercise(ExerciseId("a/b/c"), ConceptId("b"), kind, prompt, Key(key, form=form), PROOF)


EQUATION = _exercise("Solve $3x + 7 = 22$.", "5")
BRACKET = _exercise("Solve $4(x - 3) = 20$.", "8")
ONE_STEP = _exercise("Solve $x + 9 = 4$.", "-5")
FRACTIONS = _exercise(r"Solve $\dfrac{x}{3} + \dfrac{x}{4} = 7$.", "12")
BELOW = _exercise(r"Solve $\dfrac{18}{x} + 1 = 4$.", "6")
GAME = _exercise("Tarek thinks of a number, doubles it, takes away 11 and gets $-3$. Which?", "4")
PRIZE = _exercise("A third goes to Ada, a quarter to Bo, the rest is 250. How large is it?", "600")
BOOKS = _exercise("Two shelves hold 74 books. One holds 8 fewer. How many does it hold?", "33")
INEQUALITY = _exercise("Solve $-5x < 30$.", "x > -6", AnswerKind.MATH)
AT_MOST = _exercise(r"Solve $4x - 7 \le 13$.", "x <= 5", AnswerKind.MATH)
FORMULA = _exercise(
    r"Solve $y = 3x + 12$ for $x$. What stands on the right of $x = \ldots$?",
    "(y - 12)/3",
    AnswerKind.MATH,
)
CURRENT = _exercise("Solve $U = RI$ for $R$.", "U/I", AnswerKind.MATH)
AREA = _exercise(r"It is $A = \frac{1}{2}gh$. Solve for $h$.", "2A/g", AnswerKind.MATH)
SYSTEM = _exercise(
    "Solve $x + y = 10$ and $x - y = 4$. Write the pair like (1, 2).", "(7, 3)", AnswerKind.MATH
)
SQUARE = _exercise("Find all solutions of $x^2 - 9x + 14 = 0$.", "x = 2 or x = 7", AnswerKind.MATH)
SUM = _exercise(r"Work out $7 + 3 \times 5$.", "22")
SIMPLIFY = _exercise("Simplify $9 - (4 - 2x)$.", "2x + 5", AnswerKind.MATH, Form.SIMPLIFIED)


@pytest.mark.parametrize(
    ("exercise", "message"),
    [
        (EQUATION, "I got 3x = 15, is that right?"),
        (EQUATION, "so 3x = 22 - 7 then"),
        (EQUATION, "I subtracted 7 on both sides and got 3x = 15"),
        (EQUATION, "3 \u00d7 x = 15"),
        (EQUATION, "15 = 3x"),
        (EQUATION, "can i write 3x+7-22=0"),
        (EQUATION, "3x + 7 - 7 = 22 - 7"),
        (EQUATION, "3x+7=22, 3x=15"),
        (EQUATION, "3x + 5 = 20"),
        (BRACKET, "i divided by 4 and got x-3=5"),
        (BRACKET, "x - 3 = 20/4"),
        (FRACTIONS, "4x + 3x = 84"),
        (BELOW, r"\frac{18}{x} = 3"),
        (INEQUALITY, "is 5x > -30 ok?"),
        (AT_MOST, r"4x \le 20"),
        (AT_MOST, "4x =< 20"),
        (FORMULA, "3x = y - 12"),
        (AREA, "2A = gh"),
        (SYSTEM, "2x = 14"),
        (SYSTEM, "x = 10 - y"),
        (SQUARE, "(x-2)(x-7)=0"),
        (PRIZE, "I wrote x/3 + x/4 + 250 = x"),
        (BOOKS, "x + x + 8 = 74"),
        (GAME, "my equation is 2n-11=-3"),
        (PRIZE, "250 * 3 = 750?"),
        (SUM, r"3 \times 5 = 15"),
        (SIMPLIFY, "9 - (4 - 2x) = 9 - 4 + 2x"),
    ],
)
def test_a_line_that_follows_is_said_to_be_right(exercise: Exercise, message: str) -> None:
    said = said_of_line(exercise, message)
    assert said is not None
    assert said.right


@pytest.mark.parametrize(
    ("exercise", "message"),
    [
        (EQUATION, "is it 3x = 29?"),
        (EQUATION, "3x+7=22, 3x=14"),
        (BRACKET, "4x - 3 = 20"),
        (BELOW, "18/x = 5"),
        (INEQUALITY, "then 5x < -30"),
        (FORMULA, "y + 12 = 3x"),
        (SYSTEM, "2x = 6"),
        (SQUARE, "(x+2)(x+7)=0"),
        (PRIZE, "250 * 3 = 700?"),
        (SUM, "3*5=14"),
        (SIMPLIFY, "9 - (4 - 2x) = 9 - 4 - 2x"),
    ],
)
def test_a_line_that_does_not_follow_is_said_not_to(exercise: Exercise, message: str) -> None:
    said = said_of_line(exercise, message)
    assert said is not None
    assert said.right is False


def test_numbers_of_any_length_are_weighed_at_once() -> None:
    for zeros in ("0" * 9, "0" * 15):
        exercise = _exercise(f"Solve $6{zeros}x + 12{zeros} = 30{zeros}$.", "3")
        said = said_of_line(exercise, f"Is 6{zeros}x = 18{zeros} right?")
        assert said is not None
        assert said.right


def test_the_line_that_is_meant_is_named() -> None:
    said = said_of_line(EQUATION, "3x = 15, so x = 6")
    assert said is not None
    assert said.text.startswith("`3x = 15` is right")


def test_a_known_wrong_idea_behind_a_line_is_named() -> None:
    said = said_of_line(EQUATION, "3x = 29")
    assert said is not None
    assert said.misconception == "moved-without-sign"


@pytest.mark.parametrize(
    ("exercise", "right", "wrong"),
    [
        (EQUATION, "is x = 5 right?", "is x = 6 right?"),
        (EQUATION, "x = 15/3", "x = 18/3"),
        (EQUATION, "5=x", "6=x"),
        (EQUATION, "10/2 = x", "12/2 = x"),
        (EQUATION, "x-5=0", "x-6=0"),
        (EQUATION, "x+0=5", "x+0=6"),
        (EQUATION, "2x=10", "2x=12"),
        (EQUATION, "x^2 = 25", "x^2 = 36"),
        (EQUATION, "1/x = 1/5", "1/x = 1/6"),
        (EQUATION, "x + x = 10", "x + x = 12"),
        (EQUATION, "6x = 5x + 5", "6x = 5x + 6"),
        (EQUATION, "3*5+7=22", "3*6+7=22"),
        (EQUATION, "the answer is 4+1=5", "the answer is 4+2=6"),
        (EQUATION, "-x = -5", "-x = -6"),
        (BRACKET, "x - 8 = 0", "x - 7 = 0"),
        (ONE_STEP, "x + 9 = -5 + 9", "x + 9 = -4 + 9"),
        (ONE_STEP, "x + 10 = 5", "x + 10 = 6"),
        (INEQUALITY, "-6 < x", "-6 > x"),
        (INEQUALITY, "2x > -12", "2x < -12"),
        (AT_MOST, "x - 5 <= 0", "x - 5 >= 0"),
        (FORMULA, "(y-12)/3 = x", "(y+12)/3 = x"),
        (CURRENT, "R - U/I = 0", "R - I/U = 0"),
        (SYSTEM, "7 + y = 10", "6 + y = 10"),
        (SYSTEM, "x + 2y = 13", "x + 2y = 14"),
        (SQUARE, "x - 2 = 0", "x - 3 = 0"),
        (PRIZE, "2x = 1200", "2x = 1000"),
        (PRIZE, "x + 1 = 601", "x + 1 = 501"),
        (SUM, "7 + 15 = 22", "7 + 15 = 23"),
        (SUM, "11*2=22", "25*2=50"),
        (SIMPLIFY, "9 - 4 + 2x = 2x + 5", "9 - 4 + 2x = 2x - 5"),
    ],
)
def test_what_may_be_the_answer_gets_the_same_reply_right_or_wrong(
    exercise: Exercise, right: str, wrong: str
) -> None:
    said = said_of_line(exercise, right)
    assert said is not None
    assert said.right is None
    assert said == said_of_line(exercise, wrong)


def test_what_stands_alone_is_to_be_handed_in_and_too_many_of_a_letter_are_asked_about() -> None:
    alone = said_of_line(EQUATION, "x = 5")
    assert alone is not None
    assert alone.text == HAND_IN
    many = said_of_line(EQUATION, "10x = 22")
    assert many is not None
    assert many.text.startswith("How did you come to so many `x`?")


@pytest.mark.parametrize(
    "message", ["why = because", "= =", "What now?", "how do I do 3x + 7 = 22"]
)
def test_what_is_no_line_is_left_to_others(message: str) -> None:
    assert said_of_line(EQUATION, message) is None
