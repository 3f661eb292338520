"""What the doctor says of the machine, its folders, its libraries and the models."""

import importlib.metadata
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.errors import UserFacingError
from assistant.domain.health import Check, CheckState
from assistant.domain.ids import ModelId
from assistant.domain.machine import Gpu
from assistant.domain.model import Fit, FitVerdict, ModelFormat, ModelInfo
from assistant.services import doctor as doctor_module
from assistant.services.doctor import Doctor
from assistant.services.machine import MachineService

SIZE = 16


class Shelf:
    """As much of the models as the doctor asks for."""

    def __init__(self, *models: ModelInfo, verdict: FitVerdict = FitVerdict.FITS) -> None:
        self.models = list(models)
        self.verdict = verdict
        self.refusal: UserFacingError | None = None

    def installed(self) -> list[ModelInfo]:
        return self.models

    def fit(self, _model: ModelInfo) -> Fit:
        if self.refusal is not None:
            raise self.refusal
        return Fit(self.verdict, 1, 2, "It is as it is.")


@pytest.fixture
def model(tmp_path: Path) -> ModelInfo:
    path = tmp_path / "a.gguf"
    path.write_bytes(b"\0" * SIZE)
    return ModelInfo(
        ModelId("a"), "A", ModelFormat.GGUF, "llama", 1, "", SIZE, 1, "", "", "small", path
    )


def examined(tmp_path: Path, shelf: Shelf) -> dict[str, Check]:
    history = Check("History", CheckState.OK, "none yet")
    doctor = Doctor(profile_paths(tmp_path / "profile"), shelf, lambda: [history])  # pyright: ignore[reportArgumentType] - it asks for no more
    checks = doctor.examine()
    assert all(check.way_out for check in checks if check.state is CheckState.PROBLEM)
    report = doctor.report().splitlines()
    assert len(report) == len(checks)
    return {check.name: check for check in checks}


def test_all_is_well_with_a_model_that_fits(tmp_path: Path, model: ModelInfo) -> None:
    checks = examined(tmp_path, Shelf(model))
    assert checks["Model A"] == Check("Model A", CheckState.OK, "It is as it is.")
    assert checks["History"].detail == "none yet"
    assert CheckState.PROBLEM not in {check.state for check in checks.values()}


def test_a_model_that_does_not_fit_is_noted(tmp_path: Path, model: ModelInfo) -> None:
    checks = examined(tmp_path, Shelf(model, verdict=FitVerdict.WONT_FIT))
    assert checks["Model A"].state is CheckState.NOTE


def test_a_model_that_cannot_be_read_says_why(tmp_path: Path, model: ModelInfo) -> None:
    shelf = Shelf(model)
    shelf.refusal = UserFacingError("It is broken.", "Import it again.")
    check = examined(tmp_path, shelf)["Model A"]
    assert check == Check("Model A", CheckState.PROBLEM, "It is broken.", "Import it again.")


def test_a_model_that_was_cut_short_is_a_problem(tmp_path: Path, model: ModelInfo) -> None:
    assert model.path is not None
    model.path.write_bytes(b"\0")
    check = examined(tmp_path, Shelf(model))["Model A"]
    assert (check.state, check.detail) == (CheckState.PROBLEM, "1 of 16 bytes are there.")


def test_without_a_model_no_question_can_be_answered(tmp_path: Path) -> None:
    assert examined(tmp_path, Shelf())["Models"].state is CheckState.PROBLEM


def test_a_library_that_is_missing_is_a_problem(
    tmp_path: Path, model: ModelInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.metadata.version

    def version(name: str) -> str:
        if name == "ziamath":
            raise importlib.metadata.PackageNotFoundError(name)
        return found(name)

    monkeypatch.setattr(doctor_module.importlib.metadata, "version", version)
    assert examined(tmp_path, Shelf(model))["ziamath"].state is CheckState.PROBLEM


def test_a_disk_that_fills_up_is_noted_and_a_locked_folder_is_a_problem(
    tmp_path: Path, model: ModelInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=5_000_000)

    def nearly_full(_path: Path) -> object:
        return usage

    def locked(_path: Path, _mode: int) -> bool:
        return False

    monkeypatch.setattr(shutil, "disk_usage", nearly_full)
    low = examined(tmp_path, Shelf(model))["Data"]
    assert (low.state, low.detail.endswith("5 MB are free.")) == (CheckState.NOTE, True)
    monkeypatch.setattr(os, "access", locked)
    assert examined(tmp_path, Shelf(model))["Data"].state is CheckState.PROBLEM


def test_a_folder_and_a_model_of_many_parts_are_measured_as_a_whole(
    tmp_path: Path, model: ModelInfo
) -> None:
    folder = tmp_path / "mlx"
    folder.mkdir()
    for name in ("config.json", "model.safetensors"):
        (folder / name).write_bytes(b"\0" * (SIZE // 2))
    parts = [tmp_path / f"m-0000{number}-of-00002.gguf" for number in (1, 2)]
    for part in parts:
        part.write_bytes(b"\0" * (SIZE // 2))
    for path in (folder, parts[0]):
        whole = replace(model, path=path)
        assert examined(tmp_path, Shelf(whole))["Model A"].state is CheckState.OK
    parts[1].unlink()
    cut = examined(tmp_path, Shelf(replace(model, path=parts[0])))["Model A"]
    assert (cut.state, cut.detail) == (CheckState.PROBLEM, "8 of 16 bytes are there.")


def _machine_rows(*gpus: Gpu) -> dict[str, Check]:
    machine = MachineService(None, look=lambda: gpus, read=lambda _: 30e9)
    return {check.name: check for check in machine.checks()}


def test_the_machine_is_described_and_a_missing_card_is_no_problem() -> None:
    rows = _machine_rows()
    assert rows["Memory"].detail.endswith("read at 30 GB/s.")
    assert rows["Graphics card"] == Check(
        "Graphics card", CheckState.OK, "None was found: everything runs on the processor."
    )
    card = Gpu("A card", 8_000_000_000, 6_000_000_000)
    assert _machine_rows(card)["Graphics card"].detail == "A card, 6.0 of 8.0 GB are free."
    idle = _machine_rows(replace(card, usable=False))["Graphics card"]
    assert idle.state is CheckState.NOTE
    assert "cannot compute on it" in idle.detail
    shared = _machine_rows(replace(card, unified=True))["Graphics card"]
    assert "of the main memory" in shared.detail


def test_a_memory_that_nobody_knows_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.engine.devices.memory_now", lambda: None)
    monkeypatch.setattr("assistant.services.machine.memory_now", lambda: None)
    assert _machine_rows()["Memory"].state is CheckState.NOTE
