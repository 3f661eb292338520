"""What a model is computed on."""

from assistant.domain.machine import Machine
from assistant.domain.model import LoadOptions
from assistant.domain.parameters import MOST_LAYERS, MOST_THREADS, PROCESSOR_FIELDS
from assistant.domain.sizes import memory_words
from assistant.ui.library.parameters.rows import (
    ParametersSection,
    number_field,
    setting_row,
    show_silently,
)
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel


class ProcessorSection(ParametersSection):
    """Threads, and layers on a graphics processor.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        note = "Left alone, these are chosen for this machine."
        super().__init__(theme, "Processor and graphics", note, PROCESSOR_FIELDS)
        self.threads = number_field(theme, 0, MOST_THREADS, "Automatic")
        self.batch_threads = number_field(theme, 0, MOST_THREADS, "Automatic")
        self.gpu_layers = number_field(theme, -1, MOST_LAYERS, "Automatic")
        rows = (
            ("Threads for writing", "Fewer leave more of the machine to others.", self.threads),
            ("Threads for reading", "For prompts; Automatic follows writing.", self.batch_threads),
            (
                "Layers on the graphics card",
                "Automatic puts there what fits. 0 computes on the processor alone.",
                self.gpu_layers,
            ),
        )
        for title, words, control in rows:
            self.body.addLayout(setting_row(theme, title, words, control))
        self.card = PlainLabel(theme, "", "small", "ink3", wrap=True)
        self.card.hide()
        self.body.addWidget(self.card)
        self.threads.valueChanged.connect(self._chose_threads)
        self.batch_threads.valueChanged.connect(self._chose_batch_threads)
        self.gpu_layers.valueChanged.connect(self._chose_layers)

    def show_options(self, options: LoadOptions) -> None:
        """Shows how the model would be loaded."""
        show_silently(self.threads, options.threads)
        show_silently(self.batch_threads, options.batch_threads)
        show_silently(self.gpu_layers, options.gpu_layers)

    def show_machine(self, machine: Machine) -> None:
        """Says what there is to compute on."""
        self.card.setText(card_words(machine))
        self.card.show()

    def _chose_threads(self, count: int) -> None:
        self.edited.emit("threads", count)

    def _chose_batch_threads(self, count: int) -> None:
        self.edited.emit("batch_threads", count)

    def _chose_layers(self, count: int) -> None:
        self.edited.emit("gpu_layers", count)


def card_words(machine: Machine) -> str:
    """What graphics card there is, and whether models can use it."""
    gpu = machine.gpu
    if gpu is not None:
        free = memory_words(gpu.free_bytes)
        shared = " of the main memory" if gpu.unified else ""
        return f"{gpu.name}: {free}{shared} free."
    if machine.gpus:
        return f"{machine.gpus[0].name} is not used: this version computes on the processor."
    return "No graphics card was found; everything is computed on the processor."
