"""The bar above a chat: its title, who answers, find, more, and the panel."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assistant.ui.chat.persona_button import PersonaButton
from assistant.ui.chat.title import TitleLabel
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.chip import Pill

HEIGHT = 52


class TopBar(QWidget):
    """Fifty-two pixels with a line under them.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    persona_requested = Signal()
    find_requested = Signal()
    more_requested = Signal()
    panel_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = TitleLabel(theme)
        self.temporary = Pill(theme, "Temporary: kept nowhere", icon="hat-glasses")
        self.persona = PersonaButton(theme)
        self.find_button = IconButton(theme, "text-search", "Find in this chat")
        self.more_button = IconButton(theme, "ellipsis", "More about this chat")
        self.panel_button = IconButton(theme, "sliders-horizontal", "Persona, sampling and context")
        self.panel_button.setCheckable(True)
        self._line = QHBoxLayout(self)
        for widget in (self.title, self.temporary, self.persona):
            self._line.addWidget(widget)
        self._line.addStretch(1)
        for widget in (self.find_button, self.more_button, self.panel_button):
            self._line.addWidget(widget)
        self.persona.clicked.connect(self.persona_requested)
        self.find_button.clicked.connect(self.find_requested)
        self.more_button.clicked.connect(self.more_requested)
        self.panel_button.clicked.connect(self.panel_requested)
        self.temporary.hide()
        theme.changed.connect(self._restyle)
        self._restyle()

    def tab_stops(self) -> list[QWidget]:
        """From left to right."""
        return [self.persona, self.find_button, self.more_button, self.panel_button]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line."""
        line = self._theme.color("line")
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, line)

    def _restyle(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px(HEIGHT))
        self._line.setContentsMargins(px(28), 0, px(22), 0)
        self._line.setSpacing(px(12))
