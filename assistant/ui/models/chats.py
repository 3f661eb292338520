"""The list of chats with its headings, as rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from assistant.domain.conversation import Conversation
from assistant.domain.ids import ConversationId

Index = QModelIndex | QPersistentModelIndex
_WEEK, _MONTH = 7, 30
UNTITLED = "New chat"


class Shelf(StrEnum):
    """Which chats are listed."""

    CHATS = "chats"
    ARCHIVED = "archived"
    DELETED = "deleted"


class RowKind(StrEnum):
    """What a row is."""

    HEADING = "heading"
    CHAT = "chat"
    SHELF = "shelf"
    """Leads to another shelf."""
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class ChatRow:
    """One row.

    Args:
        text: What it says.
        chat: Of a CHAT.
        shelf: Where a SHELF leads.
    """

    kind: RowKind
    text: str
    chat: Conversation | None = None
    shelf: Shelf = Shelf.CHATS

    @property
    def key(self) -> tuple[str, int | str]:
        """The same for the same row in another list."""
        return (self.kind, self.text) if self.chat is None else (self.kind, self.chat.id)


ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""Gives the ``ChatRow``."""
OPEN_ROLE = ROW_ROLE + 1
"""Whether it is the chat that is shown."""


def title_of(chat: Conversation) -> str:
    """A chat's title, or what stands for it."""
    return chat.title or UNTITLED


def heading_of(moment: datetime, today: date) -> str:
    """The heading under which a chat that changed at ``moment`` stands.

    Args:
        moment: With a time zone; the local day counts.
        today: The local day.
    """
    day = moment.astimezone().date()
    age = (today - day).days
    if age <= 0:
        return "Today"
    if age == 1:
        return "Yesterday"
    if age <= _WEEK:
        return "Previous 7 days"
    if age <= _MONTH:
        return "Previous 30 days"
    return f"{day:%B}" if day.year == today.year else f"{day:%B %Y}"


def rows_of(chats: Iterable[Conversation], shelf: Shelf, today: date) -> list[ChatRow]:
    """The rows of a shelf: headings between chats, and the ways to the other shelves."""
    shown = [chat for chat in chats if chat.active_leaf is not None or chat.title]
    if shelf is not Shelf.CHATS:
        return _other_shelf(shown, shelf)
    pinned = [chat for chat in shown if chat.pinned]
    loose = sorted((c for c in shown if not c.pinned), key=_changed, reverse=True)
    rows: list[ChatRow] = []
    if pinned:
        rows.append(ChatRow(RowKind.HEADING, "Pinned"))
        rows += [_row(chat) for chat in pinned]
    for heading, members in groupby(loose, lambda chat: heading_of(chat.updated_at, today)):
        rows.append(ChatRow(RowKind.HEADING, heading))
        rows += [_row(chat) for chat in members]
    if not rows:
        rows.append(ChatRow(RowKind.NOTE, "Your chats will stand here."))
    rows.append(ChatRow(RowKind.SHELF, "Archived", shelf=Shelf.ARCHIVED))
    rows.append(ChatRow(RowKind.SHELF, "Recently deleted", shelf=Shelf.DELETED))
    return rows


def _other_shelf(chats: Sequence[Conversation], shelf: Shelf) -> list[ChatRow]:
    name, nothing = (
        ("Archived", "Nothing is archived.")
        if shelf is Shelf.ARCHIVED
        else ("Recently deleted", "Nothing was deleted.")
    )
    rows = [ChatRow(RowKind.SHELF, "All chats"), ChatRow(RowKind.HEADING, name)]
    rows += [_row(chat) for chat in chats] or [ChatRow(RowKind.NOTE, nothing)]
    return rows


def _row(chat: Conversation) -> ChatRow:
    return ChatRow(RowKind.CHAT, title_of(chat), chat)


def _changed(chat: Conversation) -> datetime:
    return chat.updated_at


class ChatListModel(QAbstractListModel):
    """Rows of one shelf; a change moves only the rows that differ.

    Args:
        parent: The owner.
    """

    rename_requested = Signal(object, str)
    """A conversation's id and the title that was typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ChatRow] = []
        self._open: ConversationId | None = None
        self.shelf = Shelf.CHATS

    def show_chats(self, chats: Sequence[Conversation], shelf: Shelf, today: date) -> None:
        """Shows these chats; indexes of rows that stay keep pointing to them."""
        self.shelf = shelf
        new = rows_of(chats, shelf, today)
        old = self._rows
        head = _common(old, new)
        room = min(len(old), len(new)) - head
        tail = min(room, _common(old[::-1], new[::-1]))
        if len(old) - tail > head:
            self.beginRemoveRows(QModelIndex(), head, len(old) - tail - 1)
            self._rows = old[:head] + old[len(old) - tail :]
            self.endRemoveRows()
        if len(new) - tail > head:
            self.beginInsertRows(QModelIndex(), head, len(new) - tail - 1)
            self._rows = new[: len(new) - tail] + self._rows[head:]
            self.endInsertRows()
        kept = [*range(head), *range(len(new) - tail, len(new))]
        changed = [row for row in kept if self._rows[row] != new[row]]
        self._rows = new
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def set_open(self, conversation_id: ConversationId | None) -> None:
        """Marks the chat that is shown."""
        before, self._open = self._open, conversation_id
        for one in (before, conversation_id):
            index = self.index_of(one)
            if index.isValid():
                self.dataChanged.emit(index, index, [OPEN_ROLE])

    def index_of(self, conversation_id: ConversationId | None) -> QModelIndex:
        """Where a chat stands; invalid when it is not listed."""
        if conversation_id is not None:
            for number, row in enumerate(self._rows):
                if row.chat is not None and row.chat.id == conversation_id:
                    return self.index(number)
        return QModelIndex()

    def row_at(self, index: Index) -> ChatRow | None:
        """The row at an index; None for an invalid one."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many rows; none below a row."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, row, or whether the row is the open chat."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.text
            case Qt.ItemDataRole.ToolTipRole if row.chat is not None:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case _:
                return self._own_data(row, role)

    def _own_data(self, row: ChatRow, role: int) -> object:
        if role == ROW_ROLE:
            return row
        if role == OPEN_ROLE:
            return row.chat is not None and row.chat.id == self._open
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Asks for another title; the row changes when it is stored."""
        row = self.row_at(index)
        if role != Qt.ItemDataRole.EditRole or row is None or row.chat is None:
            return False
        title = " ".join(str(value).split())
        if title and title != row.text:
            self.rename_requested.emit(row.chat.id, title)
        return bool(title)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings and notes cannot be gone to; chats can be renamed unless they are deleted."""
        row = self.row_at(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        if row.kind in (RowKind.HEADING, RowKind.NOTE):
            return Qt.ItemFlag.ItemNeverHasChildren
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if row.kind is RowKind.CHAT and self.shelf is not Shelf.DELETED:
            base |= Qt.ItemFlag.ItemIsEditable
        return base | Qt.ItemFlag.ItemNeverHasChildren

    def _spoken(self, row: ChatRow) -> str:
        if row.kind is RowKind.HEADING:
            return f"{row.text}, heading"
        if row.chat is not None and row.chat.pinned:
            return f"{row.text}, pinned"
        return row.text


def _common(old: Sequence[ChatRow], new: Sequence[ChatRow]) -> int:
    """How many rows at the beginning are the same in both."""
    count = 0
    for before, after in zip(old, new, strict=False):
        if before.key != after.key:
            break
        count += 1
    return count
