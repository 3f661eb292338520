"""What is asked of the planner in a sentence: which tasks are due, how long one takes, and when."""

from datetime import datetime, timedelta
from typing import Any, Final

from assistant.domain.clock_face import ClockFace
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.lengths import length
from assistant.domain.schedule import Block, BlockKind, Busy, WeekPlan
from assistant.domain.task import Task
from assistant.domain.task_filter import TaskFilter
from assistant.planner.commands.changes import due_end, due_in_words
from assistant.planner.commands.consequences import named as quoted
from assistant.planner.commands.consequences import span
from assistant.planner.commands.reading import Command, CommandKind
from assistant.planner.tasks.filters import read_filter
from assistant.services.jobs import Job
from assistant.services.planning.looking import Answers, Looker
from assistant.services.planning.naming import named
from assistant.store.tasks import TaskRepository

_MOST: Final = 7
_AHEAD: Final = timedelta(days=60)
"""So far an event is looked for of which it is asked when it is."""
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
        answers: Where they come from.
    """

    def __init__(self, answers: Answers) -> None:
        self._desk = answers.desk
        self._learning = answers.learning
        self._scheduling = answers.scheduling
        self._looker = Looker(answers)
        self._face = answers.face

    def answer(self, job: Job[Any], command: Command) -> tuple[TaskId | None, str, tuple[str, ...]]:
        """The task that is asked about, a headline, and the answer in lines.

        Raises:
            UserFacingError: The task is unknown, the time cannot be read, or there is nothing
                to answer from (``plan_empty``).
            AmbiguousTaskError: Several tasks may be meant.
        """
        if command.kind is CommandKind.NOW:
            return self._looker.now()
        if not command.task:
            return None, *self._of_time(command)
        try:
            task = self._desk.work(
                lambda repository: named(repository, command, command.task, self._face)
            ).result()
        except UserFacingError as error:
            event = self._event(command)
            if error.code != "task_unknown" or event is None:
                raise
            return None, f"When {quoted(event.title)} is", (span(event, self._face),)
        return task.id, *self._of_task(job, command, task)

    def _of_task(self, job: Job[Any], command: Command, task: Task) -> tuple[str, tuple[str, ...]]:
        """The answer to a question about a task."""
        if command.kind is CommandKind.ON_TIME:
            return self._looker.on_time(job, task)
        if command.kind is CommandKind.WHEN:
            return f"When {quoted(task.title)} is", self._when(task)
        found = self._learning().length_in(job, task.id)
        lines = [f"About {length(round(found.minutes))}"]
        if round(found.low) < round(found.high):
            lines.append(
                f"In 8 of 10 cases {length(round(found.low))} to {length(round(found.high))}"
            )
        return f"How long {quoted(task.title)} will take", (*lines, *found.because)

    def _of_time(self, command: Command) -> tuple[str, tuple[str, ...]]:
        """The answer to a question that names a time."""
        plain = _plain(command.words)
        value = _SPANS.get(plain, plain.replace('"', ""))
        wanted = read_filter(f'due:"{value}"', self._desk.now()).filter
        if command.kind is CommandKind.FREE:
            return self._looker.free(plain, wanted)
        if command.kind is CommandKind.LEFT:
            return self._looker.left(plain, wanted)
        return self._listed(plain, value, wanted)

    def _event(self, command: Command) -> Busy | None:
        """What takes place next by the calendars whose title has all the words; for a “when”."""
        if command.kind is not CommandKind.WHEN:
            return None
        wanted, now = set(_plain(command.task).split()), self._desk.now()
        coming = self._looker.taking_place(now, now + _AHEAD)
        return next((one for one in coming if wanted <= set(_plain(one.title).split())), None)

    def _plan(self) -> WeekPlan | None:
        return self._scheduling().current().result()

    def _listed(self, plain: str, value: str, wanted: TaskFilter) -> tuple[str, tuple[str, ...]]:
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
        events = () if wanted.before is None or value == "overdue" else self._events(wanted)
        if events:
            shown = "; ".join(f"{one.title[:40]} {span(one, self._face)}" for one in events[:_MOST])
            more = f" and {len(events) - _MOST} more" if len(events) > _MOST else ""
            lines.append(f"Takes place: {shown}{more}")
        title = "Overdue" if value == "overdue" else f"Due {plain}"
        return title, tuple(lines) or ("Nothing is due then",)

    def _events(self, wanted: TaskFilter) -> tuple[Busy, ...]:
        now = self._desk.now()
        since = max(now, wanted.after or now)
        if wanted.before is None or wanted.before <= since:
            return ()
        return self._looker.taking_place(since, wanted.before)

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


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _task_line(task: Task, now: datetime, face: ClockFace) -> str:
    if task.fixed_start is not None:
        return f"{quoted(task.title)}, {face.on_day(task.fixed_start)}"
    if task.due is None:
        return quoted(task.title)
    late = ", overdue" if due_end(task.due) <= now else ""
    return f"{quoted(task.title)}, due {due_in_words(task.due, face)}{late}"
