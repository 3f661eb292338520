"""Calendars of the iCalendar format: read component by component, expanded, written again."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.schedule import Because, Block, Reason
from assistant.domain.task import DayPart, Due, Priority, Repeat, Splitting, Task, TaskState
from assistant.planner.calendar import (
    ItemKind,
    LoadedCalendar,
    ReadCalendar,
    calendar_text,
    read_calendar,
    task_of,
    todo_of,
)
from assistant.planner.calendar.expanding import busy_times
from assistant.planner.calendar.parsing import Unreadable
from assistant.planner.calendar.plan_lines import event_of_block
from assistant.planner.calendar.reading import MOST_BYTES

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 9, tzinfo=BERLIN)
WEEK = (NOW.replace(hour=0), NOW.replace(hour=0) + timedelta(days=7))


ENDLESS_ZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:Bad\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
    "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\n"
    "END:VTIMEZONE\r\n"
)


def event(uid: str, *lines: str, start: str = "DTSTART;TZID=Europe/Berlin:20260302T100000") -> str:
    body = (f"UID:{uid}", start, f"SUMMARY:{uid}", *lines)
    return "\r\n".join(("BEGIN:VEVENT", *body, "END:VEVENT", ""))


def calendar(*parts: str) -> bytes:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(parts)}END:VCALENDAR\r\n".encode()


def read(*parts: str) -> ReadCalendar:
    return read_calendar(calendar(*parts), "mine", NOW)


def times(found: ReadCalendar, days: int = 7, mine: tuple[str, ...] = ()) -> list[str]:
    """What takes place, in short: free ones in brackets."""
    loaded = LoadedCalendar(found.calendars[0], mine)
    shown = loaded.between(WEEK[0], WEEK[0] + timedelta(days=days), BERLIN)
    assert not shown.remarks
    return [
        f"{one.title} {one.start:%d.%m. %H:%M}-{one.end:%d.%m. %H:%M}"
        if one.busy
        else f"({one.title})"
        for one in shown.occurrences
    ]


def test_rules_exceptions_and_moves_are_worked_out_in_the_zone_of_the_event() -> None:
    found = read(
        event(
            "lecture",
            "DURATION:PT90M",
            "RRULE:FREQ=DAILY;COUNT=5",
            "EXDATE;TZID=Europe/Berlin:20260303T100000",
        ),
        event(
            "lecture",
            "DTEND;TZID=Europe/Berlin:20260304T150000",
            "RECURRENCE-ID;TZID=Europe/Berlin:20260304T100000",
            start="DTSTART;TZID=Europe/Berlin:20260304T140000",
        ),
        event(
            "lecture",
            "DURATION:PT30M",
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260305T100000",
            start="DTSTART;TZID=Europe/Berlin:20260305T080000",
        ),
    )

    assert not found.remarks
    assert len(found.calendars[0].items) == 1
    assert times(found) == [
        "lecture 02.03. 10:00-02.03. 11:30",
        "lecture 04.03. 14:00-04.03. 15:00",
        "lecture 05.03. 08:00-05.03. 08:30",
        "lecture 06.03. 08:00-06.03. 08:30",
    ]


def test_days_floating_times_and_clock_changes_lie_in_the_zone_of_the_user() -> None:
    found = read(
        event("holiday", start="DTSTART;VALUE=DATE:20260303"),
        event("alarm", "DURATION:PT1H", start="DTSTART:20260304T070000"),
        event("call", "DURATION:PT1H", "RRULE:FREQ=WEEKLY"),
    )

    assert times(found, days=35) == [
        "call 02.03. 10:00-02.03. 11:00",
        "holiday 03.03. 00:00-04.03. 00:00",
        "alarm 04.03. 07:00-04.03. 08:00",
        *(f"call {day} 10:00-{day} 11:00" for day in ("09.03.", "16.03.", "23.03.", "30.03.")),
    ]
    expansion = LoadedCalendar(found.calendars[0]).between(*WEEK, BERLIN)
    assert [one.title for one in expansion.occurrences if one.whole_day] == ["holiday"]


def test_what_is_free_cancelled_or_declined_takes_no_time() -> None:
    asked = 'ATTENDEE;CN="Ada";PARTSTAT={}:mailto:{}@example.org'
    declined = (asked.format("DECLINED", "ada"), asked.format("ACCEPTED", "bob"))
    found = read(
        event("a", "DURATION:PT1H", "TRANSP:TRANSPARENT"),
        event("b", "DURATION:PT1H", "STATUS:CANCELLED"),
        event("c", "DURATION:PT1H", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"),
        event("d", "DURATION:PT1H", *declined),
        event("e", "DURATION:PT1H", asked.format("DECLINED", "bob")),
    )

    assert times(found) == ["(a)", "(b)", "(c)", "d 02.03. 10:00-02.03. 11:00", "(e)"]
    assert times(found, mine=("ADA@example.org",))[3:] == ["(d)", "e 02.03. 10:00-02.03. 11:00"]
    occurrences = LoadedCalendar(found.calendars[0]).between(*WEEK, BERLIN).occurrences
    assert [taken.title for taken in busy_times(occurrences, "mine")] == ["d"]


def test_free_busy_periods_are_busy_unless_they_say_free() -> None:
    found = read(
        "BEGIN:VFREEBUSY\r\nUID:f\r\nDTSTAMP:20260301T000000Z\r\n"
        "FREEBUSY:20260302T080000Z/PT1H,20260303T080000Z/20260303T083000Z\r\n"
        "FREEBUSY;FBTYPE=FREE:20260304T080000Z/PT1H\r\nEND:VFREEBUSY\r\n"
    )

    assert found.calendars[0].items[0].kind is ItemKind.FREE_BUSY
    occurrences = LoadedCalendar(found.calendars[0]).between(*WEEK, BERLIN).occurrences
    assert [(one.busy, one.end - one.start) for one in occurrences] == [
        (True, timedelta(hours=1)),
        (True, timedelta(minutes=30)),
        (False, timedelta(hours=1)),
    ]


def test_free_busy_components_that_share_a_uid_are_all_read() -> None:
    part = "BEGIN:VFREEBUSY\r\nUID:f\r\nFREEBUSY:20260302T{}0000Z/PT1H\r\nEND:VFREEBUSY\r\n"

    assert times(read(part.format("09"), part.format("14"))) == [
        "Busy 02.03. 10:00-02.03. 11:00",
        "Busy 02.03. 15:00-02.03. 16:00",
    ]


def test_zones_of_the_file_and_of_the_calendar_are_known() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Moon\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:+0330\r\nTZOFFSETTO:+0330\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    custom = read(zone, event("a", start="DTSTART;TZID=Moon:20260302T133000"))
    named = read("X-WR-TIMEZONE:Europe/Berlin\r\nX-WR-CALNAME:Home\r\n", event("b"))
    other = read(event("c", start="DTSTART;TZID=Moon:20260302T133000"))

    assert times(custom) == ["a 02.03. 11:00-02.03. 11:00"]
    assert named.calendars[0].name == "Home"
    assert times(named) == ["b 02.03. 10:00-02.03. 10:00"]
    assert times(other) == ["c 02.03. 13:30-02.03. 13:30"]
    assert other.remarks[0].text.endswith(
        "The zone Moon is not known: its times are taken as local."
    )


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (event("x", start="DTSTART:nonsense"), "DTSTART on line 10"),
        (event("x", start="LOCATION:here"), "It has no DTSTART."),
        (event("x", "DTSTART:20260101T000000Z"), "DTSTART stands more than once."),
        (event("x", "RRULE:FREQ=SECONDLY"), "It repeats too often to be worked out."),
        (event("x", "RRULE:FREQ=SECONDLY;COUNT=1000000000"), "It repeats too often"),
        (event("x", "RRULE:FREQ=DAILY;INTERVAL=0"), "It repeats too often"),
        (event("x", "RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3,4;BYSECOND=5"), ""),
        (event("x", "RRULE:RSCALE=HEBREW;FREQ=YEARLY"), "Its rule counts by another calendar"),
        (event("x", "RDATE;VALUE=TIME:083000"), "RDATE holds what is neither"),
        ("BEGIN:VEVENT\r\n" * 40 + "END:VEVENT\r\n" * 40, "Components lie in it deeper than 12."),
        ("BEGIN:VEVENT\r\nUID:x\r\nEND:VTODO\r\n", "Line 10 ends VTODO where VEVENT is open."),
        ("BEGIN:VTODO\r\nDUE:nonsense\r\nEND:VTODO\r\n", "Wrong date format"),
        ("END:VEVENT\r\n", "It is ended but was not begun."),
        (
            ENDLESS_ZONE,
            "The rule of its changes is none that a zone can have.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_and_the_rest_is_read(part: str, reason: str) -> None:
    found = read(event("good"), part, event("better", "DURATION:PT1H"))

    titles = [item.title for item in found.calendars[0].items]
    assert [title for title in titles if title != "x"] == ["good", "better"]
    assert [remark.text[: len(reason)] for remark in found.refused] == [reason] * bool(reason)
    assert all(remark.line >= 8 for remark in found.refused)


def test_a_rule_that_matches_no_day_ends_and_is_told() -> None:
    found = read(event("never", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "DURATION:PT1H"))

    assert [remark.refused for remark in found.remarks] == [False]
    assert found.remarks[0].line == 7
    assert times(found) == ["never 02.03. 10:00-02.03. 11:00"]
    rare = read(event("rare", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SA"))
    assert not rare.remarks
    weeks = read(event("weeks", "RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;BYYEARDAY=-1"))
    assert "matches no day" in weeks.remarks[0].text


def test_files_of_other_makers_and_broken_files() -> None:
    whole = calendar(event("ümlaut")).decode()
    assert times(read_calendar(whole.encode("utf-16"), "", NOW)) == times(read(event("ümlaut")))
    old = read_calendar(whole.encode("cp1252"), "", NOW)
    assert times(old) == times(read(event("ümlaut")))
    assert "Windows-1252" in old.remarks[0].text
    assert times(read_calendar(whole.replace("\r\n", "\r").encode(), "", NOW)) == times(old)
    bare = read_calendar(event("bare").encode(), "", NOW)
    assert times(bare) == ["bare 02.03. 10:00-02.03. 10:00"]
    two = read_calendar(calendar(event("a")) + b"between\r\n" + calendar(event("b")), "c", NOW)
    assert [one.name for one in two.calendars] == ["c", "c (2)"]
    assert [remark.text for remark in two.refused] == ["Lines outside of any calendar: 1."]

    for data in (b"", b"\x00\xff" * 999, b"BEGIN:VCALENDAR", b"BEGIN:VEVENT\r\nUID:x"):
        assert not [one for one in read_calendar(data, "", NOW).calendars if one.items]
    assert "MiB" in read_calendar(bytes(MOST_BYTES + 1), "", NOW).refused[0].text


def test_what_was_read_is_written_as_it_stood() -> None:
    folded = event("a", "DESCRIPTION:one\r\n  two", "X-OTHER;A=b:c", "ATTACH:https://example.org/")
    custom = "BEGIN:X-THING\r\nX-A:1\r\nEND:X-THING\r\n"
    found = read("X-WR-CALNAME:Mine\r\n", folded, custom)

    written = calendar_text(found.calendars[0])
    assert folded in written
    assert custom in written
    assert read_calendar(written.encode(), "mine", NOW).calendars[0].head == (
        "VERSION:2.0\r\nX-WR-CALNAME:Mine\r\n"
    )


def test_a_task_comes_back_as_it_was_written() -> None:
    task = Task(
        id=TaskId(7),
        title="Lab report; part 1, “final”",
        created=datetime(2026, 3, 1, tzinfo=UTC),
        state=TaskState.DONE,
        notes="first\nsecond",
        project=ProjectId(1),
        priority=Priority.HIGH,
        tags=("chem", "a, b"),
        place="Library",
        due=Due(datetime(2026, 3, 6, tzinfo=BERLIN)),
        not_before=datetime(2026, 3, 3, 8, tzinfo=UTC),
        estimate_min=150,
        repeat=Repeat("FREQ=WEEKLY;BYDAY=MO"),
        ended=datetime(2026, 3, 5, 12, tzinfo=UTC),
    )
    found = read(todo_of(task, "task-7@lamplight", "Chemistry"))

    assert not found.remarks
    item = found.calendars[0].items[0]
    assert (item.uid, item.kind) == ("task-7@lamplight", ItemKind.TASK)
    again = task_of(item, NOW, BERLIN)
    names = ("title", "created", "state", "notes", "priority", "tags", "place", "due", "ended")
    more = ("not_before", "estimate_min", "repeat")
    assert {name: getattr(again, name) for name in names + more} == {
        name: getattr(task, name) for name in names + more
    }


@pytest.mark.parametrize(
    "fixed",
    [
        {"due": Due(NOW + timedelta(days=1, seconds=0), whole_day=False)},
        {"fixed_start": NOW, "fixed_end": NOW + timedelta(hours=1)},
        {
            "fixed_start": NOW,
            "fixed_end": NOW + timedelta(hours=1),
            "due": Due(NOW.replace(hour=0)),
            "not_before": NOW - timedelta(hours=2),
        },
        {"fixed_start": NOW, "due": Due(NOW + timedelta(days=2), whole_day=False)},
        {"state": TaskState.WAITING},
        {"state": TaskState.DROPPED, "ended": NOW - timedelta(days=1)},
        {"due": Due(datetime(2026, 3, 6, tzinfo=ZoneInfo("America/New_York")))},
    ],
)
def test_all_of_a_task_comes_back(fixed: dict[str, Any]) -> None:
    task = Task(
        id=TaskId(0),
        title="Dentist " * 100 + "again",
        created=datetime(2026, 3, 1, tzinfo=UTC),
        people=("Kim; Lee, jr.", "Sam"),
        splitting=Splitting(allowed=False, least_min=40),
        prefers=DayPart.EVENING,
        repeat=Repeat("FREQ=DAILY;INTERVAL=3", after_completion=True),
        written="dentist tomorrow 3pm; with @kim, \\o/",
        **fixed,
    )
    found = read(todo_of(task, "a"))

    assert not found.remarks
    again = task_of(found.calendars[0].items[0], NOW, BERLIN)
    assert again == task
    assert str(again.due and again.due.moment.tzinfo) == str(task.due and task.due.moment.tzinfo)


def test_an_appointment_is_moved_by_other_programs() -> None:
    task = Task(TaskId(0), "Dentist", NOW, fixed_start=NOW, fixed_end=NOW + timedelta(hours=1))
    text = todo_of(task, "a").replace("T080000Z", "T120000Z")
    moved = task_of(read(text).calendars[0].items[0], NOW, BERLIN)

    assert "DTSTART:20260302T120000Z" in text
    assert moved.fixed_start == NOW.replace(hour=13)


def test_properties_of_our_own_are_not_believed_blindly() -> None:
    number = "9" * 30
    lines = (
        "DTSTART:20260303T100000Z",
        "DUE:20260303T090000Z",
        "X-LAMPLIGHT-APPOINTMENT:START-END",
        f"X-LAMPLIGHT-SPLITTING:FALSE {number}",
        f"X-LAMPLIGHT-ESTIMATE-MINUTES:{number}",
        "X-LAMPLIGHT-PREFERS:noon",
        "X-LAMPLIGHT-STATE:lost",
        "X-LAMPLIGHT-ZONE:../../etc",
    )
    body = "\r\n".join(("BEGIN:VTODO", "UID:a", "SUMMARY:A", *lines, "END:VTODO", ""))

    task = task_of(read(body).calendars[0].items[0], NOW, BERLIN)
    start = datetime(2026, 3, 3, 11, tzinfo=BERLIN)
    assert task == Task(TaskId(0), "A", NOW, fixed_start=start)


def test_moments_in_utc_are_kept_in_the_zone_of_the_user() -> None:
    lines = "BEGIN:VTODO\r\nUID:{0}\r\nSUMMARY:{0}\r\n{1}\r\nEND:VTODO\r\n"
    found = read(
        lines.format("utc", "DUE:20260306T160000Z"),
        lines.format("there", "DUE;TZID=America/New_York:20260306T160000"),
    )
    home, there = (task_of(item, NOW, BERLIN) for item in found.calendars[0].items)

    assert home.due == Due(datetime(2026, 3, 6, 17, tzinfo=BERLIN), whole_day=False)
    assert home.due is not None
    assert there.due is not None
    assert home.due.moment.tzinfo is BERLIN
    assert str(there.due.moment.tzinfo) == "America/New_York"


def test_tasks_of_other_programs() -> None:
    todo = "BEGIN:VTODO\r\nUID:{}\r\n{}\r\nEND:VTODO\r\n"
    found = read(
        todo.format("a", "DESCRIPTION:\\nBuy milk\r\nPRIORITY:1\r\nCOMPLETED:20260301T100000Z"),
        todo.format("b", "SUMMARY:Walk\r\nDTSTART:20260305T100000\r\nDURATION:PT45M"),
        todo.format("c", "CATEGORIES:nothing"),
    )
    milk, walk, nothing = found.calendars[0].items

    bought = task_of(milk, NOW, BERLIN)
    assert (bought.title, bought.priority, bought.state) == (
        "Buy milk",
        Priority.URGENT,
        TaskState.DONE,
    )
    walked = task_of(walk, NOW, BERLIN)
    assert walked.estimate_min == 45
    assert walked.due == Due(datetime(2026, 3, 5, 10, 45, tzinfo=BERLIN), whole_day=False)
    with pytest.raises(Unreadable, match="no SUMMARY"):
        task_of(nothing, NOW, BERLIN)


def test_a_block_of_a_plan_is_an_event_with_its_reasons() -> None:
    reason = Reason(Because.DEADLINE, "Friday 17:00 is two days away")
    start = NOW.replace(hour=13)
    block = Block(TaskId(1), "Report", start, start + timedelta(hours=1), part=1, parts=2)
    found = read(event_of_block(block, "block-1", NOW))

    assert times(found) == ["Report (1 of 2) 02.03. 13:00-02.03. 14:00"]
    reasoned = Block(TaskId(1), "Report", start, start, reasons=(reason,))
    assert "DESCRIPTION:Friday 17:00 is two days away" in event_of_block(reasoned, "b", NOW)
