"""From the tree to sympy, for factoring and solving: polynomials and their quotients only.

Text never goes to sympy, whose own reader runs what it reads as a program.
"""

import importlib
from typing import Any, Final

from assistant.tutor.maths.nodes import (
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    symbols,
    walk,
)
from assistant.tutor.maths.values import exact

HIGHEST_DEGREE: Final = 12
_MOST_SYMBOLS: Final = 5
_MOST_NODES: Final = 120
_MOST_TERMS: Final = 400


def polynomial(node: Node) -> Any:  # noqa: ANN401 - sympy has no types
    """The expanded sympy ``Poly`` over the rational numbers; None where a tree is none.

    Bounded in size, degree and unknowns, so that factoring it takes milliseconds.
    """
    names = sorted(symbols(node))
    nodes = sum(1 for _ in walk(node))
    if not names or len(names) > _MOST_SYMBOLS or nodes > _MOST_NODES:
        return None
    sympy: Any = importlib.import_module("sympy")
    unknowns = sympy.symbols(["v_" + str(at) for at in range(len(names))])
    return _poly(node, dict(zip(names, unknowns, strict=True)), sympy)


def _poly(node: Node, unknowns: dict[str, Any], sympy: Any) -> Any:  # noqa: ANN401, PLR0911 - sympy has no types; one return a node
    value = exact(node)
    generators = tuple(unknowns.values())
    if value is not None:
        number = sympy.Rational(value.numerator, value.denominator)
        return sympy.Poly(number, *generators, domain="QQ")
    match node:
        case Symbol(name):
            return sympy.Poly(unknowns[name], *generators, domain="QQ")
        case Negative(of):
            inner = _poly(of, unknowns, sympy)
            return None if inner is None else -inner
        case Sum(parts) | Product(parts):
            return _folded(node, [_poly(part, unknowns, sympy) for part in parts])
        case Quotient(top, bottom):
            above, below = _poly(top, unknowns, sympy), exact(bottom)
            return None if above is None or not below else above.mul_ground(1 / sympy.Rational(
                below.numerator, below.denominator))  # fmt: skip
        case Power(base, exponent):
            return _raised(_poly(base, unknowns, sympy), exponent)
        case _:
            return None


def _folded(node: Node, parts: list[Any]) -> Any:  # noqa: ANN401 - as above
    total = parts[0]
    for part in parts[1:]:
        if total is None or part is None:
            return None
        if isinstance(node, Sum):
            total = total + part
        elif _within(total, part):
            total = total * part
        else:
            return None
    return total


def _within(one: Any, other: Any) -> bool:  # noqa: ANN401 - as above
    degrees = one.total_degree() + other.total_degree()
    return degrees <= HIGHEST_DEGREE and len(one.terms()) * len(other.terms()) <= _MOST_TERMS


def _raised(base: Any, exponent: Node) -> Any:  # noqa: ANN401 - as above
    power = exact(exponent)
    if base is None or power is None or power.denominator != 1 or power < 0:
        return None
    if base.total_degree() * power > HIGHEST_DEGREE or power > HIGHEST_DEGREE:
        return None
    if len(base.terms()) ** int(power) > _MOST_TERMS * HIGHEST_DEGREE:
        return None
    return base ** int(power)
