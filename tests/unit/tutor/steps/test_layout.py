"""Bullets, numbers, bold type and LaTeX's frames change nothing; other tongues are read too."""

import pytest

from assistant.tutor.steps.beginning import beginning
from assistant.tutor.steps.layout import without_dress
from assistant.tutor.steps.locating import located

LINEAR = "Solve 3x + 5 = 20"
QUADRATIC = "Solve x^2 - x - 6 = 0"


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("**Step 1: The time**\n\\[132 : 6 = 22\\]", "The time\n132 : 6 = 22"),
        ("15 · 9 = <<15*9=135>>135 kg.", "15 · 9 = 135 kg."),
        ("-4p + 8 &= -16 \\\\", "-4p + 8 = -16"),
        ("\\begin{aligned} 3x &= 9 \\\\ x &= 3 \\end{aligned}", "3x = 9\nx = 3"),
        ("| the total | 63 + 72 = 135 |", "the total ; 63 + 72 = 135"),
        ("$\\boxed{x = 7 ou x = -7}$", "x = 7 or x = -7"),
        ("4\u202f800 = 20 · 240", "4800 = 20 · 240"),
        ("On a -6x - 8 = -36", "-6x - 8 = -36"),
        ("6 · 1.5 == 9;", "6 · 1.5 = 9"),
        ("$40 + $15 = $55", "$40 + $15 = $55"),
        ("2**3 + 4**2 = 24", "2**3 + 4**2 = 24"),
        ("3 * 4 = 12", "3 * 4 = 12"),
        ("|x - 2| = 5", "|x - 2| = 5"),
    ],
)
def test_dress_is_taken_off_and_mathematics_kept(line: str, plain: str) -> None:
    assert without_dress([line]) == (plain,)


@pytest.mark.parametrize(
    "steps",
    [
        ["- 3x = 15", "- x = 5"],
        ["\u2013 3x = 15", "\u2013 x = 5"],
        ["- 3x + 5 = 20", "- 3x = 15", "- so x = 5"],
        ["1. 3x = 15", "2. x = 5"],
        ["1 - 3x = 15", "2 - x = 5"],
        ["a) 3x = 15", "b) x = 5"],
        ["> 3x = 15", "> x = 5"],
        ["**3x = 15**", "**x = 5**"],
        ["*3x = 15*", "*x = 5*"],
        ["`3x = 15`", "`x = 5`"],
        ["3x &= 15 \\\\", "x &= 5 \\\\"],
        ["3x = 15;", "x = 5 ∎"],
        ["Step 1: 3x = 15", "**Step 2:** $x = 5$"],
        ["Also 3x = 15", "somit x = 5"],
        ["On a 3x = 15", "donc x = 5"],
        ["Tenemos 3x = 15", "por lo tanto x = 5"],
        ["3x + 5 = 20  [-5]", "3x = 15  (:3)", "x = 5"],
    ],
)
def test_a_right_way_in_any_dress_is_right(steps: list[str]) -> None:
    verdict = located(LINEAR, steps).verdict
    assert (verdict.step, verdict.checked) == (None, True)


@pytest.mark.parametrize(
    ("steps", "wrong"),
    [
        (["- 3x = 15", "- x = 4"], 1),
        (["1. 3x = 25", "2. x = 25/3"], 0),
        (["**3x = 15**", "**x = -5**"], 1),
        (["> 3x = 25", "> x = 25/3"], 0),
        (["`3x = 15`", "`x = 45`"], 1),
        (["3x &= 25 \\\\", "x &= 25/3 \\\\"], 0),
        (["On a 3x = 25", "donc x = 25/3"], 0),
        (["3x + 5 = 20  [-5]", "3x = 25  (:3)", "x = 25/3"], 1),
    ],
)
def test_a_wrong_line_in_any_dress_is_found(steps: list[str], wrong: int) -> None:
    verdict = located(LINEAR, steps).verdict
    assert (verdict.step, verdict.checked) == (wrong, True)


def test_a_dash_before_some_lines_only_may_be_a_minus() -> None:
    assert located(LINEAR, ["- 3x = 15", "x = -5"]).verdict.step is None
    assert located("Solve 20 = 5 - 3x", ["- 3x = 15", "x = -5"]).verdict.checked
    assert located("Solve 4 - x = 7", ["- x = 3", "x = -3"]).verdict.checked


def test_dashes_before_all_lines_may_be_minus_signs_of_a_right_way() -> None:
    assert located("Evaluate 2 - 5 - 4", ["- 3 - 4", "- 7"]).verdict.step is None
    assert located("A shop.", ["- 3 - 4 = -7", "- 7 + 2 = -5"]).verdict.step is None
    assert located("A shop.", ["- 3 + 4 = 7", "- 7 + 2 = 8"]).verdict.step == 1


def test_letters_before_lines_may_be_those_of_tasks() -> None:
    assert located("Simplify a) 2x + 3x b) 7x - x", ["a) 5x", "b) 6x"]).verdict.step is None


@pytest.mark.parametrize(
    ("problem", "steps"),
    [
        ("Löse die Gleichung 3x + 5 = 20", ["3x = 15", "x = 5"]),
        ("Résoudre l'équation : 3x + 5 = 20", ["3x = 15", "x = 5"]),
        ("Resuelve 3x + 5 = 20", ["3x = 15", "x = 5"]),
        ("Löse x : 5 + 2 = 9", ["x : 5 = 7", "x = 35"]),
        ("Löse das Gleichungssystem x + y = 9 und x - y = 5", ["2x = 14", "x = 7", "y = 2"]),
        ("Solve:\n(I) x + y = 9\n(II) x - y = 5", ["2x = 14", "x = 7", "y = 2"]),
        ("Solve $\\begin{cases} x + y = 9 \\\\ x - y = 5 \\end{cases}$", ["x = 7", "y = 2"]),
        ("Berechne 24 : 4 · 5", ["= 6 · 5", "= 30"]),
        ("4 · (18 - 4) + 2 = ?", ["= 4 · 14 + 2", "= 56 + 2", "= 58"]),
        (QUADRATIC, ["(x - 3)(x + 2) = 0", "x = 3 oder x = -2"]),
        (QUADRATIC, ["(x - 3)(x + 2) = 0", "x1 = 3; x2 = -2"]),
        (QUADRATIC, ["(x - 3)(x + 2) = 0", "x_1 = 3, x_2 = -2"]),
        (QUADRATIC, ["(x - 3)(x + 2) = 0", "x = 3, -2"]),
        (QUADRATIC, ["(x - 3)(x + 2) = 0", "x=3 (or) x=-2"]),
    ],
)
def test_right_ways_of_several_countries(problem: str, steps: list[str]) -> None:
    verdict = located(problem, steps).verdict
    assert (verdict.step, verdict.checked) == (None, True)


@pytest.mark.parametrize(
    ("problem", "steps", "wrong"),
    [
        ("Löse das Gleichungssystem x + y = 9 und x - y = 5", ["2x = 4", "x = 2", "y = 7"], 0),
        ("Berechne 24 : 4 · 5", ["= 6 · 5", "= 35"], 1),
        ("4 · (18 - 4) + 2 = ?", ["= 4 · 14 + 2", "= 56 + 2", "= 57"], 2),
        (QUADRATIC, ["(x - 3)(x + 2) = 0", "x1 = 3; x2 = 2"], 1),
        ("2,5t + 2,5 = 32,5, t = ?", ["2,5t = 30,1", "t = 12,04"], 0),
    ],
)
def test_wrong_ways_of_several_countries(problem: str, steps: list[str], wrong: int) -> None:
    verdict = located(problem, steps).verdict
    assert (verdict.step, verdict.checked) == (wrong, True)


def test_a_point_between_a_letter_and_a_number_may_multiply() -> None:
    assert located(LINEAR, ["x.3 = 15", "x = 5"]).verdict.step is None


def test_a_colon_of_a_ratio_or_a_heading_is_no_division() -> None:
    assert beginning("Solve for x : x + 5 = 9").text == "x + 5 = 9"
    assert beginning("Share 60 euros in the ratio 2 : 3.").text == ""
