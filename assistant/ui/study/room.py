"""Builds the Study place and everything behind it; each page when it is first shown."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from assistant.services.core import Core
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.main_window import MainWindow
from assistant.ui.study.place import StudyPlace
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.notices import EmptyState
from assistant.ui.widgets.page import TitledPage


class StudyRoom(QObject):
    """The Study place, as the window uses it.

    Args:
        theme: The theme in force.
        core: The services.
        relay: Brings outcomes here.
        window: Gets the place.
    """

    failed = Signal(object)
    """A ``UserFacingError``."""
    said = Signal(str)
    """One line on what was done."""

    def __init__(self, theme: Theme, core: Core, relay: JobRelay, window: MainWindow) -> None:
        super().__init__(window)
        self._theme = theme
        self._core = core
        self._relay = relay
        self.place = StudyPlace(theme)
        self.place.page_wanted.connect(self._make)
        self.place.show_page("today")

    def refresh(self) -> None:
        """Reads everything again, now that it is shown."""

    def close(self) -> None:
        """Shows nothing more."""

    def _make(self, key: str) -> None:
        makers = {"today": self._today}
        maker = makers.get(key)
        if maker is not None:
            self.place.add_page(key, maker())

    def _today(self) -> QWidget:
        page = TitledPage(self._theme, "Today")
        empty = EmptyState(self._theme, "No course yet", "Take one to begin.")
        page.column.addWidget(empty)
        return page
