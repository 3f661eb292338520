"""Whether a way came to its end: the unknown alone, or an expression in the form asked for."""

from collections.abc import Sequence
from typing import Final

from assistant.domain.exercise import Form
from assistant.tutor.maths.forms import left_to_simplify, missing
from assistant.tutor.maths.nodes import (
    ZERO,
    Mixed,
    Negative,
    Node,
    Number,
    PlusMinus,
    Product,
    Quotient,
    Symbol,
    both_signs,
    symbols,
    walk,
)
from assistant.tutor.maths.shapes import Expression, Relation, Saying, Several, Shape
from assistant.tutor.maths.values import exact
from assistant.tutor.steps.rational import shape_names

MISSING: Final = "the end is missing"
_WORK_OUT: Final = "It can still be worked out."


def left_to_do(shapes: Sequence[Shape | None], begins: Shape, form: Form) -> str:
    """What the lines leave to be done, in a sentence or as ``MISSING``; "" where nothing.

    Args:
        shapes: What the lines say, as far as they were read.
        begins: What they begin with.
        form: How an expression has to look in the end; ``ANY`` where that cannot be told.
    """
    said = [shape for shape in shapes if shape is not None]
    if not isinstance(begins, Expression):
        names = shape_names(begins)
        ended = any(is_end(shape) and shape_names(shape) <= names for shape in said)
        return "" if ended else MISSING
    ends = [end for shape in said if (end := _expression(shape, begins)) is not None]
    if not ends or form is Form.ANY or ends[-1] == begins.node:
        return MISSING
    end = ends[-1]
    if symbols(end) or form is Form.FACTORED:
        return missing(form, end)
    return left_to_simplify(end) or ("" if is_worked_out(end) else _WORK_OUT)


def is_end(shape: Shape) -> bool:
    """Whether a line says what the unknown is: x = 3, -1 < x ≤ 2, no solution."""
    if isinstance(shape, Several):
        return bool(shape.items) and all(is_end(item) for item in shape.items)
    if not isinstance(shape, Relation):
        return isinstance(shape, Saying)
    alone = [side for side in shape.sides if isinstance(side, Symbol)]
    others = [side for side in shape.sides if not isinstance(side, Symbol)]
    if set(shape.signs) == {"="} and isinstance(shape.sides[0], Symbol):
        others = others[-1:]
    return len(alone) == 1 and bool(others) and all(is_worked_out(side) for side in others)


def is_worked_out(node: Node) -> bool:
    """Whether a number without unknowns is as plain as it gets."""
    if symbols(node):
        return False
    if isinstance(node, PlusMinus):
        return is_worked_out(node.right) and (node.left == ZERO or exact(node.right) is None)
    if isinstance(node, Product) and isinstance(node.factors[0], PlusMinus):
        signed = node.factors[0]  # ±5√2
        return signed.left == ZERO and is_worked_out(Product((signed.right, *node.factors[1:])))
    if isinstance(node, Quotient) and isinstance(node.top, PlusMinus):
        both = both_signs(node)  # (-3 ± √17)/4
        return exact(node.top.right) is None and not any(map(left_to_simplify, both))
    choice = any(isinstance(part, PlusMinus) for part in walk(node))
    return not choice and not left_to_simplify(node) and (exact(node) is None or _plain(node))


def _plain(node: Node) -> bool:
    inner = node.of if isinstance(node, Negative) else node
    if isinstance(inner, Quotient):
        top = inner.top.of if isinstance(inner.top, Negative) and inner is node else inner.top
        return isinstance(top, Number) and isinstance(inner.bottom, Number)
    return isinstance(inner, Number | Mixed)


def _expression(shape: Shape, begins: Expression) -> Node | None:
    """The expression that a line ends with; None for a sum of numbers beside one with letters."""
    if isinstance(shape, Expression):
        return shape.node
    aside = symbols(begins.node) and not shape_names(shape)
    if not isinstance(shape, Relation) or set(shape.signs) != {"="} or aside:
        return None
    return shape.sides[-1]
