import argparse
import io
import json
from pathlib import Path

from assistant.cli import study_locate
from assistant.cli.output import Output

WAY = {
    "problem": "Solve for x: 3(x - 4) = 5x + 2",
    "steps": ["3x - 12 = 5x + 2", "3x - 5x = 2 - 12", "-2x = -10", "x = 5"],
}


def said(tmp_path: Path, way: object, *, as_json: bool) -> str:
    file = tmp_path / "way.json"
    file.write_text(json.dumps(way), encoding="utf-8")
    out = io.StringIO()
    output = Output(as_json=as_json, out=out, notes=io.StringIO())
    study_locate.run(argparse.Namespace(file=file), output)
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
