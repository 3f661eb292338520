"""A stand of the services of planning, anew for each test."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.helpers.planning_stand import Planning, planning


@pytest.fixture
def stand(tmp_path: Path) -> Generator[Planning]:
    with planning(tmp_path) as made:
        yield made
