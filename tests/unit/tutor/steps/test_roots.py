"""Ways with roots, amounts, unknown exponents and logarithms are decided exactly."""

import pytest

from assistant.tutor.steps.locating import located


@pytest.mark.parametrize(
    ("problem", "way"),
    [
        ("Solve sqrt(x+3) = 4", "x + 3 = 16 | x = 13"),
        ("Solve sqrt(x) = x - 2", "x = (x-2)^2 | x^2 - 5x + 4 = 0 | x = 1 or x = 4 | x = 4"),
        ("Solve sqrt(x) + sqrt(x+5) = 5", "x + 5 = 25 - 10sqrt(x) + x | sqrt(x) = 2 | x = 4"),
        ("Solve sqrt(x - 2) = -3", "no solution"),
        ("Solve cbrt(x+1) = 2", "x + 1 = 8 | x = 7"),
        ("Solve x^2 = 50", "x = ±sqrt(50) | x = ±5sqrt(2)"),
        ("Solve x^2 - 2x - 1 = 0", "x = (2 ± sqrt(4+4))/2 | x = 1 ± sqrt(2)"),
        ("Solve |x - 3| = 5", "x - 3 = 5 or x - 3 = -5 | x = 8 or x = -2"),
        ("Solve |x - 3| = 2x", "x - 3 = 2x or x - 3 = -2x | x = -3 or x = 1 | x = 1"),
        ("Solve 2|x+1| = 8", "|x + 1| = 4 | x + 1 = 4 | x = 3 | x + 1 = -4 | x = -5"),
        ("Solve 3^(x+1) = 81", "3^(x+1) = 3^4 | x + 1 = 4 | x = 3"),
        ("Solve 9^x = 27^(x-1)", "3^(2x) = 3^(3(x-1)) | 2x = 3x - 3 | x = 3"),
        ("Solve log_2(x) = 5", "x = 2^5 | x = 32"),
        ("Simplify sqrt(12) + sqrt(27)", "2sqrt(3) + 3sqrt(3) | 5sqrt(3)"),
        ("Simplify x^2 * x^3", "x^(2+3) | x^5"),
        ("Simplify 2^n * 2^3", "2^(n+3)"),
    ],
)
def test_a_right_way_is_shown_to_be_right(problem: str, way: str) -> None:
    verdict = located(problem, way.split(" | ")).verdict
    assert (verdict.step, verdict.checked) == (None, True)


@pytest.mark.parametrize(
    ("problem", "way", "step"),
    [
        ("Solve sqrt(x+3) = 4", ["x + 3 = 8", "x = 5"], 0),
        ("Solve sqrt(x) = x - 2", ["x = (x-2)^2", "x = 1 or x = 4"], 1),
        ("Solve x^2 = 50", ["x = ±sqrt(50)", "x = ±2sqrt(5)"], 1),
        ("Solve x^2 + 9 = 25", ["x^2 = 16", "x = sqrt(16)", "x = 4"], 1),
        ("Solve |x - 3| = 5", ["x - 3 = 5 or x - 3 = -5", "x = 8 or x = 2"], 1),
        ("Solve |x - 3| = 5", ["x = 8, x = -8"], 0),
        ("Solve 2^x = 8", ["2^x = 2^4", "x = 4"], 0),
        ("Simplify sqrt(50)", ["sqrt(25*2)", "2sqrt(5)"], 1),
        ("Simplify (x^a)(x^b)", ["x^(ab)"], 0),
    ],
)
def test_a_wrong_step_is_found(problem: str, way: list[str], step: int) -> None:
    verdict = located(problem, way).verdict
    assert (verdict.step, verdict.checked) == (step, True)


@pytest.mark.parametrize(
    ("problem", "way"),
    [
        ("Solve |x - 3| = 2x", ["x - 3 = 2x", "x = -3", "3 - x = 2x", "x = 1"]),
        ("Solve |x - 3| = 2x", ["Case 1: x - 3 = 2x", "x = -3, not valid", "x = 1"]),
        ("Solve |x - 3| = 5", ["x - 3 = 5", "x = 8"]),
        ("Solve x - 5sqrt(x) + 6 = 0", ["let u = sqrt(x)", "u^2 - 5u + 6 = 0", "u = 2 or u = 3"]),
        ("Solve 2^x = 10", ["x = log(10)/log(2)", "x = 3.32"]),
        ("Simplify sqrt(x^2)", ["x"]),
        ("Simplify sqrt(50)", ["5 * 1.414", "7.07"]),
        ("A square has area 50. How long is its side?", ["s^2 = 50", "s = sqrt(50)", "s = 7.07"]),
    ],
)
def test_what_may_be_right_is_left_open(problem: str, way: list[str]) -> None:
    verdict = located(problem, way).verdict
    assert (verdict.step, verdict.checked) == (None, False)


def test_a_wrong_number_with_a_root_is_told_by_its_size() -> None:
    verdict = located("Simplify sqrt(50)", ["sqrt(25*2)", "2sqrt(5)"]).verdict
    assert verdict.why == "The line before is about 7.071, this one 4.472."
