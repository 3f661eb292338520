"""Fills the page of a course, keeps its plan, leaves it, and writes its cards."""

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import CourseId
from assistant.domain.study import Enrolment
from assistant.services.study.planning import PathWish
from assistant.services.study.services import StudyServices
from assistant.services.study.today import CourseStanding
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.study.courses.course_page import CoursePage
from assistant.ui.study.courses.plan_card import end_of
from assistant.ui.study.courses.unit_writing import UnitWriting
from assistant.ui.theme.theme import Theme


class CourseController(QObject):
    """Everything of the page of one course.

    Args:
        theme: The theme in force.
        study: The services.
        relay: Brings outcomes here.
        parent: The owner.
    """

    left = Signal()
    """The course is taken no more."""
    changed = Signal()
    """What Today shows of it is different now."""
    placement_wanted = Signal(str, bool)
    """Of a course; whether the test is begun anew, whatever was answered so far."""
    lesson_wanted = Signal(str, str)
    practice_wanted = Signal(str, str)
    review_wanted = Signal(str)
    failed = Signal(object)
    """A ``UserFacingError``."""
    said = Signal(str)

    def __init__(
        self, theme: Theme, study: StudyServices, relay: JobRelay, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._study = study
        self._relay = relay
        self._course = CourseId("")
        self._standing: CourseStanding | None = None
        self._reading: Watch | None = None
        self._planning: Watch | None = None
        self._offering: Watch | None = None
        self.widget = CoursePage(theme)
        page = self.widget
        page.go_on_wanted.connect(self._go_on)
        page.map.lesson_wanted.connect(self.lesson_wanted)
        page.map.practice_wanted.connect(self.practice_wanted)
        page.map.review_wanted.connect(self.review_wanted)
        page.placement.wanted.connect(self._place)
        page.placement.wanted_again.connect(self._place_again)
        page.plan.wished.connect(self._plan)
        page.plan.kept.connect(self._keep)
        self._units = UnitWriting(study, relay, page.units, self)
        self._units.said.connect(self.said)
        page.export_wanted.connect(self._export)
        page.leave_agreed.connect(self._leave)
        page.forget_agreed.connect(self._forget)

    def open(self, course: str) -> None:
        """Shows a course."""
        self._course = CourseId(course)
        self.refresh()

    def refresh(self) -> None:
        """Reads it again."""
        if not self._course:
            return
        if self._reading is not None:
            self._reading.drop()
        job = self._study.today.standing(self._course)
        self._reading = self._relay.watch(job, self._show, self._cannot)

    def close(self) -> None:
        """Writes nothing more."""
        self._units.close()

    def _show(self, standing: CourseStanding) -> None:
        self._standing = standing
        self._units.show_course(standing.course.id)
        self.widget.show_course(standing, self._now().date())
        if self._offering is not None:
            self._offering.drop()
        job = self._study.placing.offer(standing.course.id)
        self._offering = self._relay.watch(job, self.widget.show_placement)

    def _place(self) -> None:
        self.placement_wanted.emit(self._course, False)  # noqa: FBT003 - a signal's value

    def _place_again(self) -> None:
        self.placement_wanted.emit(self._course, True)  # noqa: FBT003 - a signal's value

    def _cannot(self, error: UserFacingError) -> None:
        self.failed.emit(error)
        self.left.emit()

    def _go_on(self) -> None:
        standing = self._standing
        if standing is None or standing.next_up is None:
            return
        learn = standing.next_up.doing.value == "learn"
        wanted = self.lesson_wanted if learn else self.practice_wanted
        wanted.emit(standing.course.id, standing.next_up.concept)

    def _plan(self, day: date | None, hours: float | None) -> None:
        if self._planning is not None:
            self._planning.drop()
        wish = PathWish(self._course, deadline=day, hours_a_week=hours)
        job = self._study.planning.plan(wish)
        page = self.widget.plan
        self._planning = self._relay.watch(job, page.show_plan, page.show_trouble)

    def _keep(self, day: date | None, hours: float | None) -> None:
        job = self._study.enrolments.enrol(
            self._course, deadline=end_of(day, self._now()), hours_a_week=hours
        )
        self._relay.watch(job, self._kept)

    def _kept(self, enrolment: Enrolment) -> None:
        self.widget.plan.show_enrolment(enrolment, self._now().date())
        self.said.emit("The plan is kept.")
        self.changed.emit()

    def _export(self, path: str) -> None:
        self._relay.watch(
            self._study.bringing.export_cards(self._course, Path(path)), self._exported
        )

    def _exported(self, count: int) -> None:
        self.said.emit(f"{count} cards are in the file. Anki imports it.")

    def _leave(self) -> None:
        self._relay.watch(self._study.enrolments.leave(self._course), self._gone)

    def _gone(self, _: object) -> None:
        self.widget.forget_shown()
        self.left.emit()

    def _forget(self) -> None:
        self._relay.watch(self._study.enrolments.forget(self._course), self._forgotten)

    def _forgotten(self, _: object) -> None:
        self.said.emit("Everything that you did in this course is forgotten.")
        self.widget.forget_shown()
        self.left.emit()

    def _now(self) -> datetime:
        return self._study.today.now().astimezone()
