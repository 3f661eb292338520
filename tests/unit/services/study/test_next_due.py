"""When the next card is asked."""

from datetime import timedelta
from pathlib import Path

from assistant.domain.ids import ConceptId
from assistant.domain.study import Recall
from tests.helpers.study_stand import ALGEBRA, MUSIC, NOW, studying


def test_it_is_the_next_midnight_while_there_are_new_cards_and_then_the_first_that_is_due(
    tmp_path: Path,
) -> None:
    with studying(tmp_path) as core:
        reviews = core.study.reviews
        assert reviews.next_due().result(60) is None
        course = core.study.library.course(ALGEBRA)
        reviews.take_in(course, [ConceptId("quadratic-formula")]).result(60)
        midnight = reviews.next_due(ALGEBRA).result(60)
        assert midnight is not None
        local = midnight.astimezone()
        assert (local.hour, local.minute) == (0, 0)
        assert timedelta(0) < midnight - NOW <= timedelta(days=1)
        assert reviews.next_due(MUSIC).result(60) is None
        cards = reviews.session(ALGEBRA).result(60).cards
        dues = [reviews.answer(card.id, Recall.EASY, 3.0).result(60).memory for card in cards]
        assert reviews.next_due().result(60) == min(each.due for each in dues if each is not None)
        for card in cards:
            reviews.suspend(card.id).result(60)
        assert reviews.next_due(ALGEBRA).result(60) is None
