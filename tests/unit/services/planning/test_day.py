"""The day as it goes: planned blocks, appointments and events in one order."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from assistant.domain.schedule import Block, BlockKind, WeekPlan
from assistant.domain.task import Task
from assistant.domain.task_filter import Order
from assistant.planner.calendar.values import Occurrence
from assistant.services.planning.calendar_values import CalendarEvents
from assistant.services.planning.task_values import Today
from assistant.store.plans import keep_plan
from tests.helpers.planning_stand import MONDAY, Planning


def at(hour: float, day: int = 0) -> datetime:
    return MONDAY.replace(hour=0) + timedelta(days=day, hours=hour)


def event(title: str, start: datetime, end: datetime, **more: bool | str) -> Occurrence:
    parts = {"whole_day": False, "place": "", "status": ""} | more
    return Occurrence(title, title, start, end, **parts)  # type: ignore[arg-type] - by name


def keep(stand: Planning, *blocks: Block) -> None:
    plan = WeekPlan(MONDAY, at(0), at(0, 7), blocks)

    def work() -> None:
        with stand.services.desk.step("Plan the week") as writes:
            keep_plan(writes.writing, plan, "Europe/Berlin")

    stand.workers.on_store(work).result(60)


def block(task: Task, begin: float, end: float, part: int = 1, parts: int = 1) -> Block:
    return Block(task.id, task.title, at(begin), at(end), part=part, parts=parts)


@pytest.fixture
def busy(stand: Planning, monkeypatch: pytest.MonkeyPatch) -> Planning:
    occurrences = (
        event("School run", at(8), at(8.5)),
        event("Lecture", at(10), at(11.5), place="Hall 2"),
        event("Called off", at(12), at(13), status="CANCELLED"),
        event("Birthday", at(0), at(24), whole_day=True),
        event("Holiday", at(0, 1), at(0, 2), whole_day=True),
    )

    def events_now(_start: datetime, _end: datetime) -> tuple[CalendarEvents, ...]:
        return (CalendarEvents("Home", occurrences),)

    calendars = SimpleNamespace(events_now=events_now)
    monkeypatch.setitem(stand.services.__dict__, "calendars", calendars)
    return stand


def read(stand: Planning, order: Order = Order.DUE) -> Today:
    return stand.services.listing.today(order).result(60)[0]


def told(today: Today) -> list[str]:
    return [
        f"{'day' if one.whole_day else format(one.start, '%H:%M')} {one.title}"
        + (f" {one.part}/{one.parts}" if one.parts > 1 else "")
        for one in today.stretches
    ]


def test_a_day_holds_what_is_planned_beside_events_and_appointments(busy: Planning) -> None:
    essay, call, mum = busy.add("essay by friday ~3h", "call Nan at 3pm", "ring Mum today")
    keep(busy, block(essay, 9.5, 10, 1, 2), block(essay, 16, 17, 2, 2), block(call, 14, 14.5))
    today = read(busy)
    assert told(today) == [
        "day Birthday",
        "08:00 School run",
        "09:30 essay 1/2",
        "10:00 Lecture",
        "15:00 call Nan",
        "16:00 essay 2/2",
    ]
    lecture = today.stretches[3]
    assert (lecture.kind, lecture.calendar, lecture.place) == (BlockKind.EVENT, "Home", "Hall 2")
    assert [one.task and one.task.id for one in today.stretches[-2:]] == [call.id, essay.id]
    assert {one.id for one in today.due} == {call.id, mum.id}
    assert (today.day, today.planned) == (date(2026, 3, 2), True)


def test_what_is_done_and_other_days_are_left_out(busy: Planning) -> None:
    essay, book = busy.add("essay ~1h", "book ~1h")
    tomorrow = Block(book.id, book.title, at(9, 1), at(10, 1))
    keep(busy, block(essay, 9.5, 10.5), tomorrow)
    assert "09:30 essay" in told(read(busy, Order.FIRST))
    busy.services.completing.complete([essay.id]).result(60)
    assert not any("essay" in one or "book" in one for one in told(read(busy)))


def test_parts_of_what_is_planned_are_read_with_it(busy: Planning) -> None:
    (essay,) = busy.add("essay ~1h")
    busy.services.adding.add_line("outline", parent=essay.id).result(60)
    keep(busy, block(essay, 9.5, 10.5))
    branches = busy.services.listing.today().result(60)[1]
    assert [one.title for one in branches.parts[essay.id]] == ["outline"]


def test_without_a_plan_appointments_stand_alone(stand: Planning) -> None:
    stand.add("call Nan at 3pm")
    today = read(stand)
    assert (told(today), today.planned) == (["15:00 call Nan"], False)
