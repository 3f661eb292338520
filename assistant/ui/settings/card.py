"""A card of rows, each with words at the left and something to change at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box


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
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(theme.px(18), theme.px(14), theme.px(18), theme.px(14))
        line.setSpacing(theme.px(12))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(PlainLabel(theme, title, "interface_medium"))
        if description:
            words.addWidget(PlainLabel(theme, description, "small", "ink2", wrap=True))
        words.addStretch(1)
        line.addLayout(words, 1)
        for control in controls:
            line.addWidget(control, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._add(row)
        return row

    def add_widget(self, widget: QWidget) -> QWidget:
        """Adds something that takes the whole width, and returns its row."""
        row = QWidget(self)
        line = QVBoxLayout(row)
        side, top = self._theme.px(18), self._theme.px(14)
        line.setContentsMargins(side, top, side, top)
        line.addWidget(widget)
        self._add(row)
        return row

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
