"""The checks a model passes before it may join the store."""

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo
from assistant.domain.split_names import split_name, split_set
from assistant.engine.gguf_preflight import preflight
from assistant.engine.mlx.folder_preflight import FolderFacts, preflight_folder
from assistant.engine.mlx.library import models_folder
from assistant.engine.trial import try_load
from assistant.hub.catalogue import Catalogue
from assistant.hub.model_store import ModelStore
from assistant.hub.quantizations import quantization_of
from assistant.hub.snapshots import (
    first_file,
    is_model_file,
    lies_inside,
    manifest_sha256,
    refuse_code,
    refuse_unsafe,
)
from assistant.services.jobs import Job

_SMALL_PARAMETERS = 2_000_000_000
_LICENCE = re.compile(r"^license:\s*['\"]?([\w.+-]{1,40})", re.MULTILINE)
_CARD_BYTES = 64 << 10
_PACKED_BITS = 32
_MOST_FILES = 2048


def describe(source: Path) -> ModelInfo:
    """Reads the headers of a model; its hash and id are still open.

    Args:
        source: A GGUF file, any part of a split one, or a folder in MLX's format.

    Raises:
        UserFacingError: It is missing or not sound.
    """
    files = model_files(source)
    if source.is_dir():
        return _of_folder(source, preflight_folder(source, models_folder()), files)
    facts = preflight(files[0])
    said = split_name(files[0].name)
    return ModelInfo(
        id=ModelId(""),
        name=shown_name(facts.name or (said.stem if said else source.stem)),
        format=ModelFormat.GGUF,
        architecture=facts.architecture,
        parameters=facts.parameters,
        quantization=facts.quantization,
        size_bytes=facts.size_bytes,
        context_length=facts.context_length,
        licence=facts.licence,
        sha256="",
        tier=_tier(facts.parameters),
    )


def shown_name(raw: str) -> str:
    """A name for people of what a file is called: no folder, no quantization, no joining marks.

    One that somebody has written with spaces in it is left as it is.
    """
    if " " in raw.strip():
        return raw.strip()
    bare = re.split(r"[/\\]", raw)[-1].removesuffix(".gguf")
    bare = re.sub(r"[-_.]GGUF$", "", bare, flags=re.IGNORECASE)
    said = quantization_of(bare)
    if said and bare.upper().endswith(said):
        bare = bare[: -len(said)]
    return " ".join(re.split(r"[-_]+", bare.strip("-_. "))) or raw


def model_files(source: Path) -> tuple[Path, ...]:
    """All files of the model that ``source`` names, what the engine is handed first.

    Raises:
        UserFacingError: It is missing, no model, or one whose files could run.
    """
    if _is_folder(source):
        return _folder_files(source)
    files = split_set(source)
    lacking = sum(not _is_file(path) for path in files)
    if not lacking:
        return files
    if len(files) > 1 and _is_file(source):
        raise UserFacingError(
            f"{lacking} of the {len(files)} parts of this model are missing.",
            "Put all of its parts into one folder.",
            code="model_incomplete",
        )
    raise UserFacingError(
        f"There is no file {source.name or source}.",
        "Choose a .gguf file, or the folder of a model in MLX's format.",
        code="file_not_found",
    )


def stage_and_try(
    store: ModelStore, source: Path, job: Job[ModelInfo], catalogue: Catalogue
) -> tuple[Path, Mapping[str, str]]:
    """Copies the model beside the store; one that is not in the catalogue is loaded on trial.

    The trial runs in a process of its own: a header that is well formed can still abort it.

    Returns:
        The staged file or folder, and the hashes of the files by name; see ``hash_of``.
    """

    def progress(part: float, doing: str) -> None:
        job.report(part * 0.8, doing)

    files = model_files(source)
    if source.is_dir() or len(files) > 1:
        staged, hashes = store.stage_folder(files, progress)
    else:
        staged, sha256 = store.stage(source, progress)
        hashes = {staged.name: sha256}
    try:
        if catalogue.by_sha256(hash_of(staged, hashes)) is None:
            job.report(0.85, "Trying it")
            try_load(first_file(staged), cancel=job.cancel_token)
    except BaseException:
        store.discard(staged)
        raise
    return staged, hashes


def hash_of(staged: Path, hashes: Mapping[str, str]) -> str:
    """The hash by which the store knows a staged model."""
    return manifest_sha256(hashes) if staged.is_dir() else hashes[staged.name]


def _folder_files(folder: Path) -> tuple[Path, ...]:
    if not _is_file(folder / "config.json"):
        raise UserFacingError(
            f"There is no model in the folder {folder.name or folder}.",
            "Choose a .gguf file, or a folder with config.json and .safetensors files.",
            code="file_not_found",
        )
    try:
        inside = sorted(folder.iterdir())[:_MOST_FILES]
        for path in inside:
            refuse_unsafe(path)
        refuse_code(folder)
    except OSError as error:
        raise UserFacingError(
            f"{folder.name} cannot be read.", "Check its permissions.", code="model_unreadable"
        ) from error
    return tuple(
        path for path in inside if path.is_file() and is_model_file(path) and lies_inside(path)
    )


def _of_folder(folder: Path, facts: FolderFacts, files: tuple[Path, ...]) -> ModelInfo:
    parameters = _parameters(facts)
    return ModelInfo(
        id=ModelId(""),
        name=shown_name(folder.name),
        format=ModelFormat.MLX,
        architecture=facts.kind,
        parameters=parameters,
        quantization=_quantization(facts),
        size_bytes=sum(path.stat().st_size for path in files),
        context_length=facts.context_length,
        licence=_licence(folder),
        sha256="",
        tier=_tier(parameters),
    )


def _bits(config: Mapping[str, Any]) -> int:
    said: Any = config.get("quantization") or {}
    bits = said.get("bits", 0)
    return bits if isinstance(bits, int) else 0


def _parameters(facts: FolderFacts) -> int:
    """Weights, with those counted that lie packed in one number, and without their scales."""
    total = 0
    for name, tensor in facts.tensors.items():
        stem, _, last = name.rpartition(".")
        packed = f"{stem}.scales" in facts.tensors
        if packed and last in {"scales", "biases"}:
            continue
        each = _PACKED_BITS // (_bits(facts.config) or _PACKED_BITS) if packed else 1
        total += math.prod(tensor.shape) * each
    return total


def _quantization(facts: FolderFacts) -> str:
    bits = _bits(facts.config)
    if bits:
        return f"{bits} bit"
    sizes: dict[str, int] = {}
    for tensor in facts.tensors.values():
        sizes[tensor.dtype] = sizes.get(tensor.dtype, 0) + tensor.size_bytes
    return max(sizes, key=lambda dtype: sizes[dtype])


def _licence(folder: Path) -> str:
    """What the head of the model card says."""
    try:
        with (folder / "README.md").open("rb") as stream:
            found = _LICENCE.search(stream.read(_CARD_BYTES).decode("utf-8", "replace"))
    except OSError:
        return ""
    return found[1] if found else ""


def _tier(parameters: int) -> str:
    return "small" if parameters < _SMALL_PARAMETERS else "medium"


def _is_file(source: Path) -> bool:
    """Whether it is a plain file; a pipe or a device is none, nor is a name that cannot be."""
    try:
        return source.is_file()
    except OSError:
        return False


def _is_folder(source: Path) -> bool:
    try:
        return source.is_dir()
    except OSError:
        return False
