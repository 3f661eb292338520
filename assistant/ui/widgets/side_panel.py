"""A panel that slides in beside the work, or over it where there is no room for both."""

from PySide6.QtCore import QEasingCurve, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.shadow import SHADOW_MARGIN, draw_shadow

_SLIDE_MS = 160


class SidePanel(QWidget):
    """A titled, scrolled panel at the right; Esc and the cross close it.

    It has the focus when it opens; whatever had it before has it again when it closes.

    Args:
        theme: The theme in force.
        title: What is in it.
        content: The widget shown in it.
        width: Width in px of the design.
        parent: The owner.
    """

    opened = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        title: str,
        content: QWidget,
        *,
        width: int = 320,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._full = width
        self._open = False
        self._over = False
        self._shown = 0
        """How much of it has slid in, in pixels, without the shadow."""
        self._opener: QWidget | None = None
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._inner = QWidget(self)
        self._column = QVBoxLayout(self._inner)
        self._column.setSpacing(0)
        self._close = IconButton(theme, "x", f"Close {title.lower()}")
        self._close.clicked.connect(self._shut)
        self._column.addLayout(self._head(title))
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        area.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self._column.addWidget(area, 1)
        self._slide = QVariantAnimation(self)
        self._slide.setDuration(_SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._set_width)
        self._slide.finished.connect(self._settle)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def is_open(self) -> bool:
        """Whether it is open or opening."""
        return self._open

    def set_open(self, open_: bool) -> None:  # noqa: FBT001 - a setter of one value
        """Opens or closes it; with reduced motion at once."""
        if open_ == self._open:
            return
        self._open = open_
        self._slide.stop()
        start, end = (self._shown if self.isVisible() else 0), self._theme.px(self._full)
        if open_:
            self._opener = QApplication.focusWidget()
            self._set_width(start)
            self.show()
            self.raise_()
            self._close.setFocus()
        else:
            self._give_focus_back()
        if self._theme.motion(_SLIDE_MS) == 0:
            self._set_width(end if open_ else 0)
            self._settle()
        else:
            self._slide.setStartValue(start)
            self._slide.setEndValue(end if open_ else 0)
            self._slide.start()
        self.opened.emit(open_)

    def toggle(self) -> None:
        """Opens it if it is closed, and the other way round."""
        self.set_open(not self._open)

    def is_over(self) -> bool:
        """Whether it lies over the work."""
        return self._over

    def set_over(self, over: bool) -> None:  # noqa: FBT001 - a setter of one value
        """Lies over the right side of its parent, and not in a layout, or the other way round.

        Whoever calls takes it out of the layout, or puts it there.
        """
        self._over = over
        self.fit()

    def fit(self) -> None:
        """Takes its place again; its parent, or the text, has another size."""
        if self._open and self._slide.state() != QVariantAnimation.State.Running:
            self._shown = self._theme.px(self._full)
        self._set_width(self._shown)

    def sizeHint(self) -> QSize:
        """Its full width."""
        return QSize(self._theme.px(self._full), 400)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.set_open(False)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground and the line to the work, or the shadow on it."""
        painter = QPainter(self)
        left = self._margin()
        card = self.rect().adjusted(left, 0, 0, 0)
        if left:
            draw_shadow(painter, self._theme, card.adjusted(0, -2 * left, 2 * left, 2 * left), 0)
        painter.fillRect(card, self._theme.color("page"))
        painter.fillRect(left, 0, 1, self.height(), self._theme.color("line"))

    def _head(self, title: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self._theme, title, "card_title"), 1)
        head.addWidget(self._close)
        return head

    def _shut(self) -> None:
        self.set_open(False)

    def _margin(self) -> int:
        """Room at the left for the shadow."""
        return self._theme.px(SHADOW_MARGIN) if self._over else 0

    def _set_width(self, width: int) -> None:
        # What is inside keeps its full width: it slides, and is not laid out at each step.
        self._shown = max(0, width)
        parent = self.parentWidget()
        if self._over and parent is not None:
            whole = min(self._shown + self._margin(), parent.width())
            self.setFixedWidth(whole)
            self.setGeometry(parent.width() - whole, 0, whole, parent.height())
        else:
            self.setFixedWidth(self._shown)
        self._place_inner()

    def _place_inner(self) -> None:
        self._inner.setGeometry(self._margin(), 0, self._theme.px(self._full), self.height())

    def _settle(self) -> None:
        self.setVisible(self._open)

    def _give_focus_back(self) -> None:
        focused, opener = QApplication.focusWidget(), self._opener
        self._opener = None
        inside = focused is not None and self.isAncestorOf(focused)
        if opener is not None and isValid(opener) and (inside or focused is self):
            opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: object) -> None:
        """What is inside is as high as the panel."""
        self._place_inner()

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(20), px(12), px(12), px(12))
        self.fit()
        self.update()
