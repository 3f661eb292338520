"""What a command would make of the tasks, before the plan is looked at; on the store thread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from assistant.domain.clock_face import ClockFace
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import Priority, Task
from assistant.planner.commands.changes import (
    changes_in_words,
    due_in_words,
    moved,
    stretch,
)
from assistant.planner.commands.consequences import named as quoted
from assistant.planner.commands.reading import Command, CommandKind
from assistant.planner.quick_add.parts import Part, PartKind, QuickAdd
from assistant.planner.tasks.from_line import with_line
from assistant.planner.tasks.rules import check_task
from assistant.services.planning.adding import AddingService
from assistant.services.planning.naming import named
from assistant.services.planning.tasks import check_links, said
from assistant.store.tasks import TaskRepository

_LEVELS: Final = {
    "urgent": Priority.URGENT,
    "high": Priority.HIGH,
    "important": Priority.HIGH,
    "medium": Priority.MEDIUM,
    "normal": None,
    "ordinary": None,
    "low": Priority.LOW,
    "unimportant": Priority.LOW,
}
_VERBS: Final = {
    CommandKind.MOVE: "Move",
    CommandKind.SCHEDULE: "Schedule",
    CommandKind.DUE: "Change the deadline of",
    CommandKind.ESTIMATE: "Estimate",
    CommandKind.RENAME: "Rename",
    CommandKind.PRIORITY: "Change the priority of",
    CommandKind.ORDER: "Put in order",
}
_ENDING: Final = {
    CommandKind.DONE: ("Complete", "is done"),
    CommandKind.CANCEL: ("Cancel", "is cancelled and stays among what was dropped"),
    CommandKind.DELETE: ("Delete", "is deleted with its notes and its time"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a command would make of the tasks.

    Args:
        command: Which; it may be another one than was read.
        title: What would be done: “Move “Chemistry””.
        lines: What would change of the task.
        task: The task that it is about as it is; None for a new one.
        new: As it would be; None where it would be open no more.
        gone: Tasks that would be open no more.
        stretch: When the plan is to have it: from when until when, or at which moment.
        again: Whether it comes again, so that the plan can be foretold only when that is done.
    """

    command: Command
    title: str
    lines: tuple[str, ...]
    task: Task | None = None
    new: Task | None = None
    gone: frozenset[TaskId] = frozenset()
    stretch: tuple[datetime, datetime | None] | None = None
    again: bool = False

    def apply(self, tasks: Sequence[Task]) -> tuple[Task, ...]:
        """The open tasks as they would be."""
        kept = [one for one in tasks if one.id not in self.gone]
        if self.new is None:
            return tuple(kept)
        if self.task is None:
            return (*kept, self.new)
        return tuple(self.new if one.id == self.new.id else one for one in kept)


class Drafter:
    """Drafts commands; on the store thread.

    Args:
        adding: Reads lines.
        now: Tells the present moment in the user's zone.
        face: How times of day are written.
    """

    def __init__(self, adding: AddingService, now: Callable[[], datetime], face: ClockFace) -> None:
        self._adding = adding
        self._now = now
        self._face = face

    def draft(
        self, repository: TaskRepository, command: Command, planned_until: datetime | None
    ) -> Draft:
        """What a command that changes something would do.

        Args:
            repository: Of the tasks.
            command: Which.
            planned_until: When the plan ends; None where there is none.

        Raises:
            UserFacingError: The task is unknown, or it would be what cannot be.
            AmbiguousTaskError: Several may be meant.
        """
        if command.kind is CommandKind.ADD:
            return self._added(repository, command)
        try:
            task = named(repository, command, command.task, self._face)
        except UserFacingError as error:
            if error.code != "task_unknown" or command.kind is not CommandKind.SCHEDULE:
                raise
            line = Command(CommandKind.ADD, words=f"{command.task} {command.words}")
            return self._added(repository, line)
        if command.kind in _ENDING:
            return _ended(repository, command, task)
        if command.kind in {CommandKind.MOVE, CommandKind.SCHEDULE}:
            wanted = stretch(task, self.read(command))
            if self._is_planned(task, wanted, planned_until):
                return Draft(
                    command, said(_VERBS[command.kind], [task]), (), task, task, frozenset(), wanted
                )
        return self._edited(repository, command, task)

    def read(self, command: Command) -> QuickAdd:
        """The words for when or how long, read with the user's own words."""
        return self._adding.read_now(line(command.kind, command.words))

    def changed(self, repository: TaskRepository, task: Task, command: Command) -> Task:
        """A task as an editing command makes it."""
        match command.kind:
            case CommandKind.RENAME:
                return replace(task, title=" ".join(command.words.split()).strip("\"“”'"))
            case CommandKind.PRIORITY:
                return replace(task, priority=_LEVELS[command.words.lower()])
            case CommandKind.ESTIMATE:
                return replace(task, estimate_min=self.read(command).duration_min)
            case CommandKind.ORDER:
                first = task.id
                later = named(repository, command, command.words, self._face)
                return replace(later, waits_for=tuple(dict.fromkeys((*later.waits_for, first))))
            case _:
                return moved(task, self.read(command))

    def _is_planned(
        self,
        task: Task,
        wanted: tuple[datetime, datetime | None] | None,
        until: datetime | None,
    ) -> bool:
        """Whether the plan has the task, so that it is moved there."""
        if wanted is None or until is None or task.fixed_start is not None:
            return False
        return wanted[0] < until

    def _added(self, repository: TaskRepository, command: Command) -> Draft:
        found = self._adding.read_now(command.words)
        fresh = TaskId(1 + max(repository.titles(open_only=False, limit=None), default=0))
        new = with_line(Task(fresh, found.title, self._now()), found)
        check_task(new)
        lines = [f"{part.kind.value}: {self._told(part)}" for part in found.parts]
        title = f"Add {quoted(found.title)}"
        return Draft(command, title, (f"New task: {found.title}", *lines), None, new)

    def _told(self, part: Part) -> str:
        is_time = part.kind in {PartKind.WHEN, PartKind.DUE}
        return self._face.told(part.value) if is_time else part.value

    def _edited(self, repository: TaskRepository, command: Command, task: Task) -> Draft:
        new = self.changed(repository, task, command)
        if command.kind is CommandKind.ORDER:
            return _ordered(repository, command, task, new)
        lines = changes_in_words(task, new, self._face)
        if not lines:
            raise UserFacingError(
                f"{quoted(task.title)} is like that already.",
                "Name another time or length.",
                code="nothing_to_change",
            )
        _check(task, new, command, self._face)
        return Draft(command, said(_VERBS[command.kind], [task]), lines, task, new)


def line(kind: CommandKind, words: str) -> str:
    """Words for when or how long as a line that the grammar of tasks reads."""
    if kind is CommandKind.ESTIMATE:
        return f"{BLANK} ~{words.lstrip('~ ')}"
    first = words.split(maxsplit=1)[:1]
    if kind is CommandKind.DUE and not _BY.intersection(one.lower() for one in first):
        return f"{BLANK} by {words}"
    return f"{BLANK} {words}"


BLANK: Final = "x"
_BY: Final = frozenset(["by", "before", "until", "till"])


def _ended(repository: TaskRepository, command: Command, task: Task) -> Draft:
    verb, words = _ENDING[command.kind]
    parts = [part for part in repository.below(task.id) if part.is_open]
    lines = [f"{quoted(task.title)} {words}"]
    if parts:
        verb_form = "is" if len(parts) == 1 else "are"
        how = words.split(maxsplit=2)[1]
        lines.append(f"{counted(len(parts), 'open part')} {verb_form} {how} as well")
    waiting = [one for one in repository.several(repository.waiting_for(task.id)) if one.is_open]
    if waiting and command.kind is not CommandKind.DONE:
        waits = "waits" if len(waiting) == 1 else "wait"
        lines.append(f"{counted(len(waiting), 'task')} no longer {waits} for it")
    again = task.repeat is not None and command.kind is not CommandKind.DELETE
    if again:
        lines.append("It comes again")
    elif task.repeat is not None:
        lines.append("It does not come again")
    gone = frozenset({task.id, *(part.id for part in parts)})
    return Draft(command, said(verb, [task]), tuple(lines), task, None, gone, None, again=again)


def _ordered(repository: TaskRepository, command: Command, first: Task, later: Task) -> Draft:
    old = repository.get(later.id)
    if old == later:
        raise UserFacingError(
            f"{quoted(later.title)} waits for {quoted(first.title)} already.",
            "Name other tasks.",
            code="nothing_to_change",
        )
    check_links(repository, [(old, later)])
    lines = (f"{quoted(later.title)} begins only when {quoted(first.title)} is done",)
    title = f"Put {quoted(first.title)} before {quoted(later.title)}"
    return Draft(command, title, lines, old, later)


def _check(task: Task, new: Task, command: Command, face: ClockFace) -> None:
    """Refuses what cannot be, and says how the deadline can be moved with it."""
    try:
        check_task(new)
    except UserFacingError as error:
        if error.code != "due_before_start" or task.due is None:
            raise
        raise UserFacingError(
            f"{quoted(task.title)} is due {due_in_words(task.due, face)}, which is before that.",
            f"Say “move the deadline of {task.title[:60]} to {command.words}” first, or plan the "
            "week to move it within the plan.",
            code="move_past_deadline",
        ) from error


def counted(number: int, name: str) -> str:
    """“1 task”, “2 tasks”."""
    return f"{number} {name}{'' if number == 1 else 's'}"


def day_after(moment: datetime) -> datetime:
    """The midnight after a moment."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(1)
