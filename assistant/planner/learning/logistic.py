"""Logistic regression that starts from a rule and leaves it only as far as the data say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_STEPS: Final = 30
_ENOUGH: Final = 1e-7
_HALVED: Final = 40
"""How often a step is halved at most."""
_BOUND: Final = 30.0
EARLIER: Final = 0.7
"""The share of what happened on which a model is trained, to be tried on the rest."""


def fit_towards(
    rows: "NDArray[np.float64]",
    outcomes: "NDArray[np.float64]",
    rule: Sequence[float],
    strength: float,
) -> tuple[float, ...]:
    """The weights that are likeliest where the rule's are expected.

    Args:
        rows: Shape ``(n, terms)``.
        outcomes: 0 or 1, shape ``(n,)``.
        rule: The weight of each term before anything is known.
        strength: How many outcomes the rule is worth.

    Returns:
        One weight for each term (by Newton's method with bounded steps, the prior being normal).
    """
    import numpy as np

    prior = np.array(rule, dtype=np.float64)
    spread = np.maximum(rows.std(axis=0), 0.05) if len(rows) else np.ones(len(prior))
    pull = 0.25 * strength * spread**2

    def cost(at: "NDArray[np.float64]") -> float:
        odds = rows @ at
        return float(
            np.sum(np.logaddexp(0.0, odds) - outcomes * odds)
            + 0.5 * np.sum(pull * (at - prior) ** 2)
        )

    weights = prior.copy()
    before = cost(weights)
    for _ in range(_STEPS):
        chance = chances(rows, weights)
        slope = rows.T @ (chance - outcomes) + pull * (weights - prior)
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        # Far from the best weights a whole step can lead away from them, and ever farther.
        after = cost(weights - step)
        for _ in range(_HALVED):
            if after <= before:
                break
            step = step / 2
            after = cost(weights - step)
        weights, before = weights - step, after
        if float(np.abs(step).max()) < _ENOUGH:
            break
    return tuple(float(one) for one in weights)


def chances(rows: "NDArray[np.float64]", weights: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """The chance of each row, shape ``(n,)``."""
    import numpy as np

    return 1 / (1 + np.exp(-np.clip(rows @ weights, -_BOUND, _BOUND)))


@dataclass(frozen=True, slots=True)
class Against:
    """A model against the rule on later data: mean logarithmic loss, the smaller the better."""

    count: int
    rule: float
    model: float

    @property
    def model_wins(self) -> bool:
        """Whether the model may be asked instead of the rule."""
        return self.count > 0 and self.model < self.rule


def later_losses(
    rows: "NDArray[np.float64]",
    outcomes: "NDArray[np.float64]",
    rule: Sequence[float],
    strength: float,
    cut: int | None = None,
) -> Against:
    """Trains on the first 70 % and measures on the rest; rows are in the order of time.

    Args:
        rows: See ``fit_towards``, as are ``outcomes``, ``rule`` and ``strength``.
        outcomes: See above.
        rule: See above.
        strength: See above.
        cut: How many rows are earlier ones, where that is not 70 %.
    """
    import numpy as np

    cut = int(len(rows) * EARLIER) if cut is None else cut
    if not cut or cut == len(rows):
        return Against(0, 0.0, 0.0)
    fitted = fit_towards(rows[:cut], outcomes[:cut], rule, strength)

    def loss(weights: Sequence[float]) -> float:
        told = np.clip(chances(rows[cut:], np.array(weights)), 1e-6, 1 - 1e-6)
        happened = outcomes[cut:]
        return float(-np.mean(happened * np.log(told) + (1 - happened) * np.log(1 - told)))

    return Against(len(rows) - cut, loss(rule), loss(fitted))
