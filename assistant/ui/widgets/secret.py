"""A field for what nobody should read over one's shoulder, with an eye to look at it oneself."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.fields import LineField

_EYE = 28


class SecretField(LineField):
    """Hides what is typed until the eye is pressed.

    Args:
        theme: The theme in force.
        name: What belongs here, for screen readers.
        placeholder: Shown while it is empty.
        height: Height in px of the design.
        parent: The owner.
    """

    shown_changed = Signal(bool)
    """Whether it can be read now."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        placeholder: str = "",
        *,
        height: int = 36,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, name, placeholder, height=height, parent=parent)
        self._secret = True
        self.eye = IconButton(theme, "eye", "Show what is typed", parent=self)
        self.eye.setCursor(Qt.CursorShape.ArrowCursor)
        self.eye.clicked.connect(self._toggle)
        self.eye.installEventFilter(self)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        theme.changed.connect(self._place_eye)
        self.set_shown(shown=False)

    def set_secret(self, *, secret: bool) -> None:
        """Without a secret, as for a key that is copied from paper, there is nothing to hide."""
        self._secret = secret
        self.eye.setVisible(secret)
        self.set_shown(shown=not secret)
        self._place_eye()

    def set_shown(self, *, shown: bool) -> None:
        """Lets what is typed be read, or hides it."""
        modes = QLineEdit.EchoMode
        self.setEchoMode(modes.Normal if shown else modes.Password)
        self.eye.set_icon_name("eye-off" if shown else "eye")
        self.eye.set_name("Hide what is typed" if shown else "Show what is typed")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on the eye presses it; it would send what is in the field otherwise."""
        if watched is self.eye and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.type() == QEvent.Type.KeyPress:
                self.eye.click()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The eye stays at the right."""
        super().resizeEvent(event)
        self._place_eye()

    def _place_eye(self) -> None:
        px = self._theme.px
        room = px(_EYE) if self._secret else 0
        self.setTextMargins(0, 0, room, 0)
        left = self.width() - self.eye.width() - px(4)
        self.eye.move(left, (self.height() - self.eye.height()) // 2)

    def _toggle(self) -> None:
        shown = self.echoMode() is QLineEdit.EchoMode.Password
        self.set_shown(shown=shown)
        self.shown_changed.emit(shown)
