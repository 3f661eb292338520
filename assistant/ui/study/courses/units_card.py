"""The units of a course in which lessons are missing, and how the writing of one goes."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.services.study.lesson_writing import UnitLack, UnitWritten
from assistant.ui.study.pictures.marks import count_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.meters import ProgressBar

_ABOUT = (
    "The model writes them in the background, one after the other; code checks what it can and "
    "marks the rest as not checked."
)
_MOST_TOLD = 3


class UnitsCard(Card):
    """Lets whole units be written; hidden where nothing is missing.

    Args:
        theme: The theme in force.
    """

    write_wanted = Signal(int)
    """The place of a unit, from 0."""
    stopped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self.buttons: list[Button] = []
        self.body.addWidget(PlainLabel(theme, "Lessons to be written", "card_title"))
        self.body.addWidget(PlainLabel(theme, _ABOUT, "small", "ink2", wrap=True))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(4))
        self.body.addLayout(self._rows)
        self._busy = QWidget()
        column = QVBoxLayout(self._busy)
        column.setContentsMargins(0, 0, 0, 0)
        self._doing = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self._bar = ProgressBar(theme, "Lessons of a unit are written")
        self.stop = Button(theme, "Stop", "ghost", icon="square", small=True)
        self.stop.setToolTip("What is written by then is kept")
        self.stop.clicked.connect(self._stop)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self._bar, 1)
        line.addWidget(self.stop)
        column.addWidget(self._doing)
        column.addLayout(line)
        self.body.addWidget(self._busy)
        self._told = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.body.addWidget(self._told)
        self._busy.hide()
        self._told.hide()
        self.hide()

    def show_lacking(self, units: Sequence[UnitLack]) -> None:
        """Lists the units in which lessons are missing."""
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        self.buttons = []
        for unit in units:
            self._rows.addWidget(self._row(unit))
        self._settle()

    def show_writing(self, share: float, doing: str) -> None:
        """Says how far a unit is that is being written."""
        self._told.hide()
        self._bar.set_share(share)
        self._doing.setText(f"{doing} …")
        self._busy.show()
        self._settle()

    def show_rest(self) -> None:
        """Nothing is written now."""
        self._busy.hide()
        self.stop.setEnabled(True)
        self._settle()

    def show_written(self, written: UnitWritten) -> None:
        """Says what came of a unit."""
        self._tell(written_words(written))

    def show_trouble(self, words: str) -> None:
        """Says why nothing was written."""
        self._tell(words)

    def told(self) -> str:
        """What it says of the last unit."""
        return self._told.text()

    def forget(self) -> None:
        """Another course is shown."""
        self._told.setText("")
        self._told.hide()
        self.show_lacking(())

    def _tell(self, words: str) -> None:
        self._told.setText(words)
        self._told.show()
        self.show_rest()

    def _row(self, unit: UnitLack) -> QWidget:
        theme, row = self._theme, QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(theme, unit.title, "interface"))
        missing = f"{unit.lacking} of {count_words(unit.concepts, 'lesson')} missing"
        words.addWidget(ElidedLabel(theme, missing, "small", "ink3"))
        line.addLayout(words, 1)
        button = Button(theme, "Write", icon="pencil", small=True)
        button.setAccessibleName(f"Write the lessons of {unit.title}")

        def pressed() -> None:
            self.write_wanted.emit(unit.unit)

        button.clicked.connect(pressed)
        self.buttons.append(button)
        line.addWidget(button)
        return row

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self._doing.setText("Stopping; what is written is kept.")
        self.stopped.emit()

    def _settle(self) -> None:
        busy = not self._busy.isHidden()
        for button in self.buttons:
            button.setEnabled(not busy)
        self.setVisible(bool(self.buttons) or busy or not self._told.isHidden())


def written_words(written: UnitWritten) -> str:
    """What came of a unit, with the reasons of what did not."""
    count = len(written.written)
    words = f"{count_words(count, 'lesson')} {'is' if count == 1 else 'are'} written."
    if not written.failed:
        return words
    reasons = " ".join(list(dict.fromkeys(why for _, why in written.failed))[:_MOST_TOLD])
    if not count:
        return f"No lesson was written. {reasons}"
    return f"{words} {count_words(len(written.failed), 'lesson')} could not be: {reasons}"
