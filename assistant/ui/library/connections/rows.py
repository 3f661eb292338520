"""The log of connections drawn: when, to whom, what for, how much, and how it ended."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from assistant.domain.connection import Connection, ConnectionOutcome
from assistant.ui.library.connections.log_model import (
    OUTCOMES,
    ROW_ROLE,
    ConnectionsModel,
    Index,
    LogRow,
)
from assistant.ui.theme.fonts import Role
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.chip import draw_pill, pill_width
from assistant.ui.widgets.painting import box, draw_centred

_ROW, _LEFT, _RIGHT, _BYTES, _PILL, _INDENT = 51, 19, 16, 232, 96, 20
_WIDE = 640
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lit_row = -1
        """The row that the keys are on; -1 for none."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        widget: QWidget = option.widget
        return QSize(widget.width(), self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, LogRow):
            return
        theme, px = self._theme, self._theme.px
        area: QRect = option.rect
        painter.save()
        indent = px(_INDENT) if row.part is not None else 0
        painter.fillRect(area.adjusted(indent, 0, 0, 1 - area.height()), theme.color("line"))
        right = self._paint_outcome(painter, row.newest.outcome, area)
        facts = row.facts(datetime.now().astimezone().date())
        if area.width() >= px(_WIDE):
            place = QRect(right - px(_BYTES), area.top(), px(_BYTES) - px(20), area.height())
            painter.setFont(theme.font("interface", tabular=True))
            painter.setPen(theme.color("ink2"))
            painter.drawText(place, int(_MIDDLE | Qt.AlignmentFlag.AlignRight), row.sums)
            right -= px(_BYTES)
        else:
            facts = f"{facts} · {row.sums}"
        left = area.left() + px(_LEFT) + indent
        width = right - left - px(12)
        first = QRect(left, area.top() + px(7), width - px(24), px(20))
        used = self._line(painter, first, row.title, "interface_medium", "ink")
        if row.many:
            arrow = QRect(left + used + px(6), first.top(), px(16), first.height())
            name = "chevron-up" if row.opened else "chevron-down"
            draw_centred(painter, arrow, theme.icons.pixmap(name, 16, "ink2"))
        below = QRect(left, area.top() + px(27), width, px(16))
        self._line(painter, below, facts, "small", "ink2")
        if self.lit_row == index.row():
            ring = area.adjusted(4, 4, -4, -3)
            box(painter, ring, px(7), None, theme.color("lampline"), px(2))
        painter.restore()

    def _paint_outcome(self, painter: QPainter, outcome: ConnectionOutcome, area: QRect) -> int:
        """Draws how it ended; returns where the rest has to end."""
        theme, px = self._theme, self._theme.px
        text, tone, icon = OUTCOMES[outcome]
        right = area.right() - px(_RIGHT) - px(_PILL)
        pill = QRect(right, area.top() + px(14), pill_width(theme, text, icon), px(22))
        draw_pill(painter, theme, pill, text, tone, icon)
        return right

    def _line(self, painter: QPainter, area: QRect, text: str, role: Role, colour: str) -> int:
        """One line that ends in an ellipsis where there is no room; returns its width."""
        painter.setFont(self._theme.font(role, tabular=True))
        painter.setPen(self._theme.color(colour))
        elide = Qt.TextElideMode.ElideRight
        line = " ".join(text.split())
        shown = painter.fontMetrics().elidedText(line, elide, area.width())
        painter.drawText(area, int(_MIDDLE), shown)
        return painter.fontMetrics().horizontalAdvance(shown)


class ConnectionsList(QListView):
    """The log, as high as its rows; the page around it scrolls.

    Args:
        theme: The theme in force.
    """

    row_reached = Signal(QRect)
    """The keys went to this row, in own coordinates; it has to be seen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows = ConnectionsModel(self)
        self._delegate = _Delegate(theme, self)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Connections, newest first")
        self.setAccessibleDescription("Enter shows each connection of a row, or hides them.")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.rows.modelReset.connect(self._restyle)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_connections(self, known: Sequence[Connection]) -> None:
        """Lists these; the keys stay on the row that they were on."""
        current, before = self.rows.row_at(self.currentIndex()), self.currentIndex().row()
        self.rows.show_connections(known)
        if current is not None and not self.currentIndex().isValid():
            place = self.rows.place_of(current)
            self.setCurrentIndex(self.rows.index(before if place is None else place))

    def minimumSizeHint(self) -> QSize:
        """Room for a host and a pill."""
        return QSize(self._theme.px(240), 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens a group, or closes it."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._toggle(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space do as a click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)
        self._light(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by Tab, the row that the keys are on is seen."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.rows.index(0))
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._light(self.currentIndex())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is lit."""
        super().focusOutEvent(event)
        self._delegate.lit_row = -1
        self.viewport().update()

    def _toggle(self, index: QModelIndex) -> None:
        row = index.row()
        self.rows.toggle(index)
        self.setCurrentIndex(self.rows.index(row))

    def _light(self, index: QModelIndex) -> None:
        self._delegate.lit_row = index.row()
        self.viewport().update()
        self.row_reached.emit(self.visualRect(index))

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.setFixedHeight(self.rows.rowCount() * self._theme.px(_ROW))
        self.viewport().update()
