"""The folders of other applications, on each system, and with anything in them."""

import json
import os
import sys
from pathlib import Path

import pytest

from assistant.hub.found import (
    APPLICATIONS,
    Looked,
    Surroundings,
    gpt4all,
    hub_cache,
    jan,
    lm_studio,
    look_into,
    ollama,
)
from assistant.hub.found.walking import Walk, models_below
from tests.helpers import found_folders

WEIGHTS = "application/vnd.ollama.image.model"


def around(home: Path, system: str = "linux", **environment: str) -> Surroundings:
    return Surroundings(home, system, environment)


def names(looked: Looked) -> list[str]:
    return sorted(model.name for model in looked.candidates)


def put(path: Path, data: bytes = b"GGUF") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_nothing_is_found_in_an_empty_home(tmp_path: Path) -> None:
    for system in ("linux", "darwin", "win32"):
        for look in APPLICATIONS:
            looked = look(around(tmp_path, system))
            assert (looked.candidates, looked.troubles) == ((), ()), looked.application


@pytest.mark.parametrize(
    "where",
    [".lmstudio/models", ".cache/lm-studio/models"],
)
def test_lm_studio_in_its_own_folders(tmp_path: Path, where: str) -> None:
    path = found_folders.lm_studio(tmp_path / where, b"GGUF")
    looked = lm_studio.look(around(tmp_path))
    assert [model.path for model in looked.candidates] == [path]
    assert names(looked) == ["SmolLM2-135M"]


def test_lm_studio_where_its_settings_say(tmp_path: Path) -> None:
    path = found_folders.lm_studio(tmp_path / "disk", b"GGUF")
    settings = put(tmp_path / ".lmstudio" / "settings.json")
    settings.write_text(json.dumps({"downloadsFolder": str(tmp_path / "disk")}))
    assert [model.path for model in lm_studio.look(around(tmp_path)).candidates] == [path]


def test_lm_studio_where_its_pointer_says(tmp_path: Path) -> None:
    path = found_folders.lm_studio(tmp_path / "moved" / "models", b"GGUF")
    (tmp_path / ".lmstudio-home-pointer").write_text(f"{tmp_path / 'moved'}\n")
    assert [model.path for model in lm_studio.look(around(tmp_path)).candidates] == [path]


def test_parts_and_what_belongs_to_others_in_a_folder_of_lm_studio(tmp_path: Path) -> None:
    folder = tmp_path / ".lmstudio" / "models" / "p" / "m"
    for name in ("big-00001-of-00002.gguf", "big-00002-of-00002.gguf", "mmproj-model.gguf"):
        put(folder / name)
    put(folder / "half-00001-of-00002.gguf")
    [model] = lm_studio.look(around(tmp_path)).candidates
    assert model.name == "big"
    assert [path.name for path in model.files] == [
        "big-00001-of-00002.gguf",
        "big-00002-of-00002.gguf",
    ]


def test_an_mlx_folder_is_one_model(tmp_path: Path) -> None:
    folder = tmp_path / ".lmstudio" / "models" / "mlx-community" / "Tiny-4bit"
    for name in ("config.json", "tokenizer.json", "model.safetensors", "run.py"):
        put(folder / name)
    [model] = lm_studio.look(around(tmp_path)).candidates
    assert (model.name, model.path) == ("Tiny-4bit", folder)
    assert "run.py" not in {path.name for path in model.files}


def test_ollama_by_its_manifests(tmp_path: Path) -> None:
    models = tmp_path / ".ollama" / "models"
    blob = found_folders.ollama(models, b"GGUF one")
    found_folders.ollama(models, b"GGUF one", tag="latest")
    found_folders.ollama(models, b"GGUF two", namespace="someone", name="theirs")
    looked = ollama.look(around(tmp_path))
    assert names(looked) == ["smollm2:135m", "someone/theirs:135m"]
    assert [model.sha256 for model in looked.candidates if model.path == blob] == [
        blob.name.removeprefix("sha256-")
    ]


def test_ollama_where_its_variable_says(tmp_path: Path) -> None:
    blob = found_folders.ollama(tmp_path / "disk", b"GGUF")
    looked = ollama.look(around(tmp_path, OLLAMA_MODELS=str(tmp_path / "disk")))
    assert [model.path for model in looked.candidates] == [blob]


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "[]",
        "{",
        "[" * 100_000,
        '{"layers": 3}',
        '{"layers": [3, {}, {"digest": 1}]}',
        f'{{"layers": [{{"mediaType": "{WEIGHTS}", "digest": "sha256:../x"}}]}}',
        f'{{"layers": [{{"mediaType": "{WEIGHTS}", "digest": "../../etc"}}]}}',
        " " * 2_000_000,
    ],
)
def test_manifests_may_say_anything(tmp_path: Path, manifest: str) -> None:
    models = tmp_path / ".ollama" / "models"
    found_folders.ollama(models, b"GGUF")
    other = models / "manifests" / "registry.ollama.ai" / "library" / "odd" / "latest"
    put(other).write_text(manifest)
    assert names(ollama.look(around(tmp_path))) == ["smollm2:135m"]


def test_a_model_that_ollama_has_half_is_said(tmp_path: Path) -> None:
    found_folders.ollama(tmp_path / ".ollama" / "models", b"GGUF").unlink()
    looked = ollama.look(around(tmp_path))
    assert looked.candidates == ()
    assert looked.troubles == ("The file of smollm2:135m is not there yet.",)


@pytest.mark.parametrize(
    ("system", "base"),
    [
        ("linux", ".config/Jan/data"),
        ("darwin", "Library/Application Support/Jan/data"),
        ("win32", "AppData/Roaming/Jan/data"),
        ("linux", "jan"),
    ],
)
def test_jan_on_each_system(tmp_path: Path, system: str, base: str) -> None:
    path = put(tmp_path / base / "llamacpp" / "models" / "janhq" / "Jan-v1-4B" / "model.gguf")
    [model] = jan.look(around(tmp_path, system)).candidates
    assert (model.name, model.path) == ("janhq/Jan-v1-4B", path)


def test_jan_knows_files_elsewhere_and_another_folder(tmp_path: Path) -> None:
    elsewhere = put(tmp_path / "elsewhere" / "x.gguf")
    data = tmp_path / "disk"
    entry = put(data / "llamacpp" / "models" / "linked" / "model.yml")
    entry.write_text(f"name: linked\nmodel_path: {elsewhere}\nsize_bytes: 4\n")
    put(tmp_path / ".config" / "Jan" / "settings.json").write_text(
        json.dumps({"data_folder": str(data)})
    )
    [model] = jan.look(around(tmp_path)).candidates
    assert (model.name, model.path) == ("linked", elsewhere)


@pytest.mark.parametrize(
    ("system", "base"),
    [
        ("linux", ".local/share/nomic.ai/GPT4All"),
        ("darwin", "Library/Application Support/nomic.ai/GPT4All"),
        ("win32", "AppData/Local/nomic.ai/GPT4All"),
    ],
)
def test_gpt4all_on_each_system(tmp_path: Path, system: str, base: str) -> None:
    path = put(tmp_path / base / "Llama-3.2-1B-Instruct-Q4_0.gguf")
    assert [model.path for model in gpt4all.look(around(tmp_path, system)).candidates] == [path]


def test_gpt4all_where_its_settings_say(tmp_path: Path) -> None:
    path = put(tmp_path / "disk" / "m.gguf")
    settings = put(tmp_path / ".config" / "nomic.ai" / "GPT4All.ini")
    settings.write_text(f"[General]\nchatTheme=dark\nmodelPath={tmp_path / 'disk'}\n")
    assert [model.path for model in gpt4all.look(around(tmp_path)).candidates] == [path]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_the_hubs_cache_is_read_through_its_links(tmp_path: Path) -> None:
    cache = tmp_path / ".cache" / "huggingface" / "hub"
    found_folders.hub_cache(cache, "someone/Some-GGUF", {"some.Q4_K_M.gguf": b"GGUF"})
    found_folders.hub_cache(
        cache,
        "mlx-community/Tiny-4bit",
        {"config.json": b"{}", "tokenizer.json": b"{}", "model.safetensors": b"x"},
    )
    old = found_folders.hub_cache(cache, "someone/Twice", {"m.gguf": b"GGUF same"}, commit="b" * 40)
    found_folders.hub_cache(cache, "someone/Twice", {"m.gguf": b"GGUF same"})
    looked = hub_cache.look(around(tmp_path))
    assert names(looked) == ["Tiny-4bit", "m", "some.Q4_K_M"]
    assert {model.repo for model in looked.candidates} == {
        "someone/Some-GGUF",
        "mlx-community/Tiny-4bit",
        "someone/Twice",
    }
    assert old not in {model.path.parent for model in looked.candidates}


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("variable", ["HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME"])
def test_the_hubs_cache_where_a_variable_says(tmp_path: Path, variable: str) -> None:
    cache = tmp_path / "disk"
    hub = cache / "hub" if variable == "HF_HOME" else cache
    found_folders.hub_cache(hub, "a/b", {"m.gguf": b"GGUF"})
    assert names(hub_cache.look(around(tmp_path, **{variable: str(cache)}))) == ["m"]


@pytest.mark.parametrize("said", ["../../..", "/etc", "x/y", "\0", ""])
def test_what_the_cache_calls_its_newest_leads_nowhere_else(tmp_path: Path, said: str) -> None:
    folder = tmp_path / ".cache" / "huggingface" / "hub" / "models--a--b"
    put(folder / "refs" / "main").write_text(said)
    put(tmp_path / ".cache" / "huggingface" / "secret.gguf")
    assert hub_cache.look(around(tmp_path)).candidates == ()


def test_a_folder_of_the_users_choice(tmp_path: Path) -> None:
    put(tmp_path / "a" / "b" / "m.gguf")
    assert names(look_into(tmp_path)) == ["m"]
    assert look_into(tmp_path / "none").troubles == ("The folder is not there, or cannot be read.",)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_loops_of_links_end(tmp_path: Path) -> None:
    put(tmp_path / "a" / "m.gguf")
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a" / "self")
    (tmp_path / "a" / "dead.gguf").symlink_to(tmp_path / "gone")
    assert names(look_into(tmp_path)) == ["m"]


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes")
def test_a_pipe_that_is_called_a_model_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "m.gguf")
    home = tmp_path / "home"
    home.mkdir()
    os.mkfifo(home / ".lmstudio-home-pointer")
    assert look_into(tmp_path).candidates == ()
    assert lm_studio.look(around(home)).candidates == ()


def test_too_many_files_are_said_and_not_all_looked_at(tmp_path: Path) -> None:
    for at in range(30):
        put(tmp_path / f"{at}.gguf")
    walk = Walk(entries_left=20)
    assert len(models_below(walk, tmp_path)) == 20
    assert walk.troubles == ["There are too many files to look through all of them."]


@pytest.mark.skipif(
    os.name == "nt" or (sys.platform != "win32" and os.geteuid() == 0),
    reason="the superuser may read everything",
)
def test_a_folder_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    put(tmp_path / "a" / "m.gguf")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    looked = look_into(tmp_path)
    closed.chmod(0o700)
    assert names(looked) == ["m"]
    assert looked.troubles == ("closed cannot be read.",)


def test_a_folder_that_refuses_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError

    put(tmp_path / "m.gguf")
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        assert look_into(tmp_path).troubles == (f"{tmp_path.name} cannot be read.",)


def test_deep_folders_are_not_followed_without_end(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 20)
    put(deep / "m.gguf")
    put(tmp_path / "d" / "n.gguf")
    assert names(look_into(tmp_path)) == ["n"]
