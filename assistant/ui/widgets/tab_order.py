"""An order for Tab where Qt's would not do.

Qt visits widgets in the order in which they were made. What is made while one scrolls stands at
the end of that, after everything else in the window.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


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
    """The first that Tab would reach inside of ``area``; None where there is nothing."""
    widget = area.nextInFocusChain()
    while widget is not None and widget is not area:
        stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
        if stops and area.isAncestorOf(widget) and widget.isVisibleTo(area):
            return widget
        widget = widget.nextInFocusChain()
    return None
