"""Ways with an unknown: what x would have to be for the expressions to be right."""

from collections.abc import Sequence
from fractions import Fraction

from assistant.tutor.steps.formula import names_in, value_of
from assistant.tutor.steps.known import Known
from assistant.tutor.steps.reading import Chain, Sentence

_FEWEST = Fraction(3, 5)
"""Below this much agreement no value of x is believed."""


def unknowns_right(steps: Sequence[Sentence], known: Known) -> tuple[bool | None, ...]:
    """For each step whether its expressions with an unknown give values of the right way.

    The unknown is given that value of the right way that makes the most of them right.

    Returns:
        None for a step without unknowns, or where no value makes any sense.
    """
    marks: list[bool | None] = [None] * len(steps)
    found: dict[str, list[tuple[int, Chain]]] = {}
    for place, step in enumerate(steps):
        for chain in step.chains:
            letters = frozenset[str]().union(*(names_in(side) for side in chain.sides))
            if len(letters) == 1:
                found.setdefault(next(iter(letters)), []).append((place, chain))
    for letter, chains in found.items():
        worth = _worth(letter, [chain for _, chain in chains], known)
        if worth is None:
            continue
        for place, chain in chains:
            right = _right(chain, letter, worth, known) == 1
            marks[place] = right and marks[place] is not False
    return tuple(marks)


def _worth(letter: str, chains: Sequence[Chain], known: Known) -> Fraction | None:
    best: tuple[Fraction, Fraction] | None = None
    for value in sorted(known.right | known.given):
        score = sum((_right(chain, letter, value, known) for chain in chains), Fraction(0))
        score = score * Fraction(3, 2) + (Fraction(3, 10) if value == known.answer else 0)
        if best is None or score > best[0]:
            best = score, value
    return best[1] if best is not None and best[0] >= _FEWEST else None


def _right(chain: Chain, letter: str, worth: Fraction, known: Known) -> Fraction:
    """1 where all sides are equal and of the right way, a third where they are of it only."""
    values = [value_of(side, {letter: worth}) for side in chain.sides]
    if not all(value is not None and (value in known.route or value in known.given)
               for value in values):  # fmt: skip
        return Fraction(0)
    return Fraction(1) if len(set(values)) == 1 else Fraction(1, 3)
