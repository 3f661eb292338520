"""Where the concepts of a course lie on its map: rows by depth, with few crossings.

After Sugiyama, Tagawa and Toda (1981): rows by the longest way, sweeps by barycentre with swaps of
neighbours, then places that are as straight as the spacing allows (isotonic regression).
"""

from bisect import bisect_right, insort
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from assistant.domain.ids import ConceptId
from assistant.tutor.courses.graph import Requirements, depths, essential

_SWEEPS = 12
_STRAIGHTENING = 10
_BEND_WIDTH = 0.5

Point = tuple[float, float]
_Node = tuple[ConceptId, ConceptId, int]
"""A concept (concept, concept, row), or a bend of the line between two of them in that row."""
_Rows = list[list[_Node]]
_Links = dict[_Node, list[_Node]]


@dataclass(frozen=True, slots=True)
class PlacedConcept:
    """A concept on the map."""

    concept: ConceptId
    row: int
    """0 for what requires nothing; each concept lies below all that it requires."""
    x: float
    """In widths of a concept, its centre; two of a row are at least 1 apart."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A requirement on the map; what follows from other requirements is not drawn."""

    before: ConceptId
    after: ConceptId
    points: tuple[Point, ...]
    """(x, row) from ``before`` to ``after``, bends between."""


@dataclass(frozen=True, slots=True)
class ConceptMap:
    """A course as a picture, in widths of a concept and rows."""

    concepts: tuple[PlacedConcept, ...]
    lines: tuple[PlacedLine, ...]
    width: float
    """All x lie between 0 and this."""
    rows: int
    crossings: int


def map_of(requirements: Requirements) -> ConceptMap:
    """Lays a sound graph out; the same graph always gives the same map.

    Args:
        requirements: Without cycles.
    """
    row_of = depths(requirements)
    edges = [(one, c) for c, needed in essential(requirements).items() for one in needed]
    rows, above, below = _rows(row_of, edges)
    rows = _untangled(rows, above, below)
    x = _straightened(rows, above, below)
    left = min(x.values(), default=0.0) - 0.5
    x = {node: place - left for node, place in x.items()}
    return ConceptMap(
        concepts=tuple(PlacedConcept(c, row_of[c], x[c, c, row_of[c]]) for c in requirements),
        lines=tuple(PlacedLine(a, b, _points(a, b, row_of, x)) for a, b in edges),
        width=max(x.values(), default=-0.5) + 0.5,
        rows=len(rows),
        crossings=_crossings(rows, above),
    )


def _points(
    before: ConceptId, after: ConceptId, row_of: Mapping[ConceptId, int], x: Mapping[_Node, float]
) -> tuple[Point, ...]:
    way = _way(before, after, row_of)
    return tuple((x[node], float(node[2])) for node in way)


def _way(before: ConceptId, after: ConceptId, row_of: Mapping[ConceptId, int]) -> list[_Node]:
    top, bottom = row_of[before], row_of[after]
    bends: list[_Node] = [(before, after, row) for row in range(top + 1, bottom)]
    return [(before, before, top), *bends, (after, after, bottom)]


def _rows(
    row_of: Mapping[ConceptId, int], edges: list[tuple[ConceptId, ConceptId]]
) -> tuple[_Rows, _Links, _Links]:
    rows: _Rows = [[] for _ in range(max(row_of.values(), default=-1) + 1)]
    above: _Links = {}
    below: _Links = {}

    def place(node: _Node) -> None:
        if node not in above:
            rows[node[2]].append(node)
            above[node], below[node] = [], []

    for concept, row in row_of.items():
        place((concept, concept, row))
    for before, after in edges:
        way = _way(before, after, row_of)
        for upper, lower in pairwise(way):
            place(lower)
            below[upper].append(lower)
            above[lower].append(upper)
    return rows, above, below


def _untangled(rows: _Rows, above: _Links, below: _Links) -> _Rows:
    best, fewest = rows, _crossings(rows, above)
    for _ in range(_SWEEPS):
        if not fewest:
            break
        rows = [list(row) for row in rows]
        for index in range(1, len(rows)):
            _sort_row(rows, index, index - 1, above)
        for index in range(len(rows) - 2, -1, -1):
            _sort_row(rows, index, index + 1, below)
        _swap_neighbours(rows, above, below)
        crossings = _crossings(rows, above)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    return best


def _sort_row(rows: _Rows, index: int, beside: int, links: _Links) -> None:
    place = {node: at for at, node in enumerate(rows[beside])}
    own = {node: at for at, node in enumerate(rows[index])}

    def middle(node: _Node) -> float:
        linked = [place[one] for one in links[node]]
        return sum(linked) / len(linked) if linked else float(own[node])

    rows[index].sort(key=middle)


def _swap_neighbours(rows: _Rows, above: _Links, below: _Links) -> None:
    for index, row in enumerate(rows):
        up = {node: at for at, node in enumerate(rows[index - 1])} if index else {}
        down = {n: at for at, n in enumerate(rows[index + 1])} if index + 1 < len(rows) else {}
        for at in range(len(row) - 1):
            left, right = row[at], row[at + 1]
            now = _pair(left, right, above, up) + _pair(left, right, below, down)
            swapped = _pair(right, left, above, up) + _pair(right, left, below, down)
            if swapped < now:
                row[at], row[at + 1] = right, left


def _pair(left: _Node, right: _Node, links: _Links, place: Mapping[_Node, int]) -> int:
    """How often lines of two neighbours cross."""
    return sum(place[a] > place[b] for a in links[left] for b in links[right])


def _crossings(rows: _Rows, above: _Links) -> int:
    total = 0
    for upper, lower in pairwise(rows):
        place = {node: at for at, node in enumerate(upper)}
        ends: list[int] = []
        for node in lower:
            mine = [place[one] for one in above[node]]
            total += sum(len(ends) - bisect_right(ends, end) for end in mine)
            for end in mine:
                insort(ends, end)
    return total


def _straightened(rows: _Rows, above: _Links, below: _Links) -> dict[_Node, float]:
    x: dict[_Node, float] = {}
    for row in rows:
        offsets = _offsets(row)
        middle = offsets[-1] / 2
        x.update({node: at - middle for node, at in zip(row, offsets, strict=True)})
    for turn in range(_STRAIGHTENING):
        links = above if turn % 2 == 0 else below
        for row in rows if links is above else reversed(rows):
            wanted = [_mean([x[one] for one in links[node]], x[node]) for node in row]
            x.update(zip(row, _spaced(wanted, _offsets(row)), strict=True))
    return x


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _offsets(row: list[_Node]) -> list[float]:
    """The closest places of a row's nodes, from 0: bends need less room than concepts."""
    half = [(1.0 if node[0] == node[1] else _BEND_WIDTH) / 2 for node in row]
    out = [0.0]
    for left, right in pairwise(half):
        out.append(out[-1] + left + right)
    return out


def _spaced(wanted: list[float], offsets: list[float]) -> list[float]:
    """Places nearest to the wanted ones by squares that keep order and spacing."""
    blocks: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        mean, count = want - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, many = blocks.pop()
            mean = (mean * count + other * many) / (count + many)
            count += many
        blocks.append((mean, count))
    flat = [mean for mean, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(flat, offsets, strict=True)]
