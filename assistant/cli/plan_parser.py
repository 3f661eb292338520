"""The command line of ``plan``: what may be said of planning, and nothing of what it does.

An action is a function here that adds it, in ``_ACTIONS``, and a line in ``assistant.cli.plan``.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from assistant.cli.plan_learning_parser import add_learning_actions
from assistant.cli.plan_task_parser import TASK_ACTIONS

Add = Callable[..., argparse.ArgumentParser]
"""Adds an action by its name, a line of help, and a longer description."""


def add_plan_actions(add: Add) -> None:
    """Adds every action of ``plan``."""
    for action in _ACTIONS:
        action(add)


def _add_parse(add: Add) -> None:
    parse = add(
        "parse",
        "read a line as a task",
        "Says what a line such as “write lab report by fri 5pm ~3h !high #chem” means; nothing is "
        "added. Your own words are known where the history can be opened.",
    )
    parse.add_argument("text", metavar="TEXT", nargs="?", help="the line")
    parse.add_argument(
        "--ask-model", action="store_true", help="ask a model where the grammar is unsure"
    )
    parse.add_argument(
        "--batch",
        type=Path,
        metavar="FILE",
        help='one JSON object {"text", "now"} a line in, one result a line out',
    )


def _add_import(add: Add) -> None:
    bring = add(
        "import",
        "bring in calendars",
        "Brings in a calendar file (.ics), or every one of a folder. Doing it again changes only "
        "what changed; what can't be read is named with its line, and the rest is read. To-dos "
        "become tasks. Nothing that a calendar links to is ever opened.",
    )
    bring.add_argument("place", type=Path, metavar="FILE|FOLDER", help="what to bring in")


def _add_calendars(add: Add) -> None:
    calendars = add("calendars", "list or remove calendars", "Lists the calendars there are.")
    group = calendars.add_mutually_exclusive_group()
    group.add_argument("--remove", metavar="NAME", help="remove a calendar; its tasks stay")
    group.add_argument("--hide", metavar="NAME", help="its events take no time any more")
    group.add_argument("--show", metavar="NAME", help="its events take time again")
    group.add_argument(
        "--me",
        nargs="*",
        metavar="ADDRESS",
        help="your own addresses: what they declined takes no time; none forgets them",
    )


def _add_events(add: Add) -> None:
    events = add(
        "events",
        "what takes place, by the calendars",
        "Lists what takes place between two moments, with every time of what repeats.",
    )
    events.add_argument(
        "--from", dest="start", metavar="MOMENT", help="by ISO 8601; today where it is left out"
    )
    events.add_argument(
        "--to", dest="end", metavar="MOMENT", help="by ISO 8601; seven days later if left out"
    )


def _add_export(add: Add) -> None:
    export = add(
        "export",
        "write calendars, tasks and the plan as a file",
        "Writes all calendars as they came, the tasks as to-dos and the plan as events (.ics).",
    )
    export.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="where to; shown if left out"
    )


def _add_schedule(add: Add) -> None:
    schedule = add(
        "schedule",
        "plan the days to come",
        "Places open tasks, lessons and reviews within your hours and around your calendar, and "
        "says what finds no room and what would make it fit.",
    )
    schedule.add_argument("--days", type=int, default=7, metavar="N", help="7 if left out")
    schedule.add_argument(
        "--seconds", type=float, default=3.0, metavar="S", help="to search at most; 3 if left out"
    )
    add("week", "show the plan", "The plan that was made last, with what found no room.")
    add("replan", "mend the plan", "After a change: what can stay stays, and little is moved.")
    explain = add(
        "explain",
        "why a task is planned when it is, or why it is not",
        "Each reason was tried: without it the block would be elsewhere, and it says where. Of "
        "what found no room, it says what would make it fit.",
    )
    explain.add_argument("task", type=int, metavar="ID")
    remedies = add(
        "remedies",
        "what would make a task fit",
        "Each change was tried: with it the task finds its room, and nothing else loses any.",
    )
    remedies.add_argument("task", type=int, metavar="ID")
    _add_on(remedies)


def _add_moving(add: Add) -> None:
    for name, words in (("pin", "keep blocks where they are"), ("unpin", "let blocks move again")):
        pin = add(name, words, "All blocks of a task, or one of them.")
        pin.add_argument("task", type=int, metavar="ID")
        pin.add_argument("--part", type=int, metavar="N", help="which block; all if left out")
        _add_on(pin)
    move = add("move", "put a block elsewhere", "It stays there, and the others make room.")
    move.add_argument("task", type=int, metavar="ID")
    move.add_argument("--to", required=True, metavar="WHEN", help="“friday 10am”, or by ISO 8601")
    move.add_argument("--part", type=int, metavar="N", help="which block; the next if left out")
    _add_on(move)


def _add_on(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--on", metavar="DAY", help="of a recurring task which later time, as YYYY-MM-DD"
    )


def _add_rcpsp(add: Add) -> None:
    rcpsp = add(
        "rcpsp",
        "plan a project of PSPLIB",
        "The shortest schedule of a project with limited resources (.sm, one mode), by the solver "
        "that plans weeks.",
    )
    rcpsp.add_argument("file", type=Path, metavar="FILE.sm")
    rcpsp.add_argument(
        "--seconds", type=float, default=5.0, metavar="S", help="at most; 5 if left out"
    )


_ACTIONS: Final[tuple[Callable[[Add], None], ...]] = (
    _add_parse,
    *TASK_ACTIONS,
    _add_import,
    _add_calendars,
    _add_events,
    _add_export,
    _add_schedule,
    _add_moving,
    _add_rcpsp,
    add_learning_actions,
)
