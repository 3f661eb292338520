"""Things that are on or off: the switch, the box, the round box."""

from PySide6.QtCore import QEasingCurve, QPointF, QRect, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box

_TRACK_WIDTH, _TRACK_HEIGHT, _KNOB, _INSET, _TARGET = 38, 22, 14, 4, 28
_BOX, _GAP = 16, 8


class Switch(QCheckBox):
    """Turns something on or off at once.

    Args:
        theme: The theme in force.
        name: What it turns on, for screen readers: the words stand beside it, in the row.
        parent: The owner.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._at = 0.0
        self._slide = QVariantAnimation(self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._move_knob)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.toggled.connect(self._start_slide)
        theme.changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        """The track, in an area that is easy to hit."""
        return QSize(self._theme.px(_TRACK_WIDTH), self._theme.px(_TARGET))

    def minimumSizeHint(self) -> QSize:
        """Of one size."""
        return self.sizeHint()

    def hitButton(self, position: object) -> bool:
        """The whole area takes clicks."""
        return True

    def focus_shape(self) -> tuple[QRect, int]:
        """The track."""
        track = self._track()
        return track, track.height() // 2

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws track and knob; the colour changes with the state, not along the way."""
        theme, track = self._theme, self._track()
        painter = QPainter(self)
        on = self.isChecked()
        if not self.isEnabled():
            fill, border, knob = "well", "line2", "disabled"
        elif on:
            fill, border, knob = "lamp", "lampedge", "onlamp"
        else:
            fill, border, knob = ("press" if self.underMouse() else "well"), "control", "control"
        box(painter, track, track.height() / 2, theme.color(fill), theme.color(border))
        inset, side = theme.px(_INSET), theme.px(_KNOB)
        travel = track.width() - 2 * inset - side
        left = track.left() + inset + travel * self._at
        top = track.top() + (track.height() - side) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(knob))
        painter.drawEllipse(QRectF(left, top, side, side))

    def _track(self) -> QRect:
        px = self._theme.px
        height = px(_TRACK_HEIGHT)
        return QRect(0, (self.height() - height) // 2, px(_TRACK_WIDTH), height)

    def _start_slide(self, on: bool) -> None:  # noqa: FBT001 - the signal's own argument
        end = 1.0 if on else 0.0
        length = self._theme.motion(80) if self.isVisible() else 0
        self._slide.stop()
        if length == 0:
            self._move_knob(end)
            return
        self._slide.setDuration(length)
        self._slide.setStartValue(self._at)
        self._slide.setEndValue(end)
        self._slide.start()

    def _move_knob(self, at: float) -> None:
        self._at = at
        self.update()

    def _restyle(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()


class CheckBox(QCheckBox):
    """A box to tick, with its words."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        _prepare(self)
        theme.changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        """The box, the gap, the words."""
        return _marked_size(self, self._theme)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def hitButton(self, position: object) -> bool:
        """The whole area takes clicks."""
        return True

    def focus_shape(self) -> tuple[QRect, int]:
        """The box alone where there are no words."""
        return _marked_shape(self, self._theme), self._theme.px(4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the box, its tick and the words."""
        theme = self._theme
        painter = QPainter(self)
        area = _mark(self, theme)
        fill, border = _mark_colours(self)
        box(painter, area, theme.px(4), theme.color(fill), theme.color(border), 1.25)
        if self.isChecked():
            _draw_tick(painter, self, theme, area)
        _draw_words(painter, self, theme)

    def _restyle(self) -> None:
        self.setFont(self._theme.font("interface"))
        self.updateGeometry()
        self.update()


class RadioButton(QRadioButton):
    """One of several, with its words."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        _prepare(self)
        self.toggled.connect(self._restyle)
        theme.changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        """The round box, the gap, the words."""
        return _marked_size(self, self._theme)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def hitButton(self, position: object) -> bool:
        """The whole area takes clicks."""
        return True

    def focus_shape(self) -> tuple[QRect, int]:
        """The round box alone where there are no words."""
        shape = _marked_shape(self, self._theme)
        return shape, self._theme.px(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the round box, its dot and the words."""
        theme = self._theme
        painter = QPainter(self)
        area = _mark(self, theme)
        fill, border = _mark_colours(self)
        box(painter, area, area.height() / 2, theme.color(fill), theme.color(border), 1.25)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("onlamp" if self.isEnabled() else "disabled"))
            radius = theme.px(3)
            painter.drawEllipse(QPointF(QRectF(area).center()), radius, radius)
        _draw_words(painter, self, theme)

    def _restyle(self) -> None:
        role = "interface_medium" if self.isChecked() else "interface"
        self.setFont(self._theme.font(role))
        self.updateGeometry()
        self.update()


def _prepare(button: QAbstractButton) -> None:
    button.setAttribute(Qt.WidgetAttribute.WA_Hover)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)


def _marked_size(button: QAbstractButton, theme: Theme) -> QSize:
    words = button.fontMetrics().horizontalAdvance(button.text())
    room = theme.px(_GAP) + words if words else theme.px(_TARGET - _BOX)
    return QSize(theme.px(_BOX) + room, theme.px(_TARGET))


def _mark(button: QAbstractButton, theme: Theme) -> QRect:
    side = theme.px(_BOX)
    left = 0 if button.text() else (button.width() - side) // 2
    return QRect(left, (button.height() - side) // 2, side, side)


def _marked_shape(button: QAbstractButton, theme: Theme) -> QRect:
    mark = _mark(button, theme)
    if not button.text():
        return mark
    words = button.fontMetrics().horizontalAdvance(button.text())
    return mark.adjusted(0, -theme.px(2), theme.px(_GAP + 2) + words, theme.px(2))


def _mark_colours(button: QAbstractButton) -> tuple[str, str]:
    if not button.isEnabled():
        return "well", "line2"
    if button.isChecked():
        return "lamp", "lampedge"
    return ("well" if button.underMouse() else "card"), "control"


def _draw_tick(painter: QPainter, button: QAbstractButton, theme: Theme, area: QRect) -> None:
    pen = QPen(theme.color("onlamp" if button.isEnabled() else "disabled"), 2 * theme.scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    at, side = area.topLeft().toPointF(), area.width()
    corners = ((0.27, 0.53), (0.43, 0.69), (0.74, 0.34))
    painter.drawPolyline([at + QPointF(x * side, y * side) for x, y in corners])


def _draw_words(painter: QPainter, button: QAbstractButton, theme: Theme) -> None:
    painter.setPen(theme.color("ink" if button.isEnabled() else "disabled"))
    words = button.rect().adjusted(theme.px(_BOX + _GAP), 0, 0, 0)
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), button.text())
