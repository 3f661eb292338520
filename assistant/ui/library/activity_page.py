"""How each model has done since the start, in one table."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem

from assistant.domain.sizes import memory_words
from assistant.services.engine_health import ModelHealth
from assistant.ui.library.entries import troubles
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.notices import EmptyState
from assistant.ui.widgets.page import TitledPage

_HEADS = ("Model", "Answers", "Failed", "Given up", "Tokens/s", "First word", "Memory")
_ROW, _HEAD = 40, 34


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One row, in words.

    Args:
        cells: One for each column.
        note: What went wrong the last time; empty when nothing did.
    """

    cells: tuple[str, ...]
    note: str


def activity_row(health: ModelHealth) -> ActivityRow:
    """What is known of one model, in words."""
    rate, wait = health.tokens_per_second, health.first_token_ms
    failed = sum(count for _, count in health.failures)
    cells = (
        health.name,
        f"{health.requests:,}",
        f"{failed:,}" if failed else "None",
        f"{health.cancelled:,}" if health.cancelled else "None",
        f"{rate.median:.0f}, at worst {rate.p90:.0f}" if rate is not None else "",
        f"{wait.median / 1000:.1f} s, at worst {wait.p90 / 1000:.1f} s" if wait else "",
        memory_words(health.memory_bytes) if health.memory_bytes else "",
    )
    return ActivityRow(cells, troubles(health))


class _Table(QTableWidget):
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by Tab, the row that the keys are on is seen."""
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.rowCount():
            self.setCurrentCell(0, 0)


class ActivityPage(TitledPage):
    """A row for each model that was used.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Activity")
        self.set_facts("Since Lamplight was started")
        self._rows: list[ActivityRow] = []
        self.empty = EmptyState(
            theme,
            "No model has answered yet",
            "Ask something in Chat. How fast the answers came and what failed will stand here; "
            "none of your words will.",
            icon="chart-column",
        )
        self._card = Card(theme, 0)
        self.table = _Table(0, len(_HEADS))
        self.table.setAccessibleName("Activity of models")
        self.table.setHorizontalHeaderLabels(_HEADS)
        self._dress()
        self._card.body.addWidget(self.table)
        self._card.hide()
        self.column.addWidget(self.empty)
        self.column.addWidget(self._card)
        self.column.addStretch(1)
        theme.changed.connect(self._restyle)
        self.resized.connect(self._share_room)
        self._restyle()

    def show_health(self, models: Sequence[ModelHealth]) -> None:
        """Shows how these have done."""
        rows = [activity_row(each) for each in models if each.requests or each.failures]
        if rows == self._rows:
            return
        self._rows = rows
        self.empty.setVisible(not rows)
        self._card.setVisible(bool(rows))
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, words in enumerate(row.cells):
                self.table.setItem(number, column, _cell(words, row.note, first=column == 0))
        self._restyle()
        self._share_room()

    def _share_room(self) -> None:
        """The name takes what is left; where too little is, the table scrolls instead."""
        mode = QHeaderView.ResizeMode
        header, table = self.table.horizontalHeader(), self.table
        columns = range(self.table.columnCount())
        wide = sum(max(table.sizeHintForColumn(at), header.sectionSizeHint(at)) for at in columns)
        fits = wide <= table.viewport().width()
        header.setSectionResizeMode(0, mode.Stretch if fits else mode.ResizeToContents)

    def _dress(self) -> None:
        table = self.table
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _restyle(self) -> None:
        theme, px, table = self.theme, self.theme.px, self.table
        name = theme.color
        table.setStyleSheet(
            f"QTableView {{ background: transparent; border: 0; outline: 0;"
            f" selection-background-color: {name('press').name()};"
            f" selection-color: {name('ink').name()}; }}"
            f"QTableView::item {{ padding: 0 {px(12)}px; border-top: 1px solid"
            f" {name('line').name()}; }}"
            f"QHeaderView {{ background: transparent; }}"
            f"QHeaderView::section {{ background: transparent; border: 0;"
            f" padding: 0 {px(12)}px; color: {name('ink2').name()};"
            f" font-size: {theme.font('small').pixelSize()}px; }}"
        )
        table.setFont(theme.font("interface", tabular=True))
        table.horizontalHeader().setFont(theme.font("small"))
        table.horizontalHeader().setFixedHeight(px(_HEAD))
        table.verticalHeader().setDefaultSectionSize(px(_ROW))
        bar = table.horizontalScrollBar().sizeHint().height()
        table.setFixedHeight(px(_HEAD) + len(self._rows) * px(_ROW) + bar)


def _cell(words: str, note: str, *, first: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(words)
    if note:
        safe = note.replace("&", "&amp;").replace("<", "&lt;")
        item.setToolTip(f"<p>{safe}</p>")
        if first:
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}. {note}")
    return item
