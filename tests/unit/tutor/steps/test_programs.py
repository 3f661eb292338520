import json
from fractions import Fraction

import pytest

from assistant.tutor.steps.programs import Proposal, voted
from assistant.tutor.steps.proposals import proposal_of

PROBLEM = "Tom has 3 boxes with 12 pencils in each. He gives 6 away. How many pencils are left?"


def text_of(*steps: tuple[str, str]) -> str:
    rows = [{"find": "…", "sum": sum_, "result": result} for sum_, result in steps]
    return json.dumps({"steps": rows})


def made(*steps: tuple[str, str]) -> Proposal:
    proposal = proposal_of(PROBLEM, text_of(*steps))
    assert proposal is not None
    return proposal


def test_the_sums_are_computed() -> None:
    proposal = made(("3 * 12", "36"), ("36 - 6", "30"))
    assert proposal.answer == 30
    assert proposal.doubts == ()


def test_a_wrong_result_of_the_model_is_put_right_and_carried_on() -> None:
    proposal = made(("3 * 12", "38"), ("38 - 6", "32"))
    assert [step.result for step in proposal.steps] == [36, 30]


@pytest.mark.parametrize(
    ("steps", "doubt"),
    [
        ([("3 * 12", "36")], "6 is not used."),
        ([("3 * 12", "36"), ("36 - 6", "30"), ("30 - 17", "13")], "17 is neither"),
        ([("3 * 12", "36"), ("6 / 4", "1.5")], "does not come out whole"),
        ([("3 - 12", "-9"), ("6 - 12", "-6")], "below zero"),
        ([("3 * 12", "36"), ("12 - 6", "6")], "A result is not used."),
    ],
)
def test_what_speaks_against_a_proposal_is_said(steps: list[tuple[str, str]], doubt: str) -> None:
    assert any(doubt in said for said in made(*steps).doubts)


def test_percents_are_hundredths() -> None:
    assert made(("200 * 10%", "20")).answer == 20


def test_the_vote_goes_to_the_answer_with_fewest_doubts() -> None:
    good = made(("3 * 12", "36"), ("36 - 6", "30"))
    bad = made(("3 + 12", "15"), ("100 - 17", "83"))
    vote = voted([bad, good, bad])
    assert vote is not None
    assert vote.best.answer == 30
    assert (vote.agreeing, vote.of) == (1, 3)
    assert voted([]) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{}", '{"steps": []}', '{"steps": [3]}', '{"steps": "3 * 4"}', "{",
        '{"steps": [{"sum": "1 / 0", "result": "0"}]}', '{"steps": [{"sum": "x + 1"}]}',
        '{"steps": [{"sum": "' + "9" * 10_000 + ' + 1"}]}', "[" * 100_000,
    ],
)  # fmt: skip
def test_what_cannot_be_computed_is_no_proposal(text: str) -> None:
    assert proposal_of(PROBLEM, text) is None


def test_a_fraction_stays_exact() -> None:
    assert made(("12 / 9", "1.33"), ("1.33 * 3", "4")).answer == Fraction(4)


TOLD = """The pencils in all boxes are 3 * 12 = 38.
After giving 6 away, Tom has $38 - $6 = 32 pencils.
Answer: 32"""


def test_sums_are_read_from_sentences_and_put_right() -> None:
    proposal = proposal_of(PROBLEM, TOLD)
    assert proposal is not None
    assert [(step.find, step.sum, step.result) for step in proposal.steps] == [
        ("The pencils in all boxes", "3 \u00d7 12", 36),
        ("After giving 6 away, Tom", "36 \u2212 6", 30),
    ]
    assert proposal.answer == 30
    assert proposal.doubts == ()


@pytest.mark.parametrize(
    ("named", "answer"), [("Answer: 38", 36), ("Answer: $32.", 30), ("Answer: 1,000", 30), ("", 30)]
)
def test_the_answer_is_what_its_own_sum_comes_to(named: str, answer: int) -> None:
    proposal = proposal_of(PROBLEM, TOLD.replace("Answer: 32", named))
    assert proposal is not None
    assert proposal.answer == answer


@pytest.mark.parametrize(
    "text", ["Tom has 36 pencils.", "Answer: 30", "x = 3 * y", "3 * 12 / 0 = 4"]
)
def test_sentences_without_a_sum_that_is_done_are_no_proposal(text: str) -> None:
    assert proposal_of(PROBLEM, text) is None


def test_formulas_in_brackets_of_a_page_are_read() -> None:
    proposal = proposal_of(PROBLEM, r"So \[ 3 \times 12 = 36 \text{ pencils} \] and 36 - 6 = 30.")
    assert proposal is not None
    assert proposal.answer == 30
