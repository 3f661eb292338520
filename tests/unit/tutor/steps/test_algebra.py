import pytest

from assistant.tutor.steps.algebra import Mark, judged_algebra

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
    (["3(x - 4) = 5x + 2", "3x - 12 = 5x + 2", "3x - 5x = 2 - 12", "-2x = -10"], 2, "sign-kept"),
    (["2(x + 3) = 10", "2x + 3 = 10", "2x = 7"], 1, "distributed-to-first"),
    (["-(x - 4) = 2", "-x - 4 = 2"], 1, "minus-to-first"),
    (["(x + 3)^2", "x^2 + 9"], 1, "square-of-sum"),
    (["3x = 12", "x = 9"], 1, "subtracted-factor"),
    (["5x = 2", "x = 5/2"], 1, "divided-upside-down"),
    (["3x = 12", "x = 36"], 1, "multiplied-by-factor"),
    (["x/2 + 1 = 3", "x + 1 = 6"], 1, "scaled-but-one"),
    (["2x + 4 = 10", "x + 4 = 5"], 1, "scaled-but-one"),
    (["2x + 3 = 9", "2x = 9 - 3", "2x = 5"], 2, "arithmetic"),
    (["x^2 = 9", "x = 3"], 1, "lost-solution"),
    (["x^2 = 2x", "x = 2"], 1, "lost-solution"),
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
