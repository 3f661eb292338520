"""The placement test over a real vault and the courses that ship."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import AnswerKind, Exercise
from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.study import Placing, Standing
from assistant.engine.scripted import scripted_engine
from assistant.services.core import Core, CoreOptions
from assistant.services.study.placement_values import Placement
from assistant.services.study.placing import PlacingService
from assistant.services.study.progress import over_time, share_of
from assistant.tutor.learner.next_up import Doing

ALGEBRA, MUSIC = CourseId("algebra-and-arithmetic"), CourseId("music-theory")
WRONG = "-98765"


@pytest.fixture
def placing(core: Core) -> PlacingService:
    core.study.enrolments.enrol(ALGEBRA).result(60)
    return core.study.placing


def take(
    placing: PlacingService,
    course: CourseId,
    can: Callable[[ConceptId], bool],
    *,
    again: bool = False,
) -> Placement:
    """Takes a test to its end as someone who answers right exactly where ``can`` says so."""
    at = placing.begin(course, again=again).result(60)
    while at.given is not None:
        exercise = at.given.exercise
        if can(at.given.concept.id):
            at = placing.answer(exercise.id, exercise.key.answer, 5.0).result(60)
            assert at.judged is not None
            assert at.judged.grade.correct, exercise
        else:
            at = placing.not_known(exercise.id, 2.0).result(60)
    return at


def test_who_knows_the_first_half_is_placed_near_the_middle(
    core: Core, placing: PlacingService
) -> None:
    course = core.study.library.course(ALGEBRA)
    order = [concept.id for concept in course.concepts]
    half = set(order[: len(order) // 2])
    offer = placing.offer(ALGEBRA).result(60)
    assert (offer.worthwhile, offer.answered) == (True, 0)
    over = take(placing, ALGEBRA, half.__contains__)
    result = over.result
    assert result is not None
    assert result.ended
    assert result.asked == over.number <= over.most
    assert 0 < result.right < result.asked
    sure = {one.concept for one in result.known}
    assert len(sure & half) >= 0.7 * len(half)
    assert len(sure - half) <= 0.15 * len(order)
    assert all(one.low <= one.chance <= one.high for one in result.known)
    begin = result.begin
    assert begin is not None
    assert begin.doing is Doing.LEARN
    assert 0.3 <= order.index(begin.concept) / len(order) <= 0.7
    assert f"Begin with “{course.concept(begin.concept).title}”." in result.words
    assert f"{len(sure)} of {len(order)} concepts are taken as known" in result.words
    view = core.workers.in_pool(lambda _: core.study.enrolments.view(ALGEBRA)).result(60)
    assert all(one.placement and one.unaided for one in view.attempts)
    started = {one.concept for one in view.masteries if one.standing is not Standing.NOT_STARTED}
    assert started == sure
    last = over_time(view.course, view.attempts)[-1]
    assert last.chance == pytest.approx(share_of(view.masteries), abs=0.005), "one share of it"
    assert last.low < last.chance < last.high
    assert not placing.offer(ALGEBRA).result(60).worthwhile
    again = placing.begin(ALGEBRA).result(60)
    assert again.result is not None
    assert again.result.words == result.words
    cards = core.workers.on_store(lambda: core.study.card_repository().all(ALGEBRA)).result(60)
    assert not cards


def test_it_asks_in_a_line_and_no_exercise_twice(core: Core, placing: PlacingService) -> None:
    asked: list[Exercise] = []
    at = placing.begin(ALGEBRA).result(60)
    while at.given is not None:
        assert at.number == len(asked) + 1 <= at.most
        asked.append(at.given.exercise)
        at = placing.answer(at.given.exercise.id, WRONG, 1.0).result(60)
    short = {AnswerKind.CHOICE, AnswerKind.NUMBER, AnswerKind.MATH, AnswerKind.SHORT}
    assert {one.kind for one in asked} <= short
    assert len({one.id for one in asked}) == len(asked)
    assert at.result is not None
    first = core.study.library.course(ALGEBRA).concepts[0]
    assert at.result.known == ()
    assert at.result.begin is not None
    assert at.result.begin.concept == first.id
    assert "Nothing is taken as known" in at.result.words
    assert f"You answered 0 of {len(asked)} questions right." in at.result.words


def test_it_can_be_left_and_gone_on_with(placing: PlacingService) -> None:
    first = placing.begin(ALGEBRA).result(60)
    assert first.given is not None
    same = placing.begin(ALGEBRA).result(60)
    assert same.given is not None
    assert same.given.exercise == first.given.exercise
    unread = placing.answer(first.given.exercise.id, "  ", 1.0).result(60)
    assert unread.judged is not None
    assert unread.judged.attempt is None
    assert unread.number == 1
    second = placing.not_known(first.given.exercise.id, 1.0).result(60)
    assert second.judged is not None
    assert second.judged.grade.correct is False
    assert second.judged.attempt is not None
    assert second.number == 2
    left = placing.end(ALGEBRA).result(60).result
    assert left is not None
    assert (left.asked, left.right, left.ended) == (1, 0, False)
    assert "You answered 0 of 1 question right." in left.words
    assert "left early" in left.words
    offer = placing.offer(ALGEBRA).result(60)
    assert (offer.worthwhile, offer.answered) == (True, 1)
    assert placing.begin(ALGEBRA).result(60).number == 2


def test_it_has_no_hints_and_is_apart_from_practice(core: Core, placing: PlacingService) -> None:
    asked = placing.begin(ALGEBRA).result(60).given
    assert asked is not None
    practice = core.study.practice
    for told in (False, True):
        with pytest.raises(UserFacingError) as caught:
            practice.hint(asked.exercise.id, told=told).result(60)
        assert caught.value.code == "placement_no_hints"
    given = practice.next(ALGEBRA).result(60)
    assert given.exercise.id != asked.exercise.id
    with pytest.raises(UserFacingError) as caught:
        placing.not_known(given.exercise.id, 1.0).result(60)
    assert caught.value.code == "placement_not_asked"
    assert placing.in_hand(ALGEBRA).result(60) == asked.exercise.id
    placing.end(ALGEBRA).result(60)
    with pytest.raises(UserFacingError) as caught:
        placing.in_hand(ALGEBRA).result(60)
    assert caught.value.code == "placement_not_asked"
    assert practice.next(ALGEBRA).result(60).exercise.id == given.exercise.id
    with pytest.raises(UserFacingError) as caught:
        placing.begin(MUSIC).result(60)
    assert caught.value.code == "not_enrolled"


def known_in(core: Core, course: CourseId) -> dict[ConceptId, Standing]:
    view = core.workers.in_pool(lambda _: core.study.enrolments.view(course)).result(60)
    return {one.concept: one.standing for one in view.masteries}


def test_it_can_be_taken_again_at_once_and_the_last_one_counts_alone(
    core: Core, placing: PlacingService
) -> None:
    course = core.study.library.course(ALGEBRA)
    practised = core.study.practice.next(ALGEBRA, course.concepts[-1].id).result(60)
    answer = practised.exercise.key.answer
    done = core.study.practice.answer(practised.exercise.id, answer, 5.0).result(60).attempt
    only_practice = known_in(core, ALGEBRA)
    first = take(placing, ALGEBRA, lambda _: True)
    assert first.result is not None
    assert not first.result.replaced
    by_first = known_in(core, ALGEBRA)
    assert by_first != only_practice

    at = placing.begin(ALGEBRA, again=True).result(60)
    assert (at.number, at.result) == (1, None)
    assert at.given is not None
    at = placing.not_known(at.given.exercise.id, 1.0).result(60)
    assert at.number == 2
    assert known_in(core, ALGEBRA) == by_first, "until it is ended the one before counts"
    offer = placing.offer(ALGEBRA).result(60)
    assert (offer.possible, offer.worthwhile, offer.answered, offer.anew) == (True, True, 1, True)
    assert placing.begin(ALGEBRA).result(60).number == 2, "it can be left and gone on with"

    last = take(placing, ALGEBRA, lambda _: False, again=True)
    assert last.result is not None
    assert (last.result.replaced, last.result.right) == (True, 0)
    assert "The test before this one is no longer looked at." in last.result.words
    assert {one.concept for one in last.result.known} <= {done.concept if done else ""}
    view = core.workers.in_pool(lambda _: core.study.enrolments.view(ALGEBRA)).result(60)
    assert done in view.attempts, "what was practised stays"
    tests = [one for one in view.attempts if one.placement]
    assert len({one.exercise for one in tests}) == len(tests), "each asked something else"
    counted = [one for one in tests if one.placement is Placing.COUNTS]
    assert len(counted) == last.result.asked
    as_if_only = replace(
        view, attempts=tuple(one for one in view.attempts if one in (done, *counted))
    )
    assert as_if_only.masteries == view.masteries, "the one before is not counted as well"
    again = placing.begin(ALGEBRA).result(60).result
    assert again is not None
    assert not again.replaced
    offer = placing.offer(ALGEBRA).result(60)
    assert (offer.possible, offer.worthwhile, offer.anew) == (True, False, False)
    assert offer.before == counted[-1].when


def test_one_that_was_begun_anew_by_mistake_changes_nothing(
    core: Core, placing: PlacingService
) -> None:
    take(placing, ALGEBRA, lambda _: True)
    before = known_in(core, ALGEBRA)
    assert placing.begin(ALGEBRA, again=True).result(60).given is not None
    ended = placing.end(ALGEBRA).result(60).result
    assert ended is not None
    assert (ended.ended, ended.replaced) == (True, False)
    assert known_in(core, ALGEBRA) == before
    assert placing.begin(ALGEBRA).result(60).given is None


def test_where_everything_was_asked_a_question_comes_again_but_not_twice_in_one_test(
    core: Core, placing: PlacingService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_made(*_: object) -> list[Exercise]:
        return []

    monkeypatch.setattr(core.study.practice, "made", none_made)
    for turn in range(8):
        asked: list[Exercise] = []
        at = placing.begin(ALGEBRA, again=turn > 0).result(60)
        while at.given is not None:
            asked.append(at.given.exercise)
            at = placing.not_known(at.given.exercise.id, 1.0).result(60)
        assert 0 < len(asked) == len({one.id for one in asked})
        assert AnswerKind.STEPS not in {one.kind for one in asked}, "questions stay short"


@pytest.mark.parametrize("right", [True, False])
def test_what_comes_next_is_chosen_while_the_learner_thinks(
    core: Core, placing: PlacingService, monkeypatch: pytest.MonkeyPatch, *, right: bool
) -> None:
    first = placing.begin(ALGEBRA).result(60).given
    assert first is not None
    placing.foresee(ALGEBRA).result(60)

    def slow(*_: object) -> None:
        raise AssertionError("the learner waits for it")

    monkeypatch.setattr(placing, "_choose", slow)
    answer = first.exercise.key.answer if right else WRONG
    then = placing.answer(first.exercise.id, answer, 5.0).result(60)
    assert then.judged is not None
    assert then.judged.grade.correct is right
    assert then.given is not None
    assert then.given.exercise.id != first.exercise.id


class Set:
    """A clock that is set by hand."""

    moment = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return 0.0


def test_after_weeks_another_test_begins(tmp_path: Path) -> None:
    clock = Set()
    core = Core(
        CoreOptions(paths=profile_paths(tmp_path), clock=clock, keyring=False), scripted_engine()
    )
    try:
        core.vault.open("a lamp on a desk in the evening").result(60)
        core.study.enrolments.enrol(MUSIC).result(60)
        placing = core.study.placing
        at = placing.begin(MUSIC).result(60)
        assert at.given is not None
        placing.not_known(at.given.exercise.id, 1.0).result(60)
        clock.moment += timedelta(days=3)
        assert placing.begin(MUSIC).result(60).number == 2
        clock.moment += timedelta(days=30)
        assert placing.begin(MUSIC).result(60).number == 1
    finally:
        core.close()
