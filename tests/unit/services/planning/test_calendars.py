"""Calendars in the vault: brought in twice, changed, undone, asked, and written out again."""

from collections.abc import Generator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.clock import FixedClock
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import Task, TaskState
from assistant.engine.scripted import scripted_engine
from assistant.planner.calendar import CalendarText, read_calendar
from assistant.planner.calendar.reading import MOST_BYTES
from assistant.services.core import Core
from assistant.services.options import CoreOptions
from assistant.services.planning.calendar_values import Imported
from assistant.store.tasks import EVERYTHING, TaskRepository
from tests.helpers.profile import PASSPHRASE

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 9, tzinfo=BERLIN)
WEEK = NOW.replace(hour=0), NOW.replace(hour=0) + timedelta(days=7)


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Generator[Core]:
    paths = profile_paths(tmp_path_factory.mktemp("calendars"))
    core = Core(CoreOptions(paths=paths, clock=FixedClock(NOW), keyring=False), scripted_engine())
    try:
        core.vault.open(PASSPHRASE).result(60)
        yield core
    finally:
        core.close()


@pytest.fixture(autouse=True)
def empty(core: Core) -> Generator[None]:
    yield
    for calendar in core.planning.calendars.calendars().result(60):
        core.planning.calendars.remove(str(calendar.id)).result(60)


def tasks_of(core: Core) -> TaskRepository:
    return TaskRepository(core.vault.opened().engine, BERLIN)


def event(uid: str, hour: int, *more: str) -> str:
    lines = (f"UID:{uid}", f"DTSTART;TZID=Europe/Berlin:20260303T{hour:02}0000", "DURATION:PT1H")
    body = (*lines, f"SUMMARY:{uid}", *more)
    return "\r\n".join(("BEGIN:VEVENT", *body, "END:VEVENT", ""))


def todo(uid: str, *more: str) -> str:
    return "\r\n".join(("BEGIN:VTODO", f"UID:{uid}", *more, "END:VTODO", ""))


def write(folder: Path, name: str, *parts: str) -> Path:
    file = folder / f"{name}.ics"
    head = f"VERSION:2.0\r\nX-WR-CALNAME:{name}\r\n"
    file.write_bytes(f"BEGIN:VCALENDAR\r\n{head}{''.join(parts)}END:VCALENDAR\r\n".encode())
    return file


def bring(core: Core, place: Path) -> tuple[Imported, ...]:
    return core.planning.calendars.bring(place).result(60)


def counts(found: Imported) -> tuple[int, int, int, int]:
    return found.added, found.updated, found.unchanged, found.removed


def busy(core: Core) -> list[str]:
    found = core.planning.calendars.busy(*WEEK).result(60)
    return [f"{one.title} {one.start:%H:%M}" for one in found]


def names(core: Core) -> list[str]:
    return [one.name for one in core.planning.calendars.calendars().result(60)]


def test_bringing_in_again_changes_only_what_changed(core: Core, tmp_path: Path) -> None:
    file = write(tmp_path, "Home", event("a", 10), event("b", 12), "BEGIN:VEVENT\r\nEND:VEVENT\r\n")

    (first,) = bring(core, file)
    assert counts(first) == (2, 0, 0, 0)
    assert [one.line for one in first.refused] == [16]
    assert busy(core) == ["a 10:00", "b 12:00"]
    (again,) = bring(core, file)
    assert counts(again) == (0, 0, 2, 0)

    write(tmp_path, "Home", event("a", 11), event("c", 12))
    (changed,) = bring(core, file)
    assert counts(changed) == (1, 1, 0, 1)
    assert busy(core) == ["a 11:00", "c 12:00"]

    copy = write(tmp_path, "Copy", event("a", 9))
    (elsewhere,) = bring(core, copy)
    assert counts(elsewhere) == (0, 1, 0, 0)
    assert names(core) == ["Home"]
    assert busy(core) == ["a 09:00", "c 12:00"]


def test_a_folder_is_one_step_and_is_undone_as_one(core: Core, tmp_path: Path) -> None:
    write(tmp_path, "One", event("a", 10))
    (tmp_path / "deeper").mkdir()
    write(tmp_path / "deeper", "Two", event("b", 12))
    (tmp_path / "Huge.ics").write_bytes(bytes(MOST_BYTES + 5))
    (tmp_path / "notes.txt").write_text("not asked for")

    found = bring(core, tmp_path)
    assert {one.file: counts(one)[0] for one in found} == {
        "One.ics": 1,
        "Two.ics": 1,
        "Huge.ics": 0,
    }
    assert "MiB" in next(one for one in found if one.file == "Huge.ics").refused[0].text
    assert names(core) == ["One", "Two"]

    core.planning.desk.undo().result(60)
    assert names(core) == []
    core.planning.desk.redo().result(60)
    assert busy(core) == ["a 10:00", "b 12:00"]


def test_a_calendar_is_hidden_shown_and_removed(core: Core, tmp_path: Path) -> None:
    bring(core, write(tmp_path, "Work", event("a", 10)))
    service = core.planning.calendars

    service.show("work", shown=False).result(60)
    assert busy(core) == []
    service.show("WORK", shown=True).result(60)
    assert busy(core) == ["a 10:00"]
    assert service.remove("Work").result(60).count == 1
    core.planning.desk.undo().result(60)
    assert busy(core) == ["a 10:00"]
    with pytest.raises(UserFacingError, match="no calendar “Nothing”"):
        service.remove("Nothing").result(60)


def test_what_is_to_be_done_becomes_tasks_once(core: Core, tmp_path: Path) -> None:
    essay = todo("essay", "SUMMARY:Essay", "X-OTHER:kept")
    file = write(tmp_path, "List", essay, todo("empty", "CATEGORIES:none"))

    (found,) = bring(core, file)
    assert found.tasks == 1
    assert [one.refused for one in found.remarks] == [False]
    (task,) = [one for one in tasks_of(core).find(EVERYTHING) if one.title == "Essay"]
    assert bring(core, file)[0].tasks == 1

    write(tmp_path, "List", todo("essay", "SUMMARY:Essay", "STATUS:COMPLETED", "X-OTHER:kept"))
    bring(core, file)
    (done,) = [one for one in tasks_of(core).find(EVERYTHING) if one.title == "Essay"]
    assert (done.id, done.state) == (task.id, TaskState.DONE)

    written = core.planning.calendars.export().result(60)
    assert written.count("SUMMARY:Essay") == 1
    assert "X-OTHER:kept" in written


def test_what_is_written_out_comes_back_and_nothing_twice(core: Core, tmp_path: Path) -> None:
    kept = event("a", 10, "X-THING;A=b:c", "DESCRIPTION:a longer\r\n  text", "RRULE:FREQ=DAILY")
    bring(core, write(tmp_path, "Home", kept))
    service = core.planning.calendars
    repository = tasks_of(core)

    def add() -> None:
        with repository.step("Add", NOW) as writes:
            writes.add(Task(TaskId(0), "Own task", NOW))

    core.workers.on_store(add).result(60)
    before = busy(core), repository.find(EVERYTHING)
    out = tmp_path / "out.ics"
    out.write_bytes(service.export().result(60).encode())

    read = read_calendar(out.read_bytes(), "out", NOW)
    assert not read.remarks
    texts = [item.text for calendar in read.calendars for item in calendar.items]
    assert kept in texts
    assert isinstance(read.calendars[0], CalendarText)
    (found,) = bring(core, out)
    assert (found.added, found.updated, found.removed) == (0, 0, 0)
    assert (busy(core), repository.find(EVERYTHING)) == before
    assert service.export().result(60).encode() == out.read_bytes()

    core.planning.scheduling.plan(days=2, seconds=0.2).result(60)
    planned = service.export().result(60)
    assert planned.count("SUMMARY:Own task") == 2
    out.write_bytes(planned.encode())
    assert bring(core, out)[0].added == 0


def test_what_is_no_calendar_is_said(core: Core, tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="no file"):
        bring(core, tmp_path / "none.ics")
    with pytest.raises(UserFacingError, match="no calendar file"):
        bring(core, tmp_path)
    folder = tmp_path / "folder.ics"
    folder.mkdir()
    with pytest.raises(UserFacingError, match="no calendar file"):
        bring(core, folder)
    bad = tmp_path / ("x" * 200)
    bad.write_bytes(b"")
    assert "no calendar" in bring(core, bad)[0].refused[0].text
