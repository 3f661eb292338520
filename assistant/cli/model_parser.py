"""The command line of ``models``: what may be said of models, and nothing of what it does."""

import argparse
from collections.abc import Callable
from pathlib import Path

from assistant.domain.hub import HubSort
from assistant.domain.model import ModelFormat

_LARGEST_PAGE = 100
_WHICH = (
    "an id of “models list”, a name, or owner/name[:quantization or file] on the Hub; only ids are "
    "sure to mean one model"
)

Add = Callable[..., argparse.ArgumentParser]
"""Adds an action by its name, a line of help, and a longer description."""


def add_model_actions(add: Add) -> None:
    """Adds every action of ``models``."""
    listing = add("list", "the catalogue and what is installed, with whether each fits")
    listing.add_argument("--installed", action="store_true", help="only what is installed")
    _add_search(add)
    _with_id(add("info", "one model, or a repository of the Hub with what can be chosen from it"))
    _with_id(add("fit", "whether a model fits this machine, and why"))
    _add_download(add)
    _add_downloads(add)
    _add_import(add)
    use = _with_id(
        add(
            "use",
            "answer new chats with this model",
            "Loads an installed model and, if that goes well, has it answer new chats from now on.",
        )
    )
    use.add_argument("--anyway", action="store_true", help="also where it seems not to fit")
    _with_id(
        add(
            "remove",
            "delete a model from this machine",
            "Deletes a model that was downloaded or imported, and frees its space at once; there "
            "is no way back but another download or import. Of a model that is used in place only "
            "the link goes, and the file stays with the application it belongs to. The model that "
            "came with Lamplight cannot be removed.",
        )
    )
    _add_token(add)
    _add_refresh(add)


def _with_id(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("id", metavar="ID", help=_WHICH)
    return command


def _add_search(add: Add) -> None:
    search = add("search", "models on the Hub")
    search.add_argument("words", nargs="+", metavar="WORDS")
    search.add_argument("--sort", type=HubSort, choices=tuple(HubSort), default=HubSort.DOWNLOADS)
    search.add_argument("--format", choices=tuple(each.value for each in ModelFormat))
    search.add_argument("--licence", metavar="NAME", help="such as apache-2.0")
    search.add_argument("--fitting", action="store_true", help="only what fits this machine")
    search.add_argument("--limit", type=_page, default=40, metavar="N", help="1 to 100")


def _add_download(add: Add) -> None:
    download = _with_id(
        add(
            "download",
            "have a model of the catalogue or the Hub; goes on where it was",
            "Downloads a model, compares every byte with the hash that the Hub has on record, and "
            "tries the model before it is installed. Ctrl-C pauses, and the same command goes on. "
            "Without a quantization it takes the file that suits this machine best.",
        )
    )
    download.add_argument("--anyway", action="store_true", help="also where it seems not to fit")


def _add_downloads(add: Add) -> None:
    downloads = add(
        "downloads",
        "what is being downloaded, was broken off or refused",
        "Lists the downloads; pauses one, so that it does not go on by itself at the next start; "
        "goes on with it; or clears it away with what came of it. Without an ID, pause and resume "
        "mean all, and clear means those that are done or have failed. Installed models stay.",
    )
    actions = ("list", "pause", "resume", "clear")
    downloads.add_argument("what", nargs="?", default="list", choices=actions, metavar="WHAT",
                           help="list (by default), pause, resume or clear")  # fmt: skip
    downloads.add_argument(
        "id", nargs="?", default="", metavar="ID", help="as they are listed, or a model's name"
    )


def _add_import(add: Add) -> None:
    command = add(
        "import",
        "check a model on this machine and copy it into the store",
        "Takes a .gguf file (any part of one that is cut into several stands for all of them), or "
        "a folder with a model in MLX's format. It is looked through first, then copied and tried "
        "in a process of its own; what is no sound model is refused with the reason. The original "
        "stays where it is. Nothing connects.",
    )
    command.add_argument("file", type=Path, metavar="FILE", help="a .gguf file, or an MLX folder")


def _add_token(add: Add) -> None:
    token = add(
        "token",
        "your token for models of the Hub that ask who wants them",
        "Says whether there is a token, keeps one, asks the Hub whose it is, or forgets it. A "
        "token is made on the Hub under Settings, Access Tokens. It is kept in the system's "
        "keyring; where there is none, name the file that holds it with --token-file at each "
        "command.",
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


def _add_refresh(add: Add) -> None:
    refresh = add("refresh", "take a newer catalogue, if it is signed")
    refresh.add_argument(
        "source", nargs="?", default="", metavar="FILE_OR_URL", help="by default as it is set"
    )
    refresh.add_argument(
        "--trust", default="", metavar="FINGERPRINT", help="of its key, once you have compared it"
    )


def _page(text: str) -> int:
    try:
        value = int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("it is not a whole number") from error
    if not 1 <= value <= _LARGEST_PAGE:
        raise argparse.ArgumentTypeError(f"the number is not between 1 and {_LARGEST_PAGE}")
    return value
