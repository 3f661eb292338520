"""The measurement of the store measures real databases and tells what it did."""

from pathlib import Path

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled
from assistant.services import bench_store
from assistant.services.bench_store import MadeUpWords, measure


def test_it_measures_and_cleans_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_store, "_QUICK", (200, 30))
    monkeypatch.setattr(bench_store, "_LONG_CHAT", 300)
    told: list[float] = []
    rows = measure(tmp_path, quick=True, on_progress=lambda part, _: told.append(part))
    assert [row.name for row in rows] == [
        "encrypted append p99",
        "search p95 of 200 messages",
        "search p95 of 200 messages, absolute",
        "open 300-message outline",
        "load its last 40 messages",
    ]
    assert all(row.value > 0 and row.unit == "ms" for row in rows)
    for row in rows[:2]:
        assert row.reference is not None
        assert row.ratio == pytest.approx(row.value / row.reference)
    assert all(row.met is not None for row in rows[:4])
    assert "0 of them" not in rows[1].note
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert list(tmp_path.iterdir()) == []


def test_it_can_be_cancelled(tmp_path: Path) -> None:
    token = CancelToken()

    def stop_soon(part: float, _doing: str) -> None:
        if part > 0:
            token.cancel()
        token.raise_if_cancelled()

    with pytest.raises(Cancelled):
        measure(tmp_path, quick=True, on_progress=stop_soon)
    assert list(tmp_path.iterdir()) == []


def test_made_up_text_is_uneven_and_the_same_each_time() -> None:
    one, two = MadeUpWords(1), MadeUpWords(1)
    text = one.text(5000).split()
    assert text == two.text(5000).split()
    assert text.count(one.by_rank[0]) > 20 * text.count(one.by_rank[300])
    assert len(one.queries(25)) == 25
