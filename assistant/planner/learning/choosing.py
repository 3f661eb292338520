"""Where a correction is used, and how much of it: only where it has won before.

A correction that lessens the distance in hours may still spoil many small estimates that were
right. So tasks are divided by size and by the way the correction points, and for each division
the model and the share of it are chosen that lessened the mean distance most, as long as at least
as many estimates as before stay near what came (which keeps the median relative error from
rising). The choice is a knapsack with one constraint, solved by its Lagrangian.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHARES: Final = (0.25, 0.5, 0.75, 1.0)
_SIZES: Final = (
    (800, (0.25, 0.5, 0.7, 0.85, 0.95)),
    (300, (0.5, 0.85)),
    (120, (0.7,)),
)
"""From how many tasks on they are divided at which quantiles of size."""
_FEWEST: Final = 24
_FEWEST_HERE: Final = 12
_DOUBT: Final = 0.5
"""Standard errors by which no fewer have to stay near."""
_GAIN_DOUBT: Final = 0.25
"""Standard errors that are taken off a gain."""
_STEPS: Final = 40
_STRONGEST: Final = 12.0
_NEAR: Final = (0.7, 0.85, 1.0, 1.15)
"""Distances at which hits are counted, as shares of the user's median relative error."""


@dataclass(frozen=True, slots=True)
class Past:
    """Tasks whose length was predicted before it was known. All of shape ``(n,)`` or ``(n, m)``.

    Args:
        estimates: In hours.
        actuals: In hours.
        corrections: What each of m models said before, as logarithms.
    """

    estimates: "NDArray[np.float64]"
    actuals: "NDArray[np.float64]"
    corrections: "NDArray[np.float64]"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which share of which model is used in each division.

    Args:
        bounds: Sizes in hours between divisions, ascending.
        shares: By division (size, then way: shorter, longer) a share for each model, mostly 0.
    """

    bounds: tuple[float, ...] = ()
    shares: tuple[tuple[float, ...], ...] = ()

    @property
    def is_used(self) -> bool:
        """Whether anything is corrected at all."""
        return any(any(one) for one in self.shares)

    def apply(
        self, estimates: "NDArray[np.float64]", corrections: "NDArray[np.float64]"
    ) -> "NDArray[np.float64]":
        """The logarithm by which each estimate is corrected, shape ``(n,)``."""
        import numpy as np

        if not self.is_used:
            return np.zeros(len(estimates))
        places = _places(self.bounds, estimates, corrections)
        return np.sum(np.array(self.shares)[places] * corrections, axis=1)


def choose(past: Past) -> Choice:
    """Chooses by what would have been best in the past."""
    import numpy as np

    count, models = past.corrections.shape
    if count < _FEWEST:
        return Choice()
    sizes = next((sizes for least, sizes in _SIZES if count >= least), ())
    bounds = tuple(sorted({float(np.quantile(past.estimates, one)) for one in sizes}))
    places = _places(bounds, past.estimates, past.corrections)
    options = [(0.0,) * models] + [
        tuple(share if at == model else 0.0 for at in range(models))
        for model in range(models)
        for share in SHARES
    ]
    outcomes = _outcomes(past, np.array(options), places, 2 * (len(bounds) + 1))
    for strength in np.concatenate([[0.0], np.geomspace(0.02, _STRONGEST, _STEPS)]):
        picked = outcomes.best(strength / count)
        if not picked.any():
            break
        if outcomes.is_safe(picked):
            return Choice(bounds, tuple(options[int(one)] for one in picked))
    return Choice()


@dataclass(frozen=True, slots=True)
class _Outcomes:
    """What each option would have done in each division.

    Args:
        gains: As shares of the whole distance, less a quarter of a standard error; of shape
            ``(divisions, options)``.
        nearer: By how many more were near, by distance, shape ``(divisions, options, distances)``.
        changed: How many came near or went, of the same shape.
    """

    gains: "NDArray[np.float64]"
    nearer: "NDArray[np.float64]"
    changed: "NDArray[np.float64]"

    def best(self, strength: float) -> "NDArray[np.intp]":
        """The best option of each division, where being near counts so much."""
        import numpy as np

        return np.argmax(self.gains + strength * self.nearer.mean(axis=2), axis=1)

    def is_safe(self, picked: "NDArray[np.intp]") -> bool:
        """Whether no fewer would be near, also if chance favoured what was picked a little."""
        import numpy as np

        rows = np.arange(len(picked))
        doubt = np.sqrt(self.changed[rows, picked].sum(axis=0))
        return bool(np.all(self.nearer[rows, picked].sum(axis=0) >= _DOUBT * doubt))


def _outcomes(
    past: Past,
    options: "NDArray[np.float64]",
    places: "NDArray[np.intp]",
    divisions: int,
) -> _Outcomes:
    import numpy as np

    actual = past.actuals[:, None]
    distance = np.abs(past.estimates[:, None] * np.exp(past.corrections @ options.T) - actual)
    better = distance[:, :1] - distance
    middle = np.median(distance[:, 0] / past.actuals)
    gains = np.zeros((divisions, len(options)))
    nearer = np.zeros((divisions, len(options), len(_NEAR)))
    changed = np.zeros_like(nearer)
    for at in range(divisions):
        here = places == at
        wobble = _GAIN_DOUBT * better[here].std(axis=0) * np.sqrt(here.sum()) if here.any() else 0.0
        gains[at] = (better[here].sum(axis=0) - wobble) / max(distance[:, 0].sum(), 1e-9)
        if here.sum() < _FEWEST_HERE:
            gains[at, 1:] = -1.0
        for step, share in enumerate(_NEAR):
            near = (distance[here] <= share * middle * actual[here]).astype(float)
            nearer[at, :, step] = (near - near[:, :1]).sum(axis=0)
            changed[at, :, step] = np.abs(near - near[:, :1]).sum(axis=0)
    return _Outcomes(gains, nearer, changed)


def _places(
    bounds: tuple[float, ...],
    estimates: "NDArray[np.float64]",
    corrections: "NDArray[np.float64]",
) -> "NDArray[np.intp]":
    import numpy as np

    sizes = np.searchsorted(np.array(bounds), estimates, side="right")
    return 2 * sizes + (corrections.mean(axis=1) > 0)
