"""An equation that says the same as the key, but is not solved for what the key is solved for."""

import pytest

from assistant.domain.exercise import AnswerKind, Grade, Key
from assistant.tutor.maths import grade


def math(key: str, answer: str) -> Grade:
    return grade(answer, Key(key), AnswerKind.MATH)


@pytest.mark.parametrize(
    ("key", "answer", "letter"),
    [
        ("F = 9/5 C + 32", "C = 5/9 (F - 32)", "F"),
        ("W = (P - 2L)/2", "P = 2L + 2W", "W"),
        ("W = (P - 2L)/2", "2W = P - 2L", "W"),
        ("y = 2 - 2x/3", "2x + 3y = 6", "y"),
        ("y = 2x + 3", "y - 3 = 2x", "y"),
        ("y = 2x + 3", "2y = 4x + 6", "y"),
        ("x = (y - 3)/2", "y = 2x + 3", "x"),
        ("t = d/v", "d = v t", "t"),
        ("h = 2A/b", "A = b h/2", "h"),
        ("F = m a", "m a - F = 0", "F"),
        ("y > 2x", "y - 2x > 0", "y"),
    ],
)
def test_the_question_typed_back_is_equal_but_not_solved(
    key: str, answer: str, letter: str
) -> None:
    told = math(key, answer)
    assert (told.correct, told.credit, told.equivalent_only) == (False, 0.5, True)
    assert told.words.endswith(f"It is not solved for {letter} yet.")


@pytest.mark.parametrize("key", ["5", "x = 5"])
@pytest.mark.parametrize("answer", ["2x + 1 = 11", "2x = 10", "x - 5 = 0", "11 = 1 + 2x"])
def test_an_equation_in_one_unknown_is_not_its_solution(key: str, answer: str) -> None:
    told = math(key, answer)
    # It says the same as another equation, but is not equal to a number.
    assert (told.correct, told.equivalent_only) == (False, key == "x = 5")
    assert told.words.endswith("It is not solved to the end yet.")


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("x = 5", "5 = x"),
        ("x = 5", "{5}"),
        ("x = 5", "x = {5}"),
        ("x = 5", "10/2"),
        ("x = 5", "x + 0 = 5"),
        ("y = 2x + 3", "3 + 2x = y"),
        ("y = 2x + 3", "y = 2(x + 3/2)"),
        ("y = 2x + 3", "f(x) = 3 + 2x"),
        ("y = 2x + 3", "2x + 3"),
        ("x = y", "y = x"),
        ("2x + 3y = 6", "y = 2 - 2x/3"),
        ("P = 2L + 2W", "W = P/2 - L"),
        ("x > 3", "3 < x"),
    ],
)
def test_what_is_solved_stays_right(key: str, answer: str) -> None:
    assert math(key, answer).correct is True


@pytest.mark.parametrize(
    ("key", "answer"),
    [("5", "2x + 1 = 13"), ("5", "x = x"), ("t = d/v", "d = v + t"), ("y = 2x + 3", "2y = 4x + 3")],
)
def test_another_equation_is_wrong(key: str, answer: str) -> None:
    assert (math(key, answer).correct, math(key, answer).equivalent_only) == (False, False)


@pytest.mark.parametrize("key", ["x = 2 or x = -3", "{2, -3}", "2, -3"])
def test_an_equation_typed_for_its_solutions_is_said_to_be_unsolved(key: str) -> None:
    for answer in ("(x-2)(x+3) = 0", "x^2 + x - 6 = 0"):
        told = math(key, answer)
        assert (told.correct, told.credit) == (False, 0)
        assert told.words.endswith("It is not solved to the end yet.")
    for answer in ("(x+2)(x-3) = 0", "x - 2 = 0", "x = x", "y^2 + y - 6 > 0"):
        assert "solved" not in math(key, answer).words
