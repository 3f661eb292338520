"""Measures what the open window costs a real answer: the same chat with and without it."""

import statistics
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from assistant.config.paths import profile_paths
from assistant.domain.conversation import Message, MessageNumbers
from assistant.domain.generation import SamplingParams
from assistant.domain.health import BenchRow
from assistant.services.answers import Finished
from assistant.services.chat import AskOptions
from assistant.services.core import Core
from assistant.services.options import CoreOptions
from assistant.ui.crash import CrashWatch
from assistant.ui.desk import Desk
from assistant.ui.main_window import MainWindow
from assistant.ui.theme.theme import Theme

_QUESTION = "Tell a long story about a lighthouse keeper, a storm and a letter."
_PASSPHRASE = "for measuring only"  # noqa: S105 - of a vault that lives for one measurement
_GOAL = 0.97


class _Both:
    """One core that is asked by the window and without it."""

    def __init__(self, theme: Theme, folder: Path, tokens: int) -> None:
        secret = folder / "passphrase.txt"
        secret.write_text(_PASSPHRASE, encoding="utf-8")
        self.core = Core(
            CoreOptions(paths=profile_paths(folder), passphrase_file=secret, keyring=False)
        )
        self._sampling = SamplingParams(max_tokens=tokens, seed=1, temperature=0.7)
        self.window = MainWindow(theme.tokens)
        self.window.furnish(theme)
        self.window.show()
        self.desk = Desk(theme, self.window, self.core, CrashWatch(folder / "logs"))
        loop = QEventLoop()
        self.desk.ready.connect(loop.quit)
        self.desk.begin()
        loop.exec()
        self.desk.places.close_welcome()
        self.desk.enter()
        model = self.core.models.chosen()
        self.core.personas.set_sampling(model.id, self._sampling).result()
        self.core.models.ensure().result()

    def without_window(self) -> float:
        """Tokens per second of an answer that nobody looks at."""
        chat = self.core.history.create(temporary=True).result()
        answer = self.core.chat.send(chat.id, _QUESTION, AskOptions(sampling=self._sampling))
        for event in answer:
            if isinstance(event, Finished):
                return _speed(event.message)
        return 0.0

    def with_window(self) -> float:
        """Tokens per second of the same answer while the window shows it."""
        ended: list[Message] = []
        loop = QEventLoop()

        def finished(_running: object, message: object) -> None:
            if isinstance(message, Message):
                ended.append(message)
            loop.quit()

        room = self.desk.room
        room.new_temporary_chat()
        connection = room.answering.finished.connect(finished)
        room.place.composer.send_requested.emit(_QUESTION)
        loop.exec()
        room.answering.finished.disconnect(connection)
        # The next answer must not pay for what this one left to be tidied up.
        QTimer.singleShot(200, loop.quit)
        loop.exec()
        return _speed(ended[-1])

    def close(self) -> None:
        """Ends the desk, the core and the window."""
        self.desk.end()
        self.core.close()
        self.window.close()
        self.window.deleteLater()


def generation_rows(theme: Theme, *, tokens: int, repeats: int) -> list[BenchRow]:
    """The starter model's speed with the window open, beside its speed without, in turns."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        both = _Both(theme, Path(folder), tokens)
        try:
            both.without_window()
            pairs = [(both.with_window(), both.without_window()) for _ in range(repeats)]
        finally:
            both.close()
            QApplication.processEvents()
    ratios = [shown / alone for shown, alone in pairs if alone]
    return [
        BenchRow(
            "answer with the window",
            statistics.median(shown for shown, _ in pairs),
            "tokens/s",
            reference=statistics.median(alone for _, alone in pairs),
            ratio=statistics.median(ratios),
            goal=_GOAL,
            at_least=True,
            note=f"{tokens} tokens, {repeats} pairs, {min(ratios):.2f} to {max(ratios):.2f}",
        )
    ]


def _speed(message: Message) -> float:
    numbers: MessageNumbers | None = message.numbers
    return numbers.tokens_per_second if numbers is not None else 0.0
