"""A faded example: what is left out is filled in, and held against what belongs there at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.course import WorkedExample, WorkedStep
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import Grade
from assistant.services.study.lesson_values import Check
from assistant.ui.study.exercise.markdown_view import Drawing
from assistant.ui.study.lesson.blanks import filled, with_blank
from assistant.ui.study.lesson.marks import CheckLine, check_line
from assistant.ui.study.lesson.text import LessonText
from assistant.ui.study.lesson.worked import StepView
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.labels import PlainLabel

_TELL_AFTER = 2
"""After so many wrong tries what belongs there may be shown."""


class BlankRow(QWidget):
    """A field for what is left out, and what came of it.

    Args:
        theme: The theme in force.
        step: The step with the blank.
        name: For screen readers.
    """

    check_wanted = Signal(object, str)
    """This row, and what was typed; it is told the grade."""
    filled_in = Signal()
    """The blank holds what belongs there."""
    focus_left = Signal()
    """It had the focus, and has no place for it any more."""

    def __init__(self, theme: Theme, step: WorkedStep, name: str) -> None:
        super().__init__()
        self.step = step
        self._tries = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.field = LineField(theme, name, "What belongs in the gap?", height=32)
        self.field.setMaximumWidth(theme.px(280))
        self.field.returnPressed.connect(self._check)
        self.check = Button(theme, "Check", "plain")
        self.check.clicked.connect(self._check)
        self.tell = Button(theme, "Show it", "ghost")
        self.tell.clicked.connect(self._tell)
        self.tell.hide()
        row.addWidget(self.field, 1)
        row.addWidget(self.check)
        row.addWidget(self.tell)
        row.addStretch(1)
        column.addLayout(row)
        self.mark = CheckLine(theme)
        self.mark.hide()
        column.addWidget(self.mark)

    def take(self, grade: Grade) -> None:
        """Says what an answer is worth."""
        self.check.setEnabled(True)
        if grade.correct:
            self._fill(grade.words, checked=True)
            return
        if grade.correct is False:
            self._tries += 1
            self.tell.setVisible(self._tries >= _TELL_AFTER)
        self.field.set_wrong(grade.correct is False)
        self.mark.show_wrong(grade.words)
        self.mark.show()
        self.field.setFocus()
        self.field.selectAll()

    def refuse(self, error: UserFacingError) -> None:
        """Says why it could not be checked."""
        self.check.setEnabled(True)
        self.mark.show_wrong(f"{error.message} {error.hint}".strip())
        self.mark.show()

    def _check(self) -> None:
        if self.check.isEnabled() and self.field.isVisibleTo(self):
            self.check.setEnabled(False)
            self.check_wanted.emit(self, self.field.text())

    def _tell(self) -> None:
        self._fill("Shown, not worked out.", checked=False)

    def _fill(self, words: str, *, checked: bool) -> None:
        """The field goes: what belongs there stands in the step now."""
        held = any(each.hasFocus() for each in (self.field, self.check, self.tell))
        for each in (self.field, self.check, self.tell):
            each.hide()
        if checked:
            self.mark.show_check(words, checked=True)
        else:
            self.mark.show_told(words)
        self.mark.show()
        self.filled_in.emit()
        if held:
            self.focus_left.emit()


class FadedCard(Card):
    """The steps up to the first blank; filling it opens those up to the next.

    Args:
        theme: The theme in force.
        drawn_with: Formulas and workers.
        example: What is to be filled in.
        check: How far it can be trusted; None where that was said already.
    """

    check_wanted = Signal(object, str)
    """A ``BlankRow`` and what was typed."""
    run_wanted = Signal(object)
    stop_wanted = Signal(object)
    focus_left = Signal()
    """The last blank is filled, and the focus was in it."""
    done = Signal()
    """Every blank is filled."""

    def __init__(
        self, theme: Theme, drawn_with: Drawing, example: WorkedExample, check: Check | None
    ) -> None:
        super().__init__(theme, 18)
        self._drawing = drawn_with
        self._example = example
        self.steps: list[StepView] = []
        self.blanks: list[BlankRow] = []
        self.body.setSpacing(theme.px(14))
        self.body.addWidget(PlainLabel(theme, "Your turn: fill the gaps", "card_title"))
        problem = LessonText(theme, drawn_with)
        problem.show_text(example.problem)
        self.body.addWidget(problem)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.px(16))
        self.body.addLayout(self._column)
        self.answer = LessonText(theme, drawn_with)
        self.answer.show_text(f"**Answer:** {example.answer}")
        self.answer.hide()
        self.body.addWidget(self.answer)
        if check is not None:
            self.body.addWidget(check_line(theme, check))
        self._open()

    def _open(self) -> None:
        """Shows the steps up to the next blank; all are filled where there is none."""
        steps = self._example.steps
        while len(self.steps) < len(steps):
            step = steps[len(self.steps)]
            shown = WorkedStep(with_blank(step.shown), step.why if not step.blank else "")
            view = StepView(self._theme, self._drawing, len(self.steps) + 1, shown)
            view.run_wanted.connect(self.run_wanted)
            view.stop_wanted.connect(self.stop_wanted)
            self.steps.append(view)
            self._column.addWidget(view)
            if step.blank:
                self._add_blank(view, step)
                return
        self.answer.show()
        self.done.emit()

    def _add_blank(self, view: StepView, step: WorkedStep) -> None:
        count = sum(bool(each.blank) for each in self._example.steps)
        row = BlankRow(self._theme, step, f"Gap {len(self.blanks) + 1} of {count}")
        row.check_wanted.connect(self.check_wanted)
        row.filled_in.connect(self._filled)
        row.focus_left.connect(self._pass_focus)
        self.blanks.append(row)
        view.column.addWidget(row)

    def _filled(self) -> None:
        """The last blank is filled: its step says so, and why; the next steps open."""
        view, row = self.steps[-1], self.blanks[-1]
        view.text.show_text(filled(row.step.shown, row.step.blank))
        if row.step.why:
            why = LessonText(self._theme, self._drawing, "interface")
            why.show_text(f"*Why?* {row.step.why}")
            view.column.addWidget(why)
        self._open()

    def _pass_focus(self) -> None:
        if self.answer.isVisibleTo(self):
            self.focus_left.emit()
        else:
            self.blanks[-1].field.setFocus()
