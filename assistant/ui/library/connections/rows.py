"""The log of connections as rows: when, to whom, what for, how much, and how it ended."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from assistant.domain.connection import Connection, ConnectionOutcome, Purpose
from assistant.ui.models.search_results import short_date
from assistant.ui.theme.fonts import Role
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.chip import Tone, draw_pill, pill_width

Index = QModelIndex | QPersistentModelIndex
_ROLE = int(Qt.ItemDataRole.UserRole)
_ROW, _LEFT, _RIGHT, _BYTES, _PILL = 51, 19, 16, 232, 96
_WIDE = 640
_KILO = 1000
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
PURPOSES: dict[Purpose, str] = {
    Purpose.SEARCH: "Search",
    Purpose.DOWNLOAD: "Download",
    Purpose.CATALOGUE: "Catalogue",
}
OUTCOMES: dict[ConnectionOutcome, tuple[str, Tone, str]] = {
    ConnectionOutcome.DONE: ("Done", "neutral", "check"),
    ConnectionOutcome.OPEN: ("Going on", "lamp", "download"),
    ConnectionOutcome.REFUSED: ("Refused", "good", "shield-check"),
    ConnectionOutcome.FAILED: ("Broke off", "caution", "triangle-alert"),
    ConnectionOutcome.STOPPED: ("Stopped", "neutral", "square"),
}


def amount(size_bytes: int) -> str:
    """``512 bytes``, ``12 kB``, ``98 MB``, ``2.39 GB``."""
    if size_bytes < _KILO:
        return f"{size_bytes} bytes"
    size = float(size_bytes)
    for unit in ("kB", "MB"):
        size /= _KILO
        if size < _KILO:
            return f"{size:.0f} {unit}"
    return f"{size / _KILO:.2f} GB"


def when_words(moment: datetime, today: date) -> str:
    """``13:04`` of today, ``3 March, 13:04`` of another day."""
    local = moment.astimezone()
    clock = f"{local:%H:%M:%S}"
    return clock if local.date() == today else f"{short_date(moment, today)}, {clock}"


def spoken(row: Connection, today: date) -> str:
    """The whole row as a sentence."""
    return (
        f"{when_words(row.when, today)}, {row.host}, {PURPOSES[row.purpose]}: {row.why}, "
        f"sent {amount(row.sent_bytes)}, received {amount(row.received_bytes)}, "
        f"{OUTCOMES[row.outcome][0]}"
    )


class ConnectionsModel(QAbstractListModel):
    """The rows, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: tuple[Connection, ...] = ()

    def show_connections(self, known: Sequence[Connection]) -> None:
        """Lists these."""
        if tuple(known) != self._known:
            self.beginResetModel()
            self._known = tuple(known)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many there are; none below a row."""
        return 0 if parent.isValid() else len(self._known)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The host, what a screen reader says, or the connection."""
        if not index.isValid() or index.row() >= len(self._known):
            return None
        row = self._known[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.host
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row, datetime.now().astimezone().date())
        return row if role == _ROLE else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        widget: QWidget = option.widget
        return QSize(widget.width(), self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(_ROLE)
        if not isinstance(row, Connection):
            return
        theme, px = self._theme, self._theme.px
        area: QRect = option.rect
        painter.save()
        painter.fillRect(area.left(), area.top(), area.width(), 1, theme.color("line"))
        text, tone, icon = OUTCOMES[row.outcome]
        right = area.right() - px(_RIGHT) - px(_PILL)
        pill = QRect(right, area.top() + px(14), pill_width(theme, text, icon), px(22))
        draw_pill(painter, theme, pill, text, tone, icon)
        sums = f"{amount(row.received_bytes)} in, {amount(row.sent_bytes)} out"
        facts = f"{PURPOSES[row.purpose]} · {row.why}"
        if area.width() >= px(_WIDE):
            place = QRect(right - px(_BYTES), area.top(), px(_BYTES) - px(20), area.height())
            painter.setFont(theme.font("interface", tabular=True))
            painter.setPen(theme.color("ink2"))
            painter.drawText(place, int(_MIDDLE | Qt.AlignmentFlag.AlignRight), sums)
            right -= px(_BYTES)
        else:
            facts = f"{facts} · {sums}"
        left = area.left() + px(_LEFT)
        width = right - left - px(12)
        today = datetime.now().astimezone().date()
        first = QRect(left, area.top() + px(7), width, px(20))
        self._line(painter, first, row.host, "interface_medium", "ink")
        when = f"{when_words(row.when, today)} · {facts}"
        self._line(painter, QRect(left, area.top() + px(27), width, px(16)), when, "small", "ink2")
        painter.restore()

    def _line(self, painter: QPainter, area: QRect, text: str, role: Role, colour: str) -> None:
        painter.setFont(self._theme.font(role, tabular=True))
        painter.setPen(self._theme.color(colour))
        elide = Qt.TextElideMode.ElideRight
        line = " ".join(text.split())
        shown = painter.fontMetrics().elidedText(line, elide, area.width())
        painter.drawText(area, int(_MIDDLE), shown)


class ConnectionsList(QListView):
    """The log, as high as its rows; the page around it scrolls.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows = ConnectionsModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(theme, self))
        self.setAccessibleName("Connections, newest first")
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

    def minimumSizeHint(self) -> QSize:
        """Room for a host and a pill."""
        return QSize(self._theme.px(240), 0)

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.setFixedHeight(self.rows.rowCount() * self._theme.px(_ROW))
        self.viewport().update()
