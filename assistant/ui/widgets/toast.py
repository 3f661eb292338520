"""Toasts: what happened, and a way back. They stack in a corner and leave by themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCursor,
    QEnterEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.free_place import free_area, free_corner, pressable_in
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box
from assistant.ui.widgets.shadow import SHADOW_MARGIN, draw_shadow

STAY_MS = 6000
"""How long a toast stays when nobody points at it."""

_WIDTH, _RADIUS, _GAP, _SLIDE, _MOST = 344, 8, 10, 12, 4
_LOOK_MS = 250
"""How often it is looked whether a toast hides something that came later."""
_SLIDING = "sliding"

ToastTone = Literal["plain", "good", "caution", "bad"]
_COLOURS: dict[ToastTone, str] = {
    "plain": "ink2",
    "good": "good",
    "caution": "caution",
    "bad": "bad",
}


@dataclass(frozen=True, slots=True)
class ToastAction:
    """A button besides the one that takes back what was done."""

    words: str
    on_press: Callable[[], object]


class Toast(QWidget):
    """One notice. ``closed`` tells that it went, by itself or by hand.

    Args:
        theme: The theme in force.
        text: What happened.
        icon: Name of the icon before it.
        action: Words of the button, ``Undo`` for one; none when empty.
        tone: How serious it is.
        parent: The owner.
    """

    acted = Signal()
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        text: str,
        icon: str,
        action: str = "",
        tone: ToastTone = "plain",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(text)
        self._whole = QVBoxLayout(self)
        self._row = QHBoxLayout()
        self._whole.addLayout(self._row)
        self._also: Callable[[], object] | None = None
        middle = Qt.AlignmentFlag.AlignVCenter
        self._row.addWidget(IconLabel(theme, icon, 16, _COLOURS[tone]), 0, middle)
        self._row.addWidget(PlainLabel(theme, text, "interface", wrap=True), 1, middle)
        self._action: Button | None = None
        if action:
            self._action = Button(theme, action, small=True)
            self._action.clicked.connect(self._act)
            self._row.addWidget(self._action, 0, middle)
        else:
            dismiss = IconButton(theme, "x", "Dismiss")
            dismiss.clicked.connect(self.close_now)
            self._row.addWidget(dismiss, 0, middle)
        self._kept = self._focused = False
        self._rest = QCursor.pos()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAY_MS)
        self._timer.timeout.connect(self.close_now)
        theme.changed.connect(self._restyle)
        self._restyle()

    def offer_also(self, more: ToastAction) -> None:
        """Puts a second button before the first one, both below the words.

        Beside them there is no room for two; before it is shown, and only where there is a first.
        """
        first = self._action
        if first is None:
            return
        self._also = more.on_press
        button = Button(self._theme, more.words, "ghost", small=True, parent=self)
        button.clicked.connect(self._act_also)
        self._row.removeWidget(first)
        foot = QHBoxLayout()
        foot.setSpacing(self._theme.px(10))
        foot.addStretch(1)
        foot.addWidget(button)
        foot.addWidget(first)
        self._whole.addLayout(foot)
        QWidget.setTabOrder(button, first)
        self._restyle()

    def start(self) -> None:
        """Begins the time it stays."""
        if not (self._kept or self._focused or self.pointed_at):
            self._timer.start()

    @property
    def pointed_at(self) -> bool:
        """Whether the pointer was moved over it: one that rests where it came does not count."""
        return self.underMouse() and QCursor.pos() != self._rest

    def come(self, place: QRect) -> None:
        """Stands somewhere else, by itself."""
        if not self.pointed_at:
            self._rest = QCursor.pos()
        self.setGeometry(place)
        self.raise_()

    def mind_pointer(self) -> None:
        """It stays while it is pointed at."""
        if self.pointed_at:
            self._timer.stop()

    def hold(self, *, focused: bool) -> None:
        """Lets it stay while one of its buttons has the keys, and then for its full time again."""
        self._focused = focused
        if focused:
            self._timer.stop()
        else:
            self.start()

    def keep(self) -> None:
        """Lets it stay until it is dismissed."""
        self._kept = True
        self._timer.stop()

    def close_now(self) -> None:
        """Takes it away."""
        self._timer.stop()
        self.closed.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """It stays from here on, where it is the pointer that came."""
        self.mind_pointer()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """And then for its full time again."""
        self.start()
        super().leaveEvent(event)

    def sizeHint(self) -> QSize:
        """One width for all; as high as the words need."""
        width = self._theme.px(_WIDTH) + 2 * self._theme.px(SHADOW_MARGIN)
        return QSize(width, self._whole.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws shadow and card."""
        theme = self._theme
        margin = theme.px(SHADOW_MARGIN)
        card = self.rect().adjusted(margin, margin, -margin, -margin)
        painter = QPainter(self)
        draw_shadow(painter, theme, card, theme.px(_RADIUS))
        box(painter, card, theme.px(_RADIUS), theme.color("card"), theme.color("line2"))

    def _act(self) -> None:
        self.acted.emit()
        self.close_now()

    def _act_also(self) -> None:
        also = self._also
        self.close_now()
        if also is not None:
            also()

    def _restyle(self) -> None:
        px = self._theme.px
        margin = px(SHADOW_MARGIN)
        left, room = margin + px(15), margin + px(8)
        below = self._also is not None
        self._whole.setContentsMargins(left, margin + px(12 if below else 8), room, room)
        self._whole.setSpacing(px(8))
        self._row.setContentsMargins(0, 0, px(7) if below else 0, 0)
        self._row.setSpacing(px(10))
        self.update()


class ToastHost(QObject):
    """Shows toasts at the bottom right of ``window``, newest below.

    They stand beside an open panel, and above buttons and fields rather than over them.

    Args:
        theme: The theme in force.
        window: The window they lie over.
        margin: Room to the window's edges in px of the design.
        lift: Room below besides, so that they do not lie over what is at the bottom.
    """

    def __init__(self, theme: Theme, window: QWidget, margin: int = 20, lift: int = 0) -> None:
        super().__init__(window)
        self._lift = lift
        self._theme = theme
        self._window = window
        self._margin = margin
        self._toasts: list[Toast] = []
        self._came_from: QWidget | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.make_way)
        window.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)
        theme.changed.connect(self._place)

    def show_toast(
        self,
        text: str,
        *,
        icon: str = "info",
        tone: ToastTone = "plain",
        action: str = "",
        on_action: Callable[[], object] | None = None,
        also: ToastAction | None = None,
    ) -> Toast:
        """Says what happened, on the screen and to screen readers.

        Args:
            text: What happened, in one sentence.
            icon: Name of its icon.
            tone: How serious it is.
            action: Words of its button.
            on_action: Called when the button is pressed.
            also: Another button before it, such as the way to what was changed.

        Returns:
            The toast, to be closed early if what it says no longer holds.
        """
        toast = Toast(self._theme, text, icon, action, tone, self._window)
        if on_action is not None:
            toast.acted.connect(on_action)
        if also is not None:
            toast.offer_also(also)
        toast.closed.connect(self._remove)
        self._toasts.append(toast)
        while len(self._toasts) > _MOST:
            self._toasts[0].close_now()
        toast.show()
        self._place()
        self._slide_in(toast)
        self._look.start()
        toast.start()
        ways = (action,) if also is None else (also.words, action)
        announcement = QAccessibleAnnouncementEvent(toast, f"{text} {', '.join(ways)}".strip())
        QAccessible.updateAccessibility(announcement)
        return toast

    def make_way(self) -> None:
        """Moves toasts that hide something by now; not while one is pointed at, or has the keys."""
        if not self._toasts:
            self._look.stop()
            return
        for toast in self._toasts:
            toast.mind_pointer()
        held = any(toast.pointed_at for toast in self._toasts)
        if not held and self._holder(QApplication.focusWidget()) is None:
            self._place()

    def toasts(self) -> tuple[Toast, ...]:
        """Those on the screen, oldest first."""
        return tuple(self._toasts)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps to the corner when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _remove(self) -> None:
        toast = self.sender()
        if isinstance(toast, Toast) and toast in self._toasts:
            self._toasts.remove(toast)
            self._give_focus_back(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Remembers what had the focus before a toast got it; that toast stays meanwhile."""
        left, reached = self._holder(old), self._holder(new)
        if reached is not None and left is None:
            self._came_from = old
        if left is not reached:
            if left is not None:
                left.hold(focused=False)
            if reached is not None:
                reached.hold(focused=True)

    def _holder(self, widget: QWidget | None) -> Toast | None:
        return next((t for t in self._toasts if widget and t.isAncestorOf(widget)), None)

    def _give_focus_back(self, toast: Toast) -> None:
        """Else Qt hands it to whatever comes next, far from where the keys were."""
        focused, back = QApplication.focusWidget(), self._came_from
        within = focused is not None and toast.isAncestorOf(focused)
        if within and back is not None and isValid(back) and back.isVisible():
            back.setFocus()

    def _place(self) -> None:
        px = self._theme.px
        shadow, margin = px(SHADOW_MARGIN), px(self._margin)
        window = self._window
        area = free_area(window, px(_WIDTH) + 2 * margin)
        area.adjust(0, 0, -margin, -px(self._margin + self._lift))
        taken = pressable_in(window, self._toasts)
        for toast in reversed(self._toasts):
            size = toast.sizeHint()
            width = min(size.width(), window.width())
            card = QSize(width - 2 * shadow, size.height() - 2 * shadow)
            place = free_corner(card, area, taken, px(_GAP))
            around = place.adjusted(-shadow, -shadow, shadow, shadow)
            if around != toast.geometry():
                self._stop_sliding(toast)  # it would bring it back to where it was to stand
            toast.come(around)
            area.setBottom(place.top() - 1 - px(_GAP))

    @staticmethod
    def _stop_sliding(toast: Toast) -> None:
        slide = toast.findChild(QVariantAnimation, _SLIDING)
        if slide is not None:
            slide.stop()

    def _slide_in(self, toast: Toast) -> None:
        length = self._theme.motion(200)
        if length == 0:
            return
        end = toast.pos()
        slide = QVariantAnimation(toast)
        slide.setObjectName(_SLIDING)
        slide.setDuration(length)
        slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        slide.setStartValue(end + QPoint(0, self._theme.px(_SLIDE)))
        slide.setEndValue(end)
        slide.valueChanged.connect(toast.move)
        slide.start(QAbstractAnimation.DeletionPolicy.DeleteWhenStopped)
