"""A subject with no course: a draft of one, changed where it is wrong, and kept."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConceptId
from assistant.services.study.syllabus import Add, Edit, Remove, Rename, SyllabusDrafted
from assistant.ui.study.pictures.marks import count_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.meters import ProgressBar
from assistant.ui.widgets.notices import ErrorCard

if TYPE_CHECKING:
    from assistant.domain.course import Course


@dataclass(frozen=True, slots=True)
class _Line:
    """A concept as it is edited: its id, its title as drafted, and the field."""

    concept: ConceptId
    title: str
    field: LineField
    row: QWidget


class DraftCard(Card):
    """Asks for a subject, shows how far the draft is, then the draft itself.

    Args:
        theme: The theme in force.
    """

    draft_wanted = Signal(str)
    """A subject in the learner's words."""
    cancelled = Signal()
    keep_wanted = Signal(object, object)
    """The ``Course`` as it was drafted, and a tuple of ``Edit``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 20)
        self._course: Course | None = None
        self._lines: list[_Line] = []
        self._removed: list[ConceptId] = []
        self._more: LineField | None = None
        self.setAccessibleName("A subject with no course")
        self.subject = LineField(theme, "What do you want to learn?", "Photography, or Latin verbs")
        self.draft = Button(theme, "Draft a course", icon="sprout")
        self.draft.clicked.connect(self._want)
        self.subject.returnPressed.connect(self._want)
        words = (
            "Your model proposes what to learn and in which order; code checks the order and "
            "leaves out what is said twice. You change what is wrong before it is kept."
        )
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.subject, 1)
        line.addWidget(self.draft)
        self._busy = QWidget()
        busy = QHBoxLayout(self._busy)
        busy.setContentsMargins(0, 0, 0, 0)
        self._doing = ElidedLabel(theme, "", "small", "ink2")
        self._bar = ProgressBar(theme, "Draft of a course")
        cancel = Button(theme, "Cancel", "ghost", small=True)
        cancel.setAccessibleName("Cancel the draft")
        cancel.clicked.connect(self.cancelled)
        busy.addWidget(self._doing, 1)
        busy.addWidget(self._bar, 1)
        busy.addWidget(cancel)
        self._trouble = QVBoxLayout()
        self._result = QWidget()
        self._column = QVBoxLayout(self._result)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self.body.addWidget(PlainLabel(theme, "A subject with no course", "card_title"))
        self.body.addWidget(PlainLabel(theme, words, "interface", "ink2", wrap=True))
        self.body.addLayout(line)
        self.body.addWidget(self._busy)
        self.body.addLayout(self._trouble)
        self.body.addWidget(self._result)
        self._busy.hide()
        self._result.hide()

    def show_progress(self, share: float, doing: str) -> None:
        """Says how far the draft is."""
        self._bar.set_share(share)
        self._doing.setText(doing)

    def show_busy(self, *, busy: bool) -> None:
        """A draft is under way, or no longer."""
        self._busy.setVisible(busy)
        self.draft.setEnabled(not busy)
        if busy:
            self.show_progress(0.0, "Drafting")
            self._clear(self._trouble)

    def show_draft(self, drafted: SyllabusDrafted) -> None:
        """Shows what was drafted, to be changed and kept."""
        self.show_busy(busy=False)
        self._clear(self._column)
        self._lines, self._removed = [], []
        course = self._course = drafted.course
        theme = self._theme
        self._column.addWidget(PlainLabel(theme, course.title, "card_title", wrap=True))
        for words in filter(None, (_credit(drafted), *drafted.repairs)):
            self._column.addWidget(PlainLabel(theme, words, "small", "ink3", wrap=True))
        for unit in course.units:
            self._column.addSpacing(theme.px(6))
            self._column.addWidget(PlainLabel(theme, unit.title, "interface_semibold", wrap=True))
            for concept in unit.concepts:
                self._add_line(concept, course.concept(concept).title)
        self._more = LineField(theme, "Another concept", "Another concept", height=32)
        self._column.addWidget(self._more)
        foot = QHBoxLayout()
        keep = Button(theme, "Keep and take this course", icon="check")
        keep.clicked.connect(self._keep)
        drop = Button(theme, "Discard", "ghost")
        drop.clicked.connect(self.discard)
        foot.addWidget(keep)
        foot.addWidget(drop)
        foot.addStretch(1)
        holder = QWidget()
        holder.setLayout(foot)
        foot.setContentsMargins(0, theme.px(6), 0, 0)
        self._column.addWidget(holder)
        self._result.show()

    def show_trouble(self, error: UserFacingError) -> None:
        """Says why there is no draft, or why it cannot be kept so."""
        self.show_busy(busy=False)
        self._clear(self._trouble)
        self._trouble.addWidget(ErrorCard(self._theme, error.message, error.hint))

    def discard(self) -> None:
        """Forgets the draft."""
        self._course = self._more = None
        self._clear(self._column)
        self._clear(self._trouble)
        self._result.hide()

    def edits(self) -> tuple[Edit, ...]:
        """What was changed in the draft."""
        renamed = [
            Rename(line.concept, line.field.text().strip())
            for line in self._lines
            if line.field.text().strip() not in ("", line.title)
        ]
        emptied = [Remove(line.concept) for line in self._lines if not line.field.text().strip()]
        removed = [Remove(concept) for concept in self._removed]
        added: list[Edit] = []
        more = self._more.text().strip() if self._more is not None else ""
        if self._course is not None and more:
            added.append(Add(len(self._course.units) - 1, more))
        return (*renamed, *added, *removed, *emptied)

    def _add_line(self, concept: ConceptId, title: str) -> None:
        theme, row = self._theme, QWidget()
        field = LineField(theme, f"Title of “{title}”", height=32)
        field.setText(title)
        remove = IconButton(theme, "x", f"Leave out {title}")
        line = _Line(concept, title, field, row)

        def removed() -> None:
            self._lines.remove(line)
            self._removed.append(line.concept)
            line.row.hide()

        remove.clicked.connect(removed)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(field, 1)
        layout.addWidget(remove)
        self._lines.append(line)
        self._column.addWidget(row)

    def _want(self) -> None:
        subject = self.subject.text().strip()
        if subject and self.draft.isEnabled():
            self.draft_wanted.emit(subject)

    def _keep(self) -> None:
        if self._course is not None:
            self.keep_wanted.emit(self._course, self.edits())

    def _clear(self, layout: QVBoxLayout) -> None:
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _credit(drafted: SyllabusDrafted) -> str:
    if drafted.missing:
        told = "outline" in drafted.missing
        return drafted.missing if told else f"{drafted.missing} This is an outline to fill in."
    count = count_words(len(drafted.course.concepts), "concept")
    by = f"Drafted by {drafted.model}" if drafted.model else "An outline"
    return f"{by}: {count}. No lesson is in it yet; nothing of it is checked but its order."
