"""The whole application from its start to its end, as a program: watched from outside.

It opens the real window with the real starter model, is asked a question, looks at every place
and every page of the models, searches the chats, and is closed. It prints one JSON object: what it
did, what Python's audit hook saw of the network, and which libraries of the network were loaded.

    python -m tests.helpers.offline_run FOLDER
"""

import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.helpers import network

if TYPE_CHECKING:
    from assistant.ui.main_window import MainWindow

Wait = Callable[[str, Callable[[], bool]], None]

_LONGEST_S = 240.0
_LIBRARIES = ("huggingface_hub", "httpx2", "httpx", "requests", "urllib3")
WORDS = "xylograph"


def _look_around(window: "MainWindow", wait: "Wait") -> None:
    """Opens the settings, and every page of the models."""
    from assistant.ui.library.place import ModelsPlace

    window.show_settings()
    wait("settings", lambda: window.current == "settings")
    window.show_place("models")
    place = window.place("models")
    assert isinstance(place, ModelsPlace)
    for key in ("machine", "installed", "catalogue", "search", "downloads", "connections"):
        place.show_page(key)
        wait(key, lambda key=key: place.current == key)


def _main(folder: Path) -> dict[str, object]:
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from assistant.ui.app import Lamplight
    from tests.helpers.profile import options_for

    app = QApplication(["lamplight"])
    lamplight = Lamplight(app, options_for(folder))
    done: list[str] = []
    started = time.monotonic()

    def wait(what: str, reached: Callable[[], bool]) -> None:
        while not reached():
            if time.monotonic() - started > _LONGEST_S:
                raise TimeoutError(f"it never came to {what}")
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        done.append(what)

    lamplight.show()
    at_first_paint = [name for name in _LIBRARIES if name in sys.modules]
    wait("start", lambda: lamplight.desk is not None)
    desk = lamplight.desk
    assert desk is not None
    window = lamplight.window
    wait("vault", lambda: window.current in ("welcome", "recovery", "chat"))
    if window.current == "welcome":
        desk.core.preferences.change("general", "first_run_done", value=True).result(60)
    ended: list[object] = []

    def note(*_: object) -> None:
        ended.append(True)

    desk.room.answering.finished.connect(note)
    window.show_place("chat")
    desk.room.place.composer.send_requested.emit(f"What is a {WORDS}? Answer in one word.")
    wait("answer", lambda: bool(ended))
    found = desk.core.history.search(WORDS)
    wait("search", lambda: found.settled)
    _look_around(window, wait)
    lamplight.end()
    done.append("end")
    return {"done": done, "at_first_paint": at_first_paint}


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    network.install()
    with network.guarded(loopback=False) as reached_for:
        try:
            outcome = _main(Path(sys.argv[1]))
        except BaseException:  # noqa: BLE001 - threads that nobody ends would keep the process
            traceback.print_exc()
            os._exit(1)
    loaded = [name for name in _LIBRARIES if name in sys.modules]
    print(json.dumps(outcome | {"seen": reached_for, "loaded": loaded}))  # noqa: T201 - its answer
