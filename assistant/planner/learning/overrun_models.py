"""Two models of overrun: a plain one of few terms, and a boosted one for where there is much.

Both aim at the median, which is what makes the mean distance in hours least, and weigh large tasks
more, because most of that distance is theirs.
"""

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from assistant.planner.learning.duration_figures import CATEGORIES
from assistant.planner.learning.on_time import one_thread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST_PLAIN: Final = 20
FEWEST_BOOSTED: Final = 300
_TERMS: Final = (1, 2, 3, 4, 5, 7)
"""Which figures the plain model reads besides the estimate."""
_KNOTS: Final = (0.25, 0.5, 0.75)
_ROUNDS: Final = 30
_RIDGE: Final = 4.0
_LEAST: Final = 0.05
_STRONGEST: Final = 2.0
_SEED: Final = 20


@dataclass(frozen=True, slots=True)
class PlainModel:
    """Overrun as a sum of terms, bent at three sizes.

    Args:
        knots: Sizes at which it bends, as logarithms of hours.
        weights: Of the terms, the constant first.
    """

    knots: tuple[float, ...]
    weights: tuple[float, ...]

    def predict(self, figures: "NDArray[np.float64]") -> "NDArray[np.float64]":
        """Overrun of each row of shape ``(n, figures)``."""
        import numpy as np

        return np.clip(
            _terms(figures, self.knots) @ np.array(self.weights), -_STRONGEST, _STRONGEST
        )


def fit_plain(figures: "NDArray[np.float64]", overruns: "NDArray[np.float64]") -> PlainModel:
    """Fits by least absolute deviations, drawn to "as everyone usually" where there is little.

    By iteratively reweighted least squares (Schlossmacher 1973) with a ridge.
    """
    import numpy as np

    knots = tuple(float(one) for one in np.quantile(figures[:, 0], _KNOTS))
    terms = _terms(figures, knots)
    weighing = _weighing(figures, 1.0)
    prior = np.zeros(terms.shape[1])
    prior[1 + len(knots) + 1 + _TERMS.index(2)] = 0.7
    ridge = np.full(terms.shape[1], _RIDGE)
    ridge[0] = 0.5
    weights = prior.copy()
    for _ in range(_ROUNDS):
        pull = weighing / np.maximum(np.abs(overruns - terms @ weights), _LEAST)
        left = terms.T @ (terms * pull[:, None]) + np.diag(ridge)
        weights = np.linalg.solve(left, terms.T @ (pull * overruns) + ridge * prior)
    return PlainModel(knots, tuple(float(one) for one in weights))


def fit_boosted(figures: "NDArray[np.float64]", overruns: "NDArray[np.float64]") -> Any:  # noqa: ANN401 - scikit-learn has no types
    """Fits trees to the median; the answer has ``predict`` and can be kept."""
    model = importlib.import_module("sklearn.ensemble").HistGradientBoostingRegressor(
        loss="absolute_error",
        learning_rate=0.06,
        max_iter=120,
        max_leaf_nodes=12,
        min_samples_leaf=25,
        l2_regularization=5.0,
        max_features=0.5,
        categorical_features=list(CATEGORIES),
        early_stopping=False,
        random_state=_SEED,
    )
    with one_thread():
        model.fit(figures, overruns, sample_weight=_weighing(figures, 0.75))
    return model


def boosted_predict(
    model: Any,  # noqa: ANN401 - scikit-learn has no types
    figures: "NDArray[np.float64]",
) -> "NDArray[np.float64]":
    """Overrun of each row, within bounds."""
    import numpy as np

    with one_thread():
        return np.clip(model.predict(figures), -_STRONGEST, _STRONGEST)


def _weighing(figures: "NDArray[np.float64]", power: float) -> "NDArray[np.float64]":
    import numpy as np

    weights = np.exp(power * figures[:, 0])
    return weights / weights.mean()


def _terms(figures: "NDArray[np.float64]", knots: tuple[float, ...]) -> "NDArray[np.float64]":
    import numpy as np

    size = figures[:, 0]
    bends = [np.maximum(size - knot, 0.0) for knot in knots]
    others = [np.nan_to_num(figures[:, at]) for at in _TERMS]
    return np.column_stack([np.ones(len(size)), size, *bends, *others])
