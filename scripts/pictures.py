#!/usr/bin/env python3
"""Makes the pictures of the README from the real window, with an engine that follows a script.

Needs the starter model in its place (its file is not loaded), no screen and no network.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from assistant.config.paths import profile_paths
from assistant.domain.conversation import MessageStatus, Role
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.services.core import Core
from assistant.services.options import CoreOptions
from assistant.ui.app import Lamplight
from assistant.ui.desk import Desk
from assistant.ui.unlock.recovery import RecoveryScreen

PICTURES = Path(__file__).resolve().parent.parent / "resources" / "docs" / "pictures"
QUESTION = "What does the standard deviation tell me that the mean does not?"
ANSWER = r"""The mean says where the middle is. The **standard deviation** says how far scores \
usually sit from that middle: small when they huddle together, large when they scatter.

$$\sigma = \sqrt{\frac{1}{n}\sum_{i=1}^{n}(x_i-\mu)^2}$$

Two classes can share a mean of 70 and still be nothing alike:

| Class | Scores | Mean $\mu$ | Deviation $\sigma$ |
|---|---|---:|---:|
| A | 68, 70, 72 | 70 | 1.63 |
| B | 50, 70, 90 | 70 | 16.33 |

```python
from statistics import mean, pstdev

for scores in ([68, 70, 72], [50, 70, 90]):
    print(mean(scores), round(pstdev(scores), 2))
```
""".replace("\\\n", "")
TITLES = (
    *("Lentils, one hour, no nuts", "Dorian or natural minor?", "Limiting reagent, step by step"),
    *("Why is my loop off by one?", "Fractions with Maya, age 9", "A regex for ISO dates"),
    *("Plan my week around the lab", "Explain it with pictures"),
)
_WAIT_S = 30.0
_REST_MS = 500


def wait_for(condition: Callable[[], bool]) -> None:
    """Lets the window work until ``condition`` holds.

    Raises:
        TimeoutError: It does not within half a minute.
    """
    end = time.monotonic() + _WAIT_S
    while not condition():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if time.monotonic() > end:
            raise TimeoutError("the window did not come to what was waited for")


def rest() -> None:
    """Lets what is drawn late (formulas, colours of code) be drawn."""
    loop = QEventLoop()
    QTimer.singleShot(_REST_MS, loop.quit)
    loop.exec()


@dataclass(frozen=True, slots=True)
class Studio:
    """The open window and where its pictures go."""

    lamplight: Lamplight
    desk: Desk

    def take(self, name: str) -> None:
        """Saves a picture of the window as it is."""
        rest()
        image = self.lamplight.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        path = PICTURES / f"{name}.png"
        if not image.save(str(path), quality=0):
            raise OSError(f"{path} cannot be written")
        print(f"{path.name}: {path.stat().st_size // 1000} kB")

    def look(self, mode: str, width: int, height: int) -> None:
        """Sets theme and size."""
        if self.lamplight.theme is not None:
            self.lamplight.theme.set(mode="dark" if mode == "dark" else "light")
        self.lamplight.window.resize(width, height)

    def seed(self) -> None:
        """Fills the list of chats."""
        desk = self.desk

        def write() -> None:
            history = desk.core.vault.history()
            for title in TITLES:
                chat = history.create_conversation(title=title)
                asked = history.add_message(chat.id, None, Role.USER, title, MessageStatus.COMPLETE)
                history.add_message(
                    chat.id, asked.id, Role.ASSISTANT, "An answer.", MessageStatus.COMPLETE
                )
                history.set_pinned(chat.id, pinned=title == TITLES[-1])

        desk.core.workers.on_store(write).result(_WAIT_S)
        desk.room.chats.read()


def open_studio(profile: Path) -> Studio:
    """Opens the window over an empty profile."""
    secret = profile / "passphrase.txt"
    secret.write_text("only for a picture\n", encoding="utf-8")
    options = CoreOptions(profile_paths(profile), passphrase_file=secret, keyring=False)
    script = Script(answers=(ScriptedAnswer(ANSWER),), tokens_per_second=60)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["pictures"])
    lamplight = Lamplight(app, options, lambda given: Core(given, scripted_engine(script)))
    lamplight.show()
    wait_for(lambda: lamplight.desk is not None)
    wait_for(lambda: lamplight.window.current == "welcome")
    if lamplight.desk is None or lamplight.theme is None:
        raise RuntimeError("the window was closed while it started")
    lamplight.theme.set(mode="light", reduced_motion=True)
    return Studio(lamplight, lamplight.desk)


def take_all(studio: Studio) -> None:
    """The welcome, a chat in both themes, writing, search, the panel and the places."""
    desk, room = studio.desk, studio.desk.room
    studio.look("light", 1280, 800)
    studio.take("welcome")
    desk.places.close_welcome()
    for screen in studio.lamplight.window.findChildren(RecoveryScreen):
        screen.acknowledged.emit()
    studio.seed()
    studio.take("new-chat")
    room.place.composer.send_requested.emit(QUESTION)
    studio.look("light", 900, 600)
    wait_for(
        lambda: (
            room.session.running is not None and len(room.session.running.text) > len(ANSWER) - 60
        )
    )
    studio.take("writing")
    wait_for(lambda: not room.answering.busy)
    for mode in ("light", "dark"):
        studio.look(mode, 1280, 800)
        studio.take(f"chat-{mode}")
    studio.look("light", 1280, 800)
    room.place.panel.set_open(True)
    studio.take("parameters")
    room.place.panel.set_open(False)
    desk.search.open_over()
    desk.search.field.setText("mean")
    studio.take("search")
    desk.search.close_over()
    for place in ("models", "settings"):
        studio.lamplight.window.show_place(place)
        studio.take(place)


def main() -> int:
    """Makes all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="lamplight-", ignore_cleanup_errors=True) as folder:
        studio = open_studio(Path(folder))
        take_all(studio)
        studio.lamplight.window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
