"""A line above the field: what waits, what was attached, what could not be done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import ElidedLabel


class ComposerNotice(QWidget):
    """One line with an icon, words, and at most one thing to do about it.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    acted = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = IconLabel(theme, "clock", 16, "ink2")
        self._words = ElidedLabel(theme, "", "small", "ink2")
        self.action = Button(theme, "", "ghost", small=True)
        self.close_button = IconButton(theme, "x", "Dismiss")
        line = self._line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._icon)
        line.addWidget(self._words, 1)
        line.addWidget(self.action)
        line.addWidget(self.close_button)
        self.action.clicked.connect(self.acted)
        self.close_button.clicked.connect(self.dismissed)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @property
    def words(self) -> str:
        """What it says; empty while it is not shown."""
        return self.accessibleName() if not self.isHidden() else ""

    def tab_stops(self) -> list[QWidget]:
        """What Tab reaches, in its order."""
        return [self.action, self.close_button]

    def say(
        self, words: str, icon: str = "clock", *, action: str = "", closable: bool = True
    ) -> None:
        """Shows a line.

        Args:
            words: One sentence.
            icon: Name of its icon.
            action: Words of its button; none when empty.
            closable: Whether a cross takes it away.
        """
        bad = icon == "circle-alert"
        self._icon.set_icon(icon, "bad" if bad else "ink2")
        self._words.setText(words)
        self._words.set_colour("bad" if bad else "ink2")
        self.setAccessibleName(words)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.close_button.setVisible(closable)
        self.show()

    def _restyle(self) -> None:
        self._line.setSpacing(self._theme.px(8))
