"""What the learner takes and knows: the courses, and where they stand in each."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from assistant.domain.clock import Clock
from assistant.domain.course import Course
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import Exercise
from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.study import Attempt, Enrolment, Mastery
from assistant.services.jobs import Job, Workers
from assistant.services.study.course_library import CourseLibrary
from assistant.store.cards import CardRepository
from assistant.store.study import StudyRepository
from assistant.tutor.courses.path import MOST_HOURS
from assistant.tutor.learner.ability import Ability
from assistant.tutor.learner.mastery import GUESS, ability_of, masteries
from assistant.tutor.learner.next_up import NextUp, next_up

TARGET_CHANCE = 0.8


@dataclass(frozen=True)
class LearnerView:
    """What is known of the learner in one course at one moment; made anew after each answer."""

    course: Course
    attempts: tuple[Attempt, ...]
    every_attempt: tuple[Attempt, ...]
    now: datetime
    due: dict[ConceptId, int]

    @cached_property
    def ability(self) -> Ability:
        """The belief that the attempts lead to."""
        return ability_of(self.course, self.attempts)

    @cached_property
    def masteries(self) -> tuple[Mastery, ...]:
        """Mastery of each concept, in the course's order."""
        return masteries(self.course, self.attempts, self.now, due=self.due, ability=self.ability)

    def mastery(self, concept: ConceptId) -> Mastery:
        """Mastery of one concept."""
        return next(mastery for mastery in self.masteries if mastery.concept == concept)

    def next_up(self, goals: Sequence[ConceptId] = ()) -> NextUp | None:
        """What comes next, and why."""
        known = {mastery.concept: mastery for mastery in self.masteries}
        return next_up(
            self.course,
            known,
            goals=goals,
            attempts=self.every_attempt,
            local=lambda moment: moment.astimezone(),
        )

    def difficulty_for(self, concept: ConceptId) -> float:
        """The difficulty at which some 80 % of the answers are right: 1 to 5."""
        return self.ability.difficulty_for(concept, TARGET_CHANCE, now=self.now)

    def foretell(self, concept: ConceptId, exercise: Exercise) -> float:
        """The chance of a right, unaided answer to an exercise."""
        guess = GUESS.get(exercise.kind, 0.0)
        return self.ability.foretell(concept, exercise.difficulty, now=self.now, guess=guess).chance


class EnrolmentService:
    """Courses taken, and what is known of the learner in each.

    Args:
        workers: The pool and the store thread.
        clock: Tells today.
        library: The courses.
        study: Gives the vault's repository of what was done, on the store thread.
        cards: Gives the vault's repository of cards, on the store thread.
    """

    def __init__(
        self,
        workers: Workers,
        clock: Clock,
        library: CourseLibrary,
        study: Callable[[], StudyRepository],
        cards: Callable[[], CardRepository],
    ) -> None:
        self.library = library
        self.attempt_first = True
        self._workers = workers
        self._clock = clock
        self._study = study
        self._cards = cards

    def courses(self) -> Job[tuple[Course, ...]]:
        """Every course there is, those that ship first."""
        return self._workers.in_pool(lambda _: self.library.all())

    def enrolments(self) -> Job[tuple[Enrolment, ...]]:
        """The courses that are taken, the one begun last first."""
        return self._workers.on_store(lambda: self._study().enrolments())

    def enrol(
        self,
        course_id: CourseId,
        *,
        deadline: datetime | None = None,
        hours_a_week: float | None = None,
    ) -> Job[Enrolment]:
        """Takes a course, or changes until when and how much it is taken.

        Raises (from the job):
            UserFacingError: There is no such course, the date is past (``study_deadline``), or
                no week has so many hours (``study_hours``).
        """

        def work(_: Job[Enrolment]) -> Enrolment:
            course = self.library.course(course_id)
            now = self._clock.now()
            _check_wish(deadline, hours_a_week, now)
            before = self._taken(course_id)
            enrolment = before or Enrolment(
                course_id, course.version, now, seed=secrets.randbits(31)
            )
            enrolment = replace(
                enrolment, version=course.version, deadline=deadline, hours_a_week=hours_a_week
            )
            self._workers.on_store(lambda: self._study().enrol(enrolment)).result()
            return enrolment

        return self._workers.in_pool(work)

    def leave(self, course_id: CourseId) -> Job[None]:
        """Takes a course no longer; what was done in it stays for the next time."""
        return self._workers.on_store(lambda: self._study().leave(course_id))

    def forget(self, course_id: CourseId) -> Job[None]:
        """Forgets everything that was done in a course."""
        return self._workers.on_store(lambda: self._study().forget(course_id))

    def take_in(self, course: Course, concept: ConceptId) -> int:
        """Takes the cards of a concept into review; in the pool. Gives how many were not there."""
        from assistant.services.study.reviewing import cards_of

        cards = cards_of(course, course.concept(concept), self._clock.now())
        return self._workers.on_store(lambda: self._cards().add(cards)).result()

    def end_test(self, course_id: CourseId) -> None:
        """The placement test that was taken again counts instead of the one before; in the pool."""
        self._workers.on_store(lambda: self._study().end_test(course_id)).result()

    def drop_test(self, course_id: CourseId) -> None:
        """The placement test that was taken again, as far as it went, is given up; in the pool."""
        self._workers.on_store(lambda: self._study().drop_test(course_id)).result()

    def taken(self, course_id: CourseId) -> Enrolment:
        """The enrolment in a course; in the pool.

        Raises:
            UserFacingError: It is not taken.
        """
        found = self._taken(course_id)
        if found is None:
            raise UserFacingError(
                f"You do not take “{self.library.course(course_id).title}” yet.",
                f"“assistant study enroll {course_id}” begins it.",
                code="not_enrolled",
            )
        return found

    def view(self, course_id: CourseId) -> LearnerView:
        """What is known of the learner in a course; in the pool.

        Raises:
            UserFacingError: There is no such course.
        """
        course = self.library.course(course_id)
        now = self._clock.now()
        attempts, due = self._workers.on_store(
            lambda: (self._study().attempts(), self._cards().due(now))
        ).result()
        counts: dict[ConceptId, int] = {}
        for card in due:
            if card.course == course_id:
                counts[card.concept] = counts.get(card.concept, 0) + 1
        own = tuple(attempt for attempt in attempts if attempt.course == course_id)
        return LearnerView(course, own, attempts, now, counts)

    def _taken(self, course_id: CourseId) -> Enrolment | None:
        taken = self._workers.on_store(lambda: self._study().enrolments()).result()
        return next((one for one in taken if one.course == course_id), None)


def _check_wish(deadline: datetime | None, hours: float | None, now: datetime) -> None:
    if hours is not None and not 0 < hours <= MOST_HOURS:
        raise UserFacingError(
            "That many hours a week cannot be planned.",
            f"Give a number above 0 and at most {MOST_HOURS:g}.",
            code="study_hours",
        )
    if deadline is not None and deadline < now:
        raise UserFacingError(
            "That date is past.", "Give a day from today on.", code="study_deadline"
        )
