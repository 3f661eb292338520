"""What a model in MLX's format takes of the memory, before and after it is loaded."""

from collections.abc import Iterator, Sequence
from typing import Any

from assistant.domain.errors import EnvironmentProblem
from assistant.domain.machine import Memory
from assistant.domain.model import MemoryUse
from assistant.domain.sizes import memory_words
from assistant.engine.memory_fit import Need, need_of
from assistant.engine.mlx.folder_preflight import FolderFacts


def need(facts: FolderFacts, context_length: int, known: MemoryUse | None = None) -> Need:
    """What it needs at its peak, by the same estimate as every other model.

    Args:
        facts: Of its folder.
        context_length: Tokens that it shall be loaded for.
        known: What an earlier load of it took.
    """
    if facts.shape is None:
        return Need(facts.weights_bytes, 0, 0, 0)
    return need_of(facts.shape, context_length, known)


def check_fit(needed_bytes: int, memory: Memory | None) -> None:
    """Refuses a model that does not fit; MLX keeps its weights in memory, not in the file.

    Raises:
        EnvironmentProblem: It does not fit.
    """
    if memory is None or needed_bytes <= memory.available_bytes:
        return
    raise EnvironmentProblem(
        f"It needs {memory_words(needed_bytes)}, and "
        f"{memory_words(memory.available_bytes)} is free.",
        "Close other programs, set a smaller context length, choose a smaller model, "
        "or load it anyway.",
        code="out_of_memory",
    )


def taken(
    facts: FolderFacts, weights_bytes: int, caches: Sequence[Any], context_length: int
) -> MemoryUse:
    """What a load took.

    The weights and the bytes of one token's keys and values are counted; what is computed in MLX
    takes with the first long prompt only, so that is still the estimate's.

    Args:
        facts: Of its folder.
        weights_bytes: Of all its parameters as they lie in memory.
        caches: Of each layer, with some tokens in them.
        context_length: Tokens that it was loaded for.
    """
    kv = sum(_grown(cache, context_length) for each in caches for cache in _single(each))
    return MemoryUse(context_length, weights_bytes, kv, need(facts, context_length).graph)


def _single(cache: Any) -> Iterator[Any]:  # noqa: ANN401 - a cache of mlx-lm
    """The caches that one layer's may consist of."""
    parts = getattr(cache, "caches", None)
    if parts is None:
        yield cache
        return
    for part in parts:
        yield from _single(part)


def _grown(cache: Any, context_length: int) -> int:  # noqa: ANN401 - a cache of mlx-lm
    """Bytes of a cache once the context is full; one without keys is a state of fixed size."""
    keys = getattr(cache, "keys", None)
    if keys is None:
        return int(cache.nbytes)
    window = getattr(cache, "max_size", None) or getattr(cache, "chunk_size", None)
    tokens = min(window, context_length) if window else context_length
    return int(cache.nbytes) * tokens // int(keys.shape[2])
