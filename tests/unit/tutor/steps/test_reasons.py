"""The reason that is given for a wrong line is true of that line, and gives no answer away."""

import pytest

from assistant.tutor.steps.locating import located


@pytest.mark.parametrize(
    ("problem", "steps", "why"),
    [
        ("Solve -2x = -4", ["x = -2"], "\u22124 divided by \u22122 is positive"),
        ("Solve -4x = 12", ["x = 3"], "12 divided by \u22124 is negative"),
        ("Solve 2x = 10", ["x = -5"], "10 divided by 2 is positive"),
        ("Solve x/5 = 10", ["x = 2"], "multiply both sides by 5"),
        ("Solve 3x = 5", ["3x + 5 = 0"], "5 moved to the other side and kept its sign"),
        ("Evaluate (2/3)^2", ["2/9"], "(2/3)^2 is 4/9, not 2/9."),
        ("Evaluate (2·3)^2", ["12"], "(2 · 3)^2 is 36, not 12."),
        ("Compute 17 ÷ 5", ["17 ÷ 5 = 4 2/5"], "4 2/5 is 22/5, not 17/5."),
        ("Solve 2x = 20", ["x = 10", "10 = 20 - 5"], "20 \u2212 5 is 15, not 10."),
        ("Solve 3x + 5 = 20", ["3x = 15", "x = 5", "5 = 3"], "5 is not 3."),
        ("A story.", ["12 - 15 = 3"], "12 \u2212 15 is \u22123, not 3."),
    ],
)
def test_the_reason_is_true(problem: str, steps: list[str], why: str) -> None:
    told = located(problem, steps).verdict.why
    assert why in told


def test_what_solves_a_system_is_not_given_away() -> None:
    verdict = located("x + y = 10 and x - y = 4", ["x = 8, y = 2"]).verdict
    assert (verdict.step, verdict.checked) == (0, True)
    assert "7" not in verdict.why
