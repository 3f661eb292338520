"""The quadratic formula with letters, and what is said that they are."""

import pytest

from assistant.tutor.steps.locating import located

_GIVEN = "Solve 2x^2 + 3x - 1 = 0"
_FORMULA = "x = (-b ± sqrt(b^2-4ac))/(2a)"


@pytest.mark.parametrize(
    ("problem", "way"),
    [
        (_GIVEN, [_FORMULA, "x = (-3 ± sqrt(9 + 8))/4", "x = (-3 ± sqrt(17))/4"]),
        (_GIVEN, ["x = (-b ± √(b² - 4ac))/2a", "x = (-3 ± √17)/4"]),
        (_GIVEN, ["a = 2, b = 3, c = -1", _FORMULA, "x = (-3 ± √17)/4"]),
        (_GIVEN, ["a = 2", "b = 3", "c = -1", "D = b^2 - 4ac = 9 + 8 = 17", "x = (-3 ± √17)/4"]),
        ("Solve 2x^2 + 3x = 1", ["a = -2, b = -3, c = 1", _FORMULA, "x = (3 ± √17)/(-4)",
                                "x = (-3 ± √17)/4"]),
        ("Solve x^2 + 6x - 7 = 0", ["x = -p/2 ± √((p/2)^2 - q)", "x = -3 ± √(9 + 7)",
                                    "x = 1 or x = -7"]),
    ],
)  # fmt: skip
def test_a_right_way_is_shown_to_be_right(problem: str, way: list[str]) -> None:
    verdict = located(problem, way).verdict
    assert (verdict.step, verdict.checked) == (None, True)


@pytest.mark.parametrize(
    ("way", "step"),
    [
        (["x = (b ± sqrt(b^2-4ac))/(2a)", "x = (3 ± sqrt(17))/4"], 0),
        ([_FORMULA, "x = (-3 ± sqrt(9 - 8))/4", "x = -1/2 or x = -1"], 1),
        ([_FORMULA, "a = 2, b = 3, c = -1", "x = (-3 ± sqrt(9 - 8))/4"], 2),
        (["a = 2, b = 3, c = 1", _FORMULA, "x = (-3 ± sqrt(9 - 8))/4"], 0),
        (["a = 2, b = 3, c = 1", "x = (-3 ± 1)/4", "x = -1/2 or x = -1"], 0),
        (["D = b^2 - 4ac = 9 - 8 = 1", "x = (-3 ± 1)/4"], 0),
    ],
)
def test_a_wrong_step_is_found(way: list[str], step: int) -> None:
    verdict = located(_GIVEN, way).verdict
    assert (verdict.step, verdict.checked) == (step, True)


@pytest.mark.parametrize(
    "way",
    [
        ["a = 2, b = 3, c = -1", "a = 2, b = 3, c = 5"],
        ["x = -b/(2a)", "x = -3/4"],
        ["2(x + b)^2 + c = 0", "b = 3/4, c = -17/8"],
    ],
)
def test_letters_that_may_be_others_are_not_called_wrong(way: list[str]) -> None:
    verdict = located(_GIVEN, way).verdict
    assert verdict.step is None or not verdict.checked


def test_what_the_letters_are_is_no_end() -> None:
    verdict = located(_GIVEN, ["a = 2, b = 3, c = -1", _FORMULA]).verdict
    assert (verdict.step, verdict.checked) == (None, False)
