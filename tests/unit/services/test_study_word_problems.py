import json

from assistant.domain.generation import GenerationRequest
from assistant.services.study.word_problems import LONGEST_PROBLEM, worked

PROBLEM = "Tom has 3 boxes with 12 pencils in each. He gives 6 away. How many pencils are left?"


def steps(*sums: tuple[str, str]) -> str:
    return json.dumps({"steps": [{"find": "", "sum": s, "result": r} for s, r in sums]})


GOOD = steps(("3 * 12", "36"), ("36 - 6", "30"))
BAD = steps(("3 + 12", "15"), ("15 - 6", "9"))


class Scripted:
    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[GenerationRequest] = []

    def __call__(self, request: GenerationRequest) -> str:
        self.asked.append(request)
        return self.answers[(len(self.asked) - 1) % len(self.answers)]


def test_three_that_agree_without_doubts_are_enough() -> None:
    ask = Scripted(GOOD)
    made = worked(PROBLEM, ask)
    assert (made.answer, made.agreeing, made.of, made.trusted) == ("30", 3, 3, True)
    assert len(ask.asked) == 3


def test_the_first_is_greedy_and_the_others_are_sampled_with_seeds_of_their_own() -> None:
    ask = Scripted(GOOD, BAD)
    worked(PROBLEM, ask, seed=7)
    assert ask.asked[0].sampling.temperature == 0
    assert all(request.sampling.temperature > 0 for request in ask.asked[1:])
    assert len({request.sampling.seed for request in ask.asked}) == 5


def test_sentences_are_asked_for_and_json_only_where_they_have_no_sums() -> None:
    ask = Scripted("3 * 12 = 36 and 36 - 6 = 30.\nAnswer: 30")
    assert worked(PROBLEM, ask).answer == "30"
    assert not any(request.json_schema for request in ask.asked)
    ask = Scripted("Thirty.", "It is 30.", GOOD)
    assert worked(PROBLEM, ask, samples=3).answer == "30"
    assert [bool(request.json_schema) for request in ask.asked[:3]] == [False, False, True]


def test_a_minority_is_outvoted_and_the_vote_is_told() -> None:
    made = worked(PROBLEM, Scripted(GOOD, BAD, GOOD, "nonsense", GOOD))
    assert made.answer == "30"
    assert (made.agreeing, made.of) == (3, 4)


def test_where_the_sums_are_not_to_be_trusted_the_model_says_its_own_answer_unchecked() -> None:
    ask = Scripted(BAD, GOOD, "nonsense", "So 36 take away 6.\nAnswer: 1,030")
    made = worked(PROBLEM, ask, samples=3)
    assert (made.answer, made.alone, made.trusted, made.steps) == ("1030", True, False, ())
    assert ask.asked[-1].sampling.temperature == 0
    assert not worked(PROBLEM, Scripted(GOOD)).alone


def test_nothing_that_can_be_computed_is_no_answer() -> None:
    made = worked(PROBLEM, Scripted("nonsense"))
    assert made.answer == ""
    assert not made.trusted
    assert made.doubts


def test_an_empty_problem_asks_nobody_and_a_long_one_is_cut() -> None:
    ask = Scripted(GOOD)
    assert worked("  ", ask).answer == ""
    assert not ask.asked
    worked("9" * 100_000, ask)
    assert len(ask.asked[0].turns[-1].content) == LONGEST_PROBLEM
