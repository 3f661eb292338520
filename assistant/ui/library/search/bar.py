"""What is looked for: words, the order, and what is left out."""

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.hub import HubQuery, HubSort
from assistant.domain.model import ModelFormat
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.choice import Choice
from assistant.ui.widgets.fields import SearchField
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.switch import CheckBox

_PAUSE_MS = 350
_SORTS = (
    ("Most downloaded", HubSort.DOWNLOADS),
    ("Most liked", HubSort.LIKES),
    ("Newest", HubSort.NEWEST),
)
_FORMATS = (("Any format", None), ("GGUF", ModelFormat.GGUF), ("MLX", ModelFormat.MLX))
_SIZES = (("Any size", 0), *((f"Up to {gb} GB", gb * 10**9) for gb in (1, 2, 4, 8, 16, 32)))
_LICENCES = (
    ("Any licence", ""),
    ("Apache-2.0", "apache-2.0"),
    ("MIT", "mit"),
    ("Llama 3.2", "llama3.2"),
    ("Llama 3.1", "llama3.1"),
    ("Gemma", "gemma"),
    ("CC BY-NC 4.0", "cc-by-nc-4.0"),
)


class SearchBar(QWidget):
    """A field, a button, and five choices.

    Args:
        theme: The theme in force.
    """

    asked = Signal()
    """Enter, or the button: search now."""
    stopped = Signal()
    """The button, while it says Stop."""
    changed = Signal()
    """Something is otherwise; while typing, only after a pause."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._waiting = False
        self.field = SearchField(theme, "Name, maker or kind of model")
        self.button = Button(theme, "Search", "primary", icon="search")
        self.sort = Choice(theme, "Order")
        self.format = Choice(theme, "Format")
        self.largest = Choice(theme, "Size")
        self.licence = Choice(theme, "Licence")
        for choice, values in (
            (self.sort, _SORTS),
            (self.format, _FORMATS),
            (self.largest, _SIZES),
            (self.licence, _LICENCES),
        ):
            for words, value in values:
                choice.addItem(words, value)
            choice.activated.connect(self.changed)
        self.fitting = CheckBox(theme, "Only what fits this machine")
        self.fitting.toggled.connect(self.changed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.field.textEdited.connect(self._pause.start)
        self.field.returnPressed.connect(self._ask)
        self.button.clicked.connect(self._press)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.field, 1)
        line.addWidget(self.button)
        choices = QWidget()
        flow = FlowLayout(choices, theme.px(8))
        flow.setContentsMargins(0, 0, 0, 0)
        for widget in (self.sort, self.format, self.largest, self.licence, self.fitting):
            flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(line)
        column.addWidget(choices)
        self.setFocusProxy(self.field)

    @property
    def query(self) -> HubQuery:
        """What is looked for now."""
        form, size = self.format.currentData(), self.largest.currentData()
        licence = str(self.licence.currentData() or "")
        return HubQuery(
            words=self.field.text().strip(),
            sort=HubSort(self.sort.currentData()),
            formats=frozenset({ModelFormat(form)} if isinstance(form, str) else ()),
            largest_bytes=size if isinstance(size, int) else 0,
            licences=frozenset({licence} if licence else ()),
            fitting_only=self.fitting.isChecked(),
        )

    @property
    def filtered(self) -> bool:
        """Whether something is left out."""
        choices = (self.format, self.largest, self.licence)
        return self.fitting.isChecked() or any(choice.currentIndex() > 0 for choice in choices)

    def clear_filters(self) -> None:
        """Leaves nothing out any more."""
        with QSignalBlocker(self.fitting):
            self.fitting.setChecked(False)
        for choice in (self.format, self.largest, self.licence):
            choice.setCurrentIndex(0)

    def show_waiting(self, waiting: bool) -> None:  # noqa: FBT001 - a setter of one value
        """While an answer is waited for the button stops that."""
        self._waiting = waiting
        self.button.setText("Stop" if waiting else "Search")
        self.button.set_icon_name("square" if waiting else "search")
        self.button.set_kind("plain" if waiting else "primary")

    def _press(self) -> None:
        if self._waiting:
            self.stopped.emit()
        else:
            self._ask()

    def _ask(self) -> None:
        self._pause.stop()
        self.asked.emit()
