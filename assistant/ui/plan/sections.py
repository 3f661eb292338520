"""What the sidebar lists in the Plan place: its pages, and the projects."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal

from assistant.domain.ids import ProjectId
from assistant.domain.task import Project
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.sections import Page, SectionList
from assistant.ui.widgets.side_row import SideRow

PAGES: tuple[Page, ...] = (
    Page("inbox", "inbox", "Inbox"),
    Page("today", "sun", "Today"),
    Page("week", "calendar-range", "Week"),
    Page("upcoming", "calendar-clock", "Upcoming"),
    Page("board", "square-kanban", "Board"),
    Page("insights", "chart-no-axes-column", "Insights"),
    Page("setup", "sliders-horizontal", "Hours and calendars"),
    Page("project", "folder", "Project", listed=False),
)
"""In their order."""


class ProjectRow(SideRow):
    """A project, and how many of its tasks are left.

    Args:
        theme: The theme in force.
        project: Which one.
    """

    def __init__(self, theme: Theme, project: Project) -> None:
        super().__init__(theme, project.name, "name")
        self.project = project

    def show_left(self, left: int) -> None:
        """Shows how many tasks are left."""
        self.setAccessibleName(f"{self.project.name}, {left} left")
        self.show_words(self.project.name, str(left) if left else "")


class PlanSections(SectionList):
    """Pages and projects.

    Args:
        theme: The theme in force.
    """

    project_chosen = Signal(int)
    """The ``ProjectId`` of a project."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Plan")
        self._current: tuple[str, int] = ("", 0)
        self._shown: list[ProjectRow] = []
        self.add_head("Plan", 2)
        self.add_pages(page for page in PAGES if page.listed)
        self._projects_head = self.add_head("Projects")
        self._projects = self.add_rows()
        self._projects_head.hide()

    @property
    def projects(self) -> list[ProjectRow]:
        """The rows of the projects, from the top."""
        return list(self._shown)

    def show_projects(self, projects: Sequence[Project], left: Mapping[ProjectId, int]) -> None:
        """Lists the projects."""
        if [row.project for row in self._shown] != list(projects):
            for row in self._shown:
                self._group.removeButton(row)
                self._projects.removeWidget(row)
                row.hide()
                row.deleteLater()
            self._shown = [self._row(project) for project in projects]
        for row in self._shown:
            row.show_left(left.get(row.project.id, 0))
        self._projects_head.setVisible(bool(projects))
        self.set_current(*self._current)

    def set_current(self, key: str, project: int = 0) -> None:
        """Lights a page or a project, or none."""
        self._current = (key, project)
        lit = next((row for row in self._shown if row.project.id == project), None)
        self.light("" if lit is not None else key, lit)

    def _row(self, project: Project) -> ProjectRow:
        row = ProjectRow(self._theme, project)
        row.clicked.connect(self._choose_project)
        self.join(row)
        self._projects.addWidget(row)
        return row

    def _choose_project(self) -> None:
        sender = self.sender()
        if isinstance(sender, ProjectRow):
            self.project_chosen.emit(sender.project.id)
