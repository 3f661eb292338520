"""The graph of a course: what comes before what, and what is within reach."""

import heapq
from collections import deque
from collections.abc import Collection, Iterable, Mapping

from assistant.domain.course import Course
from assistant.domain.errors import Bug
from assistant.domain.ids import ConceptId

Requirements = Mapping[ConceptId, tuple[ConceptId, ...]]
"""Each concept with those that come directly before it."""


def requirements_of(course: Course) -> dict[ConceptId, tuple[ConceptId, ...]]:
    """The graph of a course, in the course's order."""
    return {concept.id: concept.requires for concept in course.concepts}


def cycles(requirements: Requirements) -> tuple[tuple[ConceptId, ...], ...]:
    """A cycle out of every knot of concepts that wait for each other.

    Returns:
        For each knot the shortest cycle through its first concept, in the order “requires”: the
        last requires the first. Empty where the graph is sound.
    """
    position = {concept: index for index, concept in enumerate(requirements)}
    starts: list[tuple[int, ConceptId, frozenset[ConceptId]]] = []
    for knot in _knots(requirements):
        start = min(knot, key=position.__getitem__)
        if len(knot) > 1 or start in requirements[start]:
            starts.append((position[start], start, frozenset(knot)))
    return tuple(
        _shortest_cycle(start, inside, requirements) for _, start, inside in sorted(starts)
    )


def _shortest_cycle(
    start: ConceptId, inside: frozenset[ConceptId], requirements: Requirements
) -> tuple[ConceptId, ...]:
    came_from: dict[ConceptId, ConceptId] = {}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for following in requirements[here]:
            if following == start:
                way = [here]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return tuple(reversed(way))
            if following in inside and following not in came_from:
                came_from[following] = here
                queue.append(following)
    raise Bug("a strongly connected component without a cycle")


def _knots(requirements: Requirements) -> list[list[ConceptId]]:
    """Strongly connected components, after Kosaraju, without recursion."""
    left: list[ConceptId] = []
    seen: set[ConceptId] = set()
    for root in requirements:
        if root not in seen:
            left += _postorder(root, requirements, seen)
    back: dict[ConceptId, list[ConceptId]] = {concept: [] for concept in requirements}
    for concept, needed in requirements.items():
        for one in needed:
            if one in back:
                back[one].append(concept)
    taken: set[ConceptId] = set()
    return [_postorder(root, back, taken) for root in reversed(left) if root not in taken]


def _postorder(
    root: ConceptId, edges: Mapping[ConceptId, Iterable[ConceptId]], seen: set[ConceptId]
) -> list[ConceptId]:
    """Concepts reached from ``root`` that were not seen before, each after what it leads to."""
    seen.add(root)
    out: list[ConceptId] = []
    stack = [(root, iter(edges[root]))]
    while stack:
        here, rest = stack[-1]
        following = next((one for one in rest if one in edges and one not in seen), None)
        if following is None:
            out.append(here)
            stack.pop()
        else:
            seen.add(following)
            stack.append((following, iter(edges[following])))
    return out


def ordered(requirements: Requirements) -> tuple[ConceptId, ...]:
    """All concepts, each after what it requires, otherwise as they are listed.

    Requirements outside the graph are passed over.

    Raises:
        Bug: The graph has a cycle; ask ``cycles`` first.
    """
    position = {concept: index for index, concept in enumerate(requirements)}
    names = list(requirements)
    waiting = {c: len({one for one in requirements[c] if one in position}) for c in names}
    leads_to: dict[ConceptId, list[ConceptId]] = {concept: [] for concept in names}
    for concept in names:
        for one in dict.fromkeys(requirements[concept]):
            if one in leads_to:
                leads_to[one].append(concept)
    ready = [position[concept] for concept in names if not waiting[concept]]
    out: list[ConceptId] = []
    while ready:
        here = names[heapq.heappop(ready)]
        out.append(here)
        for following in leads_to[here]:
            waiting[following] -= 1
            if not waiting[following]:
                heapq.heappush(ready, position[following])
    if len(out) != len(names):
        raise Bug("a course with a cycle got past its check")
    return tuple(out)


def needed_for(
    requirements: Requirements, goals: Iterable[ConceptId], known: Collection[ConceptId] = ()
) -> frozenset[ConceptId]:
    """Goals with all that comes before them, but for what is known and what only that needs."""
    found: set[ConceptId] = set()
    stack = [goal for goal in goals if goal not in known]
    while stack:
        here = stack.pop()
        if here not in found:
            found.add(here)
            stack += [one for one in requirements.get(here, ()) if one not in known]
    return frozenset(found)


def unlocked(course: Course, mastered: Collection[ConceptId]) -> tuple[ConceptId, ...]:
    """Concepts not mastered whose requirements all are, in the course's order."""
    return tuple(
        concept.id
        for concept in course.concepts
        if concept.id not in mastered and all(one in mastered for one in concept.requires)
    )


def dependants(requirements: Requirements, concept: ConceptId) -> frozenset[ConceptId]:
    """Concepts that require this one, directly or through others."""
    back: dict[ConceptId, list[ConceptId]] = {}
    for one, needed in requirements.items():
        for before in needed:
            back.setdefault(before, []).append(one)
    return needed_for({k: tuple(v) for k, v in back.items()}, [concept]) - {concept}


def depths(requirements: Requirements) -> dict[ConceptId, int]:
    """Length of the longest way to each concept from one that requires nothing."""
    depth: dict[ConceptId, int] = {}
    for concept in ordered(requirements):
        before = [depth[one] + 1 for one in requirements[concept] if one in depth]
        depth[concept] = max(before, default=0)
    return depth


def essential(requirements: Requirements) -> dict[ConceptId, tuple[ConceptId, ...]]:
    """The graph without requirements that follow from others (its transitive reduction)."""
    behind: dict[ConceptId, frozenset[ConceptId]] = {}
    for concept in ordered(requirements):
        needed = [one for one in requirements[concept] if one in requirements]
        behind[concept] = frozenset(needed).union(*(behind[one] for one in needed))
    return {
        concept: tuple(
            one
            for one in dict.fromkeys(needed)
            if one in requirements
            and not any(one in behind[other] for other in needed if other in behind)
        )
        for concept, needed in requirements.items()
    }
