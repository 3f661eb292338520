"""How far an import is, and a way to give it up; and where dropped files would go."""

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.meters import ProgressBar


class ImportStrip(QWidget):
    """One line above the page while models are brought in.

    Args:
        theme: The theme in force.
    """

    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = ElidedLabel(theme, "", "small", "ink2")
        self._bar = ProgressBar(theme, "Import of models")
        self._cancel = Button(theme, "Cancel", "ghost", small=True)
        self._cancel.setAccessibleName("Cancel the import")
        self._cancel.clicked.connect(self.cancelled)
        self._line = QHBoxLayout(self)
        self._line.addWidget(IconLabel(theme, "file-input", 16, "ink2"))
        self._line.addWidget(self._words, 1)
        self._line.addWidget(self._bar, 2)
        self._line.addWidget(self._cancel)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def show_progress(self, fraction: float, doing: str) -> None:
        """Shows how far it is, 0 to 1, and what is being done."""
        self._words.setText(doing or "Importing")
        self._bar.set_share(fraction)
        self.setAccessibleName(f"Import: {doing}, {fraction:.0%}")
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
