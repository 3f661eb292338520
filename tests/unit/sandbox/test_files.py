"""Files, the environment and warnings in tests: in memory, seen by both sides, and no more."""

import textwrap

import pytest

from assistant.domain.exercise import RunReport
from assistant.sandbox.sandbox import Sandbox

PROGRAM = """
import json, os, warnings
from pathlib import Path
def save(path, items):
    with open(path, "w") as file:
        for item in items: file.write(item + "\\n")
def load(path):
    with open(path) as file: return [line.strip() for line in file]
def add(path, line):
    with open(path, "a") as file: file.write(line)
def count(path): return len(Path(path).read_text().split())
def names(folder): return sorted(os.listdir(folder))
def here():
    with open("data.txt") as file: return file.read()
def home(): return os.environ.get("APP_HOME", "none")
def old(): warnings.warn("use new", DeprecationWarning); return 1
def leave(): raise SystemExit(2)
"""

PASSING = {
    "written and read": """
        def test_it(tmp_path):
            path = tmp_path / "a.txt"
            save(path, ["a", "b"])
            assert path.read_text() == "a\\nb\\n"
            assert load(str(path)) == ["a", "b"]
            add(path, "c d")
            assert count(path) == 4
        """,
    "a folder for each test": """
        def test_one(tmp_path): save(tmp_path / "a.txt", ["a"])
        def test_two(tmp_path): assert names(tmp_path) == []
        """,
    "folders in folders": """
        def test_it(tmp_path):
            (tmp_path / "sub" / "deep").mkdir(parents=True)
            (tmp_path / "sub" / "b.txt").touch()
            assert names(tmp_path / "sub") == ["b.txt", "deep"]
            assert [each.name for each in tmp_path.rglob("*.txt")] == ["b.txt"]
            shutil.rmtree(tmp_path / "sub")
            assert not (tmp_path / "sub").exists()
        """,
    "one folder for all": """
        @pytest.fixture(scope="session")
        def data(tmp_path_factory):
            path = tmp_path_factory.mktemp("data") / "w.txt"
            path.write_text("a b c")
            return path
        def test_one(data): assert count(data) == 3
        def test_two(data): assert count(data) == 3
        """,
    "tempfile": """
        class Test(unittest.TestCase):
            def setUp(self): self.folder = tempfile.mkdtemp()
            def tearDown(self): shutil.rmtree(self.folder)
            def test_it(self):
                save(os.path.join(self.folder, "a"), ["q"])
                self.assertEqual(os.listdir(self.folder), ["a"])
            def test_other(self): self.assertEqual(os.listdir(self.folder), [])
        """,
    "what is not there": """
        def test_it(tmp_path):
            with pytest.raises(FileNotFoundError): load(tmp_path / "none.txt")
        """,
    "another folder": """
        def test_it(tmp_path, monkeypatch):
            (tmp_path / "data.txt").write_text("hi")
            monkeypatch.chdir(tmp_path)
            assert here() == "hi"
        def test_after():
            with pytest.raises(OSError): here()
        """,
    "the environment": """
        def test_it(monkeypatch):
            monkeypatch.setenv("APP_HOME", "/x")
            assert home() == "/x"
            monkeypatch.delenv("APP_HOME")
            assert home() == "none"
        def test_patched():
            with mock.patch.dict(os.environ, {"APP_HOME": "y"}): assert home() == "y"
            assert home() == "none"
        """,
    "warnings": """
        def test_it():
            with pytest.warns(DeprecationWarning, match="new") as record: assert old() == 1
            assert len(record) == 1
        def test_recorded(recwarn):
            old()
            assert issubclass(recwarn.pop().category, DeprecationWarning)
        class Test(unittest.TestCase):
            def test_it(self):
                with self.assertWarns(DeprecationWarning): old()
        """,
    "how a program leaves": """
        def test_it():
            with pytest.raises(SystemExit) as left: leave()
            assert left.value.code == 2
        """,
}

FAILING = {
    "nothing was written": """
        def test_it(tmp_path):
            load.__doc__
            assert (tmp_path / "a.txt").exists()
        """,
    "another warning": """
        def test_it():
            with pytest.warns(UserWarning): old()
        """,
    "other words": """
        def test_it():
            with pytest.warns(DeprecationWarning, match="never"): old()
        """,
}

FORGED = {
    "says that a file is there": """
        import os, pathlib
        pathlib.Path.exists = lambda self: True
        pathlib.Path.read_text = lambda self: "a\\n"
        def save(path, items): os.stat = lambda *_: None
        """,
    "reads what lies outside": """
        def save(path, items):
            for other in ("/etc/passwd", "/proc/self/environ", "tests.py", "/tmp/../etc/passwd"):
                try:
                    with open(other) as file: path.write_text("a\\n" if file.read() else "")
                except OSError: pass
        """,
    "asks for more than files": """
        import gc
        def save(path, items):
            for each in gc.get_objects():
                if type(each).__name__ == "_Program":
                    for what in ("__init__", "_put", "__class__"):
                        try: each.ask("file", what, str(path), b"a\\n")
                        except TypeError: pass
        """,
    "warns with a test's own word": """
        import gc, assistant.sandbox.guest.pytest_words as words
        def save(path, items):
            for each in gc.get_objects():
                if type(each).__name__ == "_Program": each.ask("warn", words.Skipped("no"))
        """,
}

_IMPORTS = "import os, shutil, tempfile, unittest\nfrom unittest import mock\nimport pytest\n"


def _graded(sandbox: Sandbox, program: str, tests: str) -> RunReport:
    source = f"{_IMPORTS}from program import *\n{textwrap.dedent(tests)}"
    return sandbox.grade(textwrap.dedent(program), source, "program")


@pytest.mark.parametrize("name", PASSING)
def test_a_right_program_passes(sandbox: Sandbox, name: str) -> None:
    report = _graded(sandbox, PROGRAM, PASSING[name])
    assert report.all_passed, [case.message for case in report.cases] + [report.trouble]


@pytest.mark.parametrize("name", FAILING)
def test_what_is_not_so_fails(sandbox: Sandbox, name: str) -> None:
    [case] = _graded(sandbox, PROGRAM, FAILING[name]).cases
    assert not case.passed


@pytest.mark.parametrize("name", FORGED)
def test_no_file_can_be_made_up(sandbox: Sandbox, name: str) -> None:
    tests = """
    def test_it(tmp_path):
        save(tmp_path / "a.txt", ["a"])
        assert (tmp_path / "a.txt").read_text() == "a\\n"
    """
    [case] = _graded(sandbox, FORGED[name], tests).cases
    assert not case.passed


def test_the_shelf_is_not_endless(sandbox: Sandbox) -> None:
    program = """
    def fill(path):
        for number in range(40):
            with open(f"{path}{number}", "wb") as file: file.write(bytes(1 << 19))
    """
    tests = """
    def test_it(tmp_path):
        with pytest.raises(OSError, match="space"): fill(tmp_path / "a")
    """
    [case] = _graded(sandbox, program, tests).cases
    assert case.passed, case.message
