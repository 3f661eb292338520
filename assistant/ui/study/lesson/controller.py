"""Opens lessons, checks blanks, runs code and answers questions; all of it off the window."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConceptId, CourseId
from assistant.render.blocks import Block
from assistant.render.markdown import parse
from assistant.services.streams import Reading, Text, Waiting
from assistant.services.study.blanks import check_blank
from assistant.services.study.enrolments import LearnerView
from assistant.services.study.lesson_values import (
    LessonAnswer,
    LessonEvent,
    LessonView,
    NotReplied,
    Replied,
    Source,
)
from assistant.services.study.services import StudyServices
from assistant.ui.bridge.answers import AnswerPump
from assistant.ui.bridge.background import WorkersBackground
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.study.books.reader import BookOpener
from assistant.ui.study.exercise.markdown_view import drawing
from assistant.ui.study.exercise.troubles import for_window
from assistant.ui.study.lesson.code import LessonCode
from assistant.ui.study.lesson.faded import BlankRow
from assistant.ui.study.lesson.open_lesson import OpenLesson
from assistant.ui.study.lesson.page import LessonPage
from assistant.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class _Came:
    """What the jobs that open a lesson have brought so far."""

    view: LessonView | None = None
    blocks: tuple[Block, ...] | None = None
    learner: LearnerView | None = None


class LessonController(QObject):
    """Ties the page of a lesson to the services.

    Args:
        theme: The theme in force.
        study: The services of study.
        relay: Brings outcomes here.
        parent: The owner.
    """

    left = Signal()
    """The page is done with."""
    failed = Signal(object)
    """A ``UserFacingError``."""
    said = Signal(str)
    """One line on what was done."""
    practise = Signal(str, str)
    """Of a course's id and a concept's."""
    opened = Signal(str, str)
    """A lesson is shown: ids of its course and its concept."""

    def __init__(
        self, theme: Theme, study: StudyServices, relay: JobRelay, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._study = study
        self._relay = relay
        self._course = CourseId("")
        self._concept = ConceptId("")
        self._watches: list[Watch] = []
        self._came = _Came()
        self._runs: dict[LessonCode, Watch] = {}
        self._answer: LessonAnswer | None = None
        self._writing: Watch | None = None
        self._pump = AnswerPump(self)
        self._pump.drained.connect(self._drained)
        self._background = WorkersBackground(study.workers, self)
        self.widget = LessonPage(theme)
        self._drawing = drawing(theme, self._background, self.widget)
        self._drawing.links.failed.connect(self.failed)
        self.books = BookOpener(theme, study, relay, self.widget, self._drawing)
        """Opens the textbooks that answers cite."""
        self.books.failed.connect(self.failed)
        page = self.widget
        page.left.connect(self._leave)
        page.practise.connect(self.practise)
        page.concept_wanted.connect(self._turn)
        page.check_wanted.connect(self._check)
        page.run_wanted.connect(self._run)
        page.stop_wanted.connect(self._stop_run)
        page.built.connect(self._built)
        page.write_wanted.connect(self._write)
        page.write_stopped.connect(self._stop_writing)

    def open(self, course_id: CourseId, concept_id: ConceptId) -> None:
        """Shows a lesson once it is read; one that is on its way is dropped for it."""
        self._drop()
        self._course, self._concept = course_id, concept_id
        self._came = _Came()
        study = self._study
        learner = study.workers.in_pool(lambda _: study.enrolments.view(course_id))
        self._watches = [
            self._relay.watch(
                study.lessons.lesson(course_id, concept_id), self._take_view, self._cannot_open
            ),
            self._relay.watch(learner, self._take_learner, self._cannot_open),
        ]

    def close(self) -> None:
        """Shows nothing more."""
        self._drop()
        self._pump.close()
        self._background.close()

    # Opening

    def _take_view(self, view: LessonView) -> None:
        self._came = replace(self._came, view=view)
        text = view.lesson.explanation
        job = self._study.workers.in_pool(lambda _: parse(text))
        self._watches.append(self._relay.watch(job, self._take_blocks, self._cannot_open))

    def _take_blocks(self, blocks: tuple[Block, ...]) -> None:
        self._came = replace(self._came, blocks=blocks)
        self._show()

    def _take_learner(self, learner: LearnerView) -> None:
        self._came = replace(self._came, learner=learner)
        self._show()

    def _show(self) -> None:
        view, learner, blocks = self._came.view, self._came.learner, self._came.blocks
        if view is None or learner is None or blocks is None:
            return
        known = {mastery.concept: mastery for mastery in learner.masteries}
        self.widget.show_lesson(OpenLesson(learner.course, view, known, blocks), self._drawing)

    def _built(self) -> None:
        ask = self.widget.ask
        if ask is not None:
            ask.asked.connect(self._ask)
            ask.stopped.connect(self._stop_answer)
            ask.book_wanted.connect(self._open_book)
        self.opened.emit(str(self._course), str(self._concept))

    def _cannot_open(self, error: UserFacingError) -> None:
        for watch in self._watches:
            watch.drop()
        told = for_window(error)
        self.widget.show_error(told.message, told.hint)
        self.failed.emit(told)

    def _turn(self, concept: str) -> None:
        self.open(self._course, ConceptId(concept))

    def _leave(self) -> None:
        self._stop_answer()
        self.left.emit()

    def _drop(self) -> None:
        """Whatever was begun for the page as it is now is wanted no more."""
        for watch in (*self._watches, *self._runs.values()):
            watch.drop()
            watch.cancel()
        self._watches.clear()
        self._runs.clear()
        self._stop_writing()
        self._stop_answer()
        self._answer = None

    # Blanks and code

    def _check(self, row: BlankRow, answer: str) -> None:
        step = row.step
        learner = self._came.learner
        subject = learner.course.subject if learner is not None else ""
        job = self._study.workers.in_pool(lambda _: check_blank(step, answer, subject))
        self._relay.watch(job, row.take, row.refuse)

    def _run(self, code: LessonCode) -> None:
        if code.snippet is None:
            return
        job = self._study.grading.run(code.snippet.program)
        self._runs[code] = self._relay.watch(
            job, code.show_run, code.show_trouble, code.show_progress
        )

    def _stop_run(self, code: LessonCode) -> None:
        watch = self._runs.pop(code, None)
        if watch is not None:
            watch.drop()
            watch.cancel()

    # Writing

    def _write(self) -> None:
        card = self.widget.write
        if card is not None:
            job = self._study.lessons.write(self._course, self._concept)
            self._writing = self._relay.watch(
                job, self._was_written, self._not_written, card.show_progress
            )

    def _was_written(self, _: LessonView) -> None:
        self._writing = None
        self.said.emit("The lesson is written; what could not be checked is marked.")
        self.open(self._course, self._concept)

    def _not_written(self, error: UserFacingError) -> None:
        self._writing = None
        if self.widget.write is not None:
            self.widget.write.show_error(f"{error.message} {error.hint}".strip())

    def _stop_writing(self) -> None:
        if self._writing is not None:
            self._writing.drop()
            self._writing.cancel()
            self._writing = None

    # Questions

    def _ask(self, question: str) -> None:
        self._answer = self._study.lessons.ask(self._course, self._concept, question)
        self._pump.watch(self._answer)

    def _open_book(self, source: Source) -> None:
        if source.book is not None:
            self.books.open(source.book, source.passage)

    def _stop_answer(self) -> None:
        if self._answer is not None:
            self._answer.cancel()

    def _drained(self, answer: object, events: list[LessonEvent]) -> None:
        card = self.widget.ask
        if answer is not self._answer or card is None:
            return
        for event in events:
            match event:
                case Waiting(reason):
                    card.say(reason)
                case Reading(fraction):
                    card.say(f"Reading the passages, {100 * fraction:.0f}\u00a0%")
                case Text(text):
                    card.add_text(text)
                case Replied(reply):
                    card.show_reply(reply)
                    self.widget.show_answer()
                case NotReplied(error):
                    card.show_error(f"{error.message} {error.hint}".strip())
                    self.widget.show_answer()
