"""What lies ahead: reviews that fall due day by day, and lessons that have a date."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.domain.clock import Clock
from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.study import Card, Enrolment
from assistant.services.jobs import Job, Workers
from assistant.services.study.planning import PathWish, PlannedPath
from assistant.store.cards import CardRepository
from assistant.store.study import StudyRepository

DAYS = 30
_MINUTES_A_CARD = 0.2


@dataclass(frozen=True, slots=True)
class DatedLesson:
    """A lesson and the day that is planned for it."""

    course: CourseId
    concept: ConceptId
    title: str
    course_title: str
    minutes: float


@dataclass(frozen=True, slots=True)
class DayAhead:
    """One day.

    Args:
        day: Which one.
        due: Cards that fall due on it if all before are done; on the first day those that are
            behind as well. New cards are not counted, nor those that come back within the days.
        minutes: About how long these take.
        lessons: Planned for it.
    """

    day: date
    due: int
    minutes: float
    lessons: tuple[DatedLesson, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """The next days.

    Args:
        days: All of them, today first.
        behind: How many of today's cards fell due before today.
        planned: Whether any course has a deadline or hours a week, and so dates.
    """

    days: tuple[DayAhead, ...]
    behind: int
    planned: bool

    @property
    def due(self) -> int:
        """Cards of all days."""
        return sum(day.due for day in self.days)


class OutlookService:
    """Looks ahead; every job is done in the pool.

    Args:
        workers: The pool and the store thread.
        clock: Tells today.
        study: Gives the vault's repository of what was done, on the store thread.
        cards: Gives the vault's repository of cards, on the store thread.
        plan: Plans the way through a course; called in the pool.
    """

    def __init__(
        self,
        workers: Workers,
        clock: Clock,
        study: Callable[[], StudyRepository],
        cards: Callable[[], CardRepository],
        plan: Callable[[PathWish], PlannedPath],
    ) -> None:
        self._workers = workers
        self._clock = clock
        self._study = study
        self._cards = cards
        self._plan = plan

    def look(self, days: int = DAYS) -> Job[Outlook]:
        """The next days, today among them."""
        return self._workers.in_pool(lambda _: self.look_now(days))

    def look_now(self, count: int) -> Outlook:
        """The same at once; in the pool."""
        enrolments, cards = self._workers.on_store(
            lambda: (self._study().enrolments(), self._cards().all())
        ).result()
        today = _local_day(self._clock.now())
        last = today + timedelta(days=count - 1)
        due: dict[date, int] = {}
        behind = 0
        for day in (_due_day(card) for card in cards):
            if day is not None and day <= last:
                due[max(day, today)] = due.get(max(day, today), 0) + 1
                behind += day < today
        dated = [one for one in enrolments if one.deadline or one.hours_a_week]
        lessons = self._lessons(dated, today, last)
        days = tuple(
            DayAhead(day, due.get(day, 0), due.get(day, 0) * _MINUTES_A_CARD, lessons.get(day, ()))
            for day in (today + timedelta(days=at) for at in range(count))
        )
        return Outlook(days, behind, bool(dated))

    def _lessons(
        self, enrolments: list[Enrolment], today: date, last: date
    ) -> Mapping[date, tuple[DatedLesson, ...]]:
        """The planned lessons of each day; of a lesson over several days the first."""
        found: dict[date, tuple[DatedLesson, ...]] = {}
        for enrolment in enrolments:
            deadline = _local_day(enrolment.deadline) if enrolment.deadline else None
            late = deadline is not None and deadline < today
            wish = PathWish(
                enrolment.course,
                deadline=None if late else deadline,
                hours_a_week=enrolment.hours_a_week,
            )
            path = self._plan(wish)
            begun: set[ConceptId] = set()
            for session in path.plan.sessions:
                for piece in session.pieces:
                    if piece.due or piece.concept in begun or session.day > last:
                        continue
                    begun.add(piece.concept)
                    lesson = DatedLesson(
                        enrolment.course,
                        piece.concept,
                        path.course.concept(piece.concept).title,
                        path.course.title,
                        piece.minutes,
                    )
                    found[session.day] = (*found.get(session.day, ()), lesson)
        return found


def _due_day(card: Card) -> date | None:
    """The day on which a card falls due; None for one that is new or put aside."""
    if card.memory is None or card.suspended:
        return None
    return _local_day(card.memory.due)


def _local_day(moment: datetime) -> date:
    return moment.astimezone().date()
