"""The vault for the front ends and the other services: state, keys, repositories."""

from collections.abc import Callable
from dataclasses import replace

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.health import Check, CheckState
from assistant.domain.ids import BackupId
from assistant.domain.vault import VaultState, VaultStatus
from assistant.services.jobs import Job, Workers
from assistant.services.options import CoreOptions
from assistant.services.remembered import Remembered
from assistant.services.vault_opening import NeedsSecret, Opened, VaultOpener
from assistant.store.forget import Forgotten, scrub
from assistant.store.history import HistoryRepository
from assistant.store.inspection import Condition, inspect
from assistant.store.meaning import MeaningRepository
from assistant.store.opening import VaultPlace
from assistant.store.parameters import ParametersRepository
from assistant.store.personas import PersonaRepository
from assistant.store.search import SearchRepository
from assistant.store.unlock import ByKeyring, ByPassphrase
from assistant.store.vault import Vault


class VaultService:
    """The one vault of the profile; every public job is done on the store thread.

    Args:
        workers: The store thread.
        options: Where the vault is, and whether a keyring may be used.
        keep_days: Of how many days a backup is kept.
        remembered: Opened and closed with the vault.
    """

    def __init__(
        self, workers: Workers, options: CoreOptions, keep_days: int, remembered: Remembered
    ) -> None:
        self._workers = workers
        self._remembered = remembered
        self._options = options
        self._opener = VaultOpener(options, keep_days)
        self._vault: Vault | None = None
        self._history: HistoryRepository | None = None
        self._meaning: MeaningRepository | None = None
        self._interrupted = 0
        self._status = VaultStatus(VaultState.CLOSED)
        self._openings: list[Callable[[], object]] = []

    @property
    def status(self) -> VaultStatus:
        """The state as last seen; a new recovery key is only in the outcome of ``open``."""
        return self._status

    # For the front ends

    def open(self, secret: str = "") -> Job[VaultStatus]:
        """Opens the vault, making it when there is none.

        Args:
            secret: A passphrase, or a recovery key, whichever the last status asked for;
                empty at the first try. For a new vault without a keyring: the new passphrase.

        The job always gives a status; a wrong secret is the same state again with a detail.
        """
        return self._job(lambda: self._begin(lambda: self._opener.open(secret)))

    def restore(self, backup_id: str) -> Job[VaultStatus]:
        """Moves the present vault aside, never deletes it, and opens this backup instead.

        Raises (from the job):
            UserFacingError: It cannot be restored; the vault is open as before.
        """
        return self._job(lambda: self._restore(BackupId(backup_id)))

    def test_recovery_key(self, text: str) -> Job[bool]:
        """Whether this is the recovery key of the open vault.

        Raises (from the job):
            UserFacingError: The text cannot be any recovery key; says what is wrong with it.
        """
        return self._workers.on_store(lambda: self.opened().test_recovery_key(text))

    def new_recovery_key(self) -> Job[str]:
        """Makes a new recovery key, to be shown once; the old one opens nothing any more."""
        return self._workers.on_store(lambda: self.opened().renew_recovery_key())

    def set_passphrase(self, passphrase: str) -> Job[VaultStatus]:
        """Puts the key under this passphrase from now on, and takes it out of the keyring.

        Raises (from the job):
            UserFacingError: The passphrase is too short; what opened the vault still does.
        """

        def work() -> VaultStatus:
            vault = self.opened()
            held = vault.keys.keyring is not None
            keyring = self._opener.keyring(vault.keys) if held else None
            vault.protect(ByPassphrase(passphrase), keyring)
            return self._open_status(vault)

        return self._job(work)

    def use_keyring(self) -> Job[VaultStatus]:
        """Puts the key into the keyring from now on.

        Raises (from the job):
            EnvironmentProblem: There is no keyring that can be trusted.
        """

        def work() -> VaultStatus:
            keyring = self._opener.keyring()
            if keyring is None:
                raise EnvironmentProblem(
                    "This system has no keyring that Lamplight trusts.",
                    "Go on with the passphrase.",
                    code="keyring_missing",
                )
            self.opened().protect(ByKeyring(keyring))
            return self._open_status(self.opened())

        return self._job(work)

    # For the services, on the store thread

    def on_opened(self, listener: Callable[[], object]) -> None:
        """Calls ``listener`` each time the vault has been opened, before anything else reads it."""
        self._openings.append(listener)

    def parameters(self) -> ParametersRepository:
        """How single models are loaded."""
        return ParametersRepository(self.opened().engine)

    @property
    def place(self) -> VaultPlace:
        """Where the vault is; its backups can be listed while it is closed."""
        return self._opener.place

    def opened(self) -> Vault:
        """The open vault.

        Raises:
            UserFacingError: It is not open.
        """
        if self._vault is None:
            raise UserFacingError(
                "The history is not open.", "Unlock it first.", code="vault_closed"
            )
        return self._vault

    def history(self) -> HistoryRepository:
        """The repository of the stored chats."""
        if self._history is None:
            self._history = HistoryRepository(self.opened().engine, self._options.clock)
        return self._history

    def search(self) -> SearchRepository:
        """The search over the stored chats."""
        return SearchRepository(self.opened().engine)

    def meaning(self) -> MeaningRepository:
        """Passages of the stored chats; another one when another vault was opened."""
        engine = self.opened().engine
        if self._meaning is None or not self._meaning.is_of(engine):
            self._meaning = MeaningRepository(engine)
        return self._meaning

    def personas(self) -> PersonaRepository:
        """Personas, presets and sampling settings."""
        return PersonaRepository(self.opened().engine)

    def checkpoint_now(self) -> None:
        """Empties the write-ahead log, when the vault is open."""
        if self._vault is not None:
            self._vault.idle()

    def scrub_backups(self, forgotten: Forgotten) -> None:
        """Removes from every backup what was forgotten in the vault.

        Raises:
            UserFacingError: Some backups cannot be opened, so they may still hold it.
        """
        rewritten = self.opened().rewrite_backups_after_forget(
            lambda connection: scrub(connection, forgotten)
        )
        if rewritten.unreadable:
            names = ", ".join(rewritten.unreadable)
            raise UserFacingError(
                "It is gone from the history; a backup that cannot be opened may still hold it.",
                f"Delete it yourself if you do not need it: {names}.",
                code="backup_not_scrubbed",
            )

    def make_room(self) -> bool:
        """Frees a little of the space that is held back for a full disk; tells whether it could."""
        return self._vault is not None and self._vault.lend_room()

    def examine_now(self) -> None:
        """Checks every page and index, when the vault is open.

        Raises:
            EnvironmentProblem: Something is damaged.
        """
        if self._vault is None:
            return
        for check in self._vault.check(full=True):
            if check.state is CheckState.PROBLEM:
                words = f"{check.name.capitalize()}: {check.detail}."
                raise EnvironmentProblem(words, check.way_out, code="vault_problem")

    def close_now(self) -> None:
        """Closes the vault and gives its lock back."""
        vault, self._vault, self._history, self._meaning = self._vault, None, None, None
        self._status = VaultStatus(VaultState.CLOSED)
        self._remembered.closing()
        if vault is not None:
            vault.close()

    def exists(self) -> bool:
        """Whether there is a vault, open or not, sound or not."""
        return self.place.files.key_file.exists() or self.place.files.database.exists()

    def checks(self) -> list[Check]:
        """The doctor's rows, from any thread but the store's; every page of an open vault."""
        return self._workers.on_store(self._checks).result()

    # Inside

    def _job(self, work: Callable[[], VaultStatus]) -> Job[VaultStatus]:
        def kept() -> VaultStatus:
            status = work()
            self._status = replace(status, recovery_key="")
            return status

        return self._workers.on_store(kept)

    def _begin(self, opening: Callable[[], Opened]) -> VaultStatus:
        if self._vault is not None:
            return self._open_status(self._vault)
        try:
            opened = opening()
        except NeedsSecret as needed:
            return VaultStatus(needed.state)
        except UserFacingError as error:
            return self._opener.refusal(error)
        self._vault = opened.vault
        self._interrupted = self.history().mark_interrupted()
        self._remembered.opened(opened.vault)
        for listener in self._openings:
            listener()
        return replace(self._open_status(opened.vault), recovery_key=opened.recovery_key)

    def _restore(self, backup_id: BackupId) -> VaultStatus:
        vault = self._vault
        self._remembered.replaced()
        try:
            if vault is not None:
                # Closes the vault, whatever comes of it; it is opened again below.
                self._vault = self._history = None
                vault.restore_backup(backup_id)
            else:
                self._opener.restore_closed(backup_id)
        except NeedsSecret as needed:
            return VaultStatus(needed.state)
        except UserFacingError:
            if vault is not None:
                vault.close()
                self._begin(self._opener.reopen)
            raise
        return self._begin(self._opener.reopen)

    def _open_status(self, vault: Vault) -> VaultStatus:
        notes = [
            f"{note.name.capitalize()}: {note.detail}. {note.way_out}".strip()
            for note in vault.notes
        ]
        if self._interrupted:
            words = (
                "1 answer was" if self._interrupted == 1 else f"{self._interrupted} answers were"
            )
            notes.append(f"{words} interrupted the last time; the text so far is kept.")
        mode = "keyring" if vault.keys.keyring is not None else "passphrase"
        return VaultStatus(VaultState.OPEN, mode=mode, notes=tuple(notes))

    def _checks(self) -> list[Check]:
        try:
            if self._vault is not None:
                return list(self._vault.check(full=True))
            found = inspect(self.place.files)
        except EnvironmentProblem as problem:
            return [Check("History", CheckState.PROBLEM, problem.message, problem.hint)]
        trusted = self._opener.keyring() is not None
        keyring = Check("Keyring", CheckState.OK, "one that can be trusted")
        if not trusted:
            words = "none that can be trusted; a passphrase protects the history"
            keyring = Check("Keyring", CheckState.NOTE, words)
        return [keyring, _history_check(found.condition, found.detail)]


def _history_check(condition: Condition, detail: str) -> Check:
    match condition:
        case Condition.ABSENT:
            return Check("History", CheckState.OK, "none yet; the first start makes it")
        case Condition.DAMAGED:
            return Check("History", CheckState.PROBLEM, detail, "Run “assistant backup restore”.")
        case Condition.NEWER:
            return Check("History", CheckState.PROBLEM, detail, "Install the newest version.")
        case Condition.KEYRING | Condition.PASSPHRASE:
            return Check("History", CheckState.OK, f"there; its key is under a {condition}")
