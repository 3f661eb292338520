"""Which step a teacher would mark: weights learned from teachers' marks, over the steps' signs.

A conditional logit: every step of a way gets the weighted sum of its signs, and the shares are
the softmax over the steps of that way. ``scripts/train_steps.py`` made the weights; the file says
from which data and under which licence.
"""

import importlib.resources
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from assistant.tutor.steps.signs import Signs

WEIGHTS = "weights.json"
WITH_REFERENCE = "with_reference"
WITHOUT_REFERENCE = "without_reference"


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weighs the signs of steps."""

    weights: Mapping[str, float]
    """What a unit of each sign adds; signs that are not named here count nothing."""

    def shares(self, rows: Sequence[Signs]) -> tuple[float, ...]:
        """How likely each step is the first wrong one, if there is one; they add up to 1."""
        if not rows:
            return ()
        scores = [
            sum(weight * row.get(name, 0.0) for name, weight in self.weights.items())
            for row in rows
        ]
        most = max(scores)
        parts = [math.exp(score - most) for score in scores]
        return tuple(part / sum(parts) for part in parts)


def learned_scorer(*, with_reference: bool) -> Scorer:
    """Reads the weights that ship with the app."""
    text = (
        importlib.resources.files("assistant.tutor.steps")
        .joinpath(WEIGHTS)
        .read_text(encoding="utf-8")
    )
    kind = WITH_REFERENCE if with_reference else WITHOUT_REFERENCE
    return Scorer(cast("dict[str, dict[str, float]]", json.loads(text))[kind])
