"""The graph of a course: order, cycles, reach, layers and the map."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.errors import Bug
from assistant.domain.ids import ConceptId
from assistant.tutor.courses.graph import (
    cycles,
    dependants,
    depths,
    essential,
    needed_for,
    ordered,
    unlocked,
)
from assistant.tutor.courses.layout import map_of
from assistant.tutor.courses.reading import read_course
from tests.unit.tutor.courses.conftest import SAMPLE

Graph = dict[ConceptId, tuple[ConceptId, ...]]


def graph_of(**requires: str) -> Graph:
    return {
        ConceptId(name): tuple(ConceptId(one) for one in needed.split())
        for name, needed in requires.items()
    }


@st.composite
def any_graph(draw: st.DrawFn, *, sound: bool = False, most: int = 12) -> Graph:
    """Some concepts with any requirements, or only with such as lead to no cycle."""
    size = draw(st.integers(1, most))
    names = [ConceptId(f"c{index}") for index in range(size)]
    graph: Graph = {}
    for index, name in enumerate(names):
        among = names[:index] if sound else names
        picked = st.lists(st.sampled_from(among), max_size=4, unique=True)
        graph[name] = tuple(draw(picked)) if among else ()
    shuffled = draw(st.permutations(names))
    return {name: graph[name] for name in shuffled}


@given(any_graph())
def test_either_a_cycle_is_shown_or_an_order_holds(graph: Graph) -> None:
    found = cycles(graph)
    for cycle in found:
        following = zip(cycle, [*cycle[1:], cycle[0]], strict=True)
        assert all(after in graph[before] for before, after in following)
        assert len(set(cycle)) == len(cycle)
    if found:
        with pytest.raises(Bug):
            ordered(graph)
    else:
        order = ordered(graph)
        assert sorted(order) == sorted(graph)
        place = {concept: at for at, concept in enumerate(order)}
        assert all(place[one] < place[c] for c, needed in graph.items() for one in needed)


@given(any_graph(sound=True))
def test_a_graph_made_without_a_cycle_is_found_to_have_none(graph: Graph) -> None:
    assert cycles(graph) == ()


def reach(graph: Graph) -> set[tuple[ConceptId, ConceptId]]:
    return {(c, one) for c in graph for one in needed_for(graph, [c]) - {c}}


@given(any_graph(sound=True, most=7))
def test_the_essential_requirements_reach_as_far_and_none_can_go(graph: Graph) -> None:
    slim = essential(graph)
    assert reach(slim) == reach(graph)
    for concept, needed in slim.items():
        for one in needed:
            rest = tuple(other for other in needed if other != one)
            assert reach({**slim, concept: rest}) != reach(graph)


@given(any_graph(sound=True))
def test_the_map_keeps_rows_and_room_and_every_line(graph: Graph) -> None:
    drawn = map_of(graph)
    depth = depths(graph)
    assert {one.concept: one.row for one in drawn.concepts} == depth
    place = {one.concept: (one.x, float(one.row)) for one in drawn.concepts}
    for row in range(drawn.rows):
        xs = sorted(one.x for one in drawn.concepts if one.row == row)
        assert all(b - a >= 1 - 1e-9 for a, b in itertools.pairwise(xs))
    assert all(0.5 - 1e-9 <= x <= drawn.width - 0.5 + 1e-9 for x, _ in place.values())
    lines = {(line.before, line.after) for line in drawn.lines}
    assert lines == {(one, c) for c, needed in essential(graph).items() for one in needed}
    for line in drawn.lines:
        assert (line.points[0], line.points[-1]) == (place[line.before], place[line.after])
        assert [y for _, y in line.points] == list(range(depth[line.before], depth[line.after] + 1))


def test_a_knot_is_told_by_its_shortest_cycle() -> None:
    graph = graph_of(a="b", b="c a", c="a", d="a", e="e")
    assert cycles(graph) == ((ConceptId("a"), ConceptId("b")), (ConceptId("e"),))


def test_a_long_chain_needs_no_deep_stack() -> None:
    names = [ConceptId(f"c{index}") for index in range(3000)]
    graph = {name: (names[at - 1],) if at else () for at, name in enumerate(names)}
    assert ordered(graph) == tuple(names)
    assert cycles(graph) == ()
    assert len(cycles({**graph, names[0]: (names[-1],)})[0]) == 3000


def test_order_follows_the_units_where_it_may() -> None:
    assert ordered(graph_of(c="", b="a", a="")) == ("c", "a", "b")


def test_what_a_goal_needs_stops_at_what_is_known() -> None:
    graph = graph_of(a="", b="a", c="b", d="c", e="")
    assert needed_for(graph, [ConceptId("d")], known={ConceptId("b")}) == {"c", "d"}
    assert dependants(graph, ConceptId("b")) == {"c", "d"}


def test_unlocked_is_what_only_needs_mastered_concepts() -> None:
    course = read_course(SAMPLE)
    assert unlocked(course, ()) == ("adding",)
    assert unlocked(course, {ConceptId("adding")}) == ("doubling",)
    assert unlocked(course, {c.id for c in course.concepts}) == ()


def test_lines_that_need_not_cross_do_not() -> None:
    graph = graph_of(a="", b="", c="", x="c", y="b", z="a", p="x", q="y", r="z")
    assert map_of(graph).crossings == 0


def test_lines_that_must_cross_are_counted() -> None:
    assert map_of(graph_of(a="", b="", c="", x="a b c", y="a b c", z="a b c")).crossings == 9


def test_a_chain_is_drawn_straight_and_nothing_is_a_map_too() -> None:
    assert {one.x for one in map_of(graph_of(a="", b="a", c="b")).concepts} == {0.5}
    assert map_of({}).width == 0
