"""How much a model reads at once, how that is kept, and what it takes."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout

from assistant.domain.model import Fit, FlashAttention, KvType, LoadOptions
from assistant.domain.parameters import CONTEXT_FIELDS, LEAST_CONTEXT, MOST_CONTEXT
from assistant.domain.sizes import memory_words
from assistant.ui.library.entries import PILLS
from assistant.ui.library.parameters.rows import (
    ParametersSection,
    number_field,
    setting_row,
    show_silently,
)
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.chip import Pill
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.segmented import Segmented
from assistant.ui.widgets.slider import Slider
from assistant.ui.widgets.switch import Switch

_UNKNOWN_LENGTH = 32768
_KV_TYPES = (KvType.F16, KvType.Q8_0, KvType.Q4_0)
_FLASH = (FlashAttention.AUTO, FlashAttention.ON, FlashAttention.OFF)


def stops_to(longest: int) -> tuple[int, ...]:
    """Context lengths to choose from: doubling, with one between, up to what was trained."""
    stops = {longest}
    step = 512
    while step < longest:
        stops |= {step, min(longest, step + step // 2)}
        step *= 2
    return tuple(sorted(stops))


class ContextSection(ParametersSection):
    """Context length, how it is kept, and how the weights lie in memory.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        note = "More context reads longer chats and texts at once, and takes more memory."
        super().__init__(theme, "Context and memory", note, CONTEXT_FIELDS)
        self._stops = stops_to(_UNKNOWN_LENGTH)
        self.length = number_field(theme, LEAST_CONTEXT, MOST_CONTEXT)
        self.slider = Slider(theme, "Context length, slider", 0, len(self._stops) - 1)
        self._trained = PlainLabel(theme, "", "small", "ink3", wrap=True)
        head = setting_row(
            theme, "Context length", "In tokens, about ¾ of a word each.", self.length
        )
        head.addWidget(self.slider)
        head.addWidget(self._trained)
        self.body.addLayout(head)
        self._add_fit(theme)
        self.kv_type = Segmented(theme, "How the context is kept", ("Full", "Half", "Quarter"))
        self.body.addLayout(
            setting_row(
                theme,
                "Context is kept",
                "Half the memory is hardly noticed; a quarter may lose details of long texts.",
                self.kv_type,
            )
        )
        self.flash = Segmented(theme, "Flash attention", ("Automatic", "On", "Off"))
        self.body.addLayout(
            setting_row(
                theme,
                "Flash attention",
                "Computes faster in less memory. Half and Quarter need it.",
                self.flash,
            )
        )
        self.mmap = Switch(theme, "Read the file as needed")
        self.body.addLayout(
            setting_row(
                theme,
                "Read the file as needed",
                "Loads at once and shares memory. Off reads all of it first.",
                self.mmap,
            )
        )
        self.mlock = Switch(theme, "Hold in memory")
        self.body.addLayout(
            setting_row(
                theme,
                "Hold in memory",
                "The system may not move the model out; others get less.",
                self.mlock,
            )
        )
        self.length.valueChanged.connect(self._typed)
        self.slider.valueChanged.connect(self._slid)
        self.kv_type.chosen.connect(self._chose_kv)
        self.flash.chosen.connect(self._chose_flash)
        self.mmap.toggled.connect(self._chose_mmap)
        self.mlock.toggled.connect(self._chose_mlock)

    def _add_fit(self, theme: Theme) -> None:
        self._pill = Pill(theme, "")
        self._why = PlainLabel(theme, "", "small", "ink2", wrap=True)
        line = QHBoxLayout()
        line.addWidget(self._pill)
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addWidget(self._why)

    def show_options(self, options: LoadOptions, trained: int) -> None:
        """Shows how the model would be loaded.

        Args:
            options: With what is set and what is not.
            trained: Tokens that the model was trained to read; 0 if that is not known.
        """
        longest = trained or max(_UNKNOWN_LENGTH, options.context_length)
        self._stops = stops_to(longest)
        self._trained.setText(f"This model reads up to {trained:,}." if trained else "")
        self._trained.setVisible(trained > 0)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, len(self._stops) - 1)
        self.length.setMaximum(longest)
        self._show_length(options.context_length)
        self.kv_type.set_current(_KV_TYPES.index(options.kv_type))
        self.flash.set_current(_FLASH.index(options.flash_attention))
        for switch, value in ((self.mmap, options.mmap), (self.mlock, options.mlock)):
            with QSignalBlocker(switch):
                switch.setChecked(value)

    def show_fit(self, fit: Fit, thousand_bytes: int) -> None:
        """Says whether it fits so, and what 1,024 tokens of context take (0: not known)."""
        text, tone, icon = PILLS[fit.verdict]
        self._pill.set_state(text, tone, icon)
        takes = f"Takes about {memory_words(fit.needed_bytes)}"
        if thousand_bytes:
            takes += f", {memory_words(thousand_bytes)} of it for each 1,024 tokens of context"
        self._why.setText(f"{takes}. {fit.why.rstrip('.')}.")

    def show_trouble(self, words: str) -> None:
        """Says why it is not known whether it fits."""
        self._pill.set_state("Not known")
        self._why.setText(words)

    @property
    def words(self) -> str:
        """What it says of the memory."""
        return f"{self._pill.text()}. {self._why.text()}"

    def _show_length(self, length: int) -> None:
        show_silently(self.length, length)
        nearest = min(range(len(self._stops)), key=lambda at: abs(self._stops[at] - length))
        with QSignalBlocker(self.slider):
            self.slider.setValue(nearest)
        self.slider.setAccessibleDescription(f"{length:,} tokens")
        self.slider.update()

    def _typed(self, length: int) -> None:
        self._show_length(length)
        self.edited.emit("context_length", length)

    def _slid(self, stop: int) -> None:
        length = self._stops[stop]
        show_silently(self.length, length)
        self.slider.setAccessibleDescription(f"{length:,} tokens")
        self.edited.emit("context_length", length)

    def _chose_kv(self, index: int) -> None:
        self.edited.emit("kv_type", _KV_TYPES[index])

    def _chose_flash(self, index: int) -> None:
        self.edited.emit("flash_attention", _FLASH[index])

    def _chose_mmap(self, on: bool) -> None:  # noqa: FBT001 - the signal's own argument
        self.edited.emit("mmap", on)

    def _chose_mlock(self, on: bool) -> None:  # noqa: FBT001 - the signal's own argument
        self.edited.emit("mlock", on)
