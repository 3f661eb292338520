"""The least that libllama needs: the yardstick of ``bench engine``."""

import ctypes
import statistics
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from assistant.domain.cancel import CancelToken
from assistant.domain.generation import Adapter
from assistant.domain.model import LoadOptions
from assistant.engine.llama.library import library
from assistant.engine.llama.model import LlamaModel, check, open_model
from assistant.engine.llama.pieces import PieceTable

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
        chain = self._greedy()
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

    def batched_rate(self, count: int, tokens: int) -> float:
        """Tokens per second, all together, of so many sequences that are decoded in one batch."""
        context, pick = self._model.context, self._functions.llama_sampler_sample
        batch = context.batch
        chain = self._greedy()
        context.clear()
        nexts = [1000 + number for number in range(count)]
        began = time.perf_counter()
        for position in range(tokens):
            batch.clear()
            places = [batch.add_one(nexts[n], position, n) for n in range(count)]
            context.compute()
            nexts = [pick(chain, context.pointer, place) for place in places]
        took = time.perf_counter() - began
        self._functions.llama_sampler_free(chain)
        context.clear()
        return count * tokens / took

    def _greedy(self) -> Any:  # noqa: ANN401 - a native pointer
        functions = self._functions
        chain = functions.llama_sampler_chain_init(functions.llama_sampler_chain_default_params())
        functions.llama_sampler_chain_add(chain, functions.llama_sampler_init_greedy())
        return chain

    def end_tokens(self) -> list[int]:
        """The ids that end an answer."""
        pieces = self._model.pieces
        return [token for token in range(len(pieces)) if pieces.piece(token) is PieceTable.END]

    def depth_loss(self, prompt_tokens: int, late: int, window: int) -> float:
        """Rate of ``window`` tokens behind ``late`` others, over the rate of the first ones."""
        shallow = self.decode_rate(prompt_tokens, window)
        deep = self.decode_rate(prompt_tokens + late, window)
        return deep / shallow

    def adapter_loss(self, path: Path, tokens: int) -> float:
        """Rate under an adapter over the rate without, measured one after the other."""
        adapters, context = self._model.adapters, self._model.context.pointer
        adapters.wear(context, Adapter(path))
        worn = self.decode_rate(32, tokens)
        adapters.wear(context, None)
        return worn / self.decode_rate(32, tokens)

    def adapter_swap_ms(self, one: Path, two: Path) -> float:
        """What putting on another adapter takes, both being loaded: the median of 100 times."""
        adapters, context = self._model.adapters, self._model.context.pointer
        took: list[float] = []
        for at in range(102):
            adapter = Adapter(two if at % 2 else one)
            began = time.perf_counter()
            adapters.wear(context, adapter)
            took.append((time.perf_counter() - began) * 1000)
        adapters.wear(context, None)
        return statistics.median(took[2:])

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
