"""A program to be written: the editor, its tests, and the way through a run of it."""

import re

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.trace import Trace
from assistant.services.study.practice import Given, Judged
from assistant.ui.chat.transcript.source import Background
from assistant.ui.study.exercise.code_editor import CodeEditor
from assistant.ui.study.exercise.pane import AnswerPane
from assistant.ui.study.exercise.tests_card import TestsCard
from assistant.ui.study.exercise.trace_card import TraceCard
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

_LEAST_EDITOR = 190
_FIRST_MS = 1_500
_BAD_LINE = re.compile(r"\bline (\d+)")


class CodePane(AnswerPane):
    """Editor, tests and trace.

    Args:
        theme: The theme in force.
        background: Where long programs are coloured.
    """

    trace_wanted = Signal(str)
    """A whole program that should be run step by step."""

    def __init__(self, theme: Theme, background: Background) -> None:
        super().__init__()
        self._theme = theme
        self._starter = ""
        self._call = ""
        self._ended = False
        self._busy = False
        self.editor = CodeEditor(theme, background)
        self.editor.setMinimumHeight(theme.px(_LEAST_EDITOR))
        self._name = PlainLabel(theme, "", "interface_medium")
        self._name.setFont(theme.font("code"))
        self._state = PlainLabel(theme, "", "small", "ink2")
        self._try = PlainLabel(theme, "", "small", "ink2")
        self.reset = Button(theme, "Reset", "ghost", icon="rotate-ccw", small=True)
        self.trace_button = Button(theme, "Trace", "ghost", icon="footprints", small=True)
        self.run = Button(theme, "Run tests", "primary", icon="play")
        keys = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        self._keys = PlainLabel(theme, keys.replace("Return", "Enter"), "small", "ink3")
        self._foot = ElidedLabel(theme, "", "small", "ink2")
        self.tests = TestsCard(theme)
        self.trace = TraceCard(theme)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_FIRST_MS)
        self._slow.timeout.connect(self._say_slow)
        self._lay_out()
        self._connect()
        self._rest()

    def _lay_out(self) -> None:
        theme, px = self._theme, self._theme.px
        card = Card(theme, 0)
        card.body.setSpacing(0)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(px(14), px(6), px(8), px(6))
        row.setSpacing(px(8))
        row.addWidget(self._name)
        row.addWidget(self._state)
        row.addStretch(1)
        for widget in (self._try, self.reset, self.trace_button):
            row.addWidget(widget)
        card.body.addWidget(head)
        card.body.addWidget(Divider(theme))
        card.body.addWidget(self.editor, 1)
        card.body.addWidget(Divider(theme))
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(14), px(8), px(10), px(8))
        row.setSpacing(px(10))
        row.addWidget(self._foot, 1)
        row.addWidget(self._keys)
        row.addWidget(self.run)
        card.body.addWidget(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        column.addWidget(card, 1)
        column.addWidget(self.trace)
        column.addWidget(self.tests)

    def _connect(self) -> None:
        self.editor.edited.connect(self._edited)
        self.editor.run_wanted.connect(self._press)
        self.editor.left_by_key.connect(self.run.setFocus)
        self.run.clicked.connect(self._press)
        self.reset.clicked.connect(self._reset)
        self.trace_button.clicked.connect(self._open_trace)
        self.trace.run_wanted.connect(self._want_trace)
        self.trace.line_shown.connect(self.editor.light_line)
        self.trace.closed.connect(self._close_trace)

    def show_exercise(self, given: Given) -> None:
        """Shows the program as it was left, else as it begins."""
        task = given.exercise.code
        self._starter = task.starter if task is not None else ""
        self._name.setText(f"{task.module}.py" if task is not None else "")
        draft = given.draft
        self.editor.load(draft or self._starter)
        self._state.setText("as you left it" if draft and draft != self._starter else "")
        self._show_try(given.ladder.tries)
        self.reset.setEnabled(self.editor.program != self._starter)

    def show_saved(self) -> None:
        """What is written was kept."""
        self._state.setText("saved")

    def show_judged(self, judged: Judged) -> None:
        """Shows the tests."""
        self._show_try(judged.ladder.tries)
        report = judged.grade.tests
        if report is None:
            return
        self.tests.show_report(report)
        failing = (case.call for case in report.cases if not case.passed and case.call)
        self._call = next(failing, next((case.call for case in report.cases if case.call), ""))
        found = _BAD_LINE.search(report.trouble)
        self.editor.mark_bad_line(int(found[1]) if found else 0)

    def show_trace(self, trace: Trace) -> None:
        """Shows a run step by step."""
        self.trace.set_busy(False)
        self.trace.show_trace(trace)

    def trace_failed(self) -> None:
        """The run could not be traced; somebody else says why."""
        self.trace.set_busy(False)
        self.trace.show_trace(None)

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - a setter of one value
        """The tests are run, or no longer; meanwhile the button stops them."""
        self._busy = busy
        self.run.setText("Stop" if busy else "Run tests")
        self.run.set_icon_name("square" if busy else "play")
        self.run.set_kind("plain" if busy else "primary")
        if busy:
            self._foot.setText("The tests are being run …")
            self._slow.start()
        else:
            self._slow.stop()
            self._rest()

    def end(self) -> None:
        """The program stays, to be read and traced."""
        self._ended = True
        self.editor.setReadOnly(True)
        for widget in (self.run, self.reset, self._keys, self._try):
            widget.hide()

    def focus_answer(self) -> None:
        """To the editor."""
        self.editor.setFocus()

    def _show_try(self, tries: int) -> None:
        self._try.setText(f"try {tries + 1}" if tries and not self._ended else "")

    def _rest(self) -> None:
        self._foot.setText("Runs in a sealed box: no files, no network")

    def _say_slow(self) -> None:
        self._foot.setText("The first run prepares the sandbox: some ten seconds, once")

    def _edited(self) -> None:
        if self._ended:
            return
        self._state.setText("")
        self.reset.setEnabled(self.editor.program != self._starter)
        if self.trace.isVisibleTo(self):
            self.trace.set_program(_lines(self.editor.program))
        self.changed.emit(self.editor.program)

    def _press(self) -> None:
        if self._ended:
            return
        if self._busy:
            self.stop_wanted.emit()
        else:
            self.answered.emit(self.editor.program)

    def _reset(self) -> None:
        self.editor.replace(self._starter)
        self.editor.setFocus()

    def _open_trace(self) -> None:
        self.trace.open_with(self._call, _lines(self.editor.program))
        self._want_trace(self.trace.call.text().strip())
        self.trace.call.setFocus()

    def _want_trace(self, call: str) -> None:
        self.trace.set_busy(True)
        program = self.editor.program.rstrip("\n")
        self.trace.set_program(_lines(program))
        self.trace.set_busy(True)
        self.trace_wanted.emit(f"{program}\n\n{call}\n" if call else f"{program}\n")

    def _close_trace(self) -> None:
        self.trace.show_trace(None)
        self.trace.hide()
        self.editor.setFocus()


def _lines(program: str) -> int:
    return program.rstrip("\n").count("\n") + 1
