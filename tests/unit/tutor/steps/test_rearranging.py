"""Ways that solve a formula for one of its letters."""

import pytest

from assistant.tutor.steps.locating import located


@pytest.mark.parametrize(
    ("problem", "way"),
    [
        ("Solve v = d/t for t", ["vt = d", "t = d/v"]),
        ("Solve A = pi r^2 for r", ["A/pi = r^2", "r = sqrt(A/pi)"]),
        ("Solve A = pi r^2 for r.", ["r^2 = A/pi", "r = ±sqrt(A/pi)"]),
        ("Solve y = x^2 for x", ["x = ±sqrt(y)"]),
        ("Solve P = 2L + 2W for W", ["P - 2L = 2W", "W = (P - 2L)/2"]),
        ("Solve C = 5/9 (F - 32) for F", ["9/5 C = F - 32", "F = 1.8C + 32"]),
        ("Solve 1/f = 1/a + 1/b for f", ["1/f = (a+b)/(ab)", "f = ab/(a+b)"]),
        ("Make h the subject of V = pi r^2 h", ["V/(pi r^2) = h"]),
        ("Rearrange y = 3x - 2 to make x the subject", ["y + 2 = 3x", "x = (y+2)/3"]),
        ("Solve for m: y = mx + b", ["y - b = mx", "(y-b)/x = m"]),
        ("Solve y = e^x for x", ["x = ln(y)"]),
    ],
)
def test_a_right_way_is_shown_to_be_right(problem: str, way: list[str]) -> None:
    verdict = located(problem, way).verdict
    assert (verdict.step, verdict.checked) == (None, True)


@pytest.mark.parametrize(
    ("problem", "way", "step"),
    [
        ("Solve v = d/t for t", ["vt = d", "t = d*v"], 1),
        ("Solve A = pi r^2 for r", ["r^2 = A - pi", "r = sqrt(A - pi)"], 0),
        ("Solve A = pi r^2 for r", ["A/pi = r^2", "r = A/(2pi)"], 1),
        ("Solve P = 2L + 2W for W", ["P - 2L = 2W", "W = P - L"], 1),
        ("Solve F = 9/5 C + 32 for C", ["F - 32 = 9/5 C", "C = 9/5 (F - 32)"], 1),
    ],
)
def test_a_wrong_step_is_found_with_numbers_that_show_it(
    problem: str, way: list[str], step: int
) -> None:
    verdict = located(problem, way).verdict
    assert (verdict.step, verdict.checked) == (step, True)
    assert "the formula holds, but" in verdict.why


@pytest.mark.parametrize(
    ("problem", "way"),
    [
        ("Solve y = x^2 for x", ["x = sqrt(y)"]),
        ("Solve y = x^2 for x, x < 0", ["x = -sqrt(y)"]),
        ("Solve A = pi r^2 for r", ["A = 3.14 r^2", "r = sqrt(A/3.14)"]),
        ("Solve V = pi r^2 h for h", ["h = V/pi r^2"]),
        ("Solve v = d/t for t when v = 60 and d = 120", ["60 = 120/t", "t = 2"]),
        ("Solve v = d/t for t", ["t = d/v", "For example d = 10, v = 5: t = 2"]),
        ("Find the inverse of y = 2x + 1", ["x = 2y + 1", "y = (x-1)/2"]),
        ("Solve y = x + 2", ["x = 0, y = 2", "x = 1, y = 3"]),
        ("Solve v = d/t for t", ["v t = d"]),
    ],
)
def test_what_may_be_right_is_left_open(problem: str, way: list[str]) -> None:
    verdict = located(problem, way).verdict
    assert (verdict.step, verdict.checked) == (None, False)


@pytest.mark.parametrize(
    ("problem", "way", "step", "checked"),
    [
        ("Solve A = pi r^2 for r, r > 0", ["r^2 = A/pi", "r = sqrt(A/pi)"], None, True),
        ("Solve A = πr² for r (r > 0).", ["r² = A/π", "r = √(A/π)"], None, True),
        ("Solve y = x^2 for x, where x >= 0", ["x = sqrt(y)"], None, True),
        ("Solve c^2 = a^2 + b^2 for b, where all letters are positive",
         ["b^2 = c^2 - a^2", "b = sqrt(c^2 - a^2)"], None, True),
        ("Make r the subject of V = pi r^2 h, given that r and h are positive",
         ["r^2 = V/(pi h)", "r = ±sqrt(V/(pi h))", "r = sqrt(V/(pi h))"], None, True),
        ("Solve y = x^2 for x, x > 0", ["x = ±sqrt(y)"], None, False),
        ("Solve S = a/(1-r) for r", ["S(1 - r) = a", "r = 1 - a/S"], None, True),
        ("Solve V = 4/3 pi r^3 for r", ["r^3 = 3V/(4 pi)", "r = cbrt(3V/(4 pi))"], None, True),
        ("Solve A = pi r^2 for r, r > 0", ["r^2 = A - pi", "r = sqrt(A - pi)"], 0, True),
        ("Solve A = pi r^2 for r, r > 0", ["r^2 = A/pi", "r = sqrt(A)/pi"], 1, True),
        ("Solve c^2 = a^2 + b^2 for b (a, b, c > 0)", ["b^2 = c^2 - a^2", "b = c - a"], 1, True),
    ],
)  # fmt: skip
def test_letters_that_are_positive_or_small(
    problem: str, way: list[str], step: int | None, *, checked: bool
) -> None:
    verdict = located(problem, way).verdict
    assert (verdict.step, verdict.checked) == (step, checked)
