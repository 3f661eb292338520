"""What a change does to a plan is said in words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.domain.clock_face import ClockFace
from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block, Busy, Overflow, WeekPlan
from assistant.domain.task import Due, Task
from assistant.planner.commands.consequences import consequences, span

NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Berlin"))

STAYS = ". The deadline stays as it is"


def block(task: int, hour: int, day: int = 2) -> Block:
    start = NOW.replace(day=day, hour=hour)
    return Block(TaskId(task), f"task {task}", start, start + timedelta(hours=1))


def plan(*blocks: Block, over: tuple[Overflow, ...] = ()) -> WeekPlan:
    return WeekPlan(NOW, NOW, NOW + timedelta(days=7), blocks, over)


def open_tasks(**due: Due) -> dict[TaskId, Task]:
    return {
        TaskId(number): Task(TaskId(number), f"task {number}", NOW, due=due.get(f"t{number}"))
        for number in range(1, 7)
    }


def test_nothing_is_said_where_nothing_changes() -> None:
    same = plan(block(1, 10), block(2, 11))
    found = consequences(same, same, open_tasks(), TaskId(1))
    assert (found.lines, found.warnings) == ((), ())


def test_what_moves_is_counted_and_the_first_are_named() -> None:
    before = plan(*(block(one, 9 + one) for one in range(1, 7)))
    after = plan(*(block(one, 9 + one, day=3) for one in range(1, 7)))
    found = consequences(before, after, open_tasks(), TaskId(1))
    assert found.lines == (
        "Planned: Mon 02 Mar 10:00-11:00 → Tue 03 Mar 10:00-11:00",
        "5 other blocks move",
        "“task 2” Mon 02 Mar 11:00-12:00 → Tue 03 Mar 11:00-12:00",
        "“task 3” Mon 02 Mar 12:00-13:00 → Tue 03 Mar 12:00-13:00",
        "“task 4” Mon 02 Mar 13:00-14:00 → Tue 03 Mar 13:00-14:00",
        "and those of 2 more",
    )


def test_what_ends_is_not_said_to_move() -> None:
    tasks = open_tasks()
    del tasks[TaskId(2)]
    found = consequences(plan(block(1, 10), block(2, 11)), plan(block(1, 10)), tasks, None)
    assert found.lines == ()


def test_room_and_deadlines_that_are_lost_are_warnings() -> None:
    due = Due(NOW.replace(hour=12), whole_day=False)
    lacking = Overflow(TaskId(3), "task 3", 90, "")
    found = consequences(
        plan(block(2, 10), block(3, 11)),
        plan(block(2, 12), over=(lacking,)),
        open_tasks(t2=due),
        TaskId(1),
    )
    breaks, lacks = found.warnings
    assert breaks.startswith(
        "“task 2” breaks its deadline, Mon 02 Mar 12:00: it ends Mon 02 Mar 13:00"
    )
    assert lacks == "1 h 30 min of “task 3” is left without room"
    back = consequences(plan(over=(lacking,)), plan(block(3, 11)), open_tasks(), None)
    assert back.lines == ("“task 3” gets room for 1 h 30 min more",)
    late = consequences(plan(block(2, 12)), plan(block(2, 13)), open_tasks(t2=due), TaskId(1))
    assert late.warnings == ()  # it was late before


def test_times_of_day_are_told_in_the_form_that_is_asked_for() -> None:
    face, due = ClockFace(twelve=True), Due(NOW.replace(hour=12), whole_day=False)
    found = consequences(
        plan(block(1, 10), block(2, 10)),
        plan(block(1, 9, day=3), block(1, 13, day=3), block(2, 12)),
        open_tasks(t2=due),
        TaskId(1),
        face,
    )
    said = [one.replace("\N{NO-BREAK SPACE}", " ") for one in (*found.lines, *found.warnings)]
    assert said == [
        "Planned: Mon 02 Mar 10:00-11:00 AM → Tue 03 Mar 9:00-10:00 AM, 1:00-2:00 PM",
        "1 other block moves",
        "“task 2” Mon 02 Mar 10:00-11:00 AM → Mon 02 Mar 12:00-1:00 PM",
        f"“task 2” breaks its deadline, Mon 02 Mar 12:00 PM: it ends Mon 02 Mar 1:00 PM{STAYS}",
    ]


def test_whole_days_are_named_without_hours() -> None:
    midnight = NOW.replace(hour=0)
    fair = Busy(midnight, midnight + timedelta(days=1), "Fair")
    assert span(fair) == "Mon 02 Mar, all day"
    assert span(Busy(midnight, midnight + timedelta(days=3), "Trip")) == (
        "Mon 02 Mar to Wed 04 Mar, all day"
    )
    assert span(block(1, 10)) == "Mon 02 Mar 10:00-11:00"
