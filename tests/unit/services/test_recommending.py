"""What is recommended for machines of all sizes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.config.settings import SettingsFile
from assistant.domain.machine import Gpu, Machine, Memory
from assistant.domain.model import FitVerdict, LoadedModel, MemoryUse, ModelInfo
from assistant.hub.catalogue import read_catalogue
from assistant.services.fitting import Fitting
from assistant.services.jobs import Workers
from assistant.services.machine import MachineService
from assistant.services.recommending import Advice, Recommending

GB = 10**9
CATALOGUE = read_catalogue(resources() / "catalogue.json")


class _Pretended(MachineService):
    """A machine that is what a test says."""

    def __init__(self, machine: Machine) -> None:
        super().__init__(None)
        self.machine = machine

    def now(self) -> Machine:
        return self.machine

    def measured(self) -> Machine:
        return self.machine


@pytest.fixture
def workers() -> Iterator[Workers]:
    workers = Workers()
    yield workers
    workers.close()


def _advice(
    workers: Workers,
    folder: Path,
    machine: Machine,
    here: Sequence[ModelInfo] = (),
    fitting: Fitting | None = None,
) -> Advice:
    recommending = Recommending(
        workers,
        SettingsFile(folder / "settings.json"),
        fitting or Fitting(None, _Pretended(machine), CATALOGUE.shape_of),
        lambda: CATALOGUE.entries,
        lambda: here,
    )
    return recommending.advise().result(10)


def _machine(free: float, total: float, speed: float, *gpus: Gpu) -> Machine:
    memory = Memory(int(free * GB), int(total * GB))
    return Machine(memory, "A processor", 4, gpus, speed * GB)


def _names(advice: Advice) -> tuple[str, str]:
    return (
        advice.small.model.name if advice.small else "",
        advice.medium.model.name if advice.medium else "",
    )


def test_a_usual_laptop_gets_a_quick_one_and_a_good_one(workers: Workers, tmp_path: Path) -> None:
    advice = _advice(workers, tmp_path, _machine(9.2, 16, 30))
    assert advice.small is not None
    assert advice.medium is not None
    assert advice.small.model.name == "SmolLM2 135M"
    assert advice.small.fit.speed is not None
    assert advice.small.fit.speed.tokens_per_second >= 40
    assert advice.medium.fit.verdict is FitVerdict.FITS
    assert advice.medium.fit.speed is not None
    assert advice.medium.fit.speed.tokens_per_second >= 5
    assert advice.medium.model.parameters > 3 * GB
    assert advice.medium.why == "The strongest that still writes as fast as you read."
    assert advice.medium.source.origin is not None


def test_more_machine_never_gets_a_weaker_one(workers: Workers, tmp_path: Path) -> None:
    order = [entry.name for entry in CATALOGUE.entries]
    strengths: list[int] = []
    for free, total, speed in ((1.0, 4, 10), (3.5, 8, 20), (9.2, 16, 30), (28, 32, 100)):
        _, medium = _names(_advice(workers, tmp_path, _machine(free, total, speed)))
        strengths.append(order.index(medium) if medium else -1)
    assert strengths == sorted(strengths)
    assert strengths[-1] == len(order) - 1, "there is room and speed for the strongest"


def test_a_weak_machine_gets_what_it_can_carry(workers: Workers, tmp_path: Path) -> None:
    advice = _advice(workers, tmp_path, _machine(0.7, 2, 6))
    assert advice.small is not None
    assert advice.small.model.name == "SmolLM2 135M"
    assert advice.medium is None or advice.medium.model.tier == "small"
    nothing = _advice(workers, tmp_path, _machine(0.05, 1, 6))
    assert _names(nothing) == ("", "")


def test_a_graphics_card_counts(workers: Workers, tmp_path: Path) -> None:
    card = Gpu("A card", 12 * GB, 11 * GB)
    without = _names(_advice(workers, tmp_path, _machine(4, 8, 20)))[1]
    with_card = _names(_advice(workers, tmp_path, _machine(4, 8, 20, card)))[1]
    assert with_card == "Qwen2.5 14B" != without


def test_what_is_here_is_named_as_it_is_here(
    workers: Workers, tmp_path: Path, starter_model: Path
) -> None:
    starter = replace(CATALOGUE.models[0], path=starter_model, shared=True)
    machine = _machine(9.2, 16, 30)
    fitting = Fitting(None, _Pretended(machine), CATALOGUE.shape_of)
    use = MemoryUse(4096, 96_000_000, 94_000_000, 20_000_000)
    fitting.learn(starter, LoadedModel(starter_model, 4096, "llama", 1.0, memory=use))
    fitting.note_speed(starter_model, 41.0)
    advice = _advice(workers, tmp_path, machine, [starter], fitting)
    assert advice.small is not None
    assert advice.small.model == starter
    assert advice.small.fit.speed is not None
    assert advice.small.fit.speed.measured


def test_a_machine_that_says_nothing_still_gets_advice(workers: Workers, tmp_path: Path) -> None:
    advice = _advice(workers, tmp_path, Machine(None))
    assert advice.small is not None
    assert advice.small.fit.verdict is FitVerdict.UNKNOWN
