"""The week as it is looked at and worked: by mouse, by keys, and by a table."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from html import escape
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from assistant.ui.clock import clock_words
from assistant.ui.plan.week.blocks import paint_block
from assistant.ui.plan.week.dragging import STEP, Drag, Grip, ghost_of, grip_at
from assistant.ui.plan.week.layout import (
    EARLIEST,
    HOUR,
    Grid,
    Placed,
    hour_for,
    hours_of,
    placed_in,
)
from assistant.ui.plan.week.painting import GUTTER, paint_energy, paint_grid, paint_now
from assistant.ui.plan.week.shown import ENERGY, is_hidden
from assistant.ui.plan.week.values import Shown, Week
from assistant.ui.study.pictures.marks import Table
from assistant.ui.study.pictures.table import PictureTable
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import focus_shape_changed

_HOUR, _BEGUN_STEP = 36, 30
_GAP, _EDGE = 3, 6
_MINUTE_MS = 30_000
_LONGEST_TIP = 500
_HEADS = ("Day", "From", "To", "What", "Kind")
_KEYS = (
    "Arrow keys go from block to block, with Alt they move it, with Alt and Shift they make it "
    "longer or shorter. Enter says why, P pins, Space ends, T shows a table."
)
_MOVES = {
    Qt.Key.Key_Up: timedelta(minutes=-STEP),
    Qt.Key.Key_Down: timedelta(minutes=STEP),
    Qt.Key.Key_Left: timedelta(days=-1),
    Qt.Key.Key_Right: timedelta(days=1),
}


class WeekCanvas(QWidget):
    """Days as columns with their blocks.

    Args:
        theme: The theme in force.
        now: Tells the present moment in the user's zone.
    """

    selected = Signal(object)
    """The ``Shown`` block that is selected; None for none."""
    why_wanted = Signal(object)
    """A block of the plan: why is it there?"""
    moved = Signal(object, object)
    """A block and the moment at which it shall begin."""
    resized = Signal(object, object, object)
    """A block and the moments at which it shall begin and end."""
    begun = Signal(object)
    """A task shall be begun at this moment: an empty stretch was clicked."""
    pin_wanted = Signal(object)
    done_wanted = Signal(object)
    fitted = Signal(int)
    """Its width, in px, for what stands above its columns."""
    reached = Signal(object)
    """The area of the block that the keys went to, to be brought into view."""

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme = theme
        self._now = now
        self._week: Week | None = None
        self._curve: Sequence[Sequence[float]] = ()
        self._hidden: frozenset[str] = frozenset()
        self._placed: list[Placed] | None = None
        self._proposed: tuple[Shown, ...] = ()
        self._chosen: tuple[object, ...] | None = None
        self._drag: Drag | None = None
        self._empty: QPointF | None = None
        """Where an empty stretch was pressed while nothing was selected."""
        self._by_keys = False
        """Whether it has been worked by keys since it got the focus."""
        self.is_told = False
        """Whether something beside it tells of the selected block: Esc is for that first."""
        self._table: PictureTable | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("The week")
        self.setAccessibleDescription(_KEYS)
        self._tick = QTimer(self)
        self._tick.setInterval(_MINUTE_MS)
        self._tick.timeout.connect(self.update)
        theme.changed.connect(self._restyle)

    # What is shown

    def show_week(self, week: Week, curve: Sequence[Sequence[float]] = ()) -> None:
        """Shows these days; the selected block stays selected where it is still there."""
        self._week = week
        self._curve = curve or self._curve
        self._placed = None
        self.setAccessibleName("The day" if week.days == 1 else "The week")
        if self.current() is None:
            self._chosen = None
        if self._table is not None:
            self._table.show_table(self.table_of(week))
        self.updateGeometry()
        self.setMinimumHeight(self.minimumSizeHint().height())
        self.update()

    def show_energy(self, curve: Sequence[Sequence[float]]) -> None:
        """Draws how much energy there is behind the blocks: by weekday and hour, 0 to 1."""
        self._curve = curve
        self.update()

    def hide_kinds(self, kinds: frozenset[str]) -> None:
        """Leaves out what these keys of ``shown`` name."""
        self._hidden = kinds
        self._placed = None
        current = self.current()
        if current is not None and is_hidden(current, kinds):
            self.select(None)
        self.update()

    def show_proposed(self, blocks: tuple[Shown, ...]) -> None:
        """Shows where the line that is being written would get its place; none takes it away."""
        if blocks == self._proposed:
            return
        self._proposed = blocks
        self.update()
        areas = [one.area for one in self.proposed()]
        if areas:
            first = blocks[0]
            self._say(f"Would go to {_when(first.start, first.end)}")
            self.reached.emit(areas[0].toRect())

    def proposed(self) -> list[Placed]:
        """The blocks of the line where they would lie, of these days."""
        grid = self.grid()
        if self._week is None or grid is None or not self._proposed:
            return []
        week = replace(self._week, blocks=self._proposed)
        return placed_in(week, grid, self._theme.px(_GAP))

    def grid(self) -> Grid | None:
        """The measures as of now."""
        if self._week is None:
            return None
        begin, end = hours_of(self._week)
        gutter = self._theme.px(GUTTER)
        area = QRectF(self.rect()).adjusted(gutter, 1, -1, -1)
        return Grid(area, self._week.first, self._week.days, begin, end)

    def morning(self) -> int:
        """Where the days begin for most, in px from the top: nights are above it."""
        grid = self.grid()
        return 0 if grid is None else max(0, round(grid.y(EARLIEST * HOUR)))

    def placed(self) -> list[Placed]:
        """The blocks where they lie."""
        grid = self.grid()
        if self._week is None or grid is None:
            return []
        if self._placed is None:
            seen = tuple(one for one in self._week.blocks if not is_hidden(one, self._hidden))
            week = replace(self._week, blocks=seen)
            self._placed = placed_in(week, grid, self._theme.px(_GAP))
        return self._placed

    def current(self) -> Shown | None:
        """The selected block."""
        if self._week is None or self._chosen is None:
            return None
        return next((one for one in self._week.blocks if one.key == self._chosen), None)

    def select(self, shown: Shown | None) -> None:
        """Selects a block, or none."""
        self._chosen = None if shown is None else shown.key
        self.update()
        focus_shape_changed(self)
        self.selected.emit(shown)
        if shown is not None:
            self.setAccessibleDescription(f"{shown.words}. {_KEYS}")
            self._say(shown.words)
            area = next((one.area for one in self.placed() if one.shown == shown), None)
            if area is not None:
                self.reached.emit(area.toRect())

    def _say(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    @staticmethod
    def table_of(week: Week) -> Table:
        """The blocks as rows of words."""
        rows = [
            (
                f"{one.start:%A} {one.start.day} {one.start:%B}",
                clock_words(one.start),
                clock_words(one.end),
                one.title,
                ", ".join(filter(None, ("done" if one.done else one.kind.value, one.late))),
            )
            for one in week.blocks
        ]
        return Table(_HEADS, tuple(rows))

    def show_table(self, *, shown: bool) -> None:
        """Shows the blocks as a table, or the picture again."""
        if shown and self._week is not None:
            if self._table is None:
                self._table = PictureTable(self._theme, "The week", self)
                self._table.left.connect(self._leave_table)
            self._table.show_table(self.table_of(self._week))
            self._table.setGeometry(self.rect())
            self._table.show()
            self._table.setFocus()
        elif self._table is not None:
            self._table.hide()
            self.setFocus()

    def table(self) -> PictureTable | None:
        """The table, once it was asked for."""
        return self._table

    def _leave_table(self) -> None:
        self.show_table(shown=False)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ``_KEYS``; with Alt the arrows move the block itself."""
        key, current = Qt.Key(event.key()), self.current()
        self._work_by_keys(by_keys=True)
        if key == Qt.Key.Key_Escape and self._drag is not None:
            self._give_up(self._drag)
            return
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in _MOVES:
            longer = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if current is not None and current.movable(self._now()):
                self._carry(current, _MOVES[key], longer=longer)
        elif key in _MOVES:
            self._step(key)
        elif key == Qt.Key.Key_T:
            self.show_table(shown=True)
        elif current is None or not self._act(key, current):
            super().keyPressEvent(event)

    def _carry(self, current: Shown, by: timedelta, *, longer: bool) -> None:
        """Moves the selected block, or its end, and says where to."""
        start, end = current.start, current.end + by
        if longer:
            long_enough = end - start >= timedelta(minutes=STEP) and end > self._now()
            if abs(by) < timedelta(days=1) and long_enough:
                self._say(_when(start, end))
                self.resized.emit(current, start, end)
            return
        self._say(_when(start + by, end))
        self.moved.emit(current, start + by)

    def _act(self, key: Qt.Key, current: Shown) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.why_wanted.emit(current)
        elif key == Qt.Key.Key_P and current.block is not None:
            self.pin_wanted.emit(current)
        elif key == Qt.Key.Key_Space and current.task is not None:
            self.done_wanted.emit(current)
        elif key == Qt.Key.Key_Escape and not self.is_told:
            self.select(None)
        else:
            return False
        return True

    def _step(self, key: Qt.Key) -> None:
        """To the next block of the day, or to the nearest of another day."""
        placed = self.placed()
        if not placed:
            return
        at = next((one for one in placed if one.shown.key == self._chosen), None)
        if at is None:
            self.select(placed[0].shown)
            return
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = -1 if key == Qt.Key.Key_Up else 1
            number = placed.index(at) + step
            if 0 <= number < len(placed):
                self.select(placed[number].shown)
            return
        right = key == Qt.Key.Key_Right
        others = [one for one in placed if (one.day > at.day if right else one.day < at.day)]
        if others:
            day = min(one.day for one in others) if right else max(one.day for one in others)
            near = (one for one in others if one.day == day)
            self.select(min(near, key=lambda one: abs(one.area.top() - at.area.top())).shown)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys begin at the next block to come."""
        super().focusInEvent(event)
        by_keys = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        self._work_by_keys(by_keys=by_keys)
        if by_keys and self.current() is None and self._week is not None:
            placed, now = self.placed(), self._now()
            coming = next((one for one in placed if one.shown.end > now), None)
            if coming is not None:
                self.select(coming.shown)

    def _work_by_keys(self, *, by_keys: bool) -> None:
        if by_keys != self._by_keys:
            self._by_keys = by_keys
            focus_shape_changed(self)

    # Mouse

    def event(self, event: QEvent) -> bool:
        """Tells all of a block that is pointed at: it may have had room for a part alone."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            under = self._under(QPointF(event.pos()))
            if under is None or self._drag is not None:
                QToolTip.hideText()
            else:
                title, *facts = (escape(one[:_LONGEST_TIP]) for one in under.shown.facts)
                words = "<br>".join((f"<b>{title}</b>", *facts))
                QToolTip.showText(event.globalPos(), words, self, under.area.toRect())
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Selects; a block of the plan can then be drawn elsewhere, and made longer or shorter."""
        point = event.position()
        under = self._under(point)
        left = event.button() == Qt.MouseButton.LeftButton
        self._empty = point if left and under is None and self.current() is None else None
        self.select(None if under is None else under.shown)
        if left and under is not None and under.shown.movable(self._now()):
            self._drag = Drag(under, point, self._grip(under, point))

    def _under(self, point: QPointF) -> Placed | None:
        return next((one for one in reversed(self.placed()) if one.area.contains(point)), None)

    def _grip(self, placed: Placed, point: QPointF) -> Grip:
        return grip_at(placed, point, self._now(), self._theme.px(_EDGE))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draws the block along, or its edge."""
        drag, grid, point = self._drag, self.grid(), event.position()
        if drag is None:
            self._show_grip(point)
        if drag is None or grid is None or drag.given_up:
            return
        distance = (point - drag.pressed).manhattanLength()
        if not drag.moved and distance < QApplication.startDragDistance():
            return
        drag.moved = True
        drag.follow(point, grid, self._now())
        whole = drag.grip is Grip.WHOLE
        self.setCursor(Qt.CursorShape.ClosedHandCursor if whole else Qt.CursorShape.SizeVerCursor)
        self.update()

    def _show_grip(self, point: QPointF) -> None:
        """The pointer says where a block can be made longer or shorter."""
        under = self._under(point)
        movable = under is not None and under.shown.movable(self._now())
        if under is not None and movable and self._grip(under, point) is not Grip.WHOLE:
            self.setCursor(Qt.CursorShape.SizeVerCursor)
        else:
            self.unsetCursor()

    def _give_up(self, drag: Drag) -> None:
        """The block stays as it was, whatever the button does."""
        drag.given_up = True
        self.unsetCursor()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets the block go; a click asks why it is there."""
        drag, self._drag = self._drag, None
        self._show_grip(event.position())
        self.update()
        if drag is not None and (drag.given_up or drag.moved):
            self._let_go(drag)
            return
        current, empty, grid = self.current(), self._empty, self.grid()
        self._empty = None
        if current is not None and event.button() == Qt.MouseButton.LeftButton:
            self.why_wanted.emit(current)
        elif empty is not None and grid is not None and empty.x() >= grid.area.left():
            at = grid.moment(empty - QPointF(0, grid.hour / 4), self._now(), _BEGUN_STEP)
            if at > self._now():
                self.begun.emit(at)

    def _let_go(self, drag: Drag) -> None:
        shown, ghost = drag.placed.shown, drag.ghost
        if ghost is None or ghost == (shown.start, shown.end):
            return
        if drag.grip is Grip.WHOLE:
            self.moved.emit(shown, ghost[0])
        else:
            self.resized.emit(shown, *ghost)

    # Drawing

    def focus_shape(self) -> tuple[QRect, int]:
        """The selected block; while none is, all of it for the keys, and nothing without them."""
        area = next((one.area for one in self.placed() if one.shown.key == self._chosen), None)
        if area is not None:
            return area.toRect(), self._theme.px(7)
        whole = self.rect().adjusted(4, 4, -4, -4) if self._by_keys else QRect()
        return whole, self._theme.px(7)

    def minimumSizeHint(self) -> QSize:
        """Some px an hour, more where short blocks follow each other."""
        begin, end = hours_of(self._week) if self._week is not None else (8, 20)
        hour = self._theme.px(_HOUR)
        if self._week is not None:
            hour = max(hour, ceil(hour_for(self._week)))
        return QSize(self._theme.px(300), (end - begin) * hour)

    def sizeHint(self) -> QSize:
        """As much as there is."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Blocks lie elsewhere."""
        super().resizeEvent(event)
        self._placed = None
        self.fitted.emit(self.width())
        if self._table is not None:
            self._table.setGeometry(self.rect())

    def showEvent(self, event: object) -> None:
        """The present moment goes on while it is looked at."""
        super().showEvent(event)  # pyright: ignore[reportArgumentType] - a QShowEvent
        self._tick.start()

    def hideEvent(self, event: object) -> None:
        """And stands still otherwise."""
        super().hideEvent(event)  # pyright: ignore[reportArgumentType] - a QHideEvent
        self._tick.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws everything."""
        grid = self.grid()
        if self._week is None or grid is None:
            return
        theme, drag, now = self._theme, self._drag, self._now()
        painter = QPainter(self)
        paint_grid(painter, theme, grid, now)
        if self._curve and ENERGY not in self._hidden:
            paint_energy(painter, theme, grid, self._curve)
        ghost = drag.ghost if drag is not None else None
        for one in self.placed():
            if drag is None or ghost is None or not drag.hides(one):
                chosen = one.shown.key == self._chosen
                paint_block(painter, theme, one, selected=chosen)
        for one in self.proposed():
            paint_block(painter, theme, one, selected=False)
        paint_now(painter, theme, grid, now)
        if drag is not None and ghost is not None:
            there = ghost_of(drag, ghost, grid, theme.px(_GAP))
            paint_block(painter, theme, there, selected=True, lifted=True)

    def _restyle(self) -> None:
        self._placed = None
        self.setMinimumHeight(self.minimumSizeHint().height())
        self.update()


def _when(start: datetime, end: datetime) -> str:
    return f"{start:%A} {clock_words(start)} to {clock_words(end)}"
