"""What the sidebar lists in the models place: its pages, the roles, ways to bring models in."""

from collections.abc import Mapping

from PySide6.QtCore import Signal

from assistant.domain.model import ModelRole
from assistant.ui.library.words import role_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.section_item import SectionItem
from assistant.ui.widgets.sections import Page, SectionList
from assistant.ui.widgets.side_row import SideRow

PAGES: tuple[Page, ...] = (
    Page("machine", "monitor-check", "For this machine"),
    Page("installed", "hard-drive", "Installed"),
    Page("catalogue", "library", "Catalogue"),
    Page("search", "search", "Search the Hub"),
    Page("downloads", "download", "Downloads"),
    Page("activity", "chart-column", "Activity"),
    Page("found", "folder-search", "Found on this disk", listed=False),
    Page("connections", "scroll-text", "Log of connections", listed=False),
)
"""In their order."""

IMPORT, IMPORT_FOLDER, FIND = "Import a file", "Import a folder", "Find those of other apps"


class RoleRow(SideRow):
    """A role and the model that has it; pressed, it offers others.

    Args:
        theme: The theme in force.
        role: Which one.
    """

    def __init__(self, theme: Theme, role: ModelRole) -> None:
        super().__init__(theme, role_words(role), "value")
        self.role = role
        self.setToolTip("Choose another model for this")
        self.show_model("")

    def show_model(self, name: str) -> None:
        """Says which model has it; empty when none does."""
        role = role_words(self.role)
        self.setAccessibleName(f"{role}: {name or 'no model'}")
        self.show_words(role, name or "None", faint=not name)


class ModelSections(SectionList):
    """Pages, roles, and the ways to bring models in.

    Args:
        theme: The theme in force.
    """

    role_pressed = Signal(object)
    """The ``RoleRow`` whose menu is wanted."""
    import_wanted = Signal()
    folder_wanted = Signal()
    find_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Models")
        self.add_head("Models", 2, 4)
        self.add_pages(page for page in PAGES if page.listed)
        self.show_pages(())
        self.add_head("Roles", 14, 6)
        self._roles: dict[ModelRole, RoleRow] = {}
        for role in ModelRole:
            row = RoleRow(theme, role)
            row.clicked.connect(self._press_role)
            self._roles[role] = row
            self.add(row)
        self.add_gap()
        self.import_item = SectionItem(theme, "file-input", IMPORT)
        self.folder_item = SectionItem(theme, "folder-open", IMPORT_FOLDER)
        self.find_item = SectionItem(theme, "folder-search", FIND)
        for item in (self.import_item, self.folder_item, self.find_item):
            item.setCheckable(False)
            self.add(item)
        self.find_item.hide()
        self.import_item.clicked.connect(self.import_wanted)
        self.folder_item.clicked.connect(self.folder_wanted)
        self.find_item.clicked.connect(self.find_wanted)

    def show_roles(self, models: Mapping[ModelRole, str]) -> None:
        """Says which model has each role, by its name."""
        for role, row in self._roles.items():
            row.show_model(models.get(role, ""))

    def _press_role(self) -> None:
        row = self.sender()
        if isinstance(row, RoleRow):
            self.role_pressed.emit(row)
