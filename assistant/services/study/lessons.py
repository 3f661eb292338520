"""Lessons as they are read, and answers to questions about them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from assistant.domain.book import BookFormat, BookPassage
from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason, Role
from assistant.domain.course import Concept, Lesson
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.generation import GenerationRequest, SamplingParams, Turn
from assistant.domain.ids import ConceptId, CourseId
from assistant.services.completions import Completion
from assistant.services.jobs import Job, Workers
from assistant.services.study.course_library import CourseLibrary
from assistant.services.study.lesson_values import (
    Check,
    LessonAnswer,
    LessonOrigin,
    LessonReply,
    LessonView,
    NotReplied,
    Replied,
    Source,
)
from assistant.services.study.lesson_writing import LessonWriter, UnitLack, UnitWritten
from assistant.services.study.wording import Wording, missing_words
from assistant.tutor.books.grounding import Support, grounded, quoted
from assistant.tutor.books.ranking import pieces_of, ranked

SearchBooks = Callable[[str, int, CancelToken], Sequence[BookPassage]]
"""The passages of the learner's books that a question is about; called in the pool."""

_BY_AUTHOR: Final = Check(checked=True, how="It came with the course.")
_LESSON_PASSAGES: Final = 2
_BOOK_PASSAGES: Final = 3
_MOST_CHARACTERS: Final = 2_000
"""Of all passages together: small models lose the thread in more."""
_LONGEST_QUESTION: Final = 1_000
_NOTHING_SAID: Final = "The model had nothing to say to it."
_SYSTEM: Final = (
    "You are a patient tutor. Answer the learner's question in two short sentences, in the words "
    "of the passages. After each sentence write the number of its passage in brackets, like [1]. "
    "If the passages do not say it, write: The passages do not say."
)
_SAMPLING: Final = SamplingParams(temperature=0.2, repeat_penalty=1.1, max_tokens=160)


class LessonService:
    """Gives lessons and answers questions about them.

    Args:
        workers: The pool.
        library: The courses.
        wording: Has a model write.
        search_books: Finds passages in the learner's books.
        writer: Writes what a course lacks.
    """

    def __init__(
        self,
        workers: Workers,
        library: CourseLibrary,
        wording: Wording,
        search_books: SearchBooks,
        writer: LessonWriter,
    ) -> None:
        self._workers = workers
        self._library = library
        self._wording = wording
        self._search_books = search_books
        self._writer = writer

    def lesson(self, course: CourseId, concept: ConceptId) -> Job[LessonView]:
        """The lesson of a concept: the authored one, else the one that a model wrote.

        Raises (from the job):
            UserFacingError: There is no such course or concept.
        """
        return self._workers.in_pool(lambda _: self._view(course, concept))

    def write(self, course: CourseId, concept: ConceptId) -> Job[LessonView]:
        """See ``LessonWriter.write``."""
        return self._writer.write(course, concept)

    def write_unit(self, course: CourseId, unit: int) -> Job[UnitWritten]:
        """See ``LessonWriter.write_unit``."""
        return self._writer.write_unit(course, unit)

    def lacking(self, course: CourseId) -> Job[tuple[UnitLack, ...]]:
        """See ``LessonWriter.lacking``."""
        return self._writer.lacking(course)

    def ask(self, course: CourseId, concept: ConceptId, question: str) -> LessonAnswer:
        """Answers a question about the page; never waits.

        The answer is written from the lesson and from the learner's books. Its last event holds
        it sentence by sentence, each with the passages in which code found it. Where no model can
        answer, or most of what it says stands in none of them, the passages' own words answer.
        """
        answer = LessonAnswer()

        def work() -> None:
            view = self._view(course, concept)
            sources = self._sources(view, question, answer.cancel_token)
            if not question.strip() or not sources:
                answer.put(Replied(LessonReply((), sources, missing=_nothing(question))))
                return
            request = _request(view.concept, sources, question)
            self._wording.stream(
                request,
                answer.cancel_token,
                answer.put,
                lambda outcome: answer.put(Replied(self._reply(question, sources, outcome))),
            )

        self._workers.in_pool(lambda _: work()).on_done(lambda job: _refuse(answer, job.error))
        return answer

    def _view(self, course_id: CourseId, concept_id: ConceptId) -> LessonView:
        course = self._library.course(course_id)
        if concept_id not in course.by_id:
            raise UserFacingError(
                f"“{course.title}” has no concept “{concept_id}”.",
                f"“assistant study courses {course_id}” lists what the course is made of.",
                code="concept_unknown",
            )
        concept = course.concept(concept_id)
        lesson = concept.lesson
        if not lesson.explanation.strip():
            kept = self._writer.kept(course_id, concept)
            if kept is not None:
                return kept
            missing = f"“{concept.title}” has no lesson yet. Have the model write one."
            nothing = Check(checked=False, how="There is nothing here yet.")
            return LessonView(
                course_id, concept, Lesson(""), LessonOrigin.NONE, nothing, missing=missing
            )
        return LessonView(
            course_id,
            concept,
            lesson,
            LessonOrigin.AUTHORED,
            _BY_AUTHOR,
            tuple(_BY_AUTHOR for _ in lesson.worked),
            tuple(_BY_AUTHOR for _ in lesson.faded),
        )

    def _sources(self, view: LessonView, question: str, cancel: CancelToken) -> tuple[Source, ...]:
        pieces = _lesson_pieces(view.lesson)
        by_model = view.origin is LessonOrigin.WRITTEN
        where = f"Lesson{' that a model wrote' * by_model}: {view.concept.title}"
        found = [
            Source(0, where, pieces[at], markdown=True)
            for at in ranked(question, pieces)[:_LESSON_PASSAGES]
        ]
        found += [_book_source(one) for one in self._books(question, cancel)]
        fitting: list[Source] = []
        left = _MOST_CHARACTERS
        for source in found:
            if len(source.text) <= left or not fitting:
                fitting.append(replace(source, number=len(fitting) + 1))
                left -= len(source.text)
        return tuple(fitting)

    def _books(self, question: str, cancel: CancelToken) -> Sequence[BookPassage]:
        try:
            return self._search_books(question, _BOOK_PASSAGES, cancel)
        except UserFacingError:
            return ()  # the vault is closed: the lesson of a course that ships needs none

    def _reply(
        self, question: str, sources: tuple[Source, ...], outcome: Completion | BaseException
    ) -> LessonReply:
        if isinstance(outcome, Cancelled):
            return LessonReply((), sources, stopped=True)
        texts = [source.text for source in sources]
        quotes = tuple(
            replace(one, literal=not sources[one.sources[0] - 1].markdown)
            for one in quoted(question, texts)
        )
        if isinstance(outcome, BaseException):
            return LessonReply(quotes, sources, missing=missing_words(outcome))
        said = grounded(outcome.text, texts)
        if outcome.finish_reason is FinishReason.LENGTH:
            said = said[:-1]  # the last one was cut short
        claims = [one for one in said if one.support is not Support.NO_CLAIM]
        held = [one for one in claims if one.support is Support.SUPPORTED]
        model = self._wording.name_of(outcome)
        if claims and 2 * len(held) >= len(claims):
            return LessonReply(said, sources, model)
        # A model that says so much of its own is not to be trusted with the rest either.
        if claims:
            ends = "; the passages answer instead." if quotes else ", and not shown."
            words = _left_out(len(claims) - len(held), len(claims), model) + ends
        else:
            words = _NOTHING_SAID
        kept, by = (quotes, "") if quotes else (tuple(held), model)
        return LessonReply(kept, sources, by, words)


def _book_source(one: BookPassage) -> Source:
    is_markdown = one.format is BookFormat.MARKDOWN
    return Source(0, one.citation, one.text, one.book, one.page, one.section, one.id, is_markdown)


def _lesson_pieces(lesson: Lesson) -> tuple[str, ...]:
    examples = [
        "\n".join([example.problem, *(f"{step.shown} {step.why}" for step in example.steps)])
        for example in lesson.worked
    ]
    return (*pieces_of(lesson.explanation), *examples)


def _request(concept: Concept, sources: Sequence[Source], question: str) -> GenerationRequest:
    passages = "\n\n".join(f"[{source.number}] {source.text}" for source in sources)
    asked = question.strip()[:_LONGEST_QUESTION]
    told = f"Passages about “{concept.title}”:\n\n{passages}\n\nQuestion: {asked}"
    turns = (Turn(Role.SYSTEM, _SYSTEM), Turn(Role.USER, told))
    return GenerationRequest(turns, _SAMPLING, cache_key="lesson questions")


def _left_out(count: int, of: int, model: str) -> str:
    said = "What" if of == 1 else f"{count} of {of} sentences that"
    return f"{said} {model} wrote {'is' if count == 1 else 'are'} in no passage"


def _nothing(question: str) -> str:
    if not question.strip():
        return "Ask a question in a few words."
    return "Neither the lesson nor your books say anything yet. Have a lesson written first."


def _refuse(answer: LessonAnswer, error: BaseException | None) -> None:
    if error is None or answer.ended:
        return
    if isinstance(error, Cancelled):
        answer.put(Replied(LessonReply((), (), stopped=True)))
    elif isinstance(error, UserFacingError):
        answer.put(NotReplied(error))
    else:
        answer.put(
            NotReplied(
                UserFacingError("Something went wrong in Lamplight.", "Try again.", code="internal")
            )
        )
