"""Fills the page of new courses, takes them, brings them in and removes them."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from assistant.domain.course import Course
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import CourseId
from assistant.domain.study import Enrolment
from assistant.services.study.bringing import Brought
from assistant.services.study.services import StudyServices
from assistant.services.study.syllabus import Edit
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.study.courses.page import CoursesPage
from assistant.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class _Free:
    shipped: tuple[Course, ...]
    own: tuple[Course, ...]


class CoursesController(QObject):
    """Everything of the page of new courses.

    Args:
        theme: The theme in force.
        study: The services.
        relay: Brings outcomes here.
        parent: The owner.
    """

    taken = Signal(str)
    """The ``CourseId`` of a course that is taken from now on."""
    changed = Signal()
    """What Today shows is different now."""
    failed = Signal(object)
    """A ``UserFacingError``."""

    def __init__(
        self, theme: Theme, study: StudyServices, relay: JobRelay, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._study = study
        self._relay = relay
        self._reading: Watch | None = None
        self._drafting: Watch | None = None
        self._bringing: Watch | None = None
        self.widget = CoursesPage(theme)
        self.widget.taken.connect(self._take)
        self.widget.remove_agreed.connect(self._remove)
        self.widget.deck_remove_agreed.connect(self._remove_deck)
        self.widget.bring.bring_wanted.connect(self._bring)
        self.widget.bring.cancelled.connect(self._stop_bringing)
        draft = self.widget.draft
        draft.draft_wanted.connect(self._draft)
        draft.cancelled.connect(self._give_up)
        draft.keep_wanted.connect(self._keep)

    def refresh(self) -> None:
        """Reads again what can be taken."""
        if self._reading is not None:
            self._reading.drop()
        job = self._study.workers.in_pool(lambda _: self._free())
        self._reading = self._relay.watch(job, self._show)
        self._relay.watch(self._study.decks.decks(), self.widget.decks.show_decks)

    def _free(self) -> _Free:
        """In the pool."""
        library = self._study.library
        taken = {one.course for one in self._study.enrolments.enrolments().result()}
        shipped = set(library.shipped())
        free = [course for course in library.all() if course.id not in taken]
        return _Free(
            tuple(course for course in free if course.id in shipped),
            tuple(course for course in free if course.id not in shipped),
        )

    def _show(self, free: _Free) -> None:
        self.widget.show_courses(free.shipped, free.own)

    def _take(self, course: str) -> None:
        self._relay.watch(self._study.enrolments.enrol(CourseId(course)), self._took, self._not)

    def _took(self, enrolment: Enrolment) -> None:
        self.taken.emit(enrolment.course)

    def _not(self, error: UserFacingError) -> None:
        self.failed.emit(error)
        self.refresh()

    def _remove(self, course: object) -> None:
        if isinstance(course, str):
            study, gone = self._study, CourseId(course)
            job = study.workers.in_pool(lambda _: study.library.remove(gone))
            self._relay.watch(job, self._removed)

    def _removed(self, _: object) -> None:
        self.refresh()

    def _remove_deck(self, deck: object) -> None:
        if isinstance(deck, str):
            job = self._study.decks.remove(CourseId(deck))
            self._relay.watch(job, self._deck_removed, self._not)

    def _deck_removed(self, _: int) -> None:
        self.widget.bring.show_rest()
        self.refresh()
        self.changed.emit()

    def close(self) -> None:
        """Drafts no longer, and brings nothing more in."""
        for watch in (self._drafting, self._bringing):
            if watch is not None:
                watch.cancel()

    def _draft(self, subject: str) -> None:
        card = self.widget.draft
        card.show_busy(busy=True)
        job = self._study.syllabus.draft(subject)
        self._drafting = self._relay.watch(
            job, card.show_draft, card.show_trouble, card.show_progress
        )

    def _give_up(self) -> None:
        if self._drafting is not None:
            self._drafting.cancel()
        self.widget.draft.show_busy(busy=False)

    def _keep(self, course: Course, edits: tuple[Edit, ...]) -> None:
        job = self._study.syllabus.keep(course, *edits)
        self._relay.watch(job, self._kept, self.widget.draft.show_trouble)

    def _kept(self, course: Course) -> None:
        self.widget.draft.discard()
        self.widget.draft.subject.clear()
        self._take(course.id)

    def _bring(self, path: str, name: str, replace: bool) -> None:  # noqa: FBT001 - a slot
        if self._bringing is not None:
            return
        card = self.widget.bring
        card.show_busy(path, name)
        job = self._study.bringing.bring(Path(path), name, replace=replace)
        self._bringing = self._relay.watch(
            job, self._brought, self._not_brought, card.show_progress
        )

    def _stop_bringing(self) -> None:
        watch, self._bringing = self._bringing, None
        if watch is not None:
            watch.drop()
            watch.cancel()
        self.widget.bring.show_rest()
        self.refresh()

    def _not_brought(self, error: UserFacingError) -> None:
        self._bringing = None
        self.widget.bring.show_trouble(error)

    def _brought(self, brought: Brought) -> None:
        self._bringing = None
        self.widget.bring.show_brought(brought)
        self.refresh()
        self.changed.emit()
