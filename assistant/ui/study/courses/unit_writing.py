"""Has whole units written while the learner does something else."""

from PySide6.QtCore import QObject, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import CourseId
from assistant.services.study.lesson_writing import UnitLack, UnitWritten
from assistant.services.study.services import StudyServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.study.courses.units_card import UnitsCard, written_words


class UnitWriting(QObject):
    """One unit at a time; it goes on while other courses and other places are shown.

    Args:
        study: The services.
        relay: Brings outcomes here.
        card: Where it is asked for, and where it shows how far it is.
        parent: The owner.
    """

    said = Signal(str)
    """One line on what was done."""

    def __init__(
        self, study: StudyServices, relay: JobRelay, card: UnitsCard, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._study = study
        self._relay = relay
        self._card = card
        self._shown = CourseId("")
        self._writing = CourseId("")
        self._watch: Watch | None = None
        self._listing: Watch | None = None
        self._last = (0.0, "")
        card.write_wanted.connect(self._write)
        card.stopped.connect(self._stop)

    def show_course(self, course: CourseId) -> None:
        """Lists what is missing in a course."""
        if course != self._shown:
            self._card.forget()
        self._shown = course
        if self._listing is not None:
            self._listing.drop()
        self._listing = self._relay.watch(self._study.lessons.lacking(course), self._listed)

    def close(self) -> None:
        """Writes nothing more."""
        if self._watch is not None:
            self._watch.drop()
            self._watch.cancel()

    def _listed(self, units: tuple[UnitLack, ...]) -> None:
        self._card.show_lacking(units)
        if self._watch is not None:
            self._card.show_writing(*self._last)
        else:
            self._card.show_rest()

    def _write(self, unit: int) -> None:
        if self._watch is not None:
            return
        self._writing = self._shown
        self._progress(0.0, "Writing")
        self._watch = self._relay.watch(
            self._study.lessons.write_unit(self._shown, unit),
            self._written,
            self._not_written,
            self._progress,
        )

    def _stop(self) -> None:
        if self._watch is not None:
            self._watch.cancel()

    def _progress(self, share: float, doing: str) -> None:
        self._last = (share, doing)
        self._card.show_writing(share, doing)

    def _written(self, written: UnitWritten) -> None:
        self._watch = None
        self.said.emit(written_words(written))
        self._card.show_rest()
        if self._shown == self._writing:
            self._card.show_written(written)
        self.show_course(self._shown)

    def _not_written(self, error: UserFacingError) -> None:
        self._watch = None
        self._card.show_trouble(f"{error.message} {error.hint}".strip())
