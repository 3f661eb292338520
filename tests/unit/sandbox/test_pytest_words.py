"""What tests may use of pytest: fixtures, marks, what is set up around them."""

import textwrap

import pytest

from assistant.domain.exercise import RunReport
from assistant.sandbox.sandbox import Sandbox

PROGRAM = """
import sys
class Stack:
    def __init__(self): self.items = []
    def push(self, item): self.items.append(item)
    def pop(self): return self.items.pop()
LEVEL = {"name": "low"}
def double(n): return 2 * n
def show(): print("hello")
def warn(): print("careful", file=sys.stderr)
def greet(): print("Hello", input("Name? "), sep=", ")
def level(): return LEVEL["name"]
def first(): return sys.argv[1]
def lines(path):
    with open(path) as file: return file.read().splitlines()
"""

PASSING = {
    "plain, made anew for each test": """
        @pytest.fixture
        def stack():
            made = Stack(); made.push(1)
            return made
        def test_one(stack):
            assert stack.pop() == 1
        def test_two(stack):
            assert stack.pop() == 1
        """,
    "yield, fixtures of fixtures, kept for the file": """
        seen = []
        @pytest.fixture(scope="module")
        def whole():
            seen.append("begin")
            yield seen
            seen.append("end")
        @pytest.fixture
        def each(whole):
            whole.append("in")
            yield whole
            whole.append("out")
        def test_one(each): assert each == ["begin", "in"]
        def test_two(each, whole): assert each is whole and each == ["begin", "in", "out", "in"]
        def test_three(): assert seen == ["begin", "in", "out", "in", "out"]
        """,
    "parameters, ids, and the request": """
        @pytest.fixture(params=[1, pytest.param(2, id="two")], ids=["one", "other"])
        def n(request):
            yield request.param
        @pytest.fixture
        def doubled(n): return double(n)
        seen = []
        def test_both(doubled, n, request):
            assert doubled == 2 * n
            seen.append(request.node.name)
        def test_names(): assert seen == ["test_both[one]", "test_both[two]"]
        @pytest.mark.parametrize("n", [5], indirect=True)
        def test_indirect(doubled): assert doubled == 10
        @pytest.mark.parametrize("n", [7])
        def test_direct(doubled): assert doubled == 14
        """,
    "autouse, usefixtures, in classes and by another name": """
        log = []
        @pytest.fixture(autouse=True)
        def always(): log.append("always")
        @pytest.fixture(name="used")
        def _used(): log.append("used")
        @pytest.mark.usefixtures("used")
        class TestIt:
            @pytest.fixture(autouse=True)
            def own(self): self.mine = 3
            @pytest.fixture
            def two(self): return self.mine - 1
            def test_it(self, two):
                assert (self.mine, two) == (3, 2) and log == ["always", "used"]
        def test_after(): assert log[2:] == ["always"]
        """,
    "set up and torn down around modules, classes, methods and functions": """
        log = []
        def setup_module(module): module.q = 5
        def setup_function(function): log.append(function.__name__)
        def teardown_function(): log.append("over")
        class TestIt:
            @classmethod
            def setup_class(cls): cls.n = 1
            def setup_method(self, method): self.m = method.__name__
            def test_it(self): assert (q, self.n, self.m, log) == (5, 1, "test_it", [])
            @classmethod
            def teardown_class(cls): log.append("class over")
        def test_one(): assert log == ["class over", "test_one"]
        def test_two(): assert log[2:] == ["over", "test_two"]
        """,
    "what is printed": """
        def test_out(capsys: pytest.CaptureFixture[str]):
            show()
            assert capsys.readouterr().out == "hello\\n"
            warn()
            out, err = capsys.readouterr()
            assert (out, err) == ("", "careful\\n")
        def test_mocked_print():
            with mock.patch("builtins.print") as seen:
                show()
            seen.assert_called_once_with("hello")
        def test_mocked_input(capsys):
            with mock.patch("builtins.input", return_value="Ada") as asked:
                greet()
            asked.assert_called_once_with("Name? ")
            assert capsys.readouterr().out == "Hello, Ada\\n"
        def test_not_mocked_any_more(capsys):
            show()
            assert capsys.readouterr().out == "hello\\n"
        """,
    "monkeypatch, and all of it taken back": """
        def test_it(monkeypatch):
            monkeypatch.setattr(answer, "double", lambda n: n)
            monkeypatch.setattr("answer.show", lambda: "shown")
            monkeypatch.setitem(answer.LEVEL, "name", "high")
            monkeypatch.setattr("builtins.input", lambda prompt="": "Bob")
            monkeypatch.setattr("sys.argv", ["answer", "one"])
            monkeypatch.delattr(answer, "warn")
            assert (answer.double(2), answer.show()) == (2, "shown")
            assert (level(), first()) == ("high", "one")
            assert not hasattr(answer, "warn")
        def test_back(monkeypatch):
            assert answer.double(2) == 4 and level() == "low" and hasattr(answer, "warn")
            with pytest.raises(AttributeError):
                monkeypatch.setattr(answer, "nothing", 1)
            with monkeypatch.context() as m:
                m.setattr(answer, "double", lambda n: 0)
                assert answer.double(1) == 0
            assert answer.double(1) == 2
        """,
    "files that are not there but said to be": """
        def test_it():
            with mock.patch("builtins.open", mock.mock_open(read_data="a\\nb\\n")) as opened:
                assert lines("list.txt") == ["a", "b"]
            opened.assert_called_once_with("list.txt")
        """,
    "expected to fail, left out, marks of their own": """
        @pytest.mark.xfail(reason="not yet", strict=True)
        def test_x(): assert double(1) == 3
        @pytest.mark.xfail(raises=TypeError)
        def test_raises(): double()
        @pytest.mark.xfail(False, reason="it does")
        def test_not_x(): assert double(1) == 2
        def test_in_the_middle(): pytest.xfail("not yet")
        @pytest.mark.slow
        @pytest.mark.task(taskno=1)
        def test_marked(): assert double(1) == 2
        @pytest.mark.skipif(True, reason="no")
        def test_left_out(): pytest.fail("no")
        def test_left_out_too(): pytest.importorskip("numpy")
        @pytest.mark.parametrize("n", [1, pytest.param(2, marks=pytest.mark.xfail)])
        def test_param(n): assert double(n) == 2
        """,
    "finalizers, and values asked for by name": """
        log = []
        @pytest.fixture
        def made(request):
            request.addfinalizer(lambda: log.append("over"))
            return request.getfixturevalue("other") + 1
        @pytest.fixture
        def other(): return 1
        def test_it(made): assert made == 2
        def test_after(): assert log == ["over"]
        """,
    "classes of unittest": """
        import unittest
        log = []
        class T(unittest.TestCase):
            @classmethod
            def setUpClass(cls): log.append("class")
            @classmethod
            def tearDownClass(cls): log.append("class over")
            @pytest.fixture(autouse=True)
            def _keep(self, capsys): self.capsys = capsys
            def test_it(self):
                show()
                self.assertEqual(self.capsys.readouterr().out, "hello\\n")
        def test_after(): assert log == ["class", "class over"]
        """,
}
_IMPORTS = "import pytest, answer\nfrom unittest import mock\nfrom answer import *\n"


def _graded(sandbox: Sandbox, tests: str, program: str = PROGRAM) -> RunReport:
    return sandbox.grade(program, _IMPORTS + textwrap.dedent(tests), "answer")


@pytest.mark.parametrize("name", PASSING)
def test_a_right_program_passes(sandbox: Sandbox, name: str) -> None:
    report = _graded(sandbox, PASSING[name])
    assert report.all_passed, report


FAILING = {
    "what nobody makes": (
        "def test_it(mocker): assert double(1) == 2",
        "This test asks for “mocker”, which is not there.",
    ),
    "files": (
        "def test_it(tmpdir): assert double(1) == 2",
        "This test asks for “tmpdir”, which is not there; “tmp_path” is.",
    ),
    "what is logged": (
        "def test_it(caplog): assert double(1) == 2",
        "This test asks for “caplog”, which is not there.",
    ),
    "examples in docstrings": (
        "import doctest, answer\ndef test_it(): assert doctest.testmod(answer).failed == 0",
        "This test asks for doctests, which cannot be run here.",
    ),
    "an asynchronous test": (
        "async def test_it(): assert double(1) == 2",
        "This test is asynchronous, which cannot be run here.",
    ),
    "a loop of events": (
        "import asyncio\ndef test_it(): asyncio.run(asyncio.sleep(0))",
        "This test asks for an asynchronous function, which cannot be run here.",
    ),
    "a fixture that asks for itself": (
        "@pytest.fixture\ndef a(b): pass\n@pytest.fixture\ndef b(a): pass\ndef test_it(a): pass",
        "The fixture “a” asks for itself.",
    ),
    "warnings": (
        "def test_it():\n    with pytest.warns(UserWarning): double(1)",
        "UserWarning was not warned of",
    ),
    "one that passes against its mark": (
        "@pytest.mark.xfail(strict=True)\ndef test_it(): assert double(1) == 2",
        "It passed, and was expected to fail.",
    ),
    "another error than the one expected": (
        "@pytest.mark.xfail(raises=KeyError)\ndef test_it(): double()",
        "TypeError: double() missing 1 required positional argument: 'n'",
    ),
    "clearing away that goes wrong": (
        "@pytest.fixture\ndef a():\n    yield\n    assert 1 == 2, 'left'\ndef test_it(a): pass",
        "left",
    ),
}


@pytest.mark.parametrize("name", FAILING)
def test_a_test_that_cannot_be_run_says_so_of_itself(sandbox: Sandbox, name: str) -> None:
    tests, message = FAILING[name]
    [case] = _graded(sandbox, tests).cases
    assert not case.passed
    assert case.message.startswith(message)


def test_one_that_cannot_be_run_does_not_stop_the_others(sandbox: Sandbox) -> None:
    tests = """
    def test_files(tmpdir): pass
    def test_right(): assert double(2) == 4
    """
    assert [case.passed for case in _graded(sandbox, tests).cases] == [False, True]
