"""A message of the user: their own words, as they were typed."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import (
    QBrush,
    QEnterEvent,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QWidget

from assistant.domain.conversation import Message, MessageOutline
from assistant.ui.chat.transcript.actions import ActionRow
from assistant.ui.chat.transcript.asks import Asks
from assistant.ui.chat.transcript.editor import MessageEditor
from assistant.ui.chat.transcript.prose import TextView
from assistant.ui.chat.transcript.row import Row
from assistant.ui.chat.transcript.selection import Selection
from assistant.ui.chat.transcript.style import TranscriptStyle
from assistant.ui.chat.transcript.unanswered import UnansweredLine
from assistant.ui.chat.transcript.words import PIN, UNPIN
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.menu import Menu

_TOP, _SIDE, _PADDING, _BOTTOM = 18, 14, 8, 14
_TOOLS_GAP, _OFFER_GAP = 6, 8
_BUBBLE = 560
_RADIUS, _CORNER = 14, 4
_FOLD_ABOVE, _FOLDED = 16, 12
_FOLD_CHARACTERS = 800


class QuestionRow(Row):
    """A bubble at the right; its actions come when it is pointed at or reached by Tab.

    Args:
        style: Formats.
        asks: Where wishes go.
        outline: Which message it is.
        parent: The owner.
    """

    def __init__(
        self, style: TranscriptStyle, asks: Asks, outline: MessageOutline, parent: QWidget
    ) -> None:
        super().__init__(style, outline, parent)
        self._asks = asks
        self._selection = Selection()
        self.text = TextView(style, self._selection, self)
        self.text.setAccessibleName("Your words")
        self.text.menu_wanted.connect(self.open_menu)
        self._selection.set_parts([self.text])
        self._tools: ActionRow | None = None
        self._fold: Button | None = None
        self._unanswered: UnansweredLine | None = None
        self._unfolded = False
        self._pointed_at = False
        self._bubble = QRect()
        self._natural = 0.0
        self.editor: MessageEditor | None = None
        self.setAccessibleName("Your message")
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def show_message(self, message: Message, outline: MessageOutline) -> None:
        """Shows the user's words."""
        self.message, self.outline = message, outline
        self._set_text()
        if self._keeps_tools():
            self._tools_shown()
        if self._tools is not None:
            self._tools.show_message(message, outline)
            self._settle_tools()

    def offer_answer(self, *, offered: bool) -> None:
        """Says that the question has no answer and offers one, or ceases to."""
        if offered is (self._unanswered is not None):
            return
        if self._unanswered is None:
            self._unanswered = UnansweredLine(self.style_, self)
            self._unanswered.wanted.connect(self._ask_again)
            self._unanswered.setVisible(self.editor is None)
        else:
            self._unanswered.hide()
            self._unanswered.deleteLater()
            self._unanswered = None
        self.tell_height()

    def lay_out(self) -> int:
        """Places everything; returns the height."""
        px, right = self.style_.px, self.left + self.column
        y = px(_TOP)
        if self.editor is not None:
            height = self.editor.height_for(self.column)
            self.editor.setGeometry(self.left, y, self.column, height)
            self.editor.lay_out()
            return y + height + px(_BOTTOM)
        side, padding = px(_SIDE), px(_PADDING)
        widest = min(px(_BUBBLE), self.column) - 2 * side
        width = min(widest, int(self._natural) + 2)
        height = self.text.height_for(width)
        fold = self._fold.sizeHint() if self._fold is not None else None
        box_width = max(width, fold.width() if fold else 0) + 2 * side
        box_height = height + 2 * padding + (fold.height() if fold else 0)
        self._bubble = QRect(right - box_width, y, box_width, box_height)
        self.text.setGeometry(right - box_width + side, y + padding, width, height)
        if self._fold is not None and fold is not None:
            self._fold.setGeometry(
                right - box_width + px(4), y + padding + height, fold.width(), fold.height()
            )
        y += box_height
        if self._tools is not None:
            wide = min(self._tools.needed_width(), self.column)
            high = self._tools.height_for(wide)
            beside = self._bubble.left() - px(_TOOLS_GAP) - wide
            if beside >= 0:
                bottom = self._bubble.bottom() + 1 - px(_TOOLS_GAP)
                self._tools.setGeometry(beside, bottom - high, wide, high)
            else:  # no room beside the bubble: a line of its own, there even while unseen
                self._tools.setGeometry(right - wide, y + px(2), wide, high)
                y += high + px(2)
            self._tools.lay_out()
        if self._unanswered is not None:
            needed = self._unanswered.sizeHint()
            y += px(_OFFER_GAP)
            self._unanswered.setGeometry(right - needed.width(), y, needed.width(), needed.height())
            y += needed.height()
        return y + px(_BOTTOM)

    def texts(self) -> list[TextView]:
        """The one text."""
        return [self.text]

    def focus_chain(self) -> list[QWidget]:
        """The row and its actions."""
        if self.editor is not None:
            return self.editor.focus_chain()
        chain: list[QWidget] = [self]
        if self._fold is not None:
            chain.append(self._fold)
        if self._tools is not None and self._tools.isVisible():
            chain += self._tools.buttons()
        if self._unanswered is not None:
            chain.append(self._unanswered.button)
        return chain

    def begin_editing(self) -> None:
        """Puts a text field in the place of the bubble."""
        if self.message is None or self.editor is not None:
            return
        editor = MessageEditor(
            self.style_, self.message.content, "Save and send", self, enter_submits=True
        )
        editor.submitted.connect(self._submit)
        editor.cancelled.connect(self.end_editing)
        editor.height_changed.connect(self.tell_height)
        self.editor = editor
        self._set_shown(shown=False)
        editor.show()
        self.tell_height()
        editor.field.setFocus()
        editor.field.moveCursor(QTextCursor.MoveOperation.End)
        self._asks.editing_changed.emit(True)  # noqa: FBT003 - a signal's argument

    def end_editing(self) -> None:
        """Leaves the words as they were."""
        if self.editor is None:
            return
        self.editor.hide()
        self.editor.deleteLater()
        self.editor = None
        self._set_shown(shown=True)
        self.tell_height()
        self.setFocus()
        self._asks.editing_changed.emit(False)  # noqa: FBT003 - a signal's argument

    def open_menu(self, place: QPoint) -> None:
        """The context menu."""
        message = self.message
        if message is None:
            return
        menu = Menu(self.style_.theme, "Your message", self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.add("Copy", self._selection.copy, icon="copy", shortcut="Ctrl+C")
        copy.setEnabled(bool(self._selection.text()))
        menu.add("Select all", self._selection.select_all, shortcut="Ctrl+A")
        menu.addSeparator()
        menu.add("Edit", self.begin_editing, icon="pencil")
        pinned = message.pinned
        menu.add(
            UNPIN if pinned else PIN,
            lambda: self._asks.pin_requested.emit(message.id, not pinned),
            icon="pin-off" if pinned else "pin",
        )
        menu.addSeparator()
        menu.add(
            "Delete",
            lambda: self._asks.delete_requested.emit(message.id),
            icon="trash-2",
            destructive=True,
        )
        menu.open_at(place)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Shows the actions."""
        super().enterEvent(event)
        self._pointed_at = True
        self._tools_shown()

    def leaveEvent(self, event: QEvent) -> None:
        """Hides them, unless one of them has the focus."""
        super().leaveEvent(event)
        self._pointed_at = False
        self._settle_tools()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the bubble."""
        if self.editor is not None or self._bubble.isNull():
            return
        px = self.style_.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(
            _bubble_path(self._bubble, px(_RADIUS), px(_CORNER)), self.style_.color("well")
        )

    def _set_text(self) -> None:
        if self.message is None:
            return
        content = self.message.content
        lines = content.split("\n")
        long = len(lines) > _FOLD_ABOVE or len(content) > _FOLD_CHARACTERS + 200
        folded = long and not self._unfolded
        if folded:
            content = "\n".join(lines[:_FOLDED])[:_FOLD_CHARACTERS].rstrip() + " …"
        self._show_fold(folded=folded)
        style = self.style_
        document = self.text.document()
        document.clear()
        form = QTextCharFormat()
        form.setFont(style.reading)
        form.setForeground(QBrush(style.color("ink")))
        block = QTextBlockFormat()
        block.setLineHeight(style.line_height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(document)
        cursor.setBlockFormat(block)
        cursor.insertText(content.replace("\ufffc", "\ufffd"), form)
        metrics = QFontMetricsF(style.reading)
        longest = content.split("\n")
        limit = style.px(_BUBBLE)
        self._natural = 0.0
        for line in longest:
            self._natural = max(self._natural, metrics.horizontalAdvance(line[:200]))
            if self._natural > limit:
                break

    def _show_fold(self, *, folded: bool) -> None:
        if folded and self._fold is None:
            self._fold = Button(self.style_.theme, "Show all", "ghost", small=True, parent=self)
            self._fold.clicked.connect(self._unfold)
            self._fold.show()
        elif not folded and self._fold is not None:
            self._fold.hide()
            self._fold.deleteLater()
            self._fold = None

    def _unfold(self) -> None:
        self._unfolded = True
        self._set_text()
        self.tell_height()

    def _submit(self, text: str) -> None:
        message = self.message
        self.end_editing()
        if message is not None and text != message.content:
            self._asks.edit_submitted.emit(message.id, text)

    def _ask_again(self) -> None:
        self.setFocus()  # the button that has it is about to go
        self._asks.regenerate_requested.emit(self.outline.id)

    def _set_shown(self, *, shown: bool) -> None:
        self.text.setVisible(shown)
        if self._fold is not None:
            self._fold.setVisible(shown)
        if self._tools is not None:
            self._tools.setVisible(shown and self._keeps_tools())
        if self._unanswered is not None:
            self._unanswered.setVisible(shown)
        self.update()

    def _tools_shown(self) -> None:
        if self.message is None or self.editor is not None:
            return
        if self._tools is None:
            self._tools = ActionRow(self.style_, self._asks, self)
            self._tools.build_for_question()
            self._tools.edit_wanted.connect(self.begin_editing)
            self._tools.show_message(self.message, self.outline)
            self.tell_height()
        self._tools.show()

    def _keeps_tools(self) -> bool:
        """Whether the actions say something that must always be seen."""
        pinned = self.message is not None and self.message.pinned
        return pinned or len(self.outline.versions) > 1

    def _settle_tools(self) -> None:
        if self._tools is None or self._keeps_tools():
            return
        focused = QApplication.focusWidget()
        inside = focused is self or (focused is not None and self.isAncestorOf(focused))
        self._tools.setVisible((inside or self._pointed_at) and self.editor is None)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is self:
            self._tools_shown()
        elif self._tools is not None:
            self._settle_tools()


def _bubble_path(rect: QRect, radius: int, corner: int) -> QPainterPath:
    """A rounded box whose lower right corner points at the speaker."""
    left, top = float(rect.left()), float(rect.top())
    right, bottom = left + rect.width(), top + rect.height()
    path = QPainterPath()
    path.moveTo(left + radius, top)
    path.lineTo(right - radius, top)
    path.quadTo(right, top, right, top + radius)
    path.lineTo(right, bottom - corner)
    path.quadTo(right, bottom, right - corner, bottom)
    path.lineTo(left + radius, bottom)
    path.quadTo(left, bottom, left, bottom - radius)
    path.lineTo(left, top + radius)
    path.quadTo(left, top, left + radius, top)
    return path
