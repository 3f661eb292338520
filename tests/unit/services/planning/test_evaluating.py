"""Measuring on files hears a stop, also when the files are read already."""

import threading
from pathlib import Path

import pytest

from assistant.domain.errors import Cancelled
from assistant.services.jobs import Job, Workers
from assistant.services.planning import evaluating
from assistant.services.planning.evaluating import EvaluationService, OnTimeReport

HEADER = "student,module,presentation,type,weight,due_day,submitted_day"


def _table(path: Path, students: range) -> Path:
    lines = [
        f"{one},M,2013J,TMA,10,{due},{due + one % 3 - 1}" for one in students for due in (9, 30)
    ]
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return path


def test_chances_stop_being_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs: list[Job[OnTimeReport]] = []
    begun = threading.Event()

    def stopped(_: object) -> bool:
        assert begun.wait(60)
        jobs[0].cancel()
        return True

    # Asked between reading and training.
    monkeypatch.setattr(evaluating, "enough", stopped)
    train, test = _table(tmp_path / "a.csv", range(40)), _table(tmp_path / "b.csv", range(50, 60))
    workers = Workers()
    try:
        jobs.append(EvaluationService(workers).on_time(train, test))
        begun.set()
        with pytest.raises(Cancelled):
            jobs[0].result(60)
    finally:
        workers.close()
