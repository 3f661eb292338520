"""Has a model write the lessons that a course of one's own lacks, and checks them by code."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from assistant.domain.cancel import CancelToken
from assistant.domain.clock import Clock
from assistant.domain.course import Concept, Course, Lesson
from assistant.domain.errors import Bug, Cancelled, UserFacingError
from assistant.domain.generation import Priority, SamplingParams
from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.making import Maker
from assistant.domain.trace import ProgramRun
from assistant.services.jobs import Job, Workers
from assistant.services.structured import StructuredService, Wish
from assistant.services.study.course_library import CourseLibrary
from assistant.services.study.lesson_values import Check, LessonOrigin, LessonView
from assistant.store.written_lessons import WrittenLessonRepository
from assistant.tutor.lessons.checking import Aim, CheckedLesson, CheckedPart, Twin, checked
from assistant.tutor.lessons.drafts import Draft, draft_type, turns_for
from assistant.tutor.lessons.text import from_text, to_text
from assistant.tutor.lessons.twins import twin_of

SearchTexts = Callable[[str, CancelToken], Sequence[str]]
RunProgram = Callable[[str, CancelToken], ProgramRun]
_SAMPLING: Final = SamplingParams(temperature=0.4, repeat_penalty=1.05, max_tokens=700)


@dataclass(frozen=True, slots=True)
class UnitWritten:
    """What came of a unit.

    Args:
        written: Concepts whose lesson was written now.
        had: Concepts that had one.
        failed: Concepts without one still, and why, in words.
    """

    written: tuple[ConceptId, ...]
    had: tuple[ConceptId, ...]
    failed: tuple[tuple[ConceptId, str], ...]


@dataclass(frozen=True, slots=True)
class UnitLack:
    """A unit in which lessons are missing.

    Args:
        unit: Its place, from 0.
        title: Its name.
        lacking: How many of its concepts have no lesson.
        concepts: How many it has.
    """

    unit: int
    title: str
    lacking: int
    concepts: int


@dataclass(frozen=True, slots=True)
class Pen:
    """What writing stands on.

    Args:
        structured: Asks the model for a value.
        model_name: What the model that answers is called.
        search: Passages of the learner's books about a concept.
        run: Runs a program, sealed off.
        repository: Gives the vault's repository, on the store thread.
        maker: Makes exercises with proved keys, for examples.
    """

    structured: StructuredService
    model_name: Callable[[], str]
    search: SearchTexts
    run: RunProgram
    repository: Callable[[], WrittenLessonRepository]
    maker: Maker


class LessonWriter:
    """Writes lessons, keeps them, and gives those that were kept.

    Args:
        workers: The pool and the store thread.
        clock: Tells when a lesson was written.
        library: The courses.
        pen: What writing stands on.
    """

    def __init__(self, workers: Workers, clock: Clock, library: CourseLibrary, pen: Pen) -> None:
        self._workers = workers
        self._clock = clock
        self._library = library
        self._pen = pen

    def kept(self, course: CourseId, concept: Concept) -> LessonView | None:
        """The lesson that a model wrote earlier; None where none did. In the pool.

        A text that cannot be read any more is as good as none.
        """
        found = self._workers.on_store(
            lambda: self._pen.repository().get(course, concept.id)
        ).result()
        if found is None:
            return None
        text, model, when = found
        try:
            return _view(course, concept, from_text(text), model, when)
        except ValueError:
            return None

    def write(
        self, course: CourseId, concept: ConceptId, priority: Priority = Priority.INTERACTIVE
    ) -> Job[LessonView]:
        """Has a lesson written, in the place of one that was written before; never waits.

        Raises (from the job):
            UserFacingError: There is no such concept, the course brought its lesson, no model can
                answer, or all that it wrote was unusable.
        """
        job: Job[LessonView] = Job()

        def begin() -> None:
            found, about = self._wanted(course, concept)
            passages = tuple(self._pen.search(f"{about.title} {about.summary}", job.cancel_token))
            wish = Wish(
                turns_for(found, about, passages),
                _SAMPLING,
                cache_key="lessons",
                priority=priority,
            )
            job.report(0.1, f"Writing “{about.title}”")
            asked = self._pen.structured.instance(draft_type(found), wish)
            job.cancel_token.watch(asked.cancel)

            def then(done: Job[Draft]) -> None:
                self.go_on(job, lambda: self._end(job, found, about, passages, done))

            asked.on_done(then)

        self.go_on(job, begin)
        return job

    def write_unit(self, course: CourseId, unit: int) -> Job[UnitWritten]:
        """Has the lessons of a unit written that it lacks, in the background, one after the other.

        A cancel keeps what was written; the outcome is then what was done until then.

        Args:
            course: The course.
            unit: Its place, from 0.

        Raises (from the job):
            UserFacingError: There is no such course or unit.
        """
        job: Job[UnitWritten] = Job()
        self.go_on(job, lambda: _Unit(self, job, self._library.course(course), unit).begin())
        return job

    def lacking(self, course_id: CourseId) -> Job[tuple[UnitLack, ...]]:
        """The units in which lessons are missing, in their order.

        Raises (from the job):
            UserFacingError: There is no such course.
        """

        def work(_: Job[tuple[UnitLack, ...]]) -> tuple[UnitLack, ...]:
            course = self._library.course(course_id)
            bare = {one.id for one in course.concepts if not one.lesson.explanation.strip()}
            if bare:
                repository = self._pen.repository
                kept = self._workers.on_store(lambda: repository().concepts(course_id)).result()
                bare -= {ConceptId(one) for one in kept}
            counted = (
                UnitLack(at, unit.title, len(bare.intersection(unit.concepts)), len(unit.concepts))
                for at, unit in enumerate(course.units)
            )
            return tuple(one for one in counted if one.lacking)

        return self._workers.in_pool(work)

    def lacks(self, course: Course, concept: ConceptId) -> bool:
        """Whether a concept has no lesson; in the pool."""
        about = course.concept(concept)
        return not about.lesson.explanation.strip() and self.kept(course.id, about) is None

    def _wanted(self, course_id: CourseId, concept_id: ConceptId) -> tuple[Course, Concept]:
        course = self._library.course(course_id)
        if concept_id not in course.by_id:
            raise UserFacingError(
                f"“{course.title}” has no concept “{concept_id}”.",
                f"“assistant study courses {course_id}” lists what the course is made of.",
                code="concept_unknown",
            )
        concept = course.concept(concept_id)
        if concept.lesson.explanation.strip():
            raise UserFacingError(
                f"“{concept.title}” came with its lesson.",
                "Read it, and ask about what is not clear.",
                code="lesson_exists",
            )
        return course, concept

    def _end(
        self,
        job: Job[LessonView],
        course: Course,
        concept: Concept,
        passages: Sequence[str],
        done: Job[Draft],
    ) -> None:
        draft = done.result()
        job.report(0.8, f"Checking “{concept.title}”")

        def run(source: str) -> ProgramRun | None:
            try:
                return self._pen.run(source, job.cancel_token)
            except UserFacingError:
                return None  # the example then says that it was not run

        twin = self._twin(course, concept)
        aim = Aim(
            course.id,
            concept.id,
            f"{concept.title}. {concept.summary}",
            tuple(passages),
            twin,
            computes=course.subject == "mathematics",
        )
        lesson = checked(draft, aim, run)
        if not lesson.explanation:
            raise UserFacingError(
                f"What the model wrote about “{concept.title}” was not good enough to be shown.",
                "Try again, choose a larger model, or bring in a textbook. What was wrong: "
                + " ".join(dict.fromkeys(lesson.left_out)),
                code="lesson_poor",
            )
        model, now = self._pen.model_name(), self._clock.now()
        self._workers.on_store(
            lambda: self._pen.repository().keep(course.id, concept.id, to_text(lesson), model, now)
        ).result()
        generator = twin.generator if twin is not None else ""
        self._practise(course.id, concept.id, lesson, (generator, now))
        job.finish(_view(course.id, concept, lesson, model, now))

    def _twin(self, course: Course, concept: Concept) -> Twin | None:
        if course.language != "en":
            return None
        shipped = map(self._library.course, self._library.shipped())
        return twin_of(concept, course.subject, shipped, self._pen.maker)

    def _practise(
        self,
        course_id: CourseId,
        concept_id: ConceptId,
        lesson: CheckedLesson,
        more: tuple[str, datetime],
    ) -> None:
        """Proved exercises, and what makes more, become part of the learner's own course."""
        generator, now = more
        course = self._library.course(course_id)
        about = course.concept(concept_id)
        makes = about.generators or ((generator,) if generator else ())
        known = {one.id for one in about.exercises}
        new = tuple(one for one in lesson.practice if one.id not in known)
        if course_id in self._library.shipped() or not (new or makes != about.generators):
            return
        changed = replace(about, exercises=(*about.exercises, *new), generators=makes)
        concepts = tuple(changed if one.id == concept_id else one for one in course.concepts)
        self._library.keep(replace(course, concepts=concepts), now)

    def go_on(self, job: Job[LessonView] | Job[UnitWritten], work: Callable[[], None]) -> None:
        """Goes on in the pool; the job fails with whatever fails."""

        def settled(done: Job[None]) -> None:
            if done.error is not None and not job.settled:
                job.fail(done.error)

        self._workers.in_pool(lambda _: work()).on_done(settled)


class _Unit:
    """The lessons of one unit, one after the other."""

    def __init__(
        self, writer: LessonWriter, job: Job[UnitWritten], course: Course, unit: int
    ) -> None:
        if not 0 <= unit < len(course.units):
            raise UserFacingError(
                f"“{course.title}” has no unit {unit + 1}.",
                f"It has {len(course.units)} units.",
                code="unit_unknown",
            )
        self._writer = writer
        self._job = job
        self._course = course
        self._concepts = course.units[unit].concepts
        self._waiting = list(self._concepts)
        self._written: list[ConceptId] = []
        self._had: list[ConceptId] = []
        self._failed: list[tuple[ConceptId, str]] = []

    def begin(self) -> None:
        """Goes on with the next concept, or ends the job; in the pool."""
        while self._waiting and not self._job.cancel_token.cancelled:
            concept = self._waiting.pop(0)
            if not self._writer.lacks(self._course, concept):
                self._had.append(concept)
                continue
            part = 1 - (len(self._waiting) + 1) / len(self._concepts)
            with contextlib.suppress(Cancelled):  # told by the outcome
                self._job.report(part, f"Writing “{self._course.concept(concept).title}”")
            writing = self._writer.write(self._course.id, concept, Priority.BACKGROUND)
            self._job.cancel_token.watch(writing.cancel)
            writing.on_done(partial(self._after, concept))
            return
        self._failed += [(one, "It was given up before.") for one in self._waiting]
        self._job.finish(UnitWritten(tuple(self._written), tuple(self._had), tuple(self._failed)))

    def _after(self, concept: ConceptId, done: Job[LessonView]) -> None:
        error = done.error
        if error is None:
            self._written.append(concept)
        elif isinstance(error, UserFacingError):
            self._failed.append((concept, f"{error.message} {error.hint}".strip()))
        elif isinstance(error, Cancelled):
            self._failed.append((concept, "It was given up."))
        else:
            self._job.fail(Bug("a lesson could not be written"))
            return
        self._writer.go_on(self._job, self.begin)


def _view(
    course: CourseId, concept: Concept, lesson: CheckedLesson, model: str, when: datetime
) -> LessonView:
    return LessonView(
        course,
        concept,
        Lesson(
            lesson.explanation,
            tuple(one.example for one in lesson.worked),
            tuple(one.example for one in lesson.faded),
        ),
        LessonOrigin.WRITTEN,
        Check(lesson.explained, lesson.how),
        tuple(map(_check, lesson.worked)),
        tuple(map(_check, lesson.faded)),
        lesson.practice,
        model,
        when,
    )


def _check(part: CheckedPart) -> Check:
    return Check(part.checked, part.how)
