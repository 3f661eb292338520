"""Models of other applications in the commands: whose they are, and that their files stay."""

import hashlib
from pathlib import Path

from assistant.config.paths import profile_paths, resources
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo
from assistant.hub.catalogue import read_catalogue
from assistant.hub.in_place import InPlace
from tests.helpers.gguf_files import tiny
from tests.unit.cli.conftest import CommandLine


def link(cli: CommandLine, path: Path) -> ModelInfo:
    content = tiny({"general.name": "theirs"}).bytes()
    path.write_bytes(content)
    info = ModelInfo(
        ModelId(""),
        "Theirs",
        ModelFormat.GGUF,
        "llama",
        1,
        "F32",
        len(content),
        128,
        "",
        hashlib.sha256(content).hexdigest(),
        "small",
        path=path,
        owner="Ollama",
    )
    catalogue = read_catalogue(resources() / "catalogue.json")
    return InPlace(profile_paths(cli.profile).models, catalogue).add(info, [path])


def test_whose_a_model_is_stands_in_the_list(cli: CommandLine, tmp_path: Path) -> None:
    theirs = link(cli, tmp_path / "theirs.gguf")
    [row] = [m for m in cli("models", "list").value["models"] if m["id"] == theirs.id]
    assert (row["owner"], row["trouble"], row["installed"]) == ("Ollama", "", True)
    words = cli("models", "list", as_json=False).out
    [line] = [line for line in words.splitlines() if theirs.id in line]
    assert "  linked, Ollama's  " in line

    (tmp_path / "theirs.gguf").write_bytes(b"other")
    words = cli("models", "list", as_json=False).out
    [line] = [line for line in words.splitlines() if theirs.id in line]
    assert "  Cannot be used  It was changed by Ollama since." in line
    told = cli("models", "info", str(theirs.id), as_json=False).out
    assert "is used in place: its file belongs to Ollama." in told


def test_removing_it_takes_only_the_link(cli: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "theirs.gguf"
    theirs = link(cli, path)
    words = cli("models", "remove", str(theirs.id), as_json=False).out
    assert "Its file stays where it is, with Ollama." in words
    assert path.exists()
    assert theirs.id not in cli("models", "list", as_json=False).out
