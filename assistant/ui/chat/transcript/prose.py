"""Prose: runs of lines as one text document, built by a cursor and never from markup."""

from PySide6.QtCore import QObject, QPoint, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from assistant.render.blocks import ImageChip, Inline, InlineMath, LineBreak, Text
from assistant.ui.chat.transcript.flow import Line, LineShape
from assistant.ui.chat.transcript.formulas import (
    FORMULA_OBJECT,
    Formulas,
    InlineFormula,
    formula_format,
)
from assistant.ui.chat.transcript.selection import Selection
from assistant.ui.chat.transcript.style import TranscriptStyle

_LINE_SEPARATOR = "\u2028"
_BOXES = {True: "☑", False: "☐"}
_CARET_WIDTH = 2
_BAR = 2


class SealedDocument(QTextDocument):
    """A document that can load nothing, whatever its text asks for."""

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002 - Qt's names
        """Answers everything with one transparent pixel; None would let Qt open the file."""
        return sealed_pixel()


def sealed_pixel() -> QImage:
    """What every resource is answered with."""
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    return image


class TextView(QTextBrowser):
    """A text that is as high as what it says, can be selected, and loads nothing.

    Args:
        style: Formats.
        selection: Carries a selection on into the message's other parts.
        parent: The owner.
    """

    link_activated = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, style: TranscriptStyle, selection: Selection, parent: QWidget) -> None:
        super().__init__(parent)
        self.style_ = style
        self._selection = selection
        self.setProperty("bare", True)  # noqa: FBT003 - Qt's signature
        document = SealedDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(style.reading)
        self.setDocument(document)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.anchorClicked.connect(self._clicked)

    def text_widget(self) -> QWidget:
        """Where the text is painted."""
        return self.viewport()

    def text_cursor(self) -> QTextCursor:
        """A copy of its cursor."""
        return self.textCursor()

    def put_cursor(self, cursor: QTextCursor) -> None:
        """Selects what ``cursor`` selects."""
        self.setTextCursor(cursor)

    def rest_cursor(self) -> None:
        """Puts the cursor to the start, where no scroll bar has to follow it."""
        cursor = self.textCursor()
        if cursor.position() and not cursor.hasSelection():
            cursor.setPosition(0)
            self.setTextCursor(cursor)

    def position_at(self, point: QPoint) -> int:
        """The character nearest to ``point``."""
        return self.cursorForPosition(point).position()

    def height_for(self, width: int) -> int:
        """The height of the text when it is ``width`` pixels wide."""
        if self.width() != width:
            self.resize(width, self.height())  # else Qt sets the document's width back to ours
        document = self.document()
        if document.textWidth() != width:  # setting it lays out and paints all of it again
            document.setTextWidth(width)
        return -int(-document.size().height() // 1)

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002 - Qt's names
        """Loads nothing."""
        return sealed_pixel()

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        """Starts a selection."""
        super().mousePressEvent(ev)
        if ev.button() is Qt.MouseButton.LeftButton:
            self._selection.begin(self)

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        """Selects, beyond this part where the mouse goes there."""
        pressed = ev.buttons() & Qt.MouseButton.LeftButton
        if pressed and self._selection.drag(self, ev.position().toPoint()):
            return
        super().mouseMoveEvent(ev)

    def wheelEvent(self, e: QWheelEvent) -> None:
        """Leaves the wheel to the list."""
        e.ignore()

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        """Copies over all parts; leaves the keys that scroll to the list."""
        if ev.matches(QKeySequence.StandardKey.Copy):
            if not self._selection.copy():
                ev.ignore()
        elif ev.matches(QKeySequence.StandardKey.SelectAll):
            self._selection.select_all()
        elif ev.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(ev)
        else:
            ev.ignore()

    def contextMenuEvent(self, e: QContextMenuEvent) -> None:
        """Asks the message for its menu."""
        self.menu_wanted.emit(e.globalPos())

    def _clicked(self, url: QUrl) -> None:
        self.link_activated.emit(url.toString())


class ProseView(TextView):
    """One run of lines.

    Args:
        style: Formats.
        formulas: Draws the formulas within the lines.
        selection: Carries a selection on into the message's other parts.
        parent: The owner.
    """

    changed = Signal()
    """Its height may be another one now: a formula has been drawn."""

    def __init__(
        self, style: TranscriptStyle, formulas: Formulas, selection: Selection, parent: QWidget
    ) -> None:
        super().__init__(style, selection, parent)
        self._formulas = formulas
        self._lines: tuple[Line, ...] = ()
        self._waits = False
        self._caret = False
        self.setAccessibleName("Text of the answer")
        handler = InlineFormula(formulas, self)
        self.document().documentLayout().registerHandler(FORMULA_OBJECT, handler)
        formulas.drawn.connect(self._formula_drawn)
        self.horizontalScrollBar().rangeChanged.connect(self._stay_unscrolled)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What it shows."""
        return self._lines

    def set_caret(self, *, shown: bool) -> None:
        """Shows the writing mark at the end."""
        if shown != self._caret:
            self._caret = shown
            self.viewport().update()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Shows ``lines``, touching only what differs from what it shows already."""
        old = self._lines
        same = 0
        for mine, new in zip(old, lines, strict=False):
            if mine is not new and mine != new:
                break
            same += 1
        if same == len(old) == len(lines):
            return
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        if same < min(len(old), len(lines)) and old[same].shape == lines[same].shape:
            self._cut(cursor, same + 1, len(old))
            self._mend_line(cursor, same, old[same], lines[same])
            same += 1
        else:
            self._cut(cursor, same, len(old))
        for index in range(same, len(lines)):
            self._add_line(cursor, lines[index], first=index == 0)
        cursor.endEditBlock()
        self._lines = lines
        self.rest_cursor()
        linked = any(_has_link(span) for line in lines for span in line.spans)
        policy = Qt.FocusPolicy.StrongFocus if linked else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(policy)

    def _cut(self, cursor: QTextCursor, keep: int, present: int) -> None:
        """Removes the blocks from number ``keep`` on."""
        if keep >= present:
            return
        document = self.document()
        if keep == 0:
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.removeSelectedText()
            return
        cursor.setPosition(document.findBlockByNumber(keep).position() - 1)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    def _mend_line(self, cursor: QTextCursor, number: int, old: Line, new: Line) -> None:
        """Replaces the end of one line from where it differs; often that is only an addition."""
        if (old.marker, old.checked) != (new.marker, new.checked):
            keep, skip, offset = 0, 0, 0
        else:
            keep, skip, offset = self._common(old, new)
        block = self.document().findBlockByNumber(number)
        shown = new.spans[keep] if keep < len(new.spans) else None
        begun = shown.text[:skip] if isinstance(shown, Text) else ""
        start = block.position() + offset + utf16_length(begun)
        cursor.setPosition(start)
        cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        if cursor.hasSelection():
            cursor.removeSelectedText()
        if offset == 0 and skip == 0 and keep == 0:
            self._add_marker(cursor, new)
        if _stance(old) != _stance(new):
            cursor.setBlockFormat(self._block_format(new, first=number == 0))
        for index in range(keep, len(new.spans)):
            span = new.spans[index]
            if index == keep and skip and isinstance(span, Text):
                cursor.insertText(
                    _typed(span.text[skip:]), self.style_.char_format(span, new.shape.heading)
                )
            else:
                self._add_span(cursor, span, new.shape.heading)

    def _common(self, old: Line, new: Line) -> tuple[int, int, int]:
        """Spans that both begin with, characters of the next one, characters before it."""
        if any(isinstance(span, InlineMath) for span in old.spans):
            return 0, 0, 0  # how long its place is depends on whether it is drawn yet
        keep, offset = 0, self._marker_length(new)
        for mine, other in zip(old.spans, new.spans, strict=False):
            if mine != other:
                return keep, _shared(mine, other), offset
            offset += _span_length(mine)
            keep += 1
        return keep, 0, offset

    def _marker_length(self, line: Line) -> int:
        return utf16_length(_marker_text(line)) + 1 if line.shape.marked else 0

    def _add_line(self, cursor: QTextCursor, line: Line, *, first: bool) -> None:
        form = self._block_format(line, first=first)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if first:
            cursor.setBlockFormat(form)
        else:
            cursor.insertBlock(form)
        base = self.style_.char_format(Text(""), line.shape.heading)
        cursor.setBlockCharFormat(base)
        self._add_marker(cursor, line)
        for span in line.spans:
            self._add_span(cursor, span, line.shape.heading)

    def _block_format(self, line: Line, *, first: bool) -> QTextBlockFormat:
        tall, right_to_left = _stance(line)
        return self.style_.block_format(
            line.shape, first=first, tall=tall, right_to_left=right_to_left
        )

    def _add_marker(self, cursor: QTextCursor, line: Line) -> None:
        if line.shape.marked:
            cursor.insertText(_marker_text(line) + "\t", self.style_.note_format())

    def _add_span(self, cursor: QTextCursor, span: Inline, heading: int) -> None:
        match span:
            case Text():
                cursor.insertText(_typed(span.text), self.style_.char_format(span, heading))
            case InlineMath(latex):
                self._waits = add_formula(cursor, self._formulas, self.style_, latex) or self._waits
            case ImageChip():
                cursor.insertText(_chip_text(span), self.style_.note_format())
            case LineBreak():
                cursor.insertText(_LINE_SEPARATOR)

    def _stay_unscrolled(self) -> None:
        # Prose always fits, but Qt takes the hanging marker of a line that runs to the left for
        # something that does not.
        self.horizontalScrollBar().setRange(0, 0)

    def _formula_drawn(self) -> None:
        if not self._waits:
            return
        lines, self._lines, self._waits = self._lines, (), False
        self.document().clear()
        self.show_lines(lines)
        self.changed.emit()

    def paintEvent(self, e: QPaintEvent) -> None:
        """Paints bars beside quotations and rules, the text, and the writing mark."""
        painter = QPainter(self.viewport())
        self._paint_grounds(painter, QRectF(e.rect()))
        painter.end()
        super().paintEvent(e)
        if self._caret:
            painter = QPainter(self.viewport())
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            spot = self.cursorRect(cursor)
            rect = QRectF(spot.left() + 1, spot.center().y() - 9, _CARET_WIDTH, 18)
            painter.fillRect(rect, self.style_.color("lampline"))
            painter.end()

    def _paint_grounds(self, painter: QPainter, area: QRectF) -> None:
        bounds = self.document().documentLayout().blockBoundingRect
        block, above = self.document().begin(), Line(LineShape())
        for line in self._lines:
            if not block.isValid():
                return
            rect = bounds(block)
            if rect.intersects(area.adjusted(-9999, -40, 9999, 40)):
                if line.shape.rule:
                    self._paint_rule(painter, rect)
                elif line.shape.quotes:
                    start = bounds(block.previous()).bottom() if block.previous().isValid() else 0.0
                    self._paint_bars(painter, rect, start, line, above)
            block, above = block.next(), line

    def _paint_rule(self, painter: QPainter, rect: QRectF) -> None:
        y = round(rect.top() + self.style_.line_height / 2)
        painter.fillRect(QRectF(0, y, self.viewport().width(), 1), self.style_.color("line"))

    def _paint_bars(
        self, painter: QPainter, rect: QRectF, end_of_above: float, line: Line, above: Line
    ) -> None:
        """Paints the bars beside a line; those of the line above go on."""
        bars, before = self.style_.quote_bars(line.shape), self.style_.quote_bars(above.shape)
        mirrored = line.right_to_left
        for level, place in enumerate(bars):
            goes_on = before[: level + 1] == bars[: level + 1] and above.right_to_left is mirrored
            top = end_of_above if goes_on else rect.top() + 2
            left = self.viewport().width() - place - _BAR if mirrored else place
            painter.fillRect(
                QRectF(left, top, _BAR, rect.bottom() + 4 - top), self.style_.color("line2")
            )


def add_formula(
    cursor: QTextCursor, formulas: Formulas, style: TranscriptStyle, latex: str, size_px: int = 0
) -> bool:
    """Inserts a formula, or its source while it is not drawn.

    Returns:
        Whether a drawing is still to come.
    """
    key = formulas.key(latex, style, display=False, size_px=size_px)
    base = QTextCharFormat(style.char_format(Text("")))
    drawn = formulas.get(key)
    if drawn is None:
        cursor.insertText(latex.replace("\n", " "), style.char_format(Text("", code=True)))
        return not formulas.known(key)
    cursor.insertText("\ufffc", formula_format(base, key, drawn))
    return False


def install_formulas(document: QTextDocument, formulas: Formulas, parent: QObject) -> None:
    """Lets ``document`` paint formulas within its lines."""
    document.documentLayout().registerHandler(FORMULA_OBJECT, InlineFormula(formulas, parent))


def _marker_text(line: Line) -> str:
    return line.marker if line.checked is None else _BOXES[line.checked]


def _chip_text(chip: ImageChip) -> str:
    return f"[image: {chip.alt or chip.address}]"


def _typed(text: str) -> str:
    return text.replace("\n", " ").replace("\ufffc", "\ufffd")


def _stance(line: Line) -> tuple[bool, bool]:
    """Whether it holds a formula, and whether it runs to the left."""
    return any(isinstance(span, InlineMath) for span in line.spans), line.right_to_left


def _has_link(span: Inline) -> bool:
    return isinstance(span, Text) and bool(span.link)


def _one_style(mine: Text, other: Text) -> bool:
    return (mine.bold, mine.italic, mine.strike, mine.code, mine.link) == (
        other.bold,
        other.italic,
        other.strike,
        other.code,
        other.link,
    )


def _span_length(span: Inline) -> int:
    match span:
        case Text(text):
            return utf16_length(_typed(text))
        case ImageChip():
            return utf16_length(_chip_text(span))
        case _:
            return 1


def utf16_length(text: str) -> int:
    """How many positions of a document a text takes: characters beyond U+FFFF take two."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _shared(mine: Inline, other: Inline) -> int:
    """Characters that two runs of one style begin with; 0 where their styles differ."""
    if not (isinstance(mine, Text) and isinstance(other, Text) and _one_style(mine, other)):
        return 0
    if other.text.startswith(mine.text):
        return len(mine.text)
    count = 0
    for one, two in zip(mine.text, other.text, strict=False):
        if one != two:
            break
        count += 1
    return count
