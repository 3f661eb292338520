"""What a sentence does to the plan is computed before it is shown, and just that is kept."""

from collections.abc import Generator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block
from assistant.domain.task import Due, Priority, Task, TaskState
from assistant.services.planning.acting import Acted, Proposal
from assistant.services.planning.naming import AmbiguousTaskError
from assistant.services.study.outlook import Outlook
from tests.helpers.planning_stand import BERLIN, Planning, planning
from tests.unit.planner.test_commands_in_chat import ORDINARY

_NO_MODEL = SimpleNamespace(embedder=None)
_LOADED = SimpleNamespace(ready=True)
"""A model that would fail if it were asked anything."""
LINES = (
    "read novel ~3h",
    "maths sheet ~2h due thu 6pm",
    "dentist thu 10:00-11:00",
    "physics essay ~4h due fri !high",
)


@pytest.fixture
def stand(tmp_path: Path) -> Generator[Planning]:
    ahead = Outlook((), 0, planned=False)

    def look_now(_: int) -> Outlook:
        return ahead

    study = SimpleNamespace(outlook=SimpleNamespace(look_now=look_now))
    parts = {"study": study, "meaning": lambda: _NO_MODEL, "completions": _LOADED}
    with planning(tmp_path, **parts) as made:
        made.add(*LINES)
        made.services.scheduling.plan(7, 0.4).result(60)
        yield made


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def propose(stand: Planning, text: str) -> Proposal:
    return stand.services.acting.propose(text, ask_model=False).result(60)


def do(stand: Planning, text: str) -> Acted:
    return stand.services.acting.apply(propose(stand, text)).result(60)


def refused(stand: Planning, text: str) -> str:
    with pytest.raises(UserFacingError) as error:
        propose(stand, text)
    return error.value.code


def blocks(stand: Planning, title: str) -> list[Block]:
    plan = stand.services.scheduling.current().result(60)
    assert plan is not None
    return [one for one in plan.blocks if one.title == title]


def task(stand: Planning, number: int) -> Task:
    return stand.services.tasks.get(TaskId(number)).result(60)


def steps(stand: Planning) -> int:
    return len(stand.services.tasks.steps(100).result(60))


def test_moving_to_a_day_moves_the_plan_and_not_the_deadline(stand: Planning) -> None:
    before, count = task(stand, 1), steps(stand)
    seen = propose(stand, "move novel to thursday")
    assert task(stand, 1) == before
    assert all(one.start.day != 5 for one in blocks(stand, "read novel"))
    assert seen.changes[0].startswith("Planned: ")
    assert "→ Thu 05 Mar" in seen.changes[0]
    acted = stand.services.acting.apply(seen).result(60)
    assert acted.plan == seen.foreseen.plan == stand.services.scheduling.current().result(60)
    assert task(stand, 1) == before
    there = blocks(stand, "read novel")
    assert {one.start.day for one in there} == {5}
    assert sum((one.end - one.start).total_seconds() for one in there) == 3 * 3600
    assert steps(stand) == count + 1
    stand.services.desk.undo().result(60)
    assert all(one.start.day != 5 for one in blocks(stand, "read novel"))


def test_a_broken_deadline_is_said_and_stays(stand: Planning) -> None:
    seen = propose(stand, "move maths sheet to friday")
    assert any("breaks its deadline, Thu 05 Mar 18:00" in one for one in seen.warnings)
    do(stand, "move maths sheet to friday")
    assert task(stand, 2).due == Due(at("2026-03-05 18:00"), whole_day=False)
    assert {one.start.day for one in blocks(stand, "maths sheet")} == {6}
    do(stand, "move the deadline of maths sheet to friday 6pm")
    assert task(stand, 2).due == Due(at("2026-03-06 18:00"), whole_day=False)


def test_an_appointment_that_would_lie_on_another_is_said(stand: Planning) -> None:
    stand.add("chemistry fri 15:00-16:00")
    seen = propose(stand, "move chemistry to thu 10:30")
    assert seen.warnings[0].startswith("It lies on “dentist”, Thu 05 Mar 10:00-11:00. The nearest")
    assert seen.instead is not None
    assert propose(stand, "move chemistry to thu 16:00").warnings == ()
    added = propose(stand, "add call mum thu 10:15")
    assert added.warnings[0].startswith("It lies on “dentist”")
    assert added.instead is None


def test_a_moment_that_is_taken_is_said_with_the_nearest_free_place(stand: Planning) -> None:
    seen = propose(stand, "move maths sheet to thu 10:15")
    assert "“dentist”, Thu 05 Mar 10:00-11:00" in seen.warnings[0]
    assert seen.instead is not None
    free = stand.services.acting.propose_command(seen.instead).result(60)
    assert free.warnings == ()
    stand.services.acting.apply(free).result(60)
    dentist = blocks(stand, "dentist")[0]
    assert all(
        one.end <= dentist.start or one.start >= dentist.end for one in blocks(stand, "maths sheet")
    )
    assert {one.start.day for one in blocks(stand, "maths sheet")} == {5}


def test_a_part_of_a_day_and_an_appointment(stand: Planning) -> None:
    do(stand, "schedule maths tomorrow morning")
    there = blocks(stand, "maths sheet")
    assert all(
        at("2026-03-03 00:00") <= one.start < one.end <= at("2026-03-03 12:00") for one in there
    )
    do(stand, "move dentist to friday")
    assert task(stand, 3).fixed_start == at("2026-03-06 10:00")
    assert [one.start for one in blocks(stand, "dentist")] == [at("2026-03-06 10:00")]


def test_what_is_added_has_its_place_in_the_plan_that_was_shown(stand: Planning) -> None:
    acted = do(stand, "add call Mum tomorrow 5pm")
    assert [one.task for one in blocks(stand, "call Mum")] == list(acted.tasks)
    seen = propose(stand, "schedule haircut friday 3pm")
    assert seen.title == "Add “haircut”"
    assert refused(stand, "move haircut to friday") == "task_unknown"


def test_commands_that_change_one_thing(stand: Planning) -> None:
    do(stand, "make maths high priority")
    assert task(stand, 2).priority is Priority.HIGH
    do(stand, "rename novel to Read Emma")
    assert task(stand, 1).title == "Read Emma"
    assert {one.task for one in blocks(stand, "Read Emma")} == {1}
    do(stand, "put maths before essay")
    assert task(stand, 4).waits_for == (2,)
    assert max(one.end for one in blocks(stand, "maths sheet")) <= min(
        one.start for one in blocks(stand, "physics essay")
    )
    assert refused(stand, "put maths before essay") == "nothing_to_change"
    do(stand, "cancel dentist")
    assert task(stand, 3).state is TaskState.DROPPED
    assert blocks(stand, "dentist") == []
    do(stand, "mark maths as done")
    assert task(stand, 2).state is TaskState.DONE
    count = steps(stand)
    do(stand, "delete essay")
    assert refused(stand, "delete essay") == "task_unknown"
    assert steps(stand) == count + 1
    stand.services.desk.undo().result(60)
    assert task(stand, 4).title == "physics essay"
    assert blocks(stand, "physics essay")


def test_what_is_asked_changes_nothing(stand: Planning) -> None:
    count = steps(stand)
    due = propose(stand, "what is due this week?")
    assert due.is_answer
    assert any("“maths sheet”, due Thu 05 Mar 18:00" in one for one in due.changes)
    long = propose(stand, "how long will the essay take?")
    assert long.changes[0] == "About 4 h"
    when = propose(stand, "when is maths due?")
    assert when.changes[1].startswith("Planned: ")
    stand.services.acting.apply(due).result(60)
    assert steps(stand) == count


def test_a_day_is_planned_as_it_was_shown(stand: Planning) -> None:
    seen = propose(stand, "plan my day")
    assert seen.changes
    acted = stand.services.acting.apply(seen).result(60)
    assert acted.plan == seen.foreseen.plan
    assert acted.plan is not None
    assert acted.plan.end > at("2026-03-08 12:00")


def test_what_was_shown_is_not_done_after_another_change(stand: Planning) -> None:
    seen = propose(stand, "move novel to thursday")
    stand.add("something else ~2h")
    with pytest.raises(UserFacingError) as stale:
        stand.services.acting.apply(seen).result(60)
    assert stale.value.code == "proposal_stale"
    assert all(one.start.day != 5 for one in blocks(stand, "read novel"))


def test_what_would_have_begun_by_now_is_not_done(stand: Planning) -> None:
    seen = propose(stand, "move novel to today 10:00")
    stand.clock.forward(minutes=9)
    assert stand.services.acting.apply(seen).result(60).plan == seen.foreseen.plan
    again, count = propose(stand, "plan my week"), steps(stand)
    stand.clock.forward(hours=4)
    with pytest.raises(UserFacingError) as stale:
        stand.services.acting.apply(again).result(60)
    assert stale.value.code == "proposal_stale"
    assert steps(stand) == count
    stand.services.acting.apply(propose(stand, "plan my week")).result(60)

    tomorrow = propose(stand, "add call Mum tomorrow")
    stand.clock.forward(hours=20)
    with pytest.raises(UserFacingError) as stale:
        stand.services.acting.apply(tomorrow).result(60)
    assert stale.value.code == "proposal_stale"


def test_what_ends_is_said_in_whole_sentences(stand: Planning) -> None:
    essay = task(stand, 4)
    for title in ("outline", "draft"):
        stand.services.adding.add_line(title, parent=essay.id).result(60)
    assert "2 open parts are done as well" in propose(stand, "done with essay").changes
    for number in (1, 2):
        edit = stand.services.tasks.edit
        edit([TaskId(number)], lambda one: replace(one, waits_for=(TaskId(3),))).result(60)
    assert "2 tasks no longer wait for it" in propose(stand, "cancel dentist").changes


def test_names_that_may_mean_several_are_asked_back(stand: Planning) -> None:
    stand.add("history essay due friday")
    with pytest.raises(AmbiguousTaskError) as asked:
        propose(stand, "make essay urgent")
    choices = asked.value.choices
    assert [one.title for one in choices] == ["history essay", "physics essay"]
    chosen = asked.value.chosen(choices[1])
    seen = stand.services.acting.propose_command(chosen).result(60)
    assert (seen.task, seen.changes[0]) == (4, "Priority: high → urgent")


def test_talk_in_a_chat_reaches_no_task_and_asks_no_model(stand: Planning) -> None:
    stand.add("Hamlet essay", "Fourier series sheet", "chemistry sheet")
    acting = stand.services.acting
    for text in ORDINARY:
        with pytest.raises(UserFacingError) as left:
            acting.propose(text, certain=False).result(60)
        assert left.value.code in {"command_unclear", "task_unknown"}, text


def test_a_wish_of_a_chat_is_asked_about_only_where_it_names_a_task(stand: Planning) -> None:
    acting = stand.services.acting
    assert acting.concerns("could we rather do the maths sheet thing on friday")
    assert not acting.concerns("could you explain the maths sheet of friday")
    with pytest.raises(UserFacingError) as left:
        acting.propose("could we rather do the biology thing on friday", certain=False).result(60)
    assert left.value.code == "command_unclear"
    with pytest.raises(AttributeError):  # the model is asked
        acting.propose("could we rather do the maths sheet on friday?", certain=False).result(60)


def test_what_is_skipped_in_a_text_is_no_task_that_has_the_word(stand: Planning) -> None:
    stand.add("write the introduction of the essay", "gym with Ana")
    acting = stand.services.acting
    with pytest.raises(UserFacingError) as left:
        acting.propose("skip the introduction", certain=False).result(60)
    assert left.value.code == "task_unknown"
    for words in ("skip the gym", "skip the introduction today"):
        assert acting.propose(words, certain=False).result(60).task is not None, words
    assert acting.propose("skip the introduction").result(60).task is not None
