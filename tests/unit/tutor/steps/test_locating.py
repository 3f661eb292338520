from fractions import Fraction

import pytest

from assistant.tutor.steps.locating import located
from assistant.tutor.steps.routes import right_values
from assistant.tutor.steps.way import read_way, replayed

PROBLEM = (
    "Tom has 3 boxes with 12 pencils in each. He gives 6 pencils away. "
    "How many pencils does he have left?"
)
REFERENCE = "He had 3 * 12 = 36 pencils.\nHe has 36 - 6 = 30 pencils left.\n30"


def test_a_wrong_sum_is_named_and_checked_without_any_reference() -> None:
    found = located(PROBLEM, ["He had 3 x 12 = 38 pencils.", "38 - 6 = 32 are left.", "32"])
    assert found.verdict.step == 0
    assert found.verdict.checked
    assert "is 36, not 38" in found.verdict.why


def test_without_a_reference_a_step_is_only_pointed_at() -> None:
    found = located(PROBLEM, ["He had 3 + 12 = 15 pencils.", "15 - 6 = 9 are left.", "9"])
    assert not found.verdict.checked
    assert "Without a right way" in found.verdict.why


@pytest.mark.parametrize(
    ("steps", "wrong"),
    [
        (["He had 3 + 12 = 15 pencils.", "15 - 6 = 9 are left.", "9"], 0),
        (["He had 3 x 12 = 36 pencils.", "36 + 6 = 42 are left.", "42"], 1),
        (["He had 3 x 12 = 36 pencils.", "36 - 6 = 30.", "30 / 3 = 10 are left.", "10"], 2),
    ],
)
def test_with_a_reference_the_step_that_leaves_it_is_guessed(steps: list[str], wrong: int) -> None:
    found = located(PROBLEM, steps, REFERENCE)
    assert found.verdict.step == wrong
    assert not found.verdict.checked
    assert found.verdict.why
    assert sum(found.shares) == pytest.approx(1)


def test_another_sign_between_the_right_numbers_is_said() -> None:
    found = located(PROBLEM, ["He had 3 + 12 = 15 pencils.", "15 - 6 = 9 left.", "9"], REFERENCE)
    assert found.verdict.why == "3 and 12 are added here, but have to be multiplied."


def test_the_words_do_not_give_the_answer_away() -> None:
    steps = ["He had 3 x 12 = 36 pencils.", "36 / 6 = 6 are left.", "6"]
    assert "30" not in located(PROBLEM, steps, REFERENCE).verdict.why


def test_a_right_way_by_another_road_has_no_wrong_step() -> None:
    steps = ["After giving 6 away one box has 12 - 6 = 6.", "2 x 12 = 24.", "24 + 6 = 30.", "30"]
    assert located(PROBLEM, steps, REFERENCE).verdict.step is None


def test_algebra_is_judged_by_algebra() -> None:
    found = located("Solve for x: 2x + 4 = 10", ["2x = 14", "x = 7"])
    assert found.verdict.step == 0
    assert found.verdict.checked
    assert found.verdict.misconception == "moved-without-sign"


@pytest.mark.parametrize(
    ("problem", "steps"),
    [
        ("Simplify 3(x + 4) - 2x.", ["3x + 4 - 2x", "x + 4"]),
        ("Expand (x + 3)^2", ["x^2 + 9"]),
        ("Factor x^2 - 9 completely.", ["(x - 3)^2"]),
        ("Work out 3 + 4 * 2", ["7 * 2", "14"]),
        ("Solve 2x + 4 = 10.", ["Subtract 4, so 2x = 14", "Then x = 7."]),
    ],
)
def test_an_expression_asked_about_is_where_the_way_begins(problem: str, steps: list[str]) -> None:
    verdict = located(problem, steps).verdict
    assert (verdict.step, verdict.checked) == (0, True)


@pytest.mark.parametrize("steps", [[], [""], ["   ", "\n"]])
def test_no_steps_are_said_to_be_none(steps: list[str]) -> None:
    assert located(PROBLEM, steps).verdict.why == "There are no steps yet."


@pytest.mark.parametrize(
    "steps",
    [
        ["3 x 4 = 12"] * 10_000,
        ["9" * 10_000 + " + 1 = 2"] * 3,
        ["她有三只猫", "кот 5", "قطة"],
        ["1 + " * 3_000 + "1 = 2"] * 12,
        ["\x00\x1b[31m", "💥 = 💥"],
        ["((a+b+c+d)^12)^12", "(a+b+c+d)^144"],
    ],
)
@pytest.mark.parametrize("reference", ["", REFERENCE, "9 x 8 = 72\n" * 500])
def test_monstrous_ways_end_with_a_verdict(steps: list[str], reference: str) -> None:
    verdict = located(PROBLEM, steps, reference).verdict
    assert verdict.step is None or 0 <= verdict.step < len(steps)


def test_a_changed_sum_is_carried_through_to_the_answer() -> None:
    way = read_way(PROBLEM, ["3 + 12 = 15", "15 - 6 = 9", "9"], REFERENCE)
    assert replayed(way, 0, Fraction(36)) == 30


def test_other_right_roads_are_known() -> None:
    way = read_way("", [], "25*4 = 100\n100+20+100 = 220\n220*12 = 2640\n2640")
    values = right_values(way.reference)
    assert {20 * 12, 100 * 12, 25 * 4 * 12, 120} <= values
    assert 777 not in values
