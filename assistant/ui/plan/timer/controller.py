"""Follows what runs, notices absences, and corrects what was logged."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import WorkId
from assistant.domain.task import Work
from assistant.services.planning.presence import AbsenceWatch, Away, quiet_s
from assistant.services.planning.services import PlanningServices
from assistant.services.planning.timing import Timed
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.plan.timer.correcting import Correcting
from assistant.ui.plan.timer.strip import TimerStrip
from assistant.ui.plan.words import length_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from assistant.services.jobs import Job

_EVERY_MS = 20_000
_LONG_H = 8
"""Who works longer without a stop has more likely forgotten the clock."""


class TimerController(QObject):
    """The clock of the Plan place.

    Args:
        theme: The theme in force.
        planning: The services.
        relay: Brings outcomes here.
        parent: The owner.
    """

    failed = Signal(object)
    """A ``UserFacingError``."""
    done = Signal(str)
    """Something was done that may be taken back, in words."""

    def __init__(
        self, theme: Theme, planning: PlanningServices, relay: JobRelay, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._planning = planning
        self._relay = relay
        self._running: Timed | None = None
        self._absences: list[Away] = []
        self._watch = AbsenceWatch()
        self._asked: Job[tuple[datetime, float | None]] | None = None
        self._believed: WorkId | None = None
        """The stretch that was said to be rightly long."""
        self._card: tuple[Popover, Correcting] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._tick)
        self.strip = TimerStrip(theme)
        self.strip.stop_wanted.connect(self.stop)
        self.strip.correct_wanted.connect(self._correct_running)
        self.strip.taken_off.connect(self._take_off)
        self.strip.kept.connect(self._keep)

    def refresh(self) -> None:
        """Reads what runs."""
        self._relay.watch(self._planning.timing.running_on(), self._show)

    def close(self) -> None:
        """Notices nothing more."""
        self._timer.stop()

    def _show(self, running: Timed | None) -> None:
        same = (
            running is not None
            and self._running is not None
            and running.task.id == self._running.task.id
        )
        self._running = running
        if not same:
            self._absences = []
            self._watch.forget()
        if running is None:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
            self._tick()
        self._paint()

    def _paint(self) -> None:
        now = self._planning.now()
        self.strip.show_running(self._running, now)
        if self._running is None:
            return
        work = self._running.work
        self._absences = [one for one in self._absences if one.end > work.start]
        hours = (now - work.start).total_seconds() / 3600
        if not self._absences and hours >= _LONG_H and work.id != self._believed:
            self.strip.show_doubt(hours)
        else:
            self.strip.show_absence(self._absences[0] if self._absences else None, now)

    # Absences

    def _tick(self) -> None:
        self._watch.look(self._planning.now())
        if self._asked is None or self._asked.settled:
            self._asked = self._planning.workers.in_pool(self._ask)
            self._relay.watch(self._asked, self.notice)
        self._paint()

    def _ask(self, _: object) -> tuple[datetime, float | None]:
        return self._planning.now(), quiet_s()

    def notice(self, answer: tuple[datetime, float | None]) -> None:
        """At a moment nothing had been touched for so many seconds; None: that is not known."""
        found = self._watch.tell(*answer)
        if self._running is not None and found is not None:
            self._absences.append(found)
        self._paint()

    def _take_off(self, go_on: bool) -> None:  # noqa: FBT001 - a slot
        if not self._absences or self._running is None:
            return
        away, work = self._absences.pop(0), self._running.work
        job = self._planning.timing.cut_idle(away.start, work.id, until=away.end, go_on=go_on)
        self._relay.watch(job, self._cut, self._refused)

    def _cut(self, _: Work | None) -> None:
        self.done.emit("The time away was taken off.")
        self.refresh()

    def _keep(self) -> None:
        if self._absences:
            self._absences.pop(0)
        elif self._running is not None:
            self._believed = self._running.work.id
        self._paint()

    # Stopping and correcting

    def stop(self) -> None:
        """Ends what runs."""
        meant = None if self._running is None else self._running.work.id
        self._relay.watch(self._planning.timing.stop(meant), self._stopped, self._refused)

    def _stopped(self, work: Work) -> None:
        title = self._running.task.title if self._running is not None else ""
        on = f" on “{title[:60]}”" if title else ""
        self.done.emit(f"{length_words(work.minutes)} logged{on}.")
        self.refresh()

    def _correct_running(self) -> None:
        if self._running is not None:
            self.correct(self._running, self.strip.correct)

    def correct(self, timed: Timed, anchor: QWidget) -> Correcting:
        """Opens the card that corrects a stretch.

        Args:
            timed: Which one.
            anchor: Where the card opens.
        """
        content = Correcting(self._theme, timed, self._planning.now())
        card = Popover(self._theme, f"Time on {timed.task.title}", content, parent=anchor.window())
        card.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        content.grown.connect(card.adjustSize)
        content.corrected.connect(self._save)
        content.removed.connect(self._remove)
        self._card = (card, content)
        card.open_at(anchor)
        content.start.setFocus()
        content.start.selectAll()
        return content

    def _save(self, work: WorkId, start: datetime, end: datetime | None) -> None:
        job = self._planning.timing.correct(work, start, end)
        self._relay.watch(job, self._saved, self._not_saved)

    def _remove(self, work: WorkId) -> None:
        self._relay.watch(self._planning.timing.remove(work), self._removed, self._not_saved)

    def _saved(self, work: Work) -> None:
        self._close_card()
        length = f": {length_words(work.minutes)}" if work.end is not None else ""
        self.done.emit(f"The time was corrected{length}.")
        self.refresh()

    def _removed(self, _: Work) -> None:
        self._close_card()
        self.done.emit("The time was removed.")
        self.refresh()

    def _close_card(self) -> None:
        if self._card is not None and isValid(self._card[0]):
            self._card[0].close()
        self._card = None

    def _not_saved(self, error: UserFacingError) -> None:
        if self._card is not None and isValid(self._card[1]):
            self._card[1].show_problem(f"{error.message} {error.hint}")
        else:
            self._refused(error)

    def _refused(self, error: UserFacingError) -> None:
        self.failed.emit(error)
        self.refresh()
