"""Other applications' models are found, judged and used without a copy."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import GenerationRequest, SamplingParams, Turn
from assistant.domain.model import FitVerdict
from assistant.engine.local import local_engine
from assistant.hub.in_place import OWN_FOLDER
from tests.helpers import found_folders
from tests.helpers.engine_calls import Heard
from tests.helpers.gguf_files import tiny
from tests.helpers.library_stand import Library, library
from tests.helpers.mlx_folders import copied

REQUEST = GenerationRequest((Turn(Role.USER, "Hi"),), SamplingParams(temperature=0.0, max_tokens=4))


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    with library(tmp_path, tmp_path / "shared") as made:
        yield made


def settle(shelf: Library) -> None:
    """Until the hashes of what was linked are known."""
    while any(not m.sha256 and not m.trouble for m in shelf.store.in_place.models()):
        shelf.found.begin_hashing().result(60)


def test_models_of_two_applications_are_grouped_with_fit(
    shelf: Library, starter_model: Path
) -> None:
    found_folders.ollama(shelf.home / ".ollama" / "models", starter_model)
    found_folders.lm_studio(shelf.home / ".lmstudio" / "models", tiny().bytes())

    lm_studio, ollama = shelf.found.look().result(60)

    assert (lm_studio.name, ollama.name) == ("LM Studio", "Ollama")
    [model] = ollama.models
    assert (model.info.name, model.info.architecture) == ("smollm2:135m", "llama")
    assert model.info.size_bytes == ollama.offered_bytes == 98_362_432
    assert model.fit.verdict in (FitVerdict.FITS, FitVerdict.SLOW)
    assert model.offered
    assert [each.offered for each in lm_studio.models] == [True]


def test_one_is_used_in_place_and_known_by_its_hash(shelf: Library, starter_model: Path) -> None:
    blob = found_folders.ollama(shelf.home / ".ollama" / "models", starter_model)
    heard: list[int] = []
    shelf.found.on_change(lambda: heard.append(1))
    [ollama] = shelf.found.look().result(60)

    used = shelf.found.use(ollama.models).result(60)

    assert used.refused == ()
    [model] = used.models
    settle(shelf)
    [listed] = shelf.store.installed()
    assert (listed.id, listed.path, listed.owner) == (model.id, blob, "Ollama")
    assert listed.sha256 == blob.name.removeprefix("sha256-")
    assert heard
    assert [path.suffix for path in shelf.store.folder.iterdir()] == [".json"]
    assert not shelf.models.options_of(listed).mmap
    known = shelf.catalogue.by_sha256(listed.sha256)
    assert known is not None
    assert listed.name == known.name
    assert known.id not in {each.id for each in shelf.models.all()}

    [again] = shelf.found.look().result(60)
    assert [(each.in_use, each.offered) for each in again.models] == [(True, False)]
    assert shelf.found.use(again.models).result(60).models == ()


def test_what_is_installed_already_is_not_offered(shelf: Library, starter_model: Path) -> None:
    shelf.installing.import_path(starter_model).result(120)
    found_folders.ollama(shelf.home / ".ollama" / "models", starter_model)
    found_folders.lm_studio(shelf.home / ".lmstudio" / "models", starter_model)
    for application in shelf.found.look().result(60):
        assert application.offered == ()
        assert [each.same_as for each in application.models] == [shelf.store.installed()[0].name]


def test_the_same_file_by_two_ways_is_found_once(shelf: Library) -> None:
    path = found_folders.lm_studio(shelf.home / ".lmstudio" / "models", tiny().bytes())
    if os.name != "nt":
        (shelf.home / ".cache").mkdir()
        (shelf.home / ".cache" / "lm-studio").symlink_to(shelf.home / ".lmstudio")
    [application] = shelf.found.look().result(60)
    assert [each.info.path for each in application.models] == [path]


def test_what_cannot_be_used_says_why_and_does_not_hold_up_the_rest(shelf: Library) -> None:
    models = shelf.home / ".lmstudio" / "models"
    found_folders.lm_studio(models, b"GGUF and nothing", "broken.gguf")
    found_folders.lm_studio(models, tiny({"general.architecture": "bert"}).bytes(), "embed.gguf")
    found_folders.lm_studio(models, tiny().bytes(), "fine.gguf")
    [application] = shelf.found.look().result(60)
    troubles = {each.info.name: each.trouble for each in application.models}
    assert "not a sound model file" in troubles["broken"]
    assert troubles["embed"]
    assert troubles["fine"] == ""
    assert [each.name for each in shelf.found.use(application.models).result(60).models] == ["fine"]
    assert [each.name for each in shelf.store.installed()] == ["fine"]


def test_one_that_goes_before_it_is_used_is_named(shelf: Library) -> None:
    path = found_folders.lm_studio(shelf.home / ".lmstudio" / "models", tiny().bytes())
    [application] = shelf.found.look().result(60)
    path.unlink()
    used = shelf.found.use(application.models).result(60)
    assert used.models == ()
    assert [each.error.code for each in used.refused] == ["file_not_found"]


def test_a_folder_of_the_users_own(shelf: Library, tmp_path: Path, mlx_model: Path) -> None:
    copied(mlx_model, tmp_path / "disk" / "SmolLM2-mlx")
    [application] = shelf.found.look_into(tmp_path / "disk").result(60)
    assert application.name == OWN_FOLDER
    [model] = shelf.found.use(application.models).result(60).models
    assert (model.name, model.path) == ("SmolLM2-mlx", tmp_path / "disk" / "SmolLM2-mlx")
    settle(shelf)
    assert len(shelf.store.installed()[0].sha256) == 64


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_an_mlx_model_in_the_hubs_cache_passes_through_its_links(
    shelf: Library, mlx_model: Path
) -> None:
    files = {path.name: path.read_bytes() for path in mlx_model.iterdir()}
    cache = shelf.home / ".cache" / "huggingface" / "hub"
    found_folders.hub_cache(cache, "mlx-community/SmolLM2", files)
    [application] = shelf.found.look().result(60)
    assert [each.trouble for each in application.models] == [""]
    [model] = shelf.found.use(application.models).result(60).models
    assert (model.repo, model.owner) == ("mlx-community/SmolLM2", "Hugging Face cache")


def test_a_model_that_its_owner_changed_is_not_loaded_until_it_is_accepted(
    shelf: Library,
) -> None:
    path = found_folders.lm_studio(shelf.home / ".lmstudio" / "models", tiny().bytes())
    [application] = shelf.found.look().result(60)
    [model] = shelf.found.use(application.models).result(60).models
    path.write_bytes(tiny({"general.name": "Other"}).bytes())
    with pytest.raises(UserFacingError) as caught:
        shelf.models.ensure(model.id).result(60)
    assert caught.value.code == "model_went"
    assert "It was changed by LM Studio since." in caught.value.message
    [application] = shelf.found.look().result(60)
    [found] = application.models
    assert (found.in_use, found.offered, found.info.changed) == (True, False, True)
    [(listed, fit)] = shelf.installing.listed_with_fit().result(60)
    assert fit.why == listed.trouble

    assert shelf.found.accept(model.id).result(60).trouble == ""

    assert shelf.models.ensure(model.id).result(60).path == path
    path.unlink()
    with pytest.raises(UserFacingError):
        shelf.found.accept(model.id).result(60)


def test_the_real_model_answers_in_place_and_survives_its_file(
    tmp_path: Path, starter_model: Path
) -> None:
    with library(tmp_path, tmp_path / "shared", local_engine) as shelf:
        blob = found_folders.ollama(shelf.home / ".ollama" / "models", starter_model)
        [application] = shelf.found.look().result(60)
        [model] = shelf.found.use(application.models).result(60).models
        loaded = shelf.models.ensure(model.id).result(120)
        with blob.open("r+b") as file:  # as a mapped file, this would end the process
            file.truncate(4096)
        heard = Heard()
        shelf.models.generate(REQUEST, heard, CancelToken(), loaded)
        assert heard.done
        assert heard.text
        shutil.copyfile(starter_model, blob)


def test_another_model_of_the_same_size_is_not_taken_for_the_same(shelf: Library) -> None:
    models = shelf.home / ".lmstudio" / "models"
    found_folders.lm_studio(models, tiny({"general.name": "One!"}).bytes(), "one.gguf")
    [application] = shelf.found.look().result(60)
    shelf.found.use(application.models).result(60)
    found_folders.lm_studio(models, tiny({"general.name": "Two!"}).bytes(), "two.gguf")
    found_folders.lm_studio(models, tiny({"general.name": "One!"}).bytes(), "three.gguf")
    [application] = shelf.found.look().result(60)
    offered = {each.info.name: (each.offered, each.same_as) for each in application.models}
    assert offered["two"] == (True, "")
    assert offered["three"] == (False, "one")
