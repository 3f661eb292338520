"""Where something can lie over a window for a while without hiding what can be pressed."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from assistant.ui.widgets.side_panel import SidePanel

_KINDS: Final = (QAbstractButton, QLineEdit)


def free_area(window: QWidget, least: int) -> QRect:
    """The window without an open panel at its right, where so much of its width is left.

    Args:
        window: The window.
        least: The width that is needed, in px.
    """
    area = window.rect()
    for panel in window.findChildren(SidePanel):
        if panel.is_open() and panel.isVisible() and panel.window() is window:
            edge = panel.mapTo(window, QPoint()).x()
            if edge >= least:
                area.setRight(min(area.right(), edge - 1))
    return area


def pressable_in(window: QWidget, besides: Iterable[QWidget]) -> list[QRect]:
    """Where buttons and fields are seen, as far as they are; in places of the window.

    Args:
        window: The window.
        besides: What is in these does not count.
    """
    left_out = tuple(besides)
    found: list[QRect] = []
    for kind in _KINDS:
        for one in window.findChildren(kind):
            if not (one.isVisible() and one.isEnabled() and one.window() is window):
                continue
            if any(owner.isAncestorOf(one) for owner in left_out):
                continue
            seen = one.visibleRegion().boundingRect()
            if not seen.isEmpty():
                found.append(QRect(one.mapTo(window, seen.topLeft()), seen.size()))
    return found


def free_corner(size: QSize, area: QRect, taken: Sequence[QRect], gap: int) -> QRect:
    """The place at the right of an area that is lowest and hides nothing.

    Args:
        size: Of what shall lie there.
        area: Where; it stands at the right edge.
        taken: What must not be hidden.
        gap: What stays free below it, above what is not hidden.

    Returns:
        The place; the lowest one where every other in the lower half hides something too.
    """
    lowest = QRect(QPoint(area.right() + 1 - size.width(), area.bottom() + 1 - size.height()), size)
    place = QRect(lowest)
    while place.top() >= area.top() + area.height() // 2:
        hidden = [one.top() for one in taken if one.intersects(place)]
        if not hidden:
            return place
        place.moveBottom(min(hidden) - 1 - gap)
    return lowest
