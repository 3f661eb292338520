"""The list of tasks: all of it by keys."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QSizePolicy

from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.ui.plan.tasks.carrying import are_tasks, drag_of, tasks_of
from assistant.ui.plan.tasks.delegate import TaskDelegate
from assistant.ui.plan.tasks.edge_scroll import EdgeScroll
from assistant.ui.plan.tasks.model import Index, TaskModel
from assistant.ui.plan.tasks.moving import Way
from assistant.ui.theme.theme import Theme

_LETTERS = {
    Qt.Key.Key_D: "due",
    Qt.Key.Key_P: "priority",
    Qt.Key.Key_M: "project",
    Qt.Key.Key_E: "estimate",
    Qt.Key.Key_C: "words",
}
_WAYS = {
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
    Qt.Key.Key_Right: Way.IN,
    Qt.Key.Key_Left: Way.OUT,
}
Gap = tuple[TaskId, bool]
"""A place between rows: a task, and whether below it or above."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TaskList(QListView):
    """Space ends or reopens, Enter opens, F2 renames, Delete deletes; letters change the rest.

    S starts the clock, or stops it. Left and Right fold what has parts; with
    Alt, and with Up and Down, they move what is selected.

    Args:
        theme: The theme in force.
        name: What is listed, for screen readers.
    """

    toggled = Signal(list)
    """Ids of tasks to be ended or opened again."""
    deleted = Signal(list)
    """Ids of tasks."""
    asked = Signal(str, QPoint)
    """“due”, “priority”, “project”, “estimate”, “words” or “more” of the selected tasks, and where.
    """
    opened = Signal(object)
    """The id of a task: all of it shall be shown."""
    reached = Signal(object)
    """The id of the task that the keys are at from now on."""
    turned = Signal(object)
    """The id of a task whose parts shall be hidden, or shown."""
    clocked = Signal(object)
    """The id of a task whose clock shall run, or stop where it does."""
    moved = Signal(object)
    """A ``Way`` in which the selected tasks shall go."""
    placed = Signal(list, object, bool)
    """Ids of tasks that were let go at another one, its id, and whether below it."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.tasks = TaskModel(self)
        self.setModel(self.tasks)
        self._delegate = TaskDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._pressed: QPoint | None = None
        self._gap: Gap | None = None
        self._edges = EdgeScroll(theme, self)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.tasks.modelReset.connect(self.fit)
        theme.changed.connect(self.fit)

    def set_arranged(self, *, arranged: bool) -> None:
        """Takes tasks that are let go between its rows, or does not."""
        self.setAcceptDrops(arranged)

    def set_delegate(self, delegate: TaskDelegate) -> None:
        """Draws the tasks otherwise."""
        self._delegate = delegate
        self.setItemDelegate(delegate)

    def selected(self) -> list[Task]:
        """The selected tasks, from the top."""
        indexes = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        rows = [self.tasks.rows[at] for at in indexes if at < len(self.tasks.rows)]
        # A task has a row for each stretch of the day that is planned for it.
        return list({row.task.id: row.task for row in rows if row.task is not None}.values())

    def ids(self) -> list[TaskId]:
        """Ids of the selected tasks."""
        return [task.id for task in self.selected()]

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tells which task the keys are at."""
        super().currentChanged(current, previous)
        task = self._task(current)
        if task is not None and self.hasFocus():
            self.reached.emit(task.id)

    def select(self, task: TaskId) -> None:
        """Selects a task, if it is listed."""
        self._select_row(self.tasks.row_of(task))

    def select_all_of(self, tasks: Sequence[TaskId]) -> None:
        """Selects those of these tasks that are listed."""
        flags = QItemSelectionModel.SelectionFlag
        chosen = QItemSelection()
        for task in tasks:
            row = self.tasks.row_of(task)
            if row >= 0:
                chosen.select(self.tasks.index(row), self.tasks.index(row))
        if not chosen.isEmpty():
            self.selectionModel().setCurrentIndex(chosen.indexes()[0], flags.NoUpdate)
            self.selectionModel().select(chosen, flags.ClearAndSelect)

    def select_near(self, row: int) -> None:
        """Selects the task at a row, or the one before it: what was there is gone."""
        rows = self.tasks.rows
        places = [at for at, one in enumerate(rows) if one.task is not None]
        if places:
            self._select_row(next((at for at in places if at >= row), places[-1]))

    def fit(self) -> None:
        """As high as its rows: the page scrolls, not the list."""
        height = sum(self.sizeHintForRow(row) for row in range(self.tasks.rowCount()))
        self.setFixedHeight(max(height, 1))

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(self._theme.px(400), self.height())

    def rename(self) -> None:
        """Edits the title of the current task in place."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if self.currentIndex().isValid() and not editing:
            self.edit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        done = False
        if held == Qt.KeyboardModifier.NoModifier:
            done = self._take_key(key)
        elif held == Qt.KeyboardModifier.AltModifier and key in _WAYS and self.ids():
            self.moved.emit(_WAYS[key])
            done = True
        if not done:
            super().keyPressEvent(event)

    def _take_key(self, key: Qt.Key) -> bool:
        """Does what a key without others asks for; tells whether it was one of them."""
        if not self.ids():
            return False
        if key == Qt.Key.Key_Space:
            self.toggled.emit(self.ids())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit(self.ids())
        elif key in _ENTER:
            self._open_current()
        elif key == Qt.Key.Key_F2:
            self.rename()
        elif key == Qt.Key.Key_S:
            self._clock_current()
        elif key in _LETTERS:
            self.asked.emit(_LETTERS[key], self._corner())
        elif key == Qt.Key.Key_Menu:
            self.asked.emit("more", self._corner())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return self._fold(hide=key == Qt.Key.Key_Left)
        else:
            return False
        return True

    def _open_current(self) -> None:
        if self.state() != QAbstractItemView.State.EditingState:
            task = self._task(self.currentIndex())
            self.opened.emit(task.id if task is not None else self.ids()[0])

    def _clock_current(self) -> None:
        task = self._task(self.currentIndex())
        self.clocked.emit(task.id if task is not None else self.ids()[0])

    def _fold(self, *, hide: bool) -> bool:
        """Hides or shows the parts of the current task, or goes to what it is a part of."""
        at = self.currentIndex().row()
        rows = self.tasks.rows
        row = rows[at] if 0 <= at < len(rows) else None
        if row is None or row.task is None or not self.tasks.has_tree:
            return False
        if row.folds is not None and row.folds != hide:
            self.turned.emit(row.task.id)
        elif hide and row.depth:
            above = (one for one in range(at, -1, -1) if rows[one].depth < row.depth)
            self._select_row(next(above, at))
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the circle ends the task, one on the arrow at its left folds it."""
        spot = event.position().toPoint()
        self._pressed = None
        if event.button() == Qt.MouseButton.LeftButton and self._press(spot):
            return
        super().mousePressEvent(event)
        held = event.button() == Qt.MouseButton.LeftButton and self.ids()
        self._pressed = spot if held and self.indexAt(spot).isValid() else None

    def _press(self, spot: QPoint) -> bool:
        """Does what the place in a row is for; tells whether there is something."""
        index = self.indexAt(spot)
        task, row = self._task(index), index.row()
        if task is None:
            return False
        area, shown = self.visualRect(index), self.tasks.rows[row]
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._delegate.fold(area, shown).contains(spot):
            self._select_row(row)
            self.turned.emit(task.id)
        elif self._delegate.circle(area, shown).contains(spot):
            self.toggled.emit([task.id])
        elif self._delegate.opener(area).contains(spot):
            self._select_row(row)
            self.opened.emit(task.id)
        elif self._delegate.player(area, shown).contains(spot):
            self._select_row(row)
            self.clocked.emit(task.id)
        else:
            return False
        return True

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens a task; not at its circle, where one click is one click."""
        spot = event.position().toPoint()
        index = self.indexAt(spot)
        task = self._task(index)
        if event.button() != Qt.MouseButton.LeftButton or task is None:
            return
        area, shown = self.visualRect(index), self.tasks.rows[index.row()]
        delegate = self._delegate
        places = (
            delegate.circle(area, shown),
            delegate.fold(area, shown),
            delegate.player(area, shown),
            delegate.opener(area),
        )
        if not any(place.contains(spot) for place in places):
            self._pressed = None
            self.opened.emit(task.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What was pressed is taken along once it was drawn a little."""
        held = bool(event.buttons() & Qt.MouseButton.LeftButton)
        if not held or self._pressed is None:
            super().mouseMoveEvent(event)
            return
        distance = (event.position().toPoint() - self._pressed).manhattanLength()
        if distance >= QApplication.startDragDistance():
            self._pressed = None
            drag_of(self._theme, self, self.selected()).exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes tasks."""
        if are_tasks(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Shows between which rows they would stand."""
        self._edges.follow(event.position().toPoint())
        self.show_gap(self._gap_at(event.position().toPoint()))
        event.setAccepted(self._gap is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went on."""
        self._edges.stop()
        self.show_gap(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """They were let go here."""
        gap = self._gap_at(event.position().toPoint())
        self._edges.stop()
        self.show_gap(None)
        tasks = tasks_of(event.mimeData())
        if gap is not None and tasks:
            event.acceptProposedAction()
            self.placed.emit(tasks, gap[0], gap[1])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the rows, and a line where tasks would be let go."""
        super().paintEvent(event)
        if self._gap is None:
            return
        task, below = self._gap
        area = self.visualRect(self.tasks.index(self.tasks.row_of(task)))
        px = self._theme.px
        edge = area.bottom() if below else area.top()
        top = min(max(edge - px(1), 0), self.viewport().height() - px(2))
        line = QRect(area.left() + px(8), top, area.width() - px(16), px(2))
        QPainter(self.viewport()).fillRect(line, self._theme.color("lampline"))

    def show_gap(self, gap: Gap | None) -> None:
        """Draws a line where tasks would be let go, or none."""
        if gap != self._gap:
            self._gap = gap
            self.viewport().update()

    def _gap_at(self, spot: QPoint) -> Gap | None:
        index = self.indexAt(spot)
        task = self._task(index)
        return None if task is None else (task.id, spot.y() > self.visualRect(index).center().y())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with what is selected."""
        index = self.indexAt(event.pos())
        if self._task(index) is not None and not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        if self.ids():
            self.asked.emit("more", event.globalPos())

    def focusInEvent(self, event: object) -> None:
        """The keys begin at the first task."""
        super().focusInEvent(event)  # pyright: ignore[reportArgumentType] - a QFocusEvent
        if not self.ids():
            self.select_near(0)

    def _task(self, index: Index) -> Task | None:
        rows = self.tasks.rows
        return rows[index.row()].task if index.isValid() and index.row() < len(rows) else None

    def _corner(self) -> QPoint:
        area = self.visualRect(self.currentIndex())
        return self.viewport().mapToGlobal(QPoint(area.left() + self._theme.px(34), area.bottom()))

    def _select_row(self, row: int) -> None:
        if row < 0:
            return
        flags = QItemSelectionModel.SelectionFlag
        index = self.tasks.index(row)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
