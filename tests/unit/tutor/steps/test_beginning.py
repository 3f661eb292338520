"""The equation of a problem is found whatever the words around it are, or said to be unread."""

import pytest

from assistant.tutor.steps.beginning import beginning
from assistant.tutor.steps.locating import located


@pytest.mark.parametrize(
    "problem",
    [
        "Solve the equation 3x + 5 = 20.",
        "Solve 3x + 5 = 20 for x.",
        "Solve for x: 3x + 5 = 20",
        "Solve for x. 3x + 5 = 20",
        "Find x if 3x + 5 = 20.",
        "If 3x + 5 = 20, find x.",
        "What is x when 3x + 5 = 20?",
        "Determine the value of x when 3x + 5 = 20.",
        "Solve $3x + 5 = 20$ for $x$.",
        r"Solve \(3x + 5 = 20\).",
        "3x + 5 = 20, x = ?",
        "Solve 3x + 5 = 20 and check your answer.",
        "Use inverse operations to solve the linear equation 3x + 5 = 20 step by step.",
    ],
)
def test_a_wrong_first_line_is_found_in_any_wording(problem: str) -> None:
    verdict = located(problem, ["8x = 20", "x = 2.5"]).verdict
    assert (verdict.step, verdict.checked) == (0, True)
    right = located(problem, ["3x = 15", "x = 5"]).verdict
    assert (right.step, right.checked) == (None, True)


@pytest.mark.parametrize(
    "problem",
    [
        "Solve the equation on the board.",
        "Given that y = 3, look at 2x + y = 11.",
        "Solve x^2 = 16 for 2x > 0.",
        "Solve 3x + = 20.",
    ],
)
def test_a_problem_that_cannot_be_read_leaves_the_way_unchecked(problem: str) -> None:
    assert beginning(problem).unread
    verdict = located(problem, ["8x = 20", "x = 2.5"]).verdict
    assert (verdict.step, verdict.checked) == (None, False)
    assert "could not be read" in verdict.why


@pytest.mark.parametrize(
    ("problem", "steps", "step", "checked"),
    [
        ("Evaluate 18 - 2*3^2", ["3^2 = 9", "2*9 = 18", "18-18 = 0"], None, True),
        ("Evaluate 18 - 2*3^2", ["18 - 2*9", "16*9", "144"], 1, True),
        ("Evaluate 18 - 2*3^2", ["3^2 = 9", "18 - 2 = 16", "16*9 = 144"], 1, False),
        ("Solve 2x^2 + 3x - 2 = 0", ["D = 3^2 - 4*2*(-2) = 25", "x = 1/2 or x = -2"], None, True),
        ("Solve 2x^2 + 3x - 2 = 0", ["D = 3^2 - 4*2*2 = -7", "no real solution"], 0, True),
        ("Solve 2x^2 + 3x - 2 = 0", ["D = 9 + 16 = 24", "x = 1/2 or x = -2"], 0, True),
        ("Solve x^2/(x - 1) = 1/(x - 1)", ["x^2 = 1", "x = 1 or x = -1", "x = -1"], None, True),
        ("Solve x^2/(x - 1) = 1/(x - 1)", ["x^2 = 1", "x = 1 or x = -1"], 1, True),
        ("Solve x^2/(x - 1) = 1/(x - 1)", ["x^2 = 1", "x = 1"], 1, True),
        (
            "Solve sqrt(x+2) = x",
            ["x + 2 = x^2", "x = 2 or x = -1", "x = 2 since -1 does not fit"],
            None,
            True,
        ),
        ("Solve sqrt(x+2) = x", ["x + 2 = x^2", "x = 2 or x = -1", "x = -1"], 2, True),
        ("Compute 2/3 ÷ 4/5", ["2/3 ÷ 4/5 = 2/3 * 5/4", "= 10/15", "= 2/3"], 1, True),
        (
            "The legs are 3 and 4. How long is the hypotenuse?",
            ["c² = 3² + 4² = 9 + 16 = 25", "c = √25 = 5"],
            None,
            False,
        ),
        ("Ann's age doubles. How old is she?", ["x = 3 * 4 = 12", "x = 12 - 5 = 7"], None, False),
        ("A hat costs $4.", ["2x + 4 = 10", "2x = 14"], 1, True),
    ],
)
def test_lines_beside_the_equation_and_false_solutions(
    problem: str,
    steps: list[str],
    step: int | None,
    checked: bool,
) -> None:
    verdict = located(problem, steps).verdict
    assert (verdict.step, verdict.checked) == (step, checked)


def test_a_right_way_of_sums_names_no_step_without_a_reference() -> None:
    problem = "A baker makes 24 rolls an hour for 6 hours and sells 100. He fills bags of 4."
    right = located(problem, ["24 * 6 = 144", "144 - 100 = 44", "44 / 4 = 11"]).verdict
    assert (right.step, right.checked) == (None, False)
    copied = located(problem, ["24 * 6 = 144", "144 - 190 = -46"]).verdict
    assert (copied.step, copied.checked) == (1, False)
    assert "190 comes neither" in copied.why
