"""Fills the page of progress; everything is read off the window's thread."""

from PySide6.QtCore import QObject

from assistant.domain.clock import Clock
from assistant.domain.ids import CardId, ConceptId, CourseId
from assistant.domain.study import Card
from assistant.services.study.progress import Progress
from assistant.services.study.services import StudyServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.study.progress.leeches import HardCard
from assistant.ui.study.progress.looking_back import LookingBack
from assistant.ui.study.progress.page import ProgressPage
from assistant.ui.study.progress.words import plain_line
from assistant.ui.theme.theme import Theme


class ProgressController(LookingBack):
    """Ties the page to the services.

    Args:
        theme: The theme in force.
        study: The services of study.
        relay: Brings outcomes here.
        parent: The owner.
        clock: Tells today.
    """

    def __init__(
        self,
        theme: Theme,
        study: StudyServices,
        relay: JobRelay,
        parent: QObject,
        clock: Clock | None = None,
    ) -> None:
        page = ProgressPage(theme)
        super().__init__(page, study, relay, parent, clock)
        self.widget = page
        """What is shown."""
        self._watch: Watch | None = None
        self._hard: tuple[Card, ...] = ()
        self._titles: dict[tuple[CourseId, ConceptId], str] = {}
        leeches = self.widget.leeches
        leeches.rewritten.connect(self._rewrite)
        leeches.asked_again.connect(self._ask_again)
        leeches.put_aside.connect(self._put_aside)
        leeches.lesson_wanted.connect(self.lesson_wanted)

    def refresh(self) -> None:
        """Reads everything again; what is on its way is dropped for it."""
        if self._watch is not None:
            self._watch.drop()
        self._watch = self._relay.watch(self._study.progress.look(), self._show, self._fail)
        self._read_hard()

    def _read_hard(self) -> None:
        self._relay.watch(self._study.reviews.to_mend(), self._show_hard, self._fail)

    def _show(self, progress: Progress) -> None:
        self._watch = None
        self._titles = {
            (one.course.id, concept.id): f"{one.course.title}, {concept.title}"
            for one in progress.courses
            for concept in one.course.concepts
        }
        self.widget.show_progress(progress, self._today())
        self._show_hard(self._hard)

    def _show_hard(self, cards: tuple[Card, ...]) -> None:
        self._hard = cards
        self.widget.leeches.show_cards([self._hard_card(one) for one in cards])

    def _hard_card(self, card: Card) -> HardCard:
        where = self._titles.get((card.course, card.concept), "")
        return HardCard(card, plain_line(card.front), where, explained=bool(where))

    def _rewrite(self, card: CardId, front: str, back: str) -> None:
        self._relay.watch(
            self._study.reviews.rewrite(card, front, back), self._was_rewritten, self._fail
        )

    def _ask_again(self, card: CardId) -> None:
        job = self._study.reviews.suspend(card, suspended=False)
        self._relay.watch(job, self._is_asked, self._fail)

    def _put_aside(self, card: CardId) -> None:
        self._relay.watch(self._study.reviews.suspend(card), self._is_aside, self._fail)

    def _was_rewritten(self, _: Card) -> None:
        self.said.emit("The card has new words; what you remember of it is kept.")
        self._read_hard()

    def _is_asked(self, _: Card) -> None:
        self.said.emit("The card is asked again.")
        self._read_hard()

    def _is_aside(self, _: Card) -> None:
        self.said.emit("The card is put aside.")
        self._read_hard()
