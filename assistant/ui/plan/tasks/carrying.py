"""Tasks on their way from one place to another, by the mouse."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData

from assistant.domain.ids import TaskId

_TASKS = "application/x-lamplight-tasks"


def carried(tasks: Sequence[TaskId]) -> QMimeData:
    """Tasks that were taken."""
    data = QMimeData()
    data.setData(_TASKS, QByteArray(" ".join(str(task) for task in tasks).encode()))
    return data


def are_tasks(data: QMimeData) -> bool:
    """Whether tasks were taken, and not something else."""
    return data.hasFormat(_TASKS)


def tasks_of(data: QMimeData) -> list[TaskId]:
    """The tasks that were taken."""
    words = bytes(data.data(_TASKS).data()).decode("ascii", "replace").split()
    return [TaskId(int(word)) for word in words if word.isdecimal()]
