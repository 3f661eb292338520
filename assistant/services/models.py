"""Which model is loaded, bringing another one in, and handing on what it is asked."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from assistant.config.settings import SettingsFile
from assistant.domain.cancel import CancelToken
from assistant.domain.errors import AssistantError, Cancelled, UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
    Notice,
    Turn,
)
from assistant.domain.model import (
    Fit,
    LoadedModel,
    LoadOptions,
    ModelInfo,
    ModelState,
    ModelStatus,
)
from assistant.domain.parameters import ModelParameters
from assistant.engine.base import Engine
from assistant.engine.isolated_process import CRASHED
from assistant.engine.residents import NO_MODEL
from assistant.hub.catalogue import Catalogue
from assistant.hub.model_store import ModelStore
from assistant.services.fitting import FitAs, Fitting
from assistant.services.jobs import Job, Workers
from assistant.services.loaded_models import LoadedModels
from assistant.services.model_choice import ModelChoice
from assistant.services.under_way import UnderWay

if TYPE_CHECKING:
    from assistant.domain.ids import ModelId

StatusListener = Callable[[ModelStatus], None]

_BROKE = "Something went wrong in Lamplight while it was loaded. Load it again."


class ModelService:
    """Owns the choice of a model; the engine owns the model itself.

    Args:
        engine: Runs the chosen model.
        store: The files.
        catalogue: The known models.
        settings: Names the default model and how models are loaded.
        workers: Copies and hashes imported files.
        fitting: Judges models, and learns from what their loads took.
        overrides: What is set for single models.
        offered: The models of the newest catalogue; those of ``catalogue`` where None.
    """

    def __init__(  # noqa: PLR0913 - what a load passes through on its way
        self,
        engine: Engine,
        store: ModelStore,
        catalogue: Catalogue,
        settings: SettingsFile,
        workers: Workers,
        fitting: Fitting,
        *,
        overrides: Callable[["ModelId"], ModelParameters] = lambda _: ModelParameters(),
        offered: Callable[[], Sequence[ModelInfo]] | None = None,
    ) -> None:
        self._choice = ModelChoice(
            store, catalogue, settings, workers, fitting, overrides=overrides, offered=offered
        )
        self._notice_listeners: list[Callable[[str], object]] = []
        self._fitting = fitting
        self._engine = engine
        self._settings = settings
        self._workers = workers
        self._lock = threading.Lock()
        self._choosing = threading.RLock()
        """Held from a choice to its place in the engine's queue: they never overtake."""
        self._closing = False
        self._listeners: list[StatusListener] = []
        self._under_way = UnderWay()
        self._status = ModelStatus(ModelState.NONE)
        self._wanted: tuple[ModelId, LoadOptions] | None = None
        self._loading: Future[LoadedModel] | None = None
        self._loaded = LoadedModels()
        self._load_cancel = CancelToken()

    # What is here

    def all(self) -> list[ModelInfo]:
        """See ``ModelChoice.all``."""
        return self._choice.all()

    def installed(self) -> list[ModelInfo]:
        """See ``ModelChoice.installed``."""
        return self._choice.installed()

    def find(self, wanted: str) -> ModelInfo:
        """See ``ModelChoice.find``."""
        return self._choice.find(wanted)

    def chosen(self, wanted: str = "") -> ModelInfo:
        """See ``ModelChoice.chosen``."""
        return self._choice.chosen(wanted)

    def fit(self, model: ModelInfo) -> Fit:
        """See ``ModelChoice.fit``."""
        return self._choice.fit(model)

    def fit_as(self, model: ModelInfo, own: ModelParameters) -> Job[FitAs]:
        """See ``ModelChoice.fit_as``."""
        return self._choice.fit_as(model, own)

    # What is loaded

    @property
    def status(self) -> ModelStatus:
        """The state of the chosen model, for the picker."""
        with self._lock:
            return self._status

    def on_status(self, listener: StatusListener) -> None:
        """Calls ``listener`` at every change of the status, on a worker's thread."""
        with self._lock:
            self._listeners.append(listener)

    def on_notice(self, listener: Callable[[str], object]) -> None:
        """Calls ``listener``, on a worker's thread, with what a model could not be given."""
        with self._lock:
            self._notice_listeners.append(listener)

    def _notice(self, text: str) -> None:
        with self._lock:
            listeners = tuple(self._notice_listeners)
        for listener in listeners:
            listener(text)

    def _set_status(self, status: ModelStatus) -> None:
        with self._lock:
            self._status = status
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(status)

    def ensure(self, wanted: str = "") -> Future[LoadedModel]:
        """The chosen model, loaded; the one that is loaded already if it is the same.

        Raises (from the future):
            UserFacingError: It is not here or cannot be loaded.
        """
        try:
            model = self.chosen(wanted)
        except UserFacingError as error:
            self._set_status(ModelStatus(ModelState.NOT_FOUND, detail=error.message))
            refused: Future[LoadedModel] = Future()
            refused.set_exception(error)
            return refused
        options = self.options_of(model)
        with self._choosing:
            loading = self._loading
            if loading is not None and self._wanted == (model.id, options):
                failed = loading.done() and loading.exception() is not None
                if not failed:
                    return loading
            # Whatever else is loading now is not wanted any more.
            self._load_cancel.cancel()
            self._load_cancel = CancelToken()
            self._wanted = (model.id, options)
            return self._load(model, options, self._load_cancel)

    def ready(self, wanted: str = "") -> LoadedModel | None:
        """The chosen model where it is loaded now; nothing is loaded for this."""
        try:
            model = self.chosen(wanted)
        except UserFacingError:
            return None
        with self._lock:
            loading, status = self._loading, self._status
        here = status.model is not None and status.model.id == model.id
        if not here or status.state is not ModelState.READY:
            return None
        if loading is None or not loading.done() or loading.exception() is not None:
            return None
        return loading.result()

    def _load(
        self, model: ModelInfo, options: LoadOptions, cancel: CancelToken
    ) -> Future[LoadedModel]:
        if model.path is None:
            raise AssistantError("a model that is not installed was to be loaded")
        self._set_status(ModelStatus(ModelState.LOADING, model))
        loading = self._engine.load(
            model.path,
            options,
            on_progress=lambda part: self._set_status(
                ModelStatus(ModelState.LOADING, model, progress=part)
            ),
            cancel=cancel,
        )
        outcome: Future[LoadedModel] = Future()
        with self._lock:
            self._loading = outcome

        def settled(done: Future[LoadedModel]) -> None:
            error = done.exception()
            if error is None:
                self._loaded.add(model.id, done.result())
                self._workers.in_pool(lambda _: self._fitting.learn(model, done.result()))
                for note in done.result().notes:
                    self._notice(note)
            with self._lock:
                still_wanted = self._loading is outcome
            if still_wanted:
                self._set_status(_status_after(model, done))
            # Told last: whoever waits for it finds the status as it is now.
            if error is None:
                outcome.set_result(done.result())
            else:
                outcome.set_exception(error)

        loading.add_done_callback(settled)
        return outcome

    def options_of(self, model: ModelInfo) -> LoadOptions:
        """See ``ModelChoice.options_of``."""
        return self._choice.options_of(model)

    def loaded_otherwise(self, model: ModelInfo) -> bool:
        """Whether a model is loaded, or being loaded, and its options are other ones now."""
        with self._choosing:
            wanted = self._wanted
            return (
                wanted is not None and wanted[0] == model.id and wanted[1] != self.options_of(model)
            )

    def reload_changed(self) -> None:
        """Loads the model in use anew where its options are other ones now."""
        with self._choosing:
            wanted = self._wanted
            if wanted is None or self._closing:
                return
            try:
                model = self.chosen(wanted[0])
            except UserFacingError:
                return  # it is gone, which the next question puts into words
            if self.loaded_otherwise(model):
                self.ensure(model.id)

    def use(self, wanted: str, *, anyway: bool = False) -> Future[LoadedModel]:
        """Loads a model and, once it is loaded, makes it the default for new chats.

        Args:
            wanted: Its id or name.
            anyway: From now on it is loaded also where the estimate says that it does not fit.

        Raises:
            UserFacingError: It is not installed.

        Raises (from the future):
            Cancelled: Another was chosen meanwhile; the default is as before, as after each
                other error.
            UserFacingError: It cannot be loaded.
            EnvironmentProblem: It is loaded, but the default cannot be written down.
        """
        model = self.chosen(wanted)
        if anyway:
            self._fitting.allow(model)
        outcome: Future[LoadedModel] = Future()

        def keep(loading: Future[LoadedModel]) -> None:
            error = loading.exception()
            if error is not None:
                outcome.set_exception(error)
                return
            self._workers.on_store(
                lambda: self._settings.update("models", default_model=str(model.id))
            ).on_done(lambda job: _settle(outcome, loading.result(), job.error))

        self.ensure(model.id).add_done_callback(keep)
        return outcome

    def free_unused(self) -> None:
        """Frees the models that nobody has asked for as long as the settings say."""
        minutes = self._settings.current.models.keep_loaded_min
        if not minutes:
            return
        with self._choosing:
            for model_id, loaded in self._loaded.pop_unused(minutes * 60).items():
                chosen = self.status.model
                if chosen is not None and chosen.id == model_id:
                    self._unload(loaded, ModelStatus(ModelState.NONE, chosen))
                else:
                    self._engine.unload(loaded)

    def eject(self) -> None:
        """Frees all loaded models; the next question loads its own again."""
        with self._choosing:
            self._unload(None, ModelStatus(ModelState.NONE, self.status.model))

    def _unload(self, model: LoadedModel | None, after: ModelStatus) -> Future[None]:
        self._load_cancel.cancel()
        with self._lock:
            self._loading = None
        if model is None:
            self._loaded.clear()
        self._wanted = None

        def freed(_: Future[None]) -> None:
            with self._lock:
                chosen_anew = self._loading is not None
            if not chosen_anew:
                self._set_status(after)

        unloading = self._engine.unload(model)
        unloading.add_done_callback(freed)
        return unloading

    def hold_back(self, model: ModelInfo, why: str) -> None:
        """Says why a model that was to be loaded by itself is not; a question loads it."""
        self._set_status(ModelStatus(ModelState.FAILED, model, detail=why))

    def close(self) -> None:
        """Gives up a load, cancels every answer, frees the model and ends the engine."""
        with self._choosing:
            self._closing = True
            self._load_cancel.cancel()
        with self._lock:
            self._listeners.clear()
        self._engine.close()

    @property
    def closing(self) -> bool:
        """Whether loads end because the application does."""
        return self._closing

    def id_of(self, loaded: LoadedModel) -> "ModelId | None":
        """Which model that is; None where it was freed."""
        return self._loaded.id_of(loaded)

    # What it does

    def generate(
        self,
        request: GenerationRequest,
        sink: Callable[[GenerationEvent], None],
        cancel: CancelToken,
        loaded: LoadedModel,
    ) -> None:
        """Hands a request to the engine; see ``Engine.generate``.

        The model that it was made for answers, also when another one was chosen meanwhile. It
        fails (``model_changed``) when that one was freed: another would answer in its name, from
        a prompt that was measured for the first.
        """
        using = self._loaded.begin(loaded)

        def hear(event: GenerationEvent) -> None:
            if isinstance(event, GenerationDone | GenerationFailed):
                self._loaded.end(using)
            if isinstance(event, Notice):
                self._notice(event.text)
                return
            if isinstance(event, GenerationFailed | GenerationDone):
                self._under_way.count(-1)
            if isinstance(event, GenerationFailed) and event.code == NO_MODEL.code:
                event = GenerationFailed(
                    "The model was freed meanwhile.", "Regenerate the answer.", "model_changed"
                )
            elif isinstance(event, GenerationFailed) and event.code == CRASHED:
                self._lost(event.message)
            sink(event)

        self._under_way.count(1)
        self._engine.generate(request, hear, cancel, loaded)

    def on_busy(self, listener: Callable[[bool], None]) -> None:
        """See ``UnderWay.on_change``."""
        self._under_way.on_change(listener)

    def count_tokens(self, turns: Sequence[Turn]) -> Future[int]:
        """Tokens of a prompt under the chosen model's template."""

        def counted(done: Future[int]) -> None:
            error = done.exception()
            if isinstance(error, UserFacingError) and error.code == CRASHED:
                self._lost(error.message)

        counting = self._engine.count_tokens(turns)
        counting.add_done_callback(counted)
        return counting

    def _lost(self, why: str) -> None:
        """The process of the models that run apart is gone: the next question loads its own."""
        self._loaded.drop_isolated()
        with self._lock:
            loading = self._loading
            if loading is None or not loading.done() or loading.exception() is not None:
                return
            if not loading.result().isolated:
                return
            self._loading = None
            model = self._status.model
        self._set_status(ModelStatus(ModelState.FAILED, model, detail=why))

    def use_in_background(self, wanted: str, *, anyway: bool = False) -> Job[LoadedModel]:
        """As ``use``, for a caller that must not wait for the disk."""
        return self._workers.in_pool(lambda _: self.use(wanted, anyway=anyway).result())

    def let_go(self, model: ModelInfo) -> None:
        """Frees a model whose file is to be moved or removed; returns when it is free."""
        unloading: Future[None] | None = None
        with self._choosing:
            resident = self._loaded.pop(model.id)
            chosen = self.status.model
            if chosen is not None and chosen.id == model.id:
                unloading = self._unload(resident, ModelStatus(ModelState.NONE))
            elif resident is not None:
                unloading = self._engine.unload(resident)
        if unloading is not None:
            unloading.result()

    def drop_default(self, model: ModelInfo) -> None:
        """See ``ModelChoice.drop_default``."""
        self._choice.drop_default(model)


def _settle(outcome: Future[LoadedModel], loaded: LoadedModel, error: BaseException | None) -> None:
    if error is None:
        outcome.set_result(loaded)
    else:
        outcome.set_exception(error)


def _status_after(model: ModelInfo, done: Future[LoadedModel]) -> ModelStatus:
    """What the picker says once a load has ended."""
    error = done.exception()
    if error is None:
        length = done.result().context_length
        return ModelStatus(ModelState.READY, model, progress=1.0, context_length=length)
    if isinstance(error, Cancelled):
        return ModelStatus(ModelState.NONE, model)
    detail = error.message if isinstance(error, UserFacingError) else _BROKE
    return ModelStatus(ModelState.FAILED, model, detail=detail)
