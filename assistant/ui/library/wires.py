"""What downloads and the network tell from the start on, before the models place is opened."""

from PySide6.QtCore import QObject

from assistant.services.core import Core
from assistant.ui.bridge.downloads import DownloadsRelay
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.bridge.relays import ModelStatusRelay
from assistant.ui.library.fetching import Fetching
from assistant.ui.library.network import NetworkWatch
from assistant.ui.main_window import MainWindow
from assistant.ui.theme.theme import Theme


class Wires(QObject):
    """The downloads and the word about the network, for the whole window.

    Args:
        theme: The theme in force.
        core: The services.
        relay: Brings outcomes here.
        model_status: Tells which model is loaded.
        window: Where it asks, and whose sidebar says how it stands.
    """

    def __init__(
        self,
        theme: Theme,
        core: Core,
        relay: JobRelay,
        model_status: ModelStatusRelay,
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self.relay = relay
        self.model_status = model_status
        self._sidebar = window.sidebar
        self.downloads = DownloadsRelay(core.downloads, self)
        self.network = NetworkWatch(core.hub.connections, core.workers, self.downloads, relay)
        self.fetching = Fetching(theme, window, core, relay)
        self.network.changed.connect(self._show_foot)
        self.network.say()

    def close(self) -> None:
        """Tells nothing more."""
        self.downloads.close()
        self.network.close()

    def _show_foot(self) -> None:
        network = self.network
        self._sidebar.set_network_state(network.title, network.note, network.icon)
