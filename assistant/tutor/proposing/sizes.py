"""How long a number a formula comes to, told from its tree alone: nothing is worked out.

A solver works powers out exactly and cannot be stopped meanwhile, so what would come to more
digits than any exercise needs is refused before it is asked.
"""

import math
from typing import Final

from assistant.tutor.maths.nodes import (
    Mixed,
    Node,
    Number,
    PlusMinus,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    children,
)
from assistant.tutor.maths.reading import Reading, read
from assistant.tutor.maths.shapes import Expression, Relation

MOST_DIGITS: Final = 12.0
_LETTER: Final = 2.0
"""What an unknown counts as: enough to bound the exponents of sums that are multiplied out."""


def modest(formula: str) -> bool:
    """Whether a formula can be read, and nothing in it comes to more than ``MOST_DIGITS``."""
    if "!" in formula:
        return False  # the solver knows factorials, the reader does not
    reading = read(formula)
    shape = reading.shape if isinstance(reading, Reading) else None
    if isinstance(shape, Expression):
        return _digits(shape.node) <= MOST_DIGITS
    return isinstance(shape, Relation) and all(_digits(one) <= MOST_DIGITS for one in shape.sides)


def _digits(node: Node) -> float:
    """The decimal logarithm of a bound of the whole numbers in it; infinite beyond the bound."""
    match node:
        case Number(value):
            found = math.log10(max(abs(value.numerator), value.denominator))
        case Mixed(whole, top, bottom):
            found = math.log10(max(abs(whole) * bottom + top, bottom, 1))
        case Symbol():
            found = math.log10(_LETTER)
        case Product() | Quotient():
            found = sum(map(_digits, children(node)))
        case Sum() | PlusMinus():
            parts = [_digits(one) for one in children(node)]
            found = max(parts) + math.log10(len(parts))
        case Power(base, exponent):
            found = _power(_digits(base), _digits(exponent))
        case _:
            found = max(map(_digits, children(node)), default=1.0)
    # Also what is divided away or taken away again has to be worked out first.
    return found if found <= MOST_DIGITS else math.inf


def _power(base: float, exponent: float) -> float:
    return base * 10**exponent if exponent < math.inf else math.inf
