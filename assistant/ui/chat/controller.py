"""Connects the chat place with the session and the answers."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from assistant.domain.conversation import Message, Role
from assistant.domain.errors import UserFacingError
from assistant.domain.model import ModelStatus
from assistant.ui.chat.answering import Answering, Running
from assistant.ui.chat.panel.context import left_out_words
from assistant.ui.chat.panel.panel import PanelKeeper
from assistant.ui.chat.panel.persona import persona_name
from assistant.ui.chat.persona_chooser import PersonaChooser
from assistant.ui.chat.place import ChatPlace
from assistant.ui.chat.plan_offer import PlanOffer
from assistant.ui.chat.session import ChatSession
from assistant.ui.models.chats import UNTITLED, title_of

if TYPE_CHECKING:
    from assistant.domain.ids import ConversationId, MessageId

ONE_WAITS = "One message waits already. Take it back, or stop the answer."
_TELL_EVERY_S = 0.25
_QUEUED_SHOWN = 60


class ChatController(QObject):
    """Fills the place from the session, and sends what is written in it.

    Args:
        place: What is shown.
        session: Which chat is shown.
        answering: The answers under way.
        personas: Names of who answers.
        keeper: The panel's contents.
    """

    def __init__(
        self,
        place: ChatPlace,
        session: ChatSession,
        answering: Answering,
        personas: PersonaChooser,
        keeper: PanelKeeper,
    ) -> None:
        super().__init__(place)
        self._place = place
        self._session = session
        self._answering = answering
        self._personas = personas
        self._keeper = keeper
        self._begun: MessageId | None = None
        self._answered: MessageId | None = None
        """A question whose answer has ended but may not be among the messages yet."""
        self._told_at = 0.0
        self._left_out: dict[ConversationId, int] = {}
        self._note: tuple[str, str] | None = None
        self._offer: PlanOffer | None = None
        self._connect()

    def _connect(self) -> None:
        session, answering, place = self._session, self._answering, self._place
        session.shown.connect(self._show)
        session.spot_changed.connect(self._go_to_spot)
        session.outline_changed.connect(self._show_outline)
        session.chat_changed.connect(self._show_chat)
        session.queue_changed.connect(self._show_state)
        session.given_back.connect(self._give_back)
        answering.accepted.connect(self._accepted)
        answering.progressed.connect(self._progressed)
        answering.text_came.connect(self._text_came)
        answering.left_out.connect(self._parts_left_out)
        answering.not_saved.connect(self._say_error)
        answering.finished.connect(self._finished)
        answering.refused.connect(self._refused)
        place.composer.send_requested.connect(self._send)
        place.composer.stop_requested.connect(session.stop)
        place.stop_requested.connect(session.stop)
        place.composer.field.edit_last_requested.connect(self._edit_last)
        place.composer.notice.acted.connect(self._take_back)
        place.composer.notice.dismissed.connect(self._dismiss)
        place.composer.context_requested.connect(self._open_panel)
        place.draft_due.connect(self.keep_draft)
        place.bar.find_requested.connect(place.transcript.open_find)
        place.panel.persona.prompt_changed.connect(self._own_words)
        place.panel.persona.save_requested.connect(self._personas.save)
        self._personas.changed.connect(self._show_chat)

    # What is shown

    def keep_draft(self) -> None:
        """Keeps what stands in the composer and in the panel now."""
        self._place.panel.persona.flush()
        self._session.keep_draft(self._place.take_draft())

    def show_model(self, status: ModelStatus) -> None:
        """Shows the state of the model and its sampling."""
        self._place.composer.set_model(status)
        self._keeper.show_model(status)

    def _show(self) -> None:
        place, chat = self._place, self._session.conversation
        self._begun = None
        self._note = None
        place.transcript.clear_marks()
        place.empty.show_kind(temporary=self._session.temporary)
        place.composer.set_text(chat.draft if chat is not None else "")
        self._show_chat()
        place.transcript.set_messages(self._session.outline)
        self._begin_running()
        self._show_state()
        if self._session.spot.message_id is None:
            place.transcript.scroll_to_end()
        else:
            self._go_to_spot()
        place.write()

    def _show_chat(self) -> None:
        bar, chat = self._place.bar, self._session.conversation
        bar.title.set_title(title_of(chat) if chat is not None else UNTITLED)
        bar.title.editable = chat is not None
        bar.temporary.setVisible(self._session.temporary)
        bar.more_button.setEnabled(chat is not None)
        prompt = self._session.system_prompt
        bar.persona.set_name(
            persona_name(self._session.persona_id, prompt, self._personas.personas)
        )
        self._place.panel.persona.show_prompt(prompt)
        self._show_state()

    def _show_outline(self) -> None:
        self._answered = None
        self._place.transcript.set_messages(self._session.outline)
        self._begin_running()
        self._offer_answer()

    def _offer_answer(self) -> None:
        """A chat may end with a question: its answer was deleted, or never begun."""
        last = self._session.outline[-1] if self._session.outline else None
        open_ = last is not None and last.role is Role.USER and last.id != self._answered
        free = self._session.running is None
        self._place.transcript.offer_answer(last.id if last and open_ and free else None)

    def _show_state(self) -> None:
        """Send or Stop, and the line above the field."""
        running = self._session.running
        composer = self._place.composer
        composer.set_writing(writing=running is not None)
        queued = " ".join(self._session.queued.split())
        if queued:
            short = queued if len(queued) <= _QUEUED_SHOWN else queued[:_QUEUED_SHOWN] + "…"
            composer.notice.say(f"Sent when this answer ends: {short}", action="Take back")
        elif running is not None and running.waiting:
            composer.notice.say(running.waiting, closable=False)
        elif self._note is not None:
            composer.notice.say(self._note[0], self._note[1])
        else:
            composer.notice.hide()
        self._offer_answer()

    def _go_to_spot(self) -> None:
        spot = self._session.spot
        if spot.message_id is not None:
            self._place.transcript.scroll_to(spot.message_id, spot.words)

    # Answers

    def _begin_running(self) -> None:
        """Lights the answer under way, once it is among the messages."""
        running = self._session.running
        if running is None or running.message is None or self._begun == running.message.id:
            return
        message = running.message
        if any(outline.id == message.id for outline in self._session.outline):
            self._begun = message.id
            self._place.transcript.begin_answer(message.id, message.content + running.text)

    def _accepted(self, running: Running) -> None:
        if running is self._session.running:
            self._begin_running()
            self._show_state()
            if running.asked:
                self._place.transcript.scroll_to_end()

    def _progressed(self, running: Running) -> None:
        if running is not self._session.running:
            return
        self._show_state()
        if self._begun is not None and not running.waiting:
            self._place.transcript.set_progress(self._begun, reading=running.reading)

    def _text_came(self, running: Running, text: str) -> None:
        if running is not self._session.running or self._begun is None:
            return
        self._place.transcript.append_text(self._begun, text)
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY_S:
            self._told_at = now
            self._place.transcript.set_progress(
                self._begun, tokens_per_second=running.tokens_per_second, tokens=running.tokens
            )

    def _parts_left_out(self, running: Running) -> None:
        known = self._left_out.get(running.conversation_id, 0)
        self._left_out[running.conversation_id] = running.left_out
        if running.conversation_id == self._session.id and running.left_out > known:
            self._note = (left_out_words(running.left_out), "info")
            self._show_state()

    def _finished(self, running: Running, message: Message) -> None:
        if running.conversation_id == self._session.id:
            self._begun, self._answered = None, message.parent_id
            self._place.transcript.finish_answer(message)
            self._show_state()

    def _refused(self, running: Running, _: UserFacingError) -> None:
        if running.conversation_id == self._session.id:
            self._begun = None
            self._session.refresh()
            self._show_state()

    # Writing

    def ask_first(self, offer: PlanOffer) -> None:
        """Has what is sent looked at by an offer before it becomes a message."""
        self._offer = offer
        offer.declined.connect(self._send_on)

    def _send(self, text: str) -> None:
        if self._offer is None or not self._offer.takes(text):
            self._send_on(text)

    def say_again(self, words: str) -> None:
        """A sentence to the planner in other words: it is looked at as if it had been typed."""
        typed = self._place.composer.text.strip()
        self._give_back(words, None)
        if not typed:
            self._send(words)

    def _send_on(self, text: str) -> None:
        if self._session.send(text):
            self._note = None
            self._place.composer.set_text("")
            self._place.take_draft()
        else:
            self._note = (ONE_WAITS, "info")
        self._show_state()

    def _give_back(self, words: str, error: UserFacingError | None) -> None:
        composer = self._place.composer
        if words:
            typed = composer.text
            composer.set_text(f"{words}\n\n{typed}" if typed.strip() else words)
        if error is not None:
            self._say_error(error)
        self._show_state()

    def _say_error(self, error: UserFacingError) -> None:
        self._note = (f"{error.message} {error.hint}".strip(), "circle-alert")
        self._show_state()

    def _take_back(self) -> None:
        self._give_back(self._session.take_queued(), None)
        self._place.write()

    def _dismiss(self) -> None:
        if self._session.queued:
            self._take_back()
        self._note = None
        self._show_state()

    def _edit_last(self) -> None:
        questions = [o.id for o in self._session.outline if o.role is Role.USER]
        if questions and self._session.running is None:
            self._place.transcript.edit(questions[-1])

    def _own_words(self, prompt: str) -> None:
        self._session.set_persona(self._session.persona_id if prompt else None, prompt)

    def _open_panel(self) -> None:
        self._place.panel.set_open(True)
