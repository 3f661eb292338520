"""The four rungs: in order, an attempt first, each at its price."""

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import AnswerKind, Exercise, Key, Proof, ProvedBy
from assistant.domain.ids import ConceptId, ExerciseId
from assistant.domain.study import Rung
from assistant.tutor.hints import Ladder, RungState

EXERCISE = Exercise(
    ExerciseId("x"),
    ConceptId("k"),
    AnswerKind.NUMBER,
    "6 · 7?",
    Key("42"),
    Proof(ProvedBy.ALGEBRA, ""),
    nudge="Think of rows.",
    idea="Multiplication is repeated addition.",
    part="5 · 7 is 35.",
    solution=("6 · 7 = 35 + 7.", "That is 42."),
)


def test_an_attempt_comes_first() -> None:
    ladder = Ladder(EXERCISE)
    with pytest.raises(UserFacingError) as caught:
        ladder.climbed()
    assert caught.value.code == "hint_locked"
    assert {view.state for view in ladder.rungs} == {RungState.LOCKED}
    assert Ladder(EXERCISE, attempt_first=False).climbed().rung is Rung.NUDGE


def test_the_rungs_open_one_after_the_other_and_cost_more_and_more() -> None:
    ladder = Ladder(EXERCISE, tries=1)
    worth = [ladder.credit]
    for rung in (Rung.NUDGE, Rung.IDEA):
        ladder = ladder.climbed()
        assert ladder.rung is rung
        worth.append(ladder.credit)
    with pytest.raises(UserFacingError) as caught:
        ladder.climbed()
    assert caught.value.hint == "Opens after one more try."
    ladder = Ladder(EXERCISE, ladder.rung, tries=2)
    for _ in range(2):
        ladder = ladder.climbed()
        worth.append(ladder.credit)
    assert worth == pytest.approx([1.0, 0.95, 0.85, 0.6, 0.0])
    assert ladder.next_rung() is None
    with pytest.raises(UserFacingError) as caught:
        ladder.climbed()
    assert caught.value.code == "hint_last"


def test_what_is_shown_says_how_the_next_ones_open() -> None:
    views = Ladder(EXERCISE, Rung.NUDGE, tries=1).rungs
    assert [view.state for view in views] == [
        RungState.SHOWN,
        RungState.OPEN,
        RungState.LOCKED,
        RungState.LOCKED,
    ]
    assert views[0].text == "Think of rows."
    assert [view.text for view in views[1:]] == ["", "", ""]
    assert views[2].opens == "Opens after hint 2 and one more try"
    assert [view.costs for view in views] == pytest.approx([0.05, 0.10, 0.25, 0.60])


def test_just_tell_me_shows_all_at_once_and_costs_all() -> None:
    told = Ladder(EXERCISE).climbed(told=True)
    assert (told.rung, told.credit) == (Rung.SOLUTION, 0.0)
    assert told.rungs[3].text == "6 · 7 = 35 + 7.\n\nThat is 42."


def test_a_rung_that_has_nothing_to_say_is_left_out() -> None:
    bare = Exercise(
        EXERCISE.id,
        EXERCISE.concept,
        AnswerKind.NUMBER,
        "",
        Key("1"),
        EXERCISE.proof,
        idea="An idea.",
        solution=("1",),
    )
    ladder = Ladder(bare, tries=2)
    assert [view.rung for view in ladder.rungs] == [Rung.IDEA, Rung.SOLUTION]
    assert ladder.climbed().rung is Rung.IDEA
    assert ladder.climbed().climbed().rung is Rung.SOLUTION
