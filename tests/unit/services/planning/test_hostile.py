"""Bad input: nothing is lost, and everything is undone."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import Priority, Task
from assistant.domain.task_filter import TaskFilter
from tests.helpers.planning_stand import MONDAY, Planning

LINES = (
    "x" * 2000,
    "every " * 300,
    "after " * 300,
    "#" * 1000,
    "!!! ~~~ @@@ +++ ###",
    "\u202eevil\u202c by friday",
    "\ud83d broken surrogate tomorrow",
    "a\x00b\x07c by fri",
    "0" * 500 + " hours",
    "in 99999999999999999999 years",
    "on 31 february 2027 at 25:61",
    "by 30 dec 9999 every day",
    "'; DROP TABLE task; --",
    "${jndi:ldap://x} {{7*7}} %s %n",
    "مهمة غدا في الساعة 5",
    "買い物 明日",
    "e\u0301tude " + "\u0300" * 300,
    "until before by until before by at at at",
    'after "after after" after [[after]]',
)


def test_hostile_lines_are_added_or_refused_with_a_reason(stand: Planning) -> None:
    added = 0
    refusals: list[UserFacingError] = []
    for line in LINES:
        try:
            task = stand.services.adding.add_line(line).result(60)
        except UserFacingError as refused:
            refusals.append(refused)
        else:
            added += 1
            kept = stand.services.tasks.get(task.id).result(60)
            assert replace(kept, written="") == replace(task, written="")
            assert "\u202e" not in task.title
            assert "\x00" not in task.title
    assert added >= len(LINES) // 2
    assert all(refused.hint for refused in refusals)
    for _ in range(added):
        assert stand.services.tasks.undo().result(60) is not None
    assert stand.services.tasks.find(TaskFilter(states=None)).result(60) == ()


def test_random_lines_never_break(stand: Planning) -> None:
    rng = random.Random(7)  # noqa: S311 - no secret
    pieces = [
        *("by", "every", "fri", "5pm", "#a", "!high", "+P", "~3h", "after", "next", "week", "\t"),
        *("until", "for", "2h", "\u200f", "31", "feb", "-", '"', "[[", "]]", "@x", "due", "1/2"),
    ]
    codes: set[str] = set()
    for _ in range(40):
        line = " ".join(rng.choices(pieces, k=rng.randint(1, 12)))
        try:
            task = stand.services.adding.add_line(line).result(60)
        except UserFacingError as refused:
            codes.add(refused.code)
        else:
            assert task.title.strip()
    assert codes <= {"task_untitled", "task_unknown", "due_before_start", "line_empty"}


def test_a_part_cannot_wait_for_what_it_is_part_of(stand: Planning) -> None:
    services = stand.services
    (essay,) = stand.add("essay")
    with pytest.raises(UserFacingError, match="“outline” waits for “essay”, and that waits"):
        services.adding.add_line("outline after essay", parent=essay.id).result(60)
    assert services.tasks.find(TaskFilter(states=None)).result(60) == (essay,)
    with pytest.raises(UserFacingError) as refused:
        services.adding.add_line("x", parent=TaskId(99)).result(60)
    assert refused.value.code == "task_unknown"


def test_a_thousand_tasks(stand: Planning) -> None:
    services, repository = stand.services, stand.services.task_repository

    def fill() -> list[TaskId]:
        with services.desk.step("Many") as writes:
            return [
                writes.add(Task(TaskId(0), f"Task {number} essay", MONDAY, tags=("x",))).id
                for number in range(1_000)
            ]

    ids = stand.workers.on_store(fill).result(240)
    assert len(services.tasks.filtered("#x essay", limit=50).result(60)) == 50
    assert len(services.tasks.filtered("999").result(60)) == 1
    assert services.tasks.counts().result(60).inbox == 1_000

    def urgent(task: Task) -> Task:
        return replace(task, priority=Priority.URGENT)

    services.tasks.edit(ids, urgent).result(240)
    assert len(services.tasks.filtered("!urgent").result(60)) == 1_000
    (late,) = stand.add("late after task 17 essay")
    assert late.waits_for == (ids[17],)
    services.tasks.undo().result(60)
    services.tasks.undo().result(60)
    assert services.tasks.filtered("!urgent").result(60) == ()
    services.tasks.undo().result(60)
    count: Any = stand.workers.on_store(lambda: repository().count(TaskFilter())).result(60)
    assert count == 0
    services.tasks.redo().result(60)
    assert services.tasks.counts().result(60).inbox == 1_000


def test_moments_at_the_edge_of_the_calendar(stand: Planning) -> None:
    stand.clock.moment = datetime(9999, 12, 30, 12, tzinfo=UTC)
    (task,) = stand.add("party every day")
    assert stand.services.completing.complete([task.id]).result(60).done == (task.id,)
