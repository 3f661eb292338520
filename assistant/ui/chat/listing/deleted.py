"""A deleted chat, to be looked at before it is brought back or forgotten for good."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from assistant.domain.conversation import Conversation, Message, MessageOutline, Role
from assistant.domain.errors import UserFacingError
from assistant.services.core import Core
from assistant.services.history import OpenedChat
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.models.chats import title_of
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.focus_ring import FocusRing
from assistant.ui.widgets.labels import PlainLabel

_SHOWN = 60
"""How many messages are shown: enough to know a chat again."""
_WIDTH, _HEIGHT = 560, 460
_SPEAKERS = {Role.USER: "You", Role.ASSISTANT: "Lamplight", Role.SYSTEM: "System"}


class DeletedChat(QDialog):
    """Shows the beginning of a deleted chat, read-only.

    Args:
        theme: The theme in force.
        chat: The chat.
        kept: A sentence on how long it can still be brought back.
        window: Where it is shown.
    """

    restore_requested = Signal(object)
    """The ``Conversation``."""
    forget_requested = Signal(object)
    """The ``Conversation``; whoever listens asks once more."""

    def __init__(self, theme: Theme, chat: Conversation, kept: str, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._chat = chat
        self.setWindowTitle(f"Deleted: {title_of(chat)}")
        self.setModal(True)
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("What was written in the deleted chat")
        self.text.setFont(theme.font("interface"))
        self.restore = Button(theme, "Restore", "primary", icon="undo-2")
        self.forget = Button(theme, "Forget for good…", "destructive", icon="trash-2")
        close = Button(theme, "Close", "ghost")
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(10))
        column.addWidget(PlainLabel(theme, title_of(chat), "card_title", wrap=True))
        column.addWidget(PlainLabel(theme, kept, "small", "ink2", wrap=True))
        column.addWidget(self.text, 1)
        line = QHBoxLayout()
        line.addWidget(self.forget)
        line.addStretch(1)
        line.addWidget(close)
        line.addWidget(self.restore)
        column.addLayout(line)
        self.resize(
            min(px(_WIDTH), window.width() - px(40)), min(px(_HEIGHT), window.height() - px(40))
        )
        self.restore.clicked.connect(self._restore)
        self.forget.clicked.connect(self._forget)
        close.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)
        FocusRing(theme, self)
        self.restore.setFocus()

    def show_messages(self, messages: list[Message], more: int) -> None:
        """Shows these messages; ``more`` follow them."""
        theme, cursor = self._theme, QTextCursor(self.text.document())
        name, words = QTextCharFormat(), QTextCharFormat()
        name.setFont(theme.font("small_medium"))
        name.setForeground(theme.color("ink3"))
        words.setFont(theme.font("interface"))
        words.setForeground(theme.color("ink"))
        for message in messages:
            cursor.insertText(f"{_SPEAKERS[message.role]}\n", name)
            cursor.insertText(f"{message.content}\n\n", words)
        if more:
            cursor.insertText(f"And {_count(more)} more.", name)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _restore(self) -> None:
        self.accept()
        self.restore_requested.emit(self._chat)

    def _forget(self) -> None:
        self.accept()
        self.forget_requested.emit(self._chat)


class DeletedChats(QObject):
    """Opens deleted chats to be looked at.

    Args:
        theme: The theme in force.
        core: Where they are read.
        relay: Brings them here.
        window: Where they are shown.
    """

    restore_requested = Signal(object)
    forget_requested = Signal(object)

    def __init__(self, theme: Theme, core: Core, relay: JobRelay, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._core = core
        self._relay = relay
        self._window = window
        self._reading: Watch | None = None
        self._outline: tuple[MessageOutline, ...] = ()
        self._chat: Conversation | None = None

    def look_at(self, chat: Conversation) -> None:
        """Reads the beginning of a deleted chat, then shows it."""
        if self._reading is not None:
            self._reading.drop()
        self._reading = self._relay.watch(
            self._core.history.open(chat.id), self._opened, self._not_read
        )

    def _opened(self, opened: OpenedChat) -> None:
        self._chat, self._outline = opened.conversation, opened.outline
        first = [each.id for each in opened.outline[:_SHOWN]]
        self._reading = self._relay.watch(
            self._core.history.messages(first), self._read, self._not_read
        )

    def _read(self, messages: list[Message]) -> None:
        self._reading = None
        chat = self._chat
        if chat is None or chat.deleted_at is None:
            return
        now = self._core.options.clock.now()
        days = self._core.settings.current.chat.trash_days
        dialog = DeletedChat(
            self._theme, chat, kept_words(chat.deleted_at, days, now), self._window
        )
        dialog.show_messages(messages, len(self._outline) - len(messages))
        dialog.restore_requested.connect(self.restore_requested)
        dialog.forget_requested.connect(self.forget_requested)
        dialog.open()

    def _not_read(self, error: UserFacingError) -> None:
        self._reading = None
        self._relay.failed.emit(error)


def kept_words(deleted_at: datetime, days: int, now: datetime) -> str:
    """When a chat was deleted, and until when it can be brought back.

    Args:
        deleted_at: With a time zone; the local day counts.
        days: For how long deleted chats are kept.
        now: The present moment.
    """
    today, deleted = now.astimezone().date(), deleted_at.astimezone().date()
    last = (deleted_at + timedelta(days=days)).astimezone().date()
    if last <= today:
        return f"Deleted {_day(deleted, today)}. It is forgotten for good at the next start."
    return f"Deleted {_day(deleted, today)}. It can be brought back until {last.day} {last:%B %Y}."


def _day(day: date, today: date) -> str:
    age = (today - day).days
    if age <= 0:
        return "today"
    return "yesterday" if age == 1 else f"on {day.day} {day:%B %Y}"


def _count(messages: int) -> str:
    return "1 message" if messages == 1 else f"{messages} messages"
