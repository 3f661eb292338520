"""What is recommended for machines of all sizes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.config.settings import SettingsFile
from assistant.domain.machine import Gpu, Machine, Memory
from assistant.domain.model import FitVerdict, LoadedModel, MemoryUse, ModelFormat, ModelInfo
from assistant.hub.catalogue import read_catalogue
from assistant.services import recommending
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
    service = Recommending(
        workers,
        SettingsFile(folder / "settings.json"),
        fitting or Fitting(None, _Pretended(machine), CATALOGUE.shape_of),
        lambda: CATALOGUE.entries,
        lambda: here,
    )
    return service.advise().result(60)


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
    assert advice.small.model.name == "Llama 3.2 1B"
    assert advice.small.fit.speed is not None
    assert advice.small.fit.speed.tokens_per_second >= 20
    assert advice.medium.fit.verdict is FitVerdict.FITS
    assert advice.medium.fit.speed is not None
    assert advice.medium.fit.speed.tokens_per_second >= 5
    assert advice.medium.model.parameters > 3 * GB
    assert advice.medium.why == "The strongest that still writes as fast as you read."
    assert advice.medium.source.origin is not None


_RTX_8, _RTX_24 = (
    Gpu("A card", int(8.2 * GB), int(7.4 * GB)),
    Gpu("A card", int(24.8 * GB), int(23.8 * GB)),
)


def _mac(total: float, free: float) -> Gpu:
    return Gpu("Apple", int(total * 0.75 * GB), int(free * GB), unified=True)


@pytest.mark.parametrize(
    ("name", "machine", "wanted"),
    [
        # Free and whole memory in GB, and what the memory delivers in GB/s, as such machines have.
        ("4 GB", _machine(1.9, 4.1, 12), ("SmolLM2 135M", "Llama 3.2 1B")),
        ("8 GB", _machine(4.5, 8.3, 20), ("SmolLM2 135M", "Llama 3.2 3B")),
        ("16 GB", _machine(10, 16.6, 35), ("Llama 3.2 1B", "Qwen3 4B")),
        ("32 GB", _machine(24, 33.4, 55), ("SmolLM2 1.7B", "Qwen3 4B")),
        ("64 GB", _machine(54, 67, 70), ("SmolLM2 1.7B", "Qwen3 4B")),
        ("64 GB, fast", _machine(54, 67, 180), ("SmolLM2 1.7B", "Qwen2.5 14B")),
        ("NVIDIA 8", _machine(10, 16.6, 35, _RTX_8), ("SmolLM2 1.7B", "Qwen3 4B")),
        ("NVIDIA 24", _machine(24, 33.4, 55, _RTX_24), ("SmolLM2 1.7B", "Qwen2.5 14B")),
        ("Apple 8", _machine(3.5, 8.6, 60, _mac(8.6, 3.5)), ("SmolLM2 1.7B", "Qwen3 4B")),
        ("Apple 16", _machine(9, 17.2, 90, _mac(17.2, 9)), ("SmolLM2 1.7B", "Qwen3 4B")),
        ("Apple 36", _machine(26, 38.6, 140, _mac(38.6, 26)), ("SmolLM2 1.7B", "Qwen2.5 14B")),
    ],
)
def test_the_table_of_machines(
    workers: Workers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    machine: Machine,
    wanted: tuple[str, str],
) -> None:
    apple = name.startswith("Apple")
    monkeypatch.setattr(
        recommending, "preferred_format", lambda: ModelFormat.MLX if apple else ModelFormat.GGUF
    )
    advice = _advice(workers, tmp_path, machine)
    assert _names(advice) == wanted
    assert advice.medium is not None
    assert advice.medium.fit.verdict is FitVerdict.FITS
    if advice.medium.fit.speed is not None:
        assert advice.medium.fit.speed.tokens_per_second >= 5


def test_a_model_that_is_divided_has_to_be_quick_to_go_before_a_whole_one(
    workers: Workers, tmp_path: Path
) -> None:
    """Fourteen billion weights do not fit on the card: a third would be read from main memory."""
    slow, quick = _machine(24, 33.4, 35, _RTX_8), _machine(24, 33.4, 90, _RTX_8)
    assert _names(_advice(workers, tmp_path, slow))[1] == "Qwen3 4B"
    divided = _advice(workers, tmp_path, quick).medium
    assert divided is not None
    assert divided.model.name == "Qwen2.5 14B"
    assert 0 < divided.fit.gpu_share < 1
    assert divided.fit.speed is not None
    assert divided.fit.speed.tokens_per_second >= recommending.DIVIDED_PACE


def test_what_forgets_soon_is_recommended_to_nobody(workers: Workers, tmp_path: Path) -> None:
    for speed in range(5, 120, 5):
        assert "TinyLlama 1.1B Chat" not in _names(
            _advice(workers, tmp_path, _machine(9.2, 16, speed))
        )


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


def test_a_busy_moment_names_no_other_and_a_lasting_change_does(
    workers: Workers, tmp_path: Path
) -> None:
    pretended = _Pretended(_machine(9.2, 16, 30))
    service = Recommending(
        workers,
        SettingsFile(tmp_path / "settings.json"),
        Fitting(None, pretended, CATALOGUE.shape_of),
        lambda: CATALOGUE.entries,
        tuple,
    )
    seen: list[tuple[str, str]] = []
    for around in range(10, 60):
        for noise in (1.0, 0.92, 1.06, 0.94, 1.05):
            pretended.machine = _machine(9.2, 16, around * noise)
            seen.append(_names(service.advise_now()))
    changes = sum(before != after for before, after in pairwise(seen))
    assert changes == len(set(seen)) - 1, "each is named once, and none comes back"
    assert len(set(seen)) > 2, "a machine that is really quicker is named other models"
    pretended.machine = _machine(9.2, 16, 5)
    slow = _names(_advice(workers, tmp_path, pretended.machine))
    assert _names(service.advise_now()) == slow, "what is really slow is no longer named"


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
