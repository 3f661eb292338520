"""Which equalities of a way were computed, and which only look as if they had been."""

import re
from itertools import pairwise
from typing import Final

from assistant.tutor.steps.formula import names_in, value_of
from assistant.tutor.steps.reading import Chain
from assistant.tutor.steps.way import Way

_EQUALS: Final = re.compile(r"(?<![<>!=:])={1,2}(?!=)")
_BEYOND: Final = re.compile(
    r"\d\s*!(?!=)|√|∫|∑|∏|\|"
    r"|(?<![a-z])(?:sqrt|root|log|ln|exp|sin|cos|tan|mod|choose|abs|floor|ceil|max|min|gcd|lcm)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_MOST_NAMED: Final = 5


def beyond_arithmetic(text: str) -> bool:
    """Whether a step uses what is not read here, so that its numbers mean something else."""
    return _BEYOND.search(text) is not None


def uncomputed(way: Way) -> tuple[int, ...]:
    """The steps with an equality of which a side was not computed, by their places from 0."""
    return tuple(
        place
        for place, step in enumerate(way.steps)
        if (said := len(_EQUALS.findall(step.text)))
        and (beyond_arithmetic(step.text) or sum(map(_links, step.chains)) < said)
    )


def steps_named(places: tuple[int, ...]) -> str:
    """``step 1``, or ``steps 1, 2 and 3``: numbered from 1, as people do."""
    numbers = [str(place + 1) for place in places[:_MOST_NAMED]]
    if len(places) > _MOST_NAMED:
        return f"steps {', '.join(numbers)} and {len(places) - _MOST_NAMED} more"
    if len(numbers) == 1:
        return f"step {numbers[0]}"
    return f"steps {', '.join(numbers[:-1])} and {numbers[-1]}"


def _links(chain: Chain) -> int:
    """How many equalities of a chain were read whole and computed on both sides."""
    if not chain.whole:
        return 0
    computed = [not names_in(side) and value_of(side) is not None for side in chain.sides]
    return sum(one and other for one, other in pairwise(computed))
