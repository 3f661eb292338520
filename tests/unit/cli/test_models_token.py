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
    assert "--token-file" in error["hint"]
    assert TOKEN not in str(error)
    assert cli("models", "token").value["there"] is False


GATED = "meta/Gated-GGUF"


def test_a_file_gives_the_token_to_one_command_where_there_is_no_keyring(
    cli: CommandLine, hub: HubDouble, starter_model: Path, tmp_path: Path
) -> None:
    content = bytearray(starter_model.read_bytes())
    content[-1] ^= 1
    gguf = {"total": 134_515_008, "architecture": "llama", "context_length": 8192}
    files = {"Gated-Q4_1.gguf": bytes(content)}
    hub.add_repo(GATED, files, gated="manual", tags=("gguf",), gguf=gguf)
    hub.tokens[TOKEN].add(GATED)
    refused = cli("models", "download", f"{GATED}:Q4_1").error
    assert refused["code"] == "gated"
    assert f"{hub.url}/{GATED}" in refused["hint"]
    assert "“assistant models token --set-from FILE”" in refused["hint"]
    assert "--token-file FILE" in refused["hint"]

    file = tmp_path / "token.txt"
    file.write_text(f"{TOKEN}\r\n")
    given = ("--token-file", str(file))
    assert cli("models", "token", *given).value == {"there": True, "kept": False, "name": ""}
    assert cli("models", "token", "--check", *given).value["name"] == "reader"
    words = cli("models", "token", *given, as_json=False).out
    assert words == "A token is given for this command; it is not kept.\n"
    said = cli("models", "download", f"{GATED}:Q4_1", *given)
    assert said.value["installed"] is True
    assert TOKEN not in said.out + said.err
    assert cli("models", "token").value["there"] is False, "nothing of it is left"


def test_the_file_goes_before_the_keyring_and_does_not_touch_it(
    cli: CommandLine, hub: HubDouble, keyring: Kept, tmp_path: Path
) -> None:
    hub.tokens["hf_theotherone"] = set()
    file = tmp_path / "token.txt"
    file.write_text(TOKEN)
    cli("models", "token", "--set-from", str(file))
    file.write_text("hf_theotherone")
    assert cli("models", "token", "--check", "--token-file", str(file)).code == 0
    asked = hub.requests[-1].headers["authorization"]
    assert asked == "Bearer hf_theotherone"
    assert list(keyring.entries.values()) == [TOKEN]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "token_file_unreadable"),
        (b"\xff\x00", "token_file_unreadable"),
        (b"", "token_wrong"),
        (b"hf_one\x00two\n", "token_wrong"),
        (b"hf_secret X-Other: 1\n", "token_wrong"),
    ],
)
def test_a_file_without_a_token_is_said_and_nothing_of_it_is_sent(
    cli: CommandLine, hub: HubDouble, tmp_path: Path, content: bytes | None, code: str
) -> None:
    file = tmp_path / "token.txt"
    if content is not None:
        file.write_bytes(content)
    for words in (("models", "token", "--check"), ("models", "info", GATED)):
        error = cli(*words, "--token-file", str(file)).error
        assert error["code"] == code
        assert error["hint"]
    assert hub.requests == []
    assert cli("models", "list", "--token-file", str(file)).code == 0, "which needs none"
