"""Ties the review screen to the services: asks cards, takes answers, takes them back."""

from datetime import datetime

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import CourseId
from assistant.domain.study import Card, Recall
from assistant.services.study.reviewing import Session, Shown
from assistant.services.study.services import StudyServices
from assistant.ui.bridge.background import WorkersBackground
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.study.exercise.troubles import for_window
from assistant.ui.study.review.ending import Ending, Onward, ending_of
from assistant.ui.study.review.queue import ReviewQueue
from assistant.ui.study.review.screen import ReviewScreen
from assistant.ui.study.review.words import done_words, moment_words
from assistant.ui.theme.theme import Theme

_PUT_ASIDE = "The card is asked no more. U takes that back; Progress keeps it."
_ASKED_AGAIN = "The card is asked again."


class ReviewController(QObject):
    """A session of review.

    Args:
        theme: The theme in force.
        study: The services.
        relay: Brings outcomes to this thread.
        parent: The owner.
    """

    left = Signal()
    """The learner is done, or leaves."""
    learn_wanted = Signal(str, str)
    """The same: what comes next, once nothing is due any more."""
    practice_wanted = Signal(str, str)
    """The same, where its lesson was read already."""
    ended = Signal()
    """Nothing is left to be asked."""
    failed = Signal(object)
    """A ``UserFacingError``."""
    said = Signal(str)
    """One line on what was done."""
    lesson_wanted = Signal(str, str)
    """Of a course's id and a concept's: what explains a card that does not stay."""

    def __init__(
        self, theme: Theme, study: StudyServices, relay: JobRelay, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._study = study
        self._relay = relay
        self._background = WorkersBackground(study.workers, self)
        self.widget = ReviewScreen(theme, self._background)
        """What is shown."""
        self.queue = ReviewQueue()
        self._course: CourseId | None = None
        self._names: dict[CourseId, str] = {}
        self._leech: Card | None = None
        self._onward: Onward | None = None
        self._lesson = ""
        self._rewriting: Card | None = None
        self._given: tuple[Recall, float] = (Recall.GOOD, 0.0)
        self._waiting: Watch | None = None
        self._since = QElapsedTimer()
        self._connect()

    def _connect(self) -> None:
        screen = self.widget
        screen.leave_wanted.connect(self.leave)
        screen.graded.connect(self._grade)
        screen.undo_wanted.connect(self._undo)
        screen.edit_wanted.connect(self._edit)
        screen.suspend_wanted.connect(self._suspend)
        screen.rewritten.connect(self._rewrite)
        screen.edit_dropped.connect(self._edit_dropped)
        screen.drawing.links.failed.connect(self.failed)

    def open(self, course_id: CourseId | None = None) -> None:
        """Begins with what is due now, of a course or of all."""
        self._drop()
        self._course = course_id
        self._leech = self._rewriting = None
        self.widget.hide_notice()
        self.widget.show_waiting()
        self._waiting = self._relay.watch(
            self._study.workers.in_pool(lambda _: self._begin_with(course_id)),
            self._begun,
            self._failed,
        )

    def resume(self) -> None:
        """One came back from a lesson: the card that was asked is asked."""
        self._since.restart()
        self.widget.take_keys()

    def leave(self) -> None:
        """Says that it is left; every answer is kept already."""
        self._drop()
        self.left.emit()

    def close(self) -> None:
        """Shows nothing more."""
        self._drop()
        self._background.close()

    # Cards

    def _begin_with(self, course: CourseId | None) -> tuple[Session, dict[CourseId, str]]:
        """In the pool: the session, and the titles of its courses."""
        session = self._study.reviews.session(course).result()
        titles: dict[CourseId, str] = {}
        for each in session.by_course:
            try:
                titles[each] = self._study.library.title(each)
            except UserFacingError:
                titles[each] = str(each)  # a deck whose course is gone keeps its cards
        return session, titles

    def _begun(self, begun: tuple[Session, dict[CourseId, str]]) -> None:
        self._waiting = None
        session, self._names = begun
        self.queue = ReviewQueue(session.cards)
        self._next()

    def _next(self) -> None:
        self._show_left()
        card = self.queue.current
        if card is None:
            study, course = self._study, self._course
            job = study.workers.in_pool(lambda _: ending_of(study, course))
            self._waiting = self._relay.watch(job, self._ended, self._failed)
        else:
            self._waiting = self._relay.watch(
                self._study.reviews.show(card.id), self._show, self._failed
            )

    def _show(self, shown: Shown) -> None:
        self._waiting = None
        self.widget.show_card(shown, self._names.get(shown.card.course, ""))
        self._since.start()
        if self._leech is not None:
            rewrite, aside, *lesson = self.widget.show_leech(self._leech, self._lesson)
            rewrite.clicked.connect(self._rewrite_leech)
            aside.clicked.connect(self._lay_leech_aside)
            for read in lesson:
                read.clicked.connect(self._read_lesson)

    def _ended(self, ending: Ending) -> None:
        self._waiting = None
        queue, self._onward = self.queue, ending.onward
        when = self._next_words(ending.next_due)
        if queue.done:
            words = f"{done_words(queue.cards_done, queue.counts, queue.seconds)} {when}"
            title = "All reviewed"
        else:
            title = "Nothing is due"
            words = when or "Cards come with the lessons that you take and the decks you bring in."
        *ahead, back = self.widget.show_message(title, words.strip(), ending.buttons)
        for button in ahead:
            button.clicked.connect(self._go_on)
        back.clicked.connect(self.leave)
        self.ended.emit()

    def _go_on(self) -> None:
        on = self._onward
        if on is not None:
            (self.learn_wanted if on.learn else self.practice_wanted).emit(on.course, on.concept)

    def _show_left(self) -> None:
        queue = self.queue
        self.widget.bar.show_left(queue.left, queue.done, undo=queue.can_undo)

    # Answers

    def _grade(self, recall: Recall) -> None:
        card = self.queue.current
        if card is None or self._waiting is not None:
            return
        seconds = self._since.elapsed() / 1000
        self._given = (recall, seconds)
        self.widget.wait()
        job = self._study.reviews.answer(card.id, recall, seconds)
        self._waiting = self._relay.watch(job, self._graded, self._failed)

    def _graded(self, card: Card) -> None:
        self._waiting = None
        before = self.queue.current
        recall, seconds = self._given
        self.queue.answered(card, recall, seconds)
        self.widget.hide_notice()
        known = before is not None and before.leech
        self._leech = card if card.leech and not known else None
        if self._leech is None:
            self._next()
        else:
            hard = self._leech
            job = self._study.workers.in_pool(lambda _: self._lesson_of(hard))
            self._waiting = self._relay.watch(job, self._explained, self._failed)

    def _lesson_of(self, card: Card) -> str:
        """In the pool: the title of what explains a card; "" where nothing does, as in a deck."""
        try:
            course = self._study.library.course(card.course)
        except UserFacingError:
            return ""
        return course.concept(card.concept).title if card.concept in course.by_id else ""

    def _explained(self, lesson: str) -> None:
        self._waiting = None
        self._lesson = lesson
        if self._leech is not None and self.queue.current is None:
            self._show_left()
            self._tell_last_leech(self._leech)
        else:
            self._next()

    def _tell_last_leech(self, card: Card) -> None:
        """The last card of all is one that does not stay: it is asked about before the end."""
        rewrite, aside, on, *lesson = self.widget.show_message(
            "A card that does not stay",
            f"It was forgotten {card.lapses} times. In other words it may be easier to keep.",
            [
                ("Rewrite it", "primary"),
                ("Lay it aside", "plain"),
                ("Leave it", "ghost"),
                *([(f"Open “{self._lesson}”", "ghost")] if self._lesson else []),
            ],
        )
        for read in lesson:
            read.clicked.connect(self._read_lesson)
        rewrite.clicked.connect(self._rewrite_leech)
        aside.clicked.connect(self._lay_leech_aside)
        aside.clicked.connect(self._next)
        on.clicked.connect(self._next)

    def _undo(self) -> None:
        if self._waiting is None and self.queue.can_undo:
            self.widget.wait()
            aside, watch = self.queue.last_aside, self._relay.watch
            if aside is None:
                undo = self._study.reviews.undo()
                self._waiting = watch(undo, self._undone, self._failed)
            else:
                again = self._study.reviews.suspend(aside, suspended=False)
                self._waiting = watch(again, self._undone, self._failed)

    def _undone(self, card: Card | None) -> None:
        self._waiting = None
        if card is not None:
            self._leech = None
            self.widget.hide_notice()
            aside = self.queue.last_aside == card.id
            self.queue.undone(card)
            self.said.emit(_ASKED_AGAIN if aside else "The last answer was taken back.")
        self._next()

    def _suspend(self) -> None:
        card = self.queue.current
        if card is not None and self._waiting is None:
            self.widget.wait()
            job = self._study.reviews.suspend(card.id)
            self._waiting = self._relay.watch(job, self._suspended, self._failed)

    def _suspended(self, card: Card) -> None:
        self._waiting = None
        self.queue.put_aside(card.id)
        self.said.emit(_PUT_ASIDE)
        self._next()

    # Other words

    def _edit(self) -> None:
        card = self.queue.current
        if card is not None and self._waiting is None:
            self._open_editor(card)

    def _read_lesson(self) -> None:
        if self._leech is not None and self._waiting is None:
            card = self._leech
            self.lesson_wanted.emit(card.course, card.concept)

    def _rewrite_leech(self) -> None:
        if self._leech is not None and self._waiting is None:
            self._open_editor(self._leech)

    def _open_editor(self, card: Card) -> None:
        self._rewriting = card
        self.widget.hide_notice()
        self.widget.open_editor(card)

    def _rewrite(self, front: str, back: str) -> None:
        card = self._rewriting
        if card is not None and self._waiting is None:
            job = self._study.reviews.rewrite(card.id, front, back)
            self._waiting = self._relay.watch(job, self._rewritten, self._failed)

    def _rewritten(self, card: Card) -> None:
        self._waiting = None
        self._rewriting = self._leech = None
        self.queue.changed(card)
        self.widget.close_editor()
        self.said.emit("The card was rewritten.")
        self._next()

    def _lay_leech_aside(self) -> None:
        card, self._leech = self._leech, None
        self.widget.hide_notice()
        if card is not None:
            self.queue.put_aside(card.id)
            self._relay.watch(self._study.reviews.suspend(card.id), self._laid_aside, self._failed)

    def _laid_aside(self, card: Card) -> None:
        self.said.emit(_PUT_ASIDE)
        self._show_left()

    def _edit_dropped(self) -> None:
        self._rewriting = None
        if self.queue.current is None:
            self._next()

    def _failed(self, error: UserFacingError) -> None:
        self._waiting = None
        self.failed.emit(for_window(error))
        if self.queue.current is not None:
            self.widget.go_on()

    def _drop(self) -> None:
        if self._waiting is not None:
            self._waiting.drop()
        self._waiting = None

    def _next_words(self, next_due: datetime | None) -> str:
        if next_due is None:
            return ""
        return f"The next is due {moment_words(next_due, self._study.today.now())}."
