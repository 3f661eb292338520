"""What the sections of the panel are made of."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from assistant.ui.chat.panel.section import PanelSection
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.labels import PlainLabel

_TEXT_WIDTH = 104


class ParametersSection(QWidget):
    """A titled part with a way back to the defaults.

    Args:
        theme: The theme in force.
        title: What it is about.
        note: One sentence.
        fields: The names of the parameters in it.
    """

    edited = Signal(str, object)
    """The name of a field and its new value."""
    reset_wanted = Signal(object)
    """The names of the fields."""

    def __init__(self, theme: Theme, title: str, note: str, fields: tuple[str, ...]) -> None:
        super().__init__()
        self._theme = theme
        self._fields = fields
        self.reset = Button(theme, "Reset", "ghost", small=True)
        self.reset.setAccessibleName(f"Reset {title.lower()} to the defaults")
        self.reset.setToolTip("Back to the defaults")
        self.reset.clicked.connect(self._ask_to_reset)
        section = PanelSection(theme, title, note, self.reset)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(12))
        section.body.addLayout(self.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)

    def show_changed(self, changed: tuple[str, ...]) -> None:
        """Offers the way back where something differs from the defaults.

        Args:
            changed: Names of all fields that do.
        """
        self.reset.setEnabled(bool(set(changed) & set(self._fields)))

    def _ask_to_reset(self) -> None:
        self.reset_wanted.emit(self._fields)


def setting_row(theme: Theme, title: str, note: str, control: QWidget) -> QVBoxLayout:
    """A name with its control at the right, and a sentence under both."""
    control.setAccessibleName(title)
    control.setAccessibleDescription(note)
    head = QHBoxLayout()
    head.addWidget(PlainLabel(theme, title), 1)
    head.addWidget(control)
    row = QVBoxLayout()
    row.setSpacing(theme.px(2))
    row.addLayout(head)
    row.addWidget(PlainLabel(theme, note, "small", "ink3", wrap=True))
    return row


def number_field(theme: Theme, least: int, most: int, none: str = "") -> QSpinBox:
    """A field for a whole number.

    Args:
        theme: The theme in force.
        least: Lowest value.
        most: Highest value.
        none: What is shown in place of the lowest.
    """
    number = QSpinBox()
    number.setRange(least, most)
    number.setSpecialValueText(f"{none} " if none else "")
    number.setSuffix(" ")  # keeps the figures off the border
    number.setKeyboardTracking(False)
    number.setGroupSeparatorShown(True)
    number.setAlignment(Qt.AlignmentFlag.AlignRight)
    number.setFixedWidth(theme.px(_TEXT_WIDTH))
    return number


def show_silently(number: QSpinBox, value: int) -> None:
    """Shows a value without telling."""
    number.blockSignals(True)  # noqa: FBT003 - Qt's own name
    number.setValue(value)
    number.blockSignals(False)  # noqa: FBT003 - Qt's own name
