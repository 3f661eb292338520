"""What cannot be done by its deadline anyway leaves its room to what can."""

from dataclasses import replace

import pytest

from assistant.planner.schedule.checker import violations
from assistant.planner.schedule.hopeless import marked
from assistant.planner.schedule.overflow import Cramped, lacking
from assistant.planner.schedule.problem import Item, Piece, Problem
from assistant.planner.schedule.replan import Before, replan
from assistant.planner.schedule.solve import Request, solve
from tests.helpers.weeks import plain

REPORT = Item(1, 480, weight=8, due=90)
SHEET = Item(2, 24, weight=1, due=90)
NOVEL = Item(3, 36, weight=2)
ROOM = ((0, 42), (50, 92), (200, 242))


@pytest.mark.parametrize("solver", [True, False])
def test_what_fits_is_planned_beside_what_never_can(*, solver: bool):
    problem = plain(REPORT, SHEET, NOVEL, windows=ROOM)
    placing = solve(problem, Request(1.0, solver=solver))

    assert set(placing.missing) == {1}
    assert violations(problem, placing.pieces) == []
    # What has time until later is done later: the report has what is left before it is due.
    early = sum(one.slots for one in placing.pieces if one.key == 1)
    assert early >= 24


def test_something_new_gets_its_room_from_what_never_can():
    problem = plain(REPORT, windows=((0, 42), (50, 92)))
    first = solve(problem, Request(0.5, solver=False))
    changed = replace(problem, items=(REPORT, SHEET), previous=first.pieces)
    mended = replan(changed, before=Before(first.missing))

    assert set(mended.placing.missing) == {1}
    assert violations(changed, mended.placing.pieces) == []


def test_room_that_became_free_goes_to_what_can_be_done():
    problem = plain(REPORT, SHEET, windows=((0, 24), (30, 54)))
    stands = (Piece(1, 0, 18), Piece(1, 30, 18))
    mended = replan(replace(problem, previous=stands), before=Before({1: 444, 2: 24}))

    assert set(mended.placing.missing) == {1}


@pytest.mark.parametrize(
    ("item", "hopeless"),
    [
        (Item(1, 33, due=42), False),
        (Item(1, 40, due=42), True),
        (Item(1, 40, due=42, split=False), False),
        (Item(1, 40, due=39, split=False), True),
        (Item(1, 40, release=3, due=42, split=False), True),
        (Item(1, 70, due=92), False),
        (Item(1, 79, due=92), True),
        (Item(1, 6, release=42, due=50), True),
        (Item(1, 6, release=40, due=54), False),
        (Item(1, 9, release=40, due=54), True),
        (Item(1, 400, due=42, late=True), False),
        (Item(1, 400), False),
        (Item(1, 400, due=5000), False),
        (Item(1, 400, late=True, due=0, until=92), True),
    ],
)
def test_hopeless_is_what_does_not_fit_alone(item: Item, hopeless: bool):
    problem: Problem = plain(item, windows=ROOM)

    assert marked(problem).items[0].hopeless is hopeless
    assert (1 in solve(problem, Request(0.2, solver=False)).missing) >= hopeless


def test_what_comes_too_late_for_another_is_told():
    first, second = Item(1, 40, least=3), Item(2, 12, due=54, after=(1,))
    problem = plain(first, second, windows=ROOM)
    placing = solve(problem, Request(0.3, solver=False))
    (found,) = lacking(problem, placing)

    assert (found.key, found.why, found.other) == (2, Cramped.AFTER, 1)
    assert found.measure == max(one.end for one in placing.pieces if one.key == 1)


def test_what_takes_more_than_all_the_room_says_so():
    problem = plain(REPORT, windows=ROOM)
    (found,) = lacking(problem, solve(problem, Request(0.3, solver=False)))

    assert found.why is Cramped.LONG
