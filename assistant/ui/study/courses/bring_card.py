"""Courses and decks from elsewhere: chosen or dropped, read, and what came of it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.services.study.bringing import Brought, BroughtKind
from assistant.ui.library.import_strip import dropped_paths
from assistant.ui.study.pictures.marks import count_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.meters import ProgressBar
from assistant.ui.widgets.notices import ErrorCard

_MOST_SKIPPED = 6
_SEVERAL, _REPLACES = "course_choice", "course_replaces"


class BringCard(Card):
    """Brings in what is chosen or dropped; one thing at a time.

    Args:
        theme: The theme in force.
    """

    bring_wanted = Signal(str, str, bool)
    """A path, which of several courses in it ("" for the only one), and whether it shall take the
    place of another course of one's own."""
    cancelled = Signal()
    take_wanted = Signal(str)
    """The ``CourseId`` of a course that came in."""
    review_wanted = Signal(str)
    """The id that the cards of a deck that came in carry."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 20)
        self._path, self._named = "", ""
        self.setAccessibleName("Bring your own")
        self.setAcceptDrops(True)
        words = (
            "A course in Lamplight's format, OATutor's content or Exercism's Python track, each as "
            "a folder or a .zip; or Anki's decks (.apkg, .colpkg), with what you remember of it. "
            "Drop it here, or choose it."
        )
        self.file = Button(theme, "Import a file", icon="file-input")
        self.folder = Button(theme, "Import a folder", icon="folder-open")
        self.file.clicked.connect(self.choose_file)
        self.folder.clicked.connect(self._choose_folder)
        buttons = QWidget()
        flow = FlowLayout(buttons, theme.px(8))
        for button in (self.file, self.folder):
            flow.addWidget(button)
        self._busy = QWidget()
        line = QHBoxLayout(self._busy)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        self._doing = ElidedLabel(theme, "", "small", "ink2")
        self._bar = ProgressBar(theme, "What is brought in")
        self.cancel = Button(theme, "Cancel", "ghost", small=True)
        self.cancel.setAccessibleName("Cancel bringing it in")
        self.cancel.clicked.connect(self.cancelled)
        line.addWidget(self._doing, 1)
        line.addWidget(self._bar, 1)
        line.addWidget(self.cancel)
        self._result = QVBoxLayout()
        self.body.addWidget(PlainLabel(theme, "Bring your own", "card_title"))
        self.body.addWidget(PlainLabel(theme, words, "interface", "ink2", wrap=True))
        self.body.addWidget(buttons)
        self.body.addWidget(self._busy)
        self.body.addLayout(self._result)
        self._busy.hide()

    def show_busy(self, path: str, named: str) -> None:
        """Says what is being read."""
        self._path, self._named = path, named
        self.show_progress(0.0, "Reading")
        self._set_busy(busy=True)
        self._show_result(None)

    def show_progress(self, share: float, doing: str) -> None:
        """Says how far it is."""
        self._bar.set_share(share)
        self._doing.setText(f"{doing} {_name(self._path)}…")

    def show_rest(self) -> None:
        """Nothing comes in any more, and what came last is not told of."""
        self._set_busy(busy=False)
        self._show_result(None)

    def show_brought(self, brought: Brought) -> None:
        """Says what came in, what was left out, and what to do with it."""
        self._set_busy(busy=False)
        theme = self._theme
        card = ErrorCard(theme, f"“{brought.title}” is here", brought_words(brought), "plain")
        deck, course = brought.kind is BroughtKind.ANKI, brought.course
        goes_on = card.add_button("Review its cards" if deck else "Take this course")
        wanted = self.review_wanted if deck else self.take_wanted

        def go_on() -> None:
            wanted.emit(course)

        goes_on.clicked.connect(go_on)
        for skipped in brought.skipped[:_MOST_SKIPPED]:
            card.body.addWidget(
                PlainLabel(theme, f"Left out: {skipped}", "small", "ink3", wrap=True)
            )
        more = len(brought.skipped) - _MOST_SKIPPED
        if more > 0:
            card.body.addWidget(PlainLabel(theme, f"And {more} more.", "small", "ink3"))
        self._show_result(card)

    def show_trouble(self, error: UserFacingError) -> None:
        """Says why nothing came in; where a file holds several courses, asks which one."""
        self._set_busy(busy=False)
        tone = "plain" if error.code == _REPLACES else "bad"
        card = ErrorCard(self._theme, error.message, error.hint, tone)
        if error.code == _SEVERAL:
            field = LineField(self._theme, "Name of the course", "Name of the course")
            card.body.addWidget(field)
            path = self._path

            def named() -> None:
                if field.text().strip():
                    self.bring_wanted.emit(path, field.text().strip(), False)  # noqa: FBT003 - a signal has no names

            card.add_button("Import this one").clicked.connect(named)
            field.returnPressed.connect(named)
        if error.code == _REPLACES:
            card.add_button("Replace it").clicked.connect(self._replace)
            card.add_button("Keep the one I have", "ghost").clicked.connect(self._clear_result)
        self._show_result(card)

    def choose_file(self) -> None:
        """Asks for a file."""
        path, _ = QFileDialog.getOpenFileName(
            self,
            "Import a course or a deck",
            "",
            "Courses and decks (*.zip *.apkg *.colpkg);;All files (*)",
        )
        if path:
            self._want(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file or folder may be dropped here."""
        if len(dropped_paths(event.mimeData())) == 1 and self.file.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Brings it in."""
        paths = dropped_paths(event.mimeData())
        if len(paths) == 1:
            event.acceptProposedAction()
            self._want(paths[0])

    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, "Import the folder of a course")
        if path:
            self._want(path)

    def _want(self, path: str) -> None:
        self.bring_wanted.emit(path, "", False)  # noqa: FBT003 - a signal has no names

    def _replace(self) -> None:
        self.bring_wanted.emit(self._path, self._named, True)  # noqa: FBT003 - a signal has no names

    def _clear_result(self) -> None:
        self._show_result(None)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy.setVisible(busy)
        for button in (self.file, self.folder):
            button.setEnabled(not busy)

    def _show_result(self, card: QWidget | None) -> None:
        while (item := self._result.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if card is not None:
            self._result.addWidget(card)


def brought_words(brought: Brought) -> str:
    """What came in."""
    if brought.kind is BroughtKind.ANKI:
        words = "No new card came in."
        if brought.cards:
            words = f"{count_words(brought.cards, 'new card')}, in your reviews from now on."
    else:
        concepts = count_words(brought.concepts, "concept")
        words = f"{concepts}, {count_words(brought.exercises, 'exercise')}."
    if brought.skipped:
        words += f" {count_words(len(brought.skipped), 'part')} could not be used."
    return words


def _name(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
