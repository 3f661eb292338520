"""What Today shows, over a real vault, the shipped courses and weeks of answers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.ids import CourseId
from assistant.domain.study import Recall, Standing
from assistant.engine.scripted import scripted_engine
from assistant.services.core import Core
from assistant.services.options import CoreOptions
from assistant.services.study.planning import PathWish
from assistant.services.study.today import curve_of
from assistant.tutor.learner.memory import Forgetting
from tests.helpers.learner import ALGEBRA, MUSIC, SetClock, note
from tests.helpers.profile import PASSPHRASE


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 3, 2, 12, tzinfo=UTC))


@pytest.fixture
def core(tmp_path: Path, clock: SetClock) -> Iterator[Core]:
    made = Core(
        CoreOptions(paths=profile_paths(tmp_path / "p"), keyring=False, clock=clock),
        scripted_engine(),
    )
    made.vault.open(PASSPHRASE).result(60)
    yield made
    made.close()


def test_without_a_course_the_shipped_ones_are_offered(core: Core) -> None:
    today = core.study.today.look().result(60)
    assert [course.id for course in today.offered] == [ALGEBRA, MUSIC, "python-from-zero"]
    assert today.courses == ()
    assert today.followed == -1
    assert today.curve is None
    assert today.last_seven == (False,) * 7


def test_weeks_of_study_are_seen(core: Core, clock: SetClock) -> None:
    study = core.study
    study.enrolments.enrol(ALGEBRA).result(60)
    clock.moment += timedelta(days=1)
    study.enrolments.enrol(MUSIC).result(60)
    first = note(core, ALGEBRA, 0)
    clock.moment += timedelta(days=2)
    note(core, MUSIC, 0)
    today = study.today.look().result(60)

    assert [one.course.id for one in today.courses] == [ALGEBRA, MUSIC]
    assert today.courses[today.followed].course.id == MUSIC, "the one worked on last"
    assert study.today.look(ALGEBRA).result(60).followed == 0, "or the one that is wanted"
    assert today.last_seven == (False, False, False, False, True, False, True)
    algebra = today.courses[0]
    assert 0 < algebra.share < 0.1
    assert algebra.mastery[0].concept == first
    assert algebra.mastery[0].standing is not Standing.NOT_STARTED
    assert {one.concept for one in algebra.placed.concepts} == set(algebra.course.by_id)
    assert algebra.next_up is not None
    assert algebra.course.concepts[algebra.next_number - 1].id == algebra.next_up.concept
    assert algebra.next_minutes > 0
    assert study.today.standing(ALGEBRA).result(60) == algebra

    # The first answer on a concept brought its cards into review; nothing was seen of them yet.
    cards = len(algebra.course.concept(first).cards)
    assert cards > 0
    assert today.session.by_course[ALGEBRA] == cards
    assert today.curve is None
    assert study.today.due().result(60) == len(today.session.cards)


def test_a_rewritten_card_keeps_its_words_however_often_its_concept_is_practised(
    core: Core,
) -> None:
    study = core.study
    study.enrolments.enrol(ALGEBRA).result(60)
    given = study.practice.next(ALGEBRA).result(60)
    study.practice.answer(given.exercise.id, given.exercise.key.answer, 5.0).result(60)
    card = study.reviews.session().result(60).cards[0]
    study.reviews.rewrite(card.id, "My words?", "Mine.").result(60)
    given = study.practice.next(ALGEBRA, given.concept.id).result(60)
    study.practice.answer(given.exercise.id, given.exercise.key.answer, 5.0).result(60)
    assert "My words?" in {one.front for one in study.reviews.session().result(60).cards}


def test_a_curve_falls_to_the_goal_and_rises_with_the_review(core: Core, clock: SetClock) -> None:
    study = core.study
    study.enrolments.enrol(ALGEBRA).result(60)
    note(core, ALGEBRA, 0)
    card = study.reviews.session().result(60).cards[0]
    study.reviews.answer(card.id, Recall.EASY, 6.0).result(60)
    clock.moment += timedelta(days=1)
    curve = study.today.look().result(60).curve
    assert curve is not None
    assert curve.front == card.front
    assert curve.kept[0] == (0.0, 1.0)
    assert curve.kept[-1][1] == pytest.approx(curve.goal, abs=0.02)
    assert curve.due_days == pytest.approx(curve.kept[-1][0] - curve.now[0])
    assert curve.left_alone[0] == curve.kept[-1]
    assert curve.after[-1][1] > curve.left_alone[-1][1], "the review is worth its while"
    assert curve.after[-1][0] == pytest.approx(curve.left_alone[-1][0])
    # A late one: it stands past its review, and the curve goes on from where it stands.
    clock.moment += timedelta(days=400)
    late = study.today.look().result(60).curve
    assert late is not None
    assert late.due_days < 0
    assert late.kept[-1] == late.now
    assert curve_of(replace(card, memory=None), Forgetting(), clock.now()) is None


def test_a_course_that_is_gone_hides_no_other(core: Core, clock: SetClock) -> None:
    study = core.study
    for course in (ALGEBRA, MUSIC):
        study.enrolments.enrol(course).result(60)
    lost = study.enrolments.taken(MUSIC)
    gone = replace(lost, course=CourseId("a-lost-one"))
    core.workers.on_store(lambda: study.study_repository().enrol(gone)).result(60)
    today = study.today.look().result(60)
    assert len(today.courses) == 2
    assert [problem.code for problem in today.problems] == ["course_unknown"]


def test_a_plan_does_not_teach_again_what_is_firm(core: Core) -> None:
    study = core.study
    study.enrolments.enrol(MUSIC).result(60)
    first = note(core, MUSIC, 0)
    for _ in range(3):
        note(core, MUSIC, 0)
    assert study.enrolments.view(MUSIC).mastery(first).standing is Standing.FIRM
    plan = study.planning.plan(PathWish(MUSIC)).result(60).plan
    assert first in plan.known
    assert first not in plan.path
