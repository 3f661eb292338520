# ruff: noqa: RUF001 - the signs themselves are meant
"""Sets typed as conditions with commas, signs and words between, and what a comma may mean."""

import pytest

from assistant.domain.exercise import AnswerKind, Grade, Key
from assistant.tutor.maths import grade


def math(key: str, answer: str) -> Grade:
    return grade(answer, Key(key), AnswerKind.MATH)


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("(-∞,2)∪(3,∞)", "x<2, x>3", "x<3, x>2"),
        ("(-∞,2)∪(3,∞)", "x > 3; x < 2", "x > 2; x < 3"),
        ("(-∞,2)∪(3,∞)", "x < 2 or x > 3", "x < 2 and x > 3"),
        ("(-∞,2)∪(3,∞)", "x<2 ∪ x>3", "x<2 ∩ x>3"),
        ("(-∞,2)∪(3,∞)", "x<2 U x>3", "x<2 U x>4"),
        ("(-∞,2)∪(3,∞)", "x<2 || x>3", "x<2 && x>3"),
        ("(-∞,2)∪(3,∞)", "(-∞,2), (3,∞)", "(-∞,3), (2,∞)"),
        ("(-∞,-1]∪[0,1]∪[3,∞)", "x≤-1, 0≤x≤1, x≥3", "x≤-1, 0≤x≤1, x>3"),
        ("x < 2 or x > 3", "x<2, x>3", "x>2, x<3"),
        ("2<x<3", "x>2, x<3", "x<2, x>3"),
        ("(2,3)", "x>2 & x<3", "x>2 || x<3"),
        ("(2,3)", "(2,∞) ∩ (-∞,3)", "(2,∞) ∪ (-∞,3)"),
        ("x ≠ 2", "x<2, x>2", "x≤2, x>2"),
    ],
)
def test_conditions_in_a_list(key: str, right: str, wrong: str) -> None:
    assert math(key, right).correct is True
    assert math(key, wrong).correct is False


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("no solution", "x<2, x>3"),
        ("all real numbers", "x>2, x<3"),
        ("(3,∞)", "x > 2, x > 3"),
        ("(2,∞)", "x > 2, x > 3"),
        ("(2,7)", "(2,5), (3,7)"),
        ("(-∞,-1]∪[3,∞)", "(-∞,-1] and [3,∞)"),
    ],
)
def test_a_comma_that_is_not_clear_makes_nothing_right(key: str, answer: str) -> None:
    assert math(key, answer).correct is False


def test_u_stays_a_letter_where_no_sets_stand_around_it() -> None:
    assert math("3u", "3 u").correct is True
    assert math("v = u + 2", "v = 2 + u").correct is True


def test_values_of_several_unknowns_have_to_be_named() -> None:
    for answer in ("2, -1", "x = 2, -1", "2 and -1"):
        told = math("x = 2, y = -1", answer)
        assert (told.correct, told.credit) == (False, 0.5)
        assert told.words.endswith("Say which unknown has which value.")
    assert math("x = 2, y = -1", "-1, 2").credit == 0
    assert math("x = 2, y = -1", "y = -1, x = 2").correct is True
    assert math("x = 2 or x = -1", "-1, 2").correct is True


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("{1,3,5,...}", "{1, 3, 5, …}", "{1,3,5}"),
        ("{1,3,5,...}", r"1, 3, 5, \ldots", "{1,3,7,...}"),
        ("{2,4,...,20}", "{2,4,⋯,20}", "{2,4,20}"),
        (r"\vec{v}=\langle 1,2\rangle", "(1,2)", "(2,1)"),
        ("v=<1,2>", "<1,2>", "<2,1>"),
        ("(1,2)", "u = (1,2)", "u = (2,1)"),
        ("10", "10,", "10, 11"),
        ("6.5*10^4", "6,5·10⁴", "6,5·10³"),
    ],
)
def test_lists_that_go_on_named_vectors_and_stray_commas(key: str, right: str, wrong: str) -> None:
    assert math(key, right).correct is True
    assert math(key, wrong).correct is False


def test_a_key_that_is_no_word_and_cannot_be_read_is_compared_with_its_signs() -> None:
    assert math("[1, 2[ ?", "1 2").correct is False
    assert math("[1, 2[ ?", "[1,2[?").correct is True
    assert math("two thirds of it", "Two thirds, of it!").correct is True


@pytest.mark.parametrize(
    ("answer", "correct"),
    [("4x", True), ("C", True), ("(c)", True), ("C) 4x", True), ("B) 4x", False), ("B", False)],
)
def test_a_choice_by_its_letter_or_its_text(answer: str, *, correct: bool) -> None:
    assert grade(answer, Key("C) 4x"), AnswerKind.CHOICE).correct is correct
