"""The command line: what may be said, and nothing of what it does."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from assistant.domain.hub import HubSort
from assistant.domain.model import ModelFormat


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


_LARGEST = 2**63 - 1
_LARGEST_PAGE = 100
_DESCRIPTION = "Lamplight: a tutor and planner that runs entirely on your own machine."


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; without a command the window opens."""
    common = _common_options()
    parser = argparse.ArgumentParser(
        prog="assistant", description=_DESCRIPTION, parents=[common], allow_abbrev=False
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_ask(commands, common)
    _add_history(commands, common)
    _add_models(commands, common)
    _add_backup(commands, common)
    _command(commands, common, "doctor", "say what works here and what does not")
    bench = _command(commands, common, "bench", "measure this machine")
    bench.add_argument("suite", choices=("ui", "store", "engine", "fit", "downloads", "hub"))
    bench.add_argument("--quick", action="store_true", help="fewer repeats, wider spread")
    return parser


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
    group.add_argument("--offline", action="store_true", help="refuse every connection")
    group.add_argument("--now", type=_moment, metavar="ISO8601", help="the time of day to go by")
    group.add_argument("--seed", type=_whole, metavar="N", help="draw the same numbers every time")
    group.add_argument("--json", action="store_true", help="answer with one JSON document")
    return common


def _moment(text: str) -> datetime:
    try:
        # In UTC at once: a moment that leaves the calendar there is noticed here.
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        message = f"{text!r} is not a time such as 2026-03-01T09:00:00+01:00"
        raise argparse.ArgumentTypeError(message) from error


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
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name, help=help_text, description=help_text, parents=[common], allow_abbrev=False
    )


def _add_ask(
    commands: _Commands,
    common: argparse.ArgumentParser,
) -> None:
    ask = _command(commands, common, "ask", "ask a question; it is kept like one of the window")
    ask.add_argument("text", metavar="TEXT", help="the question; - reads it from standard input")
    ask.add_argument("--model", metavar="ID")
    ask.add_argument("--system", metavar="TEXT", help="the system prompt")
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
    search.add_argument("words", nargs="+", metavar="WORDS")
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


def _add_models(
    commands: _Commands,
    common: argparse.ArgumentParser,
) -> None:
    models = _command(commands, common, "models", "what is installed, and which one answers")
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)
    _command(actions, common, "list", "the catalogue and what is installed")
    _add_model_search(actions, common)
    _add_token(actions, common)
    for name, help_text in (
        ("info", "one model, or a repository of the Hub with what can be chosen from it"),
        ("fit", "whether a model fits this machine, and why"),
        ("download", "have a model of the catalogue or the Hub; goes on where it was"),
        ("use", "answer new chats with this model"),
        ("remove", "delete an imported model's file"),
    ):
        command = _command(actions, common, name, help_text)
        command.add_argument(
            "id", metavar="ID", help="of the catalogue or installed, or owner/name[:quantization]"
        )
        if name in {"use", "download"}:
            command.add_argument(
                "--anyway", action="store_true", help="also where it seems not to fit"
            )
    import_ = _command(actions, common, "import", "check a GGUF file and copy it into the store")
    import_.add_argument("file", type=Path, metavar="FILE")
    refresh = _command(actions, common, "refresh", "take a newer catalogue, if it is signed")
    refresh.add_argument(
        "source", nargs="?", default="", metavar="FILE_OR_URL", help="by default as it is set"
    )
    refresh.add_argument(
        "--trust", default="", metavar="FINGERPRINT", help="of its key, once you have compared it"
    )


def _add_token(actions: _Commands, common: argparse.ArgumentParser) -> None:
    token = _command(
        actions, common, "token", "your token for models of the Hub that ask who wants them"
    )
    what = token.add_mutually_exclusive_group()
    what.add_argument(
        "--set-from",
        type=Path,
        metavar="FILE",
        help="keep the one on the first line of FILE, or of standard input for -, in the keyring",
    )
    what.add_argument("--check", action="store_true", help="ask the Hub whose it is")
    what.add_argument("--clear", action="store_true", help="forget it")


def _add_model_search(actions: _Commands, common: argparse.ArgumentParser) -> None:
    search = _command(actions, common, "search", "models on the Hub")
    search.add_argument("words", nargs="+", metavar="WORDS")
    search.add_argument("--sort", type=HubSort, choices=tuple(HubSort), default=HubSort.DOWNLOADS)
    search.add_argument("--format", choices=tuple(each.value for each in ModelFormat))
    search.add_argument("--licence", metavar="NAME", help="such as apache-2.0")
    search.add_argument("--fitting", action="store_true", help="only what fits this machine")
    search.add_argument("--limit", type=_page, default=40, metavar="N", help="1 to 100")


def _page(text: str) -> int:
    value = _whole(text)
    if not 1 <= value <= _LARGEST_PAGE:
        raise argparse.ArgumentTypeError(f"the number is not between 1 and {_LARGEST_PAGE}")
    return value


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
