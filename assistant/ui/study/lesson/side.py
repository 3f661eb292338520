"""Where a lesson stands in its course: what comes before it, and what it opens."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from assistant.domain.course import Concept
from assistant.domain.ids import ConceptId
from assistant.domain.study import Mastery, Standing
from assistant.ui.study.pictures.axes import dashed
from assistant.ui.study.pictures.colours import (
    STANDING_WORDS,
    light_edge,
    light_fill,
    standing_step,
)
from assistant.ui.study.pictures.marks import percent_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box

_ROW = 30


class ConceptLink(QPushButton):
    """Leads to another lesson; a square of light says how far its concept is known.

    Args:
        theme: The theme in force.
        concept: Where it leads.
        mastery: What is known of it; None where nothing is.
    """

    def __init__(self, theme: Theme, concept: Concept, mastery: Mastery | None) -> None:
        super().__init__()
        self._theme = theme
        self.concept = concept.id
        self._title = concept.title
        self._standing = mastery.standing if mastery is not None else Standing.NOT_STARTED
        begun = mastery is not None and self._standing is not Standing.NOT_STARTED
        self._share = percent_words(mastery.chance) if begun and mastery is not None else ""
        self.setAccessibleName(
            f"{concept.title}, {STANDING_WORDS[self._standing]} {self._share}".strip()
        )
        self.setToolTip(concept.summary)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """A row."""
        return QSize(self._theme.px(220), self._theme.px(_ROW))

    def minimumSizeHint(self) -> QSize:
        """A narrower row."""
        return QSize(self._theme.px(140), self._theme.px(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the square, the title and the share."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown() or self.underMouse():
            ground = theme.color("press" if self.isDown() else "well")
            box(painter, self.rect(), px(7), ground)
        side = px(12)
        square = QRect(px(8), (self.height() - side) // 2, side, side)
        step = standing_step(self._standing)
        if step is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(dashed(theme, "control", 1))
            painter.drawRoundedRect(QRectF(square).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        else:
            box(painter, square, px(3), light_fill(theme, step), light_edge(theme, step))
        middle = Qt.AlignmentFlag.AlignVCenter
        inside = self.rect().adjusted(px(28), 0, -px(8), 0)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("ink2"))
        painter.drawText(inside, int(middle | Qt.AlignmentFlag.AlignRight), self._share)
        taken = painter.fontMetrics().horizontalAdvance(self._share) + px(8) if self._share else 0
        inside.setRight(inside.right() - taken)
        painter.setFont(theme.font("interface"))
        painter.setPen(theme.color("ink"))
        elide = Qt.TextElideMode.ElideRight
        title = painter.fontMetrics().elidedText(self._title, elide, inside.width())
        painter.drawText(inside, int(middle), title)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class Neighbours(QWidget):
    """Two short lists of lessons.

    Args:
        theme: The theme in force.
    """

    chosen = Signal(str)
    """A concept's id."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._parts: list[QWidget] = []

    def show_concepts(
        self,
        before: Sequence[Concept],
        opens: Sequence[Concept],
        known: Mapping[ConceptId, Mastery],
    ) -> None:
        """Shows what comes before and what it opens."""
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts.clear()
        for title, concepts, none in (
            ("Comes before", before, "Nothing: it is a beginning."),
            ("Opens", opens, "Nothing further: it is an end."),
        ):
            head = PlainLabel(self._theme, title, "small", "ink3")
            head.setContentsMargins(0, self._theme.px(8) if self._parts else 0, 0, 4)
            self._add(head)
            if not concepts:
                self._add(PlainLabel(self._theme, none, "small", "ink2", wrap=True))
            for concept in concepts:
                link = ConceptLink(self._theme, concept, known.get(concept.id))
                link.clicked.connect(self._choose)
                self._add(link)

    @property
    def links(self) -> list[ConceptLink]:
        """All of them, from top to bottom."""
        return [each for each in self._parts if isinstance(each, ConceptLink)]

    def _add(self, part: QWidget) -> None:
        self._parts.append(part)
        self._column.addWidget(part)

    def _choose(self) -> None:
        link = self.sender()
        if isinstance(link, ConceptLink):
            self.chosen.emit(str(link.concept))
