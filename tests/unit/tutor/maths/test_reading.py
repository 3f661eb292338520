from fractions import Fraction

import pytest

from assistant.tutor.maths import Reading, Trouble, expression, read, readings
from assistant.tutor.maths.nodes import Mixed, Number
from assistant.tutor.maths.shapes import (
    Bracketed,
    Expression,
    Matrix,
    Relation,
    Saying,
    Several,
    Shape,
    Union,
)
from assistant.tutor.maths.values import exact


def shape(text: str) -> Shape:
    found = read(text)
    assert isinstance(found, Reading), found
    return found.shape


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/2", Fraction(1, 2)),
        ("½", Fraction(1, 2)),
        ("1½", Fraction(3, 2)),
        ("1 1/2", Fraction(3, 2)),
        ("-1 1/2", Fraction(-3, 2)),
        (r"1\frac{1}{2}", Fraction(3, 2)),
        (r"\frac12", Fraction(1, 2)),
        (r"$$\dfrac{-3}{4}$$", Fraction(-3, 4)),
        ("−3", Fraction(-3)),  # noqa: RUF001 - the sign itself is meant
        ("2·3", Fraction(6)),
        ("6 ÷ 4", Fraction(3, 2)),
        ("3:4", Fraction(3, 4)),
        ("50%", Fraction(1, 2)),
        (r"50\%", Fraction(1, 2)),
        ("1,000", Fraction(1000)),
        ("1,234,567.5", Fraction("1234567.5")),
        ("1 000 000", Fraction(1000000)),
        ("1'000", Fraction(1000)),
        ("3e4", Fraction(30000)),
        ("6.02*10^23", Fraction(602 * 10**21)),
        (r"4.41\times{10}^5", Fraction(441000)),
        ("1.36E+3", Fraction(1360)),
        ("$12.50", Fraction(25, 2)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("0.333...", Fraction(1, 3)),
        (r"0.\overline{27}", Fraction(3, 11)),
        ("٣", Fraction(3)),
        ("１２", Fraction(12)),  # noqa: RUF001 - the sign itself is meant
        ("५०", Fraction(50)),
        ("√16", Fraction(4)),
        (r"\sqrt[3]{-8}", Fraction(-2)),
        ("4^(1/2)", Fraction(2)),
        ("2^-3", Fraction(1, 8)),
        ("-2^2", Fraction(-4)),
        ("(-2)²", Fraction(4)),
        ("|-7|", Fraction(7)),
        ("5!", Fraction(120)),
        ("2^3^2", Fraction(512)),
        ("8/2/2", Fraction(2)),
        ("8/2*2", Fraction(8)),
        ("= 7", Fraction(7)),
        ("the answer is 7", Fraction(7)),
        ("2(3+4)", Fraction(14)),
    ],
)
def test_reads_numbers_as_they_are_typed(text: str, value: Fraction) -> None:
    node = expression(text)
    assert node is not None
    assert exact(node) == value


def test_keeps_the_form() -> None:
    assert exact(expression("2/4") or Number(Fraction(0))) == Fraction(1, 2)
    assert expression("2/4") != expression("1/2")
    assert expression("1 1/2") == Mixed(1, 1, 2)
    assert expression("1.50") == Number(Fraction(3, 2), 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2x", "2*x"),
        ("3(x-4)", "3·(x−4)"),  # noqa: RUF001 - the sign itself is meant
        ("x²", "x^2"),
        ("x^{2}", "x**2"),
        (r"\frac{x+1}{2}", "(x+1)/2"),
        (r"\left(x+1\right)\cdot 2", "(x+1)2"),
        ("√(x+1)", r"\sqrt{x+1}"),
        ("2θ", r"2\theta"),
        ("sin x", r"\sin\left(x\right)"),
        ("sin^2 x", "(sin(x))^2"),
        ("sin^{-1}(x)", "arcsin x"),
        ("log_2 8", r"\log_{2}(8)"),
        ("log2(8)", "log_2(8)"),
        ("log{3}(x)", "log_3(x)"),
        ("x₁", "x_1"),
        ("{ab}^2", "a*b^2"),
        ("{(x+1)}^2", "(x+1)^2"),
        ("X", "X"),
        ("𝑥 + 1", "x+1"),  # noqa: RUF001 - the sign itself is meant
        ("x\u200b+1", "x+1"),
    ],
)
def test_reads_the_same_in_several_notations(one: str, other: str) -> None:
    assert shape(one) == shape(other)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("x = 3 or x = -2", Several),
        ("{1,2}", Several),
        ("2, 3 and 5", Several),
        ("(1, ∞)", Bracketed),
        ("[0,5)", Bracketed),
        ("<1, 2>", Bracketed),
        ("(-oo,2) U [5,oo)", Union),
        (r"\left(-\infty,2\right)\cup\left[5,\infty\right)", Union),
        ("x <= 3", Relation),
        ("-1 < x ≤ 5", Relation),
        ("{x | x > 2}", Relation),
        ("x ∈ (1,2)", Bracketed),
        ("f(x) = 2x", Relation),
        (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", Matrix),
        ("2 ± √3", Expression),
        ("(0,2) (3,0)", Several),
    ],
)
def test_tells_the_shapes_apart(text: str, kind: type) -> None:
    assert isinstance(shape(text), kind)


@pytest.mark.parametrize(
    ("text", "saying"),
    [
        ("no solution", Saying.NOTHING),
        ("No solutions.", Saying.NOTHING),
        ("∅", Saying.NOTHING),
        (r"\emptyset", Saying.NOTHING),
        ("all real numbers", Saying.EVERYTHING),
        ("ℝ", Saying.EVERYTHING),  # noqa: RUF001 - the sign itself is meant
        (r"\mathbb{R}", Saying.EVERYTHING),
        ("undefined", Saying.UNDEFINED),
        ("infinitely many solutions", Saying.ENDLESS),
    ],
)
def test_reads_answers_in_words(text: str, saying: Saying) -> None:
    assert shape(text) is saying


def test_a_comma_has_several_readings_the_likeliest_first() -> None:
    found = readings("1,000")
    assert isinstance(found, tuple)
    assert found[0].shape == Expression(Number(Fraction(1000)))
    assert any(isinstance(each.shape, Several) for each in found)
    decimal = readings("0,5")
    assert isinstance(decimal, tuple)
    assert Expression(Number(Fraction(1, 2), 1)) in [each.shape for each in decimal]
    both = readings("1.000,5")
    assert isinstance(both, tuple)
    assert Expression(Number(Fraction("1000.5"), 1)) in [each.shape for each in both]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "((((",
        "x=",
        "1 +",
        ")",
        "2 3",
        "1.5.2",
        "😀",
        "x" * 5000,
        "9" * 100,
        "1e999999",
        "(" * 300 + "x" + ")" * 300,
        "-" * 300 + "x",
        "[1,2",
        "the limit does not seem to exist here",
        "__import__('os').system('true')",
        r"\input{secret}",
        "|x",
        r"\frac{1}",
        "x^",
        "^2",
        "1,,2",
        "OR",
        "{{}",
        ",",
    ],
)
def test_says_why_it_cannot_read(text: str) -> None:
    found = read(text)
    assert isinstance(found, Trouble)
    assert found.words.endswith(".")
