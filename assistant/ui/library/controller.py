"""Carries the wishes of the models place to the services, and their answers back."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.model import Fit, FitVerdict, ModelInfo
from assistant.services.core import Core
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.bridge.relays import ModelStatusRelay
from assistant.ui.library.place import ModelsPlace

if TYPE_CHECKING:
    from assistant.services.jobs import Job

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
    failed = Signal(object)
    """A ``UserFacingError``."""
    changed = Signal()
    """A model came or went."""

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
        self._fits: dict[str, Fit] = {}
        self._installed: list[ModelInfo] = []
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._look)
        place.looked_at.connect(self._watch_health)
        status.changed.connect(place.show_status)
        place.show_status(status.status)
        place.use_wanted.connect(self._use)
        place.load_anyway_wanted.connect(self._load_anyway)
        place.eject_wanted.connect(self._eject)
        place.remove_wanted.connect(self._remove)
        place.import_wanted.connect(self._begin_import)
        place.import_cancelled.connect(self._cancel_import)

    def refresh(self) -> None:
        """Lists the models as they are now."""
        self._relay.watch(self._core.installing.listed_with_fit(), self._show, self._fail)

    def _show(self, models: list[tuple[ModelInfo, Fit]]) -> None:
        self._fits = {str(model.id): fit for model, fit in models}
        self._place.show_models(models)
        self._installed = [model for model, _ in models if model.installed]
        self._look()

    def _watch_health(self, looked_at: bool) -> None:  # noqa: FBT001 - a slot
        """Nothing ticks while nobody looks."""
        if looked_at:
            self._look()
            self._looking.start()
        else:
            self._looking.stop()

    def _look(self) -> None:
        self._place.show_health(self._core.health.snapshot(self._installed))

    def _use(self, model_id: str) -> None:
        fit = self._fits.get(model_id)
        if fit is None or fit.verdict is not FitVerdict.WONT_FIT:
            self._load(model_id)
            return
        self._place.ask_to_load(model_id, fit.why)

    def _load(self, model_id: str) -> None:
        self._relay.watch(self._core.models.use_in_background(model_id), None, self._fail)

    def _load_anyway(self, model_id: str) -> None:
        job = self._core.models.use_in_background(model_id, anyway=True)
        self._relay.watch(job, None, self._fail)

    def _eject(self) -> None:
        self._core.models.eject()

    def _remove(self, model_id: str) -> None:
        job = self._core.installing.remove_in_background(model_id)
        self._relay.watch(job, self._removed, self._fail)

    def _removed(self, model: ModelInfo) -> None:
        self.said.emit(f"{model.name} is removed.")
        self._came_or_went()

    def _begin_import(self, path: str) -> None:
        job: Job[ModelInfo] = self._core.installing.import_path(Path(path))
        self._place.show_import(0.0, "Checking")
        self._import = self._relay.watch(
            job, self._imported, self._import_failed, self._place.show_import
        )

    def _cancel_import(self) -> None:
        if self._import is not None:
            self._import.cancel()
        self._place.show_import(1.0, "")

    def _imported(self, model: ModelInfo) -> None:
        self._place.show_import(1.0, "")
        self.said.emit(f"{model.name} is installed.")
        self._came_or_went()

    def _import_failed(self, error: UserFacingError) -> None:
        self._place.show_import(1.0, "")
        self.failed.emit(error)

    def _came_or_went(self) -> None:
        self.refresh()
        self.changed.emit()

    def _fail(self, error: UserFacingError) -> None:
        self.failed.emit(error)
