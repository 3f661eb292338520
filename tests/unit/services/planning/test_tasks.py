"""Tasks through the services: added, changed, ended, undone."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import Due, Happened, Priority, Repeat, Task, TaskState
from assistant.domain.task_filter import TaskFilter
from assistant.planner.quick_add.vocabulary import Correction
from assistant.services.jobs import Job
from tests.helpers.planning_stand import BERLIN, MONDAY, Planning

if TYPE_CHECKING:
    from assistant.services.planning.desk import PlanChanges


def refusal(job: Job[Any]) -> str:
    with pytest.raises(UserFacingError) as refused:
        job.result(60)
    assert refused.value.hint
    return refused.value.code


def titles(tasks: tuple[Task, ...]) -> list[str]:
    return [one.title for one in tasks]


def test_a_line_becomes_a_task_with_its_project_and_what_comes_first(stand: Planning) -> None:
    services = stand.services
    first, essay = stand.add("Buy book", "essay by fri 5pm ~3h !high #chem +School after buy book")
    assert essay.waits_for == (first.id,)
    assert essay.due == Due(datetime(2026, 3, 6, 17, tzinfo=BERLIN), whole_day=False)
    (school,) = services.projects.all().result(60)
    assert (school.name, essay.project) == ("School", school.id)
    services.projects.archive(school.id).result(60)
    again, part = stand.add("read +SCHOOL", "x")
    assert again.project == school.id
    assert services.projects.all().result(60)[0].archived is None
    part = services.adding.add_line("outline", parent=essay.id).result(60)
    assert (part.parent, part.project) == (essay.id, school.id)
    read = services.adding.read("test after Buy book").result(60)
    assert read.found.after == ("Buy book",)
    assert stand.add("#chem tomorrow")[0].title == "chem"
    assert refusal(services.adding.add_line('y after "nothing known"')) == "task_unknown"
    assert refusal(services.adding.add_line("tomorrow")) == "task_untitled"
    assert refusal(services.adding.add_line("\x00 \u202e")) == "line_empty"
    details = services.tasks.details(essay.id).result(60)
    assert (titles(details.first), titles(details.parts)) == (["Buy book"], ["outline"])
    assert details.blocked
    assert titles(services.tasks.details(first.id).result(60).later) == ["essay"]
    assert services.tasks.details(part.id).result(60).parent == essay


def test_corrections_teach_and_are_undone_with_the_line(stand: Planning) -> None:
    services = stand.services
    line = "gym after class"
    task = services.adding.add_line(line, corrections=[Correction((4, 15), "tue 15:30")]).result(60)
    assert task.fixed_start == datetime(2026, 3, 3, 15, 30, tzinfo=BERLIN)
    words = services.words.vocabulary().result(60)
    assert [(one.phrase, one.meaning) for one in words.entries] == [("after class", "tue 15:30")]
    assert [one.words for one in services.tasks.steps(1).result(60)] == ["Add “gym after class”"]
    services.tasks.undo().result(60)
    assert services.words.vocabulary().result(60).entries == ()
    once = services.adding.add_line("sun cream", corrections=[Correction((0, 3), "")]).result(60)
    assert (once.title, once.fixed_start) == ("sun cream", None)
    assert services.words.vocabulary().result(60).entries == ()
    services.tasks.undo().result(60)
    assert services.tasks.find(TaskFilter()).result(60) == ()
    services.words.teach("The  usual", "every mon 18:00").result(60)
    assert stand.add("swim the usual")[0].repeat == Repeat("FREQ=WEEKLY;BYDAY=MO")
    assert refusal(services.words.teach("", "x")) == "phrase_unusable"
    assert refusal(services.words.forget("nothing")) == "phrase_unknown"
    assert services.words.forget("the usual").result(60).entries == ()


def test_edits_are_checked_and_one_step(stand: Planning) -> None:
    services = stand.services
    a, b, c = stand.add("a", "b by friday", "c")
    ids = [a.id, b.id, c.id]
    services.tasks.edit(ids, lambda one: replace(one, tags=(*one.tags, "x"))).result(60)
    assert services.tasks.steps(1).result(60)[0].words == "Change 3 tasks"
    services.tasks.undo().result(60)
    assert services.tasks.find(TaskFilter(tags=("x",))).result(60) == ()
    services.tasks.redo().result(60)
    assert len(services.tasks.find(TaskFilter(tags=("x",))).result(60)) == 3
    services.tasks.edit([a.id], lambda one: replace(one, waits_for=(b.id,))).result(60)
    services.tasks.edit([b.id], lambda one: replace(one, waits_for=(c.id,))).result(60)
    with pytest.raises(UserFacingError, match="“c” waits for “a”, and that waits for “b”"):
        services.tasks.edit([c.id], lambda one: replace(one, waits_for=(a.id,))).result(60)
    with pytest.raises(UserFacingError, match="circle"):
        services.tasks.edit([a.id], lambda one: replace(one, parent=c.id)).result(60)
    own = services.tasks.edit([c.id], lambda one: replace(one, parent=c.id))
    assert refusal(own) == "task_cycle"
    lost = services.tasks.edit([c.id], lambda one: replace(one, waits_for=(TaskId(99),)))
    assert refusal(lost) == "task_unknown"
    untitled = services.tasks.edit([a.id, c.id], lambda one: replace(one, title=one.title[1:]))
    assert refusal(untitled) == "task_untitled"
    assert services.tasks.get(a.id).result(60).title == "a"
    line = "by thursday ~45m !low +Home after c"
    (changed,) = services.adding.change_by_line([b.id], line).result(60)
    assert (changed.title, changed.estimate_min, changed.priority) == ("b", 45, Priority.LOW)
    assert changed.waits_for == (c.id,)
    kinds = [one.kind for one in services.tasks.details(b.id).result(60).events]
    assert kinds == [Happened.ADDED, Happened.DUE_MOVED, Happened.ESTIMATED]
    assert services.tasks.details(b.id).result(60).events[1].value.startswith("2026-03-06T00:00")


def test_what_is_done_comes_again_frees_others_and_can_be_opened(stand: Planning) -> None:
    services = stand.services
    water, essay, walk = stand.add(
        "water every 3 days after completion", "essay", "walk after essay"
    )
    part = services.adding.add_line("outline", parent=essay.id).result(60)
    refused = services.completing.complete([essay.id])
    assert refusal(refused) == "parts_open"
    services.timing.start(part.id).result(60)
    stand.clock.forward(minutes=30)
    done = services.completing.complete([essay.id], with_parts=True).result(60)
    assert set(done.done) == {essay.id, part.id}
    assert titles(done.freed) == ["walk"]
    assert services.timing.running().result(60) is None
    assert services.tasks.details(part.id).result(60).minutes == 30
    watered = services.completing.complete([water.id]).result(60)
    (again,) = watered.again
    assert again.due == Due(datetime(2026, 3, 5, tzinfo=BERLIN))
    assert services.completing.complete([water.id]).result(60).done == ()
    services.tasks.reopen([water.id]).result(60)
    assert services.tasks.get(water.id).result(60).repeat is None
    services.tasks.undo().result(60)
    skipped = services.completing.drop([again.id], once=True).result(60)
    assert [one.due for one in skipped.again] == [Due(datetime(2026, 3, 6, tzinfo=BERLIN))] or (
        skipped.again[0].title == "water"
    )
    ended = services.completing.drop([skipped.again[0].id]).result(60)
    assert ended.again == ()
    assert titles(services.tasks.find(TaskFilter()).result(60)) == ["walk"]
    services.tasks.delete([walk.id]).result(60)
    assert refusal(services.tasks.get(walk.id)) == "task_unknown"
    with pytest.raises(ValueError, match="done"):
        services.tasks.set_state([essay.id], TaskState.DONE)


def test_a_recurring_task_with_parts_comes_with_them(stand: Planning) -> None:
    services = stand.services
    (clean,) = stand.add("clean every friday")
    part = services.adding.add_line("kitchen", parent=clean.id).result(60)
    services.adding.add_line("oven", parent=part.id).result(60)
    services.completing.complete([part.id], with_parts=True).result(60)
    (again,) = services.completing.complete([clean.id]).result(60).again
    parts = services.tasks.details(again.id).result(60).parts
    assert titles(parts) == ["kitchen"]
    assert titles(services.tasks.details(parts[0].id).result(60).parts) == ["oven"]
    assert parts[0].is_open


def test_parts_come_with_their_dates_and_their_order(stand: Planning) -> None:
    services = stand.services
    (clean,) = stand.add("clean every friday")

    def part(text: str) -> TaskId:
        return services.adding.add_line(text, parent=clean.id).result(60).id

    oven, floor, air = part("oven by thu"), part("floor after oven"), part("air every day")
    services.tasks.put([floor], None).result(60)
    (aired,) = services.completing.complete([air]).result(60).again
    (again,) = services.completing.complete([clean.id], with_parts=True).result(60).again
    assert not services.tasks.details(aired.id).result(60).task.is_open
    assert titles(services.tasks.find(TaskFilter(parent=clean.id)).result(60)) == []
    parts = services.tasks.details(again.id).result(60).parts
    assert titles(parts) == ["floor", "oven", "air"]
    assert parts[0].waits_for == (parts[1].id,) != (oven,)
    assert parts[1].due == Due(datetime(2026, 3, 12, tzinfo=BERLIN))
    assert parts[2].repeat == aired.repeat


def test_lists_of_the_day_the_weeks_and_the_board(stand: Planning) -> None:
    services = stand.services
    late, day, soon, inbox = stand.add("late by yesterday", "day by today", "soon by fri", "some")
    services.tasks.set_state([soon.id], TaskState.DOING).result(60)
    services.completing.complete([inbox.id]).result(60)
    today = services.tasks.today().result(60)
    assert [titles(one) for one in (today.overdue, today.due, today.doing, today.done)] == [
        ["late"],
        ["day"],
        ["soon"],
        ["some"],
    ]
    assert titles(services.tasks.upcoming().result(60)) == ["day", "soon"]
    board = services.tasks.board().result(60)
    assert {state: titles(found) for state, found in board.items() if found} == {
        TaskState.OPEN: ["late", "day"],
        TaskState.DOING: ["soon"],
        TaskState.DONE: ["some"],
    }
    counts = services.tasks.counts().result(60)
    assert (counts.inbox, counts.today, counts.overdue) == (3, 2, 1)
    services.tasks.put([soon.id], None).result(60)
    assert titles(services.tasks.inbox().result(60)) == ["soon", "late", "day"]
    services.tasks.put([soon.id], late.id).result(60)
    assert titles(services.tasks.inbox().result(60)) == ["late", "soon", "day"]
    assert titles(services.tasks.filtered("is:overdue").result(60)) == ["late"]
    assert titles(services.tasks.filtered("+nothing").result(60)) == []
    assert refusal(services.tasks.filtered("due:blue")) == "filter_unknown"
    assert day.due == Due(MONDAY.replace(hour=0))


def test_projects(stand: Planning) -> None:
    projects = stand.services.projects
    home = projects.add(" Home  work ", "teal").result(60)
    assert home.name == "Home work"
    assert refusal(projects.add("HOME WORK")) == "project_there"
    assert refusal(projects.add(" ")) == "project_unnamed"
    assert refusal(projects.rename(ProjectId(99), "x")) == "project_unknown"
    assert refusal(projects.named("garden")) == "project_unknown"
    garden = projects.add("Garden").result(60)
    projects.order([garden.id, home.id]).result(60)
    projects.rename(home.id, "House").result(60)
    projects.recolor(home.id, "red").result(60)
    assert [one.name for one in projects.all().result(60)] == ["Garden", "House"]
    (task,) = stand.add("paint +house")
    assert titles(stand.services.tasks.of_project(home.id).result(60)) == ["paint"]
    assert stand.services.tasks.counts().result(60).by_project == {home.id: 1}
    projects.archive(garden.id).result(60)
    assert len(projects.all(archived=True).result(60)) == 2
    projects.delete(home.id).result(60)
    assert stand.services.tasks.get(task.id).result(60).project is None


def test_listeners_hear_of_steps_and_of_their_undoing(stand: Planning) -> None:
    heard: list[PlanChanges] = []
    stand.services.tasks.on_changes(heard.append)
    (task,) = stand.add("a +b")
    stand.services.tasks.undo().result(60)
    assert stand.services.tasks.next_redo().result(60) is not None
    assert [(one.tasks, one.undoing) for one in heard] == [
        (frozenset({task.id}), False),
        (frozenset({task.id}), True),
    ]
    assert heard[0].tables == {"task", "taskevent", "project"}
    assert stand.services.desk.redo().result(60) is not None
    for _ in range(2):  # the line, and the zone that the stand set
        assert stand.services.desk.undo().result(60) is not None
    assert stand.services.desk.undo().result(60) is None


def test_a_recurrence_keeps_its_hour_when_the_clock_changes(stand: Planning) -> None:
    stand.clock.moment = datetime(2026, 3, 28, 9, tzinfo=BERLIN)
    (gym,) = stand.add("gym every day 18:00")
    stand.clock.forward(hours=10)
    (again,) = stand.services.completing.complete([gym.id]).result(60).again
    kept = stand.services.tasks.get(again.id).result(60).fixed_start
    assert kept is not None
    assert kept.isoformat() == "2026-03-29T18:00:00+02:00"
    assert gym.fixed_start is not None
    assert kept - gym.fixed_start == timedelta(days=1)  # of local time


def test_a_line_that_names_only_a_date_renames_nothing(stand: Planning) -> None:
    services = stand.services
    assert stand.add("lunch tue 12:30")[0].title == "lunch"
    essay, other = stand.add("essay", "other")
    changed = services.adding.change_by_line([essay.id, other.id], "by easter ~2h").result(60)
    assert [(one.title, one.estimate_min) for one in changed] == [("essay", 120), ("other", 120)]
    (moved,) = services.adding.change_by_line([essay.id], "lunch tue 12:30").result(60)
    assert moved.title == "essay"


@pytest.mark.parametrize(
    "length", ["~-3h", "~ -30 min", "~0h", "≈0 min", "~0.2m", "~99999h", "~9999d", "~61d"]
)
def test_a_length_that_cannot_be_is_refused_and_never_words_of_the_title(
    stand: Planning, length: str
) -> None:
    adding = stand.services.adding
    (task,) = stand.add("essay")
    for line in (f"foo {length}", f"{length} foo by fri"):
        with pytest.raises(UserFacingError, match=length.strip()) as refused:
            adding.read(line).result(60)
        assert "~2h" in refused.value.hint
        assert refusal(adding.add_line(line)) == "estimate_outside"
    assert refusal(adding.change_by_line([task.id], length)) == "estimate_outside"


def test_lengths_that_can_be_and_other_figures_are_read_as_before(stand: Planning) -> None:
    lines = ("foo ~60d", "foo ~0h 30m", "won 10~0h", "sail ~-3 of 5", "mow ~ 2h")
    assert [(one.title, one.estimate_min) for one in stand.add(*lines)] == [
        ("foo", 60 * 24 * 60),
        ("foo", 30),
        ("won 10~0h", None),
        ("sail ~-3 of 5", None),
        ("mow", 120),
    ]
