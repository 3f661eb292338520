"""What something is said of."""

from collections.abc import Sequence

from assistant.domain.task import Task

LONGEST = 60


def named(tasks: Sequence[Task]) -> str:
    """What something is said of: “Essay” is, 3 tasks are."""
    if len(tasks) == 1:
        title = tasks[0].title
        return f"“{title if len(title) <= LONGEST else title[: LONGEST - 1] + '…'}” is"
    return f"{len(tasks)} tasks are"
