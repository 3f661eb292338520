"""The placement test: a few questions that find out where in a course to begin."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.domain.cancel import CancelToken
from assistant.domain.clock import Clock
from assistant.domain.course import Concept
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import AnswerKind, Exercise, Grade, ProvedBy
from assistant.domain.ids import AttemptId, ConceptId, CourseId, ExerciseId
from assistant.domain.study import Attempt, Placing, Rung
from assistant.services.jobs import Job, Workers
from assistant.services.study.enrolments import LearnerView
from assistant.services.study.placement_values import Placement, PlacementOffer, result_of
from assistant.services.study.practice import Given, Judged, PracticeService
from assistant.tutor.learner.mastery import GUESS
from assistant.tutor.learner.placement import (
    MOST_QUESTIONS,
    Question,
    latest_test,
    next_question,
    places_of,
)

_SHORT = frozenset(
    {
        AnswerKind.CHOICE,
        AnswerKind.NUMBER,
        AnswerKind.MATH,
        AnswerKind.SHORT,
        AnswerKind.NOTES,
    }
)
"""Kinds that are answered in a line."""
_NEAR = 1.0
_GUESSABLE = 0.5
"""A choice tells less than a number: it counts as so much further off in difficulty."""
_ENOUGH_PRACTICE = 15
"""After so many unaided answers in practice a test is not offered any more."""
_UNKNOWN = Grade(
    correct=False,
    credit=0.0,
    words="That is noted. It shows where to begin.",
    checked_by=ProvedBy.NOTHING,
)


_After = tuple[tuple[AttemptId, ...], ExerciseId, bool]
"""The answers before the last one, the exercise of the last one, and whether it was right."""


@dataclass(frozen=True, slots=True)
class _Test:
    """The test that goes on: its answers, the earliest first, and what they count for."""

    answers: tuple[Attempt, ...]
    placing: Placing


class PlacingService:
    """Asks, and says where to begin; every job is done in the pool.

    A test is nothing but its answers: it can be left at any time and gone on with later. One that
    is taken again takes the place of the one before once it is ended, and not sooner: who leaves
    it half-way loses nothing of what was found out.

    Args:
        workers: The pool.
        clock: Tells today.
        practice: Gives exercises, grades and records.
    """

    def __init__(self, workers: Workers, clock: Clock, practice: PracticeService) -> None:
        self._workers = workers
        self._clock = clock
        self._practice = practice
        self._enrolments = practice.enrolments
        self._ahead: dict[_After, Exercise | None] = {}

    def begin(self, course: CourseId, *, again: bool = False) -> Job[Placement]:
        """Begins a test or goes on with it: the question in hand, the next one, or the result.

        Args:
            course: A course that is taken.
            again: Begin from the first question, whatever was answered so far. Questions that were
                not met yet come first.

        Raises (from the job):
            UserFacingError: The course is not taken or not known, or has no exercises.
        """

        def work(_: Job[Placement]) -> Placement:
            if again:
                self._drop(course)
            return self._begin(course, again=again)

        return self._workers.in_pool(work)

    def foresee(self, course: CourseId) -> Job[None]:
        """Chooses, and makes, what comes after a right and after a wrong answer, to be at hand.

        For whoever is shown a question and thinks about it meanwhile.
        """
        return self._workers.in_pool(lambda job: self._foresee(course, job.cancel_token))

    def answer(self, exercise: ExerciseId, answer: str, seconds: float | None) -> Job[Placement]:
        """Takes an answer, and asks what comes next.

        An answer that could not be read counts as none, and the question stays.

        Args:
            exercise: The question in hand.
            answer: As it was typed.
            seconds: How long it took; None where nobody measured it.

        Raises (from the job):
            UserFacingError: The exercise is not in hand as a question of a placement test.
            EnvironmentProblem: Programs cannot be run here.
        """
        return self._workers.in_pool(
            lambda job: self._answer(exercise, answer, seconds, job.cancel_token)
        )

    def not_known(self, exercise: ExerciseId, seconds: float | None) -> Job[Placement]:
        """Takes “I don't know” for an answer, and asks what comes next.

        Raises (from the job):
            UserFacingError: The exercise is not in hand as a question of a placement test.
        """
        return self._workers.in_pool(lambda _: self._not_known(exercise, seconds))

    def end(self, course: CourseId) -> Job[Placement]:
        """Lays the question in hand aside and says what was found out so far.

        A test that was taken again takes the place of the one before, if it has any answer.

        Raises (from the job):
            UserFacingError: The course is not taken or not known.
        """
        return self._workers.in_pool(lambda _: self._end(course))

    def in_hand(self, course: CourseId) -> Job[ExerciseId]:
        """The question that was asked last and is not answered.

        Raises (from the job):
            UserFacingError: There is none.
        """
        return self._workers.in_pool(lambda _: self._in_hand(course))

    def offer(self, course: CourseId) -> Job[PlacementOffer]:
        """Whether a test would tell something, and what was tested before.

        Raises (from the job):
            UserFacingError: There is no such course.
        """
        return self._workers.in_pool(lambda _: self._offer(course))

    def _begin(
        self, course: CourseId, judged: Judged | None = None, *, again: bool = False
    ) -> Placement:
        self._enrolments.taken(course)
        view = self._enrolments.view(course)
        test = _anew(view) if again else self._test(view)
        answers = test.answers
        place = Placement(course, view.course.title, MOST_QUESTIONS, len(answers), judged=judged)
        for working in self._practice.in_hand(course, placement=True):
            given = self._practice.look(working.exercise)
            return replace(place, number=len(answers) + 1, given=given)
        exercise = self._next(view, answers)
        if exercise is not None:
            given = self._practice.give(view, exercise, test.placing)
            return replace(place, number=len(answers) + 1, given=given)
        if not answers:
            raise UserFacingError(
                f"“{view.course.title}” has nothing to ask.",
                "Begin with its first lesson.",
                code="placement_no_questions",
            )
        return self._ended(place, view, test, over=True)

    def _ended(self, place: Placement, view: LearnerView, test: _Test, *, over: bool) -> Placement:
        """What was found out; a test that was taken again counts from here on."""
        replaces = test.placing is Placing.ANEW and bool(test.answers)
        if replaces:
            self._enrolments.end_test(view.course.id)
            view = self._enrolments.view(view.course.id)
        result = result_of(view, test.answers, ended=over, replaced=replaces)
        return replace(place, result=result)

    def _drop(self, course: CourseId) -> None:
        """The test that goes on is given up, and the question in hand with it."""
        for working in self._practice.in_hand(course, placement=True):
            self._practice.lay_aside(working.exercise)
        self._enrolments.drop_test(course)

    def _foresee(self, course: CourseId, cancel: CancelToken) -> None:
        for working in self._practice.in_hand(course, placement=True):
            view = self._enrolments.view(course)
            given = self._practice.look(working.exercise)
            before = self._test(view).answers
            ahead: dict[_After, Exercise | None] = {}
            for right in (False, True):
                cancel.raise_if_cancelled()
                answer = _supposed(given, self._clock.now(), right=right)
                answers = (*before, answer)
                supposed = replace(view, attempts=(*view.attempts, answer))
                ahead[_after(answers)] = self._chosen(supposed, answers)
            self._ahead = ahead

    def _answer(
        self, exercise: ExerciseId, answer: str, seconds: float | None, cancel: CancelToken
    ) -> Placement:
        course = self._course_of(exercise)
        return self._begin(course, self._practice.mark(exercise, answer, seconds, cancel))

    def _not_known(self, exercise: ExerciseId, seconds: float | None) -> Placement:
        course = self._course_of(exercise)
        return self._begin(course, self._practice.settle(exercise, "", _UNKNOWN, seconds))

    def _course_of(self, exercise: ExerciseId) -> CourseId:
        """Of the question; an exercise of practice is not answered here."""
        course = self._practice.look(exercise).course
        if all(one.exercise != exercise for one in self._practice.in_hand(course, placement=True)):
            raise _nothing_asked()
        return course

    def _end(self, course: CourseId) -> Placement:
        self._enrolments.taken(course)
        for working in self._practice.in_hand(course, placement=True):
            self._practice.lay_aside(working.exercise)
        view = self._enrolments.view(course)
        test = self._test(view)
        over = self._question(view, test.answers, self._askable(view)) is None
        place = Placement(course, view.course.title, MOST_QUESTIONS, len(test.answers))
        return self._ended(place, view, test, over=over)

    def _in_hand(self, course: CourseId) -> ExerciseId:
        self._enrolments.taken(course)
        for working in self._practice.in_hand(course, placement=True):
            return working.exercise
        raise _nothing_asked()

    def _offer(self, course: CourseId) -> PlacementOffer:
        view = self._enrolments.view(course)
        test, askable = self._test(view), self._askable(view)
        practised = sum(one.unaided and not one.placement for one in view.attempts)
        few = practised < _ENOUGH_PRACTICE or bool(test.answers)
        more = few and self._question(view, test.answers, askable) is not None
        counted = latest_test(view.attempts)
        return PlacementOffer(
            possible=bool(askable),
            worthwhile=more,
            answered=len(test.answers),
            most=MOST_QUESTIONS,
            before=counted[-1].when if counted else None,
            anew=bool(test.answers) and test.placing is Placing.ANEW,
        )

    def _test(self, view: LearnerView) -> _Test:
        """The test that goes on, or is over; one without answers where none does."""
        now = self._clock.now()
        anew = latest_test(view.attempts, now, which=Placing.ANEW)
        if anew:
            return _Test(anew, Placing.ANEW)
        asked = self._practice.in_hand(view.course.id, placement=True)
        counted = latest_test(view.attempts, now)
        if counted and all(one.placement is Placing.COUNTS for one in asked):
            return _Test(counted, Placing.COUNTS)
        return _anew(view)

    def _askable(self, view: LearnerView) -> set[ConceptId]:
        """Concepts that can be asked about in a line; all that have exercises if none can."""
        concepts = view.course.concepts
        short = {one.id for one in concepts if one.generators or any(map(_is_short, one.exercises))}
        return short or {one.id for one in concepts if one.exercises}

    def _question(
        self, view: LearnerView, answers: Sequence[Attempt], askable: set[ConceptId]
    ) -> Question | None:
        asked = Counter(one.concept for one in answers)
        requires = {one.id: one.requires for one in view.course.concepts}
        places = places_of(requires, answers, GUESS)
        return next_question(places, asked, askable=askable)

    def _next(self, view: LearnerView, answers: Sequence[Attempt]) -> Exercise | None:
        """What is asked next, as it was foreseen where that was done."""
        met = {one.exercise for one in view.attempts}
        foreseen = self._ahead.get(_after(answers)) if answers else None
        if foreseen is not None and foreseen.id not in met:
            return foreseen
        return self._chosen(view, answers)

    def _chosen(self, view: LearnerView, answers: Sequence[Attempt]) -> Exercise | None:
        askable = self._askable(view)
        while (question := self._question(view, answers, askable)) is not None:
            concept = view.course.concept(question.concept)
            exercise = self._choose(view, answers, concept, question)
            if exercise is not None:
                return exercise
            askable.discard(question.concept)
        return None

    def _choose(
        self, view: LearnerView, answers: Sequence[Attempt], concept: Concept, question: Question
    ) -> Exercise | None:
        """The exercise that is nearest in difficulty, was not seen, and is answered in a line.

        One is made where no written one is near: to prove a new one may take some seconds. Where
        all were seen, one that was met before this test comes once more.
        """
        in_hand = {one.exercise for one in self._practice.in_hand(view.course.id)}
        asked = in_hand | {one.exercise for one in answers}
        seen = asked | {one.exercise for one in view.attempts}

        def short(exercises: Iterable[Exercise], without: Collection[ExerciseId]) -> list[Exercise]:
            return [one for one in exercises if one.id not in without and _is_short(one)]

        pool = short(concept.exercises, seen)
        if not any(abs(one.difficulty - question.difficulty) <= _NEAR for one in pool):
            pool += short(self._practice.made(concept, question.difficulty, view.attempts), seen)
        pool = pool or short(concept.exercises, asked)
        pool = pool or [
            one
            for one in concept.exercises
            if one.id not in asked and one.proof.by is not ProvedBy.NOTHING
        ]

        def off(exercise: Exercise) -> float:
            far = abs(exercise.difficulty - question.difficulty)
            return far + _GUESSABLE * (exercise.kind is AnswerKind.CHOICE)

        return min(pool, key=off, default=None)


def _is_short(exercise: Exercise) -> bool:
    return exercise.kind in _SHORT and exercise.proof.by is not ProvedBy.NOTHING


def _anew(view: LearnerView) -> _Test:
    """A test from its first question on; the first of all counts from its first answer."""
    tested = any(one.placement is Placing.COUNTS for one in view.attempts)
    return _Test((), Placing.ANEW if tested else Placing.COUNTS)


def _after(answers: Sequence[Attempt]) -> _After:
    *before, last = answers
    return tuple(one.id for one in before), last.exercise, last.correct


def _supposed(given: Given, now: datetime, *, right: bool) -> Attempt:
    """An answer that may come."""
    exercise = given.exercise
    return Attempt(
        id=AttemptId(0),
        course=given.course,
        concept=exercise.concept,
        exercise=exercise.id,
        kind=exercise.kind,
        when=now,
        answer="",
        correct=right,
        credit=float(right),
        rung=Rung.NONE,
        try_number=1,
        seconds=0.0,
        difficulty=exercise.difficulty,
        predicted=given.predicted,
        placement=Placing.COUNTS,
    )


def _nothing_asked() -> UserFacingError:
    return UserFacingError(
        "No question of a placement test is in hand.",
        "“assistant study place” asks the next one.",
        code="placement_not_asked",
    )
