"""Jan: ``llamacpp/models/<id>/model.gguf`` in its data folder, beside a ``model.yml``.

Source: https://github.com/janhq/jan/tree/main/docs
"""

import json
import re
from pathlib import Path
from typing import cast

from assistant.hub.found.candidates import Candidate, Looked, Surroundings
from assistant.hub.found.walking import (
    Walk,
    is_folder,
    is_plain_file,
    models_below,
    short_text,
)

NAME = "Jan"
_WITHIN = (("llamacpp", "models"), ("mlx", "models"), ("models",))
_ELSEWHERE = re.compile(r"^model_path:\s*['\"]?([^'\"\n]+?)['\"]?\s*$", re.MULTILINE)


def look(around: Surroundings) -> Looked:
    """The models of Jan, and those that it was told to use where they lie."""
    walk = Walk()
    folders = [folder for folder in dict.fromkeys(_places(around)) if is_folder(folder)]
    found: dict[Path, Candidate] = {}
    roots: list[Path] = []
    for folder in folders:
        for parts in _WITHIN:
            root = folder.joinpath(*parts)
            if not is_folder(root):
                continue
            roots.append(root)
            for model in models_below(walk, root, lambda path, root=root: _name(path, root)):
                found.setdefault(model.path, model)
            for model in _elsewhere(root, folder, around):
                found.setdefault(model.path, model)
    return Looked(NAME, tuple(roots), tuple(found.values()), tuple(walk.troubles))


def _places(around: Surroundings) -> list[Path]:
    places: list[Path] = []
    for base in around.applications():
        for name in ("Jan", "jan.ai.app"):
            chosen = _chosen(base / name / "settings.json", around)
            places += [chosen] if chosen is not None else []
            places.append(base / name / "data")
    return [*places, around.home / "jan", around.home / ".jan"]


def _chosen(settings: Path, around: Surroundings) -> Path | None:
    try:
        said: object = json.loads(short_text(settings) or "{}")
    except (ValueError, RecursionError):
        return None
    folder = cast("dict[str, object]", said).get("data_folder") if isinstance(said, dict) else ""
    return around.absolute(folder) if isinstance(folder, str) else None


def _elsewhere(root: Path, data: Path, around: Surroundings) -> list[Candidate]:
    """Models whose ``model.yml`` names a file somewhere else."""
    found: list[Candidate] = []
    for folder, files in Walk().folders(root):
        for path in files:
            said = _ELSEWHERE.search(short_text(path)) if path.name == "model.yml" else None
            if said is None:
                continue
            file = around.absolute(said[1]) or data / said[1]
            if file.suffix.casefold() == ".gguf" and is_plain_file(file):
                name = folder.relative_to(root).as_posix()
                found.append(Candidate(name, file, (file,)))
    return found


def _name(path: Path, root: Path) -> str:
    """A file is called ``model.gguf`` in the folder that has the name."""
    here = path.parent if path.name == "model.gguf" else path.with_suffix("")
    return here.relative_to(root).as_posix() if here != root else path.stem
