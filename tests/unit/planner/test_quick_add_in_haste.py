"""Lines as people type them on a phone: times without a colon, short words, lists of days."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.planner.quick_add.reading import parse_line

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Wednesday


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        ("dinner friday, bring wine", "dinner, bring wine", "2026-11-27 18:00"),
        ("dinner fri 5:30pm bring wine", "dinner bring wine", "2026-11-27 17:30"),
        ("lunch tmrw 12.30 w sophie", "lunch w sophie", "2026-11-26 12:30"),
        ("boxing day lunch at mums 1pm", "boxing day lunch at mums", "2026-12-26 13:00"),
        ("thanksgiving dinner at moms 4pm", "thanksgiving dinner at moms", "2026-11-26 16:00"),
        ("call bank after lunch fri", "call bank", "2026-11-27 13:00"),
    ],
)
def test_a_meal_beside_a_time_takes_place(text: str, title: str, start: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start) == (title, at(start))


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        ("call john 3:15", "call john", "2026-11-25 15:15"),
        ("train 0815 tomorrow", "train", "2026-11-26 08:15"),
        ("eye test 9 dec 1620", "eye test", "2026-12-09 16:20"),
        ("lunch 12.30", "lunch", "2026-11-25 12:30"),
        ("dinner with tom 7.30", "dinner with tom", "2026-11-25 19:30"),
        ("meet Tom 1730", "meet Tom", "2026-11-25 17:30"),
        ("meet Tom 5.30, bring map", "meet Tom, bring map", "2026-11-25 17:30"),
        ("call mum 2000", "call mum", "2026-11-25 20:00"),
        ("call mum 1730 tomorrow", "call mum", "2026-11-26 17:30"),
        ("train 0742 tomorrow", "train", "2026-11-26 07:42"),
        ("train tomorrow 0742", "train", "2026-11-26 07:42"),
        ("checkup tues 1 dec 0900", "checkup", "2026-12-01 09:00"),
        ("drinks thurs 8", "drinks", "2026-11-26 20:00"),
        ("cinema fri eve 8", "cinema", "2026-11-27 20:00"),
        ("call bank fri 3 or so", "call bank", "2026-11-27 15:00"),
        ("call fri 4 to close deal", "call to close deal", "2026-11-27 16:00"),
        ("party sat 8 till late", "party", "2026-11-28 20:00"),
        ("shop closes 5.30 sat", "shop closes", "2026-11-28 17:30"),
        ("pick up parcel after 3 today", "pick up parcel", "2026-11-25 15:00"),
        ("tea tomorrow 4", "tea", "2026-11-26 16:00"),
        ("lab meeting 9.30 tmr", "lab meeting", "2026-11-26 09:30"),
        ("pick up Ella 5.45 thurs", "pick up Ella", "2026-11-26 17:45"),
        ("swim gala sat 5th dec from 1pm", "swim gala", "2026-12-05 13:00"),
        ("barbecue sat from 3", "barbecue", "2026-11-28 15:00"),
        ("gym sat 9, bring towel", "gym, bring towel", "2026-11-28 09:00"),
    ],
)
def test_a_time_without_a_colon(text: str, title: str, start: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.due) == (title, at(start), None)


@pytest.mark.parametrize(
    "text",
    [
        "see film 2010",
        "call 1800",
        "call ext 1420",
        "meet class of 2010",
        "meeting 1400 notes",
        "order 1245",
        "visit room 1245",
        "reps 15 x 4",
        "war 1915-1920",
        "m-f connector",
        "t/th ratio notes",
        "floors 2nd-3rd cleaning",
        "coffee 3.50",
        "see dr 5.37",
        "meet gpa 3.50",
        "merge pr 3/4",
        "score 10/10 on quiz",
        "John 3:16 memory verse",
        "essay about the fall of man",
        "talk to jan about the rent",
        "ask april and june to help",
        "find alternate routes",
    ],
)
def test_figures_that_are_no_time(text: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.duration_min) == (text, None, None)


@pytest.mark.parametrize(
    ("text", "title", "start"),
    [
        ("math friday 3 exercises", "math 3 exercises", "2026-11-27"),
        ("math friday from 3 sources", "math from 3 sources", "2026-11-27"),
        ("release 2.10 tomorrow", "release 2.10", "2026-11-26"),
        ("pay 12.50 friday", "pay 12.50", "2026-11-27"),
        ("room b4 friday", "room b4", "2026-11-27"),
        ("write tests tmrw am", "write tests", "2026-11-26 08:00"),
        ("call bank fri pm", "call bank", "2026-11-27 12:00"),
        ("clean garage one day next week", "clean garage", "2026-11-30"),
        ("clean garage sometime next week", "clean garage", "2026-11-30"),
        ("call bank mon 9am or so", "call bank", "2026-11-30 09:00"),
        ("visit nan weekend of the 12th", "visit nan", "2026-12-12"),
        ("physio 2moro 3pm", "physio", "2026-11-26 15:00"),
        ("call mum 2nite", "call mum", "2026-11-25 18:00"),
        ("tidy desk this aft", "tidy desk", "2026-11-25 12:00"),
        ("dentist a week today", "dentist", "2026-12-02"),
        ("wedding a fortnight on saturday", "wedding", "2026-12-12"),
        ("trip to paris over easter", "trip to paris", "2027-03-28"),
        ("exam moved to 3pm fri", "exam moved", "2026-11-27 15:00"),
        ("buy 2nd hand desk fri", "buy 2nd hand desk", "2026-11-27"),
        ("essay on 4 july 1755", "essay", "1755-07-04"),
        ("sort taxes over christmas break", "sort taxes over christmas break", "2026-12-25"),
        ("nye party 9pm", "nye party", "2026-12-31 21:00"),
        ("call bank mon morning first thing", "call bank", "2026-11-30 08:00"),
        ("back up laptop 1st of the month", "back up laptop", "2026-12-01"),
        ("hotel check in 23 dec 3pm", "hotel check in", "2026-12-23 15:00"),
        ("half day fri leave at 12", "half day leave", "2026-11-27 12:00"),
        ("remind me to text jake at 6", "text jake", "2026-11-25 18:00"),
        ("Don\u2019t forget to text jake fri", "Text jake", "2026-11-27"),
        ("remind me to", "remind me to", None),
    ],
)
def test_words_in_short(text: str, title: str, start: str | None) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start) == (title, None if start is None else at(start))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("pick up cake sat b/w 9 and 11", "2026-11-28 09:00", "2026-11-28 11:00"),
        ("delivery thurs btwn 2 & 4", "2026-11-26 14:00", "2026-11-26 16:00"),
        ("rehearsals in the 2 upcoming weeks", "2026-11-26", "2026-12-10"),
        ("parents here 20th-27th", "2026-12-20", "2026-12-28"),
        ("meet prof sometime thurs or fri", "2026-11-26", "2026-11-28"),
        ("shift 0600-1400 sat", "2026-11-28 06:00", "2026-11-28 14:00"),
        ("shift 1400-2200 sat", "2026-11-28 14:00", "2026-11-28 22:00"),
        ("shift 6a-2p sat", "2026-11-28 06:00", "2026-11-28 14:00"),
        ("half term camp 15-19 feb 9-3", "2027-02-15 09:00", "2027-02-19 15:00"),
        ("call bank mon 9-10 or so", "2026-11-30 09:00", "2026-11-30 10:00"),
        ("school fair 10th & 11th dec", "2026-12-10", "2026-12-12"),
        ("school fair 10th-11th dec", "2026-12-10", "2026-12-12"),
        ("school fair dec 10 & 11", "2026-12-10", "2026-12-12"),
    ],
)
def test_a_span_in_short(text: str, start: str, end: str) -> None:
    task = parse_line(text, NOW)
    assert (task.start, task.end) == (at(start), at(end))


@pytest.mark.parametrize(
    ("text", "title", "start", "rule"),
    [
        ("payslips 25th each month", "payslips", "2026-11-25", "FREQ=MONTHLY;BYMONTHDAY=25"),
        (
            "rent every last day of the month",
            "rent",
            "2026-11-30",
            "FREQ=MONTHLY;BYMONTHDAY=-1",
        ),
        (
            "update deps first monday each month",
            "update deps",
            "2026-12-07",
            "FREQ=MONTHLY;BYDAY=1MO",
        ),
        (
            "all hands 1st thursday of month 5pm",
            "all hands",
            "2026-12-03 17:00",
            "FREQ=MONTHLY;BYDAY=1TH",
        ),
        ("pub last friday every month", "pub", "2026-11-27", "FREQ=MONTHLY;BYDAY=-1FR"),
        (
            "pay rent on the last friday of each month",
            "pay rent",
            "2026-11-27",
            "FREQ=MONTHLY;BYDAY=-1FR",
        ),
        (
            "check logs daily 8.30am weekdays",
            "check logs",
            "2026-11-26 08:30",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        ),
        (
            "meds 7am 1pm 9pm every day",
            "meds",
            "2026-11-25 13:00",
            "FREQ=DAILY;BYHOUR=7,13,21",
        ),
        ("deep work every morning 8", "deep work", "2026-11-26 08:00", "FREQ=DAILY"),
        ("gym every mon 6", "gym", "2026-11-30 18:00", "FREQ=WEEKLY;BYDAY=MO"),
        ("water every day 8 glasses", "water 8 glasses", "2026-11-25", "FREQ=DAILY"),
        ("meds every morning 2", "meds 2", "2026-11-26 08:00", "FREQ=DAILY"),
        ("gym tues + thurs 6pm", "gym", "2026-11-26 18:00", "FREQ=WEEKLY;BYDAY=TU,TH"),
        (
            "standup 9:45 daily m-f",
            "standup",
            "2026-11-26 09:45",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        ),
        (
            "daily scrum 9am mon-fri",
            "daily scrum",
            "2026-11-26 09:00",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        ),
        (
            "daily scrum weekdays 9am",
            "daily scrum",
            "2026-11-26 09:00",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        ),
        ("mornings 7am meds", "meds", "2026-11-26 07:00", "FREQ=DAILY"),
        ("gym mwf 6am", "gym", "2026-11-27 06:00", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("class t/th 2pm", "class", "2026-11-26 14:00", "FREQ=WEEKLY;BYDAY=TU,TH"),
        (
            "shift 9-5 m-f",
            "shift",
            "2026-11-26 09:00",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        ),
        ("bins alternate fridays", "bins", "2026-11-27", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        (
            "bins alternate weeks thurs",
            "bins",
            "2026-11-26",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
        ),
        ("jog thrice a week", "jog", "2026-11-25", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("run every morning 6.30", "run", "2026-11-26 06:30", "FREQ=DAILY"),
        (
            "office hours every wed 1-2pm thru dec",
            "office hours",
            "2026-11-25 13:00",
            "FREQ=WEEKLY;BYDAY=WE;UNTIL=20261231T235959",
        ),
    ],
)
def test_what_comes_again(text: str, title: str, start: str, rule: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.recurrence) == (title, at(start), rule)


def test_a_length_so_many_times() -> None:
    task = parse_line("flashcards 15 min x 4", NOW)
    assert (task.title, task.duration_min) == ("flashcards", 60)


@pytest.mark.parametrize(
    ("text", "due"),
    [("read by tmrw's class", "2026-11-26"), ("read by today's class", "2026-11-25")],
)
def test_a_deadline_by_whose_day_it_is(text: str, due: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.due) == ("read class", at(due))


@pytest.mark.parametrize(
    ("text", "title", "start", "due"),
    [
        ("worksheet due in class fri", "worksheet in class", None, "2026-11-27"),
        ("sheet due before class fri 9am", "sheet before class", None, "2026-11-27 09:00"),
        ("work shift fri 4-close", "work shift", "2026-11-27 16:00", None),
    ],
)
def test_words_between_due_and_its_day(
    text: str, title: str, start: str | None, due: str | None
) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start, task.due) == (title, start and at(start), due and at(due))


def test_mon_before_another_day_is_no_month() -> None:
    task = parse_line("school run 8.15 and 3.15 mon-fri", NOW)
    assert (task.title, task.start, task.end) == (
        "school run 8.15 and 3.15",
        at("2026-11-30"),
        at("2026-12-05"),
    )


def test_a_deadline_by_a_time_in_short() -> None:
    task = parse_line("call mum b4 6", NOW)
    assert (task.title, task.start, task.due) == ("call mum", None, at("2026-11-25 18:00"))
