"""What is done with a project: named otherwise, put into the archive and out of it, deleted."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from assistant.domain.errors import UserFacingError
from assistant.domain.task import Project
from assistant.services.planning.projects import ProjectService
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.plan.doing import Doing
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.fields import TextField
from assistant.ui.widgets.menu import Menu
from assistant.ui.widgets.popover import Popover

_WIDTH = 280
_MOST_BROUGHT_BACK = 12


@dataclass(frozen=True, slots=True)
class _Asked:
    """A card that asks for a name; it is gone once it was closed."""

    card: Popover
    field: TextField

    def close(self) -> None:
        """Closes the card, if it is open still."""
        if isValid(self.card):
            self.card.close()


class ProjectActions(QObject):
    """The menu of projects, and what is chosen in it.

    Args:
        theme: The theme in force.
        projects: The service.
        relay: Brings outcomes here.
        owner: The page over which it opens.
    """

    done = Signal(str)
    """Something was done that may be taken back, in words."""
    failed = Signal(object)
    """A ``UserFacingError``."""
    left = Signal()
    """The project that was shown is not listed any more."""

    def __init__(
        self, theme: Theme, projects: ProjectService, relay: JobRelay, owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._theme = theme
        self._projects = projects
        self._relay = relay
        self._owner = owner
        self._current: Project | None = None
        self._anchor: QWidget = owner
        self._asked: _Asked | None = None
        self._doing = Doing(relay, self)
        self._doing.done.connect(self.done)
        self._doing.failed.connect(self.failed)

    @property
    def field(self) -> TextField | None:
        """The field that asks for a name, while one is asked for."""
        return None if self._asked is None or not isValid(self._asked.card) else self._asked.field

    def open(self, current: Project | None, anchor: QWidget) -> None:
        """Opens the menu below a button.

        Args:
            current: The project that is shown; None on other pages.
            anchor: The button.
        """
        self._current, self._anchor = current, anchor
        self._relay.watch(self._projects.all(archived=True), self._open)

    def rename(self, current: Project, anchor: QWidget) -> None:
        """Asks for another name of a project."""
        self._current, self._anchor = current, anchor
        self._ask("Name of the project", current.name, self._rename)

    def _open(self, every: tuple[Project, ...]) -> None:
        menu = Menu(self._theme, "Projects", self._owner)
        menu.aboutToHide.connect(menu.deleteLater)
        current = self._current
        if current is not None:
            menu.add("Rename", lambda: self.rename(current, self._anchor), icon="pencil")
            menu.add("Archive", self._archive, icon="archive")
            menu.addSeparator()
        menu.add("New project", self._ask_new, icon="plus")
        archived = [one for one in every if one.archived is not None][-_MOST_BROUGHT_BACK:]
        for project in archived:
            words = f"Bring back {project.name[:40]}".replace("&", "&&")
            menu.add(words, lambda one=project: self._bring_back(one), icon="archive-restore")
        if current is not None:
            menu.addSeparator()
            words = "Delete, and keep its tasks in the inbox"
            menu.add(words, self._delete, icon="trash-2", destructive=True)
        menu.open_below(self._anchor)

    def _archive(self) -> None:
        current = self._current
        if current is not None:
            words = f"“{current.name[:60]}” is in the archive."
            self._doing.do(self._projects.archive(current.id), words)
            self.left.emit()

    def _bring_back(self, project: Project) -> None:
        job = self._projects.archive(project.id, archived=False)
        self._doing.do(job, f"“{project.name[:60]}” is back.")

    def _delete(self) -> None:
        current = self._current
        if current is not None:
            self._doing.do(self._projects.delete(current.id), f"“{current.name[:60]}” is deleted.")
            self.left.emit()

    def _ask_new(self) -> None:
        self._ask("Name of the new project", "", self._add)

    def _ask(self, name: str, text: str, give: Callable[[], None]) -> None:
        field = TextField(self._theme, name, name)
        field.field.setText(text)
        field.field.selectAll()
        field.setMinimumWidth(self._theme.px(_WIDTH))
        card = Popover(self._theme, name, field, parent=self._owner)
        card.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._asked = _Asked(card, field)
        field.field.returnPressed.connect(give)
        card.open_at(self._anchor)
        field.field.setFocus()

    def _add(self) -> None:
        if self._asked is not None:
            job = self._projects.add(self._asked.field.text())
            self._relay.watch_about(job, self._asked, self._added, self._refuse)

    def _rename(self) -> None:
        if self._asked is not None and self._current is not None:
            job = self._projects.rename(self._current.id, self._asked.field.text())
            self._relay.watch_about(job, self._asked, self._renamed, self._refuse)

    def _added(self, asked: _Asked, project: Project) -> None:
        asked.close()
        self.done.emit(f"Project “{project.name[:60]}” was added.")

    def _renamed(self, asked: _Asked, project: Project) -> None:
        asked.close()
        self.done.emit(f"The project is called “{project.name[:60]}” now.")

    def _refuse(self, asked: _Asked, error: UserFacingError) -> None:
        if isValid(asked.card) and asked.card.isVisible():
            asked.field.set_error(f"{error.message} {error.hint}".strip())
            asked.card.adjustSize()
        else:
            self.failed.emit(error)
