import argparse
import io
import json
from pathlib import Path
from typing import Any

from assistant.cli import study_locate
from assistant.cli.output import Output
from assistant.engine.scripted import Script, ScriptedAnswer
from assistant.services.core import Core
from assistant.services.study.locating import WayFile, located_beside
from assistant.services.study.word_problems import WorkedProblem
from tests.unit.cli.conftest import CommandLine

WAY = {
    "problem": "Solve for x: 3(x - 4) = 5x + 2",
    "steps": ["3x - 12 = 5x + 2", "3x - 5x = 2 - 12", "-2x = -10", "x = 5"],
}


def said(tmp_path: Path, way: object, *, as_json: bool) -> str:
    file = tmp_path / "way.json"
    file.write_text(json.dumps(way), encoding="utf-8")
    out = io.StringIO()
    output = Output(as_json=as_json, out=out, notes=io.StringIO())
    study_locate.run(Core.__new__(Core), argparse.Namespace(file=file, with_model=False), output)
    return out.getvalue()


def test_a_program_is_given_the_index_from_0(tmp_path: Path) -> None:
    document = json.loads(said(tmp_path, WAY, as_json=True))
    assert document["step"] == 1
    assert document["checked"] is True
    assert document["misconception"] == "moved-without-sign"
    assert "kept its sign" in document["why"]


def test_a_person_is_told_the_step_as_it_is_counted(tmp_path: Path) -> None:
    assert said(tmp_path, WAY, as_json=False).startswith("Step 2 is the first wrong one (checked).")


def test_a_guess_is_called_one(tmp_path: Path) -> None:
    way = {
        "problem": "Tom has 3 boxes with 12 pencils in each. How many does he have?",
        "steps": ["3 + 12 = 15", "15"],
        "reference_solution": "3 * 12 = 36\n36",
    }
    told = said(tmp_path, way, as_json=False)
    assert told.startswith("Step 1 may be the first wrong one (not checked, a guess).")


def test_a_right_way_has_no_step_to_name(tmp_path: Path) -> None:
    way = {"problem": "", "steps": ["2x = 4", "x = 2"]}
    assert json.loads(said(tmp_path, way, as_json=True))["step"] is None
    assert said(tmp_path, way, as_json=False) == "Every step follows from the one before.\n"


_BAGS = "Ann has 4 bags with 6 apples in each and eats 5. How many apples are left?"


def _beside(cli: CommandLine, tmp_path: Path, way: dict[str, object], *options: str) -> Any:
    file = tmp_path / "way.json"
    file.write_text(json.dumps({"problem": _BAGS, **way}), encoding="utf-8")
    sums = [
        {"find": "apples in all bags", "sum": "4 * 6", "result": "24"},
        {"find": "apples left", "sum": "24 - 5", "result": "19"},
    ]
    cli.script = Script((ScriptedAnswer(json.dumps({"steps": sums})),))
    return cli("study", "locate", str(file), *options).value


def test_a_model_may_propose_the_right_way_and_nothing_beside_it_is_checked(
    cli: CommandLine, tmp_path: Path
) -> None:
    way: dict[str, object] = {"steps": ["4 + 6 = 10", "10 - 5 = 5"]}
    assert _beside(cli, tmp_path, way)["step"] is None
    found = _beside(cli, tmp_path, way, "--with-model")
    assert (found["step"], found["checked"]) == (0, False)
    assert found["why"].startswith(
        "Beside a way that the model proposed, which nothing has checked"
    )
    right = _beside(cli, tmp_path, {"steps": ["4 * 6 = 24", "24 - 5 = 19"]}, "--with-model")
    assert (right["step"], right["checked"]) == (None, False)


def test_no_model_is_asked_where_a_sum_is_false_or_a_right_way_is_there(
    cli: CommandLine, tmp_path: Path
) -> None:
    false = _beside(cli, tmp_path, {"steps": ["4 * 6 = 25", "25 - 5 = 20"]}, "--with-model")
    assert (false["step"], false["checked"]) == (0, True)
    given: dict[str, object] = {
        "steps": ["4 + 6 = 10"],
        "reference_solution": "4 * 6 = 24\n24 - 5 = 19",
    }
    assert "model" not in _beside(cli, tmp_path, given, "--with-model")["why"]


def test_beside_proposals_that_do_not_agree_nothing_is_looked_for() -> None:
    way = WayFile(problem=_BAGS, steps=["4 + 6 = 10", "10 - 5 = 5"])
    made = WorkedProblem("7", (), 1, 3, ("They do not agree.",))
    verdict = located_beside(way, made)
    assert (verdict.step, verdict.checked) == (None, False)
    assert verdict.why.endswith("do not agree, so none was used.")
