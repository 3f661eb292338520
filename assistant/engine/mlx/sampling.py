"""How the next token of one answer is picked, as a graph that MLX computes when it is needed."""

import secrets
from collections.abc import Callable
from typing import Any

from assistant.domain.generation import SamplingParams
from assistant.engine.bounds import clamp
from assistant.engine.mlx.library import Mlx
from assistant.engine.mlx.repeated import Repeated

_PENALISED_TOKENS = 64
_MOST_BIASES = 4096
_LEAST_ALLOWED = 1e-30
"""Top-p and min-p of 0 would leave nothing, or divide by it."""

Array = Any
"""An array of MLX, which has no types that could be named here."""
Piece = Callable[[int], bytes]


class Draw:
    """Draws tokens as ``params`` say, in the order of libllama's chain.

    Biases, then penalties (repetition, presence, DRY), top-k, top-p, min-p, temperature and the
    draw; at temperature 0 the most likely token after the penalties. The random numbers are the
    answer's own: what else is written meanwhile does not change it.

    Args:
        mlx: The library.
        params: Every value is clamped to its range.
        vocab_size: Tokens that have logits.
        piece: Bytes of a token, for DRY.
    """

    def __init__(self, mlx: Mlx, params: SamplingParams, vocab_size: int, piece: Piece) -> None:
        self._mlx = mlx
        core = mlx.core
        repeat = clamp(params.repeat_penalty, 0.5, 2.0, 1.0)
        presence = clamp(params.presence_penalty, -2.0, 2.0, 0.0)
        biases = {
            token: clamp(bias, -100.0, 100.0, 0.0)
            for token, bias in params.logit_bias[:_MOST_BIASES]
            if 0 <= token < vocab_size
        }
        self._processors: list[Callable[[Array, Array], Array]] = (
            mlx.samplers.make_logits_processors(
                biases or None,
                repeat if repeat != 1.0 else None,
                _PENALISED_TOKENS,
                presence,
                _PENALISED_TOKENS,
            )
        )
        dry = clamp(params.dry_multiplier, 0.0, 5.0, 0.0)
        self._repeated = Repeated(dry, piece) if dry > 0.0 else None
        self._temperature = clamp(params.temperature, 0.0, 2.0, 0.0)
        top_k = int(clamp(params.top_k, 0, 1000, 0))
        self._top_k = top_k if top_k < vocab_size else 0
        self._top_p = max(clamp(params.top_p, 0.0, 1.0, 1.0), _LEAST_ALLOWED)
        self._min_p = clamp(params.min_p, 0.0, 1.0, 0.0)
        seed = secrets.randbits(32) if params.seed is None else params.seed
        self._key = core.random.key(seed & 0xFFFFFFFF)
        self._recent = core.zeros((0,), dtype=core.int32)

    @property
    def plain(self) -> bool:
        """Whether it always is the most likely token, whatever was said before."""
        return not self._temperature and not self._processors and self._repeated is None

    @property
    def needs_history(self) -> bool:
        """Whether the tokens before must be known before the next can be drawn."""
        return self._repeated is not None

    def accept(self, token: int) -> None:
        """Tells the penalties of a token whose number is known."""
        if self._repeated is not None:
            self._repeated.accept(token)

    def accept_array(self, token: Array) -> None:
        """Tells the penalties of a token that may still have to be computed; of shape (1,)."""
        if self._processors:
            recent = self._mlx.core.concatenate([self._recent, token.astype(self._recent.dtype)])
            self._recent = recent[-_PENALISED_TOKENS:]

    def draw(self, logits: Array) -> Array:
        """The next token, of shape (1,), from logits of shape (1, vocabulary)."""
        core = self._mlx.core
        if self._processors or self._repeated is not None:
            logits = core.array(logits)  # the processors write into what they are given
        for processor in self._processors:
            logits = processor(self._recent, logits)
        if self._repeated is not None:
            logits = self._less_repeated(logits, self._repeated.penalties())
        if not self._temperature:
            return core.argmax(logits, axis=-1)
        return self._drawn(logits.astype(core.float32))

    def _less_repeated(self, logits: Array, penalties: dict[int, float]) -> Array:
        if not penalties:
            return logits
        core = self._mlx.core
        tokens = core.array(list(penalties))
        return logits.at[:, tokens].subtract(
            core.array(list(penalties.values())).astype(logits.dtype)
        )

    def _drawn(self, logits: Array) -> Array:
        core, samplers = self._mlx.core, self._mlx.samplers
        chosen: Array = None
        if self._top_k:
            # Everything after it works on so many values instead of the whole vocabulary.
            chosen = core.argpartition(-logits, kth=self._top_k - 1, axis=-1)[..., : self._top_k]
            logits = core.take_along_axis(logits, chosen, axis=-1)
        likely = logits - core.logsumexp(logits, axis=-1, keepdims=True)
        if self._top_p < 1.0:
            likely = samplers.apply_top_p(likely, self._top_p)
        if self._min_p > 0.0:
            likely = samplers.apply_min_p(likely, self._min_p)
        self._key, key = core.random.split(self._key)
        drawn = core.random.categorical(likely * (1.0 / self._temperature), key=key)
        if chosen is None:
            return drawn
        return core.take_along_axis(chosen, drawn[:, None], axis=-1)[:, 0]
