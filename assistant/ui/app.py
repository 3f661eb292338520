"""The start and the end of the window.

The window is painted before anything heavy is imported: pydantic, the database, the engine and
the chat's own modules are imported on a thread while the window stands.
"""

import importlib
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from assistant.config.first_look import read_first_look
from assistant.config.paths import resources
from assistant.services.options import CoreOptions
from assistant.ui.bridge.mailbox import Mailbox
from assistant.ui.crash import CrashWatch
from assistant.ui.instance import InstanceServer, raise_other, server_name
from assistant.ui.main_window import MainWindow
from assistant.ui.theme.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.core import Core
    from assistant.ui.desk import Desk


class Lamplight(QObject):
    """One run of the window, from the first paint to the last save.

    Args:
        app: The application.
        options: What the command line decided.
        make_core: Builds the services on another thread; the real ones when None.
    """

    started = Signal()
    """The services are there and the vault was asked to open."""
    failed = Signal(str)
    """The services could not be built; says why."""

    def __init__(
        self,
        app: QApplication,
        options: CoreOptions,
        make_core: "Callable[[CoreOptions], Core] | None" = None,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._options = options
        self._make_core = make_core
        look = read_first_look(options.paths.settings)
        self.theme = Theme(
            app,
            resources(),
            mode="auto" if look.theme == "auto" else "dark" if look.theme == "dark" else "light",
            text_size=look.text_size,
            high_contrast=look.high_contrast,
        )
        self.window = MainWindow(
            self.theme, geometry=look.window_geometry, folded=look.sidebar_collapsed
        )
        self.window.closing.connect(self.end)
        self.crash = CrashWatch(options.paths.logs)
        self.desk: Desk | None = None
        self._core: Core | None = None
        self._server: InstanceServer | None = None
        self._mailbox = Mailbox(self._deliver, self)
        self._loader = threading.Thread(target=self._load, name="start")
        self._ended = False

    def show(self) -> None:
        """Shows the window; the rest is begun once it is painted."""
        self.window.show()
        QTimer.singleShot(0, self, self._begin)

    def listen(self, name: str) -> None:
        """Comes forward when another start of this profile asks."""
        self._server = InstanceServer(name, self)
        self._server.raise_wanted.connect(self.window.bring_forward)

    @Slot()
    def _begin(self) -> None:
        self.crash.collect()
        self.crash.start()
        self._loader.start()
        self.window.finish()

    def _load(self) -> None:
        """On a thread of its own: imports what is heavy and builds the services."""
        try:
            make = self._make_core
            if make is None:
                from assistant.services.core import Core as make  # noqa: N813 - called like one
            core = make(self._options)
            # The window's thread then finds these modules imported and need not wait for them.
            importlib.import_module("assistant.ui.desk")
        except Exception as error:  # noqa: BLE001 - the edge of the thread: told in the window
            self._mailbox.post(error)
        else:
            self._mailbox.post(core)

    def _deliver(self, values: list[object]) -> None:
        from assistant.domain.errors import UserFacingError
        from assistant.services.core import Core
        from assistant.ui.desk import Desk

        for value in values:
            if isinstance(value, Core):
                self._core = value
                self.desk = Desk(self.theme, self.window, value, self.crash)
                self.desk.quit_wanted.connect(self.window.close)
                self.desk.begin()
                self.desk.offer_diagnostics()
                self.theme.load_rest()
                self.started.emit()
            elif isinstance(value, BaseException):
                self.crash.note(value)
                words = "Lamplight could not start."
                if isinstance(value, UserFacingError):
                    words = f"{value.message} {value.hint}".strip()
                self.window.toasts.show_toast(words, icon="circle-alert", tone="bad")
                self.failed.emit(words)

    @Slot()
    def end(self) -> None:
        """Stops the answers, keeps the draft, closes the services; in this order, once."""
        if self._ended:
            return
        self._ended = True
        self.window.hide()
        if self._server is not None:
            self._server.close()
        if self._loader.is_alive():
            self._loader.join()
        self._mailbox.close()
        if self.desk is not None:
            self.desk.end()
        if self._core is not None:
            self._core.close()
        self.crash.stop()
        self._app.quit()


def run_window(options: CoreOptions) -> int:
    """Opens the window and returns the exit code once it is closed.

    A second start of the same profile raises the first window and ends at once.
    """
    app = QApplication(["lamplight"])
    app.setApplicationName("Lamplight")
    app.setApplicationDisplayName("Lamplight")
    app.setDesktopFileName("lamplight")
    name = server_name(options.paths.data)
    if raise_other(name):
        return 0
    lamplight = Lamplight(app, options)
    lamplight.show()
    lamplight.listen(name)
    return app.exec()
