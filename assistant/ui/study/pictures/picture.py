"""The frame that all pictures share: a point moved by keys and mouse, its words, and the table."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistant.ui.study.pictures.marks import Drawing, Mark
from assistant.ui.study.pictures.table import PictureTable
from assistant.ui.theme.theme import Theme

_KEYS = "Arrow keys move, T shows a table."
_NEAR, _DOT = 24, 4.5
_PAGE = 10
_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_SERIES: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Picture(QWidget):
    """Shows a drawing and lets its marks be reached.

    Args:
        theme: The theme in force.
        name: What it shows, for screen readers and its table.
        empty: What is said while there is nothing to draw.
        size: Width and height in px of the design that it would like.
    """

    activated = Signal(object)
    """The key of a mark: Enter or a click on it."""
    table_shown = Signal(bool)

    def __init__(self, theme: Theme, name: str, empty: str, size: tuple[int, int]) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._empty = empty
        self._size = size
        self._drawing: Drawing | None = None
        self._marks: Sequence[Sequence[Mark]] | None = None
        self._at: tuple[int, int] | None = None
        self._start = 0
        self._hovered: Mark | None = None
        self._table: PictureTable | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._restyle)
        self._say()

    def set_drawing(self, drawing: Drawing | None, start: int = 0) -> None:
        """Shows a drawing, or says that there is none.

        Args:
            drawing: What to show.
            start: The series in which the keys begin.
        """
        self._drawing, self._start = drawing, start
        self._marks, self._at, self._hovered = None, None, None
        if self._table is not None and drawing is not None:
            self._table.show_table(drawing.table())
        if drawing is None:
            self.show_table(shown=False)
        self._say()
        self.update()

    def set_empty(self, words: str) -> None:
        """Says this while there is nothing to draw."""
        self._empty = words
        self._say()
        self.update()

    def drawing(self) -> Drawing | None:
        """What is shown."""
        return self._drawing

    def marks(self) -> Sequence[Sequence[Mark]]:
        """The marks by series, where they lie now."""
        if self._drawing is None:
            return ()
        if self._marks is None:
            found = self._drawing.marks(QRectF(self.rect()), self._theme)
            self._marks = [series for series in found if series]
        return self._marks

    def current(self) -> Mark | None:
        """The mark that the keys have reached."""
        marks = self.marks()
        if self._at is None or self._at[0] >= len(marks):
            return None
        return marks[self._at[0]][self._at[1]]

    def table(self) -> PictureTable | None:
        """The table, once it was asked for."""
        return self._table

    def show_table(self, *, shown: bool) -> None:
        """Shows the values as a table, or the picture again."""
        if shown == (self._table is not None and self._table.isVisibleTo(self)):
            return
        if shown:
            if self._drawing is None:
                return
            if self._table is None:
                self._table = PictureTable(self._theme, self._name, self)
                self._table.left.connect(self._leave_table)
            self._table.show_table(self._drawing.table())
            self._table.setGeometry(self.rect())
            self._table.show()
            if self.hasFocus():
                self._table.setFocus()
        elif self._table is not None:
            self._table.hide()
        self.table_shown.emit(shown)
        self.update()

    def sizeHint(self) -> QSize:
        """As the design has it."""
        return QSize(self._theme.px(self._size[0]), self._theme.px(self._size[1]))

    def minimumSizeHint(self) -> QSize:
        """Narrower, and three quarters as high."""
        return QSize(
            self._theme.px(min(200, self._size[0])), self._theme.px(self._size[1]) * 3 // 4
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves the point, activates it, or shows the table."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self._pressed(
            event.key()
        ):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys begin at the end of the first line: that is what matters now."""
        super().focusInEvent(event)
        by_key = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        if by_key and self._at is None and self.marks():
            self._begin()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The point is hidden, and kept."""
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What is under the mouse says its words."""
        self._hover(self._near(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Activates what is under the mouse, if it leads anywhere."""
        mark = self._near(event.position())
        if (
            event.button() == Qt.MouseButton.LeftButton
            and mark is not None
            and mark.key is not None
        ):
            self.activated.emit(mark.key)
        super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse."""
        super().leaveEvent(event)
        self._hover(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything lies elsewhere."""
        super().resizeEvent(event)
        self._marks, self._hovered = None, None
        if self._table is not None:
            self._table.setGeometry(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the drawing, and the mark that is pointed at with its words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self._drawing is None:
            painter.setFont(self._theme.font("interface"))
            painter.setPen(self._theme.color("ink3"))
            room = area.adjusted(8, 0, -8, 0)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, int(flags), self._empty)
            return
        painter.save()
        self._drawing.paint(painter, area, self._theme)
        painter.restore()
        mark = self._hovered or (self.current() if self.hasFocus() else None)
        if mark is not None:
            self._paint_pointed(painter, mark)

    def _pressed(self, key: int) -> bool:
        if key == Qt.Key.Key_T:
            self.show_table(shown=self._drawing is not None)
            return True
        if not self.marks():
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            mark = self.current()
            if mark is not None and mark.key is not None:
                self.activated.emit(mark.key)
            return True
        return self._moved(key)

    def _moved(self, key: int) -> bool:
        marks = self.marks()
        known = {*_STEPS, *_SERIES, Qt.Key.Key_Home, Qt.Key.Key_End}
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key not in known and key not in pages:
            return False
        if self._at is None:
            self._begin()
            return True
        series, at = self._at
        if key in _SERIES:
            series, at = self._beside(series, at, _SERIES[key])
        last = len(marks[series]) - 1
        if key in pages:
            at += pages[Qt.Key(key)] * max(1, len(marks[series]) // _PAGE)
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        at = ends.get(Qt.Key(key), at + _STEPS.get(key, 0))
        self._go(series, min(last, max(0, at)))
        return True

    def _beside(self, series: int, at: int, step: int) -> tuple[int, int]:
        """The mark of the next series that lies nearest from left to right."""
        marks = self.marks()
        other = min(len(marks) - 1, max(0, series + step))
        if other == series:
            return series, at
        x = marks[series][at].place.x()
        nearest = min(
            range(len(marks[other])), key=lambda one: abs(marks[other][one].place.x() - x)
        )
        return other, nearest

    def _begin(self) -> None:
        series = min(self._start, len(self.marks()) - 1)
        self._go(series, len(self.marks()[series]) - 1)

    def _go(self, series: int, at: int) -> None:
        self._at = (series, at)
        self._hovered = None
        self._say()
        mark = self.current()
        if mark is not None and QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self, mark.words)
            QAccessible.updateAccessibility(event)
        self.update()

    def _say(self) -> None:
        said = self._empty if self._drawing is None else self._drawing.summary()
        self.setAccessibleName(f"{self._name}. {said}")
        mark = self.current()
        words = f"{mark.words}. " if mark is not None else ""
        self.setAccessibleDescription("" if self._drawing is None else words + _KEYS)

    def _near(self, place: QPointF) -> Mark | None:
        """What lies under a place, or near it where marks are points."""
        best: Mark | None = None
        nearest = float(self._theme.px(_NEAR))
        for series in self.marks():
            for mark in series:
                if mark.area is not None:
                    if mark.area.contains(place):
                        return mark
                    continue
                way = mark.place - place
                distance = abs(way.x()) + abs(way.y()) / 2
                if distance < nearest:
                    best, nearest = mark, distance
        return best

    def _hover(self, mark: Mark | None) -> None:
        if mark is self._hovered:
            return
        self._hovered = mark
        leads = mark is not None and mark.key is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
        self.update()

    def _paint_pointed(self, painter: QPainter, mark: Mark) -> None:
        theme = self._theme
        painter.setPen(QPen(theme.color("lampline"), 2))
        if mark.area is None:
            painter.setBrush(theme.color("card"))
            painter.drawEllipse(mark.place, theme.px(_DOT), theme.px(_DOT))
            reach = theme.px(_DOT) + theme.px(4)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(mark.area.adjusted(-2, -2, 2, 2), theme.px(5), theme.px(5))
            reach = mark.area.height() / 2 + theme.px(6)
        paint_callout(painter, theme, QRectF(self.rect()), mark, reach)

    def _leave_table(self) -> None:
        self.show_table(shown=False)
        self.setFocus()

    def _restyle(self) -> None:
        self._marks, self._hovered = None, None
        self.updateGeometry()
        self.update()


def paint_callout(
    painter: QPainter, theme: Theme, area: QRectF, mark: Mark, reach: float
) -> QRectF:
    """The words of a mark above it, or below where there is no room; always inside ``area``.

    Returns:
        Where they stand.
    """
    font = theme.font("small", tabular=True)
    metrics = QFontMetricsF(font)
    across, down = theme.px(8), theme.px(4)
    most = int(area.width() - 2 * across)
    flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
    text = metrics.boundingRect(QRectF(0, 0, max(1, most), 10_000), flags, mark.words)
    width, height = text.width() + 2 * across + 1, text.height() + 2 * down
    left = min(area.right() - width, max(area.left(), mark.place.x() - width / 2))
    top = mark.place.y() - reach - height
    if top < area.top():
        top = min(area.bottom() - height, mark.place.y() + reach)
    frame = QRectF(round(left), round(top), round(width), round(height))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("ink"))
    painter.drawRoundedRect(frame, theme.px(4), theme.px(4))
    painter.setFont(font)
    painter.setPen(theme.color("page"))
    painter.drawText(frame, flags, mark.words)
    return frame
