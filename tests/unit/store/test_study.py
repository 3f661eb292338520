"""What was studied, in the vault."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.exercise import AnswerKind
from assistant.domain.ids import AttemptId, CardId, ConceptId, CourseId, ExerciseId
from assistant.domain.study import (
    Attempt,
    Card,
    Enrolment,
    Memory,
    Placing,
    Recall,
    Review,
    Rung,
    Working,
)
from assistant.store.cards import CardRepository
from assistant.store.study import StudyRepository
from tests.helpers.store_engine import opened

NOW = datetime(2026, 11, 21, 10, 0, 0, 123456, tzinfo=UTC)
ALGEBRA, MUSIC = CourseId("algebra"), CourseId("music")
CONCEPT = ConceptId("fractions")
ATTEMPT = Attempt(
    id=AttemptId(0),
    course=ALGEBRA,
    concept=CONCEPT,
    exercise=ExerciseId("algebra/fractions/half"),
    kind=AnswerKind.MATH,
    when=NOW,
    answer="½ ist richtig ✓",
    correct=True,
    credit=0.85,
    rung=Rung.IDEA,
    try_number=2,
    seconds=31.25,
    difficulty=2.5,
    predicted=0.625,
    placement=Placing.COUNTS,
    misconception="add-tops-and-bottoms",
)
CARD = Card(CardId(0), ALGEBRA, CONCEPT, "front", "back", NOW)


def test_an_enrolment_comes_back_and_can_be_changed() -> None:
    first = Enrolment(ALGEBRA, 1, NOW, NOW + timedelta(days=30), 2.5, 7)
    with opened() as engine:
        study = StudyRepository(engine)
        study.enrol(first)
        study.enrol(Enrolment(MUSIC, 3, NOW + timedelta(hours=1)))
        assert study.enrolments() == (Enrolment(MUSIC, 3, NOW + timedelta(hours=1)), first)
        study.enrol(replace(first, deadline=None))
        assert replace(first, deadline=None) in study.enrolments()
        study.leave(ALGEBRA)
        assert [enrolment.course for enrolment in study.enrolments()] == [MUSIC]


def test_an_attempt_comes_back_to_the_last_value() -> None:
    with opened() as engine:
        study = StudyRepository(engine)
        kept = study.record(ATTEMPT)
        assert kept == replace(ATTEMPT, id=kept.id)
        earlier = study.record(replace(ATTEMPT, when=NOW - timedelta(days=1), course=MUSIC))
        assert study.attempts() == (earlier, kept)
        assert study.attempts(ALGEBRA) == (kept,)


def test_half_a_surrogate_in_an_answer_is_kept_as_what_can_be_stored() -> None:
    with opened() as engine:
        kept = StudyRepository(engine).record(replace(ATTEMPT, answer="x\ud800"))
        assert kept.answer == "x\ufffd"


def test_an_exercise_in_hand_is_kept_until_it_is_finished() -> None:
    exercise = ExerciseId("linear:3:17")
    working = Working(exercise, ALGEBRA, CONCEPT, NOW, 0.8, Rung.NUDGE, 2, "2x =", item="{}")
    with opened() as engine:
        study = StudyRepository(engine)
        study.keep_working(replace(working, tries=1))
        study.keep_working(working)
        assert study.working() == (working,)
        study.finish(exercise)
        study.finish(exercise)
        assert study.working() == ()


def test_a_course_of_ones_own_is_kept_whole() -> None:
    files = {"course.toml": "title = 'Chemie'", "concepts/atom.toml": "title = '原子'"}
    with opened() as engine:
        study = StudyRepository(engine)
        study.keep_course(CourseId("own"), {"course.toml": "old"}, NOW)
        study.keep_course(CourseId("own"), files, NOW)
        assert study.own_courses() == {CourseId("own"): files}
        study.remove_course(CourseId("own"))
        assert study.own_courses() == {}


def test_to_forget_a_course_takes_all_of_it_and_nothing_else() -> None:
    with opened() as engine:
        study, cards = StudyRepository(engine), CardRepository(engine)
        for course in (ALGEBRA, MUSIC):
            study.enrol(Enrolment(course, 1, NOW))
            study.record(replace(ATTEMPT, course=course))
            cards.add({"card": replace(CARD, course=course)})
        reviewed = cards.all(ALGEBRA)[0]
        memory = Memory(1.0, 5.0, NOW, NOW)
        review = Review(reviewed.id, NOW, Recall.GOOD, 1.0, 0.5)
        cards.keep(replace(reviewed, memory=memory), review)
        study.forget(ALGEBRA)
        assert [enrolment.course for enrolment in study.enrolments()] == [MUSIC]
        assert [attempt.course for attempt in study.attempts()] == [MUSIC]
        assert [card.course for card in cards.all()] == [MUSIC]
        assert cards.reviews() == ()


def test_a_card_that_is_added_again_keeps_its_memory_and_gets_the_new_text() -> None:
    memory = Memory(12.5, 6.5, NOW + timedelta(days=12), NOW, learning_step=1, relearning=True)
    with opened() as engine:
        cards = CardRepository(engine)
        assert cards.add({"a": CARD, "b": CARD}) == 2
        first = cards.all()[0]
        cards.keep(replace(first, memory=memory, lapses=2, leech=True))
        assert cards.add({"a": replace(CARD, front="better")}) == 0
        found = cards.get(first.id)
        assert found == replace(first, front="better", memory=memory, lapses=2, leech=True)


def test_what_is_due_comes_in_order_and_what_is_suspended_not_at_all() -> None:
    with opened() as engine:
        cards = CardRepository(engine)
        cards.add({str(number): CARD for number in range(5)})
        for days, card in zip((-1, -3, 2, -2), cards.all(), strict=False):
            memory = Memory(1.0, 5.0, NOW + timedelta(days=days), NOW - timedelta(days=9))
            cards.keep(replace(card, memory=memory, suspended=days == -2))
        ids = [card.id for card in cards.all()]
        assert [card.id for card in cards.due(NOW)] == [ids[1], ids[0]]
        assert [card.id for card in cards.due(NOW, limit=1)] == [ids[1]]
        assert [card.id for card in cards.new()] == [ids[4]]
        assert cards.due_by_course(NOW) == {ALGEBRA: 2}


def test_a_review_can_be_taken_back() -> None:
    with opened() as engine:
        cards = CardRepository(engine)
        cards.add({"a": CARD})
        before = cards.all()[0]
        review = Review(before.id, NOW, Recall.AGAIN, 3.5, 0.25)
        cards.keep(replace(before, memory=Memory(1.0, 5.0, NOW, NOW)), review)
        assert cards.reviews() == (review,)
        assert cards.reviews(since=NOW + timedelta(seconds=1)) == ()
        cards.undo_review(before)
        assert cards.reviews() == ()
        assert cards.get(before.id) == before


def test_a_card_that_is_gone_cannot_be_kept() -> None:
    with opened() as engine:
        cards = CardRepository(engine)
        cards.add({"a": CARD})
        card = cards.all()[0]
        cards.remove([card.id, CardId(99)])
        assert cards.get(card.id) is None
        with pytest.raises(KeyError):
            cards.keep(card)


def test_a_test_that_is_taken_again_takes_the_place_of_the_one_before() -> None:
    with opened() as engine:
        study = StudyRepository(engine)
        for placing in (Placing.NO, Placing.COUNTS, Placing.ANEW):
            study.record(replace(ATTEMPT, placement=placing))
        elsewhere = study.record(replace(ATTEMPT, course=MUSIC, placement=Placing.ANEW))
        study.end_test(ALGEBRA)
        assert _placings(study) == [Placing.NO, Placing.REPLACED, Placing.COUNTS]
        study.record(replace(ATTEMPT, placement=Placing.ANEW))
        study.drop_test(ALGEBRA)
        assert _placings(study) == [Placing.NO, Placing.REPLACED, Placing.COUNTS, Placing.REPLACED]
        assert study.attempts(MUSIC) == (elsewhere,)


def _placings(study: StudyRepository) -> list[Placing]:
    return [one.placement for one in study.attempts(ALGEBRA)]
