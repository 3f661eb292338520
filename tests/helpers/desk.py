"""The whole window over a real core with a scripted engine, for tests."""

from dataclasses import dataclass, replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from assistant.domain.clock import Clock
from assistant.domain.conversation import Conversation, Message
from assistant.domain.ids import ConversationId
from assistant.engine.base import Engine
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.services.core import Core
from assistant.ui.clock import clock_face
from assistant.ui.crash import CrashWatch
from assistant.ui.desk import Desk
from assistant.ui.main_window import MainWindow
from assistant.ui.theme.theme import Theme
from assistant.ui.unlock.recovery import RecoveryScreen
from tests.helpers.profile import options_for
from tests.helpers.signals import record

STORE_S = 60.0


def saying(*texts: str, tokens_per_second: float = 0.0) -> Script:
    """A script that gives these answers."""
    answers = tuple(ScriptedAnswer(text) for text in texts)
    return Script(answers=answers, tokens_per_second=tokens_per_second)


@dataclass(frozen=True, slots=True)
class Sat:
    """Somebody who sits at the desk: does what a user does, and waits for what comes of it."""

    desk: Desk
    bot: QtBot

    def say(self, text: str) -> None:
        """Types a message and sends it."""
        self.desk.room.place.composer.set_text(text)
        self.desk.room.place.composer.send_requested.emit(text)

    def ask(self, text: str) -> Message:
        """Sends a message and waits for the answer, as it is stored."""
        ended = record(self.desk.room.answering.finished)
        self.say(text)
        self.bot.waitUntil(lambda: bool(ended))
        self.settle()
        message = ended[0][1]
        assert isinstance(message, Message)
        return message

    def settle(self) -> None:
        """Waits until the store is idle and what it said was heard."""
        for _ in range(3):
            self.desk.core.workers.on_store(lambda: None).result(STORE_S)
            self.bot.wait(1)
            self.bot.waitUntil(lambda: not self.desk.room.session.reading)

    def chats(self) -> list[Conversation]:
        """What the store lists, and the row that holds the draft of a new chat."""
        return self.desk.core.history.conversations(unsent=True).result(STORE_S)

    def stored(self, conversation_id: ConversationId) -> list[Message]:
        """The shown messages of a chat, from the store."""
        return self.desk.core.history.path(conversation_id).result(STORE_S)

    @property
    def chat(self) -> Conversation:
        """The shown chat."""
        conversation = self.desk.room.session.conversation
        assert conversation is not None
        return conversation


def sit_down(
    bot: QtBot,
    theme: Theme,
    profile: Path,
    script: Script | None = None,
    clock: Clock | None = None,
) -> Sat:
    """Opens the window over a scripted engine; whoever does closes it with ``leave``."""
    return sit_down_with(bot, theme, profile, scripted_engine(script), clock)


def sit_down_with(
    bot: QtBot, theme: Theme, profile: Path, engine: Engine, clock: Clock | None = None
) -> Sat:
    """The same over any engine, by the machine's own clock where none is given."""
    options = replace(options_for(profile), face=clock_face())
    core = Core(options if clock is None else replace(options, clock=clock), engine)
    window = MainWindow(theme.tokens)
    window.furnish(theme)
    window.resize(1280, 800)
    window.show()
    desk = Desk(theme, window, core, CrashWatch(profile / "logs"))
    ready = record(desk.ready)
    desk.begin()
    bot.waitUntil(lambda: bool(ready))
    desk.places.close_welcome()
    for screen in window.findChildren(RecoveryScreen):
        screen.acknowledged.emit()
    sat = Sat(desk, bot)
    sat.settle()
    return sat


def leave(sat: Sat) -> None:
    """Closes the desk, the core and the window, in this order."""
    sat.desk.end()
    sat.desk.core.close()
    sat.desk.window.close()
    sat.desk.window.deleteLater()
