"""The exercise screen: the bar, and columns that stand side by side while there is room."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from assistant.services.study.practice import Given
from assistant.ui.chat.transcript.source import Background
from assistant.ui.study.exercise.ask_box import AskBox
from assistant.ui.study.exercise.bar import ExerciseBar
from assistant.ui.study.exercise.code_pane import CodePane
from assistant.ui.study.exercise.hints_card import HintsCard
from assistant.ui.study.exercise.markdown_view import drawing
from assistant.ui.study.exercise.outcome_card import OutcomeCard
from assistant.ui.study.exercise.pane import AnswerPane
from assistant.ui.study.exercise.placement import UnsureCard
from assistant.ui.study.exercise.task_column import TaskHead, WhyCard
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, ButtonKind
from assistant.ui.widgets.notices import EmptyState
from assistant.ui.widgets.scroll import ScrollArea
from assistant.ui.widgets.tab_order import put_in_order

_TASK, _SIDE, _MARGIN, _GAP = 312, 272, 24, 24
_THREE, _TWO = 1080, 700
_WIDEST_PANE = 680
_SETTLE_MS = 50
"""After which the words of a hint have their places."""


class ExerciseScreen(QWidget):
    """Shows; it asks by signals and changes nothing itself.

    Args:
        theme: The theme in force.
        background: Where formulas are drawn and code is coloured.
    """

    leave_wanted = Signal()

    def __init__(self, theme: Theme, background: Background) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Exercise")
        self.drawing = drawing(theme, background, self)
        self.bar = ExerciseBar(theme)
        self.head = TaskHead(theme, self.drawing)
        self.hints = HintsCard(theme, self.drawing)
        self.ask = AskBox(theme, self.drawing)
        self.tell = self.ask.tell
        self.unsure = UnsureCard(theme)
        self.why = WhyCard(theme)
        self.outcome = OutcomeCard(theme, self.drawing)
        self.pane: AnswerPane | None = None
        self._columns = 0
        self._placement = False
        self._task, self._work, self._side = (_Column(theme) for _ in range(3))
        self._page = QWidget()
        row = QHBoxLayout(self._page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for column, stretch in ((self._task, 0), (self._work, 1), (self._side, 0)):
            row.addWidget(column, stretch)
        self._message = _Message(theme)
        self._blank = QWidget()
        self._stack = QStackedWidget()
        for page in (self._blank, self._page, self._message):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self.bar.leave_wanted.connect(self.leave_wanted)
        # What was said is laid out first.
        self.ask.grew.connect(self._bring_ask, Qt.ConnectionType.QueuedConnection)
        theme.changed.connect(self._arrange_anew)

    def show_waiting(self) -> None:
        """Nothing is there yet."""
        self._stack.setCurrentWidget(self._blank)
        self.bar.allow_skip(False)  # noqa: FBT003 - a setter of one value

    def show_exercise(
        self, given: Given, course: str, pane: AnswerPane, *, placement: bool = False
    ) -> None:
        """Shows an exercise with the place to answer it in.

        Args:
            given: The exercise.
            course: The course's title.
            pane: Where it is answered.
            placement: As a question of a placement test: nothing helps, and not to know is an
                answer.
        """
        self._placement = placement
        self.head.show_exercise(given, course)
        self.why.show_reasons(given)
        self.hints.show_ladder(given.ladder)
        if placement:
            self.hints.hide()
        self.ask.setVisible(not placement)
        self.unsure.setVisible(placement)
        self.outcome.hide()
        self.bar.show_difficulty(-1.0 if placement else given.predicted)
        self.bar.allow_skip(True)  # noqa: FBT003 - a setter of one value
        old, self.pane = self.pane, pane
        if not isinstance(pane, CodePane):
            pane.setMaximumWidth(self._theme.px(_WIDEST_PANE))
        self._columns = 0
        self._arrange()
        if old is not None:
            old.hide()
            old.deleteLater()
        for each in (self._task, self._work, self._side):
            each.go_to_top()
        self._stack.setCurrentWidget(self._page)

    def show_outcome(self) -> None:
        """Brings what came of the answer into view."""
        self.outcome.show()
        holder = self._side if self._columns == 3 else self._work  # noqa: PLR2004 - columns
        holder.bring(self.outcome)

    def show_hint(self) -> None:
        """Brings the last rung that is shown into view, once its words have their places."""
        QTimer.singleShot(_SETTLE_MS, self, self._bring_hint)

    def _bring_hint(self) -> None:
        if self.hints.shown is not None and self.hints.isVisible():
            holder = self._task if self._columns > 1 else self._work
            holder.bring(self.hints.shown)

    def show_message(
        self, title: str, text: str, buttons: Sequence[tuple[str, ButtonKind]], lines: Sequence[str]
    ) -> list[Button]:
        """Shows words in the place of an exercise; gives the buttons in their order."""
        self.bar.allow_skip(False)  # noqa: FBT003 - a setter of one value
        self.bar.show_difficulty(-1.0)
        made = self._message.show_words(title, text, buttons, lines)
        self._stack.setCurrentWidget(self._message)
        if made:
            made[0].setFocus()
        return made

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Tab goes by what is seen: each exercise brings stops of its own."""
        put_in_order(self.stops())
        return super().focusNextPrevChild(next)

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in its order: the bar, the answer, what came of it, the help."""
        areas = (self.bar, self.pane, self.outcome, self.unsure, self.hints, self.ask)
        inside = [each for area in areas if area is not None for each in area.findChildren(QWidget)]
        return [each for each in inside if _stops(each)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave_wanted.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the columns beside or below each other."""
        super().resizeEvent(event)
        self._arrange()

    def _bring_ask(self) -> None:
        holder = self._task if self._columns > 1 else self._work
        holder.bring(self.tell)

    def _arrange_anew(self) -> None:
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        px, width = self._theme.px, self.width()
        columns = 3 if width >= px(_THREE) else 2 if width >= px(_TWO) else 1
        if self._placement:
            columns = min(columns, 2)
        if columns == self._columns or self.pane is None:
            return
        self._columns = columns
        margin = px(_MARGIN if columns > 1 else 16)
        task: list[QWidget | None] = [self.head, self.unsure, self.hints, None, self.ask]
        work: list[QWidget | None] = [self.pane]
        side: list[QWidget | None] = [self.outcome, self.why, None]
        if columns == 1:
            work = [self.head, self.pane, self.outcome, self.unsure, self.hints, self.ask, None]
            task, side = [], []
            self.why.hide()
        elif columns == 2:  # noqa: PLR2004 - columns
            work = [self.pane, self.outcome]
            task, side = [self.head, self.unsure, self.hints, self.why, None, self.ask], []
        self.why.setVisible(columns > 1 and not self._placement)
        self._task.put(task, px(_TASK) + margin, (margin, px(20), 0, px(20)))
        left = px(_GAP) if columns > 1 else margin
        self._work.put(work, 0, (left, px(20), margin, px(20)))
        self._side.put(side, px(_SIDE) + margin, (0, px(20), margin, px(20)))


def _stops(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return by_tab and widget.isEnabled() and widget.isVisible()


class _Column(QWidget):
    """A column that scrolls by itself; a None among its widgets is room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._content = QWidget()
        self._list = QVBoxLayout(self._content)
        self._list.setSpacing(theme.px(16))
        self._scroll = ScrollArea(self._content)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    def put(
        self, widgets: Sequence[QWidget | None], width: int, margins: tuple[int, int, int, int]
    ) -> None:
        """Holds these, ``width`` px wide; 0 takes what is left; nothing to hold hides it."""
        while self._list.count():
            item = self._list.itemAt(0)
            held = item.widget() if item is not None else None
            if held is not None:
                # An item that is only taken lives on, and with it the height that it remembers.
                self._list.removeWidget(held)
            else:
                self._list.takeAt(0)
        for widget in widgets:
            if widget is None:
                self._list.addStretch(1)
                continue
            said = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
            shown = not (said and widget.isHidden())
            self._list.addWidget(widget, 1 if isinstance(widget, AnswerPane) else 0)
            widget.setVisible(shown)
        self._list.setContentsMargins(*margins)
        if width:
            self.setFixedWidth(width)
        self.setVisible(bool(widgets))

    def bring(self, widget: QWidget) -> None:
        """Scrolls to a widget."""
        self._list.activate()
        self._scroll.ensureWidgetVisible(widget)

    def go_to_top(self) -> None:
        """Shows its beginning."""
        self._scroll.verticalScrollBar().setValue(0)


class _Message(QWidget):
    """Words in the middle of the page, with buttons."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: EmptyState | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(28), theme.px(28), theme.px(28), theme.px(28))
        self._row.addStretch(1)
        self._row.addStretch(1)

    def show_words(
        self, title: str, text: str, buttons: Sequence[tuple[str, ButtonKind]], lines: Sequence[str]
    ) -> list[Button]:
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
        words = "\n".join([text, *(["", *lines] if lines else [])])
        self._shown = EmptyState(self._theme, title, words, icon="graduation-cap")
        self._shown.setMaximumWidth(self._theme.px(520))
        self._row.insertWidget(1, self._shown, 2, Qt.AlignmentFlag.AlignVCenter)
        return [self._shown.add_button(name, kind) for name, kind in buttons]
