"""Answers as learners in many places type them, each with one that is nearly it and is not."""

import pytest

from assistant.domain.exercise import AnswerKind, Grade, Key
from assistant.tutor.maths import grade


def number(key: str, answer: str) -> Grade:
    return grade(answer, Key(key), AnswerKind.NUMBER)


def math(key: str, answer: str) -> Grade:
    return grade(answer, Key(key), AnswerKind.MATH)


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("90 min", "1h30", "1h03"),
        ("65 min", "1h 5m", "1 h 65 m"),
        ("330 s", "5 m 30 s", "5 m 3 s"),
        ("66 in", "5'6\"", "5.6 ft"),
        ("5'6\"", "5 ft 6 in", "56 in"),
        ("30.25°", "30°15'", "30.15°"),
        ("5 apples", "five apples", "six apples"),
        ("5", "five apples", "six apples"),
        ("1/2", "a half", "a third"),
        ("2.75", "two and three quarters", "2 and a half"),
        ("24", "two dozen", "two hundred"),
        ("60", "5 dozen", "5"),
        ("1200", "twelve hundred", "twelve"),
        ("30 min", "half an hour", "an hour"),
        ("25%", "twenty-five percent", "twenty percent"),
        ("-5", "negative 5", "5"),
        ("$5/h", "$5 per hour", "$5 per day"),
        ("$2.50 per ticket", "$2.5/ticket", "$2.50 per person"),
        ("5 Hz", "5 hz", "5 khz"),
        ("5 kWh", "5 KWH", "5 kW"),
        ("2:3", "2 to 3", "3 to 2"),
        ("2:3", "two to three", "two to five"),
        ("1/4", "1 in 4", "1 in 5"),
        ("1234.5", "1 234,5", "1 235,4"),
        ("1234567", "12,34,567", "12,34,576"),
        ("1000", "1_000", "1_001"),
        ("€3.50", "3,50 €", "$3.50"),
        ("$1500000", "$1.5 million", "$1.5 billion"),
        ("$20", "USD 20", "EUR 20"),
        ("250 pence", "£2.50", "£25"),
        ("500 yen", "¥500", "₹500"),
        ("3 km/h", "3 kph", "3 mph"),
        ("20 m/s", "20 ms⁻¹", "20 ms"),
        ("12 cm^2", "12 cm squared", "12 cm cubed"),
        ("12 cm^3", "12 cc", "12 cl"),
        ("25 °C", "25 C", "25 F"),
        ("25 °C", "77 degrees Fahrenheit", "77 degrees Celsius"),
        ("3 Nm", "3 N·m", "3 nm"),
        ("5", "about 5", "about 6"),
        ("1/3", "0.3\u0305", "0.3"),
        ("10:30 pm", "22:30", "21:30"),
    ],
)
def test_amounts(key: str, right: str, wrong: str) -> None:
    assert number(key, right).correct is True
    assert number(key, wrong).correct is not True


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("n(n-1)/2", "C(n,2)", "C(n,3)"),
        ("10", "5 choose 2", "5 choose 1"),
        ("20", "5P2", "5C2"),
        ("\\binom{n}{k}", "C(n, k)", "C(k, n)"),
        ("x=±3", "x_1 = 3; x_2 = -3", "x_1 = 3; x_2 = 2"),
        ("x=±3", "x = 3 ∨ x = -3", "x = 3"),  # noqa: RUF001 - the sign itself is meant
        ("±1", "+-1", "-1"),
        ("{3,-3}", "S={3;-3}", "S={3;2}"),
        ("(1,2)", "P(1, 2)", "P(2, 1)"),
        ("(1,2)", "(1|2)", "(2|1)"),
        ("(1,2)", "(x, y) = (1, 2)", "(x, y) = (2, 1)"),
        ("(1,2)", "\\begin{pmatrix}1\\\\2\\end{pmatrix}", "\\begin{pmatrix}2\\\\1\\end{pmatrix}"),
        ("(1,2,3)", "[1,2,3]", "[3,2,1]"),
        ("x>=5", "x=>5", "x<5"),
        ("x>3", "x is greater than 3", "x is at least 3"),
        ("x≠0", "ℝ \\ {0}", "ℝ \\ {1}"),  # noqa: RUF001 - the sign itself is meant
        ("x≠0", "all real numbers except 0", "all real numbers"),
        ("x≠1 and x≠-1", "x ≠ ±1", "x ≠ 1"),
        ("x<1 or x>2", "x<1 or 2<x", "x<1 and x>2"),
        ("cbrt(x)", "³√x", "√x"),
        ("3", "log2 8", "log2 4"),
        ("2", "log_10 100", "log_10 10"),
        ("2x", "f'(x) = 2x", "f'(x) = x"),
        ("y' = 2x", "dy/dx = 2x", "y = 2x"),
        ("2i", "√-4", "-2i"),
    ],
)
def test_formulas(key: str, right: str, wrong: str) -> None:
    assert math(key, right).correct is True
    assert math(key, wrong).correct is not True


@pytest.mark.parametrize("answer", ["1/2x", "1/2 x"])
def test_a_slash_takes_one_factor_below_the_line(answer: str) -> None:
    assert math("x/2", answer).correct is True
    told = math("1/(2x)", answer)
    assert told.correct is False
    assert "brackets" in told.words
    assert math("1/(3x)", answer).words == "That is not right yet."


def test_what_cannot_be_read_is_told_truly() -> None:
    assert "bracket is not closed" in math("2", "(1+1").words
    assert "“,” between brackets" in math("2", "g(1,1)").words
    assert "another kind" in math("2", "(1+1]").words
    assert "“foos” is no unit" in number("5 cm", "5 foos").words


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("1", "1)", "2)"),
        ("B", "option B", "option C"),
        ("B", "Answer: (b)", "(c)"),
        ("print(x)", "print( x )", "print[x]"),
        ("print(x)", " print(x)", "Print(x)"),
        ("if x == 3:", "if x==3:", "if x = 3:"),
        ("return x", "return  x", "return X"),
        ("print('a b')", "print( 'a b' )", "print('ab')"),
        ("xs.append(1)", "xs.append( 1 )", "xs.append[1]"),
        ("Cell(s)", "cell(s)", "cells"),
        ("a = b", "a=b", "a == b"),
    ],
)
def test_choices(key: str, right: str, wrong: str) -> None:
    assert grade(right, Key(key), AnswerKind.CHOICE).correct is True
    assert grade(wrong, Key(key), AnswerKind.CHOICE).correct is False


def test_a_choice_in_code_says_what_counts() -> None:
    assert "capitals" in grade("Print(x)", Key("print(x)"), AnswerKind.CHOICE).words


@pytest.mark.parametrize(
    ("key", "slip", "other_term"),
    [
        ("sulfate", "sulfatte", "sulfite"),
        ("ethane", "ethanne", "ethene"),
        ("glucose", "glucosse", "glucase"),
        ("capitalism", "capitalizm", "capitalist"),
        ("causal", "caussal", "casual"),
        ("absorption", "absorbtion", "adsorption"),
        ("stationary", "stationnary", "stationery"),
        ("independence", "independance", "interdependence"),
        ("photosynthesis", "photosynthesys", "chemosynthesis"),
        ("segment", "segmant", "sediment"),
    ],
)
def test_a_slip_is_no_other_term(key: str, slip: str, other_term: str) -> None:
    assert grade(slip, Key(key), AnswerKind.SHORT).correct is True
    assert grade(other_term, Key(key), AnswerKind.SHORT).correct is False
