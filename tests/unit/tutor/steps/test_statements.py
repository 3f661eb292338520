import pytest

from assistant.tutor.steps.commas import with_points
from assistant.tutor.steps.statements import statements, without_roundings


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("3x = 12 => x = 4", ("3x = 12", "x = 4")),
        ("=> 3x = 12", ("3x = 12",)),
        (r"\Rightarrow 3x = 12", ("3x = 12",)),
        ("x => 3", ("x => 3",)),
        ("2 = 5 => no solution", ("2 = 5", "no solution")),
        ("3x = 12 | : 3", ("3x = 12",)),
        ("|x - 3| = 5", ("|x - 3| = 5",)),
        ("x = 9 - 4, so x = 5 ✓", ("x = 9 - 4", "x = 5")),
        ("x = 2 since -1 does not fit", ("x = 2",)),
        ("because of x = 3", ("because of x = 3",)),
        ("", ("",)),
    ],
)
def test_a_line_is_cut_into_what_it_says(line: str, parts: tuple[str, ...]) -> None:
    assert statements(line) == parts


def test_an_arrow_between_expressions_stands_for_an_equals_sign() -> None:
    assert statements("2x + x => 3x", expressions=True) == ("2x + x", "3x")
    assert statements("2x + x => 3x") == ("2x + x => 3x",)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("6 * 1,20 = 7,20", "6 * 1.20 = 7.20"),
        ("2,5x = 5", "2.5x = 5"),
        ("x = 2,3", "x = 2,3"),
        ("1,200 + 300 = 1,500", "1,200 + 300 = 1,500"),
        ("(1,2) + (3,9) = (4,11)", "(1,2) + (3,9) = (4,11)"),
        ("1.5 + 2,5", "1.5 + 2,5"),
        ("1,2,3 + 4", "1,2,3 + 4"),
    ],
)
def test_decimal_commas_are_read_where_they_can_be_nothing_else(line: str, read: str) -> None:
    assert with_points([line]) == ((read,),)


def test_the_commas_of_one_writer_are_shown_by_another() -> None:
    problem, steps, right = with_points(["1,20 €"], ["x = 3,60"], ["3 * 1.20 = 3.60"])
    assert (problem, steps, right) == (("1.20 €",), ("x = 3.60",), ("3 * 1.20 = 3.60",))


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("x = e^2 \u2248 7.39", "x =e^2"),
        (
            "x = 2 + \u221a3 \u2248 3.73 or x = 2 - \u221a3 \u2248 0.27",
            "x =2 + \u221a3 or x =2 - \u221a3",
        ),
        ("x = e^2 \u2248 8.39", "x = e^2 \u2248 8.39"),
        ("x = 1/3 \u2248 0.33 + 2", "x = 1/3 \u2248 0.33 + 2"),
        ("x \u2248 7.39", "x \u2248 7.39"),
        ("x = y \u2248 7.39", "x = y \u2248 7.39"),
    ],
)
def test_decimals_behind_what_they_are_about_are_left_out(line: str, left: str) -> None:
    assert without_roundings(line) == left
