"""The operating system's keyring, and only that.

The ``keyring`` package picks a plaintext file by itself when such a back end is installed, and
its null back end accepts everything and keeps nothing. So back ends are allow-listed by name
and every write is read back.
"""

from collections.abc import Callable
from typing import Any, Final, Protocol, TypeVar, cast

from assistant.domain.errors import EnvironmentProblem

SERVICE: Final = "Lamplight"

ALLOWED: Final = (
    "keyring.backends.macOS.Keyring",
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.kwallet.DBusKeyringKWallet4",
)
_T = TypeVar("_T")
_CHAIN: Final = "keyring.backends.chainer.ChainerBackend"


class KeyringLocked(EnvironmentProblem):
    """The keyring is there, but the user has not unlocked it."""


class SecretStore(Protocol):
    """Keeps one text per entry, encrypted, on behalf of the user who is logged in."""

    @property
    def name(self) -> str:
        """Recorded in the key file, to tell the user where the key was kept."""
        ...

    def read(self, entry: str) -> str | None:
        """The text of an entry, None when there is none.

        Raises:
            EnvironmentProblem: The keyring is gone, locked or refuses.
        """
        ...

    def write(self, entry: str, value: str) -> None:
        """Keeps ``value``, and makes sure of it by reading it back.

        Raises:
            EnvironmentProblem: The keyring is gone, locked, refuses or does not keep it.
        """
        ...

    def remove(self, entry: str) -> None:
        """Forgets an entry; one that is not there is no error.

        Raises:
            EnvironmentProblem: The keyring is gone, locked or refuses.
        """
        ...


class Backend(Protocol):
    """What is used of a back end of the ``keyring`` package."""

    def get_password(self, service: str, username: str) -> str | None:
        """The text of an entry, None when there is none."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keeps a text."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forgets a text."""
        ...


class SystemKeyring:
    """A ``SecretStore`` on one back end of the ``keyring`` package.

    Args:
        backend: Comes from ``find_system_keyring``, which lets only known ones through.
    """

    __slots__ = ("_backend",)

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @property
    def name(self) -> str:
        """Full name of the back end's class."""
        return backend_name(self._backend)

    def read(self, entry: str) -> str | None:
        """See ``SecretStore.read``."""
        return _asked(lambda: self._backend.get_password(SERVICE, entry))

    def write(self, entry: str, value: str) -> None:
        """See ``SecretStore.write``."""
        _asked(lambda: self._backend.set_password(SERVICE, entry, value))
        if self.read(entry) != value:
            raise EnvironmentProblem(
                "The keyring of this system did not keep the key it was given.",
                "Use a passphrase instead, or repair the keyring and try again.",
                code="keyring_forgets",
            )

    def remove(self, entry: str) -> None:
        """See ``SecretStore.remove``."""
        if self.read(entry) is not None:
            _asked(lambda: self._backend.delete_password(SERVICE, entry))


def backend_name(backend: object) -> str:
    """Module and class of a back end."""
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def find_system_keyring(preferred: str = "") -> SystemKeyring:
    """The keyring to use on this machine.

    Args:
        preferred: Name of the back end that holds the key already, if any; taken when it is
            still usable.

    Raises:
        EnvironmentProblem: There is none that is known to encrypt (code ``keyring_missing``).
    """
    usable = _asked(_usable_backends)
    for backend in usable:
        if backend_name(backend) == preferred:
            return SystemKeyring(backend)
    if not usable:
        raise EnvironmentProblem(
            "This system offers no keyring that is known to keep secrets encrypted.",
            "Use a passphrase, or start the keyring of your desktop and try again.",
            code="keyring_missing",
        )
    return SystemKeyring(usable[0])


def _usable_backends() -> list[Backend]:
    """Allowed back ends, the configured one first.

    A chain is never used itself: which member would answer could change from day to day. Its
    allowed members are.
    """
    import keyring
    from keyring.backend import get_all_keyring
    from keyring.backends.fail import Keyring as FailKeyring
    from keyring.backends.null import Keyring as NullKeyring

    configured: Any = keyring.get_keyring()
    if isinstance(configured, FailKeyring | NullKeyring):
        return []
    chained = list(configured.backends) if backend_name(configured) == _CHAIN else []
    ordered = cast("list[Backend]", [configured, *chained, *get_all_keyring()])
    return [backend for backend in ordered if backend_name(backend) in ALLOWED]


def _asked(question: Callable[[], _T]) -> _T:
    """Asks the keyring; whatever goes wrong in it becomes an ``EnvironmentProblem``."""
    from keyring.errors import KeyringLocked as Locked
    from keyring.errors import NoKeyringError

    try:
        return question()
    except Locked:
        raise KeyringLocked(
            "The keyring of this system is locked.",
            "Unlock it and try again; the recovery key opens the history as well.",
            code="keyring_locked",
        ) from None
    except NoKeyringError:
        raise EnvironmentProblem(
            "The keyring of this system is not there.",
            "Start the keyring of your desktop, or use the recovery key.",
            code="keyring_missing",
        ) from None
    except Exception as error:  # noqa: BLE001 - back ends let D-Bus, COM and Carbon errors through
        raise EnvironmentProblem(
            f"The keyring of this system refused ({type(error).__name__}).",
            "Unlock or repair it and try again; the recovery key opens the history as well.",
            code="keyring_refused",
        ) from None
