"""Programs that lie about what they are to tests that look at them, or look at the tests."""

import textwrap

import pytest

from assistant.sandbox.sandbox import Sandbox

TESTS = """
import dataclasses, enum, inspect, types
import answer

SECRET = "the tests' own words"

def test_value():
    assert answer.f(2) == 4

def test_data():
    assert dataclasses.asdict(answer.Box(2)) == {"side": 2}

def test_content():
    assert vars(answer.Box(2)) == {"side": 2}

def test_annotation():
    assert inspect.signature(answer.f).return_annotation == "the number squared"

def test_names():
    assert [each.name for each in dataclasses.fields(answer.Box)] == ["side"]

def test_source():
    assert "SECRET" not in inspect.getsource(answer.f) and answer.f(3) == 9

def test_callback():
    def callback(n):
        return "the tests' own words"
    assert answer.f(2, callback) == 4
"""
BOX = """
class Box:
    def __init__(self, side): pass
"""
LIAR = """
class Liar:
    def __init__(self, *a, **k): pass
    def __getattr__(self, name): return Liar()
    def __call__(self, *a, **k): return Liar()
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__
    def __hash__(self): return hash("side")
    def __iter__(self): return iter([("side", 2)])
    def keys(self): return ["side"]
    def values(self): return [Liar()]
    def items(self): return [("side", Liar())]
    def __len__(self): return 1
    def __getitem__(self, key): return Liar()
class Text(str):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return hash("side")
"""
FORGERIES = {
    "a kind of the library that is not told by value": """
        class f:
            def __new__(cls, *a): return object.__new__(cls)
            __class__ = property(lambda self: int)
            def __eq__(self, other): return True
        """,
    "a generic type whose origin equals everything": """
        import types
        def f(*a): return types.GenericAlias(Liar, (4,))
        Box = types.GenericAlias(Liar, ())
        """,
    "a union of types that equal everything": """
        class Meta(type):
            def __eq__(cls, other): return True
            def __hash__(cls): return hash(4)
        class A(metaclass=Meta): pass
        def f(*a): return A | None
        """,
    "what data classes tell fields by": """
        import dataclasses
        def f(*a): return dataclasses.MISSING
        """,
    "a made-up kind told by hand": """
        import json, wit_world
        def f(*a):
            for kind in ("builtins.int", "builtins.dict", "builtins.type", "unittest.SkipTest"):
                word = ["o", 900, ["k", 901, "int", [], ["__eq__", "__sub__"], [kind, 1]], None]
                wit_world.exchange(json.dumps(["give", word, []]))
        Box = f
        """,
    "an enumeration as a kind told by hand": """
        import json, wit_world
        def f(*a):
            word = ["o", 900, ["k", 901, "E", [["n", "builtins", "int"]], ["__eq__"],
                    ["enum.IntEnum", 1]], 5]
            wit_world.exchange(json.dumps(["give", word, []]))
        Box = f
        """,
    "fields that are called by what equals everything": """
        import dataclasses
        def f(*a): return Liar()
        Box = dataclasses.make_dataclass("Box", ["side"])
        fields = Box.__dataclass_fields__
        fields["side"].name = Text("x")
        Box.__getattr__ = lambda self, name: Liar()
        """,
    "fields in a dictionary of its own": """
        import dataclasses
        class Box:
            __dataclass_fields__ = Liar()
            def __init__(self, side): self.x = 1
            __dict__ = Liar()
        def f(*a): return Liar()
        """,
    "content that is told as a dictionary": """
        class Content(dict):
            def __eq__(self, other): return True
            def items(self): return [("side", 2)]
        class Box:
            def __init__(self, side): pass
            __dict__ = property(lambda self: Content(x=1))
        def f(*a) -> Text("x"): return None
        """,
    "the tests' file for its own": """
        def f(n, *a): return n
        class Code:
            co_filename = "tests.py"
            co_firstlineno = 5
            co_flags = co_argcount = co_kwonlyargcount = co_posonlyargcount = 0
            co_varnames = ()
        f.__code__ = f.__code__.replace(co_filename="tests.py", co_firstlineno=5)
        """,
    "a function of the tests as the one that is wrapped": """
        def f(n, callback=None):
            if callback is not None:
                f.__wrapped__ = callback
                import inspect
                for look in (inspect.getsource, inspect.getfile, inspect.signature, vars, dir):
                    try: print(look(callback))
                    except BaseException as error: print(error)
            return n
        """,
    "the place of the program's file": """
        import os
        def f(n, *a):
            for path in ("/tmp/.programs/tests.py", "tests.py", "/tmp/.programs"):
                try: print(os.listdir("/tmp"), open(path).read())
                except OSError: pass
            try:
                os.makedirs("/tmp/.programs", exist_ok=True)
                open("/tmp/.programs/answer.py", "w").write("f = lambda n: n * n")
            except OSError: pass
            return n
        """,
    "tests of its own making": """
        class TestNothing:
            def test_nothing(self): pass
        TestNothing.__module__ = "tests"
        def test_more(): pass
        test_more.__module__ = "tests"
        def f(*a): return None
        """,
}
TRUE = {("fields that are called by what equals everything", "test_content")}
"""It has that content, whatever its fields are called."""


@pytest.mark.parametrize("name", FORGERIES)
def test_no_lie_is_believed(sandbox: Sandbox, name: str) -> None:
    program = BOX + LIAR + textwrap.dedent(FORGERIES[name])
    report = sandbox.grade(program, TESTS, "answer")
    told = {case.name: case for case in report.cases}
    assert set(told) == {
        "test_value", "test_data", "test_content", "test_annotation", "test_names", "test_source",
        "test_callback",
    }  # fmt: skip
    assert not any(case.passed for test, case in told.items() if (name, test) not in TRUE), report
    shown = [report.output, report.trouble]
    shown += [text for case in report.cases for text in (case.message, case.got)]
    assert not any("own words" in text for text in shown), shown


def test_an_honest_program_passes_all_of_them(sandbox: Sandbox) -> None:
    program = """
from dataclasses import dataclass
def f(n, callback=None) -> "the number squared": return n * n
@dataclass
class Box:
    side: int
"""
    assert sandbox.grade(program, TESTS, "answer").all_passed
