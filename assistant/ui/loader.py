"""Imports what is heavy and builds the services, on a thread, while the window stands."""

import importlib
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from assistant.services.options import CoreOptions
from assistant.ui.bridge.mailbox import Mailbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.core import Core

_SERVICES, _DESK = "assistant.services.core", "assistant.ui.desk"


class Loader(QObject):
    """Builds the services once.

    Args:
        options: What the command line decided.
        make_core: Builds them; the real ones when None. Called on another thread.
        parent: The owner.
    """

    loaded = Signal(object)
    """The ``Core``."""
    failed = Signal(object)
    """Why it could not be built."""

    def __init__(
        self,
        options: CoreOptions,
        make_core: "Callable[[CoreOptions], Core] | None",
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._options = options
        self._make_core = make_core
        self._core: Core | None = None
        self._mailbox = Mailbox(self._deliver, self)
        self._thread = threading.Thread(target=self._load, name="start")

    def start(self) -> None:
        """Begins; ends in ``loaded`` or ``failed``."""
        self._thread.start()

    def finish(self) -> "Core | None":
        """Waits for the end, tells nothing more, and gives what was built."""
        self._mailbox.close()
        self._thread.join()
        return self._core

    def _load(self) -> None:
        try:
            make = self._make_core
            if make is None:
                make = importlib.import_module(_SERVICES).Core
            self._core = make(self._options)
            # The window's thread then finds these modules imported and need not wait for them.
            importlib.import_module(_DESK)
        except Exception as error:  # noqa: BLE001 - the edge of the thread: told in the window
            self._mailbox.post(error)
        else:
            self._mailbox.post(self._core)

    def _deliver(self, values: list[object]) -> None:
        for value in values:
            (self.failed if isinstance(value, BaseException) else self.loaded).emit(value)
