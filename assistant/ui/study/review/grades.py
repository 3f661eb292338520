"""The four answers to a card, each with the time until it is asked again."""

from collections.abc import Mapping
from datetime import timedelta

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from assistant.domain.study import Recall
from assistant.ui.study.review.queue import NAMES
from assistant.ui.study.review.words import span_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import draw_key_cap
from assistant.ui.widgets.painting import box

_HEIGHT, _KEY = 56, 18


class GradeButton(QPushButton):
    """One answer: its name, its key, and when the card would come back.

    Args:
        theme: The theme in force.
        recall: Which answer.
    """

    given = Signal(object)
    """Its ``Recall``."""

    def __init__(self, theme: Theme, recall: Recall) -> None:
        super().__init__(NAMES[recall])
        self._theme = theme
        self.recall = recall
        self._when = ""
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._give)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def when(self) -> str:
        """When the card would come back, in words."""
        return self._when

    def show_time(self, span: timedelta | None) -> None:
        """Says when the card would come back."""
        self._when = span_words(span) if span is not None else ""
        name = NAMES[self.recall]
        self.setAccessibleName(f"{name}, again in {self._when}" if self._when else name)
        self.setToolTip(f"Key {int(self.recall)}")
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(self._theme.px(110), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Still two lines."""
        return QSize(self._theme.px(72), self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the name over the time, and the key."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        enabled = self.isEnabled()
        ground = "press" if self.isDown() else "well" if self.underMouse() and enabled else "card"
        box(painter, self.rect(), px(7), theme.color(ground), theme.color("line2"))
        middle = self.height() // 2
        left = self.rect().adjusted(px(14), 0, -px(8), 0)
        name = QRect(left.left(), middle - px(20), left.width(), px(20))
        when = QRect(left.left(), middle, left.width(), px(18))
        painter.setPen(theme.color(_COLOURS[self.recall] if enabled else "disabled"))
        painter.setFont(theme.font("interface_semibold"))
        painter.drawText(name, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.setPen(theme.color("ink2" if enabled else "disabled"))
        painter.setFont(theme.font("small", tabular=True))
        painter.drawText(when, int(Qt.AlignmentFlag.AlignVCenter), self._when)
        key = QRect(self.width() - px(12 + _KEY), middle - px(18), px(_KEY), px(_KEY))
        draw_key_cap(painter, theme, key, str(int(self.recall)))

    def _give(self) -> None:
        self.given.emit(self.recall)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


_COLOURS = {
    Recall.AGAIN: "bad",
    Recall.HARD: "caution",
    Recall.GOOD: "good",
    Recall.EASY: "slate.text",
}


class Grades(QWidget):
    """All four, side by side.

    Args:
        theme: The theme in force.
    """

    given = Signal(object)
    """A ``Recall``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.buttons = tuple(GradeButton(theme, recall) for recall in Recall)
        for button in self.buttons:
            button.given.connect(self.given)
            row.addWidget(button)

    def show_times(self, times: Mapping[Recall, timedelta]) -> None:
        """Says when the card would come back, for each answer."""
        for button in self.buttons:
            button.show_time(times.get(button.recall))

    def focus_good(self) -> None:
        """To the answer that most cards get."""
        self.buttons[int(Recall.GOOD) - 1].setFocus(Qt.FocusReason.OtherFocusReason)
