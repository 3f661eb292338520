"""Looks at what a picture really drew, and at the table that says the same."""

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from assistant.ui.study.pictures.picture import Picture


def put(shown: list[QWidget], widget: QWidget, width: int = 360, height: int = 220) -> None:
    shown.append(widget)
    widget.resize(width, height)
    widget.show()
    widget.activateWindow()
    QTest.qWaitForWindowActive(widget)


def picture_of(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def near(image: QImage, place: QPointF, colour: QColor, reach: int = 3) -> bool:
    """Whether some pixel near a place has a colour."""
    ratio = image.devicePixelRatio()
    middle = QPoint(round(place.x() * ratio), round(place.y() * ratio))
    return any(
        image.rect().contains(middle + QPoint(x, y))
        and abs(image.pixelColor(middle + QPoint(x, y)).red() - colour.red()) < 14
        and abs(image.pixelColor(middle + QPoint(x, y)).green() - colour.green()) < 14
        and abs(image.pixelColor(middle + QPoint(x, y)).blue() - colour.blue()) < 14
        for x in range(-reach, reach + 1)
        for y in range(-reach, reach + 1)
    )


def inked(widget: QWidget) -> int:
    """How many pixels differ from the ground."""
    image = picture_of(widget)
    ground = image.pixel(image.width() - 1, image.height() - 1)
    return sum(
        image.pixel(x, y) != ground
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


def read_table(picture: Picture) -> tuple[list[str], list[list[str]]]:
    picture.show_table(shown=True)
    table = picture.table()
    assert table is not None
    heads: list[str] = []
    rows: list[list[str]] = []
    for column in range(table.columnCount()):
        head = table.horizontalHeaderItem(column)
        assert head is not None
        heads.append(head.text())
    for row in range(table.rowCount()):
        items = [table.item(row, column) for column in range(table.columnCount())]
        rows.append([item.text() for item in items if item is not None])
    return heads, rows
