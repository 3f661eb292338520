"""Good schedules of a project by rules, and bounds below which none lies.

Sources: serial schedule generation and the rule of the latest finish (R. Kolisch, "Serial and
parallel resource-constrained project scheduling methods revisited", EJOR 90 (1996)), drawn by
chance with a bias (regret-based random sampling, ibid.), and justification to the right and to the
left (V. Valls, F. Ballestin, S. Quintanilla, "Justification and RCPSP", EJOR 165 (2005)). The best
of them are crossed at two points of their orders (S. Hartmann, "A competitive genetic algorithm for
resource-constrained project scheduling", Naval Research Logistics 45 (1998)).
"""

import random
from collections.abc import Sequence
from time import monotonic

from assistant.planner.schedule.psplib import Project, in_order

Starts = tuple[int, ...]
_DRAWN = 30
_PARENTS = 30
_SWAPS = 0.02


def tails(project: Project) -> tuple[int, ...]:
    """Of each activity, the longest way from its start to the end of the project."""
    found = [0] * len(project.durations)
    for job in reversed(in_order(project)):
        rest = max((found[one] for one in project.successors[job]), default=0)
        found[job] = project.durations[job] + rest
    return tuple(found)


def heads(project: Project) -> tuple[int, ...]:
    """Of each activity, the longest way from the beginning to its start."""
    found = [0] * len(project.durations)
    for job in in_order(project):
        for one in project.successors[job]:
            found[one] = max(found[one], found[job] + project.durations[job])
    return tuple(found)


def least_makespan(project: Project) -> int:
    """A bound: the longest way, and what each resource has to give over what it can."""
    bound = max(tails(project), default=0)
    for place, there in enumerate(project.capacities):
        pairs = zip(project.durations, project.requests, strict=True)
        work = sum(length * takes[place] for length, takes in pairs)
        if there:
            bound = max(bound, -(-work // there))
    return bound


class _Generation:
    """Serial generation of schedules of one project, forwards or backwards."""

    def __init__(self, project: Project) -> None:
        self.project = project
        count = len(project.durations)
        before: list[list[int]] = [[] for _ in range(count)]
        for job, after in enumerate(project.successors):
            for one in after:
                before[one].append(job)
        self.before = tuple(tuple(one) for one in before)
        self.takes = tuple(
            tuple((place, amount) for place, amount in enumerate(row) if amount)
            for row in project.requests
        )
        self.horizon = sum(project.durations) + 1

    def place(self, order: Sequence[int], before: Sequence[Sequence[int]]) -> list[int]:
        """Ends of the activities, each begun as early as it can be in that order."""
        free = [[there] * self.horizon for there in self.project.capacities]
        ends = [0] * len(order)
        durations = self.project.durations
        for job in order:
            start = max((ends[one] for one in before[job]), default=0)
            length = durations[job]
            if length:
                start = self._first_room(free, job, start)
                for place, amount in self.takes[job]:
                    row = free[place]
                    for at in range(start, start + length):
                        row[at] -= amount
            ends[job] = start + length
        return ends

    def _first_room(self, free: Sequence[list[int]], job: int, start: int) -> int:
        length = self.project.durations[job]
        at = start
        while at < start + length:
            for place, amount in self.takes[job]:
                if free[place][at] < amount:
                    start = at + 1
                    break
            at += 1
        return start

    def justify(self, ends: Sequence[int]) -> list[int]:
        """A schedule that is no longer: moved to the right by its ends, then to the left."""
        jobs = range(len(ends))
        durations = self.project.durations
        makespan = max(ends)
        order = sorted(jobs, key=lambda job: (-ends[job], -(ends[job] - durations[job]), -job))
        mirrored = self.place(order, self.project.successors)
        starts = [makespan - end for end in mirrored]
        order = sorted(jobs, key=lambda job: (starts[job], starts[job] + durations[job], job))
        return self.place(order, self.before)


def good_schedule(project: Project, tries: int, seconds: float, seed: int = 1) -> Starts:
    """Starts of all activities in a good schedule; fewer tries where the seconds are over."""
    generation = _Generation(project)
    ends_at = monotonic() + seconds
    chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    tail = tails(project)
    parents = [_improved(generation, _by_tail(project, generation.before, tail))]
    least = least_makespan(project)
    for number in range(tries):
        if max(parents[0]) <= least or monotonic() > ends_at:
            break
        if number < _DRAWN:
            order = _drawn(project, generation.before, tail, chance)
        else:
            order = _crossed(project, generation.before, parents, chance)
        ends = _improved(generation, order)
        if ends not in parents:
            parents.append(ends)
            parents.sort(key=max)
            del parents[_PARENTS:]
    return tuple(end - length for end, length in zip(parents[0], project.durations, strict=True))


def _crossed(
    project: Project,
    before: Sequence[Sequence[int]],
    parents: Sequence[Sequence[int]],
    chance: random.Random,
) -> Sequence[int]:
    """The order of one schedule with its middle in the order of another, and some swaps."""
    one, other = (_order_of(project, ends) for ends in chance.sample(parents, 2))
    count = len(one)
    left, right = sorted((chance.randrange(count), chance.randrange(count)))
    head = one[:left]
    taken = set(head)
    middle = [job for job in other if job not in taken][: right - left]
    taken.update(middle)
    order = [*head, *middle, *(job for job in one if job not in taken)]
    for at in range(1, count - 1):
        swapped = order[at - 1] not in before[order[at]]
        if swapped and chance.random() < _SWAPS:
            order[at - 1], order[at] = order[at], order[at - 1]
    return order


def _order_of(project: Project, ends: Sequence[int]) -> list[int]:
    """The activities by their starts; those of no length before what begins then."""
    return sorted(
        in_order(project), key=lambda job: (ends[job] - project.durations[job], ends[job])
    )


def _improved(generation: _Generation, order: Sequence[int]) -> list[int]:
    ends = generation.place(order, generation.before)
    while True:
        justified = generation.justify(ends)
        if max(justified) >= max(ends):
            return justified if max(justified) == max(ends) else ends
        ends = justified


def _by_tail(
    project: Project, before: Sequence[Sequence[int]], tail: Sequence[int]
) -> Sequence[int]:
    """The order by the latest finish, which is that of the longest rest."""
    waits = [len(one) for one in before]
    ready = [job for job, count in enumerate(waits) if not count]
    order: list[int] = []
    while ready:
        job = min(ready, key=lambda one: (project.durations[one] - tail[one], one))
        ready.remove(job)
        order.append(job)
        for one in project.successors[job]:
            waits[one] -= 1
            if not waits[one]:
                ready.append(one)
    return order


def _drawn(
    project: Project,
    before: Sequence[Sequence[int]],
    tail: Sequence[int],
    chance: random.Random,
) -> Sequence[int]:
    """An order drawn so that a late finish is seldom taken early."""
    waits = [len(one) for one in before]
    ready = [job for job, count in enumerate(waits) if not count]
    order: list[int] = []
    while ready:
        rests = [tail[job] - project.durations[job] for job in ready]
        least = min(rests)
        job = chance.choices(ready, [(rest - least + 1.0) ** 1.5 for rest in rests])[0]
        ready.remove(job)
        order.append(job)
        for one in project.successors[job]:
            waits[one] -= 1
            if not waits[one]:
                ready.append(one)
    return order
