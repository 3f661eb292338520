"""What the Plan place says in words, and what a part of a line may be instead."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.domain.ids import TaskId
from assistant.domain.task import Due, Task, TaskState
from assistant.domain.when import Span
from assistant.planner.quick_add.parts import PartKind
from assistant.planner.quick_add.reading import parse_line
from assistant.planner.quick_add.vocabulary import Vocabulary
from assistant.planner.tasks.from_line import with_line
from assistant.ui.plan.adding.parts import chip_of, others_of, told_once
from assistant.ui.plan.words import (
    day_words,
    due_words,
    is_late,
    length_words,
    repeat_words,
    rule_words,
    upcoming_head,
    when_words,
)

NOW = datetime(2025, 11, 19, 13, 10, tzinfo=UTC)
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Today"), (1, "Tomorrow"), (-1, "Yesterday"), (2, "Fri 21 Nov"), (60, "Sun 18 Jan 2026")],
)
def test_days_are_named_by_how_far_they_are(days: int, words: str) -> None:
    assert day_words(TODAY + timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "every 2 weeks on Mon, Wed"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every workday"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on last Fri"),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5", "every year on 5 Mar"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "every month on the 1st"),
        ("FREQ=MONTHLY;BYMONTHDAY=22;INTERVAL=2", "every 2 months on the 22nd"),
        ("FREQ=MONTHLY;BYMONTHDAY=13", "every month on the 13th"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "every month on day 1, 15"),
        ("FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=3", "every year on the 3rd in Mar, Sep"),
        ("FREQ=DAILY;BYHOUR=8,18;BYMINUTE=0", "every day at 08:00 and 18:00"),
        ("FREQ=DAILY;BYHOUR=8,18;BYMINUTE=15,45;BYSETPOS=1,4", "every day at 08:15 and 18:45"),
        (
            "FREQ=WEEKLY;BYDAY=MO;BYHOUR=18,8,13;BYMINUTE=30",
            "every week on Mon at 08:30, 13:30 and 18:30",
        ),
        ("FREQ=DAILY;COUNT=3", "every day, 3 times"),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260630T235959", "every week on Tue until 30 Jun 2026"),
        ("FREQ=DAILY;UNTIL=20260630", "every day until 30 Jun 2026"),
        ("FREQ=DAILY;UNTIL=SOON", "every day until SOON"),
        ("FREQ=MONTHLY;BYMONTH=99", "every month in 99"),
    ],
)
def test_recurrences_are_said_in_words(rule: str, words: str) -> None:
    assert rule_words(rule) == words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("swim every monday 18:00 except 24 nov", "every week on Mon, not 24 Nov"),
        ("gym daily, not 23 and 29-31 dec", "every day, not 23 Dec and 29 - 31 Dec"),
        (
            "standup daily except 1 dec, 8 dec and 31 dec - 2 jan",
            "every day, not 1 Dec, 8 Dec and 31 Dec - 2 Jan 2026",
        ),
        (
            "plants every 3 days after completion, not 24 dec",
            "every 3 days after completion, not 24 Dec",
        ),
        ("rent monthly on the 1st except january", "every month on the 1st, not 1 Jan 2026"),
        (
            "run daily except 5 dec, 16-17 dec and 28 dec",
            "every day, not 5 Dec, 16 - 17 Dec and 28 Dec",
        ),
        (
            "piano every tuesday until june, not 30 dec",
            "every week on Tue until 30 Jun 2026, not 30 Dec",
        ),
    ],
)
def test_days_left_out_are_said_in_words_that_are_read_again(line: str, words: str) -> None:
    repeat = with_line(Task(TaskId(1), "", NOW), parse_line(line, NOW)).repeat
    assert repeat is not None
    assert repeat_words(repeat, None, TODAY) == words
    again = with_line(Task(TaskId(1), "", NOW), parse_line(f"x {words}", NOW))
    assert (again.title, again.repeat) == ("x", repeat)


def test_days_left_out_have_a_chip_and_a_recurrence_in_two_places_one() -> None:
    found = parse_line("swim every monday except 24 nov and 22-26 dec at 6pm", NOW)
    chips = [chip_of(part, found, TODAY) for part in told_once(found.parts)]
    assert [(one.name, one.value) for one in chips] == [
        ("", "every week on Mon, 18:00"),
        ("not", "24 Nov and 22 Dec"),
    ]
    left_out = next(part for part in found.parts if part.kind is PartKind.EXCEPT)
    assert [one.meaning for one in others_of(left_out, found, TODAY)] == [""]


def test_lengths_and_headings() -> None:
    said = [length_words(minutes).replace("\u00a0", " ") for minutes in (20, 60, 95, 0)]
    assert said == ["20 min", "1 h", "1 h 35", "1 min"]
    assert upcoming_head(TODAY, TODAY) == "Today · Wednesday 19 November"
    assert upcoming_head(date(2025, 11, 23), TODAY) == "Sunday 23 November"


def test_a_whole_day_is_late_once_it_is_over() -> None:
    midnight = NOW.replace(hour=0, minute=0)
    task = Task(TaskId(1), "x", NOW, due=Due(midnight))
    assert not is_late(task, NOW)
    assert is_late(task, NOW + timedelta(days=1))
    assert is_late(replace(task, due=Due(NOW, whole_day=False)), NOW)
    assert not is_late(replace(task, state=TaskState.DONE), NOW + timedelta(days=9))
    assert due_words(Due(NOW, whole_day=False), TODAY) == "Today, 13:10"
    fixed = replace(task, fixed_start=NOW, fixed_end=NOW + timedelta(hours=1))
    assert when_words(fixed, TODAY) == "Today, 13:10\N{EN DASH}14:10"
    assert when_words(replace(task, due=None), TODAY) == ""


def test_each_part_has_a_chip_and_what_it_may_be_instead() -> None:
    line = "write report by fri 5pm ~3h !high #chem +School every other week"
    found = parse_line(line, NOW, Vocabulary())
    chips = {part.kind: chip_of(part, found, TODAY) for part in found.parts}
    assert chips[PartKind.DUE].value == "Fri 21 Nov, 17:00"
    assert chips[PartKind.DURATION].value == "3\u00a0h"
    assert chips[PartKind.RECURRENCE].value == "every 2 weeks"
    assert (chips[PartKind.PRIORITY].name, chips[PartKind.PRIORITY].value) == ("priority", "High")

    others = {part.kind: list(others_of(part, found, TODAY)) for part in found.parts}
    assert others[PartKind.DUE][0].meaning == "by 2025-11-14 17:00"
    assert [one.meaning for one in others[PartKind.TAG]][:1] == ["+chem"]
    assert [one.meaning for one in others[PartKind.PROJECT]][:1] == ["#School"]
    assert "!high" not in [one.meaning for one in others[PartKind.PRIORITY]]
    assert "~180min" not in [one.meaning for one in others[PartKind.DURATION]]
    assert others[PartKind.RECURRENCE][-1].meaning == ""


def test_days_to_come_are_offered_before_those_gone() -> None:
    found = parse_line("essay 2/3", NOW, Vocabulary())
    gone, coming = (datetime(year, 3, 2, tzinfo=UTC) for year in (2025, 2027))
    found = replace(found, alternatives=(Span(gone, None), Span(coming, None)))
    offered = [one.meaning for one in others_of(found.parts[0], found, TODAY)]
    assert offered[:2] == ["2027-03-02", "2025-03-02"]


@pytest.mark.parametrize(
    ("line", "chip"),
    [
        ("essay after 4pm ~2h", ("not before", "Today, 16:00")),
        ("essay from 4pm", ("not before", "Today, 16:00")),
        ("essay from friday", ("not before", "Fri 21 Nov")),
        ("essay friday after 4pm", ("not before", "Fri 21 Nov, 16:00")),
        ("essay from tomorrow by friday", ("not before", "Tomorrow")),
        ("call nan 3pm", ("on", "Today, 15:00")),
        ("email Bob asap", ("due", "Today")),
        ("essay friday", ("on", "Fri 21 Nov")),
        ("essay tomorrow morning", ("on", "Tomorrow, 08:00 \N{EN DASH} Tomorrow, 12:00")),
    ],
)
def test_when_something_can_begin_is_told_apart_from_an_appointment(
    line: str, chip: tuple[str, str]
) -> None:
    found = parse_line(line, NOW, Vocabulary())
    words = next(chip_of(part, found, TODAY) for part in found.parts if part.kind is PartKind.WHEN)
    assert (words.name, words.value) == chip


def test_an_appointment_can_be_made_a_beginning_and_the_other_way_round() -> None:
    for line, words, named in (
        ("call 3pm", "Not before then", "not before"),
        ("call after 3pm", "At that time", "on"),
        ("call asap", "At this time", "on"),
    ):
        found = parse_line(line, NOW, Vocabulary())
        meant = {one.words: one.meaning for one in others_of(found.parts[0], found, TODAY)}
        again = parse_line(f"call {meant[words]}", NOW, Vocabulary())
        assert chip_of(again.parts[0], again, TODAY).name == named
        assert again.start == found.start


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("bag every wednesday morning", "every week on Wed, in the morning"),
        ("band every other friday evening", "every 2 weeks on Fri, in the evening"),
        ("gym every mon 6pm", "every week on Mon, 18:00"),
        ("tidy every monday after 4pm", "every week on Mon, from 16:00"),
        ("pills every day 8am and 8pm", "every day at 08:00 and 20:00"),
        ("pills every day 8:30am and 8:30pm", "every day at 08:30 and 20:30"),
        ("bins every tuesday", "every week on Tue"),
    ],
)
def test_what_comes_again_says_when_in_the_day(line: str, value: str) -> None:
    found = parse_line(line, NOW, Vocabulary())
    assert chip_of(found.parts[0], found, TODAY).value == value


@pytest.mark.parametrize(
    ("line", "words", "value"),
    [
        ("bag every wednesday morning", "At 08:00", "every week on Wed, 08:00"),
        ("bag every wednesday morning", "In the evening", "every week on Wed, in the evening"),
        (
            "band every other friday at 6pm",
            "In the evening",
            "every 2 weeks on Fri, in the evening",
        ),
        ("band every other friday at 6pm", "At any time of the day", "every 2 weeks on Fri"),
        ("bins every workday", "At 09:00", "every workday, 09:00"),
    ],
)
def test_the_time_of_what_comes_again_can_be_corrected(line: str, words: str, value: str) -> None:
    found = parse_line(line, NOW, Vocabulary())
    part = found.parts[0]
    meant = {one.words: one.meaning for one in others_of(part, found, TODAY)}
    again = parse_line(line.replace(part.words, meant[words]), NOW, Vocabulary())
    assert again.title == found.title
    assert chip_of(again.parts[0], again, TODAY).value == value


def test_rows_say_from_when_on_a_task_can_be_begun() -> None:
    four = NOW.replace(hour=16, minute=0)
    midnight = NOW.replace(hour=0, minute=0)
    task = Task(TaskId(1), "x", NOW, not_before=four)
    assert when_words(task, TODAY) == "from Today, 16:00"
    assert when_words(replace(task, not_before=midnight), TODAY) == "from Today"
    assert when_words(replace(task, due=Due(midnight)), TODAY) == "Today, from 16:00"
    later = replace(task, due=Due(midnight + timedelta(days=2)))
    assert when_words(later, TODAY) == "Fri 21 Nov"
    window = replace(task, due=Due(midnight + timedelta(days=1), whole_day=False))
    assert when_words(window, TODAY) == "Today, 16:00\N{EN DASH}00:00"
