"""A place to write a program: line numbers, indents, pairs, colours, and a way out for the keys."""

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from assistant.ui.chat.transcript.source import Background
from assistant.ui.study.exercise import code_keys
from assistant.ui.study.exercise.code_colours import CodeColours
from assistant.ui.theme.theme import Theme

_LINE, _MARGIN, _DIGITS, _MOST_MATCHED = 22, 14, 2, 20_000
_BRACKETS = "()[]{}"


class CodeEditor(QTextEdit):
    """Writes Python.

    Tab indents; Esc leaves, so that the keys are never caught.

    Args:
        theme: The theme in force.
        background: Where long programs are coloured.
        language: What it is written in.
        parent: The owner.
    """

    run_wanted = Signal()
    left_by_key = Signal()
    """Esc: the keys go on to what stands after it."""
    edited = Signal()
    """What it says has changed, by whatever."""

    def __init__(
        self,
        theme: Theme,
        background: Background,
        language: str = "python",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lit = 0
        self._bad = 0
        self._last = ""
        self.setProperty("bare", True)  # noqa: FBT003 - Qt's signature
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setAccessibleName("Program")
        self.setAccessibleDescription("Tab indents, Escape leaves, Control and Enter runs")
        self.document().setDocumentMargin(0)
        self.setCornerWidget(QWidget())  # Qt draws a box between two scroll bars
        self._gutter = _Gutter(theme, self)
        self._colours = CodeColours(theme, background, self.document(), language)
        self.document().blockCountChanged.connect(self._place_gutter)
        self.document().contentsChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._mark)
        self.verticalScrollBar().valueChanged.connect(self._gutter.update)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def program(self) -> str:
        """What is written."""
        return self.toPlainText()

    def load(self, program: str) -> None:
        """Begins with a program; it cannot be undone."""
        self.setPlainText(program)
        self._set_lines()
        self.document().clearUndoRedoStacks()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def replace(self, program: str) -> None:
        """Puts another program in the place of this one; Undo brings it back."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(program)
        cursor.endEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)

    def light_line(self, number: int) -> None:
        """Marks the line that is being run, from 1; 0 for none."""
        self._lit = number
        if number:
            block = self.document().findBlockByNumber(number - 1)
            if block.isValid():
                cursor = QTextCursor(block)
                self.setTextCursor(cursor)
                self.ensureCursorVisible()
        self._mark()

    def mark_bad_line(self, number: int) -> None:
        """Marks the line where it went wrong, from 1; 0 for none."""
        self._bad = number
        self._gutter.update()

    # Gutter

    def gutter_width(self) -> int:
        """Room for the numbers, in px."""
        digits = max(_DIGITS, len(str(self.document().blockCount())))
        return self._theme.px(_MARGIN) * 2 + self.fontMetrics().horizontalAdvance("9") * digits

    def line_box(self, block: QTextBlock) -> tuple[int, int]:
        """Upper edge of a line and its baseline, in the coordinates of the view."""
        top = self.document().documentLayout().blockBoundingRect(block).top()
        line = block.layout().lineAt(0)
        base = round(top + line.y() + line.ascent()) - self.verticalScrollBar().value()
        metrics = self.fontMetrics()
        # Qt sets the letters of a fixed line at its lower edge; here they stand in its middle.
        middle = base - (metrics.ascent() - metrics.descent()) // 2
        return middle - self.line_height // 2, base

    @property
    def line_height(self) -> int:
        """Height of every line, in px."""
        return self._theme.px(_LINE)

    def lit_line(self) -> tuple[QTextBlock, str] | None:
        """The line whose ground is drawn, and in which colour."""
        if self._lit:
            return self.document().findBlockByNumber(self._lit - 1), "lampsoft"
        if self.hasFocus() and not self.isReadOnly():
            return self.textCursor().block(), "well"
        return None

    def draw_lit_line(self, painter: QPainter, width: int) -> None:
        """Draws the ground of the lit line, in the view or in the gutter."""
        lit = self.lit_line()
        if lit is not None and lit[0].isValid():
            top, _ = self.line_box(lit[0])
            area = QRect(0, top, width, self.line_height)
            painter.fillRect(area, self._theme.color(lit[1]))

    def paintEvent(self, e: QPaintEvent) -> None:
        """Draws the ground of the lit line, then the text."""
        painter = QPainter(self.viewport())
        self.draw_lit_line(painter, self.viewport().width())
        painter.end()
        super().paintEvent(e)

    def mark_of(self, number: int) -> str:
        """The colour of a line's number, from 1."""
        if number == self._bad:
            return "bad"
        if number == self._lit:
            return "lampink"
        return "ink" if number == self.textCursor().blockNumber() + 1 else "ink3"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The gutter is as high as the view."""
        super().resizeEvent(event)
        self._place_gutter()

    # Keys

    def event(self, e: QEvent) -> bool:
        """Keeps its own keys from the application's shortcuts."""
        if e.type() == QEvent.Type.ShortcutOverride and isinstance(e, QKeyEvent) and _own(e):
            e.accept()
            return True
        return super().event(e)

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """Indents, pairs, comments; the rest is Qt's."""
        if e.key() == Qt.Key.Key_Escape:
            self.left_by_key.emit()
            return
        if _own(e):
            self._own_key(e)
            return
        if self.isReadOnly() or not self._typed(e):
            super().keyPressEvent(e)

    def _own_key(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run_wanted.emit()
        elif not self.isReadOnly():
            code_keys.toggle_comment(self.textCursor())

    def _typed(self, event: QKeyEvent) -> bool:
        """Whether the key was one that does more than to write itself."""
        cursor, key = self.textCursor(), event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        done = True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            code_keys.new_line(cursor)
        elif key == Qt.Key.Key_Backtab or (key == Qt.Key.Key_Tab and shift):
            code_keys.outdent(cursor)
            cursor = self.textCursor()
        elif key == Qt.Key.Key_Tab:
            code_keys.indent(cursor)
            if cursor.hasSelection():
                cursor = self.textCursor()
        elif key == Qt.Key.Key_Backspace and not event.modifiers():
            done = code_keys.backspace(cursor)
        elif key == Qt.Key.Key_Home and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            code_keys.home(cursor, select=shift)
        else:
            done = len(event.text()) == 1 and code_keys.pair(cursor, event.text())
        if done:
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
        return done

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pastes plain text, tabs as spaces."""
        if source.hasText():
            text = source.text().replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
            self.textCursor().insertText(text)
            self.ensureCursorVisible()

    def focusInEvent(self, e: QFocusEvent) -> None:
        """The line with the keys is lit."""
        super().focusInEvent(e)
        self._mark()

    def focusOutEvent(self, e: QFocusEvent) -> None:
        """No line is lit while the keys are elsewhere."""
        super().focusOutEvent(e)
        self._mark()

    # Marks

    def _changed(self) -> None:
        program = self.toPlainText()
        if program != self._last:
            self._last = program
            self.mark_bad_line(0)
            self.edited.emit()

    def _mark(self) -> None:
        shown = self.hasFocus() and not self._lit
        self.setExtraSelections(self._matching() if shown else [])
        self.viewport().update()
        self._gutter.update()

    def _matching(self) -> list[QTextEdit.ExtraSelection]:
        """The bracket beside the cursor and its partner."""
        if self.document().characterCount() > _MOST_MATCHED:
            return []
        text, place = self.toPlainText(), self.textCursor().position()
        for at in (place - 1, place):
            if 0 <= at < len(text) and text[at] in _BRACKETS:
                other = code_keys.partner(text, at)
                if other is not None:
                    return [self._one_sign(at), self._one_sign(other)]
        return []

    def _one_sign(self, place: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        cursor = self.textCursor()
        cursor.setPosition(place)
        cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        form.setBackground(self._theme.color("press"))
        mark.cursor, mark.format = cursor, form  # pyright: ignore[reportAttributeAccessIssue] - Qt's members are untyped
        return mark

    def _place_gutter(self) -> None:
        width = self.gutter_width()
        top = self._theme.px(8)
        self.setViewportMargins(width, top, 0, 0)
        area = self.contentsRect()
        self._gutter.setGeometry(QRect(area.left(), area.top() + top, width, area.height() - top))

    def _set_lines(self) -> None:
        """All lines are as high as the design has them; Qt keeps it for lines to come."""
        form = QTextBlockFormat()
        height = self._theme.px(_LINE)
        form.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(form)

    def _restyle(self) -> None:
        font = self._theme.font("code")
        self.setFont(font)
        self.document().setDefaultFont(font)
        self.setTabStopDistance(self.fontMetrics().horizontalAdvance(" ") * code_keys.INDENT)
        self.setCursorWidth(max(2, self._theme.px(2)))
        self._set_lines()
        self.document().clearUndoRedoStacks()
        self._place_gutter()
        self._mark()


class _Gutter(QWidget):
    """The numbers of the lines."""

    def __init__(self, theme: Theme, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._theme = theme
        self._editor = editor

    def sizeHint(self) -> QSize:
        return QSize(self._editor.gutter_width(), 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a number goes to its line."""
        block = self._editor.document().begin()
        while block.isValid():
            top, _ = self._editor.line_box(block)
            if top <= event.position().y() < top + self._editor.line_height:
                self._editor.setTextCursor(QTextCursor(block))
                self._editor.setFocus(Qt.FocusReason.MouseFocusReason)
                return
            block = block.next()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._editor.draw_lit_line(painter, self.width())
        painter.setFont(self._theme.font("code"))
        right = self.width() - self._theme.px(_MARGIN)
        block = self._editor.document().begin()
        while block.isValid():
            top, base = self._editor.line_box(block)
            if top > event.rect().bottom():
                break
            if top + self._editor.line_height >= event.rect().top():
                words = str(block.blockNumber() + 1)
                painter.setPen(self._theme.color(self._editor.mark_of(block.blockNumber() + 1)))
                left = right - painter.fontMetrics().horizontalAdvance(words)
                painter.drawText(left, base, words)
            block = block.next()


def _own(event: QKeyEvent) -> bool:
    """Ctrl with Enter, which runs, and Ctrl with /, which comments."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return False
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Slash)
