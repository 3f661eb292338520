"""A look at the header of a model file, before libllama sees it.

libllama aborts the whole process on some headers that are well formed; the checks here are the
ones that keep it from that, and the ones that let us say what is wrong in words.
"""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant.domain.errors import UserFacingError
from assistant.domain.model import ModelShape
from assistant.domain.split_names import MOST_PARTS, split_set
from assistant.engine.gguf_header import Header
from assistant.engine.gguf_reader import Malformed, Reader
from assistant.engine.gguf_types import FILE_TYPES, NOT_FOR_CHAT

if TYPE_CHECKING:
    from collections.abc import Callable

_READ_BYTES = frozenset({"llama", "t5", "plamo2"})
"""Tokenizers that take the number of a byte from the text of its token."""
_NO_TOKEN = 0xFFFFFFFF
_BYTES_OF_A_BYTE = 256

_Seen = TypeVar("_Seen")


@dataclass(frozen=True, slots=True)
class GgufFacts:
    """What the header of a GGUF file says; 0 or empty where it says nothing.

    ``size_bytes`` is the length of the file, ``weights_bytes`` of its tensors; ``head_count_kv``
    and the two head sizes are what a KV cache is computed from.
    """

    architecture: str
    name: str
    parameters: int
    quantization: str
    context_length: int
    block_count: int
    embedding_length: int
    head_count: int
    head_count_kv: int
    key_length: int
    value_length: int
    vocab_size: int
    has_chat_template: bool
    licence: str
    size_bytes: int
    weights_bytes: int
    token_bytes: int = 0
    attention_count: int = 0
    feed_forward_length: int = 0

    @property
    def shape(self) -> ModelShape:
        """What its memory and its speed follow from."""
        return ModelShape(
            weights_bytes=self.weights_bytes,
            token_bytes=self.token_bytes or self.weights_bytes,
            block_count=self.block_count,
            head_count_kv=self.head_count_kv,
            key_length=self.key_length,
            value_length=self.value_length,
            embedding_length=self.embedding_length,
            vocab_size=self.vocab_size,
            attention_count=self.attention_count,
            feed_forward_length=self.feed_forward_length,
        )


def preflight(path: Path) -> GgufFacts:
    """Checks the structure of a GGUF file; reads its header only.

    The first part of a model that is cut into several stands for all of them: each is looked into.

    Raises:
        UserFacingError: It cannot be read, is no GGUF file, or is not sound; says how.
    """
    try:
        return _look_into(path, lambda header: _facts(header, path))
    except Malformed as error:
        raise UserFacingError(
            f"{path.name} is not a sound model file: {error}.",
            "Download it again, or choose another file.",
            code="model_broken",
        ) from None


def preflight_adapter(path: Path, architecture: str) -> None:
    """Checks the structure of a LoRA adapter in GGUF format; reads its header only.

    Args:
        path: The file.
        architecture: Of the model that it shall be put on.

    Raises:
        UserFacingError: It cannot be read, is not sound, or belongs to another kind of model.
    """
    try:
        _look_into(path, lambda header: _check_adapter(header, architecture))
    except Malformed as error:
        raise UserFacingError(
            f"{path.name} is not an adapter for this model: {error}.",
            "Use it with the model that it was trained on, or train it again.",
            code="adapter_unusable",
        ) from None


def tensor_shapes(path: Path) -> dict[str, tuple[int, ...]]:
    """The shape of each tensor of a sound file, the fastest running extent first.

    Raises:
        UserFacingError: It cannot be read.
        Malformed: It is not sound.
    """

    def look(header: Header) -> dict[str, tuple[int, ...]]:
        _facts(header, path)
        return header.shapes

    return _look_into(path, look)


def _look_into(path: Path, look: "Callable[[Header], _Seen]") -> _Seen:
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            return look(Header(Reader(stream, size), size))
    except OSError as error:
        raise UserFacingError(
            f"{path.name} cannot be read.", "Check its permissions.", code="model_unreadable"
        ) from error


def _check_adapter(header: Header, architecture: str) -> None:
    """Reads all of it as an adapter."""
    header.read()
    if header.text("general.type") != "adapter" or header.text("adapter.type") != "lora":
        raise Malformed("it is not a LoRA adapter")
    made_for = header.text("general.architecture")
    if made_for != architecture:
        raise Malformed(f"it was made for {made_for or 'an unknown kind of model'}")
    alpha = header.scalars.get("adapter.lora.alpha", 0.0)
    if not isinstance(alpha, int | float) or not math.isfinite(alpha):
        raise Malformed("its alpha is impossible")
    for name, shape in header.shapes.items():
        stem, _, side = name.rpartition(".")
        pair = header.shapes.get(f"{stem}.lora_{'b' if side == 'lora_a' else 'a'}")
        if side in {"lora_a", "lora_b"} and (pair is None or len(shape) != len(pair)):
            raise Malformed("one half of a pair of tensors is missing")


def _part(header: Header, number: int, count: int) -> tuple[int, int]:
    """Reads all of it as a further part of a model; returns as ``Header.read`` does.

    Args:
        header: Of the part; not read yet.
        number: Of the part, from 0.
        count: Of all parts.
    """
    read = header.read()
    if (header.whole("split.no", -1), header.whole("split.count")) != (number, count):
        raise Malformed("it belongs elsewhere")
    return read


def _with_parts(header: Header, path: Path, read: tuple[int, int]) -> tuple[int, int]:
    """Takes in the other parts of a model that is cut into several."""
    count = header.whole("split.count")
    if count <= 1:
        return read
    number = header.whole("split.no", -1)
    if number != 0:
        raise Malformed(f"it is part {number + 1} of {count}, and does not stand alone")
    paths = split_set(path)
    if count > MOST_PARTS or len(paths) != count or paths[0] != path:
        raise Malformed(f"its name does not say that it is the first of {count} parts")
    parameters, weights = read
    for at, other in enumerate(paths[1:], start=1):
        more = _take_in(header, other, at, count)
        parameters, weights = parameters + more[0], weights + more[1]
    if header.whole("split.tensors.count", len(header.shapes)) != len(header.shapes):
        raise Malformed("its parts do not hold all of its tensors")
    return parameters, weights


def _take_in(header: Header, path: Path, at: int, count: int) -> tuple[int, int]:
    if not path.is_file():
        raise Malformed(f"part {at + 1} of {count} is missing")

    def look(part: Header) -> tuple[int, int]:
        found = _part(part, at, count)
        if header.shapes.keys() & part.shapes.keys():
            raise Malformed("it has a tensor twice")
        header.shapes |= part.shapes
        header.sizes |= part.sizes
        header.size += part.size
        return found

    try:
        return _look_into(path, look)
    except Malformed as error:
        raise Malformed(f"part {at + 1} of {count} is broken: {error}") from None


def _facts(header: Header, path: Path) -> GgufFacts:
    """Reads all of it as a model, checks it and sums it up; ``path`` is where it lies."""
    parameters, weights = _with_parts(header, path, header.read())
    architecture = header.text("general.architecture")
    _check_kind(header, architecture)
    _check_sizes(header, architecture)
    _check_vocabulary(header, architecture)
    heads = header.whole(f"{architecture}.attention.head_count")
    embedding = header.whole(f"{architecture}.embedding_length")
    head_size = embedding // heads if heads else 0
    return GgufFacts(
        architecture=architecture,
        name=header.text("general.name") or header.text("general.basename"),
        parameters=parameters,
        quantization=FILE_TYPES.get(header.whole("general.file_type", -1), ""),
        context_length=header.whole(f"{architecture}.context_length"),
        block_count=header.whole(f"{architecture}.block_count"),
        embedding_length=embedding,
        head_count=heads,
        head_count_kv=header.whole(f"{architecture}.attention.head_count_kv", heads),
        key_length=header.whole(f"{architecture}.attention.key_length", head_size),
        value_length=header.whole(f"{architecture}.attention.value_length", head_size),
        vocab_size=header.vocab_size(),
        has_chat_template=bool(header.text("tokenizer.chat_template")),
        licence=header.text("general.license"),
        size_bytes=header.size,
        weights_bytes=weights,
        token_bytes=weights - _passed_over(header, architecture),
        attention_count=_attention_count(header, architecture),
        feed_forward_length=header.whole(f"{architecture}.feed_forward_length"),
    )


def _passed_over(header: Header, architecture: str) -> int:
    """Bytes that are not read for one token: experts that rest, and the table of words."""
    experts = header.whole(f"{architecture}.expert_count")
    resting = 1 - header.whole(f"{architecture}.expert_used_count") / experts if experts else 0
    passed = sum(size for name, size in header.sizes.items() if "_exps." in name) * resting
    untied = "output.weight" in header.sizes
    return int(passed) + (header.sizes.get("token_embd.weight", 0) if untied else 0)


def _attention_count(header: Header, architecture: str) -> int:
    """Blocks that keep keys and values of the whole context; 0 for all."""
    every = header.whole(f"{architecture}.full_attention_interval")
    if every > 1:
        return header.whole(f"{architecture}.block_count") // every
    listed = header.arrays.get(f"{architecture}.attention.head_count_kv")
    return sum(1 for value in listed.values if value) if listed is not None else 0


def _check_kind(header: Header, architecture: str) -> None:
    if not architecture:
        raise Malformed("it does not say what kind of model it is")
    if architecture in NOT_FOR_CHAT or header.text("general.type") in {"adapter", "mmproj"}:
        raise Malformed("it is no model to chat with, but a part or a tool for other models")


def _check_sizes(header: Header, architecture: str) -> None:
    def within(key: str, low: int, high: int, *, needed: bool = True) -> int:
        value = header.whole(f"{architecture}.{key}", 0)
        known = (
            f"{architecture}.{key}" in header.scalars or f"{architecture}.{key}" in header.arrays
        )
        if (needed or known) and not low <= value <= high:
            raise Malformed(f"its {key.rsplit('.', 1)[-1].replace('_', ' ')} is impossible")
        return value

    layers = within("block_count", 1, 512)
    within("nextn_predict_layers", 0, layers, needed=False)
    within("context_length", 1, 1 << 27)
    embedding = within("embedding_length", 1, 1 << 20)
    heads = within("attention.head_count", 1, 4096, needed=False)
    kv_heads = within("attention.head_count_kv", 0, 4096, needed=False)
    if heads and kv_heads and heads % kv_heads:
        raise Malformed("its head count is impossible")
    for key in ("key_length", "value_length"):
        within(f"attention.{key}", 1, 1 << 16, needed=False)
    experts = within("expert_count", 0, 1024, needed=False)
    used = within("expert_used_count", 0, 1024, needed=False)
    if used > experts or (experts and not used):
        raise Malformed("its expert count is impossible")
    _check_numbers(header, architecture)
    table = header.shapes.get("token_embd.weight")
    if table is not None and (table[0] != embedding or table[1:] != (header.vocab_size(),)):
        raise Malformed("its vocabulary and its weights do not belong together")


def _check_numbers(header: Header, architecture: str) -> None:
    for key, value in header.scalars.items():
        if key.endswith("_epsilon") and not (isinstance(value, int | float) and 0 <= value <= 1):
            raise Malformed("its epsilon is impossible")
        if isinstance(value, float) and not math.isfinite(value):
            raise Malformed("a number in its header is not finite")
    scaling = header.scalars.get(f"{architecture}.rope.scaling.type", "none")
    if scaling not in {"none", "linear", "yarn", "longrope"}:
        raise Malformed("its rope scaling is unknown")


def _check_vocabulary(header: Header, architecture: str) -> None:
    size = header.vocab_size()
    if size == 0:
        raise Malformed("it has no vocabulary")
    for key in ("scores", "token_type"):
        array = header.arrays.get(f"tokenizer.ggml.{key}")
        if array is not None and array.length != size:
            raise Malformed("its vocabulary is damaged")
    said = header.whole(f"{architecture}.vocab_size", size)
    if said != size:
        raise Malformed("its vocabulary is damaged")
    for key, value in header.scalars.items():
        ours = key.startswith("tokenizer.ggml.") and key.endswith("_token_id")
        if ours and not (isinstance(value, int) and (0 <= value < size or value == _NO_TOKEN)):
            raise Malformed("its vocabulary is damaged")
    tokenizer = header.text("tokenizer.ggml.model")
    # libllama aborts on a byte that has no number, and on any where words are whole.
    unread = not header.byte_tokens.issuperset(header.said_bytes)
    wrong = unread if tokenizer in _READ_BYTES else header.broken_byte_tokens & {*header.said_bytes}
    if wrong or (header.said_bytes and tokenizer == "bert"):
        raise Malformed("its vocabulary is damaged")
    if tokenizer == "llama" and len(header.byte_tokens) < _BYTES_OF_A_BYTE:
        raise Malformed("its vocabulary lacks the tokens for single bytes")
