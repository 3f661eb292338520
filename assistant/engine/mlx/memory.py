"""What a model in MLX's format takes of the memory."""

from assistant.domain.errors import EnvironmentProblem
from assistant.engine.machine import Memory
from assistant.engine.mlx.folder_preflight import FolderFacts

_KV_BYTES = 2
_READ_TOKENS = 1024
_ROWS = 12
"""Rows of the width of the model that one token of a prompt keeps at once."""
_FLOAT_BYTES = 4
_FIXED_BYTES = 64 << 20
_MARGIN = 1.1
_GIGABYTE = 1_000_000_000


def needed_bytes(facts: FolderFacts, context_length: int) -> int:
    """Bytes at the peak: weights, keys and values at 16 bits, and what a prompt is read in."""
    per_token = facts.block_count * facts.head_count_kv * facts.head_length * 2 * _KV_BYTES
    reading = _READ_TOKENS * facts.embedding_length * _ROWS * _FLOAT_BYTES
    logits = facts.vocab_size * _FLOAT_BYTES * 4
    working = per_token * context_length + reading + logits + _FIXED_BYTES
    return facts.weights_bytes + int(working * _MARGIN)


def check_fit(facts: FolderFacts, context_length: int, memory: Memory | None) -> None:
    """Refuses a model that does not fit; MLX keeps its weights in memory, not in the file.

    Raises:
        EnvironmentProblem: It does not fit.
    """
    needed = needed_bytes(facts, context_length)
    if memory is None or needed <= memory.available_bytes:
        return
    raise EnvironmentProblem(
        f"It needs {needed / _GIGABYTE:.1f} GB, and "
        f"{memory.available_bytes / _GIGABYTE:.1f} GB are free.",
        "Close other programs, set a smaller context length, choose a smaller model, "
        "or load it anyway.",
        code="out_of_memory",
    )
