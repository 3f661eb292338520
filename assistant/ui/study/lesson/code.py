"""A block of code in a lesson: Copy, and Run where it is a program."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import Killed
from assistant.domain.trace import ProgramRun
from assistant.render.blocks import CodeBlock
from assistant.ui.chat.transcript.code_card import CodeCard
from assistant.ui.chat.transcript.rendering import Rendering
from assistant.ui.chat.transcript.selection import Selection
from assistant.ui.study.lesson.snippets import Snippet
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box

_MOST_OUTPUT = 4_000
_KILLED = {
    Killed.TIME: "It did not end in time and was stopped.",
    Killed.MEMORY: "It took too much memory and was stopped.",
}


class LessonCode(QWidget):
    """The card, and what came of a run below it.

    Args:
        theme: The theme in force.
        rendering: What it is drawn with.
        block: The code.
        snippet: What Run runs; None where it is no whole program.
    """

    run_wanted = Signal(object)
    """This widget, whose ``snippet`` is to be run; it is told what comes of it."""
    stop_wanted = Signal(object)

    def __init__(
        self, theme: Theme, rendering: Rendering, block: CodeBlock, snippet: Snippet | None
    ) -> None:
        super().__init__()
        self.snippet = snippet
        self._running = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self.card = CodeCard(rendering, Selection(), self)
        self.card.show_block(block, may_fold=True)
        self.card.changed.connect(self._fit)
        self._column.addWidget(self.card)
        self.result = _Result(theme)
        self.result.hide()
        self._column.addWidget(self.result)
        self.run = Button(theme, "Run", "ghost", icon="play", small=True)
        self.run.setAccessibleName("Run this code")
        self.run.clicked.connect(self._press)
        self.run.setVisible(snippet is not None)
        self.card.head_slot.addWidget(self.run)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card is as high as its code."""
        super().resizeEvent(event)
        self._fit()

    def expect(self, output: str) -> None:
        """Shows what it prints, as the lesson says; a run puts its own in that place."""
        self.result.show_output(output, "", "It prints")

    def show_progress(self, _share: float, doing: str) -> None:
        """Says what is waited for."""
        if self._running:
            self.result.say(doing)

    def show_run(self, run: ProgramRun) -> None:
        """Shows what a run printed, and how it ended if not well."""
        self._set_running(running=False)
        trouble = ""
        if run.killed is not None:
            trouble = _KILLED[run.killed]
        elif run.error is not None:
            line = self.snippet.line(run.error.line) if self.snippet is not None else 0
            where = f" (line {line})" if line else ""
            trouble = f"{run.error.kind}: {run.error.message}".rstrip(": ") + where
        self.result.show_output(run.output, trouble)

    def show_trouble(self, error: UserFacingError) -> None:
        """Says why it could not be run."""
        self._set_running(running=False)
        self.result.show_output("", f"{error.message} {error.hint}".strip())

    def _press(self) -> None:
        if self._running:
            self._set_running(running=False)
            self.result.hide()
            self.stop_wanted.emit(self)
            return
        self._set_running(running=True)
        self.result.say("Running…")
        self.run_wanted.emit(self)

    def _set_running(self, *, running: bool) -> None:
        self._running = running
        self.run.setText("Stop" if running else "Run")
        self.run.set_icon_name("square" if running else "play")
        self._fit()

    def fit(self, width: int) -> None:
        """Takes the height that the code needs at a width, before it is ever laid out."""
        height = self.card.height_for(width)
        self.card.setFixedHeight(height)
        self.card.resize(width, height)
        self.card.lay_out()

    def _fit(self) -> None:
        if self.width() > 0:
            self.fit(self.width())


class _Result(QWidget):
    """What was printed, on a ground of its own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(8))
        column.setSpacing(theme.px(4))
        self._head = PlainLabel(theme, "", "small", "ink3")
        self._output = PlainLabel(theme, "", "code", "ink", wrap=True)
        self._trouble = PlainLabel(theme, "", "small_medium", "bad", wrap=True)
        for each in (self._head, self._output, self._trouble):
            column.addWidget(each)

    def say(self, words: str) -> None:
        """Says that something is on its way."""
        self._show(words, "", "")

    def show_output(self, output: str, trouble: str, head: str = "Output") -> None:
        """Shows what was printed and what went wrong; either may be empty."""
        shown = output.rstrip("\n")
        if len(shown) > _MOST_OUTPUT:
            shown = shown[:_MOST_OUTPUT] + "\n…"
        nothing = not shown and not trouble
        self._show("It printed nothing." if nothing else head if shown else "", shown, trouble)

    def words(self) -> str:
        """All that it says."""
        return "\n".join(
            each.text() for each in (self._head, self._output, self._trouble) if each.text()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        box(QPainter(self), self.rect(), theme.px(7), theme.color("well"), None)

    def _show(self, head: str, output: str, trouble: str) -> None:
        words = ((self._head, head), (self._output, output), (self._trouble, trouble))
        for label, text in words:
            label.setText(text)
            label.setVisible(bool(text))
        self.setAccessibleName(self.words())
        self.show()
