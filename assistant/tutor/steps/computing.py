"""Which equalities of a way were computed, and which only look as if they had been."""

import re
from itertools import pairwise
from typing import Final

from assistant.tutor.steps.formula import Name, names_in, value_of
from assistant.tutor.steps.reading import Chain, Sentence
from assistant.tutor.steps.spans import spans
from assistant.tutor.steps.way import Way

_EQUALS: Final = re.compile(r"(?<![<>!=:])={1,2}(?!=)")
_BEYOND: Final = re.compile(
    r"\d\s*!(?!=)|√|∫|∑|∏|\||[≈≅]|\d\.\d*\(\d+\)"
    r"|(?<![a-z\d^.])[a-z]_?\d+\s*="
    r"|(?<![a-z])(?:sqrt|ln|exp|sin|cos|tan|mod|gcd|lcm)(?![a-z])"
    r"|(?<![a-z])(?:root|log|choose|abs|floor|ceil|max|min)\s*(?:[(_\d]|of\b|[a-z](?![a-z]))",
    re.IGNORECASE,
)
_COMES_TO: Final = re.compile(
    r"\b(?:is|are|makes?|gives?|gets?|comes to|leaves?)\s+[$\u20ac\u00a3]?\d", re.IGNORECASE
)
_MOST_NAMED: Final = 5
_NUMERALS: Final = re.compile(
    r"\b(?:in|to|from|of|with)\s+base\b|\bbase[- ]?(?:\d|(?:two|three|four|five|six|seven|eight|"
    r"nine|ten|twelve|sixteen)\b)|\b(?:binary|hex(?:adecimal)?|octal|ternary|mod(?:ul(?:o|us))?)\b"
    r"|\u2261|\b0[xb][0-9a-f]|\d_\{?\d|\bZ_\d",
    re.IGNORECASE,
)
_GROUPS: Final = re.compile(r"\b(?:pairs?|dozens?)\b", re.IGNORECASE)
_CLOCK: Final = re.compile(r"\bclock\b|o['\u2019]clock|\d\s?[ap]\.?m\b", re.IGNORECASE)
_DATES: Final = re.compile(
    r"(?<![\d/.])\d{1,2}/\d{1,2}(?:/\d{2,4})?\s*(?:[-\u2013\u2212+]|to)\s*\d{1,2}/\d{1,2}.*"
    r"\b(?:days?|weeks?|nights?)\b",
    re.IGNORECASE,
)
_POINTED: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.])")
_LARGE: Final = re.compile(r"(?<![\d.,])\d{3,}(?![\d.,]*\d)")


def beyond_arithmetic(text: str, problem: str = "") -> bool:
    """Whether a step uses what is not read here, so that its numbers mean something else.

    Args:
        text: The step.
        problem: What it belongs to, which may show that no times of a clock are meant.
    """
    found = _BEYOND.search(text) or _DATES.search(text)
    return found is not None or other_numerals(text) or spans(text, problem)


def other_numerals(text: str) -> bool:
    """Whether numbers may mean something else: 10 in base 2, 1.000 for a thousand, 9 o'clock."""
    return other_bases(text) or of_clock(text)


def counts_groups(text: str) -> bool:
    """Whether pairs or dozens are told of."""
    return _GROUPS.search(text) is not None


def of_clock(text: str) -> bool:
    """Whether times of a clock are told, so that 9 + 5 may be 2."""
    return _CLOCK.search(text) is not None


def other_bases(text: str) -> bool:
    """Whether numbers may be written in another way: 10 in base 2, 1.000 for a thousand."""
    if _NUMERALS.search(text):
        return True
    return _POINTED.search(text) is not None and _LARGE.search(text) is not None


def uncomputed(way: Way) -> tuple[int, ...]:
    """The steps with an equality of which a side was not computed, by their places from 0."""
    return tuple(
        place
        for place, step in enumerate(way.steps)
        if _said_in_words(step)
        or (
            (said := len(_EQUALS.findall(step.text)))
            and (
                beyond_arithmetic(step.text, way.problem.text)
                or sum(map(_understood, step.chains)) < said
            )
        )
    )


def computed(way: Way, but: tuple[int, ...] = ()) -> int:
    """How many equalities of a way were computed, those in some of its steps not counted."""
    kept = (step for place, step in enumerate(way.steps) if place not in but)
    return sum(_links(chain) for step in kept for chain in step.chains)


def _said_in_words(step: Sentence) -> bool:
    """Whether a step says in words what something comes to: 15 times 8 is 120."""
    alone = any(len(chain.sides) == 1 for chain in step.chains)
    return alone and _COMES_TO.search(step.text) is not None


def steps_named(places: tuple[int, ...]) -> str:
    """``step 1``, or ``steps 1, 2 and 3``: numbered from 1, as people do."""
    numbers = [str(place + 1) for place in places[:_MOST_NAMED]]
    if len(places) > _MOST_NAMED:
        return f"steps {', '.join(numbers)} and {len(places) - _MOST_NAMED} more"
    if len(numbers) == 1:
        return f"step {numbers[0]}"
    return f"steps {', '.join(numbers[:-1])} and {numbers[-1]}"


def _understood(chain: Chain) -> int:
    """How many equalities of a chain were computed, or only name what a number is: x = 12."""
    if not chain.whole:
        return 0
    named = [isinstance(side, Name) for side in chain.sides]
    worth = [not names_in(side) and value_of(side) is not None for side in chain.sides]
    told = zip(pairwise(named), pairwise(worth), strict=True)
    return _links(chain) + sum(one and value for (one, _), (_, value) in told)


def _links(chain: Chain) -> int:
    """How many equalities of a chain were read whole and computed on both sides."""
    if not chain.whole:
        return 0
    computed = [not names_in(side) and value_of(side) is not None for side in chain.sides]
    return sum(one and other for one, other in pairwise(computed))
