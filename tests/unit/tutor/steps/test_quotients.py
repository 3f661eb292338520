"""Quotients are read as they are written: as mixed numbers, with a remainder, with a colon."""

import pytest

from assistant.tutor.steps.locating import located


@pytest.mark.parametrize(
    ("problem", "step"),
    [
        ("Compute 17 ÷ 5", "17 ÷ 5 = 3 2/5"),
        ("Compute 17 ÷ 5", "so 17 ÷ 5 = 3 2/5"),
        ("Compute 9 : 4", "9 : 4 = 2 1/4"),
        ("Compute 2/3 : 4/9", "2/3 : 4/9 = 18/12 = 1 1/2"),
        ("Compute 1 1/2 ÷ 3/4", "1 1/2 ÷ 3/4 = 2"),
        ("Compute 20 : 5", "so 20 : 5 = 4"),
        ("Compute 17 : 5", "17 : 5 = 3 Rest 2"),
        ("Compute 17 : 5", "17 : 5 = 3 (Rest 2)"),
        ("Compute 17 : 5", "17 : 5 = 3, remainder 2"),
        ("Compute 17 : 5", "17 : 5 = 3 with 2 left over"),
        ("Compute 17 : 5", "17 : 5 = 3 and 2 are left"),
        ("Compute 20 : 5", "20 : 5 = 4 Rest 0"),
        ("Compute 17 ÷ 5", "17 ÷ 5 = 3 remainder 2"),
        ("Compute 17 ÷ 5", "17 ÷ 5 = 3 rem. 2"),
    ],
)
def test_a_right_quotient_is_not_called_wrong(problem: str, step: str) -> None:
    assert located(problem, [step]).verdict.step is None


@pytest.mark.parametrize(
    ("problem", "step"),
    [
        ("Compute 17 ÷ 5", "17 ÷ 5 = 4 2/5"),
        ("Compute 9 : 4", "9 : 4 = 2 3/4"),
        ("Compute 20 : 5", "so 20 : 5 = 5"),
    ],
)
def test_a_wrong_quotient_is(problem: str, step: str) -> None:
    verdict = located(problem, [step]).verdict
    assert (verdict.step, verdict.checked) == (0, True)
