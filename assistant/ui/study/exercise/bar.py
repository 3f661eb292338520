"""The bar above an exercise: leave, what is practised, how far, how hard, its lesson, skip."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.painting import box

_HEIGHT, _SEGMENT, _THICK, _GAP, _ROOMY = 52, 26, 4, 4, 900


class Segments(QWidget):
    """One short bar an exercise: done, this one, to come."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._at = 0
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_place(self, at: int, count: int) -> None:
        """``at`` counts from 0; the bars before it are done."""
        self._at, self._count = at, count
        self.setAccessibleName(f"{min(at + 1, count)} of {count}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all bars."""
        px = self._theme.px
        width = self._count * px(_SEGMENT) + max(0, self._count - 1) * px(_GAP)
        return QSize(width, px(_THICK))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the bars."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        for place in range(self._count):
            left = place * (px(_SEGMENT) + px(_GAP))
            area = QRect(left, 0, px(_SEGMENT), px(_THICK))
            token = "ink2" if place < self._at else "lamp" if place == self._at else "line2"
            box(painter, area, px(_THICK) / 2, theme.color(token))


class ExerciseBar(QWidget):
    """The bar. It asks; it changes nothing itself.

    Args:
        theme: The theme in force.
    """

    leave_wanted = Signal()
    skip_wanted = Signal()
    lesson_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.close_button = IconButton(theme, "x", "Leave practice")
        self.close_button.set_name("Leave practice", "Esc")
        self._title = ElidedLabel(theme, "", "card_title")
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._place = PlainLabel(theme, "", "interface", "ink2")
        self._segments = Segments(theme)
        self._gauge = IconLabel(theme, "gauge", 16, "ink2")
        self._hard = PlainLabel(theme, "", "small", "ink2")
        self.skip = Button(theme, "Skip", "ghost", small=True)
        self.skip.setToolTip("Lays this exercise aside and gives another")
        self.another = Button(theme, "", "ghost", small=True)
        self.lesson = Button(theme, "Lesson", "ghost", icon="book-open", small=True)
        self.lesson.setToolTip("Opens its lesson; what you wrote here stays")
        self.lesson.setAccessibleName("Read the lesson")
        self._practice = True
        row = QHBoxLayout(self)
        self._row = row
        for widget in (self.close_button, self._title, self._place, self._segments):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        for widget in (self._gauge, self._hard, self.another, self.lesson, self.skip):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.close_button.clicked.connect(self.leave_wanted)
        self.skip.clicked.connect(self.skip_wanted)
        self.lesson.clicked.connect(self.lesson_wanted)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_title(self, title: str) -> None:
        """What is practised."""
        self._title.setText(title)
        self._title.updateGeometry()

    def show_place(self, at: int, count: int) -> None:
        """The exercise is number ``at``, from 0, of ``count``."""
        self._place.setText(f"{min(at + 1, count)} of {count}")
        self._segments.show_place(at, count)

    def show_question(self, number: int, most: int) -> None:
        """The question of a placement test is this one, from 1; 0 shows none."""
        self._place.setText(f"{number} of at most {most}" if number else "")
        self._segments.show_place(0, 0)

    def show_mode(self, *, placement: bool) -> None:
        """Names what is left, and what the button at the end does."""
        self._practice = not placement
        leave = "Leave the test; go on with it later" if placement else "Leave practice"
        self.close_button.set_name(leave, "Esc")
        self.skip.setText("End here" if placement else "Skip")
        ends = "Ends the test and says what was found out so far"
        skips = "Lays this exercise aside and gives another"
        self.skip.setToolTip(ends if placement else skips)

    def show_difficulty(self, chance: float) -> None:
        """Says how likely a right answer is; less than 0 says nothing.

        Args:
            chance: 0 to 1, as it was foretold.
        """
        known = chance >= 0
        self._gauge.setVisible(known)
        self._hard.setVisible(known and self.width() >= self._theme.px(_ROOMY))
        if known:
            tenths = min(max(round(chance * 10), 1), 9)
            self._hard.setText(f"You get about {tenths} in 10 like this")
            self._gauge.setToolTip(self._hard.text())
        self._show_another()

    def allow_skip(self, allowed: bool) -> None:  # noqa: FBT001 - a setter of one value
        """Whether there is an exercise to skip."""
        self.skip.setVisible(allowed)
        self._show_another()

    def show_another(self, words: str, about: str) -> None:
        """Says what the button for exercises of another kind does now."""
        self.another.setText(words)
        self.another.setToolTip(about)
        self.another.setAccessibleDescription(about)

    def _show_another(self) -> None:
        roomy = self.width() >= self._theme.px(_ROOMY) * 2 // 3
        practised = self._practice and self._gauge.isVisibleTo(self)
        self.lesson.setVisible(practised)
        self.another.setVisible(practised and roomy)

    def sizeHint(self) -> QSize:
        """The height of the top bar."""
        return QSize(self._theme.px(400), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows leave the words out."""
        return QSize(self._theme.px(280), self._theme.px(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves the words on difficulty out where there is no room."""
        super().resizeEvent(event)
        roomy = self.width() >= self._theme.px(_ROOMY)
        self._hard.setVisible(roomy and self._gauge.isVisibleTo(self))
        self._segments.setVisible(self.width() >= self._theme.px(_ROOMY) * 2 // 3)
        self._show_another()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line under the bar."""
        painter = QPainter(self)
        bottom = QRect(0, self.height() - 1, self.width(), 1)
        painter.fillRect(bottom, self._theme.color("line"))

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(18), 0, px(20), 0)
        self._row.setSpacing(px(8))
        self.setFixedHeight(px(_HEIGHT))
