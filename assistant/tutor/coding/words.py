"""Pieces of programs as they are quoted, and the few walks that every check takes."""

import ast
from collections.abc import Iterator, Sequence
from typing import Final

_MOST_CHARS: Final = 60
_SCOPES: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef
Loop = ast.For | ast.AsyncFor | ast.While
LOOPS: Final = (ast.For, ast.AsyncFor, ast.While)


def code(node: ast.AST | None) -> str:
    """A piece of a program between backticks, shortened."""
    if node is None:
        return "`None`"
    text = " ".join(ast.unparse(node).split())
    if len(text) > _MOST_CHARS:
        text = text[: _MOST_CHARS - 1] + "…"
    mark = "``" if "`" in text else "`"
    return f"{mark}{text}{mark}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """``a, b and c``."""
    if len(words) < 2:  # noqa: PLR2004 - one, or none
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def target_names(node: ast.expr) -> list[str]:
    """The names that a target sets, between backticks."""
    return [f"`{each.id}`" for each in ast.walk(node) if isinstance(each, ast.Name)]


def own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """All nodes inside, in the order of the text, but nothing inside functions and classes there.

    The defaults and decorators of such are left out as well.
    """
    for child in ast.iter_child_nodes(scope):
        yield child
        if not isinstance(child, _SCOPES):
            yield from own_nodes(child)


def functions_of(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions and methods, also those inside others."""
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS):
            yield node


def is_call(node: ast.AST | None, *names: str) -> bool:
    """Whether it calls a function of one of these plain names."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def whole(node: ast.expr | None) -> int | None:
    """The whole number that is written there."""
    negative = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    inner = node.operand if isinstance(node, ast.UnaryOp) and negative else node
    if isinstance(inner, ast.Constant) and type(inner.value) is int:
        return -inner.value if negative else inner.value
    return None


def same(one: ast.AST | None, other: ast.AST | None) -> bool:
    """Whether two pieces say the same."""
    if one is None or other is None:
        return one is other
    return ast.dump(one) == ast.dump(other)


def times_words(call: ast.Call, name: str) -> str:
    """How often a loop over ``range`` runs, and what its name goes through."""
    numbers = [whole(each) for each in call.args]
    known = [each for each in numbers if each is not None]
    if len(known) == len(call.args) and 0 not in known[2:]:
        through = range(*known)
        if not through:
            return f"not even once: {code(call)} is empty"
        ends = f"from {through[0]} to {through[-1]}" if len(through) > 1 else f"at {through[0]}"
        times = "once" if len(through) == 1 else f"{len(through)} times"
        return f"{times}, with {name} {'going ' if len(through) > 1 else ''}{ends}"
    if len(call.args) == 1:
        return f"{code(call.args[0])} times, with {name} going from 0 up to one below it"
    step = f" in steps of {code(call.args[2])}" if len(call.args) > 2 else ""  # noqa: PLR2004 - its third argument
    stop = f"but not including {code(call.args[1])}"
    return f"with {name} going from {code(call.args[0])} up to {stop}{step}"
