"""Whether a line is a step on the way, or may be the answer in other clothes.

Told by its form and by what is given, never by the key and never by whether it is right: a line
that may be a guess gets the same reply either way. 3x = 15 is a step of 3x + 7 = 22, for it has as
many x as that; 2x = 10, x - 5 = 0 and x² = 25 are guesses, for no step leads to them.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, pairwise
from math import gcd, isqrt, lcm, prod
from typing import Final

from assistant.tutor.maths.nodes import Node, Number, Quotient, Sum, Symbol, walk
from assistant.tutor.maths.shapes import Relation
from assistant.tutor.maths.values import exact
from assistant.tutor.socratic.terms import (
    Ratio,
    Terms,
    constant_of,
    degree,
    difference,
    integers,
    leading,
    letters,
    product,
    proportion,
    ratio_of,
)

_WORDS: Final = {
    "half": 2, "twice": 2, "double": 2, "doubles": 2, "doubled": 2, "pair": 2, "both": 2,
    "third": 3, "thirds": 3, "thrice": 3, "triple": 3, "quarter": 4, "quarters": 4, "fifth": 5,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "dozen": 12, "even": 2, "odd": 2, "square": 4, "rectangle": 2,
}  # fmt: skip
"""Numbers that are said by words, or that go with a thing: a rectangle has its sides twice."""
_ALWAYS: Final = frozenset(map(Fraction, (0, 1, 2, 100)))
_NUMERAL: Final = re.compile(r"\d+(?:[.,]\d+)?")
_MOST_NUMBERS: Final = 12
_LARGEST_DIVIDED: Final = 10**10


def is_step(line: Relation, given: Sequence[Relation], target: str = "") -> bool:
    """Whether a line is fit to be a step from what is given.

    Args:
        line: What the learner has.
        given: The equation or inequality; several for a linear system.
        target: The letter that a formula is to be solved for; "" for other exercises.
    """
    told = [difference(*pair) for pair in pairwise(line.sides)]
    begins = [difference(*pair) for one in given for pair in pairwise(one.sides)]
    if any(one is None for one in (*told, *begins)) or not begins or not told:
        return False
    lines = [one for one in told if one is not None]
    starts = [one for one in begins if one is not None]
    if target:
        return all(_of_formula(one, starts[0], target, given[0]) for one in lines)
    if len(given) > 1:
        return all(_of_system(one, starts) for one in lines)
    return _same_sides(line, given[0]) or all(
        _of_one_letter(one, starts, line, given[0]) for one in lines
    )


def letter_of_other_number(line: Relation, given: Sequence[Relation]) -> str:
    """The letter of a line that has more or fewer of it than any step leads to; "" for none.

    Only of a linear one, and not where a single letter is left: that may be the answer.
    """
    told = difference(*line.sides[:2])
    begins = difference(*given[0].sides[:2])
    if len(given) != 1 or told is None or begins is None:
        return ""
    top, first = told[0], begins[0]
    names = letters(first)
    if letters(told[1]) or letters(begins[1]) or {degree(top), degree(first)} != {1}:
        return ""
    if len(names) != 1 or letters(top) != names:
        return ""
    (name,) = names
    many = constant_of(leading(top, name))
    share = many / constant_of(leading(first, name))
    return name if abs(many) != 1 and abs(share) not in _shares(given[0], [first]) else ""


def _of_one_letter(told: Ratio, starts: Sequence[Ratio], line: Relation, given: Relation) -> bool:
    (top, bottom), (first, below) = told, starts[0]
    names = letters(first)
    name = next(iter(names), "")
    if len(names) != 1 or letters(top) != names or degree(top) != degree(first):
        return False
    if letters(bottom):
        # 18/x = 3: what is to be found stands in the numbers beside the letter.
        return proportion(bottom, below) is not None and _rest(top, name, 0) == _rest(
            first, name, 0
        )
    share = proportion(leading(top, name), leading(first, name))
    if share is None or abs(share) not in _shares(given, [one for one, _ in starts]):
        return False
    lead = abs(constant_of(leading(top, name)) / constant_of(bottom))
    return lead != 1 or degree(top) > 1 or _keeps_a_number(line, given, plain=abs(share) == 1)


def _rest(terms: Terms, name: str, power: int) -> Terms:
    return {key: value for key, value in terms.items() if key.count(name) == power}


def _keeps_a_number(line: Relation, given: Relation, *, plain: bool) -> bool:
    """Whether beside a letter by itself stands a number of what is given: x - 3 of 4(x - 3)."""
    if plain:
        return False
    numbers = numbers_in(given)
    fit = numbers | {one * other for one, other in combinations(sorted(numbers), 2)}
    fit |= {_common_denominator(given) * one for one in numbers}
    beside = [
        constant_of(one[0]) / constant_of(one[1])
        for side in line.sides
        if (one := ratio_of(side)) is not None and letters(one[0])
    ]
    return any(beside) and all(not one or abs(one) in fit for one in beside)


def _same_sides(line: Relation, given: Relation) -> bool:
    """Whether the same was written behind both sides: x + 9 - 9 = 4 - 9."""
    if len(line.sides) != len(given.sides) or line == given:
        return line == given
    return all(_begins_with(one, other) for one, other in zip(line.sides, given.sides, strict=True))


def _begins_with(side: Node, begin: Node) -> bool:
    parts, first = _terms(side), _terms(begin)
    return len(parts) > len(first) and parts[: len(first)] == first


def _terms(node: Node) -> tuple[Node, ...]:
    return node.terms if isinstance(node, Sum) else (node,)


def _shares(given: Relation, tops: Sequence[Terms]) -> frozenset[Fraction]:
    """What all of an equation may be multiplied by: its denominators, or a common factor away."""
    below = [int(one) for one in _denominators(given)]
    found: set[Fraction] = set()
    for many in {1, lcm(*below), prod(below)}:
        whole = [abs(one) * many for top in tops for one in top.values()]
        common = gcd(*map(int, whole)) if all(one.denominator == 1 for one in whole) else 1
        found |= {Fraction(many, one) for one in _factors(common)}
    return frozenset(found)


def _factors(number: int) -> set[int]:
    """What divides it; of a very large number itself and one alone."""
    if number > _LARGEST_DIVIDED:
        return {1, number}
    small = [one for one in range(1, isqrt(number) + 1) if number % one == 0]
    return {*small, *(number // one for one in small)}


def _of_formula(told: Ratio, start: Ratio, name: str, given: Relation) -> bool:
    (top, bottom), (first, below) = told, start
    if name in letters(bottom) and name not in letters(below):
        return False
    one, other = leading(top, name), leading(first, name)
    if not one or not other or _power(top, name) != _power(first, name):
        return False
    if _power(top, name) > 1:
        return True
    # What the letter is multiplied by; where it stood below, all was multiplied by it.
    under = {(): Fraction(1)} if name in letters(bottom) else bottom
    under_first = {(): Fraction(1)} if name in letters(below) else below
    share = proportion(product(one, under_first), product(other, under))
    alone = proportion(one, under)
    return (
        share is not None
        and abs(share) in _shares(given, [first])
        and (alone is None or abs(alone) != 1)
    )


def _power(terms: Terms, name: str) -> int:
    return max((key.count(name) for key in terms), default=0)


def _of_system(told: Ratio, starts: Sequence[Ratio]) -> bool:
    """One of its equations, two of them added or subtracted, or one letter as it is left."""
    rows = [_linear(one) for one in starts]
    line = _linear(told)
    if line is None or not line or any(row is None for row in rows):
        return False
    known = [row for row in rows if row]
    if len(line) > 1:
        sums = [
            _added(one, other, sign) for one, other in combinations(known, 2) for sign in (1, -1)
        ]
        return any(one.keys() == line.keys() and _parallel(line, one) for one in (*known, *sums))
    ((name, amount),) = line.items()
    return abs(amount) > 1 and abs(amount) in set(_left_over(known, name))


def _linear(told: Ratio) -> dict[str, Fraction] | None:
    """What each letter is multiplied by; None for what is not linear."""
    top, bottom = told
    if letters(bottom) or degree(top) > 1:
        return None
    return {key[0]: value / constant_of(bottom) for key, value in top.items() if key}


def _added(one: dict[str, Fraction], other: dict[str, Fraction], sign: int) -> dict[str, Fraction]:
    both = {name: one.get(name, Fraction(0)) + sign * other.get(name, Fraction(0))
            for name in one | other}  # fmt: skip
    return {name: value for name, value in both.items() if value}


def _parallel(one: dict[str, Fraction], other: dict[str, Fraction]) -> bool:
    return len({one[name] / other[name] for name in one}) == 1


def _left_over(rows: Sequence[dict[str, Fraction]], name: str) -> Iterator[Fraction]:
    """How many of a letter are left when the other of two is eliminated."""
    for one, other in combinations(rows, 2):
        others = (one.keys() | other.keys()) - {name}
        if len(others) != 1:
            continue
        (gone,) = others
        zero = Fraction(0)
        a, b = one.get(gone, zero), other.get(gone, zero)
        left = abs(one.get(name, zero) * b - other.get(name, zero) * a)
        yield left
        if a and b:
            yield left / gcd(*integers([a, b]))
            yield left / abs(a)
            yield left / abs(b)


def numbers_said(prompt: str) -> frozenset[Fraction]:
    """The numbers of a text, those that are words among them."""
    digits = {Fraction(one.replace(",", ".")) for one in _NUMERAL.findall(prompt)}
    words = re.findall(r"[a-z]+", prompt.casefold())
    return frozenset(digits | {Fraction(_WORDS[word]) for word in words if word in _WORDS})


def is_made_of(line: Relation, prompt: str) -> bool:
    """Whether an equation has only numbers of a text, or what two of them give."""
    said = numbers_said(prompt) | {Fraction(2)}
    if len(said) > _MOST_NUMBERS:
        return False
    made = {abs(one) for pair in combinations_with_replacement(sorted(said), 2)
            for one in _of_two(*pair)}  # fmt: skip
    fit = said | made | _ALWAYS
    fit |= {one / 100 for one in said}
    return all(one in fit for one in numbers_in(line))


def _of_two(one: Fraction, other: Fraction) -> Iterator[Fraction]:
    yield from (one + other, one - other, one * other)
    if one and other:
        yield from (one / other, other / one)


def numbers_in(relation: Relation) -> set[Fraction]:
    """The numbers of a line, without their signs."""
    return {
        abs(part.value)
        for side in relation.sides
        for part in walk(side)
        if isinstance(part, Number)
    }


def _denominators(relation: Relation) -> Iterator[Fraction]:
    yield Fraction(1)
    for side in relation.sides:
        for part in walk(side):
            value = exact(part.bottom) if isinstance(part, Quotient) else None
            if value and value.denominator == 1:
                yield abs(value)
            elif isinstance(part, Number) and part.value.denominator != 1:
                yield Fraction(10 ** max(part.places or 0, 0))


def _common_denominator(relation: Relation) -> int:
    return lcm(*(int(one) for one in _denominators(relation)))


def is_alone(relation: Relation, target: str = "") -> bool:
    """Whether a letter stands by itself on a side, and not on another: x = 5, 10/2 = x."""
    for side in relation.sides:
        if isinstance(side, Symbol) and side.name == (target or side.name):
            others = [one for other in relation.sides if other is not side for one in walk(other)]
            if target or not any(isinstance(one, Symbol) for one in others):
                return Symbol(side.name) not in others
    return False


def is_unfinished(side: Node) -> bool:
    """Whether a sum has terms left that can be put together, with no bracket in between."""
    whole = ratio_of(side)
    if not isinstance(side, Sum) or whole is None or letters(whole[1]):
        return False
    return len(side.terms) > len(whole[0])
