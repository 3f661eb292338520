"""``models downloads``: what is being downloaded, was broken off or refused, and an end to it."""

import argparse
from collections.abc import Sequence
from typing import Any

from assistant.cli.fetching import fetch
from assistant.cli.model_words import model_value
from assistant.cli.output import Output
from assistant.cli.tables import Column, paragraph, table
from assistant.domain.download import Download, DownloadState
from assistant.domain.errors import UserFacingError
from assistant.domain.sizes import size_words
from assistant.services.core import Core

_STANDS = {
    DownloadState.QUEUED: "Broken off",
    DownloadState.RUNNING: "Going on",
    DownloadState.WAITING: "Waiting",
    DownloadState.PAUSED: "Paused",
    DownloadState.CHECKING: "Checking",
    DownloadState.TRYING: "Being tried",
    DownloadState.DONE: "Done",
    DownloadState.FAILED: "Failed",
}
_COLUMNS = (
    Column("ID"),
    Column("Model"),
    Column("State"),
    Column("Here", right=True, alone="{} here"),
    Column("Of", right=True, alone="of {}"),
    Column("Why"),
)
_ENDED = (DownloadState.DONE, DownloadState.FAILED)


def downloads(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Lists downloads, pauses one, goes on with it, or takes it away with what came of it.

    Only ``resume`` connects to anything.

    Raises:
        UserFacingError: ``download_unknown``, ``download_ambiguous``; ``downloads_elsewhere``
            where a window or another command works on them; what ``fetch`` raises.
    """
    actions = {"list": _list, "pause": _pause, "resume": _resume, "clear": _clear}
    actions[arguments.what](core, arguments, output)


def _list(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    if arguments.id:
        raise UserFacingError(
            "“list” shows every download and takes no name.",
            "Leave the name away.",
            code="download_list_all",
        )
    _show(core.downloads.peek(), output)


def _show(shown: Sequence[Download], output: Output) -> None:
    lines = table(_COLUMNS, [_row(each) for each in shown], output.width)
    if any(each.state not in _ENDED and not going_on_elsewhere(each) for each in shown):
        words = "“assistant models downloads resume ID” goes on with one."
        lines += paragraph("", words, output.width, 0)
    words = "\n".join(lines) or "There are no downloads."
    output.document({"downloads": [_value(each) for each in shown]}, words)


def _pause(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    core.downloads.rest()
    for each in _meant(core.downloads.all(), arguments.id):
        core.downloads.pause(each.order.id)
    _show(core.downloads.all(), output)


def _resume(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    asked = _meant(core.downloads.peek(), arguments.id)
    meant = [each for each in asked if each.state is not DownloadState.DONE]
    done: list[dict[str, Any]] = []
    words: list[str] = []
    for each in meant:
        model = fetch(core, each.order, output, f"downloads resume {each.order.id}")
        done.append(model_value(model, core.installing.fit_or_why_not(model)))
        words.append(f"{model.name} is installed as {model.id}.")
    output.document({"models": done}, "\n".join(words) or "There is nothing to go on with.")


def _clear(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    core.downloads.rest()
    every = core.downloads.all()
    ended = tuple(each for each in every if each.state in _ENDED)
    meant = _meant(every, arguments.id) if arguments.id else ended
    for each in meant:
        core.downloads.cancel(each.order.id)
    freed = sum(each.done_bytes for each in meant if each.state is not DownloadState.DONE)
    words = f"{len(meant)} taken out of the downloads; that frees {size_words(freed)}."
    if not meant:
        words = "None is done or has failed. Name one to take it away with what came of it."
    output.document({"cleared": [each.order.id for each in meant], "freed_bytes": freed}, words)


def _meant(every: Sequence[Download], wanted: str) -> tuple[Download, ...]:
    """The download of an id, of a model's name or of a repository; all without one.

    Raises:
        UserFacingError: There is none of that name, or there are several.
    """
    if not wanted:
        return tuple(every)
    same = tuple(each for each in every if wanted.casefold() in _names(each))
    if not same:
        raise UserFacingError(
            f"There is no download called “{wanted}”.",
            "“assistant models downloads” shows their ids.",
            code="download_unknown",
        )
    if len(same) > 1:
        ids = ", ".join(f"{each.order.id} ({_quantization(each)})" for each in same)
        raise UserFacingError(
            f"{len(same)} downloads are called “{wanted}”.",
            f"Name the id of one: {ids}.",
            code="download_ambiguous",
        )
    return same


def _names(download: Download) -> tuple[str, ...]:
    order = download.order
    names = (order.id, order.repo, f"{order.repo}:{_quantization(download)}", order.model.name)
    files = (f"{order.repo}:{file.name.rpartition('/')[2]}" for file in order.files)
    return tuple(name.casefold() for name in (*names, *files, order.model.id) if name)


def _quantization(download: Download) -> str:
    return download.order.model.quantization or download.order.files[0].name


def _row(download: Download) -> tuple[str, ...]:
    order = download.order
    done = download.state is DownloadState.DONE
    return (
        order.id,
        f"{order.repo}:{_quantization(download)}",
        "Under way" if going_on_elsewhere(download) else _STANDS[download.state],
        size_words(order.size_bytes if done else download.done_bytes),
        size_words(order.size_bytes),
        f"{download.detail} {download.hint}".strip(),
    )


def going_on_elsewhere(download: Download) -> bool:
    """Whether a window or another command works on it; of its own it says no reason to wait."""
    return download.state is DownloadState.QUEUED and bool(download.detail)


def _value(download: Download) -> dict[str, Any]:
    order = download.order
    return {
        "id": order.id,
        "name": order.model.name,
        "repo": order.repo,
        "quantization": order.model.quantization,
        "state": download.state,
        "done_bytes": download.done_bytes,
        "size_bytes": order.size_bytes,
        "detail": download.detail,
        "hint": download.hint,
        "model": download.model_id,
    }
