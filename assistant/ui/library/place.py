"""The models place: its pages, the way between them, and the import of what is dropped on it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from assistant.domain.model import ModelInfo, ModelRole
from assistant.services.roles import CHOOSABLE
from assistant.ui.library.activity_page import ActivityPage
from assistant.ui.library.entries import ICONS, Action, Entry, main_action, more_actions
from assistant.ui.library.import_strip import DropVeil, WorkStrip, dropped_paths
from assistant.ui.library.list_page import catalogue_page, installed_page
from assistant.ui.library.machine_page import MachinePage
from assistant.ui.library.sections import FIND, IMPORT, IMPORT_FOLDER, PAGES, ModelSections
from assistant.ui.library.words import role_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.menu import Menu
from assistant.ui.widgets.page import TitledPage
from assistant.ui.widgets.page_stack import PageStack
from assistant.ui.widgets.question import Question

_TITLES = {page.key: page.title for page in PAGES}
_UNLISTED = frozenset(page.key for page in PAGES if not page.listed)
"""They are reached from the first page alone, and lead back there."""


class ModelsPlace(QWidget):
    """Shows the pages. It asks; it changes nothing itself.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    acted = Signal(object, object)
    """An ``Action`` and the ``Entry`` that it is for."""
    agreed = Signal(object)
    """An ``Entry`` that shall be had or loaded although it seems not to fit."""
    role_wanted = Signal(object, str)
    """A ``ModelRole`` and the id of the model that shall have it."""
    role_menu_wanted = Signal(object, QPoint)
    """A ``ModelRole`` for which models are to be offered, and where on the screen."""
    import_wanted = Signal(object)
    """Paths of files and folders, a list of ``str``."""
    import_cancelled = Signal()
    check_cancelled = Signal()
    check_all_wanted = Signal()
    find_wanted = Signal()
    """Models of other applications are to be looked for."""
    looked_at = Signal(bool)
    """It came into view, or left it."""
    page_shown = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: dict[str, int] = {}
        self.setAccessibleName("Models")
        self.setAcceptDrops(True)
        self.sections = ModelSections(theme)
        self.strip = WorkStrip(theme, "Import", "file-input")
        self.check = WorkStrip(theme, "Check", "file-check")
        self._stack = PageStack(theme, self.sections, "The other pages, roles and imports")
        self.chooser = self._stack.chooser
        self._stack.put_above(self.strip)
        self._stack.put_above(self.check)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.machine = MachinePage(theme)
        self.installed = installed_page(theme)
        self._check_all = Button(theme, "Check all", "ghost", icon="file-check")
        self._check_all.setToolTip("Reads every model and compares each byte with what came")
        self._check_all.setAccessibleName("Check all models")
        self._check_all.hide()
        self.installed.add_to_head(self._check_all)
        self.catalogue = catalogue_page(theme)
        self.activity = ActivityPage(theme)
        self._veil = DropVeil(theme, self)
        for key, page in (
            ("machine", self.machine),
            ("installed", self.installed),
            ("catalogue", self.catalogue),
            ("activity", self.activity),
        ):
            self.add_page(key, page)
        self._connect()
        self.show_page("machine")

    def _connect(self) -> None:
        self.machine.search_wanted.connect(self._show_search)
        self.machine.network.log_wanted.connect(self._show_log)
        for card in (self.machine.small, self.machine.medium):
            card.acted.connect(self._act)
        for table in (self.machine.more, self.installed.card, self.catalogue.card):
            table.acted.connect(self._act)
            table.menu_wanted.connect(self.open_menu)
        self.sections.page_chosen.connect(self.show_page)
        self.sections.role_pressed.connect(self._press_role)
        self.sections.import_wanted.connect(self.choose_files)
        self.sections.folder_wanted.connect(self.choose_folder)
        self.sections.find_wanted.connect(self.find_wanted)
        self.chooser.clicked.connect(self._open_pages)
        self.strip.cancelled.connect(self.import_cancelled)
        self.check.cancelled.connect(self.check_cancelled)
        self._check_all.clicked.connect(self.check_all_wanted)
        if self.installed.empty is not None:
            button = self.installed.empty.add_button("Import a file", icon="file-input")
            button.clicked.connect(self.choose_files)
        self._theme.changed.connect(self.update)

    def offer_finding(self) -> None:
        """Models of other applications can be looked for."""
        self.sections.find_item.show()

    # Pages

    @property
    def current(self) -> str:
        """Key of the page that is shown."""
        return self._stack.current

    def add_page(self, key: str, page: QWidget) -> None:
        """Adds a page under one of the keys of ``PAGES``; it stands in the sidebar from then on."""
        self._stack.add(key, page)
        if key in _UNLISTED and isinstance(page, TitledPage):
            back = Button(self._theme, _TITLES["machine"], "ghost", icon="arrow-left")
            back.clicked.connect(self._show_machine)
            page.add_to_head(back)
        self.sections.show_pages(self._stack.keys)
        self.machine.search_button.setVisible("search" in self._stack.keys)
        self.machine.network.log_button.setVisible("connections" in self._stack.keys)

    def has_page(self, key: str) -> bool:
        """Whether there is such a page."""
        return key in self._stack.keys

    def show_page(self, key: str) -> None:
        """Shows a page; one that is not there is passed over."""
        if key not in self._stack.keys:
            return
        self.sections.light(key)
        self._stack.show_page(key, _TITLES[key])
        self.page_shown.emit(key)

    def set_count(self, key: str, count: int) -> None:
        """Says how many things are on a page."""
        self._counts[key] = count
        if key == "installed":
            self._check_all.setVisible(count > 1)
        self.sections.set_count(key, count)

    def _show_machine(self) -> None:
        self.show_page("machine")

    def _show_search(self) -> None:
        self.show_page("search")

    def _show_log(self) -> None:
        self.show_page("connections")

    def _open_pages(self) -> None:
        menu = Menu(self._theme, "Pages of Models", self)
        menu.aboutToHide.connect(menu.deleteLater)
        for page in PAGES:
            if page.key in self._stack.keys:
                count = self._counts.get(page.key, 0)
                words = f"{page.title}, {count}" if count else page.title
                menu.add(words, lambda key=page.key: self.show_page(key), icon=page.icon)
        menu.addSeparator()
        corner = self.chooser.corner()
        for role in ModelRole:
            menu.add(
                f"Model for {role_words(role)}…",
                lambda chosen=role: self.role_menu_wanted.emit(chosen, corner),
                icon="tag",
            )
        menu.addSeparator()
        menu.add(f"{IMPORT}…", self.choose_files, icon="file-input")
        menu.add(f"{IMPORT_FOLDER}…", self.choose_folder, icon="folder-open")
        if not self.sections.find_item.isHidden():
            menu.add(FIND, self.find_wanted.emit, icon="folder-search")
        menu.open_at(corner)

    def _press_role(self, row: QWidget) -> None:
        role = getattr(row, "role", None)
        if isinstance(role, ModelRole):
            self.role_menu_wanted.emit(role, row.mapToGlobal(QPoint(0, row.height())))

    def offer_models(
        self, role: ModelRole, models: Sequence[ModelInfo], current: str, corner: QPoint
    ) -> None:
        """Opens the models that can have a role.

        Args:
            role: Which one.
            models: Those that can have it.
            current: Id of the one that has it.
            corner: Where on the screen.
        """
        menu = Menu(self._theme, f"Model for {role_words(role)}", self)
        menu.aboutToHide.connect(menu.deleteLater)
        for model in models:
            key = str(model.id)
            action = menu.add(
                model.name, lambda key=key: self.role_wanted.emit(role, key), icon="box"
            )
            action.setCheckable(True)
            action.setChecked(key == current)
        if role not in CHOOSABLE:
            menu.addSeparator()
            menu.add("Search by meaning works with this one alone", _nothing).setEnabled(False)
        elif not models:
            menu.add("No model can have it yet", _nothing).setEnabled(False)
        menu.open_at(corner)

    # Models

    def _act(self, action: Action, entry: Entry) -> None:
        if action is Action.TRY_ANYWAY:
            self._ask(entry)
        else:
            self.acted.emit(action, entry)

    def _ask(self, entry: Entry) -> None:
        why = entry.fit.why.rstrip(".") if entry.fit is not None else "It may be too large"
        here = entry.model.installed
        question = Question(
            self._theme,
            f"{'Load' if here else 'Download'} {entry.model.name} anyway?",
            f"{why}. It may fail to load, the machine may become very slow, or the system may "
            "end Lamplight; what you wrote is safe."
            + ("" if here else " Lamplight connects to the Hub for this file alone."),
            "Load anyway" if here else "Download anyway",
            self,
            icon="gauge",
        )
        question.subject = entry
        question.agreed.connect(self.agreed)
        question.open()

    def open_menu(self, entry: Entry, corner: QPoint) -> None:
        """Opens all that can be done with a model."""
        menu = self.menu_of(entry)
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.open_at(corner)

    def menu_of(self, entry: Entry) -> Menu:
        """All that can be done with a model."""
        menu = Menu(self._theme, entry.model.name, self)
        menu.aboutToHide.connect(menu.deleteLater)
        actions = more_actions(entry)
        main = main_action(entry)
        for action in ([main] if main is not None else []) + actions:
            unseen = action is Action.MORE_FILES and not self.has_page("search")
            if action is Action.REMOVE or unseen:
                continue
            words, icon = action.value, ICONS[action] or None
            menu.add(words, lambda chosen=action: self._act(chosen, entry), icon=icon)
        if entry.model.installed and not entry.found:
            menu.addSeparator()
            for role in CHOOSABLE:
                line = menu.add(
                    f"Use as {role_words(role).lower()} model",
                    lambda chosen=role: self.role_wanted.emit(chosen, entry.key),
                    icon="tag",
                )
                line.setCheckable(True)
                line.setChecked(role in entry.roles)
        if Action.REMOVE in actions:
            menu.addSeparator()
            menu.add(
                Action.REMOVE.value,
                lambda: self._act(Action.REMOVE, entry),
                icon=ICONS[Action.REMOVE],
                shortcut="Del",
                destructive=True,
            )
        return menu

    # Import

    def choose_files(self) -> None:
        """Asks for files to be imported."""
        paths, _ = QFileDialog.getOpenFileNames(
            self, "Import models", "", "Models (*.gguf);;All files (*)"
        )
        if paths:
            self.import_wanted.emit(paths)

    def choose_folder(self) -> None:
        """Asks for a folder to be imported."""
        path = QFileDialog.getExistingDirectory(self, "Import a folder with models")
        if path:
            self.import_wanted.emit([path])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped here."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self._veil.setGeometry(self.rect())
            self._veil.raise_()
            self._veil.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They were dragged elsewhere."""
        self._veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Asks to import them."""
        self._veil.hide()
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.import_wanted.emit(paths)

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Tells that it is looked at."""
        super().showEvent(event)
        self.looked_at.emit(True)  # noqa: FBT003 - a signal has no names

    def hideEvent(self, event: QHideEvent) -> None:
        """Tells that it is not looked at."""
        super().hideEvent(event)
        self.looked_at.emit(False)  # noqa: FBT003 - a signal has no names

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The veil covers all of it."""
        super().resizeEvent(event)
        self._veil.setGeometry(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the page."""
        QPainter(self).fillRect(self.rect(), self._theme.color("page"))


def _nothing() -> None:
    """A line that only tells."""
