"""The placement test: a few questions that find out where in a course to begin."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.domain.cancel import CancelToken
from assistant.domain.clock import Clock
from assistant.domain.course import Concept
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import AnswerKind, Exercise, Grade, ProvedBy
from assistant.domain.ids import ConceptId, CourseId, ExerciseId
from assistant.domain.study import Attempt, Mastery, Standing
from assistant.services.jobs import Job, Workers
from assistant.services.study.enrolments import LearnerView
from assistant.services.study.practice import Given, Judged, PracticeService
from assistant.tutor.learner.mastery import GUESS
from assistant.tutor.learner.next_up import NextUp
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
_KNOWN = frozenset({Standing.FIRM, Standing.MASTERED})
_ENOUGH_PRACTICE = 15
"""After so many unaided answers in practice a test is not offered any more."""
_UNKNOWN = Grade(
    correct=False,
    credit=0.0,
    words="That is noted. It shows where to begin.",
    checked_by=ProvedBy.NOTHING,
)


@dataclass(frozen=True, slots=True)
class PlacementResult:
    """What a placement test found out.

    Args:
        known: Mastery of each concept that is taken as known, in the course's order.
        concepts: How many concepts the course has.
        asked: How many questions were answered, “I don't know” among them.
        right: How many of them were answered right.
        ended: Whether the test is over; otherwise it was left and can be gone on with.
        begin: Where to begin, and why; None where everything is mastered.
        titles: The title of every concept.
        words: All of it, in sentences.
    """

    known: tuple[Mastery, ...]
    concepts: int
    asked: int
    right: int
    ended: bool
    begin: NextUp | None
    titles: dict[ConceptId, str]
    words: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a placement test stands.

    Args:
        course: Of which course.
        title: The course's.
        most: How many questions there are at most.
        number: Which question it is, from 1; the number of answers where there is none.
        given: The question; None once the test is over.
        result: What was found out; None while it goes on.
        judged: What came of the answer that led here.
    """

    course: CourseId
    title: str
    most: int
    number: int
    given: Given | None = None
    result: PlacementResult | None = None
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class PlacementOffer:
    """Whether a test would tell something.

    Args:
        worthwhile: Little is known of the learner here, or a test was begun and left.
        answered: How many questions of it were answered already.
        most: How many there are at most.
    """

    worthwhile: bool
    answered: int
    most: int


class PlacingService:
    """Asks, and says where to begin; every job is done in the pool.

    A test is nothing but its answers: it can be left at any time and gone on with later.

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

    def begin(self, course: CourseId) -> Job[Placement]:
        """Begins a test or goes on with it: the question in hand, the next one, or the result.

        Raises (from the job):
            UserFacingError: The course is not taken or not known, or has no exercises.
        """
        return self._workers.in_pool(lambda _: self._begin(course))

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
        """Whether a test would tell something.

        Raises (from the job):
            UserFacingError: There is no such course.
        """
        return self._workers.in_pool(lambda _: self._offer(course))

    def _begin(self, course: CourseId, judged: Judged | None = None) -> Placement:
        self._enrolments.taken(course)
        view = self._enrolments.view(course)
        answers = self._answers(view)
        place = Placement(course, view.course.title, MOST_QUESTIONS, len(answers), judged=judged)
        for working in self._practice.in_hand(course, placement=True):
            given = self._practice.look(working.exercise)
            return replace(place, number=len(answers) + 1, given=given)
        exercise = self._next(view, answers)
        if exercise is not None:
            given = self._practice.give(view, exercise, placement=True)
            return replace(place, number=len(answers) + 1, given=given)
        if not answers:
            raise UserFacingError(
                f"“{view.course.title}” has nothing to ask.",
                "Begin with its first lesson.",
                code="placement_no_questions",
            )
        return replace(place, result=_result(view, answers, ended=True))

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
        answers = self._answers(view)
        over = self._question(view, answers, self._askable(view)) is None
        return Placement(
            course,
            view.course.title,
            MOST_QUESTIONS,
            len(answers),
            result=_result(view, answers, ended=over),
        )

    def _in_hand(self, course: CourseId) -> ExerciseId:
        self._enrolments.taken(course)
        for working in self._practice.in_hand(course, placement=True):
            return working.exercise
        raise _nothing_asked()

    def _offer(self, course: CourseId) -> PlacementOffer:
        view = self._enrolments.view(course)
        answers = self._answers(view)
        practised = sum(one.unaided and not one.placement for one in view.attempts)
        few = practised < _ENOUGH_PRACTICE or bool(answers)
        more = few and self._question(view, answers, self._askable(view)) is not None
        return PlacementOffer(more, len(answers), MOST_QUESTIONS)

    def _answers(self, view: LearnerView) -> tuple[Attempt, ...]:
        """The answers of the test that goes on, the earliest first."""
        return latest_test(view.attempts, self._clock.now())

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
        askable = self._askable(view)
        while (question := self._question(view, answers, askable)) is not None:
            exercise = self._choose(view, view.course.concept(question.concept), question)
            if exercise is not None:
                return exercise
            askable.discard(question.concept)
        return None

    def _choose(self, view: LearnerView, concept: Concept, question: Question) -> Exercise | None:
        """The exercise that is nearest in difficulty, was not seen, and is answered in a line.

        One is made where no written one is near: to prove a new one may take some seconds.
        """
        seen = {one.exercise for one in view.attempts}
        seen |= {one.exercise for one in self._practice.in_hand(view.course.id)}

        def short(exercises: Iterable[Exercise]) -> list[Exercise]:
            return [one for one in exercises if one.id not in seen and _is_short(one)]

        pool = short(concept.exercises)
        if not any(abs(one.difficulty - question.difficulty) <= _NEAR for one in pool):
            pool += short(self._practice.made(concept, question.difficulty, view.attempts))
        pool = pool or [
            one
            for one in concept.exercises
            if one.id not in seen and one.proof.by is not ProvedBy.NOTHING
        ]

        def off(exercise: Exercise) -> float:
            far = abs(exercise.difficulty - question.difficulty)
            return far + _GUESSABLE * (exercise.kind is AnswerKind.CHOICE)

        return min(pool, key=off, default=None)


def _is_short(exercise: Exercise) -> bool:
    return exercise.kind in _SHORT and exercise.proof.by is not ProvedBy.NOTHING


def _nothing_asked() -> UserFacingError:
    return UserFacingError(
        "No question of a placement test is in hand.",
        "“assistant study place” asks the next one.",
        code="placement_not_asked",
    )


def _result(view: LearnerView, answers: Sequence[Attempt], *, ended: bool) -> PlacementResult:
    course = view.course
    found = tuple(one for one in view.masteries if one.standing in _KNOWN)
    right = sum(one.correct for one in answers)
    begin = view.next_up()
    titles = {one.id: one.title for one in course.concepts}
    words = [_evidence_words(len(answers), right), _known_words(len(found), len(titles))]
    if begin is not None:
        words.append(f"Begin with “{titles[begin.concept]}”.")
    if not ended and answers:
        words.append("The test was left early: a few more answers make this surer.")
    said = " ".join(one for one in words if one)
    return PlacementResult(found, len(titles), len(answers), right, ended, begin, titles, said)


def _evidence_words(answers: int, right: int) -> str:
    if not answers:
        return "Nothing was answered yet."
    return f"You answered {right} of {answers} question{'s' if answers > 1 else ''} right."


def _known_words(known_count: int, concepts: int) -> str:
    if not known_count:
        return "Nothing is taken as known, so no lesson is left out."
    if known_count == concepts:
        return f"All {concepts} concepts are taken as known; practice makes them firm."
    return f"{known_count} of {concepts} concepts are taken as known: their lessons are left out."
