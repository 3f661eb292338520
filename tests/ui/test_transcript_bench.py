"""The measurements measure: short runs over the real list of messages."""

import pytest
from pytestqt.qtbot import QtBot

from assistant.services import bench_downloads
from assistant.ui import bench
from assistant.ui.bench_chat import SECTION_TOKENS, section, tokens_of
from assistant.ui.bench_downloads import download_rows
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


@pytest.mark.loopback
def test_the_loop_of_the_window_is_measured_while_downloads_are_shown(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_downloads, "_FULL", (8_000_000, 1))
    rows = download_rows(theme, 0.6)
    qtbot.wait(1)
    assert [row.name for row in rows] == [
        "stall, three downloads, p99",
        "stall, three downloads, max",
        "own work, three downloads, p99",
    ]
    assert rows[0].reference is not None
    assert 0 < rows[0].value <= rows[1].value


def test_the_application_is_compared_with_an_empty_window() -> None:
    rows = {row.name: row for row in bench.start_rows(repeats=1)}
    shown, ready = rows["window shown"], rows["window ready, vault open"]
    assert shown.reference is not None
    assert shown.ratio == pytest.approx(shown.value / shown.reference)
    assert 0 < shown.value < ready.value
    memory = rows["memory ready, no model"]
    assert memory.reference is not None
    assert memory.value > memory.reference > 10
    assert rss_bytes() > 10_000_000
