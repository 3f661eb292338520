"""A page that lists tasks."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.ui.plan.page import PlanPage
from assistant.ui.plan.tasks.model import TaskRow
from assistant.ui.plan.tasks.selected import SelectedBar
from assistant.ui.plan.tasks.view import TaskList
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.fields import SearchField
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.notices import EmptyState

EXAMPLES = (
    "write lab report by fri 5pm ~3h #chem",
    "call the dentist tomorrow at 9",
    "water the plants every 3 days",
)
_FILTER_WIDTH = 220
_EMPTY_WIDTH = 480


class TasksPage(PlanPage):
    """Tasks under headings, a field that filters them, and what to do where there are none.

    Args:
        theme: The theme in force.
        title: Its name.
        empty: What is said where there is nothing: a title, and what to do.
    """

    filtered = Signal(str)
    """Other words to filter by; empty ones for what the page lists by itself."""
    tried = Signal(str)
    """An example was chosen, to be written into the line for adding."""

    def __init__(self, theme: Theme, title: str, empty: tuple[str, str]) -> None:
        super().__init__(theme, title)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.list = TaskList(theme, title)
        self.filter = SearchField(theme, "Filter", height=32)
        self.filter.setFixedWidth(theme.px(_FILTER_WIDTH))
        self.filter.setToolTip("Words, #tag, +project, !high, due:week, is:late")
        self.add_to_head(self.filter)
        self._problem = PlainLabel(theme, "", "small", "bad", wrap=True)
        self._empty = EmptyState(theme, *empty, tries=EXAMPLES)
        self._empty.setMaximumWidth(theme.px(_EMPTY_WIDTH))
        self._nothing = PlainLabel(theme, "Nothing is like that.", "interface", "ink2")
        self.later = Button(theme, "", "ghost", small=True)
        for part in (self._problem, self.list, self._empty, self._nothing):
            self.column.addWidget(part)
        self.column.addWidget(self.later, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self._hide(self._problem, self._empty, self._nothing, self.later)
        self._empty.tried.connect(self.tried)
        self.filter.textChanged.connect(self.filtered)
        self.list.selectionModel().currentChanged.connect(self._reach_current)
        self.selected = SelectedBar(theme)
        outer = self.layout()
        if isinstance(outer, QVBoxLayout):
            outer.addWidget(self.selected)
        self.list.selectionModel().selectionChanged.connect(self._count_selected)
        self.selected.left.connect(self._leave_selected)

    def show_rows(self, rows: Sequence[TaskRow], facts: str) -> None:
        """Shows these rows; what was selected stays selected, or what stands there now."""
        chosen, at = self.list.ids(), self.list.currentIndex().row()
        self._problem.hide()
        self.set_facts(facts)
        had_keys = self.list.hasFocus() or self.hasFocus()
        self.list.tasks.show_rows(rows)
        self.list.setVisible(bool(rows))
        if had_keys:
            # Else Qt gives them to the field that filters, which keeps Ctrl+Z for itself.
            (self.list if rows else self).setFocus()
        self._empty.setVisible(not rows and not self.filter.text().strip())
        self._nothing.setVisible(not rows and bool(self.filter.text().strip()))
        if rows and chosen and self.list.ids() != chosen:
            self.list.select_all_of(chosen)
            if not self.list.ids():
                self.list.select_near(max(at, 0))
        self._count_selected()  # rows that go take their selection along and tell nothing

    def show_later(self, words: str, *, shown: bool = False) -> None:
        """Offers what lies beyond the list, or to leave it out again where it is shown.

        Args:
            words: What lies there; empty for nothing.
            shown: Whether it is listed already.
        """
        self.later.setText("Only the next four weeks" if shown else f"Show {words}")
        self.later.setVisible(bool(words))

    def show_problem(self, error: UserFacingError) -> None:
        """Says why nothing is listed."""
        self._problem.setText(f"{error.message} {error.hint}".strip())
        self._problem.show()
        self._hide(self._empty, self._nothing)

    def _hide(self, *parts: QWidget) -> None:
        for part in parts:
            part.hide()

    def _count_selected(self) -> None:
        self.selected.show_count(len(self.list.ids()))

    def _leave_selected(self) -> None:
        current = self.list.currentIndex()
        self.list.setFocus()
        if current.isValid():
            self.list.select_near(current.row())

    def _reach_current(self) -> None:
        area = self.list.visualRect(self.list.currentIndex())
        content = self.scroller.widget()
        if content is not None and self.list.hasFocus() and not area.isNull():
            middle = self.list.mapTo(content, area.center())
            self.scroller.ensureVisible(middle.x(), middle.y(), 0, area.height())
