import tomllib
from pathlib import Path

import pytest

from assistant.tutor.maths.bugs import BUGS, bugs_behind


@pytest.mark.parametrize(
    ("problem", "wrong", "bug"),
    [
        ("3(x+4)", "3x+4", "first-term-only"),
        ("5x - (x+4)", "4x+4", "minus-not-distributed"),
        ("10 - 2(x+4)", "10-2x+8", "minus-not-distributed"),
        ("(a+b)^2", "a^2+b^2", "square-termwise"),
        ("(x-3)^2", "x^2-9", "square-termwise"),
        ("√(9+16)", "7", "root-over-sum"),
        ("1/2+1/3", "2/5", "add-tops-and-bottoms"),
        ("1/2+1/3", "2/6", "denominator-only"),
        ("(2/3)/(4/5)", "8/15", "no-flip"),
        ("(x+3)/x", "3", "cancels-terms"),
        ("(2x+6)/2", "x+6", "divides-one-term"),
        ("(-3)^2", "-9", "square-keeps-minus"),
        ("-3^2", "9", "square-without-brackets"),
        ("20% * 50", "1000", "percent-as-number"),
        ("2^-3", "-8", "negative-exponent-negative-number"),
        ("5^0", "0", "zero-exponent-zero"),
        ("2^3", "6", "base-times-exponent"),
        ("x^2*x^3", "x^6", "multiplies-exponents"),
        ("(x^2)^3", "x^5", "multiplies-exponents"),
        ("3x+2", "5x", "joins-unlike"),
        ("2+3*4", "20", "left-to-right"),
        ("5-(-3)", "2", "minus-times-minus"),
        ("(-2)*(-3)", "-6", "minus-times-minus"),
        ("3-8", "5", "smaller-from-larger"),
        ("x+3=7", "x=10", "moved-without-sign"),
        ("5x=2x+6", "6/7", "moved-without-sign"),
        ("3x=12", "x=36", "same-operation-again"),
        ("-x=5", "5", "same-operation-again"),
        ("2x+6=10", "x=-1", "wrong-order"),
        ("2(x+3)=10", "x=7/2", "first-term-only"),
        ("x^2=9", "x=3", "forgets-negative"),
        ("(x-2)(x+3)=0", "x=-2 or x=3", "signs-of-solutions"),
        ("-2x<6", "x<-3", "sign-not-turned"),
    ],
)
def test_says_which_idea_leads_to_an_answer(problem: str, wrong: str, bug: str) -> None:
    assert bug in [found.id for found in bugs_behind(problem, wrong)]


@pytest.mark.parametrize(
    ("problem", "right"),
    [
        ("3(x+4)", "3x+12"),
        ("(a+b)^2", "a^2+2ab+b^2"),
        ("1/2+1/3", "5/6"),
        ("x+3=7", "x=4"),
        ("3x=12", "4"),
        ("x^2=9", "x=3 or x=-3"),
        ("-2x<6", "x>-3"),
        ("2+3*4", "14"),
        ("2^2", "4"),
        ("0=0", "x=1"),
    ],
)
def test_a_right_answer_has_none(problem: str, right: str) -> None:
    assert bugs_behind(problem, right) == ()


@pytest.mark.parametrize(
    ("problem", "wrong"),
    [("3(x+4)", "99x"), ("x+3=7", "x=1000"), ("((", "1"), ("1", "(("), ("x=1 or x=2", "3")],
)
def test_says_nothing_where_it_knows_nothing(problem: str, wrong: str) -> None:
    assert bugs_behind(problem, wrong) == ()


def test_ideas_have_the_names_of_the_course() -> None:
    elsewhere = {"cancels-terms", "square-keeps-minus", "same-operation-again"}
    course = Path(__file__).parents[4] / "resources" / "courses" / "algebra-and-arithmetic"
    ideas = {
        idea["id"]
        for file in (course / "concepts").glob("*.toml")
        for idea in tomllib.loads(file.read_text(encoding="utf-8"))["misconceptions"]
    }
    assert {bug.id for bug in BUGS} - elsewhere <= ideas
    assert not elsewhere & ideas


def test_every_idea_is_told_in_sentences() -> None:
    assert len({bug.id for bug in BUGS}) == len(BUGS)
    for bug in BUGS:
        assert bug.title.endswith(".")
        assert bug.remedy.endswith(".")
