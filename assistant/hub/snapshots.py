"""Models of many files: a split GGUF, or a folder in MLX's format; checked as they lie on the disk.

Such a model is named by the hash of its manifest: the sorted lines of each file's hash and name.
"""

import hashlib
import json
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NoReturn, cast

from assistant.domain.errors import UserFacingError
from assistant.domain.model import ModelFormat
from assistant.domain.split_names import split_set
from assistant.hub.names import checked_flat_name

PIECE_BYTES = 4 << 20
_MOST_FILES = 2048
_LONGEST_JSON = 4 << 20
_MOST_SHOWN = 80
_READ = frozenset((".safetensors", ".json", ".jinja", ".txt", ".model", ".tiktoken"))
_KEPT_NAMES = frozenset(("license", "licence", "notice", "readme", "use_policy"))
_RUN = frozenset(
    (".py", ".pyc", ".pyd", ".so", ".dll", ".dylib", ".exe", ".bat", ".cmd", ".sh", ".ps1")
)
_PICKLED = frozenset(
    (".bin", ".pkl", ".pickle", ".pt", ".pth", ".ckpt", ".joblib", ".npy", ".npz", ".h5")
)
_CODE_KEYS = ("auto_map", "model_file", "custom_pipelines", "trust_remote_code")
_CONFIGS = ("config.json", "tokenizer_config.json", "generation_config.json")


def format_of(folder: Path) -> ModelFormat:
    """GGUF where the folder holds a ``.gguf`` file, else MLX."""
    return ModelFormat.GGUF if any(folder.glob("*.gguf")) else ModelFormat.MLX


def manifest(hashes: Mapping[str, str]) -> str:
    """The manifest of files by name: sorted lines of hash, two spaces, name."""
    return "".join(sorted(f"{sha256}  {name}\n" for name, sha256 in hashes.items()))


def manifest_sha256(hashes: Mapping[str, str]) -> str:
    """The name of a model of these files."""
    return hashlib.sha256(manifest(hashes).encode()).hexdigest()


def read_manifest(text: str) -> dict[str, str]:
    """Hashes by file name; lines that are none are left out, which a check then notices."""
    pairs = (line.split("  ", 1) for line in text.splitlines())
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}  # noqa: PLR2004 - hash and name


def checked_files(folder: Path) -> tuple[Path, ...]:
    """The files of a staged model, sorted by name; all of them are of kinds that are only read.

    Raises:
        UserFacingError: One is not: a link, a folder, code, a pickle, a name that is no name, or
            a configuration that wants code to be run; or the set is not whole.
        OSError: It cannot be read.
    """
    files = plain_files(folder)
    for path in files:
        checked_flat_name(path.name)
        refuse_unsafe(path)
        if not is_model_file(path):
            _refuse(path.name, "it is no part of a model")
    _check_whole(files)
    refuse_code(folder)
    return files


def plain_files(folder: Path) -> tuple[Path, ...]:
    """Everything that lies in a folder, sorted by name.

    Raises:
        UserFacingError: It holds something else than plain files, or too many of them.
        OSError: It cannot be read.
    """
    found: list[Path] = []
    for path in folder.iterdir():
        if not stat.S_ISREG(path.lstat().st_mode):
            _refuse(path.name, "it is no plain file")
        found.append(path)
        if len(found) > _MOST_FILES:
            _refuse(folder.name, "it holds too many files")
    return tuple(sorted(found, key=lambda path: path.name))


def is_model_file(path: Path) -> bool:
    """Whether a file belongs to a model: weights, JSON, templates, vocabulary, licence."""
    said = path.stem.casefold().split("-", 1)[0].split(".", 1)[0]
    return path.suffix.casefold() in _READ | {".gguf"} or said in _KEPT_NAMES


def lies_inside(path: Path) -> bool:
    """Whether a file of a folder lies in it, links followed.

    The Hub's own cache keeps its files beside the folder of a snapshot, in ``blobs``.
    """
    folder = path.parent
    places = [folder.resolve()]
    if folder.parent.name == "snapshots":
        places.append(folder.parent.parent.resolve() / "blobs")
    return any(path.resolve().is_relative_to(place) for place in places)


def refuse_unsafe(path: Path) -> None:
    """Refuses what could run by being opened.

    Raises:
        UserFacingError: With code ``repo_refused``.
    """
    ending = path.suffix.casefold()
    if ending in _RUN:
        _refuse(path.name, "it is a program, and a model needs none")
    if ending in _PICKLED:
        _refuse(path.name, "weights in this format can run programs when they are opened")


def code_key(config: Mapping[str, object]) -> str:
    """The key by which a configuration wants code of its own to be run; empty if none does."""
    return next((key for key in _CODE_KEYS if config.get(key)), "")


def refuse_code(folder: Path) -> None:
    """Refuses a configuration that wants code of its own to be run.

    Raises:
        UserFacingError: With code ``repo_refused``.
        OSError: It cannot be read.
    """
    for name in _CONFIGS:
        path = folder / name
        if not path.is_file():
            continue
        if path.stat().st_size > _LONGEST_JSON:
            _refuse(name, "it is too long")
        try:
            found: object = json.loads(path.read_bytes())
        except (ValueError, RecursionError):
            _refuse(name, "it is damaged")
        said = cast("dict[str, object]", found) if isinstance(found, dict) else {}
        wants = code_key(said)
        if wants:
            _refuse(name, f"it wants code of its own to be run ({wants})")


def hash_files(
    files: Iterable[Path], on_progress: Callable[[float], None] = lambda _: None
) -> dict[str, str]:
    """SHA-256 of each file by name, read once.

    Raises:
        OSError: One cannot be read.
    """
    paths = tuple(files)
    total = max(sum(path.stat().st_size for path in paths), 1)
    done = 0
    hashes: dict[str, str] = {}
    for path in paths:
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while piece := stream.read(PIECE_BYTES):
                digest.update(piece)
                done += len(piece)
                on_progress(done / total)
        hashes[path.name] = digest.hexdigest()
    return hashes


def first_file(folder: Path) -> Path:
    """What the engine is handed: the first part of a split GGUF, or the folder itself."""
    first = next(iter(sorted(folder.glob("*-00001-of-*.gguf"))), None)
    return folder if first is None else first


def _check_whole(files: tuple[Path, ...]) -> None:
    weights = {path.name for path in files if path.suffix.casefold() == ".gguf"}
    if not weights:
        if not any(path.suffix == ".safetensors" for path in files):
            _refuse(files[0].parent.name if files else "The folder", "it holds no weights")
        return
    wanted = {path.name for path in split_set(next(path for path in files if path.name in weights))}
    if len(wanted) == 1 or weights != wanted:
        lacking = len(wanted - weights)
        what = f"{lacking} of its {len(wanted)} parts are missing" if lacking else "it is not one"
        raise UserFacingError(
            f"The model is not whole: {what}.",
            "Put all of its parts into one folder.",
            code="model_incomplete",
        )


def _refuse(name: str, why: str) -> NoReturn:
    shown = (name if name.isprintable() else ascii(name))[:_MOST_SHOWN]
    raise UserFacingError(
        f"{shown} is refused: {why}.",
        "Take the same model in GGUF format, or from other people.",
        code="repo_refused",
    )
