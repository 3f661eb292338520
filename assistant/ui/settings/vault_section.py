"""Encryption and backups: the recovery key, the passphrase, and every backup."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from assistant.domain.ids import BackupId
from assistant.domain.sizes import size_words
from assistant.domain.vault import BackupInfo, VaultStatus
from assistant.ui.clock import clock_words
from assistant.ui.settings.card import SEARCHED, RowCard
from assistant.ui.settings.list_style import list_style
from assistant.ui.theme.theme import Theme
from assistant.ui.unlock.passphrase import NewPassphrase
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.labels import PlainLabel


class VaultRows(QWidget):
    """The rows that the declarative settings cannot express; asks, never acts.

    Args:
        theme: The theme in force.
        card: The card that gets the rows.
    """

    recovery_test = Signal(str)
    recovery_new = Signal()
    passphrase_set = Signal(str)
    keyring_wanted = Signal()
    backup_wanted = Signal()
    verify_wanted = Signal(str)
    restore_wanted = Signal(str)

    def __init__(self, theme: Theme, card: RowCard) -> None:
        super().__init__(card)
        self._theme = theme
        self._key = QLineEdit(card)
        self._key.setPlaceholderText("Recovery key")
        self._key.setAccessibleName("Recovery key to be tested")
        self._key.setMinimumWidth(theme.px(200))
        self._test = Button(theme, "Test")
        self._new = Button(theme, "Make a new one", "ghost")
        self.verdict = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.passphrase = NewPassphrase(theme, "New passphrase", 32)
        self.passphrase.setFixedWidth(theme.px(240))
        self._set = Button(theme, "Set")
        self._keyring = Button(theme, "Use the keyring", "ghost")
        self._mode = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self._backups = QListWidget(card)
        self._backups.setAccessibleName("Backups, newest first")
        self._backups.setMinimumHeight(theme.px(140))
        self._create = Button(theme, "Back up now", icon="save")
        self._verify = Button(theme, "Verify", "ghost")
        self._restore = Button(theme, "Restore", "ghost")
        self._build(card)
        self._connect()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def _build(self, card: RowCard) -> None:
        key = card.add_row(
            "Recovery key",
            "Test that you can read what you wrote down. A new key replaces the old one.",
            self._key,
            self._test,
            self._new,
        )
        self._verdict_row = card.add_widget(self.verdict)
        self._verdict_row.hide()
        opening = card.add_row(
            "What opens the history",
            "The keyring of your system, or a passphrase that is asked for at every start.",
            self._keyring,
        )
        mode = card.add_widget(self._mode, "what opens the history keyring passphrase")
        chosen = card.add_row(
            "New passphrase",
            "It takes the place of what opens the history now. Nobody can tell you a forgotten "
            "one; the recovery key still opens it.",
            self.passphrase,
            self._set,
        )
        holder = QWidget(card)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        for button in (self._create, self._verify, self._restore):
            line.addWidget(button)
        line.addStretch(1)
        named = "backups back up now verify restore"
        head = card.add_row("Backups", "Encrypted like the history; the newest is at the top.")
        listed, below = card.add_widget(self._backups, named), card.add_widget(holder, named)
        head.setProperty(SEARCHED, named)
        self.rows = (key, opening, mode, chosen, head, listed, below)
        secret = self.passphrase
        order: tuple[QWidget, ...] = (self._key, self._test, self._new, self._keyring)
        order += (secret.first, secret.first.eye, secret.again, secret.again.eye, self._set)
        order += (self._backups, self._create, self._verify, self._restore)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self._test.clicked.connect(self._tell_test)
        self._key.returnPressed.connect(self._tell_test)
        self._new.clicked.connect(self.recovery_new)
        self._set.clicked.connect(self._tell_passphrase)
        self.passphrase.submitted.connect(self._tell_passphrase)
        self._keyring.clicked.connect(self.keyring_wanted)
        self._create.clicked.connect(self.backup_wanted)
        self._verify.clicked.connect(self._tell_verify)
        self._restore.clicked.connect(self._tell_restore)
        self._backups.currentRowChanged.connect(self._selection_changed)
        self._selection_changed()

    def _restyle(self) -> None:
        self._backups.setStyleSheet(list_style(self._theme))

    def show_status(self, status: VaultStatus) -> None:
        """Says what opens the vault now."""
        in_keyring = status.mode == "keyring"
        self._mode.setText(
            "The key lies in the keyring of your system."
            if in_keyring
            else "The key lies under your passphrase."
        )
        self._keyring.setVisible(not in_keyring)
        self.passphrase.clear()

    def show_verdict(self, words: str, *, good: bool) -> None:
        """Says what came of a test, in words and colour."""
        self.verdict.setText(words)
        self.verdict.set_colour("good" if good else "bad")
        self._verdict_row.show()

    def show_backups(self, backups: list[BackupInfo]) -> None:
        """Lists the backups."""
        self._backups.clear()
        for backup in backups:
            made = backup.made_at.astimezone()
            text = (
                f"{made:%d %B %Y}, {clock_words(made)} · {backup.conversations} chats, "
                f"{backup.messages} messages · {size_words(backup.size_bytes)}"
            )
            item = QListWidgetItem(text + (" · verified" if backup.verified else ""))
            item.setData(Qt.ItemDataRole.UserRole, str(backup.id))
            self._backups.addItem(item)
        if not backups:
            self._backups.addItem("There are no backups yet.")
        self._selection_changed()

    def _chosen(self) -> BackupId | None:
        item = self._backups.item(self._backups.currentRow())
        value = item.data(Qt.ItemDataRole.UserRole) if self._backups.currentRow() >= 0 else None
        return BackupId(str(value)) if value else None

    def _selection_changed(self) -> None:
        chosen = self._chosen() is not None
        self._verify.setEnabled(chosen)
        self._restore.setEnabled(chosen)

    def _tell_test(self) -> None:
        self.recovery_test.emit(self._key.text())

    def _tell_passphrase(self) -> None:
        chosen = self.passphrase.take()
        if chosen:
            self.passphrase_set.emit(chosen)

    def _tell_verify(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.verify_wanted.emit(chosen)

    def _tell_restore(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.restore_wanted.emit(chosen)
