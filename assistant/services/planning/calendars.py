"""The user's calendars: brought in from files, asked when time is taken, written out again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Final

from assistant.domain.calendar import KeptCalendar, KeptItem
from assistant.domain.cancel import CancelToken
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.ids import CalendarId
from assistant.domain.schedule import Busy, WeekPlan
from assistant.planner.calendar import (
    CalendarText,
    LoadedCalendar,
    Remark,
    busy_times,
    calendar_text,
    frame_of,
    item_of,
    read_calendar,
)
from assistant.planner.calendar.reading import MOST_BYTES
from assistant.planner.calendar.writing import export_head
from assistant.services.jobs import Job, Workers
from assistant.services.planning.calendar_importing import CalendarImport, ReadFile, Shelves
from assistant.services.planning.calendar_plans import plan_text
from assistant.services.planning.calendar_values import (
    CalendarEvents,
    Imported,
    came,
    imported_words,
)
from assistant.services.planning.calendar_writing import TaskWriting
from assistant.services.planning.desk import PlanChanges, PlanningDesk
from assistant.store.calendars import keep_calendar, remove_calendar

_ENDINGS: Final = frozenset({".ics", ".ical", ".ifb", ".icalendar"})
_ADDRESSES: Final = "calendar_addresses"
"""The setting with the user's own addresses, by which declined invitations are known."""


class CalendarService:
    """Keeps calendars; files are read in the pool, and nothing is ever fetched.

    Args:
        workers: The pool and the store thread.
        shelves: Gives the vault's repositories, on the store thread.
        desk: Where changes are written.
        zone: The user's zone.
        plan: Gives the plan that counts, on the store thread.
    """

    def __init__(
        self,
        workers: Workers,
        shelves: Callable[[], Shelves],
        desk: PlanningDesk,
        zone: Callable[[], tzinfo],
        plan: Callable[[], WeekPlan | None],
    ) -> None:
        self._workers = workers
        self._shelves = shelves
        self._desk = desk
        self._now = desk.now
        self._zone = zone
        self._plan = plan
        self._loaded: dict[CalendarId, tuple[KeptCalendar, LoadedCalendar]] = {}
        desk.on_changes(self._forget)

    def _forget(self, changes: PlanChanges) -> None:
        """Calendars are read anew once they changed."""
        if {"calendar", "calendarevent", "plansetting"} & changes.tables:
            self._loaded = {}

    # Bringing in

    def bring(self, place: Path) -> Job[tuple[Imported, ...]]:
        """Bring in a file, or every calendar file of a folder; one answer for each.

        All of it is one step, which can be undone; all is read before anything is written. A
        file that can't be read is told in its answer where it lies in a folder.

        Raises (from the job):
            UserFacingError: There is no such file, or no calendar in the folder.
            EnvironmentProblem: The file can't be read.
            Cancelled: It was asked to stop; nothing was changed.
        """
        return self._desk.change(f"Import “{place.name}”", lambda job: self._bring(job, place))

    def _bring(self, job: Job[tuple[Imported, ...]], place: Path) -> tuple[Imported, ...]:
        job.report(0.0, "Looking for calendars")
        paths = list(_files(place, job.cancel_token))
        if not paths:
            raise UserFacingError(
                f"There is no calendar file in {place.name}.",
                "Calendar files end in .ics.",
                code="calendar_missing",
            )
        files: list[ReadFile] = []
        said: list[tuple[Remark, ...]] = []
        for number, path in enumerate(paths):
            job.report(number / len(paths), f"Reading {path.name}")
            try:
                data = _bytes_of(path)
            except EnvironmentProblem as error:
                if path == place:
                    raise
                files.append(ReadFile(path.name, str(path.resolve()), ()))
                said.append((Remark("", 0, error.message),))
                continue
            read = read_calendar(data, path.stem, self._now())
            files.append(ReadFile(path.name, str(path.resolve()), read.calendars))
            said.append(read.remarks)
        job.report(1.0, "Keeping what was read")
        keeping = partial(self._keep, place.name, files, job.cancel_token)
        found = self._workers.on_store(keeping).result()
        return tuple(
            replace(one, remarks=(*remarks, *one.remarks))
            for one, remarks in zip(found, said, strict=True)
        )

    def _keep(
        self, name: str, files: Sequence[ReadFile], cancel: CancelToken
    ) -> tuple[Imported, ...]:
        """Keep what was read; on the store thread."""
        shelves = self._shelves()
        identity = shelves.calendars.identity()
        work = CalendarImport(shelves, self._now(), self._zone(), identity)
        with self._desk.step(f"Import “{name}”") as writes:
            found = work.run(writes, files, cancel)
            writes.writing.words += imported_words(found)
        return found

    # Asking

    def calendars(self) -> Job[tuple[KeptCalendar, ...]]:
        """All calendars, by name."""

        def work() -> tuple[KeptCalendar, ...]:
            return self._shelves().calendars.calendars()

        return self._workers.on_store(work)

    def events(self, start: datetime, end: datetime) -> Job[tuple[CalendarEvents, ...]]:
        """What takes place between two moments, by each calendar that is shown."""
        return self._workers.in_pool(lambda _: self.events_now(start, end))

    def busy(self, start: datetime, end: datetime) -> Job[tuple[Busy, ...]]:
        """When time is taken between two moments, by its beginning."""
        return self._workers.in_pool(lambda _: self.busy_now(start, end))

    def busy_now(self, start: datetime, end: datetime) -> tuple[Busy, ...]:
        """As ``busy``, for services that are in the pool already."""
        found = [
            taken
            for events in self.events_now(start, end)
            for taken in busy_times(events.occurrences, events.calendar)
        ]
        return tuple(sorted(found, key=lambda taken: (taken.start, taken.end, taken.title)))

    def events_now(self, start: datetime, end: datetime) -> tuple[CalendarEvents, ...]:
        """As ``events``, for what is in the pool already."""
        found: list[CalendarEvents] = []
        for calendar, loaded in self._load():
            expansion = loaded.between(start, end, self._zone())
            found.append(CalendarEvents(calendar.name, expansion.occurrences, expansion.remarks))
        return tuple(found)

    def _load(self) -> list[tuple[KeptCalendar, LoadedCalendar]]:
        """The calendars that are shown, those that did not change as they were read before."""
        before = self._loaded  # a step may forget it while the items are fetched

        def changed() -> tuple[
            tuple[KeptCalendar, ...], dict[CalendarId, tuple[KeptItem, ...]], list[str]
        ]:
            shelves = self._shelves()
            shown = tuple(one for one in shelves.calendars.calendars() if one.shown)
            items = {
                one.id: shelves.calendars.items(one.id)
                for one in shown
                if before.get(one.id, (None,))[0] != one
            }
            return shown, items, shelves.settings.get(_ADDRESSES) or []

        shown, items, mine = self._workers.on_store(changed).result()
        loaded = {one.id: before[one.id] for one in shown if one.id not in items}
        for one in shown:
            if one.id in items:
                loaded[one.id] = one, LoadedCalendar(_text_of(one, items[one.id]), mine)
        if self._loaded is before:
            self._loaded = loaded
        return [loaded[one.id] for one in shown]

    # Changing

    def set_addresses(self, addresses: Iterable[str]) -> Job[tuple[str, ...]]:
        """Say which addresses are the user's own: an invitation that they declined is free time.

        Gives them as they are kept.
        """
        bare = (one.strip().casefold().removeprefix("mailto:") for one in addresses)
        kept = tuple(dict.fromkeys(one for one in bare if one))

        def work() -> tuple[str, ...]:
            with self._desk.step("Set your addresses") as writes:
                writes.keep_setting(_ADDRESSES, list(kept) or None)
            return kept

        return self._workers.on_store(work)

    def remove(self, name: str) -> Job[KeptCalendar]:
        """Remove a calendar by its name; tasks that were made of it stay.

        Raises (from the job):
            UserFacingError: There is no such calendar.
        """

        def work() -> KeptCalendar:
            shelves = self._shelves()
            calendar = _named(shelves.calendars.calendars(), name)
            words = f"Remove “{calendar.name}”{came((calendar.count, 'gone'))}"
            with self._desk.step(words) as writes:
                remove_calendar(writes.writing, calendar.id)
            return calendar

        return self._workers.on_store(work)

    def show(self, name: str, *, shown: bool) -> Job[None]:
        """Say whether a calendar's events are shown and take time.

        Raises (from the job):
            UserFacingError: There is no such calendar.
        """

        def work() -> None:
            shelves = self._shelves()
            calendar = _named(shelves.calendars.calendars(), name)
            words = f"{'Show' if shown else 'Hide'} “{calendar.name}”"
            with self._desk.step(words) as writes:
                keep_calendar(writes.writing, replace(calendar, shown=shown, updated=self._now()))

        return self._workers.on_store(work)

    # Writing out

    def export(self) -> Job[str]:
        """All calendars as they came, the tasks and the blocks of the plan, as one file."""
        return self._workers.on_store(self._export)

    def write(self, file: Path) -> Job[int]:
        """Write what ``export`` gives to a file; gives its size in bytes.

        Raises (from the job):
            EnvironmentProblem: It can't be written.
        """

        def work(_: Job[int]) -> int:
            data = self.export().result().encode()
            try:
                file.write_bytes(data)
            except (OSError, ValueError) as error:
                reason = error.strerror if isinstance(error, OSError) else None
                raise EnvironmentProblem(
                    f"{file} can't be written: {reason or 'it is not the name of a file'}.",
                    "Choose another place.",
                    code="file_unwritable",
                ) from error
            return len(data)

        return self._workers.in_pool(work)

    def _export(self) -> str:
        shelves = self._shelves()
        identity = shelves.calendars.identity()
        writing = TaskWriting(shelves, identity)
        files: list[str] = []
        for kept in shelves.calendars.calendars():
            calendar = writing.in_place(_text_of(kept, shelves.calendars.items(kept.id)))
            head = export_head(calendar, shown=kept.shown)
            files.append(calendar_text(replace(calendar, head=head)))
        own = [*writing.others(), *plan_text(self._plan(), identity, writing.uid)]
        if own or not files:
            ours = CalendarText("Lamplight")
            files.append(calendar_text(replace(ours, head=export_head(ours)), own))
        return "".join(files)


def _files(place: Path, cancel: CancelToken) -> Iterator[Path]:
    """A file, or the calendar files of a folder and the folders in it, by name."""
    if place.is_dir():
        found: list[Path] = []
        for one in place.rglob("*"):
            cancel.raise_if_cancelled()
            if one.suffix.lower() in _ENDINGS and one.is_file():
                found.append(one)
        yield from sorted(found)
    elif place.exists():
        yield place
    else:
        raise UserFacingError(
            f"There is no file {place.name}.", "Check its name.", code="file_not_found"
        )


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise EnvironmentProblem(
            f"{file.name} can't be read: {error.strerror or error}.",
            "Check whether you may read it.",
            code="file_unreadable",
        ) from error


def _named(calendars: tuple[KeptCalendar, ...], name: str) -> KeptCalendar:
    folded = name.strip().casefold()
    for calendar in calendars:
        if calendar.name.casefold() == folded or str(calendar.id) == folded:
            return calendar
    raise UserFacingError(
        f"There is no calendar “{name}”.",
        "“assistant plan calendars” names those there are.",
        code="calendar_unknown",
    )


def _text_of(calendar: KeptCalendar, items: tuple[KeptItem, ...]) -> CalendarText:
    head, zones = frame_of(calendar.frame)
    found = tuple(item_of(one.text, one.uid, one.title) for one in items)
    return CalendarText(calendar.name, head, zones, found)
