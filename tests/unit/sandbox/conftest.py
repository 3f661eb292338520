"""The real sandbox, one for all tests of this room: its worker is kept warm between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config.paths import installed_sandbox
from assistant.sandbox.sandbox import Sandbox


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The component that the setup placed, in a worker of its own."""
    folder = tmp_path_factory.mktemp("sandbox")
    made = new_sandbox(folder)
    yield made
    made.close()


def new_sandbox(folder: Path) -> Sandbox:
    """A sandbox that keeps what it makes below ``folder``."""
    return Sandbox(installed_sandbox(), folder / "cache", folder / "notes")
