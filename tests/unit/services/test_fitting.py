"""Judging models with what they did here before."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ModelId
from assistant.domain.machine import Gpu
from assistant.domain.model import (
    FitVerdict,
    LoadedModel,
    LoadOptions,
    MemoryUse,
    ModelFormat,
    ModelInfo,
)
from assistant.hub.catalogue import Catalogue, read_catalogue
from assistant.services.fitting import Fitting
from assistant.services.machine import MachineService
from tests.helpers.mlx_folders import change_config, copied, tensors


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(resources() / "catalogue.json")


def _machine(folder: Path | None = None, speed: float = 30e9) -> MachineService:
    return MachineService(folder, look=lambda: (), read=lambda _: speed)


def _named(catalogue: Catalogue, name: str) -> ModelInfo:
    entry = next(entry for entry in catalogue.entries if entry.name == name)
    return entry.best_source(ModelFormat.GGUF).info


def _fitting(folder: Path | None, catalogue: Catalogue, machine: MachineService) -> Fitting:
    return Fitting(folder, machine, catalogue.shape_of)


def test_a_model_of_the_catalogue_is_judged_before_it_is_here(catalogue: Catalogue) -> None:
    machine = _machine()
    fitting = _fitting(None, catalogue, machine)
    phi = _named(catalogue, "Phi-3.5 mini")
    before = fitting.judge(phi, 4096)
    assert before.speed is None, "nothing was measured yet"
    assert before.needed_bytes == pytest.approx(4.3e9, rel=0.05)
    machine.measured()
    after = fitting.judge(phi, 4096)
    assert after.speed is not None
    assert not after.speed.measured
    assert 4 < after.speed.tokens_per_second < 8
    stranger = replace(phi, id=ModelId("stranger"))
    assert fitting.judge(stranger, 4096).verdict is FitVerdict.UNKNOWN


def test_what_a_model_reached_is_believed_and_corrects_the_others(
    tmp_path: Path, catalogue: Catalogue, starter_model: Path
) -> None:
    machine = _machine(tmp_path)
    machine.measured()
    fitting = _fitting(tmp_path, catalogue, machine)
    starter = replace(_named(catalogue, "SmolLM2 135M"), path=starter_model)
    phi = _named(catalogue, "Phi-3.5 mini")
    guessed = fitting.judge(phi, 4096).speed
    use = MemoryUse(4096, 96_000_000, 94_000_000, 20_000_000)
    loaded = LoadedModel(starter_model, 4096, "llama", 1.0, memory=use)
    fitting.note_speed(starter_model, 99.0)
    assert fitting.known(starter).tokens_per_second == 0, "it was not loaded by us"
    fitting.learn(starter, loaded)
    fitting.note_speed(starter_model, 41.0)

    fit = fitting.judge(starter, 4096)
    assert fit.speed is not None
    assert (fit.speed.tokens_per_second, fit.speed.measured) == (41.0, True)
    assert fit.why == "Measured on this machine"
    slower = fitting.judge(phi, 4096).speed
    assert guessed is not None
    assert slower is not None
    assert slower.tokens_per_second < guessed.tokens_per_second

    fitting.note_speed(starter_model, 61.0)
    again = _fitting(tmp_path, catalogue, _machine(tmp_path))
    assert again.known(starter).tokens_per_second == pytest.approx(51.0)
    assert again.machine.now().bytes_per_s == 30e9, "measured once"
    again.learn(starter, loaded)
    again.note_speed(starter_model, 10.0)
    assert again.known(starter).tokens_per_second > 45, "a busy moment counts for little"


def test_figures_of_another_machine_are_not_believed(tmp_path: Path) -> None:
    _machine(tmp_path).measured()
    kept = tmp_path / "machine.json"
    kept.write_text(kept.read_text().replace('"machine":"', '"machine":"x'), encoding="utf-8")
    assert _machine(tmp_path).now().bytes_per_s == 0
    kept.write_text("[]", encoding="utf-8")
    assert _machine(tmp_path).measured().bytes_per_s == 30e9


def test_a_card_is_looked_at_again_as_its_memory_changes() -> None:
    seen: list[int] = []
    time = [0.0]

    def look() -> tuple[Gpu, ...]:
        seen.append(1)
        return (Gpu("card", 8 << 30, len(seen) << 30),)

    machine = MachineService(None, lambda: time[0], look, lambda _: 1e9)
    assert machine.now().gpus[0].free_bytes == 1 << 30
    assert machine.now().gpus[0].free_bytes == 1 << 30
    time[0] = 5.0
    assert machine.now().gpus[0].free_bytes == 2 << 30


def test_the_shares_of_the_memory_add_up() -> None:
    fitting = Fitting(None, _machine())
    shares = fitting.shares(100_000_000)
    assert shares is not None
    parts = (shares.others_bytes, shares.ours_bytes, shares.wanted_bytes, shares.free_bytes)
    assert all(part > 0 for part in parts)
    assert sum(parts) == shares.total_bytes
    hopeless = fitting.shares(1 << 50)
    assert hopeless is not None
    assert hopeless.free_bytes == 0


def _folder(path: Path) -> ModelInfo:
    facts = replace(_named(read_catalogue(resources() / "catalogue.json"), "SmolLM2 135M"))
    return replace(
        facts, id=ModelId("folder"), format=ModelFormat.MLX, path=path, sha256="", size_bytes=1
    )


def test_a_folder_is_judged_by_its_configuration_and_the_weights_that_lie_there(
    mlx_model: Path,
) -> None:
    weights = (mlx_model / "model.safetensors").stat().st_size
    fit = Fitting(None, _machine()).judge(_folder(mlx_model), 2048)
    assert fit.verdict is not FitVerdict.UNKNOWN
    assert weights < fit.needed_bytes < weights + 300_000_000
    longer = Fitting(None, _machine()).judge(_folder(mlx_model), 4096)
    assert longer.needed_bytes > fit.needed_bytes


def test_a_folder_whose_configuration_says_little_is_judged_by_its_size(
    mlx_model: Path, tmp_path: Path
) -> None:
    folder = copied(mlx_model, tmp_path / "odd")
    change_config(folder, hidden_size=None)
    assert Fitting(None, _machine()).judge(_folder(folder), 2048).verdict is not FitVerdict.UNKNOWN


def test_a_broken_folder_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "config.json").write_text('{"hidden_size": 64, "num_hidden_layers": 2}')
    entry = {"dtype": "F16", "shape": [1000], "data_offsets": [0, 2000]}
    (folder / "model.safetensors").write_bytes(tensors({"a": entry}, b"too short"))
    with pytest.raises(UserFacingError, match="truncated"):
        Fitting(None, _machine()).judge(_folder(folder), 2048)


def test_layers_on_a_card_are_judged_as_they_are_set(catalogue: Catalogue) -> None:
    card = Gpu("A card", 24 << 30, 24 << 30)
    machine = MachineService(None, look=lambda: (card,), read=lambda _: 30e9)
    fitting = _fitting(None, catalogue, machine)
    phi = _named(catalogue, "Phi-3.5 mini")
    whole = fitting.judge_as(phi, LoadOptions(4096))
    assert whole.fit.why.endswith("of the graphics card")
    assert whole.machine.gpu == card
    assert whole.thousand_bytes == 32 * 32 * 96 * 2 * 2 * 1024
    ten = fitting.judge_as(phi, LoadOptions(4096, gpu_layers=10)).fit
    none = fitting.judge_as(phi, LoadOptions(4096, gpu_layers=0)).fit
    assert none.needed_bytes > ten.needed_bytes, "all of it lies in the main memory"
    longest = fitting.judge_as(phi, LoadOptions(phi.context_length))
    assert longest.thousand_bytes == whole.thousand_bytes
