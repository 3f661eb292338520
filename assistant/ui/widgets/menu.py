"""Menus: icons, shortcuts, one soft shadow."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box, draw_centred
from assistant.ui.widgets.shadow import PopupGround

_ICON, _RADIUS, _LEAST_WIDTH = 16, 10, 200


class Menu(QMenu):
    """A menu of actions, drawn as the design has it; Qt does the keys and the geometry.

    Args:
        theme: The theme in force.
        name: What the menu is for, for screen readers.
        parent: The owner.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons: dict[QAction, str] = {}
        self._destructive: set[QAction] = set()
        self.setAccessibleName(name)
        self.setWindowFlags(
            self.windowFlags()
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.NoDropShadowWindowHint
        )
        self._ground = PopupGround(theme, self, _RADIUS)
        if not self._ground.lifted:
            self.setStyleSheet("QMenu { margin: 0; }")

    def add(
        self,
        text: str,
        on_chosen: Callable[[], object],
        *,
        icon: str | None = None,
        shortcut: QKeySequence | str | None = None,
        destructive: bool = False,
    ) -> QAction:
        """Adds an action.

        Args:
            text: What it does.
            on_chosen: Called when it is chosen.
            icon: Name of its icon.
            shortcut: The keys that do the same elsewhere; shown, and not taken by the menu.
            destructive: Whether it is drawn as one that takes something away.

        Returns:
            The action, to check or to disable.
        """
        action = self.addAction(text)

        def chosen() -> None:
            on_chosen()

        action.triggered.connect(chosen)
        if icon is not None:
            self._icons[action] = icon
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setShortcutVisibleInContextMenu(True)
        if destructive:
            self._destructive.add(action)
        return action

    def open_below(self, anchor: QWidget) -> None:
        """Opens with its card under the left edge of ``anchor``, above it if there is no room."""
        below = anchor.mapToGlobal(QPoint(0, anchor.height() + self._theme.px(4)))
        above = anchor.mapToGlobal(QPoint(0, -self._theme.px(4)))
        card = self._card_size()
        bottom = anchor.screen().availableGeometry().bottom()
        top = below.y() if below.y() + card.height() <= bottom else above.y() - card.height()
        self.open_at(QPoint(below.x(), top))

    def open_at(self, position: QPoint) -> None:
        """Opens with the corner of its card at a global ``position``."""
        margin = self._ground.margin
        self.popup(position - QPoint(margin, margin))

    def showEvent(self, event: QShowEvent) -> None:
        """Takes the font of now: the text size may have changed since the menu was made."""
        px = self._theme.px
        self.setFont(self._theme.font("interface"))
        self.setMinimumWidth(px(_LEAST_WIDTH) + 2 * self._ground.margin)
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws shadow, card and actions."""
        theme = self._theme
        card = self._ground.card
        painter = QPainter(self)
        self._ground.draw(painter)
        for action in self.actions():
            area = self.actionGeometry(action)
            if not area.intersects(event.rect()):
                continue
            if action.isSeparator():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
                painter.setPen(QPen(theme.color("line"), 1))
                y = area.center().y()
                painter.drawLine(card.left() + 1, y, card.right() - 1, y)
            else:
                self._draw_action(painter, action, area)

    def _draw_action(self, painter: QPainter, action: QAction, area: QRect) -> None:
        theme, px = self._theme, self._theme.px
        enabled = action.isEnabled()
        if enabled and action is self.activeAction():
            box(painter, area, px(6), theme.color("well"))
        bad = action in self._destructive
        words = "disabled" if not enabled else "bad" if bad else "ink"
        icon = self._icons.get(action)
        if action.isCheckable() and action.isChecked():
            icon = "check"
        if icon is not None:
            colour = "disabled" if not enabled else "bad" if bad else "ink2"
            spot = QRect(area.left() + px(8), area.top(), px(_ICON), area.height())
            draw_centred(painter, spot, theme.icons.pixmap(icon, _ICON, colour))
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextHideMnemonic)
        painter.setFont(theme.font("interface"))
        painter.setPen(theme.color(words))
        inside = area.adjusted(px(33), 0, -px(8), 0)
        painter.drawText(inside, middle, action.text())
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if keys:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("ink3" if enabled else "disabled"))
            painter.drawText(inside, middle | int(Qt.AlignmentFlag.AlignRight), keys)

    def _card_size(self) -> QSize:
        margin = 2 * self._ground.margin
        return self.sizeHint() - QSize(margin, margin)
