"""Which models are here, which one a chat gets, and how each is loaded."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.config.settings import SettingsFile
from assistant.domain.errors import UserFacingError
from assistant.domain.model import Fit, LoadOptions, ModelInfo
from assistant.domain.parameters import ModelParameters
from assistant.hub.catalogue import Catalogue
from assistant.hub.model_store import ModelStore
from assistant.services.fitting import FitAs, Fitting
from assistant.services.jobs import Job, Workers
from assistant.services.model_parameters import options_with

if TYPE_CHECKING:
    from assistant.domain.ids import ModelId


class ModelChoice:
    """Finds models by what is installed, known and set; nothing is loaded here.

    Args:
        store: The files.
        catalogue: The known models.
        settings: Names the default model and how models are loaded.
        workers: Judge models in the pool.
        fitting: Judges models.
        overrides: What is set for single models.
        offered: The models of the newest catalogue; those of ``catalogue`` where None.
    """

    def __init__(  # noqa: PLR0913 - what a choice depends on
        self,
        store: ModelStore,
        catalogue: Catalogue,
        settings: SettingsFile,
        workers: Workers,
        fitting: Fitting,
        *,
        overrides: Callable[["ModelId"], ModelParameters] = lambda _: ModelParameters(),
        offered: Callable[[], Sequence[ModelInfo]] | None = None,
    ) -> None:
        self._offered = offered or (lambda: catalogue.models)
        self._store = store
        self._catalogue = catalogue
        self._settings = settings
        self._workers = workers
        self._fitting = fitting
        self._overrides = overrides

    def all(self) -> list[ModelInfo]:
        """Installed models first, then those of the catalogue that are not here."""
        installed = self._store.installed()
        known = {model.id for model in installed} | {model.sha256 for model in installed}
        return installed + [
            model
            for model in self._offered()
            if model.id not in known and model.sha256 not in known
        ]

    def installed(self) -> list[ModelInfo]:
        """The models that can be used now."""
        return self._store.installed()

    def find(self, wanted: str) -> ModelInfo:
        """The model with this id, or with this name in any case.

        One from the Hub is also known as ``owner/name`` or ``owner/name:quantization``.

        Raises:
            UserFacingError: There is none.
        """
        models = self.all()
        for model in models:
            if wanted == model.id or wanted.casefold() == model.name.casefold():
                return model
        for model in models:
            if model.installed and wanted.casefold() in _hub_names(model):
                return model
        raise UserFacingError(
            f"There is no model called “{wanted}”.",
            "The list of models shows the ids that can be used.",
            code="model_unknown",
        )

    def chosen(self, wanted: str = "") -> ModelInfo:
        """The model for a chat: the one it asks for, else the default, else the starter.

        Raises:
            UserFacingError: It is not installed.
        """
        name = wanted or self._settings.current.models.default_model or self._catalogue.starter
        model = self.find(name)
        if not model.installed:
            raise UserFacingError(
                f"{model.name} is not on this machine.",
                "Choose another model, or import its file.",
                code="model_not_installed",
            )
        if model.trouble:
            raise UserFacingError(
                f"{model.name} cannot be used now. {model.trouble}",
                "Choose another model, or have it used as it is now under Models.",
                code="model_went",
            )
        return model

    def fit(self, model: ModelInfo) -> Fit:
        """Whether a model fits this machine at the context length of the settings, and why."""
        options = self.options_of(model)
        return self._fitting.judge(
            model, options.context_length, options.kv_type, options.gpu_layers
        )

    def fit_as(self, model: ModelInfo, own: ModelParameters) -> Job[FitAs]:
        """Whether a model would fit with these parameters, and what 1,024 tokens more take.

        Raises (from the job):
            UserFacingError: Its file is broken.
        """
        options = options_with(self._settings.current.models, model, own)
        return self._workers.in_pool(lambda _: self._fitting.judge_as(model, options))

    def options_of(self, model: ModelInfo) -> LoadOptions:
        """How a model is loaded, by the settings and by what is known of it."""
        own = self._overrides(model.id)
        options = options_with(self._settings.current.models, model, own)
        known = self._fitting.known(model)
        return replace(options, anyway=known.anyway, known=known.use)

    def drop_default(self, model: ModelInfo) -> None:
        """New chats ask for a model that is gone no more."""
        if self._settings.current.models.default_model.casefold() in (
            model.id,
            model.name.casefold(),
        ):
            self._settings.update("models", default_model="")


def _hub_names(model: ModelInfo) -> tuple[str, ...]:
    """How a model that came from the Hub was ordered, in lower case."""
    if not model.repo:
        return ()
    repo = model.repo.casefold()
    return repo, f"{repo}:{model.quantization.casefold()}"
