"""What is changed while a plan is computed counts in it: nothing that is gone comes back."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UserFacingError
from assistant.domain.schedule import WeekPlan
from assistant.domain.task import Task
from assistant.services.jobs import Job
from assistant.services.planning import scheduling
from assistant.services.planning.blocks import Which
from assistant.services.planning.editing import Edit
from assistant.services.planning.services import PlanningServices
from assistant.services.study.outlook import Outlook
from tests.helpers.planning_gate import Gate
from tests.helpers.planning_stand import BERLIN, Planning, planning

_ICS: Final = (
    "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Uni\r\nBEGIN:VEVENT\r\nUID:a\r\n"
    "DTSTART;TZID=Europe/Berlin:20260302T090000\r\nDURATION:PT8H\r\nSUMMARY:Lecture\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)
_EVENING: Final = datetime(2026, 3, 4, 20, tzinfo=BERLIN)


@dataclass
class Stand:
    """A planned week with two tasks."""

    planning: Planning
    novel: Task
    essay: Task
    gates: tuple[Gate, Gate]
    """Hold new plans, and mended ones."""

    @property
    def services(self) -> PlanningServices:
        return self.planning.services

    def open(self) -> None:
        for gate in self.gates:
            gate.open()

    def starts(self, title: str) -> list[datetime]:
        plan = self.services.scheduling.current().result(60)
        return [] if plan is None else [one.start for one in plan.blocks if one.title == title]


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Stand]:
    nothing = Outlook((), 0, planned=False)

    def look_now(_: int) -> Outlook:
        return nothing

    study = SimpleNamespace(outlook=SimpleNamespace(look_now=look_now))
    with planning(tmp_path, study=study) as made:
        novel, essay = made.add("read novel ~1h", "essay ~1h +School")
        made.services.scheduling.plan(7, 0.3).result(60)
        gates = Gate(scheduling.new_plan), Gate(scheduling.mended_plan)
        monkeypatch.setattr(scheduling, "new_plan", gates[0])
        monkeypatch.setattr(scheduling, "mended_plan", gates[1])
        yield Stand(made, novel, essay, gates)


def _plan(stand: Stand) -> Job[WeekPlan]:
    return stand.services.scheduling.plan(7, 0.3)


def _replan(stand: Stand) -> Job[WeekPlan]:
    return stand.services.scheduling.replan()


def _move(stand: Stand) -> Job[WeekPlan]:
    return stand.services.scheduling.move(Which(stand.novel.id), _EVENING)


def _resize(stand: Stand) -> Job[WeekPlan]:
    end = _EVENING + timedelta(minutes=90)
    return stand.services.scheduling.move(Which(stand.novel.id), _EVENING, end)


_CHANGES: Final = (_plan, _replan, _move, _resize)
_Change = Callable[[Stand], Job[WeekPlan]]


def _held(stand: Stand, change: _Change) -> Job[WeekPlan]:
    """A change that is being computed."""
    job = change(stand)
    stand.gates[change is not _plan].wait()
    return job


@pytest.mark.parametrize("change", _CHANGES)
@pytest.mark.parametrize("how", ["deleted", "done", "dropped"])
def test_a_task_that_goes_meanwhile_is_not_in_the_plan(
    stand: Stand, change: _Change, how: str
) -> None:
    services, essay = stand.services, stand.essay
    job = _held(stand, change)
    if how == "deleted":
        services.tasks.delete([essay.id]).result(60)
    elif how == "done":
        services.completing.complete([essay.id]).result(60)
    else:
        services.completing.drop([essay.id]).result(60)
    stand.open()
    found = job.result(60)
    assert stand.starts("essay") == []
    assert stand.starts("read novel")
    assert services.scheduling.current().result(60) == found


@pytest.mark.parametrize("change", _CHANGES)
def test_what_a_task_is_told_anew_meanwhile_counts(stand: Stand, change: _Change) -> None:
    job = _held(stand, change)
    later = "2026-03-05 10:00"
    stand.services.editing.edit([stand.essay.id], Edit(start=later, estimate="90m")).result(60)
    stand.open()
    job.result(60)
    assert stand.starts("essay") == [datetime(2026, 3, 5, 10, tzinfo=BERLIN)]


@pytest.mark.parametrize("change", _CHANGES)
def test_an_event_that_comes_in_or_goes_meanwhile_counts(
    stand: Stand, change: _Change, tmp_path: Path
) -> None:
    file = tmp_path / "uni.ics"
    file.write_bytes(_ICS.encode())
    job = _held(stand, change)
    stand.services.calendars.bring(file).result(60)
    stand.open()
    job.result(60)
    monday = datetime(2026, 3, 2, 17, tzinfo=BERLIN)
    assert all(at >= monday for title in ("read novel", "essay") for at in stand.starts(title))

    stand.services.calendars.remove("Uni").result(60)
    found = stand.services.scheduling.plan(7, 0.3).result(60)
    assert min(one.start for one in found.blocks if not one.pinned) < monday


@pytest.mark.parametrize("change", _CHANGES)
def test_what_is_undone_meanwhile_is_gone(stand: Stand, change: _Change) -> None:
    stand.planning.add("call Mum ~15m by today")
    job = _held(stand, change)
    undone = stand.services.desk.undo_step(stand.services.tasks.steps(1).result(60)[0].id).result(
        60
    )
    assert undone is not None
    stand.open()
    job.result(60)
    assert stand.starts("call Mum") == []


@pytest.mark.parametrize("change", [_move, _resize])
def test_a_block_whose_task_goes_meanwhile_is_not_moved(stand: Stand, change: _Change) -> None:
    services = stand.services
    before = stand.starts("essay")
    job = _held(stand, change)
    services.tasks.delete([stand.novel.id]).result(60)
    stand.open()
    with pytest.raises(UserFacingError) as refused:
        job.result(60)
    assert refused.value.code == "task_unknown"
    assert stand.starts("essay") == before
    assert services.tasks.steps(1).result(60)[0].words == "Delete “read novel”"


def test_what_has_ended_is_neither_pinned_nor_moved(stand: Stand) -> None:
    services, novel = stand.services, stand.novel
    stand.open()
    services.completing.complete([novel.id]).result(60)
    for job in (services.scheduling.pin(Which(novel.id)), _move(stand)):
        with pytest.raises(UserFacingError) as refused:
            job.result(60)
        assert refused.value.code == "task_ended"


def test_tasks_that_change_without_end_hold_no_plan_up(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept at last, without what is gone."""
    stand.open()
    mend, counted = scheduling.mended_plan, [0]

    def change(week: Any, before: WeekPlan, cancel: CancelToken) -> WeekPlan:
        counted[0] += 1
        made = mend(week, before, cancel)
        stand.planning.add(f"note {counted[0]} ~15m")
        if counted[0] == scheduling.MOST_ROUNDS:
            stand.services.tasks.delete([stand.essay.id]).result(60)
        return made

    monkeypatch.setattr(scheduling, "mended_plan", change)
    found = stand.services.scheduling.replan().result(60)
    assert counted[0] == scheduling.MOST_ROUNDS
    titles = [one.title for one in found.blocks]
    assert "essay" not in titles
    assert f"note {counted[0] - 1}" in titles
    assert stand.services.scheduling.current().result(60) == found
