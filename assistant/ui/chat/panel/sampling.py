"""How the next token is picked: sliders, numbers and presets, for the model in use."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from assistant.domain.generation import SamplingParams
from assistant.services.personas import Preset
from assistant.ui.chat.panel.sampling_fields import FIELDS, SamplingField
from assistant.ui.chat.panel.section import PanelSection
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.chip import Chip
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.menu import Menu
from assistant.ui.widgets.slider import Slider

_WAIT_MS = 250
_LARGEST_SEED = 2**32 - 1


class _FieldRow(QWidget):
    """A name, a number, and a slider under them."""

    changed = Signal()

    def __init__(self, theme: Theme, field: SamplingField) -> None:
        super().__init__()
        self.field = field
        self.number = QDoubleSpinBox()
        self.number.setAccessibleName(field.title)
        self.number.setAccessibleDescription(field.note)
        self.number.setDecimals(0 if field.whole else 2)
        self.number.setRange(field.least, field.most)
        self.number.setSingleStep(field.step)
        self.number.setSuffix(" ")  # keeps the figures off the border
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setFixedWidth(theme.px(76))
        self.slider = Slider(theme, f"{field.title}, slider", 0, field.stops)
        head = QHBoxLayout()
        name = PlainLabel(theme, field.title)
        name.setToolTip(field.note)
        head.addWidget(name, 1)
        head.addWidget(self.number)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addLayout(head)
        column.addWidget(self.slider)
        column.addWidget(PlainLabel(theme, field.note, "axis", "ink3", wrap=True))
        self.number.valueChanged.connect(self._number_changed)
        self.slider.valueChanged.connect(self._slider_changed)

    def show_value(self, value: float) -> None:
        """Shows a value without telling."""
        for widget in (self.number, self.slider):
            widget.blockSignals(True)  # noqa: FBT003 - Qt's own name
        self.number.setValue(value)
        self.slider.setValue(self.field.stop_of(value))
        for widget in (self.number, self.slider):
            widget.blockSignals(False)  # noqa: FBT003 - Qt's own name

    def _number_changed(self, value: float) -> None:
        self.show_value(value)
        self.changed.emit()

    def _slider_changed(self, stop: int) -> None:
        self.show_value(self.field.at_stop(stop))
        self.changed.emit()


class SamplingSection(QWidget):
    """Shows and changes the sampling of one model.

    Args:
        theme: The theme in force.
        title: What it is about.
        note: One sentence under the title.
        above: A widget over the fields.
    """

    sampling_changed = Signal(object)
    """``SamplingParams``, once the hand rests."""
    preset_saved = Signal(str)
    """A name for the settings as they stand."""
    reset_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str = "Sampling",
        note: str = "For this model, in every chat.",
        above: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._presets: list[Preset] = []
        self._sampling = SamplingParams()
        self.preset_button = Chip(theme, "Presets")
        section = PanelSection(theme, title, note, self.preset_button)
        if above is not None:
            section.body.addWidget(above)
        self.rows = [_FieldRow(theme, field) for field in FIELDS]
        for row in self.rows:
            row.changed.connect(self._changed)
            section.body.addWidget(row)
        self.seed = QLineEdit()
        self.seed.setAccessibleName("Seed")
        self.seed.setPlaceholderText("new each time")
        self.seed.setFixedWidth(theme.px(120))
        self.seed.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.seed.textEdited.connect(self._changed)
        line = QHBoxLayout()
        line.addWidget(PlainLabel(theme, "Seed"), 1)
        line.addWidget(self.seed)
        section.body.addLayout(line)
        section.body.addLayout(self._make_foot())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.flush)
        self.preset_button.clicked.connect(self._open_presets)

    def _make_foot(self) -> QHBoxLayout:
        self._name = LineField(self._theme, "Name of the preset", "Save as preset", height=32)
        self._name.returnPressed.connect(self._save)
        save = Button(self._theme, "Save", small=True)
        save.setAccessibleName("Save as preset")
        save.clicked.connect(self._save)
        reset = Button(self._theme, "Reset", "ghost", small=True)
        reset.setToolTip("Back to the built-in settings")
        reset.setAccessibleName("Reset to the built-in settings")
        reset.clicked.connect(self.reset_requested)
        line = QHBoxLayout()
        line.addWidget(self._name, 1)
        line.addWidget(save)
        line.addWidget(reset)
        return line

    @property
    def sampling(self) -> SamplingParams:
        """The settings as they stand on the screen."""
        return self._sampling

    def show_sampling(self, sampling: SamplingParams) -> None:
        """Shows the settings of a model."""
        self._timer.stop()
        self._show(sampling)

    def show_presets(self, presets: list[Preset]) -> None:
        """Takes the presets that can be chosen."""
        self._presets = presets
        self._name_preset()

    def flush(self) -> None:
        """Tells the settings now, without waiting."""
        if self._timer.isActive():
            self._timer.stop()
        self.sampling_changed.emit(self._sampling)

    def flush_pending(self) -> None:
        """Tells the settings now where the hand has moved them and not rested yet."""
        if self._timer.isActive():
            self.flush()

    def _show(self, sampling: SamplingParams) -> None:
        self._sampling = sampling
        for row in self.rows:
            row.show_value(row.field.value(sampling))
        seed = "" if sampling.seed is None else str(sampling.seed)
        if self.seed.text() != seed:
            self.seed.setText(seed)
        self._name_preset()

    def _changed(self) -> None:
        sampling = self._sampling
        for row in self.rows:
            sampling = row.field.changed(sampling, row.number.value())
        digits = self.seed.text().strip()
        seed = min(int(digits), _LARGEST_SEED) if digits.isascii() and digits.isdigit() else None
        self._sampling = replace(sampling, seed=seed)
        self._name_preset()
        self._timer.start()

    def _name_preset(self) -> None:
        name = next((p.name for p in self._presets if p.sampling == self._sampling), "Own settings")
        self.preset_button.set_value(name)
        self.preset_button.setAccessibleName(f"Preset: {name}")

    def _open_presets(self) -> None:
        self.preset_menu().open_below(self.preset_button)

    def preset_menu(self) -> Menu:
        """The presets, to be chosen."""
        menu = Menu(self._theme, "Presets", self)
        menu.aboutToHide.connect(menu.deleteLater)
        for preset in self._presets:
            action = menu.add(preset.name, lambda chosen=preset: self._choose(chosen))
            action.setCheckable(True)
            action.setChecked(preset.sampling == self._sampling)
        return menu

    def _choose(self, preset: Preset) -> None:
        self._show(preset.sampling)
        self.flush()

    def _save(self) -> None:
        name = self._name.text().strip()
        if name:
            self.preset_saved.emit(name)
            self._name.clear()
