"""“I want to learn X by date D, H hours a week”: the way through a course, with dates."""

from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from assistant.domain.clock import Clock
from assistant.domain.course import Course
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.study import Standing
from assistant.services.jobs import Job, Workers
from assistant.services.study.enrolments import EnrolmentService
from assistant.tutor.courses.goals import goals_in_words
from assistant.tutor.courses.path import StudyPlan, Wish, in_words, plan_path

_MOST_SAID = 80
_LEARNT = frozenset({Standing.FIRM, Standing.MASTERED})
"""What is firm is not taught again: it is kept by reviews."""


@dataclass(frozen=True, slots=True)
class PathWish:
    """What someone wants to learn.

    Args:
        course: The course.
        goals: Concepts to be reached; all when empty and there are no words.
        words: The goal in the learner's own words.
        deadline: The last day.
        hours_a_week: Time there is.
    """

    course: CourseId
    goals: tuple[ConceptId, ...] = ()
    words: str = ""
    deadline: date | None = None
    hours_a_week: float | None = None


@dataclass(frozen=True, slots=True)
class PlannedPath:
    """A plan, and what it says in sentences."""

    course: Course
    goals: tuple[ConceptId, ...]
    plan: StudyPlan
    words: str


class PlanningService:
    """Plans ways; every job is done in the pool.

    Args:
        workers: The pool.
        clock: Tells today.
        enrolments: What the learner takes and knows.
    """

    def __init__(self, workers: Workers, clock: Clock, enrolments: EnrolmentService) -> None:
        self._workers = workers
        self._clock = clock
        self._enrolments = enrolments

    def plan(self, wish: PathWish) -> Job[PlannedPath]:
        """The way to a wish from what the learner knows; nothing is kept.

        Raises (from the job):
            UserFacingError: There is no such course or goal, or the wish makes no sense.
        """
        return self._workers.in_pool(lambda _: self.plan_now(wish))

    def plan_now(self, wish: PathWish) -> PlannedPath:
        """The same at once; in the pool.

        Raises:
            UserFacingError: There is no such course or goal, or the wish makes no sense.
        """
        view = self._enrolments.view(wish.course)
        goals = wish.goals
        if not goals and wish.words:
            goals = goals_in_words(view.course, wish.words)
            if not goals:
                said = shorten(wish.words, _MOST_SAID, placeholder=" …") or wish.words[:_MOST_SAID]
                raise UserFacingError(
                    f"“{view.course.title}” teaches nothing called “{said}”.",
                    f"“assistant study courses {wish.course}” lists what it teaches.",
                    code="study_goal",
                )
        known = {
            one.concept: 1.0 if one.standing in _LEARNT else one.chance
            for one in view.masteries
            if one.standing is not Standing.NOT_STARTED
        }
        today = self._clock.now().astimezone().date()
        plan = plan_path(view.course, known, Wish(goals, wish.deadline, wish.hours_a_week), today)
        return PlannedPath(view.course, goals, plan, in_words(plan, view.course))
