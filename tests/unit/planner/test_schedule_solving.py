"""Plans of small weeks whose best form can be told by hand."""

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.planner.schedule.checker import violations
from assistant.planner.schedule.nearest import narrowed
from assistant.planner.schedule.problem import DAY_SLOTS, Item, Problem, Taken, Weights
from assistant.planner.schedule.solve import Request, solve
from assistant.planner.schedule.spans import merged, without
from tests.helpers.weeks import HOUR, piece_of, plain, week

QUICK = Request(1.0)


def test_a_deadline_goes_before_what_can_wait():
    placing = solve(plain(Item(1, 12, weight=3), Item(2, 12, due=12)), QUICK)

    assert piece_of(placing.pieces, 2).start == 0
    assert piece_of(placing.pieces, 1).start == 15
    assert placing.missing == {}


def test_something_long_that_may_not_be_split_is_put_into_the_only_stretch_for_it():
    """Two hours whole and three short ones: by the clock the short ones would break the stretch."""
    items = (Item(1, 24, weight=1, split=False), *(Item(key, 9, weight=5) for key in (2, 3, 4)))
    placing = solve(plain(*items, windows=((0, 33), (40, 64))), QUICK)

    assert piece_of(placing.pieces, 1).start in {0, 9, 40}
    assert placing.missing == {}


def test_hard_work_goes_to_the_hours_of_energy():
    energy = tuple(100 if 48 <= at < 72 else 20 for at in range(DAY_SLOTS))
    problem = Problem(DAY_SLOTS, ((0, 96),), (0,), (Item(1, 12, demand=100),), energy=energy)

    assert 48 <= piece_of(solve(problem, QUICK).pieces, 1).start <= 60


def test_work_is_split_around_an_event_with_rests_between():
    problem = plain(Item(1, 36, least=6), windows=((0, 20), (30, 60)))
    placing = solve(problem, QUICK)

    assert placing.missing == {}
    assert all(piece.slots <= 18 for piece in placing.pieces)


def test_what_is_late_already_is_planned_all_the_same():
    placing = solve(plain(Item(1, 6, due=0, late=True), Item(2, 6, weight=2)), QUICK)

    assert piece_of(placing.pieces, 1).start == 0


def test_a_likeable_time_is_kept():
    placing = solve(plain(Item(1, 6, preferred=((60, 70),))), QUICK)

    assert 60 <= piece_of(placing.pieces, 1).start <= 64


def test_there_is_time_for_the_way():
    problem = Problem(
        DAY_SLOTS,
        ((0, 24), (36, 96)),
        (0,),
        (Item(1, 12, place="home"), Item(2, 12)),
        taken=(Taken(24, 36, "campus"),),
    )
    placing = solve(problem, QUICK)

    home = piece_of(placing.pieces, 1)
    assert home.end <= 18 or home.start >= 42


def test_nothing_can_be_planned_in_no_hours():
    placing = solve(plain(Item(1, 6), Item(2, 3, after=(1,)), windows=()), QUICK)

    assert placing.pieces == ()
    assert placing.missing == {1: 6, 2: 3}


def test_something_longer_than_all_time_is_placed_as_far_as_it_goes():
    placing = solve(plain(Item(1, 3000), Item(2, 3000, split=False)), QUICK)

    assert 70 <= sum(piece.slots for piece in placing.pieces) <= 96
    assert placing.missing[2] == 3000


def test_those_that_wait_for_one_another_are_left_out():
    placing = solve(plain(Item(1, 6, after=(2,)), Item(2, 6, after=(1,)), Item(3, 6)), QUICK)

    assert [piece.key for piece in placing.pieces] == [3]


def test_thousands_of_tasks_are_narrowed_to_what_the_week_may_hold():
    problem = week(1, 10_000)
    near = narrowed(problem)
    keys = {item.key for item in near.items}

    assert 100 < len(near.items) < 400
    assert all(key in keys for item in near.items for key in item.after)
    placing = solve(problem, Request(0.3, solver=False))
    assert sum(piece.slots for piece in placing.pieces) > 0.8 * problem.room
    assert len(placing.missing) > 9_000


def test_planning_can_be_stopped():
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        solve(week(1, 30), Request(5), token)


def test_a_group_stays_together():
    items = tuple(Item(key, 6, group=key % 2 + 1, weight=2) for key in range(1, 5))
    placing = solve(plain(*items, windows=((0, 12), (30, 42), (60, 72))), QUICK)
    rooms = [
        {items[p.key - 1].group for p in placing.pieces if p.start // 30 == at} for at in (0, 1)
    ]

    assert [len(one) for one in rooms] == [1, 1]


def test_spans():
    assert merged([(5, 9), (0, 3), (3, 4), (8, 12), (7, 7)]) == ((0, 4), (5, 12))
    assert without([(0, 10), (20, 30)], [(2, 4), (8, 22), (29, 40)]) == ((0, 2), (4, 8), (22, 29))
    assert Weights().missing > 0
    assert HOUR * 5 == 60


def test_many_events_in_other_places_do_not_swell_the_model():
    """Each event once split every stretch of starts in two, whether it lay in it or not."""
    taken = tuple(Taken(at, at + 1, "campus") for at in range(0, 2000, 40))
    windows = without([(0, 2016)], [(one.start, one.end) for one in taken])
    problem = Problem(2016, windows, (0,), (Item(1, 6, place="home"),), taken=taken)
    placing = solve(problem, Request(1.0))

    assert placing.missing == {}
    assert violations(problem, placing.pieces) == []


@pytest.mark.parametrize("solver", [False, True])
def test_one_long_task_is_left_over_rather_than_several_short_ones(*, solver: bool):
    """Of eight hours nine are asked for, and the long one is due first."""
    short = (Item(key, HOUR, due=DAY_SLOTS) for key in (2, 3, 4))
    problem = plain(Item(1, 6 * HOUR, due=96), *short)
    found = solve(problem, Request(1.0, solver=solver))

    assert set(found.missing) == {1}
