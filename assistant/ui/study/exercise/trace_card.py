"""A program step by step: a slider, the line that is run, the variables, what was printed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.trace import Step, StepKind, Trace
from assistant.ui.study.exercise.tests_card import KILLED, cut
from assistant.ui.study.exercise.variables_view import VariablesView
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.slider import Slider

_DOING = {
    StepKind.LINE: "Next: line {line}",
    StepKind.CALL: "{name}() is called",
    StepKind.RETURN: "{name}() gives back {value}",
    StepKind.EXCEPTION: "{value}",
}


class TraceCard(Card):
    """Goes through a run.

    Args:
        theme: The theme in force.
    """

    line_shown = Signal(int)
    """The line that is run at this step, from 1; 0 for none of the program's."""
    run_wanted = Signal(str)
    """A call that should be traced; may be empty."""
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 14)
        self._trace: Trace | None = None
        self._lines = 0
        px = theme.px
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(PlainLabel(theme, "Trace", "card_title"))
        self._place = PlainLabel(theme, "", "small", "ink2")
        head.addWidget(self._place)
        head.addStretch(1)
        close = IconButton(theme, "x", "Close the trace")
        close.clicked.connect(self.closed)
        head.addWidget(close)
        self.body.addLayout(head)
        call = QHBoxLayout()
        call.setSpacing(px(8))
        self.call = LineField(theme, "What to run", "A call to follow, for example f(3)")
        self.call.setFont(theme.font("code"))
        self._run = Button(theme, "Trace it", "plain", icon="play")
        call.addWidget(self.call, 1)
        call.addWidget(self._run)
        self.body.addLayout(call)
        self._steps = _Steps(theme)
        self.slider = self._steps.slider
        self.body.addWidget(self._steps)
        self.doing = ElidedLabel(theme, "", "interface_medium", "lampink")
        self.body.addWidget(self.doing)
        self.variables = VariablesView(theme)
        self.body.addWidget(self.variables)
        self._printed_head = PlainLabel(theme, "Printed", "small_medium", "ink2")
        self.printed = PlainLabel(theme, "", "code", "ink", wrap=True)
        self.body.addWidget(self._printed_head)
        self.body.addWidget(self.printed)
        self._run.clicked.connect(self._want)
        self.call.returnPressed.connect(self._want)
        self._steps.slider.valueChanged.connect(self._show_step)
        self.hide()

    def open_with(self, call: str, lines: int) -> None:
        """Opens over a program.

        Args:
            call: What is traced at first.
            lines: How many lines the program has; what is run after them is not its own.
        """
        self._lines = lines
        if not self.call.text():
            self.call.setText(call)
        self.show_trace(None)
        self.show()

    def set_program(self, lines: int) -> None:
        """The program was changed: what was traced is of another."""
        self._lines = lines
        self.show_trace(None)

    def show_trace(self, trace: Trace | None) -> None:
        """Shows a run from its first step; None while there is none."""
        self._trace = trace if trace is not None and trace.steps else None
        there = self._trace is not None
        for widget in (self._steps, self.variables):
            widget.setVisible(there)
        for widget in (self._printed_head, self.printed):
            widget.hide()
        self._place.setText("")
        self.doing.setText(_ending(trace) if trace is not None and not there else "")
        if self._trace is not None:
            self._steps.slider.setRange(0, len(self._trace.steps) - 1)
            self._steps.slider.setValue(0)
            self._show_step(0)
        else:
            self.line_shown.emit(0)

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - a setter of one value
        """It is being run, or no longer."""
        self._run.setEnabled(not busy)
        if busy:
            self.doing.setText("Running …")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _want(self) -> None:
        self.run_wanted.emit(self.call.text().strip())

    def _show_step(self, place: int) -> None:
        trace = self._trace
        if trace is None or not 0 <= place < len(trace.steps):
            return
        step = trace.steps[place]
        last = place == len(trace.steps) - 1
        more = ", and it went on" if trace.cut and last else ""
        self._place.setText(f"step {place + 1} of {len(trace.steps)}{more}")
        self._steps.allow(place > 0, not last)
        before = trace.steps[place - 1] if place else None
        self.variables.show_frames(step.frames, before and before.frames, self._lines)
        end = _ending(trace) if last else ""
        self.doing.setText(end or _doing(step, before, own=step.line <= self._lines))
        output = trace.run.output[: step.printed] if not last else trace.run.output
        for widget in (self._printed_head, self.printed):
            widget.setVisible(bool(output))
        self.printed.setText(cut(output))
        self.line_shown.emit(step.line if step.line <= self._lines else 0)


class _Steps(QWidget):
    """The slider with a button at either end."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.slider = Slider(theme, "Step", 0, 1)
        self._back = IconButton(theme, "chevron-left", "Step back")
        self._on = IconButton(theme, "chevron-right", "Step on")
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        row.addWidget(self._back)
        row.addWidget(self.slider, 1)
        row.addWidget(self._on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        self._back.clicked.connect(self._step_back)
        self._on.clicked.connect(self._step_on)

    def allow(self, back: bool, on: bool) -> None:  # noqa: FBT001 - a setter of two values
        """Which of the buttons leads anywhere."""
        self._back.setEnabled(back)
        self._on.setEnabled(on)

    def _step_back(self) -> None:
        self.slider.setValue(self.slider.value() - 1)

    def _step_on(self) -> None:
        self.slider.setValue(self.slider.value() + 1)


def _doing(step: Step, before: Step | None, *, own: bool) -> str:
    name = step.frames[-1].name if step.frames else ""
    if step.kind is StepKind.LINE and not own:
        return "Next: the call that you asked for"
    if name == "<module>" and step.kind in (StepKind.CALL, StepKind.RETURN):
        return "The program begins" if step.kind is StepKind.CALL else "The program ends"
    if before is not None and step.is_thrown_out(before):
        return f"{name}() is left"
    return _DOING[step.kind].format(line=step.line, name=name, value=step.value)


def _ending(trace: Trace) -> str:
    run = trace.run
    if run.killed is not None:
        return KILLED[run.killed][0]
    if run.error is not None:
        where = f" in line {run.error.line}" if run.error.line else ""
        return f"{run.error.kind}{where}: {run.error.message}"
    return ""
