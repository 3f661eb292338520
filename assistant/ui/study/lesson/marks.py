"""Says in a line whether something is checked, and how."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assistant.services.study.lesson_values import Check
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel


class CheckLine(QWidget):
    """A badge and how it was checked; a dashed circle where nothing was.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        self._icon = IconLabel(theme, "circle-dashed", 16, "ink2")
        self._words = PlainLabel(theme, "", "small", "ink2", wrap=True)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def show_check(self, how: str, *, checked: bool) -> None:
        """Says how it stands."""
        colour = "good" if checked else "ink2"
        self._icon.set_icon("badge-check" if checked else "circle-dashed", colour)
        self._words.set_colour(colour)
        self._words.setText(how if checked else f"Not checked. {how}".strip())

    def show_wrong(self, words: str) -> None:
        """Says that an answer is not right."""
        self._icon.set_icon("circle-x", "bad")
        self._words.set_colour("bad")
        self._words.setText(words)

    def show_told(self, words: str, icon: str = "eye") -> None:
        """Says something that is neither right nor wrong; an answer was shown."""
        self._icon.set_icon(icon, "ink2")
        self._words.set_colour("ink2")
        self._words.setText(words)

    def words(self) -> str:
        """What it says."""
        return self._words.text()


def check_line(theme: Theme, check: Check, by: str = "") -> CheckLine:
    """A line that says how far a part of a lesson can be trusted, and who wrote it."""
    line = CheckLine(theme)
    line.show_check(f"{check.how} {by}".strip(), checked=check.checked)
    return line
