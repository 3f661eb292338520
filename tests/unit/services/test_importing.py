"""A model file on its way into the store: looked at, copied, tried in a process of its own."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.config.settings import SettingsFile
from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.model import ModelFormat
from assistant.engine.scripted import scripted_engine
from assistant.engine.trial import try_load
from assistant.hub.catalogue import read_catalogue
from assistant.hub.model_store import ModelStore
from assistant.services.fitting import Fitting
from assistant.services.importing import describe, shown_name
from assistant.services.installing import InstallingService
from assistant.services.jobs import JobState, Workers
from assistant.services.models import ModelService
from tests.helpers.engine_calls import engine_children
from tests.helpers.gguf_files import tiny
from tests.helpers.mlx_folders import copied
from tests.helpers.split_gguf import split


@dataclass
class Shelf:
    models: ModelService
    installing: InstallingService
    folder: Path

    def files(self) -> set[str]:
        """Endings of what lies in the store."""
        return {path.suffix for path in self.folder.glob("*")}


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    workers = Workers()
    settings = SettingsFile(tmp_path / "settings.json")
    catalogue = read_catalogue(resources() / "catalogue.json")
    folder = tmp_path / "models"
    store = ModelStore(folder, tmp_path / "shared", catalogue)
    models = ModelService(scripted_engine(), store, catalogue, settings, workers, Fitting())
    yield Shelf(models, InstallingService(models, store, catalogue, workers), folder)
    models.close()
    workers.close()


@pytest.fixture(scope="module")
def unknown_model(starter_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter model with a byte behind its end: sound, and in no catalogue."""
    path = tmp_path_factory.mktemp("unknown") / "mine.gguf"
    shutil.copyfile(starter_model, path)
    with path.open("ab") as file:
        file.write(b"\0")
    return path


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    for source in (tmp_path / "no.gguf", tmp_path, tmp_path / "no", Path("x" * 5000)):
        with pytest.raises(UserFacingError) as caught:
            describe(source)
        assert caught.value.code == "file_not_found"


def test_a_model_nobody_knows_is_tried_and_named_by_its_content(
    shelf: Shelf, unknown_model: Path
) -> None:
    told: list[tuple[float, str]] = []
    job = shelf.installing.import_path(unknown_model)
    job.on_progress(lambda part, doing: told.append((part, doing)))
    model = job.result(120)
    assert model.id == f"file-{model.sha256[:12]}"
    assert (model.architecture, model.tier, model.installed) == ("llama", "small", True)
    assert told[-1] == (0.85, "Trying it")
    assert [part for part, _ in told] == sorted(part for part, _ in told)
    again = shelf.installing.import_path(unknown_model).result(120)
    assert (again.id, shelf.files()) == (model.id, {".gguf", ".json"})


def test_a_model_of_the_catalogue_needs_no_trial(shelf: Shelf, starter_model: Path) -> None:
    told: list[str] = []
    job = shelf.installing.import_path(starter_model)
    job.on_progress(lambda _, doing: told.append(doing))
    assert job.result(120).id == "smollm2-135m-instruct-q4_1"
    assert "Trying it" not in told


def test_a_file_that_fails_its_trial_leaves_nothing(shelf: Shelf, tmp_path: Path) -> None:
    source = tmp_path / "odd.gguf"
    source.write_bytes(tiny({"general.architecture": "llama"}).bytes())
    with pytest.raises(UserFacingError) as caught:
        shelf.installing.import_path(source).result(120)
    assert caught.value.code in {"model_broken", "model_unsupported", "model_crashes"}
    assert shelf.files() == set()


def test_an_import_is_given_up_in_the_middle_of_the_trial(
    shelf: Shelf, unknown_model: Path
) -> None:
    job = shelf.installing.import_path(unknown_model)
    job.on_progress(lambda _, doing: job.cancel() if doing == "Trying it" else None)
    with pytest.raises(Cancelled):
        job.result(120)
    assert job.state is JobState.CANCELLED
    assert shelf.files() == set()
    assert engine_children() == []


def test_a_trial_ends_with_its_child_when_it_is_cancelled(unknown_model: Path) -> None:
    cancel = CancelToken()
    seen = threading.Event()

    def when_it_runs() -> None:
        while not engine_children():
            if seen.wait(0.001):
                return
        cancel.cancel()

    watching = threading.Thread(target=when_it_runs)
    watching.start()
    try:
        with pytest.raises(Cancelled):
            try_load(unknown_model, cancel=cancel)
    finally:
        seen.set()
        watching.join()
    assert engine_children() == []


def test_any_part_of_a_split_model_brings_in_all_of_it(
    shelf: Shelf, starter_model: Path, tmp_path: Path
) -> None:
    parts = split(starter_model, tmp_path / "theirs", "starter", 3)
    model = shelf.installing.import_path(parts[1]).result(120)
    assert model.path is not None
    assert model.path.name == parts[0].name
    assert model.parameters == 134_515_008
    assert model.size_bytes == sum(part.stat().st_size for part in parts)
    again = shelf.installing.import_path(parts[2]).result(120)
    assert again == model
    assert [each.id for each in shelf.models.installed()] == [model.id]


def test_a_part_without_the_others_is_refused(
    shelf: Shelf, starter_model: Path, tmp_path: Path
) -> None:
    parts = split(starter_model, tmp_path / "theirs", "starter", 3)
    parts[0].unlink()
    with pytest.raises(UserFacingError) as caught:
        shelf.installing.import_path(parts[1]).result(120)
    assert caught.value.code == "model_incomplete"
    assert "1 of the 3 parts" in caught.value.message
    assert shelf.files() == set()


def test_a_folder_in_mlx_format_is_brought_in(
    shelf: Shelf, mlx_model: Path, tmp_path: Path
) -> None:
    theirs = copied(mlx_model, tmp_path / "SmolLM2 mlx")
    (theirs / ".gitattributes").write_text("")
    (theirs / "README.md").write_text("---\nlicense: apache-2.0\n---\n# A model\n")
    model = shelf.installing.import_path(theirs).result(120)
    assert model.format is ModelFormat.MLX
    assert (model.name, model.architecture, model.licence) == ("SmolLM2 mlx", "llama", "apache-2.0")
    assert model.parameters > 1_000_000
    assert model.path is not None
    names = {path.name for path in model.path.iterdir()}
    assert "config.json" in names
    assert ".gitattributes" not in names


def test_a_folder_with_code_in_it_is_refused(shelf: Shelf, mlx_model: Path, tmp_path: Path) -> None:
    theirs = copied(mlx_model, tmp_path / "odd")
    (theirs / "modeling.py").write_text("")
    with pytest.raises(UserFacingError) as caught:
        shelf.installing.import_path(theirs).result(120)
    assert caught.value.code == "repo_refused"
    assert shelf.files() == set()


def test_several_are_brought_in_and_what_is_refused_is_named(
    shelf: Shelf, starter_model: Path, unknown_model: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "dropped"
    folder.mkdir()
    (folder / "broken.gguf").write_bytes(b"GGUF")
    (folder / "notes.txt").write_text("not a model")
    shutil.copyfile(unknown_model, folder / "mine.gguf")
    told: list[tuple[float, str]] = []
    job = shelf.installing.import_all([folder, starter_model, starter_model])
    job.on_progress(lambda part, doing: told.append((part, doing)))
    done = job.result(120)
    assert [model.name for model in done.models] != []
    assert len(done.models) == 2
    assert [(each.name, each.error.code) for each in done.refused] == [
        ("broken.gguf", "model_broken")
    ]
    assert told[-1][1].startswith(f"3 of 3: {starter_model.name}, ")
    assert [part for part, _ in told] == sorted(part for part, _ in told)


def test_an_import_of_several_is_given_up(shelf: Shelf, unknown_model: Path) -> None:
    job = shelf.installing.import_all([unknown_model])
    job.on_progress(lambda _, doing: job.cancel() if doing.endswith(", trying it") else None)
    with pytest.raises(Cancelled):
        job.result(120)
    assert shelf.files() == set()


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("SmolLM2 135M Instruct", "SmolLM2 135M Instruct"),
        ("tinyllama-1.1b-chat-v1.0.Q4_K_M", "tinyllama 1.1b chat v1.0"),
        ("Meta-Llama-3-8B-Instruct", "Meta Llama 3 8B Instruct"),
        ("models/Qwen2.5_7B-UD-Q4_K_XL.gguf", "Qwen2.5 7B"),
        ("Q4_0", "Q4_0"),
        ("--", "--"),
    ],
)
def test_a_file_name_becomes_a_name_for_people(raw: str, shown: str) -> None:
    assert shown_name(raw) == shown
