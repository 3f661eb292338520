"""A process that downloads one model, and stops where it is told to, to be killed there.

    python -m tests.helpers.download_process FOLDER ENDPOINT ORDER [POINT]

It prints ``at POINT`` and waits when it comes to that point, or ``done`` and the model's hash.
"""

import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from assistant.config.paths import resources
from assistant.config.settings import SettingsFile
from assistant.domain.download import DownloadOrder
from assistant.hub.catalogue import read_catalogue
from assistant.hub.download import HubLink, Patience, Staging, follower, staging
from assistant.hub.model_store import ModelStore
from assistant.services.download_finish import Finish
from assistant.services.download_surroundings import Surroundings
from assistant.services.downloads import DownloadService

if TYPE_CHECKING:
    from collections.abc import Callable

POINTS = ("checking", "noted", "accepted", "trying", "admitting", "admitted")


def _stop_at(point: str, wanted: str) -> None:
    if point == wanted:
        sys.stdout.write(f"at {point}\n")
        sys.stdout.flush()
        threading.Event().wait()


def _around(kind: Any, name: str, before: str, after: str, wanted: str) -> None:
    """Has a method stop before and after its work."""
    real: Callable[..., Any] = getattr(kind, name)

    def method(*arguments: Any, **named: Any) -> Any:
        _stop_at(before, wanted)
        outcome = real(*arguments, **named)
        _stop_at(after, wanted)
        return outcome

    setattr(kind, name, method)


def _stop_between(wanted: str) -> None:
    """Has it stop where the hashes are noted and the file is not renamed yet."""
    real = staging.write_durably

    def write(path: Path, content: bytes) -> None:
        real(path, content)
        if path.name == "hashes.json":
            _stop_at("noted", wanted)

    staging.write_durably = write


def main(folder: Path, endpoint: str, order_file: Path, wanted: str = "") -> None:
    """Downloads; see above."""
    _around(follower.HashFollower, "finish", "checking", "-", wanted)
    _around(Staging, "accept", "-", "accepted", wanted)
    _stop_between(wanted)
    _around(ModelStore, "admit", "admitting", "admitted", wanted)
    catalogue = read_catalogue(resources() / "catalogue.json")
    store = ModelStore(folder / "models", folder / "shared", catalogue)
    (folder / "models").mkdir(exist_ok=True)
    place = Staging(folder / "models" / "downloads")

    def trial(*_: object) -> None:
        _stop_at("trying", wanted)

    @contextmanager
    def connect(why: str, allowed: bool):
        import httpx2

        with httpx2.Client(follow_redirects=True, trust_env=False) as client:
            yield HubLink(client, endpoint)

    service = DownloadService(
        place,
        SettingsFile(folder / "settings.json"),
        Surroundings(
            connect,
            lambda: False,
            False,
            Finish(store, catalogue, place, trial),
            lambda error: sys.excepthook(type(error), error, error.__traceback__),
            Patience(0.01, 0.02),
            0,
        ),
    )
    order = TypeAdapter(DownloadOrder).validate_json(order_file.read_bytes())
    service.start()
    installed = service_model(service, store, order)
    sys.stdout.write(f"done {installed}\n")
    service.close()


def service_model(service: DownloadService, store: ModelStore, order: DownloadOrder) -> str:
    """The hash of the model once it is installed; it may have been so before this process."""
    here = [model.sha256 for model in store.installed()]
    return here[0] if here else service.fetch(order).result(60).sha256


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), *sys.argv[4:])
