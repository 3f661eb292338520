"""The ways into the vault: each asks for what is missing, and a wrong secret asks again."""

from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.conversation import MessageStatus, Role
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.health import CheckState
from assistant.domain.vault import VaultState
from assistant.engine.scripted import scripted_engine
from assistant.services import vault_opening
from assistant.services.core import Core, CoreOptions
from tests.unit.services.conftest import PASSPHRASE, MakeCore
from tests.unit.store.vault_fixtures import MemoryKeyring, flip_bit

WRONG = "another lamp on another desk"


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """The keyring of the system, where a test lets it be used."""
    there = MemoryKeyring()

    def find(_backend: str) -> MemoryKeyring:
        return there

    monkeypatch.setattr(vault_opening, "find_system_keyring", find)
    return there


@pytest.fixture
def core_with_keyring(tmp_path: Path, keyring: MemoryKeyring) -> Core:
    assert keyring.entries == {}
    return Core(CoreOptions(paths=profile_paths(tmp_path / "ringed")), scripted_engine())


def rows(core: Core) -> dict[str, CheckState]:
    return {check.name: check.state for check in core.vault.checks()}


def test_a_new_vault_needs_a_passphrase_and_gives_its_recovery_key_once(
    make_core: MakeCore,
) -> None:
    core = make_core()
    assert not core.vault.exists()
    assert core.vault.open().result(60).state is VaultState.NEW_PASSPHRASE
    short = core.vault.open("short").result(60)
    assert (short.state, bool(short.detail)) == (VaultState.NEW_PASSPHRASE, True)
    made = core.vault.open(PASSPHRASE).result(60)
    assert (made.state, made.mode) == (VaultState.OPEN, "passphrase")
    assert made.recovery_key
    assert core.vault.status.recovery_key == ""
    assert core.vault.open().result(60).recovery_key == ""
    assert core.vault.exists()


def test_a_passphrase_vault_opens_with_either_secret_and_no_other(
    core: Core, make_core: MakeCore
) -> None:
    key = core.vault.new_recovery_key().result(60)
    assert core.vault.test_recovery_key(key).result(60)
    with pytest.raises(UserFacingError):
        core.vault.test_recovery_key("no such key").result(60)
    core.close()
    again = make_core()
    assert again.vault.open().result(60).state is VaultState.NEEDS_PASSPHRASE
    refused = again.vault.open(WRONG).result(60)
    assert (refused.state, bool(refused.detail)) == (VaultState.NEEDS_PASSPHRASE, True)
    with pytest.raises(UserFacingError) as closed:
        again.history.conversations().result(60)
    assert closed.value.code == "vault_closed"
    assert again.vault.open(key).result(60).state is VaultState.OPEN
    assert again.vault.set_passphrase(WRONG).result(60).mode == "passphrase"
    again.close()
    assert make_core().vault.open(WRONG).result(60).state is VaultState.OPEN


def test_only_one_may_have_it_open(core: Core, make_core: MakeCore) -> None:
    assert core.vault.status.state is VaultState.OPEN
    assert make_core().vault.open(PASSPHRASE).result(60).state is VaultState.BUSY


def test_without_a_keyring_none_is_used(core: Core) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        core.vault.use_keyring().result(60)
    assert caught.value.code == "keyring_missing"
    assert core.vault.open().result(60).mode == "passphrase"


def test_the_key_moves_from_the_keyring_to_a_passphrase_and_back(
    core_with_keyring: Core, keyring: MemoryKeyring
) -> None:
    core = core_with_keyring
    assert rows(core)["Keyring"] is CheckState.OK
    assert core.vault.open().result(60).mode == "keyring"
    assert len(keyring.entries) == 1
    assert core.vault.set_passphrase(PASSPHRASE).result(60).mode == "passphrase"
    assert keyring.entries == {}
    assert core.vault.use_keyring().result(60).mode == "keyring"
    assert len(keyring.entries) == 1
    core.close()


@pytest.mark.parametrize("lost", ["entry", "keyring"])
def test_a_key_that_is_not_in_the_keyring_is_replaced_by_the_recovery_key(
    core_with_keyring: Core,
    keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    lost: str,
) -> None:
    key = core_with_keyring.vault.open().result(60).recovery_key
    options = core_with_keyring.options
    core_with_keyring.close()
    keyring.entries.clear()
    if lost == "keyring":

        def none(_backend: str) -> None:
            raise EnvironmentProblem("There is no keyring.", code="keyring_missing")

        monkeypatch.setattr(vault_opening, "find_system_keyring", none)
    core = Core(options, scripted_engine())
    assert core.vault.open().result(60).state is VaultState.NEEDS_RECOVERY_KEY
    assert core.vault.open("mistyped").result(60).state is VaultState.NEEDS_RECOVERY_KEY
    assert core.vault.open(key).result(60).state is VaultState.OPEN
    core.close()


def test_answers_that_were_cut_off_are_told_of(core: Core, make_core: MakeCore) -> None:
    for _ in range(2):
        chat = core.history.create().result(60)
        core.vault.history().add_message(
            chat.id, None, Role.ASSISTANT, "Half", MessageStatus.WRITING
        )
        core.close()
        core = make_core()
        [note] = core.vault.open(PASSPHRASE).result(60).notes
        assert note == "1 answer was interrupted the last time; the text so far is kept."


def test_a_backup_takes_the_place_of_what_is_there(core: Core) -> None:
    kept = core.history.create().result(60)
    core.history.rename(kept.id, "Kept").result(60)
    backup = core.backups.create().result(60)
    assert [each.id for each in core.backups.list().result(60)] == [backup.id]
    assert core.backups.verify(backup.id).result(60) == backup
    core.history.rename(kept.id, "Changed").result(60)
    with pytest.raises(UserFacingError) as caught:
        core.vault.restore("vault-000099-none.backup").result(60)
    assert caught.value.code == "backup_missing"
    assert core.history.open(kept.id).result(60).conversation.title == "Changed"
    assert core.vault.restore(backup.id).result(60).state is VaultState.OPEN
    assert core.history.open(kept.id).result(60).conversation.title == "Kept"


def test_a_damaged_vault_offers_its_backups_and_opens_again_from_one(
    core: Core, make_core: MakeCore
) -> None:
    kept = core.history.create().result(60)
    core.history.rename(kept.id, "Kept").result(60)
    backup = core.backups.create().result(60)
    core.close()
    database = core.options.paths.database
    database.write_bytes(database.read_bytes()[:-100])
    again = make_core()
    assert rows(again)["History"] is CheckState.PROBLEM
    assert again.vault.restore(backup.id).result(60).state is VaultState.NEEDS_PASSPHRASE
    damaged = again.vault.open(PASSPHRASE).result(60)
    assert damaged.state is VaultState.DAMAGED
    assert [each.id for each in damaged.backups] == [backup.id]
    # How it was to be opened is remembered: the backup opens in the same way.
    assert again.vault.restore(backup.id).result(60).state is VaultState.OPEN
    assert again.history.open(kept.id).result(60).conversation.title == "Kept"


def test_damage_inside_is_found_by_the_examination(core: Core) -> None:
    core.workers.on_store(core.vault.examine_now).result(60)
    core.workers.on_store(core.vault.checkpoint_now).result(60)
    database = core.options.paths.database
    flip_bit(database, database.stat().st_size - 2000, 3)
    with pytest.raises(EnvironmentProblem) as caught:
        core.workers.on_store(core.vault.examine_now).result(60)
    assert caught.value.code == "vault_problem"
    assert rows(core)["database"] is CheckState.PROBLEM


def test_a_closed_vault_is_examined_from_outside(make_core: MakeCore) -> None:
    core = make_core()
    assert rows(core) == {"Keyring": CheckState.NOTE, "History": CheckState.OK}
    core.workers.on_store(core.vault.examine_now).result(60)
    core.workers.on_store(core.vault.checkpoint_now).result(60)
    assert not core.vault.exists()
    core.vault.open(PASSPHRASE).result(60)
    core.close()
    again = make_core()
    [_, history] = again.vault.checks()
    assert history.detail == "there; its key is under a passphrase"
