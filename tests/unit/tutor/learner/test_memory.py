"""The forgetting model: the published schedule, and what this application adds to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.ids import CardId, ConceptId, CourseId
from assistant.domain.study import Card, Recall
from assistant.tutor.learner.memory import Forgetting

AGAIN, HARD, GOOD, EASY = Recall
_NOW = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
_NEW = Card(CardId(1), CourseId("c"), ConceptId("k"), "front", "back", _NOW)


def _days(recalls: list[Recall]) -> list[int]:
    forgetting, card, now = Forgetting(), _NEW, _NOW
    days: list[int] = []
    for recall in recalls:
        card = forgetting.review(card, recall, now, 1.0).card
        assert card.memory is not None
        days.append((card.memory.due - card.memory.last_review).days)
        now = card.memory.due
    return days


def test_the_intervals_are_those_that_are_published_for_fsrs_6() -> None:
    recalls = [GOOD] * 6 + [AGAIN] * 2 + [GOOD] * 5
    assert _days(recalls) == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_the_memory_state_is_the_one_that_is_published() -> None:
    forgetting, card, now = Forgetting(), _NEW, _NOW
    for recall, days in zip(
        (AGAIN, GOOD, GOOD, GOOD, GOOD, GOOD), (0, 0, 1, 3, 8, 21), strict=True
    ):
        now += timedelta(days=days)
        card = forgetting.review(card, recall, now, 1.0).card
    assert card.memory is not None
    assert card.memory.stability_days == pytest.approx(53.62691, abs=1e-4)
    assert card.memory.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_after_its_stability_nine_of_ten_come_back() -> None:
    forgetting = Forgetting()
    assert forgetting.chance_after(30.0, 30.0) == pytest.approx(0.9)
    assert forgetting.chance_after(30.0, 0.0) == 1.0
    assert forgetting.chance(None, _NOW) == 0.0


def test_a_higher_goal_asks_sooner() -> None:
    card = _NEW
    for _ in range(3):
        card = Forgetting().review(card, GOOD, card.memory.due if card.memory else _NOW, 1).card
    assert card.memory is not None
    due = card.memory.due
    keen = Forgetting(retention=0.95).choices(card, due)[GOOD]
    easy = Forgetting(retention=0.8).choices(card, due)[GOOD]
    assert keen < Forgetting().choices(card, due)[GOOD] < easy


def test_the_four_answers_are_in_order_of_time() -> None:
    times = Forgetting().choices(_NEW, _NOW)
    assert list(times) == [AGAIN, HARD, GOOD, EASY]
    assert list(times.values()) == sorted(times.values())


def test_a_lapse_is_counted_only_of_what_was_learnt_and_six_make_a_leech() -> None:
    forgetting, card, now = Forgetting(), _NEW, _NOW
    card = forgetting.review(card, AGAIN, now, 1.0).card
    assert card.lapses == 0
    leeches: list[bool] = []
    for _ in range(6):
        while card.memory is None or card.memory.learning_step is not None:
            now += timedelta(minutes=20)
            card = forgetting.review(card, GOOD, now, 1.0).card
        now = card.memory.due
        card = forgetting.review(card, AGAIN, now, 1.0).card
        leeches.append(card.leech)
    assert card.lapses == 6
    assert leeches == [False] * 5 + [True]


def test_a_leech_that_was_mended_is_named_again_only_at_its_next_third_lapse() -> None:
    forgetting, now = Forgetting(), _NOW
    card = _NEW
    for _ in range(3):
        card = forgetting.review(card, GOOD, now, 1.0).card
        assert card.memory is not None
        now = card.memory.due
    named = [
        forgetting.review(replace(card, lapses=before), AGAIN, now, 1.0).card.leech
        for before in range(5, 12)
    ]
    assert named == [True, False, False, True, False, False, True]


def test_the_log_keeps_what_was_foretold() -> None:
    forgetting = Forgetting()
    card = forgetting.review(_NEW, EASY, _NOW, 2.5).card
    assert card.memory is not None
    done = forgetting.review(card, GOOD, card.memory.due, 3.5)
    assert done.review.predicted == pytest.approx(0.9, abs=0.02)
    assert (done.review.seconds, done.review.recall) == (3.5, GOOD)
