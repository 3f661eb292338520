"""Recurring tasks in the weeks of a real database: each time of theirs, as earlier ones end."""

from collections.abc import Generator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from queue import SimpleQueue
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.domain.errors import Cancelled
from assistant.domain.ids import TaskId
from assistant.domain.schedule import Because, Remedy, WeekPlan
from assistant.domain.task import Due, Repeat, Task, TaskState
from assistant.services.planning import weeks
from assistant.services.planning.blocks import Which
from assistant.services.study.outlook import Outlook
from tests.helpers.planning_stand import BERLIN, MONDAY, Planning, planning

Times = list[tuple[TaskId, datetime | None, datetime]]


def _nothing(_: int) -> Outlook:
    return Outlook((), 0, planned=False)


@pytest.fixture
def stand(tmp_path: Path) -> Generator[Planning]:
    nothing = SimpleNamespace(look_now=_nothing)
    with planning(tmp_path, study=SimpleNamespace(outlook=nothing)) as made:
        yield made


def day(number: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, 2, hour, tzinfo=BERLIN) + timedelta(days=number)


def gym(stand: Planning, *parts: str) -> Task:
    """A task of every Monday, Wednesday and Friday."""
    (task,) = stand.add("gym every mon wed fri 1h")
    assert (task.title, task.repeat) == ("gym", Repeat("FREQ=WEEKLY;BYDAY=MO,WE,FR"))
    for part in stand.add(*parts):
        stand.services.tasks.edit([part.id], lambda one: replace(one, parent=task.id)).result(60)
    return stand.services.tasks.get(task.id).result(60)


def plan(stand: Planning) -> WeekPlan:
    return stand.services.scheduling.plan(7, 0.3).result(60)


def current(stand: Planning) -> WeekPlan:
    found = stand.services.scheduling.current().result(60)
    assert found is not None
    return found


def times(found: WeekPlan) -> Times:
    return [(one.task, one.occurrence, one.start) for one in found.blocks]


def test_each_time_is_planned_once_kept_and_told(stand: Planning):
    task = gym(stand)
    found = plan(stand)

    assert [(one, at) for one, at, _ in times(found)] == [
        (task.id, None),
        (task.id, day(2)),
        (task.id, day(4)),
    ]
    assert current(stand) == found
    told = stand.services.scheduling.explain(task.id).result(60)
    assert [one.occurrence for one in told] == [None, day(2), day(4)]
    assert [why.text for why in told[2].reasons if why.because is Because.REPEATS] == [
        "It is one of your three times a week: this time of Friday 6 March"
    ]
    assert len(stand.services.tasks.filtered("gym").result(60)) == 1
    mended = stand.services.scheduling.replan().result(60)
    assert mended.moved == 0
    assert mended.blocks == found.blocks


@pytest.mark.parametrize("skipped", [False, True])
def test_when_one_time_ends_the_later_ones_go_on_and_all_is_undone(stand: Planning, skipped: bool):
    task = gym(stand)
    before = plan(stand)
    completing = stand.services.completing
    ended = completing.drop([task.id], once=True) if skipped else completing.complete([task.id])
    (again,) = ended.result(60).again

    wednesday, friday = before.blocks[1].start, before.blocks[2].start
    later = [(again.id, None, wednesday), (again.id, day(4), friday)]
    assert times(current(stand)) == [(task.id, None, before.blocks[0].start), *later]
    mended = stand.services.scheduling.replan().result(60)
    assert times(mended) == later
    assert mended.moved == 0
    stand.services.desk.undo().result(60)
    stand.services.desk.undo().result(60)
    assert current(stand) == before
    assert stand.services.tasks.get(task.id).result(60) == task


def test_done_late_it_counts_for_the_times_that_have_come(stand: Planning):
    task = gym(stand)
    before = plan(stand)
    stand.clock.moment = day(2, 8)
    mended = stand.services.scheduling.replan().result(60)
    assert times(mended)[1:] == [
        (task.id, None, before.blocks[1].start),
        (task.id, day(4), before.blocks[2].start),
    ]
    (again,) = stand.services.completing.complete([task.id]).result(60).again
    assert times(current(stand))[-1] == (again.id, None, before.blocks[2].start)


def test_one_time_is_moved_pinned_and_let_go_by_itself(stand: Planning):
    task = gym(stand)
    before = plan(stand)
    scheduling = stand.services.scheduling
    moved = scheduling.move(Which(task.id, occurrence=day(2)), day(3, 15)).result(60)

    assert [(one.start, one.pinned) for one in moved.blocks] == [
        (before.blocks[0].start, False),
        (day(3, 15), True),
        (before.blocks[2].start, False),
    ]
    told = scheduling.explain(task.id).result(60)
    assert [one.reasons[0].text for one in told if one.pinned] == ["You put it here"]
    loose = scheduling.pin(Which.one(moved.blocks[1]), keep=False).result(60)
    assert not any(one.pinned for one in loose.blocks)
    pinned = scheduling.pin(Which(task.id, occurrence=day(4))).result(60)
    assert [one.occurrence for one in pinned.blocks if one.pinned] == [day(4)]
    (again,) = stand.services.completing.complete([task.id]).result(60).again
    kept = scheduling.replan().result(60)
    assert [(one.task, one.occurrence) for one in kept.blocks if one.pinned] == [(again.id, day(4))]


def test_a_time_lies_on_another_one_that_is_pinned_and_not_on_itself(stand: Planning):
    task = gym(stand)
    plan(stand)
    there = stand.services.scheduling.pin(Which(task.id, occurrence=day(2))).result(60).blocks[1]
    clash = stand.services.acting.clash
    found = clash(Which(task.id, occurrence=day(4)), there.start).result(60)
    assert found is not None
    assert [(one.title, one.start) for one in found.others] == [("gym", there.start)]
    assert found.nearest == there.end
    assert clash(Which(task.id, occurrence=day(2)), there.start).result(60) is None


def test_the_times_of_another_rule_take_the_place_of_those_before(stand: Planning):
    task = gym(stand)
    before = plan(stand)
    stand.services.tasks.edit(
        [task.id], lambda one: replace(one, repeat=Repeat("FREQ=WEEKLY;BYDAY=MO,TH,FR"))
    ).result(60)
    mended = stand.services.scheduling.replan().result(60)

    assert [one for one in times(mended) if one in times(before)] == [
        times(before)[0],
        times(before)[2],
    ]
    assert [at for _, at, _ in times(mended)] == [None, day(3), day(4)]
    assert mended.moved == 0
    stand.services.tasks.edit([task.id], lambda one: replace(one, repeat=None)).result(60)
    assert times(stand.services.scheduling.replan().result(60)) == times(before)[:1]


def test_parts_are_planned_for_each_time_also_those_that_are_done(stand: Planning):
    task = gym(stand, "warm up ~15m", "lift ~30m")
    warm = stand.services.tasks.filtered("warm").result(60)[0]
    stand.services.completing.complete([warm.id]).result(60)
    found = plan(stand)

    assert [(one.title, one.occurrence) for one in found.blocks if one.start < day(3)] == [
        ("lift", None),
        ("warm up", day(2)),
        ("lift", day(2)),
    ]
    done = stand.services.completing.complete([task.id], with_parts=True).result(60)
    mended = stand.services.scheduling.replan().result(60)
    assert mended.moved == 0
    assert len(done.again) == 1
    assert [one.start for one in mended.blocks] == [one.start for one in found.blocks[1:]]
    assert {one.occurrence for one in mended.blocks} == {None, day(4)}


def test_what_finds_no_room_tells_which_time(stand: Planning):
    task = gym(stand)
    for number in range(7):
        stand.services.settings.set_hours(
            number, [] if number == 2 else [(time(9), time(11))]
        ).result(60)
    (over,) = plan(stand).overflow

    assert (over.task, over.occurrence) == (task.id, day(2))
    assert over.title == "gym (Wednesday 4 March)"
    assert current(stand).overflow == (over,)
    assert stand.services.scheduling.remedies(task.id).result(60) is None
    assert stand.services.scheduling.remedies(task.id, day(2)).result(60) == over
    (extend,) = [one for one in over.remedies if one.action == "extend_hours"]
    after = stand.services.remedies.take(task.id, extend).result(60)
    assert after.overflow == ()
    assert [at for _, at, _ in times(after)] == [None, day(2), day(4)]


def test_of_a_recurring_task_only_one_time_is_left_out(stand: Planning):
    task = gym(stand)
    (exam,) = stand.add("exam ~4h !high")
    before = plan(stand)
    out = Remedy("Leave out “gym”", "drop", str(task.id))
    after = stand.services.remedies.take(exam.id, out).result(60)

    gone = stand.services.tasks.get(task.id).result(60)
    assert gone.state is TaskState.DROPPED
    (again,) = stand.services.tasks.filtered("gym").result(60)
    assert again.due == Due(day(2))
    assert [at for one, at, _ in times(after) if one == again.id] == [None, day(4)]
    stand.services.desk.undo().result(60)
    assert current(stand) == before
    assert stand.services.tasks.get(task.id).result(60) == task


def test_remedies_taken_all_at_once_do_not_wait_for_one_another(stand: Planning):
    exam, *others = stand.add("exam ~4h", *(f"sort {number} ~1h" for number in range(4)))
    plan(stand)
    jobs = [
        stand.services.remedies.take(exam.id, Remedy("", "drop", str(one.id))) for one in others
    ]

    assert all(job.result(60).blocks for job in jobs)
    assert {one.title for one in current(stand).blocks} == {"exam"}


def test_every_time_is_written_into_an_exported_calendar(stand: Planning):
    gym(stand)
    found = plan(stand)
    text = stand.services.calendars.export().result(60)

    assert text.count("BEGIN:VEVENT") == len(found.blocks) == 3
    assert len({line for line in text.splitlines() if line.startswith("UID:block")}) == 3
    assert MONDAY.strftime("%Y%m%d") in text


def test_looking_for_what_would_help_stops_when_it_is_not_wanted_any_more(
    stand: Planning, monkeypatch: pytest.MonkeyPatch
):
    (task,) = stand.add("thesis by today 11pm ~15h")
    plan(stand)
    scheduling = stand.services.scheduling
    under_way: SimpleQueue[Any] = SimpleQueue()
    there = scheduling.there

    def stopped_meanwhile() -> WeekPlan:
        under_way.get(timeout=60).cancel()
        return there()

    monkeypatch.setattr(scheduling, "there", stopped_meanwhile)
    for ask in (scheduling.remedies, scheduling.told):
        job: Any = ask(task.id)
        under_way.put(job)
        with pytest.raises(Cancelled):
            job.result(60)


def test_remedies_are_tried_for_the_first_times_without_room_only(
    stand: Planning, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(weeks, "MOST_TRIED", 2)
    (task,) = stand.add("gym every day 1h")
    for number in range(7):
        stand.services.settings.set_hours(number, [(time(9), time(9, 15))]).result(60)
    stand.services.scheduling.plan(4, 0.3).result(60)
    lacking = stand.services.scheduling.told(task.id).result(60).lacking

    assert [bool(one.remedies) for one in lacking] == [True, True, False, False]
    assert all(one.text for one in lacking)


def test_a_task_that_comes_once_in_these_days_is_planned_and_says_why(stand: Planning) -> None:
    (swim,) = stand.add("swim every friday ~1h")

    (block,) = plan(stand).blocks
    assert (block.task, block.start.date()) == (swim.id, day(4).date())
    assert block.reasons
    assert Because.REPEATS not in {one.because for one in block.reasons}
