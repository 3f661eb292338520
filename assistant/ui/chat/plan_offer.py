"""Sentences in the chat that tell the planner what to do: shown first, done when confirmed."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import StepId
from assistant.planner.commands.about import goes_on, may_be_planning
from assistant.planner.commands.reading import Command, may_be_command
from assistant.services.planning.services import PlanningServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.chat.place import ChatPlace
from assistant.ui.chat.plan_card import PlanCard
from assistant.ui.clock import clock_face
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.toast import ToastHost

if TYPE_CHECKING:
    from assistant.domain.task import Step
    from assistant.services.jobs import Job
    from assistant.services.planning.acting import Acted, Proposal

_FOR_THE_MODEL = frozenset({"command_unclear", "task_unknown", "plan_empty"})
"""What the planner does not know is a message like any other."""
_WAIT_MS = 250
"""After this it is said that the plan is looked at."""


class PlanOffer(QObject):
    """Offers to act on what was written; sent once more, it goes to the model.

    Args:
        theme: The theme in force.
        place: Where the offer is shown.
        planning: The services.
        relay: Brings outcomes here.
        toasts: Where it is said what was done, with a way back.
    """

    declined = Signal(str)
    """Words that are a message for the model after all."""

    def __init__(
        self,
        theme: Theme,
        place: ChatPlace,
        planning: PlanningServices,
        relay: JobRelay,
        toasts: ToastHost,
    ) -> None:
        super().__init__(place)
        self._place = place
        self._planning = planning
        self._relay = relay
        self._toasts = toasts
        self._text = ""
        self._answered = ""
        self._applying = ""
        """The words that are being acted on; they stay in the field until that is through."""
        self._proposal: Proposal | None = None
        self._commands: tuple[Command, ...] = ()
        self._job: Job[Proposal] | None = None
        self._watch: Watch | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_WAIT_MS)
        self._patience.timeout.connect(self._looking)
        self.line = PlanCard(theme)
        self.line.acted.connect(self._confirmed)
        self.line.chosen.connect(self._chosen)
        self.line.sent_on.connect(self._send_on)
        self.line.dismissed.connect(self._dismissed)
        place.composer.text_changed.connect(self._typed)
        place.add_line(self.line)

    def takes(self, text: str) -> bool:
        """Whether it sees to what is sent; the same words sent again are not for it."""
        if self._applying and text == self._applying:
            return True
        again = text == self._text
        self._end()
        if again or not self._concerns(text):
            return False
        self._text = text
        self._look(self._planning.acting.propose(text, certain=False))
        return True

    def _concerns(self, text: str) -> bool:
        if goes_on(text) and self._place.transcript.outline:
            return False
        return may_be_command(text) or (may_be_planning(text) and self._planning.asking.ready)

    def _look(self, job: "Job[Proposal]") -> None:
        self._job = job
        self._patience.start()
        self._watch = self._relay.watch(job, self._proposed, self._refused)

    def _looking(self) -> None:
        self.line.say("Looking at your plan…")
        self._place.keep_tab_order()

    def _proposed(self, proposal: "Proposal") -> None:
        self._settled()
        if self._place.composer.text != self._text:
            return
        if proposal.is_answer:
            self._show_answer(proposal)
            return
        self._proposal = proposal
        by = " (as the model understands it)" if proposal.by_model else ""
        self.line.say(f"{proposal.title}{by}", proposal.changes, proposal.warnings)
        others: tuple[str, ...] = ()
        clash = proposal.foreseen.clash
        nearest = None if clash is None else clash.nearest
        if proposal.instead is not None and nearest is not None:
            self._commands = (proposal.instead,)
            others = (f"{nearest:%a %d %b}, {clock_face().time(nearest)} instead",)
        self.line.offer("Yes, do it", others)
        self._place.keep_tab_order()
        self.line.action.setFocus()

    def _show_answer(self, proposal: "Proposal") -> None:
        """An answer stays until something else is written; the field is free for that."""
        self.line.say(proposal.title, proposal.changes)
        self._answered, self._text = self._text, ""
        self._place.composer.set_text("")
        self._place.keep_tab_order()
        self._place.write()

    def _refused(self, error: UserFacingError) -> None:
        from assistant.services.planning.naming import AmbiguousTaskError

        self._settled()
        text = self._text
        if error.code in _FOR_THE_MODEL:
            self._end()
            self.declined.emit(text)
        elif self._place.composer.text != text:
            return
        elif isinstance(error, AmbiguousTaskError):
            self._commands = tuple(error.chosen(one) for one in error.choices)
            self.line.say(f"Which one is “{error.words[:60]}”?")
            self.line.offer("", [f"{one.title[:40]} ({one.hint})" for one in error.choices])
            self._place.keep_tab_order()
            self.line.choices[0].setFocus()
        else:
            self.line.say(error.message, [error.hint] if error.hint else [], bad=True)
            self._place.keep_tab_order()

    def _chosen(self, place: int) -> None:
        if place < len(self._commands):
            command, self._proposal = self._commands[place], None
            self._commands = ()
            self._look(self._planning.acting.propose_command(command))

    def _confirmed(self) -> None:
        proposal, text = self._proposal, self._text
        self._end()
        if proposal is not None:
            self._applying = text
            job = self._planning.acting.apply(proposal)
            self._relay.watch(job, self._applied, self._not_applied)
            self._place.write()

    def _applied(self, acted: "Acted") -> None:
        text, self._applying = self._applying, ""
        if self._place.composer.text == text:
            self._place.composer.set_text("")
        words, step = f"Done: {acted.title}", self._relay.step
        if step is None:
            self._toasts.show_toast(words, icon="calendar-check", tone="good")
            return
        self._toasts.show_toast(
            words,
            icon="calendar-check",
            tone="good",
            action="Undo",
            on_action=partial(self._undo, step),
        )

    def _not_applied(self, error: UserFacingError) -> None:
        text, self._applying = self._applying, ""
        if self._place.composer.text != text:
            # Something else is written by now, and may have a card of its own.
            self._toasts.show_toast(f"{error.message} {error.hint}", icon="circle-alert")
            return
        self._answered = text
        self.line.say(error.message, [error.hint] if error.hint else [], bad=True)
        self.line.send_on.hide()
        self._place.keep_tab_order()

    def _undo(self, step: StepId) -> None:
        job = self._planning.desk.undo_step(step)
        self._relay.watch(job, self._undone, self._not_undone)

    def _undone(self, step: "Step | None") -> None:
        if step is not None:
            self._toasts.show_toast(f"Undone: {clock_face().told(step.words)}.", icon="undo-2")

    def _not_undone(self, error: UserFacingError) -> None:
        hint = clock_face().told(error.hint)
        self._toasts.show_toast(f"{error.message} {hint}", icon="undo-2")

    def _send_on(self) -> None:
        text = self._text or self._answered
        self._end()
        if text:
            self.declined.emit(text)

    def _dismissed(self) -> None:
        self._end()
        self._place.write()

    def _typed(self) -> None:
        text = self._place.composer.text
        if (self._text and text != self._text) or (self._answered and text):
            self._end()

    def _settled(self) -> None:
        self._patience.stop()
        self._job = None

    def _end(self) -> None:
        if self._watch is not None:
            # An answer that comes late would stand for other words, or for none.
            self._watch.drop()
            self._watch = None
        if self._job is not None:
            self._job.cancel()
        self._settled()
        self._text, self._answered, self._proposal, self._commands = "", "", None, ()
        self.line.hide()
