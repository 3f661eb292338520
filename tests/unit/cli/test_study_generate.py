"""``study generate``: items with key, proof and difficulty, from a profile without a vault."""

from assistant.domain.exercise import AnswerKind, Key
from assistant.tutor.maths import grade
from tests.unit.cli.conftest import CommandLine

_ROOTS = ("study", "generate", "--course", "algebra-and-arithmetic", "--concept", "roots")


def test_items_come_with_key_proof_and_difficulty(cli: CommandLine) -> None:
    items = cli(*_ROOTS, "--count", "6", "--seed", "3").value["items"]
    assert [item["difficulty"] for item in items] == [1, 2, 3, 4, 5, 1]
    for item in items:
        assert item["concept"] == "roots"
        assert item["proof"]["by"] == "algebra"
        assert item["proof"]["how"]
        assert len(item["hints"]) == 3
        judged = grade(item["key"], Key(item["key"]), AnswerKind(item["kind"]))
        assert judged.correct
    assert cli(*_ROOTS, "--count", "6", "--seed", "3").value["items"] == items
    assert cli(*_ROOTS, "--count", "6", "--seed", "4").value["items"] != items


def test_it_can_be_read_by_a_person_and_repeated(cli: CommandLine) -> None:
    said = cli(*_ROOTS, "--count", "2", "--difficulty", "2", as_json=False).out
    assert said.count("roots, difficulty 2") == 2
    assert said.count("Key: ") == 2
    made = cli(*_ROOTS, "--count", "2").value
    again = cli(*_ROOTS, "--count", "2", "--seed", str(made["seed"])).value
    assert again == made


def test_what_is_unknown_is_said(cli: CommandLine) -> None:
    unknown = cli("study", "generate", "--course", "algebra-and-arithmetic", "--concept", "no")
    assert unknown.error["code"] == "concept_unknown"


def test_a_program_to_be_written_comes_with_tests_and_reference(cli: CommandLine) -> None:
    python = ("study", "generate", "--course", "python-from-zero", "--concept", "lists")
    done = cli(*python, "--count", "12", "--difficulty", "5", "--seed", "3")
    tasks = [item["code"] for item in done.value["items"] if item["kind"] == "code"]
    assert tasks
    for task in tasks:
        assert f"from {task['module']} import" in task["tests"]
        assert task["reference"] != task["starter"]
    assert all(item["proof"]["by"] == "tests" for item in done.value["items"])
