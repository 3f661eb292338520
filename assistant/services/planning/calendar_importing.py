"""Brings a read file into the vault: by UID, so that doing it again changes only what changed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Final

from assistant.domain.calendar import KeptCalendar, KeptItem
from assistant.domain.cancel import CancelToken
from assistant.domain.ids import CalendarId, ProjectId, TaskId
from assistant.domain.task import Project, Task
from assistant.domain.zones import zone_name
from assistant.planner.calendar import (
    CalendarItem,
    CalendarText,
    ItemKind,
    Remark,
    as_written,
    calendar_text,
    project_of,
    relations_of,
    task_of,
    updated,
)
from assistant.planner.calendar.own_lines import PROJECT
from assistant.planner.calendar.parsing import Unreadable, zones_known
from assistant.planner.calendar.writing import is_shown
from assistant.services.planning.calendar_links import Linked, linked
from assistant.services.planning.calendar_plans import Known, PlanBack, is_of_plan, plan_back
from assistant.services.planning.calendar_values import Imported
from assistant.store.calendars import (
    CalendarRepository,
    add_calendar,
    add_items,
    change_items,
    keep_calendar,
    kind_of,
    remove_calendar,
    remove_items,
)
from assistant.store.plan_journal import Writing
from assistant.store.plan_settings import PlanSettingsRepository, keep_setting
from assistant.store.plans import PlanRepository, keep_plan
from assistant.store.task_writes import TaskWrites
from assistant.store.tasks import EVERYTHING, TaskRepository

TASKS_OF_ITEMS: Final = "calendar_tasks"
"""The setting that says which task an item of a calendar became: ids by UID."""
_OWN_NUMBER: Final = re.compile(r"-?[0-9]{1,15}")
Key = tuple[str, str]
"""By which an item is known: its component, and its UID."""
_CIRCLE: Final = "It would wait for itself: what it is part of or waits for was left out."


@dataclass(frozen=True, slots=True)
class Shelves:
    """The repositories that an import writes to; on the store thread."""

    calendars: CalendarRepository
    tasks: TaskRepository
    settings: PlanSettingsRepository
    plans: PlanRepository


@dataclass(slots=True)
class _Counts:
    added: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What was read of a file.

    Args:
        name: What to call it.
        source: Which file it is: its calendars are those that came from there before.
        calendars: What it holds.
    """

    name: str
    source: str
    calendars: tuple[CalendarText, ...]

    @property
    def by_source(self) -> Iterator[tuple[str, CalendarText]]:
        """Its calendars, each by where it comes from."""
        for number, calendar in enumerate(self.calendars):
            yield (f"{self.source}#{number}" if number else self.source), calendar


class CalendarImport:
    """The import of files; called from the store thread.

    All that is asked of the vault is asked at the beginning, before a step is open.

    Args:
        shelves: Where it goes.
        now: The present moment.
        zone: The user's.
        identity: By which this vault knows its own tasks and blocks again.
    """

    def __init__(self, shelves: Shelves, now: datetime, zone: tzinfo, identity: str) -> None:
        self._now = now
        self._zone = zone
        self._identity = identity
        self._calendars = {one.id: one for one in shelves.calendars.calendars()}
        self._sources = {one.source: one.id for one in reversed(self._calendars.values())}
        self._places: dict[Key, CalendarId] = {}
        self._texts: dict[Key, str] = {}
        self._held: dict[CalendarId, set[Key]] = defaultdict(set)
        for calendar in self._calendars:
            for item in shelves.calendars.items(calendar):
                self._hold(calendar, (kind_of(item.text), item.uid), item.text)
        self._leaving: dict[Key, CalendarId] = {}
        self._counts = _Counts()
        self._before: dict[Key, str] = {}
        self._made: dict[TaskId, tuple[str, CalendarItem]] = {}
        self._kept: dict[str, int] = shelves.settings.get(TASKS_OF_ITEMS) or {}
        self._there = {task.id: task for task in shelves.tasks.find(EVERYTHING)}
        self._plan = shelves.plans.current()
        self._projects = {
            project.name.casefold(): project.id for project in shelves.tasks.projects(archived=True)
        }

    def run(
        self, writes: TaskWrites, files: Sequence[ReadFile], cancel: CancelToken
    ) -> tuple[Imported, ...]:
        """Bring files in; one answer for each.

        What went from one of them into another stays, whichever is read first.

        Raises:
            Cancelled: It was asked to stop.
        """
        for file in files:
            self._look_for_gone(file)
        found: list[Imported] = []
        for file in files:
            cancel.raise_if_cancelled()
            found.append(self._run(writes, file))
        circles = self._link(writes)
        removed = self._take_away(writes.writing)
        answers: list[Imported] = []
        for one, file in zip(found, files, strict=True):
            gone = sum(removed[source] for source, _ in file.by_source)
            remarks = (*one.remarks, *circles[file.source])
            changed = one.changed or gone > 0
            answers.append(replace(one, removed=gone, changed=changed, remarks=remarks))
        return tuple(answers)

    def _run(self, writes: TaskWrites, file: ReadFile) -> Imported:
        mark = writes.writing.mark
        self._counts = counts = _Counts()
        names: list[str] = []
        changed: list[CalendarItem] = []
        for source, calendar in file.by_source:
            name, fresh = self._bring(writes.writing, calendar, source)
            names += [name] if name else []
            changed += fresh
        tasks, remarks = self._tasks(writes, file, {_key(item) for item in changed})
        back = self._plan_back(writes.writing, file.calendars)
        return Imported(
            file.name,
            tuple(dict.fromkeys(names)),
            counts.added,
            counts.updated,
            counts.unchanged,
            tasks=tasks,
            blocks=back.blocks,
            blocks_left_out=back.left_out,
            remarks=(*remarks, *back.remarks),
            changed=writes.writing.mark != mark,
        )

    def _of_source(self, source: str) -> KeptCalendar | None:
        found = self._sources.get(source)
        return None if found is None else self._calendars[found]

    def _hold(self, calendar: CalendarId, key: Key, text: str) -> None:
        self._places[key], self._texts[key] = calendar, text
        self._held[calendar].add(key)

    def _look_for_gone(self, file: ReadFile) -> None:
        """Note what a file no longer holds."""
        for source, calendar in file.by_source:
            there = self._of_source(source)
            if there is not None and calendar.whole:
                mine = {_key(item) for item in calendar.items if not self._is_own(item)}
                self._leaving |= dict.fromkeys(self._held[there.id] - mine, there.id)

    def _bring(
        self, writing: Writing, calendar: CalendarText, source: str
    ) -> tuple[str, list[CalendarItem]]:
        """Keep the items of a calendar; gives its name and what of it was new or changed.

        The name is empty where nothing of it is kept: there is no calendar without items.
        """
        there = self._of_source(source)
        mine = {_key(item): item for item in calendar.items if not self._is_own(item)}
        new = [item for key, item in mine.items() if key not in self._places]
        frame = calendar_text(replace(calendar, items=()))
        come = [item for key, item in mine.items() if key in self._leaving]
        if there is None and new + come:
            shown = is_shown(calendar)
            blank = KeptCalendar(
                CalendarId(0), calendar.name, source, frame, self._now, self._now, shown
            )
            there = replace(blank, id=add_calendar(writing, blank))
            self._calendars[there.id], self._sources[source] = there, there.id
        changed = [item for item in mine.values() if self._changed(item)]
        self._change(writing, changed)
        if there is not None:
            self._take_over(writing, there.id, come)
            self._fill(writing, replace(there, name=calendar.name, frame=frame), new)
        self._counts.added += len(new)
        self._counts.updated += len(changed)
        self._counts.unchanged += len(mine) - len(new) - len(changed)
        return calendar.name if mine else "", new + changed

    def _take_over(
        self, writing: Writing, calendar: CalendarId, items: Sequence[CalendarItem]
    ) -> None:
        """Bring items into a calendar that were in another one before."""
        left: dict[CalendarId, list[Key]] = defaultdict(list)
        for item in items:
            key = _key(item)
            before = self._leaving.pop(key)
            left[before].append(key)
            self._held[before].discard(key)
            self._hold(calendar, key, item.text)
        for before, keys in left.items():
            remove_items(writing, before, keys)
        add_items(writing, calendar, map(_kept, items))

    def _fill(self, writing: Writing, calendar: KeptCalendar, new: Sequence[CalendarItem]) -> None:
        """Add new items to a calendar, and keep what its file says of it."""
        add_items(writing, calendar.id, map(_kept, new))
        if new or calendar != self._calendars[calendar.id]:
            self._calendars[calendar.id] = replace(calendar, updated=self._now)
            keep_calendar(writing, self._calendars[calendar.id])
        for item in new:
            self._hold(calendar.id, _key(item), item.text)

    def _take_away(self, writing: Writing) -> Counter[str]:
        """Take away what no file holds any more, and calendars that are left without anything.

        Gives how much it was, by where it came from.
        """
        removed: Counter[str] = Counter()
        gone: dict[CalendarId, list[Key]] = defaultdict(list)
        for key, place in self._leaving.items():
            gone[place].append(key)
            self._held[place].discard(key)
        for place, keys in gone.items():
            calendar = replace(self._calendars[place], updated=self._now)
            removed[calendar.source] += len(keys)
            remove_items(writing, place, keys)
            keep_calendar(writing, calendar)
        for place, held in self._held.items():
            if not held:
                remove_calendar(writing, place)
        return removed

    def _changed(self, item: CalendarItem) -> bool:
        """Whether an item stands otherwise than it was kept."""
        key = _key(item)
        before = self._texts.get(key, item.text)
        if before == item.text:
            return False
        self._before[key], self._texts[key] = before, item.text
        return True

    def _change(self, writing: Writing, items: Sequence[CalendarItem]) -> None:
        """Keep items anew, each in the calendar that it is in."""
        ours: dict[CalendarId, list[KeptItem]] = defaultdict(list)
        for item in items:
            ours[self._places[_key(item)]].append(_kept(item))
        for place, changed in ours.items():
            change_items(writing, place, changed)
            self._calendars[place] = replace(self._calendars[place], updated=self._now)
            keep_calendar(writing, self._calendars[place])

    # The plan

    def _plan_back(self, writing: Writing, calendars: Sequence[CalendarText]) -> PlanBack:
        """Bring the plan of a file back where the vault has none, and say what was left out."""
        parts = [item for one in calendars for item in one.items if is_of_plan(item)]
        if not parts:
            return PlanBack()
        said = dict(self._said(calendars)) if self._plan is None else {}
        back = plan_back(parts, self._plan, Known(self._id_of, self._there.get, said.get))
        if back.plan is not None:
            keep_plan(writing, back.plan, zone_name(self._zone))
            self._plan = back.plan
        return back

    def _said(self, calendars: Iterable[CalendarText]) -> Iterator[tuple[str, Task]]:
        """What a file says of its tasks, by UID."""
        for calendar in calendars:
            with zones_known(calendar.zones):
                for item in calendar.items:
                    if item.kind is ItemKind.TASK:
                        with suppress(Unreadable):  # it was told when no task was made of it
                            yield item.uid, task_of(item, self._now, self._zone)

    def _id_of(self, uid: str) -> TaskId | None:
        """What a UID names in a plan: a task, or what the tutor of this vault asks for."""
        task = self._task_of(uid)
        return (self._own_number(uid) or None) if task is None else task.id

    # Tasks

    def _tasks(
        self, writes: TaskWrites, file: ReadFile, changed: set[Key]
    ) -> tuple[int, tuple[Remark, ...]]:
        """Make tasks of what is to be done, or change those that were made of it before."""
        known = dict(self._kept)
        remarks: list[Remark] = []
        count = 0
        for calendar in file.calendars:
            with zones_known(calendar.zones):
                for item in calendar.items:
                    if item.kind is not ItemKind.TASK:
                        continue
                    if _key(item) in self._texts and _key(item) not in changed:
                        count += self._task_of(item.uid) is not None
                        continue
                    try:
                        task = self._task(item, writes)
                    except Unreadable as error:
                        remarks.append(_remark(item, f"No task was made of it: {error}"))
                        continue
                    count += 1
                    self._made[task] = file.source, item
                    if self._own_number(item.uid) != task:
                        known[item.uid] = task
        if known != self._kept:
            keep_setting(writes.writing, TASKS_OF_ITEMS, known)
            self._kept = known
        return count, tuple(remarks)

    def _task(self, item: CalendarItem, writes: TaskWrites) -> TaskId:
        """The task of an item that is new or was changed.

        Raises:
            Unreadable: If it says nothing that is to be done.
        """
        read = task_of(item, self._now, self._zone)
        old = self._task_of(item.uid)
        if old is None:
            project = self._project(item, writes) if PROJECT in item.text.upper() else None
            task = writes.add(replace(read, project=project))
        else:
            task = updated(old, read, self._read_before(item, old))
            is_kept = _key(item) in self._texts  # it is counted with the items of its calendar
            if task != old:
                writes.keep(task)
                self._counts.updated += not is_kept
            else:
                self._counts.unchanged += not is_kept
        self._there[task.id] = task
        return task.id

    def _read_before(self, item: CalendarItem, task: Task) -> Task | None:
        """What an item said of its task when it came last, or was written."""
        text = self._before.get(_key(item))
        last = as_written(task, item) if text is None else replace(item, text=text)
        try:
            return task_of(last, self._now, self._zone)
        except Unreadable:
            return None

    def _link(self, writes: TaskWrites) -> Mapping[str, list[Remark]]:
        """Keep which tasks are parts of others and which wait for others, in whichever file.

        Gives what is to be said of each file.
        """
        relations = {task: relations_of(item) for task, (_, item) in self._made.items()}
        links = [Linked(task, found) for task, found in relations.items() if found]
        named = {one.uid for found in relations.values() for one in found}
        ids = {uid: task.id for uid in named if (task := self._task_of(uid)) is not None}
        tasks, refused = linked(self._there, links, ids)
        writes.keep_all([one for one in tasks if one.parent != self._there[one.id].parent])
        for task in tasks:
            if task.waits_for != self._there[task.id].waits_for:
                writes.set_waits(task.id, task.waits_for)
            self._there[task.id] = task
        said: dict[str, list[Remark]] = defaultdict(list)
        for task, (source, item) in self._made.items():
            if task in refused:
                said[source].append(_remark(item, _CIRCLE))
        return said

    def _is_own(self, item: CalendarItem) -> bool:
        """Whether an item is a task that the vault has, or a part of a plan."""
        uid = item.uid
        if item.kind is ItemKind.TASK:
            return _key(item) not in self._places and self._task_of(uid) is not None
        return is_of_plan(item)

    def _task_of(self, uid: str) -> Task | None:
        """The task that a UID names, where it is there: its own, or one that it became."""
        became = self._there.get(TaskId(self._kept.get(uid, 0)))
        return self._there.get(self._own_number(uid)) if became is None else became

    def _own_number(self, uid: str) -> TaskId:
        """The id of the vault's own that a UID names; 0 for none, below 0 for the tutor's."""
        number = uid.removeprefix("task-").removesuffix(f"-{self._identity}")
        written = uid == f"task-{number}-{self._identity}"
        if written and _OWN_NUMBER.fullmatch(number):
            return TaskId(int(number))
        return TaskId(0)

    def _project(self, item: CalendarItem, writes: TaskWrites) -> ProjectId | None:
        name = project_of(item)
        if not name:
            return None
        if name.casefold() not in self._projects:
            made = writes.add_project(Project(ProjectId(0), name, self._now))
            self._projects[name.casefold()] = made.id
        return self._projects[name.casefold()]


def _key(item: CalendarItem) -> Key:
    return kind_of(item.text), item.uid


def _kept(item: CalendarItem) -> KeptItem:
    return KeptItem(item.uid, item.title, item.text, item.start, item.whole_day, item.repeats)


def _remark(item: CalendarItem, words: str) -> Remark:
    return Remark("VTODO", item.line, words, refused=False, title=item.title)
