"""The figures of downloads: both rows come out of one run, with what they are compared to."""

from pathlib import Path

import pytest

from assistant.domain.errors import Cancelled
from assistant.services import bench_downloads


@pytest.mark.loopback
def test_all_figures_come_with_their_reference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_downloads, "_QUICK", (4 << 20, 2))
    told: list[float] = []
    rows = bench_downloads.measure(
        tmp_path, quick=True, on_progress=lambda part, _: told.append(part)
    )
    assert [row.name for row in rows] == [
        "click on Resume to first new byte, 0 ms of latency",
        "click on Resume to first new byte, 20 ms of latency",
        "check after the last byte",
        "stall of a beating thread, three downloads running",
    ]
    for row in rows:
        assert row.reference is not None
        assert row.goal is not None
    for row in rows[:-1]:
        assert row.ratio == pytest.approx(row.value / (row.reference or 0))
    assert rows[-1].met is (rows[-1].value <= 16.7)
    assert told == sorted(told)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.loopback
def test_it_can_be_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_downloads, "_QUICK", (4 << 20, 2))

    def stop(part: float, doing: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        bench_downloads.measure(tmp_path, quick=True, on_progress=stop)
    assert list(tmp_path.iterdir()) == []
