"""One part of what code found of a program, with what answers for it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.trace import ProgramRun
from assistant.services.study.code_values import Line, Section, SectionKind
from assistant.ui.study.exercise.tests_card import cut
from assistant.ui.study.programs.words import CodeWords, check_of, narrow
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.chip import Pill
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.labels import PlainLabel

_AT_FIRST, _INDENT, _NUMBER = 10, 14, 64
_NOTHING = {
    SectionKind.WRONG: "Nothing was found.",
    SectionKind.STYLE: "Nothing was found.",
}


class SectionCard(Card):
    """A title, a pill, and a line for each thing that is said.

    Args:
        theme: The theme in force.
        section: What is said.
        run: How the program ran, for the section about that.
    """

    line_wanted = Signal(int)
    """A line of the program, from 1."""

    def __init__(self, theme: Theme, section: Section, run: ProgramRun | None = None) -> None:
        super().__init__(theme, 16)
        self.section = section
        self.rows: list[LineRow] = []
        self.body.setSpacing(theme.px(6))
        words, tone, icon = check_of(section)
        self.pill = Pill(theme, words, tone, icon=icon)
        head = QWidget()
        flow = FlowLayout(head, theme.px(8))
        flow.setContentsMargins(0, 0, 0, 0)
        flow.addWidget(PlainLabel(theme, section.title, "card_title"))
        flow.addWidget(self.pill)
        self.body.addWidget(head)
        self.body.addWidget(PlainLabel(theme, section.how, "small", "ink2", wrap=True))
        self.setAccessibleName(f"{section.title}. {words}.")
        shown = run is not None and section.kind is SectionKind.RUN and bool(run.output.strip())
        if run is not None and shown:
            self._add_output(run.output)
        self._left = [one for one in section.lines if not (shown and _is_output(one))]
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(2))
        self.body.addLayout(self._list)
        if not self._left and not shown:
            words = _NOTHING.get(section.kind, "There is nothing to say here.")
            self.body.addWidget(PlainLabel(theme, words, "interface", "ink2", wrap=True))
        self.more = Button(theme, f"Show all {len(self._left)}", "ghost", small=True)
        self.more.clicked.connect(self._show_rest)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        if len(self._left) <= _AT_FIRST:
            self.more.hide()
        self._add_rows(self._left[:_AT_FIRST])

    def _add_output(self, output: str) -> None:
        printed = PlainLabel(self._theme, cut(output), "code", wrap=True)
        printed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        narrow(printed)
        self.body.addWidget(PlainLabel(self._theme, "It printed", "small_medium", "ink2"))
        self.body.addWidget(printed)

    def _show_rest(self) -> None:
        self.more.hide()
        self._add_rows(self._left[_AT_FIRST:])
        if len(self.rows) > _AT_FIRST:
            self.rows[_AT_FIRST].give_focus()

    def _add_rows(self, lines: Sequence[Line]) -> None:
        bad = self.section.kind in {SectionKind.WRONG, SectionKind.UNREADABLE}
        for line in lines:
            row = LineRow(self._theme, line, bad=bad)
            row.line_wanted.connect(self.line_wanted)
            self.rows.append(row)
            self._list.addWidget(row)


class LineRow(QWidget):
    """One thing that is said, with the line that it is about.

    Args:
        theme: The theme in force.
        line: What is said.
        bad: It is about something that goes wrong.
    """

    line_wanted = Signal(int)

    def __init__(self, theme: Theme, line: Line, *, bad: bool = False) -> None:
        super().__init__()
        self.line = line
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.button = Button(theme, f"line {line.line}", "ghost", small=True)
        self.button.setAccessibleName(f"Go to line {line.line}: {line.words.replace('`', '')}")
        self.button.clicked.connect(self._go)
        if not line.line:
            self.button.hide()
        self.button.setMinimumWidth(theme.px(_NUMBER))
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.button, 0, top)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        indent = theme.px(_INDENT) * line.depth
        words.setContentsMargins(indent, theme.px(4) if line.line else 0, 0, theme.px(4))
        self.words = CodeWords(theme, line.words, "interface", "bad" if bad else "ink")
        words.addWidget(self.words)
        if line.remedy:
            words.addWidget(CodeWords(theme, line.remedy, "small", "ink2"))
        row.addLayout(words, 1)

    def give_focus(self) -> None:
        """To the way to its line."""
        self.button.setFocus()

    def _go(self) -> None:
        self.line_wanted.emit(self.line.line)


def _is_output(line: Line) -> bool:
    return line.line == 0 and line.words.startswith("It shows")
