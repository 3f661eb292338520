"""What a program could do to fixtures, captured output and mocks: a wrong one still fails."""

import textwrap

import pytest

from assistant.sandbox.limits import Limits
from assistant.sandbox.sandbox import Sandbox

TESTS = """
import pytest
from unittest import mock
import answer
from answer import f, show, use, call

class Box:
    def __init__(self): self.value, self._hidden = 1, 2
    def bump(self): self.value += 1

@pytest.fixture
def box():
    made = Box()
    yield made
    assert made._hidden == 2

@pytest.fixture(autouse=True)
def always(capsys):
    yield
    capsys.readouterr()

@pytest.fixture(params=[1, 2])
def n(request): return request.param

def test_skips_in_a_callback():
    def refuse(): pytest.skip("the tests' own words")
    assert call(refuse) == "refused"

def test_value(n):
    assert f(n) == n * n

def test_printed(capsys):
    show()
    assert capsys.readouterr().out == "hello\\n"

def test_mocked():
    with mock.patch("builtins.print") as seen:
        show()
    seen.assert_called_once_with("hello")

def test_changed(monkeypatch):
    monkeypatch.setattr(answer, "f", lambda n: 5)
    assert answer.f(1) == 5 and use(Box()) == 2

def test_used(box):
    use(box)
    assert box.value == 2

@pytest.mark.xfail(raises=KeyError, strict=True)
def test_expected():
    raise f(None)
"""
EVERY = 8
HONEST = """
def f(n): return KeyError("n") if n is None else n * n
def show(): print("hello")
def use(box):
    box.bump()
    return box.value
def call(refuse):
    try: refuse()
    except BaseException: return "refused"
"""

FORGERIES = {
    "the stand-in patched": """
        from assistant.sandbox.guest import (
            cases, collecting, fixtures, given, guarded, marks, naming, pytest_words, suites,
        )
        for module in (cases, collecting, fixtures, given, guarded, marks, pytest_words, suites):
            for name, value in list(vars(module).items()):
                if callable(value):
                    setattr(module, name, lambda *a, **k: True)
        given.CaptureFixture.readouterr = lambda self: ("hello\\n", "")
        f = show = use = call = lambda *a: None
        """,
    "the tests asked for what the program serves": """
        import json, wit_world
        def f(*a):
            for words in (
                ["patch", "builtins", "print", None], ["patch", "builtins", "isinstance", None],
                ["mend", "builtins", "print"], ["module"], ["names"], ["seed", 1],
                ["input", "capsys"], ["readouterr"], ["getfixturevalue", "capsys"],
            ):
                try:
                    wit_world.exchange(json.dumps(["ask", ["t", words], None]))
                except BaseException:
                    pass
            return None
        show = use = call = f
        """,
    "a skip that was caught, kept and raised again": """
        KEPT = []
        def call(refuse):
            try: refuse()
            except BaseException as error: KEPT.append(error)
            raise KEPT[0]
        def f(*a):
            if KEPT: raise KEPT[0]
        show = use = f
        """,
    "what the tests import as pytest": """
        import sys, types
        fake = sys.modules["pytest"] = types.ModuleType("pytest")
        fake.fixture = fake.raises = fake.skip = lambda *a, **k: None
        class Skipped(Exception): __module__ = "assistant.sandbox.guest.pytest_words"
        Skipped.__qualname__ = Skipped.__name__ = "Expected"
        def f(*a): raise Skipped("not today")
        show = use = call = f
        """,
    "a mocked print told what it has seen": """
        import builtins
        def show():
            for name, value in dict(called=True, call_count=1, call_args="hello").items():
                for way in (
                    lambda: setattr(builtins.print, name, value),
                    lambda: builtins.print.configure_mock(**{name: value}),
                    lambda: vars(builtins.print).update({name: value}),
                ):
                    try: way()
                    except Exception: pass
            try: builtins.print.assert_called_once_with = lambda *a: None
            except Exception: pass
        f = use = call = lambda *a: None
        """,
    "printing what equals everything": """
        class Any(str):
            def __eq__(self, other): return True
            __hash__ = str.__hash__
            def __str__(self): return "not it"
        def show(): print(Any())
        f = lambda n: Any()
        use = call = lambda *a: Any()
        """,
    "output of another shape": """
        import json, wit_world
        SHAPES = [
            [["hello\\n", False, 1]], {"hello": 1}, [[{"a": 1}, True]], "he", [["hello\\n"]], 7,
        ]
        def show():
            shape = SHAPES.pop() if SHAPES else []
            wit_world.exchange(json.dumps(["give", None, [[], [], [], shape]]))
        f = use = call = lambda *a: show()
        """,
    "an interpreter that ends where an error is expected": """
        import os
        def f(n):
            if n is None: os._exit(0)
            return -1
        show = use = call = f
        """,
    "objects of the tests taken apart": """
        def use(box):
            for name in ("value", "_hidden", "__class__", "__dict__", "bump"):
                for way in (
                    lambda: setattr(type(box), name, 2),
                    lambda: setattr(box.bump, "__code__", use.__code__),
                    lambda: box.__class__.__init__.__globals__.clear(),
                    lambda: box.__reduce_ex__(2),
                ):
                    try: way()
                    except BaseException: pass
            return None
        def f(*a): return None
        show = call = f
        """,
}


@pytest.mark.parametrize("name", FORGERIES)
def test_no_test_passes_that_should_not(sandbox: Sandbox, name: str) -> None:
    source = textwrap.dedent(FORGERIES[name])
    report = sandbox.grade(source, TESTS, "answer", limits=Limits(seconds=5, fuel=5_000_000_000))
    assert not [case.name for case in report.cases if case.passed], report
    assert not report.all_passed
    assert len(report.cases) == EVERY or report.trouble, report
    assert "own words" not in report.output


def test_an_honest_program_passes_all_of_them(sandbox: Sandbox) -> None:
    report = sandbox.grade(HONEST, TESTS, "answer")
    assert report.all_passed, report
    assert len(report.cases) == EVERY


def test_what_a_test_expects_to_fail_is_not_passed_by_a_program_that_ends(sandbox: Sandbox) -> None:
    tests = "import pytest\nfrom answer import f\n@pytest.mark.xfail\ndef test_it(): f()"
    for end in ("os._exit(0)", "wit_world.exchange('no message')"):
        program = f"import os, wit_world\ndef f(): {end}"
        report = sandbox.grade(program, tests, "answer")
        assert (report.passed, report.failed) == (0, 1), report
    assert sandbox.grade("def f(): raise ValueError", tests, "answer").all_passed
