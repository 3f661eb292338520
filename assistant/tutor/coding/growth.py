"""An estimate of how a function's work grows with its input, read off its loops and calls.

It is an estimate: loops are taken to run to their end, and what cannot be seen (calls of other
modules, the size of what is inside a list) to cost nothing. What it says is marked so everywhere.
"""

import ast
from dataclasses import dataclass
from typing import Any, Final

from assistant.tutor.coding.words import (
    FUNCTIONS,
    LOOPS,
    Function,
    Loop,
    code,
    functions_of,
    is_call,
    own_nodes,
)

_LINEAR: Final = ("sum", "max", "min", "all", "any", "list", "set", "tuple", "dict", "reversed")
_LINEAR_METHODS: Final = frozenset({"index", "count", "insert", "remove", "copy", "join"})
_CACHES: Final = frozenset({"cache", "lru_cache"})
_POWERS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(frozen=True, slots=True)
class _Growth:
    """n to the power of ``power``, times the logarithm of n to the power of ``logs``."""

    power: int = 0
    logs: int = 0
    exponential: bool = False
    why: str = "No loop runs longer for a larger input."

    def times(self, other: "_Growth", why: str) -> "_Growth":
        """Something of this kind, done as often as the other says."""
        power, logs = self.power + other.power, self.logs + other.logs
        return _Growth(power, logs, self.exponential or other.exponential, why)

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Larger for what grows quicker."""
        return (self.exponential, self.power, self.logs)

    @property
    def words(self) -> str:
        """``O(n²)``."""
        if self.exponential:
            return "O(2ⁿ)"
        power = "" if self.power < 2 else "".join(_POWERS[int(d)] for d in str(self.power))  # noqa: PLR2004 - n¹ is n
        n = f"n{power}" if self.power else ""
        log = "" if not self.logs else "log n" if self.logs == 1 else f"log^{self.logs} n"
        return f"O({' '.join(filter(None, (n, log))) or '1'})"


_ONCE: Final = _Growth()


def growth_of(tree: ast.Module) -> dict[ast.AST, tuple[str, str]]:
    """For the program and each function: the estimate, and what it was read off."""
    estimates = _Estimates({each.name: each for each in functions_of(tree)})
    found: dict[ast.AST, tuple[str, str]] = {}
    for node in (tree, *functions_of(tree)):
        growth = estimates.of(node)
        found[node] = (growth.words, growth.why)
    return found


class _Estimates:
    """Estimates functions that call each other.

    Args:
        functions: By their names.
    """

    def __init__(self, functions: dict[str, Function]) -> None:
        self._functions = functions
        self._known: dict[ast.AST, _Growth] = {}
        self._under_way: set[ast.AST] = set()

    def of(self, node: ast.Module | Function) -> _Growth:
        """Of a function or of the program's own lines."""
        if node in self._known:
            return self._known[node]
        if node in self._under_way:
            return _ONCE
        self._under_way.add(node)
        growth = self._block(node.body)
        if isinstance(node, FUNCTIONS):
            growth = self._recursive(node, growth)
        self._under_way.discard(node)
        self._known[node] = growth
        return growth

    def _block(self, body: list[ast.stmt]) -> _Growth:
        return max((self._statement(each) for each in body), key=lambda g: g.rank, default=_ONCE)

    def _statement(self, node: ast.stmt) -> _Growth:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            return _ONCE
        if isinstance(node, LOOPS):
            rounds = _rounds(node)
            inside = self._block(node.body)
            source: Any = getattr(node, "iter", None) or getattr(node, "test", None)
            own = self._expression(source)
            if rounds.rank == _ONCE.rank:
                return max(inside, own, key=lambda g: g.rank)
            why = rounds.why
            if inside.rank != _ONCE.rank:
                why = f"{rounds.why} In each round: {inside.why[0].lower()}{inside.why[1:]}"
            whole = inside.times(rounds, why)
            return max(whole, own, self._block(node.orelse), key=lambda g: g.rank)
        found = [_ONCE]
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                found.append(self._statement(child))
            elif isinstance(child, (ast.ExceptHandler, ast.match_case)):
                found.append(self._block(child.body))
            else:
                found.append(self._expression(child))
        return max(found, key=lambda g: g.rank)

    def _expression(self, node: ast.AST) -> _Growth:
        if isinstance(node, ast.Lambda):
            return _ONCE
        if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
            parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
            parts += [test for each in node.generators for test in each.ifs]
            inside = max((self._expression(each) for each in parts), key=lambda g: g.rank)
            for each in reversed(node.generators):
                if _constant(each.iter) is False:
                    why = f"Line {node.lineno} goes through {code(each.iter)}."
                    inside = inside.times(_Growth(1), why)
            return inside
        inner = [self._expression(each) for each in ast.iter_child_nodes(node)]
        own = self._call(node) if isinstance(node, ast.Call) else _ONCE
        return max([own, *inner], key=lambda g: g.rank)

    def _call(self, node: ast.Call) -> _Growth:
        if is_call(node, "sorted") or (
            isinstance(node.func, ast.Attribute) and node.func.attr == "sort"
        ):
            return _Growth(1, 1, why=f"Line {node.lineno} sorts.")
        given = node.args[0] if node.args else None
        through = given is not None and _constant(given) is False
        method = isinstance(node.func, ast.Attribute) and node.func.attr in _LINEAR_METHODS
        if (is_call(node, *_LINEAR) and through) or (method and node.args):
            return _Growth(1, why=f"Line {node.lineno}: {code(node.func)} goes through everything.")
        if isinstance(node.func, ast.Name) and node.func.id in self._functions:
            growth = self.of(self._functions[node.func.id])
            if growth.rank != _ONCE.rank:
                why = f"Line {node.lineno} calls `{node.func.id}`, which is {growth.words}."
                return _Growth(growth.power, growth.logs, growth.exponential, why)
        return _ONCE

    def _recursive(self, function: Function, inside: _Growth) -> _Growth:
        calls = [each for each in own_nodes(function) if is_call(each, function.name)]
        if not calls:
            return inside
        halving = any(_halves(each) for each in [*calls, *own_nodes(function)])
        together = _most_on_a_way(function.body, function.name)
        looped = any(
            is_call(each, function.name)
            for loop in own_nodes(function)
            if isinstance(loop, LOOPS)
            for each in ast.walk(loop)
        )
        name = f"`{function.name}` calls itself"
        if _is_cached(function):
            times, why = _Growth(1), f"{name}, and remembers what it found."
        elif halving and together > 1:
            times, why = _Growth(0 if inside.power else 1, 1), f"{name} for each half."
        elif halving:
            times, why = _Growth(0, 1), f"{name} for one half only."
        elif together > 1 and not looped:
            times = _Growth(exponential=True)
            why = f"{name} {together} times, a little smaller each time."
        else:
            times, why = _Growth(1), f"{name}, a little smaller each time."
        return inside.times(times, why)


def _is_cached(function: Function) -> bool:
    wrapped = {
        ast.unparse(each).partition("(")[0].rpartition(".")[2] for each in function.decorator_list
    }
    return bool(wrapped & _CACHES)


def _most_on_a_way(body: list[ast.stmt], name: str) -> int:
    """How often it calls itself at most from its beginning to its end."""
    count = 0
    for statement in body:
        if isinstance(statement, ast.If):
            ways = (_most_on_a_way(statement.body, name), _most_on_a_way(statement.orelse, name))
            own = sum(is_call(each, name) for each in ast.walk(statement.test))
            if statement.body and isinstance(statement.body[-1], ast.Return):
                following = _most_on_a_way(body[body.index(statement) + 1 :], name)
                return count + own + max(ways[0], ways[1] + following)
            count += own + max(ways)
        else:
            count += sum(is_call(each, name) for each in ast.walk(statement))
    return count


def _halves(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, (ast.FloorDiv, ast.RShift))
        and isinstance(node.right, ast.Constant)
        and type(node.right.value) is int
    )


def _rounds(loop: Loop) -> _Growth:
    """How often a loop runs."""
    if isinstance(loop, ast.While):
        inside = [each for part in loop.body for each in [part, *own_nodes(part)]]
        halved = any(
            (isinstance(each, ast.AugAssign) and isinstance(each.op, (ast.FloorDiv, ast.RShift)))
            or _halves(each)
            for each in inside
        )
        if halved:
            return _Growth(0, 1, why=f"The loop on line {loop.lineno} halves what is left.")
        if isinstance(loop.test, ast.Constant) and any(is_call(each, "input") for each in inside):
            return _ONCE
        return _Growth(1, why=f"The loop on line {loop.lineno} runs once for each step.")
    if _constant(loop.iter) is not False:
        return _ONCE
    return _Growth(1, why=f"The loop on line {loop.lineno} goes through {code(loop.iter)}.")


def _constant(node: ast.expr) -> bool:
    """Whether as much is gone through whatever the input is."""
    if isinstance(node, (ast.List, ast.Tuple, ast.Set, ast.Dict)):
        return not any(isinstance(each, ast.Starred) for each in ast.iter_child_nodes(node))
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Name):
        return node.id.isupper()
    if is_call(node, "range", "enumerate", "reversed", "zip", "list", "sorted"):
        arguments = node.args if isinstance(node, ast.Call) else []
        return all(_constant(each) or _is_number(each) for each in arguments)
    return False


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant)
