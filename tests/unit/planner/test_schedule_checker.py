"""The checker finds each kind of broken rule, and the search never makes one."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.planner.schedule.checker import violations
from assistant.planner.schedule.greedy import greedy
from assistant.planner.schedule.problem import Item, Piece, Problem, Taken
from assistant.planner.schedule.solve import Request, solve
from tests.helpers.weeks import plain, week

TWO = plain(Item(1, 12), Item(2, 12))


@pytest.mark.parametrize(
    ("problem", "pieces", "says"),
    [
        (TWO, [Piece(9, 0, 3)], "not asked for"),
        (TWO, [Piece(1, 90, 12)], "outside of hours"),
        (TWO, [Piece(1, 280, 12)], "outside of the time"),
        (TWO, [Piece(1, 0, 12), Piece(2, 11, 12)], "overlap"),
        (TWO, [Piece(1, 0, 18)], "planned for 18"),
        (TWO, [Piece(1, 0, 12), Piece(2, 13, 12)], "without a rest"),
        (TWO, [Piece(1, 0, 3), Piece(1, 20, 9)], "fewer than 5"),
        (plain(Item(1, 12, split=False)), [Piece(1, 0, 6), Piece(1, 20, 6)], "is split"),
        (plain(Item(1, 12, release=9)), [Piece(1, 8, 12)], "begins before"),
        (plain(Item(1, 12, due=20)), [Piece(1, 9, 12)], "after 20"),
        (plain(Item(1, 6), Item(2, 6, after=(1,))), [Piece(2, 8, 6)], "not wholly"),
        (
            plain(Item(1, 6), Item(2, 6, after=(1,))),
            [Piece(2, 0, 6), Piece(1, 9, 6)],
            "before 1 ends",
        ),
        (
            plain(Item(1, 6, place="home"), Item(2, 6, place="campus")),
            [Piece(1, 0, 6), Piece(2, 11, 6)],
            "from home to campus",
        ),
        (
            replace(TWO, taken=(Taken(3, 6),)),
            [Piece(1, 0, 12)],
            "something taken",
        ),
        (
            replace(plain(Item(1, 6), Item(2, 0, after=(1,))), pins=(Piece(2, 20, 6),)),
            [Piece(1, 30, 6)],
            "pinned 2",
        ),
    ],
)
def test_each_broken_rule_is_named(problem: Problem, pieces: list[Piece], says: str):
    assert any(says in one for one in violations(problem, pieces))


def test_a_sound_plan_has_no_violations():
    assert violations(TWO, [Piece(1, 0, 12), Piece(2, 15, 12)]) == []


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(1, 30), places=st.booleans())
def test_no_plan_breaks_a_rule(seed: int, count: int, places: bool):
    problem = week(seed, count, places=places)

    assert violations(problem, greedy(problem).pieces()) == []
    placing = solve(problem, Request(0.2, solver=False))
    assert violations(problem, placing.pieces) == []
    placed = dict.fromkeys(range(1, count + 1), 0)
    for piece in placing.pieces:
        placed[piece.key] += piece.slots
    for item in problem.items:
        assert placed[item.key] + placing.missing.get(item.key, 0) == item.slots


def test_the_solver_keeps_the_rules_and_comes_to_the_same_plan_again():
    problem = week(3, 6, places=True)
    once = solve(problem, Request(2.0))

    assert violations(problem, once.pieces) == []
    assert once.cost <= solve(problem, Request(0.0)).cost
    assert once.by_clock or solve(problem, Request(2.0)).pieces == once.pieces


def test_the_solver_finds_room_for_what_is_long_and_may_not_be_split():
    """Its stretch is longer than one of work, so that no pause may be put into it."""
    long = Item(1, 40, weight=8, split=False)
    short = (Item(key, 9, weight=1) for key in range(2, 7))
    problem = plain(long, *short, windows=((0, 45), (60, 104)))
    placing = solve(problem, Request(2.0))

    assert placing.missing.get(1, 0) == 0
    assert violations(problem, placing.pieces) == []
