"""Ties the page of programs to the services: looks, traces, explains, sets and tests."""

import secrets
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import RunReport
from assistant.services.streams import Reading, Text, Waiting
from assistant.services.study.code_values import (
    Challenge,
    ChallengeKind,
    CodeAnalysis,
    CodeAnswer,
    CodeLevel,
    Explained,
    NotExplained,
    TracedProgram,
)
from assistant.services.study.program_draft import ProgramDraft
from assistant.services.study.program_files import USUAL_BYTES, OpenedProgram, read_program
from assistant.services.study.services import StudyServices
from assistant.ui.bridge.answers import AnswerPump
from assistant.ui.bridge.background import WorkersBackground
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.study.programs.page import ProgramsPage
from assistant.ui.theme.theme import Theme

_KEEP_MS = 700


class ProgramsController(QObject):
    """Everything of the page of programs.

    Args:
        theme: The theme in force.
        study: The services.
        relay: Brings outcomes here.
        parent: The owner.
    """

    failed = Signal(object)
    """A ``UserFacingError`` that belongs to no part of the page."""
    said = Signal(str)
    """One line on what was done."""

    def __init__(
        self, theme: Theme, study: StudyServices, relay: JobRelay, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._study = study
        self._relay = relay
        self._background = WorkersBackground(study.workers, self)
        self.widget = ProgramsPage(theme, self._background)
        """What is shown."""
        self._work: Watch | None = None
        self._seeking: Watch | None = None
        self._topics: Watch | None = None
        self._sought: tuple[ChallengeKind, int | None, str] = (ChallengeKind.WRITE, None, "")
        self._found: CodeAnalysis | None = None
        self._answer: CodeAnswer | None = None
        self._pump = AnswerPump(self)
        self._pump.drained.connect(self._drained)
        self._kept = ProgramDraft("", "")
        self._keeper = QTimer(self)
        self._keeper.setSingleShot(True)
        self._keeper.setInterval(_KEEP_MS)
        self._keeper.timeout.connect(self._keep)
        self._connect()

    @property
    def busy(self) -> bool:
        """Whether something is being run or looked for."""
        return self._work is not None or self._seeking is not None

    def restore(self) -> None:
        """Puts what stood here when it was left where nothing was written meanwhile."""
        self._relay.watch(self._study.program_draft.read(), self._restored)

    def close(self) -> None:
        """Keeps what is written and shows nothing more."""
        self._keep()
        for watch in (self._work, self._seeking, self._topics):
            if watch is not None:
                watch.cancel()
                watch.drop()
        self._stop_words()
        self._pump.close()
        self._background.close()

    def _connect(self) -> None:
        page = self.widget
        page.editor.look_wanted.connect(self._look)
        page.editor.tests_wanted.connect(self._test)
        page.editor.trace_wanted.connect(self._open_trace)
        page.editor.stop_wanted.connect(self._stop)
        page.editor.open_wanted.connect(self._open)
        page.editor.editor.edited.connect(self._edited)
        page.editor.typed.textChanged.connect(self._keeper.start)
        page.trace.run_wanted.connect(self._trace)
        page.explain.wanted.connect(self._explain)
        page.explain.stopped.connect(self._stop_words)
        page.challenge_opened.connect(self._want_topics)
        page.picker.wanted.connect(self._seek)
        page.picker.stopped.connect(self._stop_seeking)
        page.challenge.another_wanted.connect(self._seek_another)
        page.challenge.solution_wanted.connect(self._show_solution)
        page.drawing.links.failed.connect(self.failed)

    def _restored(self, draft: ProgramDraft | None) -> None:
        editor = self.widget.editor
        if draft is not None and not editor.program.strip():
            self._kept = draft
            editor.put(draft.name, draft.program)
            editor.typed.setPlainText(draft.typed)

    def _keep(self) -> None:
        self._keeper.stop()
        editor = self.widget.editor
        draft = ProgramDraft(editor.name.text(), editor.program, editor.typed.toPlainText())
        if (draft.program, draft.typed) != (self._kept.program, self._kept.typed):
            self._kept = draft
            self._relay.watch(self._study.program_draft.keep(draft))

    def _edited(self) -> None:
        self._keeper.start()
        page, program = self.widget, self.widget.editor.program
        page.set_fresh(self._found is not None and program == self._found.source)
        page.challenge.forget_result()
        if not page.trace.isHidden():
            page.show_trace(None)
            page.trace.set_program(_lines(program))

    # One thing at a time is run

    def _begin(self, doing: str) -> bool:
        if self._work is not None or not self.widget.editor.program.strip():
            return False
        self.widget.editor.set_busy(doing)
        return True

    def _end(self) -> None:
        self._work = None
        self.widget.editor.set_busy("")

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._work.drop()
        self.widget.trace.set_busy(False)
        self._end()

    def _say(self, _share: float, doing: str) -> None:
        self.widget.editor.say(doing)

    def _trouble(self, error: UserFacingError) -> None:
        self._end()
        self.widget.show_trouble(error)

    # Looking

    def _look(self) -> None:
        editor = self.widget.editor
        if self._begin("It is being looked at and run …"):
            self._stop_words()
            job = self._study.code_tutor.analyse(editor.program, editor.typed_input)
            self._work = self._relay.watch(job, self._looked, self._trouble, self._say)

    def _looked(self, found: CodeAnalysis) -> None:
        self._end()
        self._drop_words()
        self._found = found
        self.widget.show_analysis(found)
        self.widget.set_fresh(found.source == self.widget.editor.program)

    # Step by step

    def _open_trace(self) -> None:
        page = self.widget
        page.trace.open_with("", _lines(page.editor.program))
        self._trace(page.trace.call.text().strip())

    def _trace(self, call: str) -> None:
        page = self.widget
        program = page.editor.program.rstrip("\n")
        page.trace.set_program(_lines(program))
        if self._begin("It is being run step by step …"):
            page.trace.set_busy(True)
            source = f"{program}\n\n{call}\n" if call else f"{program}\n"
            job = self._study.code_tutor.trace(source, page.editor.typed_input)
            self._work = self._relay.watch(job, self._traced, self._not_traced, self._say)

    def _traced(self, traced: TracedProgram) -> None:
        self._end()
        self.widget.show_trace(traced)

    def _not_traced(self, error: UserFacingError) -> None:
        self._end()
        self.widget.close_trace()
        self.failed.emit(error)

    # In words

    def _explain(self, level: CodeLevel) -> None:
        if self._found is not None:
            self.widget.explain.begin()
            self._answer = self._study.code_tutor.explain(self._found, level)
            self._pump.watch(self._answer)

    def _stop_words(self) -> None:
        if self._answer is not None:
            self._answer.cancel()

    def _drop_words(self) -> None:
        """Whatever still comes is about another program."""
        self._stop_words()
        self._answer = None

    def _drained(
        self, answer: object, events: list[Waiting | Reading | Text | Explained | NotExplained]
    ) -> None:
        if answer is not self._answer:
            return
        card = self.widget.explain
        for event in events:
            match event:
                case Waiting(reason):
                    card.say(reason)
                case Reading(fraction):
                    card.say(f"Reading what was found, {fraction * 100:.0f} %")
                case Text(text):
                    card.add_text(text)
                case Explained(explanation):
                    self._answer = None
                    card.show_explained(explanation)
                case NotExplained(error):
                    self._answer = None
                    card.show_error(f"{error.message} {error.hint}".strip())

    # Files

    def _open(self, path: str) -> None:
        if self._begin_opening():
            job = self._study.workers.in_pool(lambda _: read_program(Path(path), USUAL_BYTES))
            self._work = self._relay.watch(job, self._opened, self._trouble)

    def _begin_opening(self) -> bool:
        if self._work is not None:
            return False
        self.widget.editor.set_busy("It is being opened …")
        return True

    def _opened(self, opened: OpenedProgram) -> None:
        self._end()
        self.widget.close_challenge()
        self._put(opened.name, opened.source)
        self._look()

    def _put(self, name: str, program: str) -> None:
        before = self.widget.editor.program
        self.widget.editor.put(name, program)
        if not self.widget.trace.isHidden():
            self.widget.close_trace()
        if before.strip() and before != program:
            self.said.emit("Undo in the editor brings back the program that stood there.")

    # Challenges

    def _want_topics(self) -> None:
        if self._topics is None:
            job = self._study.challenges.challenges()
            self._topics = self._relay.watch(job, self._show_topics, self._no_topics)

    def _show_topics(self, challenges: tuple[Challenge, ...]) -> None:
        self.widget.picker.show_topics(challenges)

    def _no_topics(self, error: UserFacingError) -> None:
        self._topics = None
        self.widget.picker.show_trouble(error)

    def _seek(self, kind: ChallengeKind, level: int | None, topic: str) -> None:
        if self._seeking is not None:
            return
        self._sought = (kind, level, topic)
        self.widget.picker.set_busy(True)
        service, seed = self._study.challenges, secrets.randbelow(1 << 31)
        seek = service.debugging if kind is ChallengeKind.MEND else service.one
        job = seek(level, topic, seed=seed)
        self._seeking = self._relay.watch(job, self._set_challenge, self._no_challenge)

    def _seek_another(self) -> None:
        self.widget.open_picker()
        self._seek(*self._sought)

    def _stop_seeking(self) -> None:
        if self._seeking is not None:
            self._seeking.cancel()
            self._seeking.drop()
        self._seeking = None
        self.widget.picker.set_busy(False)

    def _set_challenge(self, challenge: Challenge) -> None:
        self._stop_seeking()
        self._drop_words()
        page = self.widget
        self._found = None
        page.challenge.show_challenge(challenge)
        self._put(f"{challenge.task.module}.py", challenge.task.starter)
        page.to_challenge()

    def _no_challenge(self, error: UserFacingError) -> None:
        self._seeking = None
        self.widget.picker.show_trouble(error)

    def _show_solution(self) -> None:
        challenge = self.widget.challenge.challenge
        if challenge is not None:
            self.widget.tests.hide()  # they ran another program
            self._put(f"{challenge.task.module}.py", challenge.task.reference)

    def _test(self) -> None:
        challenge = self.widget.challenge.challenge
        if challenge is not None and self._begin("The tests are being run …"):
            program, task = self.widget.editor.program, challenge.task
            job = self._study.grading.grade(program, task.tests, task.module)
            self._work = self._relay.watch(job, self._tested, self._trouble, self._say)

    def _tested(self, report: RunReport) -> None:
        self._end()
        page = self.widget
        if page.challenge.challenge is None:
            return
        page.tests.show_report(report)
        page.bring_tests()
        if report.all_passed:
            page.challenge.show_solved()
        else:
            page.challenge.forget_result()


def _lines(program: str) -> int:
    return program.rstrip("\n").count("\n") + 1
