"""A card above the field: what a sentence would do to the plan, or the answer to what was asked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

_MOST_LINES = 10
_LONGEST = 240


class PlanCard(QWidget):
    """A headline, lines below it, warnings, and what can be done about it.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    acted = Signal()
    """The first button: it is to be done."""
    chosen = Signal(int)
    """Another button: its place."""
    sent_on = Signal()
    """It is a message after all."""
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = IconLabel(theme, "calendar-check", 16, "ink2")
        self._title = ElidedLabel(theme, "", "interface", "ink")
        self.close_button = IconButton(theme, "x", "Dismiss")
        self.action = Button(theme, "", "primary", small=True)
        self.send_on = Button(theme, "Send to the chat", "ghost", small=True)
        self.send_on.setToolTip("Sends the words as a message to the model")
        self._others: list[Button] = []
        self._rows: list[QWidget] = []
        head = self._head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        self._lines = QVBoxLayout()
        self._buttons = FlowLayout(gap=theme.px(8))
        self._buttons.addWidget(self.action)
        self._buttons.addWidget(self.send_on)
        whole = self._whole = QVBoxLayout(self)
        whole.addLayout(head)
        whole.addLayout(self._lines)
        foot = self._foot = QVBoxLayout()
        foot.addLayout(self._buttons)
        whole.addLayout(foot)
        self.action.clicked.connect(self.acted)
        self.send_on.clicked.connect(self.sent_on)
        self.close_button.clicked.connect(self.dismissed)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @property
    def words(self) -> str:
        """All that it says; empty while it is not shown."""
        return self.accessibleName() if not self.isHidden() else ""

    @property
    def choices(self) -> Sequence[Button]:
        """The buttons besides the first one and the one that sends the words on."""
        return tuple(self._others)

    def tab_stops(self) -> list[QWidget]:
        """What Tab reaches, in its order."""
        stops: list[QWidget] = [self.action, *self._others, self.send_on, self.close_button]
        return [one for one in stops if not one.isHidden()]

    def say(
        self,
        title: str,
        lines: Sequence[str] = (),
        warnings: Sequence[str] = (),
        *,
        bad: bool = False,
    ) -> None:
        """Shows a headline and what belongs to it, without buttons but the one to send it on.

        Args:
            title: One sentence.
            lines: What would change, or an answer.
            warnings: What is lost or broken by it.
            bad: Whether it says what could not be done.
        """
        self._icon.set_icon("circle-alert" if bad else "calendar-check", "bad" if bad else "ink2")
        self._title.setText(title)
        self._title.set_colour("bad" if bad else "ink")
        self._clear()
        shown = [*lines[:_MOST_LINES]]
        if len(lines) > _MOST_LINES:
            shown.append(f"and {len(lines) - _MOST_LINES} more")
        for words in shown:
            self._add_row(words, "ink2")
        for words in warnings[:_MOST_LINES]:
            self._add_row(words, "caution", "triangle-alert")
        said = "; ".join((*lines, *warnings))
        self.setAccessibleName(f"{title}: {said}" if said else title)
        self.action.hide()
        self.send_on.show()
        self.show()

    def offer(self, action: str, others: Sequence[str] = ()) -> None:
        """Adds buttons to what is said.

        Args:
            action: Words of the first one; none if empty.
            others: Words of others.
        """
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self._buttons.removeWidget(self.send_on)
        for place, words in enumerate(others):
            button = Button(self._theme, words[:60], "plain", small=True)
            button.clicked.connect(self._chose)
            button.setProperty("place", place)
            self._others.append(button)
            self._buttons.addWidget(button)
            button.show()
        self._buttons.addWidget(self.send_on)
        self.send_on.show()

    def _chose(self) -> None:
        self.chosen.emit(int(self.sender().property("place")))

    def _add_row(self, words: str, colour: str, icon: str = "") -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(self._theme.px(24), 0, 0, 0)
        line.setSpacing(self._theme.px(6))
        if icon:
            line.addWidget(IconLabel(self._theme, icon, 14, colour), 0, Qt.AlignmentFlag.AlignTop)
        cut = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
        line.addWidget(PlainLabel(self._theme, cut, "small", colour, wrap=True), 1)
        self._lines.addWidget(row)
        self._rows.append(row)

    def _clear(self) -> None:
        for one in (*self._rows, *self._others):
            one.hide()
            one.deleteLater()
        for row in self._rows:
            self._lines.removeWidget(row)
        for button in self._others:
            self._buttons.removeWidget(button)
        self._rows, self._others = [], []

    def _restyle(self) -> None:
        theme = self._theme
        self._head.setSpacing(theme.px(8))
        self._lines.setSpacing(theme.px(3))
        self._whole.setSpacing(theme.px(6))
        self._whole.setContentsMargins(0, 0, 0, theme.px(10))
        self._foot.setContentsMargins(theme.px(24), 0, 0, 0)
