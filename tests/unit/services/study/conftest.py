"""Cores with an engine that follows a script of the test's."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.engine.scripted import Script, scripted_engine
from assistant.services.core import Core, CoreOptions


@pytest.fixture
def core_that_says(tmp_path: Path, starter_model: Path) -> Iterator[Callable[[Script], Core]]:
    """Makes a core with an open vault, in the place of the last one; its engine has a script."""
    assert starter_model.is_file()
    made: list[Core] = []

    def build(script: Script) -> Core:
        while made:
            made.pop().close()
        options = CoreOptions(paths=profile_paths(tmp_path / "profile"), keyring=False)
        core = Core(options, scripted_engine(script))
        made.append(core)
        core.vault.open("a lamp on a desk in the evening").result(60)
        return core

    yield build
    for core in made:
        core.close()
