"""The page of programs: what is written at the left, what was found of it at the right."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from assistant.domain.errors import UserFacingError
from assistant.services.study.code_values import (
    CodeAnalysis,
    Section,
    SectionKind,
    TracedProgram,
)
from assistant.ui.chat.transcript.source import Background
from assistant.ui.library.import_strip import dropped_paths
from assistant.ui.study.exercise.markdown_view import drawing
from assistant.ui.study.exercise.tests_card import TestsCard
from assistant.ui.study.exercise.trace_card import TraceCard
from assistant.ui.study.programs.challenge_cards import ChallengeCard, ChallengePicker
from assistant.ui.study.programs.editor_card import EditorCard
from assistant.ui.study.programs.explain_card import ExplainCard
from assistant.ui.study.programs.section_card import SectionCard
from assistant.ui.study.programs.words import CodeWords
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.notices import EmptyState, ErrorCard, NoticeTone
from assistant.ui.widgets.page import TitledPage
from assistant.ui.widgets.scroll import ScrollArea
from assistant.ui.widgets.tab_order import put_in_order

EXAMPLE_NAME = "scores.py"
EXAMPLE = '''\
def average(scores):
    """The mean of some scores."""
    sum = 0
    for i in range(len(scores) + 1):
        sum += scores[i]
    return sum / len(scores)


print("Lowest:", min([7, 9, 4]))
print("Average:", average([7, 9, 4]))
'''
_SHOW, _WRITE = "A program with a mistake in it", "A challenge"
_TWO, _GAP = 700, 16
_LEAST_BESIDE, _LEAST_ABOVE, _MOST_ABOVE = 160, 240, 300
_NO_LIMIT = 16_777_215
"""Qt's own."""


class ProgramsPage(TitledPage):
    """Editor, trace and tests; empty state, sections and challenges.

    Args:
        theme: The theme in force.
        background: Where slow drawing is done.
    """

    line_wanted = Signal(int)
    challenge_opened = Signal()
    """The choice of a challenge was opened, and needs its topics."""

    def __init__(self, theme: Theme, background: Background) -> None:
        super().__init__(theme, "Programs")
        self.setAcceptDrops(True)
        self.drawing = drawing(theme, background, self)
        self.challenge_button = Button(theme, "A challenge", icon="dumbbell")
        self.add_to_head(self.challenge_button)
        self.editor = EditorCard(theme, background)
        self.trace = TraceCard(theme)
        self.step_words = CodeWords(theme, "", "small", "ink2")
        at = self.trace.body.indexOf(self.trace.doing)
        self.trace.body.insertWidget(at + 1, self.step_words)
        self.step_words.hide()
        self.tests = TestsCard(theme)
        self.picker = ChallengePicker(theme)
        self.picker.hide()
        self.challenge = ChallengeCard(theme, self.drawing)
        self.explain = ExplainCard(theme)
        self.explain.hide()
        self.empty = EmptyState(
            theme,
            "Bring a program",
            "Paste, open or write Python at the left and press “Look at it”. Lamplight says what "
            "it does, runs it sealed off, finds what goes wrong and what could be better. Every "
            "part says what it was checked by.",
            icon="code",
            tries=(_SHOW, _WRITE),
        )
        self.sections: list[SectionCard] = []
        self.notices: list[ErrorCard] = []
        self._words: tuple[str, ...] = ()
        self._two: bool | None = None
        self._readable = False
        self._stale = ErrorCard(
            theme,
            "The program has changed",
            "What stands below is about the program as it was. Look at it again.",
            "plain",
        )
        self._stale.hide()
        self._lay_out()
        self._connect()

    def show_analysis(self, found: CodeAnalysis) -> None:
        """Shows what was found, part by part."""
        self._clear()
        for missing in found.missing:
            self._notice("Something could not be done", missing, "caution")
        for section in _by_weight(found):
            card = SectionCard(self.theme, section, found.run)
            card.line_wanted.connect(self.line_wanted)
            self.sections.append(card)
            self._found.addWidget(card)
        self._fit_empty()
        self.explain.clear()
        self._readable = found.readable
        self.set_fresh(fresh=True)
        self._right.go_to_top()
        QTimer.singleShot(0, self._bring_found)  # its rows are laid out first
        bad = found.reading.unreadable
        error = found.run.error if found.run is not None else None
        self.editor.editor.mark_bad_line(bad.line if bad else error.line if error else 0)

    def set_fresh(self, fresh: bool) -> None:  # noqa: FBT001 - a setter of one value
        """Whether what was found is about the program as it stands now."""
        self._stale.setVisible(bool(self.sections) and not fresh)
        readable = self._readable and bool(self.sections)
        self.explain.setVisible(readable and (fresh or self.explain.busy))

    def show_trouble(self, error: UserFacingError) -> None:
        """Says what did not work; what was found before stays."""
        self._take_notices()
        self._notice(error.message, error.hint, "bad")
        self._right.go_to_top()

    def show_trace(self, traced: TracedProgram | None) -> None:
        """Shows a run from its first step, with a sentence on each."""
        self.trace.set_busy(False)
        self._words = traced.words if traced is not None else ()
        self.trace.show_trace(traced.trace if traced is not None else None)
        self._show_step(0)
        if traced is not None:
            QTimer.singleShot(0, self._bring_trace)  # its rows are laid out first

    def close_trace(self) -> None:
        """Puts the trace away."""
        self.show_trace(None)
        self.trace.hide()
        self.editor.editor.setFocus()

    def open_picker(self) -> None:
        """Opens the choice of a challenge."""
        self.picker.show()
        self._fit_empty()
        self._right.go_to_top()
        self.picker.button.setFocus()
        self.challenge_opened.emit()

    def close_picker(self) -> None:
        """Closes it."""
        self.picker.hide()
        self._fit_empty()

    def close_challenge(self) -> None:
        """Puts the challenge away; the program stays."""
        self.challenge.challenge = None
        self.challenge.hide()
        self.tests.hide()
        self.editor.set_tested(tested=False)
        self._fit_empty()

    def to_challenge(self) -> None:
        """Shows the challenge that has just come, and nothing of what stood there."""
        self._clear()
        self.picker.hide()
        self.tests.hide()
        self.editor.set_tested(tested=True)
        self._fit_empty()
        self._right.go_to_top()
        self.editor.editor.setFocus()

    def bring_tests(self) -> None:
        """Scrolls to what the tests said."""
        self._left.bring(self.tests)

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in its order; parts that come later stand in their place."""
        card = self.editor
        first = (card.open, card.trace, card.editor, card.typed, card.look, card.tests)
        areas = (self.trace, self.tests, self.picker, self.challenge, self.empty, self.explain)
        rest = [each for area in (*areas, *self.sections) for each in area.findChildren(QWidget)]
        every = (self.challenge_button, *first, *rest)
        return [each for each in every if self._stops(each)]

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Tab goes by what is seen."""
        put_in_order(self.stops())
        return super().focusNextPrevChild(next)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped anywhere."""
        if len(dropped_paths(event.mimeData())) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens it."""
        paths = dropped_paths(event.mimeData())
        if len(paths) == 1:
            event.acceptProposedAction()
            self.editor.open_wanted.emit(paths[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is pasted anywhere goes into the editor."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.editor.editor.setFocus()
            self.editor.editor.paste()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns, or one where there is no room for two."""
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        self._left, self._right = _Column(self.theme), _Column(self.theme)
        self._left.list.addWidget(self.editor, 1)
        self._left.list.addWidget(self.trace)
        self._left.list.addWidget(self.tests)
        self._results = QWidget()
        results = QVBoxLayout(self._results)
        results.setContentsMargins(0, 0, 0, 0)
        results.setSpacing(self.theme.px(_GAP))
        self._said = QVBoxLayout()
        self._found = QVBoxLayout()
        for layout in (self._said, self._found):
            layout.setSpacing(self.theme.px(_GAP))
        for widget in (self.picker, self.challenge, self.empty):
            results.addWidget(widget)
        results.addWidget(self._stale)
        results.addLayout(self._said)
        results.addWidget(self.explain)
        results.addLayout(self._found)
        results.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(_GAP))
        row.addWidget(self._left, 11)
        row.addWidget(self._right, 10)
        self.column.addLayout(row, 1)
        self._arrange()

    def _connect(self) -> None:
        self.challenge_button.clicked.connect(self.open_picker)
        self.picker.closed.connect(self.close_picker)
        self.challenge.closed.connect(self.close_challenge)
        self.trace.closed.connect(self.close_trace)
        self.trace.line_shown.connect(self.editor.editor.light_line)
        self.trace.slider.valueChanged.connect(self._show_step)
        self.line_wanted.connect(self._go_to_line)
        self.empty.tried.connect(self._try)

    def _arrange(self) -> None:
        two = self.width() >= self.theme.px(_TWO)
        if two == self._two:
            return
        self._two = two
        focused = QApplication.focusWidget()
        (self._right if two else self._left).list.addWidget(self._results)
        self._right.setVisible(two)
        if focused is not None and self._results.isAncestorOf(focused):
            focused.setFocus()  # Qt takes the keys from what gets another parent
        px, editor = self.theme.px, self.editor.editor
        self._left.list.setStretchFactor(self.editor, int(two))
        self._left.list.setStretchFactor(self._results, int(not two))
        editor.setMinimumHeight(px(_LEAST_BESIDE if two else _LEAST_ABOVE))
        editor.setMaximumHeight(_NO_LIMIT if two else px(_MOST_ABOVE))

    def _try(self, words: str) -> None:
        if words == _SHOW:
            self.editor.put(EXAMPLE_NAME, EXAMPLE)
            self.editor.look_wanted.emit()
        else:
            self.open_picker()

    def _stops(self, widget: QWidget) -> bool:
        by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return by_tab and widget.focusProxy() is None and widget.window() is self.window()

    def _bring_found(self) -> None:
        """In one column it stands below the editor."""
        if not self._two and self.sections:
            self._left.bring(self.sections[0])

    def _bring_trace(self) -> None:
        self._left.bring(self.trace)

    def _go_to_line(self, number: int) -> None:
        editor = self.editor.editor
        editor.setFocus()
        editor.light_line(number)
        self._left.bring(self.editor)

    def _show_step(self, place: int) -> None:
        words = self._words[place] if place < len(self._words) else ""
        self.step_words.show_words(words)
        self.step_words.setVisible(bool(words))

    def _notice(self, what: str, meaning: str, tone: NoticeTone) -> None:
        card = ErrorCard(self.theme, what, meaning, tone)
        self.notices.append(card)
        self._said.addWidget(card)
        self._fit_empty()

    def _take_notices(self) -> None:
        for card in self.notices:
            card.hide()
            card.deleteLater()
        self.notices = []

    def _clear(self) -> None:
        self._take_notices()
        for card in self.sections:
            card.hide()
            card.deleteLater()
        self.sections = []
        self._stale.hide()
        self.explain.hide()
        self._fit_empty()

    def _fit_empty(self) -> None:
        there = self.sections or self.notices or self.challenge.challenge
        self.empty.setVisible(not there and self.picker.isHidden())


def _by_weight(found: CodeAnalysis) -> list[Section]:
    """What goes wrong stands first, where something does: it is what one has come for."""
    failed = found.run is not None and not found.run.ended_well

    def weight(one: Section) -> int:
        if one.kind is SectionKind.WRONG and one.lines:
            return 0
        return 1 if one.kind is SectionKind.RUN and failed else 2

    return sorted(found.sections, key=weight)


class _Column(QWidget):
    """A column that scrolls by itself."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        content = QWidget()
        self.list = QVBoxLayout(content)
        self.list.setContentsMargins(0, 0, 0, 0)
        self.list.setSpacing(theme.px(_GAP))
        self._scroll = ScrollArea(content)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    def bring(self, widget: QWidget) -> None:
        """Scrolls to a widget."""
        self.list.activate()
        self._scroll.ensureWidgetVisible(widget)

    def go_to_top(self) -> None:
        """Shows its beginning."""
        self._scroll.verticalScrollBar().setValue(0)
