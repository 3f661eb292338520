"""The plan of an exported file: it comes back as a plan, or is left out and told."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.domain.schedule import Block, Overflow, Remedy, WeekPlan
from assistant.domain.task import Task
from assistant.services.planning.calendar_values import Imported
from assistant.services.planning.editing import Edit
from assistant.store.plans import keep_plan
from assistant.store.tasks import EVERYTHING
from tests.helpers.planning_stand import MONDAY, Planning, planning

STUDY = SimpleNamespace(outlook=SimpleNamespace(look_now=None))
SPAN = MONDAY, MONDAY + timedelta(days=7)


def block(task: Task, day: int, part: int) -> Block:
    start = MONDAY + timedelta(days=day)
    return Block(
        task.id, task.title, start, start + timedelta(hours=1), part=part, parts=2, pinned=part == 2
    )


def exported(folder: Path) -> Path:
    """A file with two tasks that are planned, the first in two blocks."""
    (folder / "old").mkdir()
    with planning(folder / "old", study=STUDY) as at:
        report, call = at.add("report ~2h", "call kim ~1h")
        blocks = block(report, 0, 1), block(report, 1, 2), block(call, 2, 1)
        keep(at, WeekPlan(MONDAY, *SPAN, blocks))
        out = folder / "out.ics"
        at.services.calendars.write(out).result(60)
    return out


def keep(at: Planning, plan: WeekPlan) -> None:
    def work() -> None:
        with at.services.desk.step("Plan the week") as writes:
            keep_plan(writes.writing, plan, "Europe/Berlin")

    at.workers.on_store(work).result(60)


def bring(at: Planning, file: Path) -> Imported:
    (found,) = at.services.calendars.bring(file).result(60)
    return found


def plan_of(at: Planning) -> WeekPlan | None:
    return at.services.scheduling.current().result(60)


def busy(at: Planning) -> list[str]:
    return [one.title for one in at.services.calendars.busy(*SPAN).result(60)]


def changed(at: Planning, number: int) -> None:
    task = at.services.tasks.find(EVERYTHING).result(60)[number]
    at.services.editing.edit([task.id], Edit(estimate="4h")).result(60)


def test_blocks_come_back_as_blocks_and_with_undo_they_go(tmp_path: Path) -> None:
    out = exported(tmp_path)
    with planning(tmp_path, study=STUDY) as at:
        found = bring(at, out)
        assert (found.blocks, found.blocks_left_out, found.remarks) == (3, 0, ())
        plan = plan_of(at)
        assert plan is not None
        assert [(one.title, one.part, one.pinned) for one in plan.blocks] == [
            ("report", 1, False),
            ("report", 2, True),
            ("call kim", 1, False),
        ]
        assert busy(at) == []
        at.services.tasks.undo().result(60)
        assert (plan_of(at), at.services.tasks.find(EVERYTHING).result(60)) == (None, ())


def test_a_plan_that_is_there_stays_and_what_differs_is_told(tmp_path: Path) -> None:
    out = exported(tmp_path)
    with planning(tmp_path, study=STUDY) as at:
        bring(at, out)
        plan = plan_of(at)
        assert plan is not None
        keep(at, WeekPlan(MONDAY, *SPAN, plan.blocks[:1]))
        kept = plan_of(at)
        found = bring(at, out)
        assert plan_of(at) == kept
        assert (found.blocks, found.blocks_left_out) == (1, 2)
        assert "2 planned blocks were left out: there is a plan" in found.remarks[0].text
        assert busy(at) == []


def test_blocks_of_what_was_changed_or_is_not_here_are_left_out(tmp_path: Path) -> None:
    out = exported(tmp_path)
    bare(out, tmp_path / "bare.ics")
    with planning(tmp_path, study=STUDY) as at:
        bring(at, tmp_path / "bare.ics")
        changed(at, 0)
        found = bring(at, out)
        assert (found.blocks, found.blocks_left_out) == (1, 2)
        plan = plan_of(at)
        assert plan is not None
        assert [one.title for one in plan.blocks] == ["call kim"]
        assert "or was changed" in found.remarks[0].text


def bare(out: Path, to: Path) -> None:
    """The file without its plan."""
    text = out.read_bytes().decode()
    for name in ("VEVENT", "X-LAMPLIGHT-PLAN"):
        text = re.sub(rf"BEGIN:{name}\r\n.*?END:{name}\r\n", "", text, flags=re.DOTALL)
    to.write_bytes(text.encode())


def earlier(text: str) -> str:
    """As the version before wrote it: blocks as plain events."""
    text = re.sub(r"BEGIN:X-LAMPLIGHT-PLAN\r\n.*?END:X-LAMPLIGHT-PLAN\r\n", "", text, flags=re.S)
    return re.sub(r"X-LAMPLIGHT-BLOCK:.*?\r\n(?! )", "", text, flags=re.S)


def hostile(text: str) -> str:
    return text.replace('"parts":2', '"parts":"many"').replace('"made":"', '"made":"x')


@pytest.mark.parametrize("spoil", [earlier, hostile])
def test_blocks_that_do_not_say_all_are_left_out_and_never_take_time(
    tmp_path: Path, spoil: Callable[[str], str]
) -> None:
    out = exported(tmp_path)
    text = out.read_bytes().decode()
    out.write_bytes(spoil(text.replace("\r\n ", "")).encode())
    with planning(tmp_path, study=STUDY) as at:
        found = bring(at, out)
        assert (found.tasks, found.blocks, found.blocks_left_out) == (2, 0, 3)
        assert "3 planned blocks were left out: the file was written" in found.remarks[0].text
        assert (busy(at), plan_of(at)) == ([], None)
        (calendar,) = at.services.calendars.calendars().result(60)
        assert (calendar.name, calendar.count) == ("Lamplight", 2)


def test_own_tasks_that_a_file_changes_are_counted(tmp_path: Path) -> None:
    with planning(tmp_path, study=STUDY) as at:
        at.add("report ~2h", "call kim")
        out = tmp_path / "out.ics"
        at.services.calendars.write(out).result(60)
        found = bring(at, out)
        assert (found.updated, found.unchanged, found.changed) == (0, 2, False)
        changed(at, 0)
        found = bring(at, out)
        assert (found.updated, found.unchanged, found.changed) == (1, 1, True)


def test_remedies_of_a_file_are_not_believed_nor_numbers_that_no_task_has(tmp_path: Path) -> None:
    with planning(tmp_path, study=STUDY) as at:
        (report,) = at.add("report ~2h")
        lack = Overflow(report.id, "report", 60, "No room.", (Remedy("Drop it", "drop", "1"),))
        keep(at, WeekPlan(MONDAY, *SPAN, (block(report, 0, 1),), (lack,)))
        out = tmp_path / "out.ics"
        at.services.calendars.write(out).result(60)
        text = out.read_text(encoding="utf-8")
        assert "drop" not in text
        uid = re.search(r"UID:task-(\d+)-(.+?)\r?\n", text)
        assert uid is not None
        endless = text.replace(f"task-{uid[1]}-", f"task-{'9' * 5_000}-")
        out.write_text(endless, encoding="utf-8", newline="")
        at.services.calendars.bring(out).result(60)
        assert (
            len(
                at.workers.on_store(lambda: at.services.desk.repository.find(EVERYTHING)).result(60)
            )
            == 2
        )
