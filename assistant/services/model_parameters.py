"""How each model is loaded: the settings that hold for all, and what is set for one alone."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from assistant.config.settings import Models, SettingsFile
from assistant.domain.errors import UserFacingError
from assistant.domain.health import Check, CheckState
from assistant.domain.ids import ModelId
from assistant.domain.model import FlashAttention, KvType, LoadOptions, ModelInfo
from assistant.domain.parameters import ModelParameters, checked
from assistant.engine.disk_kinds import may_go_away
from assistant.engine.template_formats import NAMED_FORMATS, NamedFormat, format_of
from assistant.engine.template_source import TemplateSource, read_template, sample_prompt
from assistant.services.jobs import Job, Workers
from assistant.store.parameters import ParametersRepository

__all__ = [
    "NAMED_FORMATS",
    "ModelParameterService",
    "NamedFormat",
    "TemplateView",
    "format_of",
    "options_with",
]


@dataclass(frozen=True, slots=True)
class TemplateView:
    """The chat template of a model, for showing.

    Args:
        own: What the model brought; empty where it brought none.
        bos: Its first token as text.
        eos: Its last token as text.
    """

    own: str
    bos: str = ""
    eos: str = ""


class ModelParameterService:
    """Knows what is set for single models, from any thread.

    It is read from the vault when that is opened; before, nothing is set for any model.

    Args:
        workers: The store thread and the pool.
        repository: Gives the vault's repository; raises when the vault is not open.
        settings: What holds where nothing is set.
    """

    def __init__(
        self,
        workers: Workers,
        repository: Callable[[], ParametersRepository],
        settings: SettingsFile,
    ) -> None:
        self._workers = workers
        self._repository = repository
        self._settings = settings
        self._lock = threading.Lock()
        self._set: dict[ModelId, ModelParameters] = {}
        self._listeners: list[Callable[[], object]] = []

    def on_change(self, listener: Callable[[], object]) -> None:
        """Calls ``listener`` after what is set has changed, on the store thread."""
        self._listeners.append(listener)

    def vault_opened(self) -> None:
        """Reads what is set; on the store thread."""
        found = self._repository().all()
        with self._lock:
            same, self._set = self._set == found, found
        if not same:
            self._tell()

    def of(self, model_id: ModelId) -> ModelParameters:
        """What is set for a model."""
        with self._lock:
            return self._set.get(model_id, ModelParameters())

    def options(self, model: ModelInfo, own: ModelParameters | None = None) -> LoadOptions:
        """How a model is loaded by all that is set, or would be if ``own`` were."""
        return options_with(
            self._settings.current.models, model, self.of(model.id) if own is None else own
        )

    def set(self, model: ModelInfo, parameters: ModelParameters) -> Job[ModelParameters]:
        """Sets what holds for a model from its next load on; an empty one takes all of it back.

        Raises (from the job):
            UserFacingError: A value is out of bounds, or the chat template cannot be used.
        """
        template = parameters.chat_template
        if template and template.strip() and template != self.of(model.id).chat_template:
            # Trying it may take a second, and reads the model's file: not on the store thread.
            def tried(_: Job[ModelParameters]) -> ModelParameters:
                checked(parameters)
                found = _read(model)
                sample_prompt(template, found.bos, found.eos)
                return self._workers.on_store(lambda: self._keep(model, parameters)).result()

            return self._workers.in_pool(tried)
        return self._workers.on_store(lambda: self._keep(model, parameters))

    def _keep(self, model: ModelInfo, parameters: ModelParameters) -> ModelParameters:
        wanted = checked(parameters)
        if wanted.chat_template is not None and not wanted.chat_template.strip():
            wanted = replace(wanted, chat_template=None)
        self._repository().keep(model.id, wanted)
        with self._lock:
            self._set = {**self._set, model.id: wanted}
        self._tell()
        return wanted

    def reset(self, model: ModelInfo, fields: tuple[str, ...] = ()) -> Job[ModelParameters]:
        """Leaves these fields, or all, to the settings again."""
        own = self.of(model.id)
        return self.set(model, own.without(fields or own.changed))

    def template(self, model: ModelInfo) -> Job[TemplateView]:
        """The model's own chat template.

        Raises (from the job):
            UserFacingError: Its file cannot be read.
        """

        def work(_: Job[TemplateView]) -> TemplateView:
            found = _read(model)
            return TemplateView(found.source, found.bos, found.eos)

        return self._workers.in_pool(work)

    def preview(self, source: str, view: TemplateView) -> Job[str]:
        """The prompt that a template makes of a sample conversation.

        Raises (from the job):
            UserFacingError: It cannot be used, and why (``template_unusable``).
        """
        return self._workers.in_pool(lambda _: sample_prompt(source, view.bos, view.eos))

    def checks(self, installed: Iterable[ModelInfo]) -> list[Check]:
        """What the doctor says of models that are loaded otherwise than the settings say."""
        found: list[Check] = []
        for model in installed:
            changed = self.of(model.id).changed
            if changed:
                words = ", ".join(name.replace("_", " ") for name in changed)
                found.append(Check(f"Model {model.name}", CheckState.NOTE, f"Set for it: {words}."))
        return found

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()


def _read(model: ModelInfo) -> TemplateSource:
    if model.path is None:
        raise UserFacingError(
            f"{model.name} is not on this machine.",
            "Choose another model, or import its file.",
            code="model_not_installed",
        )
    return read_template(model.path)


def options_with(common: Models, model: ModelInfo, own: ModelParameters) -> LoadOptions:
    """How a model is loaded.

    Args:
        common: What holds for all models.
        model: The model.
        own: What is set for it alone.
    """
    wanted = _either(own.context_length, common.context_length)
    # A mapped file that another application changes, or whose disk goes, ends the process.
    unsafe = bool(model.owner) or (model.path is not None and may_go_away(model.path))
    mapped = own.mmap is not False and not unsafe
    return LoadOptions(
        context_length=min(wanted, model.context_length or wanted),
        threads=_either(own.threads, common.threads),
        gpu_layers=_either(own.gpu_layers, -1),
        batch_threads=_either(own.batch_threads, 0),
        kv_type=own.kv_type or KvType.F16,
        flash_attention=own.flash_attention or FlashAttention.AUTO,
        mmap=mapped,
        mlock=bool(own.mlock),
        chat_template=own.chat_template or "",
    )


def _either(own: int | None, otherwise: int) -> int:
    return otherwise if own is None else own
