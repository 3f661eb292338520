"""What a problem says besides its equation of where the unknown lies."""

import pytest

from assistant.tutor.maths.reading import Reading, read
from assistant.tutor.steps.bounds import parted
from assistant.tutor.steps.locating import located


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("x^2 = 5, x > 0", 1),
        ("x^2 = 5 and x >= 0 and x < 9", 2),
        ("x^2 = 5, 0 < x < 3", 1),
        ("x^2 = 5, y > 0", 0),
        ("2x + 1 > 5, x < 10", 0),
        ("x = 5 or x > 9", 0),
        ("x^2 = 5, 2x > 1", 0),
    ],
)
def test_bounds_are_told_from_the_equation(text: str, count: int) -> None:
    found = read(text)
    assert isinstance(found, Reading)
    assert len(parted(found.shape)[1]) == count


@pytest.mark.parametrize(
    ("problem", "way", "step", "checked"),
    [
        ("Solve x^2 = 5, x > 0", "x = √5", None, True),
        ("Solve x^2 = 5, x > 0", "x = ±√5 | x = √5", None, True),
        ("Solve x^2 = 9 for x > 0", "x = 3", None, True),
        ("Solve x^2 - 2x - 8 = 0, where x < 0", "(x-4)(x+2) = 0 | x = 4 or x = -2 | x = -2",
         None, True),
        ("Solve pi r^2 = 50, r > 0", "r^2 = 50/pi | r = √(50/pi)", None, True),
        ("Solve x^2 = 5, x > 0", "x = ±√5", 0, True),
        ("Solve x^2 - 2x - 8 = 0, x ≥ 0", "(x-4)(x+2) = 0 | x = -2", 1, True),
        ("Solve pi r^2 = 50, r > 0", "r^2 = 50/pi | r = 50/(2 pi)", 1, True),
    ],
)  # fmt: skip
def test_only_solutions_within_the_bounds_are_right(
    problem: str, way: str, step: int | None, *, checked: bool
) -> None:
    verdict = located(problem, way.split(" | ")).verdict
    assert (verdict.step, verdict.checked) == (step, checked)
