"""What can be seen of each step of a way: the numbers that the scorer weighs.

Every sign is computed by code from the text alone, 0 or 1 as a rule. Those that compare with a
right way are missing where there is none, and others stand in for them.
"""

import re
from collections.abc import Mapping
from fractions import Fraction

from assistant.tutor.steps.against import Against
from assistant.tutor.steps.alone import Alone
from assistant.tutor.steps.flow import Flow, operands_of
from assistant.tutor.steps.formula import names_in, numbers_in, operations_in
from assistant.tutor.steps.holding import wrong_sum
from assistant.tutor.steps.known import CONSTANTS, Known, known_of
from assistant.tutor.steps.reading import Sentence
from assistant.tutor.steps.way import Way, last_answer, numbers_of, values_of

Signs = Mapping[str, float]

_SETUP = re.compile(r"(let|to find|we can|first,? let|now,? we|this means)", re.IGNORECASE)
_SHARES = frozenset({"each", "every", "per"})
_LONG = 20.0
_MOST_WORDS = 60
_MANY = 3
_NEXT = [
    "firstbad",
    "pair_other",
    "on_bad_first",
    "off_bad",
    "fixgiven",
    "role_diff",
    "newv",
    "nochain",
    "bad",
    "xbad",
    "islast",
    "fixop",
    "nearmissed",
    "leadsright",
    "again",
    "nowayback",
    "neverneeded",
    "oneaway",
    "adds",
    "asked",
]
_BEFORE = [
    "fixop",
    "off",
    "newv",
    "role_diff",
    "nochain",
    "repairnt",
    "firstbad",
    "bad",
    "setup",
    "leadsright",
    "again",
    "nowayback",
    "neverneeded",
    "usedtwice",
    "concludes",
    "subtracts",
    "newwords",
]


def signs_of(way: Way) -> tuple[Signs, ...]:
    """The signs of every step, those of its neighbours among them."""
    known = known_of(way)
    plain = _Plain(way, known)
    beside = (Against(way, known), Flow(way, known)) if way.reference else (Alone(way, known),)
    rows: list[dict[str, float]] = []
    for place in range(len(way.steps)):
        row = plain.row(place)
        for more in beside:
            row |= more.row(place)
        rows.append({name: float(value) for name, value in row.items()})
    for place, row in enumerate(rows):
        after = rows[place + 1] if place + 1 < len(rows) else {}
        before = rows[place - 1] if place else {}
        row |= {f"next_{name}": after.get(name, 0.0) for name in _NEXT if name in row}
        row |= {f"prev_{name}": before.get(name, 0.0) for name in _BEFORE if name in row}
    return tuple(rows)


class _Plain:
    """Signs that need no right way; to be asked for the steps in order."""

    def __init__(self, way: Way, known: Known) -> None:
        self._way = way
        self._known = known
        self._last = last_answer(way)
        self._seen: set[Fraction] = set(known.given)
        self._computed: set[Fraction] = set()
        self._wrong_sums = 0
        self._used = {
            way.sums[source].step
            for one in way.sums
            for source in one.sources
            if source is not None and way.sums[source].step != one.step
        }
        self._whole = all(value.denominator == 1 for value in known.given)

    def row(self, place: int) -> dict[str, float]:
        """The signs of one step."""
        step = self._way.steps[place]
        results = [value for chain in step.chains for value in values_of(chain)]
        numbers = numbers_of(step)
        row = self._shape(place, step, numbers)
        row |= self._values(place, step, results)
        self._seen |= set(numbers) | set(results)
        self._computed |= set(results) | {
            value for chain in step.chains for value in operands_of(chain)
        }
        return row

    def _shape(self, place: int, step: Sentence, numbers: tuple[Fraction, ...]) -> dict[str, float]:
        count = len(self._way.steps)
        return {
            "first": place == 0,
            "last": place == count - 1,
            "last2": place == count - 2,
            "nochain": not step.chains,
            "nonum": not numbers,
            "colon": step.text.rstrip().endswith(":"),
            "setup": _SETUP.match(step.text) is not None,
            "only_num": not step.words and len(numbers) == 1,
            "total": "total" in step.words,
            "each": not _SHARES.isdisjoint(step.words),
            "len": min(len(step.words), _MOST_WORDS) / _LONG,
        }

    def _values(self, place: int, step: Sentence, results: list[Fraction]) -> dict[str, float]:
        sums = self._way.sums_of(place)
        operands = [
            leaf.value
            for one in sums
            if one.formula is not None
            for leaf in numbers_in(one.formula)
        ]
        fresh = [value for value in operands if value not in self._seen and value not in results]
        newv = any(value not in self._seen for value in results)
        newm = any(
            mention.number.value not in self._seen
            and mention.number.value not in results
            and mention.number.value not in CONSTANTS
            for mention in step.mentions
        )
        wrong = any(wrong_sum(chain) is not None for chain in step.chains)
        self._wrong_sums += wrong
        sides = [side for chain in step.chains for side in chain.sides]
        return {
            "arith": wrong,
            "arith_first": wrong and self._wrong_sums == 1,
            "names": any(names_in(side) for side in sides),
            "newv": newv,
            "newm": newm,
            "again": any(value in self._computed for value in results),
            "fresh": any(value not in CONSTANTS for value in fresh),
            "restates": bool(results or step.mentions) and not newv and not newm and not fresh,
            "neg": any(value < 0 for value in results),
            "nonint_given": self._whole and any(value.denominator != 1 for value in results),
            "resgiven": bool(results) and all(value in self._known.given for value in results),
            "islast": self._last in results,
            "unused": bool(results) and place not in self._used and self._last not in results,
            "dep_prev": any(source is not None for one in sums for source in one.sources),
            "manyops": sum(len(operations_in(side)) for side in sides) >= _MANY,
        }
