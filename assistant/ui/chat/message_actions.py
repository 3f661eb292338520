"""What one can do with a message, from the transcript to the services."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from assistant.domain.conversation import PLANNER, Conversation, Feedback, Message, Role
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConversationId, MessageId
from assistant.services.core import Core
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.chat.answering import Answering
from assistant.ui.chat.session import ChatSession
from assistant.ui.chat.transcript.asks import Asks
from assistant.ui.widgets.toast import ToastHost

_CHAT, _MESSAGE = "conversation", "message"


@dataclass(frozen=True, slots=True)
class _Edited:
    chat: ConversationId
    message_id: MessageId
    text: str


class MessageActions(QObject):
    """Carries the wishes of the transcript out.

    Args:
        core: The services.
        relay: Brings outcomes here.
        session: Which chat they are for.
        answering: The answers under way.
        toasts: Where it is said what was done.
    """

    reread_wanted = Signal(object)
    """The id of a message whose content has changed."""
    planning_wanted = Signal(str)
    """Other words for the planner."""

    def __init__(
        self,
        core: Core,
        relay: JobRelay,
        session: ChatSession,
        answering: Answering,
        toasts: ToastHost,
    ) -> None:
        super().__init__(session)
        self._core = core
        self._relay = relay
        self._session = session
        self._answering = answering
        self._toasts = toasts

    def connect_to(self, asks: Asks) -> None:
        """Takes the wishes of a transcript."""
        asks.edit_submitted.connect(self.edit)
        asks.regenerate_requested.connect(self.regenerate)
        asks.continue_requested.connect(self.go_on)
        asks.branch_requested.connect(self.branch)
        asks.delete_requested.connect(self.delete)
        asks.pin_requested.connect(self.pin)
        asks.feedback_changed.connect(self.rate)
        asks.version_requested.connect(self.show_version)

    def edit(self, message_id: MessageId, text: str) -> None:
        """A question is asked again in other words; an answer is corrected in its place."""
        chat = self._free_chat()
        if chat is None:
            return
        role = next((o.role for o in self._session.outline if o.id == message_id), Role.USER)
        if role is Role.USER:
            self._edit_question(_Edited(chat, message_id, text))
        else:
            job = self._core.history.replace_text(chat, message_id, text)
            self._relay.watch(job)
            self.reread_wanted.emit(message_id)

    def _edit_question(self, edited: "_Edited") -> None:
        """What the planner answered goes to the planner again, if it is anything for it."""
        ids = [one.id for one in self._session.outline]
        after = ids.index(edited.message_id) + 1 if edited.message_id in ids else 0
        concerns = self._core.planning.acting.concerns(edited.text)
        if concerns and 0 < after < len(ids):
            job = self._core.history.messages([ids[after]])
            self._relay.watch_about(job, edited, self._ask_again, self._not_asked)
        else:
            self._ask_again(edited, [])

    def _ask_again(self, edited: "_Edited", after: list[Message]) -> None:
        if any(one.model == PLANNER for one in after):
            self.planning_wanted.emit(edited.text)
        elif self._answering.in_chat(edited.chat) is None:
            answer = self._core.chat.edit(edited.chat, edited.message_id, edited.text)
            self._answering.start(edited.chat, answer, edited.text)

    def _not_asked(self, _: "_Edited", error: UserFacingError) -> None:
        self._toasts.show_toast(f"{error.message} {error.hint}", icon="circle-alert", tone="bad")

    def regenerate(self, message_id: MessageId) -> None:
        """Another version of an answer."""
        chat = self._free_chat()
        if chat is not None:
            self._answering.start(chat, self._core.chat.regenerate(chat, message_id))

    def go_on(self, message_id: MessageId) -> None:
        """An answer goes on where it ended."""
        chat = self._free_chat()
        if chat is not None:
            self._answering.start(chat, self._core.chat.continue_answer(chat, message_id))

    def branch(self, message_id: MessageId) -> None:
        """A new chat that begins with everything up to here."""
        if self._session.id is not None:
            job = self._core.history.branch(self._session.id, message_id)
            self._relay.watch(job, self._branched)

    def delete(self, message_id: MessageId) -> None:
        """Takes a message out; it can be brought back."""
        chat = self._free_chat()
        if chat is None:
            return
        self._relay.watch(self._core.history.delete_message(chat, message_id))
        toast = self._toasts.show_toast(
            "Message deleted", icon="trash-2", action="Undo", on_action=self._restore
        )
        toast.setProperty(_CHAT, chat)
        toast.setProperty(_MESSAGE, message_id)

    def pin(self, message_id: MessageId, pinned: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Keeps a message in the context, or lets it go."""
        if self._session.id is not None:
            job = self._core.history.set_message_pinned(self._session.id, message_id, pinned=pinned)
            self._relay.watch(job)
            self.reread_wanted.emit(message_id)

    def rate(self, message_id: MessageId, feedback: Feedback) -> None:
        """Keeps a thumb."""
        self._relay.watch(self._core.history.set_feedback(message_id, feedback))
        self.reread_wanted.emit(message_id)

    def show_version(self, message_id: MessageId) -> None:
        """Shows the branch through another version."""
        chat = self._free_chat()
        if chat is not None:
            self._relay.watch(self._core.history.select_version(chat, message_id))

    def _free_chat(self) -> ConversationId | None:
        """The shown chat, unless an answer is being written in it."""
        if self._session.running is not None:
            self._toasts.show_toast(
                "An answer is being written. Stop it first, or wait for its end.", icon="info"
            )
            return None
        return self._session.id

    def _branched(self, made: Conversation) -> None:
        self._session.open(made.id)
        self._toasts.show_toast("A new chat begins here.", icon="git-branch")

    def _restore(self) -> None:
        toast = self.sender()
        chat = ConversationId(int(toast.property(_CHAT)))
        message_id = MessageId(int(toast.property(_MESSAGE)))
        self._relay.watch(self._core.history.restore_message(chat, message_id))
