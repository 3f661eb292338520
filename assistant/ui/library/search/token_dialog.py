"""Asks for a token of the user's account on the Hub."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.focus_ring import FocusRing
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.secret import SecretField


class TokenDialog(QDialog):
    """A field, what becomes of the token, and the way to take one back.

    Args:
        theme: The theme in force.
        has_token: There is one already.
        window: Where it is asked.
    """

    given = Signal(str)
    """The token; the dialog stays until ``show_taken`` or ``show_error``."""
    removal_wanted = Signal()

    def __init__(self, theme: Theme, *, has_token: bool, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle("Token for the Hub")
        self.setModal(True)
        self._theme = theme
        px = theme.px
        self.field = SecretField(theme, "Token", "hf_…")
        self._error = PlainLabel(theme, "", "small", "bad", wrap=True)
        self._error.hide()
        self.keep = Button(theme, "Check and keep", "primary", icon="key-round")
        self.cancel = Button(theme, "Cancel")
        self.remove = Button(theme, "Remove the one I gave", "ghost", icon="trash-2")
        self.remove.setVisible(has_token)
        words = (
            "Make one on the Hub under Settings, Access Tokens; the right to read is enough. "
            "It is kept in the keyring of this system, and where there is none only until "
            "Lamplight ends. It is sent to the Hub alone."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(10))
        column.addWidget(PlainLabel(theme, "A token of your account on the Hub", "card_title"))
        column.addWidget(PlainLabel(theme, words, "interface", "ink2", wrap=True))
        column.addWidget(self.field)
        column.addWidget(self._error)
        line = QHBoxLayout()
        line.addWidget(self.remove)
        line.addStretch(1)
        line.addWidget(self.cancel)
        line.addWidget(self.keep)
        column.addLayout(line)
        theme.changed.connect(self._fit)
        self._fit()
        self.keep.clicked.connect(self._give)
        self.cancel.clicked.connect(self.reject)
        self.remove.clicked.connect(self.removal_wanted)
        self.field.returnPressed.connect(self._give)
        self.finished.connect(self.deleteLater)
        FocusRing(theme, self)
        self.field.setFocus()

    def show_error(self, error: UserFacingError) -> None:
        """It was not taken."""
        self._error.setText(f"{error.message} {error.hint}".strip())
        self._error.show()
        self.keep.setEnabled(True)
        self.field.set_wrong(True)
        self.field.setFocus()
        self.adjustSize()

    def _give(self) -> None:
        if self.keep.isEnabled() and self.field.text().strip():
            self.keep.setEnabled(False)
            self._error.hide()
            self.given.emit(self.field.text())

    def _fit(self) -> None:
        self.setFixedWidth(self._theme.px(480))
        self.adjustSize()
