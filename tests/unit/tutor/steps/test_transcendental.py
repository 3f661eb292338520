"""Equations with natural logarithms, e and π, and solutions that are told apart one by one."""

import math

import pytest

from assistant.tutor.maths.reading import Reading, read
from assistant.tutor.maths.shapes import Relation
from assistant.tutor.steps.locating import located
from assistant.tutor.steps.radicals import Unsolved
from assistant.tutor.steps.transcendental import real_solutions


def relation(text: str) -> Relation:
    found = read(text)
    assert isinstance(found, Reading)
    assert isinstance(found.shape, Relation)
    return found.shape


@pytest.mark.parametrize(
    ("text", "right", "astray"),
    [
        ("ln x = 2", [math.e**2], []),
        ("ln(x) + ln(x-3) = ln(10)", [5], [-2]),
        ("log_2 x + log_4 x = 3", [4], []),
        ("2 ln x - ln(x+1) = 0", [(1 + 5**0.5) / 2], [(1 - 5**0.5) / 2]),
        ("(ln x)^2 - 3 ln x + 2 = 0", [math.e, math.e**2], []),
        ("e^(2x) - 3e^x + 2 = 0", [0, math.log(2)], []),
        ("4^x - 2^x = 2", [1], []),
        ("e^x + e^(-x) = 3", [-0.9624236501, 0.9624236501], []),
        ("5^(x+1) = 3*2^x", [math.log(3 / 5) / math.log(5 / 2)], []),
        ("pi x^2 = 5", [-math.sqrt(5 / math.pi), math.sqrt(5 / math.pi)], []),
        ("e^x = -1", [], []),
    ],
)
def test_all_real_solutions_are_found(text: str, right: list[float], astray: list[float]) -> None:
    left, right_side = relation(text).sides
    found = real_solutions(left, right_side, "x")
    assert [float(value) for value in found.right] == pytest.approx(right)
    assert [float(value) for value in found.astray] == pytest.approx(astray)


@pytest.mark.parametrize("text", ["x e^x = 1", "ln x = x", "x^x = 2", "sin(x) = 1", "2x + y = 1"])
def test_what_no_polynomial_says_is_left(text: str) -> None:
    left, right = relation(text).sides
    with pytest.raises(Unsolved):
        real_solutions(left, right, "x")


@pytest.mark.parametrize(
    ("problem", "way"),
    [
        ("Solve ln x = 2", "x = e^2"),
        ("Solve ln(2x) = 3", "2x = e^3 | x = e^3/2"),
        ("Solve e^(2x) = 5", "2x = ln 5 | x = ln(5)/2"),
        (r"Solve e^{2x} = 5", r"2x = \ln 5 | x = \frac{\ln 5}{2}"),
        ("Solve ln x + ln 3 = ln 12", "ln(3x) = ln 12 | 3x = 12 | x = 4"),
        ("Solve ln(x) + ln(x-3) = ln(10)", "ln(x(x-3)) = ln(10) | x = 5, x = -2 | x = 5"),
        ("Solve log x + log 5 = 2", "log(5x) = 2 | 5x = 100 | x = 20"),
        ("Solve 2^x = 7", "x ln 2 = ln 7 | x = ln 7 / ln 2"),
        ("Solve 3^(x+1) = 5", "(x+1) ln 3 = ln 5 | x = ln 5/ln 3 - 1"),
        ("Solve ln(x^2) = 4", "x^2 = e^4 | x = ±e^2"),
        ("Solve e^(2x) - e^x - 2 = 0", "(e^x + 1)(e^x - 2) = 0 | e^x = 2 | x = ln 2"),
        ("Solve x^2 = 5", "x = √5 | x = -√5"),
        ("Solve ln x = 2", "x = e^2 ≈ 7.39"),
        ("Solve 3x = -1", "x = -1/3"),
        ("Solve x^2 = 8", "x = √8 or -√8 | x = 2√2, -2√2"),
        ("Solve x^2 - 4x + 1 = 0", "x = 2 + √3 and x = 2 - √3"),
        ("Solve x^2 - 4x + 1 = 0", "x1 = 2 + √3 | x2 = 2 - √3"),
        ("Solve x^2 - 4x + 1 = 0", "x = (4 + √12)/2 = 2 + √3 | x = (4 - √12)/2 = 2 - √3"),
    ],
)  # fmt: skip
def test_a_right_way_is_shown_to_be_right(problem: str, way: str) -> None:
    verdict = located(problem, way.split(" | ")).verdict
    assert (verdict.step, verdict.checked) == (None, True)


@pytest.mark.parametrize(
    ("problem", "way", "step", "words"),
    [
        ("Solve ln x = 2", "x = 2e", 0, "x ≈ 7.389 solves the line before"),
        ("Solve ln(2x) = 3", "2x = 3e | x = 3e/2", 0, "x ≈ 10.04"),
        ("Solve e^(2x) = 5", "2x = ln 5 | x = ln(5) - 2", 1, "x ≈ 0.8047"),
        ("Solve ln x + ln 3 = ln 12", "ln(x+3) = ln 12 | x = 9", 0, "x = 4 solves"),
        ("Solve ln(x) + ln(x-3) = ln(10)", "x^2 - 3x = 10 | x = 5 or x = -2", 1, "does not solve"),
        ("Solve x^2 = 5", "x = √5", 0, "x ≈ −2.236 solves"),  # noqa: RUF001 - the sign itself is meant
        ("Solve x^2 - 2x - 1 = 0", "(x-1)^2 = 2 | x - 1 = √2 | x = 1 + √2", 1, "was lost"),
        ("Solve x^2 - 4x + 1 = 0", "x = 2 + √3 and 2 - √5", 0, "x ≈ 0.2679"),
        ("Solve x^3 - 3x = 0", "x = 0 or x^2 = 3 | x = √3", 1, "was lost"),
    ],
)
def test_a_wrong_step_is_found(problem: str, way: str, step: int, words: str) -> None:
    verdict = located(problem, way.split(" | ")).verdict
    assert (verdict.step, verdict.checked) == (step, True)
    assert words in verdict.why


def test_half_of_the_roots_is_named_as_such() -> None:
    assert located("Solve x^2 = 5", ["x = √5"]).verdict.misconception == "forgets-negative"


@pytest.mark.parametrize(
    ("problem", "way"),
    [
        ("Solve e^2x = 5", "2x = ln 5 | x = ln 5/2"),
        ("Solve e^(2x) = 5", "2x = ln 5 | x = ln 5/2"),
        ("Solve e^(2x) = 5", "2x = ln 5 | x = 0.805"),
        ("A square has area 5, so x^2 = 5", "x = √5"),
        ("Solve x^2 = 5", "x = √5 since x is a length"),
        ("Solve e^x = 5", "x = log 5"),
        ("Solve ln x = 2", "x = e^2 ≈ 8.39"),
        ("Solve ln(3x) = 2", "3x = e^2 | log(3x) = 2"),
        ("Solve pi r^2 = 50, r > 0", "r^2 = 15.9 | r = 3.99"),
        ("Solve 2^x = 7", "x log 2 = log 7 | 0.301x = 0.845 | x = 2.81"),
        ("Solve 100*1.05^t = 200", "1.05^t = 2 | t = 0.693/0.0488 | t = 14.2"),
        ("Solve e^(2x) - 3e^x + 2 = 0", "e^x = 2 | x = ln 2"),
    ],
)
def test_what_may_be_meant_otherwise_is_not_called_wrong(problem: str, way: str) -> None:
    verdict = located(problem, way.split(" | ")).verdict
    assert (verdict.step, verdict.checked) == (None, False)
