"""The line that is being written, as a proposal in the week, and the task put there by Enter."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from assistant.domain.schedule import BlockKind
from assistant.domain.task import Task
from assistant.services.planning.proposing import Proposal
from assistant.services.planning.services import PlanningServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.clock import clock_words
from assistant.ui.plan.doing import Doing
from assistant.ui.plan.week.page import WeekPage
from assistant.ui.plan.week.values import Shown

if TYPE_CHECKING:
    from assistant.ui.plan.adding.bar import AddingBar
    from assistant.ui.plan.adding.controller import AddingController

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
"""As the grammar reads them, whatever the language of the machine."""


class Proposing(QObject):
    """Listens to the line for adding.

    Args:
        page: Shows the proposal.
        planning: The services.
        relay: Brings outcomes here.
        doing: Waits for what is put into the plan.
        parent: The owner.
    """

    shown = Signal(object)
    """The ``Proposal`` that the week shows."""

    def __init__(
        self,
        page: WeekPage,
        planning: PlanningServices,
        relay: JobRelay,
        doing: Doing,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._planning = planning
        self._relay = relay
        self._doing = doing
        self._bar: AddingBar | None = None
        self._watch: Watch | None = None
        self._ready: Proposal | None = None
        self._stamp = ""
        page.canvas.begun.connect(self._begin)

    def hear(self, adding: "AddingController") -> None:
        """Follows what is written in a line."""
        self._bar = adding.bar
        adding.bar.field.textChanged.connect(self._changed)
        adding.bar.read_wanted.connect(self._ask)
        adding.added.connect(self._added)

    def _changed(self, _: str) -> None:
        """What was found for other words is not shown, and not looked for any more."""
        self._drop()
        self._page.canvas.show_proposed(())

    def _drop(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch.drop()
            self._watch = None

    def _ask(self, text: str) -> None:
        self._drop()
        if self._bar is None or not self._page.isVisible():
            return
        job = self._planning.proposing.propose(text, self._bar.corrections(text))
        self._watch = self._relay.watch(job, self._show, self._keep_quiet)

    def _show(self, proposal: Proposal) -> None:
        self._ready = proposal
        zone = self._planning.home.zone
        self._page.canvas.show_proposed(
            tuple(
                Shown(
                    BlockKind.TASK,
                    one.title,
                    one.start.astimezone(zone),
                    one.end.astimezone(zone),
                    proposed=True,
                )
                for one in proposal.blocks
            )
        )
        self.shown.emit(proposal)

    def _keep_quiet(self, _: object) -> None:
        """The line can't be read: it says so itself."""

    def _added(self, task: Task) -> None:
        """Puts the task where it was shown; its own time needs no plan."""
        ready, self._ready, self._stamp = self._ready, None, ""
        self._page.canvas.show_proposed(())
        if ready is None or ready.text != task.written or ready.fixed or not ready.blocks:
            return
        if self._page.isVisible():
            words = f"“{task.title[:60]}” was added, where it was shown."
            job = self._planning.proposing.put(task, ready.blocks, self._relay.step)
            self._doing.do(job, words)

    def _begin(self, at: datetime) -> None:
        """Writes a time into the line, in place of one that was written before."""
        if self._bar is None:
            return
        field = self._bar.field
        words = field.text()
        if self._stamp and words.endswith(self._stamp):
            words = words.removesuffix(self._stamp)
        self._stamp = begin_words(at)
        self._bar.write(words + self._stamp)
        field.setCursorPosition(len(words))


def begin_words(at: datetime) -> str:
    """A moment as it stands at the end of a line, where the grammar reads it."""
    clock = clock_words(at).replace("\N{NO-BREAK SPACE}", " ")
    return f" {at.day} {_MONTHS[at.month - 1]} {at.year} at {clock}"
