"""What the pictures of progress show: mastery over time, study days, and how the app foretells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.domain.clock import Clock
from assistant.domain.course import Course
from assistant.domain.ids import CourseId
from assistant.domain.study import Attempt, Mastery, Review, Standing
from assistant.services.jobs import Job, Workers
from assistant.services.study.enrolments import EnrolmentService
from assistant.store.cards import CardRepository
from assistant.store.study import StudyRepository
from assistant.tutor.learner.ability import Ability
from assistant.tutor.learner.mastery import learned, masteries

_BINS = 10
_MOST_POINTS = 40


@dataclass(frozen=True, slots=True)
class MasteryPoint:
    """Mean mastery of a course at the end of a day, with its 80 % band: 0 to 1."""

    day: date
    chance: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Of the answers foretold at about one chance: how many there were, and the share right."""

    foretold: float
    came: float
    count: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well the app foretells the learner's answers.

    Args:
        bins: By foretold chance, the lowest first; empty ones are left out.
        error: Mean distance of the two, weighted by count: 0 is perfect.
        count: How many answers it rests on.
    """

    bins: tuple[CalibrationBin, ...]
    error: float
    count: int


@dataclass(frozen=True, slots=True)
class StudyDay:
    """What was done on one day."""

    day: date
    answers: int
    reviews: int
    minutes: float


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """Where the learner stands in a course.

    Args:
        course: The course.
        mastery: Of each concept, in the course's order.
        share: Mean chance over all its concepts that were begun, of all its concepts: 0 to 1.
        mastered: How many concepts are mastered.
        over_time: The mean from day to day, the earliest first.
    """

    course: Course
    mastery: tuple[Mastery, ...]
    share: float
    mastered: int
    over_time: tuple[MasteryPoint, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything that the page of progress shows."""

    courses: tuple[CourseProgress, ...]
    answers: Calibration
    reviews: Calibration
    days: tuple[StudyDay, ...]
    """Each day on which something was done, the earliest first."""
    last_seven: tuple[bool, ...]
    """Of the last seven days, today last: whether something was done."""


class ProgressService:
    """Looks back; every job is done in the pool.

    Args:
        workers: The pool and the store thread.
        clock: Tells today.
        enrolments: What the learner takes and knows.
        study: Gives the vault's repository of what was done, on the store thread.
        cards: Gives the vault's repository of cards, on the store thread.
    """

    def __init__(
        self,
        workers: Workers,
        clock: Clock,
        enrolments: EnrolmentService,
        study: Callable[[], StudyRepository],
        cards: Callable[[], CardRepository],
    ) -> None:
        self._workers = workers
        self._clock = clock
        self._enrolments = enrolments
        self._study = study
        self._cards = cards

    def look(self) -> Job[Progress]:
        """Everything at once, of the courses that are taken."""
        return self._workers.in_pool(lambda _: self._look())

    def course(self, course_id: CourseId) -> Job[CourseProgress]:
        """One course, taken or not.

        Raises (from the job):
            UserFacingError: There is no such course.
        """
        return self._workers.in_pool(lambda _: self._course(course_id))

    def _look(self) -> Progress:
        enrolments, attempts, reviews = self._workers.on_store(
            lambda: (self._study().enrolments(), self._study().attempts(), self._cards().reviews())
        ).result()
        days = _days(attempts, reviews)
        today = _local_day(self._clock.now())
        done = {day.day for day in days}
        foretold = [(one.predicted, one.correct) for one in attempts if one.unaided]
        recalled = [(one.predicted, one.recall > 1) for one in reviews if one.predicted > 0]
        return Progress(
            courses=tuple(self._course(one.course) for one in enrolments),
            answers=calibration(foretold),
            reviews=calibration(recalled),
            days=days,
            last_seven=tuple(today - timedelta(days=ago) in done for ago in range(6, -1, -1)),
        )

    def _course(self, course_id: CourseId) -> CourseProgress:
        view = self._enrolments.view(course_id)
        return CourseProgress(
            view.course,
            view.masteries,
            share_of(view.masteries),
            sum(one.standing is Standing.MASTERED for one in view.masteries),
            over_time(view.course, view.attempts),
        )


def share_of(masteries: Sequence[Mastery]) -> float:
    """Mean chance over all concepts, those not begun counting as nothing: 0 to 1."""
    begun = [one.chance for one in masteries if one.standing is not Standing.NOT_STARTED]
    return sum(begun) / len(masteries)


def calibration(foretold: Sequence[tuple[float, bool]]) -> Calibration:
    """Foretold chances beside what came, in ten bins of equal width.

    Args:
        foretold: For each answer its foretold chance (0 to 1) and whether it was right.
    """
    bins: list[CalibrationBin] = []
    error = 0.0
    for at in range(_BINS):
        inside = [each for each in foretold if min(int(each[0] * _BINS), _BINS - 1) == at]
        if not inside:
            continue
        told = sum(chance for chance, _ in inside) / len(inside)
        came = sum(right for _, right in inside) / len(inside)
        bins.append(CalibrationBin(told, came, len(inside)))
        error += abs(told - came) * len(inside) / len(foretold)
    return Calibration(tuple(bins), error, len(foretold))


def over_time(course: Course, attempts: Sequence[Attempt]) -> tuple[MasteryPoint, ...]:
    """Mean mastery over all concepts, those not begun counting as nothing, at the end of each day.

    Args:
        course: The course.
        attempts: Those on it, the earliest first.
    """
    ability = Ability({concept.id: concept.requires for concept in course.concepts})
    points: dict[date, MasteryPoint] = {}
    days = sorted({_local_day(attempt.when) for attempt in attempts})
    shown = set(days[:: max(1, -(-len(days) // _MOST_POINTS))] + days[-1:])
    for at, attempt in enumerate(learned(ability, course, attempts), 1):
        day = _local_day(attempt.when)
        ends = at == len(attempts) or _local_day(attempts[at].when) != day
        if ends and day in shown:
            known = masteries(course, attempts[:at], attempt.when, ability=ability)
            points[day] = _point(day, known)
    return tuple(points.values())


def _point(day: date, known: Sequence[Mastery]) -> MasteryPoint:
    begun = [one for one in known if one.standing is not Standing.NOT_STARTED]
    low, high = sum(one.low for one in begun), sum(one.high for one in begun)
    return MasteryPoint(day, share_of(known), low / len(known), high / len(known))


def _days(attempts: Sequence[Attempt], reviews: Sequence[Review]) -> tuple[StudyDay, ...]:
    answers: dict[date, list[float]] = {}
    recalls: dict[date, list[float]] = {}
    for attempt in attempts:
        answers.setdefault(_local_day(attempt.when), []).append(attempt.seconds)
    for review in reviews:
        recalls.setdefault(_local_day(review.when), []).append(review.seconds)
    return tuple(
        StudyDay(
            day,
            len(answers.get(day, ())),
            len(recalls.get(day, ())),
            (sum(answers.get(day, ())) + sum(recalls.get(day, ()))) / 60,
        )
        for day in sorted(answers.keys() | recalls.keys())
    )


def _local_day(moment: datetime) -> date:
    return moment.astimezone().date()
