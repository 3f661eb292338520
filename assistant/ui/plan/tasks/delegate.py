"""Draws tasks as lines: a circle to end it, its title, and what is said of it at the right."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from assistant.domain.schedule import BlockKind
from assistant.domain.task import Priority, Task, TaskState
from assistant.ui.plan.tasks.model import ROW_ROLE, Index, TaskModel, TaskRow
from assistant.ui.plan.words import PRIORITY_WORDS, length_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box, draw_centred

_ROW, _HEAD, _RADIUS, _CIRCLE, _LEFT = 36, 34, 7, 16, 10
_GUTTER, _INDENT, _DEEPEST, _OPENER = 18, 24, 6, 30
_LONGEST_FIRST = 24
_LONGEST_TITLE = 2000
_COLOURS = {Priority.URGENT: "bad", Priority.HIGH: "caution"}
_ICONS = {BlockKind.STUDY: "graduation-cap"}
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

    def circle(self, area: QRect, row: TaskRow) -> QRect:
        """Where a click ends the task, in a row that fills ``area``; larger than what is drawn."""
        left = area.left() + self._indent(row)
        return QRect(left, area.top(), self._theme.px(_LEFT + _CIRCLE + 8), area.height())

    def fold(self, area: QRect, row: TaskRow) -> QRect:
        """Where a click hides or shows its parts; empty where it has none."""
        if row.folds is None:
            return QRect()
        width = self._theme.px(_GUTTER + 6)
        right = area.left() + self._indent(row) + self._theme.px(6)
        return QRect(right - width, area.top(), width, area.height())

    def opener(self, area: QRect) -> QRect:
        """Where a click opens it."""
        width = self._theme.px(_OPENER)
        return QRect(area.right() - width, area.top(), width, area.height())

    def player(self, area: QRect, row: TaskRow) -> QRect:
        """Where a click starts its clock; empty in lists that do not tell times of the day."""
        if row.task is None or not row.task.is_open or not self._has_times():
            return QRect()
        width = self._theme.px(_OPENER)
        return QRect(self.opener(area).left() - width, area.top(), width, area.height())

    def _indent(self, row: TaskRow) -> int:
        gutter = _GUTTER if self._has_gutter() else 0
        return self._theme.px(gutter + _INDENT * min(row.depth, _DEEPEST))

    def _model(self) -> TaskModel | None:
        view = self.parent()
        model = view.model() if isinstance(view, QListView) else None
        return model if isinstance(model, TaskModel) else None

    def _has_gutter(self) -> bool:
        model = self._model()
        return model is not None and model.has_tree

    def _has_times(self) -> bool:
        model = self._model()
        return model is not None and bool(model.longest_time(whole=True))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A heading has room above it."""
        row = _row(index)
        head = row is not None and row.is_head
        return QSize(self._theme.px(200), self._theme.px(_HEAD if head else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        row = _row(index)
        if row is None:
            return
        painter.save()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        pointed = state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        if row.is_head:
            self._paint_head(painter, area, row.text)
        elif row.task is None:
            self._paint_given(painter, area, row)
        else:
            self._paint_ground(painter, area, state)
            self._paint_task(painter, area, row, row.task)
            if pointed:
                self._paint_opener(painter, area)
            if pointed or row.live:
                self._paint_player(painter, self.player(area, row))
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
        row = _row(index)
        left = 0 if row is None else self._title_left(area, row) - self._theme.px(5)
        editor.setGeometry(QRect(left, area.top() + 2, area.right() - left, area.height() - 4))

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
        self._paint_fold(painter, area, row)
        self._paint_circle(painter, area, row, task)
        self._paint_time(painter, area, row)
        right = self._paint_facts(painter, area, row, task)
        self._paint_title(painter, area, row, task, right - self._theme.px(12))

    def _paint_fold(self, painter: QPainter, area: QRect, row: TaskRow) -> None:
        if row.folds is not None:
            icon = "chevron-right" if row.folds else "chevron-down"
            spot = self.fold(area, row)
            draw_centred(painter, spot, self._theme.icons.pixmap(icon, 14, "ink2"))

    def _paint_player(self, painter: QPainter, spot: QRect) -> None:
        if not spot.isEmpty():
            draw_centred(painter, spot, self._theme.icons.pixmap("play", 16, "ink2"))

    def _paint_opener(self, painter: QPainter, area: QRect) -> None:
        spot = self.opener(area)
        if not spot.isEmpty():
            draw_centred(painter, spot, self._theme.icons.pixmap("chevron-right", 16, "ink2"))

    def _paint_title(
        self, painter: QPainter, area: QRect, row: TaskRow, task: Task, right: int
    ) -> None:
        """The title, up to a place."""
        theme = self._theme
        left = self._title_left(area, row)
        painter.setFont(theme.font("interface"))
        metrics = painter.fontMetrics()
        inside = QRect(left, area.top(), max(0, right - left), area.height())
        title = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, inside.width())
        painter.setPen(theme.color("ink3" if not task.is_open else "ink2" if row.waits else "ink"))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), title)
        if not task.is_open:
            middle = area.center().y() + 1
            painter.drawLine(left, middle, left + metrics.horizontalAdvance(title), middle)

    def _paint_given(self, painter: QPainter, area: QRect, row: TaskRow) -> None:
        """What is none of the user's tasks: an event, or what the tutor wants."""
        stretch, theme, px = row.stretch, self._theme, self._theme.px
        if stretch is None:
            return
        circle = self.circle(area, row)
        icon = _ICONS.get(stretch.kind, "calendar")
        spot = QRect(circle.left() + px(_LEFT), area.top() + 1, px(_CIRCLE), area.height())
        draw_centred(painter, spot, theme.icons.pixmap(icon, 16, "ink3"))
        self._paint_time(painter, area, row)
        right = self._facts_end(area)
        if self._is_roomy(area):
            for words, mark in ((stretch.calendar, "calendar"), (stretch.place, "map-pin")):
                if words:
                    right = self._fact(painter, area, right, words[:40], mark, "ink2")
        left = self._title_left(area, row)
        painter.setFont(theme.font("interface"))
        painter.setPen(theme.color("ink2"))
        inside = QRect(left, area.top(), max(0, right - px(12) - left), area.height())
        title = painter.fontMetrics().elidedText(
            row.text, Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), title)

    def _title_left(self, area: QRect, row: TaskRow) -> int:
        """Where the title begins: behind the times, where the row has one."""
        left = self.circle(area, row).right() + 1
        if row.stretch is None:
            return left
        return left + self._time_width(area) + self._theme.px(12)

    def _time_width(self, area: QRect) -> int:
        model = self._model()
        if model is None:
            return 0
        metrics = QFontMetrics(self._theme.font("small", tabular=True))
        return metrics.horizontalAdvance(model.longest_time(whole=self._is_roomy(area)))

    def _paint_time(self, painter: QPainter, area: QRect, row: TaskRow) -> None:
        if row.stretch is None:
            return
        theme = self._theme
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("lampink" if row.live else "ink2"))
        left = self.circle(area, row).right() + 1
        spot = QRect(left, area.top(), self._time_width(area), area.height())
        painter.drawText(
            spot, int(Qt.AlignmentFlag.AlignVCenter), row.time[int(self._is_roomy(area))]
        )

    def _is_roomy(self, area: QRect) -> bool:
        return area.width() >= self._theme.px(_ROOM_FOR_MORE)

    def _paint_circle(self, painter: QPainter, area: QRect, row: TaskRow, task: Task) -> None:
        theme, px = self._theme, self._theme.px
        side = px(_CIRCLE)
        left = self.circle(area, row).left() + px(_LEFT)
        spot = QRect(left, area.center().y() - side // 2 + 1, side, side)
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
        right = self._facts_end(area)
        if row.behind:
            right = self._fact(painter, area, right, row.behind, "triangle-alert", "bad")
        if row.when:
            colour = "bad" if row.late else "ink2"
            icon = "flag" if row.is_due else "calendar"
            right = self._fact(painter, area, right, row.when, icon, colour)
        if task.priority is not None:
            colour = _COLOURS.get(task.priority, "ink2")
            words = PRIORITY_WORDS[task.priority]
            right = self._fact(painter, area, right, words, "signal", colour)
        for words, icon, colour in self._more_facts(row, task, area.width()):
            right = self._fact(painter, area, right, words, icon, colour)
        return right

    def _facts_end(self, area: QRect) -> int:
        places = 2 if self._has_times() else 1
        return self.opener(area).right() - places * self._theme.px(_OPENER)

    def _more_facts(self, row: TaskRow, task: Task, width: int) -> Iterator[tuple[str, str, str]]:
        """Words, icon and colour of what is said where there is room, from the right."""
        roomy = width >= self._theme.px(_ROOM_FOR_MORE)
        if row.part:
            yield row.part if roomy else "", "layers", "ink2"
        if row.waits:
            title = row.waits[0]
            short = title if len(title) <= _LONGEST_FIRST else f"{title[: _LONGEST_FIRST - 1]}…"
            more = f" +{len(row.waits) - 1}" if len(row.waits) > 1 else ""
            yield f"after {short}{more}" if roomy else "", "arrow-right-to-line", "ink2"
        if row.parts[1]:
            yield f"{row.parts[0]}/{row.parts[1]}", "list-checks", "ink2"
        if not roomy:
            return
        if task.estimate_min is not None:
            yield length_words(task.estimate_min), "timer", "ink2"
        if task.repeat is not None:
            yield "", "repeat", "ink3"
        if row.project and not row.depth:
            yield row.project[:40], "folder", "ink2"
        for tag in reversed(task.tags[:3]):
            yield tag[:24], "hash", "teal.text"

    def _fact(
        self, painter: QPainter, area: QRect, right: int, words: str, icon: str, colour: str
    ) -> int:
        """Draws an icon and words that end at ``right``; gives where the next one ends.

        Where there is no room for its words it is the icon alone, and nothing without room for it.
        """
        theme, px = self._theme, self._theme.px
        font = theme.font("small", tabular=True)
        metrics = QFontMetrics(font)
        room = right - area.left() - px(_LEFT + 14 + 4)
        if room < 0:
            return right
        words = words if metrics.horizontalAdvance(words) <= room else ""
        width = metrics.horizontalAdvance(words)
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
