"""Mastery from attempts: what counts, and in what words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.domain.course import Concept, Course, Lesson, Unit
from assistant.domain.exercise import AnswerKind
from assistant.domain.ids import AttemptId, ConceptId, CourseId, ExerciseId
from assistant.domain.study import Attempt, Mastery, Placing, Rung, Standing
from assistant.tutor.learner.mastery import RUNG_COST, ability_of, evidence_of, masteries
from assistant.tutor.learner.next_up import Doing, Ground, next_up
from assistant.tutor.learner.placement import Places, latest_test, next_question

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


def _concept(name: str, *requires: str) -> Concept:
    return Concept(
        ConceptId(name), name.title(), "", Lesson(""), tuple(ConceptId(each) for each in requires)
    )


COURSE = Course(
    CourseId("course"),
    1,
    "Course",
    "",
    "en",
    "any",
    (Unit("All", tuple(ConceptId(name) for name in ("one", "two", "three", "aside"))),),
    (_concept("one"), _concept("two", "one"), _concept("three", "two"), _concept("aside")),
)


def attempt(concept: str, *, correct: bool, ago_days: float = 0.0, **more: Any) -> Attempt:
    made = Attempt(
        id=AttemptId(1),
        course=COURSE.id,
        concept=ConceptId(concept),
        exercise=ExerciseId("e"),
        kind=AnswerKind.NUMBER,
        when=NOW - timedelta(days=ago_days),
        answer="",
        correct=correct,
        credit=float(correct),
        rung=Rung.NONE,
        try_number=1,
        seconds=10.0,
        difficulty=3.0,
        predicted=0.5,
    )
    return replace(made, **more)


def _of(attempts: list[Attempt]) -> dict[str, Mastery]:
    return {str(mastery.concept): mastery for mastery in masteries(COURSE, attempts, NOW)}


@pytest.mark.parametrize("rung", [Rung.NUDGE, Rung.IDEA, Rung.PART, Rung.SOLUTION])
def test_a_right_answer_with_help_never_raises_mastery(rung: Rung) -> None:
    before = _of([])["one"].chance
    helped = ability_of(COURSE, [attempt("one", correct=True, rung=rung)])
    gain = helped.model.gain * RUNG_COST[rung]
    assert gain <= helped.model.gain
    assert _of([attempt("one", correct=True, rung=rung)])["one"].chance <= before


def test_more_help_costs_more() -> None:
    chances = [
        _of([attempt("one", correct=True, rung=rung)])["one"].chance for rung in sorted(Rung)
    ]
    assert chances == sorted(chances, reverse=True)


def test_only_the_first_try_counts() -> None:
    assert evidence_of(attempt("one", correct=True, try_number=2)) is None
    assert evidence_of(attempt("one", correct=True)) is not None


def test_a_choice_may_have_been_guessed() -> None:
    evidence = evidence_of(attempt("one", correct=True, kind=AnswerKind.CHOICE))
    assert evidence is not None
    assert evidence.guess == 0.25


def test_the_words_rise_with_unaided_right_answers() -> None:
    words = [_of([attempt("one", correct=True)] * count)["one"].standing for count in (0, 1, 3, 12)]
    assert words[0] is Standing.NOT_STARTED
    order = list(Standing)
    assert [order.index(word) for word in words] == sorted(order.index(word) for word in words)
    assert words[-1] is Standing.MASTERED
    assert _of([attempt("one", correct=False)] * 4)["one"].standing is Standing.BEGUN


def test_nothing_is_mastered_that_was_never_answered_alone() -> None:
    attempts = [attempt("two", correct=True)] * 30
    assert _of(attempts)["one"].standing is Standing.NOT_STARTED


def test_the_order_of_the_attempts_in_the_list_does_not_matter() -> None:
    attempts = [attempt("one", correct=at % 3 > 0, ago_days=9 - at) for at in range(9)]
    assert _of(attempts) == _of(attempts[::-1])


def test_the_first_thing_is_what_needs_nothing() -> None:
    found = next_up(COURSE, _known(_of([])))
    assert found is not None
    assert (found.concept, found.doing) == ("one", Doing.LEARN)
    assert found.reasons[0].words == "It needs nothing that comes before it."
    assert found.reasons[1].words == "It opens Two."


def _known(by_name: dict[str, Mastery]) -> dict[ConceptId, Mastery]:
    return {ConceptId(name): mastery for name, mastery in by_name.items()}


def test_what_was_begun_is_finished_before_something_new() -> None:
    found = next_up(COURSE, _known(_of([attempt("one", correct=False)])))
    assert found is not None
    assert (found.concept, found.doing) == ("one", Doing.PRACTISE)
    assert "%" in found.reasons[0].words


def test_where_answers_fail_again_and_again_the_lesson_comes_before_more_exercises() -> None:
    wrong = [attempt("one", correct=False, ago_days=1 - at / 10) for at in range(7)]
    found = next_up(COURSE, _known(_of(wrong)), attempts=wrong)
    assert found is not None
    assert (found.concept, found.doing) == ("one", Doing.LEARN)
    assert "lesson" in found.reasons[0].words
    assert "a few exercises make it firm" not in found.reasons[0].words

    better = [*wrong, *(attempt("one", correct=True, difficulty=1.0) for _ in range(2))]
    found = next_up(COURSE, _known(_of(better)), attempts=better)
    assert found is not None
    assert found.doing is Doing.PRACTISE  # the lesson was of use: it is not offered for ever


def test_where_a_base_was_left_out_it_is_taught_first() -> None:
    wrong = [attempt("two", correct=False, ago_days=1 - at / 10) for at in range(5)]
    found = next_up(COURSE, _known(_of(wrong)), attempts=wrong)
    assert found is not None
    assert (found.concept, found.doing) == ("one", Doing.LEARN)
    assert found.reasons[0].words == "You get stuck on Two, and this comes before it."


def test_a_base_that_slipped_comes_first() -> None:
    attempts = [
        *[attempt("one", correct=False)] * 6,
        *[attempt("two", correct=True)] * 2,
    ]
    found = next_up(COURSE, _known(_of(attempts)))
    assert found is not None
    assert (found.concept, found.doing) == ("one", Doing.REPAIR)
    assert "rests on it" in found.reasons[0].words


def test_a_goal_leaves_aside_what_it_does_not_need() -> None:
    attempts = [attempt(name, correct=True) for name in ("one", "two", "three") for _ in range(12)]
    everything = next_up(COURSE, _known(_of(attempts)))
    assert everything is not None
    assert everything.concept == "aside"
    goal = next_up(COURSE, _known(_of(attempts)), goals=[ConceptId("three")])
    assert goal is None


def test_what_is_firm_is_practised_until_it_is_mastered() -> None:
    attempts = [attempt(name, correct=True) for name in COURSE.by_id for _ in range(4)]
    attempts += [attempt("two", correct=False), attempt("two", correct=True)]
    given = len(attempts)
    known = _known(_of(attempts))
    while (found := next_up(COURSE, known)) is not None:
        assert found.doing is Doing.PRACTISE
        assert known[found.concept].standing is not Standing.MASTERED
        attempts.append(attempt(found.concept, correct=True))
        known = _known(_of(attempts))
        assert len(attempts) < given + 60
    assert {one.standing for one in known.values()} == {Standing.MASTERED}


def test_the_best_hours_are_named_only_with_evidence() -> None:
    morning, evening = NOW.replace(hour=9), NOW.replace(hour=20)
    attempts = [
        *[attempt("one", correct=True, when=morning)] * 40,
        *[attempt("one", correct=False, when=evening)] * 40,
    ]
    few = next_up(COURSE, _known(_of([])), attempts=attempts[30:50], local=lambda when: when)
    many = next_up(COURSE, _known(_of([])), attempts=attempts, local=lambda when: when)
    assert few is not None
    assert many is not None
    assert Ground.TIME not in {reason.ground for reason in few.reasons}
    assert many.reasons[-1].words == "You learn best before noon."


def _chain(count: int) -> Course:
    names = [f"c{at:02}" for at in range(count)]
    concepts = tuple(_concept(name, *names[max(0, at - 1) : at]) for at, name in enumerate(names))
    return replace(COURSE, concepts=concepts)


def _requires(course: Course) -> dict[ConceptId, tuple[ConceptId, ...]]:
    return {concept.id: concept.requires for concept in course.concepts}


@pytest.mark.parametrize("can_do", range(0, 25, 4))
def test_a_placement_test_finds_the_border_and_ends(can_do: int) -> None:
    """Someone who can do the first few of a chain, and nothing after them."""
    course = _chain(24)
    places = Places(_requires(course))
    attempts: list[Attempt] = []
    asked: dict[ConceptId, int] = {}
    while (question := next_question(places, asked)) is not None:
        asked[question.concept] = asked.get(question.concept, 0) + 1
        can = int(question.concept[1:]) < can_do
        places.learn(question.concept, right=can)
        made = attempt(question.concept, correct=can, difficulty=question.difficulty)
        attempts.append(replace(made, placement=Placing.COUNTS))
    assert len(attempts) <= 16
    found = {int(concept[1:]) for concept in places.known()}
    assert set(range(can_do - 2)) <= found <= set(range(can_do + 1))
    firm = {
        int(one.concept[1:])
        for one in masteries(course, attempts, NOW)
        if one.standing in {Standing.FIRM, Standing.MASTERED}
    }
    assert set(range(can_do - 3)) <= firm <= set(range(can_do + 1))


def test_a_placement_test_asks_only_what_can_be_asked() -> None:
    places = Places(_requires(COURSE))
    only = next_question(places, {}, askable=[ConceptId("three")])
    assert only is not None
    assert only.concept == "three"
    assert next_question(places, {}, askable=[]) is None
    assert next_question(places, {ConceptId("one"): 20}) is None
    before = places.chances()
    places.learn(ConceptId("elsewhere"), right=True)
    assert places.chances() == before


def test_answers_weeks_apart_belong_to_different_tests() -> None:
    old, new, later = (
        replace(
            attempt("one", correct=True, when=NOW - timedelta(days=days)), placement=Placing.COUNTS
        )
        for days in (40, 9, 2)
    )
    practice = attempt("two", correct=True, when=NOW)
    assert latest_test([later, practice, old, new]) == (new, later)
    assert latest_test([old, practice], NOW) == ()
    assert latest_test([old], None) == (old,)
    assert latest_test([practice]) == ()


def _test(rights: dict[str, bool], placing: Placing, ago_days: float) -> list[Attempt]:
    return [
        attempt(name, correct=right, ago_days=ago_days - at / 100, placement=placing)
        for at, (name, right) in enumerate(rights.items())
    ]


@pytest.mark.parametrize("ago_days", [2.0, 60.0])
def test_of_two_tests_only_the_one_that_counts_says_anything(ago_days: float) -> None:
    course = _chain(12)
    practice = [attempt("c3", correct=True, ago_days=1.5), attempt("c9", correct=False)]
    low, high = {"c2": True, "c4": False}, {"c6": True, "c10": True}
    alone = masteries(course, [*practice, *_test(low, Placing.COUNTS, 1)], NOW)
    replaced = _test(high, Placing.REPLACED, ago_days)
    both = masteries(course, [*replaced, *practice, *_test(low, Placing.COUNTS, 1)], NOW)
    assert both == alone
    not_ended = _test(high, Placing.ANEW, 0.5)
    assert masteries(course, [*practice, *_test(low, Placing.COUNTS, 1), *not_ended], NOW) == alone
    added = masteries(course, [*practice, *_test(low | high, Placing.COUNTS, 1)], NOW)
    assert added != alone, "together they would say something else"


def test_of_tests_that_weeks_lie_between_only_the_last_says_anything() -> None:
    course = _chain(12)
    old, new = (_test({"c6": True}, Placing.COUNTS, 40), _test({"c4": False}, Placing.COUNTS, 1))
    assert masteries(course, [*old, *new], NOW) == masteries(course, new, NOW)


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_who_answered_nothing_right_is_taken_to_know_nothing(wrong: int) -> None:
    course = _chain(40)
    places = Places(_requires(course))
    for concept in ("c20", "c30")[:wrong]:
        places.learn(ConceptId(concept), right=False)
    assert places.known() == frozenset()
    places.learn(ConceptId("c10"), right=True)
    assert ConceptId("c00") in places.known()
