"""The page of progress."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from assistant.services.study.progress import Calibration, CourseProgress, Progress
from assistant.ui.study.pictures.calibration_plot import CalibrationPlot
from assistant.ui.study.pictures.card import PictureCard
from assistant.ui.study.pictures.marks import count_words, percent_words
from assistant.ui.study.pictures.mastery_plot import MasteryCourse, MasteryPlot
from assistant.ui.study.pictures.seven_days import SevenDays
from assistant.ui.study.pictures.study_calendar import StudyCalendar
from assistant.ui.study.progress.concepts import ConceptTable
from assistant.ui.study.progress.figures import FigureCard
from assistant.ui.study.progress.leeches import LeechCard
from assistant.ui.study.progress.looking_back import LookingBackPage
from assistant.ui.study.progress.words import (
    concept_rows,
    foretelling_words,
    time_words,
    totals,
)
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.choice import Choice
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.notices import EmptyState
from assistant.ui.widgets.segmented import Segmented

_ONE_COLUMN_BELOW, _ROOMY = 700, 10_000
_NONE = Calibration((), 0.0, 0)


class ProgressPage(LookingBackPage):
    """Figures, pictures, hard cards and the concepts of one course.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        empty = EmptyState(
            theme,
            "Nothing to look back on yet",
            "Answer an exercise of a course or review a card: from then on this page shows what "
            "you know, how sure that is, and where your time went.",
            icon="chart-column",
        )
        super().__init__(theme, "Progress", empty)
        self._progress: Progress | None = None
        self._course = ""
        self._taken, self._width = True, _ROOMY
        self.seven = SevenDays(theme)
        self.add_to_head(self.seven)
        self._full = QWidget()
        self._grid = QGridLayout(self._full)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.figures = FigureCard(
            theme, ("in 7 days", "of study in all", "answers", "concepts mastered")
        )
        self.mastery = PictureCard(
            theme, "Mastery over time", MasteryPlot(theme), "% of the course, band 80 %"
        )
        self._make_calibration(theme)
        self.calendar = PictureCard(theme, "Days of study", StudyCalendar(theme))
        self.leeches = LeechCard(theme)
        self._make_concepts(theme)
        self.column.addWidget(self._full)
        self.column.addStretch(1)
        self._full.hide()
        self.seven.hide()
        self.mastery.picture.activated.connect(self._choose_by_key)
        self.resized.connect(self._arrange)
        self._arrange(_ROOMY)

    def _make_calibration(self, theme: Theme) -> None:
        self.answers = CalibrationPlot(theme, "Answers foretold")
        self.calibration = PictureCard(theme, "Foretelling you", self.answers)
        self.kind = Segmented(theme, "What is foretold", ("Answers", "Reviews"))
        self.calibration.add_to_head(self.kind)
        self.foretelling = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.calibration.body.addWidget(self.foretelling)
        self.kind.chosen.connect(self._show_calibration)

    def _make_concepts(self, theme: Theme) -> None:
        self.concepts = Card(theme, 16)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(theme, "Concepts", "card_title"))
        self._told = ElidedLabel(theme, "", "small", "ink3")
        head.addSpacing(theme.px(8))
        head.addWidget(self._told, 1)
        self.chooser = Choice(theme, "Course")
        self.chooser.activated.connect(self._choose)
        head.addWidget(self.chooser)
        self.concepts.body.addLayout(head)
        self.table = ConceptTable(theme)
        self.table.opened.connect(self._open)
        self.table.reached.connect(self._reach_row)
        self.concepts.body.addWidget(self.table)

    @property
    def course(self) -> str:
        """Id of the course whose concepts are listed and whose line is lit."""
        return self._course

    def show_progress(self, progress: Progress, today: date) -> None:
        """Shows how it goes."""
        self._progress = progress
        anything = bool(progress.courses or progress.days)
        self.empty.setVisible(not anything)
        self._full.setVisible(anything)
        self.seven.setVisible(anything)
        if not anything:
            return
        self.seven.show_days(progress.last_seven, today)
        self._show_figures(progress, today)
        calendar = self.calendar.picture
        if isinstance(calendar, StudyCalendar):
            calendar.show_days(progress.days, today)
        self.calendar.follow()
        self._show_calibration()
        ids = [str(one.course.id) for one in progress.courses]
        self.chooser.clear()
        for one in progress.courses:
            self.chooser.addItem(one.course.title, str(one.course.id))
        self.chooser.setVisible(len(ids) > 1)
        self.concepts.setVisible(bool(ids))
        self.mastery.setVisible(bool(ids))
        if self._taken is not bool(ids):
            self._taken = bool(ids)
            self._arrange(self._width)
        if ids:
            self.choose_course(self._course if self._course in ids else _last_begun(progress))

    def choose_course(self, course: str) -> None:
        """Lights the line of a course and lists its concepts."""
        found = self._courses()
        at = next((n for n, one in enumerate(found) if one.course.id == course), None)
        if at is None:
            return
        self._course = course
        self.chooser.setCurrentIndex(at)
        plot = self.mastery.picture
        if isinstance(plot, MasteryPlot):
            lines = [
                MasteryCourse(one.course.title, one.over_time, str(one.course.id)) for one in found
            ]
            plot.show_courses(lines, at)
        self.mastery.follow()
        one = found[at]
        self._told.setText(
            f"{one.course.title}: {percent_words(one.share)}, "
            f"{one.mastered} of {len(one.mastery)} mastered"
        )
        self.table.show_rows(concept_rows(one))

    def _courses(self) -> Sequence[CourseProgress]:
        return self._progress.courses if self._progress is not None else ()

    def _show_figures(self, progress: Progress, today: date) -> None:
        found = totals(progress.days, today)
        before = f", {time_words(found.before_minutes)} before"
        mastered = sum(one.mastered for one in progress.courses)
        concepts = sum(len(one.mastery) for one in progress.courses)
        self.figures.show_values(
            (
                (time_words(found.week_minutes), before),
                (time_words(found.all_minutes), f", on {count_words(found.days, 'day')}"),
                (f"{found.answers:,}", f", and {count_words(found.reviews, 'review')}"),
                (f"{mastered:,}", f" of {concepts:,}"),
            )
        )

    def _show_calibration(self) -> None:
        reviews = self.kind.current() == 1
        progress = self._progress
        found = _NONE
        if progress is not None:
            found = progress.reviews if reviews else progress.answers
        self.answers.show_calibration(found)
        self.calibration.follow()
        self.foretelling.setText(foretelling_words(found, reviews=reviews))

    def _choose(self, at: int) -> None:
        self.choose_course(str(self.chooser.itemData(at)))

    def _choose_by_key(self, key: object) -> None:
        self.choose_course(str(key))

    def _open(self, row: object) -> None:
        course, concept = getattr(row, "course", ""), getattr(row, "concept", "")
        self.lesson_wanted.emit(str(course), str(concept))

    def _reach_row(self, row: QRect) -> None:
        content = self.scroller.widget()
        if content is not None:
            middle = self.table.viewport().mapTo(content, row.center())
            self.scroller.ensureVisible(middle.x(), middle.y(), 0, row.height())

    def _arrange(self, width: int) -> None:
        """Two columns where there is room, one where there is none."""
        self._width = width
        px, grid = self.theme.px, self._grid
        grid.setSpacing(px(16))
        one = width < px(_ONE_COLUMN_BELOW)
        self.figures.set_width(width)
        cards: list[QWidget] = [self.mastery, self.calibration, self.calendar, self.leeches]
        for each in (self.figures, *cards, self.concepts):
            grid.removeWidget(each)
        placed = cards if self._taken else cards[1:]  # without a course there is no hole
        grid.addWidget(self.figures, 0, 0, 1, 2)
        for number, each in enumerate(placed):
            if one:
                grid.addWidget(each, 1 + number, 0, 1, 2)
            else:
                grid.addWidget(each, 1 + number // 2, number % 2)
        grid.addWidget(self.concepts, 5, 0, 1, 2)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 0 if one else 4)
        self.mastery.setMinimumHeight(px(280))
        self.calibration.setMinimumHeight(px(280))
        self.calendar.setMinimumHeight(px(260))


def _last_begun(progress: Progress) -> str:
    """The course in which something was done last; the first of all where nothing was."""
    days = [one.over_time[-1].day if one.over_time else date.min for one in progress.courses]
    return str(progress.courses[days.index(max(days))].course.id)
