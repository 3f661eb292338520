"""A wish becomes a path with dates, or a way out where it cannot be had."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.config.paths import resources
from assistant.domain.course import Concept, Course, Flashcard, Lesson, Unit
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConceptId, CourseId
from assistant.tutor.courses.goals import goals_in_words
from assistant.tutor.courses.pace import REVIEW_AFTER_DAYS, weekdays_for
from assistant.tutor.courses.path import Wish, in_words, plan_path
from assistant.tutor.courses.reading import read_course
from tests.unit.tutor.courses.conftest import SAMPLE

MONDAY, SATURDAY = date(2026, 3, 2), date(2026, 3, 7)
CARDS = tuple(Flashcard(f"card-{index}", "?", "!") for index in range(4))


def course_of(minutes: Sequence[int], requires: dict[int, tuple[int, ...]] | None = None) -> Course:
    names = [ConceptId(f"c{index}") for index in range(len(minutes))]
    needs = requires or {index: (index - 1,) for index in range(1, len(minutes))}
    return Course(
        id=CourseId("plain"),
        version=1,
        title="Plain",
        description="",
        language="en",
        subject="x",
        units=(Unit("All", tuple(names)),),
        concepts=tuple(
            Concept(
                id=names[at],
                title=f"Title {at}",
                summary="",
                lesson=Lesson("text"),
                requires=tuple(names[one] for one in needs.get(at, ())),
                minutes=minutes[at],
                cards=CARDS,
            )
            for at in range(len(minutes))
        ),
    )


TEN = course_of([30] * 10)


def test_reviews_are_placed_where_the_usual_memory_wants_them() -> None:
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(enable_fuzzing=False, learning_steps=())
    card, now = Card(), datetime(2026, 1, 1, tzinfo=UTC)
    days: list[int] = []
    for _ in REVIEW_AFTER_DAYS:
        card, _log = scheduler.review_card(card, Rating.Good, now)
        days.append((card.due - now).days)
        now = card.due
    assert tuple(days) == REVIEW_AFTER_DAYS


def test_a_wish_that_can_be_had_gets_dates_and_reviews() -> None:
    wish = Wish((ConceptId("c4"),), deadline=MONDAY + timedelta(weeks=8), hours_a_week=1)
    plan = plan_path(TEN, {}, wish, MONDAY)
    assert plan.path == ("c0", "c1", "c2", "c3", "c4")
    assert plan.reachable
    assert plan.ways_out is None
    assert plan.finish is not None
    assert plan.finish <= MONDAY + timedelta(weeks=4)
    assert plan.lesson_minutes == pytest.approx(150)
    assert plan.review_minutes > 0
    assert plan.sessions[-1].day > plan.finish  # what was learnt is kept until the deadline


def test_what_is_known_is_left_out_with_what_only_it_needs() -> None:
    known = {ConceptId("c2"): 0.9, ConceptId("c3"): 0.5}
    plan = plan_path(TEN, known, Wish((ConceptId("c4"),), hours_a_week=2), MONDAY)
    assert plan.path == ("c3", "c4")
    assert plan.known == ("c0", "c1", "c2")
    assert plan.lesson_minutes == pytest.approx(15 + 30)


def test_a_wish_that_cannot_be_had_gets_ways_out_that_work() -> None:
    wish = Wish(deadline=MONDAY + timedelta(days=13), hours_a_week=1.5)
    plan = plan_path(TEN, {}, wish, MONDAY)
    assert not plan.reachable
    out = plan.ways_out
    assert out is not None
    assert out.later is not None
    assert out.hours_a_week is not None
    assert plan_path(TEN, {}, replace(wish, deadline=out.later), MONDAY).reachable
    assert plan_path(TEN, {}, replace(wish, hours_a_week=out.hours_a_week), MONDAY).reachable
    assert plan_path(TEN, {}, replace(wish, goals=out.reached), MONDAY).reachable
    less = replace(wish, hours_a_week=out.hours_a_week - 0.25)
    assert not plan_path(TEN, {}, less, MONDAY).reachable
    words = in_words(plan, TEN)
    assert "too late" in words
    assert f"{out.hours_a_week:g} hours a week" in words


def test_no_hours_given_are_worked_out_from_the_deadline() -> None:
    wish = Wish(deadline=MONDAY + timedelta(days=27))
    plan = plan_path(TEN, {}, wish, MONDAY)
    assert plan.reachable
    slower = replace(wish, hours_a_week=plan.hours_a_week - 0.25)
    assert not plan_path(TEN, {}, slower, MONDAY).reachable


def test_chosen_days_are_kept_to() -> None:
    plan = plan_path(TEN, {}, Wish(hours_a_week=2, weekdays=(6, 1)), MONDAY)
    assert {session.day.weekday() for session in plan.sessions} == {1, 6}


def test_nothing_left_is_said() -> None:
    plan = plan_path(TEN, {c.id: 1.0 for c in TEN.concepts}, Wish(deadline=MONDAY), MONDAY)
    assert (plan.path, plan.sessions, plan.reachable) == ((), (), True)
    assert "already" in in_words(plan, TEN)


def test_a_day_is_too_short_for_all_and_no_hours_help() -> None:
    plan = plan_path(course_of([600] * 90), {}, Wish(deadline=MONDAY, hours_a_week=1), MONDAY)
    assert plan.ways_out is not None
    assert plan.ways_out.hours_a_week is None
    assert plan.ways_out.reached == ()


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(hours_a_week=0), "study_hours"),
        (Wish(hours_a_week=float("nan")), "study_hours"),
        (Wish(hours_a_week=1e9), "study_hours"),
        (Wish(deadline=MONDAY - timedelta(days=1)), "study_deadline"),
        (Wish(deadline=date.max), "study_deadline"),
        (Wish(weekdays=(7,)), "study_weekday"),
        (Wish(goals=(ConceptId("c99"),)), "study_goal"),
    ],
)
def test_a_wish_without_sense_is_told(wish: Wish, code: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        plan_path(TEN, {}, wish, MONDAY)
    assert caught.value.code == code


def test_days_are_spread_and_as_many_as_the_hours_ask_for() -> None:
    assert [len(weekdays_for(hours)) for hours in (0.25, 1.5, 2, 3.5, 40)] == [1, 2, 3, 5, 6]


def test_a_goal_in_words_finds_its_concepts_the_nearest_first() -> None:
    course = read_course(SAMPLE)
    assert goals_in_words(course, "double numbers")[0] == "doubling"
    assert goals_in_words(course, "I want to learn doubling") == ("doubling",)
    assert goals_in_words(course, "write functions that add")[0] == "adding-by-program"
    assert goals_in_words(course, "small sums") == ()  # the course itself: all of it
    assert goals_in_words(course, "dub") == ()
    assert goals_in_words(course, "") == ()


@given(
    st.lists(st.integers(1, 200), min_size=1, max_size=12),
    st.floats(0.25, 30),
    st.integers(0, 200),
)
def test_plans_keep_order_time_and_days(minutes: list[int], hours: float, days: int) -> None:
    course = course_of(minutes)
    wish = Wish(deadline=MONDAY + timedelta(days=days), hours_a_week=hours)
    plan = plan_path(course, {}, wish, MONDAY)
    in_session = hours * 60 / len(weekdays_for(hours))
    assert all(session.minutes <= in_session + 1e-6 for session in plan.sessions)
    assert all(a.day < b.day for a, b in itertools.pairwise(plan.sessions))
    assert all(MONDAY <= session.day <= MONDAY + timedelta(days=days) for session in plan.sessions)
    lessons = [p for session in plan.sessions for p in session.pieces if not p.due]
    finished = [piece.concept for piece in lessons if piece.finishes]
    assert finished == list(plan.path[: len(finished)])
    assert plan.reachable == (len(finished) == len(plan.path))
    for concept in finished:
        spent = sum(piece.minutes for piece in lessons if piece.concept == concept)
        assert spent == pytest.approx(max(3, course.concept(concept).minutes))
    learnt: set[str] = set()
    for session in plan.sessions:
        assert all(piece.concept in learnt for piece in session.pieces if piece.due)
        learnt |= {piece.concept for piece in session.pieces if piece.finishes}


def test_the_telling_word_of_a_phrase_decides_and_and_joins_two_wishes() -> None:
    course = read_course(resources() / "courses" / "algebra-and-arithmetic")
    quadratic = goals_in_words(course, "quadratic equations")
    assert {"quadratic-formula", "quadratics-by-factoring"} <= set(quadratic)
    assert "linear-equations" not in quadratic
    assert set(goals_in_words(course, "powers and roots")) == {"powers", "roots"}


def test_a_week_that_few_could_keep_up_is_said_by_the_day() -> None:
    course = read_course(resources() / "courses" / "music-theory")
    tight = plan_path(course, {}, Wish((), SATURDAY), SATURDAY)
    assert "hours on each of 6 days" in in_words(tight, course)
    assert "each of" not in in_words(plan_path(course, {}, Wish((), None, 3.0), SATURDAY), course)
