"""What one can do with a chat as a whole: rename, pin, archive, export, delete, forget."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from assistant.domain.conversation import Conversation
from assistant.domain.ids import ConversationId
from assistant.services.core import Core
from assistant.services.exchange import ExportOutcome, format_of
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.models.chats import title_of
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.question import Question
from assistant.ui.widgets.toast import ToastHost

_FILTERS = "Markdown, to read (*.md);;JSON, to import again (*.json);;OpenAI style (*.jsonl)"
_LONGEST_NAME = 60
_SUBJECT = "conversation"


class ChatActions(QObject):
    """Carries out what the list of chats and the bar ask for.

    Args:
        theme: The theme in force.
        core: The services.
        relay: Brings outcomes here.
        toasts: Where it is said what was done.
        window: Owns the dialogs.
    """

    def __init__(
        self, theme: Theme, core: Core, relay: JobRelay, toasts: ToastHost, window: QWidget
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._core = core
        self._relay = relay
        self._toasts = toasts
        self._window = window

    def rename(self, conversation_id: ConversationId, title: str) -> None:
        """Gives a chat a title of the user's own."""
        self._relay.watch(self._core.history.rename(conversation_id, title))

    def pin(self, chat: Conversation) -> None:
        """Pins a chat, or lets it go."""
        self._relay.watch(self._core.history.set_pinned(chat.id, pinned=not chat.pinned))

    def archive(self, chat: Conversation) -> None:
        """Puts a chat into the archive, or takes it out."""
        job = self._core.history.set_archived(chat.id, archived=not chat.archived)
        self._relay.watch(job, self._after_archive)

    def delete(self, chat: Conversation) -> None:
        """Deletes a chat; it can be brought back."""
        self._relay.watch(self._core.history.trash(chat.id), self._after_trash)

    def restore(self, chat: Conversation) -> None:
        """Brings a deleted chat back."""
        self._relay.watch(self._core.history.restore(chat.id), self._after_restore)

    def forget(self, chat: Conversation) -> Question:
        """Asks once, then deletes a chat for good."""
        question = Question(
            self._theme,
            f"Forget “{title_of(chat)}” for good?",
            "It is taken out of the history, the search and every backup that Lamplight keeps. "
            "Nobody can bring it back.",
            "Forget it",
            self._window,
        )
        question.subject = chat
        question.agreed.connect(self._forget)
        question.open()
        return question

    def export(self, chat: Conversation, suffix: str = ".md") -> None:
        """Asks where to, then writes a chat into a file."""
        name = "".join(c if c.isalnum() or c in " -_" else "_" for c in title_of(chat))
        start = str(Path.home() / (name[:_LONGEST_NAME].strip() + suffix))
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Export this chat", start, _FILTERS)
        if chosen:
            self.export_to(chat, Path(chosen))

    def export_to(self, chat: Conversation, path: Path) -> None:
        """Writes a chat into a file, in the form that its ending says."""
        job = self._core.exchange.export_to(path, format_of(path), chat.id)
        self._relay.watch(job, self._after_export)

    def _after_archive(self, chat: Conversation) -> None:
        words = "archived" if chat.archived else "is back among your chats"
        undo = self._undo_archive if chat.archived else self._redo_archive
        self._say(chat, words, "archive", undo)

    def _undo_archive(self) -> None:
        self._relay.watch(self._core.history.set_archived(self._subject(), archived=False))

    def _redo_archive(self) -> None:
        self._relay.watch(self._core.history.set_archived(self._subject(), archived=True))

    def _after_trash(self, chat: Conversation) -> None:
        self._say(chat, "deleted", "trash-2", self._undo_trash)

    def _undo_trash(self) -> None:
        self._relay.watch(self._core.history.restore(self._subject()))

    def _say(self, chat: Conversation, words: str, icon: str, undo: Callable[[], None]) -> None:
        """Says what was done with a chat; the toast remembers which one."""
        toast = self._toasts.show_toast(
            f"“{title_of(chat)}” {words}", icon=icon, action="Undo", on_action=undo
        )
        toast.setProperty(_SUBJECT, chat.id)

    def _subject(self) -> ConversationId:
        """The chat of the toast whose button was pressed."""
        return ConversationId(int(self.sender().property(_SUBJECT)))

    def _after_restore(self, chat: Conversation) -> None:
        self._toasts.show_toast(f"“{title_of(chat)}” is back", icon="undo-2", tone="good")

    def _forget(self, chat: Conversation) -> None:
        self._relay.watch(self._core.exchange.forget([chat.id]), self._after_forget)

    def _after_forget(self, _: None) -> None:
        self._toasts.show_toast("Forgotten for good", icon="trash-2")

    def _after_export(self, _: ExportOutcome) -> None:
        self._toasts.show_toast("Exported. The file is not encrypted.", icon="file-down")
