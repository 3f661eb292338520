"""Writings that mean the same as the key: unit vectors, terms in words, mixed numbers, angles."""

import pytest

from assistant.domain.exercise import AnswerKind, Grade, Key
from assistant.tutor.maths import grade
from assistant.tutor.maths.phrases import in_terms


def math(key: str, answer: str) -> Grade:
    return grade(answer, Key(key), AnswerKind.MATH)


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("<1,2,3>", "i + 2j + 3k", "i - 2j + 3k"),
        ("(1,2,3)", "3k + i + 2j", "i + 3j + 2k"),
        ("(3,-4)", "3i - 4j", "3i - 4k"),
        ("<3,0,-4>", "3i - 4k", "3i - 4j"),
        ("<1/2, 3>", "i/2 + 3j", "i/2 - 3j"),
        ("<2a, b>", "2a i + b j", "a i + 2b j"),
        ("<0,1,0>", "j", "k"),
        ("i + 2j + 3k", "<1,2,3>", "<1,3,2>"),
        ("i + 2j + 3k", "[1,2,3]", "[3,2,1]"),
        ("3i - 4j", "(3,-4)", "(-4,3)"),
        (r"\begin{pmatrix}1\\2\\3\end{pmatrix}", "i + 2j + 3k", "i + 2j"),
        ("<1,2,3>", r"\hat{i} + 2\hat{j} + 3\hat{k}", r"\hat{i} + 2\hat{j}"),
        ("<1,2,3>", "î + 2ĵ + 3k\u0302", "î + 3ĵ + 2k\u0302"),
        ("1 + 2i", "2i + 1", "(1, 2)"),
    ],
)
def test_a_vector_by_its_unit_vectors(key: str, right: str, wrong: str) -> None:
    assert math(key, right).correct is True
    assert math(key, wrong).correct is False


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("x + 5", "five more than x", "five more than y"),
        ("x + 5", "the sum of x and 5", "the product of x and 5"),
        ("x - 3", "x less 3", "3 less x"),
        ("x - 3", "3 less than x", "x less than 3"),
        ("x - 3", "three fewer than x", "two fewer than x"),
        ("x - 3", "x decreased by 3", "x increased by 3"),
        ("2x", "twice x", "triple x"),
        ("2x + 5", "five more than twice x", "twice the sum of x and 5"),
        ("2(x + 5)", "twice the sum of x and 5", "twice x plus 5"),
        ("3x - 4", "4 less than three times x", "3 less than four times x"),
        ("2n + 1", "one more than twice a number", "twice one more than a number"),
        ("x/2", "half of x", "half of y"),
        ("x/2", "the quotient of x and 2", "the quotient of 2 and x"),
        ("5 - x", "subtract x from 5", "subtract 5 from x"),
        ("(x + 1)^2", "the square of the sum of x and 1", "the sum of the square of x and 1"),
        ("2x/3", "two thirds of x", "one third of x"),
        ("2x = 10", "twice x is 10", "x is 10"),
        ("x + 5 = 12", "five more than a number is 12", "five less than a number is 12"),
        ("five more than x", "x + 5", "5x"),
        ("x < 3", "x less than 3", "x more than 3"),
    ],
)
def test_a_term_in_words(key: str, right: str, wrong: str) -> None:
    assert math(key, right).correct is True
    assert math(key, wrong).correct is not True


@pytest.mark.parametrize(
    "words",
    [
        "the sum of x and 3 divided by 2",
        "x plus 3 doubled",
        "more than 5",
        "x is less than 3",
        "a number",
        "the sum of x",
        "twice " * 20 + "x",
    ],
)
def test_what_is_no_term_or_could_be_two_is_not_read(words: str) -> None:
    assert in_terms(words) is None


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("3/2", "1 and 1/2", "1 and 1/3"),
        ("3/2", "1 & 1/2", "2 & 1/2"),
        ("2, 1/3", "2 and 1/3", "7/3"),
        ("45.5°", "45°30'", "45°50'"),
        ("45.5°", "45° 30′", "45° 5′"),  # noqa: RUF001 - the sign itself is meant
        ("90", "90°", "9°"),
        ("25", "25%", "20%"),
        ("2 ± sqrt(3)", "2+-sqrt(3)", "2+-sqrt(5)"),
        ("x_1", "x1", "x2"),
        ("x = 1, y = 2", "x=1 y=2", "x=2 y=1"),
        ("(x+1)(x-2)", "(x+1).(x-2)", "(x+1).(x+2)"),
        ("x ≠ 2", "all reals except x = 2", "all reals except x = 3"),
        ("log_2(x)", "log base 2 of x", "log base 3 of x"),
        ("ln(x)", "the natural log of x", "the natural log of y"),
        ("|x|", "the absolute value of x", "x"),
        ("cbrt(5)", "cuberoot(5)", "sqrt(5)"),
        ("f^-1(x) = x/2", "x/2", "2/x"),
        ("f^-1(x) = x/2", "y = x/2", "f(x) = 2/x"),
        ("no solution", "impossible", "possible"),
        ("-5", "neg 5", "5"),
        ("3,000", "3000", "3"),
        ("3,000", "3 000", "3.000"),
        ("√2", "rt2", "rt3"),
        ("3√2", "3rt(2)", "3rt(3)"),
        ("√10", "rt 2 * rt 5", "rt 2 + rt 5"),
        ("√(x+1)", "rt(x+1)", "rt(x)+1"),
        ("3 + √2, 3 - √2", "3 ± rt2", "2 ± rt3"),
        ("3 ± √2", "3+-rt(2)", "3 ± 2rt"),
        ("2rt", "rt2", "√2"),
        ("r + t", "t + r", "rt"),
        ("3*10^-5", "3 x 10-5", "3 x 10-4"),
        ("3*10^-5", "3x10^-5", "3x10^5"),
        ("0.00003", "3 × 10−5", "3 × 105"),  # noqa: RUF001 - the sign itself is meant
        ("30x - 5", "3 x 10-5", "3 * 10-5"),
    ],
)
def test_other_writings(key: str, right: str, wrong: str) -> None:
    assert math(key, right).correct is True
    assert math(key, wrong).correct is not True
