"""What the rows of the list have in common."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QWidget

from assistant.domain.conversation import Message, MessageOutline
from assistant.ui.chat.transcript.prose import TextView
from assistant.ui.chat.transcript.style import TranscriptStyle


class Row(QWidget):
    """One message as a widget; as wide as the list, as high as it says it is.

    Args:
        style: Measures.
        outline: Which message it is.
        parent: The owner.
    """

    height_changed = Signal(object)
    """Its height is another one now; carries the message's id."""

    def __init__(self, style: TranscriptStyle, outline: MessageOutline, parent: QWidget) -> None:
        super().__init__(parent)
        self.style_ = style
        self.outline = outline
        self.message: Message | None = None
        self.left = 0
        self.column = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_column(self, left: int, column: int) -> None:
        """Where the column of text lies."""
        self.left, self.column = left, column

    def show_message(self, message: Message, outline: MessageOutline) -> None:
        """Shows a message."""
        raise NotImplementedError

    def lay_out(self) -> int:
        """Places everything for the present column; returns the height."""
        raise NotImplementedError

    def texts(self) -> list[TextView]:
        """The texts in it, from top to bottom."""
        raise NotImplementedError

    def focus_chain(self) -> list[QWidget]:
        """What Tab visits, in order."""
        raise NotImplementedError

    def tell_height(self) -> None:
        """Says that the height changed."""
        self.height_changed.emit(self.outline.id)

    def focus_shape(self) -> tuple[QRect, int]:
        """The ring goes around the column."""
        left = self.left - self.style_.gutter
        width = self.column + self.style_.gutter
        margin = self.style_.px(6)
        return QRect(left, margin, width, self.height() - 2 * margin), self.style_.px(7)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copies the whole message while it has the focus itself."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.message is not None:
            QApplication.clipboard().setText(self.message.content)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draws itself as reached."""
        super().focusInEvent(event)
        self.update()


def draw_lamp(painter: QPainter, style: TranscriptStyle, spot: QRect, *, lit: bool) -> None:
    """The lamp beside an answer; lit only while it is written."""
    unit = spot.width() / 24
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.save()
    painter.translate(spot.topLeft())
    painter.scale(unit, unit)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.color("ink" if lit else "control"))
    painter.drawRect(QRectF(11.1, 13, 1.8, 7.4))
    painter.drawRoundedRect(QRectF(7, 19.4, 10, 2), 1, 1)
    shade = style.color("lamp" if lit else "line2")
    pen = QPen(shade, 1.6)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(shade)
    corners = [QPointF(8.6, 4), QPointF(15.4, 4), QPointF(19, 12.6), QPointF(5, 12.6)]
    painter.drawPolygon(QPolygonF(corners))
    painter.restore()
