"""The tokens of one computation, of however many sequences."""

import ctypes
from collections.abc import Sequence
from typing import Any

from assistant.engine.llama.library import Library


class Batch:
    """Arrays that libllama reads, filled again for each computation.

    Args:
        library: libllama.
        room: Tokens of the largest computation.
        sequences: Sequence numbers go from 0 to one below this.
    """

    def __init__(self, library: Library, room: int, sequences: int) -> None:
        functions: Any = library.functions
        self.room = room
        self.count = 0
        """Tokens in it."""
        self._tokens = (ctypes.c_int32 * room)()
        self._positions = (ctypes.c_int32 * room)()
        self._ones = (ctypes.c_int32 * room)(*([1] * room))
        self._outputs = (ctypes.c_int8 * room)()
        self._number_of = [(ctypes.c_int32 * 1)(each) for each in range(sequences)]
        pointer = ctypes.POINTER(ctypes.c_int32)
        self._pointer_to = [ctypes.cast(each, pointer) for each in self._number_of]
        self._sequences = (pointer * room)()
        self.native = functions.llama_batch(
            n_tokens=0,
            token=self._tokens,
            embd=None,
            pos=self._positions,
            n_seq_id=self._ones,
            seq_id=self._sequences,
            logits=self._outputs,
        )

    def clear(self) -> None:
        """Makes it empty."""
        self.count = 0

    @property
    def left(self) -> int:
        """Tokens that still go into it."""
        return self.room - self.count

    def add_one(self, token: int, position: int, sequence: int) -> int:
        """Adds a token whose logits are wanted; returns its place."""
        at = self.count
        self._tokens[at] = token
        self._positions[at] = position
        self._sequences[at] = self._pointer_to[sequence]
        self._outputs[at] = 1
        self.count = at + 1
        return at

    def add(self, tokens: Sequence[int], position: int, sequence: int, *, last: bool) -> int:
        """Adds tokens that follow one another.

        Args:
            tokens: At least one, and no more than are ``left``.
            position: Of the first in its sequence.
            sequence: Its number.
            last: Whether the logits after the last of them are wanted.

        Returns:
            The place of the last one.
        """
        at, count = self.count, len(tokens)
        end = at + count
        self._tokens[at:end] = tokens
        self._positions[at:end] = range(position, position + count)
        self._sequences[at:end] = [self._pointer_to[sequence]] * count
        self._outputs[at:end] = bytes(count)
        if last:
            self._outputs[end - 1] = 1
        self.count = end
        return end - 1

    def sealed(self) -> Any:  # noqa: ANN401 - the native structure
        """The structure as libllama takes it."""
        self.native.n_tokens = self.count
        return self.native
