"""Results of the search in all chats, as rows: commands first, then titles and messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from assistant.domain.conversation import Role, SearchHit

Index = QModelIndex | QPersistentModelIndex
RESULT_ROLE = int(Qt.ItemDataRole.UserRole)
"""Gives the ``ResultRow``."""
_WEEK = 7
_LONGEST_SHOWN = 32


class ResultKind(StrEnum):
    """What a row is."""

    HEADING = "heading"
    COMMAND = "command"
    HIT = "hit"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done at once.

    Args:
        id: Of an action in the table of keys.
        title: Its words.
        keys: As this system writes them.
        icon: Name of its icon.
    """

    id: str
    title: str
    keys: str = ""
    icon: str = "command"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row."""

    kind: ResultKind
    text: str
    command: Command | None = None
    hit: SearchHit | None = None
    when: str = ""

    @property
    def chosen(self) -> bool:
        """Whether it can be chosen."""
        return self.kind in (ResultKind.COMMAND, ResultKind.HIT)


def short_date(moment: datetime, today: date) -> str:
    """A day as people say it: Today, Yesterday, Monday, 3 March, 3 March 2024."""
    day = moment.astimezone().date()
    age = (today - day).days
    if age <= 0:
        return "Today"
    if age == 1:
        return "Yesterday"
    if age < _WEEK:
        return f"{day:%A}"
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B %Y}"


def who(role: Role) -> str:
    """Who said it."""
    return {Role.USER: "You", Role.ASSISTANT: "Answer"}.get(role, "Title")


def nothing_found(words: str) -> str:
    """Says what was looked for, and where."""
    shown = " ".join(words.split())
    if len(shown) > _LONGEST_SHOWN:
        shown = f"{shown[:_LONGEST_SHOWN].rstrip()}…"
    return f"No chat has “{shown}” in it. Tasks have a filter in Plan."


def matching(commands: Sequence[Command], words: str) -> list[Command]:
    """The commands in whose words every word begins something; all for no words."""
    wanted = words.casefold().split()
    return [
        command
        for command in commands
        if all(
            any(part.startswith(word) for part in command.title.casefold().split())
            for word in wanted
        )
    ]


class SearchModel(QAbstractListModel):
    """The rows that are shown for one text.

    Args:
        parent: The owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ResultRow] = []

    def show_results(
        self, commands: Sequence[Command], hits: Sequence[SearchHit], *, words: str, today: date
    ) -> None:
        """Shows commands and hits, in their order.

        Args:
            commands: Those that match.
            hits: Best first, and the newest first of those that are as good.
            words: What the history was searched for, to be said when nothing was found; empty
                when it was not searched.
            today: The local day.
        """
        rows: list[ResultRow] = []
        if commands:
            rows.append(ResultRow(ResultKind.HEADING, "Do"))
            rows += [ResultRow(ResultKind.COMMAND, c.title, command=c) for c in commands]
        if hits:
            rows.append(ResultRow(ResultKind.HEADING, "Chats"))
            rows += [
                ResultRow(ResultKind.HIT, hit.title, hit=hit, when=short_date(hit.time, today))
                for hit in hits
            ]
        elif words:
            rows.append(ResultRow(ResultKind.NOTE, nothing_found(words)))
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def same_as(self, row: ResultRow) -> QModelIndex:
        """Where the result or the command of an earlier row stands now; invalid if nowhere."""
        for at, each in enumerate(self._rows):
            if each.chosen and _identity(each) == _identity(row):
                return self.index(at)
        return QModelIndex()

    def row_at(self, index: Index) -> ResultRow | None:
        """The row at an index."""
        return self._rows[index.row()] if index.isValid() else None

    def next_choice(self, start: int, step: int) -> QModelIndex:
        """The nearest row that can be chosen, from ``start`` on in a direction; it goes round."""
        count = len(self._rows)
        for distance in range(count):
            row = (start + step * distance) % count
            if self._rows[row].chosen:
                return self.index(row)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many rows; none below a row."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, what a screen reader says, or the row."""
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row)
        return row if role == RESULT_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings and notes cannot be chosen."""
        row = self.row_at(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        if not row.chosen:
            return Qt.ItemFlag.ItemNeverHasChildren
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )


def _identity(row: ResultRow) -> tuple[object, ...]:
    if row.hit is not None:
        return row.hit.conversation_id, row.hit.message_id
    return (row.command.id,) if row.command is not None else ()


def _spoken(row: ResultRow) -> str:
    if row.hit is None:
        return row.text
    how = ", by meaning" if row.hit.by_meaning else ""
    return f"{row.text}, {who(row.hit.role)}, {row.when}{how}: {row.hit.snippet}"
