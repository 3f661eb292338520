"""One control for each kind of setting."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from assistant.config.describe import SettingKind, SettingRow
from assistant.ui.settings.text_size import TextSize
from assistant.ui.settings.theme_picker import ThemePicker
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.choice import Choice
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
        self._shown = value
        self.widget = self._make(theme, parent)
        self.widget.setAccessibleName(row.title)
        self.widget.setAccessibleDescription(row.description)
        self.show_value(value)

    def show_value(self, value: object) -> None:
        """Shows a value without telling anyone."""
        self._silent = True
        self._shown = value
        widget = self.widget
        if isinstance(widget, Switch):
            widget.setChecked(value is True)
        elif isinstance(widget, QSpinBox) and isinstance(value, int):
            widget.setValue(value)
        elif isinstance(widget, ThemePicker | TextSize):
            widget.show_value(value)
        elif isinstance(widget, QComboBox):
            widget.setCurrentIndex(max(0, widget.findData(value)))
        self._silent = False

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """For a choice that is known only when the application runs: values with their names."""
        if isinstance(self.widget, QComboBox):
            self._fill(self.widget, choices)
            self.show_value(self._shown)

    def _fill(self, box: QComboBox, choices: list[tuple[str, str]]) -> None:
        """Fills ``box`` without telling anyone."""
        self._silent = True
        box.clear()
        for value, name in choices:
            box.addItem(name, value)
        self._silent = False

    def _make(self, theme: Theme, parent: QWidget) -> QWidget:
        makers = {
            SettingKind.SWITCH: self._make_switch,
            SettingKind.NUMBER: self._make_number,
            SettingKind.CHOICE: self._make_choice,
            SettingKind.TEXT: self._make_offered,
        }
        return makers[self._row.kind](theme, parent)

    def _make_switch(self, theme: Theme, parent: QWidget) -> QWidget:
        switch = Switch(theme, self._row.title, parent)
        switch.toggled.connect(self._tell)
        return switch

    def _make_number(self, theme: Theme, parent: QWidget) -> QWidget:
        if self._row.field == "text_size":
            size = TextSize(theme, self._row.least, self._row.most, parent)
            size.chosen.connect(self._tell)
            return size
        number = QSpinBox(parent)
        number.setRange(self._row.least, self._row.most)
        number.setKeyboardTracking(False)
        number.setGroupSeparatorShown(True)
        number.setAlignment(Qt.AlignmentFlag.AlignRight)
        number.setFixedWidth(theme.px(104))
        number.valueChanged.connect(self._tell)
        return number

    def _make_choice(self, theme: Theme, parent: QWidget) -> QWidget:
        if self._row.field == "theme":
            picker = ThemePicker(theme, parent)
            picker.chosen.connect(self._tell)
            return picker
        choice = self._make_offered(theme, parent)
        self._fill(choice, [(name, name.capitalize()) for name in self._row.choices])
        return choice

    def _make_offered(self, theme: Theme, parent: QWidget) -> QComboBox:
        """The one text among the settings is the id of a model; see ``offer``."""
        names = Choice(theme, self._row.title, parent)
        names.setMinimumWidth(theme.px(220))
        names.currentIndexChanged.connect(self._tell_choice)
        return names

    def _tell(self, value: object) -> None:
        if not self._silent:
            self.changed.emit(value)

    def _tell_choice(self) -> None:
        if isinstance(self.widget, QComboBox):
            self._tell(self.widget.currentData())
