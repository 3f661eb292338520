"""A column of rows of which only those near the view exist as widgets."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from assistant.domain.conversation import MessageOutline
from assistant.domain.ids import MessageId
from assistant.ui.chat.transcript.heights import HeightEstimate
from assistant.ui.chat.transcript.reel import Reel
from assistant.ui.chat.transcript.row import Row
from assistant.ui.chat.transcript.style import TranscriptStyle
from assistant.ui.widgets.tab_order import place_of

_STEP, _MARGIN, _BOTTOM = 40, 28, 20
_ANSWER_EXTRA, _QUESTION_EXTRA = 66, 42
_ASK_AROUND = 12
_KEEP_SCREENS = 1.5
_REST_MS, _NEXT_MS = 20, 4

MakeRow = Callable[[MessageOutline, QWidget], Row | None]
"""Makes the row of a message; None while its contents are not there."""


class Stage(QAbstractScrollArea):
    """Scrolls rows.

    Args:
        style: Measures.
        make_row: Makes a row when it comes near.
        want: Is told which messages will be needed.
        parent: The owner.
    """

    moved = Signal()
    """What is in view has changed."""
    row_made = Signal(object)
    """A row that was just made and measured."""

    def __init__(
        self,
        style: TranscriptStyle,
        make_row: MakeRow,
        want: Callable[[tuple[MessageId, ...]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.reel = Reel()
        self.rows: dict[MessageId, Row] = {}
        self._style = style
        self._make_row = make_row
        self._want = want
        self._moving = False
        self._filling = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._realise_nearby)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Messages")
        self.verticalScrollBar().sliderReleased.connect(self._released)
        self.set_style(style)

    def set_style(self, style: TranscriptStyle) -> None:
        """Takes another state of the theme; all rows are made anew."""
        self._style = style
        self.reel.bottom = style.px(_BOTTOM)
        self.verticalScrollBar().setSingleStep(style.px(_STEP))
        palette = self.viewport().palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(style.theme.tokens.page))
        self.viewport().setPalette(palette)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.viewport().setAutoFillBackground(True)
        self.release_all()
        self.set_items(self.reel.outlines)

    def set_items(self, outlines: Sequence[MessageOutline]) -> None:
        """Takes the messages of the column; rows of those that left are dropped."""
        ids = {each.id for each in outlines}
        for gone in [each for each in self.rows if each not in ids]:
            self._release(gone)
        known = {each: row.height() for each, row in self.rows.items()}
        self.reel.set_items(outlines, self._estimate(), known)
        self.fill()

    def release_all(self) -> None:
        """Drops all rows."""
        for each in list(self.rows):
            self._release(each)

    def measure(self, row: Row) -> None:
        """A row is another height, or may be."""
        index = self.reel.place(row.outline.id)
        if index >= 0 and self.rows.get(row.outline.id) is row:
            height = row.lay_out()
            self.reel.correct(index, height)
            if row.height() != height:
                row.resize(row.width(), height)

    def fill(self) -> None:
        """Makes the rows in view and puts everything in its place."""
        if self._filling:
            return
        self._filling = True
        try:
            self._realise_in_view()
            self._release_far()
            self._place()
            self._ask()
        finally:
            self._filling = False
        if not self._idle.isActive():
            self._idle.start(_REST_MS)  # what is in view is painted first
        self.moved.emit()

    def go_to_end(self) -> None:
        """Goes to the end and follows it."""
        self.reel.go_to_end()
        self.fill()

    def go_to(self, top: int) -> None:
        """Puts ``top`` at the upper edge."""
        self.reel.scroll_to(top)
        self.fill()

    def show_stretch(self, message_id: MessageId, start: int, end: int) -> None:
        """Scrolls so that a stretch of a message is in view.

        Args:
            message_id: Which one.
            start: Upper edge, from the message's top.
            end: Lower edge.
        """
        index = self.reel.place(message_id)
        if index >= 0:
            self.reel.bring_into_view(index, start, end)
            self.fill()

    def column(self) -> tuple[int, int]:
        """Left edge and width of the column of text in the present view."""
        width = self.width()  # a scroll bar that comes or goes must not move the text
        px = self._style.px
        gutter = self._style.gutter
        column = min(self._style.column, max(px(160), width - 2 * px(_MARGIN) - gutter))
        left = max((width - column) // 2, gutter + px(8))
        return left, min(column, width - left - px(8))

    def margin(self) -> QRect:
        """What is free at the right of the column, the scroll bar left out."""
        left, column = self.column()
        view = self.viewport().rect()
        return QRect(left + column, 0, max(0, view.width() - left - column), view.height())

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays the column out for another width; what is at the top stays there."""
        super().resizeEvent(event)
        self.reel.set_view(self.viewport().height())
        if event.size().width() != event.oldSize().width():
            left, column = self.column()
            for row in self.rows.values():
                row.set_column(left, column)
                row.resize(self.viewport().width(), row.lay_out())
            self.set_items(self.reel.outlines)
        else:
            self.fill()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The reader moved the bar."""
        if self._moving:
            return
        bar = self.verticalScrollBar()
        value = bar.value()
        if bar.isSliderDown() and bar.maximum() > 0:
            # Corrected heights must not move the handle under the mouse.
            value = round(value / bar.maximum() * self.reel.max_top)
        self.reel.scroll_to(value)
        self.fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scrolls."""
        page, step = round(self.reel.view * 0.9), self._style.px(_STEP)
        moves = {
            Qt.Key.Key_Up: -step,
            Qt.Key.Key_Down: step,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Space: page,
            Qt.Key.Key_Home: -self.reel.total,
            Qt.Key.Key_End: self.reel.total,
        }
        key = Qt.Key(event.key())
        if key not in moves or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        elif key == Qt.Key.Key_End:
            self.go_to_end()
        else:
            self.go_to(self.reel.top + moves[key])

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Tab goes through the messages; from the first and the last the window knows the way."""
        stops = self.tab_stops()
        target = place_of(QApplication.focusWidget(), stops) + (1 if next else -1)
        if not 0 <= target < len(stops):
            return super().focusNextPrevChild(next)
        reasons = Qt.FocusReason
        stops[target].setFocus(reasons.TabFocusReason if next else reasons.BacktabFocusReason)
        self.reveal(stops[target])
        return True

    def tab_stops(self) -> list[QWidget]:
        """The list, and what is in its rows from top to bottom, whenever they were made."""
        stops: list[QWidget] = [self]
        for each in sorted(self.rows, key=self.reel.place):
            stops += self.rows[each].focus_chain()
        return stops

    def reveal(self, stop: QWidget) -> None:
        """Scrolls to what Tab has reached."""
        for row in self.rows.values():
            if row is not stop and not row.isAncestorOf(stop):
                continue
            area = QRect(stop.mapTo(row, QPoint(0, 0)), stop.size())
            end = min(area.bottom(), area.top() + self.reel.view // 2)
            self.show_stretch(row.outline.id, area.top(), end)
            return

    # Rows

    def _realise_in_view(self) -> None:
        for _ in range(2 * self.viewport().height() // 40 + 8):
            missing = [
                index
                for index in self.reel.in_view()
                if self.reel.outlines[index].id not in self.rows
            ]
            made = False
            for index in reversed(missing) if self.reel.follow else missing:
                if self._realise(index):
                    made = True
                    break
            if not made:
                return

    def _realise(self, index: int) -> bool:
        outline = self.reel.outlines[index]
        row = self._make_row(outline, self.viewport())
        if row is None:
            return False
        self.rows[outline.id] = row
        row.height_changed.connect(self._row_changed)
        row.set_column(*self.column())
        row.resize(self.viewport().width(), 10)
        height = row.lay_out()
        row.resize(self.viewport().width(), height)
        self.reel.correct(index, height, fresh=True)
        # Placed before it is shown, so that it is never painted in a wrong place.
        row.move(0, self.reel.offset(index) - self.reel.top)
        row.show()
        self.row_made.emit(row)
        return True

    def _realise_nearby(self) -> None:
        """Makes one row just outside the view, then lets events through."""
        for index in self.reel.in_view(self.reel.view):
            if self.reel.outlines[index].id not in self.rows and self._realise(index):
                self._place()
                self._idle.start(_NEXT_MS)
                return

    def _release_far(self) -> None:
        keep = self.reel.in_view(round(self.reel.view * _KEEP_SCREENS))
        focused = QApplication.focusWidget()
        for each, row in list(self.rows.items()):
            if self.reel.place(each) in keep:
                continue
            if focused is not None and (row is focused or row.isAncestorOf(focused)):
                continue
            self._release(each)

    def _release(self, message_id: MessageId) -> None:
        row = self.rows.pop(message_id)
        row.hide()  # taking its parent away instead would style it once more, at some cost
        row.deleteLater()

    def _row_changed(self, message_id: MessageId) -> None:
        row = self.rows.get(message_id)
        if row is not None:
            self.measure(row)
            self.fill()

    def _ask(self) -> None:
        near = self.reel.in_view(self.reel.view)
        if len(near):
            first, last = max(0, near.start - _ASK_AROUND), near.stop + _ASK_AROUND
            outlines = self.reel.outlines[first:last]
            self._want(tuple(each.id for each in outlines))

    def _estimate(self) -> HeightEstimate:
        _, column = self.column()
        style = self._style
        width = min(style.reading_width, column)
        per_line = int(width / style.character_width)
        extra = (style.px(_ANSWER_EXTRA), style.px(_QUESTION_EXTRA))
        return HeightEstimate(per_line, style.line_height, *extra)

    # Geometry

    def _place(self) -> None:
        """Puts rows and bar where the reel says."""
        self._set_bar()
        moves: list[tuple[Row, int]] = []
        for each, row in self.rows.items():
            y = self.reel.offset(self.reel.place(each)) - self.reel.top
            if row.y() != y:
                moves.append((row, y))
        if not moves:
            return
        shift = moves[0][1] - moves[0][0].y()
        common = all(y - row.y() == shift for row, y in moves)
        if common and len(moves) == len(self.rows) and abs(shift) < self.viewport().height():
            # Moves what is painted already and repaints only what comes into view.
            self.viewport().scroll(0, shift)
            return
        for row, y in moves:
            row.move(0, y)

    def _set_bar(self) -> None:
        bar = self.verticalScrollBar()
        if bar.isSliderDown():
            return
        self._moving = True
        bar.setPageStep(self.reel.view)
        bar.setRange(0, self.reel.max_top)
        bar.setValue(self.reel.top)
        self._moving = False

    def _released(self) -> None:
        self._set_bar()
