"""The command line of tasks: what may be said of them."""

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import Final

from assistant.domain.task_filter import Order

_LARGEST: Final = 2**63 - 1
Add = Callable[..., argparse.ArgumentParser]


def _id(text: str) -> int:
    try:
        value = int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("it is not the number of a task") from error
    if not 0 <= value <= _LARGEST:
        raise argparse.ArgumentTypeError("it is not the number of a task")
    return value


def _count(text: str) -> int:
    value = _id(text)
    if not 1 <= value <= 1_000_000:  # noqa: PLR2004 - said in the words below
        raise argparse.ArgumentTypeError("it is not a number from 1 to 1000000")
    return value


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        moment.astimezone()  # leaves the calendar here, if it does
    except (ValueError, OverflowError, OSError) as error:
        message = f"{text!r} is not a time such as 2026-03-01T09:00"
        raise argparse.ArgumentTypeError(message) from error
    return moment


def _add_adding(add: Add) -> None:
    adding = add(
        "add",
        "add a task in your own words",
        "Such as “write lab report by fri 5pm ~3h !high #chem +School after “buy paper””.",
    )
    adding.add_argument("text", metavar="TEXT", help="the line")
    adding.add_argument("--project", metavar="NAME", help="where it goes if the line names none")
    adding.add_argument("--parent", type=_id, metavar="ID", help="what it is a part of")
    adding.add_argument(
        "--ask-model", action="store_true", help="ask a model where the grammar is unsure"
    )


def _add_listing(add: Add) -> None:
    listing = add(
        "list",
        "list tasks",
        "Open tasks by when they are due; or some of them. A filter is such as “#chem due:week "
        "!high -@home essay”.",
    )
    which = listing.add_mutually_exclusive_group()
    which.add_argument("--inbox", action="store_true", help="those of no project")
    which.add_argument("--today", action="store_true", help="what the day asks for")
    which.add_argument("--upcoming", action="store_true", help="the next two weeks")
    which.add_argument("--board", action="store_true", help="by where they stand")
    which.add_argument("--project", metavar="P", help="those of a project")
    which.add_argument("--filter", metavar="F", help="those that a filter wants")
    which.add_argument("--done", action="store_true", help="those that were done, newest first")
    listing.add_argument(
        "--order",
        choices=[Order.FIRST.value, Order.DUE.value, Order.HAND.value, Order.NEWEST.value],
        help="by what to do first, when they are due, your own order, or the newest first",
    )
    listing.add_argument("--limit", type=_count, metavar="N", help="at most so many")
    show = add("show", "show a task", "Everything of one task: parts, order, time, what happened.")
    show.add_argument("id", type=_id, metavar="ID")


def _add_ending(add: Add) -> None:
    done = add("done", "complete tasks", "Ends tasks as done; recurring ones come again.")
    done.add_argument("ids", type=_id, nargs="+", metavar="ID")
    done.add_argument("--with-parts", action="store_true", help="their open parts as well")
    drop = add("drop", "drop tasks", "Ends tasks that will not be done, with their parts.")
    drop.add_argument("ids", type=_id, nargs="+", metavar="ID")
    drop.add_argument("--once", action="store_true", help="of recurring ones only this time")
    for name, help_text in (
        ("reopen", "open tasks again"),
        ("delete", "delete tasks with their parts and their time"),
    ):
        add(name, help_text, "").add_argument("ids", type=_id, nargs="+", metavar="ID")
    add("undo", "take the last change back", "Takes the last change of the planner back.")
    add("redo", "do again what was undone", "Does again what was undone last.")


def _add_editing(add: Add) -> None:
    edit = add(
        "edit",
        "change tasks",
        "Each option changes one thing of all the tasks named; “none” takes it away. --line puts "
        "in place what a piece of a line says: “by fri !high ~2h”.",
    )
    edit.add_argument("ids", type=_id, nargs="+", metavar="ID")
    edit.add_argument("--line", metavar="TEXT", help="as for “plan add”; a title for one task only")
    for name, help_text in (
        ("title", "what it is called"),
        ("notes", "its notes"),
        ("due", "such as “fri 5pm”"),
        ("start", "when it begins: “tomorrow 3pm”"),
        ("estimate", "how long it takes: “90 min”"),
        ("repeat", "such as “every other week”"),
        ("priority", "urgent, high, medium or low"),
        ("project", "by its name"),
        ("place", "where it is done"),
        ("prefers", "morning, afternoon or evening"),
    ):
        edit.add_argument(f"--{name}", metavar="TEXT", help=help_text)
    edit.add_argument("--parent", type=_id, metavar="ID", help="what it is a part of; 0 of none")
    edit.add_argument("--after", type=_id, nargs="+", default=[], metavar="ID", help="comes first")
    edit.add_argument("--not-after", type=_id, nargs="+", default=[], metavar="ID")
    edit.add_argument("--tag", action="append", default=[], metavar="TAG")
    edit.add_argument("--untag", action="append", default=[], metavar="TAG")
    edit.add_argument("--split", action=argparse.BooleanOptionalAction, help="in pieces, or not")


def _add_time(add: Add) -> None:
    start = add("start", "begin work on a task", "Tracks time; what ran stops.")
    start.add_argument("id", type=_id, metavar="ID")
    stop = add("stop", "end what runs", "Ends the time that is being tracked.")
    stop.add_argument("--at", type=_moment, metavar="MOMENT", help="if that is some time ago")
    log = add("log", "add time by hand", "Adds a stretch of work, or removes one.")
    log.add_argument("id", type=_id, metavar="ID", help="of the task; with --remove of the stretch")
    log.add_argument("--from", dest="start", type=_moment, metavar="MOMENT")
    log.add_argument("--to", dest="end", type=_moment, metavar="MOMENT")
    log.add_argument("--remove", action="store_true", help="remove the stretch of this number")
    log.add_argument("--correct", action="store_true", help="the stretch of this number instead")
    hours = add(
        "hours",
        "say when work may be planned",
        "Without a day it shows the hours; with one it sets them: plan hours mon 9:00-12:30 "
        "13:30-18:00.",
    )
    hours.add_argument("day", nargs="?", metavar="DAY", help="mon to sun")
    hours.add_argument("spans", nargs="*", metavar="SPAN", help="such as 9:00-12:30; or “none”")
    customs = add(
        "customs",
        "say how you work",
        "Shows it without an option. Lengths are minutes; “none” goes by what was learnt of you, "
        "or by what is usual.",
    )
    for name, words in (
        ("focus", "the longest stretch without a rest"),
        ("rest", "a rest between long stretches"),
        ("travel", "the way between two places"),
    ):
        customs.add_argument(f"--{name}", dest=f"{name}_min", metavar="MINUTES", help=words)
    words = "whether what cannot meet its deadline is planned after it"
    customs.add_argument("--late", choices=("yes", "no"), help=words)
    zone = add("zone", "say in which time zone you live", "Shows it without a name.")
    zone.add_argument("name", nargs="?", metavar="NAME", help="Europe/Berlin, or “none”")


def _add_words(add: Add) -> None:
    projects = add("projects", "list and change projects", "Without an option it lists them.")
    which = projects.add_mutually_exclusive_group()
    which.add_argument("--add", metavar="NAME")
    which.add_argument("--rename", nargs=2, metavar=("NAME", "NEW"))
    which.add_argument("--archive", metavar="NAME")
    which.add_argument("--bring-back", metavar="NAME")
    which.add_argument("--delete", metavar="NAME", help="its tasks go to the inbox")
    projects.add_argument("--archived", action="store_true", help="those in the archive as well")
    vocabulary = add(
        "vocabulary",
        "your own words",
        "Lists them; “add PHRASE MEANING” teaches one, such as “after class” and “15:30”; an empty "
        "meaning says that it is only words. “remove PHRASE” forgets one.",
    )
    vocabulary.add_argument("change", nargs="?", choices=("add", "remove"))
    vocabulary.add_argument("phrase", nargs="?", metavar="PHRASE")
    vocabulary.add_argument("meaning", nargs="?", default="", metavar="MEANING")


def _add_doing(add: Add) -> None:
    doing = add(
        "do",
        "act on a sentence",
        "Such as “move chemistry to Thursday” or “plan my week”. Shows what would change; --yes "
        "does it, and “plan undo” takes all of it back.",
    )
    doing.add_argument("text", metavar="TEXT", help="the sentence")
    doing.add_argument("--yes", action="store_true", help="do it")
    doing.add_argument("--no-model", action="store_true", help="go by the grammar alone")


TASK_ACTIONS: Final[tuple[Callable[[Add], None], ...]] = (
    _add_adding,
    _add_listing,
    _add_ending,
    _add_editing,
    _add_time,
    _add_words,
    _add_doing,
)
