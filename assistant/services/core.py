"""The object graph: everything that the front ends work with, built once and closed once."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from assistant.config.paths import Paths, resources, shared_models
from assistant.config.settings import SettingsFile
from assistant.domain.errors import Cancelled, EnvironmentProblem, UserFacingError
from assistant.domain.generation import SamplingParams, Task
from assistant.domain.ids import ConversationId
from assistant.engine.base import Engine
from assistant.engine.by_trust import EngineByTrust
from assistant.engine.isolated import IsolatedEngine
from assistant.engine.llama.embedder import llama_embedder
from assistant.engine.local import local_engine
from assistant.hub.catalogue import Catalogue, read_catalogue
from assistant.hub.catalogue_refresh import CatalogueKeeper
from assistant.hub.download import Staging
from assistant.hub.model_store import ModelStore
from assistant.services.backups import BackupService
from assistant.services.batch import BatchService
from assistant.services.catalogue import CatalogueService
from assistant.services.chat import ChatService
from assistant.services.completions import Completions
from assistant.services.crash_notes import CrashNotes
from assistant.services.doctor import Doctor
from assistant.services.download_finish import Finish
from assistant.services.download_surroundings import Surroundings, through_gate
from assistant.services.downloads import DownloadService
from assistant.services.engine_health import EngineHealth
from assistant.services.exchange import ExchangeService
from assistant.services.fitting import Fitting
from assistant.services.found_models import FoundModelsService
from assistant.services.guarded_engine import GuardedEngine, Trust
from assistant.services.history import Changes, HistoryService
from assistant.services.hub_services import hub_services
from assistant.services.installing import InstallingService
from assistant.services.jobs import Job, Workers
from assistant.services.last_used import LastUsed
from assistant.services.load_marker import LoadMarker
from assistant.services.meaning import MeaningService
from assistant.services.model_parameters import ModelParameterService
from assistant.services.models import ModelService
from assistant.services.options import CoreOptions
from assistant.services.personas import PersonaService
from assistant.services.planning.services import PlanningServices
from assistant.services.preferences import PreferenceService
from assistant.services.recommending import Recommending
from assistant.services.remembered import Remembered
from assistant.services.roles import RoleService
from assistant.services.safe_start import SafeStart
from assistant.services.silence import Silence
from assistant.services.standby import Standby
from assistant.services.storage import StorageService
from assistant.services.structured import StructuredService
from assistant.services.study.services import study_services
from assistant.services.task_presets import preset_of
from assistant.services.temporary import TemporaryHistory
from assistant.services.upkeep import Chores, Upkeep
from assistant.services.vault import VaultService
from assistant.services.watched_engine import WatchedEngine
from assistant.store.forget import Forgotten
from assistant.store.hardening import harden_process
from assistant.store.state_shelf import StateShelf

__all__ = ["Core", "CoreOptions"]

_T = TypeVar("_T")


class Core:
    """Everything below the front ends.

    Args:
        options: How this run differs from an ordinary one.
        engine: Runs the models; libllama and MLX when None. The core closes it.

    Raises:
        EnvironmentProblem: The folders of the profile cannot be made.
    """

    def __init__(self, options: CoreOptions, engine: Engine | None = None) -> None:
        self.options = options
        self._troubles: list[Callable[[UserFacingError], None]] = []
        hardening = harden_process()
        _make_folders(options.paths)
        self.settings = SettingsFile(options.paths.settings)
        self.crash_notes = CrashNotes(options.paths.logs)
        self.workers = Workers()
        self.preferences = PreferenceService(self.workers, self.settings)
        catalogue = read_catalogue(resources() / "catalogue.json")
        offered = CatalogueKeeper(options.paths.data / "catalogue", catalogue)
        self.fitting = Fitting(options.paths.state, shape_of=offered.shape_of)
        self.hub = hub_services(options, self.settings, self.workers, self.fitting)
        shelf = StateShelf(
            options.paths.states, lambda: self.settings.current.models.remembered_mb << 20
        )
        self._remembered = Remembered(shelf)
        marker = LoadMarker(options.paths.state)
        store = ModelStore(self._models_folder(), shared_models(), catalogue)
        trust = Trust(catalogue, self.settings, store.key_of)
        self.health = EngineHealth()
        guarded = GuardedEngine(engine or _engine(shelf), marker, trust.covers)
        self._engine = WatchedEngine(guarded, self.health, Silence())
        self._remembered.attach(self._engine)
        self._temporary = TemporaryHistory(options.clock)
        self.vault = VaultService(
            self.workers, options, self.settings.current.backup.keep, self._remembered
        )
        self.model_parameters = ModelParameterService(
            self.workers, self.vault.parameters, self.settings
        )
        self.models = ModelService(
            self._engine,
            store,
            catalogue,
            self.settings,
            self.workers,
            self.fitting,
            overrides=self.model_parameters.of,
            offered=offered.models,
        )
        self._fill_library(store, catalogue, offered)
        self.history = HistoryService(
            self.workers, self.vault.history, self._temporary.repository, self.vault.search
        )
        self.personas = PersonaService(self.workers, self.vault.personas)
        standby = Standby(self.models, self.health)
        self.chat = ChatService(
            self.workers,
            self.history,
            self.models,
            self._sampling_of,
            self.settings,
            self.vault.make_room,
            standby=standby,
            task_sampling=self._sampling_of,
        )
        completions = Completions(self.models, self.workers, standby)
        self._fill_completions(completions)
        self.exchange = ExchangeService(
            self.workers, self.vault.history, self.history, self._forget
        )
        self.backups = BackupService(self.workers, self.vault)
        self._fill_rooms(completions)
        self.safe_start = SafeStart(marker, self.models)
        self.doctor = Doctor(
            options.paths,
            self.models,
            lambda: [
                hardening,
                *self.vault.checks(),
                *self.safe_start.checks(),
                *self.fitting.machine.checks(),
                *self.catalogue.checks(),
                *self.roles.checks(),
                *self.hub.connections.checks(),
                *self.health.checks(self.models.installed()),
                *self.model_parameters.checks(self.models.installed()),
                *self.storage.checks(),
            ],
        )
        self._upkeep = Upkeep(
            self.workers,
            options.clock,
            self.settings,
            Chores(
                checkpoint=self.vault.checkpoint_now,
                newest_backup=self.backups.newest_now,
                back_up=self.backups.create_now,
                forget_expired=self._forget_expired,
                examine=self.vault.examine_now,
                stamp=options.paths.state / "last-examination",
                free_models=self.models.free_unused,
                clear_models=self.storage.clear_trash,
                measure_machine=self.fitting.machine.measure_anew,
            ),
            self._upkeep_failed,
        )
        self.meaning = self._meaning(catalogue.embedding.sha256)
        self._connect()

    def _note_rate(self, path: Path, rate: float) -> None:
        self.workers.in_pool(lambda _: self.fitting.note_speed(path, rate))

    def _fill_completions(self, completions: Completions) -> None:
        """What asks a model for more than a chat does."""
        self.structured = StructuredService(self.workers, completions)
        self.batch = BatchService(completions)

    def _fill_rooms(self, completions: Completions) -> None:
        """Studying and planning."""
        options, workers, vault = self.options, self.workers, self.vault
        self.study = study_services(options, workers, vault, completions, lambda: self.meaning)
        self.planning = PlanningServices(
            options, workers, vault, completions, self.study, lambda: self.meaning
        )

    def _fill_library(
        self, store: ModelStore, catalogue: Catalogue, offered: CatalogueKeeper
    ) -> None:
        """What brings models in, and says which to take for what."""
        self.installing = InstallingService(self.models, store, catalogue, self.workers)
        self.found = FoundModelsService(self.models, store, self.workers)
        self.storage = StorageService(
            self.models,
            self.installing,
            store,
            self.settings,
            self.workers,
            LastUsed(self.options.paths.state, self.options.clock),
        )
        self.downloads = self._queue(store, catalogue)
        self.catalogue = CatalogueService(self.workers, self.settings, offered, self.hub.egress)
        self.roles = RoleService(
            self.settings,
            self.workers,
            self.models.installed,
            catalogue,
            embedding_here=_embedding_file(catalogue.embedding.sha256).is_file(),
        )
        self.storage.with_roles(self.roles.assigned)
        self.recommending = Recommending(
            self.workers,
            self.settings,
            self.fitting,
            self.catalogue.entries,
            self.models.installed,
        )

    def _connect(self) -> None:
        """Has the parts hear of each other's doings."""
        self.history.on_changes(lambda _: self._upkeep.touch())
        self.history.on_changes(lambda _: self.meaning.touch())
        self.models.on_busy(self.meaning.give_way)
        self.health.on_rate(self._note_rate)
        self.vault.on_opened(self.model_parameters.vault_opened)
        # What was loaded before the vault was open knew nothing of what is set in it.
        self.vault.on_opened(lambda: self.workers.in_pool(lambda _: self.models.reload_changed()))
        self.vault.on_opened(lambda: self.study.book_clearing.begin().on_done(self._cleared))
        self.models.on_notice(self._tell_notice)

    def _meaning(self, sha256: str) -> MeaningService:
        """Search by meaning, without its model where that is not installed."""
        file = _embedding_file(sha256)
        return MeaningService(
            self.workers,
            self.vault,
            self.settings,
            llama_embedder(file, sha256) if file.is_file() else None,
            sha256,
            self._upkeep_failed,
        )

    def _queue(self, store: ModelStore, catalogue: Catalogue) -> DownloadService:
        staging = Staging(store.folder / "downloads")
        around = Surroundings(
            connect=through_gate(self.hub.egress, self.hub.tokens.read),
            offline=lambda: self.options.offline or self.settings.current.privacy.offline,
            sealed=self.options.offline,
            finish=Finish(store, catalogue, staging),
            taken=self.storage.counted_bytes,
            free_up=self.storage.make_room,
            on_bug=self.note_crash,
        )
        downloads = DownloadService(staging, self.settings, around)
        self.storage.with_downloads(lambda: downloads.held(lambda: store.folder))
        return downloads

    def _models_folder(self) -> Path:
        """Where the profile's own models lie: on another disk, if they were moved there."""
        chosen = Path(self.settings.current.models.folder)
        return chosen if chosen.is_absolute() else self.options.paths.models

    def start_upkeep(self) -> None:
        """Begins the chores of a long run; a single command does without them."""
        self._upkeep.start()
        self.storage.start()
        self.found.begin_hashing()
        self.meaning.start()
        self.workers.in_pool(lambda _: self.downloads.start())

    def on_trouble(self, listener: Callable[[UserFacingError], None]) -> None:
        """Calls ``listener``, on a worker's thread, with what goes wrong unasked.

        That is a backup that cannot be made, or damage that was found.
        """
        self._troubles.append(listener)

    def close_temporary(self) -> None:
        """Forgets every temporary chat."""

        def work() -> None:
            self._remembered.forget(self._temporary.ids())
            self._temporary.close()

        self.workers.on_store(work)

    def diagnostics(self) -> Job[str]:
        """What the doctor finds, as text without a word of the user's."""
        return self.workers.in_pool(lambda _: self.doctor.report())

    def note_crash(self, error: BaseException) -> None:
        """Notes where something went wrong, without a word of the user's."""
        self.crash_notes.write(error, self.options.clock.now())

    def _sampling_of(self, wanted: str, task: Task = Task.CHAT) -> SamplingParams:
        """Of the model that a chat asks for; of the default where it asks for none."""
        try:
            model = self.models.chosen(wanted)
        except UserFacingError:
            return preset_of(task)  # the answer will say why there is none
        return self.personas.sampling_now(model.id, task)

    def _tell_notice(self, text: str) -> None:
        notice = UserFacingError(text, "Look at its settings under Models.", code="model_notice")
        for listener in self._troubles:
            listener(notice)

    def _upkeep_failed(self, error: BaseException) -> None:
        if not isinstance(error, UserFacingError):
            self.note_crash(error)
            return
        for listener in self._troubles:
            listener(error)

    def _cleared(self, job: Job[None]) -> None:
        """What went wrong is told; nothing did where the vault was closed meanwhile."""
        error = job.error
        gone = isinstance(error, UserFacingError) and error.code == "vault_closed"
        if error is not None and not gone and not isinstance(error, Cancelled):
            self._upkeep_failed(error)

    def close(self) -> None:
        """Stops answers, frees the model, and closes the vault, in this order."""
        self._upkeep.stop()
        self.meaning.stop()
        self.downloads.close()
        self.hub.egress.close()
        self.study.close()
        self.models.close()
        # What the engine's last events queued is written before the vault closes.
        self.workers.close(last=self._close_store)

    def _close_store(self) -> None:
        self.chat.make_up_saves_now()
        self._temporary.close()
        self.vault.close_now()

    def _forget(self, ids: Sequence[ConversationId]) -> None:
        self._remembered.forget(ids)
        self._scrub(self._with_room(lambda: self.vault.history().forget(ids)))

    def _forget_expired(self, days: int) -> None:
        self._remembered.forget(self.vault.history().with_expired(days))
        forgotten = self._with_room(lambda: self.vault.history().forget_expired(days))
        if forgotten:
            self.history.announce(Changes(listing=True))
            self._scrub(forgotten)

    def _scrub(self, forgotten: Forgotten) -> None:
        self.meaning.forgot()
        self._with_room(lambda: self.vault.scrub_backups(forgotten))

    def _with_room(self, delete: Callable[[], _T]) -> _T:
        """Deletes also where the disk is full, in the space that is held back for it."""
        try:
            return delete()
        except EnvironmentProblem as problem:
            if problem.code != "disk_full":
                raise
        with self.vault.opened().room_to_delete():
            return delete()


def _embedding_file(sha256: str) -> Path:
    return shared_models() / f"{sha256}.gguf"


def _engine(shelf: StateShelf) -> Engine:
    # What is written here runs in the child as well, which no tool may look into either.
    apart = IsolatedEngine(local_engine, harden_process, shelf=shelf)
    return EngineByTrust(local_engine(shelf=shelf), apart)


def _make_folders(paths: Paths) -> None:
    try:
        paths.ensure()
    except OSError as error:
        raise EnvironmentProblem(
            f"The folder {paths.data} cannot be made or written to.",
            "Choose another with --profile, or give yourself the right to write there.",
            code="profile_unwritable",
        ) from error
