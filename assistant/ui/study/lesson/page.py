"""The page of a lesson: a reading column, and beside it where the lesson stands in its course."""

from collections import deque
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.course import WorkedExample
from assistant.domain.ids import ConceptId
from assistant.domain.study import Standing
from assistant.services.study.lesson_values import Check, LessonOrigin
from assistant.ui.study.exercise.markdown_view import Drawing
from assistant.ui.study.lesson.ask import AskCard
from assistant.ui.study.lesson.faded import FadedCard
from assistant.ui.study.lesson.marks import check_line
from assistant.ui.study.lesson.open_lesson import OpenLesson
from assistant.ui.study.lesson.side import Neighbours
from assistant.ui.study.lesson.text import LessonText
from assistant.ui.study.lesson.worked import WorkedCard
from assistant.ui.study.lesson.write import WriteCard, missing_card, written_card
from assistant.ui.study.pictures.colours import STANDING_WORDS
from assistant.ui.study.pictures.marks import percent_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.notices import ErrorCard
from assistant.ui.widgets.scroll import ScrollArea
from assistant.ui.widgets.tab_order import put_in_order, stops_in

_READING, _SIDE, _GAP, _MARGIN, _BAR = 600, 260, 44, 28, 52
_SETTLE_MS = 50
"""After which the sentences of an answer have their places."""
_LONGEST_WAY = 36
"""Characters of the name of a neighbour at the end of the page."""


class LessonPage(QWidget):
    """Shows one lesson.

    Args:
        theme: The theme in force.
    """

    left = Signal()
    practise = Signal(str, str)
    """Of a course's id and a concept's."""
    concept_wanted = Signal(str)
    """Another lesson of the same course."""
    check_wanted = Signal(object, str)
    """A ``BlankRow`` and what was typed."""
    run_wanted = Signal(object)
    """A ``LessonCode``."""
    stop_wanted = Signal(object)
    write_wanted = Signal()
    """A lesson is to be written where there is none, or in the place of the one that is shown."""
    write_stopped = Signal()
    built = Signal()
    """All of a lesson is there, down to the end of the page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._open: OpenLesson | None = None
        self._back_words, self._back_from = "", ConceptId("")
        self.drawing: Drawing | None = None
        self.parts: list[QWidget] = []
        self.worked: list[WorkedCard] = []
        self.faded: list[FadedCard] = []
        self.explanation: LessonText | None = None
        self.ask: AskCard | None = None
        self.write: WriteCard | None = None
        self.practice: Button | None = None
        self._rest: deque[Callable[[], None]] = deque()
        self._builder = QTimer(self, interval=0)
        self._builder.timeout.connect(self._build_next)
        self.setAccessibleName("Lesson")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._make_bar(theme))
        content = self._make_content(theme)
        self.scroller = ScrollArea(content)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.viewport().installEventFilter(self)
        outer.addWidget(self.scroller, 1)
        theme.changed.connect(self._fit)
        self._fit()

    def _make_bar(self, theme: Theme) -> QHBoxLayout:
        self._bar = QHBoxLayout()
        self.back = IconButton(theme, "arrow-left", "Back")
        self.back.set_name("Back", "Esc")
        self.way_back = Button(theme, "", icon="arrow-left", small=True)
        self.way_back.hide()
        for button in (self.back, self.way_back):
            button.clicked.connect(self.left)
        self._crumbs = ElidedLabel(theme, "", "interface", "ink2")
        self.previous = IconButton(theme, "chevron-left", "The lesson before")
        self.previous.clicked.connect(self._go_back)
        self.next = IconButton(theme, "chevron-right", "The next lesson")
        self.next.clicked.connect(self._go_on)
        self._bar.addWidget(self.back)
        self._bar.addWidget(self.way_back)
        self._bar.addWidget(self._crumbs, 1)
        self._bar.addWidget(self.previous)
        self._bar.addWidget(self.next)
        return self._bar

    def _make_content(self, theme: Theme) -> QWidget:
        content = QWidget()
        self._middle = QHBoxLayout(content)
        self._reading = QWidget()
        self.column = QVBoxLayout(self._reading)
        self.column.setContentsMargins(0, 0, 0, 0)
        self._side = QWidget()
        self._side_column = QVBoxLayout(self._side)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        self.neighbours = Neighbours(theme)
        self.neighbours.chosen.connect(self.concept_wanted)
        self._side_column.addWidget(self.neighbours)
        self._side_column.addStretch(1)
        self._middle.addStretch(1)
        self._middle.addWidget(self._reading, 0, Qt.AlignmentFlag.AlignTop)
        self._middle.addWidget(self._side)
        self._middle.addStretch(1)
        return content

    @property
    def lesson(self) -> OpenLesson | None:
        """What is shown."""
        return self._open

    def crumbs(self) -> str:
        """Where the lesson stands, in words."""
        return self._crumbs.text()

    def show_way_back(self, words: str, concept: ConceptId) -> None:
        """Names what the way back leads to; one that has a name has the keys.

        Args:
            words: Such as “Back to the exercise”; "" for the page from which it was opened.
            concept: The one that the lesson was opened for; others may be turned to.
        """
        self._back_words, self._back_from = words, concept
        self.way_back.setText(words)
        self.way_back.setToolTip(f"{words}: everything there stands as it stood (Esc)")
        shown, gone = (self.way_back, self.back) if words else (self.back, self.way_back)
        shown.show()
        if words or gone.hasFocus():
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        gone.hide()

    def show_lesson(self, lesson: OpenLesson, drawn_with: Drawing) -> None:
        """Shows a lesson from its beginning."""
        self._clear()
        self._open, self.drawing = lesson, drawn_with
        concept = lesson.view.concept
        way = (lesson.course.title, lesson.unit, concept.title)
        self._crumbs.setText(" \u203a ".join(filter(None, way)))
        self.setAccessibleName(f"Lesson: {concept.title}")
        self._name_neighbours(lesson)
        self._add_head(lesson)
        if lesson.view.missing:
            self._add_writing(missing_card(self._theme, lesson.view.missing))
        else:
            self._add_explanation(lesson, drawn_with)
        self.neighbours.show_concepts(lesson.before, lesson.opens, lesson.known)
        self.neighbours.show()
        self.scroller.verticalScrollBar().setValue(0)
        self._fit()
        self._rest = deque(self._further(lesson, drawn_with))
        self._builder.start()

    def _further(self, lesson: OpenLesson, drawn_with: Drawing) -> Iterator[Callable[[], None]]:
        """What is made after the first screen, a part in each turn of the window's loop."""
        view, said = lesson.view, lesson.view.explanation
        count = len(view.lesson.worked)
        for number, (example, check) in enumerate(
            zip(view.lesson.worked, view.worked, strict=True), 1
        ):
            title = f"Worked example {number} of {count}" if count > 1 else "Worked example"
            new = None if check == said else check
            yield partial(self._add_worked, drawn_with, example, new, title)
        for example, check in zip(view.lesson.faded, view.faded, strict=True):
            new = None if check == said else check
            yield partial(self._add_faded, drawn_with, example, new)
        yield partial(self._add_end, lesson, drawn_with)

    def _build_next(self) -> None:
        if self._rest:
            self._rest.popleft()()
        if not self._rest:
            self._builder.stop()
            self.built.emit()

    def _add_end(self, lesson: OpenLesson, drawn_with: Drawing) -> None:
        if lesson.can_be_practised:
            self._add_practice(lesson)
        if not lesson.view.missing:
            self.ask = AskCard(self._theme, drawn_with)
            self.ask.unfolded.connect(self._reveal)
            self._add(self.ask)
        self._add_ways_on(lesson)
        self._fit()

    def show_error(self, what: str, hint: str) -> None:
        """Says why there is nothing to read; what stood beside another lesson goes with it."""
        self._clear()
        self._open = None
        self._crumbs.setText("")
        self.setAccessibleName("Lesson")
        self.neighbours.hide()
        for button in (self.previous, self.next):
            button.setEnabled(False)
        self._add(ErrorCard(self._theme, what, hint))

    def show_answer(self) -> None:
        """Brings the answer into view; its question stays, where both have no room."""
        QTimer.singleShot(_SETTLE_MS, self, self._bring_answer)

    def _reveal(self, passage: QWidget) -> None:
        """Brings a passage into view that was unfolded, once it has its height."""
        gap = self._theme.px(_GAP // 2)
        bring = partial(self.scroller.ensureWidgetVisible, passage, 0, gap)
        QTimer.singleShot(_SETTLE_MS, passage, bring)

    def _bring_answer(self) -> None:
        content = self.scroller.widget()
        if self.ask is None or content is None:
            return
        bar, gap = self.scroller.verticalScrollBar(), self._theme.px(_GAP // 2)
        top = self.ask.mapTo(content, QPoint(0, 0)).y() - gap
        unseen = top + self.ask.height() + 2 * gap - self.scroller.viewport().height()
        if bar.value() < unseen:
            bar.setValue(min(top, unseen))

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Tab goes by what is seen: steps and gaps come while one reads."""
        put_in_order(self.stops())
        return super().focusNextPrevChild(next)

    def stops(self) -> list[QWidget]:
        """What Tab reaches, in its order: the bar, the lesson, its neighbours."""
        heads = (self.back, self.way_back, self.previous, self.next)
        bar = [each for each in heads if each.isEnabled() and not each.isHidden()]
        beside = stops_in(self._side) if self._side.isVisible() else []
        return [*bar, *stops_in(self._reading), *beside]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves; Alt and the arrows turn to the neighbours."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif alt and event.key() == Qt.Key.Key_Left:
            self._go_back()
        elif alt and event.key() == Qt.Key.Key_Right:
            self._go_on()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side goes below where there is no room for it."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the page."""
        QPainter(self).fillRect(self.rect(), self._theme.color("page"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The column follows the width that the scroll bar leaves."""
        if event.type() == QEvent.Type.Resize and watched is self.scroller.viewport():
            self._fit()
        return super().eventFilter(watched, event)

    def _add_head(self, lesson: OpenLesson) -> None:
        theme, concept = self._theme, lesson.view.concept
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(PlainLabel(theme, concept.title, "display", wrap=True))
        column.addWidget(PlainLabel(theme, concept.summary, "interface", "ink2", wrap=True))
        facts = [
            f"Lesson {lesson.number + 1} of {len(lesson.course.concepts)}",
            f"about {concept.minutes} min",
        ]
        mastery = lesson.known.get(concept.id)
        if mastery is not None and mastery.standing is not Standing.NOT_STARTED:
            standing = STANDING_WORDS[mastery.standing]
            facts.append(f"{standing}, {percent_words(mastery.chance)}")
        column.addWidget(PlainLabel(theme, " · ".join(facts), "small", "ink3", wrap=True))
        self._add(head)

    def _add_explanation(self, lesson: OpenLesson, drawn_with: Drawing) -> None:
        view = lesson.view
        self.explanation = LessonText(self._theme, drawn_with)
        self.explanation.show_text(view.lesson.explanation, blocks=lesson.explanation or None)
        self._listen(self.explanation)
        self._add(self.explanation)
        if view.origin is LessonOrigin.WRITTEN:
            self._add_writing(written_card(self._theme, view))
        else:
            self._add(check_line(self._theme, view.explanation))

    def _add_writing(self, card: WriteCard) -> None:
        card.wanted.connect(self.write_wanted)
        card.stopped.connect(self.write_stopped)
        self.write = card
        self._add(card)

    def _add_worked(
        self, drawn_with: Drawing, example: WorkedExample, check: Check | None, title: str
    ) -> None:
        card = WorkedCard(self._theme, drawn_with, example, check, title)
        self._listen(card)
        self.worked.append(card)
        self._add(card)

    def _add_faded(self, drawn_with: Drawing, example: WorkedExample, check: Check | None) -> None:
        card = FadedCard(self._theme, drawn_with, example, check)
        self._listen(card)
        card.check_wanted.connect(self.check_wanted)
        card.focus_left.connect(self._leave_gaps)
        self.faded.append(card)
        self._add(card)

    def _leave_gaps(self) -> None:
        """The field with the focus is gone: the next gaps have it, or what the page ends with."""
        waiting = [
            card.blanks[-1].field for card in self.faded if not card.answer.isVisibleTo(card)
        ]
        for each in (*waiting, self.practice):
            if each is not None:
                each.setFocus()
                return

    def _listen(self, part: LessonText | WorkedCard | FadedCard) -> None:
        part.run_wanted.connect(self.run_wanted)
        part.stop_wanted.connect(self.stop_wanted)

    def _add_practice(self, lesson: OpenLesson) -> None:
        theme = self._theme
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        if self._back_words and self._back_from == lesson.view.concept.id:
            button = Button(theme, self._back_words, "primary", icon="arrow-left")
            button.clicked.connect(self.left)
        else:
            button = Button(theme, "Practise", "primary", icon="play")
            button.setAccessibleName(f"Practise {lesson.view.concept.title}")
            button.clicked.connect(self._practise)
        self.practice = button
        row.addWidget(button)
        words = "Only what you answer by yourself raises your mastery."
        row.addWidget(PlainLabel(theme, words, "small", "ink2", wrap=True), 1)
        self._add(holder)

    def _add_ways_on(self, lesson: OpenLesson) -> None:
        """The neighbours by name, at the end of the page."""
        holder = QWidget()
        flow = FlowLayout(holder, self._theme.px(8))
        for step, icon, go in ((-1, "arrow-left", self._go_back), (1, "step-forward", self._go_on)):
            concept = lesson.neighbour(step)
            if concept is not None:
                short = concept.title[:_LONGEST_WAY].rstrip()
                title = (short if short == concept.title else f"{short}…").replace("&", "&&")
                button = Button(self._theme, title, "ghost", icon=icon, small=True)
                words = "The next lesson" if step > 0 else "The lesson before"
                button.setAccessibleName(f"{words}: {concept.title}")
                button.clicked.connect(go)
                flow.addWidget(button)
        self._add(holder)

    def _name_neighbours(self, lesson: OpenLesson) -> None:
        for button, step, words, keys in (
            (self.previous, -1, "The lesson before", "Alt+Left"),
            (self.next, 1, "The next lesson", "Alt+Right"),
        ):
            concept = lesson.neighbour(step)
            button.setEnabled(concept is not None)
            button.set_name(f"{words}: {concept.title}" if concept else words, keys)

    def _add(self, part: QWidget) -> None:
        self.parts.append(part)
        self.column.addWidget(part)

    def _clear(self) -> None:
        self._builder.stop()
        self._rest.clear()
        for part in self.parts:
            self.column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.parts.clear()
        self.worked.clear()
        self.faded.clear()
        self.explanation = self.ask = self.write = self.practice = None

    def _go_back(self) -> None:
        self._go(-1)

    def _go_on(self) -> None:
        self._go(1)

    def _go(self, step: int) -> None:
        concept = self._open.neighbour(step) if self._open is not None else None
        if concept is not None:
            self.concept_wanted.emit(str(concept.id))

    def _practise(self) -> None:
        if self._open is not None:
            self.practise.emit(str(self._open.course.id), str(self._open.view.concept.id))

    def _fit(self) -> None:
        """The column takes up to the reading width; the side stands beside it or below it."""
        px = self._theme.px
        self._bar.setContentsMargins(px(20), px(12), px(20), px(12))
        self._bar.setSpacing(px(8))
        width, margin = self.scroller.viewport().width(), px(_MARGIN)
        beside = width >= px(_READING + _SIDE + _GAP) + 2 * margin
        reading = min(px(_READING), max(px(200), width - 2 * margin))
        self._reading.setFixedWidth(reading)
        self.column.setSpacing(px(20))
        if beside:
            self._middle.setContentsMargins(margin, px(8), margin, px(36))
            self._middle.setSpacing(px(_GAP))
            self._side.setFixedWidth(px(_SIDE))
            self._side_column.insertWidget(0, self.neighbours)
        else:
            self._middle.setContentsMargins(margin, px(8), margin, px(36))
            self._middle.setSpacing(0)
            self.column.addWidget(self.neighbours)
        self._side.setVisible(beside)
