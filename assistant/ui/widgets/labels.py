"""Words on the screen: never taken for HTML, whoever wrote them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from assistant.ui.theme.fonts import Role
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.own_font import keep_font
from assistant.ui.widgets.painting import box


class PlainLabel(QLabel):
    """A label of one role and colour that shows its text as it is.

    Args:
        theme: The theme in force.
        text: The words.
        role: What they are.
        colour: Name of a colour token.
        wrap: Whether long text goes over several lines.
        parent: The owner.
    """

    _own_font: QFont | None = None

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: Role = "interface",
        colour: str = "ink",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wrap)
        self._theme = theme
        self._role: Role = role
        self._colour = colour
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_colour(self, colour: str) -> None:
        """Draws the words in the colour of another token."""
        self._colour = colour
        self._restyle()

    def set_role(self, role: Role) -> None:
        """Makes the words something else."""
        self._role = role
        self._restyle()

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        """Takes a font, and keeps it in another parent."""
        self._own_font = QFont(font)
        super().setFont(self._own_font)

    def changeEvent(self, event: QEvent) -> None:
        """Keeps its font and its colour; see ``own_font``."""
        super().changeEvent(event)
        keep_font(self, event, self._own_font)
        if event.type() == QEvent.Type.StyleChange and not self._is_coloured():
            self._colour_in()

    def _is_coloured(self) -> bool:
        return self.palette().color(self.foregroundRole()) == self._theme.color(self._colour)

    def _colour_in(self) -> None:
        palette = self.palette()
        palette.setColor(self.foregroundRole(), self._theme.color(self._colour))
        self.setPalette(palette)

    def _restyle(self) -> None:
        self.setFont(self._theme.font(self._role))
        self._colour_in()


class ElidedLabel(PlainLabel):
    """One line that ends in an ellipsis where there is no room; the whole is its tooltip."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: Role = "interface",
        colour: str = "ink",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, role, colour, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Shows ``text``."""
        super().setText(" ".join(text.split()))
        self._tell_whole()

    def minimumSizeHint(self) -> QSize:
        """Room for a word."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tooltip is there only while something is hidden."""
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws what there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _tell_whole(self) -> None:
        hidden = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        # A tooltip that looks like HTML would be drawn as HTML.
        whole = self.text().replace("&", "&amp;").replace("<", "&lt;")
        self.setToolTip(f"<p>{whole}</p>" if hidden else "")


class KeyCap(QLabel):
    """The keys that do the same: ``Ctrl K`` in a small box."""

    def __init__(self, theme: Theme, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        """The words and a little air."""
        px = self._theme.px
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + px(10), px(18))

    def minimumSizeHint(self) -> QSize:
        """Keys are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the box and the keys."""
        painter = QPainter(self)
        draw_key_cap(painter, self._theme, self.rect(), self.text())

    def _restyle(self) -> None:
        self.setFont(self._theme.font("axis"))
        self.setFixedSize(self.sizeHint())
        self.update()


def draw_key_cap(painter: QPainter, theme: Theme, area: QRect, keys: str) -> None:
    """A key cap that fills ``area``."""
    box(painter, area, theme.px(4), theme.color("card"), theme.color("line2"))
    painter.setFont(theme.font("axis"))
    painter.setPen(theme.color("ink2"))
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), keys)
