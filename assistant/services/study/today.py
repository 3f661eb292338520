"""What Today shows: what is due, what comes next and why, and where the learner stands.

Light to import: the window makes it while it opens the place.
"""

import importlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from assistant.domain.clock import Clock
from assistant.domain.course import Course
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import CourseId
from assistant.domain.study import Attempt, Card, Enrolment, Mastery, Memory, Recall
from assistant.services.jobs import Job, Workers

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.study.decks import Deck
    from assistant.services.study.enrolments import EnrolmentService
    from assistant.services.study.progress import MasteryPoint
    from assistant.services.study.reviewing import Session
    from assistant.store.cards import CardRepository
    from assistant.store.study import StudyRepository
    from assistant.tutor.courses.layout import ConceptMap
    from assistant.tutor.learner.memory import Forgetting
    from assistant.tutor.learner.next_up import NextUp

_WEEK = 7
_CURVE_POINTS = 60
_AHEAD = 1.4
"""A curve goes on after the next review for this many times the days until it."""
_LEAST_AHEAD_DAYS = 14.0
_PRACTICE_MINUTES = 8
_LATER = (
    "assistant.services.study.planning",
    "assistant.services.study.practice",
    "assistant.services.study.marking",
    "assistant.services.study.lessons",
    "assistant.services.study.bringing",
    "assistant.services.study.syllabus",
    "assistant.tutor.making",
)


@dataclass(frozen=True, slots=True)
class CourseStanding:
    """A course that is taken, and where the learner stands in it.

    Args:
        course: The course.
        enrolment: Since when, and until when.
        mastery: Of each concept, in the course's order.
        share: Mean chance over the concepts that were begun, of all: 0 to 1.
        over_time: The mean from day to day, the earliest first.
        next_up: What comes next, and why; None where all is mastered.
        placed: Where its concepts lie on the map.
    """

    course: Course
    enrolment: Enrolment
    mastery: tuple[Mastery, ...]
    share: float
    over_time: "tuple[MasteryPoint, ...]"
    next_up: "NextUp | None"
    placed: "ConceptMap"

    @property
    def next_number(self) -> int:
        """Place of what comes next in the course, from 1; 0 where nothing does."""
        if self.next_up is None:
            return 0
        return [concept.id for concept in self.course.concepts].index(self.next_up.concept) + 1

    @property
    def next_minutes(self) -> int:
        """About how long it takes: its lesson, or some exercises."""
        if self.next_up is None:
            return 0
        learn = self.next_up.doing.value == "learn"
        minutes = self.course.concept(self.next_up.concept).minutes
        return minutes if learn else min(minutes, _PRACTICE_MINUTES)


@dataclass(frozen=True, slots=True)
class CardCurve:
    """How one card fades: pairs of days since its last review and the chance to know it.

    Args:
        front: What it asks.
        course: Of which course.
        since: The day of the last review.
        due_days: Days from now to its review; below 0 where it is late.
        kept: Until the review.
        now: Where it stands.
        after: From the review on, if it comes back.
        left_alone: From the day of the review on, if it is not done.
        goal: The chance at which reviews are placed.
    """

    front: str
    course: CourseId
    since: date
    due_days: float
    kept: tuple[tuple[float, float], ...]
    now: tuple[float, float]
    after: tuple[tuple[float, float], ...]
    left_alone: tuple[tuple[float, float], ...]
    goal: float


@dataclass(frozen=True, slots=True)
class Today:
    """Everything of the first page.

    Args:
        day: Where the learner is.
        courses: Those that are taken, the one begun first first.
        followed: Number of the course that was worked on last; -1 where there is none.
        session: What there is to review.
        next_due: The day on which the next card falls due; None where none will.
        curve: The card that is due next; None until one was reviewed.
        last_seven: Of the last seven days, today last: whether something was done.
        offered: Courses that come with the application and are not taken.
        problems: Why courses that are taken cannot be shown.
        decks: Those that were brought.
    """

    day: date
    courses: tuple[CourseStanding, ...]
    followed: int
    session: "Session"
    next_due: date | None
    curve: CardCurve | None
    last_seven: tuple[bool, ...]
    offered: tuple[Course, ...]
    problems: tuple[UserFacingError, ...]
    decks: "tuple[Deck, ...]" = ()


class TodayService:
    """Looks at today; every job is done off the window's thread.

    Args:
        workers: The pool and the store thread.
        clock: Tells today.
        enrolments: Gives what the learner takes; called in the pool, as it imports much.
        study: Gives the vault's repository of what was done, on the store thread.
        cards: Gives the vault's repository of cards, on the store thread.
    """

    def __init__(
        self,
        workers: Workers,
        clock: Clock,
        enrolments: "Callable[[], EnrolmentService]",
        study: "Callable[[], StudyRepository]",
        cards: "Callable[[], CardRepository]",
    ) -> None:
        self._workers = workers
        self._clock = clock
        self._enrolments = enrolments
        self._study = study
        self._cards = cards

    def now(self) -> datetime:
        """The present moment, by the clock of the services."""
        return self._clock.now()

    def prepare(self) -> Job[None]:
        """Imports what exercises, plans and courses stand on, so that no click waits for it."""
        return self._workers.in_pool(lambda _: _import_rest())

    def due(self) -> Job[int]:
        """How many cards there are to review, new ones as well."""
        return self._workers.in_pool(lambda _: len(self._session().cards))

    def look(self, followed: CourseId | None = None) -> Job[Today]:
        """Everything at once.

        Args:
            followed: The course to follow, whichever was worked on last.
        """
        return self._workers.in_pool(lambda _: self._look(followed))

    def standing(self, course_id: CourseId) -> Job[CourseStanding]:
        """Where the learner stands in a course that is taken.

        Raises (from the job):
            UserFacingError: There is no such course, or it is not taken.
        """
        return self._workers.in_pool(lambda _: self._standing(self._enrolments().taken(course_id)))

    def _look(self, followed: CourseId | None) -> Today:
        from assistant.tutor.learner.memory import Forgetting

        now = self._clock.now()
        from assistant.services.study.decks import decks_of

        enrolments, titles, attempts, reviews, cards = self._workers.on_store(
            lambda: (
                self._study().enrolments(),
                self._study().deck_titles(),
                self._study().attempts(),
                self._cards().reviews(),
                self._cards().all(),
            )
        ).result()
        session = self._session()
        standings, problems = self._standings(tuple(reversed(enrolments)))
        at = _followed(standings, attempts, followed)
        done = {moment.when.astimezone().date() for moment in (*attempts, *reviews)}
        today = now.astimezone().date()
        course = standings[at].course.id if at >= 0 else None
        return Today(
            day=today,
            courses=standings,
            followed=at,
            session=session,
            next_due=_first_day([one.memory.due for one in cards if one.memory], now),
            curve=curve_of(_next_due(cards, course, now), Forgetting(), now),
            last_seven=tuple(today - timedelta(days=ago) in done for ago in reversed(range(_WEEK))),
            offered=self._offered({one.course for one in enrolments}),
            problems=problems,
            decks=decks_of(titles, cards),
        )

    def _session(self) -> "Session":
        from assistant.services.study.reviewing import ReviewService
        from assistant.tutor.learner.memory import Forgetting

        reviewing = ReviewService(self._workers, self._clock, self._cards, Forgetting)
        return reviewing.session().result()

    def _standings(
        self, enrolments: tuple[Enrolment, ...]
    ) -> tuple[tuple[CourseStanding, ...], tuple[UserFacingError, ...]]:
        standings: list[CourseStanding] = []
        problems: list[UserFacingError] = []
        for enrolment in enrolments:
            try:
                standings.append(self._standing(enrolment))
            except UserFacingError as error:  # one that is broken hides no other
                problems.append(error)
        return tuple(standings), tuple(problems)

    def _standing(self, enrolment: Enrolment) -> CourseStanding:
        from assistant.services.study.progress import over_time, share_of
        from assistant.tutor.courses.graph import requirements_of
        from assistant.tutor.courses.layout import map_of

        view = self._enrolments().view(enrolment.course)
        return CourseStanding(
            course=view.course,
            enrolment=enrolment,
            mastery=view.masteries,
            share=share_of(view.masteries),
            over_time=over_time(view.course, view.attempts),
            next_up=view.next_up(),
            placed=map_of(requirements_of(view.course)),
        )

    def _offered(self, taken: set[CourseId]) -> tuple[Course, ...]:
        library = self._enrolments().library
        return tuple(library.course(one) for one in library.shipped() if one not in taken)


def _import_rest() -> None:
    for name in _LATER:
        importlib.import_module(name)


def _followed(
    standings: tuple[CourseStanding, ...], attempts: tuple[Attempt, ...], wanted: CourseId | None
) -> int:
    ids = [standing.course.id for standing in standings]
    if wanted is not None and wanted in ids:
        return ids.index(wanted)
    last = next((one.course for one in reversed(attempts) if one.course in ids), None)
    return ids.index(last) if last is not None else len(ids) - 1


def _first_day(moments: list[datetime], now: datetime) -> date | None:
    return min((one.astimezone().date() for one in moments if one > now), default=None)


def _next_due(cards: tuple[Card, ...], course: CourseId | None, now: datetime) -> Card | None:
    """The card in long-term review that is due next, of the course if it has one."""
    seen = [
        (card.memory.due, card)
        for card in cards
        if card.memory is not None and card.memory.learning_step is None and not card.suspended
    ]
    own = [pair for pair in seen if pair[1].course == course] or seen
    coming = [pair for pair in own if pair[0] > now]
    if coming:
        return min(coming, key=lambda pair: (pair[0], pair[1].id))[1]
    return max(own, key=lambda pair: (pair[0], pair[1].id))[1] if own else None


def curve_of(card: Card | None, forgetting: "Forgetting", now: datetime) -> CardCurve | None:
    """The curve of a card that was reviewed; None for any other.

    Args:
        card: The card.
        forgetting: The learner's forgetting model.
        now: The moment at which it stands.
    """
    if card is None or card.memory is None:
        return None
    memory = card.memory
    since = memory.last_review
    passed = max(_days(now - since), 0.0)
    review = max(_days(memory.due - since), passed)
    end = review + max(_AHEAD * review, _LEAST_AHEAD_DAYS)
    after = forgetting.review(card, Recall.GOOD, since + timedelta(days=review), 0.0).card.memory
    return CardCurve(
        front=card.front,
        course=card.course,
        since=since.astimezone().date(),
        due_days=_days(memory.due - now),
        kept=_sampled(forgetting, memory, 0.0, review),
        now=(passed, forgetting.chance_after(memory.stability_days, passed)),
        after=tuple(
            (review + days, chance)
            for days, chance in _sampled(forgetting, after, 0.0, end - review)
        )
        if after is not None
        else (),
        left_alone=_sampled(forgetting, memory, review, end),
        goal=forgetting.retention,
    )


def _sampled(
    forgetting: "Forgetting", memory: Memory, begin: float, end: float
) -> tuple[tuple[float, float], ...]:
    step = (end - begin) / _CURVE_POINTS
    days = [begin + step * at for at in range(_CURVE_POINTS + 1)] if step > 0 else [begin]
    return tuple((day, forgetting.chance_after(memory.stability_days, day)) for day in days)


def _days(span: timedelta) -> float:
    return span.total_seconds() / 86_400
