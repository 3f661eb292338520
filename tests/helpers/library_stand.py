"""A store of models with the services around it, without a vault."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.config.paths import resources
from assistant.config.settings import SettingsFile
from assistant.domain.clock import SystemClock
from assistant.engine.base import Engine
from assistant.engine.scripted import scripted_engine
from assistant.hub.catalogue import Catalogue, read_catalogue
from assistant.hub.found import Surroundings
from assistant.hub.model_store import ModelStore
from assistant.services.fitting import Fitting
from assistant.services.found_models import FoundModelsService
from assistant.services.installing import InstallingService
from assistant.services.jobs import Workers
from assistant.services.last_used import LastUsed
from assistant.services.models import ModelService
from assistant.services.storage import StorageService


@dataclass
class Library:
    """What stands there.

    Args:
        home: In which other applications have their folders.
    """

    store: ModelStore
    models: ModelService
    installing: InstallingService
    storage: StorageService
    found: FoundModelsService
    settings: SettingsFile
    workers: Workers
    catalogue: Catalogue
    home: Path


@contextmanager
def library(
    folder: Path, shared: Path, engine: Callable[[], Engine] = scripted_engine
) -> Generator[Library]:
    """Built over ``folder``, closed at the end."""
    workers = Workers()
    settings = SettingsFile(folder / "settings.json")
    settings.update("models", context_length=512)
    catalogue = read_catalogue(resources() / "catalogue.json")
    own = Path(settings.current.models.folder or folder / "models")
    store = ModelStore(own, shared, catalogue)
    models = ModelService(engine(), store, catalogue, settings, workers, Fitting())
    home = folder / "home"
    home.mkdir(exist_ok=True)
    found = FoundModelsService(models, store, workers, lambda: Surroundings(home, "linux", {}))
    installing = InstallingService(models, store, catalogue, workers)
    used = LastUsed(folder, SystemClock())
    storage = StorageService(models, installing, store, settings, workers, used)
    try:
        yield Library(store, models, installing, storage, found, settings, workers, catalogue, home)
    finally:
        models.close()
        workers.close()
