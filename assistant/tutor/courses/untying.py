"""Breaks the cycles of a graph that somebody else drew, where they are weakest."""

from collections.abc import Callable

from assistant.domain.ids import ConceptId
from assistant.tutor.courses.graph import Requirements, cycles

Edge = tuple[ConceptId, ConceptId]
"""A concept, and one that it requires."""


def untied(
    requirements: Requirements, shared: Callable[[Edge], int] = lambda _: 0
) -> tuple[dict[ConceptId, tuple[ConceptId, ...]], tuple[Edge, ...]]:
    """The graph without cycles, and the requirements that had to go.

    Of a cycle goes a requirement on what is listed later, before one on what is listed earlier;
    among those the one whose concepts share the fewest words, then the one that reaches farthest.

    Args:
        requirements: Any graph; its order is that in which the concepts are listed.
        shared: How many words the two concepts of a requirement share.
    """
    place = {concept: at for at, concept in enumerate(requirements)}
    graph = dict(requirements)
    broken: list[Edge] = []

    def strength(edge: Edge) -> tuple[bool, int, int]:
        distance = place[edge[0]] - place[edge[1]]
        return distance > 0, shared(edge), -abs(distance)

    while found := cycles(graph):
        for cycle in found:
            after, before = min(zip(cycle, [*cycle[1:], cycle[0]], strict=True), key=strength)
            graph[after] = tuple(one for one in graph[after] if one != before)
            broken.append((after, before))
    return graph, tuple(broken)
