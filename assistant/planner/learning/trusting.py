"""Whether corrections are used at all for a person: where theirs have proved better so far.

Every task is corrected in secret, as it would have been at its time; what came of it counts for the
person and for everyone. Corrections are used where they were better by both measures: nearer in
hours relative to the size of the task, on average, and no worse in the median of the relative
error. Few outcomes are enough where they speak clearly. Of whom too little is known, everyone's
past decides.
"""

import math
from collections import defaultdict, deque
from dataclasses import dataclass
from statistics import fmean, median, pstdev
from typing import Final

_FEWEST: Final = 12
"""Corrected tasks of a person, before their own past decides."""
_FEWEST_CLEAR: Final = 4
_CLEAR: Final = 2.0
"""Standard errors by which fewer than that have to be better on average."""
_LATEST: Final = 150


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How far the user and the correction were off, relative to the real length; and the gain."""

    own: float
    corrected: float
    gain: float


class Trust:
    """Learns from the outcomes of corrections, whether or not they were used."""

    def __init__(self) -> None:
        self._everyone = _latest()
        self._people: defaultdict[str, deque[_Outcome]] = defaultdict(_latest)

    def learn(self, person: str, estimate: float, corrected: float, actual: float) -> None:
        """Takes in what came of a task; all in hours, and positive."""
        if corrected == estimate:
            return
        own, other = abs(estimate - actual), abs(corrected - actual)
        outcome = _Outcome(own / actual, other / actual, (own - other) / max(actual, estimate))
        self._everyone.append(outcome)
        self._people[person].append(outcome)

    def has(self, person: str) -> bool:
        """Whether corrections have proved better, by both measures."""
        outcomes = self._people.get(person, ())
        if len(outcomes) < _FEWEST and len(self._everyone) > len(outcomes):
            outcomes = self._everyone
        if len(outcomes) < _FEWEST_CLEAR:
            return False
        gains = [one.gain for one in outcomes]
        doubt = _CLEAR if len(gains) < _FEWEST else 0.0
        return fmean(gains) > doubt * pstdev(gains) / math.sqrt(len(gains)) and median(
            one.corrected for one in outcomes
        ) <= median(one.own for one in outcomes)


def _latest() -> deque[_Outcome]:
    return deque(maxlen=_LATEST)
