"""Cards, rows with a dividing line, dividers."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box


class Card(QFrame):
    """A card on the page: one line around it, no shadow.

    Args:
        theme: The theme in force.
        padding: Room inside, in px of the design.
        parent: The owner.
    """

    def __init__(self, theme: Theme, padding: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._padding = padding
        self.body = QVBoxLayout(self)
        self.body.setSpacing(theme.px(8))
        theme.changed.connect(self._restyle)
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws ground and border."""
        theme = self._theme
        painter = QPainter(self)
        box(painter, self.rect(), theme.px(10), theme.color("card"), theme.color("line"))

    def _restyle(self) -> None:
        room = self._theme.px(self._padding)
        self.body.setContentsMargins(room, room, room, room)
        self.update()


class Divider(QWidget):
    """A line of one pixel.

    Args:
        theme: The theme in force.
        orientation: Which way it runs.
        inset: Room before and behind the line, in px of the design.
        parent: The owner.
    """

    def __init__(
        self,
        theme: Theme,
        orientation: Qt.Orientation = Qt.Orientation.Horizontal,
        *,
        inset: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._inset = inset
        policy = QSizePolicy.Policy
        if orientation == Qt.Orientation.Horizontal:
            self.setFixedHeight(1)
            self.setSizePolicy(policy.Expanding, policy.Fixed)
        else:
            self.setFixedWidth(1)
            self.setSizePolicy(policy.Fixed, policy.Expanding)
        theme.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """One pixel by one; it is stretched."""
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line."""
        inset = self._theme.px(self._inset)
        flat = self.height() == 1
        area = self.rect().adjusted(inset, 0, -inset, 0) if flat else self.rect()
        QPainter(self).fillRect(area, self._theme.color("line"))

    def _restyle(self) -> None:
        self.update()


class Row(QWidget):
    """A row of a card: what it is, a note under it, and its control at the right.

    Args:
        theme: The theme in force.
        title: What it is.
        note: One line on what it does; may be empty.
        control: What changes it.
        parent: The owner.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        note: str = "",
        control: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row = QHBoxLayout(self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(theme, title, "interface_medium"))
        if note:
            words.addWidget(PlainLabel(theme, note, "small", "ink2", wrap=True))
        self._row.addLayout(words, 1)
        if control is not None:
            self._row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(18), px(12), px(18), px(12))
        self._row.setSpacing(px(16))
