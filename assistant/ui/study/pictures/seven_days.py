"""Of the last seven days, on how many something was done: a sentence and seven dots."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from assistant.ui.theme.theme import Theme

_DAYS = 7
_DOT, _PITCH, _HEIGHT = 10, 16, 20


class SevenDays(QWidget):
    """``5 of the last 7 days``, today last. It says what was, and counts no streak.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._done: tuple[bool, ...] = (False,) * _DAYS
        self._today = date(1970, 1, 7)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_days(self, done: Sequence[bool], today: date) -> None:
        """Shows seven days.

        Args:
            done: Whether something was done, today last.
            today: Names the days.

        Raises:
            ValueError: They are not seven.
        """
        if len(done) != _DAYS:
            raise ValueError(f"Seven days are shown, not {len(done)}")
        self._done, self._today = tuple(done), today
        names = [f"{self._day(at):%A}" for at, was in enumerate(done) if was]
        said = f": {', '.join(names)}" if names else ""
        self.setAccessibleName(self.words() + said)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """The sentence before the dots."""
        return f"{sum(self._done)} of the last {_DAYS} days"

    def sizeHint(self) -> QSize:
        """The sentence and the dots."""
        text = QFontMetricsF(self._theme.font("small", tabular=True)).horizontalAdvance(
            self.words()
        )
        width = round(text) + self._theme.px(8) + _DAYS * self._theme.px(_PITCH)
        return QSize(width, self._theme.px(_HEIGHT))

    def event(self, event: QEvent) -> bool:
        """Names the day under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.tip(event.pos().toPointF())
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def tip(self, place: QPointF) -> str:
        """What is said about the dot at a place; nothing elsewhere."""
        for at, was in enumerate(self._done):
            if self._dot(at).adjusted(-3, -6, 3, 6).contains(place):
                day = self._day(at)
                return f"{day:%A} {day.day} {day:%b}: {'studied' if was else 'nothing'}"
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the sentence and the dots: filled, or a ring."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("ink2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.words())
        for at, was in enumerate(self._done):
            dot = self._dot(at)
            if was:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("ink2"))
                painter.drawEllipse(dot)
            else:
                painter.setPen(QPen(theme.color("control"), 1.25))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(dot.adjusted(0.7, 0.7, -0.7, -0.7))

    def _dot(self, at: int) -> QRectF:
        side, pitch = self._theme.px(_DOT), self._theme.px(_PITCH)
        left = self.width() - (_DAYS - at) * pitch + (pitch - side)
        return QRectF(left, (self.height() - side) / 2, side, side)

    def _day(self, at: int) -> date:
        return self._today - timedelta(days=_DAYS - 1 - at)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
