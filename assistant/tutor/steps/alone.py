"""Signs for a way with no right way to compare with: what it does with the given numbers.

Weak ones, each: wrong steps are more often those that add or subtract, that put many given
numbers together at once, or that begin to use words the problem does not have.
"""

import re
from fractions import Fraction

from assistant.tutor.steps.against import telling
from assistant.tutor.steps.flow import operands_of
from assistant.tutor.steps.formula import operations_in
from assistant.tutor.steps.known import Known
from assistant.tutor.steps.reading import Sentence
from assistant.tutor.steps.way import Way

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"[A-Za-z]+")
_CONCLUDING = frozenset({"therefore", "so", "thus", "finally", "hence"})
_FAR = 6
_MANY_GIVEN = 3
_TWICE = 2


class Alone:
    """Signs from the problem and the way only; to be asked for the steps in order."""

    def __init__(self, way: Way, known: Known) -> None:
        self._way = way
        self._given = known.given
        sentences = [
            telling([word.lower() for word in _WORD.findall(sentence)])
            for sentence in _SENTENCE_END.split(way.problem.text.strip())
        ]
        self._question = sentences[-1]
        self._told = frozenset[str]().union(*sentences)
        self._uses = [0] * len(way.sums)
        for one in way.sums:
            for source in one.sources:
                if source is not None:
                    self._uses[source] += 1
        self._places = [place for place, step in enumerate(way.steps) if step.chains]
        self._used: set[Fraction] = set()

    def row(self, place: int) -> dict[str, float]:
        """The signs of one step."""
        step = self._way.steps[place]
        operands = frozenset[Fraction]().union(*(operands_of(chain) for chain in step.chains))
        given = operands & self._given
        signs = _signs_in(step)
        words = telling(step.words)
        done = sum(other <= place for other in self._places)
        row: dict[str, float] = {
            "subtracts": "-" in signs,
            "adds": "+" in signs,
            "multipliestwice": signs.count("*") >= _TWICE,
            "givenused": len(given) / max(1, len(self._given)),
            "givenleft": len(self._given - self._used - operands) / max(1, len(self._given)),
            "manygiven": len(operands) >= _MANY_GIVEN and operands <= self._given,
            "usedtwice": any(
                uses >= _TWICE and one.step == place
                for uses, one in zip(self._uses, self._way.sums, strict=True)
            ),
            "concludes": step.words[:1] != () and step.words[0] in _CONCLUDING,
            "far": min(place, _FAR) / _FAR,
            "lastsum": bool(step.chains) and place == self._places[-1],
            "firstsum": bool(step.chains) and place == self._places[0],
            "sumsdone": done / max(1, len(self._places)),
            "newwords": len(words - self._told) / max(1, len(words)),
            "asked": len(words & self._question) / max(1, len(self._question)),
        }
        self._used |= given
        return row


def _signs_in(step: Sentence) -> str:
    sides = (side for chain in step.chains for side in chain.sides)
    return "".join(part.sign for side in sides for part in operations_in(side))
