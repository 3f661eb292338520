"""The measurements measure: short runs over the real list of messages."""

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.domain.health import BenchRow
from assistant.ui import bench
from assistant.ui.bench_chat import SECTION_TOKENS, section, tokens_of
from assistant.ui.bench_process import rss_bytes
from assistant.ui.bridge.background import WindowPool
from assistant.ui.theme.theme import Theme


def test_a_section_is_two_hundred_tokens() -> None:
    assert len(section()) == SECTION_TOKENS
    assert all(section())
    assert "".join(tokens_of(400)) == 2 * "".join(section())


def test_percentiles() -> None:
    assert bench.percentile([], 0.99) == 0.0
    assert bench.percentile([float(n) for n in range(100)], 0.99) == 99.0


def test_rows_come_with_figures(qtbot: QtBot, theme: Theme) -> None:
    pool = WindowPool(theme)
    try:
        rows = [
            *bench.open_rows(theme, pool, messages=300, repeats=1),
            *bench.scroll_rows(theme, pool, messages=300, stops=10),
            *bench.cost_rows(theme, pool, tokens=4 * SECTION_TOKENS),
            *bench.stream_rows(theme, pool, messages=30, tokens=60),
        ]
    finally:
        pool.close()
    qtbot.wait(1)
    assert [
        row.name for row in rows if row.name != "memory while scrolling" and row.value < 0
    ] == []
    assert {row.name for row in rows} >= {"open a chat", "last 200 tokens", "stall streaming max"}
    assert len(bench.table(rows).splitlines()) == len(rows)


def test_processes_are_compared(own_home: Path) -> None:
    report = 'import json; print(json.dumps({"shown_ms": 30.0, "rss_bytes": 2e6}))'
    rows = bench.start_rows(
        repeats=1, resources=own_home, window_command=(sys.executable, "-c", report)
    )
    shown, memory = rows
    assert isinstance(shown, BenchRow)
    assert shown.value == 30.0
    assert shown.reference is not None
    assert shown.reference > 0
    assert shown.ratio == pytest.approx(30.0 / shown.reference)
    assert memory.reference is not None
    assert memory.reference > 10
    assert rss_bytes() > 10_000_000
