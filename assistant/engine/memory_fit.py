"""Whether a model fits into this machine's memory, before it is loaded."""

from assistant.domain.model import Fit, FitVerdict, KvType, MemoryUse, ModelShape
from assistant.engine.machine import Memory

_GRAPH_TOKENS = 512
_GRAPH_ROWS = 12
"""Rows of the width of the model that one token of a batch keeps at once; measured, about 10."""
_FLOAT_BYTES = 4
_FIXED_BYTES = 48 << 20
"""The library, the vocabulary and their tables."""
_MARGIN, _KNOWN_MARGIN = 1.1, 1.03
_GIGABYTE = 1_000_000_000


def kv_bytes(shape: ModelShape, context_length: int, kv_type: KvType = KvType.F16) -> int:
    """Bytes of the KV cache: keys and values of each layer and token."""
    blocks = shape.attention_count or shape.block_count
    per_token = blocks * shape.head_count_kv * (shape.key_length + shape.value_length)
    return int(per_token * kv_type.number_bytes) * context_length


def needed_bytes(
    shape: ModelShape,
    context_length: int,
    known: MemoryUse | None = None,
    kv_type: KvType = KvType.F16,
) -> int:
    """Bytes at the peak: weights, KV cache, and what a batch computes in, with a margin.

    Args:
        shape: Of the model.
        context_length: Tokens that it shall be loaded for.
        known: What an earlier load of it took here; then nothing of that is estimated.
        kv_type: How keys and values shall be kept.
    """
    if known is not None and known.context_length > 0:
        smaller = kv_type.number_bytes / known.kv_type.number_bytes
        kv = int(known.kv_bytes * smaller) * context_length // known.context_length
        working = kv + known.working_bytes + _FIXED_BYTES
        return known.weights_bytes + int(working * _KNOWN_MARGIN)
    graph = _GRAPH_TOKENS * shape.embedding_length * _GRAPH_ROWS * _FLOAT_BYTES
    logits = shape.vocab_size * _FLOAT_BYTES * 2
    working = kv_bytes(shape, context_length, kv_type) + graph + logits + _FIXED_BYTES
    return shape.weights_bytes + int(working * _MARGIN)


def estimate_fit(
    shape: ModelShape,
    context_length: int,
    memory: Memory | None,
    known: MemoryUse | None = None,
    kv_type: KvType = KvType.F16,
) -> Fit:
    """Compares what a model needs with what the machine has; see ``needed_bytes``.

    The weights are mapped from the file: where they alone go beyond the free memory the model
    still runs, slowly, as long as everything fits into the machine.
    """
    needed = needed_bytes(shape, context_length, known, kv_type)
    if memory is None:
        return Fit(
            FitVerdict.UNKNOWN, needed, 0, "The system does not say how much memory is free."
        )
    free = memory.available_bytes
    sizes = f"It needs {needed / _GIGABYTE:.1f} GB, and {free / _GIGABYTE:.1f} GB are free"
    if needed <= free:
        return Fit(FitVerdict.FITS, needed, free, f"{sizes}.")
    if needed - shape.weights_bytes <= free and needed <= memory.total_bytes:
        why = f"{sizes}: parts of it will be read from the disk again and again."
        return Fit(FitVerdict.SLOW, needed, free, why)
    return Fit(FitVerdict.WONT_FIT, needed, free, f"{sizes}.")
