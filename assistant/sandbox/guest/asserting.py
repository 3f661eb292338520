"""What a failed test says: what was called, what came of it, and what was wanted."""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import ast
import re
import types
import unittest
from dataclasses import dataclass
from typing import Any, Final

from assistant.sandbox.guest.mirrors import Mirror

MOST_CHARS: Final = 500
_MESSAGE_CHARS: Final = 2_000
_FAIL: Final = "@fail"
_NAMES: Final = ("@left", "@right")
_LITERALS: Final = (int, float, str, bool, list, tuple, dict, set, type(None))
_COMPARING: Final = {
    "assertEqual", "assertListEqual", "assertTupleEqual", "assertDictEqual", "assertSetEqual",
    "assertSequenceEqual", "assertMultiLineEqual", "assertCountEqual", "assertAlmostEqual",
    "assertIs",
}  # fmt: skip
_ALONE: Final = {"assertTrue": True, "assertFalse": False, "assertIsNone": None}
_ASSERTS: Final = re.compile(r"^[ \t]*assert\b|[:;][ \t]*assert\b", re.MULTILINE)
_Nothing: Final = object()


@dataclass(slots=True)
class Told:
    """What is known of a failure."""

    message: str = ""
    wanted: str = ""
    got: str = ""
    call: str = ""


class Explained(AssertionError):  # noqa: N818 - it is what it says
    """A failed ``assert`` statement, with both sides of it."""

    def __init__(self, words: str, got: Any, wanted: Any) -> None:
        super().__init__(words)
        self.seen = (got, wanted)


def compiled(source: str, file: str) -> types.CodeType:
    """The tests' code, with assert statements that tell what they compared."""
    if not _ASSERTS.search(source):
        return compile(source, file, "exec", dont_inherit=True)
    return compile(_Asserts().visit(ast.parse(source, file)), file, "exec", dont_inherit=True)


class _Asserts(ast.NodeTransformer):
    """``assert a == b, m`` becomes ``left = a; right = b; if not left == right: fail(...)``."""

    def visit_Assert(self, node: ast.Assert) -> Any:
        made: list[ast.stmt] = []
        test = node.test
        sides = [test]
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            sides = [test.left, test.comparators[0]]
        for name, side in zip(_NAMES, sides, strict=False):
            made.append(ast.Assign([ast.Name(name, ast.Store())], side))
        seen: list[ast.expr] = [ast.Name(name, ast.Load()) for name in _NAMES[: len(sides)]]
        again: ast.expr = seen[0]
        if isinstance(test, ast.Compare) and len(seen) > 1:
            again = ast.Compare(seen[0], test.ops, [seen[1]])
        words = ast.Constant(ast.unparse(test))
        args: list[ast.expr] = [words, ast.List(seen, ast.Load())]
        if node.msg is not None:
            args.append(node.msg)
        fail = ast.Call(ast.Name(_FAIL, ast.Load()), args, [])
        made.append(ast.If(ast.UnaryOp(ast.Not(), again), [ast.Raise(fail)], []))
        return [ast.fix_missing_locations(ast.copy_location(each, node)) for each in made]


def fail(words: str, seen: list[Any], *message: Any) -> Explained:
    """What a failed ``assert`` raises."""
    text = str(message[0]) if message else f"assert {words}"
    if len(seen) == 1:
        return Explained(text, seen[0], _Nothing)
    return Explained(text, *seen)


NAMESPACE: Final = {_FAIL: fail}
"""What the tests' code needs to have at hand."""


def watch_assertions() -> None:
    """Has the methods of unittest note what they compared, and believe no half answers."""
    for name in dir(unittest.TestCase):
        if name.startswith("assert") and not name.startswith(("assertRaises", "assertWarns")):
            own = getattr(unittest.TestCase, name)
            setattr(unittest.TestCase, name, _noting(name, own))


def _noting(name: str, own: Any) -> Any:
    def check(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            if name == "assertAlmostEqual" and len(args) > 1:
                one, other = (isinstance(each, Mirror) for each in args[:2])
                if one is not other:  # its own difference from a number could be anything
                    self.fail(f"{_shown(args[0])} is not {_shown(args[1])}")
            return own(self, *args, **kwargs)
        except AssertionError as error:
            if not hasattr(error, "seen"):
                if name in _ALONE and args:
                    error.seen = (args[0], _ALONE[name])  # pyright: ignore[reportAttributeAccessIssue] - a note of ours
                elif name in _COMPARING and len(args) > 1:
                    error.seen = (args[0], args[1])  # pyright: ignore[reportAttributeAccessIssue] - a note of ours
            raise

    check.__name__ = name
    return check


def explain(error: BaseException, source: str, file: str, module: str) -> Told:
    """What to tell of a test that failed.

    Args:
        error: What it raised.
        source: The tests.
        file: Their name in tracebacks.
        module: The learner's module.
    """
    told = Told()
    tree = ast.parse(source)
    frame, line = _place(error, file)
    statement = _statement(tree, line)
    arguments = _arguments(statement)
    called = [index for index, each in enumerate(arguments) if _calls(each)]
    got = called[0] if called else 0
    if arguments:
        told.call = _call_words(arguments[got], tree, line, frame)
    seen = getattr(error, "seen", None)
    if isinstance(error, AssertionError):
        told.message = _shown_message(error)
        if isinstance(seen, tuple):
            told.got, told.wanted = (_shown(each) for each in seen)
            if got == 1:
                told.got, told.wanted = told.wanted, told.got
    else:
        where = getattr(error, "_lamplight_line", None)
        at = f" (line {where} of {module}.py)" if isinstance(where, int) else ""
        told.message = f"{type(error).__name__}: {_shown_message(error)}{at}"
        told.got = f"{type(error).__name__}"
    return told


def _shown_message(error: BaseException) -> str:
    try:
        return str(error)[:_MESSAGE_CHARS]
    except Exception:  # noqa: BLE001 - of the learner's class, which may fail
        return ""


def _shown(value: Any) -> str:
    if value is _Nothing:
        return ""
    try:
        words = repr(value)
    except Exception as error:  # noqa: BLE001 - as above
        words = f"<{type(value).__name__} whose repr raises {type(error).__name__}>"
    return words if len(words) <= MOST_CHARS else words[: MOST_CHARS - 1] + "…"


def _place(error: BaseException, file: str) -> tuple[types.FrameType | None, int]:
    """The innermost place in the tests that an error passed through."""
    frame, line, trace = None, 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            frame, line = trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next
    return frame, line


def _statement(tree: ast.Module, line: int) -> ast.stmt | None:
    """The smallest statement that has this line."""
    found: ast.stmt | None = None
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt) or not node.lineno <= line <= (node.end_lineno or 0):
            continue
        if found is None or node.lineno >= found.lineno:
            found = node
    return found


def _arguments(statement: ast.stmt | None) -> list[ast.expr]:
    """What a statement compares: the sides of an assert, or the arguments of an assertion."""
    if isinstance(statement, ast.Assert):
        test = statement.test
        return [test.left, *test.comparators] if isinstance(test, ast.Compare) else [test]
    if isinstance(statement, (ast.Expr, ast.Assign, ast.With)):
        value = (
            statement.items[0].context_expr if isinstance(statement, ast.With) else statement.value
        )
        if isinstance(value, ast.Call):
            function = value.func
            asserting = isinstance(function, ast.Attribute) and function.attr.startswith("assert")
            return value.args[:2] if asserting else [value]
    return []


def _calls(node: ast.expr) -> bool:
    return any(isinstance(each, (ast.Call, ast.Attribute, ast.Name)) for each in ast.walk(node))


def _call_words(node: ast.expr, tree: ast.Module, line: int, frame: types.FrameType | None) -> str:
    """A call as the learner would type it: names of the test have their values in their place."""
    if isinstance(node, ast.Name):
        node = _assigned(node.id, tree, line) or node
    if not any(isinstance(each, (ast.Call, ast.Attribute)) for each in ast.walk(node)):
        return ""
    local = frame.f_locals if frame is not None else {}
    filled = _Filling(local).visit(ast.parse(ast.unparse(node), mode="eval"))
    return ast.unparse(filled)[:MOST_CHARS]


class _Filling(ast.NodeTransformer):
    def __init__(self, local: Any) -> None:
        self._local = local

    def visit_Name(self, node: ast.Name) -> ast.expr:
        value = self._local.get(node.id, _Nothing)
        if type(value) in _LITERALS:
            try:
                return ast.parse(repr(value)[: MOST_CHARS // 2], mode="eval").body
            except (SyntaxError, ValueError, RecursionError):
                return node
        return node


def _assigned(name: str, tree: ast.Module, line: int) -> ast.expr | None:
    """What a name was set to last before a line, in the same function."""
    found: ast.expr | None = None
    for function in ast.walk(tree):
        inside = isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and (
            function.lineno <= line <= (function.end_lineno or 0)
        )
        if not inside:
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and node.lineno < line:
                target = node.targets[0]
                if isinstance(target, ast.Name) and target.id == name:
                    found = node.value
    return found
