"""Services of planning over a real, encrypted database; without models and without a window."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from assistant.config.paths import profile_paths
from assistant.domain.clock_face import PLAIN_FACE
from assistant.domain.task import Task
from assistant.services.jobs import Workers
from assistant.services.options import CoreOptions
from assistant.services.planning.services import PlanningServices
from tests.helpers.store_engine import opened

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=BERLIN)


@dataclass
class HandClock:
    """A clock that is moved by hand."""

    moment: datetime = MONDAY

    def now(self) -> datetime:
        return self.moment

    def forward(self, **length: float) -> None:
        self.moment += timedelta(**length)


@dataclass
class Planning:
    """The services, and the clock they go by."""

    services: PlanningServices
    clock: HandClock
    workers: Workers

    def add(self, *lines: str) -> list[Task]:
        return [self.services.adding.add_line(line).result(60) for line in lines]


class _Vault:
    """A vault that is open."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def opened(self) -> Any:
        return SimpleNamespace(engine=self._engine)

    def on_opened(self, listener: object) -> None:
        pass


@contextmanager
def planning(folder: Path, **parts: Any) -> Generator[Planning]:
    """Services over a new database; the zone of home is Berlin."""
    clock = HandClock()
    face = parts.get("face", PLAIN_FACE)
    options = CoreOptions(paths=profile_paths(folder), clock=clock, face=face)
    workers = Workers()
    with opened(folder / "vault.db") as engine:
        services = PlanningServices(
            options,
            workers,
            cast("Any", _Vault(engine)),
            parts.get("completions", cast("Any", None)),
            parts.get("study", cast("Any", None)),
            parts.get("meaning", cast("Any", None)),
        )
        services.home.use(BERLIN)
        services.settings.set_zone("Europe/Berlin").result(60)
        try:
            yield Planning(services, clock, workers)
        finally:
            workers.close()
