"""One context of libllama and the token ids that its KV cache holds."""

import ctypes
import math
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.engine.llama.library import Library, StopFlag

CHUNK_TOKENS = 256
"""Tokens of a prompt that are read between two looks at the queue; 512 would be 2 % faster."""
_BATCH_TOKENS = 512
_NO_SLOT, _ABORTED = 1, 2
_UNSOUND = UserFacingError(
    "The model computes nonsense: its weights are damaged or it needs another version.",
    "Download the model again, or choose another one.",
    code="model_unsound",
)


class Context:
    """A KV cache for one sequence.

    Args:
        library: libllama.
        model: The model; must outlive the context.
        context_length: Tokens that it shall hold.
        threads: For one token, and for a prompt.
        flag: Raised to stop a computation.

    Raises:
        EnvironmentProblem: The memory for it cannot be had.
    """

    def __init__(
        self,
        library: Library,
        model: int,
        context_length: int,
        threads: tuple[int, int],
        flag: StopFlag,
    ) -> None:
        self._functions: Any = library.functions
        params = self._functions.llama_context_default_params()
        params.n_ctx = context_length
        params.n_batch = params.n_ubatch = min(_BATCH_TOKENS, context_length)
        params.n_seq_max = 1
        params.n_outputs_max = 1  # logits of the last token only: saves a row per token of a batch
        params.n_threads, params.n_threads_batch = threads
        params.flash_attn_type = -1  # auto
        params.no_perf = True
        if flag.callback_address is not None:
            params.abort_callback = type(params.abort_callback)(flag.callback_address)
            params.abort_callback_data = flag.data_address
        self._flag = flag
        self._params = params
        pointer = self._functions.llama_init_from_model(model, params)
        if not pointer:
            raise EnvironmentProblem(
                "There is not enough memory for this model's context.",
                "Close other programs, or set a smaller context length for the model.",
                code="out_of_memory",
            )
        self.pointer: int | None = pointer
        self._memory = self._functions.llama_get_memory(pointer)
        self.length = int(self._functions.llama_n_ctx(pointer))
        self.held = array("i")
        """Token ids in the KV cache, in order."""
        self._one = (ctypes.c_int32 * 1)()
        self._one_batch = self._functions.llama_batch_get_one(self._one, 1)
        self._logits = self._functions.llama_get_logits

    def close(self) -> None:
        """Frees it; a second call does nothing."""
        if self.pointer is not None:
            self._functions.llama_free(self.pointer)
            self.pointer = None

    def keep_prefix(self, prompt: Sequence[int]) -> int:
        """Drops what the prompt does not begin with; returns how many tokens stay.

        At least the last token of the prompt is always read again: its logits are needed.
        """
        common = min(_common_prefix(self.held, array("i", prompt)), len(prompt) - 1)
        return self._cut(common)

    def read(self, tokens: Sequence[int]) -> Iterator[int]:
        """Reads tokens into the cache, yielding after each piece how many of them are in.

        Ends early when the flag is raised; what was read stays.

        Raises:
            UserFacingError: libllama cannot go on.
        """
        done = 0
        while done < len(tokens):
            count = min(CHUNK_TOKENS, len(tokens) - done)
            piece = (ctypes.c_int32 * count)(*tokens[done : done + count])
            batch = self._functions.llama_batch_get_one(piece, count)
            result = self._functions.llama_decode(self.pointer, batch)
            if result != 0:
                self._after_failure(result, list(piece))
                return
            self.held.extend(piece)
            done += count
            yield done

    def append(self, token: int) -> bool:
        """Reads one token, which was just sampled; False when the flag was raised.

        Raises:
            UserFacingError: libllama cannot go on.
        """
        self._one[0] = token
        result = self._functions.llama_decode(self.pointer, self._one_batch)
        if result == 0:
            self.held.append(token)
            return True
        self._after_failure(result, [token])
        return False

    def check_logits(self) -> None:
        """Notices a model whose numbers have become NaN, before they are drawn from.

        Raises:
            UserFacingError: They have.
        """
        if math.isnan(self._logits(self.pointer)[0]):
            self.forget()
            raise _UNSOUND

    def forget(self) -> None:
        """Empties the cache."""
        self._functions.llama_memory_clear(self._memory, 1)
        self.held = array("i")

    def _cut(self, length: int) -> int:
        """Keeps the first ``length`` tokens, or none where the cache cannot be cut."""
        if length == len(self.held):
            return length
        if length > 0 and self._functions.llama_memory_seq_rm(self._memory, 0, length, -1):
            del self.held[length:]
            return length
        self.forget()
        return 0

    def _after_failure(self, result: int, tokens: Sequence[int]) -> None:
        """Puts ``held`` right after a decode that did not finish."""
        if result == _ABORTED:
            there = int(self._functions.llama_memory_seq_pos_max(self._memory, 0)) + 1
            extra = there - len(self.held)
            if 0 <= extra <= len(tokens):
                self.held.extend(tokens[:extra])
            else:
                self.forget()
            return
        self.forget()
        if result == _NO_SLOT:
            raise UserFacingError(
                "The conversation has outgrown the model's context.",
                "Start a new chat, or set a larger context length for the model.",
                code="context_full",
            )
        raise UserFacingError(
            "The model stopped in the middle of its computation.",
            "Try again; if it happens again, load the model anew or choose another one.",
            code="decode_failed",
        )


def _common_prefix(held: "array[int]", prompt: "array[int]") -> int:
    """Length of the longest common beginning, by halving: each comparison is one of C's."""
    low, high = 0, min(len(held), len(prompt))
    while low < high:
        middle = (low + high + 1) // 2
        if held[low:middle] == prompt[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
