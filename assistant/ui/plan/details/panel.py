"""The panel of one task: all that is said of it, and each of these changed in its place."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from assistant.domain.task import Project, TaskState
from assistant.services.planning.task_values import TaskDetails
from assistant.ui.clock import clock_words
from assistant.ui.plan.details.facts import Facts
from assistant.ui.plan.details.lines import TaskLine, TaskLines
from assistant.ui.plan.details.text import GrowingText
from assistant.ui.plan.words import length_words, moment_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Divider
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.page import TitledPage
from assistant.ui.widgets.side_panel import SidePanel
from assistant.ui.widgets.switch import CheckBox
from assistant.ui.widgets.tab_order import put_in_order, stops_in

_WIDTH, _FIRST_LINE = 340, 40
BESIDE_FROM = 900
"""Narrower pages of a list are covered by the panel."""


class DetailsPanel(SidePanel):
    """Lies beside what a page shows, or over it where there is no room for both.

    Args:
        theme: The theme in force.
        page: Whose tasks are opened in it.
        line: What the page lies in, with room for the panel at its right; see ``beside``.
        beside_from: How wide the page is, in px of the design, when both have room; 0: never.
    """

    ticked = Signal()
    """The task shall be done, or opened again."""
    timed = Signal()
    """Time shall be tracked on it, or no more."""
    delete_wanted = Signal()

    def __init__(self, theme: Theme, page: TitledPage, line: QHBoxLayout, beside_from: int) -> None:
        self._line = line
        self.above = TaskLine(theme, ticks=False, cross="")
        self.box = CheckBox(theme, "")
        self.title = GrowingText(
            theme, "Title", "What is to be done", "card_title", (1, 6), one_paragraph=True
        )
        self.notes = GrowingText(theme, "Notes", "Notes", "interface", (3, 16))
        self.facts = Facts(theme)
        self.parts = TaskLines(theme, "Parts", "Add a part", ticks=True)
        self.firsts = TaskLines(
            theme, "Waits for", "Add what comes first", cross="No longer wait for"
        )
        self.later = TaskLines(theme, "Comes before")
        self.logged = PlainLabel(theme, "", "interface", "ink2", wrap=True)
        self.track = Button(theme, "Start", icon="play", small=True)
        self.delete = Button(theme, "Delete", "destructive", icon="trash-2", small=True)
        self.added = PlainLabel(theme, "", "small", "ink3", wrap=True)
        super().__init__(theme, "Task", self._content(theme), width=_WIDTH, parent=page)
        self._page = page
        self._beside_from = beside_from
        self._line.addWidget(self)
        self.box.clicked.connect(self.ticked)
        self.track.clicked.connect(self.timed)
        self.delete.clicked.connect(self.delete_wanted)
        page.installEventFilter(self)
        self._place()

    def show_details(
        self, details: TaskDetails, projects: Sequence[Project], now: datetime
    ) -> None:
        """Shows all of a task."""
        task, today = details.task, now.date()
        self.above.setVisible(details.parent is not None)
        if details.parent is not None:
            self.above.show_task(details.parent, today)
            self.above.title.show_words(f"Part of {details.parent.title[:60]}", "")
        with QSignalBlocker(self.box):
            self.box.setChecked(not task.is_open)
        dropped = task.state is TaskState.DROPPED
        self.box.setAccessibleName("Dropped" if dropped else "Done")
        self.title.show_text(task.title)
        self.notes.show_text(task.notes)
        self.facts.show_task(task, projects, today)
        self.parts.show_tasks(details.parts, today)
        self.firsts.show_tasks(details.first, today)
        self.later.show_tasks(details.later, today)
        self._show_time(details, now)
        self.added.setText(f"Added {moment_words(task.created.astimezone(now.tzinfo), today)}")
        self.keep_order()

    def forget(self) -> None:
        """Another task is shown from now on: nothing that was written belongs to it."""
        self.facts.clear()
        self.title.replace("")
        self.notes.replace("")
        self.parts.clear()
        self.firsts.clear()

    def give(self) -> None:
        """Tells what was written and not told yet."""
        self.title.give()
        self.notes.give()
        self.facts.give()

    def keep_order(self) -> None:
        """Tab goes from the page into the panel, and through it from the top."""
        content = self._page.scroller.widget()
        before = stops_in(content)[-1:] if content is not None else []
        put_in_order([*before, *stops_in(self)])

    def reveal(self, widget: QWidget) -> None:
        """Scrolls to a part of it."""
        area = self.findChild(QScrollArea)
        if area is not None:
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            area.ensureWidgetVisible(widget, 0, self._theme.px(12))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the page that it stands beside."""
        if event.type() == QEvent.Type.Resize and watched is self._page:
            self._place()
        return super().eventFilter(watched, event)

    def _show_time(self, details: TaskDetails, now: datetime) -> None:
        runs = next((one for one in details.work if one.end is None), None)
        minutes = details.minutes
        if runs is not None:
            minutes += max(0.0, (now - runs.start).total_seconds() / 60)
        words = f"{length_words(minutes)} logged" if minutes or runs else "No time logged yet"
        if runs is not None:
            words += f", running since {clock_words(runs.start.astimezone(now.tzinfo))}"
        elif len(details.work) > 1:
            words += f" in {len(details.work)} stretches"
        self.logged.setText(words)
        self.track.setText("Stop" if runs else "Start")
        self.track.set_icon_name("pause" if runs else "play")
        self.track.setAccessibleName("Stop the clock" if runs else "Start the clock")
        self.track.setEnabled(runs is not None or details.task.is_open)

    def _content(self, theme: Theme) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.px(2), theme.px(4), theme.px(8), 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.above)
        head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        self.box.setFixedHeight(theme.px(_FIRST_LINE))
        head.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addWidget(self.notes)
        for section in (self.parts, self.firsts, self.later):
            column.addWidget(section)
        column.addWidget(Divider(theme))
        time = QHBoxLayout()
        time.addWidget(self.logged, 1)
        time.addWidget(self.track)
        column.addLayout(time)
        foot = QHBoxLayout()
        foot.addWidget(self.added, 1)
        foot.addWidget(self.delete)
        column.addLayout(foot)
        column.addStretch(1)
        return content

    def _place(self) -> None:
        least = self._theme.px(self._beside_from)
        over = not least or self._page.width() < least
        if over != self.is_over():
            if over:
                self._line.removeWidget(self)
            else:
                self._line.addWidget(self)
            self.set_over(over)
        else:
            self.fit()
        self.raise_()


def beside(page: TitledPage) -> QHBoxLayout:
    """Makes room for a panel at the right of what a page holds; before the page is shown."""
    work = QWidget(page)
    inside = page.layout()
    if inside is not None:
        work.setLayout(inside)
    line = QHBoxLayout(page)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(0)
    line.addWidget(work, 1)
    return line
