"""Plans that are mended, the reasons of their pieces, and what would make things fit."""

from dataclasses import replace

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.domain.schedule import Because
from assistant.planner.schedule.checker import violations
from assistant.planner.schedule.overflow import Cramped, Lacking, lacking
from assistant.planner.schedule.problem import Item, Piece, Placing, Problem, Taken
from assistant.planner.schedule.reasons import causes
from assistant.planner.schedule.replan import Before, dragged, pinned, replan
from assistant.planner.schedule.solve import Request, solve
from assistant.planner.schedule.spans import without
from tests.helpers.weeks import HOUR, piece_of, plain, week

RULES = Request(0.4, solver=False)


def planned(problem: Problem) -> tuple[Problem, Placing]:
    placing = solve(problem, RULES)
    return replace(problem, previous=placing.pieces), placing


def with_event(problem: Problem, start: int, end: int) -> Problem:
    taken = sorted((*problem.taken, Taken(start, end)), key=lambda one: one.start)
    return replace(problem, windows=without(problem.windows, [(start, end)]), taken=tuple(taken))


def test_events_move_little_but_what_they_cover():
    """Over some weeks no more than a tenth of the pieces, besides those that lost their time."""
    moved = stood = 0
    for seed in range(6):
        problem, placing = planned(week(seed, 14))
        hit = placing.pieces[seed]
        changed = with_event(problem, hit.start, hit.end)
        mended = replan(changed, before=Before(placing.missing))

        assert violations(changed, mended.placing.pieces) == []
        assert hit not in mended.placing.pieces
        assert mended.kept + mended.moved == len(placing.pieces)
        moved += mended.moved - 1
        stood += len(placing.pieces)
    assert moved <= stood // 10


def test_nothing_moves_where_nothing_changed():
    problem, placing = planned(week(4, 14))

    assert replan(problem, before=Before(placing.missing)).placing.pieces == placing.pieces


def test_a_dragged_piece_stays_and_the_rest_makes_room():
    problem, placing = planned(plain(Item(1, 12), Item(2, 12), Item(3, 12)))
    first, third = placing.pieces[0], placing.pieces[2]
    changed = dragged(problem, placing.pieces, first, third.start)
    mended = replan(changed)

    assert changed.pins == (Piece(first.key, third.start, 12),)
    assert {piece.key for piece in mended.placing.pieces} == {1, 2, 3} - {first.key}
    assert mended.placing.missing == {}
    assert violations(changed, mended.placing.pieces) == []


def test_a_new_deadline_pushes_others_aside():
    problem, _ = planned(plain(Item(1, 12), Item(2, 12), windows=((0, 30),)))
    urgent = replace(
        problem, items=(*problem.items, Item(3, 12, weight=8, due=14)), windows=((0, 60),)
    )
    mended = replan(urgent)

    assert piece_of(mended.placing.pieces, 3).end <= 14
    assert mended.placing.missing == {}


def test_a_task_that_became_shorter_is_cut_and_one_that_is_gone_leaves():
    problem, _ = planned(plain(Item(1, 12), Item(2, 12)))
    changed = replace(problem, items=(Item(1, 7),))

    assert [piece.slots for piece in replan(changed).placing.pieces] == [7]


def test_mending_can_be_stopped():
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        replan(planned(week(1, 5))[0], cancel=token)


def reason(problem: Problem, pieces: tuple[Piece, ...], key: int) -> dict[Because, int | None]:
    return {
        cause.because: cause.otherwise for cause in causes(problem, pieces, piece_of(pieces, key))
    }


@pytest.mark.parametrize(
    ("problem", "key", "because", "otherwise"),
    [
        (plain(Item(1, 12, weight=3), Item(2, 12, due=12)), 2, Because.DEADLINE, 15),
        (plain(Item(1, 12, release=30)), 1, Because.NOT_BEFORE, 0),
        (plain(Item(1, 12, weight=1), Item(2, 12, weight=8, after=(1,))), 2, Because.ORDER, 0),
        (plain(Item(1, 12, preferred=((60, 80),))), 1, Because.PREFERRED, 0),
        (plain(Item(1, 12, weight=8), Item(2, 12, weight=3)), 1, Because.PRIORITY, 15),
        (
            replace(
                plain(Item(1, 12, demand=100)),
                energy=tuple(100 if 48 <= at < 72 else 20 for at in range(288)),
            ),
            1,
            Because.ENERGY,
            0,
        ),
        (
            replace(with_event(plain(Item(1, 12)), 0, 40), hours=((0, 96),)),
            1,
            Because.CALENDAR,
            0,
        ),
        (
            replace(plain(Item(1, 12)), previous=(Piece(1, 36, 12),)),
            1,
            Because.STABLE,
            0,
        ),
        (
            replace(
                plain(Item(1, 12, place="home"), windows=((12, 96),)),
                taken=(Taken(0, 12, "campus"),),
            ),
            1,
            Because.PLACE,
            12,
        ),
    ],
)
def test_a_reason_is_one_without_which_the_piece_moves(
    problem: Problem, key: int, because: Because, otherwise: int
):
    placing = solve(problem, RULES)
    found = reason(problem, placing.pieces, key)

    assert because in found
    assert found[because] == otherwise
    assert len(found) <= 3


def test_reasons_of_a_busy_week_hold_when_they_are_taken_away():
    """A deadline is said only where the piece goes elsewhere in a plan without it."""
    problem, placing = planned(week(3, 14))
    told = 0
    for piece in placing.pieces:
        for cause in causes(problem, placing.pieces, piece):
            told += 1
            assert cause.otherwise != piece.start
    assert told >= len(placing.pieces) // 2


def first_lacking(problem: Problem) -> Lacking:
    placing = solve(problem, RULES)
    return lacking(problem, placing)[0]


def test_what_may_not_be_split_would_fit_split():
    found = first_lacking(plain(Item(1, 30, split=False), windows=((0, 20), (30, 50))))

    assert found.why is Cramped.STRETCH
    assert found.measure == 20
    assert found.changes[0].action == "allow_split"


def test_remedies_make_it_fit_when_they_are_taken():
    item = Item(1, 24, weight=5, due=96)
    problem = plain(item, windows=((72, 96),))
    problem = replace(problem, hours=((72, 96),), days=(0,), horizon=288)
    found = first_lacking(replace(problem, windows=((72, 84), (110, 160)), hours=((72, 160),)))
    changes = {change.action: change for change in found.changes}

    assert found.why is Cramped.LONG
    assert found.slots == 12
    later = replace(problem, windows=((72, 84), (110, 160)))
    later = replace(later, items=(replace(item, due=changes["later_due"].first),))
    assert solve(later, RULES).missing == {}
    assert changes["shorten"].first == 12


def test_an_hour_outside_of_hours_is_offered_where_it_helps():
    problem = replace(plain(Item(1, 12, due=200), windows=((96, 102),)), horizon=288)
    change = next(one for one in first_lacking(problem).changes if one.action == "extend_hours")

    wider = replace(problem, windows=(*problem.windows, (change.first, change.last)))
    assert change.first >= 102
    assert solve(wider, RULES).missing == {}
    assert change.last - change.first == HOUR


def test_something_that_matters_less_may_be_dropped():
    problem = plain(
        Item(1, 12, weight=1, due=12, split=False, late=False),
        Item(2, 12, weight=5, due=12, split=False),
        windows=((0, 12),),
    )
    placing = Placing((Piece(1, 0, 12),), {2: 12}, 0)
    (found,) = lacking(problem, placing)

    assert [(one.action, one.first) for one in found.changes if one.action == "drop"] == [
        ("drop", 1)
    ]


def test_the_trying_of_remedies_is_stopped():
    problem = plain(Item(1, 30, split=False), windows=((0, 20), (30, 50)))
    stopped = CancelToken()
    stopped.cancel()
    placing = solve(problem, RULES)
    with pytest.raises(Cancelled):
        lacking(problem, placing, cancel=stopped)
    assert lacking(problem, placing, tried=0, cancel=stopped)[0].changes == ()


def test_what_the_tutor_wants_is_neither_dropped_nor_changed():
    problem = plain(
        Item(-7, 12, weight=1, due=18, split=False, late=False),
        Item(2, 12, weight=5, due=18, split=False),
        windows=((0, 18),),
    )
    (task,) = lacking(problem, Placing((Piece(-7, 0, 12),), {2: 12}, 0))
    (study,) = lacking(problem, Placing((Piece(2, 0, 12),), {-7: 12}, 0))

    assert [one.action for one in task.changes] == ["shorten"]
    assert study.changes == ()


def test_what_waits_and_what_never_can_are_told_apart():
    problem = plain(Item(1, 12, release=50, due=40), Item(2, 6, after=(1,)), Item(3, 6, due=90))
    found = {one.key: one for one in lacking(problem, solve(problem, RULES))}

    assert found[1].why is Cramped.NEVER
    assert (found[2].why, found[2].other) == (Cramped.WAITS, 1)
    assert 3 not in found


def test_a_pin_takes_its_time_and_its_share():
    problem = pinned(plain(Item(1, 12, place="home")), Piece(1, 20, 5))

    assert problem.items[0].slots == 7
    assert problem.windows == ((0, 20), (25, 96))
    assert problem.taken == (Taken(20, 25, "home"),)
    assert violations(problem, solve(problem, RULES).pieces) == []


def test_only_the_last_piece_is_short_also_when_more_is_to_be_done():
    """The rest of an item that got longer must not leave a short piece before it."""
    item = Item(1, 16, least=6)
    before = (Piece(1, 0, 12), Piece(1, 20, 4))
    problem = replace(plain(item, windows=((0, 12), (20, 24), (40, 60))), previous=before)
    assert violations(problem, replan(problem).placing.pieces) == []
    longer = replace(problem, items=(replace(item, slots=22),))
    mended = replan(longer)

    assert violations(longer, mended.placing.pieces) == []
    assert mended.placing.missing == {}
    early = replace(problem, previous=(Piece(1, 40, 12),), windows=((0, 4), (40, 60)))
    assert violations(early, replan(early).placing.pieces) == []
