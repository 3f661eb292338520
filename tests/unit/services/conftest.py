"""A real core over a real vault, with an engine that follows a script."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.vault import VaultState
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.services.core import Core, CoreOptions

PASSPHRASE = "a lamp on a desk in the evening"  # noqa: S105 - of a vault that lives for a test

MakeCore = Callable[[], Core]


@pytest.fixture
def make_core(tmp_path: Path, starter_model: Path) -> Iterator[MakeCore]:
    """Makes cores of one profile, closed at the end; none of them may use a keyring."""
    assert starter_model.is_file()
    made: list[Core] = []

    def build() -> Core:
        options = CoreOptions(paths=profile_paths(tmp_path / "profile"), keyring=False)
        core = Core(options, scripted_engine(Script((ScriptedAnswer("It is a lamp."),))))
        made.append(core)
        return core

    yield build
    for core in made:
        core.close()


@pytest.fixture
def core(make_core: MakeCore) -> Core:
    """A core whose vault was just made."""
    made = make_core()
    assert made.vault.open(PASSPHRASE).result(60).state is VaultState.OPEN
    return made
