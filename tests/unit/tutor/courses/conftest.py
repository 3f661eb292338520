"""A small sound course on disk, to be damaged by the tests."""

import shutil
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[3] / "data" / "courses" / "small-sums"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample course that may be damaged."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "small-sums"))
