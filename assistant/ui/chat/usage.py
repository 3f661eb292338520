"""How full the context of the shown chat is; counted when the engine rests."""

from PySide6.QtCore import QObject

from assistant.domain.conversation import Message
from assistant.domain.model import ModelState, ModelStatus
from assistant.services.chat import ContextUsage
from assistant.services.core import Core
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.chat.answering import Answering
from assistant.ui.chat.place import ChatPlace
from assistant.ui.chat.session import ChatSession


class UsageMeter(QObject):
    """Asks for the figures and shows them in the composer and in the panel.

    Args:
        place: Where they are shown.
        session: Which chat is shown.
        answering: The answers under way; nothing is counted meanwhile, because the engine has
            better to do and the figures would be old at once.
        core: Counts.
        relay: Brings the figures here.
    """

    def __init__(
        self,
        place: ChatPlace,
        session: ChatSession,
        answering: Answering,
        core: Core,
        relay: JobRelay,
    ) -> None:
        super().__init__(place)
        self._place = place
        self._session = session
        self._answering = answering
        self._core = core
        self._relay = relay
        self._ready = False
        self._counting: list[Watch] = []
        session.shown.connect(self.ask)
        session.outline_changed.connect(self.ask)
        answering.finished.connect(self.ask)
        place.panel.opened.connect(self.ask)

    def show_model(self, status: ModelStatus) -> None:
        """Counts anew when a model is ready, and shows nothing without one."""
        ready = status.state is ModelState.READY
        if ready != self._ready:
            self._ready = ready
            self.ask()

    def ask(self, *_: object) -> None:
        """Counts the tokens of the shown chat."""
        if self._answering.busy:
            return
        for watch in self._counting:
            watch.drop()
        self._counting.clear()
        chat = self._session.id
        if chat is None or not self._ready or not self._session.outline:
            self._show(None)
            return
        self._counting.append(self._relay.watch(self._core.chat.context_usage(chat), self._show))
        if self._place.panel.is_open():
            self._counting.append(self._relay.watch(self._core.history.path(chat), self._show_pins))

    def _show(self, usage: ContextUsage | None) -> None:
        composer, context = self._place.composer, self._place.panel.context
        if usage is None:
            composer.set_usage(None, 0)
            context.show_nothing()
            return
        composer.set_usage(usage.used_tokens, usage.context_length)
        context.show_usage(usage.used_tokens, usage.context_length, left_out=usage.left_out)

    def _show_pins(self, messages: list[Message]) -> None:
        self._place.panel.context.show_pinned(sum(1 for each in messages if each.pinned))
