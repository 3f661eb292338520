"""Tasks with an estimate and with the time that they took, and when that time could be known."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from assistant.domain.errors import UserFacingError
from assistant.planner.learning.tables import Row, RowProblems, nothing, read_table

COLUMNS: Final = (
    "person",
    "text",
    "category",
    "priority",
    "estimate_hours",
    "actual_hours",
    "start",
)
_MOST_HOURS: Final = 100_000.0
_HOURS_A_DAY: Final = 6.0
_DAYS_OF_WORK: Final = 7 / 5
"""Days that pass for a day of work."""
_FORMATS: Final = ("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y/%m/%d", "%d-%m-%Y")
_CLOCKS: Final = ("", " %H:%M", " %H:%M:%S")


@dataclass(frozen=True, slots=True)
class TimedTask:
    """One task. Hours are positive."""

    person: str
    text: str
    category: str
    priority: str
    estimate_hours: float
    actual_hours: float | None
    """None where it is not finished: it can be asked about and is not learnt from."""
    start: datetime
    """With a zone."""
    finished: datetime | None = None
    """When it was finished, where that is recorded."""

    @property
    def known_from(self) -> datetime:
        """The moment from which it may be learnt how long it took.

        Where the finish is not recorded it is taken late: six hours of work a day on five days of
        the week, and one day more. Whoever works on several things at once needs longer still,
        which no table tells.
        """
        if self.finished is not None:
            return self.finished
        days = (self.actual_hours or 0.0) / _HOURS_A_DAY * _DAYS_OF_WORK
        return self.start + timedelta(days=math.ceil(days) + 1)


@dataclass(frozen=True, slots=True)
class Tracked:
    """The time that was tracked on one task, done or not, in hours.

    Args:
        category: Its project or tag.
        spent: So far.
        estimated: What the user thought; None where that was not said.
        is_open: Whether something is left to do.
    """

    category: str
    spent: float
    estimated: float | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that are no finished task with an estimate: which, by line, and how many."""

    count: int
    first_rows: tuple[int, ...]


def read_timed_tasks(
    data: bytes, name: str, check: Callable[[], object] = nothing
) -> tuple[list[TimedTask], LeftOut]:
    """The finished tasks of a table, ordered by start, and what was left out of it.

    A row without an estimate, a real length or a start, or with one of 0 hours, is left out.

    Args:
        data: The file.
        name: Of the file, for what is said of it.
        check: Called often; what it raises ends the reading.

    Raises:
        UserFacingError: See ``tables.read_table``; or a number or a moment cannot be read, or is
            negative; or no row is left.
    """
    rows = read_table(data, COLUMNS, name, check)
    problems = RowProblems(name)
    starts = _starts(rows, problems)
    tasks: list[TimedTask] = []
    left_out: list[int] = []
    for row, start in zip(rows, starts, strict=True):
        check()
        try:
            estimate, actual = _hours(row, "estimate_hours"), _hours(row, "actual_hours")
        except ValueError as error:
            problems.add(row, str(error))
            continue
        if not estimate or not actual or start is None:
            left_out.append(row.number)
            continue
        cells = row.cells
        tasks.append(
            TimedTask(
                cells["person"],
                cells["text"],
                cells["category"],
                cells["priority"],
                estimate,
                actual,
                start,
            )
        )
    problems.raise_if_any()
    if not tasks:
        raise UserFacingError(
            f"{name} holds no finished task with an estimate.",
            "Rows need estimate_hours and actual_hours above 0, and a start.",
            code="table_empty",
        )
    tasks.sort(key=lambda task: task.start)
    return tasks, LeftOut(len(left_out), tuple(left_out[:10]))


def _hours(row: Row, column: str) -> float | None:
    hours = row.number_in(column)
    if hours is not None and not 0 <= hours <= _MOST_HOURS:
        raise ValueError(f"{column} is {'negative' if hours < 0 else 'too large'}")
    return hours


def _starts(rows: Sequence[Row], problems: RowProblems) -> list[datetime | None]:
    """The moments, by the one way of writing dates that fits all of them."""
    texts = [row.cells["start"] for row in rows]
    given = [text for text in texts if text]
    ways: list[str | None] = [None]
    ways += [day + clock for day in _FORMATS for clock in _CLOCKS]
    for way in ways:
        if all(_moment(text, way) is not None for text in given):
            return [_moment(text, way) if text else None for text in texts]
    for row in rows:
        text = row.cells["start"]
        if text and _moment(text, None) is None:
            problems.add(row, "start is not a date such as 2026-03-02 or 2026-03-02T09:00")
    return [None] * len(rows)


def _moment(text: str, way: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if way is None else datetime.strptime(text, way)  # noqa: DTZ007 - the zone is given below
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found.astimezone(UTC) if 1 < found.year < 9900 else None  # noqa: PLR2004 - room for adding days
    except (ValueError, OverflowError):
        return None
