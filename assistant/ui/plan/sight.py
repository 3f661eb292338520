"""Which tasks a page lists, and what is said of those that leave it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from assistant.domain.ids import ProjectId
from assistant.domain.task import Task, TaskState
from assistant.ui.plan.tasks.naming import named
from assistant.ui.plan.words import due_words

UPCOMING_DAYS = 28


def is_listed(page: str, task: Task, today: date, project: ProjectId | None) -> bool:
    """Whether a page lists a task that is open, however far below.

    Args:
        page: Its key; one that lists no tasks lists none.
        task: Which.
        today: The day, where the user is.
        project: The one that the page of projects lists.
    """
    if page == "inbox":
        return task.project is None
    if page == "project":
        return task.project == project
    if page == "today" and task.state is TaskState.DOING:
        return True
    starts = task.fixed_start or (task.due.moment if task.due is not None else None)
    ahead = {"today": 1, "upcoming": UPCOMING_DAYS}.get(page, 0)
    if ahead and starts is not None:
        return starts.date() < today + timedelta(days=ahead)
    return page == "board"


def gone_words(
    before: Sequence[Task],
    after: Sequence[Task],
    projects: Mapping[ProjectId, str],
    today: date,
) -> str:
    """Where tasks are that were changed and left the page.

    Args:
        before: As they were; one at least.
        after: The same ones as they are, all with the same change.
        projects: Names.
        today: The day, where the user is.
    """
    said, one = named(after), after[0]
    if [task.project for task in before] != [task.project for task in after]:
        where = "Inbox" if one.project is None else projects.get(one.project, "another project")
        return f"{said} in {where[:40]} now."
    if [task.due for task in before] == [task.due for task in after]:
        return f"{said} changed, and not listed here."
    if one.due is None:
        return f"{said} not due on any day now."
    due = due_words(one.due, today)
    near = due.split(",")[0] in {"Today", "Tomorrow", "Yesterday"}
    return f"{said} due {due[0].lower() + due[1:] if near else due}."
