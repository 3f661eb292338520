"""The placement test over a real vault and the courses that ship."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import AnswerKind, Exercise
from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.study import Standing
from assistant.engine.scripted import scripted_engine
from assistant.services.core import Core, CoreOptions
from assistant.services.study.placing import Placement, PlacingService
from assistant.services.study.progress import over_time, share_of
from assistant.tutor.learner.next_up import Doing

ALGEBRA, MUSIC = CourseId("algebra-and-arithmetic"), CourseId("music-theory")
WRONG = "-98765"


@pytest.fixture
def placing(core: Core) -> PlacingService:
    core.study.enrolments.enrol(ALGEBRA).result(60)
    return core.study.placing


def take(placing: PlacingService, course: CourseId, can: Callable[[ConceptId], bool]) -> Placement:
    """Takes a test to its end as someone who answers right exactly where ``can`` says so."""
    at = placing.begin(course).result(60)
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
