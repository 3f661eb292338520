"""Where the values of a way lead, and what of the right way never comes up on it.

A value that the right way does not have may belong to another right way: then right values are
made of it later, or the right answer can still be reached from it. A step that takes the numbers
of a right sum which never comes up, or more or fewer of them, is where the way left the right one.
"""

from collections.abc import Iterable
from fractions import Fraction

from assistant.tutor.steps.formula import Operation, joined, numbers_in, operations_in
from assistant.tutor.steps.known import CONSTANTS, Known
from assistant.tutor.steps.reading import Chain, Sentence
from assistant.tutor.steps.way import Way, values_of

_MOST_POOL = 60
_MOST_MADE = 30
_MOST_FOREIGN = 3
_MANY = 3
_LARGE = 10
_FEWEST_SHARED = 2

Numbers = frozenset[Fraction]


class Flow:
    """Signs of what comes of a step; to be asked for the steps in order, with a right way."""

    def __init__(self, way: Way, known: Known) -> None:
        self._way = way
        self._known = known
        self._values = [
            [value for chain in step.chains for value in values_of(chain)] for step in way.steps
        ]
        self._after = _followers(way)
        made = frozenset(value for values in self._values for value in values)
        sums = [
            (operands_of(chain), chain.result) for line in way.reference for chain in line.chains
        ]
        self._missed = [
            numbers
            for numbers, result in sums
            if numbers and result is not None and result not in made | known.given
        ]
        self._order = [
            value
            for line in way.reference
            for chain in line.chains
            for value in values_of(chain)
            if value not in known.given
        ]
        self._signs = _signs(way.reference)
        self._seen: set[Fraction] = set()
        self._made: list[Fraction] = []
        self._bad_steps = 0

    def row(self, place: int) -> dict[str, float]:
        """The signs of one step."""
        step, values = self._way.steps[place], self._values[place]
        operands = frozenset[Fraction]().union(*(operands_of(chain) for chain in step.chains))
        foreign = [value for value in values if not self._fits(value)]
        row = self._ends(place) | self._gone(operands, place) | self._reach(foreign)
        answer = self._known.answer
        row |= {
            "big": bool(answer) and any(abs(v) > abs(answer or 0) * _LARGE for v in foreign),
            "badbefore": min(_MANY, self._bad_steps) / _MANY,
            "othersign": bool(_signs([step]) - self._signs),
            "freshwrong": any(
                not self._fits(v) and v not in self._seen and v not in CONSTANTS for v in operands
            ),
            "saysnew": not step.chains
            and any(
                not self._fits(mention.number.value) and mention.number.value not in self._seen
                for mention in step.mentions
            ),
        }
        self._seen |= set(values) | operands
        self._made += values
        self._bad_steps += any(not self._fits(one.result) for one in self._way.sums_of(place))
        return row

    def _fits(self, value: Fraction | None) -> bool:
        return value is None or value in self._known.right_numbers or value in self._known.given

    def _ends(self, place: int) -> dict[str, float]:
        """Whether right values are made of this one's later."""
        mine = [number for number, one in enumerate(self._way.sums) if one.step == place]
        direct = {after for number in mine for after in self._after[number]}
        reached, ahead = set[int](), list(direct)
        while ahead:
            number = ahead.pop()
            if number not in reached:
                reached.add(number)
                ahead += self._after[number]
        return {
            "leadsright": any(self._newly_right(number, place) for number in reached),
            "feedsright": any(self._newly_right(number, place) for number in direct),
        }

    def _newly_right(self, number: int, place: int) -> bool:
        one = self._way.sums[number]
        return (
            one.step > place
            and one.result in self._known.right_numbers
            and one.result not in self._known.given
        )

    def _gone(self, operands: Numbers, place: int) -> dict[str, float]:
        """How the numbers of this step are those of a right sum that never comes up."""
        values = self._values[place]
        need = next((value for value in self._order if value not in self._seen), None)
        later = any(need in made for made in self._values[place:])
        first = self._missed[0] if self._missed else frozenset[Fraction]()
        return {
            "nearmissed": max((len(operands & one) / len(one) for one in self._missed), default=0),
            "firstmissed": len(operands & first) / max(1, len(first)),
            "fewermissed": len(operands) >= _FEWEST_SHARED
            and any(operands < one for one in self._missed),
            "moremissed": any(one < operands for one in self._missed if len(one) >= _FEWEST_SHARED),
            "neverneeded": need is not None and bool(values) and not later,
        }

    def _reach(self, foreign: list[Fraction]) -> dict[str, float]:
        """Whether two operations with right values lead from a foreign value to the answer."""
        known, answer = self._known, self._known.answer
        if answer is None or not foreign:
            return {"nowayback": False, "oneaway": False}
        right = sorted((known.given | known.right) - {Fraction(0), Fraction(1)})[:_MOST_POOL]
        pool = {*right, *self._made[-_MOST_MADE:]}
        before = {answer, *(value for other in pool for value in _led_from(answer, other))}
        found = False
        for value in foreign[:_MOST_FOREIGN]:
            made = {value, *(result for other in pool for result in _results(value, other))}
            found = found or not made.isdisjoint(before)
        there = known.right_numbers | known.given
        summed = (
            not there.isdisjoint((answer - value, value - answer, answer + value))
            for value in foreign
        )
        return {"nowayback": not found, "oneaway": any(summed)}


def operands_of(chain: Chain) -> Numbers:
    """The numbers that a chain computes with, without bare results."""
    return frozenset(
        number.value
        for side in chain.sides
        if isinstance(side, Operation)
        for number in numbers_in(side)
    )


def _followers(way: Way) -> list[list[int]]:
    """For each sum the later ones that use its result."""
    after: list[list[int]] = [[] for _ in way.sums]
    for number, one in enumerate(way.sums):
        for source in one.sources:
            if source is not None:
                after[source].append(number)
    return after


def _signs(sentences: Iterable[Sentence]) -> frozenset[str]:
    return frozenset(
        part.sign
        for sentence in sentences
        for chain in sentence.chains
        for side in chain.sides
        for part in operations_in(side)
    )


def _results(value: Fraction, other: Fraction) -> list[Fraction]:
    both = (joined(sign, *pair) for sign in "+-*/" for pair in ((value, other), (other, value)))
    return [result for result in both if result is not None]


def _led_from(answer: Fraction, other: Fraction) -> list[Fraction]:
    """All values from which one operation with another leads to the answer."""
    found = [joined("-", answer, other), joined("+", answer, other), joined("-", other, answer)]
    found += [joined("/", answer, other), joined("*", answer, other), joined("/", other, answer)]
    return [value for value in found if value is not None]
