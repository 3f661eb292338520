"""A picture's other form: its values in rows, for screen readers and for whoever would read."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from assistant.ui.study.pictures.marks import Table
from assistant.ui.theme.theme import Theme

_ROW = 28
_LOOKED_AT = 64
_LEAVING = (Qt.Key.Key_Escape, Qt.Key.Key_T)


class PictureTable(QTableWidget):
    """Rows of words over the whole of a picture; ``left`` says that the picture is wanted again.

    Args:
        theme: The theme in force.
        name: Of the picture, for screen readers.
        parent: The picture, which it covers.
    """

    left = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(f"{name}, as a table")
        self.setAccessibleDescription("T or Escape shows the picture again.")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(True)
        head.setResizeContentsPrecision(_LOOKED_AT)
        self.hide()
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_table(self, table: Table) -> None:
        """Shows these rows; the selected one stays where it was."""
        self.setColumnCount(len(table.heads))
        self.setHorizontalHeaderLabels(list(table.heads))
        self.setRowCount(len(table.rows))
        for row, words in enumerate(table.rows):
            for column, word in enumerate(words):
                item = QTableWidgetItem(word)
                item.setToolTip(word)
                self.setItem(row, column, item)
        if table.rows and self.currentRow() < 0:
            self.setCurrentCell(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """T and Escape lead back."""
        if event.key() in _LEAVING and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """None of its own: it fills the picture."""
        return QSize(0, 0)

    def _restyle(self) -> None:
        theme = self._theme
        self.setFont(theme.font("small", tabular=True))
        self.horizontalHeader().setFont(theme.font("small_medium"))
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        ground, line = theme.tokens.card, theme.tokens.line
        self.setStyleSheet(
            f"QTableWidget {{ background: {ground}; border: 0; outline: 0; }}"
            f"QTableWidget::item {{ border-bottom: 1px solid {line}; padding: 0 4px; }}"
            f"QTableWidget::item:selected {{ background: {theme.tokens.press};"
            f" color: {theme.tokens.ink}; }}"
            f"QHeaderView::section {{ background: {ground}; color: {theme.tokens.ink3};"
            f" border: 0; border-bottom: 1px solid {theme.tokens.line2}; padding: 4px; }}"
        )
