"""The list of keys: every action, its keys, and a way to change them."""

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from assistant.domain.errors import UserFacingError
from assistant.ui.shortcuts import ACTIONS, Action, Shortcuts
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.focus_ring import FocusRing
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.scroll import ScrollArea

_MODIFIERS = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
)


class KeyButton(Button):
    """Shows the keys of an action; pressed, it waits for others.

    Args:
        theme: The theme in force.
        shortcuts: The table.
        action: Which action.
    """

    pressed_keys = Signal(str, str)
    """Action id and the keys that were pressed; empty to take them away."""

    _waiting = False  # Qt sends events before the constructor is through

    def __init__(self, theme: Theme, shortcuts: Shortcuts, action: Action) -> None:
        super().__init__(theme, "", small=True)
        self._shortcuts = shortcuts
        self._action = action
        self.setEnabled(not action.fixed)
        self.clicked.connect(self._wait)
        self.show_keys()

    def show_keys(self) -> None:
        """Shows the keys in force."""
        self._waiting = False
        keys = self._shortcuts.text(self._action.id) or "None"
        self.setText(keys)
        self.setAccessibleName(f"{self._action.title}: {keys}")
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """While it waits, keys that do something elsewhere do nothing."""
        if self._waiting and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Takes the keys; Esc gives up, Backspace takes the keys away."""
        if not self._waiting:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.show_keys()
        elif event.key() == Qt.Key.Key_Backspace:
            self.pressed_keys.emit(self._action.id, "")
        elif event.key() not in _MODIFIERS:
            pressed = QKeySequence(QKeyCombination(event.modifiers(), Qt.Key(event.key())))
            written = pressed.toString(QKeySequence.SequenceFormat.PortableText)
            self.pressed_keys.emit(self._action.id, written)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes elsewhere has given up."""
        super().focusOutEvent(event)
        if self._waiting:
            self.show_keys()

    def _wait(self) -> None:
        self._waiting = True
        self.setText("Press the keys")
        self.updateGeometry()


class KeyList(QDialog):
    """All actions by group.

    Args:
        theme: The theme in force.
        shortcuts: The table.
        window: Where it is shown.
    """

    bindings_changed = Signal(object)
    """All bindings of the user's own, to be kept in the settings."""

    def __init__(self, theme: Theme, shortcuts: Shortcuts, window: QWidget) -> None:
        super().__init__(window)
        self._shortcuts = shortcuts
        self.buttons: dict[str, KeyButton] = {}
        self.setWindowTitle("Keys")
        self.problem = PlainLabel(theme, "", "small", "bad", wrap=True)
        area = ScrollArea(self._make_table(theme))
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(10))
        column.addWidget(PlainLabel(theme, "Keys", "title"))
        words = "Press a button, then the keys. Backspace takes them away, Esc keeps them."
        column.addWidget(PlainLabel(theme, words, "small", "ink2", wrap=True))
        column.addWidget(area, 1)
        column.addWidget(self.problem)
        column.addLayout(self._make_foot(theme))
        self.resize(px(480), px(600))
        FocusRing(theme, self)
        self.finished.connect(self.deleteLater)

    def _make_table(self, theme: Theme) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(4))
        group = ""
        for action in ACTIONS:
            if action.group != group:
                group = action.group
                grid.addWidget(PlainLabel(theme, group, "interface_semibold"), grid.rowCount(), 0)
            row = grid.rowCount()
            grid.addWidget(PlainLabel(theme, action.title, "interface", "ink2"), row, 0)
            button = KeyButton(theme, self._shortcuts, action)
            button.pressed_keys.connect(self._rebind)
            self.buttons[action.id] = button
            grid.addWidget(button, row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        table = QWidget()
        table.setLayout(grid)
        return table

    def _make_foot(self, theme: Theme) -> QHBoxLayout:
        reset = Button(theme, "All as built in", "ghost")
        reset.clicked.connect(self._reset)
        close = Button(theme, "Close")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(reset)
        foot.addStretch(1)
        foot.addWidget(close)
        return foot

    def _rebind(self, action_id: str, keys: str) -> None:
        try:
            changed = self._shortcuts.rebound(action_id, keys)
        except UserFacingError as error:
            self.problem.setText(f"{error.message} {error.hint}".strip())
            self.buttons[action_id].show_keys()
            return
        self._take(changed)

    def _reset(self) -> None:
        self._take({})

    def _take(self, bindings: dict[str, str]) -> None:
        self.problem.setText("")
        self._shortcuts.set_bindings(bindings)
        for button in self.buttons.values():
            button.show_keys()
        self.bindings_changed.emit(bindings)
