"""The user's token for the Hub: in the system's keyring, or nowhere."""

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

from assistant.domain.errors import EnvironmentProblem
from assistant.store.keyring_access import SecretStore, find_system_keyring

__all__ = ["HubTokenShelf"]


class HubTokenShelf:
    """Keeps one token; where there is no keyring to trust, until the application ends.

    Asking the keyring may wait for the user: from a worker's thread.

    Args:
        profile: Folder of the profile's data; each has its own token.
        keyring: False asks no keyring.
        given: Reads the token that is given for this run; what the keyring holds then does not
            count.
    """

    def __init__(
        self, profile: Path, *, keyring: bool, given: Callable[[], str] | None = None
    ) -> None:
        self._given = given
        name = hashlib.sha256(str(profile).encode("utf-8", "replace")).hexdigest()[:16]
        self._entry = f"hub-token-{name}"
        self._keyring = keyring
        self._lock = threading.Lock()
        self._known: str | None = None
        self._kept = False

    @property
    def kept(self) -> bool:
        """Whether the token outlives this run."""
        return self._kept

    def read(self) -> str:
        """The token; empty where there is none, or where the keyring does not give it.

        Raises:
            UserFacingError: What is given for this run cannot be read.
        """
        with self._lock:
            if self._known is None:
                given = self._given
                self._known = given() if given is not None else self._from_keyring()
            return self._known

    def write(self, token: str) -> None:
        """Keeps a token in place of the one before."""
        with self._lock:
            self._known, self._kept = token, False
            store = self._store()
            if store is None:
                return
            try:
                store.write(self._entry, token)
            except EnvironmentProblem:
                return  # it holds for this run, and ``kept`` says so
            self._kept = True

    def remove(self) -> None:
        """Forgets it.

        Raises:
            EnvironmentProblem: The keyring does not let go of it; this run has forgotten it.
        """
        with self._lock:
            self._known, self._kept = "", False
            store = self._store()
            if store is not None:
                store.remove(self._entry)

    def _from_keyring(self) -> str:
        store = self._store()
        if store is None:
            return ""
        try:
            found = store.read(self._entry) or ""
        except EnvironmentProblem:
            return ""
        self._kept = bool(found)
        return found

    def _store(self) -> SecretStore | None:
        if not self._keyring:
            return None
        try:
            return find_system_keyring()
        except EnvironmentProblem:
            return None
