"""Exports and imports all chats in the background, and says how many there were."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from assistant.domain.errors import UserFacingError
from assistant.services.exchange import (
    ExchangeService,
    ExportFormat,
    ExportOutcome,
    ImportOutcome,
)
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.settings.chats_section import ChatsSection


class ChatsExchange(QObject):
    """Ties the section of the chats to the service.

    Args:
        service: What writes and reads.
        section: What is shown.
        relay: Brings outcomes to this thread.
        parent: The owner.
    """

    said = Signal(str)
    """What came of it, when the section is no longer looked at."""
    failed = Signal(object)
    """A ``UserFacingError``, likewise."""

    def __init__(
        self, service: ExchangeService, section: ChatsSection, relay: JobRelay, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._section = section
        self._relay = relay
        self._running: Watch | None = None
        self._file = ""
        section.export_wanted.connect(self._export)
        section.import_wanted.connect(self._import)
        section.cancelled.connect(self._cancel)

    def _export(self, path: Path, chosen: ExportFormat) -> None:
        self._file = path.name
        self._section.show_progress(0.0, "Exporting")
        self._running = self._relay.watch(
            self._service.export_to(path, chosen),
            self._exported,
            self._failed,
            self._section.show_progress,
        )

    def _import(self, path: Path) -> None:
        self._file = path.name
        self._section.show_progress(0.0, "Reading the file")
        self._running = self._relay.watch(
            self._service.import_from(path),
            self._imported,
            self._failed,
            self._section.show_progress,
        )

    def _cancel(self) -> None:
        """What was done before the cancel reached it is still told."""
        if self._running is not None:
            self._running.on_progress = None
            self._running.cancel()
        self._section.show_outcome("Cancelled. Nothing was changed.", good=True)

    def _exported(self, outcome: ExportOutcome) -> None:
        chats, messages = _chats(outcome.chats), _messages(outcome.messages)
        self._tell(f"Wrote {chats} with {messages} to {self._file}. The file is not encrypted.")

    def _imported(self, outcome: ImportOutcome) -> None:
        words = (
            f"{_chats(outcome.imported)} with {_messages(outcome.messages)} came in."
            if outcome.imported
            else "Nothing new came in."
        )
        if outcome.already_here:
            here = "was" if outcome.already_here == 1 else "were"
            words += f" {_chats(outcome.already_here)} {here} here already."
        elif not outcome.imported:
            words += f" There are no chats in {self._file}."
        self._tell(words)

    def _tell(self, words: str) -> None:
        self._running = None
        self._section.show_outcome(words, good=True)
        if not self._section.isVisible():
            self.said.emit(words)

    def _failed(self, error: UserFacingError) -> None:
        self._running = None
        self._section.show_outcome(f"{error.message} {error.hint}".strip(), good=False)
        if not self._section.isVisible():
            self.failed.emit(error)


def _chats(count: int) -> str:
    return "1 chat" if count == 1 else f"{count:,} chats"


def _messages(count: int) -> str:
    return "1 message" if count == 1 else f"{count:,} messages"
