"""A sentence under an answer that did not end by itself."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from assistant.ui.chat.transcript.style import TranscriptStyle
from assistant.ui.chat.transcript.words import StateNote
from assistant.ui.widgets.painting import draw_centred

_ICON = 24


class NoteLine(QWidget):
    """An icon, what happened, and what to do about it.

    Args:
        style: Fonts and colours.
        parent: The owner.
    """

    def __init__(self, style: TranscriptStyle, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = style
        self._note = StateNote("", "")

    def set_note(self, note: StateNote) -> None:
        """Says something else."""
        self._note = note
        self.setAccessibleName(f"{note.title} {note.hint}")
        self.update()

    def height_for(self, width: int) -> int:
        """The height of the words when they are ``width`` wide."""
        metrics = QFontMetrics(self._style.theme.font("interface"))
        area = QRect(0, 0, max(1, width - self._style.px(_ICON)), 10_000)
        return metrics.boundingRect(area, _WRAP, self.text()).height() + self._style.px(4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws icon and words."""
        style, theme = self._style, self._style.theme
        painter = QPainter(self)
        colour = "bad" if self._note.failed else "ink2"
        line, icon = theme.line("interface"), style.px(_ICON)
        name = "circle-alert" if self._note.failed else "info"
        spot = QRect(0, 0, style.px(16), line)
        draw_centred(painter, spot, theme.icons.pixmap(name, 16, colour))
        painter.setFont(theme.font("interface"))
        painter.setPen(theme.color(colour))
        inside = self.rect().adjusted(icon, style.px(2), 0, 0)
        painter.drawText(inside, _WRAP, self.text())

    def text(self) -> str:
        """The sentence."""
        title = self._note.title
        if title and title[-1] not in ".!?":
            title += "."
        return f"{title} {self._note.hint}".strip()


_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
