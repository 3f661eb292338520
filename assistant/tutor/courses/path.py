"""A way through a course: from what is known to a goal, in sessions with dates."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.domain.course import Concept, Course
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConceptId
from assistant.tutor.courses.graph import needed_for, requirements_of
from assistant.tutor.courses.pace import Pace, Session, Work, run_sessions, weekdays_for

KNOWN_FROM = 0.85
"""From this part on a concept counts as known and is not taught again."""
USUAL_HOURS = 3.0
MOST_HOURS = 60.0
LONGEST_YEARS = 10
_MUCH_A_DAY = 2.0
_HOURS_STEP = 0.25
_FEWEST_MINUTES = 3.0
_CARD_MINUTES = 0.25
_EXERCISE_MINUTES = 1.5


@dataclass(frozen=True, slots=True)
class Wish:
    """What someone wants to learn, by when, and with how much time."""

    goals: tuple[ConceptId, ...] = ()
    """Empty for the whole course."""
    deadline: date | None = None
    """The last day on which something may be learnt."""
    hours_a_week: float | None = None
    """None: as many as the deadline asks for, or three without one."""
    weekdays: tuple[int, ...] = ()
    """Monday is 0; empty to leave the choice to the plan."""


@dataclass(frozen=True, slots=True)
class WaysOut:
    """What would make a wish possible that is not; each by itself is enough."""

    later: date | None
    """The first day by which it can be reached; None where that is years away."""
    hours_a_week: float | None
    """The fewest hours with which the deadline holds; None where no week has so many."""
    reached: tuple[ConceptId, ...]
    """The concepts of the path that can be had by the deadline."""


@dataclass(frozen=True, slots=True)
class StudyPlan:
    """A path with its dates."""

    path: tuple[ConceptId, ...]
    """What is to be learnt, each after what it requires."""
    known: tuple[ConceptId, ...]
    """What the goals need and the learner has."""
    sessions: tuple[Session, ...]
    """Lessons and reviews until the deadline, or until all is learnt."""
    hours_a_week: float
    finish: date | None
    """When the last lesson is done; None where nothing is left, or where that is years away."""
    reachable: bool
    ways_out: WaysOut | None
    """None where the wish can be had."""

    @property
    def lesson_minutes(self) -> float:
        """Planned time on new concepts."""
        return sum(piece.minutes for one in self.sessions for piece in one.pieces if not piece.due)

    @property
    def review_minutes(self) -> float:
        """Planned time on what is to be kept."""
        return sum(piece.minutes for one in self.sessions for piece in one.pieces if piece.due)


def plan_path(
    course: Course, known: Mapping[ConceptId, float], wish: Wish, today: date
) -> StudyPlan:
    """Plans the way to a wish.

    Args:
        course: A sound one.
        known: The part of each concept that is learnt, 0 to 1; a missing one is new.
        wish: Goal and limits.
        today: The first day that may have a session.

    Raises:
        UserFacingError: The wish makes no sense: no time, a day that is past, an unknown goal.
    """
    _check(course, wish, today)
    goals = wish.goals or tuple(concept.id for concept in course.concepts)
    have = {concept for concept, part in known.items() if part >= KNOWN_FROM}
    graph = requirements_of(course)
    needed = needed_for(graph, goals, have)
    path = tuple(concept.id for concept in course.concepts if concept.id in needed)
    kept = tuple(c.id for c in course.concepts if c.id in needed_for(graph, goals) - needed)
    work = tuple(_work(course.concept(one), known.get(one, 0.0)) for one in path)
    hours = wish.hours_a_week or _usual_hours(work, wish, today)
    sessions = run_sessions(work, _pace(hours, wish), today, _horizon(today))
    finish = _finish(sessions, path)
    deadline = wish.deadline or finish or today
    reachable = not path or (finish is not None and finish <= deadline)
    return StudyPlan(
        path=path,
        known=kept,
        sessions=_until(sessions, deadline),
        hours_a_week=hours,
        finish=finish,
        reachable=reachable,
        ways_out=None if reachable else _ways_out(work, sessions, wish, today),
    )


def _check(course: Course, wish: Wish, today: date) -> None:
    hours = wish.hours_a_week
    if hours is not None and not (math.isfinite(hours) and 0 < hours <= MOST_HOURS):
        raise UserFacingError(
            "That many hours a week cannot be planned.",
            f"Give a number above 0 and at most {MOST_HOURS:g}.",
            code="study_hours",
        )
    if wish.deadline is not None and not today <= wish.deadline <= _horizon(today):
        raise UserFacingError(
            "That date cannot be planned for.",
            f"Give a day from today on, at most {LONGEST_YEARS} years ahead.",
            code="study_deadline",
        )
    if not all(0 <= day < 7 for day in wish.weekdays):  # noqa: PLR2004 - the days of a week
        raise UserFacingError("There is no such day of the week.", code="study_weekday")
    missing = [goal for goal in wish.goals if goal not in course.by_id]
    if missing:
        raise UserFacingError(
            f"The course “{course.title}” has no concept “{missing[0]}”.",
            "Choose a concept of the course.",
            code="study_goal",
        )


def _horizon(today: date) -> date:
    return today + timedelta(days=LONGEST_YEARS * 365)


def _pace(hours: float, wish: Wish) -> Pace:
    days = tuple(sorted(set(wish.weekdays))) or weekdays_for(hours)
    return Pace(days, hours * 60 / len(days))


def _work(concept: Concept, part: float) -> Work:
    """What is left of a concept, and what keeping it costs each time."""
    exercise = _EXERCISE_MINUTES if concept.exercises or concept.generators else 0.0
    left = concept.minutes * (1 - max(0.0, part))
    review = len(concept.cards) * _CARD_MINUTES + exercise
    return Work(concept.id, max(_FEWEST_MINUTES, left), review)


def _usual_hours(work: tuple[Work, ...], wish: Wish, today: date) -> float:
    return (wish.deadline and _fewest_hours(work, wish, today)) or USUAL_HOURS


def _finish(sessions: tuple[Session, ...], path: tuple[ConceptId, ...]) -> date | None:
    done = [one.day for one in sessions if any(piece.finishes for piece in one.pieces)]
    finished = {piece.concept for one in sessions for piece in one.pieces if piece.finishes}
    return done[-1] if path and finished == set(path) else None


def _until(sessions: tuple[Session, ...], last: date) -> tuple[Session, ...]:
    return tuple(session for session in sessions if session.day <= last)


def _ways_out(
    work: tuple[Work, ...], sessions: tuple[Session, ...], wish: Wish, today: date
) -> WaysOut:
    deadline = wish.deadline or _horizon(today)
    in_time = _until(sessions, deadline)
    return WaysOut(
        later=_finish(sessions, tuple(one.concept for one in work)),
        hours_a_week=_fewest_hours(work, wish, today, above=wish.hours_a_week or 0.0),
        reached=tuple(p.concept for one in in_time for p in one.pieces if p.finishes),
    )


def _fewest_hours(
    work: tuple[Work, ...], wish: Wish, today: date, *, above: float = 0.0
) -> float | None:
    """By halving; enough for certain, and the fewest as far as more hours finish earlier."""
    deadline = wish.deadline or _horizon(today)
    path = tuple(one.concept for one in work)

    def enough(steps: int) -> bool:
        sessions = run_sessions(work, _pace(steps * _HOURS_STEP, wish), today, deadline)
        return not path or _finish(sessions, path) is not None

    low, high = int(above / _HOURS_STEP) + 1, int(MOST_HOURS / _HOURS_STEP)
    if low > high or not enough(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low * _HOURS_STEP


def in_words(plan: StudyPlan, course: Course) -> str:
    """The plan in two or three sentences for the learner."""
    if not plan.path:
        return "You know all of this already; reviews will keep it."
    count = "1 concept is" if len(plan.path) == 1 else f"{len(plan.path)} concepts are"
    known = f"; {len(plan.known)} you know already" if plan.known else ""
    start = f"{count} ahead of you{known}. At {_week(plan.hours_a_week)} "
    end = f"you are done on {_day(plan.finish)}" if plan.finish else "that takes many years"
    if plan.ways_out is None:
        return f"{start}{end}."
    out = plan.ways_out
    ways = [f"take until {_day(out.later)}"] if out.later else []
    if out.hours_a_week:
        ways.append(f"give it {_week(out.hours_a_week)}")
    if out.reached:
        last = course.concept(out.reached[-1]).title
        ways.append(f"stop after {len(out.reached)} of them, at “{last}”")
    chance = f" You could {', or '.join(ways)}." if ways else ""
    return f"{start}{end}: too late for your date.{chance}"


def _week(hours: float) -> str:
    """Hours a week; and on each day, where that is more than most people can do."""
    days = len(weekdays_for(hours))
    each = hours / days
    much = f" ({_hours(round(each, 1))} on each of {days} days)" if each > _MUCH_A_DAY else ""
    return f"{_hours(hours)} a week{much}"


def _hours(hours: float) -> str:
    return "1 hour" if hours == 1 else f"{hours:g} hours"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "a day years from now"
