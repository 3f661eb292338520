"""A worked example: its steps open one by one, each with its reason."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from assistant.domain.course import WorkedExample, WorkedStep
from assistant.render.markdown import parse
from assistant.services.study.lesson_values import Check
from assistant.ui.study.exercise.markdown_view import Drawing
from assistant.ui.study.lesson.marks import check_line
from assistant.ui.study.lesson.snippets import programs_of
from assistant.ui.study.lesson.text import LessonText
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box

_DISC = 22


class StepView(QWidget):
    """One step: its number, what is done, and below it why.

    Args:
        theme: The theme in force.
        drawn_with: Formulas and workers.
        number: From 1.
        step: The step.
        earlier: Programs of the steps before it.
    """

    run_wanted = Signal(object)
    stop_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        drawn_with: Drawing,
        number: int,
        step: WorkedStep,
        earlier: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(_Disc(theme, number), 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.px(6))
        self.text = LessonText(theme, drawn_with)
        self.text.show_text(step.shown, earlier)
        self.text.run_wanted.connect(self.run_wanted)
        self.text.stop_wanted.connect(self.stop_wanted)
        self.column.addWidget(self.text)
        self.why: LessonText | None = None
        if step.why:
            self.why = LessonText(theme, drawn_with, "interface")
            self.why.show_text(f"*Why?* {step.why}")
            self.column.addWidget(self.why)
        row.addLayout(self.column, 1)
        self.setAccessibleName(f"Step {number}: {step.shown} {step.why}")


class WorkedCard(Card):
    """The problem, and a button that opens the next step.

    Args:
        theme: The theme in force.
        drawn_with: Formulas and workers.
        example: What is worked.
        check: How far it can be trusted; None where that was said already.
        title: Of the card.
    """

    run_wanted = Signal(object)
    stop_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        drawn_with: Drawing,
        example: WorkedExample,
        check: Check | None,
        title: str = "Worked example",
    ) -> None:
        super().__init__(theme, 18)
        self._drawing = drawn_with
        self._example = example
        self._earlier = programs_of(parse(example.problem))
        self.opened: list[StepView] = []
        self.body.setSpacing(theme.px(14))
        self.body.addWidget(PlainLabel(theme, title, "card_title"))
        problem = LessonText(theme, drawn_with)
        problem.show_text(example.problem)
        self.body.addWidget(problem)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(theme.px(16))
        self.body.addLayout(self._steps)
        self.answer = LessonText(theme, drawn_with)
        self.answer.show_text(f"**Answer:** {example.answer}")
        self.answer.hide()
        self.body.addWidget(self.answer)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        self.next = Button(theme, "", "plain", icon="chevron-down")
        self.next.clicked.connect(self._open_next)
        self.all = Button(theme, "Show all", "ghost")
        self.all.clicked.connect(self._open_all)
        buttons.addWidget(self.next)
        buttons.addWidget(self.all)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        if check is not None:
            self.body.addWidget(check_line(theme, check))
        self._name_next()

    def _open_next(self) -> None:
        at = len(self.opened)
        if at < len(self._example.steps):
            step = self._example.steps[at]
            view = StepView(self._theme, self._drawing, at + 1, step, self._earlier)
            view.run_wanted.connect(self.run_wanted)
            view.stop_wanted.connect(self.stop_wanted)
            self._earlier += programs_of(parse(step.shown))
            self.opened.append(view)
            self._steps.addWidget(view)
        self._name_next()

    def _open_all(self) -> None:
        for _ in range(len(self._example.steps) - len(self.opened)):
            self._open_next()

    def _name_next(self) -> None:
        """Says which step comes; after the last one the answer stands there."""
        at, count = len(self.opened), len(self._example.steps)
        self.next.setText(f"Show step {at + 1} of {count}")
        done = at >= count
        if done and self.next.hasFocus():
            self.focusNextChild()
        self.next.setVisible(not done)
        self.all.setVisible(not done and count - at > 1)
        self.answer.setVisible(done)


class _Disc(QWidget):
    """The number of a step."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme = theme
        self._number = number
        theme.changed.connect(self._restyle)
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        side = theme.px(_DISC)
        disc = self.rect().adjusted(0, theme.px(2), 0, 0)
        disc.setHeight(side)
        box(painter, disc, side / 2, theme.color("well"), theme.color("line2"))
        painter.setFont(theme.font("small_medium", tabular=True))
        painter.setPen(theme.color("ink2"))
        painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), str(self._number))

    def _restyle(self) -> None:
        side = self._theme.px(_DISC)
        self.setFixedSize(side, side + self._theme.px(3))
        self.update()
