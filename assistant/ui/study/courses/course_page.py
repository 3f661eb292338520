"""The page of a course that is taken: its whole map, its plan, and what can be done with it."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QVBoxLayout, QWidget

from assistant.domain.study import Standing
from assistant.services.study.placement_values import PlacementOffer
from assistant.services.study.today import CourseStanding
from assistant.ui.study.courses.placement_card import PlacementCard
from assistant.ui.study.courses.plan_card import PlanCard
from assistant.ui.study.courses.units_card import UnitsCard
from assistant.ui.study.map.card import MapCard
from assistant.ui.study.today.words import course_facts
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.page import TitledPage
from assistant.ui.widgets.question import Question

_BESIDE_FROM, _SIDE, _LEAST_MAP = 720, 320, 420


class CoursePage(TitledPage):
    """One course.

    Args:
        theme: The theme in force.
    """

    go_on_wanted = Signal()
    export_wanted = Signal(str)
    """The path of a file for Anki."""
    leave_agreed = Signal()
    forget_agreed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Course")
        self._standing: CourseStanding | None = None
        self._known: tuple[Standing, ...] = ()
        self.go_on = Button(theme, "Open lesson", "primary", icon="book-open")
        self.go_on.clicked.connect(self.go_on_wanted)
        self.add_to_head(self.go_on)
        self.map = MapCard(theme, expandable=False)
        self.placement = PlacementCard(theme)
        self.plan = PlanCard(theme)
        self.units = UnitsCard(theme)
        self._about = Card(theme, 16)
        self._description = PlainLabel(theme, "", "interface", "ink2", wrap=True)
        self._measure = PlainLabel(theme, "", "small", "ink3", wrap=True)
        self._source = PlainLabel(theme, "", "small", "ink3", wrap=True)
        self.export = Button(theme, "Export cards to Anki", "ghost", icon="file-up")
        self.leave = Button(theme, "Leave this course", "ghost", icon="log-out")
        self.forget = Button(theme, "Forget what I did", "ghost", icon="trash-2")
        self.export.clicked.connect(self._choose_file)
        self.leave.clicked.connect(self._ask_to_leave)
        self.forget.clicked.connect(self._ask_to_forget)
        self._build()
        self._body_shown(False)  # noqa: FBT003 - a setter of one value
        self.resized.connect(self._arrange)

    def show_course(self, standing: CourseStanding, today: date) -> None:
        """Shows a course."""
        other = self._standing is None or self._standing.course.id != standing.course.id
        changed = other or (self._standing and self._standing.enrolment != standing.enrolment)
        self._standing = standing
        self._body_shown(True)  # noqa: FBT003 - a setter of one value
        course, up = standing.course, standing.next_up
        self.set_title(course.title)
        mastered = sum(one.standing is Standing.MASTERED for one in standing.mastery)
        self.set_facts(
            f"{100 * standing.share:.0f}\u00a0% · {mastered} of {len(course.concepts)} mastered"
        )
        learn = up is not None and up.doing.value == "learn"
        self.go_on.setVisible(up is not None)
        self.go_on.setText("Open lesson" if learn else "Practise")
        self.go_on.set_icon_name("book-open" if learn else "dumbbell")
        self.map.show_course(standing)
        self._description.setText(course.description)
        begun = standing.enrolment.begun.astimezone()
        since = f"Taken since {begun.day} {begun:%B %Y}."
        self._measure.setText(f"{course_facts(course)}. {since}")
        licence = f"Licence: {course.licence}" if course.licence else ""
        credit = ". ".join(one for one in (course.source, licence) if one)
        self._source.setText(credit)
        self._source.setVisible(bool(credit))
        known = tuple(one.standing for one in standing.mastery)
        if changed:
            self.plan.show_enrolment(standing.enrolment, today)
        elif known != self._known:
            self.plan.ask_again()
        self._known = known

    def show_placement(self, offer: PlacementOffer) -> None:
        """Offers the placement test: above all else while it would tell something."""
        self.placement.show_offer(offer)
        above = offer.worthwhile or offer.before is None
        self._beside.removeWidget(self.placement)
        self._beside.insertWidget(0 if above else self._beside.indexOf(self._about), self.placement)

    def _body_shown(self, shown: bool) -> None:  # noqa: FBT001 - a setter of one value
        """Nothing is shown before a course was read: empty cards would say what is not so."""
        for widget in (self.map, self._side, self.go_on):
            widget.setVisible(shown)

    def forget_shown(self) -> None:
        """Fields are filled again with the next course."""
        self._standing = None

    def _build(self) -> None:
        theme, gap = self.theme, self.theme.px(16)
        for widget in (
            PlainLabel(theme, "About this course", "card_title"),
            self._description,
            self._measure,
            self._source,
        ):
            self._about.body.addWidget(widget)
        actions = QWidget()
        flow = FlowLayout(actions, theme.px(2), outdent=theme.px(13))
        for button in (self.export, self.leave, self.forget):
            flow.addWidget(button)
        self._about.body.addWidget(actions)
        self._side = QWidget()
        self._beside = side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(gap)
        side.addWidget(self.placement)
        side.addWidget(self.units)
        side.addWidget(self.plan)
        side.addWidget(self._about)
        side.addStretch(1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(gap)
        self._line.addWidget(self.map, 1)
        self._line.addWidget(self._side)
        self.column.addLayout(self._line, 1)

    def _arrange(self, width: int) -> None:
        px, directions = self.theme.px, QBoxLayout.Direction
        beside = width >= px(_BESIDE_FROM)
        self._line.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._side.setMinimumWidth(px(_SIDE) if beside else 0)
        self._side.setMaximumWidth(px(_SIDE) if beside else 16_777_215)
        self.map.setMinimumHeight(px(_LEAST_MAP))

    def _choose_file(self) -> None:
        if self._standing is None:
            return
        name = f"{self._standing.course.id}.apkg"
        path, _ = QFileDialog.getSaveFileName(
            self, "Export cards to Anki", name, "Deck of Anki's (*.apkg)"
        )
        if path:
            self.export_wanted.emit(path if path.endswith(".apkg") else f"{path}.apkg")

    def _ask_to_leave(self) -> None:
        self._ask(
            "Leave “{}”?",
            "It is listed no more. What you did and its cards stay for the next time.",
            "Leave",
            "log-out",
        ).agreed.connect(self.leave_agreed)

    def _ask_to_forget(self) -> None:
        self._ask(
            "Forget what you did in “{}”?",
            "Every answer, all of its cards and their reviews are deleted. This cannot be undone.",
            "Forget everything",
            "trash-2",
        ).agreed.connect(self.forget_agreed)

    def _ask(self, what: str, meaning: str, yes: str, icon: str) -> Question:
        title = self._standing.course.title if self._standing is not None else ""
        question = Question(self.theme, what.format(title), meaning, yes, self, icon=icon)
        question.open()
        return question
