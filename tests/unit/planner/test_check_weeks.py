"""The scripts that measure plans find what is wrong with them."""

import json
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import check_rcpsp
import check_weeks
import pytest
from weeks.by_clock import broken
from weeks.making import draw_week, read_folder

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Busy, Hours
from assistant.domain.task import Due, Repeat, Task
from assistant.planner.schedule.asking import asked
from assistant.planner.schedule.solve import Request, solve
from assistant.planner.schedule.telling import week_plan

ICS = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260302T090000Z\r\n"
    "DURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=60\r\nSUMMARY:Walk\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)


ALL_DAY = tuple(Hours(day, ((time(6), time(12)), (time(13), time(22)))) for day in range(7))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.ics").write_bytes(ICS.encode())
    (tmp_path / "b.ics").write_bytes(b"nothing")
    return tmp_path


def test_weeks_are_planned_without_a_fault(folder: Path, capsys: pytest.CaptureFixture[str]):
    code = check_weeks.main([str(folder), "--weeks", "3", "--seconds", "0.1", "--no-solver"])

    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert lines[0] == "1 calendars with events, 1 without"
    figures = json.loads(lines[-1])
    assert (figures["weeks"], figures["violations"]) == (3, 0)
    assert figures["events"] > 0


def test_what_is_broken_is_found_by_the_clock(folder: Path):
    week = draw_week(read_folder(folder), 4)
    assert week == draw_week(read_folder(folder), 4)
    ask = asked(week)
    plan = week_plan(ask, solve(ask.problem, Request(0.2, solver=False)), week.now)
    assert broken(week, plan) == []

    block = next(one for one in plan.blocks if not one.pinned)
    night = replace(block, start=block.start - timedelta(days=9), end=block.end - timedelta(days=9))
    assert any("in the past" in one for one in broken(week, replace(plan, blocks=(night,))))
    talk = Busy(block.start, block.end, "Talk")
    found = broken(replace(week, busy=(talk,), hours=()), replace(plan, blocks=(block, block)))
    assert any("overlap" in one for one in found)
    assert any("outside of the hours" in one for one in found)
    assert any("lies on Talk" in one for one in found)


def test_times_that_are_left_out_or_out_of_order_are_found(folder: Path):
    week = draw_week(read_folder(folder), 4)
    day = week.now.replace(hour=0, minute=0)
    walk = Task(TaskId(77), "walk", day, not_before=day, due=Due(day), repeat=Repeat("FREQ=DAILY"))
    week = replace(week, tasks=(walk,), busy=(), hours=ALL_DAY)
    ask = asked(week)
    plan = week_plan(ask, solve(ask.problem, Request(0.2, solver=False)), week.now)
    assert broken(week, plan) == []
    first, second, *others = plan.blocks
    less = broken(week, replace(plan, blocks=(first, *others)))
    assert any("but comes on" in one for one in less)
    turned = [replace(first, occurrence=second.occurrence), replace(second, occurrence=None)]
    found = broken(week, replace(plan, blocks=(*turned, *others)))
    assert any("do not follow one another" in one for one in found)
    assert any("begins before" in one for one in found)


def test_projects_are_measured(capsys: pytest.CaptureFixture[str]):
    assert check_rcpsp.main(["--jobs", "6", "--each", "1", "--hard", "--seconds", "2"]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (figures["n"], figures["proved"], figures["mean_gap_percent"]) == (9, 9, 0.0)
