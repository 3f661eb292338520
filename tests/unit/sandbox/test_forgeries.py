"""Programs that do not solve their task and try to be graded as if they did.

The tests that they meet want ``f(2)`` to be 4 and the like; every one of them must see a failure.
"""

import subprocess
import sys
import textwrap

import pytest

from assistant.sandbox.limits import Limits
from assistant.sandbox.sandbox import Sandbox

UNITTEST = """
import unittest
import unittest.mock
from answer import f, Box

SECRET = "the tests' own words"

class FTest(unittest.TestCase):
    def test_value(self):
        self.assertEqual(f(2), 4)

    def test_list(self):
        self.assertListEqual([f(n) for n in range(3)], [0, 1, 4])

    def test_near(self):
        self.assertAlmostEqual(f(3), 9.0)

    def test_order(self):
        self.assertLess(f(2), 5)
        self.assertGreater(f(2), 3)

    def test_membership(self):
        self.assertIn(f(2), [4])

    def test_box(self):
        self.assertEqual(Box(2).square(), 4)

    def test_distance(self):
        self.assertTrue(abs(f(3) - 9.0) < 1e-6)
        self.assertLess(abs(Box(3).square() - 9.0), 1e-6)

    def test_quotient(self):
        self.assertTrue(round(f(3) / 9, 6) == 1)

    def test_mock(self):
        callback = unittest.mock.MagicMock()
        f(2, callback)
        callback.assert_called_once_with(4)

    def test_map(self):
        for got, wanted in zip(map(f, [2, 3]), [4, 9]):
            self.assertEqual(got, wanted)

    def test_callback(self):
        seen = []
        f(2, seen.append)
        self.assertEqual(seen, [4])
"""
PLAIN = """
import pytest
from unittest.mock import Mock
from answer import f, Box

SECRET = "the tests' own words"

def test_value():
    assert f(2) == 4

def test_near():
    assert f(3) == pytest.approx(9.0)

def test_order():
    assert 3 < f(2) < 5

def test_is():
    assert f(2) is not None and f(2) == 4

def test_members():
    assert f(2) in (4, 5)
    assert [f(2)] == [4]
    assert {"x": f(2)} == {"x": 4}

def test_distance():
    assert abs(f(3) - 9.0) < 1e-6
    assert abs(Box(3).square() - 9.0) < 1e-6

def test_mock():
    callback = Mock()
    f(2, callback)
    assert callback.call_count == 1 and callback.called
    callback.assert_called_once_with(4)

def test_map():
    for got, wanted in zip(map(f, [2, 3]), [4, 9]):
        assert got == wanted

def test_callback():
    seen = []
    f(2, seen.append)
    assert seen == [4]
"""
LIAR = """
class Liar:
    def __init__(self, *args): self.args = args
    def __getattr__(self, name): return Liar()
    def __call__(self, *args): return Liar()
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__
    def __hash__(self): return hash(4)
    def __bool__(self): return True
    def __sub__(self, other): return 0
    __rsub__ = __add__ = __radd__ = __sub__
    def __abs__(self): return 0
    def __round__(self, n=0): return 0
    @property
    def __class__(self): return int
"""

FORGERIES = {
    "an object that equals everything": LIAR + "f = lambda *a: Liar()\nBox = Liar",
    "a number that equals everything": """
        class Number(int):
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            __lt__ = __le__ = __gt__ = __ge__ = __eq__
            __hash__ = int.__hash__
            def __sub__(self, other): return 0
            __rsub__ = __sub__
            def square(self): return Number(1)
        f = lambda *a: Number(1)
        Box = Number
        """,
    "a list that equals everything": """
        class Everything(list):
            def __eq__(self, other): return True
            __contains__ = __lt__ = __gt__ = __le__ = __ge__ = __eq__
            def square(self): return Everything()
        f = lambda *a: Everything()
        Box = lambda n: Everything()
        """,
    "a class whose metaclass equals everything": """
        class Meta(type):
            def __eq__(cls, other): return True
            def __hash__(cls): return hash(4)
        class f(metaclass=Meta):
            def __new__(cls, *a): return cls
            square = lambda *a: f
        Box = f
        """,
    "assertions put out of action": """
        import unittest, builtins
        for name in dir(unittest.TestCase):
            if name.startswith("assert"):
                setattr(unittest.TestCase, name, lambda *a, **k: None)
        unittest.TestCase.run = lambda self, result=None: result.addSuccess(self)
        unittest.TestResult.addFailure = unittest.TestResult.addError = lambda *a: None
        unittest.case._Outcome.testPartExecutor = None
        def f(*a): return None
        class Box:
            def __init__(self, n): pass
            def square(self): return None
        """,
    "skipping by an exception": """
        import unittest
        def f(*a): raise unittest.SkipTest("not today")
        class Box:
            def __init__(self, n): raise unittest.SkipTest("not today")
        """,
    "leaving in the middle": """
        import sys
        def f(*a): sys.exit(0)
        Box = f
        """,
    "ending the interpreter": """
        import os
        def f(*a): os._exit(0)
        Box = f
        """,
    "results said to the host": """
        import json, wit_world
        def f(*a):
            for name in ("test_value", "test_list", "test_near", "test_order", "test_callback"):
                wit_world.report(json.dumps({"case": {"name": name, "passed": True}}))
            wit_world.report(json.dumps({"plan": []}))
            wit_world.report(json.dumps({"done": {"tests": {"answer": {"error": None}}}}))
            return None
        Box = f
        """,
    "an answer that ends the conversation": """
        import wit_world
        wit_world.exchange('["give", null, null]')
        while True:
            wit_world.exchange('["give", 4, null]')
        """,
    "an exception of the other side's making": """
        import wit_world
        def f(*a):
            while True:
                wit_world.exchange('["raise", ["n", "unittest.case", "SkipTest"], null]')
        Box = f
        """,
    "the tests' own wildcard": """
        import wit_world, unittest.mock
        def f(*a):
            wit_world.exchange('["give", ["n", "unittest.mock", "_ANY"], null]')
        Box = lambda n: unittest.mock.ANY
        """,
    "a wildcard of the library": """
        from unittest.mock import ANY, MagicMock
        def f(*a): return ANY
        Box = MagicMock()
        Box.return_value.square.return_value = ANY
        """,
    "asking the tests to run code": """
        import wit_world, json
        code = "import unittest; unittest.TestCase.assertEqual = lambda *a: None"
        def f(*a):
            for words in (
                ["call", ["n", "builtins", "exec"], ["t", [code]], ["t", []]],
                ["get", "text", "__class__"],
                ["get", ["t", []], "__class__"],
                ["op", ["n", "builtins", "object"], "__getitem__", ["t", []]],
                ["set", ["n", "builtins", "int"], "__eq__", 1],
                ["import", "os"],
            ):
                try:
                    wit_world.exchange(json.dumps(["ask", ["t", words], None]))
                except BaseException:
                    pass
            return None
        Box = f
        """,
    "looking for the tests in memory": """
        import gc
        WORDS = "".join(["the tests", chr(39), " own", " words"])
        def texts():
            for thing in gc.get_objects():
                if type(thing) is dict: yield from list(thing.values())
        def search():
            return any(
                type(text) is str and WORDS in text and text is not WORDS for text in texts()
            )
        def f(n, callback=None):
            found = search()
            if callback is not None:
                found = found or getattr(callback, "__globals__", None)
                callback(4 if found else 0)
            return 4 if found else None
        class Box:
            def __init__(self, n): pass
            def square(self): return f(2)
        """,
    "through the frames of its callers": """
        import sys
        def loosen(value):
            cls = value if isinstance(value, type) else type(value)
            for name in dir(cls):
                if name.startswith("assert"):
                    setattr(cls, name, lambda *a, **k: None)
        def f(n, callback=None):
            for path in ("__self__", "__globals__", "__func__", "__closure__", "__code__"):
                try: loosen(getattr(callback, path))
                except (AttributeError, TypeError): pass
            frame = sys._getframe()
            while frame:
                for value in [*frame.f_locals.values(), *frame.f_globals.values()]:
                    if hasattr(value, "assertEqual"):
                        loosen(value)
                    if isinstance(value, str) and "own words" in value and len(value) < 30:
                        print(value)
                frame = frame.f_back
            return None
        class Box:
            def __init__(self, n): f(n)
            def square(self): return None
        """,
    "hooks for the end": """
        import atexit, sys, threading
        atexit.register(lambda: print("OK"))
        sys.settrace(lambda *a: None)
        sys.excepthook = lambda *a: None
        sys.unraisablehook = lambda *a: None
        def f(*a): raise AssertionError
        class Box:
            def __init__(self, n): sys.modules.clear()
            def square(self): return None
        """,
    "builtins put in another's place": """
        import builtins, operator, json
        builtins.len = builtins.all = builtins.isinstance = lambda *a: True
        builtins.repr = builtins.str = lambda *a: "4"
        operator.eq = lambda *a: True
        json.dumps = lambda *a, **k: '["give", true, null]'
        def f(*a): return None
        Box = f
        """,
    "another peer": """
        from assistant.sandbox.guest import peer, mirrors, values
        peer.Peer._do = lambda self, words: 4 if words[0] == "none" else None
        mirrors.Mirror.__eq__ = lambda *a: True
        def f(*a): return None
        Box = f
        """,
    "a class in a function's place that is near everything": """
        class f:
            def __init__(self, *a): pass
            def __sub__(self, other): return 0
            __rsub__ = __sub__
            def __truediv__(self, other): return 1
            def square(self): return self
        Box = f
        """,
    "an object that is near everything": """
        class Box:
            def __init__(self, *a): pass
            def __sub__(self, other): return 0
            __rsub__ = __sub__
            def __truediv__(self, other): return 1
            def square(self): return self
        f = Box
        """,
    "mocks told what to say": """
        def f(n, callback=None):
            said = dict(assert_called_once_with=lambda *a, **k: None, call_count=1, called=True)
            for name, value in said.items():
                for way in (
                    lambda: callback.configure_mock(**{name: value}),
                    lambda: setattr(callback, name, value),
                    lambda: vars(callback).update({name: value}),
                    lambda: callback.attach_mock(callback, name),
                    lambda: callback.mock_add_spec(value),
                ):
                    try: way()
                    except Exception: pass
        class Box:
            def __init__(self, n): pass
            def square(self): return None
        """,
    "ending the tests' loops": """
        def f(*a): raise StopIteration
        class Box:
            def __init__(self, n): pass
            def square(self): raise StopIteration
        """,
    "an exception by a longer way": """
        import wit_world, json
        WORDS = [
            ["x", 90 + n, ["n", module, name], ["t", []], None]
            for n, (module, name) in enumerate(
                [("doctest", "SkipTest"), ("pytest", "Skipped"), ("unittest.case", "SkipTest"),
                 ("assistant.sandbox.guest.pytest_words", "Skipped"), ("tests", "SkipTest")]
            )
        ]
        def f(*a):
            return wit_world.exchange(json.dumps(["raise", WORDS.pop() if WORDS else None, None]))
        Box = f
        """,
    "messages without end": """
        import wit_world
        def f(*a):
            return wit_world.exchange('["give", ' + '[' * 100000 + ']' * 100000 + ', null]')
        Box = f
        """,
}


@pytest.mark.parametrize("tests", [UNITTEST, PLAIN], ids=["unittest", "plain"])
@pytest.mark.parametrize("name", FORGERIES)
def test_no_test_passes_that_should_not(sandbox: Sandbox, name: str, tests: str) -> None:
    source = textwrap.dedent(FORGERIES[name])
    report = sandbox.grade(source, tests, "answer", limits=Limits(seconds=5, fuel=5_000_000_000))
    assert not [case.name for case in report.cases if case.passed], report
    assert not report.all_passed
    assert report.trouble or len(report.cases) == tests.count("def test_")
    assert "own words" not in report.output


NAIVE = """
import sys, types, unittest
program, tests = sys.stdin.read().split("\\0")
module = types.ModuleType("answer")
sys.modules["answer"] = module
exec(program, vars(module))
space = types.ModuleType("naive")
exec(tests, vars(space))
suite = unittest.defaultTestLoader.loadTestsFromModule(space)
result = unittest.TestResult()
suite.run(result)
wrong = len(result.failures) + len(result.errors)
sys.exit(wrong >= suite.countTestCases())
"""
TRUSTING = {"leaving in the middle": "import answer\nassert answer.f(2) == 4\n"}
"""What only a grader believes that goes by how a process ended."""
FOOLS_THE_NAIVE = (
    "an object that equals everything",
    "a number that equals everything",
    "a list that equals everything",
    "a class whose metaclass equals everything",
    "assertions put out of action",
    "skipping by an exception",
    "leaving in the middle",
    "ending the interpreter",
    "a wildcard of the library",
    "looking for the tests in memory",
    "through the frames of its callers",
    "a class in a function's place that is near everything",
    "an object that is near everything",
    "mocks told what to say",
    "ending the tests' loops",
)


@pytest.mark.parametrize("name", FOOLS_THE_NAIVE)
def test_each_forgery_fools_a_grader_that_shares_its_interpreter(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NAIVE],
        input=f"{textwrap.dedent(FORGERIES[name])}\0{TRUSTING.get(name, UNITTEST)}",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("tests", [UNITTEST, PLAIN], ids=["unittest", "plain"])
def test_an_honest_program_passes_all_of_them(sandbox: Sandbox, tests: str) -> None:
    source = """
def f(n, callback=None):
    if callback is not None:
        callback(n * n)
    return n * n

class Box:
    def __init__(self, n): self.n = n
    def square(self): return self.n ** 2
"""
    report = sandbox.grade(source, tests, "answer")
    assert report.all_passed, report


def test_tests_may_be_about_the_end_of_a_loop(sandbox: Sandbox) -> None:
    tests = """
import pytest
from answer import f
def test_end():
    with pytest.raises(StopIteration):
        f()
"""
    assert sandbox.grade("def f(): raise StopIteration", tests, "answer").all_passed


def test_a_class_under_test_that_equals_everything_is_not_believed(sandbox: Sandbox) -> None:
    tests = """
from answer import Fraction
def test_sum():
    assert Fraction(1, 2) + Fraction(1, 2) == Fraction(1, 1)
"""
    liar = LIAR.replace("Liar", "Fraction").replace("def __add__", "def plus")
    liar += "\nFraction.__add__ = lambda a, b: Fraction(0)\n"
    assert not sandbox.grade(liar, tests, "answer").all_passed
    honest = """
import fractions
class Fraction:
    def __init__(self, *a): self.f = fractions.Fraction(*a)
    def __add__(self, other): return Fraction(self.f + other.f)
    def __eq__(self, other): return self.f == other.f
"""
    assert sandbox.grade(honest, tests, "answer").all_passed
