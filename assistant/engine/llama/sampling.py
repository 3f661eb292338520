"""The chain of samplers of one answer."""

import ctypes
import secrets
from collections.abc import Iterator
from typing import Any

from assistant.domain.generation import SamplingParams
from assistant.engine.bounds import clamp
from assistant.engine.llama.library import Library

_PENALISED_TOKENS = 64
"""How far the penalties look back; llama.cpp's own default."""
_DRY_BASE, _DRY_ALLOWED, _DRY_TOKENS = 1.75, 2, 1024
_DRY_BREAKERS = (b"\n", b":", b'"', b"*")
_MOST_BIASES = 4096
_COLDEST = 1e-3
"""Below it the logits, divided by it, leave the range of floats, and anything might be drawn."""


class Chain:
    """Draws tokens as ``params`` say.

    Biases, then penalties (repetition, presence, DRY), top-k, top-p, min-p, temperature and the
    draw, in llama.cpp's order; at temperature 0 the most likely token after the penalties.

    Args:
        library: libllama.
        vocab: The vocabulary; must outlive this.
        vocab_size: Its tokens.
        params: Every value is clamped to its range.
    """

    def __init__(
        self, library: Library, vocab: int, vocab_size: int, params: SamplingParams
    ) -> None:
        functions: Any = library.functions
        self._functions = functions
        self._sample = functions.llama_sampler_sample
        self.pointer = functions.llama_sampler_chain_init(
            functions.llama_sampler_chain_default_params()
        )
        for link in _links(functions, vocab, vocab_size, params):
            functions.llama_sampler_chain_add(self.pointer, link)

    def draw(self, context: int | None, place: int) -> int:
        """The next token after the one at ``place`` of the last batch; the chain is told of it."""
        token: int = self._sample(self.pointer, context, place)
        return token

    def accept(self, token: int) -> None:
        """Tells the penalties of a token that was not drawn here."""
        self._functions.llama_sampler_accept(self.pointer, token)

    def close(self) -> None:
        """Frees it; a second call does nothing."""
        if self.pointer is not None:
            self._functions.llama_sampler_free(self.pointer)
            self.pointer = None


def _links(functions: Any, vocab: int, vocab_size: int, params: SamplingParams) -> Iterator[Any]:  # noqa: ANN401 - the ctypes module
    if params.logit_bias:
        yield _bias(functions, vocab_size, params)
    repeat = clamp(params.repeat_penalty, 0.5, 2.0, 1.0)
    presence = clamp(params.presence_penalty, -2.0, 2.0, 0.0)
    if repeat != 1.0 or presence != 0.0:
        yield functions.llama_sampler_init_penalties(
            vocab_size, _PENALISED_TOKENS, repeat, 0.0, presence
        )
    if (dry := clamp(params.dry_multiplier, 0.0, 5.0, 0.0)) > 0.0:
        breakers = (ctypes.c_char_p * len(_DRY_BREAKERS))(*_DRY_BREAKERS)
        yield functions.llama_sampler_init_dry(
            vocab, dry, _DRY_BASE, _DRY_ALLOWED, _DRY_TOKENS, breakers, len(_DRY_BREAKERS)
        )
    temperature = clamp(params.temperature, 0.0, 2.0, 0.0)
    if temperature < _COLDEST:
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


def _bias(functions: Any, vocab_size: int, params: SamplingParams) -> Any:  # noqa: ANN401 - native
    """Biases of tokens that the vocabulary has; others would be read past its end."""
    known = {
        token: clamp(bias, -100.0, 100.0, 0.0)
        for token, bias in params.logit_bias[:_MOST_BIASES]
        if 0 <= token < vocab_size
    }
    pairs = (functions.llama_logit_bias * len(known))()
    for pair, (token, bias) in zip(pairs, known.items(), strict=True):
        pair.token, pair.bias = token, bias
    return functions.llama_sampler_init_logit_bias(vocab_size, len(known), pairs)
