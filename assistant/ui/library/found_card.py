"""Models of other applications on this disk, to be used where they lie."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.services.core import Core
from assistant.services.found_models import FoundApplication, FoundModel, UsedInPlace
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.library.side_cards import links_line
from assistant.ui.library.words import size_words
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
    look_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self._theme = theme
        self._note = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.look_button = Button(theme, "Look again", "ghost", icon="folder-search", small=True)
        self.folder_button = Button(theme, "A folder", "ghost", icon="folder-open", small=True)
        self.look_button.clicked.connect(self.look_wanted)
        self.folder_button.clicked.connect(self.folder_wanted)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(8))
        self._shown: list[QWidget] = []
        self.body.addWidget(PlainLabel(theme, "Already on this disk", "card_title"))
        self.body.addLayout(self._lines)
        self.body.addWidget(self._note)
        self.body.addLayout(links_line(theme, self.look_button, self.folder_button))
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
        card: The card.
    """

    said = Signal(str)
    failed = Signal(object)
    """A ``UserFacingError``."""
    found = Signal(object)
    """All that was found (a tuple of ``FoundApplication``), for a list."""
    changed = Signal()
    """Models came."""

    def __init__(self, core: Core, relay: JobRelay, card: FoundCard) -> None:
        super().__init__(relay)
        self._core = core
        self._relay = relay
        self._card = card
        card.use_wanted.connect(self.use)
        card.look_wanted.connect(self.look)
        card.folder_wanted.connect(self._ask)

    def look(self) -> None:
        """Looks into the folders of other applications."""
        self._card.show_note("Looking…")
        self._relay.watch(self._core.found.look(), self._show, self._fail)

    def look_into(self, folder: Path) -> None:
        """Looks into a folder of the user's."""
        self._card.show_note("Looking…")
        self._relay.watch(self._core.found.look_into(folder), self._show, self._fail)

    def use(self, models: Sequence[FoundModel]) -> None:
        """Uses these where they lie."""
        self._relay.watch(self._core.found.use(models), self._used, self._fail)

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self._card.window(), "Look for models in", str(Path.home())
        )
        if folder:
            self.look_into(Path(folder))

    def _show(self, found: Found) -> None:
        self._card.show_found(found)
        self.found.emit(found)

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
