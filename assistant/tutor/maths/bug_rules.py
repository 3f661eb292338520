"""Wrong rules that pupils go by, as rewritings of one place in a tree.

Each gives the trees that the wrong rule makes of a node; none where it has nothing to say. The
rules are the ones that the research on “buggy algorithms” found again and again (Brown and Burton
1978 on arithmetic, Sleeman 1984 and Payne and Squibb 1990 on algebra).
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice
from typing import Final

from assistant.tutor.maths.nodes import (
    ZERO,
    Call,
    Mixed,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    children,
    symbols,
    with_children,
)
from assistant.tutor.maths.values import exact

Rule = Callable[[Node], Iterator[Node]]
_PAIR: Final = 2
_MOST: Final = 60
"""Places in a tree at which a rule is tried."""


def everywhere(rule: Rule, node: Node) -> Iterator[Node]:
    """The trees that a rule makes when it is used at one place, wherever that is."""
    for path, part in islice(_places(node, ()), _MOST):
        for changed in rule(part):
            yield _replaced(node, path, changed)


def _places(node: Node, path: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], Node]]:
    yield path, node
    for index, part in enumerate(children(node)):
        yield from _places(part, (*path, index))


def _replaced(node: Node, path: tuple[int, ...], part: Node) -> Node:
    if not path:
        return part
    parts = list(children(node))
    parts[path[0]] = _replaced(parts[path[0]], path[1:], part)
    return with_children(node, tuple(parts))


def _sum(terms: list[Node]) -> Node:
    return Sum(tuple(terms)) if len(terms) > 1 else (terms[0] if terms else ZERO)


def _product(factors: list[Node]) -> Node:
    return Product(tuple(factors)) if len(factors) > 1 else factors[0]


def first_term_only(node: Node) -> Iterator[Node]:
    """3(x + 4) becomes 3x + 4."""
    if isinstance(node, Product):
        for index, factor in enumerate(node.factors):
            others = [*node.factors[:index], *node.factors[index + 1 :]]
            if isinstance(factor, Sum) and not isinstance(_product(others), Sum):
                yield _sum([_product([*others, factor.terms[0]]), *factor.terms[1:]])


def minus_first_only(node: Node) -> Iterator[Node]:
    """-(x + 4) becomes -x + 4."""
    if isinstance(node, Negative) and isinstance(node.of, Sum):
        yield _sum([Negative(node.of.terms[0]), *node.of.terms[1:]])
    inner = node.of if isinstance(node, Negative) else None
    if isinstance(inner, Product) and isinstance(inner.factors[-1], Sum):
        factors, last = list(inner.factors[:-1]), inner.factors[-1]
        parts = [_product([*factors, term]) for term in last.terms]
        yield _sum([Negative(parts[0]), *parts[1:]])


def power_of_each(node: Node) -> Iterator[Node]:
    """(a + b)² becomes a² + b²."""
    if isinstance(node, Power) and isinstance(node.base, Sum):
        yield _sum([_power_of_term(term, node.exponent) for term in node.base.terms])


def _power_of_term(term: Node, exponent: Node) -> Node:
    if isinstance(term, Negative):
        return Negative(Power(term.of, exponent))
    return Power(term, exponent)


def root_of_each(node: Node) -> Iterator[Node]:
    """√(a + b) becomes √a + √b."""
    if isinstance(node, Call) and node.name == "sqrt" and isinstance(node.arguments[0], Sum):
        rest = node.arguments[1:]
        yield _sum(
            [
                Negative(Call("sqrt", (term.of, *rest)))
                if isinstance(term, Negative)
                else Call("sqrt", (term, *rest))
                for term in node.arguments[0].terms
            ]
        )


def _fraction(node: Node) -> tuple[Node, Node] | None:
    inner = node.of if isinstance(node, Negative) else node
    sign = Negative if isinstance(node, Negative) else None
    if isinstance(inner, Quotient):
        return (sign(inner.top) if sign else inner.top), inner.bottom
    if isinstance(inner, Mixed):
        top = Number(Fraction(inner.whole * inner.bottom + inner.top))
        return (sign(top) if sign else top), Number(Fraction(inner.bottom))
    return None


def add_across(node: Node) -> Iterator[Node]:
    """1/2 + 1/3 becomes 2/5; a difference likewise."""
    if isinstance(node, Sum) and len(node.terms) == _PAIR:
        pair = [_fraction(term) for term in node.terms]
        if pair[0] is not None and pair[1] is not None:
            tops, bottoms = (pair[0][0], pair[1][0]), (pair[0][1], pair[1][1])
            yield Quotient(Sum(tops), Sum(bottoms))
            if isinstance(node.terms[1], Negative):
                yield Quotient(Sum(tops), Sum((bottoms[0], Negative(bottoms[1]))))


def tops_only(node: Node) -> Iterator[Node]:
    """1/2 + 1/3 becomes 2/3 or 2/6: a common denominator without widening the numerators."""
    if isinstance(node, Sum) and len(node.terms) == _PAIR:
        pair = [_fraction(term) for term in node.terms]
        if pair[0] is not None and pair[1] is not None and pair[0][1] != pair[1][1]:
            top = Sum((pair[0][0], pair[1][0]))
            yield Quotient(top, Product((pair[0][1], pair[1][1])))
            yield Quotient(top, pair[0][1])
            yield Quotient(top, pair[1][1])


def divide_straight(node: Node) -> Iterator[Node]:
    """2/3 ÷ 4/5 becomes 8/15, or the first is turned over: 3/2 · 4/5."""
    if isinstance(node, Quotient):
        first, second = _fraction(node.top), _fraction(node.bottom)
        if second is not None:
            top, bottom = first or (node.top, Number(Fraction(1)))
            yield Quotient(Product((top, second[0])), Product((bottom, second[1])))
            yield Quotient(Product((bottom, second[0])), Product((top, second[1])))


def cancel_terms(node: Node) -> Iterator[Node]:
    """(x + 3)/x becomes 3, and (x² + 3)/x becomes x + 3."""
    if not isinstance(node, Quotient) or not isinstance(node.top, Sum):
        return
    below = list(node.bottom.terms) if isinstance(node.bottom, Sum) else [node.bottom]
    for term in node.top.terms:
        if term in below:
            above = [each for each in node.top.terms if each != term]
            rest = [each for each in below if each != term]
            yield Quotient(_sum(above), _sum(rest)) if rest else _sum(above)


def divide_one_term(node: Node) -> Iterator[Node]:
    """(2x + 6)/2 becomes x + 6, or 2x + 3."""
    if isinstance(node, Quotient) and isinstance(node.top, Sum):
        for index, term in enumerate(node.top.terms):
            terms = list(node.top.terms)
            terms[index] = Quotient(term, node.bottom)
            yield _sum(terms)


def square_keeps_minus(node: Node) -> Iterator[Node]:
    """(-3)² becomes -9."""
    if isinstance(node, Power) and isinstance(node.base, Negative):
        exponent = exact(node.exponent)
        if exponent is not None and exponent.denominator == 1 and exponent.numerator % 2 == 0:
            yield Negative(Power(node.base.of, node.exponent))


def square_takes_minus(node: Node) -> Iterator[Node]:
    """-3² becomes 9."""
    if isinstance(node, Negative) and isinstance(node.of, Power):
        yield Power(Negative(node.of.base), node.of.exponent)


def power_as_product(node: Node) -> Iterator[Node]:
    """2³ becomes 6."""
    if isinstance(node, Power):
        yield Product((node.base, node.exponent))


def negative_power(node: Node) -> Iterator[Node]:
    """2⁻³ becomes -8 or -6."""
    exponent = exact(node.exponent) if isinstance(node, Power) else None
    if isinstance(node, Power) and exponent is not None and exponent < 0:
        yield Negative(Power(node.base, Number(-exponent)))
        yield Product((node.base, Number(exponent)))


def zero_power(node: Node) -> Iterator[Node]:
    """5⁰ becomes 0 or 5."""
    if isinstance(node, Power) and exact(node.exponent) == 0:
        yield ZERO
        yield node.base


def multiply_powers(node: Node) -> Iterator[Node]:
    """x² · x³ becomes x⁶, and (x²)³ becomes x⁵."""
    if isinstance(node, Product) and len(node.factors) == _PAIR:
        one, other = (
            each if isinstance(each, Power) else Power(each, Number(Fraction(1)))
            for each in node.factors
        )
        if one.base == other.base:
            yield Power(one.base, Product((one.exponent, other.exponent)))
        elif exact(one.base) is not None and one.exponent == other.exponent:
            yield Power(Sum((one.base, other.base)), one.exponent)
        if exact(one.base) is not None and exact(other.base) is not None:
            yield Power(Product((one.base, other.base)), Sum((one.exponent, other.exponent)))
    if isinstance(node, Power) and isinstance(node.base, Power):
        yield Power(node.base.base, Sum((node.base.exponent, node.exponent)))


def percent_as_number(node: Node) -> Iterator[Node]:
    """20 % becomes 20."""
    if isinstance(node, Call) and node.name == "percent":
        yield node.arguments[0]


def unlike_terms(node: Node) -> Iterator[Node]:
    """3x + 2 becomes 5x, and x + x becomes x²."""
    if not isinstance(node, Sum):
        return
    for index, term in enumerate(node.terms[:-1]):
        other = node.terms[index + 1]
        rest = [*node.terms[:index], *node.terms[index + _PAIR :]]
        parts = _coefficient(term), _coefficient(other)
        if parts[0][1] is None and parts[1][1] is None:
            continue
        if parts[0][1] == parts[1][1] and parts[0][1] is not None:
            number = Number(parts[0][0] + parts[1][0])
            yield _sum([Product((number, Power(parts[0][1], Number(Fraction(2))))), *rest])
            continue
        number = Number(parts[0][0] + parts[1][0])
        unknowns = [each for _, each in parts if each is not None]
        yield _sum([_product([number, *unknowns]), *rest])


def _coefficient(term: Node) -> tuple[Fraction, Node | None]:
    """The number before an unknown, and the unknown; None for a plain number."""
    if isinstance(term, Negative):
        number, unknown = _coefficient(term.of)
        return -number, unknown
    value = exact(term)
    if value is not None:
        return value, None
    if isinstance(term, Product):
        number = exact(term.factors[0])
        if number is not None:
            return number, _product(list(term.factors[1:]))
    return Fraction(1), term


def left_to_right(node: Node) -> Iterator[Node]:
    """2 + 3 · 4 becomes 20."""
    if not isinstance(node, Sum) or symbols(node):
        return
    total: Node = ZERO
    for index, term in enumerate(node.terms):
        negative, inner = isinstance(term, Negative), term
        inner = term.of if isinstance(term, Negative) else term
        first, then = _first_operand(inner)
        signed = Negative(first) if negative else first
        total = signed if not index else Sum((total, signed))
        for divides, operand in then:
            total = Quotient(total, operand) if divides else Product((total, operand))
    yield total


def _first_operand(node: Node) -> tuple[Node, list[tuple[bool, Node]]]:
    """A chain of products and divisions as its first number and what follows."""
    if isinstance(node, Product):
        first, then = _first_operand(node.factors[0])
        return first, [*then, *((False, factor) for factor in node.factors[1:])]
    if isinstance(node, Quotient):
        first, then = _first_operand(node.top)
        return first, [*then, (True, node.bottom)]
    return node, []


def minus_times_minus(node: Node) -> Iterator[Node]:
    """(-2)(-3) becomes -6, and 5 - (-3) becomes 2."""
    if isinstance(node, Product) and sum(isinstance(each, Negative) for each in node.factors) > 1:
        yield Negative(node)
    if isinstance(node, Negative) and isinstance(node.of, Negative):
        yield node.of


def turned_difference(node: Node) -> Iterator[Node]:
    """3 - 8 becomes 5."""
    if isinstance(node, Sum) and len(node.terms) == _PAIR and isinstance(node.terms[1], Negative):
        yield Sum((node.terms[1].of, Negative(node.terms[0])))
