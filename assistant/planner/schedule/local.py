"""Makes a plan better by taking some items out and putting them back elsewhere.

Source: ruin and recreate, G. Schrimpf et al., Journal of Computational Physics 159 (2000) 139-171;
what is taken out lies close together, as in P. Shaw's large neighbourhood search (1998). Worse
plans are taken for a while, with a threshold that falls (G. Dueck, T. Scheuer 1990).
"""

import random
from collections.abc import Callable, Sequence

from assistant.planner.schedule.costs import total_cost
from assistant.planner.schedule.greedy import Urgency
from assistant.planner.schedule.inserting import insert
from assistant.planner.schedule.problem import Item, Piece
from assistant.planner.schedule.timeline import Timeline

_MOST_OUT = 5
_THRESHOLD = 0.01
_CLEARING = 0.25
_LACKING = 0.5
_BY_PRESS = 0.5


class LocalSearch:
    """Improves one plan in place.

    Args:
        line: The plan; it holds the best that was found when a method returns.
        seed: Of what is left to chance.
        movable: Keys of the items that may be moved; all if None.
    """

    def __init__(self, line: Timeline, seed: int, movable: Sequence[int] | None = None) -> None:
        self._line = line
        self._chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
        problem = line.problem
        asked = [item for item in problem.items if item.slots > 0]
        chosen = None if movable is None else set(movable)
        self._items = [item for item in asked if chosen is None or item.key in chosen]
        urgency = Urgency(problem)
        self._press = {item.key: urgency.index(item, item.slots, 0) for item in asked}
        self.cost = total_cost(line)

    def improve(self, rounds: int, stop: Callable[[], bool]) -> int:
        """Goes on for so many rounds, or until it is told to stop; how many rounds were done."""
        best, best_cost = self._line.pieces(), self.cost
        for done in range(rounds):
            if not self._items or stop():
                break
            slack = int(_THRESHOLD * best_cost * (1 - done / rounds))
            self._step(self._drawn(), best_cost + slack)
            if self.cost < best_cost:
                best, best_cost = self._line.pieces(), self.cost
        else:
            done = rounds
        self._restore(best)
        self.cost = best_cost
        return done

    def settle(self, stop: Callable[[], bool]) -> None:
        """Moves single items as long as any of them finds a better place."""
        again = True
        while again:
            again = False
            for item in self._items:
                if stop():
                    return
                again = self._step([item], self.cost - 1) or again

    def _step(self, out: Sequence[Item], most: int) -> bool:
        """Takes items out and puts them back; whether that is kept."""
        line = self._line
        gone = {item.key: line.remove(item.key) for item in out}
        for item in out:
            insert(line, item)
        for key, pieces in line.drop_unfounded().items():
            gone.setdefault(key, pieces)
        kept = {key: line.placed.get(key, []) for key in gone}
        if kept == gone:
            return False
        cost = total_cost(line)
        if cost <= most:
            self.cost = cost
            return True
        for key in gone:
            line.remove(key)
        for pieces in gone.values():
            for piece in pieces:
                line.add(piece)
        return False

    def _drawn(self) -> Sequence[Item]:
        """Items to take out, in an order to put them back."""
        chance, line = self._chance, self._line
        lacking = [one for one in self._items if line.missing(one) > 0 and not one.hopeless]
        draw = chance.random()
        if lacking and draw < _CLEARING:
            return self._cleared(chance.choice(lacking))
        seed = chance.choice(lacking if lacking and draw < _LACKING else self._items)
        at = self._where(seed)
        near = sorted(
            (abs(self._where(item) - at) * (0.5 + chance.random()), item.key, item)
            for item in self._items
            if item is not seed
        )
        out = [seed, *(item for _, _, item in near[: chance.randint(0, _MOST_OUT - 1)])]
        if chance.random() < _BY_PRESS:
            out.sort(key=lambda item: (-self._press[item.key], item.key))
        else:
            chance.shuffle(out)
        return _in_order(out)

    def _cleared(self, item: Item) -> Sequence[Item]:
        """Something that found no room, and all that is in a stretch long enough for it."""
        line = self._line
        last = line.latest(item)
        wide = [
            (max(start, item.release), min(end, last))
            for start, end in line.problem.windows
            if min(end, last) - max(start, item.release) >= min(item.slots, item.least)
        ]
        if not wide:
            return [item]
        start, end = self._chance.choice(wide)
        start = self._chance.randint(start, max(start, end - item.slots))
        end = start + item.slots
        free = {one.key: one for one in self._items}
        there = {
            piece.key
            for piece in line.rows[line.window_at(start)]
            if piece.start < end and piece.end > start and piece.key in free
        }
        others = sorted(there - {item.key}, key=lambda key: (-self._press[key], key))
        return _in_order([item, *(free[key] for key in others)])

    def _where(self, item: Item) -> int:
        stands = self._line.placed.get(item.key)
        if stands:
            return stands[0].start
        return item.due if item.due is not None else item.release

    def _restore(self, pieces: Sequence[Piece]) -> None:
        for key in list(self._line.placed):
            self._line.remove(key)
        for piece in pieces:
            self._line.add(piece)


def _in_order(items: Sequence[Item]) -> Sequence[Item]:
    """The same items, each after those that it waits for."""
    found: list[Item] = []
    keys = {item.key: item for item in items}
    done: set[int] = set()

    def visit(item: Item) -> None:
        if item.key in done:
            return
        done.add(item.key)
        for key in item.after:
            if key in keys:
                visit(keys[key])
        found.append(item)

    for item in items:
        visit(item)
    return found
