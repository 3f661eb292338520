"""Fixtures of the vault's tests."""

from pathlib import Path

import pytest

from assistant.store.opening import VaultPlace
from tests.unit.store.vault_fixtures import MemoryKeyring, place_in


@pytest.fixture
def place(tmp_path: Path) -> VaultPlace:
    """Where a vault may be made."""
    return place_in(tmp_path)


@pytest.fixture
def keyring() -> MemoryKeyring:
    """A keyring that works until the test says otherwise."""
    return MemoryKeyring()
