"""A panel that slides in beside the work and takes its room from it."""

from PySide6.QtCore import QEasingCurve, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.labels import PlainLabel

_SLIDE_MS = 160


class SidePanel(QWidget):
    """A titled, scrolled panel at the right; Esc and the cross close it.

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
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._inner = QWidget(self)
        self._column = QVBoxLayout(self._inner)
        self._column.setSpacing(0)
        self._column.addLayout(self._head(title))
        area = QScrollArea()
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
        start, end = (self.width() if self.isVisible() else 0), self._theme.px(self._full)
        if open_:
            self._set_width(start)
            self.show()
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
        """Draws the ground and the line to the work."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("page"))
        painter.fillRect(0, 0, 1, self.height(), self._theme.color("line"))

    def _head(self, title: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self._theme, title, "card_title"), 1)
        close = IconButton(self._theme, "x", f"Close {title.lower()}")
        close.clicked.connect(self._close)
        head.addWidget(close)
        return head

    def _close(self) -> None:
        self.set_open(False)

    def _set_width(self, width: int) -> None:
        # What is inside keeps its full width: it slides, and is not laid out at each step.
        self.setFixedWidth(max(0, width))
        self._inner.setGeometry(0, 0, self._theme.px(self._full), self.height())

    def _settle(self) -> None:
        self.setVisible(self._open)

    def resizeEvent(self, event: object) -> None:
        """What is inside is as high as the panel."""
        self._inner.setGeometry(0, 0, self._theme.px(self._full), self.height())

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(20), px(12), px(12), px(12))
        if self._open:
            self._set_width(px(self._full))
        self.update()
