"""The services between an engine and whoever asks it, without a vault."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from assistant.config.paths import resources
from assistant.config.settings import SettingsFile
from assistant.engine.base import Engine
from assistant.hub.catalogue import read_catalogue
from assistant.hub.model_store import ModelStore
from assistant.services.completions import Completions
from assistant.services.fitting import Fitting
from assistant.services.jobs import Workers
from assistant.services.models import ModelService


@contextmanager
def stand(
    engine: Engine, folder: Path, models: Path, context_length: int = 1024
) -> Generator[tuple[Workers, ModelService, Completions]]:
    """Workers, models and completions over an engine; closed at the end."""
    workers = Workers()
    settings = SettingsFile(folder / "settings.json")
    settings.update("models", context_length=context_length)
    catalogue = read_catalogue(resources() / "catalogue.json")
    store = ModelStore(folder / "models", models, catalogue)
    service = ModelService(engine, store, catalogue, settings, workers, Fitting())
    try:
        yield workers, service, Completions(service, workers)
    finally:
        service.close()
        workers.close()
