"""A queue of downloads with everything real around it but the trial, and a way to wait for it."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.config.paths import resources
from assistant.config.settings import SettingsFile
from assistant.domain.cancel import CancelToken
from assistant.domain.download import Download, DownloadState
from assistant.domain.errors import UserFacingError
from assistant.hub.catalogue import read_catalogue
from assistant.hub.download import Patience, Staging
from assistant.hub.model_store import ModelStore
from assistant.services.download_finish import Finish
from assistant.services.download_surroundings import Connect, Surroundings
from assistant.services.downloads import DownloadService
from tests.helpers.gguf_files import tiny
from tests.helpers.hub import HubDouble
from tests.helpers.hub.orders import order_of, plain_link

if TYPE_CHECKING:
    from collections.abc import Callable

WAIT_S = 60.0


def weights(name: str) -> bytes:
    """A small model that is like no other."""
    return tiny({"general.name": name}).bytes()


class DownloadStand:
    """A service with everything real around it but the trial, and a way to wait for states."""

    def __init__(self, hub: HubDouble, folder: Path) -> None:
        self.hub = hub
        self.folder = folder
        self.settings = SettingsFile(folder / "settings.json")
        catalogue = read_catalogue(resources() / "catalogue.json")
        self.store = ModelStore(folder / "models", folder / "shared", catalogue)
        (folder / "models").mkdir()
        self.staging = Staging(folder / "models" / "downloads")
        self.finish = Finish(self.store, catalogue, self.staging, self._try)
        self.offline = False
        self.trouble: UserFacingError | None = None
        self.bugs: list[BaseException] = []
        self.tried: list[Path] = []
        self.trial: Callable[[CancelToken], None] = lambda _: None
        self._changed = threading.Condition()
        self._shown: tuple[Download, ...] = ()
        self._begun: list[DownloadService] = []
        self.service = self.begin()

    def begin(self, connect: Connect | None = None) -> DownloadService:
        """Another start of the application, beside those that were not closed."""

        def way(why: str, allowed: bool):
            assert why
            if self.offline and not allowed:
                raise UserFacingError("Lamplight works offline.", "Allow it.", code="offline")
            return plain_link(self.hub)

        around = Surroundings(
            connect or way,
            lambda: self.offline,
            False,
            self.finish,
            self.bugs.append,
            Patience(0.001, 0.002, refusals=2),
            0,
        )
        self.service = DownloadService(self.staging, self.settings, around)
        self.service.on_changes(self._note)
        self._begun.append(self.service)
        return self.service

    def close(self) -> None:
        """Ends every start; one that was left would look for its Hub for ever."""
        for service in self._begun:
            service.close()

    def _try(self, path: Path, timeout_s: float, cancel: CancelToken) -> None:
        assert timeout_s >= 60
        self.tried.append(path)
        self.trial(cancel)
        if self.trouble is not None:
            raise self.trouble

    def _note(self, shown: tuple[Download, ...]) -> None:
        with self._changed:
            self._shown = shown
            self._changed.notify_all()

    def wait(self, **states: DownloadState) -> tuple[Download, ...]:
        """Until the models of these names (``a_b`` for ``a-b``) are in these states."""

        def reached() -> bool:
            now = {d.order.model.name: d.state for d in self.service.all()}
            return all(now.get(name) is state for name, state in states.items())

        with self._changed:
            if not self._changed.wait_for(reached, WAIT_S):
                pytest.fail(f"still {self.service.all()}")
        return self.service.all()

    def put(self, name: str, *, hold_at: int | None = None) -> Download:
        """Puts a model on the Hub and orders it."""
        content = weights(name)
        self.hub.add_repo(f"ada/{name}", {"model.gguf": content})
        self.hub.fault(f"ada/{name}/model.gguf").hold_at = hold_at
        return self.service.order(order_of(self.hub, f"ada/{name}"))

    def let_go(self, name: str) -> None:
        """Lets the Hub send the rest of a model."""
        faults = self.hub.fault(f"ada/{name}/model.gguf")
        faults.hold_at = None
        faults.release.set()
