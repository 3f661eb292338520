"""A way to an answer: a line a step, each checked against the one before as soon as it is there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from assistant.services.study.practice import Given, Judged
from assistant.services.study.reading import LineState, ReadAnswer, ReadWay
from assistant.ui.study.exercise.markdown_view import Drawing
from assistant.ui.study.exercise.maths_field import MathsField
from assistant.ui.study.exercise.pane import AnswerPane
from assistant.ui.study.exercise.step_row import StepRow
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.labels import PlainLabel

_MOST = 60


class StepsPane(AnswerPane):
    """The lines, one more to be written, and a button that gives the whole way.

    A line that does not follow is given at once: it counts as a try. Lines that follow cost
    nothing.

    Args:
        theme: The theme in force.
        drawing: Formulas and workers.
    """

    way_wanted = Signal(object)
    """Lines, a tuple of ``str``, that should be checked."""

    def __init__(self, theme: Theme, drawing: Drawing) -> None:
        super().__init__()
        self._theme = theme
        self._drawing = drawing
        self._given = ""
        self._lines: list[str] = []
        self._tried: tuple[str, ...] = ()
        self._wrong: int | None = None
        self._ended = False
        self.rows: list[StepRow] = []
        self._card = Card(theme, 16)
        self._build_card()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addStretch(1)

    def _build_card(self) -> None:
        theme, body = self._theme, self._card.body
        head = QHBoxLayout()
        head.addWidget(PlainLabel(theme, "Your steps", "card_title"), 1)
        self._count = PlainLabel(theme, "", "small", "ink2")
        head.addWidget(self._count)
        body.addLayout(head)
        self._note = PlainLabel(theme, "", "small", "ink2", wrap=True)
        body.addWidget(self._note)
        self._start = StepRow(theme, self._drawing.formulas, 0)
        body.addWidget(self._start)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        body.addLayout(self._list)
        self._after = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self._after.hide()
        body.addWidget(self._after)
        self.line = MathsField(theme, self._drawing.formulas, "Next line")
        self.line.field.setPlaceholderText("The next line; Enter adds it")
        body.addWidget(self.line)
        self._rule = Divider(theme)
        body.addWidget(self._rule)
        foot = QHBoxLayout()
        self._keys = PlainLabel(theme, "The last line is your answer", "small", "ink2")
        self.check = Button(theme, "Check the answer", "primary", icon="check")
        foot.addWidget(self._keys, 1)
        foot.addWidget(self.check)
        body.addLayout(foot)
        self.line.entered.connect(self._add)
        self.line.emptied.connect(self._take_back)
        self.line.changed.connect(self._typed)
        self.line.read_wanted.connect(self.read_wanted)
        self.check.clicked.connect(self._give)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that are there."""
        return tuple(self._lines)

    def show_exercise(self, given: Given) -> None:
        """Shows what it begins with and what was written so far."""
        self._given = given.exercise.given
        self._start.setVisible(bool(self._given))
        self._start.show_line(self._given, LineState.GIVEN)
        self._lines = [line for line in given.draft.splitlines() if line.strip()][:_MOST]
        self._tried = tuple(self._lines) if given.ladder.tries else ()
        self._show_lines(None)
        self.way_wanted.emit(self.lines)

    def show_read(self, read: ReadAnswer) -> None:
        """How the line that is being written is understood."""
        self.line.show_read(read)

    def show_way(self, way: ReadWay) -> None:
        """How the lines are understood, and which follow."""
        self._start.show_line(self._given, LineState.GIVEN, way.given)
        if len(way.lines) != len(self._lines):
            return  # others were written since
        self._wrong = way.wrong.step if way.wrong is not None else None
        self._show_lines(way)
        if way.wrong is not None and not self._ended and self.lines != self._tried:
            self._give()

    def show_judged(self, judged: Judged) -> None:
        """Nothing more than the lines say already."""
        self._tried = self.lines

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - a setter of one value
        """No second answer meanwhile."""
        self.check.setEnabled(not busy and bool(self._lines or self.line.text.strip()))

    def end(self) -> None:
        """The lines stay."""
        self._ended = True
        for row in self.rows:
            row.end()
        for widget in (self.line, self.check, self._rule, self._keys):
            widget.hide()

    def focus_answer(self) -> None:
        """To the wrong line, else to the next."""
        if self._wrong is not None and self._wrong < len(self.rows):
            self.rows[self._wrong].fix_field.setFocus()
        else:
            self.line.field.setFocus()

    def _take_back(self) -> None:
        """Backspace in an empty line brings the last one back, to be changed."""
        if self._lines and not self._ended:
            last = self._lines.pop()
            self._changed()
            self.line.set_text(last)

    def _add(self) -> None:
        text = self.line.text.strip()
        if self._ended or len(self._lines) >= _MOST:
            return
        if text:
            self._lines.append(text)
            self.line.set_text("")
            self._changed()
        elif self._lines:
            self._give()

    def _edit(self, number: int, text: str) -> None:
        if text:
            self._lines[number - 1] = text
        else:
            del self._lines[number - 1]
        self._changed()
        self.line.field.setFocus()

    def _changed(self) -> None:
        self._wrong = None
        self._show_lines(None)
        self.changed.emit("\n".join(self._lines))
        self.check.setEnabled(bool(self._lines))
        self.way_wanted.emit(self.lines)

    def _typed(self, text: str) -> None:
        self.check.setEnabled(bool(self._lines or text.strip()))

    def _show_lines(self, way: ReadWay | None) -> None:
        while len(self.rows) > len(self._lines):
            gone = self.rows.pop()
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(self._lines):
            row = StepRow(self._theme, self._drawing.formulas, len(self.rows) + 1)
            row.edited.connect(self._edit)
            self.rows.append(row)
            self._list.addWidget(row)
        wrong = way.wrong.step if way is not None and way.wrong is not None else None
        for place, (row, text) in enumerate(zip(self.rows, self._lines, strict=True)):
            if way is None:
                row.show_line(text, LineState.UNREAD)
                continue
            read = way.lines[place]
            lit = place == wrong
            why = way.wrong.why if lit and way.wrong is not None else ""
            row.show_line(text, read.state, read.latex, why, lit=lit)
        self._tell(way, wrong)

    def _tell(self, way: ReadWay | None, wrong: int | None) -> None:
        count = len(self._lines)
        self._count.setText(f"{count} line{'s' if count != 1 else ''}" if count else "")
        if wrong is not None:
            self._note.setText(f"You may fix step {wrong + 1}.")
        elif way is not None and any(line.state is LineState.UNREAD for line in way.lines):
            self._note.setText("A line with a dashed circle could not be checked.")
        else:
            self._note.setText("Every line is checked against the one before.")
        after = list(range((wrong or 0) + 2, count + 1)) if wrong is not None else []
        self._after.setVisible(bool(after))
        if len(after) == 1:
            self._after.setText(f"Step {after[0]} builds on step {after[0] - 1}.")
        elif after:
            self._after.setText(f"Steps {after[0]} to {after[-1]} build on step {after[0] - 1}.")

    def _give(self) -> None:
        if self._ended or not self.check.isEnabled():
            return
        text = self.line.text.strip()
        if text:
            self._lines.append(text)
            self.line.set_text("")
            self._changed()
            if self._lines[-1] == text:
                self._tried = self.lines  # it is given now, whatever the check says
        if self._lines:
            self.answered.emit("\n".join(self._lines))
