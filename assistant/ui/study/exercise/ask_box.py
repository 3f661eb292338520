"""A conversation about the exercise: what was asked, what helps, and the way out."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.services.study.socratic import GuidedReply
from assistant.ui.study.exercise.markdown_view import Drawing, MarkdownView
from assistant.ui.study.exercise.task_column import TellLine
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.chip import Chip
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box

_LONGEST, _KEPT = 1_000, 12
_OFTEN_ASKED = (
    ("Example", "Show me an example."),
    ("Why?", "Why does it work like that?"),
    ("How to check", "How do I check what I have?"),
)
"""What is on the button, and what is asked by it: each is answered at once, and costs nothing."""


class AskBox(QWidget):
    """The field, what was said, what is often asked, and “Just tell me”.

    Args:
        theme: The theme in force.
        drawing: Formulas and workers.
    """

    asked = Signal(str)
    stopped = Signal()
    grew = Signal()
    """More was said: the end of it should be seen."""

    def __init__(self, theme: Theme, drawing: Drawing) -> None:
        super().__init__()
        self._theme = theme
        self._drawing = drawing
        self._busy = False
        self._live = ""
        self._said: list[QWidget] = []
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self._talk = QVBoxLayout()
        self._talk.setSpacing(px(8))
        column.addLayout(self._talk)
        self.live = PlainLabel(theme, "", "interface", "ink3", wrap=True)
        self.coming = MarkdownView(theme, drawing, "interface")
        for part in (self.live, self.coming):
            part.hide()
            column.addWidget(part)
        self.field = LineField(theme, "Ask about this exercise", "Ask about this exercise")
        self.field.setMaxLength(_LONGEST)
        self.field.setTextMargins(0, 0, px(28), 0)
        self.send = IconButton(theme, "arrow-up", "Ask", parent=self.field)
        row = QHBoxLayout(self.field)
        row.setContentsMargins(0, 0, px(3), 0)
        row.addStretch(1)
        row.addWidget(self.send)
        column.addWidget(self.field)
        self.often = QWidget()
        chips = FlowLayout(self.often, px(6))
        for words, question in _OFTEN_ASKED:
            chip = Chip(theme, words, action=None)
            chip.setAccessibleName(question)
            chip.setToolTip(question)
            chip.clicked.connect(lambda _=False, question=question: self._ask(question))
            chips.addWidget(chip)
        column.addWidget(self.often)
        self.tell = TellLine(theme, "It helps, and keeps the answer back.")
        column.addWidget(self.tell)
        self.field.returnPressed.connect(self._press)
        self.send.clicked.connect(self._press)

    @property
    def busy(self) -> bool:
        """Whether a reply is being written."""
        return self._busy

    def begin(self, said: tuple[tuple[bool, str], ...]) -> None:
        """Another exercise, with what was said about it before.

        Args:
            said: Whether it was the learner, and the words.
        """
        self._settle()
        for each in self._said:
            each.hide()
            each.deleteLater()
        self._said = []
        self.field.clear()
        self.field.setEnabled(True)
        self.often.show()
        self.tell.show()
        self.tell.rest()
        for by_learner, words in said:
            self._add(_Asked(self._theme, words) if by_learner else self._reply_of(words))

    def end(self) -> None:
        """The exercise is over; what was said can still be read."""
        self._settle()
        self.often.hide()
        self.tell.hide()
        self.field.setEnabled(False)

    def say(self, words: str) -> None:
        """Says what is waited for."""
        if not self._live:
            self.live.setText(words)
            self.live.show()
            self.grew.emit()

    def add_text(self, text: str) -> None:
        """Shows more of the reply that is being written."""
        self._live += text
        self.live.hide()
        self.coming.show_text(self._live)
        self.coming.show()
        self.grew.emit()

    def show_reply(self, reply: GuidedReply) -> None:
        """Shows the whole reply, and what it cost."""
        self._settle()
        if reply.text:
            self._add(self._reply_of(reply.text))
        notes = [
            "Stopped." if reply.stopped else "",
            f"This took {round(reply.cost * 100)} % of the credit." if reply.cost > 0 else "",
            "What the model wrote gave the answer away; it was not shown."
            if reply.held_back
            else "",
            reply.missing,
        ]
        words = " ".join(note for note in notes if note)
        if words:
            colour = "caution" if reply.missing else "ink3"
            self._add(PlainLabel(self._theme, words, "small", colour, wrap=True))
        self.grew.emit()

    def show_error(self, words: str) -> None:
        """Says why there is no reply."""
        self._settle()
        self._add(PlainLabel(self._theme, words, "small", "bad", wrap=True))

    def _press(self) -> None:
        if self._busy:
            self.stopped.emit()
            return
        question = self.field.text().strip()
        if not question:
            self.field.setFocus()
            return
        self.field.clear()
        self._ask(question)

    def _ask(self, question: str) -> None:
        if self._busy:
            return
        self._busy = True
        self._add(_Asked(self._theme, question))
        self.send.set_icon_name("square")
        self.send.set_name("Stop")
        self.say("Thinking about it …")
        self.asked.emit(question)

    def _settle(self) -> None:
        self._busy = False
        self._live = ""
        self.live.hide()
        self.coming.hide()
        self.send.set_icon_name("arrow-up")
        self.send.set_name("Ask")

    def _reply_of(self, words: str) -> MarkdownView:
        view = MarkdownView(self._theme, self._drawing, "interface")
        view.show_text(words)
        return view

    def _add(self, part: QWidget) -> None:
        self._said.append(part)
        self._talk.addWidget(part)
        part.show()
        while len(self._said) > _KEPT:
            gone = self._said.pop(0)
            gone.hide()
            gone.deleteLater()


class _Asked(QWidget):
    """What the learner said, on the ground that the user's words have."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self._theme = theme
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(7), px(12), px(7))
        label = PlainLabel(theme, words, "interface", wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(label)
        self.setAccessibleName(f"You asked: {words}")
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        area = QRect(0, 0, self.width(), self.height())
        box(QPainter(self), area, self._theme.px(10), self._theme.color("well"))
