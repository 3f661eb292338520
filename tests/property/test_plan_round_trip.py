"""Everything exported and brought into another profile is there as it was, the plan as well."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.schedule import Because, Block, Overflow, Reason, Remedy, WeekPlan
from assistant.domain.task import (
    ENDED,
    DayPart,
    Due,
    Priority,
    Project,
    Repeat,
    Splitting,
    Task,
    TaskState,
)
from assistant.planner.calendar import Occurrence
from assistant.services.planning.calendar_values import Imported
from assistant.store.plans import keep_plan
from assistant.store.tasks import EVERYTHING
from tests.helpers.planning_stand import BERLIN, MONDAY, Planning, planning

EVENTS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\n"
    "DTSTART:16010101T000000\r\nTZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nEND:STANDARD\r\n"
    "END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:run\r\nSUMMARY:Run\r\n"
    "DTSTART;TZID=Ours:20260302T113000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=6\r\n"
    "EXDATE;TZID=Ours:20260304T113000\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:run\r\n"
    "RECURRENCE-ID;TZID=Ours:20260303T113000\r\nDTSTART;TZID=America/New_York:20260303T090000\r\n"
    "DURATION:PT2H\r\nSUMMARY:Long run\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:day\r\n"
    "DTSTART;VALUE=DATE:20260305\r\nSUMMARY:Fair\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)

STUDY = SimpleNamespace(outlook=SimpleNamespace(look_now=None))
"""Nothing is asked of the tutor: no plan is made."""
WEEK = MONDAY.replace(hour=0), MONDAY.replace(hour=0) + timedelta(days=7)
ZONES = (BERLIN, ZoneInfo("America/New_York"), UTC)
PLAIN = st.characters(exclude_categories=("Cs", "Cc", "Cn"))
WORDS = st.text(PLAIN, max_size=30).map(lambda text: " ".join(text.split()))
TITLES = WORDS.filter(bool)
NOTES = st.lists(WORDS, max_size=3).map("\n".join)
MINUTES = st.integers(-4000, 8000)


def later(minutes: int, zone: ZoneInfo = BERLIN) -> datetime:
    moment = MONDAY.astimezone(UTC) + timedelta(minutes=5 * minutes)
    return moment.astimezone(zone)


MOMENTS = st.builds(later, MINUTES, st.just(BERLIN))
DUES = st.one_of(
    st.builds(Due, st.builds(later, MINUTES, st.sampled_from(ZONES)), st.just(False)),
    st.integers(-20, 40).map(lambda days: Due(MONDAY.replace(hour=0) + timedelta(days=days))),
)
REPEATS = st.builds(
    Repeat,
    st.sampled_from(("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYMONTHDAY=-1")),
    st.booleans(),
)
REASONS = st.builds(Reason, st.sampled_from(Because), WORDS, st.one_of(st.none(), MOMENTS))


def ended(task: Task) -> Task:
    return replace(task, ended=MONDAY - timedelta(days=1)) if task.state in ENDED else task


TASKS = st.builds(
    Task,
    id=st.just(TaskId(0)),
    title=TITLES,
    created=st.just(MONDAY - timedelta(days=3)),
    state=st.sampled_from(TaskState),
    notes=NOTES,
    priority=st.one_of(st.none(), st.sampled_from(Priority)),
    tags=st.lists(TITLES, max_size=3, unique=True).map(tuple),
    people=st.lists(TITLES, max_size=2, unique=True).map(tuple),
    place=WORDS,
    due=st.one_of(st.none(), DUES),
    not_before=st.one_of(st.none(), MOMENTS),
    fixed_start=st.one_of(st.none(), st.none(), MOMENTS),
    estimate_min=st.one_of(st.none(), st.integers(1, 3000)),
    splitting=st.builds(Splitting, st.booleans(), st.integers(1, 120)),
    prefers=st.one_of(st.none(), st.sampled_from(DayPart)),
    repeat=st.one_of(st.none(), REPEATS),
    written=WORDS,
).map(ended)


@dataclass(frozen=True)
class Made:
    """Tasks with their links by place, projects, and blocks with the places of their tasks."""

    tasks: tuple[Task, ...]
    links: tuple[tuple[str | None, int | None, tuple[int, ...]], ...]
    plan: WeekPlan | None


def long_block(minutes: int, **fields: Any) -> Block:
    block = Block(**fields)
    return replace(block, end=block.start + timedelta(minutes=minutes))


@st.composite
def profiles(draw: st.DrawFn) -> Made:
    tasks = draw(st.lists(TASKS, min_size=1, max_size=4))
    links: list[tuple[str | None, int | None, tuple[int, ...]]] = []
    for place in range(len(tasks)):
        before = st.integers(0, place - 1) if place else st.nothing()
        after = st.integers(place + 1, len(tasks) - 1) if place + 1 < len(tasks) else st.nothing()
        links.append(
            (
                draw(st.one_of(st.none(), st.sampled_from(("Home", "Chemistry; two, \\three")))),
                draw(st.one_of(st.none(), after)),
                tuple(draw(st.lists(before, max_size=2, unique=True)) if place else ()),
            )
        )
    owners = st.integers(0, len(tasks) - 1).map(TaskId)
    occurrences = st.one_of(st.none(), MOMENTS)
    blocks = st.builds(
        long_block,
        st.integers(1, 200),
        task=owners,
        title=WORDS,
        start=MOMENTS,
        end=st.just(MONDAY),
        part=st.integers(1, 3),
        parts=st.integers(1, 3),
        pinned=st.booleans(),
        reasons=st.lists(REASONS, max_size=2).map(tuple),
        occurrence=occurrences,
    )
    lacking = st.builds(
        Overflow,
        owners,
        WORDS,
        st.integers(1, 600),
        WORDS,
        st.lists(st.builds(Remedy, WORDS, WORDS, WORDS), max_size=2).map(tuple),
        occurrences,
    )
    plan = st.builds(
        WeekPlan,
        st.just(MONDAY + timedelta(microseconds=7)),
        st.just(MONDAY),
        st.just(MONDAY + timedelta(days=7)),
        st.lists(blocks, max_size=4).map(tuple),
        st.lists(lacking, max_size=2).map(tuple),
        st.integers(0, 9),
    )
    return Made(tuple(tasks), tuple(links), draw(st.one_of(st.none(), plan, plan)))


def fill(at: Planning, made: Made) -> None:
    """Writes all of it into an empty profile; on the store thread."""
    with at.services.task_repository().step("Fill", MONDAY) as writes:
        projects: dict[str, ProjectId] = {}
        tasks: list[Task] = []
        for task, (name, _, waits) in zip(made.tasks, made.links, strict=True):
            if name is not None and name not in projects:
                projects[name] = writes.add_project(Project(ProjectId(0), name, MONDAY)).id
            firsts = tuple(tasks[one].id for one in waits)
            project = None if name is None else projects[name]
            tasks.append(writes.add(replace(task, project=project, waits_for=firsts)))
        for task, (_, parent, _) in zip(tasks, made.links, strict=True):
            if parent is not None:
                writes.keep(replace(task, parent=tasks[parent].id))
        if made.plan is not None:
            plan = by_task(made.plan, lambda place: tasks[place].id)
            keep_plan(writes.writing, plan, "Europe/Berlin")


def by_task(plan: WeekPlan, other: Callable[[TaskId], TaskId]) -> WeekPlan:
    blocks = tuple(replace(one, task=other(one.task)) for one in plan.blocks)
    lacking = tuple(replace(one, task=other(one.task), remedies=()) for one in plan.overflow)
    return replace(plan, blocks=blocks, overflow=lacking)


@dataclass(frozen=True)
class Everything:
    """All of a profile; tasks go by their place among each other."""

    tasks: list[tuple[Task, str | None]]
    plan: WeekPlan | None
    events: list[tuple[str, Occurrence]]


def all_of(at: Planning) -> Everything:
    def read() -> tuple[list[tuple[Task, str | None]], WeekPlan | None]:
        repository = at.services.task_repository()
        tasks = sorted(repository.find(EVERYTHING), key=lambda one: (one.position, one.id))
        places = {one.id: TaskId(place) for place, one in enumerate(tasks)}
        names = {one.id: one.name for one in repository.projects(archived=True)}
        plain = [
            replace(
                one,
                id=places[one.id],
                position=0.0,
                project=None,
                parent=None if one.parent is None else places[one.parent],
                waits_for=tuple(sorted(places[first] for first in one.waits_for)),
            )
            for one in tasks
        ]
        projects = [None if one.project is None else names[one.project] for one in tasks]
        there = None if plan is None else by_task(plan, lambda task: places[task])
        return list(zip(plain, projects, strict=True)), there

    plan = at.services.scheduling.current().result(60)
    tasks, by_place = at.workers.on_store(read).result(60)
    found = at.services.calendars.events(*WEEK).result(60)
    events = [(one.calendar, each) for one in found for each in one.occurrences]
    return Everything(tasks, by_place, events)


def bring(at: Planning, file: Path) -> Imported:
    (found,) = at.services.calendars.bring(file).result(60)
    return found


@dataclass(frozen=True)
class Profiles:
    """Two profiles and a folder; whatever is done in them is undone after each example."""

    one: Planning
    two: Planning
    folder: Path

    def empty(self) -> None:
        for at in (self.one, self.two):
            while at.services.desk.undo().result(60) is not None:
                pass
            assert all_of(at) == Everything([], None, [])


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(made=profiles())
def comes_back(both: Profiles, made: Made) -> None:
    both.empty()
    one, two = both.one, both.two
    home, out, again = (both.folder / f"{name}.ics" for name in ("home", "out", "again"))
    home.write_bytes(EVENTS.encode())
    bring(one, home)
    one.services.calendars.show("home", shown=len(made.tasks) % 2 == 0).result(60)
    one.workers.on_store(lambda: fill(one, made)).result(60)
    wanted = all_of(one)
    one.services.calendars.write(out).result(60)

    found = bring(two, out)
    assert found.remarks == ()
    assert found.blocks == len(wanted.plan.blocks if wanted.plan else ())
    assert all_of(two) == wanted
    twice = bring(two, out)
    assert (twice.added, twice.updated, twice.removed) == (0, 0, 0)
    assert (twice.remarks, twice.blocks) == ((), found.blocks)
    calendars = two.services.calendars.calendars().result(60)
    assert [one.name for one in calendars] == ["home", "Lamplight"]
    assert all(one.count for one in calendars)
    two.services.calendars.write(again).result(60)
    assert bring(two, again).added == 0
    assert all_of(two) == wanted


def test_what_is_exported_comes_back_in_another_profile(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    first.mkdir()
    second.mkdir()
    with planning(first, study=STUDY) as one, planning(second, study=STUDY) as two:
        comes_back(Profiles(one, two, tmp_path))
