"""An area that scrolls to whatever the keys have gone to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


class ScrollArea(QScrollArea):
    """Holds a widget that is higher than there is room for; no stop of Tab itself.

    Qt scrolls to what gets the focus only when Tab came from inside the same area.

    Args:
        content: What is scrolled; it takes the whole width.
        parent: The owner.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        clicked = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        content = self.widget()
        if new is None or content is None or clicked:
            return
        if content.isAncestorOf(new):
            self.ensureWidgetVisible(new)
