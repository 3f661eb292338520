"""How long tasks will take: the user's estimate, corrected where that has proved right before.

Tasks are gone through in the order of their starts, and each is foretold from what was finished
before it began: figures by ``duration_figures``, models by ``overrun_models`` trained anew when
enough is new, their use by ``choosing`` and ``trusting``, intervals by ``intervals``.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant.planner.learning.choosing import Choice, Past, choose
from assistant.planner.learning.duration_figures import Describer, overrun
from assistant.planner.learning.intervals import Intervals
from assistant.planner.learning.likeness import Likeness, WordLikeness
from assistant.planner.learning.overrun_models import (
    FEWEST_BOOSTED,
    FEWEST_PLAIN,
    boosted_predict,
    fit_boosted,
    fit_plain,
)
from assistant.planner.learning.tables import nothing
from assistant.planner.learning.timed_tasks import TimedTask
from assistant.planner.learning.trusting import Trust

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODELS: Final = ("plain", "boosted")
_GROWTH: Final = 1.07
_AT_LEAST: Final = 10
_STEPS_DOWN: Final = (1.0, 0.8, 0.63, 0.5, 0.4, 0.32, 0.25)
"""Smaller estimates at which is looked so that a larger one never gives less."""
_STEPS: Final = (*(1 / step for step in reversed(_STEPS_DOWN[1:])), *_STEPS_DOWN)
_LATEST: Final = 4000
"""How many of the last tasks decide on the use of a model."""
_SIZES: Final = (0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True, slots=True)
class Forecast:
    """How long one task will take, in hours.

    Args:
        hours: The best guess; the user's own where nothing beats it.
        low: In one of ten cases it takes less.
        high: In one of ten cases it takes more.
        corrected: Whether it is another figure than the user's.
        overruns: What each model says, as the logarithm of real length over estimate.
        figures: What that rests on; see ``duration_figures.NAMES``.
    """

    hours: float
    low: float
    high: float
    corrected: bool
    overruns: tuple[float, ...]
    figures: tuple[float, ...]


def foretell(
    tasks: Sequence[TimedTask],
    likeness: Likeness | None = None,
    check: Callable[[], object] = nothing,
) -> list[Forecast]:
    """Foretells each task from what was finished before it began.

    Args:
        tasks: Ordered by start; those without a real length are foretold and not learnt from.
        likeness: Of their texts, by place; by words where it is left out.
        check: Called often; what it raises ends this.
    """
    import numpy as np

    describer = Describer(tasks, likeness or WordLikeness([task.text for task in tasks]))
    figures = np.array(describer.describe(check), dtype=np.float64)
    said = _corrections(tasks, figures, describer.known_before, check)
    return _Chosen(tasks, figures, said).forecasts(describer.known_before, check)


def _corrections(
    tasks: Sequence[TimedTask],
    figures: "NDArray[np.float64]",
    known_before: Sequence[Sequence[int]],
    check: Callable[[], object],
) -> "NDArray[np.float64]":
    """What each model says of each task at each step of size, shape ``(n, steps, models)``."""
    import numpy as np

    overruns = np.array([overrun(task) for task in tasks])
    said = np.zeros((len(tasks), len(_STEPS), len(MODELS)))
    known: list[int] = []
    trained_on = 0
    begin = 0
    for at in range(len(tasks) + 1):
        check()
        fresh = known_before[at] if at < len(tasks) else ()
        due = len(known) + len(fresh) >= max(trained_on * _GROWTH, trained_on + _AT_LEAST)
        if at == len(tasks) or (due and len(known) + len(fresh) >= FEWEST_PLAIN):
            if trained_on:
                _say(said, figures, overruns, slice(begin, at), known[:trained_on])
            begin = at
            known += fresh
            trained_on = len(known)
        else:
            known += fresh
    return said


def _say(
    said: "NDArray[np.float64]",
    figures: "NDArray[np.float64]",
    overruns: "NDArray[np.float64]",
    where: slice,
    known: Sequence[int],
) -> None:
    """Trains on what is known and fills in what the models say of a stretch of tasks."""
    import numpy as np

    plain = fit_plain(figures[known], overruns[known])
    boosted = fit_boosted(figures[known], overruns[known]) if len(known) >= FEWEST_BOOSTED else None
    stretch = figures[where]
    grid = np.repeat(stretch, len(_STEPS), axis=0)
    grid[:, 0] += np.tile(np.log(_STEPS), len(stretch))
    told = plain.predict(grid)
    shape = (len(stretch), len(_STEPS))
    said[where, :, 0] = told.reshape(shape)
    said[where, :, 1] = (told if boosted is None else boosted_predict(boosted, grid)).reshape(shape)


class _Chosen:
    """Goes through the tasks once more: what to use of the models, and how wide.

    Args:
        tasks: Ordered by start.
        figures: Of each.
        said: What the models say, shape ``(n, steps, models)``.
    """

    def __init__(
        self,
        tasks: Sequence[TimedTask],
        figures: "NDArray[np.float64]",
        said: "NDArray[np.float64]",
    ) -> None:
        import numpy as np

        self._tasks = tasks
        self._figures = figures
        self._said = said
        self._own = _STEPS.index(1.0)
        self._estimates = np.array([task.estimate_hours for task in tasks])
        self._actuals = np.array([task.actual_hours or task.estimate_hours for task in tasks])
        self._choice = Choice()
        self._corrected: list[float] = []
        self._trust = Trust()

    def forecasts(
        self, known_before: Sequence[Sequence[int]], check: Callable[[], object]
    ) -> list[Forecast]:
        """One for each task."""
        intervals: Intervals | None = None
        known: list[int] = []
        chosen_on = 0
        found: list[Forecast] = []
        for at in range(len(self._tasks)):
            check()
            for one in known_before[at]:
                known.append(one)
                self._learn(one, found[one], intervals)
            if len(known) >= max(chosen_on * _GROWTH, chosen_on + _AT_LEAST):
                chosen_on = len(known)
                self._choose(known)
                if intervals is None:
                    intervals = self._intervals(known, found)
            found.append(self._forecast(at, intervals or Intervals()))
        return found

    def _choose(self, known: Sequence[int]) -> None:
        latest = list(known[-_LATEST:])
        told = self._said[latest, self._own]
        self._choice = choose(Past(self._estimates[latest], self._actuals[latest], told))

    def _intervals(self, known: Sequence[int], found: Sequence[Forecast]) -> Intervals | None:
        """Begins them, with what is known already."""
        import numpy as np

        if len(known) < FEWEST_PLAIN:
            return None
        bounds = np.quantile(self._estimates[list(known)], _SIZES)
        intervals = Intervals(tuple(sorted({float(one) for one in bounds})))
        for one in known:
            self._learn_ends(one, found[one], intervals)
        return intervals

    def _learn(self, one: int, told: Forecast, intervals: Intervals | None) -> None:
        if intervals is not None:
            self._learn_ends(one, told, intervals)
        task = self._tasks[one]
        actual = float(self._actuals[one])
        self._trust.learn(task.person, task.estimate_hours, self._corrected[one], actual)

    def _learn_ends(self, one: int, told: Forecast, intervals: Intervals) -> None:
        residual = math.log(float(self._actuals[one]) / told.hours)
        ends = (math.log(told.low / told.hours), math.log(told.high / told.hours))
        intervals.learn(self._tasks[one].estimate_hours, residual, ends)

    def _forecast(self, at: int, intervals: Intervals) -> Forecast:
        import numpy as np

        task = self._tasks[at]
        hours = task.estimate_hours
        if self._choice.is_used:
            sizes = task.estimate_hours * np.array(_STEPS)
            told = sizes * np.exp(self._choice.apply(sizes, self._said[at]))
            # Between the two bounds that never fall with the estimate; both are monotone.
            order = np.argsort(sizes)
            rank = int(np.flatnonzero(order == self._own)[0])
            told = told[order]
            hours = math.sqrt(float(told[: rank + 1].max()) * float(told[rank:].min()))
        # Corrections are told apart from what is said: so they can win trust, and win it back.
        self._corrected.append(hours)
        if not self._trust.has(task.person):
            hours = task.estimate_hours
        ends = intervals.ends(task.estimate_hours)
        return Forecast(
            hours,
            hours * math.exp(min(ends[0], 0.0)),
            hours * math.exp(max(ends[1], 0.0)),
            abs(hours / task.estimate_hours - 1) > 1e-9,  # noqa: PLR2004 - equal but for rounding
            tuple(float(one) for one in self._said[at, self._own]),
            tuple(float(one) for one in self._figures[at]),
        )
