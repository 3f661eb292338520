"""Loops that go one too far, end too early, or never end."""

import ast
from collections.abc import Iterator
from typing import Final

from assistant.domain.code_review import Finding
from assistant.tutor.coding.library import finding
from assistant.tutor.coding.words import LOOPS, code, functions_of, is_call, own_nodes, same, whole

_CHANGING: Final = frozenset({"remove", "pop", "append", "insert", "clear", "add", "extend"})
_LEAVING: Final = (ast.Break, ast.Return, ast.Raise, ast.Yield, ast.YieldFrom, ast.Await)


def found_in(tree: ast.Module) -> Iterator[Finding]:
    """All of them in a program."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            yield from _last_place(node)
        elif isinstance(node, ast.For):
            yield from _for(node)
        elif isinstance(node, ast.While):
            yield from _while(node)
    for function in functions_of(tree):
        for node in own_nodes(function):
            if isinstance(node, LOOPS):
                yield from _left_at_once(node)


def _last_place(node: ast.Subscript) -> Iterator[Finding]:
    """``xs[len(xs)]``."""
    if _length_of(node.slice) is not None and same(_length_of(node.slice), node.value):
        yield finding("index-past-end", node.lineno, what=code(node), name=ast.unparse(node.value))


def _length_of(node: ast.expr | None) -> ast.expr | None:
    """What ``len`` is taken of."""
    if isinstance(node, ast.Call) and is_call(node, "len") and len(node.args) == 1:
        return node.args[0]
    return None


def _for(node: ast.For) -> Iterator[Finding]:
    inside = [each for part in node.body for each in [part, *own_nodes(part)]]
    counter = node.target.id if isinstance(node.target, ast.Name) else ""
    if isinstance(node.iter, (ast.Name, ast.Attribute)):
        yield from _changed(node.iter, inside)
    if not counter:
        return
    for each in inside:
        if isinstance(each, (ast.Assign, ast.AugAssign)):
            targets = each.targets if isinstance(each, ast.Assign) else [each.target]
            if any(isinstance(one, ast.Name) and one.id == counter for one in targets) and _counts(
                node, each.value, counter
            ):
                yield finding("loop-name-set", each.lineno, name=counter)
    if isinstance(node.iter, ast.Call) and is_call(node.iter, "range"):
        yield from _range(node.iter, counter, inside)
    yield from _begun_anew(node, inside)


def _counts(loop: ast.For, value: ast.expr, counter: str) -> bool:
    """Whether a counter is moved on by hand, as it would be in a ``while`` loop."""
    names = {each.id for each in ast.walk(value) if isinstance(each, ast.Name)}
    return is_call(loop.iter, "range") and (names <= {counter} and not isinstance(value, ast.Call))


def _changed(holder: ast.expr, inside: list[ast.AST]) -> Iterator[Finding]:
    left = any(isinstance(each, (ast.Break, ast.Return)) for each in inside)
    for each in inside:
        call = each if isinstance(each, ast.Call) else None
        method = call.func if call is not None and isinstance(call.func, ast.Attribute) else None
        deleted = isinstance(each, ast.Delete) and any(
            isinstance(target, ast.Subscript) and same(target.value, holder)
            for target in each.targets
        )
        changing = method is not None and method.attr in _CHANGING and same(method.value, holder)
        if (changing or deleted) and not left:
            line = getattr(each, "lineno", 0)
            yield finding("changed-while-read", line, what=code(each), name=ast.unparse(holder))


def _range(call: ast.Call, counter: str, inside: list[ast.AST]) -> Iterator[Finding]:
    numbers = [whole(each) for each in call.args]
    known = [each for each in numbers if each is not None]
    if len(known) == len(call.args) and 0 not in known[2:] and known and not range(*known):
        yield finding("empty-range", call.lineno, what=code(call))
    if len(call.args) > 2:  # noqa: PLR2004 - it has steps
        return
    stop = call.args[-1] if call.args else None
    holder, extra = _length_of(stop), 0
    if isinstance(stop, ast.BinOp) and isinstance(stop.op, (ast.Add, ast.Sub)):
        holder = _length_of(stop.left)
        extra = (whole(stop.right) or 0) * (1 if isinstance(stop.op, ast.Add) else -1)
    if holder is None:
        return
    name = ast.unparse(holder)
    reads = [
        each
        for each in inside
        if isinstance(each, ast.Subscript) and same(each.value, holder) and not _guarded(inside)
    ]
    for each in reads:
        ahead = _ahead(each.slice, counter)
        if ahead is not None and ahead + extra > 0:
            kind = "range-past-end" if extra > 0 else "neighbour-past-end"
            shown = code(call) if extra > 0 else code(each)
            yield finding(kind, each.lineno if extra <= 0 else call.lineno, what=shown, name=name)
    uses = [each for each in inside if isinstance(each, ast.Name) and each.id == counter]
    plain = [each for each in reads if isinstance(each.slice, ast.Name) and _loaded(each)]
    if len(call.args) == 1 and extra == 0 and uses and len(uses) == len(plain):
        shown = code(plain[0])
        yield finding("counting-places", call.lineno, what=shown, name=counter)


def _guarded(inside: list[ast.AST]) -> bool:
    """Whether the loop looks where it is, so that the last place may be left out."""
    return any(
        isinstance(each, (ast.If, ast.IfExp, ast.Try)) and _mentions_length(each) for each in inside
    )


def _mentions_length(node: ast.AST) -> bool:
    if isinstance(node, ast.Try):
        return True
    test = getattr(node, "test", None)
    return test is not None and any(is_call(each, "len") for each in ast.walk(test))


def _loaded(node: ast.Subscript) -> bool:
    return isinstance(node.ctx, ast.Load)


def _ahead(place: ast.expr, counter: str) -> int | None:
    """How far ahead of the counter a place is."""
    if isinstance(place, ast.Name) and place.id == counter:
        return 0
    if isinstance(place, ast.BinOp) and isinstance(place.left, ast.Name):
        step = whole(place.right)
        if place.left.id == counter and step is not None:
            return step if isinstance(place.op, ast.Add) else -step
    return None


def _begun_anew(loop: ast.For, inside: list[ast.AST]) -> Iterator[Finding]:
    """``total = 0`` as the first line of a loop that adds to ``total`` and nothing else."""
    first = loop.body[0]
    if not isinstance(first, ast.Assign) or not isinstance(first.targets[0], ast.Name):
        return
    name = first.targets[0].id
    added = [
        each
        for each in loop.body[1:]
        if isinstance(each, ast.AugAssign)
        and isinstance(each.target, ast.Name)
        and each.target.id == name
    ]
    reads = [
        each
        for each in inside
        if isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Load)
    ]
    if whole(first.value) in (0, 1) and added and not reads:
        yield finding("reset-in-loop", first.lineno, name=name)


def _while(node: ast.While) -> Iterator[Finding]:
    inside = [each for part in node.body for each in [part, *own_nodes(part)]]
    yield from _one_too_far(node, inside)
    if any(isinstance(each, _LEAVING) for each in inside):
        return
    asked = {each.id for each in ast.walk(node.test) if isinstance(each, ast.Name)}
    calls = any(isinstance(each, ast.Call) for each in ast.walk(node.test) if not _is_len(each))
    attributes = any(isinstance(each, ast.Attribute) for each in ast.walk(node.test))
    touched = {each.id for each in inside if isinstance(each, ast.Name) and _touches(each, inside)}
    leaves = any(is_call(each, "exit", "quit") or _exits(each) for each in inside)
    if asked & touched or calls or attributes or leaves:
        return
    yield finding("endless-loop", node.lineno, what=f"the condition {code(node.test)}")


def _is_len(node: ast.AST) -> bool:
    return is_call(node, "len")


def _exits(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in {"sys.exit", "os._exit"}


def _touches(name: ast.Name, inside: list[ast.AST]) -> bool:
    """Whether a name may stand for something else, or for something changed, afterwards."""
    if isinstance(name.ctx, (ast.Store, ast.Del)):
        return True
    for each in inside:
        if isinstance(each, ast.Call):
            given = [*each.args, *(keyword.value for keyword in each.keywords)]
            on = each.func.value if isinstance(each.func, ast.Attribute) else None
            if name in given and not is_call(each, "print", "len", "str", "int"):
                return True
            if on is name:
                return True
        held = isinstance(each, (ast.Subscript, ast.Attribute)) and each.value is name
        if held and isinstance(getattr(each, "ctx", None), (ast.Store, ast.Del)):
            return True
    return False


def _one_too_far(node: ast.While, inside: list[ast.AST]) -> Iterator[Finding]:
    test = node.test
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.LtE):
        return
    holder = _length_of(test.comparators[0])
    if holder is None or not isinstance(test.left, ast.Name):
        return
    for each in inside:
        if (
            isinstance(each, ast.Subscript)
            and isinstance(each.slice, ast.Name)
            and each.slice.id == test.left.id
            and same(each.value, holder)
        ):
            yield finding("while-past-end", node.lineno, what=code(each))
            return


def _left_at_once(node: ast.For | ast.AsyncFor | ast.While) -> Iterator[Finding]:
    """A loop of which every round ends with a return."""
    last = node.body[-1]
    if any(isinstance(each, (ast.Continue, ast.Yield)) for each in own_nodes(node)):
        return
    if isinstance(last, ast.Return) and isinstance(node, ast.For):
        yield finding("return-in-loop", last.lineno)
    if isinstance(last, ast.If) and isinstance(node, ast.For):
        ways = (last.body, last.orelse)
        if all(way and isinstance(way[-1], ast.Return) for way in ways):
            yield finding("decided-too-early", last.lineno)
