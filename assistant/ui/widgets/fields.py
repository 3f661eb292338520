"""Fields for a line of text: one that searches, one that can be wrong."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QAction, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.own_font import keep_font
from assistant.ui.widgets.painting import draw_centred

_ICON_LEFT, _ICON = 11, 16


class LineField(QLineEdit):
    """One line of text, with room for an icon before it.

    Args:
        theme: The theme in force.
        name: What belongs here, for screen readers.
        placeholder: Shown while it is empty.
        icon: Name of the icon before the text.
        height: Height in px of the design.
        parent: The owner.
    """

    _own_font: QFont | None = None

    def __init__(
        self,
        theme: Theme,
        name: str,
        placeholder: str = "",
        *,
        icon: str | None = None,
        height: int = 36,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._height = height
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        theme.changed.connect(self._restyle)
        self._restyle()

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        """Takes a font, and keeps it in another parent."""
        self._own_font = QFont(font)
        super().setFont(self._own_font)

    def changeEvent(self, event: QEvent) -> None:
        """Keeps its font; see ``own_font``."""
        super().changeEvent(event)
        keep_font(self, event, self._own_font)

    def set_wrong(self, wrong: bool) -> None:  # noqa: FBT001 - a setter of one value
        """Draws the border in the colour of what is wrong, or no longer."""
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def sizeHint(self) -> QSize:
        """The height of the design."""
        return QSize(self._theme.px(160), self._theme.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the field, then its icon."""
        super().paintEvent(event)
        if self._icon is None:
            return
        px = self._theme.px
        area = QRect(px(_ICON_LEFT), 0, px(_ICON), self.height())
        draw_centred(QPainter(self), area, self._theme.icons.pixmap(self._icon, _ICON, "ink3"))

    def _restyle(self) -> None:
        px = self._theme.px
        self.setFont(self._theme.font("interface"))
        self.setFixedHeight(px(self._height))
        room = px(_ICON_LEFT + _ICON - 4) if self._icon else 0
        self.setTextMargins(room, 0, 0, 0)
        self.updateGeometry()


class SearchField(LineField):
    """A field that searches: a magnifying glass, and a cross while there is text."""

    def __init__(
        self,
        theme: Theme,
        placeholder: str = "Search",
        *,
        height: int = 36,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme, placeholder, placeholder, icon="search", height=height, parent=parent
        )
        # Made here: of one that Qt makes, the wrapper may outlive it.
        self._clear = QAction(theme.icons.icon("x"), "Clear", self)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self.textChanged.connect(self._show_clear)
        theme.changed.connect(self._draw_clear)

    def _show_clear(self, text: str) -> None:
        self._clear.setVisible(bool(text))

    def _draw_clear(self) -> None:
        self._clear.setIcon(self._theme.icons.icon("x"))


class TextField(QWidget):
    """A field and, under it, one line that says what is wrong and how to write it."""

    def __init__(
        self, theme: Theme, name: str, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = LineField(theme, name, placeholder)
        self._mark = IconLabel(theme, "circle-alert", 16, "bad")
        self._words = PlainLabel(theme, "", "small", "bad", wrap=True)
        self._below = QWidget()
        row = QHBoxLayout(self._below)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self._below)
        self._below.hide()
        self.setFocusProxy(self.field)

    def text(self) -> str:
        """What was written."""
        return self.field.text()

    def error(self) -> str:
        """What is said to be wrong; empty when nothing is."""
        return self._words.text()

    def set_error(self, words: str) -> None:
        """Says what is wrong; empty words take it back."""
        self._words.setText(words)
        self._below.setVisible(bool(words))
        self.field.set_wrong(bool(words))
        self.field.setAccessibleDescription(words)
