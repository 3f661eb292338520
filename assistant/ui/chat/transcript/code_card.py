"""A block of code: a card with its language and Copy, coloured once its fence has closed."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimerEvent, Signal
from PySide6.QtGui import (
    QBrush,
    QContextMenuEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLayout,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QTextEdit, QWidget
from shiboken6 import isValid

from assistant.render.blocks import CodeBlock, CodeSpan
from assistant.ui.chat.transcript.prose import TextView, utf16_length
from assistant.ui.chat.transcript.rendering import Rendering
from assistant.ui.chat.transcript.selection import Selection
from assistant.ui.chat.transcript.style import TranscriptStyle
from assistant.ui.chat.transcript.table_view import scroll_sideways
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.painting import box

_HEAD, _PADDING, _SIDE, _RADIUS = 34, 10, 14, 10
_FOLD_ABOVE, _FOLDED = 40, 28
_COPIED_FOR_MS = 1600
Lines = tuple[tuple[CodeSpan, ...], ...]
_NAMES = {
    "c": "C", "cpp": "C++", "c++": "C++", "csharp": "C#", "cs": "C#", "css": "CSS",
    "html": "HTML", "js": "JavaScript", "javascript": "JavaScript", "json": "JSON",
    "ts": "TypeScript", "typescript": "TypeScript", "sql": "SQL", "php": "PHP", "py": "Python",
    "sh": "Shell", "bash": "Bash", "yaml": "YAML", "yml": "YAML", "xml": "XML", "toml": "TOML",
    "latex": "LaTeX", "tex": "TeX", "md": "Markdown", "rs": "Rust", "rb": "Ruby", "kt": "Kotlin",
}  # fmt: skip


def language_name(language: str) -> str:
    """What people call the language that a fence names; ``Code`` when it names none."""
    if not language:
        return "Code"
    return _NAMES.get(language, language[:1].upper() + language[1:])


class CodeText(TextView):
    """The text of a card: one line of the document per line, never wrapped."""

    def __init__(self, style: TranscriptStyle, selection: Selection, parent: QWidget) -> None:
        super().__init__(style, selection, parent)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDefaultFont(style.code)
        self.line = style.theme.line("code")
        self._block = QTextBlockFormat()
        self._block.setLineHeight(self.line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self._format = QTextCharFormat()
        self._format.setFont(style.code)
        self._format.setForeground(QBrush(style.color("code.plain")))
        self._colours = {
            kind: _coloured(style, kind)
            for kind in ("keyword", "string", "number", "builtin", "comment")
        }
        QTextCursor(self.document()).setBlockFormat(self._block)
        self._caret = False

    def add_text(self, text: str) -> None:
        """Adds to the end."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text.replace("\u2029", "\n").replace("\ufffc", "\ufffd"), self._format)
        self.rest_cursor()

    def set_text(self, text: str) -> None:
        """Replaces all."""
        self.document().clear()
        QTextCursor(self.document()).setBlockFormat(self._block)
        self.add_text(text)

    def colour(self, lines: Lines) -> None:
        """Colours the lines that are there; what the text says does not change."""
        block = self.document().begin()
        for line in lines:
            if not block.isValid():
                break
            ranges: list[QTextLayout.FormatRange] = []
            column = 0
            for span in line:
                size = utf16_length(span.text)
                colour = self._colours.get(span.kind)
                if colour is not None:
                    ranges.append(_range(column, size, colour))
                column += size
            if ranges:
                block.layout().setFormats(ranges)
            block = block.next()
        self.document().markContentsDirty(0, self.document().characterCount())
        self.viewport().update()

    def set_caret(self, *, shown: bool) -> None:
        """Shows the writing mark at the end."""
        self._caret = shown
        self.viewport().update()

    def height_for(self, width: int) -> int:
        """The height of all lines, with the scroll bar that long ones need."""
        height = self.document().blockCount() * self.line
        if self.document().idealWidth() > width:
            height += self.horizontalScrollBar().sizeHint().height()
        return height

    def wheelEvent(self, e: QWheelEvent) -> None:
        """Takes the sideways wheel only."""
        scroll_sideways(self, e)

    def paintEvent(self, e: QPaintEvent) -> None:
        """Paints the text and the writing mark."""
        super().paintEvent(e)
        if self._caret:
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            spot = self.cursorRect(cursor)
            painter = QPainter(self.viewport())
            mark = QRectF(spot.left() + 1, spot.center().y() - 8, 2, 16)
            painter.fillRect(mark, self.style_.color("lampline"))


class CodeCard(QWidget):
    """The card.

    Args:
        rendering: What it is drawn with.
        selection: Carries a selection on into the message's other parts.
        parent: The owner.
    """

    changed = Signal()
    """Its height is another one: it was unfolded."""

    def __init__(self, rendering: Rendering, selection: Selection, parent: QWidget) -> None:
        super().__init__(parent)
        self._rendering = rendering
        self._style = rendering.style
        self._block = CodeBlock("", "", closed=False)
        self._folded = False
        theme = self._style.theme
        self.text = CodeText(self._style, selection, self)
        self.copy_button = Button(theme, "Copy", "ghost", icon="copy", small=True, parent=self)
        self.copy_button.setAccessibleName("Copy code")
        self.copy_button.clicked.connect(self._copy_code)
        self.fold_button = Button(theme, "", "ghost", icon="chevron-down", small=True, parent=self)
        self.fold_button.clicked.connect(self._unfold)
        self.fold_button.hide()
        self._slot = QWidget(self)
        self.head_slot = QHBoxLayout(self._slot)
        """Takes further buttons of the head, left of Copy."""
        self.head_slot.setContentsMargins(0, 0, 0, 0)

    @property
    def block(self) -> CodeBlock:
        """What it shows."""
        return self._block

    def show_block(self, block: CodeBlock, *, may_fold: bool) -> None:
        """Shows ``block``; code that only grew is added to, not set anew.

        Args:
            block: What to show.
            may_fold: Whether long code may show only its beginning.
        """
        old, self._block = self._block, block
        if block == old:
            return
        self.setAccessibleName(f"{language_name(block.language)} code")
        self.text.setAccessibleName(self.accessibleName())
        lines = block.code.count("\n") + 1
        self._folded = may_fold and block.closed and lines > _FOLD_ABOVE and not old.code
        if self._folded:
            self.fold_button.setText(f"Show all {lines:,} lines")
            self.text.set_text("\n".join(block.code.split("\n", _FOLDED)[:_FOLDED]))
        elif old.code and block.code.startswith(old.code):
            self.text.add_text(block.code[len(old.code) :])
        elif block.code != old.code:
            self.text.set_text(block.code)
        self.fold_button.setVisible(self._folded)
        self.copy_button.setVisible(block.closed)
        if block.closed:
            self._colour()
        self.update()

    def set_caret(self, *, shown: bool) -> None:
        """Shows the writing mark at the end of the code."""
        self.text.set_caret(shown=shown)

    def height_for(self, width: int) -> int:
        """The height of the card."""
        px = self._style.px
        text = self.text.height_for(width - 2 * px(_SIDE))
        fold = px(_HEAD) if self._folded else 0
        return px(_HEAD) + 2 * px(_PADDING) + text + fold

    def lay_out(self) -> None:
        """Places what is on the card; called when its size is settled."""
        px, width = self._style.px, self.width()
        side, head = px(_SIDE), px(_HEAD)
        size = self.copy_button.sizeHint()
        right = width - px(5)
        middle = (head - size.height()) // 2
        self.copy_button.setGeometry(right - size.width(), middle, *_pair(size))
        slot = self._slot.sizeHint().width()
        left = right - size.width() - slot
        self._slot.setGeometry(left, (head - size.height()) // 2, slot, size.height())
        fold = head if self._folded else 0
        top = head + px(_PADDING)
        height = self.height() - top - px(_PADDING) - fold
        self.text.setGeometry(side, top, width - 2 * side, height)
        if self._folded:
            size = self.fold_button.sizeHint()
            self.fold_button.setGeometry(
                px(5), self.height() - fold + (fold - size.height()) // 2, *_pair(size)
            )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the card, the language and the line below the head."""
        style, px = self._style, self._style.px
        painter = QPainter(self)
        fill, line = style.color("code.ground"), style.color("line")
        box(painter, self.rect(), px(_RADIUS), fill, line)
        head = px(_HEAD)
        painter.fillRect(QRect(1, head - 1, self.width() - 2, 1), line)
        if self._folded:
            painter.fillRect(QRect(1, self.height() - head, self.width() - 2, 1), line)
        painter.setFont(style.theme.font("interface"))
        painter.setPen(style.color("ink2"))
        area = QRect(px(_SIDE), 0, self.width() // 2, head)
        name = painter.fontMetrics().elidedText(
            language_name(self._block.language), Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), name)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Leaves the menu to the message."""
        self.text.menu_wanted.emit(event.globalPos())

    def _colour(self) -> None:
        block = self._block
        if block.language:
            self._rendering.background.submit(lambda: _coloured_lines(block), self._take_colours)

    def _take_colours(self, result: tuple[CodeBlock, Lines]) -> None:
        block, lines = result
        if isValid(self) and block == self._block:
            self.text.colour(lines)

    def _unfold(self) -> None:
        self._folded = False
        self.fold_button.hide()
        self.text.set_text(self._block.code)
        self._colour()
        self.changed.emit()
        self.text.setFocus()

    def _copy_code(self) -> None:
        QApplication.clipboard().setText(self._block.code)
        self.copy_button.set_icon_name("check")
        self.copy_button.setText("Copied")
        self.lay_out()
        self.startTimer(_COPIED_FOR_MS)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Says Copy again."""
        self.killTimer(event.timerId())
        self.copy_button.set_icon_name("copy")
        self.copy_button.setText("Copy")
        self.lay_out()


def _pair(size: QSize) -> tuple[int, int]:
    return size.width(), size.height()


def _coloured_lines(block: CodeBlock) -> tuple[CodeBlock, Lines]:
    from assistant.render.code import highlight  # pygments: not before the first code is shown

    return block, highlight(block.code, block.language)


def _coloured(style: TranscriptStyle, kind: str) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setForeground(QBrush(style.color(f"code.{kind}")))
    return form


def _range(start: int, length: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, form
    return made
