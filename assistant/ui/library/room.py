"""Builds the models place and everything behind it."""

from PySide6.QtCore import QObject, Signal

from assistant.services.core import Core
from assistant.services.storage import Removed
from assistant.ui.library.catalogue_card import CatalogueCard
from assistant.ui.library.catalogue_refresher import CatalogueRefresher
from assistant.ui.library.connections.controller import ConnectionsController
from assistant.ui.library.connections.page import ConnectionsPage
from assistant.ui.library.controller import ModelsController
from assistant.ui.library.downloads.controller import DownloadsController
from assistant.ui.library.downloads.page import DownloadsPage
from assistant.ui.library.entries import Action, Entry
from assistant.ui.library.found_card import FoundCard, FoundKeeper
from assistant.ui.library.found_page import FoundPage
from assistant.ui.library.machine_keeper import MachineKeeper
from assistant.ui.library.parameters.keeper import ParametersKeeper
from assistant.ui.library.parameters.panel import ParametersPanel
from assistant.ui.library.place import ModelsPlace
from assistant.ui.library.removal import removed_words
from assistant.ui.library.search.controller import SearchController
from assistant.ui.library.search.page import SearchPage
from assistant.ui.library.storage_card import StorageCard, StorageKeeper
from assistant.ui.library.wires import Wires
from assistant.ui.main_window import MainWindow
from assistant.ui.theme.theme import Theme


class ModelsRoom(QObject):
    """The models place, as the window uses it.

    Args:
        theme: The theme in force.
        core: The services.
        wires: Bring outcomes, the model's state, the downloads and the network's state here.
        window: Gets the place.
    """

    models_changed = Signal()
    """A model came or went."""
    failed = Signal(object)
    """A ``UserFacingError``."""

    def __init__(
        self,
        theme: Theme,
        core: Core,
        wires: Wires,
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        relay, status = wires.relay, wires.model_status
        self._core = core
        self._relay = relay
        self._toasts = window.toasts
        self._wires = wires
        self._looked = False
        self.place = ModelsPlace(theme)
        self.controller = ModelsController(core, self.place, relay, status, self)
        self._machine = MachineKeeper(core, self.place, self.controller, relay)
        self._queue_page = DownloadsPage(theme)
        self._queue = DownloadsController(core, self._queue_page, relay, self)
        self.place.add_page("downloads", self._queue_page)
        self._search_page = SearchPage(theme)
        self._search = SearchController(core, self._search_page, relay, self)
        self.place.add_page("search", self._search_page)
        self._log_page = ConnectionsPage(theme)
        self._log = ConnectionsController(core, self._log_page, relay, self)
        self.place.add_page("connections", self._log_page)
        self._mount_cards(theme)
        self._panel = ParametersPanel(theme, self.place)
        self._parameters = ParametersKeeper(core, self._panel, relay, status)
        self._connect()
        self._show_downloads()
        self._show_network()

    def _mount_cards(self, theme: Theme) -> None:
        """What the disk holds stands under the memory; what others have is the last."""
        storage, found, each = StorageCard(theme), FoundCard(theme), FoundPage(theme)
        self._storage = StorageKeeper(self._core, self._relay, storage)
        self._found = FoundKeeper(self._core, self._relay, found, each)
        self.place.machine.add_card(storage, 1)
        self.place.machine.add_card(found, 3)
        self.place.add_page("found", each)
        each.acted.connect(self.place.acted)
        each.menu_wanted.connect(self.place.open_menu)
        found.each_wanted.connect(self._show_each)
        self.place.offer_finding()
        catalogue = CatalogueCard(theme)
        self._catalogue = CatalogueRefresher(theme, self._core, self._relay, catalogue)
        self.place.catalogue.add_below(catalogue)
        self._catalogue.said.connect(self._say)
        self._catalogue.changed.connect(self.controller.came_or_went)
        for keeper in (self._storage, self._found):
            keeper.said.connect(self._say)
            keeper.failed.connect(self.failed)
            keeper.changed.connect(self.controller.came_or_went)

    def refresh(self) -> None:
        """Reads everything again, now that it is shown."""
        self.controller.refresh()
        self._machine.refresh()
        self._storage.refresh()
        self._catalogue.read()
        if not self._looked:
            self._looked = True
            self._found.look()
        self._wires.network.read()

    def _connect(self) -> None:
        place, wires, fetching = self.place, self._wires, self._wires.fetching
        place.acted.connect(fetching.act)
        place.acted.connect(self._act)
        place.find_wanted.connect(self._find)
        place.agreed.connect(fetching.want_anyway)
        fetching.resume_wanted.connect(self._queue.resume)
        wires.downloads.changed.connect(self._show_downloads)
        wires.downloads.installed.connect(self.controller.came)
        wires.network.changed.connect(self._show_network)
        self._queue_page.browse_wanted.connect(self._browse)
        self._queue_page.use_wanted.connect(self.controller.use)
        self._search.said.connect(self._say)
        self._search.failed.connect(self.failed)
        self.controller.said.connect(self._say)
        self.controller.changed.connect(self.models_changed)
        self.controller.failed.connect(self.failed)
        self.controller.removed.connect(self._removed)
        self.controller.damaged.connect(fetching.offer_again)
        self.controller.changed.connect(self._storage.refresh)
        self.controller.changed.connect(self._found.look)

    def close(self) -> None:
        """Shows nothing more."""
        self._queue.close()
        self._search.close()
        self._log.close()

    def _act(self, action: Action, entry: Entry) -> None:
        if action is Action.SETTINGS:
            self._parameters.show_for(entry.key)
        elif action is Action.MORE_FILES:
            self.place.show_page("search")
            self._search.look(entry.model.repo)

    def _find(self) -> None:
        """What other applications have, one by one."""
        self._show_each()
        self._found.look()

    def _show_each(self) -> None:
        self.place.show_page("found")

    def _browse(self) -> None:
        self.place.show_page("catalogue")

    def _show_downloads(self) -> None:
        self.controller.show_downloads(self._wires.downloads.downloads)

    def _show_network(self) -> None:
        self.place.machine.network.show_network(self._wires.network.view)

    def _removed(self, removed: Removed) -> None:
        self._toasts.show_toast(
            removed_words(removed),
            icon="trash-2",
            action="Undo",
            on_action=lambda: self.controller.put_back(removed),
        )

    def _say(self, words: str) -> None:
        self._toasts.show_toast(words, icon="circle-check", tone="good")
