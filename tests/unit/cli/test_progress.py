"""Progress that a person can read: one line for each step, and one every two seconds."""

import io

import pytest

from assistant.cli.output import Output
from assistant.cli.progress import Progress


def test_a_hundred_reports_are_a_few_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    now_s = 100.0
    monkeypatch.setattr("assistant.cli.progress.time.monotonic", lambda: now_s)
    notes = io.StringIO()
    progress = Progress(Output(as_json=False, out=io.StringIO(), notes=notes))
    for percent in range(101):
        progress.part(percent / 100, "Copying")
        now_s += 1 / 16
    progress.part(0.85, "Trying it")
    progress.part(0.85, "Trying it")
    assert notes.getvalue().splitlines() == [
        "Copying",
        "Copying: 32%",
        "Copying: 64%",
        "Copying: 96%",
        "Trying it: 85%",
    ]
