"""What figures of the learner model fit public data best, and whether they are better elsewhere.

    python scripts/fit_learner.py FOLDER

FOLDER has problem sets, as for ``check_learner.py``. The figures are moved one at a time, in steps
that are halved, for as long as the log loss on every second learner falls; what is said of the
shipped and of the fitted figures is the log loss on those and on the others. Nothing is written:
data of one kind of learner is no reason by itself to change what ships.
"""

import argparse
import math
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from learner.answers import Sequences, halves, read_sets
from learner.foretelling import ours, rated

from assistant.tutor.learner.ability import AbilityModel

_STEPS: Mapping[str, float] = {
    "start": 0.2,
    "general_sd": 0.2,
    "concept_sd": 0.2,
    "gain": 0.05,
    "drift_sd": 0.1,
    "slip": 0.02,
}
_ROUNDS = 4
_LEAST_GAIN = 1e-6
_LEAST_SD = 0.01


def log_loss(model: AbilityModel, training: Sequences, judged: Sequences) -> float:
    """Mean over the answers of ``judged``; concepts are as difficult as ``training`` tells."""
    foretell = ours({}, model, rated(training, model))
    lost, answers = 0.0, 0
    for some, times in Counter(tuple(one) for one in judged.values()).items():
        for chance, one in zip(foretell(some), some, strict=True):
            lost -= times * math.log(chance if one.right else 1 - chance)
            answers += times
    return lost / answers


def fitted(loss: Callable[[AbilityModel], float]) -> AbilityModel:
    """The figures with the least loss that is found from those that ship."""
    model = AbilityModel()
    best = loss(model)
    for number in range(_ROUNDS):
        for name, first in _STEPS.items():
            for step in (first / 2**number, -first / 2**number):
                while (other := _moved(model, name, step)) is not None:
                    found = loss(other)
                    if found > best - _LEAST_GAIN:
                        break
                    model, best = other, found
    return model


def _moved(model: AbilityModel, name: str, step: float) -> AbilityModel | None:
    value = getattr(model, name) + step
    least = _LEAST_SD if name.endswith("sd") else -math.inf if name == "start" else 0.0
    return replace(model, **{name: value}) if value >= least else None


def main(words: Sequence[str]) -> int:
    """Prints both losses, before and after, and the figures."""
    parser = argparse.ArgumentParser(description="Fits the figures of the learner model.")
    parser.add_argument("folder", type=Path)
    sequences, _ = read_sets(parser.parse_args(words).folder)
    training, judged = halves(sequences)
    shipped, model = AbilityModel(), fitted(lambda one: log_loss(one, training, training))
    for name, one in (("shipped", shipped), ("fitted", model)):
        there, elsewhere = (log_loss(one, training, some) for some in (training, judged))
        print(f"{name}: log loss {there:.4f} where fitted, {elsewhere:.4f} on others")
    print(", ".join(f"{name} {getattr(model, name):.3f}" for name in _STEPS))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
