"""Tasks taken below others, listed with their parts, and changed together by one line."""

from dataclasses import replace

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import Priority, Task, TaskState
from assistant.domain.task_filter import TaskFilter
from tests.helpers.planning_stand import Planning


def titles(tasks: tuple[Task, ...]) -> list[str]:
    return [one.title for one in tasks]


def parts_of(stand: Planning, task: Task) -> list[str]:
    return titles(stand.services.tasks.details(task.id).result(60).parts)


def test_tasks_become_parts_with_their_own_and_are_taken_out_again(stand: Planning) -> None:
    services = stand.services
    move, boxes, tape, van = stand.add("move +Home", "boxes", "tape", "van")
    services.arranging.place([tape.id], boxes.id).result(60)
    services.arranging.place([boxes.id, van.id], move.id).result(60)
    assert parts_of(stand, move) == ["boxes", "van"]
    assert parts_of(stand, boxes) == ["tape"]
    assert {services.tasks.get(one.id).result(60).project for one in (boxes, tape, van)} == {
        move.project
    }
    services.arranging.place([van.id], move.id, first=True).result(60)
    assert parts_of(stand, move) == ["van", "boxes"]
    services.arranging.place([tape.id], None, after=move.id).result(60)
    assert titles(services.tasks.find(TaskFilter(top_only=True)).result(60)) == ["move", "tape"]
    with pytest.raises(UserFacingError, match="circle") as refused:
        services.arranging.place([move.id], boxes.id).result(60)
    assert refused.value.code == "task_cycle"
    for _ in range(4):
        services.tasks.undo().result(60)
    assert services.tasks.get(tape.id).result(60) == tape
    assert services.tasks.get(boxes.id).result(60) == boxes


def test_a_list_comes_with_parts_and_with_what_is_waited_for(stand: Planning) -> None:
    services = stand.services
    essay, book, done = stand.add("essay by today", "book", "paper")
    outline = services.adding.add_line("outline after book", parent=essay.id).result(60)
    services.adding.add_line("idea", parent=outline.id).result(60)
    services.completing.complete([done.id]).result(60)
    waits = [(essay.id, (done.id,))]
    for task, firsts in waits:
        services.tasks.edit([task], lambda one, f=firsts: replace(one, waits_for=f)).result(60)
    tasks, branches = services.listing.inbox().result(60)
    assert titles(tasks) == ["essay", "book"]
    assert titles(branches.parts[essay.id]) == ["outline"]
    assert titles(branches.parts[outline.id]) == ["idea"]
    assert list(branches.firsts) == [book.id]
    today, branches = services.listing.today().result(60)
    assert titles(today.due) == ["essay"]
    assert set(branches.parts) == {essay.id, outline.id}
    upcoming, _ = services.listing.upcoming().result(60)
    assert titles(upcoming) == ["essay"]
    found, branches = services.listing.filtered("outline").result(60)
    assert titles(found) == ["outline"]
    assert titles(branches.parts[outline.id]) == ["idea"]
    assert services.listing.filtered("nothing").result(60)[1].parts == {}


def test_one_line_changes_many_as_one_step(stand: Planning) -> None:
    services = stand.services
    tasks = stand.add("a", "b", "c")
    ids = [one.id for one in tasks]
    changed = services.adding.change_by_line(ids, "by fri !high #chem +School").result(60)
    assert {(one.priority, one.tags) for one in changed} == {(Priority.HIGH, ("chem",))}
    assert len({one.due for one in changed}) == len({one.project for one in changed}) == 1
    assert changed[0].due is not None
    assert titles(changed) == ["a", "b", "c"]
    assert services.tasks.steps(1).result(60)[0].words == "Change 3 tasks"
    with pytest.raises(UserFacingError) as refused:
        services.adding.change_by_line(ids, "read by monday").result(60)
    assert refused.value.code == "line_titled"
    with pytest.raises(UserFacingError):
        services.adding.change_by_line([*ids, TaskId(99)], "!low").result(60)
    with pytest.raises(UserFacingError, match="wait for itself"):
        services.adding.change_by_line(ids, "!low after a").result(60)
    services.tasks.undo().result(60)
    assert [services.tasks.get(one).result(60) for one in ids] == tasks
    assert services.projects.all().result(60) == ()
    open_ = TaskFilter(states=frozenset({TaskState.OPEN}))
    assert len(services.tasks.find(open_).result(60)) == 3
