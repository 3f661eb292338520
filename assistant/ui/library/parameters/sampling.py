"""How a model's answers are sampled, task by task."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.domain.generation import SamplingParams, Task
from assistant.services.personas import Preset
from assistant.services.task_presets import preset_of
from assistant.ui.chat.panel.sampling import SamplingSection
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.choice import Choice

TASKS = {
    Task.CHAT: "Chat",
    Task.CODE: "Code",
    Task.MATHEMATICS: "Mathematics",
    Task.WRITING: "Writing",
    Task.SUMMARY: "Summing up",
}


class TaskSampling(QWidget):
    """A task to choose, and the sampling of answers to it.

    Args:
        theme: The theme in force.
    """

    changed = Signal(object, object)
    """A ``Task`` and its ``SamplingParams``."""
    reset_wanted = Signal(object)
    """A ``Task``."""
    preset_saved = Signal(str, object)
    """A name and the ``SamplingParams`` to be kept under it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._chosen: Mapping[Task, SamplingParams | None] = {}
        self._task = Task.CHAT
        self.task = Choice(theme, "Task that the sampling is for")
        for task, name in TASKS.items():
            self.task.addItem(name, task.value)
        note = "Each task has settings of its own. They hold from the next answer on."
        self.section = SamplingSection(theme, "Sampling", note, above=self.task)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)
        self.task.currentIndexChanged.connect(self._choose)
        self.section.sampling_changed.connect(self._changed)
        self.section.reset_requested.connect(self._reset)
        self.section.preset_saved.connect(self._save_preset)

    def show_samplings(self, chosen: Mapping[Task, SamplingParams | None]) -> None:
        """Shows the settings of a model; None stands for what the task ships with."""
        self._chosen = chosen
        self._show()

    def show_presets(self, presets: list[Preset]) -> None:
        """Takes the presets that can be chosen."""
        self.section.show_presets(presets)

    def flush(self) -> None:
        """Tells what was changed last now, before another model is shown."""
        self.section.flush_pending()

    def _choose(self, index: int) -> None:
        self.flush()
        self._task = list(TASKS)[index]
        self._show()

    def _show(self) -> None:
        self.section.show_sampling(self._chosen.get(self._task) or preset_of(self._task))

    def _changed(self, sampling: SamplingParams) -> None:
        self._chosen = {**self._chosen, self._task: sampling}
        self.changed.emit(self._task, sampling)

    def _reset(self) -> None:
        self._chosen = {**self._chosen, self._task: None}
        self._show()
        self.reset_wanted.emit(self._task)

    def _save_preset(self, name: str) -> None:
        self.preset_saved.emit(name, self.section.sampling)
