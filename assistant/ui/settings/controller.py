"""Carries the wishes of the settings place to the services, and their answers back."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from assistant.config.settings import Settings
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import BackupId
from assistant.domain.vault import BackupInfo, VaultState, VaultStatus
from assistant.services.core import Core
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.settings.chats_exchange import ChatsExchange
from assistant.ui.settings.place import SettingsPlace
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.question import Question


class SettingsController(QObject):
    """Ties the settings place to the core.

    Args:
        core: What is changed.
        place: What is shown.
        theme: Follows the appearance at once.
        relay: Brings outcomes to this thread.
        parent: The owner.
    """

    said = Signal(str)
    """One line on what was done, for a toast."""
    failed = Signal(object)
    """A ``UserFacingError``."""
    recovery_key_made = Signal(str)
    history_replaced = Signal()
    """A backup was restored: everything that is shown has to be read again."""
    changed = Signal(object)
    """The new ``Settings``."""

    def __init__(
        self, core: Core, place: SettingsPlace, theme: Theme, relay: JobRelay, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._place = place
        self._theme = theme
        self._relay = relay
        place.changed.connect(self._change)
        place.diagnostics_wanted.connect(self._collect)
        self._exchange = ChatsExchange(core.exchange, place.chats, relay, self)
        self._exchange.said.connect(self.said)
        self._exchange.failed.connect(self.failed)
        rows = place.vault
        rows.recovery_test.connect(self._test_recovery_key)
        rows.recovery_new.connect(self._make_recovery_key)
        rows.passphrase_set.connect(self._set_passphrase)
        rows.keyring_wanted.connect(self._use_keyring)
        rows.backup_wanted.connect(self._back_up)
        rows.verify_wanted.connect(self._verify)
        rows.restore_wanted.connect(self._restore)

    def refresh(self) -> None:
        """Shows everything as it is now; to be called when the place is opened."""
        self._place.focus_search()
        self._place.show_settings(self._core.preferences.current)
        installed = self._core.models.installed()
        self._place.offer_models([(str(model.id), model.name) for model in installed])
        self._place.vault.show_status(self._core.vault.status)
        self._relay.watch(self._core.backups.list(), self._show_backups, self._fail)

    # Settings

    def _change(self, section: str, field: str, value: object) -> None:
        job = self._core.preferences.change(section, field, value)
        self._relay.watch(job, self._changed, self._change_failed)

    def _changed(self, settings: Settings) -> None:
        look = settings.appearance
        self._theme.set(
            mode=look.theme,
            text_size=look.text_size,
            high_contrast=look.high_contrast,
            reduced_motion=look.reduced_motion,
        )
        self.changed.emit(settings)

    def _change_failed(self, error: UserFacingError) -> None:
        self._place.show_settings(self._core.preferences.current)
        self._changed(self._core.preferences.current)
        self.failed.emit(error)

    # Diagnostics

    def _collect(self) -> None:
        self._relay.watch(self._core.diagnostics(), self._copy, self._fail)

    def _copy(self, report: str) -> None:
        QGuiApplication.clipboard().setText(report)
        self.said.emit("Copied. It holds nothing of what you wrote.")

    # Keys

    def _test_recovery_key(self, text: str) -> None:
        job = self._core.vault.test_recovery_key(text)
        self._relay.watch(job, self._tested, self._test_failed)

    def _tested(self, right: object) -> None:
        words = (
            "This is the recovery key of your history."
            if right
            else "This is a recovery key, but not the one of your history."
        )
        self._place.vault.show_verdict(words, good=bool(right))

    def _test_failed(self, error: UserFacingError) -> None:
        self._place.vault.show_verdict(f"{error.message} {error.hint}".strip(), good=False)

    def _make_recovery_key(self) -> None:
        question = Question(
            self._theme,
            "Make a new recovery key?",
            "The one you have opens nothing any more.",
            "Make a new one",
            self._place.window(),
            icon="key-round",
        )
        question.agreed.connect(self._make_key)
        question.open()

    def _make_key(self, _: object) -> None:
        self._relay.watch(self._core.vault.new_recovery_key(), self._key_made, self._fail)

    def _key_made(self, key: str) -> None:
        self.recovery_key_made.emit(key)

    def _set_passphrase(self, passphrase: str) -> None:
        job = self._core.vault.set_passphrase(passphrase)
        self._relay.watch(job, self._passphrase_changed, self._passphrase_refused)

    def _passphrase_refused(self, error: UserFacingError) -> None:
        self._place.vault.passphrase.say_problem(f"{error.message} {error.hint}".strip())

    def _passphrase_changed(self, status: VaultStatus) -> None:
        self._place.vault.show_status(status)
        self.said.emit("The passphrase opens your history from now on.")

    def _use_keyring(self) -> None:
        self._relay.watch(self._core.vault.use_keyring(), self._keyring_used, self._fail)

    def _keyring_used(self, status: VaultStatus) -> None:
        self._place.vault.show_status(status)
        self.said.emit("The keyring opens your history from now on.")

    # Backups

    def _back_up(self) -> None:
        self._relay.watch(self._core.backups.create(), self._backed_up, self._fail)

    def _backed_up(self, backup: BackupInfo) -> None:
        self.said.emit(f"Backed up and verified: {backup.messages} messages.")
        self._relay.watch(self._core.backups.list(), self._show_backups, self._fail)

    def _show_backups(self, backups: list[BackupInfo]) -> None:
        self._place.vault.show_backups(backups)

    def _verify(self, backup_id: str) -> None:
        job = self._core.backups.verify(BackupId(backup_id))
        self._relay.watch(job, self._verified, self._fail)

    def _verified(self, backup: BackupInfo) -> None:
        self.said.emit(f"The backup is sound: {backup.messages} messages.")

    def _restore(self, backup_id: str) -> None:
        question = Question(
            self._theme,
            "Go back to this backup?",
            "What was written since then is moved aside with the present history, not deleted.",
            "Go back",
            self._place.window(),
            icon="history",
        )
        question.subject = backup_id
        question.agreed.connect(self._go_back)
        question.open()

    def _go_back(self, backup_id: str) -> None:
        self._relay.watch(self._core.vault.restore(backup_id), self._restored, self._fail)

    def _restored(self, status: VaultStatus) -> None:
        if status.state is VaultState.OPEN:
            self.said.emit("The backup is in place.")
        self.history_replaced.emit()

    def _fail(self, error: UserFacingError) -> None:
        self.failed.emit(error)
