"""Draws results: a title, a line with the words marked, who said it and when."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from assistant.domain.conversation import SearchHit
from assistant.ui.models.search_results import RESULT_ROLE, Index, ResultKind, ResultRow, who
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import draw_key_cap
from assistant.ui.widgets.painting import box, draw_centred

_HEIGHTS = {
    ResultKind.HEADING: 28,
    ResultKind.COMMAND: 34,
    ResultKind.NOTE: 40,
    ResultKind.HIT: 52,
}
_PAD = 10
_LEAD = 24
"""Characters that are kept before the first mark, so that it is always in view."""


def one_line(hit: SearchHit) -> tuple[str, list[tuple[int, int]]]:
    """A snippet on one line that begins shortly before its first mark, with marks moved along."""
    text = hit.snippet.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    first = hit.marks[0][0] if hit.marks else 0
    cut = max(0, first - _LEAD)
    if cut:
        space = text.find(" ", cut, first)
        cut = space + 1 if space >= 0 else cut
    lead = "…" if cut else ""
    moved = [(start - cut + len(lead), end - cut + len(lead)) for start, end in hit.marks]
    return lead + text[cut:], [mark for mark in moved if mark[0] >= 0]


class ResultDelegate(QStyledItemDelegate):
    """Rows of the search.

    Args:
        theme: The theme in force.
        parent: The list.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """By the kind of row."""
        row = index.data(RESULT_ROLE)
        height = _HEIGHTS[row.kind] if isinstance(row, ResultRow) else 0
        return QSize(self._theme.px(200), self._theme.px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        row = index.data(RESULT_ROLE)
        if not isinstance(row, ResultRow):
            return
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if row.chosen and state & QStyle.StateFlag.State_Selected:
            box(painter, area, self._theme.px(7), self._theme.color("well"))
        if row.command is not None:
            self._paint_command(painter, area, row)
        elif row.hit is not None:
            self._paint_hit(painter, area, row, row.hit)
        else:
            painter.setFont(self._theme.font("small_medium"))
            painter.setPen(self._theme.color("ink3"))
            inside = area.adjusted(self._theme.px(_PAD), 0, -self._theme.px(_PAD), 0)
            elide = Qt.TextElideMode.ElideRight
            words = painter.fontMetrics().elidedText(row.text, elide, inside.width())
            painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()

    def _paint_command(self, painter: QPainter, area: QRect, row: ResultRow) -> None:
        theme, px = self._theme, self._theme.px
        command = row.command
        if command is None:
            return
        spot = QRect(area.left() + px(_PAD), area.top(), px(16), area.height())
        draw_centred(painter, spot, theme.icons.pixmap(command.icon, 16, "ink2"))
        painter.setFont(theme.font("interface"))
        painter.setPen(theme.color("ink"))
        inside = area.adjusted(px(_PAD + 26), 0, -px(_PAD), 0)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), row.text)
        if command.keys:
            painter.setFont(theme.font("axis"))
            width = painter.fontMetrics().horizontalAdvance(command.keys) + px(12)
            top = area.top() + (area.height() - px(18)) // 2
            cap = QRect(area.right() - px(_PAD) - width, top, width, px(18))
            draw_key_cap(painter, theme, cap, command.keys)

    def _paint_hit(self, painter: QPainter, area: QRect, row: ResultRow, hit: SearchHit) -> None:
        theme, px = self._theme, self._theme.px
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        top = QRect(area.left() + px(_PAD), area.top() + px(5), area.width(), px(21))
        right = area.right() - px(_PAD)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink3"))
        note = f"{'by meaning · ' if hit.by_meaning else ''}{who(hit.role)} · {row.when}"
        width = painter.fontMetrics().horizontalAdvance(note)
        painter.drawText(QRect(right - width, top.top(), width + 2, top.height()), middle, note)
        painter.setFont(theme.font("interface_medium"))
        painter.setPen(theme.color("ink"))
        room = right - width - px(12) - top.left()
        elide = Qt.TextElideMode.ElideRight
        title = painter.fontMetrics().elidedText(row.text or "New chat", elide, room)
        painter.drawText(QRect(top.left(), top.top(), room, top.height()), middle, title)
        line = QRectF(top.left(), top.bottom() - 1, right - top.left(), px(20))
        self._paint_snippet(painter, line, hit)

    def _paint_snippet(self, painter: QPainter, area: QRectF, hit: SearchHit) -> None:
        theme = self._theme
        text, marks = one_line(hit)
        layout = QTextLayout(text, theme.font("small"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        formats: list[QTextLayout.FormatRange] = []
        for start, end in marks:
            each = QTextLayout.FormatRange()
            each.start, each.length = start, end - start
            each.format = QTextCharFormat()
            each.format.setBackground(theme.color("lampsoft"))
            each.format.setForeground(theme.color("lampink"))
            formats.append(each)
        layout.setFormats(formats)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(area.width())
        layout.endLayout()
        painter.setClipRect(area)
        painter.setPen(theme.color("ink2"))
        layout.draw(painter, area.topLeft())
