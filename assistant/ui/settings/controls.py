"""One control for each kind of setting."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from assistant.config.describe import SettingKind, SettingRow
from assistant.ui.settings.theme_picker import ThemePicker
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.switch import Switch


class SettingControl(QObject):
    """Shows a setting's value and tells when the user changes it.

    Args:
        theme: The theme in force.
        row: What the setting is.
        value: What it is now.
        parent: The owner.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, row: SettingRow, value: object, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = row
        self._silent = False
        self.widget = self._make(theme, parent)
        self.widget.setAccessibleName(row.title)
        self.widget.setAccessibleDescription(row.description)
        self.show_value(value)

    def show_value(self, value: object) -> None:
        """Shows a value without telling anyone."""
        self._silent = True
        widget = self.widget
        if isinstance(widget, Switch):
            widget.setChecked(value is True)
        elif isinstance(widget, QSpinBox) and isinstance(value, int):
            widget.setValue(value)
        elif isinstance(widget, ThemePicker):
            widget.show_value(value)
        elif isinstance(widget, QComboBox):
            widget.setCurrentIndex(max(0, widget.findData(value)))
        elif isinstance(widget, QLineEdit):
            widget.setText(str(value))
        self._silent = False

    def _make(self, theme: Theme, parent: QWidget) -> QWidget:
        match self._row.kind:
            case SettingKind.SWITCH:
                switch = Switch(theme, self._row.title, parent)
                switch.toggled.connect(self._tell)
                return switch
            case SettingKind.NUMBER:
                number = QSpinBox(parent)
                number.setRange(self._row.least, self._row.most)
                number.setKeyboardTracking(False)
                number.setGroupSeparatorShown(True)
                number.setAlignment(Qt.AlignmentFlag.AlignRight)
                number.setFixedWidth(theme.px(104))
                number.valueChanged.connect(self._tell)
                return number
            case SettingKind.CHOICE if self._row.field == "theme":
                picker = ThemePicker(theme, parent)
                picker.chosen.connect(self._tell)
                return picker
            case SettingKind.CHOICE:
                choice = QComboBox(parent)
                for name in self._row.choices:
                    choice.addItem(name.capitalize(), name)
                choice.setMinimumWidth(theme.px(120))
                choice.currentIndexChanged.connect(self._tell_choice)
                return choice
            case SettingKind.TEXT:
                text = QLineEdit(parent)
                text.setMinimumWidth(theme.px(220))
                text.editingFinished.connect(self._tell_text)
                return text

    def _tell(self, value: object) -> None:
        if not self._silent:
            self.changed.emit(value)

    def _tell_choice(self) -> None:
        if isinstance(self.widget, QComboBox):
            self._tell(self.widget.currentData())

    def _tell_text(self) -> None:
        if isinstance(self.widget, QLineEdit):
            self._tell(self.widget.text())
