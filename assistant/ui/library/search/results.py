"""What a search found, as rows; a click or Enter looks at one."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from assistant.domain.hub import HubModel
from assistant.domain.model import FitVerdict
from assistant.ui.library.entries import PILLS
from assistant.ui.library.search.words import (
    count_words,
    facts_of,
    name_and_owner,
    spoken,
    updated_words,
)
from assistant.ui.theme.fonts import Role
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.chip import draw_pill, pill_width
from assistant.ui.widgets.painting import box

Index = QModelIndex | QPersistentModelIndex
MODEL_ROLE = int(Qt.ItemDataRole.UserRole)
"""Gives the ``HubModel``."""
_ROW, _LEFT, _RIGHT, _FIT, _NUMBER, _DATE, _GAP = 51, 19, 16, 214, 74, 92, 12
_WIDE, _MIDDLE_WIDTH = 760, 520
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ResultsModel(QAbstractListModel):
    """The repositories that were found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[HubModel, ...] = ()

    def show_models(self, found: Sequence[HubModel]) -> None:
        """Lists these."""
        self.beginResetModel()
        self._found = tuple(found)
        self.endResetModel()

    def model_at(self, index: Index) -> HubModel | None:
        """The repository of a row."""
        inside = index.isValid() and 0 <= index.row() < len(self._found)
        return self._found[index.row()] if inside else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many there are; none below a row."""
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, what a screen reader says, what a tooltip says, or the repository."""
        model = self.model_at(index)
        if model is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return model.repo
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(model, datetime.now().astimezone().date())
        if role == Qt.ItemDataRole.ToolTipRole:
            why = f"At four bits: {model.fit.why}" if model.fit is not None else ""
            lines = [model.repo, facts_of(model), why]
            safe = [line.replace("&", "&amp;").replace("<", "&lt;") for line in lines if line]
            return f"<p>{'<br>'.join(safe)}</p>"  # names come from strangers
        return model if role == MODEL_ROLE else None


class _Delegate(QStyledItemDelegate):
    """Draws a row: name and facts, downloads, likes, date, fit."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        widget: QWidget = option.widget
        return QSize(widget.width(), self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.data(MODEL_ROLE)
        if not isinstance(model, HubModel):
            return
        theme, px = self._theme, self._theme.px
        row: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, theme.color("well"))
        painter.fillRect(row.left(), row.top(), row.width(), 1, theme.color("line"))
        focused = QStyle.StateFlag.State_HasFocus
        if state & focused and state & QStyle.StateFlag.State_Selected:
            ring = row.adjusted(4, 4, -4, -3)
            box(painter, ring, px(7), None, theme.color("lampline"), px(2))
        right = self._paint_fit(painter, model, row)
        right = self._paint_numbers(painter, model, row, right)
        left = row.left() + px(_LEFT)
        width = right - left - px(_GAP)
        top = row.top()
        name = name_and_owner(model.repo)[0]
        self._line(painter, QRect(left, top + px(7), width, px(20)), name, "interface_medium")
        facts = QRect(left, top + px(27), width, px(16))
        self._line(painter, facts, facts_of(model), "small", "ink2")
        painter.restore()

    def _paint_fit(self, painter: QPainter, model: HubModel, row: QRect) -> int:
        px = self._theme.px
        verdict = model.fit.verdict if model.fit is not None else FitVerdict.UNKNOWN
        text, tone, icon = PILLS[verdict]
        width = px(_FIT if row.width() >= px(_MIDDLE_WIDTH) else 110)
        left = row.right() - px(_RIGHT) - width
        pill = QRect(left, row.top() + px(5), pill_width(self._theme, text, icon), px(22))
        draw_pill(painter, self._theme, pill, text, tone, icon)
        why = model.fit.why if model.fit is not None else "Look at it to know"
        self._line(painter, QRect(left, row.top() + px(29), width, px(16)), why, "small", "ink2")
        return left

    def _paint_numbers(self, painter: QPainter, model: HubModel, row: QRect, right: int) -> int:
        """Downloads, likes and the date, as far as there is room."""
        px = self._theme.px
        right -= px(_GAP)
        today = datetime.now().astimezone().date()
        columns = [
            (updated_words(model.updated, today), _DATE),
            (count_words(model.likes), _NUMBER),
        ]
        if row.width() < px(_WIDE):
            columns = []
        if row.width() >= px(_MIDDLE_WIDTH):
            columns.append((count_words(model.downloads), _NUMBER))
        painter.setFont(self._theme.font("interface", tabular=True))
        painter.setPen(self._theme.color("ink2"))
        for words, wide in columns:
            area = QRect(right - px(wide), row.top(), px(wide) - px(_GAP), row.height())
            painter.drawText(area, int(_MIDDLE | Qt.AlignmentFlag.AlignRight), words)
            right -= px(wide)
        return right

    def _line(
        self, painter: QPainter, area: QRect, text: str, role: Role, colour: str = "ink"
    ) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(colour))
        elide = Qt.TextElideMode.ElideRight
        line = " ".join(text.split())
        painter.drawText(
            area, int(_MIDDLE), painter.fontMetrics().elidedText(line, elide, area.width())
        )


class ResultsHead(QWidget):
    """The names of the columns; screen readers hear them in each row."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def paintEvent(self, event: object) -> None:
        """Draws the words."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink2"))
        height = self.height()
        painter.drawText(QRect(px(_LEFT), 0, px(200), height), int(_MIDDLE), "Name")
        width = px(_FIT if self.width() >= px(_MIDDLE_WIDTH) else 110)
        right = self.width() - px(_RIGHT) - width
        painter.drawText(QRect(right, 0, width, height), int(_MIDDLE), "Fit at four bits")
        right -= px(_GAP)
        columns = [("Changed", _DATE), ("Likes", _NUMBER)] if self.width() >= px(_WIDE) else []
        if self.width() >= px(_MIDDLE_WIDTH):
            columns.append(("Downloads", _NUMBER))
        for words, wide in columns:
            area = QRect(right - px(wide), 0, px(wide) - px(_GAP), height)
            painter.drawText(area, int(_MIDDLE | Qt.AlignmentFlag.AlignRight), words)
            right -= px(wide)

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(34))
        self.update()


class ResultsList(QListView):
    """Rows of repositories, as high as all of them; the page around scrolls.

    Args:
        theme: The theme in force.
    """

    chosen = Signal(object)
    """A ``HubModel``."""
    row_reached = Signal(QRect)
    """The keys went to this row, in own coordinates; it has to be seen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows = ResultsModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(theme, self))
        self.setAccessibleName("Models that were found")
        self.setAccessibleDescription("Enter looks at one.")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._choose)
        theme.changed.connect(self._restyle)

    def show_models(self, found: Sequence[HubModel]) -> None:
        """Lists these."""
        self.rows.show_models(found)
        self._restyle()
        if self.hasFocus() and found:  # the keys are on what was found now
            self.setCurrentIndex(self.rows.index(0))

    def minimumSizeHint(self) -> QSize:
        """Room for a name and a pill."""
        return QSize(self._theme.px(240), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space look at a row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)
        self.row_reached.emit(self.visualRect(self.currentIndex()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by Tab there is always a row to act on."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))
        self.row_reached.emit(self.visualRect(self.currentIndex()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other columns."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _choose(self, index: QModelIndex) -> None:
        model = self.rows.model_at(index)
        if model is not None:
            self.chosen.emit(model)

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.setFixedHeight(self.rows.rowCount() * self._theme.px(_ROW))
        self.viewport().update()
