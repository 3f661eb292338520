"""What was computed for conversations that are not in the cache now, in memory and beyond."""

import ctypes
import json
import struct
from array import array
from collections import OrderedDict
from dataclasses import dataclass

from assistant.engine.llama.context import common_prefix
from assistant.engine.state_shelf import StateShelf

_HEAD = struct.Struct("<4sI")
_MAGIC = b"LKV1"
_LEAST_TOKENS = 64
"""Fewer are computed again sooner than they are kept."""


@dataclass(frozen=True, slots=True, eq=False)
class KeptState:
    """The keys and values of one conversation.

    Args:
        cache_key: Whose it is.
        variant: Under which adapter it was computed.
        tokens: What it was computed of.
        data: As ``Context.save`` gave it.
        private: It must not leave the memory.
    """

    cache_key: str
    variant: str
    tokens: "array[int]"
    data: "ctypes.Array[ctypes.c_uint8]"
    private: bool

    @property
    def size_bytes(self) -> int:
        """Bytes that it takes."""
        return len(self.data) + len(self.tokens) * self.tokens.itemsize


class KeptStates:
    """States by last use, within a budget; beyond it they go to the shelf.

    Args:
        model: Names the model and all that its states depend on.
        budget_bytes: Of the memory.
        shelf: Takes what no longer fits; None drops it.
    """

    def __init__(self, model: str, budget_bytes: int, shelf: StateShelf | None) -> None:
        self._model = model
        self._budget = budget_bytes
        self._shelf = shelf
        self._states: OrderedDict[tuple[str, str], KeptState] = OrderedDict()
        self._bytes = 0

    @property
    def size_bytes(self) -> int:
        """Bytes that all of them take of the memory."""
        return self._bytes

    def keep(self, state: KeptState) -> None:
        """Takes a state, in place of an older one of the same conversation."""
        if len(state.tokens) < _LEAST_TOKENS:
            return
        self._drop((state.cache_key, state.variant))
        self._states[state.cache_key, state.variant] = state
        self._bytes += state.size_bytes
        while self._bytes > self._budget and self._states:
            oldest = next(iter(self._states))
            self._put_away(self._states[oldest])
            self._drop(oldest)

    def best(self, tokens: "array[int]", variant: str) -> tuple[KeptState | None, int]:
        """The state in memory that begins most like ``tokens``, and how many they share.

        A state whose restoring would take longer than computing what is shared does not count.
        """
        best: tuple[KeptState | None, int] = (None, 0)
        for state in self._states.values():
            if state.variant == variant:
                common = common_prefix(state.tokens, tokens)
                if common > best[1] and common * 16 >= len(state.tokens):
                    best = (state, common)
        return best

    def take(self, state: KeptState) -> None:
        """It is in the cache again."""
        self._drop((state.cache_key, state.variant))

    def from_shelf(self, cache_key: str, variant: str) -> KeptState | None:
        """What the shelf has of a conversation."""
        if self._shelf is None or not cache_key:
            return None
        data = self._shelf.get(cache_key, self._full(variant))
        return _unpacked(data, cache_key, variant) if data is not None else None

    def forget(self, cache_key: str) -> None:
        """Drops a conversation's states everywhere."""
        for key in [each for each in self._states if each[0] == cache_key]:
            self._drop(key)
        if self._shelf is not None:
            self._shelf.drop(cache_key)

    def put_all_away(self) -> None:
        """Empties the memory onto the shelf."""
        for state in self._states.values():
            self._put_away(state)
        self._states.clear()
        self._bytes = 0

    def _drop(self, key: tuple[str, str]) -> None:
        state = self._states.pop(key, None)
        if state is not None:
            self._bytes -= state.size_bytes

    def _put_away(self, state: KeptState) -> None:
        if self._shelf is not None and state.cache_key and not state.private:
            self._shelf.put(state.cache_key, self._full(state.variant), _packed(state))

    def _full(self, variant: str) -> str:
        return json.dumps([self._model, variant])


def _packed(state: KeptState) -> bytes:
    head = _HEAD.pack(_MAGIC, len(state.tokens))
    return b"".join((head, state.tokens.tobytes(), memoryview(state.data)))


def _unpacked(data: bytes, cache_key: str, variant: str) -> KeptState | None:
    if len(data) < _HEAD.size:
        return None
    magic, count = _HEAD.unpack_from(data)
    tokens = array("i")
    end = _HEAD.size + count * tokens.itemsize
    if magic != _MAGIC or len(data) <= end:
        return None
    tokens.frombytes(data[_HEAD.size : end])
    kept = (ctypes.c_uint8 * (len(data) - end)).from_buffer_copy(data, end)
    return KeptState(cache_key, variant, tokens, kept, private=False)
