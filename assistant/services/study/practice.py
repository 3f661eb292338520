"""Practice: the next exercise, the answer to it, and the hints on the way."""

import contextlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from assistant.domain.cancel import CancelToken
from assistant.domain.clock import Clock
from assistant.domain.course import Concept
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import Exercise, Grade, ProvedBy
from assistant.domain.ids import AttemptId, ConceptId, CourseId, ExerciseId
from assistant.domain.study import Attempt, Mastery, Placing, Rung, Working
from assistant.services.jobs import Job, Workers
from assistant.services.study.course_library import concept_of
from assistant.services.study.enrolments import EnrolmentService, LearnerView
from assistant.services.study.marking import Marker
from assistant.services.study.remedies import remedy_for
from assistant.store.study import StudyRepository
from assistant.tutor.hints.ladder import Ladder
from assistant.tutor.learner.next_up import Doing, NextUp, Reason

_RESTS = timedelta(days=7)
_NEAR = 0.75
_MOST_SECONDS = 3600.0
_MOST_UNMEASURED_SECONDS = 300.0
"""Of a longer time nobody knows how much of it was study."""


class Maker(Protocol):
    """Makes exercises whose keys are proved."""

    def make(self, generator: str, concept: ConceptId, difficulty: float, seed: int) -> Exercise:
        """One exercise, always the same for the same arguments."""
        ...

    def again(self, exercise: ExerciseId, concept: ConceptId) -> Exercise | None:
        """The exercise of an id that it once made; None where it never made such a one."""
        ...


class Proposals(Protocol):
    """Exercises that a model proposed and code proved."""

    def kept(self, course: CourseId, concept: ConceptId) -> tuple[Exercise, ...]:
        """Those there are; in the pool."""
        ...

    def want(self, course: CourseId, concept: ConceptId) -> object:
        """Has another one proposed in the background; never waits."""
        ...


@dataclass(frozen=True, slots=True)
class Given:
    """An exercise in hand.

    Args:
        exercise: The exercise.
        course: Of which course.
        concept: What it is about.
        ladder: Where the learner stands with its hints.
        predicted: Chance of a right answer that was foretold: 0 to 1.
        doing: Why this concept: to learn, to practise or to repair it.
        reasons: The same in words; the weightiest first.
        draft: What was written so far.
    """

    exercise: Exercise
    course: CourseId
    concept: Concept
    ladder: Ladder
    predicted: float
    doing: Doing = Doing.PRACTISE
    reasons: tuple[Reason, ...] = ()
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of an answer.

    Args:
        grade: What it is worth, and why.
        attempt: As it was recorded; None where there was nothing to judge.
        ladder: Where the learner stands with the hints now.
        before: Mastery of the concept before it.
        after: Mastery with it.
        remedy: What helps against the wrong idea that leads to this very answer, or against what
            keeps a program from running; "" for none.
    """

    grade: Grade
    attempt: Attempt | None
    ladder: Ladder
    before: Mastery
    after: Mastery
    remedy: str = ""


class PracticeService:
    """Gives exercises and takes answers; every job is done in the pool.

    Args:
        workers: The pool and the store thread.
        clock: Tells today.
        enrolments: What the learner takes and knows.
        repository: Gives the vault's repository, on the store thread.
        marker: Grades answers.
        sources: Where exercises come from besides the course: makers, and proposals of a model.
    """

    def __init__(
        self,
        workers: Workers,
        clock: Clock,
        enrolments: EnrolmentService,
        repository: Callable[[], StudyRepository],
        marker: Marker,
        sources: tuple[Maker, Proposals],
    ) -> None:
        self._workers = workers
        self._clock = clock
        self.enrolments = enrolments
        self.library = enrolments.library
        self._repository = repository
        self.marker = marker
        self.maker, self._proposals = sources

    def next(
        self, course: CourseId, concept: ConceptId | None = None, *, skip: bool = False
    ) -> Job[Given]:
        """The next exercise of a course; the one in hand, where there is one.

        Args:
            course: The course.
            concept: About this concept, whatever would come next.
            skip: Lays the one in hand aside.

        Raises (from the job):
            UserFacingError: The course is not taken or not known, all of it is mastered, or there
                is no exercise.
        """
        return self._workers.in_pool(lambda _: self._next(course, concept, skip=skip))

    def up_next(self, course: CourseId) -> Job[ConceptId]:
        """The concept that the next exercise would be about.

        Raises (from the job):
            UserFacingError: The course is not taken or not known, or all of it is mastered.
        """

        def work(_: Job[ConceptId]) -> ConceptId:
            self.enrolments.taken(course)
            return self._up(course, self.enrolments.view(course)).concept

        return self._workers.in_pool(work)

    def take(self, course: CourseId, exercise: Exercise) -> Job[Given]:
        """Puts an exercise in hand that was asked for, and lays the others of its course aside.

        Raises (from the job):
            UserFacingError: The course is not taken or not known.
        """

        def work(_: Job[Given]) -> Given:
            self.enrolments.taken(course)
            for working in self.in_hand(course):
                self.lay_aside(working.exercise)
            return self.give(self.enrolments.view(course), exercise)

        return self._workers.in_pool(work)

    def given(self, exercise: ExerciseId) -> Job[Given]:
        """The exercise of that id that is in hand.

        Raises (from the job):
            UserFacingError: It is not in hand.
        """
        return self._workers.in_pool(lambda _: self.look(exercise))

    def draft(self, exercise: ExerciseId, text: str) -> Job[None]:
        """Keeps what was written so far, so that nothing is lost in a crash."""

        def work() -> None:
            found = {one.exercise: one for one in self._repository().working()}.get(exercise)
            if found is not None:
                self._repository().keep_working(replace(found, draft=text))

        return self._workers.on_store(work)

    def answer(self, exercise: ExerciseId, answer: str, seconds: float | None) -> Job[Judged]:
        """Grades an answer and records it.

        Args:
            exercise: One that is in hand.
            answer: As it was typed.
            seconds: How long it took; kept up to an hour. None where nobody measured it: then it
                is the time since it was given or last answered, up to some minutes.

        Raises (from the job):
            UserFacingError: The exercise is not in hand.
            EnvironmentProblem: Programs cannot be run here.
        """
        return self._workers.in_pool(
            lambda job: self.mark(exercise, answer, seconds, job.cancel_token)
        )

    def hint(self, exercise: ExerciseId, *, told: bool = False) -> Job[Given]:
        """Shows the next rung of the hints, or all of them at once (“Just tell me”).

        The last rung ends the exercise, and is recorded as help.

        Raises (from the job):
            UserFacingError: The exercise is not in hand, or the rung does not open yet.
        """
        return self._workers.in_pool(lambda _: self._hint(exercise, told=told))

    def look(self, exercise: ExerciseId) -> Given:
        """As ``given``, for services that are in the pool already."""
        return self._given(self._in_hand(exercise))

    def helped(self, exercise: ExerciseId, rung: Rung) -> Given:
        """Help was given in a conversation that is worth a rung; in the pool.

        Raises:
            UserFacingError: The exercise is not in hand.
        """
        working = self._in_hand(exercise)
        _refuse_help(working)
        if rung > working.rung:
            working = replace(working, rung=rung)
            self._keep(working)
        return self._given(working)

    def give(self, view: LearnerView, exercise: Exercise, placement: Placing = Placing.NO) -> Given:
        """Puts an exercise in hand; in the pool.

        Args:
            view: What is known of the learner in its course.
            exercise: Of one of the course's concepts.
            placement: As a question of which placement test.
        """
        working = Working(
            exercise.id,
            view.course.id,
            exercise.concept,
            self._clock.now(),
            view.foretell(exercise.concept, exercise),
            placement=placement,
        )
        self._keep(working)
        return self._given(working, exercise)

    def in_hand(self, course: CourseId, *, placement: bool = False) -> tuple[Working, ...]:
        """The exercises of a course in hand, in practice or in the placement test; in the pool."""
        return tuple(
            one
            for one in self._working()
            if one.course == course and bool(one.placement) is placement
        )

    def lay_aside(self, exercise: ExerciseId) -> None:
        """The exercise is no longer in hand, and nothing is recorded; in the pool."""
        self._workers.on_store(lambda: self._repository().finish(exercise)).result()

    def mark(
        self, exercise: ExerciseId, answer: str, seconds: float | None, cancel: CancelToken
    ) -> Judged:
        """As ``answer``, for services that are in the pool already."""
        grade = self.marker.grade(self.look(exercise).exercise, answer, cancel)
        return self.settle(exercise, answer, grade, seconds)

    def settle(
        self, exercise: ExerciseId, answer: str, grade: Grade, seconds: float | None
    ) -> Judged:
        """Records an answer with its grade; in the pool.

        In the placement test there is one try, cards are left for the lesson to come, and mastery
        is not looked up.
        """
        working = self._in_hand(exercise)
        given = self._given(working)
        view = self.enrolments.view(working.course)
        before = view.mastery(working.concept)
        if grade.correct is None:
            self._keep(replace(working, draft=answer))
            return Judged(grade, None, given.ladder, before, before)
        tries = working.tries + 1
        took = self._unmeasured(working, view) if seconds is None else seconds
        attempt = self._record(working, given.exercise, answer, grade, took)
        met = any(one.concept == working.concept and not one.placement for one in view.attempts)
        if not met and not working.placement:
            self.enrolments.take_in(view.course, working.concept)
        if grade.correct or working.placement:
            self.lay_aside(exercise)
        else:
            self._keep(replace(working, tries=tries, draft=answer))
        after = before
        if not working.placement:  # in the test nothing is said of it before the end
            after = self.enrolments.view(working.course).mastery(working.concept)
        ladder = replace(given.ladder, tries=tries)
        remedy = remedy_for(given.concept, given.exercise, answer, grade)
        return Judged(grade, attempt, ladder, before, after, remedy)

    def made(
        self, concept: Concept, difficulty: float, attempts: Sequence[Attempt]
    ) -> list[Exercise]:
        """One new exercise of each generator that can; in the pool.

        The seed goes on with every attempt.
        """
        done = sum(attempt.concept == concept.id for attempt in attempts)
        made: list[Exercise] = []
        for name in concept.generators:
            seed = zlib.crc32(f"{name}/{concept.id}/{done}".encode())
            # Without a sandbox, or where nothing could be proved, there are the written ones.
            with contextlib.suppress(UserFacingError):
                made.append(self.maker.make(name, concept.id, difficulty, seed))
        return made

    def _next(self, course_id: CourseId, concept_id: ConceptId | None, *, skip: bool) -> Given:
        course = self.library.course(course_id)
        self.enrolments.taken(course_id)
        in_hand = list(self.in_hand(course_id))
        if concept_id is not None:
            in_hand = [one for one in in_hand if one.concept == concept_id]
        for working in in_hand:
            if not skip:
                return self._given(working)
            self.lay_aside(working.exercise)
        view = self.enrolments.view(course_id)
        doing, reasons = Doing.PRACTISE, ()
        if concept_id is None:
            up = self._up(course_id, view)
            concept_id, doing, reasons = up.concept, up.doing, up.reasons
        concept = concept_of(course, concept_id)
        skipped = frozenset(one.exercise for one in in_hand)
        proposed = self._proposals.kept(course_id, concept_id)
        whole = replace(concept, exercises=(*concept.exercises, *proposed))
        exercise = self._choose(view.attempts, whole, view.difficulty_for(concept_id), skipped)
        if self._is_used_up(whole, view.attempts, exercise):
            self._proposals.want(course_id, concept_id)
        given = self.give(view, exercise)
        return replace(given, doing=doing, reasons=reasons)

    def _up(self, course: CourseId, view: LearnerView) -> NextUp:
        up = view.next_up()
        if up is None:
            raise UserFacingError(
                f"Everything in “{self.library.course(course).title}” is mastered.",
                "Reviews keep it so; “assistant study courses” lists other courses.",
                code="study_all_mastered",
            )
        return up

    def _is_used_up(self, concept: Concept, attempts: Sequence[Attempt], given: Exercise) -> bool:
        """Whether nothing is left that the learner has not met, and none can be made."""
        met = {attempt.exercise for attempt in attempts} | {given.id}
        return not concept.generators and all(one.id in met for one in concept.exercises)

    def _choose(
        self,
        attempts: Sequence[Attempt],
        concept: Concept,
        difficulty: float,
        skipped: frozenset[ExerciseId],
    ) -> Exercise:
        """The written exercise whose difficulty is nearest, of those not solved lately.

        Where none is near, one is made; the written ones say more than numbers by chance.
        """
        now = self._clock.now()
        last: dict[ExerciseId, datetime] = {}
        for attempt in attempts:
            last[attempt.exercise] = max(attempt.when, last.get(attempt.exercise, attempt.when))
        fresh = [
            exercise
            for exercise in concept.exercises
            if exercise.id not in skipped
            and exercise.proof.by is not ProvedBy.NOTHING
            and (exercise.id not in last or now - last[exercise.id] > _RESTS)
        ]
        unseen = [exercise for exercise in fresh if exercise.id not in last]
        written = [one for one in unseen or fresh if abs(one.difficulty - difficulty) <= _NEAR]
        made = [] if written else self.made(concept, difficulty, attempts)
        pool = written or [*(unseen or fresh), *made] or list(concept.exercises)
        if not pool:
            raise UserFacingError(
                f"There is no exercise on “{concept.title}” yet.",
                "Read its lesson, or go on with another concept.",
                code="study_no_exercise",
            )
        return min(pool, key=lambda exercise: abs(exercise.difficulty - difficulty))

    def _unmeasured(self, working: Working, view: LearnerView) -> float:
        """Seconds from the given exercise, or the try before, to now; few enough to be study."""
        since = [one.when for one in view.attempts if one.exercise == working.exercise]
        passed = self._clock.now() - max([working.given_at, *since])
        return min(max(passed.total_seconds(), 0.0), _MOST_UNMEASURED_SECONDS)

    def _record(
        self, working: Working, exercise: Exercise, answer: str, grade: Grade, seconds: float
    ) -> Attempt:
        worth = Ladder(exercise, working.rung, working.tries).credit
        attempt = Attempt(
            id=AttemptId(0),
            course=working.course,
            concept=working.concept,
            exercise=exercise.id,
            kind=exercise.kind,
            when=self._clock.now(),
            answer=answer,
            correct=bool(grade.correct),
            credit=grade.credit * worth,
            rung=working.rung,
            try_number=working.tries + 1,
            seconds=min(max(seconds, 0.0), _MOST_SECONDS),
            difficulty=exercise.difficulty,
            predicted=working.predicted,
            placement=working.placement,
            misconception=grade.misconception,
        )
        return self._workers.on_store(lambda: self._repository().record(attempt)).result()

    def _hint(self, exercise_id: ExerciseId, *, told: bool) -> Given:
        working = self._in_hand(exercise_id)
        _refuse_help(working)
        given = self._given(working)
        ladder = given.ladder.climbed(told=told)
        climbed = replace(working, rung=ladder.rung)
        if ladder.rung is Rung.SOLUTION:
            words = "The solution was shown."
            shown = Grade(correct=False, credit=0.0, words=words, checked_by=ProvedBy.NOTHING)
            self._record(climbed, given.exercise, "", shown, 0.0)
            self.lay_aside(exercise_id)
        else:
            self._keep(climbed)
        return replace(given, ladder=ladder)

    def _working(self) -> tuple[Working, ...]:
        return self._workers.on_store(lambda: self._repository().working()).result()

    def _keep(self, working: Working) -> None:
        self._workers.on_store(lambda: self._repository().keep_working(working)).result()

    def _in_hand(self, exercise: ExerciseId) -> Working:
        for working in self._working():
            if working.exercise == exercise:
                return working
        raise UserFacingError(
            f"The exercise “{exercise}” is not in hand.",
            "“assistant study next” gives one.",
            code="exercise_unknown",
        )

    def _given(self, working: Working, exercise: Exercise | None = None) -> Given:
        course = self.library.course(working.course)
        concept = concept_of(course, working.concept)
        found = exercise or self._found(working, concept)
        ladder = Ladder(found, working.rung, working.tries, self.enrolments.attempt_first)
        return Given(found, working.course, concept, ladder, working.predicted, draft=working.draft)

    def _found(self, working: Working, concept: Concept) -> Exercise:
        for exercise in concept.exercises:
            if exercise.id == working.exercise:
                return exercise
        made = self.maker.again(working.exercise, concept.id)
        if made is None:
            proposed = self._proposals.kept(working.course, concept.id)
            made = next((one for one in proposed if one.id == working.exercise), None)
        if made is None:
            self.lay_aside(working.exercise)
            raise UserFacingError(
                "This exercise is no longer part of its course.",
                "Take the next one.",
                code="exercise_gone",
            )
        return made


def _refuse_help(working: Working) -> None:
    if working.placement:
        raise UserFacingError(
            "A placement test has no hints.",
            "“I don't know” is an answer: it shows where to begin.",
            code="placement_no_hints",
        )
