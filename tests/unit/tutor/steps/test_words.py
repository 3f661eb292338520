"""What is said of a way is true and helps."""

import pytest

from assistant.tutor.steps.locating import located


@pytest.mark.parametrize(
    ("problem", "steps", "why"),
    [
        (
            "Factor completely x^4 - 1",
            ["(x^2 - 1)(x^2 + 1)"],
            "No line is wrong, but there is more to do: A factor can be taken apart further.",
        ),
        ("Solve 2x = 8", ["x = 8/2 = 6"], "8/2 is 4, not 6."),
        ("Compute 3/8 + 1/4", ["3/8 + 1/4 = 4/12"], "3/8 + 1/4 is 5/8, not 4/12."),
        ("Compute 3.6 - 1.75", ["3.6 - 1.75 = 2.15"], "3.6 \u2212 1.75 is 1.85, not 2.15."),
        ("Expand (a + b)^2", ["a^2 + b^2"], "At a = 1, b = 2 the line before is 9, this one 5."),
    ],
)
def test_the_words_say_what_is_wrong(problem: str, steps: list[str], why: str) -> None:
    assert why in located(problem, steps).verdict.why


def test_a_sum_that_holds_only_loosely_is_not_said_to_hold() -> None:
    assert "Every sum holds" not in located("", ["10 / 3 = 3"]).verdict.why
    assert "Every sum holds" in located("", ["9 / 3 = 3"]).verdict.why
    assert "hold" not in located("Apples.", ["15 times 8 is 130"]).verdict.why
    assert "hold" not in located("Solve |x - 3| < 2", ["x - 3 < 2", "x < 5"]).verdict.why


def test_a_term_that_stayed_is_not_said_to_have_moved() -> None:
    verdict = located("Solve x^2 - 7x + 10 = 0", ["(x + 5)(x + 2) = 0"]).verdict
    assert verdict.step == 0
    assert "moved" not in verdict.why


def test_amounts_with_decimal_commas_are_held_against_a_right_way() -> None:
    right = "6 * 1,20 = 7,20\n7,20"
    problem = "A pen costs 1,20 €. How much do 6 pens cost?"
    assert located(problem, ["1,20 + 1,20 = 2,40", "2,40 * 3 = 7,20"], right).verdict.step is None
    wrong = located(problem, ["6 * 1,20 = 6,20"], right).verdict
    assert (wrong.step, wrong.checked) == (0, True)
