"""Tests that look at a program rather than run it: at its source, its signatures, its kinds."""

import textwrap

import pytest

from assistant.sandbox.sandbox import Sandbox

PROGRAM = '''
"""Words of the module."""
import abc, collections.abc, enum, functools, typing
from dataclasses import dataclass, field

def add(a, b=2, *rest, c: int = 3, **more) -> int:
    """Adds."""
    return a + b

def fact(n):
    return 1 if n < 2 else n * fact(n - 1)

def typed(xs: list[int], d: dict[str, int] | None = None) -> list[str]: return []

def count(n):
    for i in range(n):
        yield i

async def later(): return 1

square = lambda x: x * x

def deco(f):
    @functools.wraps(f)
    def inner(*a, **k): return f(*a, **k)
    return inner

@deco
def wrapped(x, y):
    return x + y

def halves(xs): return (x / 2 for x in xs)
def mapped(xs): return map(str, xs)
def zipped(): return zip([1], [2])
def numbered(): return enumerate("a")
def kept(): return filter(None, [0, 1])
def thing(): return object()

@dataclass
class Point:
    """A point."""
    x: int
    y: int = 0
    tags: list = field(default_factory=list)

    def norm(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5
    @classmethod
    def of(cls, pair): return cls(*pair)
    @property
    def both(self): return (self.x, self.y)

@dataclass(frozen=True)
class Line:
    a: Point
    b: Point

class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...

class Square(Shape):
    def __init__(self, side): self.side = side
    def area(self): return self.side ** 2

class Node(typing.NamedTuple):
    v: int
    w: str = "a"

class Color(enum.Enum):
    RED = 1
    BLUE = 2

class Level(enum.IntEnum):
    LOW = 1

class Pair(collections.abc.Sequence):
    def __len__(self): return 2
    def __getitem__(self, i): return [1, 2][i]
'''
LOOKS = {
    "source of a function": """
        source = inspect.getsource(answer.fact)
        assert source.startswith("def fact") and "fact(n - 1)" in source and "for" not in source
        assert len(inspect.getsourcelines(answer.fact)[0]) == 2
        """,
    "syntax of a function": """
        tree = ast.parse(inspect.getsource(answer.count))
        assert any(isinstance(node, ast.For) for node in ast.walk(tree))
        assert not any(isinstance(node, ast.While) for node in ast.walk(tree))
        """,
    "source of other things": """
        assert "import abc" in inspect.getsource(answer)
        assert "def norm" in inspect.getsource(answer.Point)
        assert inspect.getsource(answer.Square).startswith("class Square")
        assert "self.side ** 2" in inspect.getsource(answer.Square.area)
        assert "** 0.5" in inspect.getsource(answer.Point(1).norm)
        assert "lambda" in inspect.getsource(answer.square)
        assert "return x + y" in inspect.getsource(answer.wrapped)
        """,
    "the file": """
        path = pathlib.Path(answer.__file__)
        assert path.name == "answer.py" and path.exists()
        assert "def fact" in path.read_text() and "def fact" in open(answer.__file__).read()
        """,
    "words": """
        assert inspect.getdoc(answer.add) == "Adds." and inspect.getdoc(answer.Point) == "A point."
        assert answer.__doc__ == "Words of the module."
        """,
    "signatures": """
        found = inspect.signature(answer.add)
        assert list(found.parameters) == ["a", "b", "rest", "c", "more"]
        assert found.parameters["b"].default == 2
        assert found.parameters["a"].default is inspect.Parameter.empty
        assert found.parameters["c"].kind is inspect.Parameter.KEYWORD_ONLY
        assert found.parameters["c"].annotation == int and found.return_annotation is int
        assert str(inspect.signature(answer.fact)) == "(n)"
        assert inspect.getfullargspec(answer.add).kwonlyargs == ["c"]
        assert list(inspect.signature(answer.wrapped).parameters) == ["x", "y"]
        """,
    "signatures with generic types": """
        found = inspect.signature(answer.typed)
        assert found.parameters["xs"].annotation == list[int]
        assert found.parameters["d"].annotation == dict[str, int] | None
        assert found.return_annotation == list[str]
        assert typing.get_type_hints(answer.add) == {"c": int, "return": int}
        """,
    "signatures of classes and methods": """
        assert list(inspect.signature(answer.Point).parameters) == ["x", "y", "tags"]
        assert list(inspect.signature(answer.Square).parameters) == ["side"]
        assert list(inspect.signature(answer.Square.__init__).parameters) == ["self", "side"]
        assert list(inspect.signature(answer.Square(2).area).parameters) == []
        assert list(inspect.signature(answer.Point.of).parameters) == ["pair"]
        assert list(inspect.signature(answer.Node).parameters) == ["v", "w"]
        assert str(inspect.signature(answer.Shape)) == "()"
        """,
    "generators": """
        assert isinstance(answer.count(2), types.GeneratorType)
        assert isinstance(answer.halves([1]), collections.abc.Generator)
        assert inspect.isgenerator(answer.count(2)) and not inspect.isgenerator([])
        assert inspect.isgeneratorfunction(answer.count)
        assert not inspect.isgeneratorfunction(answer.fact)
        assert not isinstance(answer.fact(2), types.GeneratorType)
        """,
    "iterators of the library": """
        assert list(answer.mapped([1])) == ["1"] and isinstance(answer.mapped([1]), map)
        assert list(answer.zipped()) == [(1, 2)] and next(answer.numbered()) == (0, "a")
        assert list(answer.kept()) == [1] and answer.thing() is not None
        """,
    "functions": """
        assert isinstance(answer.fact, types.FunctionType) and inspect.isfunction(answer.square)
        assert not isinstance(answer.Point, types.FunctionType) and inspect.isclass(answer.Point)
        assert inspect.ismethod(answer.Square(2).area) and inspect.isroutine(answer.fact)
        assert inspect.iscoroutinefunction(answer.later)
        assert not inspect.iscoroutinefunction(answer.fact)
        assert answer.fact.__code__.co_names == ("fact",)
        assert unittest.mock.create_autospec(answer.fact, return_value=3)(2) == 3
        """,
    "members": """
        named = [name for name, _ in inspect.getmembers(answer, inspect.isfunction)]
        assert "fact" in named and "Point" not in named
        methods = [name for name, _ in inspect.getmembers(answer.Square, inspect.isfunction)]
        assert "__init__" in methods and [m for m in methods if m[:2] != "__"] == ["area"]
        assert "fact" in dir(answer) and "norm" in dir(answer.Point) and "x" in dir(answer.Point(1))
        assert "__init__" in vars(answer.Square) and "__init__" not in vars(answer.Shape)
        assert isinstance(answer.Point.both, property) and answer.Square.__module__ == "answer"
        """,
    "data classes": """
        Point = answer.Point
        assert dataclasses.is_dataclass(Point) and dataclasses.is_dataclass(Point(1))
        assert not dataclasses.is_dataclass(answer.Square)
        assert dataclasses.asdict(Point(1, 2)) == {"x": 1, "y": 2, "tags": []}
        assert dataclasses.astuple(Point(1, 2, ["a"])) == (1, 2, ["a"])
        nested = dataclasses.asdict(answer.Line(Point(1), Point(2, 3)))
        assert nested["b"] == {"x": 2, "y": 3, "tags": []}
        assert dataclasses.replace(Point(1, 2), x=5) == Point(5, 2)
        first, second, third = dataclasses.fields(Point)
        assert first.name == "x" and first.type is int and first.default is dataclasses.MISSING
        assert second.default == 0 and third.default_factory is list
        """,
    "abstract classes and enumerations": """
        assert issubclass(answer.Shape, abc.ABC) and issubclass(answer.Square, abc.ABC)
        assert not issubclass(answer.Point, abc.ABC)
        assert inspect.isabstract(answer.Shape) and not inspect.isabstract(answer.Square)
        assert issubclass(answer.Color, enum.Enum) and isinstance(answer.Color.RED, enum.Enum)
        assert issubclass(answer.Level, enum.IntEnum) and isinstance(answer.Level.LOW, enum.Enum)
        assert not issubclass(answer.Color, enum.IntEnum)
        assert not issubclass(answer.Point, enum.Enum)
        assert isinstance(answer.Pair(), collections.abc.Sequence)
        """,
    "a decorator over a function of the tests": """
        @answer.deco
        def mine(a):
            "Doc."
            return a + 1
        assert mine(2) == 3 and (mine.__name__, mine.__doc__) == ("mine", "Doc.")
        """,
}
IMPORTS = (
    "import abc, ast, collections.abc, dataclasses, enum, inspect, pathlib, types, typing\n"
    "import unittest.mock\nimport answer\n"
)


def _tests(body: str) -> str:
    return f"{IMPORTS}def test_it():\n{textwrap.indent(textwrap.dedent(body), '    ')}"


@pytest.mark.parametrize("name", LOOKS)
def test_what_is_there_is_found(sandbox: Sandbox, name: str) -> None:
    report = sandbox.grade(PROGRAM, _tests(LOOKS[name]), "answer")
    assert report.all_passed, report


OTHERS = {
    "a loop where none may be": (
        "def f(n):\n    for i in range(n): pass",
        "assert 'for ' not in inspect.getsource(answer.f)",
    ),
    "a list and no generator": (
        "def f(n): return list(range(n))",
        "assert isinstance(answer.f(2), types.GeneratorType)",
    ),
    "a function that yields nothing": (
        "def f(n): return iter(range(n))",
        "assert inspect.isgeneratorfunction(answer.f)",
    ),
    "a generator where none may be": (
        "def f(n): yield n",
        "assert not inspect.isgeneratorfunction(answer.f)",
    ),
    "other names of parameters": (
        "def f(m): return m",
        "assert list(inspect.signature(answer.f).parameters) == ['n']",
    ),
    "no data class": (
        "class P:\n    def __init__(self): self.x = 1",
        "assert dataclasses.is_dataclass(answer.P)",
    ),
    "a data class with another value": (
        "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int = 2",
        "assert dataclasses.asdict(answer.P()) == {'x': 1}",
    ),
    "an abstract class that is none": (
        "class P:\n    def area(self): ...",
        "assert issubclass(answer.P, abc.ABC) or inspect.isabstract(answer.P)",
    ),
    "constants and no enumeration": (
        "class Color:\n    RED = 1",
        "assert issubclass(answer.Color, enum.Enum)",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_not_there_is_not_found(sandbox: Sandbox, name: str) -> None:
    program, body = OTHERS[name]
    report = sandbox.grade(program, _tests(body), "answer")
    assert (report.passed, report.failed) == (0, 1), report
    assert report.cases[0].message.startswith("assert"), report


def test_namespaces_are_compared_by_what_they_hold(sandbox: Sandbox) -> None:
    program = (
        "from types import SimpleNamespace\n"
        "class Liar(SimpleNamespace):\n    def __eq__(self, other): return True\n"
        "class Held(dict): pass\n"
        "def right(): return SimpleNamespace(a=1, b=[1, 2])\n"
        "def liar(): return Liar(a=2, b=[1, 2])\n"
        "def held(): return Held(a=1, b=[1, 2])\n"
    )
    tests = (
        "from types import SimpleNamespace as N\nfrom answer import right, liar, held\n"
        "def test_right(): assert right() == N(a=1, b=[1, 2])\n"
        "def test_turned(): assert N(a=1, b=[1, 2]) == right()\n"
        "def test_unlike(): assert right() != N(a=1, b=[1, 3])\n"
        "def test_other(): assert right() == N(a=2, b=[1, 2])\n"
        "def test_liar(): assert liar() == N(a=1, b=[1, 2])\n"
        "def test_held(): assert held() == N(a=1, b=[1, 2])\n"
    )
    report = sandbox.grade(program, tests, "answer")
    assert [case.passed for case in report.cases] == [True, True, True, False, False, False]


def test_a_class_of_the_tests_that_derives_from_the_programs_is_not_taken_for_it(
    sandbox: Sandbox,
) -> None:
    program = "class Shape:\n    def area(self): return 0\n"
    tests = (
        "from answer import Shape\n"
        "class Square(Shape):\n    def area(self): return 4\n"
        "def test_derived(): assert Square().area() == 0\n"
        "def test_own(): assert Shape().area() == 0\n"
    )
    report = sandbox.grade(program, tests, "answer")
    assert [case.passed for case in report.cases] == [False, True]
    assert report.cases[0].message.startswith("TypeError: 'Square' derives from 'Shape'")


def test_runpy_is_there_and_runs_no_program_where_the_tests_are(sandbox: Sandbox) -> None:
    tests = (
        "import runpy\nimport answer\n"
        "def test_it(): assert answer.f() == 1\n"
        "def test_path(): runpy.run_path(answer.__file__)\n"
        "def test_module(): runpy.run_module('answer')\n"
    )
    report = sandbox.grade("def f(): return 1", tests, "answer")
    assert [case.passed for case in report.cases] == [True, False, False]
    assert {case.message for case in report.cases[1:]} == {
        "This test asks for a program run by runpy, which cannot be run here."
    }
