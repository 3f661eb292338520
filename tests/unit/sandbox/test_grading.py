"""Tests run against programs: what they may do across the wire, and what is told of a failure."""

import textwrap
from dataclasses import replace

import pytest

from assistant.domain.exercise import CaseResult, Killed, RunReport
from assistant.sandbox.limits import FOR_TESTS, Limits
from assistant.sandbox.sandbox import Sandbox

# Each is a program, and tests that it passes.
HONEST = {
    "arguments changed in place": (
        "def sort(xs): xs.sort()\ndef add(d): d['k'] = [1]\ndef grow(s, b): s.add(1); b += b'x'",
        """
        from answer import *
        def test_it():
            xs, d, s, b = [3, 1, 2], {}, set(), bytearray()
            sort(xs); add(d); grow(s, b)
            assert (xs, d, s, b) == ([1, 2, 3], {"k": [1]}, {1}, b"x")
        """,
    ),
    "the same list given and returned": (
        "def same(xs): return xs\ndef other(xs): return list(xs)",
        """
        from answer import same, other
        def test_it():
            xs = [1]
            assert same(xs) is xs
            assert other(xs) is not xs
        """,
    ),
    "a list that the object goes on holding": (
        "class Keep:\n  def __init__(self, xs): self.xs = xs\n  def sum(self): return sum(self.xs)",
        """
        from answer import Keep
        def test_it():
            xs = [1]
            keep = Keep(xs)
            xs.append(2)
            assert keep.sum() == 3
        """,
    ),
    "classes with operators": (
        """
        class V:
            def __init__(self, x): self.x = x
            def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))
            def __radd__(self, o): return self + o
            def __eq__(self, o): return self.x == o.x
            def __lt__(self, o): return self.x < o.x
            def __hash__(self): return hash(self.x)
            def __repr__(self): return f"V({self.x})"
            def __len__(self): return self.x
            def __getitem__(self, i): return [7, 8][i]
            def __contains__(self, i): return i == self.x
            def __call__(self, y, *, z=0): return y + z
            def __enter__(self): return self
            def __exit__(self, *a): return a[0] is KeyError
        """,
        """
        from answer import V
        def test_it():
            assert V(1) + V(2) == V(3) == 1 + V(2)
            assert V(1) < V(2) and V(1) != V(2)
            assert sorted([V(3), V(1)]) == [V(1), V(3)]
            assert {V(1): 5}[V(1)] == 5
            assert len(V(4)) == 4 and list(V(1)) == [7, 8] and 4 in V(4)
            assert V(1)(2, z=3) == 5 and repr(V(1)) == "V(1)"
            with V(1):
                raise KeyError
            assert isinstance(V(1), V) and type(V(1)) is V
        """,
    ),
    "its own objects in sets and as keys": (
        """
        from dataclasses import dataclass
        @dataclass(frozen=True)
        class Point:
            x: int
            y: int
        ALL = {Point(1, 2), Point(3, 4)}
        def points(): return {Point(1, 2), Point(3, 4)}
        def kept(): return ALL
        def named(): return {Point(1, 2): "a", Point(3, 4): "b"}
        def add(found): found.add(Point(5, 6)); found.add(Point(7, 8))
        """,
        """
        from answer import *
        def test_it():
            assert points() == kept() == {Point(1, 2), Point(3, 4)}
            assert named()[Point(3, 4)] == "b" and Point(1, 2) in named()
            assert len({Point(1, 2), Point(1, 2)}) == 1
            found = {Point(5, 6)}
            add(found)
            assert found == {Point(5, 6), Point(7, 8)} and len(kept()) == 2
        """,
    ),
    "exceptions of its own": (
        """
        class TooBad(ValueError):
            def __init__(self, code): super().__init__(f"bad {code}"); self.code = code
        def fail(): raise TooBad(3)
        def index(): return [][1]
        def parse():
            import json
            json.loads("{")
        """,
        """
        import json
        import unittest
        from answer import TooBad, fail, index, parse
        class T(unittest.TestCase):
            def test_it(self):
                with self.assertRaises(TooBad) as caught: fail()
                self.assertEqual(caught.exception.code, 3)
                self.assertEqual(caught.exception.args, ("bad 3",))
                self.assertRaises(ValueError, fail)
                self.assertRaisesRegex(IndexError, "range", index)
                self.assertRaises(json.JSONDecodeError, parse)
        """,
    ),
    "callbacks and generators": (
        """
        def apply(f, xs): return [f(x) for x in xs]
        def count():
            n = 0
            while True:
                yield n
                n += 1
        def each(it): return sum(it)
        def careful(f):
            try: f()
            except ValueError as e: return str(e)
        def careless(f): f()
        """,
        """
        import pytest
        from itertools import islice
        from answer import apply, count, each, careful, careless
        def test_it():
            assert apply(lambda x: x * 2, [1, 2]) == [2, 4]
            assert apply(str.upper, "ab") == ["A", "B"] and apply(len, ["abc"]) == [3]
            assert list(islice(count(), 3)) == [0, 1, 2]
            assert each(n for n in range(4)) == 6
            def bad(): raise ValueError("mine")
            assert careful(bad) == "mine"
            with pytest.raises(ValueError, match="mine"): careless(bad)
        """,
    ),
    "objects of the tests": (
        "def total(shapes): return sum(s.area() for s in shapes)\ndef rename(o): o.name = 'new'",
        """
        from answer import total, rename
        class Square:
            def __init__(self, n): self.n, self.name = n, "old"
            def area(self): return self.n ** 2
        def test_it():
            assert total([Square(2), Square(3)]) == 13
            square = Square(1)
            rename(square)
            assert square.name == "new"
        """,
    ),
    "enumerations, named tuples and data classes": (
        """
        import enum, collections, dataclasses
        class Colour(enum.Enum):
            RED = 1
            BLUE = 2
        class Level(enum.IntEnum):
            LOW = 1
        Point = collections.namedtuple("Point", "x y")
        @dataclasses.dataclass
        class Pair:
            a: int
            b: list
        def of(n): return Colour(n)
        def point(): return Point(1, 2)
        """,
        """
        from answer import Colour, Level, Point, Pair, of, point
        def test_it():
            assert of(1) is Colour.RED and Colour["BLUE"].value == 2
            assert [c.name for c in Colour] == ["RED", "BLUE"] and len(Colour) == 2
            assert Level.LOW == 1 and Level.LOW < 2
            assert point() == (1, 2) and point().y == 2 and isinstance(point(), tuple)
            assert Pair(1, [2]) == Pair(1, [2]) != Pair(1, [3])
        """,
    ),
    "values of the library": (
        """
        import datetime, decimal, fractions, collections
        def all_of_it(): return [
            datetime.date(2024, 2, 29), datetime.timedelta(1), decimal.Decimal("1.10"),
            fractions.Fraction(1, 3), collections.Counter("aab"), 10 ** 400, 1j, b"x", {1: {2}},
            collections.deque([1], 3), float("inf"), "\\ud800", range(3), frozenset({1}),
        ]
        """,
        """
        import datetime, decimal, fractions, collections
        from answer import all_of_it
        def test_it():
            assert all_of_it() == [
                datetime.date(2024, 2, 29), datetime.timedelta(1), decimal.Decimal("1.10"),
                fractions.Fraction(1, 3), collections.Counter("aab"), 10 ** 400, 1j, b"x", {1: {2}},
                collections.deque([1], 3), float("inf"), "\\ud800", range(3), frozenset({1}),
            ]
        """,
    ),
    "printing and typing": (
        "def greet(): print('Hello', input('Name? '))\ndef part(): print('a', end='')",
        """
        import io, contextlib, unittest.mock
        from answer import greet, part
        def test_it():
            seen = io.StringIO()
            with contextlib.redirect_stdout(seen):
                with unittest.mock.patch("builtins.input", return_value="Ada"):
                    greet()
                part()
            assert "Hello Ada" in seen.getvalue() and seen.getvalue().endswith("a")
        def test_stdin():
            with unittest.mock.patch("sys.stdin", io.StringIO("Bob")):
                greet()
        """,
    ),
    "chance under control": (
        """
        import random
        def roll(): return random.randint(1, 6)
        def many(): return [roll() for _ in '123']
        """,
        """
        import random, unittest.mock
        import answer
        def test_it():
            with unittest.mock.patch("random.randint", return_value=9):
                assert answer.roll() == 9
            with unittest.mock.patch("answer.roll", return_value=8):
                assert answer.many() == [8] * 3
            assert all(1 <= n <= 6 for n in answer.many())
            random.seed(5); first = answer.many()
            random.seed(5); assert answer.many() == first
        """,
    ),
    "parameters, classes and setting up": (
        "def sq(n): return n * n",
        """
        import pytest, unittest
        from answer import sq
        @pytest.mark.parametrize("n, want", [(1, 1), (2, 4), pytest.param(3, 9, id="three")])
        def test_each(n, want): assert sq(n) == pytest.approx(want)
        class TestPlain:
            def setup_method(self): self.n = 2
            def test_it(self): assert sq(self.n) == 4
        class Other(unittest.TestCase):
            @classmethod
            def setUpClass(cls): cls.n = 3
            def setUp(self): self.m = 2
            def test_it(self):
                for k in (self.n, self.m):
                    with self.subTest(k=k): self.assertEqual(sq(k), k * k)
            @unittest.skip("not yet")
            def test_left_out(self): self.fail()
        """,
    ),
}


@pytest.mark.parametrize("name", HONEST)
def test_tests_see_a_program_as_if_it_were_theirs(sandbox: Sandbox, name: str) -> None:
    program, tests = (textwrap.dedent(part) for part in HONEST[name])
    report = sandbox.grade(program, tests, "answer")
    assert report.all_passed, report


def _one(sandbox: Sandbox, program: str, test: str) -> CaseResult:
    [case] = sandbox.grade(program, textwrap.dedent(test), "answer").cases
    assert not case.passed
    return case


@pytest.mark.parametrize(
    "test",
    [
        "import answer\ndef test():\n    xs = [1, [2]]\n    assert answer.f(xs) == [1, 2]",
        """
        import unittest, answer
        class T(unittest.TestCase):
            def test(self):
                xs = [1, [2]]
                result = answer.f(xs)
                self.assertEqual([1, 2], result)
        """,
    ],
)
def test_a_failure_tells_the_call_what_came_and_what_was_wanted(
    sandbox: Sandbox, test: str
) -> None:
    case = _one(sandbox, "def f(x): return x", test)
    assert case.call == "answer.f([1, [2]])"
    assert (case.got, case.wanted) == ("[1, [2]]", "[1, 2]")


def test_an_error_tells_the_line_of_the_program(sandbox: Sandbox) -> None:
    case = _one(sandbox, "\ndef f(x):\n    return x[5]", "import answer\ndef test(): answer.f([])")
    assert case.message == "IndexError: list index out of range (line 3 of answer.py)"
    assert case.call == "answer.f([])"


@pytest.mark.parametrize(
    ("program", "tests", "trouble"),
    [
        ("def f(:", "import answer", "SyntaxError: invalid syntax (line 1 of answer.py)"),
        ("1 / 0", "import answer", "ZeroDivisionError: division by zero (line 1 of answer.py)"),
        ("", "from answer import f", "has no “f”, which the tests ask for"),
        ("", "def test(:", "The tests cannot be run: SyntaxError: invalid syntax"),
        ("import os\nos._exit(0)", "import answer", "The program ended itself"),
        (
            "import sys\nsys.exit(1)\ndef f(): pass",
            "from answer import f",
            "The program ends itself where it is imported (line 2 of answer.py).",
        ),
    ],
)
def test_what_cannot_be_run_is_told(
    sandbox: Sandbox, program: str, tests: str, trouble: str
) -> None:
    report = sandbox.grade(program, f"{tests}\ndef test_it(): pass", "answer")
    assert trouble in report.trouble
    assert not report.all_passed


def test_what_was_graded_before_the_program_hung_is_kept(sandbox: Sandbox) -> None:
    tests = "from answer import f\n" + "\n".join(
        f"def test_{n}(): assert f({n}) == {n}" for n in range(4)
    )
    program = "import time\ndef f(n):\n    print(n)\n    if n == 2: {}\n    return n"
    for hang, limits in (
        ("time.sleep(100)", Limits(seconds=4)),
        ("[None for _ in iter(int, 1)]", Limits(seconds=60, fuel=4_000_000_000)),
    ):
        report = sandbox.grade(program.format(hang), tests, "answer", limits=limits)
        assert report.killed in (Killed.TIME, Killed.MEMORY)
        assert [case.passed for case in report.cases] == [True, True, False, False]
        assert report.output.startswith("0\n1\n")


_STOPPED = "It took too long and was stopped."
_FIVE = (
    "import pytest\nfrom answer import f\n"
    "def test_a(): assert f(1) == 1\n"
    "def test_b(): assert f(2) == 2\n"
    "@pytest.mark.skip\ndef test_left_out(): assert False\n"
    "def test_c(): assert f(3) == 3\n"
    "def test_d(): assert f(4) == 5\n"
)


@pytest.mark.parametrize(
    ("hang", "limits"),
    [
        ("while n == 2: pass", Limits(seconds=60, case_fuel=3_000_000_000)),
        ("if n == 2: time.sleep(100)", Limits(seconds=60, case_seconds=4)),
    ],
)
def test_a_test_that_hangs_is_stopped_and_the_others_are_run(
    sandbox: Sandbox, hang: str, limits: Limits
) -> None:
    program = f"import time\ndef f(n):\n    {hang}\n    return n"
    report = sandbox.grade(program, _FIVE, "answer", limits=limits)
    assert [(case.name, case.passed) for case in report.cases] == [
        ("test_a", True),
        ("test_b", False),
        ("test_c", True),
        ("test_d", False),
    ]
    assert report.cases[1].message == _STOPPED
    assert report.cases[3].message == "assert f(4) == 5"
    assert report.killed is Killed.TIME


def test_a_last_test_that_hangs_is_named_once(sandbox: Sandbox) -> None:
    program = "def f(n):\n    while n == 4: pass\n    return n"
    report = sandbox.grade(program, _FIVE, "answer", limits=Limits(case_fuel=3_000_000_000))
    assert [case.name for case in report.cases] == ["test_a", "test_b", "test_c", "test_d"]
    assert [case.passed for case in report.cases] == [True, True, True, False]
    assert report.cases[3].message == _STOPPED
    assert report.killed is Killed.TIME


def test_tests_that_all_hang_end_with_the_fuel_for_all(sandbox: Sandbox) -> None:
    limits = Limits(seconds=60, fuel=4_000_000_000, case_fuel=2_500_000_000)
    report = sandbox.grade("def f(n):\n    while True: pass", _FIVE, "answer", limits=limits)
    told = [case.message for case in report.cases]
    not_run = "It was not run: the program had ended before."
    assert told[:2] == [_STOPPED, _STOPPED]
    assert set(told[2:]) == {not_run}
    assert report.failed == len(told) > 3
    assert report.killed is Killed.TIME


def test_what_is_slow_in_each_of_many_tests_is_not_stopped(sandbox: Sandbox) -> None:
    limits = Limits(seconds=60, case_fuel=6_000_000_000)
    program = "def f(n): return sum(1 for _ in range(1_000_000)) * 0 + n"
    tests = "from answer import f\n" + "\n".join(
        f"def test_{n}(): assert f({n}) == {n}" for n in range(8)
    )
    report = sandbox.grade(program, tests, "answer", limits=limits)
    assert report.killed is None
    assert report.passed == 8


def test_one_test_that_is_honestly_slow_has_fuel_enough(sandbox: Sandbox) -> None:
    program = "def f():\n    a = 0\n    for n in range(25_000_000): a += n\n    return a"
    tests = "from answer import f\ndef test_it(): assert f() > 0"
    slow = sandbox.grade(program, tests, "answer")
    assert (slow.passed, slow.killed) == (1, None)
    less = replace(FOR_TESTS, case_fuel=FOR_TESTS.case_fuel // 3)
    assert sandbox.grade(program, tests, "answer", limits=less).killed is Killed.TIME


def test_a_program_cannot_pass_by_hanging_where_it_would_be_run_again(sandbox: Sandbox) -> None:
    program = (
        "import random\n"
        "def f(n):\n"
        "    if n == 2:\n"
        "        while True: pass\n"
        "    return n + (n == 1)\n"
    )
    limits = Limits(seconds=60, case_fuel=3_000_000_000)
    report = sandbox.grade(program, _FIVE, "answer", limits=limits)
    assert [case.passed for case in report.cases] == [False, False, True, False]


def test_memory_that_is_not_there_is_told(sandbox: Sandbox) -> None:
    report: RunReport = sandbox.grade(
        "def f(): return len('x' * (1 << 30))",
        "from answer import f\ndef test_it(): assert f() == 1 << 30",
        "answer",
        limits=Limits(memory_bytes=96 << 20),
    )
    assert report.killed is Killed.MEMORY
    assert report.failed == 1
