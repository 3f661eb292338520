"""Word problems worked from the command line."""

import json

from assistant.engine.scripted import Script, ScriptedAnswer
from tests.unit.cli.conftest import CommandLine

_PROBLEM = ("Ann has 4 bags with 6 apples in each and eats 5.", "How many apples are left?")


def _proposal(*sums: tuple[str, str]) -> ScriptedAnswer:
    steps = [{"find": "apples", "sum": each, "result": result} for each, result in sums]
    return ScriptedAnswer(json.dumps({"steps": steps}))


def test_sums_are_proposed_by_the_model_and_computed_by_code(cli: CommandLine) -> None:
    # The model's own result of the first sum is wrong, and corrected on the way.
    cli.script = Script((_proposal(("4 * 6", "23"), ("23 - 5", "18")),))
    made = cli("study", "work", *_PROBLEM).value
    assert made["answer"] == "19"
    assert [step["result"] for step in made["steps"]] == ["24", "19"]
    assert [step["sum"] for step in made["steps"]] == ["4 * 6", "24 - 5"]
    assert (made["agreeing"], made["of"], made["doubts"]) == (3, 3, [])
    shown = cli("study", "work", *_PROBLEM, as_json=False).out
    assert "Answer: 19" in shown
    assert "3 of 3 proposals come to this answer" in shown


def test_what_cannot_be_worked_is_said(cli: CommandLine) -> None:
    assert cli("study", "work", " ").error["code"] == "problem_empty"
    assert cli("study", "work", "1 " * 1001).error["code"] == "problem_too_long"
    made = cli("study", "work", *_PROBLEM)
    assert made.value["answer"] is None
    assert made.value["doubts"] == ["No proposal could be computed."]
