"""How good foretold chances are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np  # noqa: TID253 - nobody waits for a script to start

_BINS = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of one way to foretell.

    Args:
        auc: Chance that a right answer was given a higher chance than a wrong one.
        log_loss: Mean of minus the logarithm of the chance of what came.
        brier: Mean squared distance.
        off: Mean distance of foretold and found share over ten bins of equal size.
        bins: Foretold and found share in each.
    """

    auc: float
    log_loss: float
    brier: float
    off: float
    bins: tuple[tuple[float, float], ...]


def scores(foretold: Sequence[float], came: Sequence[bool]) -> Scores:
    """Scores of chances against what came."""
    chance = np.clip(np.asarray(foretold, float), 1e-6, 1 - 1e-6)
    right = np.asarray(came, float)
    order = np.argsort(chance, kind="stable")
    parts = [part for part in np.array_split(order, _BINS) if len(part)]
    bins = tuple((float(chance[part].mean()), float(right[part].mean())) for part in parts)
    off = sum(
        len(part) * abs(one - other) for part, (one, other) in zip(parts, bins, strict=True)
    ) / len(chance)
    loss = -(right * np.log(chance) + (1 - right) * np.log(1 - chance))
    return Scores(
        _auc(chance, right), float(loss.mean()), float(((chance - right) ** 2).mean()), off, bins
    )


def within(foretold: Sequence[float], came: Sequence[bool], group: Sequence[str]) -> float:
    """AUC within each group, weighed by its pairs: what is left where groups differ in difficulty.

    NaN where no group has both right and wrong answers.
    """
    chance, right = np.asarray(foretold, float), np.asarray(came, float)
    names, places = np.unique(np.asarray(group), return_inverse=True)
    total = pairs = 0.0
    for at in range(len(names)):
        part = places == at
        good = float(right[part].sum())
        weight = good * (float(part.sum()) - good)
        if weight:
            total += weight * _auc(chance[part], right[part])
            pairs += weight
    return total / pairs if pairs else float("nan")


def _auc(chance: np.ndarray, right: np.ndarray) -> float:
    """By ranks, ties counted half."""
    values, places, counts = np.unique(chance, return_inverse=True, return_counts=True)
    del values
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[places]
    good = int(right.sum())
    bad = len(right) - good
    if not good or not bad:
        return float("nan")
    return float((ranks[right == 1].sum() - good * (good + 1) / 2) / (good * bad))
