"""What the planner says of what it learnt."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.domain.ids import TaskId
from assistant.planner.learning.finishing import Cause
from assistant.planner.learning.rhythm import Curve
from assistant.planner.learning.urgency import Term


@dataclass(frozen=True, slots=True)
class Alike:
    """An earlier task that is like one, in minutes."""

    task: TaskId
    title: str
    likeness: float
    estimate_min: float
    took_min: float


@dataclass(frozen=True, slots=True)
class LengthAnswer:
    """How long a task will take, and why that is thought; in minutes.

    Args:
        title: Of the task.
        minutes: The best guess.
        low: In one of ten cases it takes less.
        high: In one of ten cases it takes more.
        own_min: The user's estimate; None where there is none.
        corrected: Whether the guess differs from the user's estimate.
        because: Why, a sentence each.
        alike: Earlier tasks like it, the likest first.
    """

    title: str
    minutes: float
    low: float
    high: float
    own_min: int | None
    corrected: bool
    because: tuple[str, ...]
    alike: tuple[Alike, ...]


@dataclass(frozen=True, slots=True)
class RiskAnswer:
    """How a task will end, and why that is thought.

    Args:
        task: Which.
        title: Its title.
        on_time: The chance that it is done by its deadline; None without a deadline.
        put_off: The chance that it is late or its deadline put later; None without one.
        learnt: Whether that is from the user's own past, or by the rule.
        causes: Why, the strongest first.
        suggestion: What would help most.
        urgency: The terms by which it stands in the order of tasks.
        hours: How long it is taken to need in all.
        lost: Whether something that was learnt cannot be used any more, and a rule stands for it.
    """

    task: TaskId
    title: str
    on_time: float | None
    put_off: float | None
    learnt: bool
    causes: tuple[Cause, ...]
    suggestion: str
    urgency: tuple[Term, ...]
    hours: float
    lost: bool = False

    @property
    def urgency_points(self) -> float:
        """The sum of the terms."""
        return sum(term.points for term in self.urgency)


@dataclass(frozen=True, slots=True)
class Habits:
    """What a plan of a week goes by.

    Args:
        energy: Over the week.
        focus_min: How long a stretch on one thing holds.
        switching_min: What taking up another thing costs.
    """

    energy: Curve
    focus_min: float
    switching_min: float


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a plan is made by, where something is known.

    Args:
        energy: Over the week.
        focus_min: How long a stretch on one thing holds; None where nothing tells.
        minutes: How long tasks are thought to take in all, where that is not the user's estimate.
        switch_min: What going over to something else costs; None where no better is known than
            the rule.
        importance: How much more or less tasks matter than their priority says, as factors; empty
            where no order was learnt that beat the rule.
    """

    energy: Curve
    focus_min: int | None
    minutes: Mapping[TaskId, int]
    switch_min: float | None = None
    importance: Mapping[TaskId, float] = field(default_factory=dict[TaskId, float])
