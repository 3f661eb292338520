"""Work that was to be handed in: what was known of it, and of its author, on the due morning.

A row is described by what is in the calendar (course, round, kind, weight, due day), by how others
did at the same and at like work, and by what its author had done *before* its due day. What the
author handed in on that day or later is not known yet, nor whether it ever will be. Work that was
due earlier in the same round and is still out counts as late by the days that have passed; which
work that is, the calendar of the course tells (what many others had to do), and not the author's
rows: where a table names only what came in some day, a row that is there would tell the future.
Of the others everything is known, also what they did on that day and later: they are people whose
round is over, and never the author.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from assistant.planner.learning.tables import RowProblems, nothing, read_table

COLUMNS: Final = (
    "student",
    "module",
    "presentation",
    "type",
    "weight",
    "due_day",
    "submitted_day",
)
_ROUND: Final = re.compile(r"(\d{4})([A-L])\Z")
_APART: Final = 400
"""Days between rounds whose names do not tell their month."""
_FARTHEST: Final = 100_000
_WINDOW: Final = 100
"""How many neighbours in time are looked at, on either side: one author may have thousands."""
_FADING: Final = 0.7
_CLIP: Final = 30
_LITTLE: Final = 3
"""Days by which something is just late."""
_OF_MANY: Final = 0.2
"""Share of the people of a round from which on a work is the course's and not somebody's own."""
_NAN: Final = math.nan
_QUANTILES: Final = (0.1, 0.25, 0.5, 0.75)
Work = tuple[str, str, str, float, int]


@dataclass(frozen=True, slots=True)
class Submission:
    """One piece of work of one author. Days count from the start of the round."""

    student: str
    module: str
    presentation: str
    kind: str
    weight: float
    """NaN where it is not known."""
    due_day: int
    submitted_day: float
    """Infinite where it was never handed in."""

    @property
    def on_time(self) -> bool:
        """Whether it was handed in by its due day."""
        return self.submitted_day <= self.due_day

    @property
    def work(self) -> Work:
        """What was to be done, whoever did it."""
        weight = -1.0 if math.isnan(self.weight) else self.weight
        return (self.module, self.presentation, self.kind, weight, self.due_day)


def read_submissions(
    data: bytes, name: str, check: Callable[[], object] = nothing
) -> tuple[list[Submission], int]:
    """The submissions of a table, and how many rows have no due day and were left out.

    Args:
        data: The file.
        name: Of the file, for what is said of it.
        check: Called often; what it raises ends the reading.

    Raises:
        UserFacingError: See ``tables.read_table``; or a number cannot be read.
    """
    problems = RowProblems(name)
    found: list[Submission] = []
    skipped = 0
    for row in read_table(data, COLUMNS, name, check):
        check()
        try:
            weight, due, done = (row.number_in(column) for column in COLUMNS[4:])
        except ValueError as error:
            problems.add(row, str(error))
            continue
        student, module, presentation, kind = (row.cells[column] for column in COLUMNS[:4])
        if not student:
            problems.add(row, "student is empty")
        elif max(abs(due or 0), abs(done or 0)) > _FARTHEST:
            problems.add(row, "a day is too far away")
        elif due is None:
            skipped += 1
        else:
            found.append(
                Submission(
                    student,
                    module,
                    presentation,
                    kind,
                    _NAN if weight is None else weight,
                    math.floor(due),
                    math.inf if done is None else math.floor(done),
                )
            )
    problems.raise_if_any()
    return found, skipped


class Others:
    """How others did: what their works tell of a like one.

    Args:
        rows: Theirs.
    """

    def __init__(self, rows: Sequence[Submission]) -> None:
        self._leads: dict[Work, list[float]] = defaultdict(list)
        self._alike: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        self._days: dict[tuple[str, str], list[float]] = defaultdict(list)
        people: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in rows:
            self._leads[row.work].append(row.due_day - row.submitted_day)
            for key in ((row.module, row.kind), ("", row.kind), ("", "")):
                counts = self._alike[key]
                counts[0] += row.on_time
                counts[1] += 1
            self._days[row.module, row.presentation].append(row.submitted_day)
            people[row.module, row.presentation].add(row.student)
        for values in (*self._leads.values(), *self._days.values()):
            values.sort()
        self._after = _steps(rows)
        self._people = {key: len(found) for key, found in people.items()}
        self._calendars = _calendars(rows, self._people)

    def rate(self, row: Submission) -> tuple[float, float]:
        """How often the same and how often like work was on time; both inside 0 to 1."""
        alike = 0.5
        for key in (("", ""), ("", row.kind), (row.module, row.kind)):
            done, count = self._alike.get(key, (0, 0))
            alike = (done + 2 * alike) / (count + 2)
        leads = self._leads.get(row.work, [])
        in_time = len(leads) - bisect_left(leads, 0)
        return (in_time + 10 * alike) / (len(leads) + 10), alike

    def quantiles(self, row: Submission) -> list[float]:
        """By how many days others were early at this work; NaN where there are none."""
        leads = self._leads.get(row.work, [])
        if not leads:
            return [_NAN] * len(_QUANTILES)
        return [max(leads[int(len(leads) * share)], -_CLIP) for share in _QUANTILES]

    def rank(self, work: Work, lead: float) -> float:
        """How early that is among the others: 0 to 1."""
        leads = self._leads.get(work, [])
        middle = (bisect_left(leads, lead) + bisect_right(leads, lead)) / 2
        return (middle + 0.5) / (len(leads) + 1)

    def after(self, row: Submission, last: Submission, lead: float, usual: float) -> float:
        """How often it was on time among those who were as early at the work before."""
        done, count = self._after.get((row.work, last.work, _band(lead)), (0, 0))
        return (done + 5 * usual) / (count + 5)

    def overdue(self, row: Submission, handed_in: Counter[Work]) -> list[Work]:
        """Works of its course that were due before it and that its author has not handed in."""
        calendar = self._calendars.get((row.module, row.presentation), {})
        return [
            work
            for work, times in calendar.items()
            if work[-1] < row.due_day
            for _ in range(times - handed_in[work])
        ]

    def is_everyones(self, work: Work) -> bool:
        """Whether a work stands in the calendar of its course."""
        return work in self._calendars.get(work[:2], {})

    def expected(self, row: Submission) -> float:
        """How many works of the course others had handed in by that day, on average."""
        key = (row.module, row.presentation)
        return bisect_left(self._days.get(key, []), row.due_day) / max(1, self._people.get(key, 0))


def _calendars(
    rows: Iterable[Submission], people: dict[tuple[str, str], int]
) -> dict[tuple[str, str], dict[Work, int]]:
    """The works of each round that many had to do, and how often each of them."""
    times: dict[Work, Counter[str]] = defaultdict(Counter)
    for row in rows:
        times[row.work][row.student] += 1
    found: dict[tuple[str, str], dict[Work, int]] = defaultdict(dict)
    for work in sorted(times, key=lambda one: (one[-1], one)):
        counts = sorted(times[work].values())
        if len(counts) >= max(2, _OF_MANY * people[work[:2]]):
            found[work[:2]][work] = counts[len(counts) // 2]
    return found


def _band(lead: float) -> int:
    return bisect_left((-7, -2, 0, 1, 2, 4, 8), lead)


def _steps(rows: Iterable[Submission]) -> dict[tuple[Work, Work, int], tuple[int, int]]:
    """How those who were so early at one work did at the next of its kind in the round."""
    paths: dict[tuple[str, str, str, str], list[Submission]] = defaultdict(list)
    for row in rows:
        paths[row.student, row.module, row.presentation, row.kind].append(row)
    found: dict[tuple[Work, Work, int], tuple[int, int]] = {}
    for path in paths.values():
        path.sort(key=lambda row: row.due_day)
        for last, row in pairwise(path):
            if last.due_day < row.due_day:
                lead = last.due_day - min(last.submitted_day, row.due_day)
                key = (row.work, last.work, _band(lead))
                done, count = found.get(key, (0, 0))
                found[key] = (done + row.on_time, count + 1)
    return found


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row in absolute days, with what is asked of others once."""

    row: Submission
    due: float
    done: float
    rate: float
    alike: float


@dataclass(frozen=True, slots=True)
class _Known:
    """What a due morning shows of another row of the same author."""

    row: Submission
    due: float
    lead: float
    on_time: float
    rate: float
    rank: float
    handed_in: bool


def first_days(presentations: Iterable[str]) -> dict[str, float]:
    """The day on which each round begins, on one common count.

    Names such as 2013J hold year and month (A is January); where any name does not, the rounds
    follow one another in the order of their names.
    """
    names = sorted(set(presentations))
    matches = [_ROUND.match(name) for name in names]
    if not all(matches):
        return {name: float(_APART * at) for at, name in enumerate(names)}
    return {
        found[0]: float(date(max(int(found[1]), 1), ord(found[2]) - 64, 1).toordinal())
        for found in matches
        if found
    }


class Describer:
    """Turns rows into figures.

    Args:
        train: What categories there are is learnt from these.
    """

    def __init__(self, train: Sequence[Submission]) -> None:
        self._codes = [
            _codes(row.module for row in train),
            _codes(row.kind for row in train),
        ]
        self._rounds = _codes(row.presentation for row in train)

    categories: Final = (0, 1)
    """Which figures are names of things and not amounts."""

    def describe(
        self,
        rows: Sequence[Submission],
        others: Callable[[str], Others],
        check: Callable[[], object] = nothing,
    ) -> list[list[float]]:
        """The figures of each row, in the order of the rows.

        Args:
            rows: Everything that is known of their authors stands in them.
            others: Whose figures a student is compared with: never with their own.
            check: Called often; what it raises ends this.
        """
        days = first_days(row.presentation for row in rows)
        by_student: dict[str, list[int]] = defaultdict(list)
        for at, row in enumerate(rows):
            by_student[row.student].append(at)
        figures: list[list[float]] = [[] for _ in rows]
        for student, places in by_student.items():
            check()
            peers = others(student)
            placed = [_placed(rows[at], days, peers) for at in places]
            order = sorted(range(len(places)), key=lambda one: (placed[one].due, one))
            for at, one in enumerate(order):
                around = order[max(0, at - _WINDOW) : at + _WINDOW]
                known = _known(
                    [placed[other] for other in around if other != one], placed[one], peers
                )
                figures[places[one]] = self._figures(placed[one], known, peers)
        return figures

    def _figures(self, now: _Placed, known: list[_Known], peers: Others) -> list[float]:
        row = now.row
        alike = [one for one in known if one.row.kind == row.kind]
        here = [
            one
            for one in known
            if (one.row.module, one.row.presentation) == (row.module, row.presentation)
        ]
        both = [one for one in here if one.row.kind == row.kind]
        handed = [one for one in known if one.handed_in]
        last = max((one.due - one.lead for one in handed), default=_NAN)
        before = max((one.due for one in known if one.due < now.due), default=_NAN)
        done_here = sum(one.handed_in for one in here)
        expected = peers.expected(row)
        return [
            self._codes[0].get(row.module, _NAN),
            self._codes[1].get(row.kind, _NAN),
            self._rounds.get(row.presentation, _NAN),
            now.rate,
            now.alike,
            *peers.quantiles(row),
            row.weight,
            row.due_day,
            *(value for part in (known, alike, both) for value in _summed(part)),
            *_latest(alike, 3),
            *_latest(known, 2),
            len(known) - len(handed),
            now.due - last,
            now.due - before,
            done_here - expected,
            done_here / (0.5 + expected),
            peers.after(row, both[-1].row, both[-1].lead, now.rate) if both else now.rate,
            *_habits(known),
            *_habits(alike),
        ]


def _codes(names: Iterable[str]) -> dict[str, float]:
    return {name: float(at) for at, name in enumerate(sorted(set(names))[:200])}


def _placed(row: Submission, days: dict[str, float], peers: Others) -> _Placed:
    start = days[row.presentation]
    return _Placed(row, start + row.due_day, start + row.submitted_day, *peers.rate(row))


def _known(rows: Iterable[_Placed], now: _Placed, peers: Others) -> list[_Known]:
    """What is known of an author before a day begins, in the order of due days.

    Args:
        rows: Theirs, but for the one in question.
        now: The one in question; the day is that on which it is due.
        peers: Whose calendar tells what else was due by then.
    """
    found: list[_Known] = []
    handed_in: Counter[Work] = Counter()
    for one in rows:
        work = one.row.work
        if one.done < now.due:
            handed_in[work] += 1
            lead, on_time = one.due - one.done, float(one.done <= one.due)
        elif one.due < now.due and not peers.is_everyones(work):
            lead, on_time = one.due - now.due, 0.0
        else:
            continue
        rank = peers.rank(work, lead)
        found.append(_Known(one.row, one.due, lead, on_time, one.rate, rank, one.done < now.due))
    for work in peers.overdue(now.row, handed_in):
        row = Submission(now.row.student, *work, math.inf)
        lead = float(row.due_day - now.row.due_day)
        rank, rate = peers.rank(work, lead), peers.rate(row)[0]
        found.append(_Known(row, now.due + lead, lead, 0.0, rate, rank, handed_in=False))
    return sorted(found, key=lambda one: one.due)


def _summed(known: list[_Known]) -> list[float]:
    """What many earlier works come to: those done last count most."""
    count = len(known)
    if not count:
        return [0.0] + [_NAN] * 11
    weights = [_FADING ** (count - 1 - at) for at in range(count)]
    whole = sum(weights)
    leads = [max(-_CLIP, min(_CLIP, one.lead)) for one in known]
    ranks = [one.rank for one in known]
    beyond = [one.on_time - one.rate for one in known]
    return [
        count,
        sum(one.on_time for one in known) / count,
        sum(beyond) / (count + 2),
        _dot(weights, beyond) / (whole + 0.7),
        _dot(weights, leads) / whole,
        sum(leads) / count,
        min(leads),
        max(leads),
        sum(ranks) / count,
        _dot(weights, ranks) / whole,
        min(ranks),
        max(ranks),
    ]


def _habits(known: list[_Known]) -> list[float]:
    """How often on the very day, just late, very late and early; what came last, and the swing."""
    count = len(known)
    if not count:
        return [_NAN] * 7
    leads = [max(-_CLIP, min(_CLIP, one.lead)) for one in known]
    mean = sum(leads) / count
    weights = [0.4 ** (count - 1 - at) for at in range(count)]
    streak = next((at for at, one in enumerate(reversed(known)) if not one.on_time), count)
    return [
        sum(lead == 0 for lead in leads) / count,
        sum(-_LITTLE <= lead < 0 for lead in leads) / count,
        sum(lead < -_LITTLE for lead in leads) / count,
        sum(lead > 1 for lead in leads) / count,
        _dot(weights, [one.on_time - one.rate for one in known]) / (sum(weights) + 0.3),
        streak,
        math.sqrt(sum((lead - mean) ** 2 for lead in leads) / count),
    ]


def _dot(left: list[float], right: list[float]) -> float:
    return sum(one * other for one, other in zip(left, right, strict=True))


def _latest(known: list[_Known], count: int) -> list[float]:
    """The last few one by one, the last first."""
    found: list[float] = []
    for at in range(1, count + 1):
        if len(known) < at:
            found += [_NAN] * 3
        else:
            one = known[-at]
            found += [one.lead, one.on_time - one.rate, one.rank]
    return found
