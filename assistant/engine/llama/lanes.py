"""Which conversation has which sequence of the KV cache, and how each comes to its beginning.

A conversation that comes back finds what was computed for it: in its own sequence, in the
sequence of another one that begins alike, in memory, or on the shelf. What is not being written
leaves the cache as soon as something else begins: cells that nobody reads still cost every
token of the others their share of the attention.
"""

import time
from array import array
from dataclasses import dataclass, field

from assistant.engine.llama.context import Context, common_prefix
from assistant.engine.llama.kept import KeptState, KeptStates

_LEAST_REUSED = 64
"""Tokens: a run that is found again further back is moved only when it is this long."""
_LEAST_RESTORED = 32


@dataclass(slots=True, eq=False)
class Lane:
    """One sequence of the cache.

    Args:
        number: Of the sequence.
    """

    number: int
    cache_key: str = ""
    variant: str = ""
    """The adapter that it was computed under."""
    private: bool = False
    held: "array[int]" = field(default_factory=lambda: array("i"))
    """Its tokens in the cache, in order."""
    shared: int = 0
    """So many of the first of them lie in cells that other lanes may use as well."""
    busy: bool = False
    used_at: float = 0.0


class Lanes:
    """All sequences of one context.

    Args:
        context: Holds the cells.
        kept: Takes what leaves the cache.
    """

    def __init__(self, context: Context, kept: KeptStates) -> None:
        self._context = context
        self._kept = kept
        self._free = list(reversed(range(context.sequences)))
        self._lanes: list[Lane] = []

    @property
    def kept(self) -> KeptStates:
        """What has left the cache."""
        return self._kept

    def open(self, tokens: "array[int]", cache_key: str, variant: str, *, private: bool) -> Lane:
        """A lane that holds as much of the beginning of ``tokens`` as can be had.

        At least the last token is always left to be read: its logits are needed.
        """
        lane = self._with_best_beginning(tokens, cache_key, variant)
        lane.cache_key, lane.variant, lane.private = cache_key, variant, private
        lane.busy = True
        self._keep_prefix(lane, tokens)
        self._clear_away()
        return lane

    def close(self, lane: Lane) -> None:
        """It is written to no more; what it holds stays until the room is needed."""
        lane.busy = False
        lane.used_at = time.monotonic()
        if not lane.held:
            self._release(lane)

    def park(self, lane: Lane) -> KeptState | None:
        """Takes a busy lane out of the cache; what it held, or None where that is lost."""
        state = self._state_of(lane)
        self._release(lane)
        return state

    def unpark(self, state: KeptState) -> Lane:
        """A busy lane that holds what was parked, or nothing where there is no room for it."""
        lane = self._new()
        lane.cache_key, lane.variant, lane.private = state.cache_key, state.variant, state.private
        lane.busy = True
        if self._context.restore(lane.number, state.data):
            lane.held = array("i", state.tokens)
        return lane

    def make_room(self) -> bool:
        """Has the lane that was used longest ago leave the cache; False where none is idle."""
        idle = [each for each in self._lanes if not each.busy]
        if not idle:
            return False
        self._put_away(min(idle, key=lambda each: each.used_at))
        return True

    def forget(self, cache_key: str) -> None:
        """Drops what is held and kept of a conversation; a lane in use is only forgotten later."""
        for lane in [each for each in self._lanes if each.cache_key == cache_key]:
            if lane.busy:
                lane.cache_key, lane.private = "", True
            else:
                self._release(lane)
        self._kept.forget(cache_key)

    def reset(self) -> None:
        """The cache was emptied: nothing is held any more."""
        for lane in self._lanes:
            lane.held = array("i")
            lane.shared = 0

    def put_all_away(self) -> None:
        """Everything idle leaves the cache, and what is kept goes to the shelf."""
        while self.make_room():
            pass
        self._kept.put_all_away()

    def reconcile(self, lane: Lane, fed: "array[int]") -> int:
        """After a computation that was stopped: how many of the tokens given to it are in."""
        there = self._context.held(lane.number) - len(lane.held)
        if not 0 <= there <= len(fed):
            self.empty(lane)
            return -1
        lane.held.extend(fed[:there])
        return there

    def shorten(self, lane: Lane) -> None:
        """Drops its last token, so that it is read again; all of them where it cannot be cut."""
        if len(lane.held) > 1 and self._context.cut(lane.number, len(lane.held) - 1):
            del lane.held[-1:]
        else:
            self.empty(lane)

    def empty(self, lane: Lane) -> None:
        """Drops all that it holds."""
        self._context.cut(lane.number, 0)
        lane.held, lane.shared = array("i"), 0

    # Beginnings

    def _with_best_beginning(self, tokens: "array[int]", cache_key: str, variant: str) -> Lane:
        alike = [each for each in self._lanes if each.variant == variant]
        own = [each for each in alike if not each.busy and each.cache_key == cache_key]
        best = max(own, key=lambda each: common_prefix(each.held, tokens), default=None)
        common = common_prefix(best.held, tokens) if best else 0
        other = max(alike, key=lambda each: common_prefix(each.held, tokens), default=None)
        shared = common_prefix(other.held, tokens) if other else 0
        state, kept = self._kept.best(tokens, variant)
        if max(common, shared, kept) < len(tokens) // 2 and not own:
            stored = self._kept.from_shelf(cache_key, variant)
            if stored is not None and (found := common_prefix(stored.tokens, tokens)) > kept:
                state, kept = stored, found
        if state is not None and kept > max(common, shared) + _LEAST_RESTORED:
            lane = self._restored(state)
            if lane is not None:
                return lane
        if best is not None and cache_key and common + _LEAST_RESTORED >= shared:
            return best
        if other is None or not shared:
            return best if best is not None and cache_key else self._new()
        return self._branched(other, min(shared, len(tokens) - 1))

    def _restored(self, state: KeptState) -> Lane | None:
        for lane in [each for each in self._lanes if not each.busy]:
            self._put_away(lane)
        lane = self._new()
        if not self._context.restore(lane.number, state.data):
            self._release(lane)
            return None
        self._kept.take(state)
        lane.held = array("i", state.tokens)
        return lane

    def _branched(self, source: Lane, count: int) -> Lane:
        if not source.busy and not source.cache_key and count == len(source.held):
            return source  # nobody comes back to it
        lane = self._new(keep=source)
        self._context.copy(source.number, lane.number, count)
        lane.held = source.held[:count]
        lane.shared = count
        source.shared = max(source.shared, count)
        return lane

    def _keep_prefix(self, lane: Lane, tokens: "array[int]") -> None:
        common = min(common_prefix(lane.held, tokens), len(tokens) - 1)
        if common == len(lane.held):
            return
        again = self._found_again(lane, tokens, common)
        if again is not None:
            begin, count = again
            self._context.cut(lane.number, begin + count)
            if self._context.cut(lane.number, common, begin):
                self._context.shift(lane.number, begin, common - begin)
                lane.held = lane.held[:common] + lane.held[begin : begin + count]
                return
        if common > 0 and self._context.cut(lane.number, common):
            del lane.held[common:]
            lane.shared = min(lane.shared, common)
        else:
            self.empty(lane)

    def _found_again(self, lane: Lane, tokens: "array[int]", common: int) -> tuple[int, int] | None:
        """Where what follows in ``tokens`` lies further back: the oldest part was left out.

        Its keys are turned to their new positions instead of being computed again, as with
        llama.cpp's context shift; they still know of what was left out.
        """
        wanted = tokens[common : common + _LEAST_REUSED]
        if not self._context.can_shift or len(wanted) < _LEAST_REUSED:
            return None
        size = lane.held.itemsize
        held, needle = lane.held.tobytes(), wanted.tobytes()
        at = held.find(needle, (common + 1) * size)
        while at >= 0 and at % size:
            at = held.find(needle, at + 1)
        begin = at // size
        if at < 0 or begin < lane.shared:
            return None
        count = common_prefix(lane.held[begin:], tokens[common:])
        return begin, min(count, len(tokens) - 1 - common)

    # Lanes

    def _new(self, keep: Lane | None = None) -> Lane:
        if not self._free:
            idle = [each for each in self._lanes if not each.busy and each is not keep]
            self._put_away(min(idle, key=lambda each: each.used_at))
        lane = Lane(self._free.pop())
        self._lanes.append(lane)
        return lane

    def _clear_away(self) -> None:
        for lane in [each for each in self._lanes if not each.busy]:
            self._put_away(lane)

    def _put_away(self, lane: Lane) -> None:
        if lane.cache_key or not self._covered(lane):
            state = self._state_of(lane)
            if state is not None:
                self._kept.keep(state)
        self._release(lane)

    def _covered(self, lane: Lane) -> bool:
        """Whether others hold the beginning of a lane that nobody comes back to."""
        half = len(lane.held) // 2
        others = [each for each in self._lanes if each is not lane]
        if any(common_prefix(each.held, lane.held) >= half for each in others):
            return True
        return self._kept.best(lane.held, lane.variant)[1] >= half

    def _state_of(self, lane: Lane) -> KeptState | None:
        data = self._context.save(lane.number) if lane.held else None
        if data is None:
            return None
        return KeptState(lane.cache_key, lane.variant, array("i", lane.held), data, lane.private)

    def _release(self, lane: Lane) -> None:
        self._context.cut(lane.number, 0)
        self._lanes.remove(lane)
        self._free.append(lane.number)
