"""Courses of the learner's own: drafted by a model, mended by code, edited, kept.

Without a model there is an outline to fill in.
"""

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from assistant.domain.clock import Clock
from assistant.domain.course import Course
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.ids import CourseId
from assistant.services.completions import Completions
from assistant.services.jobs import Job, Workers
from assistant.services.study.course_library import CourseLibrary
from assistant.services.study.syllabus_proposals import SyllabusProposals
from assistant.tutor.courses.edits import (
    Add,
    Edit,
    Link,
    Move,
    Remove,
    Rename,
    RenameUnit,
    edited,
)
from assistant.tutor.courses.naming import one_line
from assistant.tutor.courses.proposals import draft_of, in_parts
from assistant.tutor.courses.syllabus import FEWEST_CONCEPTS, MOST_CONCEPTS, mended

if TYPE_CHECKING:
    from assistant.engine.embedding import Embedder

__all__ = [
    "Add",
    "Edit",
    "Link",
    "Move",
    "Remove",
    "Rename",
    "RenameUnit",
    "SyllabusDrafted",
    "SyllabusService",
]

USUAL_CONCEPTS: Final = 12
_LONGEST_SUBJECT: Final = 80
_SHORT_SUBJECT: Final = 40
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_FEW_USED: Final = 0.5
_OUTLINE: Final = (
    ("First steps", ("What {} is about", "Words and ideas to begin with")),
    ("Going on", ("A first piece of practice", "What often goes wrong")),
    ("Going further", ("Something larger of your own",)),
)


@dataclass(frozen=True, slots=True)
class SyllabusDrafted:
    """A draft, not kept yet.

    Args:
        course: Sound in its form: without cycles, without a title twice. No lesson is in it.
        model: Who proposed it; "" where it is an outline to be filled in.
        repairs: What was changed in what the model wrote, a sentence each.
        missing: Why no model drafted it, and what helps; "" where one did.
    """

    course: Course
    model: str
    repairs: tuple[str, ...]
    missing: str = ""


class SyllabusService:
    """Drafts, edits and keeps courses of the learner's own; every job is done in the pool.

    Args:
        workers: The pool.
        clock: Tells when a course was kept.
        library: Keeps the courses.
        completions: Where proposals come from.
        embedder: Gives the model that tells which titles have to do with the subject; may give
            None.
    """

    def __init__(
        self,
        workers: Workers,
        clock: Clock,
        library: CourseLibrary,
        completions: Completions,
        embedder: "Callable[[], Embedder | None]",
    ) -> None:
        self._workers = workers
        self._clock = clock
        self._library = library
        self._completions = completions
        self._embedder = embedder
        self._drafting = threading.Lock()

    def draft(
        self, subject: str, *, concepts: int = USUAL_CONCEPTS, language: str = "en", seed: int = 0
    ) -> Job[SyllabusDrafted]:
        """Has a model draft a course; an outline to be filled in where no model can.

        Args:
            subject: What is to be learnt, in the learner's words.
            concepts: How many there should be, about.
            language: Its code.
            seed: Of the sampling: another one drafts another course.

        Raises (from the job):
            UserFacingError: No subject was named (``syllabus_subject``), or the number is not
                one of a course (``syllabus_size``), or another draft is under way.
            Cancelled: It was given up.
        """

        def work(job: Job[SyllabusDrafted]) -> SyllabusDrafted:
            name = _subject(subject)
            if not FEWEST_CONCEPTS <= concepts <= MOST_CONCEPTS:
                raise UserFacingError(
                    f"A course has {FEWEST_CONCEPTS} to {MOST_CONCEPTS} concepts.",
                    "Choose another number.",
                    code="syllabus_size",
                )
            _check_language(language)
            # It waits for the engine in the pool: a second one could take the pool's last thread.
            if not self._drafting.acquire(blocking=False):
                raise UserFacingError(
                    "A course is being drafted already.",
                    "Wait until it is there.",
                    code="syllabus_busy",
                )
            try:
                return self._draft(job, name, concepts, language, seed)
            finally:
                self._drafting.release()

        return self._workers.in_pool(work)

    def outline(
        self, subject: str, titles: Sequence[str] = (), *, language: str = "en"
    ) -> Job[SyllabusDrafted]:
        """An outline without any model: of the learner's own titles, or one to be filled in.

        Raises (from the job):
            UserFacingError: No subject was named, or fewer than three different titles.
        """

        def work(_: Job[SyllabusDrafted]) -> SyllabusDrafted:
            name = _subject(subject)
            _check_language(language)
            if not titles:
                return self._empty(name, language, "")
            listed = [one_line(title, _LONGEST_SUBJECT) for title in titles][:MOST_CONCEPTS]
            different = {title.casefold() for title in listed if title}
            if len(different) < FEWEST_CONCEPTS:
                raise UserFacingError(
                    f"A course has {FEWEST_CONCEPTS} to {MOST_CONCEPTS} concepts.",
                    "Name more of what is to be learnt, each in a few words.",
                    code="syllabus_size",
                )
            draft = draft_of(in_parts([title for title in listed if title]))
            made = mended(draft, name, language, self._taken())
            return SyllabusDrafted(_credited(made.course, ""), "", made.repairs)

        return self._workers.in_pool(work)

    def keep(self, course: Course, *edits: Edit) -> Job[Course]:
        """Keeps a course, new or edited, encrypted with the rest of the history.

        Args:
            course: A sound one.
            edits: Changes to it before it is kept.

        Raises (from the job):
            UserFacingError: A course that ships has that id, or an edit would break it
                (``course_edit``); then nothing is kept.
        """

        def work(_: Job[Course]) -> Course:
            changed = course
            for one in edits:
                changed = edited(changed, one)
            self._library.keep(changed, self._clock.now())
            return changed

        return self._workers.in_pool(work)

    def edit(self, course_id: CourseId, *edits: Edit) -> Job[Course]:
        """Edits a course of the learner's own, and keeps it where every edit is sound.

        Raises (from the job):
            UserFacingError: It ships with the application (``course_ships``), there is none of
                that id, or an edit would break it (``course_edit``).
        """

        def work(_: Job[Course]) -> Course:
            self._own(course_id)
            course = self._library.course(course_id)
            changed = course
            for one in edits:
                changed = edited(changed, one)
            if changed != course:
                changed = replace(changed, version=course.version + 1)
                self._library.keep(changed, self._clock.now())
            return changed

        return self._workers.in_pool(work)

    def remove(self, course_id: CourseId) -> Job[None]:
        """Removes a course of the learner's own; what was done in it stays.

        Raises (from the job):
            UserFacingError: It ships with the application, or there is none of that id.
        """

        def work(_: Job[None]) -> None:
            self._library.course(course_id)
            self._library.remove(course_id)

        return self._workers.in_pool(work)

    def _own(self, course_id: CourseId) -> None:
        if course_id in self._library.shipped():
            raise UserFacingError(
                "This course comes with Lamplight and cannot be changed.",
                "Draft one of your own, or import a changed copy under another id.",
                code="course_ships",
            )

    def _taken(self) -> tuple[str, ...]:
        return (*self._library.shipped(), *self._library.own())

    def _empty(self, subject: str, language: str, missing: str) -> SyllabusDrafted:
        short = one_line(subject, _SHORT_SUBJECT)
        parts = [(name, [title.format(short) for title in some]) for name, some in _OUTLINE]
        made = mended(draft_of(parts), subject, language, self._taken())
        return SyllabusDrafted(_credited(made.course, ""), "", (), missing)

    def _draft(
        self, job: Job[SyllabusDrafted], subject: str, wanted: int, language: str, seed: int
    ) -> SyllabusDrafted:
        job.report(0.0, "The model is being made ready.")
        try:
            loaded = self._completions.model().result()
            asked = SyllabusProposals(
                job, self._completions, loaded, subject, wanted, self._embedder
            ).ask(seed)
        except Cancelled:
            raise
        except UserFacingError as error:
            return self._empty(subject, language, f"{error.message} {error.hint}".strip())
        titles = sum(len(inside) for _, inside in asked.parts)
        if titles < FEWEST_CONCEPTS:
            return self._empty(
                subject,
                language,
                "The model proposed nothing that could be used. A larger one may, or fill this "
                "outline in yourself.",
            )
        made = mended(draft_of(asked.parts), subject, language, self._taken())
        name = self._completions.name_of(loaded)
        left_out = asked.titles - titles
        words = f"{left_out} of {asked.titles} titles that the model proposed were left out: "
        words += "said before, no title, or beside the subject."
        if titles < _FEW_USED * asked.titles:
            words += " Expect to change much of this, or have a larger model draft it."
        repairs = (words, *made.repairs) if left_out > 0 else made.repairs
        return SyllabusDrafted(_credited(made.course, name), name, repairs)


def _subject(subject: str) -> str:
    name = one_line(subject, _LONGEST_SUBJECT)
    if not any(char.isalnum() for char in name):
        raise UserFacingError(
            "Say what you want to learn.", "A few words are enough.", code="syllabus_subject"
        )
    return name


def _check_language(language: str) -> None:
    if not _LANGUAGE.fullmatch(language):
        raise UserFacingError(
            "That is no code of a language.",
            "Write it as in “en”, “de” or “pt-BR”.",
            code="syllabus_language",
        )


def _credited(course: Course, model: str) -> Course:
    source = f"Drafted by {model}, its form checked by the app." if model else "An outline."
    return replace(course, source=source)
