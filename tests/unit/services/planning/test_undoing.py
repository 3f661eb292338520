"""What a job wrote is known, and just that is taken back."""

from collections.abc import Generator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.task import Task
from assistant.services.jobs import Job
from assistant.services.planning import scheduling
from assistant.services.planning.blocks import Which
from assistant.services.study.outlook import Outlook
from tests.helpers.planning_gate import Gate
from tests.helpers.planning_stand import Planning, planning


def titles(stand: Planning) -> list[str]:
    return [one.title for one in stand.services.tasks.inbox().result(60)]


def test_a_step_is_taken_back_only_while_it_is_the_last(stand: Planning) -> None:
    services = stand.services
    first, second = services.adding.add_line("alpha"), services.adding.add_line("beta")
    second.result(60)
    assert first.step is not None
    assert second.step is not None
    with pytest.raises(UserFacingError) as refused:
        services.desk.undo_step(first.step).result(60)
    assert refused.value.code == "step_not_last"
    assert "Add “beta”" in refused.value.hint
    assert titles(stand) == ["alpha", "beta"]
    taken = services.desk.undo_step(second.step).result(60)
    assert taken is not None
    assert taken.words == "Add “beta”"
    with pytest.raises(UserFacingError):
        services.desk.undo_step(second.step).result(60)
    services.desk.undo_step(first.step).result(60)
    services.desk.undo().result(60)  # the zone that the stand set
    with pytest.raises(UserFacingError) as refused:
        services.desk.undo_step(first.step).result(60)
    assert refused.value.hint == "There is nothing to undo."


def test_a_job_that_waits_for_others_knows_what_they_wrote(stand: Planning) -> None:
    services = stand.services

    def work(_: Job[Task]) -> Task:
        return services.adding.add_line("inside").result(60)

    job = stand.workers.in_pool(work)
    job.result(60)
    assert job.step == services.tasks.steps(1).result(60)[0].id
    asked = services.tasks.inbox()
    asked.result(60)
    assert asked.step is None


def test_what_changes_nothing_writes_no_step(stand: Planning) -> None:
    settings = stand.services.settings
    first, again = settings.set_custom("focus_min", 90), settings.set_custom("focus_min", 90)
    again.result(60)
    assert first.step is not None
    assert again.step is None


def test_a_place_joins_the_task_that_it_is_for(tmp_path: Path) -> None:
    """And not one that was added after it."""
    nothing = Outlook((), 0, planned=False)

    def look_now(_: int) -> Outlook:
        return nothing

    study = SimpleNamespace(outlook=SimpleNamespace(look_now=look_now))
    with planning(tmp_path, study=study) as stand:
        _put_where_shown(stand)


@pytest.fixture
def planned(tmp_path: Path) -> Generator[Planning]:
    nothing = Outlook((), 0, planned=False)

    def look_now(_: int) -> Outlook:
        return nothing

    study = SimpleNamespace(outlook=SimpleNamespace(look_now=look_now))
    with planning(tmp_path, study=study) as stand:
        stand.add("read novel ~1h", "essay ~1h")
        stand.services.scheduling.plan(7, 0.3).result(60)
        yield stand


def starts(stand: Planning) -> dict[str, datetime]:
    plan = stand.services.scheduling.current().result(60)
    return {} if plan is None else {one.title: one.start for one in plan.blocks}


def words(stand: Planning) -> list[str]:
    return [one.words for one in stand.services.tasks.steps(2).result(60)]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    made = Gate(scheduling.mended_plan)
    monkeypatch.setattr(scheduling, "mended_plan", made)
    return made


def _move(stand: Planning, title: str = "essay") -> Job[Any]:
    plan = stand.services.scheduling.current().result(60)
    assert plan is not None
    one = next(one for one in plan.blocks if one.title == title)
    return stand.services.acting.move(Which.one(one), one.start + timedelta(days=2))


def test_what_is_still_computed_is_undone_first_and_never_written(
    planned: Planning, gate: Gate
) -> None:
    before, tasks = starts(planned), planned.services.tasks
    job = _move(planned)
    gate.wait()
    undone = tasks.undo().result(60)
    assert undone is not None
    assert undone.words == "Move “essay”"
    with pytest.raises(Cancelled):
        job.result(60)
    assert starts(planned) == before
    assert words(planned) == ["Plan the week", "Add “essay ~1h”"]
    assert tasks.redo().result(60) is None
    again = tasks.undo().result(60)
    assert again is not None
    assert again.words == "Plan the week"


def test_what_was_done_meanwhile_is_undone_before_what_is_still_computed(
    planned: Planning, gate: Gate
) -> None:
    tasks, job = planned.services.tasks, _move(planned)
    gate.wait()
    planned.add("call mum")
    first = tasks.undo().result(60)
    redone = tasks.redo().result(60)
    tasks.undo().result(60)
    assert first is not None
    assert redone is not None
    assert first.words == redone.words == "Add “call mum”"
    second = tasks.undo().result(60)
    assert second is not None
    assert second.words == "Move “essay”"
    with pytest.raises(Cancelled):
        job.result(60)


def test_nothing_is_done_again_over_what_is_still_computed(planned: Planning, gate: Gate) -> None:
    tasks = planned.services.tasks
    planned.add("call mum")
    tasks.undo().result(60)
    job = _move(planned)
    gate.wait()
    assert tasks.redo().result(60) is None
    gate.open()
    job.result(60)
    assert words(planned)[0] == "Move “essay”"
    taken = tasks.undo().result(60)
    assert taken is not None
    assert taken.words == "Move “essay”"


def test_a_task_is_undone_with_the_place_that_is_sought_for_it(
    planned: Planning, gate: Gate
) -> None:
    services, before = planned.services, starts(planned)
    blocks = services.proposing.propose("alpha ~1h").result(60).blocks
    adding = services.adding.add_line("alpha ~1h")
    put = services.proposing.put(adding.result(60), blocks, adding.step)
    gate.wait()
    undone = services.tasks.undo().result(60)
    assert undone is not None
    assert undone.words == "Add “alpha ~1h”"
    with pytest.raises(Cancelled):
        put.result(60)
    late = services.proposing.put(adding.result(60), blocks, adding.step)
    with pytest.raises(Cancelled):
        late.result(60)
    assert (starts(planned), "alpha" in titles(planned)) == (before, False)


def test_a_step_is_taken_back_with_the_place_that_is_sought_for_it(
    planned: Planning, gate: Gate
) -> None:
    """As by the toast; and both can be done again."""
    services, before = planned.services, starts(planned)
    blocks = services.proposing.propose("alpha ~1h").result(60).blocks
    adding = services.adding.add_line("alpha ~1h")
    put = services.proposing.put(adding.result(60), blocks, adding.step)
    gate.wait()
    assert adding.step is not None
    services.desk.undo_step(adding.step).result(60)
    gate.open()
    with pytest.raises(Cancelled):
        put.result(60)
    assert (starts(planned), "alpha" in titles(planned)) == (before, False)
    assert words(planned) == ["Plan the week", "Add “essay ~1h”"]
    redone = services.tasks.redo().result(60)
    assert redone is not None
    assert redone.words == "Add “alpha ~1h”"


def test_a_change_that_writes_on_is_cancelled_with_the_step_that_it_wrote(
    planned: Planning,
) -> None:
    desk, going, opened = planned.services.desk, Event(), Event()

    def work(job: Job[None]) -> None:
        planned.services.adding.add_line("alpha").result(60)
        job.cancel_token.watch(opened.set)
        going.set()
        assert opened.wait(60)
        planned.services.adding.add_line("beta").result(60)

    job = desk.change("Add two", work)
    assert going.wait(60)
    assert job.step is not None
    desk.undo_step(job.step).result(60)
    opened.set()
    with pytest.raises(Cancelled):
        job.result(60)
    assert titles(planned) == ["read novel", "essay"]


def test_a_task_that_was_deleted_meanwhile_gets_no_place(planned: Planning, gate: Gate) -> None:
    services, before = planned.services, starts(planned)
    blocks = services.proposing.propose("alpha ~1h").result(60).blocks
    adding = services.adding.add_line("alpha ~1h")
    task = adding.result(60)
    put = services.proposing.put(task, blocks, adding.step)
    gate.wait()
    services.tasks.delete([task.id]).result(60)
    gate.open()
    with pytest.raises(Cancelled):
        put.result(60)
    assert starts(planned) == before
    assert words(planned) == ["Delete “alpha”", "Add “alpha ~1h”"]


def test_a_change_of_length_is_called_so(planned: Planning) -> None:
    services = planned.services
    plan = services.scheduling.current().result(60)
    assert plan is not None
    one = next(one for one in plan.blocks if one.title == "essay")
    services.acting.move(Which.one(one), one.start, one.end + timedelta(minutes=30)).result(60)
    assert words(planned)[0] == "Lengthen “essay”"
    services.acting.move(Which.one(one), one.start, one.end).result(60)
    assert words(planned)[0] == "Shorten “essay”"


def _put_where_shown(stand: Planning) -> None:
    services = stand.services
    stand.add("read novel ~3h")
    services.scheduling.plan(7, 0.3).result(60)
    blocks = services.proposing.propose("alpha ~1h").result(60).blocks
    adding = services.adding.add_line("alpha ~1h")
    alpha = adding.result(60)
    stand.add("beta ~1h")
    services.proposing.put(alpha, blocks, adding.step).result(60)
    assert [one.words for one in services.tasks.steps(2).result(60)] == [
        "Plan again",
        "Add “beta ~1h”",
    ]
    adding = services.adding.add_line("gamma ~1h")
    put = services.proposing.put(adding.result(60), blocks, adding.step)
    put.result(60)
    assert put.step == adding.step == services.tasks.steps(1).result(60)[0].id
