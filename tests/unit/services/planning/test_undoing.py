"""What a job wrote is known, and just that is taken back."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.task import Task
from assistant.services.jobs import Job
from assistant.services.study.outlook import Outlook
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
