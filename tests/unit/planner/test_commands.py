"""Sentences that tell the planner what to do."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.domain.clock_face import ClockFace
from assistant.domain.ids import TaskId
from assistant.domain.task import Due, Task
from assistant.planner.commands.changes import changes_in_words, moved
from assistant.planner.commands.reading import Command, CommandKind, read_command
from assistant.planner.quick_add.reading import parse_line

NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Berlin"))
PLAIN = Task(TaskId(1), "Chemistry", NOW)


def reads(kind: CommandKind, words: str) -> bool:
    mark = "~" if kind is CommandKind.ESTIMATE else ""
    found = parse_line(f"x {mark}{words}", NOW)
    some = found.duration_min if mark else found.start or found.due
    return found.title == "x" and some is not None


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("plan my week", Command(CommandKind.PLAN_WEEK)),
        ("Could you please re-plan the rest of my week?", Command(CommandKind.PLAN_WEEK)),
        ("move chemistry to Thursday", Command(CommandKind.MOVE, "chemistry", "Thursday")),
        ("Push the talk to Bob to fri 5pm.", Command(CommandKind.MOVE, "talk to Bob", "fri 5pm")),
        ("move chemistry to friday, not monday", Command(CommandKind.MOVE, "chemistry", "friday")),
        (
            "schedule choir every monday 6pm, not 9 march",
            Command(CommandKind.SCHEDULE, "choir", "every monday 6pm, not 9 march"),
        ),
        ("reschedule “essay” by friday", Command(CommandKind.MOVE, "essay", "by friday")),
        ("essay takes 3 hours", Command(CommandKind.ESTIMATE, "essay", "3 hours")),
        ("estimate the essay at 90 min", Command(CommandKind.ESTIMATE, "essay", "90 min")),
        ("I've finished the essay", Command(CommandKind.DONE, "essay")),
        ("mark essay as done, please", Command(CommandKind.DONE, "essay")),
        ("tick essay off", Command(CommandKind.DONE, "essay")),
        ("essay is done!", Command(CommandKind.DONE, "essay")),
        ("remind me to call Mum at 5", Command(CommandKind.ADD, words="call Mum at 5")),
        ("add a task: buy milk", Command(CommandKind.ADD, words="buy milk")),
        ("i need to finish x by fri", Command(CommandKind.ADD, words="finish x by fri")),
    ],
)
def test_commands_are_read(text: str, command: Command) -> None:
    assert read_command(text, reads) == command


@pytest.mark.parametrize(
    "text",
    [
        "what is a mole in chemistry?",
        "move the decimal point to the left",
        "this takes patience",
        "plan a wedding speech for me",
        "",
        "move to thursday",
        "move " + "x to " * 200,
        "\x00 \u202e",
    ],
)
def test_other_sentences_are_none(text: str) -> None:
    assert read_command(text, reads) is None


@pytest.mark.parametrize(
    ("task", "when", "wanted"),
    [
        (PLAIN, "thursday", {"not_before": at("2026-03-05"), "due": Due(at("2026-03-05"))}),
        (
            replace(PLAIN, due=Due(at("2026-03-20"))),
            "thursday",
            {"not_before": at("2026-03-05"), "due": Due(at("2026-03-20"))},
        ),
        (
            replace(PLAIN, due=Due(at("2026-03-20")), not_before=at("2026-03-20")),
            "thursday",
            {"not_before": at("2026-03-05"), "due": Due(at("2026-03-05"))},
        ),
        (
            replace(PLAIN, due=Due(at("2026-03-07 18:00"), whole_day=False)),
            "thursday",
            {"not_before": at("2026-03-05")},
        ),
        (
            replace(PLAIN, due=Due(at("2026-03-03")), not_before=at("2026-03-08")),
            "by friday",
            {"not_before": None, "due": Due(at("2026-03-06"))},
        ),
        (
            replace(PLAIN, fixed_start=at("2026-03-03 15:00"), fixed_end=at("2026-03-03 16:30")),
            "thursday",
            {"fixed_start": at("2026-03-05 15:00"), "fixed_end": at("2026-03-05 16:30")},
        ),
        (
            replace(PLAIN, due=Due(at("2026-03-07")), estimate_min=45),
            "thursday 10:00",
            {"fixed_start": at("2026-03-05 10:00"), "fixed_end": at("2026-03-05 10:45")},
        ),
    ],
)
def test_what_is_moved(task: Task, when: str, wanted: dict[str, object]) -> None:
    changed = moved(task, parse_line(f"x {when}", NOW))
    assert changed == replace(task, **wanted)  # pyright: ignore[reportArgumentType] - fields by name
    assert changes_in_words(task, changed)


def test_changes_are_told_in_words() -> None:
    new = replace(
        PLAIN, due=Due(NOW, whole_day=False), estimate_min=30, not_before=NOW - timedelta(hours=9)
    )
    assert changes_in_words(PLAIN, new) == (
        "Begins from: none → Mon 02 Mar",
        "Due: none → Mon 02 Mar 09:00",
        "Estimate: none → 30 min",
    )
    american = changes_in_words(PLAIN, new, ClockFace(twelve=True))
    assert american[1].replace("\N{NO-BREAK SPACE}", " ") == "Due: none → Mon 02 Mar 9:00 AM"
    assert changes_in_words(new, new) == ()
    assert moved(PLAIN, parse_line("x", NOW)) == PLAIN
