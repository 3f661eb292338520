"""The next days in words: lessons that have a date, and how many reviews."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.services.study.outlook import DatedLesson, DayAhead
from assistant.ui.study.pictures.axes import day_words
from assistant.ui.study.pictures.marks import count_words
from assistant.ui.study.progress.words import time_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

MOST_DAYS = 14
_DAY_WIDTH, _LINE, _INDENT = 130, 28, 10
_NO_DATES = "No lesson has a date yet: give a course a deadline or hours a week."
_NOTHING = "Nothing is planned and nothing falls due in these days."


def day_name(day: date, today: date) -> str:
    """``Today``, ``Tomorrow``, ``Wed 26 Nov``."""
    ahead = (day - today).days
    if ahead in {0, 1}:
        return ("Today", "Tomorrow")[ahead]
    return f"{day:%a} {day_words(day)}"


class Agenda(Card):
    """Days on which something is to be done.

    Args:
        theme: The theme in force.
    """

    lesson_wanted = Signal(str, str)
    """Of a course's id and a concept's."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self.body.addWidget(PlainLabel(theme, "The next days", "card_title"))
        self._note = PlainLabel(theme, _NO_DATES, "small", "ink2", wrap=True)
        self.body.addWidget(self._note)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.px(8))
        self.body.addLayout(self._column)
        self.rows: list[AgendaDay] = []

    def show_days(self, days: Sequence[DayAhead], *, planned: bool) -> None:
        """Shows the first days on which there is something.

        Args:
            days: Today first.
            planned: Whether any lesson may have a date.
        """
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows.clear()
        some = [day for day in days if day.due or day.lessons][:MOST_DAYS]
        for day in some:
            row = AgendaDay(self._theme, day, days[0].day)
            row.lesson_wanted.connect(self.lesson_wanted)
            self.rows.append(row)
            self._column.addWidget(row)
        words = "" if planned and some else _NO_DATES if not planned else _NOTHING
        self._note.setText(words)
        self._note.setVisible(bool(words))


class AgendaDay(QWidget):
    """One day: its name, its lessons, its reviews.

    Args:
        theme: The theme in force.
        ahead: The day.
        today: Names it.
    """

    lesson_wanted = Signal(str, str)

    def __init__(self, theme: Theme, ahead: DayAhead, today: date) -> None:
        super().__init__()
        self._lessons: dict[QWidget, DatedLesson] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(Divider(theme))
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        name = PlainLabel(theme, day_name(ahead.day, today), "interface_medium")
        name.setFixedWidth(theme.px(_DAY_WIDTH))
        name.setMinimumHeight(theme.px(_LINE))
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        does = QVBoxLayout()
        does.setSpacing(theme.px(2))
        for lesson in ahead.lessons:
            does.addLayout(self._lesson_line(theme, lesson))
        reviews = ""
        if ahead.due:
            reviews = (
                f"{count_words(ahead.due, 'review')}, about {time_words(max(1, ahead.minutes))}"
            )
            label = PlainLabel(theme, reviews, "interface", "ink2")
            label.setMinimumHeight(theme.px(_LINE))
            label.setIndent(theme.px(_INDENT))
            does.addWidget(label)
        row.addLayout(does, 1)
        column.addLayout(row)
        titles = [lesson.title for lesson in ahead.lessons]
        self.setAccessibleName(", ".join(filter(None, [name.text(), *titles, reviews])))

    def _lesson_line(self, theme: Theme, lesson: DatedLesson) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        title = lesson.title.replace("&", "&&")
        button = Button(theme, title, "ghost", icon="book-open", small=True)
        button.setAccessibleName(f"Lesson {lesson.title}, {lesson.course_title}")
        button.clicked.connect(self._open)
        self._lessons[button] = lesson
        told = f"{lesson.course_title}, {time_words(lesson.minutes)}"
        line.addWidget(button)
        line.addWidget(ElidedLabel(theme, told, "small", "ink2"), 1)
        return line

    def _open(self) -> None:
        button = self.sender()
        if isinstance(button, QWidget) and button in self._lessons:
            lesson = self._lessons[button]
            self.lesson_wanted.emit(str(lesson.course), str(lesson.concept))
