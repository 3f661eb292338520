"""``history``: list, show, search, export, import and forget chats."""

import argparse
from datetime import datetime
from typing import Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.cli.waiting import outcome
from assistant.domain.conversation import Conversation, Message
from assistant.domain.ids import ConversationId
from assistant.services.core import Core
from assistant.services.exchange import ExportFormat, format_of

_CAUGHT_UP = 32
"""Messages that a search reads first, so that what was just said is found; a second at most."""


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Does what ``history ACTION`` asks for."""
    open_vault(core, output)
    actions = {
        "list": _list,
        "show": _show,
        "search": _search,
        "export": _export,
        "import": _import,
        "forget": _forget,
    }
    actions[arguments.action](core, arguments, output)


def _list(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    chats = core.history.conversations(archived=arguments.archived).result()
    lines = [f"{chat.id:>6}  {_here(chat.updated_at)}  {chat.title}" for chat in chats]
    output.document(
        {"conversations": [_chat(chat) for chat in chats]},
        "\n".join(lines) or "There are no chats yet.",
    )


def _show(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    opened = core.history.open(ConversationId(arguments.id)).result()
    messages = core.history.path(opened.conversation.id).result()
    words = [opened.conversation.title, ""]
    words += [f"[{message.role}]\n{message.content}\n" for message in messages]
    output.document(
        _chat(opened.conversation) | {"messages": [_message(message) for message in messages]},
        "\n".join(words).rstrip(),
    )


def _search(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    left = core.meaning.make_up_to(_CAUGHT_UP).result()
    hits = core.meaning.search(" ".join(arguments.words), limit=max(1, arguments.limit)).result()
    results = [
        {
            "conversation": hit.conversation_id,
            "message": hit.message_id,
            "role": hit.role,
            "title": hit.title,
            "snippet": hit.snippet,
            "time": hit.time.isoformat(),
            "by_meaning": hit.by_meaning,
        }
        for hit in hits
    ]
    lines = [
        f"{hit.conversation_id:>6}  {hit.title}{' (by meaning)' if hit.by_meaning else ''}"
        f"\n        {hit.snippet}"
        for hit in hits
    ]
    words = "\n".join(lines) or "Nothing was found."
    if left:
        words += f"\n{left} older messages are searched by their words only so far."
    output.document({"results": results, "by_words_only": left}, words)


def _export(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    chosen = ExportFormat(arguments.format) if arguments.format else format_of(arguments.file)
    only = None if arguments.conversation is None else ConversationId(arguments.conversation)
    wrote = outcome(core.exchange.export_to(arguments.file, chosen, only))
    output.document(
        {"file": str(arguments.file), "format": chosen, "conversations": wrote.chats},
        f"Wrote {wrote.chats} chats to {arguments.file}.",
    )


def _import(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    brought = outcome(core.exchange.import_from(arguments.file))
    output.document(
        {"imported": brought.imported, "already_here": brought.already_here},
        f"Read {brought.imported} chats; {brought.already_here} were here already.",
    )


def _forget(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    outcome(core.exchange.forget([ConversationId(arguments.id)]))
    output.document({"forgotten": [arguments.id]}, "It is gone for good, from the backups as well.")


def _here(moment: datetime) -> str:
    """A moment by the clock on the user's wall."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _chat(chat: Conversation) -> dict[str, Any]:
    return {
        "id": chat.id,
        "title": chat.title,
        "created": chat.created_at.isoformat(),
        "updated": chat.updated_at.isoformat(),
        "pinned": chat.pinned,
        "archived": chat.archived,
        "system_prompt": chat.system_prompt,
        "model": chat.model,
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "parent": message.parent_id,
        "role": message.role,
        "text": message.content,
        "status": message.status,
        "time": message.created_at.isoformat(),
        "model": message.model,
        "finish_reason": message.finish_reason,
        "feedback": message.feedback,
    }
