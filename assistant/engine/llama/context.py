"""One context of libllama: a KV cache that many sequences share, and its computations."""

import ctypes
import math
from enum import Enum
from typing import TYPE_CHECKING, Any

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.engine.backend import UNSOUND
from assistant.engine.llama.batch import Batch
from assistant.engine.llama.library import Library, StopFlag
from assistant.engine.llama.settings import ContextSettings

if TYPE_CHECKING:
    from array import array

BATCH_TOKENS = 512
"""Tokens that libllama takes in one computation."""
_NO_SLOT, _ABORTED = 1, 2
FULL = UserFacingError(
    "The conversation has outgrown the model's context.",
    "Start a new chat, or set a larger context length for the model.",
    code="context_full",
)
_FAILED = UserFacingError(
    "The model stopped in the middle of its computation.",
    "Try again; if it happens again, load the model anew or choose another one.",
    code="decode_failed",
)


class Decoded(Enum):
    """How a computation ended."""

    DONE = "done"
    STOPPED = "stopped"
    """The flag was raised; a part of the tokens may be in the cache."""
    NO_ROOM = "no room"
    """Nothing was computed."""


class Context:
    """A KV cache of a number of cells for sequences that are numbered from 0.

    Args:
        library: libllama.
        model: The model; must outlive the context.
        settings: How it is made; its length is that of all sequences together.
        sequences: How many there may be.
        flag: Raised to stop a computation.

    Raises:
        EnvironmentProblem: The memory for it cannot be had.
    """

    def __init__(
        self,
        library: Library,
        model: int,
        settings: ContextSettings,
        sequences: int,
        flag: StopFlag,
    ) -> None:
        self._functions: Any = library.functions
        params = self._functions.llama_context_default_params()
        params.n_ctx = settings.length
        params.n_batch = params.n_ubatch = min(BATCH_TOKENS, settings.length)
        params.n_seq_max = sequences
        params.n_outputs_max = sequences  # one row of logits a sequence, not one a token
        params.kv_unified = True
        params.n_threads, params.n_threads_batch = settings.threads
        params.flash_attn_type = settings.flash_type
        params.type_k = params.type_v = settings.ggml_type
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
        self.sequences = sequences
        self.batch = Batch(library, int(params.n_batch), sequences)
        self.can_shift = bool(self._functions.llama_memory_can_shift(self._memory))
        self._logits_of = self._functions.llama_get_logits_ith
        self._decode = self._functions.llama_decode

    def close(self) -> None:
        """Frees it; a second call does nothing."""
        if self.pointer is not None:
            self._functions.llama_free(self.pointer)
            self.pointer = None

    def compute(self) -> Decoded:
        """Reads the batch into the cache.

        Raises:
            UserFacingError: libllama cannot go on; the whole cache is empty then.
        """
        result = self._decode(self.pointer, self.batch.sealed())
        if result == 0:
            return Decoded.DONE
        if result == _ABORTED:
            return Decoded.STOPPED
        if result == _NO_SLOT:
            return Decoded.NO_ROOM
        self.clear()
        raise _FAILED

    def check_logits(self, place: int) -> None:
        """Notices a model whose numbers have become NaN, before they are drawn from.

        Args:
            place: Of a token of the last batch.

        Raises:
            UserFacingError: They have.
        """
        if math.isnan(self._logits_of(self.pointer, place)[0]):
            raise UNSOUND

    def logits(self, place: int) -> Any:  # noqa: ANN401 - a native pointer
        """The logits after a token of the last batch: one float for each of the vocabulary."""
        return self._logits_of(self.pointer, place)

    # The cells of one sequence

    def held(self, sequence: int) -> int:
        """How many tokens of it are in the cache."""
        return int(self._functions.llama_memory_seq_pos_max(self._memory, sequence)) + 1

    def cut(self, sequence: int, begin: int, end: int = -1) -> bool:
        """Drops the tokens from ``begin`` to before ``end``; False where the model cannot."""
        return bool(self._functions.llama_memory_seq_rm(self._memory, sequence, begin, end))

    def shift(self, sequence: int, begin: int, by: int) -> None:
        """Moves the tokens from ``begin`` on to other positions; only where ``can_shift``."""
        self._functions.llama_memory_seq_add(self._memory, sequence, begin, -1, by)

    def copy(self, source: int, target: int, end: int) -> None:
        """Has ``target`` begin with the first ``end`` tokens of ``source``; cells are shared."""
        self._functions.llama_memory_seq_cp(self._memory, source, target, 0, end)

    def clear(self) -> None:
        """Empties the cache of all sequences."""
        self._functions.llama_memory_clear(self._memory, 1)

    def save(self, sequence: int) -> "ctypes.Array[ctypes.c_uint8] | None":
        """The keys and values of a sequence as bytes; None where they cannot be had."""
        size = int(self._functions.llama_state_seq_get_size(self.pointer, sequence))
        if size <= 0:
            return None
        data = (ctypes.c_uint8 * size)()
        written = int(self._functions.llama_state_seq_get_data(self.pointer, data, size, sequence))
        return data if written == size else None

    def restore(self, sequence: int, data: "ctypes.Array[ctypes.c_uint8]") -> bool:
        """Fills an empty sequence with what ``save`` gave; False where there is no room."""
        read = int(
            self._functions.llama_state_seq_set_data(self.pointer, data, len(data), sequence)
        )
        if read:
            return True
        self.cut(sequence, 0)
        return False


def common_prefix(held: "array[int]", prompt: "array[int]") -> int:
    """Length of the longest common beginning, by halving: each comparison is one of C's."""
    low, high = 0, min(len(held), len(prompt))
    while low < high:
        middle = (low + high + 1) // 2
        if held[low:middle] == prompt[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
