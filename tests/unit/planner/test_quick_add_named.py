"""Tasks, people, places and zones that a line names in its own words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.planner.dates.cities import zone_named
from assistant.planner.quick_add.dependencies import may_name_tasks, titled
from assistant.planner.quick_add.reading import parse_line

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
TASKS = ("physics essay with Ana", "Write draft", "do laundry", "essay", "history essay", "paint")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("text", "title", "after"),
    [
        ('revise after "physics essay"', "revise", "physics essay with Ana"),
        ('revise after "essay"', "revise", "essay"),
        ('revise after "nothing like it"', "revise", "nothing like it"),
        ("submit after finishing the draft", "submit", "Write draft"),
        ("submit after finishing the draft tomorrow", "submit", "Write draft"),
        ("fold socks once laundry is done", "fold socks", "do laundry"),
        ("hang it up when the laundry is finished by friday", "hang it up", "do laundry"),
        ("clean up after paint", "clean up", "paint"),
    ],
)
def test_a_task_that_comes_first(text: str, title: str, after: str) -> None:
    task = parse_line(text, NOW, tasks=TASKS)
    assert may_name_tasks(text)
    assert (task.title, task.after) == (title, (after,))


@pytest.mark.parametrize(
    "text",
    [
        "rest after finishing the race",
        "call once dinner is ready",
        "nap after class",
        "go after it",
    ],
)
def test_what_names_no_task(text: str) -> None:
    task = parse_line(text, NOW, tasks=TASKS)
    assert (task.title, task.after) == (text, ())


def test_words_that_several_tasks_have_name_none() -> None:
    assert titled("essay with", ("essay a", "essay b")) is None
    assert titled("the", TASKS) is None
    assert titled("ESSAY", TASKS) == "essay"


@pytest.mark.parametrize(
    ("text", "title", "people", "place"),
    [
        ("meet Sara and Ben at school", None, ("Sara", "Ben"), "school"),
        ("call Mum Friday", "call Mum", ("Mum",), None),
        ("call Sara about the March report", None, ("Sara",), None),
        ("lunch @ Luigi's tomorrow", "lunch", (), "Luigi's"),
        ("coffee at starbucks", None, (), "starbucks"),
        ("coffee at Starbucks Friday", "coffee at Starbucks", (), "Starbucks"),
        ("read at the library", None, (), "library"),
        ("swim @pool", "swim", (), "pool"),
        ('swim @"the old pool"', "swim", (), "the old pool"),
        ("look at home page", None, (), None),
        ("work at home tomorrow", "work at home", (), "home"),
        ("look at code", None, (), None),
        ("email Report Draft", None, (), None),
        ("call Monday", "call", (), None),
        ("dinner with Ana at noon", "dinner with Ana", ("Ana",), None),
        ("laugh at first", None, (), None),
        ("report at the EOM", "report", (), None),
    ],
)
def test_people_and_places(
    text: str, title: str | None, people: tuple[str, ...], place: str | None
) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.people, task.place) == (title or text, people, place)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("call tomorrow 9am London time", "2026-03-05 10:00"),
        ("call 9am New York time", "2026-03-04 15:00"),
        ("call friday 9pm New York time", "2026-03-07 03:00"),
        ("call 3pm in Tokyo time", "2026-03-05 07:00"),
        ("call 10 april 9am Pacific time", "2026-04-10 18:00"),
        ("call friday 9am GMT", "2026-03-06 10:00"),
    ],
)
def test_a_time_in_another_zone(text: str, start: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start) == ("call", at(start))


@pytest.mark.parametrize("text", ["lunch time", "it is about time", "a hard time", "story time"])
def test_time_is_no_zone_by_itself(text: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.start) == (text, None)


def test_zones_by_name() -> None:
    assert zone_named("sao paulo") == "America/Sao_Paulo"
    assert zone_named("uk") == "Europe/London"
    assert zone_named("dinner") is None
    assert zone_named("../etc") is None


@pytest.mark.parametrize(
    ("text", "title", "due"),
    [
        (
            "finish slides before thurs standup",
            "finish slides before thurs standup",
            "2026-03-04 00:00",
        ),
        (
            "buy gift before saturday's party",
            "buy gift before saturday's party",
            "2026-03-06 00:00",
        ),
        ("read ch 3 b4 tue lecture ~2h", "read ch 3 b4 tue lecture", "2026-03-09 00:00"),
        ("prepare notes before 3pm call", "prepare notes before 3pm call", "2026-03-04 15:00"),
        ("finish slides before thurs", "finish slides", "2026-03-04 00:00"),
        ("call bob before thurs about rent", "call bob about rent", "2026-03-04 00:00"),
        ("essay before fri please", "essay please", "2026-03-05 00:00"),
        ("before friday call mum", "call mum", "2026-03-05 00:00"),
    ],
)
def test_what_a_deadline_lies_before_stays_in_the_title(text: str, title: str, due: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.due) == (title, at(due))
    assert not task.unsure
