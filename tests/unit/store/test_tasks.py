"""Tasks in the vault: kept as they are, and found by filters."""

from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import (
    DayPart,
    Due,
    Happened,
    Priority,
    Project,
    Repeat,
    Splitting,
    Task,
    TaskState,
    Work,
)
from assistant.domain.task_filter import Order, TaskFilter
from assistant.store.tasks import EVERYTHING, TaskRepository
from tests.helpers.store_engine import opened

NOW = datetime(2026, 3, 2, 9, 0, 0, 123, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
TODAY = datetime(2026, 3, 2, tzinfo=BERLIN)
NEW = TaskId(0)
_HIGH = frozenset[Priority | None]({Priority.HIGH})
FULL = Task(
    NEW,
    "Bericht über Säuren",
    NOW,
    state=TaskState.WAITING,
    notes="Zeile 1\nZeile 2 ✓",
    priority=Priority.URGENT,
    tags=("Chem", "Übung"),
    people=("Anna",),
    place="Labor",
    due=Due(TODAY + timedelta(days=30), whole_day=True),
    not_before=TODAY,
    fixed_start=TODAY.replace(hour=15),
    fixed_end=TODAY.replace(hour=16),
    estimate_min=90,
    splitting=Splitting(allowed=False, least_min=45),
    prefers=DayPart.MORNING,
    repeat=Repeat("FREQ=WEEKLY;BYDAY=MO", after_completion=True),
    ended=NOW,
    written="Bericht …",
)


@pytest.fixture
def repository() -> Generator[TaskRepository]:
    with opened() as engine:
        yield TaskRepository(engine, BERLIN)


def test_a_task_comes_back_as_it_was(repository: TaskRepository) -> None:
    with repository.step("Add", NOW) as writes:
        project = writes.add_project(Project(ProjectId(0), "Chemie", NOW, color="teal"))
        first = writes.add(Task(NEW, "First", NOW))
        full = writes.add(replace(FULL, project=project.id, waits_for=(first.id,)))
        half = writes.add(replace(FULL, title="\ud83d half", due=None, parent=full.id))
    found = repository.get(full.id)
    assert found == full
    assert found.due is not None
    assert found.due.moment.isoformat() == "2026-04-01T00:00:00+02:00"  # summer time by then
    assert repository.get(half.id).title == "\ufffd half"
    assert repository.projects() == (project,)
    assert repository.below(full.id) == (repository.get(half.id),)
    with pytest.raises(UserFacingError, match="no task 99"):
        repository.several([full.id, TaskId(99)])
    odd = replace(FULL, due=Due(datetime(2026, 5, 1, 9, tzinfo=timezone(timedelta(hours=-3)))))
    with repository.step("Add", NOW) as writes:
        odd = writes.add(replace(odd, fixed_start=None, fixed_end=None, not_before=None))
    kept = repository.get(odd.id).due
    assert kept is not None
    assert kept.moment.isoformat() == "2026-05-01T09:00:00-03:00"


def some(repository: TaskRepository) -> dict[str, TaskId]:
    with repository.step("Add", NOW) as writes:
        chem = writes.add_project(Project(ProjectId(0), "Chem", NOW)).id
        add = writes.add
        a = add(Task(NEW, "a Essay", NOW, tags=("Über", "x"), priority=Priority.HIGH))
        b = add(Task(NEW, "b", NOW, due=Due(TODAY), project=chem, notes="ÉTUDE in C"))
        c = add(Task(NEW, "c", NOW, due=Due(TODAY + timedelta(9)), waits_for=(b.id,)))
        d = add(Task(NEW, "d", NOW, fixed_start=TODAY - timedelta(1), repeat=Repeat("FREQ=DAILY")))
        e = add(Task(NEW, "e", NOW, parent=a.id, estimate_min=5, place="Labor", people=("Bo",)))
        f = add(Task(NEW, "f", NOW, state=TaskState.DONE, ended=NOW))
        writes.add_work(Work(e.id, NOW, None))
        writes.add_work(Work(b.id, NOW, NOW + timedelta(minutes=30)))
    return {"a": a.id, "b": b.id, "c": c.id, "d": d.id, "e": e.id, "f": f.id}


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (TaskFilter(), "dbcae"),
        (TaskFilter(order=Order.HAND), "abcde"),
        (TaskFilter(order=Order.NEWEST, limit=2, offset=1), "dc"),
        (TaskFilter(states=None, order=Order.HAND), "abcdef"),
        (TaskFilter(states=frozenset({TaskState.DONE}), order=Order.ENDED), "f"),
        (TaskFilter(tags=("ÜBER",)), "a"),
        (TaskFilter(tags=("x", "none")), ""),
        (TaskFilter(without_tags=("x",)), "dbce"),
        (TaskFilter(words=("etude",)), "b"),
        (TaskFilter(words=("%",)), ""),
        (TaskFilter(without_words=("e",), order=Order.HAND), "cd"),
        (TaskFilter(priorities=frozenset({Priority.HIGH})), "a"),
        (TaskFilter(priorities=frozenset({None, Priority.LOW}), order=Order.HAND), "bcde"),
        (TaskFilter(projects=frozenset()), ""),
        (TaskFilter(in_inbox=False), "b"),
        (TaskFilter(in_inbox=True, top_only=True, order=Order.HAND), "acd"),
        (TaskFilter(places=("labor",), people=("bo",)), "e"),
        (TaskFilter(places=("essay",)), ""),
        (TaskFilter(people=("essay",)), ""),
        (TaskFilter(none_of=(TaskFilter(states=None, places=("labor",)),)), "dbca"),
        (TaskFilter(none_of=(TaskFilter(states=None, before=TODAY + timedelta(1)),)), "cae"),
        (TaskFilter(none_of=(TaskFilter(states=None, priorities=_HIGH),)), "dbce"),
        (
            TaskFilter(none_of=(TaskFilter(states=None, in_inbox=False), TaskFilter(blocked=True))),
            "dae",
        ),
        (TaskFilter(before=TODAY + timedelta(1)), "db"),
        (TaskFilter(after=TODAY, before=TODAY + timedelta(99)), "bc"),
        (TaskFilter(overdue=TODAY.replace(hour=23)), "d"),
        (TaskFilter(overdue=TODAY + timedelta(days=1, hours=1)), "db"),
        (TaskFilter(has_date=False), "ae"),
        (TaskFilter(has_estimate=True), "e"),
        (TaskFilter(repeats=True), "d"),
        (TaskFilter(blocked=True), "c"),
        (TaskFilter(running=True), "e"),
        (TaskFilter(states=None, ended_after=NOW), "f"),
        (TaskFilter(states=None, ended_after=NOW + timedelta(1)), ""),
    ],
)
def test_filters(repository: TaskRepository, wanted: TaskFilter, names: str) -> None:
    ids = some(repository)
    found = repository.find(wanted)
    assert [one.id for one in found] == [ids[name] for name in names]
    if wanted.limit is None:
        assert repository.count(wanted) == len(names)


def test_what_is_told_of_tasks(repository: TaskRepository) -> None:
    ids = some(repository)
    assert repository.waits() == {ids["c"]: (ids["b"],)}
    assert repository.waiting_for(ids["b"]) == (ids["c"],)
    assert repository.tags() == {"x": 1, "Über": 1}
    assert repository.by_state() == {TaskState.OPEN: 5, TaskState.DONE: 1}
    assert list(repository.titles().values()) == ["e", "d", "c", "b", "a Essay"]
    assert [one.id for one in repository.titled("A ESSAY")] == [ids["a"]]
    named = repository.project_named("CHEM")
    assert named is not None
    assert repository.open_by_project() == {None: 4, named.id: 1}
    assert repository.minutes() == {ids["b"]: 30.0}
    assert repository.minutes([ids["e"]]) == {}
    assert [one.task for one in repository.work(running=True)] == [ids["e"]]
    assert repository.work(since=NOW + timedelta(1)) == ()
    assert [one.kind for one in repository.events(ids["a"])] == [Happened.ADDED]
    assert len(repository.events()) == 6


def test_projects_and_work_are_changed(repository: TaskRepository) -> None:
    ids = some(repository)
    named = repository.project_named("chem")
    assert named is not None
    (running,) = repository.work(ids["e"])
    assert running.id is not None
    with repository.step("Change", NOW) as writes:
        writes.keep_project(replace(named, name="Chemie", archived=NOW))
        writes.keep_work(replace(running, end=NOW + timedelta(hours=2), corrected=True))
        with pytest.raises(KeyError):
            writes.keep_project(replace(named, id=ProjectId(99)))
        with pytest.raises(KeyError):
            writes.keep_work(replace(running, id=None))
    assert repository.projects() == ()
    assert [one.name for one in repository.projects(archived=True)] == ["Chemie"]
    assert repository.minutes()[ids["e"]] == 120
    with repository.step("Delete", NOW) as writes:
        writes.delete_work(running.id)
        writes.delete_project(named.id)
    assert repository.work(ids["e"]) == ()
    assert repository.get(ids["b"]).project is None


def test_tasks_are_put_where_the_hand_puts_them(repository: TaskRepository) -> None:
    ids = some(repository)

    def order() -> str:
        names = {one: name for name, one in ids.items()}
        found = repository.find(replace(EVERYTHING, order=Order.HAND))
        return "".join(names[one.id] for one in found)

    def put(names: str, after: str) -> None:
        with repository.step("Move", NOW) as writes:
            target = ids[after] if after else None
            writes.put_between([ids[name] for name in names], target)

    put("ed", "a")
    assert order() == "aedbcf"
    put("f", "")
    assert order() == "faedbc"
    put("f", "c")
    assert order() == "aedbcf"
    for number in range(40):  # until there is no room left between two
        put("be"[number % 2], "a")
    assert order() == "aebdcf"
