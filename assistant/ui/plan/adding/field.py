"""A line of text whose found parts lie on a tint while it is being written."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
)
from PySide6.QtWidgets import QApplication, QLineEdit

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import draw_key_cap
from assistant.ui.widgets.painting import draw_centred

_HEIGHT, _LEFT, _ICON = 40, 13, 18


class AddingField(QLineEdit):
    """A field that marks stretches of its text, and says by which keys it works.

    Args:
        theme: The theme in force.
    """

    left = Signal()
    """Esc in an empty field: the keys go elsewhere."""
    teaching_wanted = Signal(str)
    """What the selected words mean shall be taught."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._marks: list[tuple[int, int]] = []
        self.setAccessibleName("Add a task in your own words")
        self.setPlaceholderText("Add a task in your own words")
        self.setMaxLength(4000)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_marks(self, marks: Sequence[tuple[int, int]]) -> None:
        """Puts these stretches of the text on a tint: first character and one past the last."""
        self._marks = [mark for mark in marks if mark[0] < mark[1] <= len(self.text())]
        attributes = [
            QInputMethodEvent.Attribute(QInputMethodEvent.AttributeType.Cursor, 0, 1, None)
        ]
        cursor = self.cursorPosition()
        form = QTextCharFormat()
        form.setForeground(self._theme.color("teal.text"))
        form.setBackground(self._theme.color("teal.tint"))
        kind = QInputMethodEvent.AttributeType.TextFormat
        attributes = [
            QInputMethodEvent.Attribute(kind, begin - cursor, end - begin, form)
            for begin, end in self._marks
        ]
        # How Qt lets a line of text have formats: as an input method would mark it.
        QApplication.sendEvent(self, QInputMethodEvent("", attributes))

    def marks(self) -> list[tuple[int, int]]:
        """The stretches that are marked."""
        return list(self._marks)

    def sizeHint(self) -> QSize:
        """The height of the design."""
        return QSize(self._theme.px(300), self._theme.px(_HEIGHT))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What Qt offers, and to teach what the selected words mean."""
        menu = self.createStandardContextMenu()
        words = self.selectedText().strip()
        if words:
            menu.addSeparator()
            action = menu.addAction("These words mean…")
            action.triggered.connect(lambda: self.teaching_wanted.emit(words))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties it, and leaves it when it is empty."""
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the field, the plus, and the key that goes here or adds."""
        super().paintEvent(event)
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        area = QRect(px(_LEFT), 0, px(_ICON), self.height())
        draw_centred(painter, area, theme.icons.pixmap("plus", _ICON, "ink2"))
        keys = "Enter" if self.text() else "Q"
        if not self.text() and self.hasFocus():
            return
        metrics = QFontMetricsF(theme.font("axis"))
        width = round(metrics.horizontalAdvance(keys)) + px(12)
        cap = QRect(self.width() - px(11) - width, (self.height() - px(18)) // 2, width, px(18))
        draw_key_cap(painter, theme, cap, keys)
        if self.text():
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("ink2"))
            words = QRect(cap.left() - px(48), 0, px(42), self.height())
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(words, int(flags), "Add")

    def _restyle(self) -> None:
        px = self._theme.px
        self.setFont(self._theme.font("interface"))
        self.setFixedHeight(px(_HEIGHT))
        self.setTextMargins(px(_LEFT + _ICON), 0, px(96), 0)
        self.set_marks(self._marks)
        self.updateGeometry()
