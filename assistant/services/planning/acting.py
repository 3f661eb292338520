"""Acts on a sentence: “plan my week”, “move chemistry to Thursday”.

The grammar reads it first; a model is asked only where the grammar does not know it, and may only
choose from a closed set of commands and name words of the sentence. Nothing is done before the
user has seen what would change; all of it is undone as one step.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from assistant.domain.conversation import Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import SamplingParams, Turn
from assistant.domain.ids import StepId, TaskId
from assistant.domain.schedule import WeekPlan
from assistant.domain.task import Task, TaskState
from assistant.domain.task_filter import TaskFilter
from assistant.planner.commands.changes import changes_in_words, moved
from assistant.planner.commands.reading import Command, CommandKind, read_command
from assistant.planner.quick_add.parts import QuickAdd
from assistant.planner.quick_add.suggested import stands_in
from assistant.planner.tasks.rules import check_task
from assistant.services.jobs import Job, Workers
from assistant.services.planning.adding import AddingService
from assistant.services.planning.completing import CompletingService
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.tasks import edit_now, said
from assistant.services.structured import StructuredService, Wish
from assistant.store.tasks import TaskRepository

if TYPE_CHECKING:
    from assistant.services.planning.scheduling import SchedulingService

_BLANK: Final = "x"
_SAMPLING: Final = SamplingParams(temperature=0.0, repeat_penalty=1.0, max_tokens=120)
_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "action": {"enum": [*(kind.value for kind in CommandKind), "none"]},
        "task": {"type": "string", "maxLength": 200},
        "words": {"type": "string", "maxLength": 200},
    },
    "required": ["action", "task", "words"],
    "additionalProperties": False,
}
_SYSTEM: Final = (
    "Say which command a sentence gives to a planner. add: a new task, its whole text in words. "
    "move: task is the task that is moved, words is the new day or time. done: task was done. "
    "estimate: words is how long task takes. plan_week: the days are to be planned. none: it is "
    "none of these. Copy task and words from the sentence; leave empty what is not needed."
)
_UNCLEAR: Final = (
    "Say “plan my week”, “move chemistry to Thursday”, “essay takes 3 hours”, “done with essay” "
    "or “add call Mum tomorrow”."
)
_MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be done, for the user to confirm."""

    command: Command
    task: TaskId | None
    """The task that it is about."""
    title: str
    """What would be done: “Move “Chemistry””."""
    changes: tuple[str, ...]
    """What would change, a line each; never empty."""
    by_model: bool = False
    """Whether a model read the sentence."""


@dataclass(frozen=True, slots=True)
class Acted:
    """What was done."""

    title: str
    tasks: tuple[TaskId, ...] = ()
    """That were added or changed."""
    plan: WeekPlan | None = None
    """As it is now, where it was made or mended."""


class ActingService:
    """Reads sentences as commands, shows what they would do, and does it.

    Args:
        workers: The pool and the store thread.
        desk: Where planning is written.
        adding: Reads lines and adds tasks.
        completing: Ends tasks.
        scheduling: Makes and mends plans.
        structured: Asks a model for values of a schema.
    """

    def __init__(
        self,
        workers: Workers,
        desk: PlanningDesk,
        adding: AddingService,
        completing: CompletingService,
        *,
        scheduling: "Callable[[], SchedulingService]",
        structured: Callable[[], StructuredService],
    ) -> None:
        self._workers = workers
        self._desk = desk
        self._adding = adding
        self._completing = completing
        self._scheduling = scheduling
        self._structured = structured

    def is_command(self, text: str) -> bool:
        """Whether the grammar takes a sentence for a command; some milliseconds, on any thread."""
        return read_command(text, self._reads) is not None

    def propose(self, text: str, *, ask_model: bool = True) -> Job[Proposal]:
        """What a sentence would do; nothing is done yet.

        Args:
            text: The sentence.
            ask_model: Whether a model is asked where the grammar does not know it.

        Raises (from the job):
            UserFacingError: It is no command (``command_unclear``), no task or more than one is
                meant (``task_unknown``, ``task_ambiguous``), or it would do what cannot be.
        """

        def work(job: Job[Proposal]) -> Proposal:
            command = read_command(text, self._reads)
            by_model = command is None and ask_model
            if command is None:
                command = self._asked(job, text) if ask_model else None
            if command is None:
                raise UserFacingError(
                    "That is nothing the planner can do.", _UNCLEAR, code="command_unclear"
                )
            made = command
            proposal = self._desk.work(lambda one: self._proposal(one, made)).result()
            return replace(proposal, by_model=by_model)

        return self._workers.in_pool(work)

    def apply(self, proposal: Proposal) -> Job[Acted]:
        """Does what was proposed, as one step; a plan that is there is mended.

        Raises (from the job):
            UserFacingError: It cannot be done any more; nothing was changed.
        """

        def work(job: Job[Acted]) -> Acted:
            kind = proposal.command.kind
            if kind is CommandKind.PLAN_WEEK:
                return Acted(proposal.title, plan=self._scheduling().plan_in(job))
            tasks, step = self._desk.work(lambda _: self._change(proposal)).result()
            plan = self._mended(job, step)
            return Acted(proposal.title, tasks, plan)

        return self._workers.in_pool(work)

    def _mended(self, job: Job[Acted], step: StepId | None) -> WeekPlan | None:
        """The plan after a change, its mending joined to the step of the change."""
        scheduling = self._scheduling()
        if scheduling.current().result() is None:
            return None
        return scheduling.replan_in(job, step)

    # On the store thread

    def _proposal(self, repository: TaskRepository, command: Command) -> Proposal:
        if command.kind is CommandKind.PLAN_WEEK:
            return Proposal(command, None, "Plan the week", _week_words(repository))
        if command.kind is CommandKind.ADD:
            found = self._adding.read_now(command.words)
            lines = [f"{part.kind.value}: {part.value}" for part in found.parts]
            title = f"Add “{found.title[:60]}”"
            return Proposal(command, None, title, (f"New task: {found.title}", *lines))
        task = _meant(repository, command.task)
        if command.kind is CommandKind.DONE:
            left = [part for part in repository.below(task.id) if part.is_open]
            parts = (f"{_counted(len(left), 'open part')} done as well",) if left else ()
            again = ("It comes again",) if task.repeat else ()
            lines = (f"“{task.title}” is done", *parts, *again)
            return Proposal(command, task.id, said("Complete", [task]), lines)
        new = self._changed(task, command)
        lines = changes_in_words(task, new)
        if not lines:
            raise UserFacingError(
                f"“{task.title[:60]}” is like that already.",
                "Name another time or length.",
                code="nothing_to_change",
            )
        check_task(new)
        verb = "Move" if command.kind is CommandKind.MOVE else "Estimate"
        return Proposal(command, task.id, said(verb, [task]), lines)

    def _change(self, proposal: Proposal) -> tuple[tuple[TaskId, ...], StepId | None]:
        """Does it; gives the tasks and the step, None where nothing changed."""
        with self._desk.noting() as steps:
            tasks = self._do(proposal)
        return tasks, steps[-1] if steps else None

    def _do(self, proposal: Proposal) -> tuple[TaskId, ...]:
        command, task = proposal.command, proposal.task
        if task is None:
            found = self._adding.read_now(command.words)
            return (self._adding.add_now(found, command.words).id,)
        if command.kind is CommandKind.DONE:
            ended = self._completing.end_now([task], TaskState.DONE, with_parts=True)
            return (*ended.done, *(one.id for one in ended.again))
        edit_now(self._desk, [task], lambda one: self._changed(one, command), proposal.title)
        return (task,)

    def _changed(self, task: Task, command: Command) -> Task:
        if command.kind is CommandKind.MOVE:
            return moved(task, self._timed(command))
        return replace(task, estimate_min=self._timed(command).duration_min)

    def _timed(self, command: Command) -> QuickAdd:
        return self._adding.read_now(_line(command.kind, command.words))

    def _reads(self, kind: CommandKind, words: str) -> bool:
        """Whether words tell when, or how long."""
        try:
            found = self._adding.read_plain(_line(kind, words))
        except UserFacingError:
            return False
        if found.title != _BLANK:
            return False
        if kind is CommandKind.ESTIMATE:
            return found.duration_min is not None
        return found.start is not None or found.due is not None

    def _asked(self, job: Job[Proposal], text: str) -> Command | None:
        """What a model takes the sentence for; None where its words do not stand there."""
        turns = (
            Turn(Role.SYSTEM, _SYSTEM),
            Turn(Role.USER, "let's do the maths sheet on monday instead"),
            Turn(Role.ASSISTANT, '{"action": "move", "task": "maths sheet", "words": "on monday"}'),
            Turn(Role.USER, text[:500]),
        )
        asked = self._structured().value(_SCHEMA, Wish(turns, _SAMPLING))
        job.cancel_token.watch(asked.cancel)
        try:
            value = asked.result()
        except UserFacingError:
            return None
        if value["action"] == "none":
            return None
        command = Command(CommandKind(value["action"]), value["task"], value["words"])
        return command if self._holds(command, text) else None

    def _holds(self, command: Command, text: str) -> bool:
        if not (stands_in(command.task, text) and stands_in(command.words, text)):
            return False
        match command.kind:
            case CommandKind.PLAN_WEEK:
                return not command.task
            case CommandKind.ADD:
                return bool(command.words.strip())
            case CommandKind.DONE:
                return bool(command.task.strip())
            case _:
                return bool(command.task.strip()) and self._reads(command.kind, command.words)


def _line(kind: CommandKind, words: str) -> str:
    return (
        f"{_BLANK} ~{words.lstrip('~ ')}" if kind is CommandKind.ESTIMATE else f"{_BLANK} {words}"
    )


def _meant(repository: TaskRepository, words: str) -> Task:
    """The open task that words name: by its title, else by the words in it.

    Raises:
        UserFacingError: There is none (``task_unknown``), or there are several
            (``task_ambiguous``), which are named.
    """
    said_words = words.casefold().split()
    found = list(repository.titled(words))
    if not found:
        every = repository.find(TaskFilter(words=tuple(said_words) or (words,)))
        titled = [one for one in every if all(each in one.title.casefold() for each in said_words)]
        found = titled or list(every)
    if not found:
        raise UserFacingError(
            f"There is no open task “{words[:60]}”.",
            "“assistant plan list” shows the tasks; use words of the title.",
            code="task_unknown",
        )
    if len(found) > 1:
        names = ", ".join(f"“{one.title[:60]}” ({one.id})" for one in found[:_MOST_NAMED])
        raise UserFacingError(
            f"“{words[:60]}” may be {names}{' or others' if len(found) > _MOST_NAMED else ''}.",
            "Use more words of the title.",
            code="task_ambiguous",
        )
    return found[0]


def _week_words(repository: TaskRepository) -> tuple[str, ...]:
    tasks = repository.find(TaskFilter())
    minutes = sum(one.estimate_min or 0 for one in tasks)
    unknown = sum(one.estimate_min is None for one in tasks)
    lines = [f"A place in the next seven days for {_counted(len(tasks), 'open task')}"]
    if minutes:
        lines.append(f"{minutes // 60} h {minutes % 60} min are estimated")
    if unknown:
        lines.append(f"{_counted(unknown, 'task')} without an estimate")
    return tuple(lines)


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"
