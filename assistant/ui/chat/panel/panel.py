"""The panel at the right: persona, sampling, context."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.domain.generation import SamplingParams
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelStatus
from assistant.services.personas import PersonaService
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.chat.panel.context import ContextSection
from assistant.ui.chat.panel.persona import PersonaSection
from assistant.ui.chat.panel.sampling import SamplingSection
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.card import Divider
from assistant.ui.widgets.side_panel import SidePanel
from assistant.ui.widgets.toast import ToastHost


class ChatPanel(SidePanel):
    """Three sections under each other.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        self.persona = PersonaSection(theme)
        self.sampling = SamplingSection(theme)
        self.context = ContextSection(theme)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, theme.px(8), theme.px(8), 0)
        column.setSpacing(theme.px(16))
        for number, section in enumerate((self.persona, self.sampling, self.context)):
            if number:
                column.addWidget(Divider(theme))
            column.addWidget(section)
        column.addStretch(1)
        super().__init__(theme, "This chat", content)


class PanelKeeper(QObject):
    """Fills the sampling section from the vault and keeps what is changed in it.

    Args:
        panel: What is shown.
        service: Personas, presets and the sampling of each model.
        relay: Brings outcomes here.
        toasts: Where it is said what was done.
    """

    def __init__(
        self, panel: ChatPanel, service: PersonaService, relay: JobRelay, toasts: ToastHost
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._service = service
        self._relay = relay
        self._toasts = toasts
        self._model = ModelId("")
        panel.sampling.sampling_changed.connect(self._keep)
        panel.sampling.preset_saved.connect(self._save_preset)
        panel.sampling.reset_requested.connect(self._reset)

    def read(self) -> None:
        """Reads the presets."""
        self._relay.watch(self._service.presets(), self._panel.sampling.show_presets)

    def show_model(self, status: ModelStatus) -> None:
        """Shows the sampling of the model in use."""
        if status.model is not None and status.model.id != self._model:
            self._model = status.model.id
            self._read_sampling()

    def _read_sampling(self) -> None:
        job = self._service.sampling(self._model)
        self._relay.watch(job, self._panel.sampling.show_sampling)

    def _keep(self, sampling: SamplingParams) -> None:
        if self._model:
            self._relay.watch(self._service.set_sampling(self._model, sampling))

    def _save_preset(self, name: str) -> None:
        job = self._service.save_preset(name, self._panel.sampling.sampling)
        self._relay.watch(job, self._preset_saved)

    def _preset_saved(self, _: None) -> None:
        self._toasts.show_toast("Preset saved", icon="save")
        self.read()

    def _reset(self) -> None:
        if self._model:
            self._relay.watch(self._service.reset_sampling(self._model), self._was_reset)

    def _was_reset(self, _: None) -> None:
        self._read_sampling()
