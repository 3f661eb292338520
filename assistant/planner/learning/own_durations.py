"""The model of one person's durations: trained now and then, asked often, kept as bytes."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from assistant.planner.learning.choosing import Choice, Past, choose
from assistant.planner.learning.duration_figures import NAMES, Describer
from assistant.planner.learning.durations import Forecast, foretell
from assistant.planner.learning.likeness import Likeness
from assistant.planner.learning.measures import LengthMeasures, measure_lengths
from assistant.planner.learning.overrun_models import (
    FEWEST_BOOSTED,
    PlainModel,
    boosted_predict,
    fit_boosted,
    fit_plain,
)
from assistant.planner.learning.tables import nothing
from assistant.planner.learning.timed_tasks import TimedTask

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST: Final = 40
"""Finished tasks with an estimate, before a model is tried."""
_LATER: Final = 0.7
_LATEST: Final = 200
_END: Final = 0.1
WIDE: Final = (-0.7, 0.9)
"""Ends of an interval before anything is known, as logarithms: half to two and a half times."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A model against the person's own estimates, over the last 30 % of their tasks."""

    count: int
    user: LengthMeasures
    model: LengthMeasures
    coverage: float

    @property
    def won(self) -> bool:
        """Whether it is nearer in hours, and at the middle no worse."""
        return self.model.mae < self.user.mae and self.model.mdmre <= self.user.mdmre


@dataclass(frozen=True, slots=True)
class OwnModel:
    """What was learnt.

    Args:
        plain: The plain model.
        boosted: The boosted one; None where there was too little for it.
        choice: Where they are used.
        ends: Of the interval around a prediction, as logarithms.
        count: On how many tasks it rests.
    """

    plain: PlainModel
    boosted: Any
    choice: Choice
    ends: tuple[float, float]
    count: int

    def kept(self) -> dict[str, Any]:
        """As ``keeping.to_bytes`` takes it."""
        return {
            "knots": list(self.plain.knots),
            "weights": list(self.plain.weights),
            "boosted": self.boosted,
            "bounds": list(self.choice.bounds),
            "shares": [list(one) for one in self.choice.shares],
            "ends": list(self.ends),
            "count": self.count,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "OwnModel":
        """From what was kept; it is asked once, for what can be read may still not answer.

        Raises:
            KeyError, TypeError, ValueError, AttributeError, IndexError: It is no such model, or
                fails at predicting (it knows other figures, or is of another version).
        """
        low, high = kept["ends"]
        model = cls(
            PlainModel(tuple(kept["knots"]), tuple(kept["weights"])),
            kept["boosted"],
            Choice(tuple(kept["bounds"]), tuple(tuple(one) for one in kept["shares"])),
            (float(low), float(high)),
            int(kept["count"]),
        )
        model.try_out()
        return model

    def try_out(self) -> None:
        """Predicts a small and a large task.

        Raises:
            TypeError, ValueError, AttributeError, IndexError: That fails, or gives no number.
        """
        import numpy as np

        sizes = np.array([0.25, 40.0])
        figures = np.zeros((len(sizes), len(NAMES)))
        figures[:, 0] = np.log(sizes)
        corrections = self.choice.apply(sizes, self.says(figures))
        if corrections.shape != sizes.shape or not np.isfinite([*corrections, *self.ends]).all():
            raise ValueError("it gives no number")

    def says(self, figures: "NDArray[np.float64]") -> "NDArray[np.float64]":
        """What each of its two models says of rows ``(n, figures)``, shape ``(n, 2)``."""
        import numpy as np

        plain = self.plain.predict(figures)
        told = plain if self.boosted is None else boosted_predict(self.boosted, figures)
        return np.column_stack([plain, told])


def train(
    tasks: Sequence[TimedTask],
    likeness: Likeness,
    again: Likeness,
    check: Callable[[], object] = nothing,
) -> tuple[OwnModel, Trial]:
    """Trains on everything, and tries what would have been foretold.

    Args:
        tasks: Finished ones, ordered by start; at least ``FEWEST``.
        likeness: Of their texts; used up by this, as is ``again``.
        again: Another like it.
        check: Called often; what it raises ends the training.
    """
    import numpy as np

    told = foretell(tasks, likeness, check)
    estimates = np.array([task.estimate_hours for task in tasks])
    actuals = np.array([task.actual_hours or task.estimate_hours for task in tasks])
    hours = np.array([one.hours for one in told])
    first = int(len(tasks) * _LATER)
    inside = [one.low <= real <= one.high for one, real in zip(told, actuals, strict=True)]
    trial = Trial(
        len(tasks) - first,
        measure_lengths(estimates[first:], actuals[first:]),
        measure_lengths(hours[first:], actuals[first:]),
        sum(bool(one) for one in inside[first:]) / (len(tasks) - first),
    )
    figures = np.array(Describer(tasks, again).describe(check), dtype=np.float64)
    overruns = np.log(actuals / estimates)
    residuals = np.log(actuals / hours)[-_LATEST:]
    model = OwnModel(
        fit_plain(figures, overruns),
        fit_boosted(figures, overruns) if len(tasks) >= FEWEST_BOOSTED else None,
        choose(Past(estimates, actuals, np.array([one.overruns for one in told]))),
        (
            min(0.0, float(np.quantile(residuals, _END))),
            max(0.0, float(np.quantile(residuals, 1 - _END))),
        ),
        len(tasks),
    )
    return model, trial


def said_again(model: OwnModel, tasks: Sequence[TimedTask], likeness: Likeness) -> list[float]:
    """What a model says of each task from those before it, in hours.

    Args:
        model: Trained on some of them, so it knows too much of these.
        tasks: Ordered by start.
        likeness: Of their texts; used up by this.
    """
    import numpy as np

    figures = np.array(Describer(tasks, likeness).describe(), dtype=np.float64)
    estimates = np.array([task.estimate_hours for task in tasks])
    corrections = model.choice.apply(estimates, model.says(figures))
    return [float(one) for one in estimates * np.exp(corrections)]


def ask(
    model: OwnModel | None,
    known: Sequence[TimedTask],
    asked: TimedTask,
    likeness: Likeness,
    ends: tuple[float, float] = WIDE,
) -> Forecast:
    """Foretells one task that begins after all the known ones.

    Args:
        model: None: the estimate stands, with an interval that is wide.
        known: Finished ones, ordered by start.
        asked: The one in question.
        likeness: Of the texts of all, the one asked about last.
        ends: Of the interval where there is no model.
    """
    import numpy as np

    figures = np.array(Describer([*known, asked], likeness).describe(), dtype=np.float64)[-1:]
    said = (0.0, 0.0)
    hours = asked.estimate_hours
    if model is not None:
        told = model.says(figures)
        said, ends = (float(told[0, 0]), float(told[0, 1])), model.ends
        hours *= math.exp(float(model.choice.apply(np.array([hours]), told)[0]))
    return Forecast(
        hours,
        hours * math.exp(ends[0]),
        hours * math.exp(ends[1]),
        abs(hours / asked.estimate_hours - 1) > 0.01,  # noqa: PLR2004 - less is not worth a word
        said,
        tuple(float(one) for one in figures[0]),
    )


def lengths(
    model: OwnModel, known: Sequence[TimedTask], asked: Sequence[TimedTask], likeness: Likeness
) -> list[float]:
    """As ``ask``, for several tasks at once, and without intervals.

    Args:
        model: What was learnt.
        known: Finished ones, ordered by start.
        asked: Those in question, not finished; at least one.
        likeness: Of the texts of all, those asked about last.

    Returns:
        Hours of each of them.
    """
    import numpy as np

    described = Describer([*known, *asked], likeness).describe()[-len(asked) :]
    figures = np.array(described, dtype=np.float64)
    hours = np.array([task.estimate_hours for task in asked])
    corrections = model.choice.apply(hours, model.says(figures))
    return [float(one) for one in hours * np.exp(corrections)]
