import pytest

from assistant.tutor.steps.alone import Alone
from assistant.tutor.steps.known import known_of
from assistant.tutor.steps.signs import signs_of
from assistant.tutor.steps.way import read_way

PROBLEM = "Tom has 3 boxes with 12 pencils in each. He gives 6 pencils away. How many are left?"


def rows(*steps: str) -> list[dict[str, float]]:
    way = read_way(PROBLEM, steps)
    alone = Alone(way, known_of(way))
    return [alone.row(place) for place in range(len(steps))]


def test_the_given_numbers_are_followed_from_step_to_step() -> None:
    first, second = rows("3 x 12 = 36", "36 - 6 = 30")
    assert (first["givenused"], first["givenleft"]) == (pytest.approx(2 / 3), pytest.approx(1 / 3))
    assert (second["givenused"], second["givenleft"]) == (pytest.approx(1 / 3), 0)
    assert second["subtracts"]
    assert not first["subtracts"]


def test_many_given_numbers_at_once_are_seen() -> None:
    assert rows("3 + 12 + 6 = 21")[0]["manygiven"]
    assert not rows("3 + 12 = 15")[0]["manygiven"]


def test_a_result_that_is_used_twice_is_seen() -> None:
    first, *_ = rows("3 x 12 = 36", "36 - 6 = 30", "36 + 30 = 66")
    assert first["usedtwice"]


def test_the_place_among_the_sums_is_told() -> None:
    first, second, third = rows("Let us see.", "3 x 12 = 36", "So 36 - 6 = 30 are left.")
    assert not first["firstsum"]
    assert second["firstsum"]
    assert third["lastsum"]
    assert third["concludes"]
    assert third["asked"] > second["asked"]
    assert third["sumsdone"] == 1


def test_words_that_the_problem_has_not_are_new() -> None:
    first, second = rows("Every elephant dances", "boxes with pencils")
    assert first["newwords"] > second["newwords"] == 0


def test_these_signs_stand_in_where_there_is_no_right_way() -> None:
    steps = ["3 x 12 = 36", "36 - 6 = 30"]
    assert "next_adds" in signs_of(read_way(PROBLEM, steps))[0]
    assert "next_adds" not in signs_of(read_way(PROBLEM, steps, "3 * 12 = 36"))[0]


@pytest.mark.parametrize("problem", ["", "   ", "...", "?!"])
def test_a_problem_without_words_asks_nothing(problem: str) -> None:
    way = read_way(problem, ["3 + 4 = 7"])
    assert Alone(way, known_of(way)).row(0)["asked"] == 0
