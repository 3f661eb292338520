"""A table: hairlines, a quiet header, and a scroll bar of its own when it is wide."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from assistant.render.blocks import Alignment, ImageChip, Inline, InlineMath, LineBreak, Table, Text
from assistant.ui.chat.transcript.prose import TextView, add_formula, install_formulas
from assistant.ui.chat.transcript.rendering import Rendering
from assistant.ui.chat.transcript.selection import Selection
from assistant.ui.chat.transcript.style import TranscriptStyle

Cell = tuple[Inline, ...]

_ALIGNMENTS = {
    Alignment.LEFT: Qt.AlignmentFlag.AlignLeft,
    Alignment.CENTRE: Qt.AlignmentFlag.AlignHCenter,
    Alignment.RIGHT: Qt.AlignmentFlag.AlignRight,
}
_PADDING_LEFT, _PADDING_RIGHT, _PADDING_BOTTOM = 2, 12, 6
_WIDEST, _NARROWEST = 320, 40
_TEXT_SHARE = 15 / 16
_FORMULA_SHARE = 0.6


class TableView(TextView):
    """A table of an answer.

    Args:
        rendering: What it is drawn with.
        selection: Carries a selection on into the message's other parts.
        parent: The owner.
    """

    changed = Signal()

    def __init__(self, rendering: Rendering, selection: Selection, parent: QWidget) -> None:
        super().__init__(rendering.style, selection, parent)
        self._formulas = rendering.formulas
        self._table: Table | None = None
        self._made: QTextTable | None = None
        self._natural: list[float] = []
        self._width = 0
        self._constraints: list[int] = []
        self._waits = False
        self.setAccessibleName("Table")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._fonts = _Fonts(self.style_)
        install_formulas(self.document(), self._formulas, self)
        self._formulas.drawn.connect(self._formula_drawn)

    def show_table(self, table: Table) -> None:
        """Shows ``table``; rows that it had before stay as they are."""
        old = self._table
        if table == old:
            return
        same = 0
        if old is not None and (old.header, old.alignments) == (table.header, table.alignments):
            for mine, new in zip(old.rows, table.rows, strict=False):
                if mine is not new and mine != new:
                    break
                same += 1
            made = self._made
        else:
            made = None
        self._table = table
        if made is None:
            made = self._start(table)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        self._resize(made, len(table.rows) + 1)
        for number in range(same, len(table.rows)):
            self._fill_row(made, number + 1, table.rows[number])
        cursor.endEditBlock()
        if self._width:
            self._constrain()
        self.rest_cursor()

    def height_for(self, width: int) -> int:
        """The height of the table in a column ``width`` wide, its scroll bar included."""
        self._width = width
        self._constrain()
        height = super().height_for(width)
        if sum(self._constraints) > width:
            height += self.horizontalScrollBar().sizeHint().height()
        return height

    def wheelEvent(self, e: QWheelEvent) -> None:
        """Takes the sideways wheel only."""
        scroll_sideways(self, e)

    def _start(self, table: Table) -> QTextTable:
        document = self.document()
        document.clear()
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellSpacing(0)
        form.setCellPadding(0)
        form.setHeaderRowCount(1)
        cursor = QTextCursor(document)
        made = cursor.insertTable(1, len(table.header), form)
        _flatten_edges(document)
        self._natural = [0.0] * len(table.header)
        self._constraints = []
        self._made = made
        self._fill_row(made, 0, table.header)
        return made

    def _resize(self, made: QTextTable, rows: int) -> None:
        present = made.rows()
        if present > rows:
            made.removeRows(rows, present - rows)
        elif present < rows:
            made.appendRows(rows - present)

    def _fill_row(self, made: QTextTable, row: int, cells: tuple[Cell, ...]) -> None:
        if self._table is None:
            return
        for column, spans in enumerate(cells):
            cell = made.cellAt(row, column)
            cell.setFormat(self._cell_format(header=row == 0))
            cursor = cell.firstCursorPosition()
            cursor.setPosition(cell.lastCursorPosition().position(), _KEEP)
            cursor.removeSelectedText()
            block = QTextBlockFormat()
            block.setAlignment(_ALIGNMENTS[self._table.alignments[column]])
            kinds = QTextBlockFormat.LineHeightTypes
            tall = any(isinstance(span, InlineMath) for span in spans) and row > 0
            kind = kinds.MinimumHeight if tall else kinds.FixedHeight
            block.setLineHeight(self.style_.line_height, kind.value)
            cursor.setBlockFormat(block)
            self._add_spans(cursor, spans, header=row == 0)
            self._natural[column] = max(
                self._natural[column], self._fonts.width(spans, header=row == 0)
            )

    def _add_spans(self, cursor: QTextCursor, spans: Cell, *, header: bool) -> None:
        for span in spans:
            match span:
                case Text(text):
                    cursor.insertText(text, self._fonts.format(span, header=header))
                case InlineMath(latex):
                    size = self._fonts.size(header=header)
                    waits = add_formula(cursor, self._formulas, self.style_, latex, size)
                    self._waits = self._waits or waits
                case ImageChip(alt, address):
                    cursor.insertText(f"[image: {alt or address}]", self.style_.note_format())
                case LineBreak():
                    cursor.insertText("\u2028")

    def _cell_format(self, *, header: bool) -> QTextTableCellFormat:
        px = self.style_.px
        form = QTextTableCellFormat()
        form.setLeftPadding(px(_PADDING_LEFT))
        form.setRightPadding(px(_PADDING_RIGHT))
        form.setTopPadding(0)  # a line of fixed height has its spare room above the letters
        form.setBottomPadding(px(_PADDING_BOTTOM))
        form.setBottomBorder(1)
        form.setBottomBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
        form.setBottomBorderBrush(QBrush(self.style_.color("line2" if header else "line")))
        return form

    def _constrain(self) -> None:
        """Shares the width among the columns; relays the table only when that changed."""
        if self._made is None:
            return
        px = self.style_.px
        extra = px(_PADDING_LEFT) + px(_PADDING_RIGHT) + 1
        wanted = [max(px(_NARROWEST), min(px(_WIDEST), width)) + extra for width in self._natural]
        shared = share_width(wanted, self._width)
        if shared == self._constraints:
            return
        self._constraints = shared
        form = self._made.format()
        fixed = QTextLength.Type.FixedLength
        form.setColumnWidthConstraints([QTextLength(fixed, width) for width in shared])
        form.setWidth(QTextLength(fixed, sum(shared)))
        self._made.setFormat(form)

    def _formula_drawn(self) -> None:
        if self._waits and self._table is not None:
            table, self._table, self._made, self._waits = self._table, None, None, False
            self.show_table(table)
            self.changed.emit()

    def position_at(self, point: QPoint) -> int:
        """The character nearest to ``point``."""
        return self.cursorForPosition(point).position()


_KEEP = QTextCursor.MoveMode.KeepAnchor


class _Fonts:
    """Text of cells: a little smaller than prose, the header smaller and quieter still."""

    def __init__(self, style: TranscriptStyle) -> None:
        self._style = style
        self._size = max(8, round(style.reading.pixelSize() * _TEXT_SHARE))
        self._head = style.theme.font("interface_semibold")
        body = QFont(style.reading)
        body.setPixelSize(self._size)
        self._body_metrics = QFontMetricsF(body)
        self._head_metrics = QFontMetricsF(self._head)

    def format(self, span: Text, *, header: bool) -> QTextCharFormat:
        """The format of a run in a cell."""
        made = QTextCharFormat(self._style.char_format(span))
        font = made.font()
        if header and not span.code:
            font = QFont(self._head)
            font.setItalic(span.italic)
            font.setUnderline(bool(span.link))
        else:
            share = self._size / self._style.reading.pixelSize()
            font.setPixelSize(max(8, round(font.pixelSize() * share)))
        made.setFont(font)
        if header:
            made.setForeground(QBrush(self._style.color("ink2")))
        return made

    def size(self, *, header: bool) -> int:
        """Size of formulas."""
        return self._head.pixelSize() if header else self._size

    def width(self, spans: Cell, *, header: bool) -> float:
        """About how wide a cell is when nothing breaks but where it says so."""
        metrics = self._head_metrics if header else self._body_metrics
        width = widest = 0.0
        for span in spans:
            if isinstance(span, LineBreak):
                widest, width = max(widest, width), 0.0
            elif isinstance(span, Text):
                width += metrics.horizontalAdvance(span.text) * (1.06 if span.bold else 1.0)
            elif isinstance(span, InlineMath):
                width += metrics.averageCharWidth() * len(span.latex) * _FORMULA_SHARE + 8
            else:
                width += metrics.horizontalAdvance(f"[image: {span.alt or span.address}]")
        return max(widest, width)


def share_width(wanted: list[float], width: int) -> list[int]:
    """Widths of columns that fill ``width``; as wanted, and so wider, where they do not fit."""
    total = sum(wanted)
    if not wanted or total >= width:
        return [round(each) for each in wanted]
    spare = (width - total) / len(wanted)
    shares = [int(each + spare) for each in wanted]
    shares[-1] += width - sum(shares)
    return shares


def scroll_sideways(view: TextView, event: QWheelEvent) -> None:
    """Moves ``view`` for a sideways wheel (or Shift and the wheel); leaves the rest to the list."""
    delta = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
    shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    sideways = delta.x() if abs(delta.x()) > abs(delta.y()) else (delta.y() if shifted else 0)
    bar = view.horizontalScrollBar()
    if sideways and bar.maximum() > 0:
        bar.setValue(bar.value() - sideways)
        event.accept()
    else:
        event.ignore()


def _flatten_edges(document: QTextDocument) -> None:
    """Makes the empty paragraphs that Qt keeps around a table as low as it lets them be."""
    form = QTextBlockFormat()
    form.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    small = QTextCharFormat()
    small.setFontPointSize(1)
    for block in (document.firstBlock(), document.lastBlock()):
        edge = QTextCursor(block)
        edge.setBlockFormat(form)
        edge.setBlockCharFormat(small)
