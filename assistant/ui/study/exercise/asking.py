"""Ties the conversation about an exercise to the service that guides it."""

from PySide6.QtCore import QObject, Signal

from assistant.services.streams import Reading, Text, Waiting
from assistant.services.study.practice import Given
from assistant.services.study.services import StudyServices
from assistant.services.study.socratic import Guided, GuidedAnswer, GuidedEvent, NotGuided
from assistant.tutor.socratic.prompts import Speaker
from assistant.ui.bridge.answers import AnswerPump
from assistant.ui.study.exercise.ask_box import AskBox


class Asking(QObject):
    """Asks, shows the reply while it comes, and tells what it cost.

    Args:
        study: The services.
        box: Where it is asked.
        parent: The owner.
    """

    charged = Signal(object)
    """The ``Ladder`` as it stands after a reply."""

    def __init__(self, study: StudyServices, box: AskBox, parent: QObject) -> None:
        super().__init__(parent)
        self._study = study
        self._box = box
        self._given: Given | None = None
        self._answer: GuidedAnswer | None = None
        self._pump = AnswerPump(self)
        self._pump.drained.connect(self._drained)
        box.asked.connect(self._ask)
        box.stopped.connect(self.stop)

    def begin(self, given: Given) -> None:
        """Another exercise is in hand."""
        self.stop()
        self._answer, self._given = None, given
        said = self._study.socratic.said(given.exercise.id)
        self._box.begin(tuple((one.by is Speaker.LEARNER, one.text) for one in said))

    def end(self) -> None:
        """The exercise is over."""
        self.stop()
        self._answer = self._given = None
        self._box.end()

    def stop(self) -> None:
        """Ends the reply that is being written."""
        if self._answer is not None:
            self._answer.cancel()

    def close(self) -> None:
        """Shows nothing more."""
        self.stop()
        self._pump.close()

    def _ask(self, question: str) -> None:
        if self._given is not None:
            self._answer = self._study.socratic.ask(self._given.exercise.id, question)
            self._pump.watch(self._answer)

    def _drained(self, answer: object, events: list[GuidedEvent]) -> None:
        if answer is not self._answer:
            return
        for event in events:
            match event:
                case Waiting(reason):
                    self._box.say(reason)
                case Reading(fraction):
                    self._box.say(f"Reading the exercise, {fraction * 100:.0f} %")
                case Text(text):
                    self._box.add_text(text)
                case Guided(reply):
                    self._box.show_reply(reply)
                    self.charged.emit(reply.ladder)
                case NotGuided(error):
                    self._box.show_error(error.message)
