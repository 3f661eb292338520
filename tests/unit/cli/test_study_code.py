"""``study analyse``, ``trace`` and ``challenge``: their documents, words and refusals."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import CommandLine

PROGRAM = "def f(xs=[]):\n    return xs\n\n\nprint(f())\nprint(1 / 0)\n"


@pytest.fixture
def program(tmp_path: Path) -> str:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    return str(path)


def test_a_program_is_analysed(cli: CommandLine, program: str) -> None:
    value = cli("study", "analyse", program, "--explain", passphrase=False).value
    assert value["readable"]
    assert [one["kind"] for one in value["findings"]] == ["mutable-default"]
    assert {one["checked"] for one in value["sections"]} == {True}
    assert value["run"]["output"] == "[]\n"
    assert value["run"]["error"]["kind"] == "ZeroDivisionError"
    assert value["explanation"]["sentences"][0]["sources"] == []
    said = cli("study", "analyse", program, "--explain", as_json=False, passphrase=False).out
    assert "(Behind it: “A default value is made anew at each call”.)" in said
    assert "  It is a lamp.\n" in said
    assert "Nothing was found." in said


def test_a_text_that_is_no_program_is_an_answer(cli: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "old.py"
    path.write_text("print 'hello'\n", encoding="utf-8")
    value = cli("study", "analyse", str(path), "--no-run", "--explain", passphrase=False).value
    assert not value["readable"]
    assert value["unreadable"]["kind"] == "python2"
    assert value["explanation"]["missing"].startswith("This looks like Python 2")
    said = cli("study", "analyse", str(path), "--explain", as_json=False, passphrase=False).out
    assert "It cannot be read" in said


def test_a_program_is_traced(cli: CommandLine, program: str, tmp_path: Path) -> None:
    value = cli("study", "trace", program, passphrase=False).value
    assert value["steps"][0]["kind"] == "line"
    assert value["error"]["line"] == 6
    assert any(step["words"] == "f gives back []." for step in value["steps"])
    said = cli("study", "trace", program, as_json=False, passphrase=False).out
    assert "   1  line 1: def f(xs=[]):" in said
    assert "It ends with ZeroDivisionError: division by zero (line 6)" in said
    typed = tmp_path / "typed.txt"
    typed.write_text("5\n", encoding="utf-8")
    Path(program).write_text("n = int(input())\nwhile True:\n    n += 1\n", encoding="utf-8")
    value = cli("study", "trace", program, "--typed", str(typed), passphrase=False).value
    assert value["cut"]
    assert "n is 5." in value["steps"][1]["words"]


def test_a_challenge_is_given_written_and_graded(cli: CommandLine, tmp_path: Path) -> None:
    asked = ("study", "challenge", "--level", "2", "--topic", "list")
    listed = cli(*asked, "--list", passphrase=False).value["challenges"]
    assert {one["level"] for one in listed} == {2}
    assert "reference" not in listed[0]
    folder = tmp_path / "practice"
    given = cli(*asked, "--debug", "--to", str(folder), passphrase=False).value
    assert given["kind"] == "mend"
    assert not {"reference", "slip"} & given.keys()
    graded = cli(
        "study", "grade", given["file"], "--tests", given["tests_file"], passphrase=False
    ).value
    assert graded["failed"] > 0
    again = cli(*asked, "--debug", "--to", str(folder), passphrase=False)
    assert again.error["code"] == "file_exists"
    said = cli(*asked, "--to", str(tmp_path / "other"), as_json=False, passphrase=False).out
    assert "study grade" in said
    assert "level 2" in said
    lines = cli(*asked, "--list", as_json=False, passphrase=False).out.splitlines()
    assert len(lines) == len(listed)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "file_not_found"),
        ("x = 'é'".encode("latin-1"), "not_text"),
        (b"# coding: nonsense\nx = 1", "not_text"),
        (b"#" * ((1 << 20) + 1), "too_large"),
    ],
)
def test_what_cannot_be_read_is_an_error(
    cli: CommandLine, tmp_path: Path, content: bytes | None, code: str
) -> None:
    path = tmp_path / "program.py"
    if content is not None:
        path.write_bytes(content)
    assert cli("study", "analyse", str(path), passphrase=False).error["code"] == code


def test_an_encoding_that_a_program_names_is_believed(cli: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_bytes("# coding: latin-1\nprint('é')\n".encode("latin-1"))
    value = cli("study", "analyse", str(path), passphrase=False).value
    assert value["run"]["output"] == "é\n"


def test_a_challenge_that_is_not_there_is_an_error(cli: CommandLine, tmp_path: Path) -> None:
    said = cli("study", "challenge", "--topic", "knitting", passphrase=False)
    assert said.error["code"] == "no_challenge"
    (tmp_path / "file").write_text("", encoding="utf-8")
    where = str(tmp_path / "file" / "below")
    said = cli("study", "challenge", "--level", "1", "--to", where, passphrase=False)
    assert said.error["code"] == "file_unwritable"
