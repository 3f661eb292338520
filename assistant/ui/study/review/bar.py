"""The bar above a review: leave, how many are left, take back, rewrite, lay aside."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.meters import ProgressBar

_HEIGHT, _WIDE = 52, 160


class ReviewBar(QWidget):
    """The bar. It asks; it changes nothing itself.

    Args:
        theme: The theme in force.
    """

    leave_wanted = Signal()
    undo_wanted = Signal()
    edit_wanted = Signal()
    suspend_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        close = IconButton(theme, "x", "Leave the review")
        close.set_name("Leave the review", "Esc")
        title = PlainLabel(theme, "Review", "card_title")
        self.left = PlainLabel(theme, "", "interface", "ink2")
        self.progress = ProgressBar(theme, "Cards reviewed")
        self.progress.setMaximumWidth(theme.px(_WIDE))
        self.undo = IconButton(theme, "undo-2", "Take back what was done last")
        self.undo.set_name("Take back what was done last", "U")
        self.edit = IconButton(theme, "pencil", "Rewrite this card")
        self.edit.set_name("Rewrite this card", "E")
        self.suspend = IconButton(theme, "archive", "Ask this card no more")
        self.suspend.set_name("Ask this card no more", "S")
        self._row = QHBoxLayout(self)
        for widget in (close, title, self.left):
            self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.progress, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addStretch(1)
        for widget in (self.undo, self.edit, self.suspend):
            self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        close.clicked.connect(self.leave_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.edit.clicked.connect(self.edit_wanted)
        self.suspend.clicked.connect(self.suspend_wanted)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_left(0, 0)

    def show_left(self, left: int, done: int, *, undo: bool = False) -> None:
        """How many cards are left, how many answers were given, and whether one can be undone."""
        whole = left + done
        self.left.setText(f"{left} left" if whole else "")
        self.progress.setVisible(whole > 0)
        self.progress.set_share(done / whole if whole else 0.0)
        self.undo.setEnabled(undo)

    def allow(self, *, card: bool) -> None:
        """Whether there is a card to do something with."""
        self.edit.setVisible(card)
        self.suspend.setVisible(card)

    def sizeHint(self) -> QSize:
        """The height of the top bar."""
        return QSize(self._theme.px(400), self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line under the bar."""
        area = QRect(0, self.height() - 1, self.width(), 1)
        QPainter(self).fillRect(area, self._theme.color("line"))

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(18), 0, px(20), 0)
        self._row.setSpacing(px(8))
        self.setFixedHeight(px(_HEIGHT))
