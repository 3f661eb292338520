"""Builds the chat place and everything behind it."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from assistant.domain.ids import ConversationId
from assistant.domain.model import ModelStatus
from assistant.render.formula import FormulaRenderer
from assistant.services.core import Core
from assistant.services.history import Changes
from assistant.ui.bridge.background import WindowPool
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.chat.answering import Answering
from assistant.ui.chat.chat_actions import ChatActions
from assistant.ui.chat.controller import ChatController
from assistant.ui.chat.listing.sidebar import ChatsPanel
from assistant.ui.chat.menus import ChatMenus, PlusMenu
from assistant.ui.chat.message_actions import MessageActions
from assistant.ui.chat.model_chooser import ModelChooser
from assistant.ui.chat.panel.panel import PanelKeeper
from assistant.ui.chat.persona_chooser import PersonaChooser
from assistant.ui.chat.place import ChatPlace
from assistant.ui.chat.plan_offer import PlanOffer
from assistant.ui.chat.reading_along import ReadingAlong
from assistant.ui.chat.session import ChatSession, Spot
from assistant.ui.chat.source import SessionSource
from assistant.ui.chat.summary import SummaryKeeper
from assistant.ui.chat.transcript.view import TranscriptView
from assistant.ui.chat.usage import UsageMeter
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.toast import ToastHost


class ChatRoom(QObject):
    """The chat, as the window uses it.

    Args:
        theme: The theme in force.
        core: The services.
        relay: Brings outcomes here.
        pool: Does small work elsewhere.
        toasts: Where it is said what was done.
        window: The window.
    """

    def __init__(
        self,
        theme: Theme,
        core: Core,
        relay: JobRelay,
        pool: WindowPool,
        toasts: ToastHost,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._core = core
        self._relay = relay
        self._begun = False
        self.answering = Answering(self)
        self.session = ChatSession(core, relay, self.answering, self)
        source = SessionSource(core.history, relay, self.session)
        self.transcript = TranscriptView(theme, FormulaRenderer(), pool, source)
        source.serve(self.transcript)
        self.place = ChatPlace(theme, self.transcript)
        self.chats = ChatsPanel(theme, "")
        self.actions = ChatActions(theme, core, relay, toasts, window)
        self.personas = PersonaChooser(theme, core.personas, relay, self.session, window)
        self.models = ModelChooser(theme, core.models, core.installing, relay, pool, toasts)
        self._keeper = PanelKeeper(self.place.panel, core.personas, relay, toasts)
        self._ahead = ReadingAlong(self.place, self.session, self.answering, core.chat)
        self._usage = UsageMeter(self.place, self.session, self.answering, core, relay)
        self._summary = SummaryKeeper(
            theme, self.place.summary, core.chat.summaries, self.session, relay, window
        )
        self.controller = ChatController(
            self.place, self.session, self.answering, self.personas, self._keeper
        )
        self.plan_offer = PlanOffer(theme, self.place, core.planning, relay, toasts, self.session)
        self.controller.ask_first(self.plan_offer)
        self.menus = ChatMenus(
            theme, self.place, self.session, self.personas, self.models, self.actions
        )
        self.plus = PlusMenu(theme, self.place, pool, relay)
        messages = MessageActions(core, relay, self.session, self.answering, toasts)
        messages.connect_to(self.transcript.asks)
        messages.reread_wanted.connect(source.reread)
        messages.planning_wanted.connect(self.controller.say_again)
        self.session.notes.changed.connect(source.reread)
        self._connect()

    def _connect(self) -> None:
        listing, actions, session = self.chats.list, self.actions, self.session
        listing.open_requested.connect(self.open)
        listing.pin_requested.connect(actions.pin)
        listing.archive_requested.connect(actions.archive)
        listing.delete_requested.connect(actions.delete)
        listing.export_requested.connect(actions.export)
        listing.restore_requested.connect(actions.restore)
        listing.forget_requested.connect(actions.forget)
        self.chats.model.rename_requested.connect(actions.rename)
        self.chats.new_requested.connect(self.new_chat)
        self.chats.unsent_found.connect(session.note_unsent)
        self.plus.temporary_requested.connect(self.new_temporary_chat)
        self.models.chosen.connect(self._remember_model)
        self._summary.changed.connect(self._usage.ask)
        session.shown.connect(self._mark_open)
        session.chat_changed.connect(self._mark_open)

    # For the window

    def begin(self, last: ConversationId | None) -> None:
        """The vault is open: reads what there is and shows the chat that was open last."""
        self._begun = True
        self.chats.begin(self._core.history, self._relay, self._core.options.clock)
        self.personas.read()
        self._keeper.read()
        self.models.read()
        if last is not None:
            self.session.open(last)
        else:
            self.session.new()

    def end(self) -> None:
        """Keeps the draft, stops the answers, and reads nothing any more."""
        if self._begun:
            self.controller.keep_draft()
        self._ahead.stop()
        self.answering.stop_all()
        self.session.notes.close()
        self.chats.end()

    def new_chat(self) -> None:
        """Ctrl+N."""
        self.controller.keep_draft()
        self.session.new()
        self.place.write()

    def new_temporary_chat(self) -> None:
        """Ctrl+Shift+N."""
        self.controller.keep_draft()
        self.session.new(temporary=True)
        self.place.write()

    def open(self, conversation_id: ConversationId) -> None:
        """Shows a chat."""
        self.controller.keep_draft()
        self.session.open(conversation_id)

    def open_at(self, conversation_id: ConversationId, spot: Spot) -> None:
        """Shows a place in a chat."""
        self.controller.keep_draft()
        self.session.open(conversation_id, spot)

    def changed(self, changes: Changes) -> None:
        """Something was written to the history."""
        self.chats.changed(changes)
        self.session.changed(changes)
        self._summary.heard(changes)

    def show_model(self, status: ModelStatus) -> None:
        """The state of the model changed."""
        self.controller.show_model(status)
        self._usage.show_model(status)
        self._ahead.show_model(status)

    def _mark_open(self) -> None:
        self.chats.list.show_open(self.session.id)

    def _remember_model(self, model_id: str) -> None:
        if self.session.id is not None:
            self._relay.watch(self._core.history.set_model(self.session.id, model_id))
