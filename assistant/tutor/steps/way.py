"""A pupil's way through a word problem as a graph: which value comes from which."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.tutor.steps.colons import with_divisions
from assistant.tutor.steps.formula import (
    Formula,
    Name,
    Number,
    Operation,
    joined,
    names_in,
    numbers_in,
    operations_in,
    root_of,
    value_of,
)
from assistant.tutor.steps.layout import undressed, without_dress
from assistant.tutor.steps.reading import Chain, Sentence, read_sentence

MOST_STEPS = 60
"""Steps of a word problem that are looked at; a longer way is judged by its beginning."""
MOST_SUMS = 120
MOST_RESULTS = 40
"""Values of a reference that are combined with each other."""
_BULLETS = "*•\u2013 \t"
_DASHED = re.compile(r"[-\u2212]\s+")


@dataclass(frozen=True, slots=True)
class Sum:
    """One chain of a step, with where its numbers come from."""

    step: int
    chain: Chain
    formula: Formula | None
    """What is computed: the side with an operation, if there is one without unknowns."""
    result: Fraction | None
    sources: tuple[int | None, ...]
    """For each number of ``formula`` the earlier sum that it is the result of, or None."""


@dataclass(frozen=True, slots=True)
class Way:
    """A problem, the steps, what they compute, and a right way to compare with (or none)."""

    problem: Sentence
    steps: tuple[Sentence, ...]
    sums: tuple[Sum, ...]
    reference: tuple[Sentence, ...]
    dashed: tuple[bool, ...] = ()
    """Of each step whether a dash stood before it: a bullet, or else a minus."""

    def sums_of(self, step: int) -> tuple[Sum, ...]:
        """The sums of one step."""
        return tuple(one for one in self.sums if one.step == step)


def read_way(problem: str, steps: Sequence[str], reference: str = "") -> Way:
    """Reads a way; only the first ``MOST_STEPS`` steps."""
    plain = with_divisions(problem, undressed(steps[:MOST_STEPS]))
    told = [step.strip().lstrip(_BULLETS) for step in plain]
    dashed = tuple(_DASHED.match(step) is not None for step in told)
    read = tuple(read_sentence(step[1:].strip() if dash else step)
                 for step, dash in zip(told, dashed, strict=True))  # fmt: skip
    right = with_divisions(problem, without_dress(reference.splitlines()))
    lines = [line for line in right if line.strip()][:MOST_STEPS]
    return Way(
        read_sentence(problem),
        read,
        _linked(read),
        tuple(read_sentence(line) for line in lines),
        dashed,
    )


def _linked(steps: Sequence[Sentence]) -> tuple[Sum, ...]:
    sums: list[Sum] = []
    latest: dict[Fraction, int] = {}
    for place, step in enumerate(steps):
        for chain in step.chains[: MOST_SUMS - len(sums)]:
            formula = _computed_side(chain)
            leaves = numbers_in(formula) if formula is not None else ()
            sources = tuple(latest.get(leaf.value) for leaf in leaves)
            result = chain.result
            if result is not None:
                latest[result] = len(sums)
            sums.append(Sum(place, chain, formula, result, sources))
    return tuple(sums)


def _computed_side(chain: Chain) -> Formula | None:
    for side in chain.sides:
        if isinstance(side, Operation) and not names_in(side):
            return side
    return None


def replayed(way: Way, changed: int, value: Fraction) -> Fraction | None:
    """The last answer of the way had one sum come out otherwise, all after it being the same.

    Args:
        way: The way.
        changed: Index of the sum.
        value: What it comes out as instead.
    """
    values: dict[int, Fraction] = {changed: value}
    for place in range(changed + 1, len(way.sums)):
        one = way.sums[place]
        if one.formula is None or not any(source in values for source in one.sources):
            continue
        again = _again(one.formula, iter(one.sources), values)
        if again is not None:
            values[place] = again
    answer = last_answer(way)
    for place in range(len(way.sums) - 1, -1, -1):
        if way.sums[place].result == answer:
            return values.get(place, answer)
    return answer


def _again(
    formula: Formula, sources: Iterator[int | None], values: Mapping[int, Fraction]
) -> Fraction | None:
    if isinstance(formula, Number):
        source = next(sources)
        return formula.value if source is None else values.get(source, formula.value)
    if isinstance(formula, Name):
        return None
    left = _again(formula.left, sources, values)
    right = _again(formula.right, sources, values)
    return None if left is None or right is None else joined(formula.sign, left, right)


def last_answer(way: Way) -> Fraction | None:
    """The number that the pupil ends with."""
    for step in reversed(way.steps):
        if not step.chains and step.mentions:
            return step.mentions[-1].number.value
        if step.chains and step.chains[-1].result is not None:
            return step.chains[-1].result
    return None


def reference_answer(way: Way) -> Fraction | None:
    """The number that the right way ends with."""
    for line in reversed(way.reference):
        if not line.chains and line.mentions:
            return line.mentions[-1].number.value
        if line.chains and line.chains[-1].result is not None:
            return line.chains[-1].result
    return None


def results_of(sentences: Sequence[Sentence]) -> tuple[Fraction, ...]:
    """All values that sums of these sentences come out as, in order, parts of sums included."""
    values: list[Fraction] = []
    for sentence in sentences:
        for chain in sentence.chains:
            values.extend(values_of(chain))
    return tuple(dict.fromkeys(values))


def values_of(chain: Chain) -> tuple[Fraction, ...]:
    """What a chain brings about: its result, and the root of an equation."""
    values: list[Fraction] = []
    if len(chain.sides) > 1:
        root = root_of(chain.sides[-2], chain.sides[-1])
        if root is not None:
            values.append(root)
    if chain.result is not None:
        values.append(chain.result)
    return tuple(values)


def parts_of(chain: Chain) -> tuple[Fraction, ...]:
    """The values of all operations within a chain."""
    found = [value_of(part) for side in chain.sides for part in operations_in(side)]
    return tuple(value for value in found if value is not None)


def numbers_of(sentence: Sentence) -> tuple[Fraction, ...]:
    """All numbers that a sentence names, in sums and out of them."""
    values = [mention.number.value for mention in sentence.mentions]
    for chain in sentence.chains:
        values.extend(number.value for side in chain.sides for number in numbers_in(side))
    return tuple(dict.fromkeys(values))
