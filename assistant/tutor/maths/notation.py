"""Habits of writing that differ from the key's without being wrong."""

from collections.abc import Callable
from typing import Final

from assistant.tutor.maths.nodes import (
    Call,
    Constant,
    Node,
    Number,
    Product,
    Quotient,
    Symbol,
    children,
    symbols,
    walk,
    with_children,
)
from assistant.tutor.maths.shapes import (
    Bracketed,
    Expression,
    Matrix,
    Relation,
    Several,
    Shape,
    Union,
)
from assistant.tutor.maths.values import is_number

_UNKNOWNS: Final = frozenset("xyzn")


def trees(shape: Shape) -> list[Node]:
    """The expressions in an answer."""
    match shape:
        case Expression(node):
            return [node]
        case Relation(sides):
            return list(sides)
        case Several(items):
            return [node for item in items for node in trees(item)]
        case _:
            return []


def _all_trees(shape: Shape) -> list[Node]:
    """As well those in points, intervals and matrices."""
    match shape:
        case Several(items) | Bracketed(items) | Union(items):
            return [node for item in items for node in _all_trees(item)]
        case Matrix(rows):
            return [cell for row in rows for cell in row]
        case _:
            return trees(shape)


def in_case_of(wanted: Shape, given: Shape) -> Shape | None:
    """The answer with its unknowns in the key's case, where the key has them in one case only.

    But not a letter that stands alone or behind a number: 2R and 2r are two lengths, 5 M and 5 m
    two amounts. As well E for e and I for i, as programs write them, where the key has those
    numbers.
    """
    keys = frozenset[str]().union(*(symbols(node) for node in _all_trees(wanted)))
    names = frozenset[str]().union(*(symbols(node) for node in _all_trees(given)))
    alone = isinstance(wanted, Expression) and _is_one_letter(wanted.node)
    swapped = {name: name.swapcase() for name in names if name not in keys and len(name) == 1}
    changes: dict[str, Node] = {
        old: Symbol(new)
        for old, new in swapped.items()
        if new in keys and new not in names and (not alone or old.lower() in _UNKNOWNS)
    }
    constants = {each.name for each in _all(wanted) if isinstance(each, Constant)}
    changes |= {
        old: Constant(new)
        for old, new in swapped.items()
        if (new in constants or not keys) and old in {"E", "I"}
    }
    return changed(given, lambda node: _put(node, changes)) if changes else None


def with_natural_log(wanted: Shape, given: Shape) -> Shape | None:
    """The answer with log as ln, where the key has ln and no log: programs write it so."""
    calls = {each.name for each in _all(wanted) if isinstance(each, Call)}
    answered = {each.name for each in _all(given) if isinstance(each, Call)}
    if "ln" not in calls or "log" in calls or "log" not in answered:
        return None
    return changed(given, _natural)


def with_common_log(wanted: Shape, given: Shape) -> Shape | None:
    """The answer with ln as log, where the key has log and no ln: two functions, taken for one."""
    calls = {each.name for each in _all(wanted) if isinstance(each, Call)}
    answered = {each.name for each in _all(given) if isinstance(each, Call)}
    if "log" not in calls or "ln" in calls or "ln" not in answered or "log" in answered:
        return None
    return changed(given, _common)


def with_rounded_pi(wanted: Shape, value: Number | Quotient) -> Shape | None:
    """The key with a number in the place of π; None where it has no π."""
    if all(each != Constant("pi") for each in _all(wanted)):
        return None

    def put(node: Node) -> Node:
        if node == Constant("pi"):
            return value
        return with_children(node, tuple(put(part) for part in children(node)))

    return changed(wanted, put)


def _is_one_letter(node: Node) -> bool:
    """Whether a tree is a letter, or a letter and numbers."""
    parts = node.factors if isinstance(node, Product) else (node,)
    return len(symbols(node)) == 1 and all(
        isinstance(part, Symbol) or is_number(part) for part in parts
    )


def _all(shape: Shape) -> list[Node]:
    return [each for node in _all_trees(shape) for each in walk(node)]


def changed(shape: Shape, change: Callable[[Node], Node]) -> Shape:  # noqa: PLR0911 - one return a case
    """A shape whose expressions are others; what is words stays."""
    match shape:
        case Expression(node):
            return Expression(change(node))
        case Relation(sides, signs):
            return Relation(tuple(change(side) for side in sides), signs)
        case Several(items, joined):
            return Several(tuple(changed(item, change) for item in items), joined)
        case Bracketed(items, opened, closed):
            return Bracketed(tuple(changed(item, change) for item in items), opened, closed)
        case Union(parts):
            return Union(tuple(changed(part, change) for part in parts))
        case Matrix(rows):
            return Matrix(tuple(tuple(change(cell) for cell in row) for row in rows))
        case _:
            return shape


def _put(node: Node, changes: dict[str, Node]) -> Node:
    if isinstance(node, Symbol):
        return changes.get(node.name, node)
    return with_children(node, tuple(_put(part, changes) for part in children(node)))


def _natural(node: Node) -> Node:
    parts = tuple(_natural(part) for part in children(node))
    if isinstance(node, Call) and node.name == "log" and len(parts) == 1:
        return Call("ln", parts)
    return with_children(node, parts)


def _common(node: Node) -> Node:
    parts = tuple(_common(part) for part in children(node))
    if isinstance(node, Call) and node.name == "ln":
        return Call("log", parts)
    return with_children(node, parts)
