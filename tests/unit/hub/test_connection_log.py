"""The log of connections: kept, bounded, and true after a broken end."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.domain.connection import Connection, ConnectionOutcome, Purpose
from assistant.hub import connection_log
from assistant.hub.connection_log import ConnectionLog

DONE, REFUSED = ConnectionOutcome.DONE, ConnectionOutcome.REFUSED


def of(host: str) -> Connection:
    when = datetime(2026, 3, 1, tzinfo=UTC)
    return Connection(when, host, Purpose.SEARCH, "why", 10, 0, ConnectionOutcome.OPEN)


def test_an_empty_log_says_that_there_was_none(tmp_path: Path) -> None:
    log = ConnectionLog(tmp_path / "log.jsonl")
    assert (log.newest(), log.made()) == ((), 0)
    assert not (tmp_path / "log.jsonl").exists()


def test_rows_come_back_newest_first_in_the_next_run(tmp_path: Path) -> None:
    log = ConnectionLog(tmp_path / "log.jsonl")
    told: list[int] = []
    log.on_change(lambda: told.append(1))
    first = log.begin(of("a"))
    assert log.newest()[0].outcome is ConnectionOutcome.OPEN
    log.end(first, DONE, 7)
    log.end(log.begin(of("b")), REFUSED, 0)
    log.begin(of("c"))
    again = ConnectionLog(tmp_path / "log.jsonl")
    assert [(row.host, row.outcome, row.received_bytes) for row in again.newest()] == [
        ("c", ConnectionOutcome.STOPPED, 0),  # the application ended before it did
        ("b", REFUSED, 0),
        ("a", DONE, 7),
    ]
    assert again.made() == 2
    assert len(told) == 5
    assert [row.host for row in again.newest(1)] == ["c"]


def test_the_log_is_bounded_and_still_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_log, "_MOST_BYTES", 4000)
    monkeypatch.setattr(connection_log, "_KEPT", 5)
    log = ConnectionLog(tmp_path / "log.jsonl")
    for number in range(200):
        log.end(log.begin(of(f"h{number}")), REFUSED if number % 4 == 0 else DONE, 1)
    assert (tmp_path / "log.jsonl").stat().st_size < 5000
    assert log.made() == 150
    assert [row.host for row in log.newest(3)] == ["h199", "h198", "h197"]


def test_half_a_line_spoils_nothing(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    log = ConnectionLog(path)
    log.end(log.begin(of("a")), DONE, 7)
    with path.open("ab") as file:
        file.write(b'{"id": "x", "wh\n\xff\xfe\n[]\n')
    log.end(log.begin(of("b")), DONE, 7)
    assert [row.host for row in log.newest()] == ["b", "a"]
