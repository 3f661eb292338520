"""Time spent on tasks, working hours, the zone of home."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.domain.clock import FixedClock
from assistant.domain.ids import WorkId
from assistant.domain.task import Task, TaskState
from assistant.domain.task_filter import TaskFilter
from assistant.services.planning.home_zone import HomeZone
from assistant.services.planning.settings import DEFAULT_HOURS, WayOfWork
from assistant.store.tasks import TaskRepository
from tests.helpers.planning_stand import MONDAY, Planning
from tests.unit.services.planning.test_tasks import refusal


def test_time_is_tracked_on_one_task_at_a_time(stand: Planning) -> None:
    timing, clock = stand.services.timing, stand.clock
    a, b = stand.add("a", "b")
    assert refusal(timing.stop()) == "work_not_running"
    timing.start(a.id).result(60)
    assert refusal(timing.start(a.id)) == "work_running"
    assert stand.services.tasks.get(a.id).result(60).state is TaskState.DOING
    clock.forward(minutes=20)
    timing.start(b.id).result(60)
    assert [one.minutes for one in timing.of(a.id).result(60)] == [20]
    clock.forward(minutes=60)
    cut = timing.cut_idle(clock.moment - timedelta(minutes=45)).result(60)
    assert cut is not None
    clock.forward(minutes=5)
    timing.stop().result(60)
    assert [one.minutes for one in timing.of(b.id).result(60)] == [15, 5]
    stand.services.tasks.undo().result(60)
    running = timing.running().result(60)
    assert running is not None
    timing.cut_idle(running.start, go_on=False).result(60)
    assert timing.running().result(60) is None
    assert [one.minutes for one in timing.of(b.id).result(60)] == [15]
    stand.services.completing.complete([a.id]).result(60)
    assert refusal(timing.start(a.id)) == "task_ended"


def test_time_is_corrected_and_added_by_hand(stand: Planning) -> None:
    timing = stand.services.timing
    (task,) = stand.add("a")
    hour = timedelta(hours=1)
    work = timing.log(task.id, MONDAY - 2 * hour, MONDAY - hour).result(60)
    assert work.corrected
    assert work.id is not None
    longer = timing.correct(work.id, MONDAY - 3 * hour, MONDAY - hour).result(60)
    assert longer.minutes == 120
    assert timing.since(MONDAY - 4 * hour).result(60) == (longer,)
    assert refusal(timing.log(task.id, MONDAY, MONDAY)) == "work_outside"
    assert refusal(timing.log(task.id, MONDAY, MONDAY + hour)) == "work_outside"
    assert refusal(timing.log(task.id, MONDAY - 80 * hour, MONDAY)) == "work_outside"
    assert refusal(timing.remove(WorkId(99))) == "work_unknown"
    timing.start(task.id).result(60)
    stand.clock.forward(hours=2)
    stopped = timing.stop(at=MONDAY + hour).result(60)
    assert (stopped.minutes, stopped.corrected) == (60, True)
    timing.start(task.id).result(60)
    stand.clock.forward(hours=-5)  # the clock of the machine is set back
    assert timing.stop().result(60).minutes == 0
    timing.remove(work.id).result(60)
    assert len(timing.of(task.id).result(60)) == 2


def test_what_was_logged_is_read_at_once(stand: Planning, monkeypatch: pytest.MonkeyPatch) -> None:
    timing, hour = stand.services.timing, timedelta(hours=1)
    tasks = stand.add("a", "b")
    for back, task in enumerate((*tasks, tasks[0])):
        begin = MONDAY - (back + 2) * hour
        timing.log(task.id, begin, begin + hour).result(60)
    read = count_finds(monkeypatch)
    found = timing.logged(MONDAY - 24 * hour).result(60)
    assert [one.task.title for one in found] == ["a", "b", "a"]
    assert [one.work.start for one in found] == [MONDAY - back * hour for back in (2, 3, 4)]
    assert len(read) == 1


def count_finds(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """A list that grows whenever tasks are looked for in the database."""
    calls, real = list[object](), TaskRepository.find

    def counted(self: TaskRepository, wanted: TaskFilter) -> tuple[Task, ...]:
        calls.append(wanted)
        return real(self, wanted)

    monkeypatch.setattr(TaskRepository, "find", counted)
    return calls


def test_hours_and_zone(stand: Planning) -> None:
    settings = stand.services.settings
    assert settings.hours().result(60) == DEFAULT_HOURS
    spans = [(time(14), time(0)), (time(8), time(12))]
    settings.set_hours(6, spans).result(60)
    settings.set_hours(0, []).result(60)
    hours = {one.weekday: one.spans for one in settings.hours().result(60)}
    assert sorted(hours) == [1, 2, 3, 4, 6]
    assert hours[6] == ((time(8), time(12)), (time(14), time(0)))
    for wrong in ([(time(9), time(8))], [(time(9), time(12)), (time(11), time(13))]):
        assert refusal(settings.set_hours(0, wrong)) == "hours_outside"
    assert refusal(settings.set_hours(7, [])) == "hours_outside"
    settings.set_zone("Asia/Tokyo").result(60)
    assert stand.services.now().utcoffset() == timedelta(hours=9)
    assert settings.zone().result(60) == "Asia/Tokyo"
    stand.services.tasks.undo().result(60)
    assert stand.services.now().utcoffset() == timedelta(hours=1)
    assert refusal(settings.set_zone("Moon/Base")) == "zone_unknown"
    settings.set_zone("").result(60)
    assert settings.zone().result(60) == ""


def test_a_moment_that_names_a_zone_is_read_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    for text in ("2026-03-02T09:00+00:00", "2026-03-02T09:00-03:00"):
        moment = datetime.fromisoformat(text)
        assert HomeZone(FixedClock(moment)).now().isoformat() == moment.isoformat()
    plain = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - as --now may be given
    assert HomeZone(FixedClock(plain)).zone == ZoneInfo("America/New_York")


def test_customs_are_kept_where_they_are_said(stand: Planning) -> None:
    settings = stand.services.settings
    assert settings.customs().result(60) == WayOfWork()
    assert settings.set_custom("rest_min", 10).result(60) == WayOfWork(rest_min=10)
    assert settings.set_late(late=True).result(60) == WayOfWork(rest_min=10, late=True)
    assert refusal(settings.set_custom("focus_min", 5)) == "custom_outside"
    assert refusal(settings.set_custom("travel_min", 300)) == "custom_outside"
    settings.set_late(late=True).result(60)  # changes nothing, and is no step
    stand.services.tasks.undo().result(60)
    assert settings.customs().result(60) == WayOfWork(rest_min=10)
    assert settings.set_custom("rest_min", None).result(60) == WayOfWork()


def test_idle_time_is_cut_until_somebody_was_back(stand: Planning) -> None:
    timing, clock = stand.services.timing, stand.clock
    (task,) = stand.add("a")
    timing.start(task.id).result(60)
    clock.forward(minutes=60)
    began = MONDAY + timedelta(minutes=10)
    assert refusal(timing.cut_idle(began, until=MONDAY)) == "work_outside"
    timing.cut_idle(began, until=MONDAY + timedelta(minutes=40)).result(60)
    assert timing.stop().result(60).minutes == 20
    found = timing.logged(MONDAY).result(60)
    assert [(one.task.title, one.work.minutes) for one in found] == [("a", 20), ("a", 10)]


def test_a_word_is_changed_as_one_step(stand: Planning) -> None:
    words = stand.services.words
    words.teach("after class", "15:30").result(60)
    assert refusal(words.change("before class", "x", "y")) == "phrase_unknown"
    assert refusal(words.change("after class", "15:30", "15:30")) == "phrase_unusable"
    after = words.change("After  Class", "after school", "14:00").result(60)
    assert [(one.phrase, one.meaning) for one in after.entries] == [("after school", "14:00")]
    stand.services.tasks.undo().result(60)
    assert words.vocabulary().result(60).meaning("after class") == "15:30"


def test_only_the_stretch_that_is_meant_is_stopped_or_cut(stand: Planning) -> None:
    timing, clock = stand.services.timing, stand.clock
    a, b = stand.add("a", "b")
    before = timing.start(a.id).result(60)
    clock.forward(minutes=20)
    now = timing.start(b.id).result(60)
    clock.forward(minutes=20)
    assert refusal(timing.stop(before.id)) == "work_not_running"
    assert refusal(timing.cut_idle(MONDAY, before.id)) == "work_not_running"
    assert timing.running().result(60) == now
    assert timing.stop(now.id).result(60).minutes == 20
