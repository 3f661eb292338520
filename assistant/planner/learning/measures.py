"""How good predictions were: of lengths and of chances."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WITHIN = 0.25


@dataclass(frozen=True, slots=True)
class LengthMeasures:
    """How near predicted lengths came to the real ones.

    Args:
        mdmre: Median of the distance relative to the real length.
        pred25: Share of predictions within a quarter of the real length: 0 to 1.
        mae: Mean distance, in the unit of the lengths.
    """

    mdmre: float
    pred25: float
    mae: float


@dataclass(frozen=True, slots=True)
class ChanceMeasures:
    """How good chances were.

    Args:
        count: How many.
        auc: Area under the ROC curve; None where only one outcome happened.
        brier: Mean squared distance from what happened: 0 is perfect.
        ece: Mean distance of chance and frequency over ten bins of equal width.
    """

    count: int
    auc: float | None
    brier: float
    ece: float


def measure_lengths(
    predicted: "NDArray[np.float64]", actual: "NDArray[np.float64]"
) -> LengthMeasures:
    """Compares lengths; both positive and of one shape ``(n,)``, n at least 1."""
    import numpy as np

    distance = np.abs(predicted - actual)
    relative = distance / actual
    return LengthMeasures(
        mdmre=float(np.median(relative)),
        pred25=float(np.mean(relative <= _WITHIN)),
        mae=float(np.mean(distance)),
    )


def measure_chances(
    chances: "NDArray[np.float64]", happened: "NDArray[np.float64]", bins: int = 10
) -> ChanceMeasures:
    """Compares chances with outcomes (0 or 1), both of shape ``(n,)``, n at least 1."""
    import numpy as np

    places = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = np.bincount(places, weights=chances - happened, minlength=bins)
    return ChanceMeasures(
        count=len(chances),
        auc=_auc(chances, happened),
        brier=float(np.mean((chances - happened) ** 2)),
        ece=float(np.abs(gaps).sum() / len(chances)),
    )


def _auc(chances: "NDArray[np.float64]", happened: "NDArray[np.float64]") -> float | None:
    """By the rank sum of Mann and Whitney, ties counted half."""
    import numpy as np

    yes = int(happened.sum())
    no = len(happened) - yes
    if not yes or not no:
        return None
    _, places, counts = np.unique(chances, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[places]
    return float((ranks[happened > 0].sum() - yes * (yes + 1) / 2) / (yes * no))
