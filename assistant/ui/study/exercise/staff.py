"""Notes on a staff of five lines, with ledger lines and signs."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistant.services.study.reading import StaffNote
from assistant.ui.study.exercise.clefs import draw_clef
from assistant.ui.theme.theme import Theme

_STEP, _COLUMN, _CLEF, _LEFT, _HEIGHT, _MOST = 4.5, 40, 16, 40, 112, 24
_TREBLE_BOTTOM, _BASS_BOTTOM = 30, 18
"""White keys from C0 to the lowest line: E4 with a treble clef, G2 with a bass clef."""
_BASS_BELOW = 26
"""Where every note is lower than this (A3), the bass clef is used."""
_TOP_LINE = 8


class StaffView(QWidget):
    """Draws notes where they stand; a treble or a bass clef, whichever fits.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._notes: tuple[StaffNote, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def bass(self) -> bool:
        """Whether it is a bass clef."""
        return bool(self._notes) and all(note.white < _BASS_BELOW for note in self._notes)

    def show_notes(self, notes: tuple[StaffNote, ...]) -> None:
        """Shows notes from left to right."""
        self._notes = notes[:_MOST]
        self.setAccessibleName("Staff: " + " ".join(note.name for note in self._notes))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the staff and a few ledger lines."""
        return QSize(self._theme.px(240), self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws lines, clef and notes."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bottom = self.height() / 2 + 4 * _STEP * theme.scale
        pen = QPen(theme.color("control"), 1)
        painter.setPen(pen)
        for line in range(0, _TOP_LINE + 1, 2):
            y = round(self._y(bottom, line)) + 0.5
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        unit, middle = _STEP * theme.scale, QPointF(px(_CLEF), bottom)
        draw_clef(painter, middle, unit, theme.color("ink2"), bass=self.bass)
        lowest = _BASS_BOTTOM if self.bass else _TREBLE_BOTTOM
        room = max(1, len(self._notes))
        column = min(float(px(_COLUMN)), (self.width() - px(_LEFT + 12)) / room)
        for place, note in enumerate(self._notes):
            x = px(_LEFT) + column * (place + 0.6)
            self._note(painter, QPointF(x, bottom), note.white - lowest, note.alter)

    def _y(self, bottom: float, step: int) -> float:
        return bottom - step * _STEP * self._theme.scale

    def _note(self, painter: QPainter, at: QPointF, step: int, alter: int) -> None:
        theme = self._theme
        unit = _STEP * theme.scale
        y = self._y(at.y(), step)
        painter.setPen(QPen(theme.color("control"), 1))
        ledgers = [*range(-2, step - 1, -2), *range(_TOP_LINE + 2, step + 1, 2)]
        for line in ledgers:
            height = round(self._y(at.y(), line)) + 0.5
            painter.drawLine(
                QPointF(at.x() - 2.2 * unit, height), QPointF(at.x() + 2.2 * unit, height)
            )
        painter.save()
        painter.setTransform(QTransform().translate(at.x(), y).rotate(-18), combine=True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("ink"))
        painter.drawEllipse(QPointF(0, 0), 1.35 * unit, 0.95 * unit)
        painter.restore()
        if alter:
            signs = {1: "♯", 2: "x", -1: "♭", -2: "♭♭"}.get(alter, f"{alter:+d}")
            painter.setPen(theme.color("ink"))
            font = theme.font("reading")
            painter.setFont(font)
            width = painter.fontMetrics().horizontalAdvance(signs)
            left = at.x() - 1.7 * unit - width
            painter.drawText(QPointF(left, y + unit * 1.15), signs)
