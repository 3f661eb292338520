"""Functions and classes: defaults, ways without a result, lines never reached, recursion."""

import ast
import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Final

from assistant.domain.code_review import Finding
from assistant.tutor.coding.library import finding
from assistant.tutor.coding.words import FUNCTIONS, Function, code, functions_of, is_call, own_nodes

_MUTABLE: Final = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
_MAKERS: Final = ("list", "dict", "set", "bytearray", "defaultdict", "deque", "Counter")
_ENDING: Final = (ast.Return, ast.Raise, ast.Break, ast.Continue)
_ABSTRACT: Final = frozenset({"abstractmethod", "overload", "property"})
_FILLING: Final = frozenset({"append", "extend", "add", "insert", "update", "pop", "remove"})
_UNBOUND: Final = frozenset({"staticmethod", "classmethod"})


def found_in(tree: ast.Module) -> Iterator[Finding]:
    """All of them in a program."""
    for function in functions_of(tree):
        yield from _defaults(function)
        yield from _ways(function)
        yield from _recursion(function)
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            yield from _handler(node)
        elif isinstance(node, ast.ClassDef):
            yield from _class(node)
        for field in ("body", "orelse", "finalbody"):
            block: Any = getattr(node, field, None)
            if isinstance(block, list):
                yield from _unreached([each for each in block if isinstance(each, ast.stmt)])  # pyright: ignore[reportUnknownVariableType] - statements or nothing
    yield from _printing(tree)


def _is_mutable(node: ast.expr | None) -> bool:
    return isinstance(node, _MUTABLE) or is_call(node, *_MAKERS)


def _defaults(function: Function) -> Iterator[Finding]:
    args: ast.arguments = function.args
    plain = [*args.posonlyargs, *args.args]
    pairs = [
        *zip(plain[::-1], args.defaults[::-1], strict=False),
        *zip(args.kwonlyargs, args.kw_defaults, strict=True),
    ]
    for parameter, default in pairs:
        if default is not None and _is_mutable(default):
            shown = code(default)
            yield finding("mutable-default", default.lineno, what=shown, name=parameter.arg)


def _handler(node: ast.ExceptHandler) -> Iterator[Finding]:
    broad = node.type is None or (
        isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}
    )
    raised = any(isinstance(each, ast.Raise) for each in own_nodes(node))
    if node.type is None and not raised:
        yield finding("bare-except", node.lineno)
    if broad and len(node.body) == 1 and isinstance(node.body[0], ast.Pass):
        yield finding("swallowed-error", node.lineno)


def _unreached(block: Sequence[ast.stmt]) -> Iterator[Finding]:
    for statement, following in itertools.pairwise(block):
        if isinstance(statement, _ENDING):
            yield finding("unreachable", following.lineno)
            return


def _ways(function: Function) -> Iterator[Finding]:
    """Whether some ways through it give a value back and others do not."""
    inside = list(own_nodes(function))
    if any(isinstance(each, (ast.Yield, ast.YieldFrom)) for each in inside):
        return
    returns = [each for each in inside if isinstance(each, ast.Return)]
    giving = [each for each in returns if each.value is not None and not _is_none(each.value)]
    bare = [each for each in returns if each.value is None]
    if giving and (bare or _falls_through(function.body)):
        yield finding("missing-return", function.lineno, name=function.name)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _falls_through(block: Sequence[ast.stmt]) -> bool:
    """Whether the end of a block may be reached; where that is not known, it is not."""
    match block[-1]:
        case ast.Return() | ast.Raise() | ast.Try() | ast.Match() | ast.TryStar():
            falls = False
        case ast.If(body=body, orelse=orelse):
            falls = not orelse or _falls_through(body) or _falls_through(orelse)
        case ast.While(test=test) as loop:
            always = isinstance(test, ast.Constant) and bool(test.value)
            falls = not always or any(isinstance(each, ast.Break) for each in own_nodes(loop))
        case ast.With(body=body) | ast.AsyncWith(body=body):
            falls = _falls_through(body)
        case ast.Expr(value=value):
            falls = not is_call(value, "exit", "quit")
        case _:
            falls = True
    return falls


def _recursion(function: Function) -> Iterator[Finding]:
    """Whether it calls itself before anything can end it."""
    for statement in function.body:
        deciding = isinstance(
            statement, (ast.If, ast.For, ast.While, ast.Try, ast.Match, ast.With, *FUNCTIONS)
        )
        inner = [statement, *own_nodes(statement)]
        choosing = any(
            isinstance(each, (ast.IfExp, ast.BoolOp, ast.comprehension, ast.Lambda))
            for each in inner
        )
        if deciding or choosing or isinstance(statement, (ast.ClassDef, ast.Raise, ast.Assert)):
            return
        if any(is_call(each, function.name) for each in inner) and not _is_method(function):
            yield finding("no-base-case", statement.lineno, name=function.name)
            return
        if isinstance(statement, ast.Return):
            return


def _is_method(function: Function) -> bool:
    names = [each.arg for each in function.args.args]
    return names[:1] == ["self"] or names[:1] == ["cls"]


def _class(node: ast.ClassDef) -> Iterator[Finding]:
    for statement in node.body:
        if isinstance(statement, ast.Assign) and _is_filled_later(statement, node):
            yield finding("shared-in-class", statement.lineno, what=code(statement.value))
        if isinstance(statement, FUNCTIONS):
            yield from _method(statement)


def _is_filled_later(statement: ast.Assign, owner: ast.ClassDef) -> bool:
    """Whether something that can change stands in a class, and its methods do change it."""
    names = {each.id for each in statement.targets if isinstance(each, ast.Name)}
    if not _is_mutable(statement.value):
        return False
    return any(
        isinstance(held, ast.Attribute) and held.attr in names and ast.unparse(held.value) == "self"
        for node in ast.walk(owner)
        for held in _changed(node)
    )


def _changed(node: ast.AST) -> Iterator[ast.expr]:
    """What this node changes, where it is a method's call or an item that is set."""
    if isinstance(node, ast.Attribute) and node.attr in _FILLING:
        yield node.value
    if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
        yield node.value


def _method(function: Function) -> Iterator[Finding]:
    wrapped = {ast.unparse(each).rpartition(".")[2] for each in function.decorator_list}
    args: ast.arguments = function.args
    if wrapped & _UNBOUND or args.vararg is not None:
        return
    if not [*args.posonlyargs, *args.args]:
        yield finding("no-self", function.lineno, name=function.name)
    elif function.name == "__init__":
        yield from _kept_nothing(function)


def _kept_nothing(function: Function) -> Iterator[Finding]:
    """``name = name`` in a method that is to keep it."""
    given = {each.arg for each in function.args.args}
    for each in own_nodes(function):
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Name):
            for target in each.targets:
                if isinstance(target, ast.Name) and target.id == each.value.id in given:
                    yield finding("self-left-out", each.lineno, name=target.id)


def _printing(tree: ast.Module) -> Iterator[Finding]:
    """Functions that show their result, and whose result is used."""
    printing: dict[str, int] = {}
    for function in functions_of(tree):
        inside = list(own_nodes(function))
        shows = any(is_call(each, "print") for each in inside)
        gives = any(isinstance(e, (ast.Return, ast.Yield)) and e.value is not None for e in inside)
        wrapped = {ast.unparse(each).rpartition(".")[2] for each in function.decorator_list}
        if shows and not gives and not wrapped & _ABSTRACT and not _is_method(function):
            printing[function.name] = function.lineno
    statements = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            line = printing.get(node.func.id)
            if line is not None and id(node) not in statements:
                yield finding("prints-only", line, name=node.func.id, at=node.lineno)
                del printing[node.func.id]
