"""The concepts of a course as a table: how sure each is, and how far that may be off."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from assistant.ui.study.pictures.axes import dashed
from assistant.ui.study.pictures.colours import (
    STANDING_WORDS,
    light_edge,
    light_fill,
    standing_step,
)
from assistant.ui.study.pictures.marks import percent_words
from assistant.ui.study.progress.words import ConceptRow
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box

HEADS = ("Concept", "Standing", "Mastery", "Likely between", "Answers", "Due")
_MASTERY = 2
_ROW, _BAR = 32, 8
_WIDTHS = (0, 104, 150, 116, 72, 52)
_NARROW = 640
Index = QModelIndex | QPersistentModelIndex


class ConceptModel(QAbstractTableModel):
    """Rows of words; what is not begun says nothing but that."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[ConceptRow, ...] = ()

    def set_rows(self, rows: Sequence[ConceptRow]) -> None:
        """Shows other concepts."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, number: int) -> ConceptRow:
        """One of them."""
        return self._rows[number]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many concepts."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """As many as heads."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.unit}: {row.title}" if row.unit else row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{HEADS[index.column()]}: {_cell(row, index.column()) or 'none'}"
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(row, index.column())
        return None


def _cell(row: ConceptRow, column: int) -> str:
    mastery = row.mastery
    if column == 0:
        return row.title
    if column == 1:
        return STANDING_WORDS[mastery.standing]
    if column == len(HEADS) - 1:
        return f"{mastery.due:,}" if mastery.due else ""
    if not row.begun:
        return ""
    likely = f"{100 * mastery.low:.0f} and {percent_words(mastery.high)}"
    return ("", "", percent_words(mastery.chance), likely, f"{mastery.attempts:,}")[column]


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, table: "ConceptTable") -> None:
        super().__init__(table)
        self._theme = theme
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self._theme, self._table.rows.row(index.row())
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._table.hasFocus() and index.row() == self._table.currentIndex().row():
            painter.fillRect(area, theme.color("press"))
        elif index.row() == self._table.hovered:
            painter.fillRect(area, theme.color("well"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.color("line"))
        if index.column() == _MASTERY:
            self._paint_mastery(painter, area, row)
        else:
            self._paint_words(painter, area, row, index)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(_WIDTHS[index.column()] or 200), self._theme.px(_ROW))

    def _paint_words(self, painter: QPainter, area: QRect, row: ConceptRow, index: Index) -> None:
        theme, first = self._theme, index.column() == 0
        inside = area.adjusted(theme.px(4), 0, -theme.px(8), 0)
        if index.column() == 1:
            side = theme.px(10)
            swatch = QRect(inside.left(), inside.center().y() - side // 2 + 1, side, side)
            step = standing_step(row.mastery.standing)
            if step is None:
                painter.setPen(dashed(theme, "control", 1))
                painter.drawRoundedRect(QRectF(swatch).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            else:
                box(painter, swatch, 3, light_fill(theme, step), light_edge(theme, step))
            inside.setLeft(swatch.right() + theme.px(8))
        painter.setFont(theme.font("interface" if first else "small", tabular=not first))
        quiet = not row.begun or not first
        painter.setPen(theme.color("ink2" if quiet else "ink"))
        words = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_mastery(self, painter: QPainter, area: QRect, row: ConceptRow) -> None:
        """A bar as far as the chance, and the range that it may lie in above it."""
        theme, mastery = self._theme, row.mastery
        if not row.begun:
            return
        words = percent_words(mastery.chance)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("ink"))
        room = painter.fontMetrics().horizontalAdvance("100\u00a0%") + theme.px(8)
        inside = area.adjusted(theme.px(4), 0, -theme.px(12), 0)
        painter.drawText(
            inside, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words
        )
        inside.setRight(inside.right() - room)
        height = theme.px(_BAR)
        track = QRect(inside.left(), inside.center().y() - height // 2 + 1, inside.width(), height)
        box(painter, track, height / 2, theme.color("press"))
        done = QRect(track)
        done.setWidth(max(height, round(track.width() * mastery.chance)))
        step = standing_step(mastery.standing) or 0
        box(painter, done, height / 2, light_fill(theme, step), light_edge(theme, step))
        middle = track.center().y() + 0.5
        low = track.left() + track.width() * mastery.low
        high = track.left() + track.width() * mastery.high
        painter.setPen(QPen(theme.color("ink2"), 1.25))
        painter.drawLine(QPointF(low, middle), QPointF(high, middle))
        for end in (low, high):
            painter.drawLine(QPointF(end, middle - 3), QPointF(end, middle + 3))


class ConceptTable(QTableView):
    """As high as its rows; the arrows move, Enter or a click opens a lesson.

    Args:
        theme: The theme in force.
    """

    opened = Signal(object)
    """A ``ConceptRow``."""
    reached = Signal(QRect)
    """The keys went to this row, in own coordinates."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.hovered = -1
        self.rows = ConceptModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(theme, self))
        self.setAccessibleName("Concepts")
        self.setAccessibleDescription("Enter opens the lesson of a concept.")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._open)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_rows(self, rows: Sequence[ConceptRow]) -> None:
        """Shows the concepts of a course."""
        self.rows.set_rows(rows)
        self.hovered = -1
        if rows:
            self.setCurrentIndex(self.rows.index(0, 0))
        self._restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the arrows up and down move, and the page follows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)
        if self.currentIndex().isValid():
            self.reached.emit(self.visualRect(self.currentIndex()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the mouse is lit."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """No row is."""
        super().leaveEvent(event)
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first column takes what the others leave; the range goes where there is no room."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Narrow; its height is fixed."""
        return QSize(self._theme.px(240), self.height())

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.rows.row(index.row()))

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.setCursor(
                Qt.CursorShape.ArrowCursor if row < 0 else Qt.CursorShape.PointingHandCursor
            )
            self.viewport().update()

    def _fit(self) -> None:
        px, width = self._theme.px, self.viewport().width()
        narrow = width < px(_NARROW)
        for column in (3, 4):
            self.setColumnHidden(column, narrow)
        shown = [at for at in range(1, len(HEADS)) if not self.isColumnHidden(at)]
        for at in shown:
            self.setColumnWidth(at, px(_WIDTHS[at]))
        self.setColumnWidth(0, max(px(120), width - sum(px(_WIDTHS[at]) for at in shown)))

    def _restyle(self) -> None:
        theme, px = self._theme, self._theme.px
        self.horizontalHeader().setFont(theme.font("small"))
        self.horizontalHeader().setFixedHeight(px(_ROW))
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        self.setFixedHeight(px(_ROW) * (1 + self.rows.rowCount()) + 1)
        ground = theme.tokens.card
        self.setStyleSheet(
            f"QTableView {{ background: {ground}; border: 0; outline: 0; }}"
            f"QHeaderView::section {{ background: {ground}; color: {theme.tokens.ink3};"
            f" border: 0; border-bottom: 1px solid {theme.tokens.line2}; padding: 0 4px; }}"
        )
        self._fit()
