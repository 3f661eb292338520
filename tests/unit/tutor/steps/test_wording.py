"""Words around a line: nothing is shown by one whose words may change what it says."""

import pytest

from assistant.tutor.steps.locating import located

LINEAR = "Solve 3x + 5 = 20"
QUADRATIC = "Solve x^2 - x - 6 = 0"


@pytest.mark.parametrize(
    "line",
    [
        *(f"x = 3 {word} x = -2" for word in (
            "oder", "ou", "eller", "lub", "of", "sau", "et", "nebo", "vagy", "und", "ya da",
            "as well as",
        )),
        "one root is x = 3 and the other is x = -2",
        "First x = 3; second x = -2",
        "either x = 3 or else x = -2",
        "x = 3 and also x = -2",
        "We get x = 3 from the first and x = -2 from the second bracket",
        "x1 = 3 while x2 = -2",
        "with plus x = (1+5)/2 = 3, with minus x = (1-5)/2 = -2",
    ],
)  # fmt: skip
def test_of_two_relations_the_last_alone_is_not_judged(line: str) -> None:
    verdict = located(QUADRATIC, ["(x - 3)(x + 2) = 0", line]).verdict
    assert verdict.step is None


@pytest.mark.parametrize(
    "line",
    [
        "x = 3 is too small",
        "x = 4 (too small)",
        "x=4 doesn't work",
        "x = 4 is false",
        "x = 3 cannot be",
        "x=3 gives 14",
        "x=4 → 3·4+5=17≠20",
        "3x = 25 (wrong)",
        "3x = 25 -- wrong",
        "3x = 25 is not right",
        "3x = 25 (crossed out)",
        "3x = 25 (forget that)",
        "falsch: 3x = 25",
        "Mistake: 3x = 25",
        "someone wrote 3x = 25",
        "A common error would be 3x = 25",
        "Without the 5 it would be 3x = 20",
        "3x = 25 → corrected: 3x = 15",
        "3x = 15 instead of 3x = 25",
        "3x = 25 minus 10 gives 3x = 15",
    ],
)
def test_what_is_denied_or_tried_is_no_claim(line: str) -> None:
    verdict = located(LINEAR, [line, "3x = 15", "x = 5"]).verdict
    assert (verdict.step, verdict.checked) == (None, False)


@pytest.mark.parametrize(
    "line", ["no wait, wrong", "start again:", "that can't be right. Start over.", "scratch that"]
)
def test_what_is_taken_back_later_is_not_called_wrong(line: str) -> None:
    verdict = located(LINEAR, ["3x = 25", line, "3x = 15", "x = 5"]).verdict
    assert (verdict.step, verdict.checked) == (None, False)


@pytest.mark.parametrize(
    "line",
    [
        "x = 5 is wrong",
        "x = 5 is not the solution",
        "it can't be x = 5",
        "neither x = 5",
        "the opposite of x = 5",
        "x = 5 apples plus 1",
        "x = 5 never works",
        "x = 5 or something",
    ],
)
def test_an_end_that_is_denied_is_not_reached(line: str) -> None:
    assert not located(LINEAR, ["3x = 15", line]).verdict.checked


@pytest.mark.parametrize(
    "line",
    [
        "not 10 - 7 = 4",
        "10 - 7 = 4? no, 3",
        "10 - 7 = 4 is wrong",
        "I first thought 10 - 7 = 4 but it is 3",
    ],
)
def test_a_sum_that_is_denied_is_not_called_wrong(line: str) -> None:
    assert located("Apples.", [line]).verdict.step is None


@pytest.mark.parametrize(
    "line",
    [
        "L = 3", "L = [3]", "S = (3)", "y = 4", "n = 4", "X = 4", "A = 3", "D = 3",
    ],
)  # fmt: skip
def test_another_name_for_a_number_shows_nothing(line: str) -> None:
    verdict = located(LINEAR, ["3x = 15", "x = 5", line]).verdict
    assert (verdict.step, verdict.checked) == (None, False)


def test_an_expression_is_not_worked_out_by_another_name() -> None:
    assert not located("Evaluate 4 + 6 * 3", ["4 + 18", "22", "x = 23"]).verdict.checked


@pytest.mark.parametrize(
    ("problem", "steps", "step"),
    [
        (LINEAR, ["3x = 15", "x = 5", "L = {3}"], 2),
        (LINEAR, ["3x = 15", "x = 5", "S = {15}"], 2),
        (LINEAR, ["3x = 15", "x = 5", "L = {5}"], None),
        ("Solve x^2 = 16", ["x = ±4", "L = {4}"], 1),
        ("Solve x^2 = 16", ["x = ±4", "L = {-4; 4}"], None),
        ("Solve x^2 = -1", ["L = {}"], None),
    ],
)
def test_a_set_is_compared_with_the_solutions(
    problem: str, steps: list[str], step: int | None
) -> None:
    verdict = located(problem, steps).verdict
    assert (verdict.step, verdict.checked) == (step, True)


def test_what_may_only_follow_from_an_unread_line_is_not_called_wrong() -> None:
    steps = ["x = (-2 ± √...)/2", "no real solutions"]
    assert located("Solve x^2 + 2x - 8 = 0", steps).verdict.step is None


@pytest.mark.parametrize(
    "line",
    [
        "First subtract 5: 3x = 25",
        "so we get 3x = 25",
        "Subtract 5 from both sides: 3x = 25",
        "then, 3x = 25 (adding 5)",
    ],
)
def test_harmless_words_hide_no_error(line: str) -> None:
    verdict = located(LINEAR, [line, "x = 25/3"]).verdict
    assert (verdict.step, verdict.checked) == (0, True)
