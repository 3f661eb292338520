"""Ties the exercise screen to the services: gives, grades, hints, and keeps what is written."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import AnswerKind
from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.study import Rung
from assistant.services.jobs import Job
from assistant.services.study.placement_values import Placement, PlacementResult
from assistant.services.study.practice import Given, Judged
from assistant.services.study.services import StudyServices
from assistant.tutor.hints.ladder import Ladder
from assistant.tutor.learner.next_up import Doing, NextUp
from assistant.ui.bridge.background import WorkersBackground
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.study.exercise.another_kind import AnotherKind
from assistant.ui.study.exercise.asking import Asking
from assistant.ui.study.exercise.onward import Onward, end_buttons, onward
from assistant.ui.study.exercise.pane import AnswerPane
from assistant.ui.study.exercise.panes import pane_for
from assistant.ui.study.exercise.placement import known_lines, result_buttons
from assistant.ui.study.exercise.reading_along import ReadingAlong
from assistant.ui.study.exercise.screen import ExerciseScreen
from assistant.ui.study.exercise.sitting import LENGTH, Came, Sitting
from assistant.ui.study.exercise.stopwatch import Stopwatch
from assistant.ui.study.exercise.troubles import for_window
from assistant.ui.theme.theme import Theme

_SLOW_MS = 900
"""After which it is said what is waited for."""


class ExerciseController(QObject):
    """Practice, one exercise after the other.

    Args:
        theme: The theme in force.
        study: The services.
        relay: Brings outcomes to this thread.
        parent: The owner.
    """

    left = Signal()
    """The learner is done with practice, or leaves it."""
    lesson_wanted = Signal(str, str)
    """A course and a concept: where a placement test says to begin."""
    looked_up = Signal(str, str)
    """The same: what explains the exercise in hand, to which one comes back."""
    failed = Signal(object)
    """A ``UserFacingError``."""
    said = Signal(str)
    """One line on what was done."""

    def __init__(
        self, theme: Theme, study: StudyServices, relay: JobRelay, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._study = study
        self._relay = relay
        self._background = WorkersBackground(study.workers, self)
        self.widget = ExerciseScreen(theme, self._background)
        """What is shown."""
        self._asking = Asking(study, self.widget.ask, self)
        self._another = AnotherKind(study, relay, self.widget.bar, self)
        self._another.wanted.connect(self._change)
        self._another.failed.connect(self.failed)
        self._along = ReadingAlong(study, relay, self.widget, self)
        self._along.failed.connect(self.failed)
        self._course = CourseId("")
        self._concept: ConceptId | None = None
        self._placement = False
        self._found: PlacementResult | None = None
        self._onward: Onward | None = None
        self._sitting = Sitting()
        self._taken: Given | None = None
        self._given: Given | None = None
        self._over = False
        self._waiting: Watch | None = None
        self._since = Stopwatch()
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(self._say_slow)
        self._connect()

    def _connect(self) -> None:
        screen = self.widget
        screen.leave_wanted.connect(self.leave)
        screen.bar.skip_wanted.connect(self._skip)
        screen.bar.lesson_wanted.connect(self._look_up)
        screen.unsure.not_known.connect(self._not_known)
        screen.hints.hint_wanted.connect(self._hint)
        screen.tell.yes.clicked.connect(self._tell)
        self._asking.charged.connect(self._charged)
        screen.outcome.next_wanted.connect(self._next)
        screen.drawing.links.failed.connect(self.failed)

    @property
    def given(self) -> Given | None:
        """The exercise that is shown."""
        return self._given

    @property
    def waiting(self) -> bool:
        """Whether an exercise, a grade or a hint is waited for."""
        return self._waiting is not None

    @property
    def sitting(self) -> Sitting:
        """What was done since it was opened."""
        return self._sitting

    def open(
        self,
        course_id: CourseId,
        concept_id: ConceptId | None = None,
        *,
        placement: bool = False,
        again: bool = False,
    ) -> None:
        """Begins a sitting: on one concept, or on whatever comes next.

        Args:
            course_id: A course that is taken.
            concept_id: What to practise.
            placement: Take the course's placement test, or go on with it, instead.
            again: Begin that from its first question, whatever was answered so far.
        """
        self._along.keep()
        self._course, self._concept, self._placement = course_id, concept_id, placement
        self.widget.bar.show_mode(placement=placement)
        self._begin(again=again)

    def leave(self) -> None:
        """Keeps what is written and says that it is left."""
        self._along.keep()
        self._asking.stop()
        self._another.stop()
        self._drop()
        self.left.emit()

    def resume(self) -> None:
        """One came back from the lesson: everything stands as it stood."""
        self._since.go_on()
        if self._over:
            self.widget.outcome.next.setFocus()
        elif self.widget.pane is not None:
            self.widget.pane.focus_answer()

    def close(self) -> None:
        """Shows nothing more."""
        self._along.keep()
        self._drop()
        self._asking.close()
        self._another.stop()
        self._background.close()

    # From one to the next

    def _begin(self, *, again: bool = False) -> None:
        self._sitting = Sitting()
        if not self._placement:
            self.widget.bar.show_place(0, LENGTH)
        self._want(again=again)

    def _want(self, *, skip: bool = False, again: bool = False) -> None:
        self._drop()
        self._along.end()
        self._given = None
        self._slow.start()
        if self._placement:
            self._waiting = self._relay.watch(
                self._study.placing.begin(self._course, again=again), self._placed, self._nothing
            )
            return
        job = self._study.practice.next(self._course, self._concept, skip=skip)
        self._waiting = self._relay.watch(job, self._take, self._nothing)

    def _say_slow(self) -> None:
        if self._waiting is not None and self._given is None:
            words = "The next exercise is being made, and its answer proved."
            self.widget.show_message("One moment", words, (), ())

    def _next(self) -> None:
        if self._sitting.over:
            self._show_end()
        else:
            self._want()

    def _skip(self) -> None:
        self._along.forget()
        if self._placement:
            self._drop()
            job = self._study.placing.end(self._course)
            self._waiting = self._relay.watch(job, self._placed, self._not_judged)
            return
        self._sitting.came.append(Came.SKIPPED)
        if self._sitting.over:
            self._show_end()
        else:
            self._want(skip=True)

    def _change(self, job: Job[Given]) -> None:
        """The one in hand is laid aside for one that the model proposed."""
        if self._waiting is not None:
            job.cancel()
            return
        self._along.forget()
        if self._given is not None and not self._over:
            self._sitting.came.append(Came.SKIPPED)
        self._drop()
        self._along.end()
        self._given = None
        self.widget.bar.show_place(len(self._sitting.came), LENGTH)
        self._waiting = self._relay.watch(job, self._take, self._nothing)

    def _take(self, given: Given) -> None:
        """Its course may be waited for elsewhere, so its title is not asked for here."""
        self._taken = given
        course, library = given.course, self._study.library
        job = self._study.workers.in_pool(lambda _: library.course(course).title)
        self._waiting = self._relay.watch(job, self._titled, self._nothing)

    def _titled(self, title: str) -> None:
        self._waiting = None
        if self._taken is not None:
            given, self._taken = self._taken, None
            self._show(given, title)

    def _show(self, given: Given, course: str) -> None:
        self._given = given
        self._over = False
        pane = pane_for(given.exercise.kind, self._theme, self.widget.drawing, self._background)
        pane.answered.connect(self._answer)
        pane.stop_wanted.connect(self._stop)
        self._along.begin(given, pane)
        title = given.concept.title if self._concept is not None else "Mixed practice"
        self.widget.bar.show_title("Placement" if self._placement else title)
        self.widget.show_exercise(given, course, pane, placement=self._placement)
        pane.show_exercise(given)
        if self._placement:
            self._asking.end()
        else:
            self.widget.bar.show_place(len(self._sitting.came), LENGTH)
            self._asking.begin(given)
            self._another.begin(given)
        self._busy(False)  # noqa: FBT003 - a setter of one value
        self._since.start()
        pane.focus_answer()
        if given.exercise.kind is AnswerKind.CODE:
            self._study.grading.warm_up()

    def _nothing(self, error: UserFacingError) -> None:
        self._waiting = None
        self.widget.bar.show_title("Placement" if self._placement else "Practice")
        told = for_window(error)
        [button] = self.widget.show_message(told.message, told.hint, [("Back", "primary")], ())
        button.clicked.connect(self.leave)

    def _show_end(self) -> None:
        self._drop()
        self._along.end()
        self._given = None
        self.widget.bar.show_place(LENGTH, LENGTH)
        job = self._study.workers.in_pool(self._after)
        self._waiting = self._relay.watch(job, self._tell_end, self._tell_end_alone)

    def _after(self, _: object) -> Onward | None:
        """In the pool: what comes after the one concept that was practised."""
        if self._concept is None:
            return None
        return onward(self._study.enrolments.view(self._course), self._concept)

    def _tell_end_alone(self, _: UserFacingError) -> None:
        self._tell_end(None)

    def _tell_end(self, after: Onward | None) -> None:
        self._waiting = None
        sitting, self._onward = self._sitting, after
        *ahead, more, done = self.widget.show_message(
            f"{len(sitting.came)} exercises done",
            sitting.words(),
            end_buttons(after),
            sitting.change_words(),
        )
        for button in ahead:
            button.clicked.connect(self._go_on)
        more.clicked.connect(self._begin)
        done.clicked.connect(self.leave)

    def _go_on(self) -> None:
        if self._onward is not None:
            self._go_to(self._onward.next)

    # Answers

    def _answer(self, text: str) -> None:
        given, pane = self._given, self.widget.pane
        if given is None or pane is None or self._over or self._waiting is not None:
            return
        self._along.forget()
        self._busy(True)  # noqa: FBT003 - a setter of one value
        seconds = self._since.seconds
        if self._placement:
            place = self._study.placing.answer(given.exercise.id, text, seconds)
            self._waiting = self._relay.watch(place, self._placed, self._not_judged)
            return
        job = self._study.practice.answer(given.exercise.id, text, seconds)
        self._waiting = self._relay.watch(job, self._judged, self._not_judged)

    def _judged(self, judged: Judged) -> None:
        self._waiting = None
        given, pane = self._given, self.widget.pane
        if given is None or pane is None:
            return
        self._busy(False)  # noqa: FBT003 - a setter of one value
        self._sitting.take(given, judged)
        self._over = bool(judged.grade.correct)
        pane.show_judged(judged)
        self.widget.hints.show_ladder(judged.ladder, ended=self._over)
        self.widget.outcome.show_judged(given, judged)
        self.widget.show_outcome()
        self._since.start()
        if self._over:
            self._end(pane)
        else:
            pane.focus_answer()

    def _not_judged(self, error: UserFacingError) -> None:
        self._waiting = None
        self._busy(False)  # noqa: FBT003 - a setter of one value
        self.failed.emit(for_window(error))

    def _stop(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting.drop()
            self._waiting = None
            self._busy(False)  # noqa: FBT003 - a setter of one value
            self.said.emit("The tests were stopped; nothing was counted.")

    def _end(self, pane: AnswerPane) -> None:
        self._over = True
        self._along.end()
        pane.end()
        self._asking.end()
        self.widget.bar.allow_skip(False)  # noqa: FBT003 - a setter of one value
        self.widget.outcome.next.setText("Finish" if self._sitting.over else "Next")
        self.widget.outcome.next.setFocus()

    # The placement test

    def _not_known(self) -> None:
        given = self._given
        if given is None or self._waiting is not None:
            return
        self._along.forget()
        self._busy(True)  # noqa: FBT003 - a setter of one value
        job = self._study.placing.not_known(given.exercise.id, self._since.seconds)
        self._waiting = self._relay.watch(job, self._placed, self._not_judged)

    def _placed(self, place: Placement) -> None:
        """The next question, the same once more where nothing could be read, or the result."""
        self._waiting = None
        given, pane, judged = self._given, self.widget.pane, place.judged
        if place.result is not None:
            self._show_result(place.title, place.result)
        elif judged is not None and judged.attempt is None and given and pane is not None:
            self._busy(False)  # noqa: FBT003 - a setter of one value
            self.widget.outcome.show_judged(given, judged)
            self.widget.show_outcome()
            pane.focus_answer()
        elif place.given is not None:
            self.widget.bar.show_question(place.number, place.most)
            self._show(place.given, place.title)
            self._study.placing.foresee(self._course)  # while the learner thinks about this one

    def _show_result(self, title: str, result: PlacementResult) -> None:
        self._drop()
        self._along.end()
        self._given, self._found = None, result
        self.widget.bar.show_title("Placement")
        self.widget.bar.show_question(0, 0)
        *ahead, done = self.widget.show_message(
            f"Where you stand in “{title}”",
            result.words,
            result_buttons(result),
            known_lines(result),
        )
        for button in ahead:
            button.clicked.connect(self._begin_there)
        done.clicked.connect(self.leave)

    def _begin_there(self) -> None:
        begin = self._found.begin if self._found is not None else None
        if begin is not None:
            self._go_to(begin)

    def _look_up(self) -> None:
        if self._given is not None:
            self._along.keep()
            self._since.pause()
            self.looked_up.emit(self._given.course, self._given.concept.id)

    def _go_to(self, up: NextUp) -> None:
        if up.doing is Doing.LEARN:
            self.lesson_wanted.emit(self._course, up.concept)
        else:
            self.open(self._course, up.concept)

    # Hints

    def _hint(self) -> None:
        self._ask_hint(told=False)

    def _tell(self) -> None:
        self._ask_hint(told=True)

    def _charged(self, ladder: Ladder) -> None:
        """A reply may have helped: the credit is another then."""
        if self._given is not None and not self._over:
            self._given = replace(self._given, ladder=ladder)
            self.widget.hints.show_ladder(ladder)

    def _ask_hint(self, *, told: bool) -> None:
        given = self._given
        if given is None or self._over or self._waiting is not None:
            return
        self.widget.hints.allow(False)  # noqa: FBT003 - a setter of one value
        job = self._study.practice.hint(given.exercise.id, told=told)
        self._waiting = self._relay.watch(job, self._hinted, self._not_hinted)

    def _hinted(self, given: Given) -> None:
        self._waiting = None
        pane = self.widget.pane
        if self._given is None or pane is None:
            return
        self.widget.hints.allow(True)  # noqa: FBT003 - a setter of one value
        told = given.ladder.rung is Rung.SOLUTION
        self._given = given
        self.widget.hints.show_ladder(given.ladder, ended=told)
        self.widget.tell.rest()
        if told:
            self._sitting.came.append(Came.TOLD)
            self.widget.outcome.show_told(
                "Read it once more in your own words. It will come back in another exercise."
            )
            self.widget.show_outcome()
            self._end(pane)
        self.widget.show_hint()

    def _not_hinted(self, error: UserFacingError) -> None:
        self._waiting = None
        self.widget.hints.allow(True)  # noqa: FBT003 - a setter of one value
        self.failed.emit(for_window(error))

    def _busy(self, busy: bool) -> None:  # noqa: FBT001 - a setter of one value
        if self.widget.pane is not None:
            self.widget.pane.set_busy(busy)
        self.widget.hints.allow(not busy)
        self.widget.unsure.button.setEnabled(not busy)
        self.widget.bar.skip.setEnabled(not busy)

    def _drop(self) -> None:
        self._along.drop()
        if self._waiting is not None:
            self._waiting.drop()
            self._waiting = None
