"""A list of models that is as high as its rows; the page around it scrolls."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QWidget

from assistant.domain.clock import SystemClock
from assistant.ui.library.columns import Third, columns, row_height
from assistant.ui.library.delegate import LibraryDelegate
from assistant.ui.library.entries import Action, Entry, main_action
from assistant.ui.models.library import LibraryModel
from assistant.ui.theme.theme import Theme

_HEAD = 30
_KEYS_OF_MENU = (Qt.Key.Key_Menu,)


class LibraryTable(QListView):
    """Rows of models. The arrows move, Enter does what the row's button says, Menu offers more.

    Args:
        theme: The theme in force.
        name: What is listed, for screen readers.
        third: What stands between the size and the fit.
        menus: Whether each row has a button with more to do.
        now: Tells the time, for the last use.
        parent: The owner.
    """

    acted = Signal(object, object)
    """An ``Action`` and the ``Entry`` that it is for."""
    menu_wanted = Signal(object, QPoint)
    """An ``Entry`` and where on the screen its menu belongs."""
    row_reached = Signal(QRect)
    """The keys went to this row, in own coordinates; it has to be seen."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        third: Third = Third.SPEED,
        *,
        menus: bool = False,
        now: Callable[[], datetime] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._menus = menus
        self._awaited = ""
        self.rows = LibraryModel(self)
        clock = SystemClock()
        self._delegate = LibraryDelegate(
            theme, third, menus=menus, now=now or clock.now, parent=self
        )
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setAccessibleDescription("Enter does what the button of a row says; Menu offers more.")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustIgnored)
        self.viewport().setAutoFillBackground(False)
        self.rows.modelReset.connect(self._fit_height)
        theme.changed.connect(self._restyle)
        self._fit_height()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Lists these; the keys stay on the model that they were on."""
        before, current = self.currentIndex().row(), self.rows.entry_at(self.currentIndex())
        self.rows.show_entries(entries)
        if current is not None and not self.currentIndex().isValid():
            self.setCurrentIndex(self.rows.index_of(current.key))
        if self.hasFocus() and not self.currentIndex().isValid() and entries:
            self.setCurrentIndex(self.rows.index(max(0, min(before, len(entries) - 1))))
        awaited = self.rows.index_of(self._awaited)
        if awaited.isValid():
            self._awaited = ""
            self.setCurrentIndex(awaited)
        if self._delegate.lit_row >= 0:
            self._delegate.lit_row = self.currentIndex().row()

    def await_key(self, key: str) -> None:
        """The keys go to this model as soon as it is listed."""
        self._awaited = key

    def sizeHint(self) -> QSize:
        """As high as all rows."""
        rows = self.rows.rowCount()
        return QSize(
            self._theme.px(400), rows * row_height(self._theme, self.width(), menus=self._menus)
        )

    def minimumSizeHint(self) -> QSize:
        """Room for a name and a button."""
        return QSize(self._theme.px(240), 0)

    # The mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lights the button under the mouse."""
        self._delegate.pointer = event.position().toPoint()
        self.viewport().update()
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Presses the button under the mouse."""
        self._delegate.pressed = event.button() == Qt.MouseButton.LeftButton
        self._delegate.lit_row = -1
        super().mousePressEvent(event)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Does what the button under the mouse says."""
        pressed, self._delegate.pressed = self._delegate.pressed, False
        super().mouseReleaseEvent(event)
        self.viewport().update()
        spot = event.position().toPoint()
        index = self.indexAt(spot)
        entry = self.rows.entry_at(index)
        if not pressed or entry is None:
            return
        for action, area in self._delegate.button_areas(entry, self.visualRect(index)):
            if area.contains(spot):
                self._press(entry, action, area)
                return

    def leaveEvent(self, event: QEvent) -> None:
        """No button is lit any more."""
        self._delegate.pointer = None
        self.viewport().update()
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the mouse, or of the one that the keys are on."""
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        self._open_menu(index)

    # The keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press the row's button; Del removes."""
        entry = self.rows.entry_at(self.currentIndex())
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and entry is not None:
            action = main_action(entry)
            if action is not None:
                self.acted.emit(action, entry)
            return
        if key == Qt.Key.Key_Delete and entry is not None and _removable(entry):
            self.acted.emit(Action.REMOVE, entry)
            return
        if key in _KEYS_OF_MENU:
            self._open_menu(self.currentIndex())
            return
        super().keyPressEvent(event)
        self._light(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by Tab there is always a row to act on."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._light(self.currentIndex())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is lit."""
        super().focusOutEvent(event)
        self._delegate.lit_row = -1
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other columns, and perhaps other heights."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._restyle()

    # Inside

    def _press(self, entry: Entry, action: Action | None, area: QRect) -> None:
        if action is None:
            corner = QPoint(area.left(), area.bottom() + self._theme.px(4))
            self.menu_wanted.emit(entry, self.viewport().mapToGlobal(corner))
        else:
            self.acted.emit(action, entry)

    def _open_menu(self, index: QModelIndex) -> None:
        entry = self.rows.entry_at(index)
        if entry is not None:
            row = self.visualRect(index)
            corner = QPoint(row.right() - self._theme.px(220), row.bottom() - self._theme.px(8))
            self.menu_wanted.emit(entry, self.viewport().mapToGlobal(corner))

    def _light(self, index: QModelIndex) -> None:
        self._delegate.lit_row = index.row()
        self.viewport().update()
        self.row_reached.emit(self.visualRect(index))

    def _fit_height(self) -> None:
        self.setFixedHeight(self.sizeHint().height())

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self._fit_height()
        self.viewport().update()


def _removable(entry: Entry) -> bool:
    return entry.model.installed and not entry.model.shared


class TableHead(QWidget):
    """The names of the columns, above the rows. Screen readers hear them in each row.

    Args:
        theme: The theme in force.
        third: As of the table.
        menus: As of the table.
    """

    def __init__(self, theme: Theme, third: Third, *, menus: bool) -> None:
        super().__init__()
        self._theme = theme
        self._third = third
        self._menus = menus
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the rows are stacked there are no columns to be named."""
        super().resizeEvent(event)
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the words."""
        theme, px = self._theme, self._theme.px
        places = columns(theme, self.width(), menus=self._menus)
        if places.stacked:
            return
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink2"))
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        heads = [(places.name, "Name", middle), (places.fit, "Fit", middle)]
        if not places.disk.isEmpty():
            heads += [
                (places.disk, "On disk", middle | right),
                (places.third, self._third.value, middle | right),
            ]
        for area, words, flags in heads:
            inside = QRect(area.left(), 0, area.width(), px(_HEAD))
            painter.drawText(inside, int(flags), words)

    def _restyle(self) -> None:
        stacked = columns(self._theme, self.width(), menus=self._menus).stacked
        self.setFixedHeight(self._theme.px(4 if stacked else _HEAD))
        self.update()
