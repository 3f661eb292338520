"""Widgets keep the font that they were given.

Qt's style sheets remember the font that a widget had when it was first shown, and give it back in
another parent or when it is shown again: text would have another size than the rest of the window.
"""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

_STYLED = (QEvent.Type.StyleChange, QEvent.Type.FontChange)


def keep_font(widget: QWidget, event: QEvent, font: QFont | None) -> None:
    """Gives a widget its font again where a style sheet took it; from its ``changeEvent``.

    Args:
        widget: Which one.
        event: What it was told.
        font: The one it was given last; None before it was given any.
    """
    if font is not None and event.type() in _STYLED and widget.font() != font:
        QWidget.setFont(widget, font)
