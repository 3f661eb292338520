"""Draws the rows of the list of chats, and edits a title in place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from assistant.ui.models.chats import OPEN_ROLE, ROW_ROLE, ChatRow, Index, RowKind, Shelf
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box, draw_centred, mix

if TYPE_CHECKING:
    from assistant.domain.ids import ConversationId

_HEADING, _ROW, _INSET, _RADIUS = 31, 30, 8, 7
_BUTTON = 31
"""Width in px of the design that the button of a row takes."""
_ICONS = {Shelf.CHATS: "arrow-left", Shelf.ARCHIVED: "archive", Shelf.DELETED: "trash-2"}
_LONGEST_TITLE = 200


class ChatDelegate(QStyledItemDelegate):
    """Headings quiet, chats as plain lines, the open one on a pressed ground.

    Args:
        theme: The theme in force.
        parent: The list.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.crowded: ConversationId | None = None
        """The chat in whose row there is a button at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A heading is a little higher than a chat."""
        row = _row(index)
        tall = row is not None and row.kind is RowKind.HEADING
        return QSize(self._theme.px(120), self._theme.px(_HEADING if tall else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        row = _row(index)
        if row is None:
            return
        area: QRect = option.rect
        painter.save()
        if row.kind in (RowKind.HEADING, RowKind.NOTE):
            self._paint_words(painter, area, row)
        else:
            self._paint_row(painter, area, option, index)
        painter.restore()

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QLineEdit:
        """A field as high as the row."""
        field = QLineEdit(parent)
        field.setAccessibleName("Title of the chat")
        field.setMaxLength(_LONGEST_TITLE)
        field.setStyleSheet(f"padding: 0 {self._theme.px(6)}px")
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The title, selected."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Asks for the new title."""
        if isinstance(editor, QLineEdit):
            model.setData(model.index(index.row(), 0), editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """The whole row."""
        editor.setGeometry(option.rect)

    def _paint_words(self, painter: QPainter, area: QRect, row: ChatRow) -> None:
        theme, px = self._theme, self._theme.px
        heading = row.kind is RowKind.HEADING
        painter.setFont(theme.font("small_medium" if heading else "small"))
        painter.setPen(theme.color("ink3"))
        inside = area.adjusted(px(_INSET), px(6) if heading else 0, -px(_INSET), 0)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), row.text)

    def _paint_row(
        self, painter: QPainter, area: QRect, option: QStyleOptionViewItem, index: Index
    ) -> None:
        theme, px = self._theme, self._theme.px
        row = _row(index)
        if row is None:
            return
        is_open = bool(index.data(OPEN_ROLE))
        state: QStyle.StateFlag = option.state
        pointed = bool(state & QStyle.StateFlag.State_MouseOver)
        if is_open or pointed:
            press = theme.color("press")
            ground = press if is_open else mix(theme.color("desk"), press, 0.55)
            box(painter, area, px(_RADIUS), ground)
        left = px(_INSET)
        icon = self._icon(row)
        if icon:
            spot = QRect(area.left() + px(_INSET), area.top(), px(16), area.height())
            draw_centred(painter, spot, theme.icons.pixmap(icon, 16, "ink2"))
            left += px(24)
        painter.setFont(theme.font("interface_medium" if is_open else "interface"))
        painter.setPen(theme.color("ink" if is_open else "ink2"))
        crowded = row.chat is not None and row.chat.id == self.crowded
        inside = area.adjusted(left, 0, -px(_BUTTON if crowded else _INSET), 0)
        elide = Qt.TextElideMode.ElideRight
        words = painter.fontMetrics().elidedText(row.text, elide, inside.width())
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), words)

    @staticmethod
    def _icon(row: ChatRow) -> str:
        if row.kind is RowKind.SHELF:
            return _ICONS[row.shelf]
        return "pin" if row.chat is not None and row.chat.pinned else ""


def _row(index: Index) -> ChatRow | None:
    row = index.data(ROW_ROLE)
    return row if isinstance(row, ChatRow) else None
