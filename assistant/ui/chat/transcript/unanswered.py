"""What stands under a question that has no answer: that it has none, and a button for one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assistant.ui.chat.transcript.style import TranscriptStyle
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.labels import PlainLabel


class UnansweredLine(QWidget):
    """A few words and a button.

    Args:
        style: Measures.
        parent: The owner.
    """

    wanted = Signal()
    """The question is to be answered now."""

    def __init__(self, style: TranscriptStyle, parent: QWidget) -> None:
        super().__init__(parent)
        theme = style.theme
        self.button = Button(theme, "Answer again", icon="refresh-cw", small=True)
        self.button.setAccessibleName("Answer again")
        self.button.clicked.connect(self.wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(style.px(10))
        line.addWidget(PlainLabel(theme, "Not answered.", "small", "ink2"))
        line.addWidget(self.button)
