"""No right way is ever accused; a wrong one is found where it goes wrong first."""

import pytest

from assistant.tutor.steps.locating import located
from tests.unit.tutor.steps.ways import RIGHT, ROLLS, ROLLS_RIGHT, UNSHOWN, WRONG


@pytest.mark.parametrize(("problem", "steps"), RIGHT)
def test_a_right_way_is_not_accused(problem: str, steps: tuple[str, ...]) -> None:
    assert located(problem, steps).verdict.step is None


@pytest.mark.parametrize(("problem", "steps"), UNSHOWN)
def test_what_the_lines_do_not_show_is_left_open(problem: str, steps: tuple[str, ...]) -> None:
    verdict = located(problem, steps).verdict
    assert (verdict.step, verdict.checked) == (None, False)


@pytest.mark.parametrize(("problem", "steps", "step"), WRONG)
def test_the_first_wrong_step_is_found(problem: str, steps: tuple[str, ...], step: int) -> None:
    assert located(problem, steps).verdict.step == step


def test_with_a_reference_another_right_road_is_not_accused() -> None:
    steps = ("100 / 4 = 25", "24 * 6 / 4 = 36", "36 - 25 = 11 bags")
    assert located(ROLLS, steps, ROLLS_RIGHT).verdict.step is None
