import tomllib
from pathlib import Path

import pytest

from assistant.tutor.steps.algebra import judged_algebra
from assistant.tutor.steps.marks import Mark

RIGHT_WAYS = [
    ["3(x - 4) = 5x + 2", "3x - 12 = 5x + 2", "3x - 5x = 2 + 12", "-2x = 14", "x = -7"],
    ["x^2 - 5x + 6 = 0", "(x - 2)(x - 3) = 0", "x = 2 or x = 3"],
    ["x^2 = 9", "x = ±3"],
    ["(x - 2)(x - 3) = 0", "x - 2 = 0", "x = 2", "x - 3 = 0", "x = 3"],
    ["(x^2 - 1)/(x - 1) = 5", "x + 1 = 5", "x = 4"],
    ["(x + 3)^2", "x^2 + 6x + 9"],
    ["x^2 + 1 = 0", "no solution"],
    [r"\frac{x}{2} = 5", "x = 10"],
    ["2x = 4", "x = 2", "x = 2"],
]

WRONG_WAYS = [
    (
        ["3(x - 4) = 5x + 2", "3x - 12 = 5x + 2", "3x - 5x = 2 - 12", "-2x = -10"],
        2,
        "moved-without-sign",
    ),
    (["2(x + 3) = 10", "2x + 3 = 10", "2x = 7"], 1, "first-term-only"),
    (["-(x - 4) = 2", "-x - 4 = 2"], 1, "minus-not-distributed"),
    (["(x + 3)^2", "x^2 + 9"], 1, "square-termwise"),
    (["3x = 12", "x = 9"], 1, "subtract-instead-of-divide"),
    (["5x = 2", "x = 5/2"], 1, "inverse-upside-down"),
    (["3x = 12", "x = 36"], 1, "same-operation-again"),
    (["x/2 + 1 = 3", "x + 1 = 6"], 1, "whole-term-not-multiplied"),
    (["2x + 4 = 10", "x + 4 = 5"], 1, "wrong-order"),
    (["2x + 3 = 9", "2x = 9 - 3", "2x = 5"], 2, "arithmetic"),
    (["x^2 = 9", "x = 3"], 1, "forgets-negative"),
    (["x^2 = 2x", "x = 2"], 1, "divides-by-x"),
    (["(x - 2)(x - 3) = 0", "x = 2"], 1, "only-one"),
    (["2x + 3 = 7", "2x = 5"], 1, ""),
]


@pytest.mark.parametrize("lines", RIGHT_WAYS)
def test_a_right_way_has_no_wrong_step(lines: list[str]) -> None:
    way = judged_algebra(lines)
    assert way is not None
    assert way.verdict.step is None
    assert way.verdict.checked
    assert way.marks == (Mark.GIVEN, *[Mark.RIGHT] * (len(lines) - 1))


@pytest.mark.parametrize(("lines", "step", "slip"), WRONG_WAYS)
def test_the_first_wrong_step_is_found_and_named(lines: list[str], step: int, slip: str) -> None:
    way = judged_algebra(lines)
    assert way is not None
    assert (way.verdict.step, way.verdict.misconception) == (step, slip)
    assert way.verdict.checked
    assert way.verdict.why


def test_what_follows_from_a_wrong_step_is_not_wrong_itself() -> None:
    way = judged_algebra(["3x - 12 = 5x + 2", "3x - 5x = 2 - 12", "-2x = -10", "x = 5"])
    assert way is not None
    assert way.marks == (Mark.GIVEN, Mark.WRONG, Mark.FOLLOWS, Mark.FOLLOWS)
    assert "At x = 5" in way.verdict.why
    assert "3 on the left and 27 on the right" in way.verdict.why


@pytest.mark.parametrize(
    ("given", "lines", "step"),
    [
        ("3(x + 4)", ["3x + 4"], 0),
        ("3(x + 4)", ["= 3x + 12", "= 15x"], 1),
        ("3(x + 4)", ["3(x + 4) = 3x + 12 = 15x"], 0),
        ("3(x + 4)", ["3(x + 4) = 3x + 12", "3x + 12 = 12 + 3x"], None),
        ("3(x + 4)", ["3x + 12 = 3(x + 4)"], None),
        ("3 + 4 * 2", ["7 * 2", "14"], 0),
        ("3 + 4 * 2", ["3 + 8", "11"], None),
        ("", ["3(x + 4) = 3x + 12 = 15x"], 0),
    ],
)
def test_an_expression_is_held_against_the_one_before(
    given: str, lines: list[str], step: int | None
) -> None:
    way = judged_algebra(lines, given)
    assert way is not None
    assert way.verdict.step == step
    assert way.verdict.checked


@pytest.mark.parametrize(
    ("given", "lines", "step"),
    [
        (
            "2(x + 3) - 4 = 10",
            ["so we get 2x + 6 - 4 = 10", "Simplifying: 2x + 2 = 10", "Then 2x = 12."],
            2,
        ),
        ("2x + 4 = 10", ["Subtracting 4 from both sides, 2x = 6", "Therefore, x = 3."], None),
        ("2x + 4 = 10", ["2x = 6 (subtract 4)", "x = 3", "2 * 3 + 4 = 10"], None),
        ("(x - 2)(x - 3) = 0", ["I get x - 2 = 0 or x - 3 = 0", "a solution is x = 2"], 1),
        ("3(x + 4) - x", ["multiplying out gives 3x + 12 - x", "and that is 3x + 12"], 1),
        ("x^2 + 1 = 0", ["so there is no solution"], None),
    ],
)
def test_words_around_the_mathematics_are_passed_over(
    given: str, lines: list[str], step: int | None
) -> None:
    way = judged_algebra(lines, given)
    assert way is not None
    assert way.verdict.step == step


def test_a_line_that_supposes_something_is_no_claim() -> None:
    way = judged_algebra(["2x = 6", "Let x = 3 and see", "x = 3"])
    assert way is not None
    assert way.marks == (Mark.GIVEN, Mark.UNREAD, Mark.RIGHT)


def test_the_slips_have_the_names_of_the_course() -> None:
    named = {name for _, _, name in WRONG_WAYS} - {"", "arithmetic", "same-operation-again"}
    course = Path(__file__).parents[4] / "resources" / "courses" / "algebra-and-arithmetic"
    ideas = {
        idea["id"]
        for file in (course / "concepts").glob("*.toml")
        for idea in tomllib.loads(file.read_text(encoding="utf-8"))["misconceptions"]
    }
    assert named <= ideas


def test_a_second_slip_is_marked_as_one() -> None:
    way = judged_algebra(["2x + 3 = 7", "2x = 5", "x = 3"])
    assert way is not None
    assert way.marks[1:] == (Mark.WRONG, Mark.WRONG_TOO)


def test_the_problem_itself_is_what_the_first_line_is_held_against() -> None:
    way = judged_algebra(["2x = 14"], "2x + 4 = 10")
    assert way is not None
    assert way.verdict.step == 0


def test_a_line_in_words_is_passed_over_and_makes_the_verdict_unchecked() -> None:
    way = judged_algebra(["2x + 3 = 9", "subtract 3", "2x = 6"])
    assert way is not None
    assert way.marks == (Mark.GIVEN, Mark.UNREAD, Mark.RIGHT)
    assert not way.verdict.checked


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["Jina has 5 x 3 = 15 bunnies.", "She gave 4 away."],
        ["3 x 12 = 38", "38 - 6 = 32"],
        ["x + y = 3", "y = 3 - x"],
        ["x^9999999999 = 1", "x = 1"],
        ["x = " + "9" * 10_000, "x = 1"],
        ["(" * 300 + "x = 1"],
    ],
)
def test_what_cannot_be_compared_exactly_is_left_alone(lines: list[str]) -> None:
    assert judged_algebra(lines) is None


def test_ten_thousand_lines_end() -> None:
    way = judged_algebra(["2x = 4"] * 10_000)
    assert way is not None
    assert way.verdict.step is None
