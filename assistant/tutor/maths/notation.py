"""Habits of writing that differ from the key's without being wrong."""

from typing import Final

from assistant.tutor.maths.nodes import (
    Call,
    Constant,
    Node,
    Product,
    Symbol,
    children,
    symbols,
    walk,
    with_children,
)
from assistant.tutor.maths.shapes import Expression, Relation, Several, Shape
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


def in_case_of(wanted: Shape, given: Shape) -> Shape | None:
    """The answer with its unknowns in the key's case, where the key has them in one case only.

    But not a letter that stands alone or behind a number: 2R and 2r are two lengths, 5 M and 5 m
    two amounts. As well E for e and I for i, as programs write them, where the key has those
    numbers.
    """
    keys = frozenset[str]().union(*(symbols(node) for node in trees(wanted)))
    names = frozenset[str]().union(*(symbols(node) for node in trees(given)))
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
    return _changed(given, changes) if changes else None


def with_natural_log(wanted: Shape, given: Shape) -> Shape | None:
    """The answer with log as ln, where the key has ln and no log: programs write it so."""
    calls = {each.name for each in _all(wanted) if isinstance(each, Call)}
    answered = {each.name for each in _all(given) if isinstance(each, Call)}
    if "ln" not in calls or "log" in calls or "log" not in answered:
        return None
    return _logs(given)


def _is_one_letter(node: Node) -> bool:
    """Whether a tree is a letter, or a letter and numbers."""
    parts = node.factors if isinstance(node, Product) else (node,)
    return len(symbols(node)) == 1 and all(
        isinstance(part, Symbol) or is_number(part) for part in parts
    )


def _all(shape: Shape) -> list[Node]:
    return [each for node in trees(shape) for each in walk(node)]


def _changed(shape: Shape, changes: dict[str, Node]) -> Shape | None:
    match shape:
        case Expression(node):
            return Expression(_put(node, changes))
        case Relation(sides, signs):
            return Relation(tuple(_put(side, changes) for side in sides), signs)
        case Several(items, joined):
            parts = [_changed(item, changes) for item in items]
            kept = tuple(part for part in parts if part is not None)
            return Several(kept, joined) if len(kept) == len(parts) else None
        case _:
            return None


def _put(node: Node, changes: dict[str, Node]) -> Node:
    if isinstance(node, Symbol):
        return changes.get(node.name, node)
    return with_children(node, tuple(_put(part, changes) for part in children(node)))


def _logs(shape: Shape) -> Shape | None:
    match shape:
        case Expression(node):
            return Expression(_natural(node))
        case Relation(sides, signs):
            return Relation(tuple(_natural(side) for side in sides), signs)
        case _:
            return None


def _natural(node: Node) -> Node:
    parts = tuple(_natural(part) for part in children(node))
    if isinstance(node, Call) and node.name == "log" and len(parts) == 1:
        return Call("ln", parts)
    return with_children(node, parts)
