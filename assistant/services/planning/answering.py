"""What is asked of the planner in a sentence: which tasks are due, how long one takes, and when."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from assistant.domain.clock_face import ClockFace
from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block, BlockKind, WeekPlan
from assistant.domain.task import Task
from assistant.domain.task_filter import TaskFilter
from assistant.planner.commands.changes import due_end, due_in_words
from assistant.planner.commands.consequences import named as quoted
from assistant.planner.commands.consequences import span
from assistant.planner.commands.reading import Command, CommandKind
from assistant.planner.schedule.telling import length
from assistant.planner.tasks.filters import read_filter
from assistant.services.jobs import Job
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.naming import named
from assistant.store.tasks import TaskRepository

if TYPE_CHECKING:
    from assistant.services.planning.learning import LearningService

_MOST: Final = 7
_MOST_BLOCKS: Final = 5
_SPANS: Final = {
    "today": "today",
    "tomorrow": "tomorrow",
    "this week": "week",
    "this month": "month",
    "overdue": "overdue",
}


class Answerer:
    """Answers questions; called in the pool, nothing is changed.

    Args:
        desk: Has the tasks, and the clock.
        learning: Foretells how long tasks take.
        plan: Gives the plan that counts.
        face: How times of day are written.
    """

    def __init__(
        self,
        desk: PlanningDesk,
        learning: "Callable[[], LearningService]",
        plan: Callable[[], WeekPlan | None],
        face: ClockFace,
    ) -> None:
        self._desk = desk
        self._learning = learning
        self._plan = plan
        self._face = face

    def answer(self, job: Job[Any], command: Command) -> tuple[TaskId | None, str, tuple[str, ...]]:
        """The task that is asked about, a headline, and the answer in lines.

        Raises:
            UserFacingError: The task is unknown, or the time cannot be read.
            AmbiguousTaskError: Several tasks may be meant.
        """
        if command.kind is CommandKind.LIST:
            title, lines = self._listed(command.words)
            return None, title, lines
        task = self._desk.work(
            lambda repository: named(repository, command, command.task, self._face)
        ).result()
        if command.kind is CommandKind.WHEN:
            return task.id, f"When {quoted(task.title)} is", self._when(task)
        found = self._learning().length_in(job, task.id)
        lines = [f"About {length(round(found.minutes))}"]
        if round(found.low) < round(found.high):
            lines.append(
                f"In 8 of 10 cases {length(round(found.low))} to {length(round(found.high))}"
            )
        return task.id, f"How long {quoted(task.title)} will take", (*lines, *found.because)

    def _listed(self, words: str) -> tuple[str, tuple[str, ...]]:
        plain = " ".join(words.casefold().split())
        value = _SPANS.get(plain, plain.replace('"', ""))
        wanted = read_filter(f'due:"{value}"', self._desk.now()).filter

        def read(repository: TaskRepository) -> tuple[Task, ...]:
            return repository.find(wanted)

        tasks = self._desk.work(read).result()
        now = self._desk.now()
        lines = [_task_line(one, now, self._face) for one in tasks[:_MOST]]
        if len(tasks) > _MOST:
            lines.append(f"and {len(tasks) - _MOST} more")
        blocks = [] if value == "overdue" else self._blocks(wanted)
        if blocks:
            more = f" and {len(blocks) - _MOST_BLOCKS} more" if len(blocks) > _MOST_BLOCKS else ""
            shown = (f"{one.title[:40]} {span(one, self._face)}" for one in blocks[:_MOST_BLOCKS])
            lines.append(f"Planned: {'; '.join(shown)}{more}")
        title = "Overdue" if value == "overdue" else f"Due {plain}"
        return title, tuple(lines) or ("Nothing is due then",)

    def _blocks(self, wanted: TaskFilter) -> list[Block]:
        plan, now = self._plan(), self._desk.now()
        since = max(now, wanted.after or now)
        return [
            one
            for one in (plan.blocks if plan is not None else ())
            if one.end > since
            and (wanted.before is None or one.start < wanted.before)
            and one.kind in {BlockKind.TASK, BlockKind.STUDY}
        ]

    def _when(self, task: Task) -> tuple[str, ...]:
        now, plan = self._desk.now(), self._plan()
        dated = task.due or task.fixed_start
        lines = [_task_line(task, now, self._face)] if dated else ["It has no deadline"]
        blocks = [
            one for one in (plan.blocks if plan else ()) if one.task == task.id and one.end > now
        ]
        if blocks and task.fixed_start is None:
            lines.append(f"Planned: {', '.join(span(one, self._face) for one in blocks)}")
        elif plan is not None and task.fixed_start is None:
            lines.append("The plan has no room for it")
        return tuple(lines)


def _task_line(task: Task, now: datetime, face: ClockFace) -> str:
    if task.fixed_start is not None:
        return f"{quoted(task.title)}, {face.on_day(task.fixed_start)}"
    if task.due is None:
        return quoted(task.title)
    late = ", overdue" if due_end(task.due) <= now else ""
    return f"{quoted(task.title)}, due {due_in_words(task.due, face)}{late}"
