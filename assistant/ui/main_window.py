"""The window: the sidebar, the places, and what lies over them. It composes and does no more."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Signal
from PySide6.QtGui import (
    QBrush,
    QCloseEvent,
    QColor,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from assistant.ui.theme.tokens import Tokens
from assistant.ui.widgets.tab_order import TabOrdered

if TYPE_CHECKING:
    from assistant.ui.shell.sidebar import Sidebar
    from assistant.ui.theme.theme import Theme
    from assistant.ui.widgets.toast import ToastHost

_ALONE = ("welcome", "unlock", "recovery", "settings")
"""Places that are shown without the sidebar."""
_SMALLEST = (640, 480)
_FIRST_SIZE = (1280, 800)
_SIDEBAR, _RAIL, _NARROW, _BAR = 240, 56, 1000, 52
_COMPOSER, _ROUND = (680, 88), 14.5


class MainWindow(QWidget):
    """Holds the places. Shown before anything that costs time is imported.

    At first it paints where things will be, from the table of colours alone; ``furnish`` puts
    the sidebar in, and places are added once they can be had.

    Args:
        tokens: The colours to begin with.
        geometry: Where it stood last, as ``geometry_text`` gave it; may be empty.
        folded: Whether the user has folded the sidebar.
    """

    painted = Signal()
    """The first paint is done."""
    closing = Signal()
    """The user closes the window; it is still there."""
    place_wanted = Signal(str)
    """A place that was not added yet is asked for."""
    place_shown = Signal(str)

    sidebar: "Sidebar"
    toasts: "ToastHost"

    def __init__(self, tokens: Tokens, *, geometry: str = "", folded: bool = False) -> None:
        super().__init__()
        self._tokens = tokens
        self._folded = folded
        self._furnished = False
        self._was_painted = False
        self._places: dict[str, QWidget] = {}
        self._lists: dict[str, QWidget] = {}
        self._current = ""
        self._before = "chat"
        self.setWindowTitle("Lamplight")
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_FIRST_SIZE)
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(geometry.encode("ascii"))))

    def furnish(self, theme: "Theme") -> None:
        """Puts the sidebar and what lies over the places into the window; after the first paint."""
        from assistant.ui.shell.sidebar import Place, Sidebar
        from assistant.ui.skeleton import Skeleton
        from assistant.ui.widgets.focus_ring import FocusRing
        from assistant.ui.widgets.lamp import lamp_icon
        from assistant.ui.widgets.toast import ToastHost

        places = (
            Place("chat", "message-square", "Chat", "Ctrl+1"),
            Place("study", "graduation-cap", "Study", "Ctrl+2"),
            Place("plan", "calendar-days", "Plan", "Ctrl+3"),
            Place("models", "box", "Models", "Ctrl+4"),
        )
        self.sidebar = Sidebar(theme, places, folded=self._folded)
        self._stack = QStackedWidget()
        self._stack.addWidget(Skeleton(theme))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.sidebar)
        line.addWidget(self._stack, 1)
        self.toasts = ToastHost(theme, self, lift=_COMPOSER[1])
        self._ring = FocusRing(theme, self)
        self.setWindowIcon(lamp_icon(theme))
        self._furnished = True
        self.sidebar.place_chosen.connect(self.show_place)
        self.sidebar.settings_requested.connect(self.show_settings)
        # Larger text makes the same window too narrow for the sidebar.
        theme.changed.connect(self._fit_sidebar)
        self._fit_sidebar()

    def _fit_sidebar(self) -> None:
        self.sidebar.fit_window(self.width())

    # Places

    @property
    def current(self) -> str:
        """The place that is shown; empty for the skeleton."""
        return self._current

    def place(self, name: str) -> QWidget | None:
        """A place that was added."""
        return self._places.get(name)

    def add_place(self, name: str, place: QWidget, listing: QWidget | None = None) -> None:
        """Adds a place.

        Args:
            name: ``chat``, ``study``, ``plan``, ``models``, ``settings``, ``welcome`` or
                ``unlock``.
            place: Its widget.
            listing: What the sidebar lists while it is shown.
        """
        self._places[name] = place
        self._stack.addWidget(place)
        if listing is not None:
            self._lists[name] = listing

    def remove_place(self, name: str) -> None:
        """Takes a place away that is not needed again."""
        place = self._places.pop(name, None)
        if place is not None:
            self._stack.removeWidget(place)
            place.deleteLater()

    def show_place(self, name: str) -> None:
        """Shows a place, asking for it first if it was not added yet."""
        if name not in self._places:
            self.place_wanted.emit(name)
        place = self._places.get(name)
        if place is None:
            self.sidebar.set_current(self._current)
            return
        if name != self._current and self._current not in ("", "settings", *_ALONE):
            self._before = self._current
        self._current = name
        self._stack.setCurrentWidget(place)
        self.sidebar.set_current(name)
        self.sidebar.setVisible(name not in _ALONE)
        self.sidebar.set_list(self._lists.get(name))
        self.place_shown.emit(name)

    def show_settings(self) -> None:
        """Shows the settings."""
        self.show_place("settings")

    def go_back(self) -> None:
        """Shows the place that was there before the settings."""
        self.show_place(self._before)

    # Geometry

    def geometry_text(self) -> str:
        """Where it stands, to be kept in the settings."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def bring_forward(self) -> None:
        """Shows it above other windows, as it was."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1000 px the sidebar folds by itself."""
        super().resizeEvent(event)
        if self._furnished:
            self.sidebar.fit_window(self.width())

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Tab, after the place that is shown has put what is in it in order."""
        place = self.place(self.current)
        if not isinstance(place, TabOrdered):
            return super().focusNextPrevChild(next)
        place.keep_tab_order()
        moved = super().focusNextPrevChild(next)
        focused = QApplication.focusWidget()
        if moved and focused is not None:
            place.reveal(focused)
        return moved

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lets everything be saved first."""
        self.closing.emit()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Before it is furnished: the desk, the page, the bar's line and the composer's box."""
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()
        if self._furnished:
            return
        tokens, painter = self._tokens, QPainter(self)
        rail = self._folded or self.width() < _NARROW
        side, height = _RAIL if rail else _SIDEBAR, self.height()
        room = self.width() - side
        for colour, left, top, width, high in (
            (tokens.page, side, 0, room, height),
            (tokens.desk, 0, 0, side, height),
            (tokens.line, side - 1, 0, 1, height),
            (tokens.line, side, _BAR - 1, room, 1),
        ):
            shape = QPainterPath()
            shape.addRect(left, top, width, high)
            painter.fillPath(shape, _paint(colour))
        width = min(_COMPOSER[0], room - 40)
        top = height - 18 - _COMPOSER[1]
        box = QRectF(side + (room - width) / 2, top, width, _COMPOSER[1])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, inset in ((tokens.line2, 0), (tokens.card, 1)):
            shape, radius = QPainterPath(), _ROUND - inset
            shape.addRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
            painter.fillPath(shape, _paint(colour))


def _paint(colour: str) -> QBrush:
    """A brush of one colour, by way of a pixmap.

    One that is made of the colour itself has PySide make ``Qt`` with all its enums: a tenth of the
    time to the first paint.
    """
    tile = QPixmap(4, 4)
    tile.fill(QColor(colour))
    return QBrush(tile)
