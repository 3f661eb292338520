"""One column of the board: the tasks of a state, as cards that can be taken elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyleOptionViewItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from assistant.domain.task import ENDED, Task, TaskState
from assistant.ui.plan.tasks.carrying import are_tasks, tasks_of
from assistant.ui.plan.tasks.delegate import TaskDelegate
from assistant.ui.plan.tasks.edge_scroll import EdgeScroll
from assistant.ui.plan.tasks.model import ROW_ROLE, Index, TaskRow
from assistant.ui.plan.tasks.view import Gap, TaskList
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box
from assistant.ui.widgets.wrapping import wrapped

_CARD, _LINE = 62, 22
_TITLE_LINE, _TITLE_LINES = 20, 2
_EDITOR, _LONGEST_TIP = 34, 500


class CardDelegate(TaskDelegate):
    """A task as a card: its title, over two lines where it is long, and what is said of it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Higher by a line where the title needs two."""
        view, row = self.parent(), index.data(ROW_ROLE)
        more = 0
        if isinstance(view, QListView) and isinstance(row, TaskRow):
            more = len(self._title(QRect(QPoint(), view.viewport().size()), row)[0]) - 1
        return QSize(self._theme.px(140), self._theme.px(_CARD + _TITLE_LINE * max(0, more)))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """The whole title, where the card has no room for it."""
        row, area = index.data(ROW_ROLE), view.visualRect(index)
        if event.type() != QEvent.Type.ToolTip or not isinstance(row, TaskRow):
            return super().helpEvent(event, view, option, index)
        if self._title(area, row)[1]:
            shown = row.text[:_LONGEST_TIP]
            QToolTip.showText(event.globalPos(), f"<p>{escape(shown)}</p>", view, area)
        else:
            QToolTip.hideText()
        return True

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Over the first line of the title."""
        super().updateEditorGeometry(editor, option, index)
        editor.setFixedHeight(self._theme.px(_EDITOR))

    def _title(self, area: QRect, row: TaskRow) -> tuple[tuple[str, ...], bool]:
        """The lines of the title in a card, and whether something is left out."""
        width = self._facts_end(area) - self.circle(area, row).right() - 1
        return wrapped(row.text, self._theme.font("interface"), width, _TITLE_LINES)

    def _paint_task(self, painter: QPainter, area: QRect, row: TaskRow, task: Task) -> None:
        px = self._theme.px
        upper = QRect(area.left(), area.top() + px(6), area.width(), px(_LINE) + px(4))
        self._paint_circle(painter, upper, row, task)
        lines, _ = self._title(area, row)
        for number, line in enumerate(lines):
            one = upper.translated(0, number * px(_TITLE_LINE))
            self._paint_title(painter, one, replace(row, text=line), task, self._facts_end(one))
        more = px(_TITLE_LINE) * max(0, len(lines) - 1)
        lower = QRect(area.left(), upper.bottom() + more, area.width(), px(_LINE))
        self._paint_facts(painter, lower, row, task)

    def opener(self, area: QRect) -> QRect:
        """None: the title needs all of the line, and a double click opens a card."""
        return QRect()

    def _facts_end(self, area: QRect) -> int:
        return area.right() - self._theme.px(10)

    def _paint_ground(self, painter: QPainter, area: QRect, state: object) -> None:
        theme, px = self._theme, self._theme.px
        inside = area.adjusted(0, px(2), 0, -px(2))
        box(painter, inside, px(8), theme.color("card"), theme.color("line"))
        super()._paint_ground(painter, inside.adjusted(1, 0, -1, 0), state)  # pyright: ignore[reportArgumentType] - the state of a style


class ColumnList(TaskList):
    """The cards of a column; they are drawn elsewhere, or sent there by Ctrl and an arrow."""

    sent = Signal(list, int)
    """Ids of tasks, and how many columns to the right."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self.set_delegate(CardDelegate(theme, self))
        self.setSpacing(0)

    def fit(self) -> None:
        """As high as its cards, whose titles may have other lines by now."""
        self.scheduleDelayedItemsLayout()
        super().fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles break elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def gap_at_height(self, y: int) -> Gap | None:
        """The place between cards that is nearest to a height; None where there are none."""
        tasks = [row.task.id for row in self.tasks.rows if row.task is not None]
        for task in tasks:
            if y <= self.visualRect(self.tasks.index(self.tasks.row_of(task))).center().y():
                return task, False
        return (tasks[-1], True) if tasks else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with an arrow sends the cards to the next column."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.ids():
                self.sent.emit(self.ids(), step)
        elif not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()


class Column(QWidget):
    """A head with a count, and the cards.

    Args:
        theme: The theme in force.
        state: Of the tasks.
        title: Its name.
        empty: What is said while there are no cards.
    """

    dropped = Signal(list, object)
    """Ids of tasks that were let go here, and their ``Gap``; None where there are no cards, or
    their order is not the user's own."""

    def __init__(self, theme: Theme, state: TaskState, title: str, empty: str) -> None:
        super().__init__()
        self._theme = theme
        self._over = False
        self._arranged = state not in ENDED
        self.state = state
        self.title = title
        self.setAcceptDrops(True)
        self._edges = EdgeScroll(theme, self)
        self.list = ColumnList(theme, title)
        self._count = PlainLabel(theme, "", "small", "ink3")
        self.empty = PlainLabel(theme, empty, "small", "ink3", wrap=True)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(theme, title, "interface_semibold", "ink2"))
        head.addWidget(self._count)
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self.empty)
        self._column.addWidget(self.list)
        self._column.addStretch(1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_rows(self, rows: Sequence[TaskRow]) -> None:
        """Shows these tasks."""
        chosen = self.list.ids()
        self.list.tasks.show_rows(rows)
        self.list.fit()
        self.empty.setVisible(not rows)
        self._count.setText(str(len(rows)))
        self.setAccessibleName(f"{self.title}, {len(rows)}")
        if chosen:
            self.list.select(chosen[0])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes tasks."""
        if are_tasks(event.mimeData()):
            self._show_over(over=True)
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Shows between which cards they would stand."""
        self._edges.follow(event.position().toPoint())
        self.list.show_gap(self._gap_at(event))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went on."""
        self._show_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """They were let go here."""
        gap = self._gap_at(event)
        self._show_over(over=False)
        tasks = tasks_of(event.mimeData())
        if tasks:
            event.acceptProposedAction()
            self.dropped.emit(tasks, gap)

    def _show_over(self, *, over: bool) -> None:
        self._over = over
        self._edges.stop()
        self.list.show_gap(None)
        self.update()

    def _gap_at(self, event: QDropEvent) -> Gap | None:
        if not self._arranged:
            return None
        spot = self.list.viewport().mapFrom(self, event.position().toPoint())
        return self.list.gap_at_height(spot.y())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the well; its edge is lit while something is held over it."""
        theme = self._theme
        edge = theme.color("lampline") if self._over else theme.color("line")
        box(QPainter(self), self.rect(), theme.px(10), theme.color("well"), edge)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(8), px(8), px(8), px(8))
        self._column.setSpacing(px(6))
        self.update()
