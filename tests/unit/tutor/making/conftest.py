"""The music library, imported before each test is watched for network use."""

import importlib

import pytest


@pytest.fixture(scope="session", autouse=True)
def _music_library() -> None:  # pyright: ignore[reportUnusedFunction] - used by name
    """Imports it: it imports a network library, which asks this machine once for IPv6."""
    importlib.import_module("music21")
