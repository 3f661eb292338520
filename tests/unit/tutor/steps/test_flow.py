import pytest

from assistant.tutor.steps.flow import Flow, operands_of
from assistant.tutor.steps.known import known_of
from assistant.tutor.steps.reading import read_sentence
from assistant.tutor.steps.signs import signs_of
from assistant.tutor.steps.way import read_way

PROBLEM = (
    "Six members pay $150 each, and $30 each for six books, and $12 each for six more. In all?"
)
REFERENCE = "30 * 6 = 180\n12 * 6 = 72\n180 + 72 + 150 = 402\n402 * 6 = 2412\n2412"


def rows(*steps: str) -> list[dict[str, float]]:
    way = read_way(PROBLEM, steps, REFERENCE)
    flow = Flow(way, known_of(way))
    return [flow.row(place) for place in range(len(steps))]


def test_a_value_that_right_values_are_made_of_later_leads_there() -> None:
    first, second, third = rows("5 * 5 = 25", "25 - 1 = 24", "24 * 3 = 72")
    assert first["leadsright"]
    assert not first["feedsright"]
    assert second["feedsright"]
    assert not third["leadsright"]


def test_a_step_without_one_of_the_numbers_of_a_right_sum_has_fewer() -> None:
    (row,) = rows("180 + 150 = 330")
    assert row["fewermissed"]
    assert not row["moremissed"]
    assert row["nearmissed"] == pytest.approx(2 / 3)


def test_a_step_with_one_number_more_has_more() -> None:
    (row,) = rows("30 * 6 * 77 = 13860")
    assert row["moremissed"]
    assert row["firstmissed"] == pytest.approx(1)
    assert row["freshwrong"]


@pytest.mark.parametrize(("step", "lost"), [("12 + 6 = 18", False), ("7 * 12347 = 86429", True)])
def test_a_foreign_value_may_lead_back_to_the_answer(step: str, *, lost: bool) -> None:
    (row,) = rows(step)
    assert row["nowayback"] == lost


def test_a_number_from_nowhere_is_seen_in_a_step_without_a_sum() -> None:
    first, second = rows("There are 77 members.", "There are 6 members.")
    assert first["saysnew"]
    assert not second["saysnew"]


def test_another_sign_than_any_of_the_right_way_is_seen() -> None:
    (row,) = rows("150 / 6 = 25")
    assert row["othersign"]


def test_bare_results_are_no_operands() -> None:
    (chain,) = read_sentence("3 x 12 = 36").chains
    assert operands_of(chain) == {3, 12}


def test_the_scorer_is_given_these_signs_only_with_a_right_way() -> None:
    steps = ["30 * 6 = 180", "180 + 150 = 330"]
    with_one = signs_of(read_way(PROBLEM, steps, REFERENCE))
    without = signs_of(read_way(PROBLEM, steps))
    assert {"leadsright", "next_leadsright", "prev_leadsright"} <= with_one[0].keys()
    assert not {"leadsright", "next_leadsright", "prev_leadsright"} & without[0].keys()
    assert {"again", "each"} <= without[0].keys()
