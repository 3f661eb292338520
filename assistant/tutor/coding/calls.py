"""Calls that are missing, and results that are dropped or kept by mistake."""

import ast
from collections.abc import Iterator
from typing import Final

from assistant.domain.code_review import Finding
from assistant.tutor.coding.library import finding
from assistant.tutor.coding.words import code, functions_of, own_nodes

_TEXT_METHODS: Final = frozenset(
    {"upper", "lower", "strip", "lstrip", "rstrip", "replace", "title", "capitalize", "swapcase"}
)
_GIVE_BACK: Final = frozenset({"sorted", "reversed", "len", "sum", "max", "min", "abs", "round"})
_IN_PLACE: Final = frozenset({"append", "extend", "insert", "remove", "sort", "reverse", "clear"})
_METHODS: Final = _IN_PLACE | _TEXT_METHODS | {"close", "pop", "split", "items", "keys", "values"}
_COMMANDS: Final = frozenset({"print", "input", "exit", "quit"})


def found_in(tree: ast.Module) -> Iterator[Finding]:
    """All of them in a program."""
    known = {each.name for each in functions_of(tree)}
    giving = {each.name for each in functions_of(tree) if _gives_back(each)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield from _statement(node.value, known, giving)
        elif isinstance(node, ast.Assign):
            yield from _kept(node)
        elif isinstance(node, ast.BinOp):
            yield from _rows(node)


def _gives_back(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether all that a function is for is its result."""
    inside = list(own_nodes(function))
    returns = [each for each in inside if isinstance(each, ast.Return) and each.value is not None]
    changing = any(
        isinstance(each, (ast.Call, ast.Attribute, ast.Subscript, ast.Global, ast.Nonlocal))
        for each in inside
        if not isinstance(each, ast.Subscript) or isinstance(each.ctx, ast.Store)
    )
    return bool(returns) and not changing


def _statement(node: ast.expr, known: set[str], giving: set[str]) -> Iterator[Finding]:
    shown = code(node)
    if isinstance(node, ast.Attribute) and node.attr in _METHODS:
        name = ast.unparse(node)
        yield finding("method-not-called", node.lineno, what=shown, name=name)
    elif isinstance(node, ast.Name) and node.id in known | _COMMANDS:
        yield finding("method-not-called", node.lineno, what=shown, name=node.id)
    elif isinstance(node, (ast.Compare, ast.BinOp, ast.Name, ast.Subscript, ast.UnaryOp)):
        yield finding("no-effect", node.lineno, what=shown)
    elif isinstance(node, ast.Call):
        yield from _dropped(node, shown, giving)


def _dropped(node: ast.Call, shown: str, giving: set[str]) -> Iterator[Finding]:
    function = node.func
    if isinstance(function, ast.Attribute) and function.attr in _TEXT_METHODS:
        name = ast.unparse(function.value)
        own = function.attr == "replace" and not node.args  # a dataclass's, a path's
        if not own and not any(keyword.arg for keyword in node.keywords):
            yield finding("result-dropped", node.lineno, what=shown, name=name)
    elif isinstance(function, ast.Name) and function.id in giving | _GIVE_BACK:
        yield finding("call-dropped", node.lineno, name=function.id)


def _kept(node: ast.Assign) -> Iterator[Finding]:
    value = node.value
    if not isinstance(value, ast.Call):
        return
    function = value.func
    in_place = isinstance(function, ast.Attribute) and function.attr in _IN_PLACE
    printed = isinstance(function, ast.Name) and function.id == "print"
    if in_place or printed:
        yield finding("none-kept", node.lineno, what=code(value))


def _rows(node: ast.BinOp) -> Iterator[Finding]:
    if not isinstance(node.op, ast.Mult):
        return
    for side in (node.left, node.right):
        if isinstance(side, ast.List) and any(
            isinstance(each, (ast.List, ast.Dict, ast.Set))
            or (isinstance(each, ast.BinOp) and isinstance(each.left, ast.List))
            for each in side.elts
        ):
            yield finding("shared-rows", node.lineno, what=code(node))
