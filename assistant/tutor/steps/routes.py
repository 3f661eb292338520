"""Values that other right ways may come by.

A right way is one of many: 12 * (25*4 + 20 + 100) may as well be reckoned as 12*100 + 12*20 + ...
Every result of the right way is multiplied out into terms over the given numbers; a pupil who
forms some of the terms, a part of a term, or terms with a common factor left out, is on a right
way still.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from assistant.tutor.steps.formula import Formula, Name, Number, Operation, names_in, sized
from assistant.tutor.steps.reading import Sentence

MOST_TERMS = 12
"""Longer sums are not multiplied out: their value stands for them."""
MOST_FACTORS = 7
MOST_SUMS = 40
WHOLE_SUBSETS = 7
"""Up to this many terms every choice of them is tried; beyond, runs of neighbours and pairs."""


@dataclass(frozen=True, slots=True)
class Term:
    """A product of given numbers: some above the line, some below."""

    above: tuple[Fraction, ...]
    below: tuple[Fraction, ...] = ()
    negative: bool = False

    @property
    def value(self) -> Fraction:
        """What it is worth."""
        product = Fraction(-1 if self.negative else 1)
        for factor in self.above:
            product *= factor
        for factor in self.below:
            product /= factor
        return product


Terms = tuple[Term, ...]


def right_values(reference: Sequence[Sentence]) -> frozenset[Fraction]:
    """Values that a pupil may come by on a right way, those of the reference among them."""
    found: set[Fraction] = set()
    for line in _expanded(reference, frozenset()):
        for terms in line:
            found |= _parts(terms)
    return frozenset(value for value in found if sized(value))


@dataclass(frozen=True, slots=True)
class Route:
    """A result of the right way, multiplied out."""

    terms: Counter[Fraction]
    factors: frozenset[Fraction]
    """Numbers, and products and quotients of two, by which all terms may differ."""


def routes_of(reference: Sequence[Sentence]) -> tuple[Route, ...]:
    """The results of a right way, each as its terms."""
    found = [terms for line in _expanded(reference, frozenset()) for terms in line]
    return tuple(
        Route(Counter(term.value for term in terms), _factors(terms)) for terms in found[:MOST_SUMS]
    )


def on_route(
    steps: Sequence[Sentence], routes: Sequence[Route], given: frozenset[Fraction]
) -> tuple[bool | None, ...]:
    """For each step whether its sums are made of terms of the right way; None without sums.

    Args:
        steps: The pupil's.
        routes: Of the right way.
        given: Numbers of the problem, which stand for themselves.
    """
    return tuple(
        all(_is_part(terms, routes) for terms in line) if line else None
        for line in _expanded(steps, given)
    )


def _expanded(sentences: Sequence[Sentence], given: frozenset[Fraction]) -> list[list[Terms]]:
    known: dict[Fraction, Terms] = {}
    lines: list[list[Terms]] = []
    for sentence in sentences:
        lines.append([])
        for chain in sentence.chains:
            for side in chain.sides:
                if not isinstance(side, Operation) or names_in(side):
                    continue
                terms = _multiplied_out(side, known)
                if not terms:
                    continue
                lines[-1].append(terms)
                result = chain.result
                if result is not None and _total(terms) == result and result not in given:
                    known.setdefault(result, terms)
    return lines


def _factors(terms: Terms) -> frozenset[Fraction]:
    numbers = sorted({factor for term in terms for factor in (*term.above, *term.below) if factor})
    found = {Fraction(1)}
    for one in numbers[:MOST_FACTORS]:
        found |= {one, 1 / one}
        for other in numbers[:MOST_FACTORS]:
            found |= {one * other, one / other, 1 / (one * other)}
    return frozenset(found)


def _is_part(terms: Terms, routes: Sequence[Route]) -> bool:
    mine = Counter(term.value for term in terms)
    first = terms[0].value
    if not first:
        return False
    for route in routes:
        for value in route.terms:
            by = value / first
            fits = abs(by) in route.factors
            if fits and all(route.terms[one * by] >= count for one, count in mine.items()):
                return True
    return False


def _total(terms: Terms) -> Fraction:
    return sum((term.value for term in terms), Fraction(0))


def _multiplied_out(formula: Formula, known: dict[Fraction, Terms]) -> Terms | None:
    if isinstance(formula, Number):
        return known.get(formula.value) or (Term((formula.value,)),)
    if isinstance(formula, Name):
        return None
    left, right = _multiplied_out(formula.left, known), _multiplied_out(formula.right, known)
    if left is None or right is None:
        return None
    if formula.sign == "+":
        terms = left + right
    elif formula.sign == "-":
        terms = left + tuple(Term(one.above, one.below, not one.negative) for one in right)
    elif formula.sign == "*":
        terms = tuple(_product(a, b) for a in left for b in right)
    else:
        terms = _quotient(left, right)
    if len(terms) > MOST_TERMS or any(_long(term) for term in terms):
        total = _total(terms)
        return (Term((total,)),) if sized(total) else None
    return terms


def _long(term: Term) -> bool:
    return len(term.above) + len(term.below) > MOST_FACTORS


def _product(a: Term, b: Term) -> Term:
    return Term(a.above + b.above, a.below + b.below, a.negative != b.negative)


def _quotient(left: Terms, right: Terms) -> Terms:
    if len(right) == 1 and all(right[0].above):
        by = right[0]
        return tuple(_product(one, Term(by.below, by.above, by.negative)) for one in left)
    total = _total(right)
    if not total:
        return ()
    return tuple(_product(one, Term((), (total,))) for one in left)


def _parts(terms: Terms) -> set[Fraction]:
    found: set[Fraction] = set()
    for term in terms:
        found |= _parts_of_term(term)
    for chosen in _choices(terms):
        total = _total(chosen)
        found.add(abs(total))
        for factor in set(chosen[0].above):
            if factor and all(factor in term.above for term in chosen):
                found.add(abs(total / factor))
        for factor in set(chosen[0].below):
            if all(factor in term.below for term in chosen):
                found.add(abs(total * factor))
    return found


def _choices(terms: Terms) -> list[Terms]:
    if len(terms) <= WHOLE_SUBSETS:
        sizes = range(2, len(terms) + 1)
        return [chosen for size in sizes for chosen in combinations(terms, size)]
    runs = [
        terms[start:end] for start in range(len(terms)) for end in range(start + 2, len(terms) + 1)
    ]
    return runs + list(combinations(terms, 2))


def _parts_of_term(term: Term) -> set[Fraction]:
    factors = [*((f, False) for f in term.above), *((f, True) for f in term.below)]
    found: set[Fraction] = set()
    for size in range(2, len(factors) + 1):
        for chosen in combinations(factors, size):
            product = Fraction(1)
            for factor, below in chosen:
                product = product / factor if below and factor else product * factor
            found.add(product)
            if product:
                found.add(1 / product)
    return found
