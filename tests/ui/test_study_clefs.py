"""The clefs of a staff curl around the line that they name."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from assistant.ui.study.exercise.clefs import draw_clef
from tests.helpers.pictures import near

_UNIT, _SIDE = 10.0, 160


@pytest.mark.parametrize(
    ("bass", "inked", "blank"),
    [
        (False, [(1.5, 1.9), (0.1, 9.6), (-0.95, -2.1)], [(0.0, 1.9), (2.6, 6.9)]),
        (True, [(-0.7, 6.0), (2.7, 6.9), (2.7, 5.1), (1.7, 5.7)], [(0.2, 5.0), (0.0, -2.0)]),
    ],
)
def test_a_clef_is_where_it_belongs(
    bass: bool,
    inked: list[tuple[float, float]],
    blank: list[tuple[float, float]],
) -> None:
    image = QImage(_SIDE, _SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    origin = QPointF(80, 110)
    draw_clef(painter, origin, _UNIT, QColor("black"), bass=bass)
    painter.end()

    def at(x: float, y: float) -> QPointF:
        return QPointF(origin.x() + x * _UNIT, origin.y() - y * _UNIT)

    assert all(near(image, at(*place), QColor("black")) for place in inked)
    assert not any(near(image, at(*place), QColor("black"), 2) for place in blank)
