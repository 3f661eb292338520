"""The line for adding and the chips below it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.planner.quick_add.parts import Part, QuickAdd
from assistant.planner.quick_add.teaching import is_own
from assistant.planner.quick_add.vocabulary import Correction
from assistant.ui.plan.adding.field import AddingField
from assistant.ui.plan.adding.parts import chip_of, others_of, told_once
from assistant.ui.plan.adding.teaching import likely_phrase
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.chip import Chip
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.menu import Menu

_PAUSE_MS = 60


class AddingBar(QWidget):
    """Where tasks are written; whoever owns it reads the line and adds it.

    Args:
        theme: The theme in force.
    """

    read_wanted = Signal(str)
    """The line shall be read, for its chips."""
    add_wanted = Signal(str)
    """The line shall be added."""
    refused = Signal()
    """What a model made of the line shall not count."""
    teaching_wanted = Signal(str)
    """What these words mean shall be taught."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._found: QuickAdd | None = None
        self._suggested = False
        self._meant: dict[str, str] = {}
        self._today = date.min
        self._chips: list[Chip] = []
        self.field = AddingField(theme)
        self._row = QWidget()
        self._flow = FlowLayout(self._row, theme.px(6))
        self._problem = PlainLabel(theme, "", "small", "bad", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.field)
        column.addWidget(self._row)
        column.addWidget(self._problem)
        self._row.hide()
        self._problem.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.field.textChanged.connect(self._changed)
        self.field.returnPressed.connect(self._add)
        self.field.teaching_wanted.connect(self.teaching_wanted)

    @property
    def chips(self) -> list[Chip]:
        """The chips that are shown: that of a suggestion first, then the title's."""
        return list(self._chips)

    @property
    def problem(self) -> str:
        """Why the line can't be read or added; empty where it can."""
        return self._problem.text()

    def corrections(self, text: str) -> tuple[Correction, ...]:
        """What words of a line were said to mean, by its chips."""
        places = ((text.find(words), words, meaning) for words, meaning in self._meant.items())
        return tuple(
            Correction((place, place + len(words)), meaning)
            for place, words, meaning in places
            if place >= 0
        )

    def write(self, text: str = "") -> None:
        """Goes to the field; with words in it if there are some."""
        if text:
            self.field.setText(text)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_found(
        self, text: str, found: QuickAdd, today: date, *, suggested: bool = False
    ) -> None:
        """Marks what was found in the line and shows it as chips; a line that went on is left.

        Args:
            text: The line.
            found: What was found in it.
            today: Against which days are named.
            suggested: Whether a model read it, so that it can be refused.
        """
        if text != self.field.text():
            return
        self._found, self._today, self._suggested = found, today, suggested
        self._say("")
        self.field.set_marks([part.found for part in found.parts])
        self._drop_chips()
        if suggested:
            chip = Chip(self._theme, "Suggested", icon="wand-sparkles", action="x")
            chip.setAccessibleName("Suggested by the model: keep it as I wrote it")
            chip.setToolTip("The model reads the line like this. Press to keep it as you wrote it.")
            chip.clicked.connect(self.refused)
            self._add_chip(chip)
        if found.parts:
            if found.title:
                chip = Chip(self._theme, found.title[:60], icon="text-cursor")
                chip.setToolTip("Are some of these words your own? Teach what they mean.")
                chip.clicked.connect(self._teach)
                self._add_chip(chip)
            for part in told_once(found.parts):
                words = chip_of(part, found, today)
                chip = Chip(self._theme, words.value[:60], words.name, icon=words.icon)
                chip.clicked.connect(self._opener(chip, part))
                if part.learnt:
                    chip.setToolTip("One of your own words")
                self._add_chip(chip)
        self._row.setVisible(bool(self._chips))

    def show_problem(self, words: str) -> None:
        """Says why a line can't be read or added."""
        self._say(words)

    def read_again(self) -> None:
        """Asks for the line to be read again: what words of it mean may have changed."""
        if self.field.text().strip():
            self._ask()

    def added(self, text: str) -> None:
        """The line became a task: it is empty again, if nothing else was written meanwhile."""
        if self.field.text() == text:
            self.field.clear()

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _changed(self, text: str) -> None:
        self._say("")
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._found = None
            self._meant = {}
            self.field.set_marks([])
            self._drop_chips()
            self._row.hide()
        self.field.update()

    def _ask(self) -> None:
        self.read_wanted.emit(self.field.text())

    def _add(self) -> None:
        if self.field.text().strip():
            self.add_wanted.emit(self.field.text())

    # Chips

    def _add_chip(self, chip: Chip) -> None:
        self._chips.append(chip)
        self._flow.addWidget(chip)

    def _drop_chips(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []

    def _opener(self, chip: Chip, part: Part) -> Callable[[], None]:
        def open_() -> None:
            self._open_choices(chip, part)

        return open_

    def _teach(self) -> None:
        """Wants words of the title taught: those that are selected, else the likeliest."""
        chosen = self.field.selectedText()
        if chosen.strip() and chosen != self.field.text():
            self.teaching_wanted.emit(chosen.strip())
        elif self._found is not None:
            self.teaching_wanted.emit(likely_phrase(self._found.title))

    def _open_choices(self, chip: Chip, part: Part) -> None:
        if self._found is None:
            return
        menu = Menu(self._theme, f"Instead of {part.words}", self)
        menu.aboutToHide.connect(menu.deleteLater)
        written = part.found[0] < part.found[1]
        others = others_of(part, self._found, self._today) if written else ()
        for other in others:
            words = other.words.replace("&", "&&")
            menu.add(words, lambda meaning=other.meaning: self._correct(part, meaning))
        if menu.actions():
            menu.addSeparator()
        if written:
            menu.add("Change the words", lambda: self._select(part), icon="pencil")
            menu.add("Take it out", lambda: self._replace(part, ""), icon="x")
        if self._suggested:
            menu.add("Keep the line as I wrote it", self.refused.emit, icon="undo-2")
        menu.open_below(chip)

    def _correct(self, part: Part, meaning: str) -> None:
        """Words of one's own are kept and get their meaning; other words are replaced."""
        if meaning and not is_own(part.words):
            self._replace(part, meaning)
        else:
            self._meant[part.words] = meaning
            self._ask()

    def _replace(self, part: Part, words: str) -> None:
        begin, end = part.found
        text = self.field.text()
        self.field.setText(" ".join(f"{text[:begin]}{words}{text[end:]}".split()))
        self.field.setFocus()

    def _select(self, part: Part) -> None:
        begin, end = part.found
        self.field.setFocus()
        self.field.setSelection(begin, end - begin)
