"""A maker with the real sandbox; the music library, imported before tests are watched."""

import importlib
from collections.abc import Iterator

import pytest

from assistant.config.paths import installed_sandbox
from assistant.sandbox.sandbox import Sandbox
from assistant.tutor.making import ExerciseMaker


@pytest.fixture(scope="session", autouse=True)
def _music_library() -> None:  # pyright: ignore[reportUnusedFunction] - used by name
    """Imports it: it imports a network library, which asks this machine once for IPv6."""
    importlib.import_module("music21")


@pytest.fixture(scope="session")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExerciseMaker]:
    """Proves what programs print by running them, one sandbox for all tests."""
    folder = tmp_path_factory.mktemp("sandbox")
    sandbox = Sandbox(installed_sandbox(), folder / "cache", folder / "notes")

    def printed(source: str) -> str:
        done = sandbox.run(source)
        return done.output if done.error is None else done.error.kind

    yield ExerciseMaker(printed)
    sandbox.close()
