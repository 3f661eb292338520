"""Sums that could not be computed are named, and nothing is said of them."""

import pytest

from assistant.tutor.steps.computing import steps_named, uncomputed
from assistant.tutor.steps.locating import located
from assistant.tutor.steps.way import read_way

PROBLEM = "Ann has some apples and buys more. How many has she?"


@pytest.mark.parametrize(
    ("steps", "left"),
    [
        (["12 - 5 = 7", "7 * 3 = 21"], ()),
        (["1/0 = 3", "2 + 2 = 4"], (0,)),
        (["2^(10^9) = 5"], (0,)),
        (["7 * ? = 21"], (0,)),
        (["3! = 6", "3 != 4", "She has 4 apples"], (0,)),
        (["log(100) = 2", "sqrt(16) = 4", "5 mod 3 = 2"], (0, 1, 2)),
        (["12 - 5 = 7 = 14/2"], ()),
        (["x + 3 = 10"], (0,)),
    ],
)
def test_which_sums_were_not_computed(steps: list[str], left: tuple[int, ...]) -> None:
    assert uncomputed(read_way(PROBLEM, steps)) == left


@pytest.mark.parametrize(
    "steps", [["1/0 = 3"], ["3! = 6"], ["2^(10^9) = 5"], ["sqrt(2) + 3 = 4.41"], ["5 mod 3 = 2"]]
)
def test_a_sum_that_could_not_be_computed_does_not_hold(steps: list[str]) -> None:
    verdict = located(PROBLEM, steps).verdict
    assert not verdict.checked
    assert "Every sum holds" not in verdict.why
    assert "hold." not in verdict.why


def test_the_others_are_told_apart() -> None:
    verdict = located(PROBLEM, ["3! = 6", "6 + 5 = 11", "11 + 4 = 15"]).verdict
    assert not verdict.checked
    assert "step 1 could not be computed" in verdict.why
    assert "All the others hold." in verdict.why
    wrong = located(PROBLEM, ["3! = 6", "6 + 5 = 12"]).verdict
    assert (wrong.step, wrong.checked) == (1, True)


def test_with_a_right_way_what_was_not_computed_is_told_as_well() -> None:
    right = "6 + 5 = 11\n11 + 4 = 15"
    verdict = located(PROBLEM, ["3! = 6", "6 + 5 = 11", "11 + 4 = 15"], right).verdict
    assert verdict.step is None
    assert "could not be computed" in verdict.why
    whole = located(PROBLEM, ["6 + 5 = 11", "11 + 4 = 15"], right).verdict
    assert whole.why == "The answer is that of the right way. Every sum holds."


def test_steps_are_numbered_as_people_do() -> None:
    assert steps_named((0,)) == "step 1"
    assert steps_named((0, 2)) == "steps 1 and 3"
    assert steps_named(tuple(range(7))) == "steps 1, 2, 3, 4, 5 and 2 more"


def test_what_only_names_a_number_is_no_sum_that_could_not_be_computed() -> None:
    named = located(PROBLEM, ["6 + 5 = 11", "x = 12"]).verdict
    assert named.why.startswith("Every sum holds.")
    assert "sum" not in located(PROBLEM, ["x > 3", "x + 2 > 5"]).verdict.why
