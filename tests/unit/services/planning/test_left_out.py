"""Series with days left out, in a real database: planned, done, changed, written out and read."""

from collections.abc import Generator
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.task import Repeat, Task
from assistant.services.planning.editing import Edit
from assistant.services.study.outlook import Outlook
from assistant.store.tasks import EVERYTHING
from tests.helpers.planning_stand import BERLIN, Planning, planning

WEDNESDAY = date(2026, 3, 4)
LESS = Repeat("FREQ=WEEKLY;BYDAY=MO,WE,FR", left_out=(WEDNESDAY,))


def _nothing(_: int) -> Outlook:
    return Outlook((), 0, planned=False)


@pytest.fixture
def stand(tmp_path: Path) -> Generator[Planning]:
    nothing = SimpleNamespace(look_now=_nothing)
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    with planning(tmp_path / "one", study=SimpleNamespace(outlook=nothing)) as made:
        yield made


@pytest.fixture
def gym(stand: Planning) -> Task:
    (task,) = stand.add("gym every mon wed fri 1h except 4 march")
    return task


def again(stand: Planning, task: Task) -> Task:
    return stand.services.tasks.get(task.id).result(60)


def day(number: int) -> datetime:
    return datetime(2026, 3, number, tzinfo=BERLIN)


def test_it_is_kept_and_no_block_stands_on_that_day(stand: Planning, gym: Task) -> None:
    assert (gym.title, gym.repeat) == ("gym", LESS)
    assert again(stand, gym) == gym
    plan = stand.services.scheduling.plan(7, 0.3).result(60)
    days = [one.start.astimezone(BERLIN).day for one in plan.blocks if one.task == gym.id]
    assert days == [2, 6]


def test_a_plan_that_is_mended_gives_a_day_free_that_is_left_out_later(stand: Planning) -> None:
    (task,) = stand.add("gym every mon wed fri 1h")
    scheduling = stand.services.scheduling

    def days() -> list[int]:
        plan = scheduling.current().result(60)
        assert plan is not None
        return [one.start.astimezone(BERLIN).day for one in plan.blocks if one.task == task.id]

    scheduling.plan(7, 0.3).result(60)
    assert days() == [2, 4, 6]
    wish = Edit(repeat="every mon wed fri except 4 march")
    stand.services.editing.edit([task.id], wish).result(60)
    scheduling.replan().result(60)
    assert days() == [2, 6]


def test_done_or_dropped_once_it_goes_on_behind_that_day(stand: Planning, gym: Task) -> None:
    done = stand.services.completing.complete([gym.id]).result(60)
    assert [one.not_before for one in done.again] == [day(6)]
    assert [one.repeat for one in done.again] == [Repeat(LESS.rule)]
    stand.services.tasks.undo().result(60)
    assert again(stand, gym).repeat == LESS
    left = stand.services.completing.drop([gym.id], once=True).result(60)
    assert [one.not_before for one in left.again] == [day(6)]


def test_it_stays_when_something_else_is_changed(stand: Planning, gym: Task) -> None:
    wish = Edit(title="weights", estimate="45 min", prefers="evening", priority="high")
    stand.services.editing.edit([gym.id], wish).result(60)
    assert again(stand, gym).repeat == LESS


def test_said_anew_it_moves_off_a_day_that_is_left_out(stand: Planning, gym: Task) -> None:
    wish = Edit(repeat="every monday, not 2 march and 9 march")
    (changed,) = stand.services.editing.edit([gym.id], wish).result(60)
    assert changed.not_before == day(16)
    days = (date(2026, 3, 2), date(2026, 3, 9))
    assert changed.repeat == Repeat("FREQ=WEEKLY;BYDAY=MO", left_out=days)
    with pytest.raises(UserFacingError) as caught:
        stand.services.editing.edit([gym.id], Edit(repeat="mondays except when it rains")).result()
    assert caught.value.code == "edit_unreadable"


def test_a_calendar_carries_it_over(stand: Planning, gym: Task, tmp_path: Path) -> None:
    stand.add("pills twice a day except tomorrow", "essay every friday except 13 and 20 march")
    stand.add("water plants by fri 5pm every other week except 20 march")
    place = tmp_path / "out.ics"
    stand.services.calendars.write(place).result(60)
    assert "EXDATE:20260303T230000Z" in place.read_text(encoding="utf-8").splitlines()
    wanted = stand.services.tasks.find(EVERYTHING).result(60)
    assert wanted[0] == gym
    assert all(one.repeat is not None and one.repeat.left_out for one in wanted)
    with planning(tmp_path / "other") as other:
        (found,) = other.services.calendars.bring(place).result(60)
        assert found.remarks == ()
        assert other.services.tasks.find(EVERYTHING).result(60) == wanted
    assert stand.services.calendars.bring(place).result(60)[0].updated == 0
    assert stand.services.tasks.find(EVERYTHING).result(60) == wanted


def test_days_that_another_program_leaves_out_are_read(stand: Planning, tmp_path: Path) -> None:
    lines = (
        "BEGIN:VTODO",
        "UID:one",
        "SUMMARY:swim",
        "DTSTART;TZID=Europe/Berlin:20260302T180000",
        "RRULE:FREQ=WEEKLY;BYDAY=MO",
        "EXDATE;TZID=Europe/Berlin:20260302T180000,20260309T180000",
        "EXDATE;TZID=Europe/Berlin:20260330T180000",
        "END:VTODO",
        "BEGIN:VTODO",
        "UID:two",
        "SUMMARY:pills",
        "DTSTART;TZID=Europe/Berlin:20260302T090000",
        "RRULE:FREQ=DAILY;BYHOUR=9,21",
        "EXDATE;TZID=Europe/Berlin:20260304T090000",
        "EXDATE;TZID=Europe/Berlin:20260305T090000,20260305T210000",
        "END:VTODO",
    )
    body = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""))
    place = tmp_path / "theirs.ics"
    place.write_bytes(body.encode())
    stand.services.calendars.bring(place).result(60)
    swim, pills = stand.services.tasks.find(EVERYTHING).result(60)
    assert swim.not_before == datetime(2026, 3, 16, 18, tzinfo=BERLIN)
    assert swim.repeat is not None
    assert swim.repeat.left_out == (date(2026, 3, 30),)
    assert pills.repeat is not None
    assert pills.repeat.left_out == (date(2026, 3, 5),), "one time of a day does not take it whole"


def test_a_file_that_leaves_out_another_day_changes_the_series(
    stand: Planning, gym: Task, tmp_path: Path
) -> None:
    place = tmp_path / "out.ics"
    stand.services.calendars.write(place).result(60)
    text = place.read_bytes()
    place.write_bytes(text.replace(b"EXDATE:20260303", b"EXDATE:20260305"))
    stand.services.calendars.bring(place).result(60)
    repeat = again(stand, gym).repeat
    assert repeat is not None
    assert repeat.left_out == (date(2026, 3, 6),)
