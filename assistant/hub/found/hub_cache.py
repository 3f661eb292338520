"""The cache of the Hugging Face Hub: ``models--<owner>--<name>/snapshots/<commit>/<file>``.

The files are links to ``blobs`` beside the snapshots where the system has links.
Source: https://huggingface.co/docs/huggingface_hub/guides/manage-cache
"""

from dataclasses import replace
from pathlib import Path

from assistant.hub.found.candidates import Candidate, Looked, Surroundings
from assistant.hub.found.walking import Walk, is_folder, models_below, short_text, shown

NAME = "Hugging Face cache"
_MARK = "models--"
_MOST_REPOSITORIES = 2000


def look(around: Surroundings) -> Looked:
    """The models in the cache, each once, of the newest snapshot that is known."""
    walk = Walk()
    roots = [folder for folder in dict.fromkeys(_places(around)) if is_folder(folder)]
    found: dict[Path, Candidate] = {}
    for root in roots:
        for repository in _repositories(root, walk):
            for model in _of(repository, walk):
                found.setdefault(_really(model), model)
    return Looked(NAME, tuple(roots), tuple(found.values()), tuple(walk.troubles))


def _places(around: Surroundings) -> list[Path]:
    named = [around.named(name) for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE")]
    home = around.named("HF_HOME")
    homes = [home] if home is not None else []
    homes += [around.cache() / "huggingface", around.home / ".cache" / "huggingface"]
    return [*(folder for folder in named if folder is not None), *(each / "hub" for each in homes)]


def _repositories(root: Path, walk: Walk) -> list[Path]:
    try:
        found = sorted(path for path in root.iterdir() if path.name.startswith(_MARK))
    except OSError:
        walk.troubles.append(f"{shown(root.name)} cannot be read.")
        return []
    return found[:_MOST_REPOSITORIES]


def _of(repository: Path, walk: Walk) -> list[Candidate]:
    owner, _, name = repository.name.removeprefix(_MARK).partition("--")
    repo = f"{owner}/{name}" if name else owner
    snapshots = repository / "snapshots"
    newest = snapshots / (short_text(repository / "refs" / "main").strip() or "-")
    folders = [newest] if newest.parent == snapshots and is_folder(newest) else []
    folders.append(snapshots)
    found: list[Candidate] = []
    for folder in folders:
        found += [
            replace(model, repo=repo, name=name or owner if is_folder(model.path) else model.name)
            for model in models_below(walk, folder)
        ]
    return found


def _really(model: Candidate) -> Path:
    """The file that a link leads to: snapshots share what did not change between them."""
    try:
        largest = max(model.files, key=lambda path: path.stat().st_size)
        return largest.resolve()
    except (OSError, RuntimeError):
        return model.path
