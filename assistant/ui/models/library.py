"""Models as rows: a change redraws only the rows that differ."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from assistant.ui.library.entries import Entry, entry_facts, reason_words, spoken

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
"""Gives the ``Entry``."""


class LibraryModel(QAbstractListModel):
    """The rows of one list of models.

    Args:
        parent: The owner.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    @property
    def entries(self) -> list[Entry]:
        """What is shown, in order."""
        return list(self._entries)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Shows these in this order; rows of the same models are changed in place."""
        if [entry.key for entry in entries] != [entry.key for entry in self._entries]:
            self.beginResetModel()
            self._entries = list(entries)
            self.endResetModel()
            return
        for row, entry in enumerate(entries):
            if entry != self._entries[row]:
                self._entries[row] = entry
                index = self.index(row)
                self.dataChanged.emit(index, index)

    def entry_at(self, index: Index) -> Entry | None:
        """The entry of a row."""
        inside = index.isValid() and 0 <= index.row() < len(self._entries)
        return self._entries[index.row()] if inside else None

    def index_of(self, key: str) -> QModelIndex:
        """The row of a model; invalid when it is not shown."""
        for row, entry in enumerate(self._entries):
            if entry.key == key:
                return self.index(row)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many rows; none below a row."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, what a screen reader says, what a tooltip says, or the entry."""
        entry = self.entry_at(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.model.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tooltip(entry)
        return entry if role == ENTRY_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be reached by the keys."""
        if self.entry_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )


def _tooltip(entry: Entry) -> str:
    """All of a row, as text: names come from files of strangers."""
    lines = (entry.model.name, entry_facts(entry), reason_words(entry))
    safe = [line.replace("&", "&amp;").replace("<", "&lt;") for line in lines]
    return f"<p>{'<br>'.join(safe)}</p>"
