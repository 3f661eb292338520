"""The import of calendars is undone as everything else: in one step, also after a restart."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Final

import pytest

from assistant.domain.errors import Cancelled
from assistant.domain.task import Step
from assistant.planner.calendar.values import ReadCalendar
from assistant.services.planning import calendars
from assistant.services.planning.calendar_values import Imported
from tests.helpers.planning_stand import Planning, planning

_DAYS: Final = 365


def event(uid: str, day: int = 1, hour: int = 10) -> str:
    return (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:2026{day // 28 % 12 + 1:02}{day % 28 + 1:02}"
        f"T{hour:02}0000Z\r\nDURATION:PT1H\r\nSUMMARY:{uid}\r\nEND:VEVENT\r\n"
    )


def todo(uid: str, *more: str) -> str:
    return "\r\n".join(("BEGIN:VTODO", f"UID:{uid}", f"SUMMARY:{uid}", *more, "END:VTODO", ""))


def write(file: Path, *parts: str) -> Path:
    name = f"X-WR-CALNAME:{file.stem}\r\n"
    file.write_bytes(f"BEGIN:VCALENDAR\r\n{name}{''.join(parts)}END:VCALENDAR\r\n".encode())
    return file


def year(folder: Path, *gone: int, hour: int = 10) -> Path:
    days = (one for one in range(_DAYS) if one not in gone)
    return write(folder / "Year.ics", *(event(f"lecture {one}", one, hour) for one in days))


def bring(stand: Planning, place: Path) -> tuple[Imported, ...]:
    return stand.services.calendars.bring(place).result(60)


def kept(stand: Planning) -> dict[str, int]:
    found = stand.services.calendars.calendars().result(60)
    return {one.name: one.count for one in found}


def written(stand: Planning) -> str:
    return stand.services.calendars.export().result(60)


def undone(stand: Planning) -> str:
    step = stand.services.desk.undo().result(60)
    assert step is not None
    return step.words


def redone(stand: Planning) -> Step | None:
    return stand.services.desk.redo().result(60)


def test_a_year_is_brought_in_refreshed_removed_and_each_undone_after_a_restart(
    tmp_path: Path,
) -> None:
    states: list[str] = []
    with planning(tmp_path) as stand:
        states.append(written(stand))
        bring(stand, year(tmp_path))
        states.append(written(stand))
        bring(stand, year(tmp_path, 3, 4, hour=11))
        states.append(written(stand))
        stand.services.calendars.remove("Year").result(60)
        assert kept(stand) == {}
        states.append(written(stand))
    words: list[str] = []
    for state in reversed(states[:-1]):
        with planning(tmp_path) as stand:
            words.append(undone(stand))
            assert written(stand) == state
    assert words == [
        "Remove “Year”: 363 gone",
        "Import “Year.ics”: 363 changed, 2 gone",
        "Import “Year.ics”: 365 new",
    ]
    with planning(tmp_path) as stand:
        for state in states[1:]:
            assert redone(stand) is not None
            assert written(stand) == state
        assert redone(stand) is None


def test_bringing_in_the_same_again_is_no_step(stand: Planning, tmp_path: Path) -> None:
    bring(stand, year(tmp_path))
    (again,) = bring(stand, tmp_path / "Year.ics")
    assert (again.unchanged, again.changed) == (_DAYS, False)
    assert undone(stand) == "Import “Year.ics”: 365 new"


def test_a_folder_is_told_as_one_and_taken_back_as_one(stand: Planning, tmp_path: Path) -> None:
    folder = tmp_path / "term"
    folder.mkdir()
    write(folder / "One.ics", event("a"), todo("essay", "RELATED-TO:thesis"))
    write(folder / "Two.ics", event("b"), todo("thesis"))
    stand.add("call Mum")
    before = written(stand)
    found = bring(stand, folder)
    assert [(one.file, one.added, one.changed) for one in found] == [
        ("One.ics", 2, True),
        ("Two.ics", 2, True),
    ]
    (essay,) = stand.services.tasks.filtered("essay").result(60)
    (thesis,) = stand.services.tasks.filtered("thesis").result(60)
    assert essay.parent == thesis.id, "also where it is in a later file"
    assert undone(stand) == "Import “term”: 4 new"
    assert written(stand) == before
    assert [one.title for one in stand.services.tasks.inbox().result(60)] == ["call Mum"]


@pytest.mark.parametrize("way", [("One", "Two"), ("Two", "One")])
def test_what_goes_from_one_file_into_another_is_not_lost(
    stand: Planning, tmp_path: Path, way: tuple[str, str]
) -> None:
    folder = tmp_path / "term"
    folder.mkdir()
    old, new = (folder / f"{name}.ics" for name in way)
    write(old, event("stays"), event("goes"), todo("essay"))
    write(new, event("other"))
    bring(stand, folder)
    write(old, event("stays"))
    write(new, event("other"), event("goes"), todo("essay"))
    bring(stand, folder)
    assert kept(stand) == {way[0]: 1, way[1]: 3}
    assert written(stand).count("UID:goes") == written(stand).count("UID:essay") == 1
    assert len(stand.services.tasks.inbox().result(60)) == 1

    write(old, event("goes"))
    write(new, event("other"), event("stays"))
    bring(stand, folder)
    assert kept(stand) == {way[0]: 1, way[1]: 2}
    old.write_bytes(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    found = {one.file: one for one in bring(stand, folder)}
    assert (found[old.name].removed, found[new.name].removed) == (1, 0)
    assert kept(stand) == {way[1]: 2}


class _Reading:
    """Reads files, and holds the second one."""

    def __init__(self, read: Callable[..., ReadCalendar]) -> None:
        self._read = read
        self._count = 0
        self.reached, self.opened = Event(), Event()

    def __call__(self, *given: object) -> ReadCalendar:
        self._count += 1
        if self._count == 2:
            self.reached.set()
            assert self.opened.wait(60)
        return self._read(*given)


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> _Reading:
    made = _Reading(calendars.read_calendar)
    monkeypatch.setattr(calendars, "read_calendar", made)
    return made


def test_an_import_that_is_still_read_is_undone_first_and_never_written(
    stand: Planning, tmp_path: Path, reading: _Reading
) -> None:
    for name in ("One", "Two", "Three"):
        write(tmp_path / f"{name}.ics", event(name))
    stand.add("call Mum")
    job = stand.services.calendars.bring(tmp_path)
    assert reading.reached.wait(60)
    assert undone(stand) == f"Import “{tmp_path.name}”"
    reading.opened.set()
    with pytest.raises(Cancelled):
        job.result(60)
    assert kept(stand) == {}
    assert undone(stand) == "Add “call Mum”"


def test_what_is_done_while_files_are_read_stays_a_step_of_its_own(
    stand: Planning, tmp_path: Path, reading: _Reading
) -> None:
    for name in ("One", "Two"):
        write(tmp_path / f"{name}.ics", event(name))
    job = stand.services.calendars.bring(tmp_path)
    assert reading.reached.wait(60)
    stand.add("call Mum")
    reading.opened.set()
    job.result(60)
    assert undone(stand) == f"Import “{tmp_path.name}”: 2 new"
    assert kept(stand) == {}
    assert [one.title for one in stand.services.tasks.inbox().result(60)] == ["call Mum"]
