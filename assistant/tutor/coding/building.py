"""What comprehensions build and what generator functions hand out, in words."""

import ast
from collections.abc import Iterator
from typing import Final

from assistant.tutor.coding.words import Function, code, listed, own_nodes, times_words

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_MOST_TOLD: Final = 3
_MOST_YIELDS: Final = 3


def built(node: Comprehension) -> str:
    """What a comprehension builds: ``a list of `n * 2` for each `n` in `xs` for which `n > 1```."""
    if isinstance(node, ast.DictComp):
        what = f"a dictionary with the key {code(node.key)} and the value {code(node.value)}"
    else:
        kind = "values, one at a time,"
        if not isinstance(node, ast.GeneratorExp):
            kind = "a list" if isinstance(node, ast.ListComp) else "a set"
        what = f"{kind} of {code(node.elt)}"
    return f"{what} {', and '.join(_through(source) for source in node.generators)}"


def within(statement: ast.stmt) -> tuple[str, ...]:
    """Sentences for comprehensions inside of an expression, such as the argument of a call."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return ()
    found = [node for node in _expressions(statement) if isinstance(node, COMPREHENSIONS)]
    return tuple(f"In it, {code(node)} builds {built(node)}." for node in found[:_MOST_TOLD])


def handed_out(function: Function) -> str:
    """What a generator function hands out, and in which rounds; "" for any other function."""
    found = list(_yields(function.body, ()))
    if not found:
        return ""
    words = [_yielded(node, around) for node, around in found[:_MOST_YIELDS]]
    more = ", and more" if len(found) > _MOST_YIELDS else ""
    return (
        f"It hands out values one at a time: {'; then '.join(words)}{more}. "
        "Nothing in it runs before the first of them is asked for."
    )


def _through(source: ast.comprehension) -> str:
    tests = " for which " + listed([code(each) for each in source.ifs]) if source.ifs else ""
    return f"for each {_named(source.target)} in {code(source.iter)}{tests}"


def _named(target: ast.expr) -> str:
    """``name, s``: without the brackets that nobody wrote."""
    if isinstance(target, ast.Tuple) and target.elts:
        return f"`{', '.join(ast.unparse(each) for each in target.elts)}`"
    return code(target)


def _expressions(statement: ast.stmt) -> Iterator[ast.AST]:
    """What is worked out by a statement itself, not by the block below it, from outside in."""
    whole: ast.expr | None = getattr(statement, "value", None)
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.expr):
            if child is whole and isinstance(child, COMPREHENSIONS):
                continue  # told as the value of the statement
            yield child
            yield from own_nodes(child)


def _yields(
    body: list[ast.stmt], around: tuple[str, ...]
) -> Iterator[tuple[ast.Yield | ast.YieldFrom, tuple[str, ...]]]:
    for statement in body:
        for node in _expressions(statement):
            if isinstance(node, (ast.Yield, ast.YieldFrom)):
                yield node, around
        match statement:
            case ast.For() | ast.While():
                yield from _yields(statement.body, (*around, _rounds(statement)))
            case ast.If():
                yield from _yields(statement.body, (*around, f"if {code(statement.test)}"))
                other = (*around, f"unless {code(statement.test)}")
                yield from _yields(statement.orelse, other)
            case ast.With() | ast.Try():
                yield from _yields(statement.body, around)
            case _:
                pass


def _rounds(loop: ast.For | ast.While) -> str:
    if isinstance(loop, ast.While):
        always = isinstance(loop.test, ast.Constant) and bool(loop.test.value)
        return "again and again" if always else f"as long as {code(loop.test)}"
    name = _named(loop.target)
    call = loop.iter
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "range":
        return f"{times_words(call, name)}" if call.args else f"for each {name}"
    return f"for each {name} in {code(loop.iter)}"


def _yielded(node: ast.Yield | ast.YieldFrom, around: tuple[str, ...]) -> str:
    if isinstance(node, ast.YieldFrom):
        what = f"everything in {code(node.value)}"
    else:
        what = code(node.value) if node.value is not None else "`None`"
    return ", ".join((what, *around))
