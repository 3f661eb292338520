"""The script that measures the reading of dates."""

import json
from pathlib import Path

import check_dates
import pytest

CASES = [
    {"text": "tomorrow", "kind": "single", "grain": "day", "start": ["2026-03-05"], "end": None},
    {"text": "3/4", "kind": "single", "grain": "day", "start": ["2026-04-03"], "end": None},
    {
        "text": "1pm-2pm",
        "kind": "interval",
        "grain": "hour",
        "start": ["2026-03-04T13:00:00"],
        "end": ["2026-03-04T15:00:00"],
    },
    {
        "text": "by 5pm",
        "kind": "interval",
        "grain": "minute",
        "start": ["2026-03-04T10:00:00"],
        "end": ["2026-03-04T17:00:00"],
    },
    {"text": "June", "kind": "single", "grain": "month", "start": ["2026-06-15"], "end": None},
    {"text": "at 5", "kind": "single", "grain": "time", "start": ["05:00:00", "17:00:00"]},
    {"text": "room 5", "kind": "negative"},
    {"text": "friday", "kind": "negative"},
    {"text": "for 3 h", "kind": "duration"},
    {"text": "every day", "kind": "set"},
    {"text": "in the evening", "kind": "timerange"},
    {"text": "now or never", "kind": "multi"},
]


def test_it_counts_right_cases_and_shows_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = {"src": "made", "ref": "2026-03-04T10:00:00", "grain": None, "start": None, "end": None}
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(json.dumps(base | case) for case in CASES), encoding="utf-8")
    assert check_dates.main([str(path), "--show"]) == 0
    told = capsys.readouterr().out
    assert check_dates.main([str(path), "--line"]) == 0
    as_tasks = capsys.readouterr().out.splitlines()
    assert "5 of    6" in next(line for line in as_tasks if line.split()[:2] == ["made", "date"])
    counts = {tuple(line.split()[:2]): line.split()[2:5] for line in told.splitlines()}
    assert counts["made", "date"] == ["5", "of", "6"]
    assert counts["made", "interval"] == ["2", "of", "2"]
    assert counts["all", "negative"] == ["1", "of", "2"]
    assert counts["all", "set"] == counts["all", "duration"] == ["1", "of", "1"]
    assert ("made", "multi") not in counts
    assert "made single day '3/4'" in told
    assert "ms a case" in told
