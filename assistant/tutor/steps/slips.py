"""Known slips from one line of algebra to the next, recognised by doing them.

Each slip is done to the line before; if what comes out is the pupil's line, that slip explains
it. Everything is compared exactly.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assistant.tutor.maths.nodes import (
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    children,
    symbols,
    walk,
    with_children,
)
from assistant.tutor.maths.shapes import Relation
from assistant.tutor.steps.rational import Rational, TooHard
from assistant.tutor.steps.writing import MINUS, unlike, written

_SQUARE = 2
_MOST_TERMS = 12


@dataclass(frozen=True, slots=True)
class Slip:
    """What went wrong between two lines."""

    id: str
    """As the courses call that wrong idea, where they have it."""
    words: str


def slip_between(before: Relation, after: Relation, rational: Rational) -> Slip | None:
    """The known slip that leads from one equation to the next, where there is one."""
    for find in (_moved, _one_side, _expanded_badly, _divided_badly, _scaled_badly):
        try:
            found = find(before, after, rational)
        except TooHard:
            continue
        if found is not None:
            return found
    return None


def slip_within(before: Node, after: Node, rational: Rational) -> Slip | None:
    """The same for expressions that should be equal."""
    for made, slip in _bad_expansions(before):
        try:
            if rational.same(made, after):
                return slip
        except TooHard:
            continue
    return None


def terms_of(node: Node) -> tuple[Node, ...]:
    """What is added up, with signs."""
    if isinstance(node, Sum):
        return node.terms[:_MOST_TERMS]
    return (node,)


def _moved(before: Relation, after: Relation, rational: Rational) -> Slip | None:
    """A term went to the other side and kept its sign: the gap is off by twice the term."""
    left, right = before.sides
    if any(rational.same(a, b) for a, b in zip(before.sides, after.sides, strict=True)):
        return None
    for side, other in ((left, right), (right, left)):
        for place, term in enumerate(terms_of(side)):
            kept = [one for number, one in enumerate(terms_of(side)) if number != place]
            rest: Node = Sum(tuple(kept)) if len(kept) > 1 else kept[0] if kept else _number(0)
            if not kept and not _is_zero(after.sides[0 if side is left else 1]):
                continue
            longer: Node = Sum((other, term))
            sides = (rest, longer) if side is left else (longer, rest)
            if _alike(sides, after.sides, rational):
                shown = written(term)
                return Slip(
                    "moved-without-sign", f"{shown} moved to the other side and kept its sign."
                )
    return None


def _one_side(before: Relation, after: Relation, rational: Rational) -> Slip | None:
    """One side stayed what it was and the other did not."""
    same = [rational.same(a, b) for a, b in zip(before.sides, after.sides, strict=True)]
    if same.count(True) != 1 or before.sides == after.sides:
        return None
    place = same.index(False)
    old, new = before.sides[place], after.sides[place]
    expanded = slip_within(old, new, rational)
    if expanded is not None:
        return expanded
    name = "left" if place == 0 else "right"
    if not symbols(old) and not symbols(new):
        values = (str(rational.at(side, 0)).replace("-", MINUS) for side in (old, new))
        return Slip("arithmetic", unlike(old, new, *values))
    return Slip("one-side-only", f"Only the {name} side was changed: {written(old)} is not "
                f"{written(new)}.")  # fmt: skip


def _expanded_badly(before: Relation, after: Relation, rational: Rational) -> Slip | None:
    left, right = before.sides
    for made, slip in _bad_expansions(left):
        if _alike((made, right), after.sides, rational):
            return slip
    for made, slip in _bad_expansions(right):
        if _alike((left, made), after.sides, rational):
            return slip
    return None


def _divided_badly(before: Relation, after: Relation, rational: Rational) -> Slip | None:
    """From a·x = b to x = b - a, x = a / b or x = b · a."""
    top, bottom = rational.gap(before)
    end, under = rational.gap(after)
    if not (top.degree() == end.degree() == 1 and bottom.degree() == under.degree() == 0):
        return None
    slope, rest = top.nth(1) / bottom.nth(0), top.nth(0) / bottom.nth(0)
    answer = -end.nth(0) / end.nth(1)
    if slope in (0, 1) or rest == 0 or len(terms_of(before.sides[0])) > 1:
        return None
    if answer == rest / slope:
        return Slip("sign-lost", _sign_words(-rest, slope))
    names = {
        -rest - slope: "subtract-instead-of-divide",
        -slope / rest: "inverse-upside-down",
        -rest * slope: "same-operation-again",
    }
    found = names.get(answer)
    return Slip(found, _undone(found, slope, -rest)) if found else None


def _undone(found: str, slope: Any, amount: Any) -> str:  # noqa: ANN401 - sympy has no types
    """How slope · x = amount has to be undone."""
    factor, value = (str(each).replace("-", MINUS) for each in (slope, amount))
    if abs(slope.p) == 1 and slope.q != 1:
        by = str(1 / slope).replace("-", MINUS)
        return f"{factor} is a factor: multiply both sides by {by}."
    return {
        "subtract-instead-of-divide": f"{factor} is a factor: divide by it.",
        "inverse-upside-down": f"Divide {value} by {factor}, not the other way.",
    }.get(found, f"Divide by {factor} instead of multiplying by it.")


def _sign_words(amount: Any, slope: Any) -> str:  # noqa: ANN401 - sympy has no types
    factor, value = (str(each).replace("-", MINUS) for each in (slope, amount))
    sign = "positive" if amount / slope > 0 else "negative"
    return f"{value} divided by {factor} is {sign}: the sign is not right."


def _is_zero(node: Node) -> bool:
    return isinstance(node, Number) and node.value == 0


def _scaled_badly(before: Relation, after: Relation, rational: Rational) -> Slip | None:
    """Everything was multiplied, or divided, but one term."""
    for factor in _factors(before):
        scale = Number(factor)
        for place, side in enumerate(before.sides):
            terms = terms_of(side)
            for term in terms if len(terms) > 1 else ():
                less = Product((Number(factor - 1), term))
                short = Sum((Product((scale, side)), Negative(less)))
                other = Product((scale, before.sides[1 - place]))
                sides = (short, other) if place == 0 else (other, short)
                if _alike(sides, after.sides, rational):
                    what = (
                        f"multiplied by {factor}"
                        if factor > 1
                        else f"divided by {factor.denominator}"
                    )
                    words = f"{written(term)} was not {what}, as everything else was."
                    name = "whole-term-not-multiplied" if factor > 1 else "wrong-order"
                    return Slip(name, words)
    return None


def _factors(relation: Relation) -> tuple[Fraction, ...]:
    """Denominators to multiply by, and coefficients to divide by."""
    found: set[Fraction] = set()
    for side in relation.sides:
        for node in walk(side):
            if isinstance(node, Quotient) and isinstance(node.bottom, Number):
                found.add(node.bottom.value)
            if isinstance(node, Product) and isinstance(node.factors[0], Number):
                found.add(1 / node.factors[0].value if node.factors[0].value else Fraction(1))
    kept = (one for one in found if one > 0 and one != 1 and 1 in (one.numerator, one.denominator))
    return tuple(sorted(kept))[:_MOST_TERMS]


def _alike(one: tuple[Node, ...], other: tuple[Node, ...], rational: Rational) -> bool:
    """Whether two equations have the same gap but for a factor."""
    a, b = rational.gap(Relation(one, ("=",)))
    c, d = rational.gap(Relation(other, ("=",)))
    if b.degree() > 0 or d.degree() > 0 or a.is_zero or c.is_zero:
        return False
    return bool(a.monic() == c.monic())


def _bad_expansions(node: Node) -> Iterator[tuple[Node, Slip]]:
    """The node with one slip of expanding somewhere in it."""
    yield from _slips_here(node)
    for place, part in enumerate(children(node)):
        for made, slip in _bad_expansions(part):
            parts = children(node)
            yield with_children(node, (*parts[:place], made, *parts[place + 1 :])), slip


def _slips_here(node: Node) -> Iterator[tuple[Node, Slip]]:
    if isinstance(node, Product):
        sums = [factor for factor in node.factors if isinstance(factor, Sum)]
        if len(sums) == 1:
            first, *others = sums[0].terms
            factors = tuple(factor for factor in node.factors if factor is not sums[0])
            made: Node = Sum((Product((*factors, first)), *others))
            by = written(Product(factors)) if factors else ""
            yield (
                made,
                Slip(
                    "first-term-only",
                    f"{by} was multiplied with {written(first)} only; every term in the brackets "
                    "has to be.",
                ),
            )
    for part in (node,) if isinstance(node, Negative | Product) else ():
        yield from _minus_lost(part)
    if isinstance(node, Power) and isinstance(node.base, Sum):
        exponent = node.exponent
        if isinstance(exponent, Number) and exponent.value == _SQUARE:
            made = Sum(tuple(_squared(term) for term in node.base.terms))
            yield (
                made,
                Slip(
                    "square-termwise",
                    f"The square of {written(node.base)} has a mixed term as well.",
                ),
            )


def _minus_lost(node: Negative | Product) -> Iterator[tuple[Node, Slip]]:
    """A minus before brackets reached the first term only."""
    if isinstance(node, Negative):
        inner, factors = node.of, _NO_FACTORS
        if isinstance(inner, Product):
            sums = [factor for factor in inner.factors if isinstance(factor, Sum)]
            factors = tuple(factor for factor in inner.factors if not isinstance(factor, Sum))
            inner = sums[0] if len(sums) == 1 else inner
    else:
        inner, factors = _NOTHING, _NO_FACTORS
        first = next(iter(node.factors), _NOTHING)
        sums = [factor for factor in node.factors if isinstance(factor, Sum)]
        if isinstance(first, Negative) and len(sums) == 1:
            factors = (first.of, *(f for f in node.factors[1:] if f is not sums[0]))
            inner = sums[0]
    if not isinstance(inner, Sum):
        return
    first, *others = inner.terms
    times = [Product((*factors, term)) if factors else term for term in (first, *others)]
    yield (
        Sum((Negative(times[0]), *times[1:])),
        Slip(
            "minus-not-distributed", "The minus before the brackets holds for every term in them."
        ),
    )


def _squared(term: Node) -> Node:
    return Power(term.of if isinstance(term, Negative) else term, _number(2))


def _number(value: int) -> Number:
    return Number(Fraction(value))


_NOTHING: Node = _number(0)
_NO_FACTORS: tuple[Node, ...] = ()
