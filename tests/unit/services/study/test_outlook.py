"""What lies ahead: cards on their days, what is behind today, lessons on the days of their plan."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.domain.study import Memory
from assistant.services.core import Core
from tests.helpers.study_stand import ALGEBRA, MUSIC, NOW, PYTHON, enrol, studying

TODAY = NOW.astimezone().date()


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    with studying(tmp_path / "profile") as made:
        yield made


def place_cards(core: Core, *days: int) -> None:
    """Has the first cards of algebra fall due so many days from now; the last is put aside."""
    course = core.study.library.course(ALGEBRA)
    ids = [concept.id for concept in course.concepts[:6]]
    core.study.reviews.take_in(course, ids).result(60)

    def put() -> None:
        repository = core.study.card_repository()
        cards = repository.all(ALGEBRA)
        for card, ahead in zip(cards, days, strict=False):
            due = NOW + timedelta(days=ahead)
            memory = Memory(5.0, 5.0, due, NOW - timedelta(days=5))
            repository.keep(replace(card, memory=memory))
        aside = cards[len(days)]
        memory = Memory(5.0, 5.0, NOW, NOW - timedelta(days=5))
        repository.keep(replace(aside, memory=memory, suspended=True))

    core.workers.on_store(put).result(60)


def test_cards_stand_on_their_days_and_what_is_behind_on_today(core: Core) -> None:
    place_cards(core, -9, -1, 0, 1, 1, 29, 30, 400)
    outlook = core.study.outlook.look().result(60)
    assert [day.day for day in outlook.days] == [TODAY + timedelta(days=at) for at in range(30)]
    assert [day.due for day in outlook.days][:3] == [3, 2, 0]
    assert outlook.days[29].due == 1
    assert (outlook.due, outlook.behind, outlook.planned) == (6, 2, False)
    assert outlook.days[0].minutes == pytest.approx(0.6)


def test_lessons_stand_on_the_days_of_their_plan_once_each(core: Core) -> None:
    enrol(core, PYTHON, hours=3.0)
    enrol(core, MUSIC)
    enrol(core, ALGEBRA, deadline=NOW - timedelta(days=3))
    outlook = core.study.outlook.look().result(60)
    assert outlook.planned
    lessons = [lesson for day in outlook.days for lesson in day.lessons]
    names = [(one.course, one.concept) for one in lessons]
    assert len(names) == len(set(names))
    python = core.study.library.course(PYTHON)
    mine = [one for one in lessons if one.course == PYTHON]
    wanted = [concept.id for concept in python.concepts[: len(mine)]]
    assert [one.concept for one in mine] == wanted
    assert len(mine) > 5
    assert mine[0].course_title == "Python from zero"
    assert not any(one.course == MUSIC for one in lessons)
    # A deadline that is past does not stop what is left from having its days.
    assert any(one.course == ALGEBRA for one in lessons)


def test_nothing_taken_is_nothing_ahead(core: Core) -> None:
    outlook = core.study.outlook.look(7).result(60)
    assert len(outlook.days) == 7
    assert outlook.due == 0
    assert not outlook.planned
