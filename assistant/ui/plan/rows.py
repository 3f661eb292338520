"""Lines of a card that are read again: those that are meant still stay, with their focus."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget


def put_rows(column: QVBoxLayout, rows: Sequence[QWidget]) -> None:
    """Makes a column hold these rows in this order, and nothing else.

    Args:
        column: Where they stand. Rows that are here already are not touched.
        rows: What it shall hold; what else it held is deleted.
    """
    for index in reversed(range(column.count())):
        item = column.itemAt(index)
        widget = item.widget() if item is not None else None
        if widget is not None and widget not in rows:
            column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
    for index, row in enumerate(rows):
        if column.indexOf(row) != index:
            column.removeWidget(row)
            column.insertWidget(index, row)
