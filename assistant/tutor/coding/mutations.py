"""Broken variants of a program that is right, each by one slip that beginners make.

Only the text of one piece is replaced, so that comments and layout stay. Whether a variant is
really broken is not known here: its tests have to fail first.
"""

import ast
import copy
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from assistant.tutor.coding.words import functions_of, is_call, whole

_Edit = tuple[ast.AST, str]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A variant.

    Args:
        source: All of it.
        line: Where the slip is.
        kind: Which: ``off-by-one``, ``wrong-operator``, ``missing-return``, ``swapped-arguments``,
            ``mutable-default``, ``wrong-start``, ``negated``, ``missing-line``, ``swapped-names``.
        words: What was done, for when it has been found.
    """

    source: str
    line: int
    kind: str
    words: str


_CONTAINERS: Final = (ast.List, ast.Dict, ast.Set)
_COMPARED: Final[dict[type[ast.cmpop], str]] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">",
}  # fmt: skip
_TURNED: Final[dict[type[ast.cmpop], str]] = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: ">", ast.Gt: "<", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
_OPERATORS: Final[dict[type[ast.operator], str]] = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "+", ast.FloorDiv: "%", ast.Mod: "//", ast.Div: "*",
}  # fmt: skip


def mutants_of(source: str) -> Iterator[Mutant]:
    """All variants of a program, by kind; no two with the same text.

    Raises:
        SyntaxError: It is no program.
    """
    tree = ast.parse(source)
    seen = {source}
    for kind, slip, words in _SLIPS:
        for node, new in slip(tree):
            old = ast.get_source_segment(source, node)
            if old is None or old == new:
                continue
            changed = _replaced(source, node, new)
            if changed in seen or not _parses(changed):
                continue
            seen.add(changed)
            line = getattr(node, "lineno", 1)
            yield Mutant(changed, line, kind, words.format(old=_short(old), new=_short(new)))


def _short(text: str) -> str:
    first = text.strip().splitlines()[0] if text.strip() else text
    return f"`{first}`"


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def _replaced(source: str, node: ast.AST, new: str) -> str:
    """The program with another text in the place of a node; columns count bytes of UTF-8."""
    lines = [line.encode() for line in source.splitlines(keepends=True)]
    first, last = getattr(node, "lineno", 1) - 1, (getattr(node, "end_lineno", 1) or 1) - 1
    head = lines[first][: getattr(node, "col_offset", 0)]
    tail = lines[last][getattr(node, "end_col_offset", 0) or 0 :]
    if not new and not head.strip() and not tail.strip():
        return b"".join([*lines[:first], *lines[last + 1 :]]).decode()
    return b"".join([*lines[:first], head, new.encode(), tail, *lines[last + 1 :]]).decode()


def _compared_ends(tree: ast.Module) -> Iterator[_Edit]:
    yield from _comparisons(tree, _COMPARED)


def _turned(tree: ast.Module) -> Iterator[_Edit]:
    yield from _comparisons(tree, _TURNED)


def _comparisons(tree: ast.Module, table: dict[type[ast.cmpop], str]) -> Iterator[_Edit]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            sign = table.get(type(node.ops[0]))
            if sign is not None and not _is_main(node):
                left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
                yield node, f"{left} {sign} {right}"


def _is_main(node: ast.Compare) -> bool:
    return isinstance(node.left, ast.Name) and node.left.id == "__name__"


def _ranges(tree: ast.Module) -> Iterator[_Edit]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and is_call(node, "range") and len(node.args) in (1, 2):
            stop = node.args[-1]
            yield stop, _moved(stop, -1)
            yield stop, _moved(stop, 1)
            if len(node.args) == 2:  # noqa: PLR2004 - both its ends
                yield node.args[0], _moved(node.args[0], 1)


def _moved(node: ast.expr, by: int) -> str:
    """One more, or one less, than an expression."""
    number = whole(node)
    if number is not None:
        return str(number + by)
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        step = whole(node.right)
        if step is not None:
            step = (step if isinstance(node.op, ast.Add) else -step) + by
            sign = f" + {step}" if step > 0 else f" - {-step}" if step else ""
            return ast.unparse(node.left) + sign
    return f"{ast.unparse(node)} {'+' if by > 0 else '-'} 1"


def _indexes(tree: ast.Module) -> Iterator[_Edit]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            for end in (node.slice.lower, node.slice.upper):
                if end is not None:
                    yield end, _moved(end, 1)


def _operators(tree: ast.Module) -> Iterator[_Edit]:
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and not _is_text(node.left) and not _is_text(node.right):
            sign = _OPERATORS.get(type(node.op))
            if sign is not None:
                made = ast.BinOp(node.left, _operator(sign), node.right)
                yield node, f"({ast.unparse(made)})" if _inside(tree, node) else ast.unparse(made)
        elif isinstance(node, ast.AugAssign) and not _is_text(node.value):
            sign = _OPERATORS.get(type(node.op))
            if sign is not None:
                yield node, f"{ast.unparse(node.target)} {sign}= {ast.unparse(node.value)}"
        elif isinstance(node, ast.BoolOp) and len(node.values) == 2:  # noqa: PLR2004 - two sides
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            made = ast.BoolOp(other, node.values)
            yield node, f"({ast.unparse(made)})" if _inside(tree, node) else ast.unparse(made)


def _is_text(node: ast.expr) -> bool:
    """Whether it is text that is written there, which nobody would take away from another."""
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))
    )


def _operator(sign: str) -> ast.operator:
    signs: dict[str, ast.operator] = {
        "-": ast.Sub(), "+": ast.Add(), "%": ast.Mod(), "//": ast.FloorDiv(), "*": ast.Mult(),
    }  # fmt: skip
    return signs[sign]


def _inside(tree: ast.Module, node: ast.expr) -> bool:
    """Whether an expression is part of another, where it may need brackets."""
    return any(
        isinstance(each, (ast.BinOp, ast.BoolOp, ast.Compare, ast.UnaryOp))
        and node in ast.iter_child_nodes(each)
        for each in ast.walk(tree)
    )


def _returns(tree: ast.Module) -> Iterator[_Edit]:
    for function in functions_of(tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and isinstance(
                node.value, (ast.Name, ast.Call, ast.BinOp)
            ):
                yield node, ast.unparse(node.value)


def _arguments(tree: ast.Module) -> Iterator[_Edit]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or len(node.args) != 2 or node.keywords:  # noqa: PLR2004 - a pair
            continue
        if not any(isinstance(each, ast.Starred) for each in node.args):
            one, other = map(ast.unparse, node.args)
            yield node, f"{ast.unparse(node.func)}({other}, {one})"


def _defaults(tree: ast.Module) -> Iterator[_Edit]:
    """``if xs is None: xs = []`` goes away, and the list stands in the head of the function."""
    for function in functions_of(tree):
        args = [*function.args.posonlyargs, *function.args.args]
        pairs = zip(args[::-1], function.args.defaults[::-1], strict=False)
        empty = [a.arg for a, d in pairs if isinstance(d, ast.Constant) and d.value is None]
        for statement in function.body:
            made = _made_anew(statement, empty)
            if made is not None and len(function.body) > 1:
                changed = ast.FunctionDef(
                    function.name,
                    _with_default(function.args, made[0], made[1]),
                    [each for each in function.body if each is not statement],
                    function.decorator_list,
                    function.returns,
                )
                text = ast.unparse(ast.fix_missing_locations(changed))
                indent = " " * function.col_offset
                yield function, text.replace("\n", f"\n{indent}")


def _made_anew(statement: ast.stmt, names: list[str]) -> tuple[str, ast.expr] | None:
    """The name and the value of ``if name is None: name = value``."""
    if not isinstance(statement, ast.If) or len(statement.body) != 1 or statement.orelse:
        return None
    test, inner = statement.test, statement.body[0]
    if not isinstance(test, ast.Compare) or not isinstance(test.left, ast.Name):
        return None
    if not isinstance(test.ops[0], ast.Is) or test.left.id not in names:
        return None
    filled = isinstance(inner, ast.Assign) and isinstance(
        inner.value, (ast.List, ast.Dict, ast.Set)
    )
    return (test.left.id, inner.value) if isinstance(inner, ast.Assign) and filled else None


def _with_default(args: ast.arguments, name: str, value: ast.expr) -> ast.arguments:
    names = [each.arg for each in [*args.posonlyargs, *args.args]]
    defaults = list(args.defaults)
    defaults[names.index(name) - len(names)] = value
    return ast.arguments(
        args.posonlyargs,
        args.args,
        args.vararg,
        args.kwonlyargs,
        args.kw_defaults,
        args.kwarg,
        defaults,
    )


def _starts(tree: ast.Module) -> Iterator[_Edit]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and whole(node.value) in (0, 1):
            yield node.value, str(1 - (whole(node.value) or 0))


def _negated(tree: ast.Module) -> Iterator[_Edit]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.If, ast.While)) and isinstance(
            node.test, (ast.Name, ast.Call, ast.Attribute)
        ):
            yield node.test, f"not {ast.unparse(node.test)}"


def _lines(tree: ast.Module) -> Iterator[_Edit]:
    """Steps that are left out; their block has others."""
    for function in functions_of(tree):
        for node in ast.walk(function):
            for field in ("body", "orelse"):
                block = getattr(node, field, None)
                for each in block if isinstance(block, list) and len(block) > 1 else []:  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - statements
                    if isinstance(each, (ast.AugAssign, ast.Expr)) and not _is_text(each.value):
                        yield each, ""


def _filters(tree: ast.Module) -> Iterator[_Edit]:
    """Conditions of comprehensions that are turned round."""
    for node in ast.walk(tree):
        if isinstance(node, ast.comprehension):
            for test in node.ifs:
                if isinstance(test, (ast.Name, ast.Call, ast.Attribute)):
                    yield test, f"not {ast.unparse(test)}"


def _quantities(tree: ast.Module) -> Iterator[_Edit]:
    """Numbers in expressions that are one too high."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.BinOp, ast.Compare, ast.Call)):
            for each in ast.iter_child_nodes(node):
                if isinstance(each, ast.Constant) and (whole(each) or 0) > 1:
                    yield each, str((whole(each) or 0) + 1)


def _fields(tree: ast.Module) -> Iterator[_Edit]:
    """Two names in a text that have changed places."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.JoinedStr):
            continue
        names = [
            each.value
            for each in node.values
            if isinstance(each, ast.FormattedValue) and isinstance(each.value, ast.Name)
        ]
        for one, other in itertools.pairwise(names):
            text = ast.unparse(_Exchange(one.id, other.id).visit(copy.deepcopy(node)))
            yield node, text


class _Exchange(ast.NodeTransformer):
    """Puts each of two names in the other's place."""

    def __init__(self, one: str, other: str) -> None:
        self._names = {one: other, other: one}

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """One name."""
        return ast.Name(self._names.get(node.id, node.id), node.ctx)


_Slip = tuple[str, Callable[[ast.Module], Iterator[_Edit]], str]
_SLIPS: Final[tuple[_Slip, ...]] = (
    ("mutable-default", _defaults, "The default value was made once, in the head: {new}"),
    ("off-by-one", _ranges, "The range ended at {new} in place of {old}."),
    ("missing-return", _returns, "{new} was worked out, but not returned: {old}."),
    ("off-by-one", _compared_ends, "{new} stood in place of {old}."),
    ("wrong-operator", _operators, "{new} stood in place of {old}."),
    ("swapped-arguments", _arguments, "The arguments were the wrong way round: {new}."),
    ("off-by-one", _indexes, "A slice was cut at {new} in place of {old}."),
    ("wrong-start", _starts, "It began with {new} in place of {old}."),
    ("negated", _negated, "{new} stood in place of {old}."),
    ("wrong-operator", _turned, "{new} stood in place of {old}."),
    ("missing-line", _lines, "A line was missing here: {old}."),
    ("negated", _filters, "{new} stood in place of {old}."),
    ("off-by-one", _quantities, "{new} stood in place of {old}."),
    ("swapped-names", _fields, "Two names had changed places: {new}."),
)
