"""``study grade``: its document, its words, and what it refuses."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import CommandLine

PROGRAM = "def flatten(xs):\n    return [x for x in xs if x is not None]\n"
TESTS = """
from flatten import flatten
def test_empty(): assert flatten([]) == []
def test_nested(): assert flatten([[1]]) == [1]
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    program, tests = tmp_path / "flatten.py", tmp_path / "tests.py"
    program.write_text(PROGRAM, encoding="utf-8")
    tests.write_text(TESTS, encoding="utf-8")
    return str(program), str(tests)


def test_a_program_is_graded_by_its_tests(cli: CommandLine, files: tuple[str, str]) -> None:
    value = cli("study", "grade", files[0], "--tests", files[1], passphrase=False).value
    assert (value["passed"], value["failed"], value["killed"]) == (1, 1, None)
    assert [case["name"] for case in value["cases"]] == ["test_empty", "test_nested"]
    assert value["cases"][1]["call"] == "flatten([[1]])"
    said = cli("study", "grade", files[0], "--tests", files[1], as_json=False).out
    assert "FAIL  test_nested" in said
    assert said.endswith("1 of 2 tests passed.\n")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("missing.py", None, "file_not_found"),
        ("latin.py", "x = 'é'".encode("latin-1"), "not_text"),
        ("large.py", b"#" * ((1 << 20) + 1), "too_large"),
        ("1st.py", b"", "not_a_module"),
        ("empty.py", b"", "no_tests"),
    ],
)
def test_what_cannot_be_graded_is_an_error(
    cli: CommandLine, tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    assert cli("study", "grade", str(file), "--tests", str(file)).error["code"] == code


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no such device")
def test_a_device_that_never_ends_is_not_read_to_its_end(cli: CommandLine) -> None:
    graded = cli("study", "grade", "/dev/zero", "--tests", "/dev/zero").error
    assert graded["code"] == "too_large"
    assert cli("study", "locate", "/dev/zero").error["code"] == "way_too_large"
