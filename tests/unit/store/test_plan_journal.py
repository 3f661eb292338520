"""Steps of planning are undone and redone exactly."""

from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text

from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import Due, Project, Task, TaskState, Work
from assistant.domain.task_filter import TaskFilter
from assistant.store import plan_journal, plan_settings
from assistant.store.migrations.m0008_planner import JOURNALED
from assistant.store.tasks import EVERYTHING, TaskRepository
from tests.helpers.store_engine import opened

NOW = datetime(2026, 3, 2, 9, 0, 0, 123, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
NEW = TaskId(0)


@pytest.fixture
def engine() -> Generator[Engine]:
    with opened() as made:
        yield made


def everything(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table whose changes can be undone."""
    with engine.connect() as connection:
        return {
            name: [
                tuple(row)
                for row in connection.execute(text(f'SELECT * FROM "{name}" ORDER BY id'))  # noqa: S608 - our own names
            ]
            for name in JOURNALED
        }


def task(title: str, **parts: object) -> Task:
    return replace(Task(NEW, title, NOW), **parts)  # pyright: ignore[reportArgumentType] - parts by name


def test_whatever_a_step_did_is_undone_and_redone_to_the_last_digit(engine: Engine) -> None:
    repository = TaskRepository(engine, BERLIN)
    states = [everything(engine)]

    def done() -> None:
        states.append(everything(engine))

    with repository.step("Add", NOW) as writes:
        project = writes.add_project(Project(ProjectId(0), "Chem", NOW))
        first = writes.add(task("First", project=project.id, tags=("a", "ß")))
        second = writes.add(task("Second", parent=first.id, due=Due(NOW.astimezone(BERLIN))))
        third = writes.add(task("Third", waits_for=(second.id, first.id)))
        writes.add_work(Work(second.id, NOW, None))
    done()
    with repository.step("Move", NOW) as writes:
        writes.put_between([third.id], None)
        writes.keep(replace(second, parent=third.id, state=TaskState.DOING))
        writes.set_waits(third.id, [])
        writes.set_waits(third.id, [first.id])
    done()
    with repository.step("Delete", NOW) as writes:
        writes.delete([first.id])
        writes.delete_project(project.id)
    done()
    with repository.journal.step("Settings", NOW) as writing:
        plan_settings.keep_setting(writing, "zone", "Europe/Berlin")
        plan_settings.keep_word(writing, "after class", "15:30", 1)
        plan_settings.keep_answer(writing, NOW, "energy", "morning")
    done()
    left = [task.id for task in repository.find(EVERYTHING)]
    with repository.step("Empty", NOW) as writes:
        writes.delete(left)
    done()
    there_and_back(repository, engine, states)


def there_and_back(
    repository: TaskRepository, engine: Engine, states: list[dict[str, list[tuple[object, ...]]]]
) -> None:
    words = ["Empty", "Settings", "Delete", "Move", "Add"]
    assert [step.words for step in repository.journal.steps()] == words
    for expected, name in zip(reversed(states[:-1]), words, strict=True):
        undone = repository.journal.undo()
        assert undone is not None
        assert (undone.step.words, undone.step.undone) == (name, True)
        assert everything(engine) == expected
    assert repository.journal.undo() is None
    for expected, name in zip(states[1:], reversed(words), strict=True):
        following = repository.journal.next_redo()
        assert following is not None
        assert following.words == name
        redone = repository.journal.redo()
        assert redone is not None
        assert everything(engine) == expected
    assert repository.journal.redo() is None
    assert repository.journal.next_redo() is None


def test_a_new_step_ends_what_could_be_redone(engine: Engine) -> None:
    repository = TaskRepository(engine, BERLIN)
    with repository.step("One", NOW) as writes:
        one = writes.add(task("One"))
    assert writes.touched is not None
    assert (writes.touched.tasks, writes.touched.step.words) == (frozenset({one.id}), "One")
    assert writes.touched.tables == {"task", "taskevent"}
    assert repository.journal.undo() is not None
    with repository.step("Nothing", NOW) as writes:
        pass
    assert writes.touched is None
    assert repository.journal.next_redo() is not None
    with repository.step("Two", NOW) as writes:
        two = writes.add(task("Two"))
    assert two.id > one.id  # an id that was given is never given again
    assert repository.journal.redo() is None
    with repository.step("More", NOW, joined=True) as writes:
        writes.add(task("Three"))
    assert [step.words for step in repository.journal.steps()] == ["Two"]
    repository.journal.undo()
    assert repository.count(EVERYTHING) == 0
    with repository.step("Alone", NOW, joined=True) as writes:
        writes.add(task("Four"))
    assert [step.words for step in repository.journal.steps()] == ["Alone"]


def test_a_step_that_fails_leaves_nothing(engine: Engine) -> None:
    repository = TaskRepository(engine, BERLIN)

    def fail() -> None:
        with repository.step("Half", NOW) as writes:
            writes.add(task("One"))
            writes.keep(task("No such"))

    with pytest.raises(KeyError):
        fail()
    assert repository.count(EVERYTHING) == 0
    assert repository.journal.steps() == ()
    with repository.step("Whole", NOW) as writes:
        writes.add(task("One"))
    assert len(repository.journal.steps()) == 1


def test_only_so_many_steps_are_kept(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_journal, "KEPT_STEPS", 3)
    repository = TaskRepository(engine, BERLIN)
    for number in range(5):
        with repository.step(str(number), NOW) as writes:
            writes.add(task(str(number)))
    assert [step.words for step in repository.journal.steps()] == ["4", "3", "2"]
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT count(DISTINCT step_id) FROM planchange")).scalar()
    assert kept == 3
    monkeypatch.setattr(plan_journal, "MOST_CHANGES", 3)
    with repository.step("large", NOW) as writes:
        for number in range(9):
            writes.add(task(str(number)))
    assert [step.words for step in repository.journal.steps()] == ["large"]
    repository.journal.undo()
    assert repository.count(EVERYTHING) == 5


def test_steps_survive_a_restart(tmp_path: Path) -> None:
    from assistant.store.connection import encrypted_engine
    from tests.helpers.store_engine import KEY

    path = tmp_path / "vault.db"
    with opened(path) as engine:
        repository = TaskRepository(engine, BERLIN)
        with repository.step("Add", NOW) as writes:
            added = writes.add(task("One", notes="Füße"))
        before = everything(engine)
        with repository.step("Delete", NOW) as writes:
            writes.delete([added.id])
    again = encrypted_engine(path, KEY)
    repository = TaskRepository(again, BERLIN)
    undone = repository.journal.undo()
    assert undone is not None
    assert undone.tasks == {added.id}
    assert everything(again) == before
    assert repository.find(TaskFilter()) == (added,)
    again.dispose()
