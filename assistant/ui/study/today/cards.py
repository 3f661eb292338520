"""The two cards at the top of Today: what is due, and what comes next and why."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from assistant.services.study.today import CourseStanding, Today
from assistant.ui.study.pictures.stack_bar import StackBar, StackPart
from assistant.ui.study.today.words import (
    minutes_words,
    next_facts,
    next_title,
    nothing_due_words,
    reviews_words,
    short_names,
    unit_words,
)
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel

_NUMBER = 40
_BESIDE_FROM = 520
_LONGEST = 24
_ICONS = {"base": "check", "opens": "route", "weak": "wrench", "time": "clock"}


class BigNumber(PlainLabel):
    """A number that is the first thing seen.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "display")

    def _restyle(self) -> None:
        super()._restyle()
        font = self._theme.font("display", tabular=True)
        font.setPixelSize(self._theme.px(_NUMBER))
        self.setFont(font)


class ReviewsCard(Card):
    """How many cards are due, of which courses, and the way to them.

    Args:
        theme: The theme in force.
    """

    wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 20)
        self._minutes = PlainLabel(theme, "", "small", "ink3")
        self._number = BigNumber(theme)
        self._words = PlainLabel(theme, "", "interface", "ink2", wrap=True)
        self.bar = StackBar(theme)
        self.start = Button(theme, "Start reviewing", "primary", icon="play")
        self._keys = PlainLabel(theme, "Space, then 1 to 4", "small", "ink3")
        self.start.clicked.connect(self.wanted)
        self.body.addLayout(
            _head(theme, PlainLabel(theme, "Reviews today", "card_title"), self._minutes)
        )
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        bottom = Qt.AlignmentFlag.AlignBottom
        line.addWidget(self._number, 0, bottom)
        line.addWidget(self._words, 1, bottom)
        self._words.setContentsMargins(0, 0, 0, theme.px(7))
        self.body.addLayout(line)
        self.body.addWidget(self.bar)
        self.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.start)
        foot.addWidget(self._keys, 1)
        self.body.addLayout(foot)

    def show_today(self, today: Today) -> None:
        """Shows what is due."""
        session = today.session
        count = len(session.cards)
        self._minutes.setText(minutes_words(session.minutes) if count else "")
        self._number.setText(str(count))
        self._number.setVisible(bool(count))
        self._words.setText(reviews_words(today) if count else nothing_due_words(today))
        titles = {one.course.id: one.course.title for one in today.courses}
        titles |= {deck.id: deck.title for deck in today.decks}
        names = [_cut(name) for name in short_names(list(titles.values()))]
        parts = [
            StackPart(name, session.by_course.get(course, 0), course)
            for name, course in zip(names, titles, strict=True)
        ]
        other = count - sum(part.count for part in parts)
        if other:
            parts.append(StackPart("Other cards", other))
        self.bar.show_parts(parts, today.followed)
        self.bar.setVisible(bool(count))
        self.start.setVisible(bool(count))
        self._keys.setVisible(bool(count))
        self.setAccessibleName(f"Reviews today: {count}")


class NextCard(Card):
    """What comes next in the course that is followed, and why.

    Args:
        theme: The theme in force.
    """

    wanted = Signal()
    """The lesson, or the exercises, that it shows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 20)
        self._title = PlainLabel(theme, "", "card_title")
        self._facts = PlainLabel(theme, "", "small", "ink3")
        self._concept = PlainLabel(theme, "", "title", wrap=True)
        self._unit = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.open = Button(theme, "Open lesson", icon="book-open")
        self.open.clicked.connect(self.wanted)
        self._left = QVBoxLayout()
        self._left.setSpacing(theme.px(4))
        self._left.addWidget(self._concept)
        self._left.addWidget(self._unit)
        self._left.addStretch(1)
        self._why = QWidget()
        self._reasons = QVBoxLayout(self._why)
        self._reasons.setContentsMargins(0, theme.px(2), 0, 0)
        self._reasons.setSpacing(theme.px(8))
        self._rule = Divider(theme, Qt.Orientation.Vertical)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(theme.px(24))
        self._halves.addLayout(self._left, 2)
        self._halves.addWidget(self._rule)
        self._halves.addWidget(self._why, 3)
        self.body.addLayout(_head(theme, self._title, self._facts))
        self.body.addLayout(self._halves, 1)

    def show_course(self, standing: CourseStanding, *, primary: bool) -> None:
        """Shows what comes next.

        Args:
            standing: The course that is followed.
            primary: Whether this is what to do now: nothing is due.
        """
        up, course = standing.next_up, standing.course
        self._title.setText(next_title(standing))
        self._facts.setText(next_facts(standing))
        learn = up is not None and up.doing.value == "learn"
        self.open.setText("Open lesson" if learn else "Practise")
        self.open.set_icon_name("book-open" if learn else "dumbbell")
        self.open.set_kind("primary" if primary else "plain")
        self.open.setVisible(up is not None)
        if up is None:
            self._concept.setText(course.title)
            self._unit.setText("Nothing new is left; reviews and exercises make it last.")
        else:
            self._concept.setText(course.concept(up.concept).title)
            self._unit.setText(unit_words(course, up.concept))
        self._show_reasons(
            [] if up is None else [(one.ground.value, one.words) for one in up.reasons]
        )
        self.setAccessibleName(f"{self._title.text()}: {self._concept.text()}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Why comes below where there is no room beside."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Its halves may stand one above the other."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self._theme.px(300)), hint.height())

    def _fit(self) -> None:
        beside = self.width() >= self._theme.px(_BESIDE_FROM)
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._rule.setVisible(beside and self._why.isVisibleTo(self))
        foot = self._left if beside else self.body
        if foot.indexOf(self.open) < 0:
            self._left.removeWidget(self.open)
            self.body.removeWidget(self.open)
            foot.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_reasons(self, reasons: list[tuple[str, str]]) -> None:
        while (item := self._reasons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if reasons:
            self._reasons.addWidget(PlainLabel(self._theme, "Why this next?", "interface_semibold"))
        for ground, words in reasons:
            self._reasons.addWidget(_Reason(self._theme, _ICONS.get(ground, "info"), words))
        self._reasons.addStretch(1)
        self._why.setVisible(bool(reasons))
        self._fit()


class _Reason(QWidget):
    def __init__(self, theme: Theme, icon: str, words: str) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        top = Qt.AlignmentFlag.AlignTop
        sign = IconLabel(theme, icon, 16)
        line.addWidget(sign, 0, top)
        line.addWidget(PlainLabel(theme, words, "interface", "ink2", wrap=True), 1, top)


def _head(theme: Theme, title: QWidget, right: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(theme.px(8))
    line.addWidget(title)
    line.addStretch(1)
    line.addWidget(right)
    return line


def _cut(name: str) -> str:
    """Names of decks may be as long as they like."""
    return f"{name[:_LONGEST].rstrip()}…" if len(name) > _LONGEST else name
