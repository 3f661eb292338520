"""What the planner says of what is to come, and why, from what was done.

Every prediction goes through what happened until now, so each completed task counts at once; the
models themselves are trained now and then (``training``).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.schedule import WeekPlan
from assistant.domain.task import Task
from assistant.planner.learning.finishing import (
    Cause,
    FinishingModel,
    Situation,
    causes,
    situation,
    suggestion,
    told,
)
from assistant.planner.learning.in_plan import by_plan, in_plan
from assistant.planner.learning.insights import Insights, accuracy, patterns, where_time_went
from assistant.planner.learning.likeness import WordLikeness
from assistant.planner.learning.questions import OVERRUNS
from assistant.planner.learning.ranking import by_first
from assistant.planner.learning.rhythm import (
    Alert,
    Curve,
    Focus,
    energy,
    expected_curve,
    focus,
    proved_switching,
    switching_cost,
)
from assistant.planner.learning.urgency import (
    RULE,
    blocking,
    importance,
    urgency,
)
from assistant.services.jobs import Job, Workers
from assistant.services.planning.learning_values import (
    Alike,
    Habits,
    Learnt,
    LengthAnswer,
    RiskAnswer,
)
from assistant.services.planning.meanings import Meanings
from assistant.services.planning.past import (
    ASSUMED_MIN,
    DURATIONS,
    FINISHING,
    ORDER,
    Past,
    PastReader,
)
from assistant.services.planning.training import (
    durations_of,
    finishing_of,
    first_of,
    is_lost,
    weights_of,
)

if TYPE_CHECKING:
    from assistant.planner.learning.own_durations import OwnModel
    from assistant.planner.learning.timed_tasks import TimedTask

_SHOWN: Final = 5
_LIKE_ENOUGH: Final = 0.3
_MOST_FORETOLD: Final = 60
_STEP_MIN: Final = 5
_WORTH_A_CHANGE: Final = 0.01
_TELLING: Final = 20
"""So many stretches of work tell how long one holds."""
_LEAST_FOCUS_MIN: Final = 25
"""Shorter ones are of short tasks rather than of a short breath."""


class LearningService:
    """Foretells, explains, asks and learns; every job is done in the pool.

    Args:
        workers: The pool.
        reader: Reads what happened.
        meanings: Makes likenesses of tasks.
        plan: Gives the plan that counts; on the store thread.
    """

    def __init__(
        self,
        workers: Workers,
        reader: PastReader,
        meanings: Meanings,
        plan: Callable[[], WeekPlan | None],
    ) -> None:
        self._workers = workers
        self._reader = reader
        self._meanings = meanings
        self._plan = plan

    def estimate(self, title: str, own_min: int | None, category: str = "") -> Job[LengthAnswer]:
        """How long something that is not a task yet will take.

        Args:
            title: What it is.
            own_min: The user's own estimate; None where there is none.
            category: A tag with its ``#``, or empty.
        """

        def work(job: Job[LengthAnswer]) -> LengthAnswer:
            past = self._reader.read()
            asked = Task(TaskId(0), title, past.now, tags=(category[1:],) if category else ())
            return self._length(past, replace(asked, estimate_min=own_min), job)

        return self._workers.in_pool(work)

    def length_of(self, task: TaskId) -> Job[LengthAnswer]:
        """How long a task will take.

        Raises (by the job):
            UserFacingError: There is no such task (``task_unknown``).
        """
        return self._workers.in_pool(lambda job: self.length_in(job, task))

    def length_in(self, job: Job[Any], task: TaskId) -> LengthAnswer:
        """As ``length_of``, as a part of another job in the pool."""
        past = self._reader.read()
        return self._length(past, _named(past, task), job)

    def risk(self, task: TaskId) -> Job[RiskAnswer]:
        """The chance that a task is done in time, with reasons.

        Raises (by the job):
            UserFacingError: There is no such task (``task_unknown``).
        """
        return self._workers.in_pool(lambda job: self.risk_in(job, task))

    def risk_in(self, job: Job[Any], task: TaskId) -> RiskAnswer:
        """As ``risk``, as a part of another job in the pool."""
        past = self._reader.read()
        asked = _named(past, task)
        hours = self._length(past, asked, job).minutes / 60
        learnt = finishing_of(past)
        found = situation(asked, past.now, hours, past.record) if asked.is_open else None
        model = learnt or FinishingModel()
        plan = self._workers.on_store(self._plan).result()
        planned = None if found is None else in_plan(asked, plan, past.now)
        chances = None if found is None else told(model, found)
        if chances is not None and planned is not None:
            chances = by_plan(chances, planned)
        waiting = blocking(past.open_tasks).get(asked.id, 0)
        return RiskAnswer(
            asked.id,
            asked.title,
            None if chances is None else chances[0],
            None if chances is None else chances[1],
            learnt is not None,
            _causes(model, found, planned),
            _suggestion(model, found, planned),
            urgency(asked, past.now, waiting, weights_of(past)),
            hours,
            any(is_lost(past, kind) for kind in (FINISHING, DURATIONS, ORDER)),
        )

    def first_of(self, tasks: Sequence[Task]) -> tuple[Task, ...]:
        """Tasks by what to do first; waits for the store thread, so it is for the pool."""
        past = self._reader.read_order()
        weights = weights_of(past)
        return by_first(tasks, past.open_tasks, past.now, weights, first_of(past, weights))

    def learnt_now(self, tasks: Sequence[Task], past: Past | None = None) -> Learnt:
        """What a plan of tasks is made by; waits for the store thread, so it is for the pool.

        Args:
            tasks: Which.
            past: Where it was read already.
        """
        past = self._reader.read() if past is None else past
        found = _focus(past)
        told = past.answer("focus") is not None or found.stretches >= _TELLING
        focus_min = max(_LEAST_FOCUS_MIN, round(found.minutes)) if told else None
        weights = weights_of(past)
        said = first_of(past, weights)
        known = weights != RULE or said
        order = importance(tasks, past.now, weights, said) if known else {}
        again = [(count, over) for _, count, over in _taken_up(past)]
        return Learnt(
            _energy(past), focus_min, _minutes(past, tasks), proved_switching(again), order
        )

    def habits(self) -> Job[Habits]:
        """What a plan of a week goes by: energy, focus and the cost of switching."""

        def work(_: Job[Habits]) -> Habits:
            past = self._reader.read()
            return Habits(_energy(past), _focus(past).minutes, _switching(past))

        return self._workers.in_pool(work)

    def insights(self) -> Job[Insights]:
        """What can be seen in what was done."""

        def work(job: Job[Insights]) -> Insights:
            from assistant.planner.learning.durations import foretell

            past = self._reader.read()
            tasks, check = past.timed_tasks, job.cancel_token.raise_if_cancelled
            ended = [task for task in past.record.dated if task.ended is not None]
            late = [_was_late(task) for task in ended]
            held = _stretches(past)
            again = [(count, over) for _, count, over in _taken_up(past)]
            proved = proved_switching(again)
            return Insights(
                where_time_went(past.tracked, past.names),
                accuracy(tasks, foretell(tasks, check=check)) if tasks else (),
                patterns(tasks, past.names),
                _energy(past),
                _focus(past),
                _switching(past) if proved is None else proved,
                sum(task.ended is not None and task.state == "done" for task in past.tasks),
                1 - sum(late) / len(late) if late else None,
                held.usual_min if held.stretches >= _TELLING else None,
                0 if proved is None else sum(count > 1 for count, _ in again),
                len(past.measured),
            )

        return self._workers.in_pool(work)

    def _length(self, past: Past, task: Task, job: Job[Any]) -> LengthAnswer:
        from assistant.planner.learning.own_durations import WIDE, ask

        texts = [*(one.text for one in past.timed_tasks), task.title]
        alike = self._alike(past, texts, job)
        own = task.estimate_min
        basis = own or _typical(past, alike)
        asked = past.timed(task, past.now, basis / 60)
        lean = OVERRUNS.get(str(past.answer("overrun")), 0.0)
        ends = (min(0.0, WIDE[0] + lean), max(0.0, WIDE[1] + lean))
        model = durations_of(past)
        found = ask(model, past.timed_tasks, asked, self._meanings.likeness(texts, job), ends)
        return LengthAnswer(
            task.title,
            round(found.hours * 60, 1),
            round(found.low * 60, 1),
            round(found.high * 60, 1),
            own,
            own is not None and found.corrected,
            tuple(_why(past, own, model, asked, found.hours, alike)),
            alike,
        )

    def _alike(self, past: Past, texts: Sequence[str], job: Job[Any]) -> tuple[Alike, ...]:
        likeness = self._meanings.likeness(texts, job)
        for at in range(len(past.measured)):
            likeness.add(at)
        found: list[Alike] = []
        for at, score in likeness.near(len(texts) - 1)[:_SHOWN]:
            task, timed = past.measured[at]
            if score >= _LIKE_ENOUGH:
                took = (timed.actual_hours or 0.0) * 60
                found.append(
                    Alike(task, timed.text, round(score, 3), timed.estimate_hours * 60, took)
                )
        return tuple(found)


def _causes(
    model: FinishingModel, found: Situation | None, planned: Cause | None
) -> tuple[Cause, ...]:
    """Why, what the plan says of it first."""
    said = () if found is None else causes(model, found)
    return said if planned is None else (planned, *said)


def _suggestion(model: FinishingModel, found: Situation | None, planned: Cause | None) -> str:
    if planned is not None:
        return "Look at what would make room for it in the plan, and decide now."
    return "" if found is None else suggestion(model, found)


def _was_late(task: Task) -> bool:
    """Whether a task that has ended did so after its deadline."""
    from assistant.planner.learning.finishing import deadline

    end = deadline(task)
    return end is not None and task.ended is not None and task.ended > end


def _named(past: Past, task: TaskId) -> Task:
    found = next((one for one in past.tasks if one.id == task), None)
    if found is None:
        raise UserFacingError(
            f"There is no task {task}.",
            "“assistant plan list” shows the tasks with their numbers.",
            code="task_unknown",
        )
    return found


def _typical(past: Past, alike: Sequence[Alike]) -> float:
    """How long such a task takes where the user has not said, in minutes."""
    from statistics import median

    if alike:
        return median(one.took_min for one in alike)
    known = [(task.actual_hours or 0.0) * 60 for task in past.timed_tasks]
    return median(known) if known else float(ASSUMED_MIN)


def _why(
    past: Past,
    own: int | None,
    model: "OwnModel | None",
    asked: "TimedTask",
    hours: float,
    alike: Sequence[Alike],
) -> list[str]:
    """Why a length is thought, a sentence each."""
    from assistant.planner.learning.duration_figures import overrun

    said: list[str] = []
    if own is None:
        said.append("You gave no estimate; it is what like tasks of yours took.")
        if not alike:
            said[0] = "You gave no estimate, and nothing like it was done before."
    elif model is None and is_lost(past, DURATIONS):
        said.append("It is your own estimate: what was learnt of your figures cannot be used now.")
    elif model is None:
        said.append("It is your own estimate: nothing has yet proved better than your figures.")
    elif abs(hours - asked.estimate_hours) < 0.01 * hours:
        said.append("It is your own estimate: for tasks like this one you are hard to beat.")
    else:
        said.append(
            f"Your estimate of {own} minutes, by how {model.count} tasks of yours came out."
        )
    same = [overrun(one) for one in past.timed_tasks if one.category == asked.category]
    if asked.category and len(same) >= _SHOWN:
        factor = math.exp(sorted(same)[len(same) // 2])
        name = past.names.get(asked.category, asked.category)
        said.append(f"Your {len(same)} tasks of {name} took {factor:.1f} times as long as said.")
    if alike:
        said.append(f"The likest before, “{alike[0].title}”, took {alike[0].took_min:.0f} minutes.")
    return said


def _minutes(past: Past, tasks: Sequence[Task]) -> dict[TaskId, int]:
    """Lengths of open tasks by what was done: corrected, or typical where nothing was estimated.

    Likeness goes by words alone, to be quick; of many tasks the first to be due are looked at.
    """
    known = past.timed_tasks
    wanted = [one for one in tasks if one.is_open and one.fixed_start is None]
    wanted.sort(key=lambda one: (one.due is None, one.due.moment if one.due else one.created))
    wanted = wanted[:_MOST_FORETOLD]
    if not known or not wanted:
        return {}
    from statistics import median

    texts = [*(one.text for one in known), *(one.title for one in wanted)]
    likeness = WordLikeness(texts)
    for at in range(len(known)):
        likeness.add(at)
    basis: dict[TaskId, float] = {}
    for at, task in enumerate(wanted, len(known)):
        near = [known[one] for one, score in likeness.near(at)[:_SHOWN] if score >= _LIKE_ENOUGH]
        took = [(one.actual_hours or 0.0) * 60 for one in near]
        if task.estimate_min or took:
            basis[task.id] = task.estimate_min or median(took)
    asked = [task for task in wanted if task.id in basis]
    hours = _corrected(past, [past.timed(one, past.now, basis[one.id] / 60) for one in asked])
    found: dict[TaskId, int] = {}
    for task, one in zip(asked, hours, strict=True):
        minutes = one * 60
        own = task.estimate_min
        if own is None or abs(minutes / own - 1) > _WORTH_A_CHANGE:
            found[task.id] = max(_STEP_MIN, _STEP_MIN * round(minutes / _STEP_MIN))
    return found


def _corrected(past: Past, asked: "Sequence[TimedTask]") -> list[float]:
    """Hours of tasks by the model that is asked; as they were estimated where there is none."""
    model = durations_of(past) if asked else None
    if model is None:
        return [one.estimate_hours for one in asked]
    from assistant.planner.learning.own_durations import lengths

    texts = [one.text for one in (*past.timed_tasks, *asked)]
    return lengths(model, past.timed_tasks, asked, WordLikeness(texts))


def _energy(past: Past) -> Curve:
    alert = past.answer("alert")
    prior = expected_curve(Alert(alert) if alert in set(Alert) else Alert.NOT_SURE)
    speed = {
        task: timed.estimate_hours / (timed.actual_hours or timed.estimate_hours)
        for task, timed in past.measured
    }
    zone = past.now.tzinfo
    return prior if zone is None else energy(past.work, speed, zone, prior)


def _stretches(past: Past) -> Focus:
    """What was tracked says, without what the user said."""
    return focus([one for one in past.work if one.minutes > 1])


def _focus(past: Past) -> Focus:
    found = _stretches(past)
    wanted = past.answer("focus")
    if wanted is None or not str(wanted).isdecimal():
        return found
    # What the user said counts as ten stretches.
    worth = 10
    minutes = (found.minutes * found.stretches + int(wanted) * worth) / (found.stretches + worth)
    return Focus(minutes, found.stretches)


def _switching(past: Past) -> float:
    occasions = _taken_up(past)
    return switching_cost(
        {task: count for task, count, _ in occasions}, {task: over for task, _, over in occasions}
    )


def _taken_up(past: Past) -> list[tuple[TaskId, int, float]]:
    """Of measured tasks in their order, how often each was taken up, and how much longer it took.

    In minutes, beyond what tasks of the user usually take longer.
    """
    gap = timedelta(minutes=10)
    counts: dict[TaskId, int] = {}
    for task, part in past.record.work.items():
        ends = [one.end or one.start for one in part]
        later = [one.start for one in part[1:]]
        counts[task] = 1 + sum(b - a > gap for a, b in zip(ends, later, strict=False))
    usual = [(timed.actual_hours or 0.0) / timed.estimate_hours for _, timed in past.measured]
    middle = sorted(usual)[len(usual) // 2] if usual else 1.0
    return [
        (task, counts[task], ((timed.actual_hours or 0.0) - timed.estimate_hours * middle) * 60)
        for task, timed in past.measured
    ]
