"""Why a block stands where it does, and what can be done with it."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.schedule import Because, Reason
from assistant.ui.clock import clock_face
from assistant.ui.plan.week.foresight import Foresight
from assistant.ui.plan.week.values import Shown
from assistant.ui.plan.words import due_words, length_words, moment_words, stretch_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.card import Divider
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.scroll import ScrollArea

WIDTH: Final = 276
_ICONS: Final = {
    Because.DEADLINE: "flag",
    Because.LATE: "triangle-alert",
    Because.EARLY: "triangle-alert",
    Because.OVERLAPS: "triangle-alert",
    Because.ORDER: "arrow-right-to-line",
    Because.REPEATS: "repeat",
    Because.NOT_BEFORE: "clock",
    Because.CALENDAR: "calendar",
    Because.HOURS: "clock",
    Because.ENERGY: "activity",
    Because.PRIORITY: "signal",
    Because.PLACE: "map-pin",
    Because.PREFERRED: "star",
    Because.PINNED: "pin",
    Because.SPREAD: "calendar-range",
    Because.TOGETHER: "layers",
    Because.STABLE: "history",
    Because.SOONEST: "step-forward",
    Because.FIRST: "step-forward",
    Because.OTHERS: "layers",
    Because.FREE: "clock",
}


class WhyPanel(QWidget):
    """The panel at the right of the week.

    Args:
        theme: The theme in force.
        parent: The page beside whose body it lies.
    """

    closed = Signal()
    start_wanted = Signal(object)
    """Time shall be tracked on the block's task."""
    pin_wanted = Signal(object)
    done_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: Shown | None = None
        self.setAccessibleName("Why is this here?")
        close = IconButton(theme, "x", "Close why is this here")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        self._name = PlainLabel(theme, "Why is this here?", "card_title")
        head.addWidget(self._name, 1)
        head.addWidget(close)
        self._title = PlainLabel(theme, "", "card_title", wrap=True)
        self._when = PlainLabel(theme, "", "interface", "ink2", wrap=True)
        content = QWidget()
        self._words = QVBoxLayout(content)
        self._words.setContentsMargins(0, 0, theme.px(8), 0)
        self._words.addWidget(self._title)
        self._words.addWidget(self._when)
        self._reasons = QVBoxLayout()
        self._words.addLayout(self._reasons)
        self.foresight = Foresight(theme)
        self._words.addWidget(self.foresight)
        self._words.addStretch(1)
        area = ScrollArea(content)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.start = Button(theme, "Start", icon="play")
        self.pin = Button(theme, "Pin", icon="pin")
        self.done = Button(theme, "Done", icon="check")
        self._buttons = QHBoxLayout()
        for button in (self.start, self.pin, self.done):
            self._buttons.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(area, 1)
        self._column.addLayout(self._buttons)
        self.start.clicked.connect(self._tell_start)
        self.pin.clicked.connect(self._tell_pin)
        self.done.clicked.connect(self._tell_done)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @property
    def shown(self) -> Shown | None:
        """The block that it tells of."""
        return self._shown

    def show_block(self, shown: Shown, today: date) -> None:
        """Tells of a block."""
        if self._shown is None or self._shown.key != shown.key:
            self.foresight.clear()
        self._shown = shown
        self._title.setText(shown.title)
        facts = [stretch_words(shown.start, shown.end, today)]
        task = shown.task
        if task is not None and task.due is not None:
            facts.append(f"due {due_words(task.due, today)}")
        if shown.late:
            facts.append(shown.late)
        if task is not None and task.estimate_min is not None:
            facts.append(f"you said {length_words(task.estimate_min)}")
        if shown.place:
            facts.append(shown.place)
        if shown.calendar:
            facts.append(f"from {shown.calendar}")
        self._when.setText(" · ".join(facts))
        self.show_reasons(shown.block.reasons if shown.block is not None else (), today)
        planned = shown.block is not None
        # An appointment is where it is by its own time, which letting go would not change.
        has_time = task is not None and task.fixed_start is not None
        self.pin.setVisible(planned and not has_time)
        self.pin.setText("Unpin" if shown.pinned else "Pin")
        self.pin.set_icon_name("pin-off" if shown.pinned else "pin")
        self.start.setVisible(task is not None and task.is_open)
        self.done.setVisible(task is not None and task.is_open)
        if not planned:
            fixed = "It takes place then." if task is not None else "It stands in your calendar."
            self._add_reason("calendar", fixed, "")

    def show_reasons(self, reasons: Sequence[Reason], today: date) -> None:
        """Tells why; each with where the block would be without that."""
        while (item := self._reasons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        face = clock_face()
        for reason in reasons:
            without = (
                "Without it: not planned"
                if reason.otherwise is None
                else f"Without it: {moment_words(reason.otherwise, today)}"
            )
            # What merely was the first room free, or stood there before, has no other place.
            hidden = reason.because.is_plain and reason.otherwise is None
            said = "" if hidden else without
            self._add_reason(_ICONS[reason.because], face.told(reason.text), said)

    def reasons(self) -> list[str]:
        """What is said, as words."""
        found: list[str] = []
        for at in range(self._reasons.count()):
            item = self._reasons.itemAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None and widget.accessibleName():
                found.append(widget.accessibleName())
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground and the line to the week."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("page"))
        painter.fillRect(0, 0, 1, self.height(), self._theme.color("line"))

    def _add_reason(self, icon: str, words: str, without: str) -> None:
        theme, px = self._theme, self._theme.px
        if self._reasons.count() == 0:
            self._reasons.addWidget(Divider(theme))
        row = QWidget()
        row.setAccessibleName(f"{words} {without}".strip())
        line = QHBoxLayout(row)
        line.setContentsMargins(0, px(4), 0, px(4))
        line.setSpacing(px(9))
        line.addWidget(IconLabel(theme, icon, 16, "ink2"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(2))
        column.addWidget(PlainLabel(theme, words, "interface", wrap=True))
        if without:
            column.addWidget(PlainLabel(theme, without, "small", "ink2", wrap=True))
        line.addLayout(column, 1)
        self._reasons.addWidget(row)

    def _tell_start(self) -> None:
        self.start_wanted.emit(self._shown)

    def _tell_pin(self) -> None:
        self.pin_wanted.emit(self._shown)

    def _tell_done(self) -> None:
        self.done_wanted.emit(self._shown)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(18), px(10), px(12), px(14))
        self._column.setSpacing(px(10))
        self._words.setSpacing(px(6))
        self._buttons.setSpacing(px(6))
        self.update()
