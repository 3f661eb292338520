"""Carries the wishes of the models place to the services, and their answers back."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from assistant.domain.download import Download
from assistant.domain.errors import UserFacingError
from assistant.domain.model import Fit, ModelInfo, ModelStatus
from assistant.services.core import Core
from assistant.services.installing import Imported
from assistant.services.jobs import Job
from assistant.services.storage import Removed, Storage
from assistant.services.verifying import Verified
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.bridge.relays import ModelStatusRelay
from assistant.ui.library.collection import Collection, Judged
from assistant.ui.library.entries import Action, Entry
from assistant.ui.library.place import ModelsPlace

_LOOK_MS = 2000


class ModelsController(QObject):
    """Ties the models place to the core.

    Args:
        core: What is changed.
        place: What is shown.
        relay: Brings outcomes to this thread.
        status: Tells which model is loaded.
        parent: The owner.
    """

    said = Signal(str)
    """One line on what was done, for a toast."""
    removed = Signal(object)
    """A ``Removed``, which can still be had back."""
    failed = Signal(object)
    """A ``UserFacingError``."""
    damaged = Signal(object)
    """What is broken and can be downloaded again (a ``Verified``)."""
    changed = Signal()
    """A model came or went."""
    refreshed = Signal()
    """The lists were read again."""

    def __init__(
        self,
        core: Core,
        place: ModelsPlace,
        relay: JobRelay,
        status: ModelStatusRelay,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._place = place
        self._relay = relay
        self._import: Watch | None = None
        self._check: Watch | None = None
        self.collection = Collection()
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self.look)
        place.looked_at.connect(self._watch_health)
        status.changed.connect(self._show_status)
        self.collection.status = status.status
        place.acted.connect(self._act)
        place.agreed.connect(self._load_anyway)
        place.import_wanted.connect(self._begin_import)
        place.import_cancelled.connect(self._cancel_import)
        place.check_cancelled.connect(self._cancel_check)
        place.check_all_wanted.connect(self._verify_all)

    # What is shown

    def refresh(self) -> None:
        """Lists the models as they are now."""
        self._list_installed()
        self._relay.watch(self._core.workers.in_pool(self._judge_offered), self._take_offered)
        self._relay.watch(self._core.storage.read(), self._take_storage)

    def _list_installed(self) -> None:
        self._relay.watch(self._core.installing.listed_with_fit(), self._take_installed, self._fail)

    def _judge_offered(self, job: Job[list[Judged]]) -> list[Judged]:
        """On another thread: those of the catalogue that are not here."""
        self._core.fitting.machine.measured()  # once in a machine's life; else speeds are missing
        models = [model for model in self._core.models.all() if not model.installed]
        judged: list[Judged] = []
        for at, model in enumerate(models):
            job.report(at / len(models))
            judged.append((model, self._core.models.fit(model)))
        return judged

    def _take_storage(self, storage: Storage) -> None:
        used = {each.info.id: each.last_used for each in storage.models}
        self.collection.last_used = {key: when for key, when in used.items() if when is not None}
        self.show()

    def _take_offered(self, models: list[Judged]) -> None:
        named = {source.info.id for e in self._core.catalogue.entries() for source in e.sources}
        self.collection.in_catalogue = frozenset(named)
        self.collection.offered = models
        self.show()
        if any(fit is not None and fit.speed is None for _, fit in self.collection.installed):
            self._list_installed()  # they were judged before the machine was measured

    def show(self) -> None:
        """Gives the pages what is known."""
        here, known = self.collection.here(), self.collection.known()
        self._place.installed.show_entries(here)
        self._place.catalogue.show_entries(known)
        self._place.set_count("installed", len(here))
        self._place.set_count("catalogue", len(known))
        self.refreshed.emit()

    def look(self) -> None:
        """Asks how the models do."""
        installed = [model for model, _ in self.collection.installed]
        health = self._core.health.snapshot(installed)
        self._place.activity.show_health(health)
        if health != self.collection.health:
            self.collection.health = health
            self.show()

    def show_downloads(self, downloads: Sequence[Download]) -> None:
        """Says how the downloads stand."""
        self.collection.downloads = downloads
        self._place.set_count("downloads", self.collection.under_way())
        self.show()

    def came(self, _: ModelInfo) -> None:
        """A model has just become ready."""
        self.came_or_went()

    def use(self, model_id: str) -> None:
        """Loads a model and makes it the one that answers."""
        self._relay.watch(self._core.models.use_in_background(model_id), None, self._fail)

    def _take_installed(self, models: list[tuple[ModelInfo, Fit]]) -> None:
        self.collection.installed = models
        self.show()
        self.look()

    def _show_status(self, status: ModelStatus) -> None:
        self.collection.status = status
        self.show()

    def _watch_health(self, looked_at: bool) -> None:  # noqa: FBT001 - a slot
        """Nothing ticks while nobody looks."""
        if looked_at:
            self.look()
            self._looking.start()
        else:
            self._looking.stop()

    # What is done

    def _act(self, action: Action, entry: Entry) -> None:
        model = entry.model
        match action:
            case Action.USE:
                self.use(entry.key)
            case Action.EJECT:
                self._core.models.eject()
            case Action.REMOVE:
                self._relay.watch(self._core.storage.remove(entry.key), self._removed, self._fail)
            case Action.VERIFY:
                self._verify([model])
            case Action.SHOW_FOLDER:
                self._show_folder(model)
            case Action.ACCEPT:
                self._relay.watch(self._core.found.accept(model.id), self._accepted, self._fail)
            case _:
                pass  # of downloads, settings and storage: others hear it too

    def _load_anyway(self, entry: Entry) -> None:
        if entry.model.installed:
            job = self._core.models.use_in_background(entry.key, anyway=True)
            self._relay.watch(job, None, self._fail)

    def _show_folder(self, model: ModelInfo) -> None:
        if model.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(model.path.parent)))

    def _removed(self, removed: Removed) -> None:
        self.removed.emit(removed)
        self.came_or_went()

    def put_back(self, removed: Removed) -> None:
        """Undoes the removal of a model."""
        self._relay.watch(self._core.storage.undo(removed), self._put_back, self._fail)

    def _put_back(self, model: ModelInfo) -> None:
        self.said.emit(f"{model.name} is back.")
        self._place.installed.card.table.await_key(str(model.id))
        self.came_or_went()

    def _accepted(self, model: ModelInfo) -> None:
        self.said.emit(f"{model.name} is used as it is now.")
        self.came_or_went()

    def _verify_all(self) -> None:
        self._verify([model for model, _ in self.collection.installed])

    def _verify(self, models: Sequence[ModelInfo]) -> None:
        if self._check is not None or not models:
            self.said.emit("A model is being checked. Check others after it.")
            return
        self._show_check(0.0, models[0].name)
        job = self._core.storage.verify([model.id for model in models])
        self._check = self._relay.watch(job, self._verified, self._not_verified, self._show_check)

    def _show_check(self, part: float, name: str) -> None:
        self._place.check.show_progress(part, f"Checking {name}")

    def _cancel_check(self) -> None:
        if self._check is not None:
            self._check.cancel()
            self._check.drop()
        self._end_check()

    def _end_check(self) -> None:
        self._check = None
        self._place.check.hide()

    def _not_verified(self, error: UserFacingError) -> None:
        self._end_check()
        self._fail(error)

    def _verified(self, found: tuple[Verified, ...]) -> None:
        self._end_check()
        sound = sound_words(found)
        if sound:
            self.said.emit(sound)
        broken = [each for each in found if each.broken]
        for each in broken:
            if each.can_be_fetched:
                self.damaged.emit(each)
            else:
                self.failed.emit(damage(each.model))
        if broken:
            self.came_or_went()

    # Import

    def _begin_import(self, paths: Sequence[str]) -> None:
        if self._import is not None:
            self.said.emit("An import is under way. Import the others after it.")
            return
        self._place.strip.show_progress(0.0, "Checking")
        job = self._core.installing.import_all([Path(path) for path in paths])
        self._import = self._relay.watch(
            job, self._imported, self._import_failed, self._place.strip.show_progress
        )

    def _cancel_import(self) -> None:
        if self._import is not None:
            self._import.cancel()
            self._import.drop()
        self._end_import()
        self.refresh()  # what was brought in before is here

    def _imported(self, outcome: Imported) -> None:
        self._end_import()
        if outcome.models:
            names = ", ".join(model.name for model in outcome.models)
            one = len(outcome.models) == 1
            self.said.emit(f"{names} {'is' if one else 'are'} installed.")
            self.came_or_went()
        for refused in outcome.refused:
            message = f"{refused.name}: {refused.error.message}"
            self.failed.emit(UserFacingError(message, refused.error.hint, code=refused.error.code))

    def _import_failed(self, error: UserFacingError) -> None:
        self._end_import()
        self.failed.emit(error)

    def _end_import(self) -> None:
        self._import = None
        self._place.strip.hide()

    def came_or_went(self) -> None:
        """Reads the lists again, and tells that they are others."""
        self.refresh()
        self.changed.emit()

    def _fail(self, error: UserFacingError) -> None:
        self.failed.emit(error)


def sound_words(found: Sequence[Verified]) -> str:
    """What is whole, and what cannot be told of; empty where all is broken."""
    whole = [each.model.name for each in found if each.broken_files == 0]
    unknown = [each.model.name for each in found if each.broken_files is None]
    said: list[str] = []
    if len(whole) == 1:
        said.append(f"{whole[0]} is whole: every byte is as it was.")
    elif whole:
        said.append(f"{len(whole)} models are whole: every byte is as it was.")
    if unknown:
        said.append(f"There is nothing to compare {', '.join(unknown)} with.")
    return " ".join(said)


def damage(model: ModelInfo) -> UserFacingError:
    """A model is damaged, and cannot be downloaded again from here."""
    if model.owner:
        hint = "Its file was left as it is. Have it made anew where it comes from, or remove it."
    elif model.shared:
        hint = "It came with Lamplight: install that again."
    else:
        hint = "It was set aside. Import it again; Storage deletes the damaged file."
    return UserFacingError(f"{model.name} is damaged.", hint, code="model_damaged")
