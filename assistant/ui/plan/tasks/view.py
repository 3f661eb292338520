"""The list of tasks: all of it by keys."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy

from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.ui.plan.tasks.delegate import TaskDelegate
from assistant.ui.plan.tasks.model import TaskModel
from assistant.ui.theme.theme import Theme

_LETTERS = {
    Qt.Key.Key_D: "due",
    Qt.Key.Key_P: "priority",
    Qt.Key.Key_M: "project",
    Qt.Key.Key_E: "estimate",
}


class TaskList(QListView):
    """Space ends or reopens, Enter or F2 renames, Delete deletes; letters change the rest.

    Args:
        theme: The theme in force.
        name: What is listed, for screen readers.
    """

    toggled = Signal(list)
    """Ids of tasks to be ended or opened again."""
    deleted = Signal(list)
    """Ids of tasks."""
    asked = Signal(str, QPoint)
    """“due”, “priority”, “project”, “estimate” or “more” of the selected tasks, and where."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.tasks = TaskModel(self)
        self.setModel(self.tasks)
        self._delegate = TaskDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.tasks.modelReset.connect(self.fit)
        theme.changed.connect(self.fit)

    def set_delegate(self, delegate: TaskDelegate) -> None:
        """Draws the tasks otherwise."""
        self._delegate = delegate
        self.setItemDelegate(delegate)

    def selected(self) -> list[Task]:
        """The selected tasks, from the top."""
        indexes = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        rows = [self.tasks.rows[at] for at in indexes if at < len(self.tasks.rows)]
        return [row.task for row in rows if row.task is not None]

    def ids(self) -> list[TaskId]:
        """Ids of the selected tasks."""
        return [task.id for task in self.selected()]

    def select(self, task: TaskId) -> None:
        """Selects a task, if it is listed."""
        self._select_row(self.tasks.row_of(task))

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
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and key == Qt.Key.Key_Space and self.ids():
            self.toggled.emit(self.ids())
        elif plain and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.ids():
            self.deleted.emit(self.ids())
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.rename()
        elif plain and key in _LETTERS and self.ids():
            self.asked.emit(_LETTERS[key], self._corner())
        elif key == Qt.Key.Key_Menu and self.ids():
            self.asked.emit("more", self._corner())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the circle ends the task."""
        index = self.indexAt(event.position().toPoint())
        task = self._task(index)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and task is not None:
            circle = self._delegate.circle(self.visualRect(index))
            if circle.contains(event.position().toPoint()):
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                self.toggled.emit([task.id])
                return
        super().mousePressEvent(event)

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

    def _task(self, index: QModelIndex) -> Task | None:
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
