"""Every block says why it is there, and each reason moves it the way that its words say."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Because, Block, Hours
from assistant.domain.task import Due, Priority, Task
from assistant.planner.schedule.asking import asked
from assistant.planner.schedule.problem import Item, Piece, Problem
from assistant.planner.schedule.reasons import causes
from assistant.planner.schedule.solve import Request, solve
from assistant.planner.schedule.telling import week_plan, with_reasons
from assistant.planner.schedule.week import WeekAsk
from tests.helpers.planning_stand import BERLIN, MONDAY
from tests.helpers.weeks import plain, week

RULES = Request(0.4, solver=False)
EARLIER = {Because.NOT_BEFORE, Because.HOURS, Because.PLACE}
LATER = {Because.DEADLINE, Because.PRIORITY, Because.SOONEST}


@pytest.mark.parametrize("seed", range(5))
def test_reasons_move_a_piece_as_their_words_say(seed: int):
    problem = week(seed, 14)
    placing = solve(problem, RULES)
    items = {item.key: item for item in problem.items}
    for piece in placing.pieces:
        found = causes(problem, placing.pieces, piece)
        assert 1 <= len(found) <= 3
        due = items[piece.key].due
        assert (Because.LATE in {one.because for one in found}) is (
            due is not None and piece.end > due
        )
        for cause in found:
            if cause.because in EARLIER:
                assert cause.otherwise is not None
                assert cause.otherwise < piece.start
            if cause.because in LATER and cause.otherwise is not None:
                assert cause.otherwise > piece.start
            if cause.because is Because.ENERGY:
                assert cause.otherwise is not None
                here, there = (
                    sum(problem.energy[at : at + piece.slots])
                    for at in (piece.start, cause.otherwise)
                )
                assert here > there


def only_cause(problem: Problem, pieces: tuple[Piece, ...], key: int) -> tuple[Because, int | None]:
    piece = next(one for one in pieces if one.key == key)
    (found,) = causes(problem, pieces, piece)
    return found.because, found.otherwise


def test_a_piece_for_which_nothing_speaks_says_what_is_so():
    flat = replace(plain(Item(1, 12), Item(2, 12)).weights, flow=0, switch=0, spread=0)
    problem = replace(plain(Item(1, 12), Item(2, 12)), weights=flat)

    assert only_cause(problem, (Piece(1, 0, 12), Piece(2, 15, 12)), 1) == (Because.FIRST, 30)
    assert only_cause(problem, (Piece(1, 0, 12), Piece(2, 15, 12)), 2) == (Because.OTHERS, 0)
    assert only_cause(problem, (Piece(1, 40, 12),), 1) == (Because.FREE, None)


def told(*tasks: Task, blocks: tuple[Block, ...] = ()) -> tuple[Block, ...]:
    hours = tuple(
        Hours(day, ((MONDAY.time(), MONDAY.replace(hour=18).time()),)) for day in range(7)
    )
    ask = asked(WeekAsk(MONDAY, BERLIN, 7, tasks, hours, blocks=blocks))
    placing = solve(ask.problem, RULES)
    return with_reasons(ask, placing, week_plan(ask, placing, MONDAY).blocks)


def test_what_is_overdue_says_so_also_where_it_is_pinned():
    due = Due(MONDAY - timedelta(days=6))
    task = Task(TaskId(1), "essay", MONDAY, estimate_min=120, due=due, priority=Priority.HIGH)
    (first, *_) = told(task)
    start = datetime(2026, 3, 3, 10, tzinfo=BERLIN)
    pin = Block(TaskId(1), "essay", start, start + timedelta(hours=2), pinned=True)
    (pinned,) = told(task, blocks=(pin,))

    assert first.reasons[0].because is Because.LATE
    assert first.reasons[0].text == ("It was due by the end of Tuesday 24 February, and is late")
    assert [one.because for one in pinned.reasons] == [Because.PINNED, Because.LATE]
