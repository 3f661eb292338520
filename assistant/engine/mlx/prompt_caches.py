"""What was computed for conversations, in memory and beyond."""

import copy
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.engine.mlx.model import MlxModel
from assistant.engine.mlx.stored import packed, unpacked
from assistant.engine.state_shelf import StateShelf

_MOST = 256
_LEAST_STORED = 64
"""Tokens: fewer are computed again sooner than they are fetched."""


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The caches of one sequence.

    Args:
        cache_key: Whose they are; empty where nobody comes back to them.
        variant: The adapter that they were computed under.
        tokens: What they hold, in order.
        caches: One for each layer.
        private: They must not leave the memory.
    """

    cache_key: str
    variant: str
    tokens: Sequence[int]
    caches: list[Any]
    private: bool = False

    @property
    def size_bytes(self) -> int:
        """Bytes of their arrays."""
        return sum(each.nbytes for each in self.caches)


def common_prefix(one: Sequence[int], other: Sequence[int]) -> int:
    """How many of the first tokens are the same."""
    longest = min(len(one), len(other))
    if one[:longest] == other[:longest]:
        return longest
    for at in range(longest):
        if one[at] != other[at]:
            return at
    return longest


class PromptCaches:
    """Kept caches, the one used last at the end; beyond the budget they go to the shelf.

    Args:
        model: Computed them.
        budget_bytes: What they may take of the memory together.
        shelf: Takes what no longer fits; None drops it.
    """

    def __init__(self, model: MlxModel, budget_bytes: int, shelf: StateShelf | None) -> None:
        self._model = model
        self._mlx = model.mlx
        self._budget = budget_bytes
        self._shelf = shelf
        self._kept: list[Kept] = []

    def best(self, prompt: Sequence[int], cache_key: str, variant: str) -> tuple[Kept | None, int]:
        """What holds most of the beginning of a prompt, and how much of it can be used."""
        best, most = None, 0
        for kept in self._kept:
            count = self.usable(kept, prompt) if kept.variant == variant else 0
            own = count == most and count and cache_key and kept.cache_key == cache_key
            if count > most or own:
                best, most = kept, count
        return best, most

    def usable(self, kept: Kept, prompt: Sequence[int]) -> int:
        """How many of its tokens a prompt can begin with, its last always left to be read."""
        common = min(common_prefix(kept.tokens, prompt), len(prompt) - 1)
        if common == len(kept.tokens) or self._mlx.caches.can_trim_prompt_cache(kept.caches):
            return common
        return 0

    def open(self, kept: Kept, count: int, cache_key: str, *, fetched: bool = False) -> list[Any]:
        """Caches that hold the first ``count`` tokens of it, to be written to.

        Args:
            kept: From here, from ``fetch``, or an answer in hand.
            count: How much of it can be used.
            cache_key: Whose they will be.
            fetched: It is nobody else's.
        """
        nobody_comes_back = not kept.cache_key and count == len(kept.tokens)
        if fetched:
            caches = kept.caches
        elif kept in self._kept and (
            nobody_comes_back or (cache_key and kept.cache_key == cache_key)
        ):
            self._kept.remove(kept)
            caches = kept.caches
        else:
            caches = copy.deepcopy(kept.caches)  # the arrays are shared until they are written to
        if count < len(kept.tokens):
            self._mlx.caches.trim_prompt_cache(caches, len(kept.tokens) - count)
        return caches

    def keep(self, kept: Kept) -> None:
        """Keeps caches; what they replace or leave no room for is dropped."""
        if not kept.tokens:
            return
        self._kept = [each for each in self._kept if not _replaces(kept, each)]
        self._kept.append(kept)
        total = sum(each.size_bytes for each in self._kept)
        while self._kept and (total > self._budget or len(self._kept) > _MOST):
            oldest = self._kept.pop(0)
            total -= oldest.size_bytes
            self._put_away(oldest)

    def fetch(self, cache_key: str, variant: str) -> Kept | None:
        """What the shelf has of a conversation that the memory has nothing of."""
        here = any(each.cache_key == cache_key and each.variant == variant for each in self._kept)
        if self._shelf is None or not cache_key or here:
            return None
        data = self._shelf.get(cache_key, self._full(variant))
        if data is None:
            return None
        caches = self._model.new_caches()
        tokens = unpacked(self._mlx, data, caches)
        return Kept(cache_key, variant, tokens, caches) if tokens is not None else None

    def forget(self, cache_key: str) -> None:
        """Drops all that is kept of a conversation, everywhere."""
        self._kept = [each for each in self._kept if each.cache_key != cache_key]
        if self._shelf is not None:
            self._shelf.drop(cache_key)

    def put_all_away(self) -> None:
        """Empties the memory onto the shelf."""
        for kept in self._kept:
            self._put_away(kept)
        self._kept = []

    def _put_away(self, kept: Kept) -> None:
        wanted = kept.cache_key and not kept.private and len(kept.tokens) >= _LEAST_STORED
        if self._shelf is None or not wanted:
            return
        data = packed(self._mlx, kept.tokens, kept.caches)
        if data is not None:
            self._shelf.put(kept.cache_key, self._full(kept.variant), data)

    def _full(self, variant: str) -> str:
        return json.dumps([self._model.identity, variant])


def _replaces(new: Kept, old: Kept) -> bool:
    """Whether nobody needs the old one beside the new one."""
    if new.cache_key != old.cache_key or new.variant != old.variant:
        return False
    return bool(new.cache_key) or common_prefix(new.tokens, old.tokens) == len(old.tokens)
