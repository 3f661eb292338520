"""Calendars in the vault: brought in twice, changed, undone, asked, and written out again."""

from collections.abc import Generator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event as engine_event

from assistant.config.paths import profile_paths
from assistant.domain.clock import FixedClock
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import Due, Task, TaskState
from assistant.engine.scripted import scripted_engine
from assistant.planner.calendar import CalendarText, read_calendar
from assistant.planner.calendar.reading import MOST_BYTES
from assistant.services.core import Core
from assistant.services.options import CoreOptions
from assistant.services.planning.calendar_values import Imported
from assistant.services.planning.editing import Edit
from assistant.store.plan_settings import PlanSettingsRepository
from assistant.store.tasks import EVERYTHING, TaskRepository
from tests.helpers.planning_stand import planning
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


def test_what_goes_to_another_file_is_read_once_however_much_it_is(
    core: Core, tmp_path: Path
) -> None:
    folder = tmp_path / "calendars"
    folder.mkdir()
    moving = [event(f"m{number}", 10) for number in range(12)]
    write(folder, "A", *moving, event("stays", 9))
    write(folder, "B", event("b", 12))
    bring(core, folder)
    write(folder, "A", event("stays", 9))
    write(folder, "B", event("b", 12), *moving)
    reads: list[str] = []
    engine = core.vault.opened().engine

    def note(_a: object, _b: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT calendarevent.id, calendarevent.uid, calendarevent.text"):
            reads.append(statement)

    engine_event.listen(engine, "before_cursor_execute", note)
    try:
        bring(core, folder)
    finally:
        engine_event.remove(engine, "before_cursor_execute", note)
    assert len(reads) == 1
    held = {one.name: one.count for one in core.planning.calendars.calendars().result(60)}
    assert held == {"A": 1, "B": 13}


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


def test_a_step_while_calendars_are_fetched_is_waited_out(
    core: Core, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(core, write(tmp_path, "Home", event("a", 10, "ATTENDEE;PARTSTAT=DECLINED:mailto:me@x")))
    core.planning.calendars.set_addresses(["other@x"]).result(60)
    assert busy(core) == ["a 10:00"]
    get = PlanSettingsRepository.get

    def step_first(shelf: PlanSettingsRepository, name: str) -> object:
        found = get(shelf, name)
        if name == "calendar_addresses" and found == ["other@x"]:
            with core.planning.desk.step("Say who I am") as writes:
                writes.keep_setting(name, ["me@x"])
        return found

    monkeypatch.setattr(PlanSettingsRepository, "get", step_first)
    assert busy(core) == ["a 10:00"]
    assert busy(core) == []
    core.planning.calendars.set_addresses([]).result(60)


def test_a_to_do_that_goes_leaves_the_event_of_its_uid(core: Core, tmp_path: Path) -> None:
    file = write(tmp_path, "Home", event("a", 10), todo("a", "SUMMARY:Beside it"))
    bring(core, file)
    write(tmp_path, "Home", event("a", 10))

    assert counts(bring(core, file)[0]) == (0, 0, 1, 1)
    assert busy(core) == ["a 10:00"]


def test_a_deleted_task_comes_back_only_with_a_change_of_its_file(
    core: Core, tmp_path: Path
) -> None:
    file = write(tmp_path, "Home", todo("gone", "SUMMARY:Gone"))
    bring(core, file)

    def there() -> list[TaskId]:
        return [one.id for one in tasks_of(core).find(EVERYTHING) if one.title == "Gone"]

    core.planning.tasks.delete(there()).result(60)
    again = bring(core, file)[0]
    assert (counts(again), again.tasks, there()) == ((0, 0, 1, 0), 0, [])
    write(tmp_path, "Home", todo("gone", "SUMMARY:Gone", "LOCATION:Here"))
    assert bring(core, file)[0].tasks == 1
    assert len(there()) == 1


def test_tasks_come_over_into_another_profile_whole(core: Core, tmp_path: Path) -> None:
    with planning(tmp_path) as there:
        dentist, report, part, call = there.add(
            "dentist tomorrow 3pm to 4pm", "report ~3h", "outline", "call kim every 3 days"
        )
        there.services.editing.edit([part.id], Edit(parent=report.id)).result(60)
        there.services.editing.edit([call.id], Edit(after=(dentist.id,))).result(60)
        there.services.tasks.set_state([report.id], TaskState.WAITING).result(60)
        out = tmp_path / "out.ics"
        there.services.calendars.write(out).result(60)
        wanted = there.services.tasks.find(EVERYTHING).result(60)
        assert there.services.calendars.bring(out).result(60)[0].remarks == ()
        assert there.services.tasks.find(EVERYTHING).result(60) == wanted
    (tmp_path / "new").mkdir()
    with planning(tmp_path / "new") as fresh:
        (found,) = fresh.services.calendars.bring(out).result(60)
        assert (found.tasks, found.remarks) == (4, ())
        got = fresh.services.tasks.find(EVERYTHING).result(60)
    assert got == wanted


def test_a_changed_file_changes_only_what_it_says_anew(core: Core, tmp_path: Path) -> None:
    lines = ("SUMMARY:Shelf", "DUE:20260306T160000Z", "DESCRIPTION:oak")
    file = write(tmp_path, "List", todo("shelf", *lines))
    bring(core, file)

    def shelf() -> Task:
        (found,) = [one for one in tasks_of(core).find(EVERYTHING) if "helf" in one.title]
        return found

    core.planning.tasks.set_state([shelf().id], TaskState.WAITING).result(60)
    core.planning.editing.edit([shelf().id], Edit(title="My shelf", estimate="2h")).result(60)
    write(tmp_path, "List", todo("shelf", lines[0], "DUE:20260307T160000Z"))
    bring(core, file)

    task = shelf()
    assert (task.title, task.state, task.estimate_min) == ("My shelf", TaskState.WAITING, 120)
    assert (task.due and task.due.moment.day, task.notes) == (7, "")


def test_an_export_of_another_program_keeps_what_it_cannot_say(tmp_path: Path) -> None:
    """Properties it does not know are gone from it; its own change is taken."""
    with planning(tmp_path) as own:
        own.add("dentist tomorrow 3pm to 4pm", "water 3 days after completion")
        (dentist, *_) = own.services.tasks.find(EVERYTHING).result(60)
        own.services.tasks.set_state([dentist.id], TaskState.WAITING).result(60)
        before = own.services.tasks.find(EVERYTHING).result(60)
        out = tmp_path / "out.ics"
        lines = own.services.calendars.export().result(60).split("\r\n")
        bare = "\r\n".join(line for line in lines if not line.startswith("X-LAMPLIGHT-"))
        out.write_bytes(bare.replace("SUMMARY:", "SUMMARY:The ").encode())
        own.services.calendars.bring(out).result(60)
        after = own.services.tasks.find(EVERYTHING).result(60)
    assert [replace(one, title=f"The {one.title}") for one in before] == list(after)


def test_tasks_are_read_by_the_zones_of_their_file(core: Core, tmp_path: Path) -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
        "TZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    due = "DUE;TZID=Ours:20260306T160000"
    bring(core, write(tmp_path, "Far", zone, todo("far", "SUMMARY:Far task", due)))
    (task,) = [one for one in tasks_of(core).find(EVERYTHING) if one.title == "Far task"]

    assert task.due == Due(datetime(2026, 3, 6, 11, 30, tzinfo=BERLIN), whole_day=False)
    assert task.due is not None
    assert str(task.due.moment.tzinfo) == "Europe/Berlin"


def test_links_in_a_circle_are_left_out_and_told(core: Core, tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "Links",
        todo("l1", "SUMMARY:L1", "RELATED-TO;RELTYPE=DEPENDS-ON:l2"),
        todo("l2", "SUMMARY:L2", "RELATED-TO;RELTYPE=DEPENDS-ON:l1"),
        todo("l3", "SUMMARY:L3", "RELATED-TO:l1", "RELATED-TO;RELTYPE=SIBLING:elsewhere"),
    )
    (found,) = bring(core, file)

    assert [one.title for one in found.remarks] == ["L1", "L2"]
    by_title = {one.title: one for one in tasks_of(core).find(EVERYTHING)}
    assert (by_title["L1"].waits_for, by_title["L2"].waits_for) == ((), ())
    assert by_title["L3"].parent == by_title["L1"].id
    assert "RELATED-TO;RELTYPE=SIBLING:elsewhere" in core.planning.calendars.export().result(60)


def test_a_to_do_with_an_exception_is_written_out_with_it(core: Core, tmp_path: Path) -> None:
    rule = ("DTSTART:20260303T080000Z", "RRULE:FREQ=DAILY;COUNT=3")
    moved = todo("r", "RECURRENCE-ID:20260304T080000Z", "X-Z:1", "SUMMARY:Moved")
    bring(core, write(tmp_path, "Home", moved, todo("r", "SUMMARY:Repeated", *rule)))
    assert [one.title for one in tasks_of(core).find(EVERYTHING)].count("Repeated") == 1

    written = core.planning.calendars.export().result(60)
    assert moved in written
    assert written.count("SUMMARY:Repeated") == 1


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
