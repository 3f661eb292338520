"""The command line: what may be said, and nothing of what it does."""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from assistant.cli.model_parser import add_model_actions
from assistant.cli.plan_parser import add_plan_actions
from assistant.cli.study_parser import add_study_actions


class _Commands(Protocol):
    """What ``add_subparsers`` returns; argparse keeps its type to itself."""

    def add_parser(
        self,
        name: str,
        *,
        help: str,  # noqa: A002 - argparse's word
        description: str,
        parents: list[argparse.ArgumentParser],
        allow_abbrev: bool,
    ) -> argparse.ArgumentParser: ...


class _Parser(argparse.ArgumentParser):
    """Takes a filter that begins with a minus (“--filter -@home”) for a value and no option."""

    def parse_known_args(  # pyright: ignore[reportIncompatibleMethodOverride] - its overloads say the same
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        joined: list[str] = []
        for one in sys.argv[1:] if args is None else args:
            if joined and joined[-1] == "--filter" and one.startswith("-") and one[:2] != "--":
                joined[-1] = f"--filter={one}"
            else:
                joined.append(one)
        return super().parse_known_args(joined, namespace or argparse.Namespace())


_LARGEST = 2**63 - 1
_DESCRIPTION = "Lamplight: a tutor and planner that runs entirely on your own machine."


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; without a command the window opens."""
    common = _common_options()
    parser = _bare(common)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_ask(commands, common)
    _add_history(commands, common)
    _add_room(
        commands, common, "models", "what is installed, and which one answers", add_model_actions
    )
    _add_room(
        commands, common, "study", "courses, exercises, and programs of learners", add_study_actions
    )
    _add_room(
        commands, common, "plan", "tasks in your own words, and weeks to live by", add_plan_actions
    )
    _add_backup(commands, common)
    _command(commands, common, "doctor", "say what works here and what does not")
    bench = _command(commands, common, "bench", "measure this machine")
    bench.add_argument("suite", choices=("ui", "store", "engine", "fit", "downloads", "hub"))
    bench.add_argument("--quick", action="store_true", help="fewer repeats, wider spread")
    return parser


def _bare(common: argparse.ArgumentParser) -> argparse.ArgumentParser:
    return _Parser(prog="assistant", description=_DESCRIPTION, parents=[common], allow_abbrev=False)


def _common_options() -> argparse.ArgumentParser:
    """Options that every command takes, before its name or after it."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group("common options")
    group.add_argument(
        "--profile", type=_folder, metavar="DIR", help="keep data, settings and models under DIR"
    )
    group.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="where no keyring can be had: the passphrase is the first line of FILE",
    )
    group.add_argument(
        "--token-file",
        type=Path,
        metavar="FILE",
        help="where no keyring can be had: your token for the Hub is the first line of FILE",
    )
    group.add_argument("--offline", action="store_true", help="refuse every connection")
    group.add_argument("--now", type=_moment, metavar="ISO8601", help="the time of day to go by")
    group.add_argument("--seed", type=_whole, metavar="N", help="draw the same numbers every time")
    group.add_argument("--json", action="store_true", help="answer with one JSON document")
    return common


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        # A moment that leaves the calendar in UTC is noticed here. An offset that was given is
        # kept, UTC as well: dates are read in it; without one they are of this machine's zone.
        moment.astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        message = f"{text!r} is not a time such as 2026-03-01T09:00:00+01:00"
        raise argparse.ArgumentTypeError(message) from error
    return moment


def spoken(text: str) -> str:
    """What was typed, also where no locale says how its bytes are read."""
    with contextlib.suppress(UnicodeEncodeError):
        return os.fsencode(text).decode("utf-8", "surrogateescape")
    return text


def _folder(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("the name of the folder is empty")
    try:
        return Path(text).expanduser().resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not the name of a folder") from error


def _whole(text: str) -> int:
    """A number that a database can hold."""
    try:
        value = int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("it is not a whole number") from error
    if not -_LARGEST <= value <= _LARGEST:
        raise argparse.ArgumentTypeError("the number is too large")
    return value


def _command(
    commands: _Commands,
    common: argparse.ArgumentParser,
    name: str,
    help_text: str,
    description: str = "",
) -> argparse.ArgumentParser:
    """A command with a line of help; its own page begins with the description, if it has one."""
    return commands.add_parser(
        name,
        help=help_text,
        description=description or f"{help_text[:1].upper()}{help_text[1:]}.",
        parents=[common],
        allow_abbrev=False,
    )


def _add_ask(
    commands: _Commands,
    common: argparse.ArgumentParser,
) -> None:
    ask = _command(commands, common, "ask", "ask a question; it is kept like one of the window")
    ask.add_argument(
        "text", type=spoken, metavar="TEXT", help="the question; - reads it from standard input"
    )
    ask.add_argument("--model", metavar="ID")
    ask.add_argument("--system", type=spoken, metavar="TEXT", help="the system prompt")
    ask.add_argument("--schema", type=Path, metavar="FILE", help="answer in this JSON Schema")
    ask.add_argument("--max-tokens", type=_whole, metavar="N")
    ask.add_argument("--temperature", type=float, metavar="X")
    ask.add_argument("--conversation", type=_whole, metavar="ID", help="go on with this chat")
    ask.add_argument("--stream", action="store_true", help="print the answer while it comes")


def _add_history(
    commands: _Commands,
    common: argparse.ArgumentParser,
) -> None:
    history = _command(commands, common, "history", "read, search, export and forget chats")
    actions = history.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = _command(actions, common, "list", "all chats, newest first")
    listing.add_argument("--archived", action="store_true", help="those in the archive")
    show = _command(actions, common, "show", "one chat with its messages")
    show.add_argument("id", type=_whole, metavar="ID")
    search = _command(actions, common, "search", "titles and contents, best first")
    search.add_argument("words", type=spoken, nargs="+", metavar="WORDS")
    search.add_argument("--limit", type=_whole, default=30, metavar="N")
    export = _command(actions, common, "export", "write chats to a file")
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--conversation", type=_whole, metavar="ID", help="only this one")
    export.add_argument(
        "--format",
        choices=("json", "markdown", "openai"),
        help="by default what the file's ending says: .json, .md or .jsonl",
    )
    import_ = _command(actions, common, "import", "read chats from an exported JSON file")
    import_.add_argument("file", type=Path, metavar="FILE")
    forget = _command(actions, common, "forget", "delete a chat for good, in backups as well")
    forget.add_argument("id", type=_whole, metavar="ID")


def _add_room(
    commands: _Commands,
    common: argparse.ArgumentParser,
    name: str,
    about: str,
    add_actions: Callable[[Callable[..., argparse.ArgumentParser]], None],
) -> None:
    """A command whose actions stand in a file of their own."""
    actions = _command(commands, common, name, about).add_subparsers(
        dest="action", metavar="ACTION", required=True
    )
    add_actions(partial(_command, actions, common))


def _add_backup(
    commands: _Commands,
    common: argparse.ArgumentParser,
) -> None:
    backup = _command(commands, common, "backup", "rolling, encrypted copies of the history")
    actions = backup.add_subparsers(dest="action", metavar="ACTION", required=True)
    _command(actions, common, "create", "make and verify a backup now")
    _command(actions, common, "list", "all backups, newest first")
    for name, help_text in (
        ("restore", "put a backup in the history's place; the present one is moved aside"),
        ("verify", "check every page of a backup"),
    ):
        command = _command(actions, common, name, help_text)
        command.add_argument("id", metavar="ID", nargs="?", help="by default the newest")
