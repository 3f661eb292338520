"""An order for Tab where Qt's would not do.

Qt visits widgets in the order in which they were made. What is made while one scrolls stands at
the end of that, after everything else in the window.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import Qt


@runtime_checkable
class TabOrdered(Protocol):
    """A place whose stops come and go."""

    def keep_tab_order(self) -> None:
        """Puts all its present stops in order; called before Tab moves the focus."""
        ...

    def reveal(self, stop: QWidget) -> None:
        """Brings into view what Tab has reached."""
        ...


def put_in_order(stops: Iterable[QWidget]) -> None:
    """Lets Tab visit ``stops`` one after the other; whatever came after the first comes after."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def place_of(focused: QWidget | None, stops: list[QWidget]) -> int:
    """Where the focused widget, or the innermost of ``stops`` around it, stands; -1 for nowhere."""
    if focused is None:
        return -1
    around = [n for n, each in enumerate(stops) if each is focused or each.isAncestorOf(focused)]
    return around[-1] if around else -1


def first_stop(area: QWidget) -> QWidget | None:
    """The topmost, then leftmost, that Tab reaches inside of ``area``; None where there is nothing.

    Tab's own order is that in which widgets were made.
    """
    return next(iter(stops_in(area)), None)


def stops_in(area: QWidget) -> list[QWidget]:
    """What Tab reaches inside of ``area``, from top to bottom and from left to right."""
    # The window imports this before its first paint; ``Qt`` makes all its enums, some 15 ms.
    from PySide6.QtCore import Qt

    tab = Qt.FocusPolicy.TabFocus
    inside = [each for each in area.findChildren(QWidget) if _stops(each, area, tab)]
    return sorted(inside, key=lambda each: _corner(each, area))


def _stops(widget: QWidget, area: QWidget, tab: "Qt.FocusPolicy") -> bool:
    by_tab = bool(widget.focusPolicy() & tab) and widget.focusProxy() is None
    return by_tab and widget.isEnabled() and widget.isVisibleTo(area)


def _corner(widget: QWidget, area: QWidget) -> tuple[int, int]:
    corner = widget.mapTo(area, QPoint(0, 0))
    return corner.y(), corner.x()
