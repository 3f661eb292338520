"""Whatever is done to tasks, undoing all of it leads back, and redoing all of it leads there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import Project, Task, TaskState, Work
from assistant.store.migrations.m0008_planner import JOURNALED
from assistant.store.task_writes import TaskWrites
from assistant.store.tasks import EVERYTHING, TaskRepository
from tests.helpers.store_engine import opened

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NEW = TaskId(0)


def state_of(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return {
            name: [
                tuple(row)
                for row in connection.execute(text(f'SELECT * FROM "{name}" ORDER BY id'))  # noqa: S608 - our own names
            ]
            for name in JOURNALED
        }


def change(
    repository: TaskRepository, kind: str, first: int, second: int
) -> Callable[[TaskWrites], object] | None:
    """One change of what is there; None where there is nothing to change."""
    tasks = repository.find(EVERYTHING)
    projects = repository.projects(archived=True)
    one = tasks[first % len(tasks)] if tasks else None
    other = tasks[second % len(tasks)] if tasks else None
    if kind == "add":
        project = projects[first % len(projects)].id if projects else None
        parent = other.id if other and second % 3 == 0 else None
        return lambda writes: writes.add(
            Task(NEW, f"t{first}", NOW, project=project, parent=parent)
        )
    if kind == "project":
        return lambda writes: writes.add_project(Project(ProjectId(0), f"p{first}", NOW))
    if kind == "unproject":
        return (lambda writes: writes.delete_project(projects[0].id)) if projects else None
    if one is None or other is None:
        return None
    state = list(TaskState)[first % len(TaskState)]
    changes: dict[str, Callable[[TaskWrites], object]] = {
        "delete": lambda writes: writes.delete([one.id]),
        "keep": lambda writes: writes.keep(replace(one, state=state, notes=str(second))),
        "waits": lambda writes: writes.set_waits(one.id, [other.id] if one != other else []),
        "put": lambda writes: writes.put_between([one.id], other.id if one != other else None),
        "work": lambda writes: writes.add_work(Work(one.id, NOW, NOW + timedelta(minutes=first))),
    }
    return changes[kind]


KINDS = ("add", "add", "add", "project", "unproject", "delete", "keep", "waits", "put", "work")
STEPS = st.lists(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.integers(0, 9), st.integers(0, 9)),
        min_size=1,
        max_size=3,
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=15, deadline=None)
@given(STEPS)
def test_undoing_leads_back_and_redoing_there(steps: list[list[tuple[str, int, int]]]) -> None:
    with opened() as engine:
        repository = TaskRepository(engine, UTC)
        states = [state_of(engine)]
        for number, kinds in enumerate(steps):
            changes = [change(repository, *kind) for kind in kinds]
            gone = any(kind[0] in {"delete", "unproject"} for kind in kinds)
            with repository.step(str(number), NOW) as writes:
                # What one change of a step deleted, another must not touch.
                for one in changes[:1] if gone else changes:
                    if one is not None:
                        one(writes)
            if writes.touched is not None:
                states.append(state_of(engine))
        for state in reversed(states[:-1]):
            assert repository.journal.undo() is not None
            assert state_of(engine) == state
        assert repository.journal.undo() is None
        for state in states[1:]:
            assert repository.journal.redo() is not None
            assert state_of(engine) == state
