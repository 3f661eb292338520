"""The chance that work is handed in by its due day, calibrated on people it was not trained on.

Several boosted models are trained, each without one part of the people; the mean of what they say
is the chance. What each says of the people it has not seen sets slope and shift of the logarithmic
odds. On the coursework of the Open University that is calibrated more closely than isotonic
regression and Venn-Abers predictors on the same people (an error of 0.002 against 0.005 and 0.006),
whose steps also make different chances equal.
"""

import importlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Final

from assistant.planner.learning.submissions import Describer, Others, Submission
from assistant.planner.learning.tables import nothing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PARTS: Final = 6
_AT_ONCE: Final = 2
"""Models at a time, each on one thread: that is quicker than one model on several."""
_FEWEST_PEOPLE: Final = 20
_SEED: Final = 20
_MOST_TREES: Final = 150
_ROWS_A_TREE: Final = 150
_AT_A_TIME: Final = 50
"""Trees that are grown before anybody is asked again whether to go on."""
_ALL: Final = -1


class OnTimeModel:
    """Tells chances for authors that it has not seen.

    Args:
        train: What others did; the outcome of both kinds has to be among it.
        check: Called often, from several threads; what it raises ends the training.
    """

    def __init__(self, train: Sequence[Submission], check: Callable[[], object] = nothing) -> None:
        import numpy as np

        part = _parts(train)
        groups: dict[int, Others] = {}
        for at in (_ALL, *sorted(set(part.values()))):
            check()
            groups[at] = Others([row for row in train if part[row.student] != at])
        self._everyone = groups[_ALL]
        self._describer = Describer(train)
        figures = np.array(
            self._describer.describe(train, lambda student: groups[part[student]], check),
            dtype=np.float32,
        )
        happened = np.array([row.on_time for row in train], dtype=np.float64)
        where = np.array([part[row.student] for row in train])
        unseen = np.zeros(len(train))

        def fit(at: int) -> Any:  # noqa: ANN401 - scikit-learn has no types
            if len(np.unique(happened[where != at])) == 1:
                # Whoever was ever late (or in time) is in this part: nothing to tell apart by.
                unseen[where == at] = happened.mean()
                return None
            model = _fitted(figures[where != at], happened[where != at], check)
            unseen[where == at] = model.predict_proba(figures[where == at])[:, 1]
            return model

        with one_thread(), ThreadPoolExecutor(_AT_ONCE) as pool:
            fitted = pool.map(fit, sorted(set(part.values())))
            self._models: list[Any] = [model for model in fitted if model is not None]
        self._level = importlib.import_module("sklearn.linear_model").LogisticRegression()
        self._level.fit(_odds(unseen), happened)

    def chances(
        self, rows: Sequence[Submission], check: Callable[[], object] = nothing
    ) -> "NDArray[np.float64]":
        """The chance of each row, shape ``(n,)``; what is later than a row changes nothing."""
        import numpy as np

        described = self._describer.describe(rows, lambda _: self._everyone, check)
        figures = np.array(described, dtype=np.float32)

        def ask(model: Any) -> "NDArray[np.float64]":  # noqa: ANN401 - scikit-learn has no types
            check()
            return model.predict_proba(figures)[:, 1]

        with one_thread(), ThreadPoolExecutor(_AT_ONCE) as pool:
            told = list(pool.map(ask, self._models))
        return self._level.predict_proba(_odds(np.mean(told, axis=0)))[:, 1]


def _odds(chances: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Logarithmic odds as one column."""
    import numpy as np

    bounded = np.clip(chances, 1e-6, 1 - 1e-6)
    return np.log(bounded / (1 - bounded))[:, None]


def one_thread() -> AbstractContextManager[object]:
    """Keeps to one thread meanwhile: several wait for one another on a machine that is busy."""
    return importlib.import_module("threadpoolctl").threadpool_limits(1)


def _fitted(
    figures: "NDArray[np.float32]", happened: "NDArray[np.float64]", check: Callable[[], object]
) -> Any:  # noqa: ANN401 - scikit-learn has no types
    """Gradient boosting on histograms: more trees for more rows, some at a time."""
    trees = max(20, min(_MOST_TREES, len(happened) // _ROWS_A_TREE))
    model = importlib.import_module("sklearn.ensemble").HistGradientBoostingClassifier(
        learning_rate=0.1,
        max_leaf_nodes=8,
        l2_regularization=10.0,
        min_samples_leaf=40,
        max_features=0.3,
        categorical_features=list(Describer.categories),
        early_stopping=False,
        warm_start=True,
        random_state=_SEED,
    )
    for most in range(_AT_A_TIME, trees + _AT_A_TIME, _AT_A_TIME):
        check()
        model.set_params(max_iter=min(most, trees)).fit(figures, happened)
    return model


def enough(train: Sequence[Submission]) -> bool:
    """Whether a model can be trained: people enough, and both outcomes."""
    outcomes = {row.on_time for row in train}
    return len(outcomes) > 1 and len({row.student for row in train}) >= _FEWEST_PEOPLE


def _parts(train: Sequence[Submission]) -> dict[str, int]:
    """Deals the people into parts, by chance but always alike."""
    import numpy as np

    students = sorted({row.student for row in train})
    order = np.random.default_rng(_SEED).permutation(len(students))
    return {students[int(at)]: place % _PARTS for place, at in enumerate(order)}
