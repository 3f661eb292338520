"""Where a program is pasted, opened or written, with what is typed into it when it runs."""

import re

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from assistant.ui.chat.transcript.source import Background
from assistant.ui.library.import_strip import dropped_paths
from assistant.ui.study.exercise.code_editor import CodeEditor
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

_TYPED_LINES = 3
_READS = re.compile(r"\binput\s*\(|\bstdin\b")
FILES = "Python (*.py *.pyw *.txt);;All files (*)"
_REST = "Runs in a sealed box: no files, no network"
LOOK, TESTS = "Look at it", "Run tests"


class ProgramEditor(CodeEditor):
    """The editor of exercises; a file that is dropped or pasted is opened."""

    file_dropped = Signal(str)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """A file is welcome as text is."""
        return len(dropped_paths(source)) == 1 or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Opens a file; pastes text."""
        paths = dropped_paths(source)
        if len(paths) == 1:
            self.file_dropped.emit(paths[0])
        elif not paths:
            super().insertFromMimeData(source)


class EditorCard(Card):
    """The editor with its head and foot.

    Args:
        theme: The theme in force.
        background: Where long programs are coloured.
    """

    look_wanted = Signal()
    tests_wanted = Signal()
    stop_wanted = Signal()
    trace_wanted = Signal()
    open_wanted = Signal(str)
    """The path of a file."""

    def __init__(self, theme: Theme, background: Background) -> None:
        super().__init__(theme, 0)
        self.body.setSpacing(0)
        self._tested = False
        self._busy = False
        self.editor = ProgramEditor(theme, background)
        self.name = ElidedLabel(theme, "program.py", "code")
        self.open = Button(theme, "Open file…", "ghost", icon="folder-open", small=True)
        self.trace = Button(theme, "Trace", "ghost", icon="footprints", small=True)
        self.typed = QPlainTextEdit()
        self.look = Button(theme, LOOK, "primary", icon="text-search")
        self.tests = Button(theme, TESTS, "primary", icon="play")
        self._typed_box = QWidget()
        keys = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        self._keys = PlainLabel(theme, keys.replace("Return", "Enter"), "small", "ink3")
        self._foot = ElidedLabel(theme, _REST, "small", "ink2")
        self._lay_out()
        self._connect()
        self.tests.hide()
        self._edited()
        theme.changed.connect(self._fit_typed)
        self._fit_typed()

    @property
    def program(self) -> str:
        """What is written."""
        return self.editor.program

    @property
    def typed_input(self) -> str:
        """What is typed into it when it runs; "" where it reads nothing."""
        text = self.typed.toPlainText()
        if not self._reads or not text:
            return ""
        return text if text.endswith("\n") else f"{text}\n"

    def put(self, name: str, program: str) -> None:
        """Puts a program in the place of what is there; Undo brings that back."""
        self.name.setText(name)
        if self.program:
            self.editor.replace(program)
        else:
            self.editor.load(program)

    def set_tested(self, tested: bool) -> None:  # noqa: FBT001 - a setter of one value
        """It has tests, which the main button then runs."""
        self._tested = tested
        self.tests.setVisible(tested)
        self._show_buttons()

    def set_busy(self, doing: str) -> None:
        """Says what is being done, and offers to stop it; "" for nothing."""
        self._busy = bool(doing)
        self._foot.setText(doing or _REST)
        self._show_buttons()

    def say(self, doing: str) -> None:
        """Says what is being done just now."""
        if self._busy and doing:
            self._foot.setText(doing)

    def choose_file(self) -> None:
        """Asks for a file."""
        path, _ = QFileDialog.getOpenFileName(self, "Open a program", "", FILES)
        if path:
            self.open_wanted.emit(path)

    def _show_buttons(self) -> None:
        main, other = (self.tests, self.look) if self._tested else (self.look, self.tests)
        main.setText("Stop" if self._busy else TESTS if self._tested else LOOK)
        icon = "play" if self._tested else "text-search"
        main.set_icon_name("square" if self._busy else icon)
        main.set_kind("plain" if self._busy else "primary")
        other.set_kind("plain")
        other.setText(LOOK if self._tested else TESTS)
        other.set_icon_name("text-search" if self._tested else "play")
        for button in (other, self.trace):
            button.setEnabled(not self._busy and bool(self.program.strip()))
        main.setEnabled(self._busy or bool(self.program.strip()))

    def _lay_out(self) -> None:
        theme, px = self._theme, self._theme.px
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(px(14), px(6), px(8), px(6))
        row.setSpacing(px(8))
        row.addWidget(self.name, 1)
        row.addWidget(self.open)
        row.addWidget(self.trace)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(14), px(8), px(10), px(8))
        row.setSpacing(px(10))
        row.addWidget(self._foot, 1)
        row.addWidget(self._keys)
        row.addWidget(self.look)
        row.addWidget(self.tests)
        column = QVBoxLayout(self._typed_box)
        column.setContentsMargins(px(14), px(8), px(14), px(10))
        column.setSpacing(px(4))
        words = "What is typed into it, a line for each time that it asks"
        column.addWidget(PlainLabel(theme, words, "small", "ink2", wrap=True))
        column.addWidget(self.typed)
        self.typed.setAccessibleName(words)
        self.typed.setTabChangesFocus(True)
        self.body.addWidget(head)
        self.body.addWidget(Divider(theme))
        self.body.addWidget(self.editor, 1)
        self._typed_line = Divider(theme)
        self.body.addWidget(self._typed_line)
        self.body.addWidget(self._typed_box)
        self.body.addWidget(Divider(theme))
        self.body.addWidget(foot)

    def _connect(self) -> None:
        self.editor.edited.connect(self._edited)
        self.editor.run_wanted.connect(self._press)
        self.editor.left_by_key.connect(self._leave_editor)
        self.editor.file_dropped.connect(self.open_wanted)
        self.look.clicked.connect(self._look)
        self.tests.clicked.connect(self._test)
        self.trace.clicked.connect(self.trace_wanted)
        self.open.clicked.connect(self.choose_file)

    @property
    def _reads(self) -> bool:
        return _READS.search(self.program) is not None

    def _edited(self) -> None:
        self.editor.light_line(0)
        for each in (self._typed_box, self._typed_line):
            each.setVisible(self._reads)
        self._show_buttons()

    def _leave_editor(self) -> None:
        target = self.tests if self._tested else self.look
        (target if target.isEnabled() else self.open).setFocus()

    def _press(self) -> None:
        """Control and Enter do what the main button does, and stop nothing."""
        if not self._busy and self.program.strip():
            (self._test if self._tested else self._look)()

    def _look(self) -> None:
        stops = self._busy and not self._tested
        (self.stop_wanted if stops else self.look_wanted).emit()

    def _test(self) -> None:
        stops = self._busy and self._tested
        (self.stop_wanted if stops else self.tests_wanted).emit()

    def _fit_typed(self) -> None:
        self.typed.setFont(self._theme.font("code"))
        height = _TYPED_LINES * self._theme.line("code") + self._theme.px(14)
        self.typed.setFixedHeight(height)
        self.name.setFont(self._theme.font("code"))
