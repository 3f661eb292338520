"""The start and the end of the window.

The window is painted before anything heavy is imported: pydantic, the database, the engine and
the chat's own modules are imported on a thread while the window stands.
"""

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from assistant.config.first_look import FirstLook, read_first_look
from assistant.services.options import CoreOptions
from assistant.ui.clock import clock_face, keep_english
from assistant.ui.instance import InstanceServer, raise_other, server_name
from assistant.ui.main_window import MainWindow
from assistant.ui.theme.tokens import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.core import Core
    from assistant.services.window_lock import WindowLock
    from assistant.ui.bridge.collector import Collector
    from assistant.ui.crash import CrashWatch
    from assistant.ui.desk import Desk
    from assistant.ui.loader import Loader
    from assistant.ui.theme.theme import Theme

_SIGN = "window"
_LATEST_MS = 300
_HALF_LIGHT = 128


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
        self._look = read_first_look(options.paths.settings)
        self.window = MainWindow(
            choose(dark=_dark(app, self._look), high_contrast=self._look.high_contrast),
            geometry=self._look.window_geometry,
            folded=self._look.sidebar_collapsed,
        )
        self.window.closing.connect(self.end)
        self.theme: Theme | None = None
        self.crash: CrashWatch | None = None
        self.desk: Desk | None = None
        self._core: Core | None = None
        self._lock: WindowLock | None = None
        self._server: InstanceServer | None = None
        self._loader: Loader | None = None
        self._collector: Collector | None = None
        self._name = ""
        self._ended = False

    def show(self, *, listen_as: str = "") -> None:
        """Shows the window; the rest is begun once it is painted.

        Args:
            listen_as: Name under which another start of this profile can ask it to come forward.
        """
        self._name = listen_as
        self.window.painted.connect(self._begin_soon)
        self.window.show()
        # A window that starts hidden behind others may not be painted for a while.
        QTimer.singleShot(_LATEST_MS, self, self._begin)

    def _begin_soon(self) -> None:
        QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        from assistant.config.paths import resources
        from assistant.services.window_lock import WindowLock
        from assistant.ui.bridge.collector import Collector
        from assistant.ui.crash import CrashWatch
        from assistant.ui.loader import Loader
        from assistant.ui.theme.theme import Theme

        if self._ended or self._collector is not None:
            return
        self._collector = Collector(self)
        self.crash = CrashWatch(self._options.paths.logs)
        self.crash.collect()
        self.crash.start()
        look = self._look
        self.theme = Theme(
            self._app,
            resources(),
            mode="auto" if look.theme == "auto" else "dark" if look.theme == "dark" else "light",
            text_size=look.text_size,
            high_contrast=look.high_contrast,
        )
        self.window.furnish(self.theme)
        if self._name:
            self._lock = WindowLock(self._options.paths.lock)
            if not self._lock.take():
                # Started in the same moment as another, of which there was no sign yet.
                raise_other(self._name, _sign(self._options))
                self.window.close()
                return
            self._server = InstanceServer(self._name, _sign(self._options), self)
            self._server.raise_wanted.connect(self.window.bring_forward)
        options = replace(self._options, face=clock_face())
        self._loader = Loader(options, self._make_core, self)
        self._loader.loaded.connect(self._loaded)
        self._loader.failed.connect(self._not_loaded)
        self._loader.start()

    def _loaded(self, core: "Core") -> None:
        from assistant.ui.desk import Desk

        if self.theme is None or self.crash is None:
            return
        self._core = core
        self.desk = Desk(self.theme, self.window, core, self.crash)
        self.desk.quit_wanted.connect(self.window.close)
        self.desk.begin()
        self.desk.offer_diagnostics()
        self.theme.load_rest()
        if self._collector is not None:
            self._collector.settle()
        self.started.emit()

    def _not_loaded(self, error: BaseException) -> None:
        from assistant.domain.errors import UserFacingError

        if self.crash is not None:
            self.crash.note(error)
        words = "Lamplight could not start. “assistant doctor” may show why."
        if isinstance(error, UserFacingError):
            words = f"{error.message} {error.hint}".strip()
        # There is nothing else in the window that would say why it stays empty.
        self.window.toasts.show_toast(words, icon="circle-alert", tone="bad").keep()
        self.failed.emit(words)

    def interrupted(self, *_: object) -> None:
        """Ctrl-C in the terminal, or the system shuts down: the same as closing the window."""
        self.window.close()

    def end(self) -> None:
        """Stops the answers, keeps the draft, closes the services; in this order, once."""
        if self._ended:
            return
        self._ended = True
        self.window.hide()
        if self._server is not None:
            self._server.close()
        if self._loader is not None and self._core is None:
            # Closed while it was starting: what was built meanwhile is closed as well.
            self._core = self._loader.finish()
        if self.desk is not None:
            self.desk.end()
        if self._core is not None:
            self._core.close()
        if self._lock is not None:
            self._lock.release()
        if self._collector is not None:
            self._collector.close()
        if self.crash is not None:
            self.crash.stop()
        self._app.quit()


def _dark(app: QApplication, look: FirstLook) -> bool:
    """For the first paint alone: asking Qt for the scheme costs all its enums, some 15 ms."""
    if look.theme == "auto":
        return app.palette().window().color().lightness() < _HALF_LIGHT
    return look.theme == "dark"


def _sign(options: CoreOptions) -> Path:
    return options.paths.state / _SIGN


def run_window(options: CoreOptions) -> int:
    """Opens the window and returns the exit code once it is closed.

    A second start of the same profile raises the first window and ends at once.
    """
    if not _has_screen():
        # Qt would end the process without a word that helps.
        sys.stderr.write(
            "Lamplight finds no screen to open its window on. Start it in a desktop session, or "
            "use a command such as “assistant ask”; “assistant --help” lists them.\n"
        )
        return 1
    app = QApplication(["lamplight"])
    keep_english()
    app.setApplicationName("Lamplight")
    app.setApplicationDisplayName("Lamplight")
    app.setDesktopFileName("lamplight")
    name = server_name(options.paths.data)
    if raise_other(name, _sign(options)):
        return 0
    lamplight = Lamplight(app, options)
    lamplight.show(listen_as=name)
    # Python looks at signals when it is given the word; the collector's timer gives it each second.
    for number in _ends():
        if signal.getsignal(number) is not signal.SIG_IGN:  # as “nohup” has it, which is obeyed
            signal.signal(number, lamplight.interrupted)
    return app.exec()


def _ends() -> list[signal.Signals]:
    """What asks the application to end: Ctrl-C, the system, a terminal that is closed."""
    ends = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32":
        ends.append(signal.SIGHUP)
    return ends


def _has_screen() -> bool:
    """Whether Qt can be expected to find a display."""
    if not sys.platform.startswith("linux"):
        return True
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in named)
