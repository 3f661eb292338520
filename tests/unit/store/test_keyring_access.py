"""The system's keyring, against the real ``keyring`` package with back ends of all kinds."""

from typing import Any, cast

import keyring as keyring_package
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, chainer, fail, null
from keyring.errors import KeyringLocked as Locked
from keyring.errors import NoKeyringError, PasswordSetError

from assistant.domain.errors import EnvironmentProblem
from assistant.store import keyring_access
from assistant.store.keyring_access import (
    Backend,
    KeyringLocked,
    SystemKeyring,
    find_system_keyring,
)

SECRET = "5ec2e7" * 10


class PlaintextKeyring(KeyringBackend):
    """Stands for the one of keyrings.alt, which outranks nothing but is picked by itself."""

    priority = 9.0  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride] - keyring's own way

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("a plaintext keyring was asked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("a plaintext keyring was given the key")

    def delete_password(self, service: str, username: str) -> None:
        raise AssertionError("a plaintext keyring was asked")


class Chained(chainer.ChainerBackend):
    backends: Any = ()


Chained.__module__, Chained.__qualname__ = "keyring.backends.chainer", "ChainerBackend"


class Faulty:
    """A back end that raises what the test gives it."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.error

    def delete_password(self, service: str, username: str) -> None:
        raise self.error


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the back end that the package has chosen, and those that it knows."""

    def set_to(chosen: object, known: tuple[object, ...] = ()) -> None:
        monkeypatch.setattr(keyring_package, "get_keyring", lambda: chosen)
        monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: list(known))

    return set_to


@pytest.mark.parametrize("chosen", [fail.Keyring(), null.Keyring(), PlaintextKeyring()])
def test_back_ends_that_do_not_encrypt_are_refused(configured: Any, chosen: object) -> None:
    configured(chosen, (chosen,))
    with pytest.raises(EnvironmentProblem) as problem:
        find_system_keyring()
    assert problem.value.code == "keyring_missing"


def test_a_known_back_end_is_preferred_to_plain_text_of_higher_rank(configured: Any) -> None:
    configured(PlaintextKeyring(), (PlaintextKeyring(), SecretService.Keyring()))
    assert find_system_keyring().name == "keyring.backends.SecretService.Keyring"


def test_of_a_chain_only_known_members_are_used(configured: Any) -> None:
    chain = Chained()
    Chained.backends = (PlaintextKeyring(), SecretService.Keyring())
    configured(chain)
    assert find_system_keyring().name == "keyring.backends.SecretService.Keyring"
    Chained.backends = (PlaintextKeyring(),)
    with pytest.raises(EnvironmentProblem):
        find_system_keyring()


def test_the_back_end_that_holds_the_key_is_preferred(configured: Any) -> None:
    from keyring.backends import kwallet

    configured(SecretService.Keyring(), (SecretService.Keyring(), kwallet.DBusKeyring()))
    wanted = "keyring.backends.kwallet.DBusKeyring"
    assert find_system_keyring(wanted).name == wanted
    assert find_system_keyring("gone").name == "keyring.backends.SecretService.Keyring"


def test_every_allowed_name_exists() -> None:
    import importlib

    for name in keyring_access.ALLOWED:
        module, _, kind = name.rpartition(".")
        assert hasattr(importlib.import_module(module), kind)


def test_a_back_end_that_keeps_nothing_is_found_out() -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        SystemKeyring(cast("Backend", null.Keyring())).write("entry", SECRET)
    assert problem.value.code == "keyring_forgets"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Locked("no"), "keyring_locked"),
        (NoKeyringError("no"), "keyring_missing"),
        (PasswordSetError(SECRET), "keyring_refused"),
        (OSError(SECRET), "keyring_refused"),
    ],
)
def test_faults_become_sentences_without_the_secret(error: Exception, code: str) -> None:
    store = SystemKeyring(Faulty(error))
    for call in (
        lambda: store.read("e"),
        lambda: store.write("e", SECRET),
        lambda: store.remove("e"),
    ):
        with pytest.raises(EnvironmentProblem) as problem:
            call()
        assert problem.value.code == code
        assert problem.value.hint
        assert SECRET not in str(problem.value)
        assert problem.value.__cause__ is None
    assert isinstance(problem.value, KeyringLocked) == (code == "keyring_locked")
