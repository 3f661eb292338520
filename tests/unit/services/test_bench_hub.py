"""The measurement of the search itself."""

from pathlib import Path

import pytest

from assistant.services import bench_hub

pytestmark = pytest.mark.loopback


def test_both_answers_are_measured_beside_a_bare_get(tmp_path: Path) -> None:
    told: list[str] = []
    rows = bench_hub.measure(tmp_path, quick=True, on_progress=lambda _, doing: told.append(doing))
    assert [row.name for row in rows] == [
        "the Hub's answer to 40 results with their fit",
        "the Hub's answer to 200 files with their fit",
    ]
    for row in rows:
        assert row.value > 0
        assert row.reference is not None
        assert row.reference > 0
        assert (row.ratio, row.goal) == (None, 100.0), "the goal is one of milliseconds"
    assert told == ["Searching", "Looking at a repository"]
    assert list(tmp_path.iterdir()) == []
