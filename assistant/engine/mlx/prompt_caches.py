"""What was computed for conversations, kept until the memory for it is used up."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.engine.mlx.library import Mlx

_MOST = 256


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The caches of one sequence.

    Args:
        cache_key: Whose they are; empty where nobody comes back to them.
        variant: The adapter that they were computed under.
        tokens: What they hold, in order.
        caches: One for each layer.
    """

    cache_key: str
    variant: str
    tokens: Sequence[int]
    caches: list[Any]

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
    """Kept caches, the one used last at the end.

    Args:
        mlx: The library.
        budget_bytes: What they may take together.
    """

    def __init__(self, mlx: Mlx, budget_bytes: int) -> None:
        self._mlx = mlx
        self._budget = budget_bytes
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

    def open(self, kept: Kept, count: int, cache_key: str) -> list[Any]:
        """Caches that hold the first ``count`` tokens of it, to be written to."""
        nobody_comes_back = not kept.cache_key and count == len(kept.tokens)
        if kept in self._kept and (
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
            total -= self._kept.pop(0).size_bytes

    def forget(self, cache_key: str) -> None:
        """Drops all that is kept of a conversation."""
        self._kept = [each for each in self._kept if each.cache_key != cache_key]


def _replaces(new: Kept, old: Kept) -> bool:
    """Whether nobody needs the old one beside the new one."""
    if new.cache_key != old.cache_key or new.variant != old.variant:
        return False
    return bool(new.cache_key) or common_prefix(new.tokens, old.tokens) == len(old.tokens)
