"""The least that libllama needs: the yardstick of ``bench engine``."""

import ctypes
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from assistant.domain.cancel import CancelToken
from assistant.domain.model import LoadOptions
from assistant.engine.llama.library import library
from assistant.engine.llama.model import LlamaModel, check, open_model

_BATCH_TOKENS = 512


class RawLoop:
    """Bare calls of ``llama_decode`` and a greedy sampler over a context of our own flags.

    Args:
        path: The model file.
        context_length: Tokens of its context.
    """

    def __init__(self, path: Path, context_length: int) -> None:
        options = LoadOptions(context_length=context_length)
        self._model: LlamaModel = open_model(
            library(),
            path,
            options,
            check(path, options),
            on_progress=lambda _: None,
            cancel=CancelToken(),
        )
        self._functions: Any = self._model.library.functions

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._model.close()

    def decode_rate(self, prompt_tokens: int, tokens: int) -> float:
        """Tokens per second after the first, behind a prompt of the given length."""
        functions, context = self._functions, self._model.context.pointer
        self._read(prompt_tokens)
        chain = functions.llama_sampler_chain_init(functions.llama_sampler_chain_default_params())
        functions.llama_sampler_chain_add(chain, functions.llama_sampler_init_greedy())
        one = (ctypes.c_int32 * 1)()
        batch = functions.llama_batch_get_one(one, 1)
        decode, sample = functions.llama_decode, functions.llama_sampler_sample
        one[0] = sample(chain, context, -1)
        began = time.perf_counter()
        for _ in range(tokens - 1):
            decode(context, batch)
            one[0] = sample(chain, context, -1)
        took = time.perf_counter() - began
        functions.llama_sampler_free(chain)
        return (tokens - 1) / took

    def prefill_rate(self, tokens: int) -> float:
        """Tokens per second of a prompt."""
        began = time.perf_counter()
        self._read(tokens)
        return tokens / (time.perf_counter() - began)

    def _read(self, tokens: int) -> None:
        self._model.context.clear()
        functions, context = self._functions, self._model.context.pointer
        for at in range(0, tokens, _BATCH_TOKENS):
            count = min(_BATCH_TOKENS, tokens - at)
            ids = (ctypes.c_int32 * count)(*(1000 + number for number in range(count)))
            functions.llama_decode(context, functions.llama_batch_get_one(ids, count))
