"""What is changed while a plan is computed counts in it: nothing that is gone comes back."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
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
from assistant.services.planning.blocks import Which, moved
from assistant.services.planning.editing import Edit
from assistant.services.planning.services import PlanningServices
from assistant.services.study.outlook import Outlook
from assistant.store.plan_settings import keep_word
from assistant.store.plans import keep_plan
from tests.helpers.planning_gate import Gate
from tests.helpers.planning_stand import BERLIN, MONDAY, Planning, planning

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


class Meddling:
    """New plans and mended ones, with something that is done after each is computed.

    Args:
        patch: Puts it in place of what computes.
        meddle: What is done; it is given how much was computed so far.
    """

    def __init__(self, patch: pytest.MonkeyPatch, meddle: Callable[[int], None]) -> None:
        self.new, self.mended = 0, 0
        self._meddle = meddle
        self._of_new, self._of_mended = scheduling.new_plan, scheduling.mended_plan
        patch.setattr(scheduling, "new_plan", self._make)
        patch.setattr(scheduling, "mended_plan", self._mend)

    @property
    def count(self) -> int:
        return self.new + self.mended

    def _make(self, *parts: Any) -> WeekPlan:
        made = self._of_new(*parts)
        self.new += 1
        self._meddle(self.count)
        return made

    def _mend(self, *parts: Any) -> WeekPlan:
        made = self._of_mended(*parts)
        self.mended += 1
        self._meddle(self.count)
        return made


def _without_end(meddle: Callable[[int], None]) -> Callable[[int], None]:
    """As much as a test waits for, then an error in place of a wait for ever."""

    def bounded(count: int) -> None:
        if count > 2 * scheduling.MOST_ROUNDS:
            raise AssertionError("it is computed again and again")
        meddle(count)

    return bounded


@pytest.mark.parametrize("name", ["word", "task_views", "week_hidden"])
def test_what_a_week_does_not_read_has_nothing_computed_again(
    stand: Stand, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    stand.open()
    services = stand.services

    def write(count: int) -> None:
        with services.desk.step("Teach") as writes:
            if name == "word":
                keep_word(writes.writing, f"phrase {count}", "friday", 1)
            else:
                writes.keep_setting(name, [count])

    def meddle(count: int) -> None:
        services.desk.work(lambda _: write(count)).result(60)

    meddling = Meddling(monkeypatch, meddle)
    _plan(stand).result(60)
    assert (meddling.new, meddling.mended) == (1, 0)
    _replan(stand).result(60)
    assert (meddling.new, meddling.mended) == (1, 1)


def test_hours_that_are_set_meanwhile_count(stand: Stand) -> None:
    job = _held(stand, _plan)
    evenings = [(time(18), time(22))]
    for day in range(7):
        stand.services.settings.set_hours(day, evenings).result(60)
    stand.open()
    found = job.result(60)
    assert {one.start.hour >= 18 for one in found.blocks} == {True}
    assert found.moved == 2


def test_a_new_plan_is_searched_for_once_and_mended_for_what_changed(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand.open()
    told: list[float] = []

    def meddle(count: int) -> None:
        stand.planning.add(f"note {count} ~15m")

    meddling = Meddling(monkeypatch, _without_end(meddle))
    job = _plan(stand)
    job.on_progress(lambda fraction, _: told.append(fraction))
    found = job.result(60)
    assert (meddling.new, meddling.mended) == (1, scheduling.MOST_ROUNDS - 1)
    assert told == sorted(told)
    assert {"note 1", "note 2", "essay", "read novel"} <= {one.title for one in found.blocks}
    assert stand.services.scheduling.current().result(60) == found


@pytest.mark.parametrize("change", [_plan, _replan, _move])
def test_a_plan_that_changes_without_end_holds_no_other_up(
    stand: Stand, change: _Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was pinned by hand stands, and what the change itself puts elsewhere as well."""
    stand.open()
    services, essay = stand.services, Which(stand.essay.id)
    there = datetime(2026, 3, 5, 15, tzinfo=BERLIN)

    def pin(count: int) -> None:
        plan = services.scheduling.there()
        at = there + timedelta(minutes=5 * count)
        with services.desk.step("Pin") as writes:
            keep_plan(writes.writing, moved(plan, essay, (at, None), MONDAY), "Europe/Berlin")

    def meddle(count: int) -> None:
        services.desk.work(lambda _: pin(count)).result(60)

    meddling = Meddling(monkeypatch, _without_end(meddle))
    found = change(stand).result(60)
    assert meddling.count == scheduling.MOST_ROUNDS
    (block,) = [one for one in found.blocks if one.title == "essay"]
    assert (block.start, block.pinned) == (
        there + timedelta(minutes=5 * scheduling.MOST_ROUNDS),
        True,
    )
    assert services.scheduling.current().result(60) == found
    if change is _move:
        assert stand.starts("read novel") == [_EVENING]
