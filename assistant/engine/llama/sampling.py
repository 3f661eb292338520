"""The chain of samplers of one answer."""

import math
import secrets
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

from assistant.domain.generation import SamplingParams
from assistant.engine.llama.library import Library

_PENALISED_TOKENS = 64
"""How far the penalties look back; llama.cpp's own default."""


def clamp(value: float, low: float, high: float, otherwise: float) -> float:
    """``value`` within its bounds; ``otherwise`` where it is no finite number."""
    return min(max(value, low), high) if math.isfinite(value) else otherwise


@contextmanager
def sampler_chain(
    library: Library,
    params: SamplingParams,
    vocab_size: int,
    first: Any = None,  # noqa: ANN401 - a native pointer
) -> Generator[Any, None, None]:
    """Builds the chain, and frees it at the end.

    Args:
        library: The native functions.
        params: How tokens are picked.
        vocab_size: Tokens of the vocabulary.
        first: A sampler that goes before all others; the chain owns it from then on.

    Penalties, then top-k, top-p, min-p, temperature and the draw, in llama.cpp's order; at
    temperature 0 the penalties and the most likely token.
    """
    functions = library.functions
    chain = functions.llama_sampler_chain_init(functions.llama_sampler_chain_default_params())
    try:
        if first is not None:
            functions.llama_sampler_chain_add(chain, first)
        for link in _links(library, params, vocab_size):
            functions.llama_sampler_chain_add(chain, link)
        yield chain
    finally:
        functions.llama_sampler_free(chain)


def _links(library: Library, params: SamplingParams, vocab_size: int) -> Iterator[Any]:
    functions = library.functions
    repeat = clamp(params.repeat_penalty, 0.5, 2.0, 1.0)
    presence = clamp(params.presence_penalty, -2.0, 2.0, 0.0)
    if repeat != 1.0 or presence != 0.0:
        yield functions.llama_sampler_init_penalties(
            vocab_size, _PENALISED_TOKENS, repeat, 0.0, presence
        )
    temperature = clamp(params.temperature, 0.0, 2.0, 0.0)
    if temperature == 0.0:
        yield functions.llama_sampler_init_greedy()
        return
    if (top_k := int(clamp(params.top_k, 0, 1000, 0))) > 0:
        yield functions.llama_sampler_init_top_k(top_k)
    if (top_p := clamp(params.top_p, 0.0, 1.0, 1.0)) < 1.0:
        yield functions.llama_sampler_init_top_p(top_p, 1)
    if (min_p := clamp(params.min_p, 0.0, 1.0, 0.0)) > 0.0:
        yield functions.llama_sampler_init_min_p(min_p, 1)
    yield functions.llama_sampler_init_temp(temperature)
    seed = secrets.randbits(32) if params.seed is None else params.seed
    yield functions.llama_sampler_init_dist(seed & 0xFFFFFFFF)
