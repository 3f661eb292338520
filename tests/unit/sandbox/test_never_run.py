"""Programs that let no test be run: each test is told as failed, by the name it would have had."""

import textwrap

import pytest

from assistant.domain.exercise import Killed, RunReport
from assistant.sandbox.limits import Limits
from assistant.sandbox.sandbox import Sandbox

TESTS = """
import unittest
import pytest
from answer import f

CASES = [(1, 1), (2, 4)]

class Base(unittest.TestCase):
    def test_inherited(self): self.assertEqual(f(1), 1)
class Mine(Base):
    def test_own(self): self.assertEqual(f(2), 4)
    @unittest.skip("later")
    def test_later(self): self.fail()
class TestPlain:
    def test_it(self): assert f(1) == 1

@pytest.mark.parametrize("n, want", CASES)
def test_each(n, want): assert f(n) == want
@pytest.mark.parametrize("n", [1, pytest.param(2, id="two"), None, (1, 2)])
@pytest.mark.parametrize("m", [3, "x"], ids=["three", "text"])
def test_both(n, m): pass
@pytest.mark.parametrize("n", range(3))
def test_not_written_out(n): pass
@pytest.mark.skip
def test_left_out(): pass
def test_plain(): assert f(3) == 9
"""
NAMES = [
    "Base.test_inherited",
    "Mine.test_inherited",
    "Mine.test_own",
    "TestPlain.test_it",
    "test_each[1-1]",
    "test_each[2-4]",
    *(f"test_both[{m}-{n}]" for m in ("three", "text") for n in ("1", "two", "None", "n3")),
    "test_not_written_out",
    "test_plain",
]
PROGRAMS = {
    "a syntax error": ("def f(:", "SyntaxError: invalid syntax (line 1 of answer.py)"),
    "an empty one": ("", "Your program has no “f”, which the tests ask for."),
    "an exception": ("def f(n): ...\n1 / 0", "ZeroDivisionError: division by zero (line 2"),
    "an end": (
        "import sys\ndef f(n): return n * n\nsys.exit()",
        "The program ends itself where it is imported (line 3 of answer.py).",
    ),
    "another end": (
        "import os\nos._exit(0)",
        "The program ended itself while it was being tested.",
    ),
    "a module that is not there": (
        "import numpy\ndef f(n): return n * n",
        "ModuleNotFoundError: No module named 'numpy' (line 1 of answer.py)",
    ),
}


def _graded(sandbox: Sandbox, program: str, tests: str = TESTS) -> RunReport:
    limits = Limits(seconds=60, fuel=5_000_000_000)
    return sandbox.grade(program, textwrap.dedent(tests), "answer", limits=limits)


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_test_has_failed(sandbox: Sandbox, name: str) -> None:
    program, trouble = PROGRAMS[name]
    report = _graded(sandbox, program)
    assert [case.name for case in report.cases] == NAMES
    assert (report.passed, report.failed) == (0, len(NAMES))
    assert report.trouble.startswith(trouble)
    assert report.cases[0].message == report.trouble
    assert {case.message for case in report.cases[1:]} == {"It was not run, for the same reason."}


def test_the_names_are_those_under_which_the_tests_run(sandbox: Sandbox) -> None:
    written_out = TESTS.replace("range(3)", "[0, 1, 2]")
    run = _graded(sandbox, "def f(n): return n * n", written_out)
    never = _graded(sandbox, "", written_out)
    assert run.all_passed, run
    assert [case.name for case in never.cases] == [case.name for case in run.cases]


def test_a_program_that_hangs_where_it_is_imported(sandbox: Sandbox) -> None:
    report = _graded(sandbox, "while True: pass")
    assert report.killed is Killed.TIME
    assert [case.name for case in report.cases] == NAMES
    assert report.cases[0].message == "It took too long and was stopped."


def test_a_program_that_is_imported_within_its_tests(sandbox: Sandbox) -> None:
    tests = "def test_a():\n    import answer\ndef test_b():\n    import answer"
    report = _graded(sandbox, "1 / 0", tests)
    assert [case.passed for case in report.cases] == [False, False]
    assert report.cases[0].message.startswith("ZeroDivisionError")


@pytest.mark.parametrize("tests", ["def test(:", "import answer\ndef test_it(:\n"])
def test_tests_whose_names_cannot_be_read_are_one_that_failed(sandbox: Sandbox, tests: str) -> None:
    report = _graded(sandbox, "def f(n): return n", tests)
    [case] = report.cases
    assert not case.passed
    assert case.message == report.trouble
    assert case.message.startswith("The tests cannot be run: SyntaxError")


def test_tests_that_leave_themselves_out(sandbox: Sandbox) -> None:
    tests = "import pytest\npytest.importorskip('numpy')\ndef test_it(): pass"
    report = _graded(sandbox, "", tests)
    assert (report.passed, report.failed) == (0, 1)
    assert "There is no “numpy” here." in report.trouble
