"""A titled part of the panel."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel


class PanelSection(QWidget):
    """A title, perhaps something at its right, and what belongs to it.

    Args:
        theme: The theme in force.
        title: What it is about.
        note: One sentence under the title; may be empty.
        beside: A widget at the right of the title.
    """

    def __init__(
        self, theme: Theme, title: str, note: str = "", beside: QWidget | None = None
    ) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, theme.px(20))
        self.body.setSpacing(theme.px(8))
        head = QHBoxLayout()
        head.addWidget(PlainLabel(theme, title, "interface_semibold"), 1)
        if beside is not None:
            head.addWidget(beside)
        self.body.addLayout(head)
        if note:
            self.body.addWidget(PlainLabel(theme, note, "small", "ink2", wrap=True))
