"""Vectors by their unit vectors: i + 2j + 3k is ⟨1, 2, 3⟩."""

from typing import Final

from assistant.tutor.maths.nodes import (
    ONE,
    ZERO,
    Constant,
    Negative,
    Node,
    Product,
    Quotient,
    Sum,
    Symbol,
    symbols,
    walk,
)

_UNITS: Final[tuple[Node, ...]] = (Constant("i"), Symbol("j"), Symbol("k"))
_SPATIAL: Final = (2, 3)
"""How many components a vector of the plane and one of space have."""


def components(node: Node, size: int) -> tuple[Node, ...] | None:
    """What stands with i, with j and with k; None where a tree is no sum of such terms.

    Args:
        node: An expression.
        size: How many components are wanted: 2 or 3.
    """
    if size not in _SPATIAL:
        return None
    found: list[list[Node]] = [[] for _ in range(size)]
    for term in node.terms if isinstance(node, Sum) else (node,):
        share = _share(term)
        if share is None or share[0] >= size:
            return None
        found[share[0]].append(share[1])
    return tuple(Sum(tuple(each)) if len(each) > 1 else each[0] if each else ZERO for each in found)


def is_in_units(node: Node) -> bool:
    """Whether a tree is a sum of multiples of i, j and k, and no complex number: it has j or k."""
    return bool(symbols(node) & {"j", "k"}) and components(node, max(_SPATIAL)) is not None


def _share(term: Node) -> tuple[int, Node] | None:
    """Which unit vector a term is a multiple of, and the multiple."""
    found: tuple[int, Node] | None = None
    if term in _UNITS:
        found = _UNITS.index(term), ONE
    elif isinstance(term, Negative) and (inner := _share(term.of)):
        found = inner[0], Negative(inner[1])
    elif isinstance(term, Quotient) and not _has_unit(term.bottom) and (inner := _share(term.top)):
        found = inner[0], Quotient(inner[1], term.bottom)
    elif isinstance(term, Product):
        found = _share_of_product(term.factors)
    return found


def _share_of_product(factors: tuple[Node, ...]) -> tuple[int, Node] | None:
    at = [index for index, factor in enumerate(factors) if _has_unit(factor)]
    inner = _share(factors[at[0]]) if len(at) == 1 else None
    if inner is None:
        return None
    return inner[0], Product((*factors[: at[0]], inner[1], *factors[at[0] + 1 :]))


def _has_unit(node: Node) -> bool:
    return any(part in _UNITS for part in walk(node))
