"""The log of connections as an item model: groups that open, each row in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from assistant.domain.connection import Connection, ConnectionOutcome, Purpose
from assistant.domain.sizes import size_words
from assistant.ui.clock import clock_face
from assistant.ui.library.connections.groups import Group, GroupKey, grouped
from assistant.ui.models.search_results import short_date
from assistant.ui.widgets.chip import Tone

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""Gives the ``LogRow``."""
PURPOSES: dict[Purpose, str] = {
    Purpose.SEARCH: "Search",
    Purpose.DOWNLOAD: "Download",
    Purpose.CATALOGUE: "Catalogue",
}
OUTCOMES: dict[ConnectionOutcome, tuple[str, Tone, str]] = {
    ConnectionOutcome.DONE: ("Done", "neutral", "check"),
    ConnectionOutcome.OPEN: ("Going on", "lamp", "download"),
    ConnectionOutcome.REFUSED: ("Refused", "good", "shield-check"),
    ConnectionOutcome.FAILED: ("Broke off", "caution", "triangle-alert"),
    ConnectionOutcome.STOPPED: ("Stopped", "neutral", "square"),
}

MEANINGS: dict[ConnectionOutcome, str] = {
    ConnectionOutcome.DONE: "It came to its end.",
    ConnectionOutcome.OPEN: "It goes on now.",
    ConnectionOutcome.REFUSED: "Lamplight refused it: nothing of it was sent, or no more of it.",
    ConnectionOutcome.FAILED: "The connection broke off, or nobody answered.",
    ConnectionOutcome.STOPPED: "You stopped it, or Lamplight was closed. A download goes on where "
    "it stopped.",
}


def when_words(moment: datetime, today: date) -> str:
    """``13:04:09`` of today, ``3 March, 13:04:09`` of another day."""
    local = moment.astimezone()
    clock = clock_face().seconds(local)
    return clock if local.date() == today else f"{short_date(moment, today)}, {clock}"


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row: a group, or one connection of a group that is open.

    Args:
        group: That it stands for, or is a part of.
        part: The connection; None where the row stands for the whole group.
        opened: The connections of the group stand below.
    """

    group: Group
    part: Connection | None = None
    opened: bool = False

    @property
    def many(self) -> bool:
        """Whether it stands for several."""
        return self.part is None and len(self.group.members) > 1

    @property
    def newest(self) -> Connection:
        """The connection, or the last of them."""
        return self.part or self.group.newest

    @property
    def title(self) -> str:
        """The host; of a part what it was for, as the host stands above it."""
        return self.newest.host if self.part is None else self.part.why

    def facts(self, today: date) -> str:
        """When, what for, and how many."""
        when = when_words(self.newest.when, today)
        if self.part is not None:
            return f"{when} · {PURPOSES[self.part.purpose]}"
        purpose = PURPOSES[self.newest.purpose]
        if self.many:
            first = clock_face().seconds(self.group.members[-1].when.astimezone())
            when = f"{len(self.group.members)} connections, {first} to {when}"
            if self.newest.when.astimezone().date() != today:
                day, _, clock = when_words(self.newest.when, today).rpartition(", ")
                when = f"{len(self.group.members)} connections, {day}, {first} to {clock}"
        return f"{when} · {purpose} · {self.group.why}"

    @property
    def sums(self) -> str:
        """What came and went."""
        received, sent = self.group.received_bytes, self.group.sent_bytes
        if self.part is not None:
            received, sent = self.part.received_bytes, self.part.sent_bytes
        return f"{size_words(received)} in, {size_words(sent)} out"


def spoken(row: LogRow, today: date) -> str:
    """The whole row as a sentence."""
    newest = row.newest
    if row.many:
        way = "Enter: hide each" if row.opened else "Enter: show each"
        facts = row.facts(today).replace(" · ", ", ", 1).replace(" · ", ": ")
        return f"{newest.host}, {facts}, {row.sums}, {OUTCOMES[newest.outcome][0]}, {way}"
    return (
        f"{when_words(newest.when, today)}, {newest.host}, {PURPOSES[newest.purpose]}: "
        f"{newest.why}, sent {size_words(newest.sent_bytes)}, received "
        f"{size_words(newest.received_bytes)}, {OUTCOMES[newest.outcome][0]}"
    )


class ConnectionsModel(QAbstractListModel):
    """The rows, newest first; a group opens and closes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: tuple[Connection, ...] = ()
        self._open: set[GroupKey] = set()
        self._rows: list[LogRow] = []

    def show_connections(self, known: Sequence[Connection]) -> None:
        """Lists these; what was open stays open."""
        if tuple(known) != self._known:
            self._known = tuple(known)
            self._list()

    def toggle(self, index: Index) -> None:
        """Opens or closes the group of a row."""
        row = self.row_at(index)
        if row is not None and row.many:
            self._open ^= {row.group.key}
            self._list()

    def row_at(self, index: Index) -> LogRow | None:
        """What stands in a row."""
        inside = index.isValid() and 0 <= index.row() < len(self._rows)
        return self._rows[index.row()] if inside else None

    def place_of(self, row: LogRow) -> int | None:
        """Where the same group stands now, or the same part of it."""
        for place, each in enumerate(self._rows):
            if each.group.key == row.group.key and each.part == row.part:
                return place
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many there are; none below a row."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The host, what a screen reader says, what a tooltip says, or the row."""
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.newest.host
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row, datetime.now().astimezone().date())
        if role == Qt.ItemDataRole.ToolTipRole:
            return MEANINGS[row.newest.outcome]
        return row if role == ROW_ROLE else None

    def _list(self) -> None:
        self.beginResetModel()
        self._rows = []
        for group in grouped(self._known):
            opened = group.key in self._open
            self._rows.append(LogRow(group, opened=opened))
            if opened and len(group.members) > 1:
                self._rows += [LogRow(group, part) for part in group.members]
        self.endResetModel()
