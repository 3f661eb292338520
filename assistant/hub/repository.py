"""What can be chosen from a repository: single files, sets of parts, whole snapshots."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from assistant.domain.hub import HubChoice, HubFile
from assistant.domain.model import FitVerdict, ModelFormat
from assistant.domain.split_names import split_name
from assistant.hub.client import Described, RemoteFile
from assistant.hub.quantizations import explained, known, quantization_of
from assistant.hub.unsafe import name_trouble, part_of_snapshot, snapshot_trouble

__all__ = ["choices_of", "config_name", "nothing_to_choose", "recommend"]

_BESIDE_MODELS = ("mmproj", "imatrix", "-vocab", "ggml-vocab")
_WEIGHTS = ".safetensors"
_SMALL = 2_000_000_000
config_name = "config.json"


def choices_of(described: Described) -> tuple[HubChoice, ...]:
    """Everything that would be downloaded as one model, the smallest first.

    Each is judged by its own files: a GGUF file is fine beside code that nobody downloads.
    """
    found = [_gguf(names, parts) for names, parts in _sets(described.files).items()]
    snapshot = _snapshot(described)
    if snapshot is not None:
        found.append(snapshot)
    return tuple(sorted(found, key=lambda choice: (choice.size_bytes, choice.name)))


def nothing_to_choose(described: Described) -> str:
    """Why there is nothing that could be downloaded."""
    names = [file.name for file in described.files]
    unsafe = snapshot_trouble(names)
    if any(name.endswith(_WEIGHTS) for name in names):
        return (
            "Its weights are in the form in which they were trained. "
            "Search for its name with “GGUF” for files that run here."
        )
    return unsafe or "It holds no file that can be used here."


def recommend(choices: Iterable[HubChoice], parameters: int) -> tuple[HubChoice, ...]:
    """Marks the one to take on this machine, if there is one.

    Four bits are the usual choice; models below two billion weights lose more by it, and are
    taken at eight where these fit.

    Args:
        choices: With their fits.
        parameters: Of the model, 0 if unknown.
    """
    everything = tuple(choices)
    usable = [choice for choice in everything if not choice.trouble]
    for verdict in (FitVerdict.FITS, FitVerdict.SLOW):
        fitting = [c for c in usable if c.fit is not None and c.fit.verdict is verdict]
        ranked = [(_rank(choice, parameters), choice) for choice in fitting]
        ranked = [pair for pair in ranked if pair[0] > 0]
        if ranked:
            best = max(ranked, key=lambda pair: (pair[0], -pair[1].size_bytes))[1]
            return tuple(replace(c, recommended=c is best) for c in everything)
    return everything


def _rank(choice: HubChoice, parameters: int) -> int:
    quantization = known(choice.quantization)
    rank = quantization.rank if quantization is not None else 1
    small = 0 < parameters < _SMALL
    return rank + 3 if small and choice.quantization in {"Q8_0", "8-bit"} else rank


def _sets(files: Iterable[RemoteFile]) -> Mapping[tuple[str, ...], list[RemoteFile]]:
    """The GGUF files by the names that belong together."""
    found: dict[tuple[str, ...], list[RemoteFile]] = {}
    for file in files:
        low = file.name.casefold()
        if not low.endswith(".gguf") or any(word in low for word in _BESIDE_MODELS):
            continue
        folder, slash, name = file.name.rpartition("/")
        said = split_name(name)
        names = said.names if said is not None else (name,)
        found.setdefault(tuple(f"{folder}{slash}{each}" for each in names), []).append(file)
    return found


def _gguf(names: tuple[str, ...], parts: list[RemoteFile]) -> HubChoice:
    parts = sorted(parts, key=lambda file: file.name)
    missing = len(names) - len(parts)
    trouble = next((words for words in map(name_trouble, names) if words), "")
    if missing:
        trouble = f"{missing} of its {len(names)} parts are missing."
    elif any(not file.sha256 for file in parts):
        trouble = trouble or "The Hub does not say what its content should be."
    quantization = quantization_of(names[0])
    return HubChoice(
        name=_shown(names[0]),
        format=ModelFormat.GGUF,
        quantization=quantization,
        explained=explained(quantization),
        files=tuple(_checked(file) for file in parts) if not trouble else (),
        trouble=trouble,
    )


def _snapshot(described: Described) -> HubChoice | None:
    """All of a repository in MLX's format; None where it is none."""
    names = [file.name for file in described.files]
    weights = [name for name in names if name.endswith(_WEIGHTS) and "/" not in name]
    if not weights or config_name not in names or ModelFormat.MLX not in described.model.formats:
        return None
    taken = [file for file in described.files if part_of_snapshot(file.name)]
    trouble = snapshot_trouble(names)
    name = described.model.repo.rpartition("/")[2]
    quantization = quantization_of(name)
    return HubChoice(
        name=name,
        format=ModelFormat.MLX,
        quantization=quantization,
        explained=explained(quantization) or "All files of the repository, for Apple's processors.",
        files=tuple(_checked(file) for file in taken) if not trouble else (),
        trouble=trouble,
    )


def _checked(file: RemoteFile) -> HubFile:
    git = "" if file.sha256 else file.git_sha1
    return HubFile(file.name, file.size_bytes, file.sha256, git)


def _shown(name: str) -> str:
    return name if name.isprintable() else ascii(name)
