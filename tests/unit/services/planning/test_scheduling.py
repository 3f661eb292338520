"""Weeks over a real database: made, mended, moved, pinned, explained and undone."""

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.ids import ConceptId, CourseId, TaskId
from assistant.domain.schedule import Because, BlockKind, Remedy, WeekPlan
from assistant.domain.task import Priority, Splitting, TaskState
from assistant.services.planning.blocks import Which
from assistant.services.planning.gathering import study_wishes
from assistant.services.planning.scheduling import SchedulingService
from assistant.services.study.outlook import DatedLesson, DayAhead, Outlook
from tests.helpers.planning_stand import BERLIN, MONDAY, Planning, planning

ICS = (
    "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Uni\r\nBEGIN:VEVENT\r\nUID:a\r\n"
    "DTSTART;TZID=Europe/Berlin:20260302T{start}\r\nDURATION:PT{hours}H\r\nSUMMARY:Lecture\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


class _Study:
    """A tutor with some cards due, and one lesson."""

    def __init__(self) -> None:
        self.ahead = Outlook((), 0, planned=False)
        self.outlook = SimpleNamespace(look_now=self.look_now)
        self.meanwhile: list[Callable[[], object]] = []
        """Done once each while a plan is computed, after what it is made of was read."""

    def look_now(self, _: int) -> Outlook:
        if self.meanwhile:
            self.meanwhile.pop()()
        return self.ahead


@pytest.fixture
def week(tmp_path: Path) -> Generator[tuple[Planning, _Study]]:
    study = _Study()
    with planning(tmp_path, study=study) as made:
        yield made, study


def plan(stand: Planning, days: int = 7) -> WeekPlan:
    return service(stand).plan(days, 0.4).result(60)


def service(stand: Planning) -> SchedulingService:
    return stand.services.scheduling


def where(found: WeekPlan, title: str) -> list[tuple[datetime, datetime]]:
    return [(one.start, one.end) for one in found.blocks if one.title == title]


def lecture(folder: Path, start: str, hours: int) -> Path:
    file = folder / "uni.ics"
    file.write_bytes(ICS.format(start=start, hours=hours).encode())
    return file


def test_a_week_is_planned_kept_and_undone(week: tuple[Planning, _Study], tmp_path: Path):
    stand, _ = week
    stand.services.calendars.bring(lecture(tmp_path, "090000", 2)).result(60)
    essay, _call = stand.add("essay by today 6pm ~2h !high", "call Mum ~15m")
    found = plan(stand)

    assert where(found, "essay")[0][0] >= datetime(2026, 3, 2, 11, tzinfo=BERLIN)
    assert where(found, "essay")[-1][1] <= datetime(2026, 3, 2, 18, tzinfo=BERLIN)
    assert found.overflow == ()
    assert service(stand).current().result(60) == found
    (block,) = [one for one in found.blocks if one.task == essay.id][:1]
    assert all(reason.text for reason in block.reasons)
    assert stand.services.desk.undo().result(60) is not None
    assert service(stand).current().result(60) is None
    stand.services.desk.redo().result(60)
    assert service(stand).current().result(60) == found


def test_a_plan_is_mended_when_a_lecture_comes_in(week: tuple[Planning, _Study], tmp_path: Path):
    stand, _ = week
    stand.add("read ~1h", "write ~1h", "sort ~30m", "draw ~1h")
    before = plan(stand)
    first = before.blocks[0]
    stand.services.calendars.bring(lecture(tmp_path, "090000", 1)).result(60)
    after = service(stand).replan().result(60)

    assert where(after, first.title)[0] != (first.start, first.end)
    assert after.moved == sum(
        one.start < datetime(2026, 3, 2, 10, tzinfo=BERLIN) for one in before.blocks
    )
    assert len(after.blocks) == len(before.blocks)


def test_a_block_is_dragged_stays_and_is_let_go(week: tuple[Planning, _Study]):
    stand, _ = week
    task, _other = stand.add("read ~1h", "write ~1h")
    plan(stand)
    to = datetime(2026, 3, 4, 20, tzinfo=BERLIN)
    moved = service(stand).move(Which(task.id), to).result(60)

    (block,) = [one for one in moved.blocks if one.task == task.id]
    assert (block.start, block.end, block.pinned) == (to, to + timedelta(hours=1), True)
    assert block.reasons[0].because is Because.PINNED
    assert where(plan(stand), "read") == [(to, to + timedelta(hours=1))]
    assert service(stand).explain(task.id).result(60)[0].reasons[0].text == "You put it here"
    loose = service(stand).pin(Which(task.id), keep=False).result(60)
    assert not any(one.pinned for one in loose.blocks)
    assert Because.PINNED not in [why.because for one in loose.blocks for why in one.reasons]
    assert where(plan(stand), "read")[0][0] < to


@pytest.mark.parametrize("minutes", [25, 150])
def test_what_is_under_way_ends_at_another_time(week: tuple[Planning, _Study], minutes: int):
    stand, _ = week
    (task,) = stand.add("read ~1h")
    begun = where(plan(stand), "read")[0][0]
    stand.clock.moment = begun + timedelta(minutes=20)
    end = begun + timedelta(minutes=minutes)
    with pytest.raises(UserFacingError) as refused:
        service(stand).move(Which(task.id), begun, stand.clock.moment).result(60)
    assert refused.value.code == "move_past"
    service(stand).move(Which(task.id), begun, end).result(60)
    mended = service(stand).replan().result(60)
    assert where(mended, "read")[0] == (begun, end)
    assert (len(where(mended, "read")) > 1) == (minutes < 60)


def test_what_cannot_be_is_refused(week: tuple[Planning, _Study]):
    stand, _ = week
    for job, code in (
        (service(stand).replan(), "plan_missing"),
        (service(stand).plan(0), "days_outside"),
        (service(stand).explain(TaskId(1)), "plan_missing"),
    ):
        with pytest.raises(UserFacingError) as refused:
            job.result(60)
        assert refused.value.code == code
    (task,) = stand.add("read ~1h")
    plan(stand)
    for job, code in (
        (service(stand).move(Which(task.id), MONDAY - timedelta(days=1)), "move_past"),
        (service(stand).pin(Which(TaskId(99))), "block_unknown"),
        (service(stand).pin(Which(task.id, 7)), "block_unknown"),
    ):
        with pytest.raises(UserFacingError) as refused:
            job.result(60)
        assert refused.value.code == code
    job = service(stand).plan(7, 30)
    job.cancel()
    with pytest.raises(Cancelled):
        job.result(60)


def test_what_finds_no_room_says_why_and_what_would_help(week: tuple[Planning, _Study]):
    stand, _ = week
    stand.add("thesis by today 6pm ~20h !urgent")
    found = plan(stand)

    (over,) = found.overflow
    assert over.missing_min >= 12 * 60
    assert "found no room before it is due, Monday 2 March, 18:00" in over.text
    assert over.text.endswith(": it takes more than all the room until then")
    actions = {remedy.action: remedy for remedy in over.remedies}
    assert datetime.fromisoformat(actions["later_due"].value) > MONDAY
    assert int(actions["shorten"].value) == 20 * 60 - over.missing_min


def test_reviews_and_lessons_take_their_place(week: tuple[Planning, _Study]):
    stand, study = week
    lesson = DatedLesson(CourseId("py"), ConceptId("loops"), "Loops", "Python", 30.0)
    study.ahead = Outlook(
        (DayAhead(date(2026, 3, 2), 40, 8.0), DayAhead(date(2026, 3, 3), 0, 0.0, (lesson,))),
        0,
        planned=True,
    )
    found = plan(stand)

    review, learn = found.blocks
    assert (review.title, review.kind, review.start.date()) == (
        "Review 40 cards",
        BlockKind.STUDY,
        date(2026, 3, 2),
    )
    assert (learn.title, learn.start.date()) == ("Python: Loops", date(2026, 3, 3))
    assert review.task < 0
    assert learn.task < 0
    wishes = study_wishes(study.ahead, BERLIN)
    assert [wish.minutes for wish in wishes] == [8, 30]
    assert len({wish.id for wish in wishes}) == 2


def test_what_was_done_stays_in_sight_and_what_runs_stays_where_it_is(
    week: tuple[Planning, _Study],
):
    stand, _ = week
    first, _second = stand.add("read by today 10am ~30m !high", "write ~3h")
    before = plan(stand)
    assert before.blocks[0].task == first.id
    stand.services.completing.complete([first.id]).result(60)
    stand.clock.moment = before.blocks[1].start + timedelta(minutes=10)
    after = service(stand).replan().result(60)

    assert after.blocks[0].title == "read"
    assert after.blocks[1].start == before.blocks[1].start
    assert sum((end - start).total_seconds() for start, end in where(after, "write")) == 3 * 3600
    stand.clock.moment = MONDAY + timedelta(days=20)
    assert service(stand).replan().result(60).start >= stand.clock.moment


def test_a_week_with_a_change_of_the_clock_and_tasks_of_all_kinds(
    week: tuple[Planning, _Study],
):
    """Sunday 29 March has no 02:30, and 09:00 comes an hour sooner."""
    stand, _ = week
    stand.clock.moment = datetime(2026, 3, 27, 16, 2, tzinfo=BERLIN)
    for day in (5, 6):
        stand.services.settings.set_hours(day, [(time(9), time(11))]).result(60)
    trip, _, part, _, _ = stand.add(
        "trip ~1h", "late by yesterday ~30m !low", "book ~1h", "dentist mon 10am", "waiting ~1h"
    )
    stand.services.tasks.edit([part.id], lambda one: replace(one, parent=trip.id)).result(60)
    waiting = stand.services.tasks.filtered("waiting").result(60)[0]
    stand.services.tasks.set_state([waiting.id], TaskState.WAITING).result(60)
    stand.add("sunday work ~90m")
    found = plan(stand)

    hours = [(one.start.hour, one.end.hour) for one in found.blocks if one.start.weekday() > 4]
    assert all(start >= 9 and end <= 11 for start, end in hours)
    titles = {one.title for one in found.blocks}
    assert "trip" not in titles
    assert "waiting" not in titles
    assert {"late", "book"} <= titles
    assert Priority.LOW is stand.services.tasks.filtered("late").result(60)[0].priority


def any_reason(found: WeekPlan) -> Any:
    return [reason for one in found.blocks for reason in one.reasons]


def test_customs_and_hours_outside_are_heeded(week: tuple[Planning, _Study]):
    stand, _ = week
    stand.add("read ~2h")

    def custom(_: object) -> None:
        evening = ["2026-03-02T20:00:00+01:00", "2026-03-02T21:00:00+01:00"]
        with stand.services.desk.step("Set customs") as writes:
            writes.keep_setting("customs", {"focus_min": 30, "rest_min": 30})
            writes.keep_setting("extra_hours", [evening])

    stand.services.desk.work(custom).result(60)
    for day in range(7):
        stand.services.settings.set_hours(day, []).result(60)
    found = plan(stand)

    assert [(start.hour, end - start) for start, end in where(found, "read")] == [
        (20, timedelta(minutes=30))
    ]
    assert found.overflow[0].missing_min == 90
    assert any_reason(found)


@pytest.mark.parametrize("action", ["later_due", "shorten", "extend_hours"])
def test_a_remedy_that_is_taken_helps_and_is_undone_as_one(
    week: tuple[Planning, _Study], action: str
):
    stand, _ = week
    for day in range(7):
        stand.services.settings.set_hours(day, [(time(9), time(11))]).result(60)
    (task,) = stand.add("thesis by today 11pm ~5h !urgent")
    before = plan(stand)
    over = service(stand).remedies(task.id).result(60)
    assert over is not None
    assert over == before.overflow[0]
    remedy = next(one for one in over.remedies if one.action == action)
    after = stand.services.remedies.take(task.id, remedy).result(60)

    assert after.overflow == ()
    assert service(stand).remedies(task.id).result(60) is None
    stand.services.desk.undo().result(60)
    assert service(stand).current().result(60) == before
    assert stand.services.tasks.get(task.id).result(60) == task


def test_something_else_is_put_off_and_something_whole_is_split(week: tuple[Planning, _Study]):
    stand, _ = week
    big, small = stand.add("exam ~4h", "sort ~1h !low")
    plan(stand)
    split = Remedy("Do it in pieces", "allow_split", "")
    stand.services.tasks.edit(
        [big.id], lambda one: replace(one, splitting=Splitting(allowed=False))
    ).result(60)
    stand.services.remedies.take(big.id, split).result(60)
    assert stand.services.tasks.get(big.id).result(60).splitting.allowed
    found = stand.services.remedies.take(big.id, Remedy("", "drop", str(small.id))).result(60)
    assert where(found, "sort") == []
    for wrong in (Remedy("", "dance", ""), Remedy("", "extend_hours", "b/a")):
        with pytest.raises(UserFacingError) as refused:
            stand.services.remedies.take(big.id, wrong).result(60)
        assert refused.value.code == "remedy_unknown"


@pytest.mark.parametrize("anew", [True, False])
def test_a_pin_set_while_a_plan_is_computed_is_kept(week: tuple[Planning, _Study], anew: bool):
    stand, study = week
    task, _other = stand.add("read ~1h", "write ~1h")
    first = plan(stand)
    study.meanwhile = [lambda: service(stand).pin(Which(task.id)).result(60)]
    found = plan(stand) if anew else service(stand).replan().result(60)

    assert [one.pinned for one in found.blocks if one.task == task.id] == [True]
    assert where(found, "read") == where(first, "read")
    assert service(stand).current().result(60) == found


def test_of_two_quick_drags_both_are_kept(week: tuple[Planning, _Study]):
    stand, study = week
    read, write = stand.add("read ~1h", "write ~1h")
    plan(stand)
    to = [datetime(2026, 3, 4, hour, tzinfo=BERLIN) for hour in (20, 22)]
    study.meanwhile = [lambda: service(stand).move(Which(write.id), to[1]).result(60)]
    found = service(stand).move(Which(read.id), to[0]).result(60)

    assert [where(found, title)[0][0] for title in ("read", "write")] == to
    with pytest.raises(UserFacingError) as refused:
        service(stand).move(Which(read.id), MONDAY + timedelta(days=7)).result(60)
    assert refused.value.code == "move_beyond"


def test_a_remedy_that_changes_nothing_takes_no_other_step_along(week: tuple[Planning, _Study]):
    stand, _ = week
    (exam,) = stand.add("exam ~4h")
    before = plan(stand)
    stand.clock.forward(minutes=30)
    split = Remedy("Do it in pieces", "allow_split", "")
    stand.services.remedies.take(exam.id, split).result(60)
    stand.services.desk.undo().result(60)

    assert service(stand).current().result(60) == before


def test_what_is_done_while_a_remedy_is_taken_stays_a_step_of_its_own(
    week: tuple[Planning, _Study],
):
    stand, study = week
    exam, sort = stand.add("exam ~4h", "sort ~1h !low")
    before = plan(stand)
    study.meanwhile = [lambda: stand.add("call Mum ~15m")]
    stand.services.remedies.take(exam.id, Remedy("", "drop", str(sort.id))).result(60)

    stand.services.desk.undo().result(60)
    assert service(stand).current().result(60) == before
    assert len(stand.services.tasks.filtered("call").result(60)) == 1
    stand.services.desk.undo().result(60)
    assert stand.services.tasks.filtered("call").result(60) == ()
    assert stand.services.tasks.get(sort.id).result(60) != sort
    stand.services.desk.undo().result(60)
    assert stand.services.tasks.get(sort.id).result(60) == sort


def test_what_is_left_out_though_it_is_due_waits(week: tuple[Planning, _Study]):
    stand, _ = week
    exam, sort = stand.add("exam ~4h", "sort by wednesday ~1h !low")
    before = plan(stand)
    found = stand.services.remedies.take(exam.id, Remedy("", "drop", str(sort.id))).result(60)

    assert where(before, "sort")
    assert where(found, "sort") == []
    assert stand.services.tasks.get(sort.id).result(60).state is TaskState.WAITING
    stand.services.desk.undo().result(60)
    assert stand.services.tasks.get(sort.id).result(60) == sort
    assert service(stand).current().result(60) == before


def test_minutes_before_midnight_the_next_day_counts(week: tuple[Planning, _Study], tmp_path: Path):
    stand, _ = week
    stand.services.calendars.bring(lecture(tmp_path, "090000", 3)).result(60)
    stand.clock.moment = datetime(2026, 3, 1, 23, 57, tzinfo=BERLIN)
    stand.add("read ~1h")
    found = plan(stand, 1)

    assert found.start == datetime(2026, 3, 2, tzinfo=BERLIN)
    assert found.end == datetime(2026, 3, 3, tzinfo=BERLIN)
    assert where(found, "read")[0][0] >= datetime(2026, 3, 2, 12, tzinfo=BERLIN)
    assert service(stand).replan().result(60).end == found.end
