"""How likely it is to be on time, as dots, and how long something takes, as a bar with a band."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistant.ui.plan.words import length_words
from assistant.ui.study.pictures.marks import percent_words
from assistant.ui.theme.theme import Theme

DOTS: Final = 50
_ROWS = 2


class ChanceDots(QWidget):
    """Fifty dots, of which as many are filled as tasks of such odds end on time.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chance = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def filled(self) -> int:
        """How many dots are filled."""
        return round(self._chance * DOTS)

    def show_chance(self, chance: float) -> None:
        """Shows another chance, 0 to 1."""
        self._chance = chance
        self.setAccessibleName(f"Chance of being on time: {percent_words(chance)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, columns = self._theme, DOTS // _ROWS
        step = min(self.width() / columns, theme.px(10))
        radius = step * 0.36
        painter.setPen(QPen(theme.color("ink2"), 1))
        for number in range(DOTS):
            row, column = divmod(number, columns)
            centre = QPointF((column + 0.5) * step, (row + 0.5) * theme.px(11))
            painter.setBrush(theme.color("ink2") if number < self.filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius, radius)

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(11 * _ROWS + 2))
        self.update()


class LengthBar(QWidget):
    """A line of time with the likely stretch as a band, the guess as a dot, and one's own figure.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._values = (0.0, 0.0, 0.0)
        self._own: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_length(self, low: float, guess: float, high: float, own: float | None) -> None:
        """Shows a length in minutes.

        Args:
            low: Four in five take at least this.
            guess: The likeliest.
            high: And at most this.
            own: As the user said.
        """
        self._values, self._own = (low, guess, high), own
        said = f", you said {length_words(own)}" if own else ""
        self.setAccessibleName(
            f"Likely {length_words(guess)}, between {length_words(low)} and "
            f"{length_words(high)}{said}"
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line, the band, the dot and the tick."""
        low, guess, high = self._values
        if high <= 0:
            return
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ends = [low, high, *([self._own] if self._own else [])]
        begin, end = min(ends) * 0.8, max(ends) * 1.1
        room = self.width() - px(8)

        def x(minutes: float) -> float:
            return px(4) + (minutes - begin) / (end - begin) * room

        y = px(10)
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.drawLine(QPointF(px(4), y), QPointF(px(4) + room, y))
        painter.setPen(QPen(theme.color("teal.graphic"), 1))
        painter.setBrush(theme.color("teal.tint"))
        band = QRectF(x(low), y - px(4), x(high) - x(low), px(8))
        painter.drawRoundedRect(band, px(4), px(4))
        painter.setBrush(theme.color("teal.graphic"))
        painter.drawEllipse(QPointF(x(guess), y), px(4), px(4))
        if self._own:
            painter.setPen(QPen(theme.color("ink2"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x(self._own), y - px(7)), QPointF(x(self._own), y + px(7)))
        painter.setFont(theme.font("axis", tabular=True))
        painter.setPen(theme.color("ink3"))
        row = QRectF(0, y + px(8), self.width(), px(14))
        painter.drawText(row, int(Qt.AlignmentFlag.AlignLeft), length_words(low))
        painter.drawText(row, int(Qt.AlignmentFlag.AlignRight), length_words(high))

    def sizeHint(self) -> QSize:
        """As high as line and figures."""
        return QSize(self._theme.px(160), self._theme.px(34))

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(34))
        self.update()
