"""What the memory and the speed of a model folder follow from: its figures, and what lies there."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from assistant.domain.errors import UserFacingError
from assistant.domain.model import ModelShape
from assistant.engine.from_afar import glimpse_of_config, usual_shape
from assistant.engine.gguf_reader import Malformed
from assistant.engine.mlx.folder_preflight import read_json, weight_files
from assistant.engine.mlx.safetensors_header import TensorFacts, read_header

_TABLE_OF_WORDS = ("embed_tokens.", "tok_embeddings.", "wte.")
_OUTPUT = ("lm_head.", "output.")
_PLAIN_BITS = 16.0
_SCALES_BITS = 32.0
"""A scale and a bias of 16 bits for each group of weights."""


def folder_shape(folder: Path) -> ModelShape:
    """The figures of a model folder; reads its configuration and the headers of its weights.

    Where the configuration does not name them, those that a model of its size usually has.

    Raises:
        UserFacingError: It cannot be read, or is not sound; says how.
    """
    try:
        config = read_json(folder, "config.json")
        tensors: dict[str, TensorFacts] = {}
        for path in weight_files(folder):
            tensors |= read_header(path)
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
    weights = sum(tensor.size_bytes for tensor in tensors.values())
    glimpse = glimpse_of_config(config)
    shape = glimpse.weighing(weights)
    if shape is None:
        bits = _bits(config)
        return usual_shape(max(int(weights * 8 / bits), 1), bits)
    rows = weights - _passed_over(tensors)
    return replace(shape, token_bytes=int(rows * glimpse.active))


def _passed_over(tensors: Mapping[str, TensorFacts]) -> int:
    """Bytes of a table of words that only words are looked up in, a row for a token."""
    untied = any(name.startswith(_OUTPUT) or ".lm_head." in name for name in tensors)
    tables = (each for name, each in tensors.items() if any(w in name for w in _TABLE_OF_WORDS))
    return sum(each.size_bytes for each in tables) if untied else 0


def _bits(config: Mapping[str, Any]) -> float:
    said: object = config.get("quantization")
    if not isinstance(said, dict):
        return _PLAIN_BITS
    sizes = cast("dict[str, object]", said)
    bits, group = sizes.get("bits"), sizes.get("group_size")
    if not (type(bits) is int and type(group) is int and bits > 0 and group > 0):
        return _PLAIN_BITS
    return bits + _SCALES_BITS / group
