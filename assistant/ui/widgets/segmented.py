"""A few choices side by side, of which one holds."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box


class _Segment(QPushButton):
    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self.restyle)
        self.restyle()

    def sizeHint(self) -> QSize:
        """As wide as its word; as high as a small button."""
        px = self._theme.px
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2 * px(13), px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focus_shape(self) -> tuple[QRect, int]:
        return self.rect().adjusted(0, 1, 0, -1), self._theme.px(6)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        area = self.rect().adjusted(0, 1, 0, -1)
        if self.isChecked():
            box(painter, area, theme.px(6), theme.color("card"), theme.color("line2"))
        elif self.underMouse() and self.isEnabled():
            box(painter, area, theme.px(6), theme.color("press"))
        enabled = self.isEnabled()
        colour = "disabled" if not enabled else "ink" if self.isChecked() else "ink2"
        painter.setPen(theme.color(colour))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())

    def restyle(self) -> None:
        self.setFont(self._theme.font("interface_medium" if self.isChecked() else "interface"))
        self.updateGeometry()
        self.update()


class Segmented(QWidget):
    """Choices in one box: Tab reaches the one that holds, the arrows move.

    Args:
        theme: The theme in force.
        name: What is chosen, for screen readers.
        choices: The words, in order.
        parent: The owner.
    """

    chosen = Signal(int)

    def __init__(
        self, theme: Theme, name: str, choices: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._segments = [_Segment(theme, choice) for choice in choices]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(0)
        for index, segment in enumerate(self._segments):
            segment.setAccessibleName(f"{name}: {segment.text()}")
            self._group.addButton(segment, index)
            layout.addWidget(segment)
        self._group.idClicked.connect(self.chosen)
        self.set_current(0)
        theme.changed.connect(self._restyle)

    def current(self) -> int:
        """Index of the choice that holds."""
        return self._group.checkedId()

    def set_current(self, index: int) -> None:
        """Makes another choice hold, without a signal."""
        self._segments[index].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows choose."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        index = self.current() + step
        if 0 <= index < len(self._segments):
            self._segments[index].setFocus(Qt.FocusReason.TabFocusReason)
            self._segments[index].click()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the box around the choices."""
        theme = self._theme
        painter = QPainter(self)
        box(painter, self.rect(), theme.px(8), theme.color("well"), theme.color("line"))

    def _restyle(self) -> None:
        for segment in self._segments:
            segment.restyle()
        self.update()
