"""Changes of tasks that are named in words: a deadline, a length, a project, or none of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import DayPart, Priority, Task
from assistant.planner.quick_add.parts import QuickAdd
from assistant.planner.quick_add.vocabulary import Vocabulary
from assistant.planner.tasks.coming_again import off_left_out
from assistant.planner.tasks.from_line import with_line
from assistant.services.jobs import Job
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.reading import LineReader
from assistant.services.planning.tasks import edit_now
from assistant.store.tasks import TaskRepository

NONE: Final = "none"
"""Takes away what a task had."""
_TITLE: Final = "x"


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be changed, in words; None leaves it, ``none`` takes it away."""

    title: str | None = None
    notes: str | None = None
    due: str | None = None
    """As after “by”: “fri 5pm”."""
    start: str | None = None
    """“tomorrow 3pm” makes an appointment; a day is when it can be begun."""
    estimate: str | None = None
    """“90 min”, “1h 30m”."""
    repeat: str | None = None
    """“every other week”, “every monday, not 24 nov”; what it leaves out is said anew as well."""
    priority: str | None = None
    project: str | None = None
    """By its name."""
    place: str | None = None
    prefers: str | None = None
    """A part of the day."""
    parent: TaskId | None = None
    """0 takes it out of what it is a part of."""
    after: tuple[TaskId, ...] = ()
    """What it waits for as well."""
    not_after: tuple[TaskId, ...] = ()
    """What it waits for no more."""
    tags: tuple[str, ...] = ()
    without_tags: tuple[str, ...] = ()
    split: bool | None = None


class EditingService:
    """Changes tasks by what is said of them.

    Args:
        desk: Where planning is written.
        reader: Reads dates and lengths.
        vocabulary: The user's own words, on the store thread.
    """

    def __init__(
        self, desk: PlanningDesk, reader: LineReader, vocabulary: Callable[[], Vocabulary]
    ) -> None:
        self._desk = desk
        self._reader = reader
        self._vocabulary = vocabulary

    def edit(self, tasks: Sequence[TaskId], wish: Edit) -> Job[tuple[Task, ...]]:
        """Changes one task or many, as one step.

        Raises (from the job):
            UserFacingError: A word cannot be read (``edit_unreadable``), a project or task is not
                there, or a task would be what cannot be; nothing was changed.
        """

        def work(repository: TaskRepository) -> tuple[Task, ...]:
            self.edit_now(tasks, wish)
            return repository.several(tasks)

        return self._desk.work(work)

    def edit_now(self, tasks: Sequence[TaskId], wish: Edit, words: str = "") -> None:
        """As ``edit``; on the store thread."""
        changes = [
            *self._said(wish),
            *_plain(wish),
            *_links(wish),
            *self._into_project(wish),
        ]

        def change(task: Task) -> Task:
            for one in changes:
                task = one(task)
            return task

        edit_now(self._desk, tasks, change, words)

    def _said(self, wish: Edit) -> list[Callable[[Task], Task]]:
        """Changes that the grammar reads."""
        found: list[Callable[[Task], Task]] = []
        if wish.start is not None:
            found.append(self._dated(wish.start, "", _no_start))
        if wish.due is not None:
            found.append(self._dated(wish.due, "by ", _no_due))
        if wish.estimate is not None:
            found.append(self._lasting(wish.estimate))
        if wish.repeat is not None:
            found.append(self._repeating(wish.repeat))
        return found

    def _dated(
        self, text: str, before: str, none: Callable[[Task], Task]
    ) -> Callable[[Task], Task]:
        if text.lower() == NONE:
            return none
        found = self._read(f"{_TITLE} {before}{text}", text)
        if before and found.due is None:
            raise _unreadable(text, "a day or a time such as “fri 5pm” or “2026-05-01”")
        if not before and found.start is None:
            raise _unreadable(text, "a day or a time such as “tomorrow 3pm”")
        moment = QuickAdd("", start=found.start, end=found.end, due=found.due, grain=found.grain)
        moment = replace(moment, parts=found.parts)
        if before:
            return lambda task: replace(task, due=with_line(task, moment).due)
        return lambda task: _begun(task, with_line(replace(task, due=None), moment))

    def _lasting(self, text: str) -> Callable[[Task], Task]:
        if text.lower() == NONE:
            return lambda task: replace(task, estimate_min=None)
        minutes = int(text) if text.isdecimal() and len(text) < _DIGITS else None
        if minutes is None:
            minutes = self._read(f"{_TITLE} ~{text.lstrip('~ ')}", text).duration_min
        if minutes is None:
            raise _unreadable(text, "a length such as “90 min” or “1h 30m”")
        return lambda task: replace(task, estimate_min=minutes)

    def _repeating(self, text: str) -> Callable[[Task], Task]:
        if text.lower() == NONE:
            return lambda task: replace(task, repeat=None)
        repeat = with_line(_blank(self._desk.now()), self._read(f"{_TITLE} {text}", text)).repeat
        if repeat is None:
            raise _unreadable(text, "a recurrence such as “every other week”")
        return lambda task: off_left_out(replace(task, repeat=repeat), counted=False)

    def _read(self, line: str, text: str) -> QuickAdd:
        found = self._reader.read(line, self._vocabulary())
        if found.title not in {_TITLE, f"{_TITLE} ~"}:
            raise _unreadable(text, "it in other words")
        return found

    def _into_project(self, wish: Edit) -> list[Callable[[Task], Task]]:
        if wish.project is None:
            return []
        project: ProjectId | None = None
        if wish.project.lower() not in {NONE, "inbox"}:
            named = self._desk.repository.project_named(wish.project)
            if named is None:
                raise UserFacingError(
                    f"There is no project “{wish.project[:80]}”.",
                    "“assistant plan projects” lists them.",
                    code="project_unknown",
                )
            project = named.id
        return [lambda task: replace(task, project=project)]


_DIGITS: Final = 7


def _plain(wish: Edit) -> list[Callable[[Task], Task]]:
    """Changes that need no reading."""
    found: list[Callable[[Task], Task]] = []
    texts = {name: getattr(wish, name) for name in ("title", "notes", "place")}
    given = {
        name: "" if name != "title" and value.lower() == NONE else value
        for name, value in texts.items()
        if value is not None
    }
    if given:
        found.append(lambda task: replace(task, **given))
    if wish.priority is not None:
        level = None if wish.priority.lower() == NONE else _named(Priority, wish.priority)
        found.append(lambda task: replace(task, priority=level))
    if wish.prefers is not None:
        part = None if wish.prefers.lower() == NONE else _named(DayPart, wish.prefers)
        found.append(lambda task: replace(task, prefers=part))
    if wish.split is not None:
        allowed = wish.split
        found.append(lambda task: replace(task, splitting=replace(task.splitting, allowed=allowed)))
    if wish.tags or wish.without_tags:
        gone = {tag.casefold() for tag in wish.without_tags}

        def tagged(task: Task) -> Task:
            kept = [tag for tag in task.tags if tag.casefold() not in gone]
            return replace(task, tags=tuple(dict.fromkeys((*kept, *wish.tags))))

        found.append(tagged)
    return found


def _links(wish: Edit) -> list[Callable[[Task], Task]]:
    found: list[Callable[[Task], Task]] = []
    if wish.parent is not None:
        parent = wish.parent or None
        found.append(lambda task: replace(task, parent=parent))
    if wish.after or wish.not_after:

        def linked(task: Task) -> Task:
            kept = [first for first in task.waits_for if first not in wish.not_after]
            return replace(task, waits_for=tuple(dict.fromkeys((*kept, *wish.after))))

        found.append(linked)
    return found


def _named(kind: type[Priority] | type[DayPart], value: str) -> Priority | DayPart:
    try:
        return kind(value.lower())
    except ValueError:
        raise _unreadable(value, " or ".join(f"“{one.value}”" for one in kind)) from None


def _unreadable(text: str, instead: str) -> UserFacingError:
    return UserFacingError(
        f"“{text[:60]}” cannot be read.", f"Write {instead}.", code="edit_unreadable"
    )


def _no_due(task: Task) -> Task:
    return replace(task, due=None)


def _no_start(task: Task) -> Task:
    return replace(task, not_before=None, fixed_start=None, fixed_end=None)


def _begun(old: Task, new: Task) -> Task:
    """A task with a new beginning; its deadline and the length of an appointment stay."""
    end = new.fixed_end
    if new.fixed_start and not end and old.fixed_start and old.fixed_end:
        end = new.fixed_start + (old.fixed_end - old.fixed_start)
    return replace(new, due=old.due, fixed_end=end)


def _blank(now: datetime) -> Task:
    return Task(TaskId(0), _TITLE, now)
