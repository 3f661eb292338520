"""The key file and its second copy."""

import json
import random
from pathlib import Path

import pytest

from assistant.store import key_file
from assistant.store.key_file import KeyFile, KeyFileDamaged, KeyringPlace, NewerVault, Wrapping
from assistant.store.keys import DataKey, new_recovery_key, wrap_with_recovery_key
from assistant.store.vault_files import VaultFiles
from tests.unit.store.vault_fixtures import flip_bit


@pytest.fixture
def files(tmp_path: Path) -> VaultFiles:
    return VaultFiles(tmp_path / "vault.db", tmp_path / "backups")


def made() -> KeyFile:
    key, vault_id = DataKey.generate(), "0" * 32
    wrapped = wrap_with_recovery_key(key, new_recovery_key(), vault_id)
    return KeyFile(
        vault_id=vault_id,
        created_at="2026-03-01T12:00:00+00:00",
        finished=True,
        schema_version=1,
        key_check=key.check_value(vault_id),
        keyring=KeyringPlace(backend="b", service="s", entry="e"),
        recovery=Wrapping.of(wrapped),
    )


def test_it_comes_back_as_it_was_written(files: VaultFiles) -> None:
    content = made()
    key_file.save(files, content)
    loaded = key_file.load(files)
    assert loaded is not None
    assert loaded.content == content
    assert not loaded.mended


def test_there_may_be_none(files: VaultFiles) -> None:
    assert key_file.load(files) is None


def test_every_flipped_bit_is_noticed_and_the_copy_is_used(files: VaultFiles) -> None:
    content = made()
    key_file.save(files, content)
    whole = files.key_file.read_bytes()
    chance = random.Random(7)  # noqa: S311 - a fixed seed, no secret
    for _ in range(200):
        offset = chance.randrange(len(whole) - 1)
        flip_bit(files.key_file, offset, chance.randrange(8))
        loaded = key_file.load(files)
        assert loaded is not None
        # A flip that turns white space into other white space changes nothing.
        assert loaded.content == content
        assert loaded.mended or json.loads(files.key_file.read_bytes()) == json.loads(whole)
        files.key_file.write_bytes(whole)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": 1}'])
def test_two_damaged_copies_are_an_error(files: VaultFiles, content: bytes) -> None:
    files.backups.mkdir()
    files.key_file.write_bytes(content)
    files.key_file_copy.write_bytes(content)
    with pytest.raises(KeyFileDamaged):
        key_file.load(files)


def test_a_missing_first_copy_is_taken_from_the_second(files: VaultFiles) -> None:
    key_file.save(files, made())
    files.key_file.unlink()
    loaded = key_file.load(files)
    assert loaded is not None
    assert loaded.mended


def test_a_newer_format_is_not_read_further(files: VaultFiles) -> None:
    raw = json.loads(key_file.encode(made()))
    raw.pop("checksum")
    raw["format"] = 2
    raw["something_new"] = True
    raw["checksum"] = key_file._checksum(raw)  # pyright: ignore[reportPrivateUsage] - as a newer one would
    files.key_file.write_text(json.dumps(raw))
    with pytest.raises(NewerVault):
        key_file.load(files)


def test_neither_or_both_ways_in_are_refused() -> None:
    content = made()
    with pytest.raises(ValueError, match="either a keyring or a passphrase"):
        content.changed(keyring=None)
    with pytest.raises(ValueError, match="stretched"):
        content.changed(keyring=None, passphrase=content.recovery)
