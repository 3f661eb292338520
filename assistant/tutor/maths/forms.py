"""Whether an answer stands in the form that was asked for, and what is left to do if not."""

import importlib
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from assistant.domain.exercise import Form
from assistant.tutor.maths.nodes import (
    ONE,
    ZERO,
    Call,
    Constant,
    Mixed,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    children,
    symbols,
    walk,
)
from assistant.tutor.maths.to_sympy import polynomial
from assistant.tutor.maths.values import exact

ADD_NUMBERS: Final = "There are numbers left that can be put together."
REDUCE: Final = "The fraction can still be reduced."
LIKE_TERMS: Final = "There are like terms left to put together."
SAME_BASE: Final = "The same factor stands there more than once: write it as a power."
ROOT: Final = "A root can still be simplified."
NESTED: Final = "A fraction stands inside a fraction."
NEEDLESS: Final = "There is a factor, power or sign that changes nothing."
BRACKETS: Final = "There are brackets left to multiply out."
NOT_FACTORED: Final = "It is not a product of factors yet."
MORE_FACTORS: Final = "A factor can be taken apart further."
COMMON_FACTOR: Final = "A common factor can still be taken out."
AS_FRACTION: Final = "Write it as a fraction."
_TEN: Final = 10
_LARGEST_POWER: Final = 1_000_000


def missing(form: Form, node: Node) -> str:
    """What is left to do until a tree has a form, in a sentence; "" where nothing is."""
    if form is Form.SIMPLIFIED:
        return left_to_simplify(node)
    if form is Form.EXPANDED:
        return _left_to_expand(node)
    if form is Form.FACTORED:
        return _left_to_factor(node)
    if form is Form.LOWEST_TERMS:
        return _left_to_reduce(node)
    return ""


def left_to_simplify(node: Node) -> str:
    """The first thing that can be simplified, in a sentence; "" where there is none."""
    for part in walk(node):
        found = _here(part)
        if found:
            return found
    return ""


def _here(node: Node) -> str:  # noqa: PLR0911 - one return a case
    match node:
        case Sum(terms):
            return _in_sum(terms)
        case Product(factors):
            return _in_product(factors)
        case Quotient(top, bottom):
            return _in_quotient(top, bottom)
        case Power(base, exponent):
            return _in_power(base, exponent)
        case Negative(of):
            return NEEDLESS if isinstance(of, Negative) or of == ZERO else ""
        case Call("sqrt", arguments):
            return _in_root(arguments)
        case _:
            return ""


def _rational(node: Node) -> bool:
    """Whether a tree is a plain number: 3, 2/3, -0.5; not a power or a root to be worked out."""
    if isinstance(node, Negative):
        return _rational(node.of)
    if isinstance(node, Quotient):
        return _rational(node.top) and _rational(node.bottom)
    return isinstance(node, Number | Mixed)


def _in_sum(terms: tuple[Node, ...]) -> str:
    if sum(_rational(term) for term in terms) > 1:
        return ADD_NUMBERS
    if any(term == ZERO for term in terms):
        return NEEDLESS
    keys = [_monomial(term)[0] for term in _flat(terms)]
    if len(set(keys)) < len(keys):
        return LIKE_TERMS
    unknown = any(_has_open_bracket(term) for term in terms)
    return BRACKETS if unknown else ""


def _has_open_bracket(term: Node) -> bool:
    """Whether a term is a product with a sum in it that shares unknowns with what is outside."""
    inner = term.of if isinstance(term, Negative) else term
    if isinstance(inner, Sum):
        return True
    if not isinstance(inner, Product):
        return False
    sums = [factor for factor in inner.factors if isinstance(factor, Sum)]
    return any(symbols(each) for each in sums)


def _flat(terms: tuple[Node, ...]) -> list[Node]:
    found: list[Node] = []
    for term in terms:
        inner = term.of if isinstance(term, Negative) else term
        found += _flat(inner.terms) if isinstance(inner, Sum) else [inner]
    return found


def _monomial(node: Node) -> tuple[str, Fraction]:
    """What a term is a multiple of, in a form that can be compared, and the multiple."""
    value = exact(node)
    if value is not None and not symbols(node):
        return "", value
    match node:
        case Negative(of):
            key, number = _monomial(of)
            return key, -number
        case Product(factors):
            parts = [_monomial(factor) for factor in factors]
            number = math.prod((part[1] for part in parts), start=Fraction(1))
            return "*".join(sorted(part[0] for part in parts if part[0])), number
        case Quotient(top, bottom) if exact(bottom):
            key, number = _monomial(top)
            return key, number / (exact(bottom) or 1)
        case _:
            return repr(node), Fraction(1)


def _in_product(factors: tuple[Node, ...]) -> str:
    if any(factor in (ONE, ZERO) for factor in factors):
        return NEEDLESS
    numbers = [factor for factor in factors if _rational(factor)]
    if len(numbers) > 1:
        return ADD_NUMBERS
    bases = [_base(factor) for factor in factors if not _rational(factor)]
    known = [base for base in bases if base != Number(Fraction(_TEN))]
    return SAME_BASE if len({repr(base) for base in known}) < len(known) else ""


def _base(node: Node) -> Node:
    if isinstance(node, Power):
        return node.base
    return node.of if isinstance(node, Negative) else node


def _in_quotient(top: Node, bottom: Node) -> str:
    if bottom == ONE or top == ZERO:
        return REDUCE
    if any(isinstance(part, Quotient) for each in (top, bottom) for part in walk(each)):
        return NESTED
    if _whole_parts_shared(top, bottom) or _factors_shared(top, bottom):
        return REDUCE
    return ""


def _whole_parts_shared(top: Node, bottom: Node) -> bool:
    """Whether the numbers above and below have a common factor, or are decimals."""
    numbers = (_content(top), _content(bottom))
    if any(number.denominator != 1 for number in numbers):
        return True
    return math.gcd(int(numbers[0]), int(numbers[1])) > 1


def _content(node: Node) -> Fraction:  # noqa: PLR0911 - one return a case
    """The number that can be taken out of a tree: 4 of 8x + 12."""
    value = exact(node) if not symbols(node) and _plain(node) else None
    if value is not None:
        return abs(value)
    match node:
        case Negative(of):
            return _content(of)
        case Product(factors):
            return math.prod((_content(factor) for factor in factors), start=Fraction(1))
        case Sum(terms):
            parts = [_content(term) for term in terms]
            if any(part.denominator != 1 for part in parts):
                return Fraction(1)
            return Fraction(math.gcd(*[int(part) for part in parts]))
        case _:
            return Fraction(1)


def _plain(node: Node) -> bool:
    return not any(isinstance(part, Call) for part in walk(node))


def _factors_shared(top: Node, bottom: Node) -> bool:
    if not symbols(top) & symbols(bottom):
        return False
    above, below = polynomial_pair(top, bottom)
    if above is None or below is None:
        return False
    shared = above.gcd(below)
    return bool(shared.total_degree() > 0)


def polynomial_pair(top: Node, bottom: Node) -> tuple[Any, Any]:
    """Two trees as polynomials in the same unknowns."""
    names = sorted(symbols(top) | symbols(bottom))
    zero: Node = Product((ZERO, Sum(tuple(Symbol(name) for name in [*names, *names[:1]]))))
    return polynomial(Sum((top, zero))), polynomial(Sum((bottom, zero)))


def _in_power(base: Node, exponent: Node) -> str:
    if exponent in (ONE, ZERO):
        return NEEDLESS
    value = exact(exponent)
    if _rational(base) and value is not None and base != Number(Fraction(_TEN)):
        result = exact(Power(base, exponent))
        if result is not None and max(abs(result.numerator), result.denominator) < _LARGEST_POWER:
            return ADD_NUMBERS
    if isinstance(base, Power) and value is not None:
        return SAME_BASE
    return ""


def _in_root(arguments: Sequence[Node]) -> str:
    value = exact(arguments[0])
    degree = exact(arguments[1]) if len(arguments) > 1 else Fraction(2)
    if degree is None or degree.denominator != 1 or value is None or value < 0:
        return ""
    for number in (value.numerator, value.denominator):
        if _has_power(number, int(degree)):
            return ROOT
    return ""


def _has_power(number: int, degree: int) -> bool:
    """Whether a number above 1 is divided by the ``degree``-th power of a whole number."""
    if number > _LARGEST_POWER * _LARGEST_POWER or degree < 2:  # noqa: PLR2004 - a root has a degree
        return False
    factor = 2
    while factor**degree <= number:
        if number % factor**degree == 0:
            return True
        factor += 1
    return False


def _left_to_expand(node: Node) -> str:
    for part in walk(node):
        inside = children(part) if isinstance(part, Product) else ()
        raised = isinstance(part, Power) and isinstance(part.base, Sum | Product)
        if any(isinstance(each, Sum) and symbols(each) for each in inside):
            return BRACKETS
        if raised and isinstance(part, Power) and exact(part.exponent) is not None:
            return BRACKETS
    top = node.of if isinstance(node, Negative) else node
    if isinstance(node, Negative) and isinstance(top, Sum):
        return BRACKETS
    return left_to_simplify(node)


def _left_to_factor(node: Node) -> str:
    value = exact(node) if not symbols(node) else None
    if value is not None:
        return _left_to_split(node) if value.denominator == 1 else ""
    whole = polynomial(node)
    if whole is None:
        return ""
    factors = _factors(node)
    parts = sum(multiplicity for _, multiplicity in whole.factor_list()[1])
    if isinstance(node.of if isinstance(node, Negative) else node, Sum) and parts > 1:
        return NOT_FACTORED
    for factor in factors:
        found = _factor_left(factor)
        if found:
            return found
    bases = [repr(factor) for factor in factors if symbols(factor)]
    return SAME_BASE if len(set(bases)) < len(bases) else ""


def _left_to_split(node: Node) -> str:
    """The same of a whole number, which is to be a product of primes."""
    is_prime: Any = importlib.import_module("sympy").isprime
    values = [exact(factor) for factor in _factors(node)]
    whole = [abs(int(value)) for value in values if value is not None and value.denominator == 1]
    if len(whole) < len(values):
        return NOT_FACTORED
    if len(whole) > 1 and 1 in whole:
        return NEEDLESS
    if all(number <= 1 or is_prime(number) for number in whole):
        return ""
    return MORE_FACTORS if isinstance(node, Product | Power) else NOT_FACTORED


def _factor_left(factor: Node) -> str:
    poly = polynomial(factor)
    if poly is None or not isinstance(factor, Sum):
        return ""
    parts = poly.factor_list()[1]
    if sum(multiplicity for _, multiplicity in parts) > 1:
        return MORE_FACTORS
    return COMMON_FACTOR if _content(factor) > 1 else ""


def _factors(node: Node) -> list[Node]:
    match node:
        case Negative(of):
            return _factors(of)
        case Product(parts):
            return [factor for part in parts for factor in _factors(part)]
        case Power(base, exponent) if exact(exponent) is not None:
            return _factors(base)[:1] if not isinstance(base, Product) else _factors(base)
        case Quotient(top, bottom) if not symbols(bottom):
            return _factors(top)
        case _:
            return [node]


def _left_to_reduce(node: Node) -> str:  # noqa: PLR0911 - one return a case
    inner = node.of if isinstance(node, Negative) else node
    if isinstance(inner, Number):
        return AS_FRACTION if inner.places is not None else ""
    if isinstance(inner, Mixed):
        return REDUCE if math.gcd(inner.top, inner.bottom) > 1 else ""
    if isinstance(inner, Quotient):
        bottom = exact(inner.bottom)
        if bottom is not None and bottom < 0 and exact(inner.top) is not None:
            return "Write the minus before the fraction or above the line."
        return _in_quotient(inner.top, inner.bottom)
    if isinstance(inner, Constant | Symbol):
        return ""
    return left_to_simplify(node)
