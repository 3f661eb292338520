"""How good the planner's predictions are on somebody's data, from files of theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assistant.domain.errors import UserFacingError
from assistant.planner.learning.durations import Forecast, foretell
from assistant.planner.learning.measures import (
    ChanceMeasures,
    LengthMeasures,
    measure_chances,
    measure_lengths,
)
from assistant.planner.learning.on_time import OnTimeModel, enough
from assistant.planner.learning.submissions import Submission, read_submissions
from assistant.planner.learning.timed_tasks import LeftOut, TimedTask, read_timed_tasks
from assistant.services.jobs import Job, Workers

_LATER: Final = 0.7
_LARGEST_BYTES: Final = 256 << 20


@dataclass(frozen=True, slots=True)
class EstimateReport:
    """Estimates and their corrections over the last 30 % of the tasks.

    Args:
        user: Of the people's own figures.
        model: Of the corrected ones.
        coverage: Share of the tasks inside their 80 % interval: 0 to 1.
        left_out: Rows that are no finished task with an estimate.
        tasks: The tasks measured.
        forecasts: What was foretold of each.
    """

    user: LengthMeasures
    model: LengthMeasures
    coverage: float
    left_out: LeftOut
    tasks: tuple[TimedTask, ...]
    forecasts: tuple[Forecast, ...]


@dataclass(frozen=True, slots=True)
class OnTimeReport:
    """Chances of being on time for people that were not learnt from.

    Args:
        measures: How good they are.
        skipped: Rows without a due day in both files.
        chances: One for each row with a due day, in the order of the file.
        students_in_both: People of the second file who stand in the first one too; their rows
            there are not learnt from, for they would be compared with their own outcomes.
    """

    measures: ChanceMeasures
    skipped: int
    chances: tuple[float, ...]
    students_in_both: int


class EvaluationService:
    """Reads tables and measures; needs no vault.

    Args:
        workers: The pool, in which it is done.
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    def estimates(self, file: Path) -> Job[EstimateReport]:
        """Measures the correction of estimates on a table of finished tasks.

        Raises (by the job):
            UserFacingError: The file cannot be read, or is no such table.
        """
        return self._workers.in_pool(
            lambda job: _estimates(_read(file), file.name, job.cancel_token.raise_if_cancelled)
        )

    def on_time(self, train: Path, test: Path) -> Job[OnTimeReport]:
        """Learns from one table of submissions and foretells those of another.

        Raises (by the job):
            UserFacingError: A file cannot be read or is no such table; or nothing can be learnt
                from the first (``training_too_small``).
        """

        def work(job: Job[OnTimeReport]) -> OnTimeReport:
            check = job.cancel_token.raise_if_cancelled
            known, skipped = read_submissions(_read(train), train.name, check)
            asked, more = read_submissions(_read(test), test.name, check)
            return _on_time(known, asked, skipped + more, check)

        return self._workers.in_pool(work)


def _estimates(data: bytes, name: str, check: Callable[[], object]) -> EstimateReport:
    import numpy as np

    tasks, left_out = read_timed_tasks(data, name, check)
    first = min(int(len(tasks) * _LATER), len(tasks) - 1)
    told = foretell(tasks, check=check)[first:]
    tasks = tasks[first:]
    actual = np.array([task.actual_hours or 0.0 for task in tasks])
    inside = [one.low <= hours <= one.high for one, hours in zip(told, actual, strict=True)]
    return EstimateReport(
        measure_lengths(np.array([task.estimate_hours for task in tasks]), actual),
        measure_lengths(np.array([one.hours for one in told]), actual),
        sum(bool(one) for one in inside) / len(inside),
        left_out,
        tuple(tasks),
        tuple(told),
    )


def _on_time(
    known: Sequence[Submission],
    asked: Sequence[Submission],
    skipped: int,
    check: Callable[[], object],
) -> OnTimeReport:
    import numpy as np

    both = {row.student for row in known} & {row.student for row in asked}
    known = [row for row in known if row.student not in both]
    if not enough(known):
        raise UserFacingError(
            "There is too little to learn from.",
            "The first file needs submissions of at least 20 people who are not in the second one, "
            "some on time and some late.",
            code="training_too_small",
        )
    if not asked:
        raise UserFacingError(
            "There is nothing to foretell.",
            "The second file needs rows with a due day.",
            code="table_empty",
        )
    chances = OnTimeModel(known, check).chances(asked, check)
    happened = np.array([row.on_time for row in asked], dtype=np.float64)
    return OnTimeReport(
        measure_chances(chances, happened),
        skipped,
        tuple(float(one) for one in chances),
        len(both),
    )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise UserFacingError(
            f"{path} cannot be read: {reason or 'it is not the name of a file'}.",
            "Check the name of the file.",
            code="file_not_found" if isinstance(error, FileNotFoundError) else "file_unreadable",
        ) from error
    if len(data) > _LARGEST_BYTES:
        raise UserFacingError(
            f"{path} is too large.", "A table may have up to 256 MB.", code="file_too_large"
        )
    return data
