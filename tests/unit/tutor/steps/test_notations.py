"""Labels, notes and several tasks are not read as mathematics; what is ambiguous is not judged."""

import pytest

from assistant.tutor.steps.beginning import beginning
from assistant.tutor.steps.locating import located

LINEAR = "Solve 3x + 5 = 20"
SYSTEM = "Solve the system 3x + 2y = 16 and x - y = 2"


@pytest.mark.parametrize(
    ("problem", "steps"),
    [
        ("Solve x^2 - 5x + 6 = 0", ["x=2  x=3"]),
        ("Solve x^2 - 5x + 6 = 0", ["x=2\nx=3"]),
        ("Solve the system x + y = 10, x - y = 4", ["x = 7 y = 3"]),
        (LINEAR, ["3x=15\tx=5"]),
        (LINEAR, ["(1) 3x = 15", "(2) x = 5"]),
        (LINEAR, ["[1] 3x = 15", "[2] x = 5"]),
        (LINEAR, ["1/ 3x = 15", "2/ x = 5"]),
        (LINEAR, ["3x = 15 (1)", "x = 5 (2)"]),
        (SYSTEM, ["from (2) x = 2 + y", "in (1) 3(2+y)+2y = 16", "5y = 10", "y = 2", "x = 4"]),
        ("Solve the system (1) 3x + 2y = 16 and (2) x - y = 2", ["5x = 20", "x = 4", "y = 2"]),
        ("Solve the system (1) 3x + 2y = 16 (2) x - y = 2", ["5x = 20", "x = 4", "y = 2"]),
        ("Solve the system\n(1) 3x + 2y = 16\n(2) x - y = 2", ["5x = 20", "x = 4", "y = 2"]),
        ("Solve the system [1] 3x + 2y = 16 [2] x - y = 2", ["5x = 20", "x = 4", "y = 2"]),
        ("Solve the system 3x + 2y = 16 (1), x - y = 2 (2)", ["5x = 20", "x = 4", "y = 2"]),
    ],
)
def test_labels_and_answers_with_no_word_between(problem: str, steps: list[str]) -> None:
    verdict = located(problem, steps).verdict
    assert (verdict.step, verdict.checked) == (None, True)


@pytest.mark.parametrize(
    ("problem", "steps"),
    [
        (SYSTEM, ["(3) 2x - 2y = 4", "(4) 5x = 20", "x = 4", "y = 2"]),
        (LINEAR, ["3x + 5 = 20 -5", "3x = 15 :3", "x = 5"]),
        (LINEAR, ["3x = 15 /3", "x = 5"]),
        (LINEAR, ["3x = 15", "x = 5", "x = 5!"]),
        ("If 3x = 6, find x^2", ["x = 2", "x^2 = 4"]),
        ("Solve 3x = 6 and square it", ["x = 2", "x^2 = 4"]),
        ("3x = 6. What is x²?", ["x = 2", "x² = 2² = 4"]),
        ("Solve 3x = 6. Find the area of a square of side x.", ["x = 2", "x^2 = 4"]),
        ("Solve 2x + 1 = 7 and find x(x-1)", ["x = 3", "x(x-1) = 6"]),
        ("Solve x - 1 = 3 by squaring", ["(x - 1)^2 = 9", "x = 4"][1:]),
    ],
)
def test_what_may_be_a_note_or_a_further_question_is_not_called_wrong(
    problem: str, steps: list[str]
) -> None:
    assert located(problem, steps).verdict.step is None


@pytest.mark.parametrize(
    "problem",
    [
        "1) Solve 2x = 6   2) Solve 3x = 12",
        "Simplify 2x + 3x. Expand 2(x+1).",
        "Simplify a) 2x + 3x b) 7x - x",
        "Solve 2x = 6 (2)",
        "Solve (3) 2x = 6",
    ],
)
def test_several_tasks_and_doubtful_labels_are_not_read(problem: str) -> None:
    assert beginning(problem).unread
    assert located(problem, ["x = 77", "x = 77"]).verdict.step is None


@pytest.mark.parametrize(
    ("problem", "steps", "step"),
    [
        ("Solve x + 3 = 10", ["x = 10 -3", "x = 6"], 1),
        ("Solve x + 3 = 10", ["x = 10 +3"], 0),
        ("Solve x^2 - 5x + 6 = 0", ["x=2  x=4"], 0),
        ("Solve 2(x + 3) - 4(x - 1) = 6", ["2x + 6 - 4x - 4 = 6"], 0),
        ("Solve 2(3) + x = 4(x - 1)", ["6 + x = 4x - 1"], 0),
        (LINEAR, ["[1] 3x = 25", "[2] x = 25/3"], 0),
    ],
)
def test_an_error_beside_them_is_still_found(problem: str, steps: list[str], step: int) -> None:
    verdict = located(problem, steps).verdict
    assert (verdict.step, verdict.checked) == (step, True)


def test_a_line_that_algebra_showed_to_be_right_is_not_guessed() -> None:
    steps = ["2x = 8", "x = 4", "5"]
    verdict = located("Solve 2x + 7 = 15", steps, "2x = 8\nx = 4\n4").verdict
    assert (verdict.step, verdict.checked) == (2, False)
