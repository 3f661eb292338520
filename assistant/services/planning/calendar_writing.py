"""Tasks as the to-dos of calendars: where they came from, and beside those for the others."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.planner.calendar import CalendarItem, CalendarText, ItemKind, relations_of, todo_of
from assistant.planner.calendar.parsing import zones_known
from assistant.services.planning.calendar_importing import TASKS_OF_ITEMS, Shelves
from assistant.services.planning.calendar_links import relations_to_write
from assistant.store.tasks import EVERYTHING


class TaskWriting:
    """Writes the tasks of a vault; on the store thread.

    Args:
        shelves: Where they are.
        identity: By which the vault knows its own tasks again.
    """

    def __init__(self, shelves: Shelves, identity: str) -> None:
        self._became: dict[str, int] = shelves.settings.get(TASKS_OF_ITEMS) or {}
        self._tasks = {task.id: task for task in shelves.tasks.find(EVERYTHING)}
        came = {TaskId(task): uid for uid, task in self._became.items()}
        self._uids = {task: came.get(task, f"task-{task}-{identity}") for task in self._tasks}
        self._identity = identity
        self._known = {uid: task for task, uid in self._uids.items()}
        self._projects = {one.id: one.name for one in shelves.tasks.projects(archived=True)}
        self._left = dict(self._tasks)

    def uid(self, task: TaskId) -> str:
        """By which a task, or what stands for one in a plan, is known again."""
        return self._uids.get(task, f"task-{task}-{self._identity}")

    def in_place(self, calendar: CalendarText) -> CalendarText:
        """A calendar with the tasks that came from it as they are now; without deleted ones."""
        items: list[CalendarItem] = []
        with zones_known(calendar.zones):
            for item in calendar.items:
                if item.kind is not ItemKind.TASK or item.uid not in self._became:
                    items.append(item)
                    continue
                task = self._left.pop(TaskId(self._became[item.uid]), None)
                if task is not None:
                    items.append(replace(item, text=self._text(task, item)))
        return replace(calendar, items=tuple(items))

    def others(self) -> Iterator[str]:
        """The tasks that came from no calendar that is still there, as they were put in order."""
        for task in sorted(self._left.values(), key=lambda task: (task.position, task.id)):
            yield self._text(task, None)

    def _text(self, task: Task, item: CalendarItem | None) -> str:
        before = () if item is None else relations_of(item)
        return todo_of(
            task,
            self._uids[task.id],
            "" if task.project is None else self._projects.get(task.project, ""),
            "" if item is None else item.text,
            relations_to_write(task, self._uids, before, self._known),
        )
