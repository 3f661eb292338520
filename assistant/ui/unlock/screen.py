"""The screen in front of a history that needs something: a passphrase, a key, a decision."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from assistant.domain.vault import VaultState, VaultStatus
from assistant.ui.clock import clock_words
from assistant.ui.settings.list_style import list_style
from assistant.ui.theme.theme import Theme
from assistant.ui.unlock.passphrase import NewPassphrase
from assistant.ui.unlock.words import Words, words_for
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.secret import SecretField

_WIDTH = 440
_RECOVERY_KEY = "Recovery key"


class UnlockScreen(QWidget):
    """Asks for what the vault needs, in words, and hands the answer over.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    secret_given = Signal(str)
    """A passphrase or a recovery key, whichever was asked for."""
    restore_chosen = Signal(str)
    """The id of the backup to put in the damaged vault's place."""
    retry_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = VaultState.CLOSED
        self._title = PlainLabel(theme, "", "title", wrap=True)
        self._detail = PlainLabel(theme, "", "interface", "ink2", wrap=True)
        self._secret = SecretField(theme, "Passphrase")
        self._new = NewPassphrase(theme, "Passphrase")
        self._error = PlainLabel(theme, "", "small", "bad", wrap=True)
        self._backups = QListWidget()
        self._main = Button(theme, "Unlock", "primary")
        self._other = Button(theme, "Use the recovery key", "ghost")
        self._build()

    def _build(self) -> None:
        self.setAccessibleName("The history is locked")
        self._secret.returnPressed.connect(self._submit)
        self._secret.textChanged.connect(self._clear_error)
        self._new.submitted.connect(self._submit)
        self._new.first.textChanged.connect(self._clear_error)
        self._backups.setAccessibleName("Backups, newest first")
        self._theme.changed.connect(self._restyle)
        self._restyle()
        self._backups.itemActivated.connect(self._submit)
        self._error.setAccessibleName("What is wrong")
        self._main.clicked.connect(self._submit)
        self._other.clicked.connect(self._switch_to_recovery)
        column = QVBoxLayout()
        column.setSpacing(self._theme.px(12))
        for widget in (
            self._title,
            self._detail,
            self._secret,
            self._new,
            self._backups,
            self._error,
        ):
            column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addWidget(self._main)
        buttons.addWidget(self._other)
        buttons.addStretch(1)
        column.addLayout(buttons)
        holder = QWidget()
        holder.setLayout(column)
        holder.setFixedWidth(self._theme.px(_WIDTH))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(holder)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)

    def _restyle(self) -> None:
        self._backups.setStyleSheet(list_style(self._theme))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what the main button does, wherever the focus is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._other.hasFocus():
            self._main.click()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._other.click()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The field is ready for typing."""
        super().showEvent(event)
        self._focus_field()

    def _focus_field(self) -> None:
        for field in (self._secret, self._new):
            if field.isVisibleTo(self):
                field.setFocus()

    def show_status(self, status: VaultStatus) -> None:
        """Asks for what ``status`` needs; the same state again means that the answer was wrong."""
        wrong = status.state is self._state and bool(status.detail)
        self._state = status.state
        words = words_for(status)
        self._apply(words)
        self._error.setText(f"{status.detail} {status.hint}".strip() if wrong else "")
        self._error.setVisible(wrong)
        parts = (words.detail,) if wrong else (status.detail, words.detail or status.hint)
        self._detail.setText(" ".join(part for part in parts if part))
        self._fill_backups(status)
        self.set_busy(busy=False)
        self._secret.selectAll()
        self._focus_field()

    def set_busy(self, *, busy: bool) -> None:
        """While the answer is tried nothing can be pressed twice."""
        self._main.setEnabled(not busy)
        self._other.setEnabled(not busy)

    def _apply(self, words: Words) -> None:
        self._title.setText(words.title)
        self._secret.setPlaceholderText(words.field)
        self._secret.setAccessibleName(words.field)
        self._secret.setVisible(bool(words.field) and not words.twice)
        self._new.setVisible(words.twice)
        self._main.setText(words.button)
        self._main.setVisible(bool(words.button))
        self._other.setText("Use the recovery key")
        self._other.setVisible(self._state is VaultState.NEEDS_PASSPHRASE)
        self._secret.set_secret(secret=self._state is not VaultState.NEEDS_RECOVERY_KEY)

    def _fill_backups(self, status: VaultStatus) -> None:
        self._backups.clear()
        for backup in status.backups:
            made = backup.made_at.astimezone()
            item = QListWidgetItem(
                f"{made:%d %B %Y}, {clock_words(made)} · {backup.conversations} chats, "
                f"{backup.messages} messages"
            )
            item.setData(Qt.ItemDataRole.UserRole, str(backup.id))
            self._backups.addItem(item)
        damaged = self._state is VaultState.DAMAGED and bool(status.backups)
        self._backups.setVisible(damaged)
        if damaged:
            self._backups.setCurrentRow(0)
            self._backups.setFocus()

    def _submit(self) -> None:
        if self._state is VaultState.DAMAGED and self._backups.currentRow() >= 0:
            self.set_busy(busy=True)
            chosen = self._backups.currentItem().data(Qt.ItemDataRole.UserRole)
            self.restore_chosen.emit(str(chosen))
        elif self._secret.isVisibleTo(self):
            self._submit_secret(self._secret.text())
        elif self._new.isVisibleTo(self):
            self._submit_new()
        else:
            self.set_busy(busy=True)
            self.retry_wanted.emit()

    def _submit_secret(self, secret: str) -> None:
        if not secret:
            self._show_error("Type it first.")
        else:
            self.set_busy(busy=True)
            self.secret_given.emit(secret)

    def _submit_new(self) -> None:
        chosen = self._new.take()
        if chosen:
            self._submit_secret(chosen)

    def _switch_to_recovery(self) -> None:
        """A recovery key opens the vault wherever a passphrase does; a second press goes back."""
        self._secret.clear()
        self._error.hide()
        if self._secret.placeholderText() == _RECOVERY_KEY:
            self._apply(words_for(VaultStatus(self._state)))
            self._detail.setText(words_for(VaultStatus(self._state)).detail)
            self._secret.setFocus()
            return
        self._secret.set_secret(secret=False)
        self._secret.setPlaceholderText(_RECOVERY_KEY)
        self._secret.setAccessibleName(_RECOVERY_KEY)
        self._detail.setText("Type the recovery key that was shown when the history was made.")
        self._other.setText("Use the passphrase")
        self._secret.setFocus()

    def _show_error(self, words: str) -> None:
        self._error.setText(words)
        self._error.show()

    def _clear_error(self) -> None:
        self._error.hide()
