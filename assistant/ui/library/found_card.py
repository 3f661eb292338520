"""Models of other applications on this disk, to be used where they lie."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.domain.sizes import size_words
from assistant.services.core import Core
from assistant.services.found_models import FoundApplication, FoundModel, UsedInPlace
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.library.entries import Action, Entry
from assistant.ui.library.found_page import FoundPage
from assistant.ui.library.side_cards import links_line
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import PlainLabel

Found = tuple[FoundApplication, ...]


class FoundCard(Card):
    """What each application has, with one button for all of it.

    Args:
        theme: The theme in force.
    """

    use_wanted = Signal(object)
    """Models (a tuple of ``FoundModel``) to be used in place."""
    each_wanted = Signal()
    """The page with every single model."""
    look_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self._theme = theme
        self._note = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.look_button = Button(theme, "Look again", "ghost", icon="folder-search", small=True)
        self.folder_button = Button(theme, "A folder", "ghost", icon="folder-open", small=True)
        self.each_button = Button(theme, "Show each", "ghost", icon="list", small=True)
        self.each_button.clicked.connect(self.each_wanted)
        self.look_button.clicked.connect(self.look_wanted)
        self.folder_button.clicked.connect(self.folder_wanted)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(8))
        self._shown: list[QWidget] = []
        self.body.addWidget(PlainLabel(theme, "Already on this disk", "card_title"))
        self.body.addLayout(self._lines)
        self.body.addWidget(self._note)
        self.body.addLayout(
            links_line(theme, self.each_button, self.look_button, self.folder_button)
        )
        self.show_note("")

    def show_found(self, found: Found) -> None:
        """Shows the applications that have anything new, and what could not be read."""
        for widget in self._shown:
            self._lines.removeWidget(widget)
            widget.deleteLater()
        self._shown = [self._line(each) for each in found if each.offered]
        for widget in self._shown:
            self._lines.addWidget(widget)
        troubles = [f"{each.name}: {words}" for each in found for words in each.troubles]
        nothing = [] if self._shown else ["Other applications have no models that are not here."]
        self.show_note(" ".join([*nothing, *troubles[:3]]))

    def show_note(self, words: str) -> None:
        """A sentence below the applications; empty for none."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def _line(self, application: FoundApplication) -> QWidget:
        models = application.offered
        number = len(models)
        words = f"{number} model" if number == 1 else f"{number} models"
        size = size_words(application.offered_bytes)
        button = Button(self._theme, "Use in place", small=True)
        button.setAccessibleName(f"Use {words} of {application.name} in place")
        button.setToolTip(f"{size} that need no second copy")
        button.clicked.connect(partial(self._use, models))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(6))
        row.addWidget(PlainLabel(self._theme, _title(application.name)))
        row.addWidget(PlainLabel(self._theme, words, "small", "ink2"), 1)
        row.addWidget(button)
        return line

    def _use(self, models: Sequence[FoundModel]) -> None:
        self.use_wanted.emit(tuple(models))


class FoundKeeper(QObject):
    """Looks at the disk and links what is wanted.

    Args:
        core: The services.
        relay: Brings outcomes here.
        card: The applications.
        page: Their single models.
    """

    said = Signal(str)
    failed = Signal(object)
    """A ``UserFacingError``."""
    changed = Signal()
    """Models came."""

    def __init__(self, core: Core, relay: JobRelay, card: FoundCard, page: FoundPage) -> None:
        super().__init__(relay)
        self._core = core
        self._relay = relay
        self._card = card
        self._page = page
        self._folder: Path | None = None
        self._of_others: Found = ()
        self._of_folder: Found = ()
        for shown in (card, page):
            shown.use_wanted.connect(self.use)
            shown.look_wanted.connect(self.look)
            shown.folder_wanted.connect(self._ask)
        page.acted.connect(self._act)

    def look(self) -> None:
        """Looks into the folders of other applications, and the one that was chosen."""
        self._card.show_note("Looking…")
        self._relay.watch(self._core.found.look(), self._take_others, self._fail)
        if self._folder is not None:
            self.look_into(self._folder)

    def look_into(self, folder: Path) -> None:
        """Looks into a folder of the user's, from now on at each look."""
        self._folder = folder
        self._relay.watch(self._core.found.look_into(folder), self._take_folder, self._fail)

    def use(self, models: Sequence[FoundModel]) -> None:
        """Uses these where they lie."""
        self._relay.watch(self._core.found.use(models), self._used, self._fail)

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self._page.window(), "Look for models in", str(Path.home())
        )
        if folder:
            self.look_into(Path(folder))

    def _act(self, action: Action, entry: Entry) -> None:
        model = self._page.offered(entry.key)
        if action is Action.LINK and model is not None:
            self.use((model,))

    def _take_others(self, found: Found) -> None:
        self._of_others = found
        self._show()

    def _take_folder(self, found: Found) -> None:
        self._of_folder = found
        if not any(each.models for each in found):
            self.said.emit("There are no models in this folder.")
        self._show()

    def _show(self) -> None:
        # What lies in the chosen folder stands there, also where it is an application's.
        inside = {model.info.id for each in self._of_folder for model in each.models}
        others = tuple(
            replace(each, models=tuple(m for m in each.models if m.info.id not in inside))
            for each in self._of_others
        )
        found = self._of_folder + tuple(each for each in others if each.models or each.troubles)
        self._card.show_found(found)
        self._page.show_found(found)

    def _used(self, outcome: UsedInPlace) -> None:
        number = len(outcome.models)
        if number:
            many = f"{number} models are used where they lie."
            self.said.emit("1 model is used where it lies." if number == 1 else many)
            self.changed.emit()
        for refused in outcome.refused:
            self.failed.emit(refused.error)
        self.look()

    def _fail(self, error: UserFacingError) -> None:
        self._card.show_note("")
        self.failed.emit(error)


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]
