"""Chats to files and back, and forgetting them for good."""

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.conversation import PLANNER, Conversation, Message, Role
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.ids import ConversationId
from assistant.services.exchange_format import read_file, write_file
from assistant.services.history import Changes, HistoryService
from assistant.services.jobs import Job, Workers
from assistant.store.history import HistoryRepository

if TYPE_CHECKING:
    from assistant.store.transfer import ExportedConversation


class ExportFormat(StrEnum):
    """What a file of chats looks like."""

    JSON = "json"
    """Everything, to be imported again."""
    MARKDOWN = "markdown"
    """To be read."""
    OPENAI = "openai"
    """One JSON object with ``messages`` a line, as fine-tuning tools take it."""


@dataclass(frozen=True, slots=True)
class ExportOutcome:
    """What was written to a file."""

    chats: int
    messages: int


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import brought.

    Args:
        imported: Chats that were added or came back from the trash.
        already_here: Chats that were passed over.
        messages: Messages of the imported chats, all versions counted.
    """

    imported: int
    already_here: int
    messages: int


def format_of(path: Path) -> ExportFormat:
    """The format that a file's ending stands for; JSON for one that is not known."""
    endings = {".md": ExportFormat.MARKDOWN, ".jsonl": ExportFormat.OPENAI}
    return endings.get(path.suffix.lower(), ExportFormat.JSON)


class ExchangeService:
    """Export, import and forget; every call is a job on the store thread.

    Args:
        workers: The store thread.
        stored: Gives the vault's repository; raises when the vault is not open.
        history: Told of what changed.
        forget: Forgets chats in the vault and in every backup that is kept.
    """

    def __init__(
        self,
        workers: Workers,
        stored: Callable[[], HistoryRepository],
        history: HistoryService,
        forget: Callable[[Sequence[ConversationId]], object],
    ) -> None:
        self._workers = workers
        self._stored = stored
        self._history = history
        self._forget = forget

    def export_to(
        self, path: Path, chosen: ExportFormat, only: ConversationId | None = None
    ) -> Job[ExportOutcome]:
        """Writes one chat, or all that are not deleted.

        Raises (from the job):
            EnvironmentProblem: The file cannot be written; one that was there is unchanged.
        """

        def work(job: Job[ExportOutcome]) -> ExportOutcome:
            repository = self._stored()
            ids = [only] if only is not None else _all_ids(repository)
            texts: list[str] = []
            messages = 0
            chats: list[ExportedConversation] = []
            for number, chat_id in enumerate(ids):
                job.report(number / len(ids), "Exporting")
                if chosen is ExportFormat.JSON:
                    chats.append(repository.export_conversation(chat_id))
                    messages += len(chats[-1].messages)
                else:
                    path_shown = repository.path(chat_id)
                    messages += len(path_shown)
                    texts.append(_as_text(chosen, repository.get(chat_id), path_shown))
            content = write_file(chats) if chosen is ExportFormat.JSON else "".join(texts)
            _write(path, content)
            return ExportOutcome(len(ids), messages)

        return self._workers.on_store_reporting(work)

    def import_from(self, path: Path) -> Job[ImportOutcome]:
        """Reads an exported JSON file; chats that are here already are passed over.

        All chats come in, or none: also when it is cancelled or the disk is full.

        Raises (from the job):
            UserFacingError: The file is not such an export.
        """

        def work(job: Job[ImportOutcome]) -> ImportOutcome:
            chats = read_file(_read(path))
            added = self._stored().import_conversations(
                chats, lambda number: job.report(number / len(chats), "Importing")
            )
            self._history.announce(Changes(listing=True))
            new = [chat for chat, as_id in zip(chats, added, strict=True) if as_id is not None]
            messages = sum(len(chat.messages) for chat in new)
            return ImportOutcome(len(new), len(chats) - len(new), messages)

        return self._workers.on_store_reporting(work)

    def forget(self, ids: Sequence[ConversationId]) -> Job[None]:
        """Deletes chats for good: pages, search index, log and every backup that is kept.

        Raises (from the job):
            UserFacingError: One of them does not exist; none is forgotten.
        """

        def work() -> None:
            repository = self._stored()
            for chat_id in ids:
                repository.get(chat_id)
            self._forget(ids)
            self._history.announce(Changes(frozenset(ids), listing=True))

        return self._workers.on_store(work)


def _all_ids(repository: HistoryRepository) -> list[ConversationId]:
    listed = repository.list_conversations(archived=False)
    return [chat.id for chat in listed + repository.list_conversations(archived=True)]


def _as_text(chosen: ExportFormat, chat: Conversation, path: Sequence[Message]) -> str:
    if chosen is ExportFormat.OPENAI:
        messages = [_as_turn(m) for m in path if m.content]
        if chat.system_prompt:
            messages.insert(0, {"role": Role.SYSTEM.value, "content": chat.system_prompt})
        return json.dumps({"messages": messages}, ensure_ascii=False) + "\n"
    speakers = {Role.USER: "You", Role.ASSISTANT: "Lamplight", Role.SYSTEM: "System"}
    parts = [f"# {chat.title or 'Untitled'}\n"]
    for message in path:
        name = speakers[message.role]
        by = f" ({message.model})" if message.model else ""
        parts.append(f"\n**{name}**{by}, {message.created_at:%Y-%m-%d %H:%M} UTC\n")
        parts.append(f"\n{message.content}\n")
    return "".join(parts) + "\n"


def _as_turn(message: Message) -> dict[str, str]:
    """Whoever is not the model has a name in this form, which is of letters alone."""
    named = {"name": PLANNER} if message.model == PLANNER else {}
    return {"role": message.role.value, **named, "content": message.content}


def _write(path: Path, content: str) -> None:
    """Beside the file first, so that a full disk does not cost an older export."""
    part: Path | None = None
    try:
        # Through a link to the file that it names, and never in the place of a device.
        target = path.resolve()
        if target.exists() and not target.is_file():
            raise FileExistsError
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=target.parent, suffix=".part", delete=False
        ) as handle:
            part = Path(handle.name)
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(target)
    except (OSError, RuntimeError) as error:  # a RuntimeError is a loop of links
        if part is not None:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        raise EnvironmentProblem(
            f"The file {path.name or path} could not be written.",
            "Name a file in a folder that exists, on a disk that has room.",
            code="export_failed",
        ) from error


def _read(path: Path) -> str:
    try:
        # A pipe or a device might never end, and the store's thread would wait for it.
        if not path.is_file():
            raise FileNotFoundError
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserFacingError(
            f"The file {path.name or path} cannot be read.",
            "Choose a JSON file that Lamplight exported.",
            code="import_unreadable",
        ) from error
