"""A card of rows, each with words at the left and something to change at the right."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box

SEARCHED = "searched"
"""Property of a row: the words by which the search of the settings finds it."""
_WORDS = 200
"""Width in px of the design below which the words of a row stand above its controls."""


class _Controls(QWidget):
    """Several controls: beside each other, and in further lines where there is no room."""

    def __init__(self, theme: Theme, controls: tuple[QWidget, ...]) -> None:
        super().__init__()
        self._controls = controls
        self._gap = theme.px(12)
        flow = FlowLayout(self, self._gap)
        for control in controls:
            flow.addWidget(control)

    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = [c.sizeHint().expandedTo(c.minimumSize()) for c in self._controls if _wanted(c)]
        width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))


class SettingLine(QWidget):
    """Words at the left and controls at the right; below each other in a narrow window.

    Args:
        theme: The theme in force.
        words: What stands at the left.
        controls: What can be changed; None for words alone.
        parent: The owner.
    """

    def __init__(
        self, theme: Theme, words: QVBoxLayout, controls: QWidget | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._controls = controls
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.addLayout(words, 1)
        if controls is not None:
            self._line.addWidget(controls, alignment=Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def stacked(self) -> bool:
        """Whether the controls stand below the words."""
        return self._line.direction() is QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """As narrow as its widest part."""
        least = super().minimumSizeHint()
        if self._controls is None:
            return least
        sides = self._line.contentsMargins()
        width = self._controls.minimumSizeHint().expandedTo(self._controls.minimumSize()).width()
        return QSize(width + sides.left() + sides.right(), least.height())

    def event(self, event: QEvent) -> bool:
        """A control that grew may need the whole width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words and controls go where there is room for both."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self._controls is None:
            return
        sides = self._line.contentsMargins()
        room = self.width() - sides.left() - sides.right() - self._line.spacing()
        side_by_side = room - self._controls.sizeHint().width() >= self._theme.px(_WORDS)
        ways = QBoxLayout.Direction
        way = ways.LeftToRight if side_by_side else ways.TopToBottom
        if way is not self._line.direction():
            self._line.setDirection(way)
            flag = Qt.AlignmentFlag
            across = isinstance(self._controls, _Controls) and not side_by_side
            place = flag(0) if across else flag.AlignVCenter if side_by_side else flag.AlignLeft
            self._line.setAlignment(self._controls, place)

    def _restyle(self) -> None:
        px = self._theme.px
        self._line.setContentsMargins(px(18), px(14), px(18), px(14))
        self._line.setSpacing(px(12))


def _wanted(widget: QWidget) -> bool:
    return not widget.isHidden()


class RowCard(QWidget):
    """A card whose rows are parted by hairlines.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        theme.changed.connect(self.update)

    def add_row(self, title: str, description: str, *controls: QWidget) -> QWidget:
        """Adds a row with its words and controls, and returns it."""
        theme = self._theme
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(PlainLabel(theme, title, "interface_medium"))
        if description:
            words.addWidget(PlainLabel(theme, description, "small", "ink2", wrap=True))
        words.addStretch(1)
        held = _Controls(theme, controls) if len(controls) > 1 else next(iter(controls), None)
        row = SettingLine(theme, words, held, self)
        row.setProperty(SEARCHED, f"{title} {description}".casefold())
        self._add(row)
        return row

    def add_widget(self, widget: QWidget, words: str = "") -> QWidget:
        """Adds something that takes the whole width, found by ``words``; returns its row.

        The search passes over a row without words.
        """
        row = QWidget(self)
        row.setProperty(SEARCHED, words.casefold())
        line = QVBoxLayout(row)
        side, top = self._theme.px(18), self._theme.px(14)
        line.setContentsMargins(side, top, side, top)
        line.addWidget(widget)
        self._add(row)
        return row

    def searched_rows(self) -> list[QWidget]:
        """The rows that the search finds by their words."""
        return [row for row in self._rows if row.property(SEARCHED)]

    def _add(self, row: QWidget) -> None:
        self._rows.append(row)
        self._column.addWidget(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the card and the lines between the rows that are shown."""
        theme = self._theme
        painter = QPainter(self)
        box(painter, self.rect(), theme.px(10), theme.color("card"), theme.color("line"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(theme.color("line"))
        shown = [row for row in self._rows if not row.isHidden()]
        for row in shown[1:]:
            painter.drawLine(1, row.y(), self.width() - 2, row.y())
