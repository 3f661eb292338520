import argparse
import io
import json
from typing import Any

import pytest

from assistant.cli import study_check
from assistant.cli.output import Output
from assistant.cli.study_parser import add_study_actions


def checked(*arguments: str) -> dict[str, Any]:
    parser = argparse.ArgumentParser()
    actions = parser.add_subparsers()

    def add(name: str, help_text: str, description: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=help_text, description=description)

    add_study_actions(add)
    out = io.StringIO()
    study_check.run(parser.parse_args(["check", *arguments]), Output(as_json=True, out=out))
    return json.loads(out.getvalue())


def test_answers_with_what_was_promised() -> None:
    found = checked("--answer", "2/4", "--expected", "1/2", "--kind", "math")
    assert found == {
        "correct": True,
        "credit": 1.0,
        "words": "That is right. The fraction can still be reduced.",
        "equivalent_only": True,
        "checked_by": "algebra",
    }


@pytest.mark.parametrize(
    ("answer", "expected", "kind", "correct"),
    [
        ("-3x", "-3x", "math", True),
        ("-x+3", "3-x", "math", True),
        ("-7", "-7", "number", True),
        ("yes", "Yes", "choice", True),
        ("No", "Yes", "choice", False),
        ("hypotenues", "hypotenuse", "short", True),
        ("", "1", "math", None),
        ("((", "1", "math", None),
    ],
)
def test_takes_answers_as_they_are(
    answer: str, expected: str, kind: str, correct: bool | None
) -> None:
    found = checked("--answer", answer, "--expected", expected, "--kind", kind)
    assert found["correct"] is correct


def test_takes_a_form_a_unit_and_a_tolerance() -> None:
    given = ("--answer", "x^2-1", "--expected", "(x-1)(x+1)", "--kind", "math")
    assert checked(*given, "--form", "factored")["correct"] is False
    unit = ("--answer", "50 mm", "--expected", "5", "--kind", "number", "--unit", "cm")
    assert checked(*unit)["correct"] is True
    close = ("--answer", "9.9", "--expected", "9.81", "--kind", "number")
    assert checked(*close)["correct"] is False
    assert checked(*close, "--tolerance", "0.02")["correct"] is True


@pytest.mark.parametrize("tolerance", ["x", "-1", "1", "nan"])
def test_refuses_a_tolerance_that_is_none(tolerance: str) -> None:
    with pytest.raises(SystemExit):
        checked(
            "--answer", "1", "--expected", "1", "--kind", "math", f"--tolerance={tolerance}"
        )  # fmt: skip


@pytest.mark.parametrize("kind", ["math", "number", "choice", "short", "notes"])
def test_nothing_is_wrong_where_nothing_was_expected(kind: str) -> None:
    found = checked("--answer", "x", "--expected", " ", "--kind", kind)
    assert (found["correct"], found["checked_by"]) == (None, "nothing")
