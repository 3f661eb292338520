"""Where the parts of a row of models stand, by the room there is."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRect

from assistant.ui.theme.theme import Theme

_LEFT, _RIGHT, _GAP = 19, 12, 18
_DISK, _THIRD, _FIT, _WIDEST_FIT = 60, 72, 196, 300
_ACTION, _MENU = 104, 32
_ROW, _HIGH_ROW = 51, 88
_WIDE, _NARROW, _PLENTY = 620, 470, 704
"""From ``_WIDE`` on all columns are there; below ``_NARROW`` the fit goes under the name. What
there is beyond ``_PLENTY`` goes to the fit by a half, up to ``_WIDEST_FIT``."""


class Third(StrEnum):
    """What stands between the size and the fit; the value is the head of the column."""

    SPEED = "Speed"
    LAST_USED = "Last used"


@dataclass(frozen=True, slots=True)
class Columns:
    """The places inside one row, in px from its left top corner.

    Args:
        disk: The size; empty when it stands in the line of facts.
        third: The speed or the last use; empty likewise.
        fit: The pill above its reason.
        action: Where the button stands at the right.
        menu: The button with the dots; empty where there is none.
        stacked: The fit stands under the name.
    """

    name: QRect
    disk: QRect
    third: QRect
    fit: QRect
    action: QRect
    menu: QRect
    stacked: bool


def row_height(theme: Theme, width: int, *, menus: bool) -> int:
    """Of a row that is ``width`` px wide."""
    return theme.px(_HIGH_ROW if _stacked(theme, width, menus=menus) else _ROW)


def _stacked(theme: Theme, width: int, *, menus: bool) -> bool:
    return width < theme.px(_NARROW + (_MENU if menus else 0))


def columns(theme: Theme, width: int, *, menus: bool) -> Columns:
    """Lays out a row.

    Args:
        theme: The theme in force.
        width: Of the row in px.
        menus: Whether each row has a button with more to do.
    """
    px = theme.px
    high, stacked = px(_ROW), _stacked(theme, width, menus=menus)
    right = width - px(_RIGHT)
    menu = QRect(right - px(_MENU) + px(4), 0, px(28), high) if menus else QRect()
    right -= px(_MENU) if menus else 0
    action = QRect(right - px(_ACTION), 0, px(_ACTION), high)
    right = action.left() - px(8)
    left = px(_LEFT)
    none = QRect()
    if stacked:
        below = QRect(left, high - px(4), width - left - px(_RIGHT), px(_HIGH_ROW) - high)
        return Columns(QRect(left, 0, right - left, high), none, none, below, action, menu, stacked)
    room = min(px(_FIT) + max(0, width - px(_PLENTY)) // 2, px(_WIDEST_FIT))
    fit = QRect(right - room, 0, room, high)
    right = fit.left() - px(_GAP)
    disk = third = none
    if width >= px(_WIDE + (_MENU if menus else 0)):
        third = QRect(right - px(_THIRD), 0, px(_THIRD), high)
        disk = QRect(third.left() - px(_DISK), 0, px(_DISK), high)
        right = disk.left() - px(8)
    return Columns(QRect(left, 0, right - left, high), disk, third, fit, action, menu, stacked)
