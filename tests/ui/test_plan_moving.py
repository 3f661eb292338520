"""Where tasks of a list go when they are moved in it, by keys or by the mouse."""

from datetime import UTC, datetime

import pytest

from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.ui.plan.tasks.model import TaskRow
from assistant.ui.plan.tasks.moving import Move, Way, dropped, moved

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def row(task: int, depth: int = 0, parent: int | None = None) -> TaskRow:
    whole = None if parent is None else TaskId(parent)
    return TaskRow(
        f"task {task}", Task(TaskId(task), f"task {task}", NOW, parent=whole), depth=depth
    )


ROWS = [row(1), row(2, 1, 1), row(3, 2, 2), row(4, 1, 1), row(5), row(6, 1, 5), row(7)]
"""1 with 2 (with 3) and 4; 5 with 6; 7."""


def ids(*tasks: int) -> tuple[TaskId, ...]:
    return tuple(TaskId(task) for task in tasks)


@pytest.mark.parametrize(
    ("chosen", "way", "wanted"),
    [
        ((5,), Way.UP, Move(ids(5), None)),
        ((7,), Way.UP, Move(ids(7), TaskId(1))),
        ((1,), Way.UP, None),
        ((1,), Way.DOWN, Move(ids(1), TaskId(5))),
        ((1, 2, 3), Way.DOWN, Move(ids(1), TaskId(5))),
        ((5, 7), Way.DOWN, None),
        ((5, 7), Way.UP, Move(ids(5, 7), None)),
        ((2,), Way.DOWN, Move(ids(2), TaskId(4))),
        ((4,), Way.IN, Move(ids(4), None, is_part=True, parent=TaskId(2))),
        ((2,), Way.IN, None),
        ((3,), Way.OUT, Move(ids(3), TaskId(2), is_part=True, parent=TaskId(1))),
        ((4,), Way.OUT, Move(ids(4), TaskId(1), is_part=True)),
        ((5,), Way.OUT, None),
        ((4, 6), Way.UP, None),
        ((), Way.UP, None),
        ((99,), Way.UP, None),
    ],
)
def test_by_keys(chosen: tuple[int, ...], way: Way, wanted: Move | None) -> None:
    assert moved(ROWS, ids(*chosen), way) == wanted


@pytest.mark.parametrize(
    ("chosen", "target", "below", "wanted"),
    [
        ((7,), 1, False, Move(ids(7), None)),
        ((7,), 5, False, Move(ids(7), TaskId(1))),
        ((7,), 1, True, Move(ids(7), None, is_part=True, parent=TaskId(1), first=True)),
        ((7,), 4, True, Move(ids(7), TaskId(4), is_part=True, parent=TaskId(1))),
        ((7,), 2, False, Move(ids(7), None, is_part=True, parent=TaskId(1), first=True)),
        ((2,), 7, True, Move(ids(2), TaskId(7), is_part=True)),
        ((2,), 4, True, Move(ids(2), TaskId(4))),
        ((1,), 3, True, None),
        ((1,), 1, True, None),
        ((1,), 99, True, None),
    ],
)
def test_by_the_mouse(
    chosen: tuple[int, ...], target: int, *, below: bool, wanted: Move | None
) -> None:
    assert dropped(ROWS, ids(*chosen), TaskId(target), below=below) == wanted
