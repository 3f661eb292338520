"""Fills the panel of a model's settings, and keeps what is changed in it."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from assistant.domain.errors import UserFacingError
from assistant.domain.generation import SamplingParams, Task
from assistant.domain.model import ModelInfo, ModelStatus
from assistant.domain.parameters import ModelParameters
from assistant.services.core import Core
from assistant.services.fitting import FitAs
from assistant.services.model_parameters import TemplateView
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.bridge.relays import ModelStatusRelay
from assistant.ui.library.parameters.panel import ParametersPanel

_WAIT_MS = 300


class ParametersKeeper(QObject):
    """Between the panel and the services.

    Args:
        core: Where the settings are kept.
        panel: What is shown.
        relay: Brings outcomes here.
        status: Tells when a model is loaded.
    """

    def __init__(
        self, core: Core, panel: ParametersPanel, relay: JobRelay, status: ModelStatusRelay
    ) -> None:
        super().__init__(panel)
        self._core = core
        self._panel = panel
        self._relay = relay
        self._model: ModelInfo | None = None
        self._own = ModelParameters()
        self._view = TemplateView("")
        self._watches: dict[str, Watch] = {}
        """What is waited for, of each kind the last: an older answer would be wrong by now."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._keep)
        for section in (panel.context, panel.processor, panel.template):
            section.edited.connect(self._edit)
            section.reset_wanted.connect(self._reset)
        panel.template.preview_wanted.connect(self._preview)
        panel.sampling.changed.connect(self._keep_sampling)
        panel.sampling.reset_wanted.connect(self._reset_sampling)
        panel.sampling.preset_saved.connect(self._save_preset)
        panel.reload_wanted.connect(self._reload)
        panel.opened.connect(self._opened)
        status.changed.connect(self._show_status)

    def show_for(self, model_id: str) -> None:
        """Opens the panel for an installed model."""
        self._relay.watch(
            self._core.workers.in_pool(lambda _: self._core.models.find(model_id)), self._show
        )

    def _show(self, model: ModelInfo) -> None:
        self._flush()
        self._model = model
        self._own = self._core.model_parameters.of(model.id)
        self._panel.name.setText(model.name)
        self._show_options()
        self._judge()
        self._show_waiting()
        self._await(
            "presets",
            self._relay.watch(self._core.personas.presets(), self._panel.sampling.show_presets),
        )
        samplings = self._core.personas.samplings(model.id)
        self._await("samplings", self._relay.watch(samplings, self._panel.sampling.show_samplings))
        template = self._core.model_parameters.template(model)
        self._await("template", self._relay.watch(template, self._show_template, self._no_template))
        self._panel.set_open(True)

    def _show_template(self, view: TemplateView) -> None:
        self._view = view
        self._panel.template.show_template(view, self._own.chat_template)

    def _no_template(self, error: UserFacingError) -> None:
        self._panel.template.show_problem(f"{error.message} {error.hint}")

    # What is loaded so

    def _edit(self, name: str, value: object) -> None:
        self._own = replace(self._own, **{name: value})
        self._judge()
        self._show_changed()
        if name == "chat_template":
            self._keep()
        else:
            self._timer.start()

    def _reset(self, fields: tuple[str, ...]) -> None:
        self._own = self._own.without(fields)
        self._show_options()
        self._judge()
        if "chat_template" in fields:
            self._panel.template.show_template(self._view, None)
        self._keep()

    def _keep(self) -> None:
        self._timer.stop()
        if self._model is not None:
            job = self._core.model_parameters.set(self._model, self._own)
            self._await("kept", self._relay.watch(job, self._kept, self._refused))

    def _kept(self, own: ModelParameters) -> None:
        if not self._timer.isActive():  # else something was changed since
            self._own = own
        self._panel.template.show_used(own.chat_template)
        self._show_changed()
        self._show_waiting()

    def _refused(self, error: UserFacingError) -> None:
        """What was kept before is shown again, so that the screen says what holds."""
        if self._model is None:
            return
        before = self._core.model_parameters.of(self._model.id)
        if error.code == "template_unusable":
            self._own = replace(self._own, chat_template=before.chat_template)
            self._panel.template.show_problem(f"{error.message} {error.hint}")
        else:
            self._own = before
            self._show_options()
            self._judge()
            self._relay.failed.emit(error)
        self._show_changed()

    def _show_options(self) -> None:
        if self._model is not None:
            options = self._core.model_parameters.options(self._model, self._own)
            self._panel.context.show_options(options, self._model.context_length)
            self._panel.processor.show_options(options)
        self._show_changed()

    def _show_changed(self) -> None:
        for section in (self._panel.context, self._panel.processor, self._panel.template):
            section.show_changed(self._own.changed)

    def _judge(self) -> None:
        if self._model is not None:
            job = self._core.models.fit_as(self._model, self._own)
            self._await("fit", self._relay.watch(job, self._show_fit, self._no_fit))

    def _show_fit(self, judged: FitAs) -> None:
        self._panel.context.show_fit(judged.fit, judged.thousand_bytes)
        self._panel.processor.show_machine(judged.machine)

    def _no_fit(self, error: UserFacingError) -> None:
        self._panel.context.show_trouble(error.message)

    def _preview(self, source: str) -> None:
        job = self._core.model_parameters.preview(source, self._view)
        panel = self._panel.template
        self._await("preview", self._relay.watch(job, panel.show_preview, self._no_preview))

    def _no_preview(self, error: UserFacingError) -> None:
        self._panel.template.show_problem(error.message)

    # What holds at once

    def _keep_sampling(self, task: Task, sampling: SamplingParams) -> None:
        if self._model is not None:
            self._relay.watch(self._core.personas.set_sampling(self._model.id, sampling, task))

    def _reset_sampling(self, task: Task) -> None:
        if self._model is not None:
            self._relay.watch(self._core.personas.reset_sampling(self._model.id, task))

    def _save_preset(self, name: str, sampling: SamplingParams) -> None:
        self._relay.watch(self._core.personas.save_preset(name, sampling), self._preset_saved)

    def _preset_saved(self, _: None) -> None:
        self._relay.watch(self._core.personas.presets(), self._panel.sampling.show_presets)

    # The model as it is loaded

    def _show_status(self, _: ModelStatus) -> None:
        self._show_waiting()

    def _show_waiting(self) -> None:
        model = self._model
        self._panel.waiting.setVisible(
            model is not None and self._core.models.loaded_otherwise(model)
        )

    def _reload(self) -> None:
        self._relay.watch(self._core.workers.in_pool(lambda _: self._core.models.reload_changed()))

    def _opened(self, open_: bool) -> None:  # noqa: FBT001 - the signal's own argument
        if not open_:
            self._flush()

    def _flush(self) -> None:
        """What is still waiting for a pause is kept now, for the model that it was meant for."""
        self._panel.sampling.flush()
        if self._timer.isActive():
            self._keep()

    def _await(self, kind: str, watch: Watch) -> None:
        before = self._watches.pop(kind, None)
        if before is not None:
            before.drop()
        self._watches[kind] = watch
