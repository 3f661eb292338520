"""A look into a model folder in MLX's format, before MLX sees it: plain reading, nothing is run.

Only files of weights in safetensors format, JSON and the chat template are ever opened. Code and
pickles that may lie beside them are not.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, cast

from assistant.domain.errors import UserFacingError
from assistant.domain.model import ModelShape
from assistant.engine.from_afar import glimpse_of_config
from assistant.engine.gguf_reader import Malformed
from assistant.engine.mlx.safetensors_header import TensorFacts, read_header

_LONGEST_JSON = 4 << 20
_LARGEST_NUMBER = 1 << 53
_MOST_SHARDS = 1024
_KIND = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_RENAMED = {
    "mistral": "llama",
    "iquestcoder": "llama",
    "xverse": "llama",
    "minimax_m2": "minimax",
    "kimi_k2": "deepseek_v3",
    "joyai_llm_flash": "deepseek_v3",
    "falcon_mamba": "mamba",
    "phi-msft": "phixtral",
    "gemma4_unified": "gemma4",
}
"""Kinds of models that mlx-lm computes with another's code, as its ``MODEL_REMAPPING`` has it."""
_NO_MODELS = {
    "__init__",
    "activations",
    "base",
    "bitlinear_layers",
    "cache",
    "gated_delta",
    "mla",
    "pipeline",
    "rope_utils",
    "ssm",
    "switch_layers",
}
_BOUNDS = (
    ("hidden_size", 1, 1 << 17),
    ("num_hidden_layers", 1, 512),
    ("num_attention_heads", 1, 4096),
    ("num_key_value_heads", 1, 4096),
    ("head_dim", 1, 1 << 16),
    ("intermediate_size", 1, 1 << 21),
    ("max_position_embeddings", 1, 1 << 27),
    ("vocab_size", 1, 1 << 22),
)
_QUANTISED = {"group_size": (16, 32, 64, 128), "bits": (2, 3, 4, 5, 6, 8)}


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """What the files of a model folder say; 0 where they say nothing.

    Args:
        folder: Where they lie.
        kind: The module of mlx-lm that computes it.
        config: ``config.json``, sound and bounded.
        weights: The files of weights.
        tensors: All tensors by name.
        end_tokens: Ids that end an answer, as the configuration names them.
    """

    folder: Path
    kind: str
    config: Mapping[str, Any]
    weights: tuple[Path, ...]
    tensors: Mapping[str, TensorFacts]
    end_tokens: frozenset[int]
    context_length: int
    block_count: int
    embedding_length: int
    head_count_kv: int
    head_length: int
    vocab_size: int
    weights_bytes: int
    identity: str
    """Names the files of weights and the configuration, as they lie there now."""

    @property
    def shape(self) -> ModelShape | None:
        """The figures that its memory and speed follow from; None where they do not suffice."""
        return glimpse_of_config(self.config).weighing(self.weights_bytes)


def preflight_folder(folder: Path, models: Path) -> FolderFacts:
    """Checks a model folder; reads configuration and headers only.

    Args:
        folder: The model.
        models: The folder of mlx-lm's models.

    Raises:
        UserFacingError: It cannot be read, is no model, or is not sound; says how.
    """
    try:
        return _facts(folder, models)
    except Malformed as error:
        raise UserFacingError(
            f"{folder.name} is not a sound model folder: {error}.",
            "Download it again, or choose another model.",
            code="model_broken",
        ) from None
    except OSError as error:
        raise UserFacingError(
            f"{folder.name} cannot be read.", "Check its permissions.", code="model_unreadable"
        ) from error


def read_json(folder: Path, name: str, *, most_bytes: int = _LONGEST_JSON) -> dict[str, Any]:
    """A JSON object out of a folder; empty where there is no such file.

    Raises:
        Malformed: It is not sound.
        OSError: It cannot be read.
    """
    path = inside(folder, name)
    if not path.is_file():
        return {}
    if path.stat().st_size > most_bytes:
        raise Malformed(f"{name} is too long")

    def refuse(_constant: str) -> NoReturn:
        raise Malformed(f"a number in {name} is not finite")

    try:
        found: object = json.loads(path.read_bytes(), parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"{name} is damaged") from error
    if not isinstance(found, dict):
        raise Malformed(f"{name} is damaged")
    return cast("dict[str, Any]", found)


def inside(folder: Path, name: str) -> Path:
    """The path of one of a folder's files.

    The Hub's own cache keeps its files beside the folder of a snapshot, in ``blobs``.

    Raises:
        Malformed: It is a link that leads out of the folder.
    """
    path = folder / name
    places = [folder.resolve()]
    if folder.parent.name == "snapshots":
        places.append(folder.parent.parent.resolve() / "blobs")
    if not any(path.resolve().is_relative_to(place) for place in places):
        raise Malformed(f"{name} leads out of the folder")
    return path


def _facts(folder: Path, models: Path) -> FolderFacts:
    config = read_json(folder, "config.json")
    if not config:
        raise Malformed("it has no config.json")
    _check_numbers(config, "config.json")
    generation = read_json(folder, "generation_config.json")
    sizes = config
    if "hidden_size" not in config and isinstance(config.get("text_config"), dict):
        sizes = cast("dict[str, Any]", config["text_config"])
    for name, low, high in _BOUNDS:
        if name in sizes and sizes[name] is not None and not low <= _whole(sizes, name) <= high:
            raise Malformed(f"its {name.replace('_', ' ')} is impossible")
    _check_quantization(config.get("quantization"))
    weights = weight_files(folder)
    tensors: dict[str, TensorFacts] = {}
    for path in weights:
        tensors |= read_header(path)
    heads = _whole(sizes, "num_attention_heads")
    hidden = _whole(sizes, "hidden_size")
    return FolderFacts(
        folder=folder,
        kind=_kind(config, models),
        config=config,
        weights=weights,
        tensors=tensors,
        end_tokens=_ids(generation.get("eos_token_id")) or _ids(config.get("eos_token_id")),
        context_length=_whole(sizes, "max_position_embeddings"),
        block_count=_whole(sizes, "num_hidden_layers"),
        embedding_length=hidden,
        head_count_kv=_whole(sizes, "num_key_value_heads") or heads,
        head_length=_whole(sizes, "head_dim") or (hidden // heads if heads else 0),
        vocab_size=_whole(sizes, "vocab_size"),
        weights_bytes=sum(tensor.size_bytes for tensor in tensors.values()),
        identity=_identity(folder, weights),
    )


def _identity(folder: Path, weights: tuple[Path, ...]) -> str:
    facts = [path.stat() for path in (folder / "config.json", *weights)]
    return ":".join((folder.name, *(f"{each.st_size}:{each.st_mtime_ns}" for each in facts)))


def runs_here(said: str, models: Path) -> bool:
    """Whether mlx-lm computes what a configuration calls its ``model_type``."""
    kind = _RENAMED.get(said, said)
    named = _KIND.fullmatch(kind) is not None and kind not in _NO_MODELS
    return named and (models / f"{kind}.py").is_file()


def _kind(config: dict[str, Any], models: Path) -> str:
    if "model_file" in config:
        raise Malformed("it wants code of its own to be run")
    said = config.get("model_type")
    if not isinstance(said, str) or not _KIND.fullmatch(said):
        raise Malformed("it does not say what kind of model it is")
    kind = _RENAMED.get(said, said)
    if not runs_here(said, models):
        raise UserFacingError(
            "This model is of a kind that this version cannot run.",
            "Update the application, or choose another model.",
            code="model_unsupported",
        )
    return kind


def weight_files(folder: Path) -> tuple[Path, ...]:
    """The files of weights of a model folder, sorted by name.

    Raises:
        Malformed: There are none, or they are not whole.
        OSError: They cannot be read.
    """
    found = sorted(folder.glob("model*.safetensors"))[: _MOST_SHARDS + 1]
    if not found:
        raise Malformed("it has no weights in safetensors format")
    if len(found) > _MOST_SHARDS:
        raise Malformed("its weights are in too many files")
    index = read_json(folder, "model.safetensors.index.json", most_bytes=64 << 20)
    places: object = index.get("weight_map", {})
    if not isinstance(places, dict):
        raise Malformed("the list of its weights is damaged")
    named = {each for each in cast("dict[str, object]", places).values() if isinstance(each, str)}
    missing = named - {path.name for path in found}
    if missing:
        raise Malformed(f"{len(missing)} of its {len(named)} files of weights are missing")
    return tuple(inside(folder, path.name) for path in found)


def _check_numbers(value: object, name: str) -> None:
    if isinstance(value, dict):
        for each in cast("dict[str, object]", value).values():
            _check_numbers(each, name)
    elif isinstance(value, list):
        for each in cast("list[object]", value):
            _check_numbers(each, name)
    elif isinstance(value, int | float) and not (
        math.isfinite(value) and abs(value) <= _LARGEST_NUMBER
    ):
        raise Malformed(f"a number in {name} is impossible")


def _check_quantization(quantization: object) -> None:
    """Its own sizes, and those that single layers have."""
    if quantization is None:
        return
    if not isinstance(quantization, dict):
        raise Malformed("its quantization is impossible")
    said = cast("dict[str, object]", quantization)
    for name, allowed in _QUANTISED.items():
        if said.get(name) not in allowed:
            raise Malformed("its quantization is impossible")
    for each in said.values():
        if isinstance(each, dict):
            _check_quantization(cast("dict[str, object]", each))


def _whole(config: Mapping[str, Any], name: str) -> int:
    value = config.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _ids(value: object) -> frozenset[int]:
    many = cast("list[object]", value) if isinstance(value, list) else [value]
    return frozenset(each for each in many if type(each) is int and each >= 0)
