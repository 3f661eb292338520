"""Sentences in the chat that tell the planner what to do: shown first, done when confirmed."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from assistant.domain.conversation import PLANNER
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import StepId
from assistant.planner.commands.about import goes_on, may_be_planning
from assistant.planner.commands.reading import Command, may_be_command
from assistant.services.noting import planner_words
from assistant.services.planning.services import PlanningServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.chat.noting import Deed, Note
from assistant.ui.chat.place import ChatPlace
from assistant.ui.chat.plan_card import PlanCard
from assistant.ui.chat.plan_way import PlanWay, way_to
from assistant.ui.chat.session import ChatSession
from assistant.ui.clock import clock_face
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.toast import ToastAction, ToastHost

if TYPE_CHECKING:
    from assistant.domain.task import Step
    from assistant.services.jobs import Job
    from assistant.services.planning.acting import Acted, Proposal

_FOR_THE_MODEL = frozenset({"command_unclear", "task_unknown", "plan_empty"})
"""What the planner does not know is a message like any other."""
_UNDONE, _AGAIN = "Done, and taken back", "Done again"
_WAIT_MS = 250
"""After this it is said that the plan is looked at."""


@dataclass(frozen=True, slots=True)
class _Doing:
    """What is being done, and the chat in which it was said."""

    proposal: "Proposal"
    note: Note


class PlanOffer(QObject):
    """Offers to act on what was written; sent once more, it goes to the model.

    What was done, and what was answered, is kept in the conversation.

    Args:
        theme: The theme in force.
        place: Where the offer is shown.
        planning: The services.
        relay: Brings outcomes here.
        toasts: Where it is said what was done, with a way there and a way back.
        session: The chat in which it is said.
    """

    way_wanted = Signal(object)
    """A ``PlanWay``: what was changed is to be seen."""
    declined = Signal(str)
    """Words that are a message for the model after all."""

    def __init__(
        self,
        theme: Theme,
        place: ChatPlace,
        planning: PlanningServices,
        relay: JobRelay,
        toasts: ToastHost,
        session: ChatSession,
    ) -> None:
        super().__init__(place)
        self._place = place
        self._planning = planning
        self._relay = relay
        self._toasts = toasts
        self._session = session
        self._doing: _Doing | None = None
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
        session.notes.failed.connect(self._not_kept)
        session.notes.kept.connect(self._kept)

    @property
    def busy(self) -> bool:
        """Whether what was confirmed is being done."""
        return bool(self._applying)

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
        if goes_on(text) and self._follows_a_model():
            return False
        return may_be_command(text) or (may_be_planning(text) and self._planning.asking.ready)

    def _follows_a_model(self) -> bool:
        transcript = self._place.transcript
        if not transcript.outline:
            return False
        last = transcript.message(transcript.outline[-1].id)
        return last is None or last.model != PLANNER

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
        """It is kept; above the field it stands until then, where a model's answer comes first."""
        words = self._text
        if self._session.running is not None:
            self.line.say(proposal.title, proposal.changes)
            self._answered, self._text = words, ""
        else:
            self._end()
        said = planner_words(proposal.title, proposal.changes)
        self._place.composer.set_text("")
        self._place.keep_tab_order()
        self._place.write()
        self._session.note(Note(self._session.here, words, said))

    def _kept(self, note: Note) -> None:
        if note.words == self._answered:
            self._end()
        if note.here is self._session.here:
            self._place.transcript.scroll_to_end()

    def _not_kept(self, note: Note, error: UserFacingError) -> None:
        """What was answered is to be read all the same."""
        self._toasts.show_toast(f"{error.message} {error.hint}", icon="circle-alert", tone="bad")
        if note.here is self._session.here and not self._place.composer.text:
            self.line.say("The planner's answer could not be kept", note.said.splitlines())
            self._answered = note.words
            self._place.keep_tab_order()

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
            said = _told(proposal, "Done")
            self._applying = text
            self._doing = _Doing(proposal, Note(self._session.here, text, said))
            job = self._planning.acting.apply(proposal)
            self._relay.watch(job, self._applied, self._not_applied, on_cancelled=self._taken_back)
            self._place.write()

    def _applied(self, acted: "Acted") -> None:
        text, self._applying = self._applying, ""
        if self._place.composer.text == text:
            self._place.composer.set_text("")
        doing, self._doing = self._doing, None
        words, step = f"Done: {acted.title}", self._relay.step
        if doing is None:
            return
        self._session.note(doing.note)
        if step is None:
            self._toasts.show_toast(words, icon="calendar-check", tone="good")
            return
        undone, again = _told(doing.proposal, _UNDONE), _told(doing.proposal, _AGAIN)
        self._session.notes.follow(step, Deed(doing.note, undone, again))
        way = way_to(doing.proposal, acted, self._planning.home.zone)
        self._toasts.show_toast(
            words,
            icon="calendar-check",
            tone="good",
            action="Undo",
            on_action=partial(self._undo, step),
            also=ToastAction(way.words, partial(self._show, way)),
        )

    def _show(self, way: PlanWay) -> None:
        self.way_wanted.emit(way)

    def _taken_back(self) -> None:
        """It was undone while it was done: the words may be sent again."""
        self._applying, self._doing = "", None

    def _not_applied(self, error: UserFacingError) -> None:
        text, self._applying, self._doing = self._applying, "", None
        if self._place.composer.text != text:
            # Something else is written by now, and may have a card of its own.
            self._toasts.show_toast(f"{error.message} {error.hint}", icon="circle-alert")
            return
        self._answered = text
        self.line.say(error.message, [error.hint] if error.hint else [], bad=True)
        self.line.send_on.hide()
        self._place.keep_tab_order()

    def _undo(self, step: StepId) -> None:
        self._relay.watch(self._planning.desk.undo_step(step), self._undone, self._not_undone)

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


def _told(proposal: "Proposal", before: str) -> str:
    return planner_words(proposal.title, proposal.changes, proposal.warnings, before=before)
