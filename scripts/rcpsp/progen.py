"""Makes projects by chance as ProGen does, with the parameters of the sets j30 and j60.

Source: R. Kolisch, A. Sprecher, A. Drexl, "Characterization and generation of a general class of
resource-constrained project scheduling problems", Management Science 41 (1995) 1693-1703. Network
complexity NC is the mean number of arcs without redundancy, the resource factor RF the share of
resources that an activity asks for, and the resource strength RS how much there is between the
least that works (0) and what the earliest schedule would take (1).
"""

import random
from itertools import product

from assistant.planner.schedule.project_rules import heads
from assistant.planner.schedule.psplib import Project

COMPLEXITY = (1.5, 1.8, 2.1)
FACTOR = (0.25, 0.5, 0.75, 1.0)
STRENGTH = (0.2, 0.5, 0.7, 1.0)
CELLS = tuple(product(COMPLEXITY, FACTOR, STRENGTH))
"""In the order in which PSPLIB numbers its 48 parameters."""
_FIRST = 3
_MOST_ARCS = 3
_RESOURCES = 4
_MOST_TRIES = 4_000


def make(count: int, cell: tuple[float, float, float], seed: int) -> Project:
    """A project of ``count`` activities between a source and a sink."""
    complexity, factor, strength = cell
    chance = random.Random(f"{count} {cell} {seed}")  # noqa: S311 - nothing secret is drawn
    after = _network(count, complexity, chance)
    durations = (0, *(chance.randint(1, 10) for _ in range(count)), 0)
    requests = _requests(count, factor, chance)
    loose = Project(durations, requests, after, (10**6,) * _RESOURCES)
    capacities = tuple(
        _capacity(loose, place, strength, max(row[place] for row in requests))
        for place in range(_RESOURCES)
    )
    return Project(durations, requests, after, capacities)


def _network(count: int, complexity: float, chance: random.Random) -> tuple[tuple[int, ...], ...]:
    """Arcs without redundancy: first one before and one after each activity, then more."""
    net = _Net(count)
    for job in range(_FIRST + 1, count + 1):
        open_ones = [one for one in range(1, job) if len(net.after[one]) < _MOST_ARCS]
        early = [one for one in open_ones if one <= count - _FIRST]
        net.join(chance.choice(early or open_ones), job)
    for job in range(1, count - _FIRST + 1):
        later = [one for one in range(max(job, _FIRST) + 1, count + 1) if net.allows(job, one)]
        if not net.after[job] and later:
            net.join(job, chance.choice(later))
    for job in range(1, count + 1):
        if not net.after[job]:
            net.join(job, count + 1)
    for _ in range(_MOST_TRIES):
        if len(net.direct) >= round(complexity * (count + 2)):
            break
        job = chance.randint(1, count - 1)
        other = chance.randint(max(job, _FIRST) + 1, count)
        if net.allows(job, other) and count + 1 not in net.after[job]:
            net.join(job, other)
    return tuple(tuple(sorted(one)) for one in net.after)


class _Net:
    """Arcs, and which activities lie before which, kept while arcs are added."""

    def __init__(self, count: int) -> None:
        self.after: list[set[int]] = [set() for _ in range(count + 2)]
        self.direct: set[tuple[int, int]] = set()
        self._arrive = [0] * (count + 2)
        self._reached = [{one} for one in range(count + 2)]
        self._reach = [{one} for one in range(count + 2)]
        for job in range(1, _FIRST + 1):
            self.join(0, job)

    def allows(self, job: int, other: int) -> bool:
        """Whether an arc is neither redundant, nor makes another so, nor is one too many."""
        if len(self.after[job]) >= _MOST_ARCS or self._arrive[other] >= _MOST_ARCS:
            return False
        return other not in self._reach[job] and not any(
            (one, two) in self.direct for one in self._reached[job] for two in self._reach[other]
        )

    def join(self, job: int, other: int) -> None:
        """Adds an arc."""
        self.direct.add((job, other))
        self.after[job].add(other)
        self._arrive[other] += 1
        for one in self._reached[job]:
            self._reach[one] |= self._reach[other]
        for two in self._reach[other]:
            self._reached[two] |= self._reached[job]


def _requests(count: int, factor: float, chance: random.Random) -> tuple[tuple[int, ...], ...]:
    pairs = [(job, place) for job in range(1, count + 1) for place in range(_RESOURCES)]
    used: set[tuple[int, int]] = set()
    for job in range(1, count + 1):
        used.add((job, chance.randrange(_RESOURCES)))
    rest = [pair for pair in pairs if pair not in used]
    chance.shuffle(rest)
    used |= set(rest[: max(0, round(factor * len(pairs)) - len(used))])
    rows = [[0] * _RESOURCES for _ in range(count + 2)]
    for job, place in sorted(used):
        rows[job][place] = chance.randint(1, 10)
    return tuple(map(tuple, rows))


def _capacity(project: Project, place: int, strength: float, least: int) -> int:
    """Between the largest request and the peak of the earliest schedule."""
    level = [0] * (sum(project.durations) + 1)
    for job, start in enumerate(heads(project)):
        for at in range(start, start + project.durations[job]):
            level[at] += project.requests[job][place]
    return least + round(strength * (max(*level, least) - least))
