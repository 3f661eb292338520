"""A page of the Plan place: a title, the line in which tasks are added, and what it shows."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.page import TitledPage

_ADDING_AT = 1


class PlanPage(TitledPage):
    """A titled page that lends the line for adding a place under its head.

    Args:
        theme: The theme in force.
        title: Its name.
    """

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title)
        self._above = QWidget()
        self._line = QVBoxLayout(self._above)
        outer = self.layout()
        if isinstance(outer, QVBoxLayout):
            outer.insertWidget(_ADDING_AT, self._above)
        self.resized.connect(self._fit_above)
        theme.changed.connect(self._fit_above)
        self._fit_above()

    def lend(self, adding: QWidget) -> None:
        """Takes the line in; the page that had it has it no more."""
        self._line.insertWidget(0, adding)
        adding.show()

    def put_below_line(self, widget: QWidget) -> None:
        """Adds what stays below the line while the rest scrolls."""
        self._line.addWidget(widget)

    def _fit_above(self, *_: object) -> None:
        px = self.theme.px
        margin = px(16 if self.width() < px(700) else 28)
        self._line.setContentsMargins(margin, 0, margin, px(8))
