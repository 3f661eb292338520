"""Draws tasks as lines: a circle to end it, its title, and what is said of it at the right."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from assistant.domain.task import Priority, Task, TaskState
from assistant.ui.plan.tasks.model import ROW_ROLE, Index, TaskRow
from assistant.ui.plan.words import PRIORITY_WORDS, length_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box, draw_centred

_ROW, _HEAD, _RADIUS, _CIRCLE, _LEFT = 36, 34, 7, 16, 10
_LONGEST_TITLE = 2000
_COLOURS = {Priority.URGENT: "bad", Priority.HIGH: "caution"}
_ROOM_FOR_MORE = 420
"""Narrower rows show the title, the day and the priority alone."""


class TaskDelegate(QStyledItemDelegate):
    """Rows of tasks and their headings.

    Args:
        theme: The theme in force.
        parent: The list.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def circle(self, area: QRect) -> QRect:
        """Where a click ends the task, in a row that fills ``area``; larger than what is drawn."""
        return QRect(area.left(), area.top(), self._theme.px(_LEFT + _CIRCLE + 8), area.height())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A heading has room above it."""
        row = _row(index)
        head = row is not None and row.task is None
        return QSize(self._theme.px(200), self._theme.px(_HEAD if head else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        row = _row(index)
        if row is None:
            return
        painter.save()
        area: QRect = option.rect
        if row.task is None:
            self._paint_head(painter, area, row.text)
        else:
            state: QStyle.StateFlag = option.state
            self._paint_ground(painter, area, state)
            self._paint_task(painter, area, row, row.task)
        painter.restore()

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QLineEdit:
        """A field where the title stands."""
        field = QLineEdit(parent)
        field.setAccessibleName("Title of the task")
        field.setMaxLength(_LONGEST_TITLE)
        field.setStyleSheet(f"padding: 0 {self._theme.px(4)}px")
        return field

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Right of the circle."""
        area: QRect = option.rect
        editor.setGeometry(area.adjusted(self.circle(area).width() - self._theme.px(4), 2, -2, -2))

    def _paint_head(self, painter: QPainter, area: QRect, words: str) -> None:
        theme, px = self._theme, self._theme.px
        painter.setFont(theme.font("interface_semibold"))
        painter.setPen(theme.color("ink2"))
        inside = area.adjusted(px(_LEFT), px(8), -px(8), 0)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        theme, px = self._theme, self._theme.px
        inside = area.adjusted(0, 1, 0, -1)
        if state & QStyle.StateFlag.State_Selected:
            box(painter, inside, px(_RADIUS), theme.color("press"))
        elif state & QStyle.StateFlag.State_MouseOver:
            box(painter, inside, px(_RADIUS), theme.color("well"))

    def _paint_task(self, painter: QPainter, area: QRect, row: TaskRow, task: Task) -> None:
        self._paint_circle(painter, area, task)
        right = self._paint_facts(painter, area, row, task)
        self._paint_title(painter, area, row, task, right - self._theme.px(12))

    def _paint_title(
        self, painter: QPainter, area: QRect, row: TaskRow, task: Task, right: int
    ) -> None:
        """The title, up to a place."""
        theme = self._theme
        left = self.circle(area).right() + 1
        painter.setFont(theme.font("interface"))
        metrics = painter.fontMetrics()
        inside = QRect(left, area.top(), max(0, right - left), area.height())
        title = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, inside.width())
        painter.setPen(theme.color("ink" if task.is_open else "ink3"))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), title)
        if not task.is_open:
            middle = area.center().y() + 1
            painter.drawLine(left, middle, left + metrics.horizontalAdvance(title), middle)

    def _paint_circle(self, painter: QPainter, area: QRect, task: Task) -> None:
        theme, px = self._theme, self._theme.px
        side = px(_CIRCLE)
        spot = QRect(area.left() + px(_LEFT), area.center().y() - side // 2 + 1, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not task.is_open:
            done = task.state is TaskState.DONE
            draw_centred(painter, spot, theme.icons.pixmap("check" if done else "x", 16, "ink3"))
            return
        colour = _COLOURS.get(task.priority) if task.priority is not None else None
        painter.setPen(QPen(theme.color(colour or "control"), px(1.5)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(spot.toRectF().adjusted(1, 1, -1, -1))
        if task.state is TaskState.DOING:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("teal.graphic"))
            painter.drawEllipse(spot.toRectF().adjusted(5, 5, -5, -5))

    def _paint_facts(self, painter: QPainter, area: QRect, row: TaskRow, task: Task) -> int:
        """What is said of it, from the right; gives where that begins."""
        right = area.right() - self._theme.px(10)
        if row.when:
            colour = "bad" if row.late else "ink2"
            right = self._fact(painter, area, right, row.when, "flag", colour)
        if task.priority is not None:
            colour = _COLOURS.get(task.priority, "ink2")
            words = PRIORITY_WORDS[task.priority]
            right = self._fact(painter, area, right, words, "signal", colour)
        if area.width() < self._theme.px(_ROOM_FOR_MORE):
            return right
        if task.estimate_min is not None:
            words = length_words(task.estimate_min)
            right = self._fact(painter, area, right, words, "timer", "ink2")
        if task.repeat is not None:
            right = self._fact(painter, area, right, "", "repeat", "ink3")
        if row.project:
            right = self._fact(painter, area, right, row.project[:40], "folder", "ink2")
        for tag in reversed(task.tags[:3]):
            right = self._fact(painter, area, right, tag[:24], "hash", "teal.text")
        return right

    def _fact(
        self, painter: QPainter, area: QRect, right: int, words: str, icon: str, colour: str
    ) -> int:
        """Draws an icon and words that end at ``right``; gives where the next one ends."""
        theme, px = self._theme, self._theme.px
        font = theme.font("small", tabular=True)
        width = QFontMetrics(font).horizontalAdvance(words)
        painter.setFont(font)
        painter.setPen(theme.color(colour))
        spot = QRect(right - width, area.top(), width + 1, area.height())
        painter.drawText(spot, int(Qt.AlignmentFlag.AlignVCenter), words)
        side = px(14)
        mark = QRect(spot.left() - side - px(4), area.top(), side, area.height())
        draw_centred(painter, mark, theme.icons.pixmap(icon, 14, colour))
        return mark.left() - px(12)


def _row(index: Index) -> TaskRow | None:
    row = index.data(ROW_ROLE)
    return row if isinstance(row, TaskRow) else None
