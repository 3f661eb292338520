"""The placement test from the command line."""

from tests.unit.cli.conftest import CommandLine
from tests.unit.cli.test_study import ALGEBRA, key_of

PLACE = ("study", "place")


def test_a_test_is_asked_answered_left_and_gone_on_with(cli: CommandLine) -> None:
    assert cli(*PLACE).error["code"] == "not_enrolled"
    cli("study", "enroll", ALGEBRA)
    first = cli(*PLACE).value
    assert (first["number"], first["judged"], first["result"]) == (1, None, None)
    assert first["most"] == 20
    question = first["question"]
    assert question["prompt"]
    assert not {"rungs", "credit", "key"} & set(question)
    right = cli(*PLACE, ALGEBRA, "--answer", key_of(question["exercise"]), "--seconds", "4").value
    assert (right["judged"]["correct"], right["judged"]["recorded"]) == (True, True)
    assert right["number"] == 2
    wrong = cli(*PLACE, "--answer", "-98765").value
    assert wrong["judged"]["correct"] is False
    unread = cli(*PLACE, "--answer", " ").value
    assert (unread["judged"]["recorded"], unread["number"]) == (False, 3)
    words = cli(*PLACE, "--skip", as_json=False).out
    assert "That is noted" in words
    assert "Question 4 of at most 20" in words
    assert f"assistant study place {ALGEBRA} --skip" in words
    left = cli(*PLACE, "--end").value["result"]
    assert (left["ended"], left["asked"], left["right"]) == (False, 3, 1)
    assert cli(*PLACE).value["number"] == 4


def test_its_end_says_where_to_begin_in_words_and_figures(cli: CommandLine) -> None:
    cli("study", "enroll", ALGEBRA)
    at = cli(*PLACE).value
    while at["question"] is not None:
        at = cli(*PLACE, "--answer", key_of(at["question"]["exercise"])).value
    result = at["result"]
    assert result["ended"]
    assert result["asked"] == result["right"] == at["number"]
    assert len(result["known"]) >= 0.8 * result["concepts"]
    assert all(one["low"] <= one["chance"] <= one["high"] for one in result["known"])
    words = cli(*PLACE, as_json=False).out
    assert result["words"] in words
    assert f"%  {result['known'][0]['title']}" in words
    assert result["begin"]["title"] in result["words"]
    assert cli("study", "next").value["concept"] == result["begin"]["concept"]


def test_it_is_taken_again_whenever_one_likes(cli: CommandLine) -> None:
    cli("study", "enroll", ALGEBRA)
    first = cli(*PLACE).value["question"]["exercise"]
    cli(*PLACE, "--skip")
    cli(*PLACE, "--end")
    again = cli(*PLACE, "--again").value
    assert again["number"] == 1
    assert again["question"]["exercise"] != first
    cli(*PLACE, "--answer", key_of(again["question"]["exercise"]))
    assert cli(*PLACE).value["number"] == 2
    ended = cli(*PLACE, "--end").value["result"]
    assert (ended["asked"], ended["right"], ended["replaced"]) == (1, 1, True)
