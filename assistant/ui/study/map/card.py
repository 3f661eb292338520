"""The map in a card: its title, the zoom, the way to the whole page, and the legend."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from assistant.domain.ids import ConceptId
from assistant.domain.study import Standing
from assistant.services.study.today import CourseStanding
from assistant.ui.study.map.graph import MapView
from assistant.ui.study.map.words import concept_words
from assistant.ui.study.pictures.colours import (
    STANDING_WORDS,
    light_edge,
    light_fill,
    standing_step,
)
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.menu import Menu


class MapCard(Card):
    """A course's map.

    Args:
        theme: The theme in force.
        expandable: Whether there is a way to the page of the course.
    """

    lesson_wanted = Signal(str, str)
    """A course and a concept."""
    practice_wanted = Signal(str, str)
    """A course and a concept."""
    review_wanted = Signal(str)
    """A course."""
    expanded = Signal(str)
    """The course whose whole page is wanted."""

    def __init__(self, theme: Theme, *, expandable: bool = True) -> None:
        super().__init__(theme, 16)
        self._standing: CourseStanding | None = None
        self._expandable = expandable
        self.view = MapView(theme)
        self._facts = ElidedLabel(theme, "", "small", "ink3")
        out = IconButton(theme, "zoom-out", "Smaller map")
        larger = IconButton(theme, "zoom-in", "Larger map")
        out.clicked.connect(self._zoom_out)
        larger.clicked.connect(self._zoom_in)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(PlainLabel(theme, "Course map", "card_title"))
        head.addWidget(self._facts, 1)
        head.addWidget(out)
        head.addWidget(larger)
        if expandable:
            expand = IconButton(theme, "maximize-2", "Show the whole course")
            expand.clicked.connect(self._expand)
            head.addWidget(expand)
        self.body.addLayout(head)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(MapLegend(theme))
        self.view.graph.activated.connect(self._open)
        self.view.graph.asked.connect(self._offer)

    @property
    def standing(self) -> CourseStanding | None:
        """The course that is shown."""
        return self._standing

    def show_course(self, standing: CourseStanding) -> None:
        """Shows a course."""
        self._standing = standing
        course = standing.course
        count = f"{len(course.concepts)} concepts"
        # The page of one course is called after it.
        self._facts.setText(f"{course.title} · {count}" if self._expandable else count)
        self.view.show_course(standing)

    def menu_of(self, concept_id: ConceptId) -> Menu | None:
        """What can be done with a concept; None while there is no course."""
        standing = self._standing
        if standing is None:
            return None
        course = standing.course
        mastery = next(one for one in standing.mastery if one.concept == concept_id)
        menu = Menu(self._theme, concept_words(course, mastery), self)
        menu.aboutToHide.connect(menu.deleteLater)
        ids = (course.id, concept_id)
        begun = mastery.standing is not Standing.NOT_STARTED
        menu.add("Open the lesson", lambda: self.lesson_wanted.emit(*ids), icon="book-open")
        words = "Practise" if begun else "Try its exercises"
        menu.add(words, lambda: self.practice_wanted.emit(*ids), icon="dumbbell")
        if mastery.due:
            menu.add(
                "Review what is due", lambda: self.review_wanted.emit(course.id), icon="layers"
            )
        return menu

    def _offer(self, concept: str, corner: QPoint) -> None:
        menu = self.menu_of(ConceptId(concept))
        if menu is not None:
            menu.open_at(corner)

    def _open(self, concept: object) -> None:
        if self._standing is not None and isinstance(concept, str):
            self.lesson_wanted.emit(self._standing.course.id, concept)

    def _expand(self) -> None:
        if self._standing is not None:
            self.expanded.emit(self._standing.course.id)

    def _zoom_in(self) -> None:
        self.view.zoom(1)

    def _zoom_out(self) -> None:
        self.view.zoom(-1)


class MapLegend(QWidget):
    """What the steps of light mean.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(f"Legend: {', '.join(STANDING_WORDS.values())}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """A line of words, or two."""
        return QSize(self._theme.px(400), self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        """As high as it has to be."""
        return QSize(self._theme.px(120), self.heightForWidth(max(self.width(), 1)))

    def heightForWidth(self, width: int) -> int:
        """The words go over as many lines as they must."""
        spots = self._spots(width)
        return round(spots[-1][1].bottom()) if spots else 0

    def hasHeightForWidth(self) -> bool:
        """They do."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws each step and its word."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        for standing, spot in self._spots(self.width()):
            box = QRectF(spot.left(), spot.center().y() - px(6), px(18), px(12))
            step = standing_step(standing)
            pen = QPen(theme.color("control") if step is None else light_edge(theme, step), 1)
            if step is None:
                pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.setBrush(theme.color("card") if step is None else light_fill(theme, step))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(3), px(3))
            painter.setPen(theme.color("ink2"))
            words = spot.adjusted(px(18) + px(6), 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, STANDING_WORDS[standing])

    def _spots(self, width: int) -> list[tuple[Standing, QRectF]]:
        px, metrics = self._theme.px, QFontMetrics(self._theme.font("small"))
        left, top, height = 0, 0, px(20)
        spots: list[tuple[Standing, QRectF]] = []
        for standing, words in STANDING_WORDS.items():
            wide = px(24) + metrics.horizontalAdvance(words) + px(2)
            if left and left + wide > width:
                left, top = 0, top + height
            spots.append((standing, QRectF(left, top, wide, height)))
            left += wide + px(12)
        return spots

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
