"""Sentences in the chat that tell the planner what to do: shown first, done when confirmed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from assistant.domain.errors import UserFacingError
from assistant.planner.commands.reading import read_command
from assistant.services.planning.services import PlanningServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.chat.composer_notice import ComposerNotice
from assistant.ui.chat.place import ChatPlace
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.toast import ToastHost

if TYPE_CHECKING:
    from assistant.services.planning.acting import Acted, Proposal

_FOR_THE_MODEL = frozenset({"command_unclear", "task_unknown"})
"""What the planner does not know is a message like any other."""


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
        self._proposal: Proposal | None = None
        self._watch: Watch | None = None
        self.line = ComposerNotice(theme)
        self.line.acted.connect(self._confirmed)
        self.line.dismissed.connect(self._dismissed)
        place.composer.text_changed.connect(self._typed)
        place.add_line(self.line)

    def takes(self, text: str) -> bool:
        """Whether it sees to what is sent; the same words sent again are not for it."""
        again = text == self._text
        self._end()
        if again:
            return False
        if read_command(text, lambda _kind, words: bool(words)) is None:
            return False
        self._text = text
        job = self._planning.acting.propose(text, ask_model=False)
        self._watch = self._relay.watch(job, self._proposed, self._refused)
        return True

    def _proposed(self, proposal: "Proposal") -> None:
        if self._place.composer.text != self._text:
            return
        self._proposal = proposal
        words = f"{proposal.title}: {'; '.join(proposal.changes)}"
        self.line.say(words, "calendar-check", action="Do it")
        self._place.keep_tab_order()
        self.line.action.setFocus()

    def _refused(self, error: UserFacingError) -> None:
        text = self._text
        if error.code in _FOR_THE_MODEL:
            self._end()
            self.declined.emit(text)
        elif self._place.composer.text == text:
            self.line.say(f"{error.message} {error.hint}".strip(), "circle-alert")

    def _confirmed(self) -> None:
        if self._proposal is not None:
            job = self._planning.acting.apply(self._proposal)
            self._relay.watch(job, self._applied)
            self._place.composer.set_text("")
            self._place.write()
        self._end()

    def _applied(self, acted: "Acted") -> None:
        self._toasts.show_toast(
            f"Done: {acted.title}",
            icon="calendar-check",
            tone="good",
            action="Undo",
            on_action=self.undo,
        )

    def undo(self) -> None:
        """Takes back what was done."""
        self._relay.watch(self._planning.desk.undo())

    def _dismissed(self) -> None:
        self._end()
        self._place.write()

    def _typed(self) -> None:
        if self._text and self._place.composer.text != self._text:
            self._end()

    def _end(self) -> None:
        if self._watch is not None:
            # An answer that comes late would stand for other words, or for none.
            self._watch.drop()
            self._watch = None
        self._text, self._proposal = "", None
        self.line.hide()
