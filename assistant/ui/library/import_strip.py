"""How far an import or a check is, with a way to give it up; and where dropped files would go."""

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.meters import ProgressBar


class WorkStrip(QWidget):
    """One line above the page while models are brought in, or checked.

    Args:
        theme: The theme in force.
        work: What is done, in one word such as ``Import``.
        icon: Name of its icon.
    """

    cancelled = Signal()

    def __init__(self, theme: Theme, work: str, icon: str) -> None:
        super().__init__()
        self._theme = theme
        self._work = work
        self._words = ElidedLabel(theme, "", "small", "ink2")
        self._bar = ProgressBar(theme, f"{work} of models")
        self._share = PlainLabel(theme, "", "small", "ink2")
        self.cancel = Button(theme, "Cancel", "ghost", small=True)
        self.cancel.setAccessibleName(f"Cancel the {work.lower()}")
        self.cancel.clicked.connect(self.cancelled)
        self._line = QHBoxLayout(self)
        self._line.addWidget(IconLabel(theme, icon, 16, "ink2"))
        self._line.addWidget(self._words, 1)
        self._line.addWidget(self._bar, 1)
        self._line.addWidget(self._share)
        self._line.addWidget(self.cancel)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def show_progress(self, fraction: float, doing: str) -> None:
        """Shows how far it is, 0 to 1, and what is being done."""
        share = f"{fraction:.0%}".replace("%", " %")
        self._words.setText(doing)
        self._bar.set_share(fraction)
        self._share.setText(share)
        self.setAccessibleName(f"{self._work}: {doing}, {share}")
        self.show()

    def _restyle(self) -> None:
        px = self._theme.px
        self._line.setContentsMargins(px(28), px(6), px(28), px(2))
        self._line.setSpacing(px(12))


class DropVeil(QWidget):
    """Lies over the place while files are dragged over it.

    Args:
        theme: The theme in force.
        parent: What it covers.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        column = QVBoxLayout(self)
        column.addStretch(1)
        title = PlainLabel(theme, "Drop to import", "title")
        note = PlainLabel(theme, ".gguf files, or folders in MLX's format", "interface", "ink2")
        for label in (title, note):
            line = QHBoxLayout()
            line.addStretch(1)
            line.addWidget(label)
            line.addStretch(1)
            column.addLayout(line)
        column.addStretch(1)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Covers the page and draws a dashed frame."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        ground = theme.color("page")
        ground.setAlphaF(0.94)
        painter.fillRect(self.rect(), ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("lampline"), px(2))
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        room = px(16)
        frame = self.rect().adjusted(room, room, -room, -room)
        painter.drawRoundedRect(frame, px(14), px(14))


def dropped_paths(data: QMimeData) -> list[str]:
    """The local files and folders that are dragged; empty when anything else is among them."""
    urls = data.urls()
    if not urls or not all(url.isLocalFile() for url in urls):
        return []
    return [url.toLocalFile() for url in urls]
