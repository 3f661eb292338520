"""``models token``: kept, checked and forgotten without a window, and never on a command line."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.store import hub_token
from assistant.store.keyring_access import SystemKeyring
from tests.helpers.hub import HubDouble
from tests.unit.cli.conftest import CommandLine

pytestmark = pytest.mark.loopback
TOKEN = "hf_thisisasecret"  # noqa: S105 - of no real account


class Kept:
    """What a system's keyring does."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubDouble]:
    with HubDouble(tokens={TOKEN: set()}) as double:
        monkeypatch.setenv("HF_ENDPOINT", double.url)
        yield double


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Kept:
    kept = Kept()
    monkeypatch.setattr(hub_token, "find_system_keyring", lambda: SystemKeyring(kept))
    return kept


def test_a_token_is_kept_checked_and_forgotten(
    cli: CommandLine, hub: HubDouble, keyring: Kept, tmp_path: Path
) -> None:
    assert cli("models", "token").value == {"there": False, "kept": False, "name": ""}
    assert cli("models", "token", "--check").error["code"] == "token_missing"
    assert hub.requests == [], "nothing is asked while there is none"
    file = tmp_path / "token.txt"
    file.write_text(f"{TOKEN}\nmore\n")
    said = cli("models", "token", "--set-from", str(file))
    assert said.value == {"there": True, "kept": True, "name": "reader"}
    assert TOKEN not in said.out + said.err
    assert list(keyring.entries.values()) == [TOKEN]
    assert cli("models", "token", "--check").value["name"] == "reader"
    assert cli("models", "token", as_json=False).out == "There is a token.\n"
    assert cli("models", "token", "--clear").value["there"] is False
    assert keyring.entries == {}


def test_a_token_comes_from_standard_input(
    cli: CommandLine, hub: HubDouble, keyring: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{TOKEN}\n"))
    assert cli("models", "token", "--set-from", "-").value["kept"] is True


def test_what_is_no_token_is_not_kept(
    cli: CommandLine, hub: HubDouble, keyring: Kept, tmp_path: Path
) -> None:
    file = tmp_path / "token.txt"
    for written in ("", "two words\n", "hf_nobodysone\n"):
        file.write_text(written)
        assert cli("models", "token", "--set-from", str(file)).error["code"] == "token_wrong"
    absent = str(tmp_path / "absent")
    assert cli("models", "token", "--set-from", absent).error["code"] == "token_file_unreadable"
    assert keyring.entries == {}
    file.write_text(TOKEN)
    sealed = cli("models", "token", "--set-from", str(file), "--offline")
    assert sealed.error["code"] == "offline"


def test_without_a_keyring_it_is_said_that_nothing_is_kept(
    cli: CommandLine, hub: HubDouble, tmp_path: Path
) -> None:
    file = tmp_path / "token.txt"
    file.write_text(TOKEN)
    error = cli("models", "token", "--set-from", str(file)).error
    assert error["code"] == "keyring_missing"
    assert TOKEN not in str(error)
    assert cli("models", "token").value["there"] is False
