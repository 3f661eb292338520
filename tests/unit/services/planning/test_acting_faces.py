"""What the planner proposes and answers, with times of day as the user's locale has them."""

from collections.abc import Generator
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.domain.clock_face import PLAIN_FACE, ClockFace
from assistant.domain.errors import UserFacingError
from assistant.services.planning.acting import Proposal
from assistant.services.planning.foreseeing import clash_in_words
from assistant.services.planning.naming import AmbiguousTaskError
from assistant.services.study.outlook import Outlook
from tests.helpers.planning_stand import Planning, planning

LINES = ("maths sheet ~2h due thu 6pm", "dentist thu 10:00-11:00", "essay from friday due sat 8pm")


@pytest.fixture(params=[ClockFace(twelve=True), PLAIN_FACE], ids=["12", "24"])
def face(request: pytest.FixtureRequest) -> ClockFace:
    return request.param


@pytest.fixture
def stand(tmp_path: Path, face: ClockFace) -> Generator[Planning]:
    ahead = Outlook((), 0, planned=False)

    def look_now(_: int) -> Outlook:
        return ahead

    study = SimpleNamespace(outlook=SimpleNamespace(look_now=look_now))
    with planning(
        tmp_path, study=study, meaning=lambda: SimpleNamespace(embedder=None), face=face
    ) as made:
        made.add(*LINES)
        made.services.scheduling.plan(7, 0.4).result(60)
        yield made


def propose(stand: Planning, text: str) -> Proposal:
    return stand.services.acting.propose(text, ask_model=False).result(60)


def said(face: ClockFace, twelve: str, plain: str) -> str:
    return twelve.replace("_", "\N{NO-BREAK SPACE}") if face.twelve else plain


def test_a_clash_and_a_broken_deadline(stand: Planning, face: ClockFace) -> None:
    seen = propose(stand, "move maths sheet to thu 10:15")
    lies_on = said(face, "Thu 05 Mar 10:00-11:00_AM. The", "Thu 05 Mar 10:00-11:00. The")
    assert seen.warnings[0].startswith(f"It lies on “dentist”, {lies_on}")
    clash = seen.foreseen.clash
    assert clash is not None
    assert seen.warnings[0] == clash_in_words(clash, face)
    assert clash.nearest is not None
    assert clash_in_words(clash, face).endswith(f", {face.time(clash.nearest)}")
    late = propose(stand, "move maths sheet to friday")
    due = said(face, "breaks its deadline, Thu 05 Mar 6:00_PM: it ends Fri", "Thu 05 Mar 18:00: it")
    assert any(due in one for one in late.warnings)


def test_the_nearest_place_is_named_so_that_it_is_read_again(stand: Planning) -> None:
    seen = propose(stand, "move maths sheet to thu 10:15")
    assert seen.instead is not None
    assert seen.foreseen.clash is not None
    assert seen.instead.words == f"{seen.foreseen.clash.nearest:%Y-%m-%d %H:%M}"
    free = stand.services.acting.propose_command(seen.instead).result(60)
    assert free.warnings == ()


def test_a_new_task_and_a_moved_appointment(stand: Planning, face: ClockFace) -> None:
    seen = propose(stand, "add call Mum tomorrow 5pm")
    assert said(face, "when: 2026-03-03 5:00_PM", "when: 2026-03-03 17:00") in seen.changes
    moved = propose(stand, "move dentist to friday")
    assert moved.changes[0] == said(
        face,
        "Takes place: Thu 05 Mar 10:00_AM → Fri 06 Mar 10:00_AM",
        "Takes place: Thu 05 Mar 10:00 → Fri 06 Mar 10:00",
    )


def test_the_day_and_the_answers(stand: Planning, face: ClockFace) -> None:
    day = propose(stand, "plan my day")
    assert day.foreseen.plan is not None
    first = day.foreseen.plan.blocks[0]
    assert day.changes[0] == f"{face.span(first.start, first.end, dash='-')} {first.title}"
    due = propose(stand, "what is due this week?").changes
    line = said(face, "due Thu 05 Mar 6:00_PM", "due Thu 05 Mar 18:00")
    assert f"“maths sheet”, {line}" in due
    assert due[-1].startswith(f"Planned: {first.title} {first.start:%a %d %b} ")
    assert face.span(first.start, first.end, dash="-") in due[-1]
    when = propose(stand, "when is dentist due?").changes[0]
    assert when == said(face, "“dentist”, Thu 05 Mar 10:00_AM", "“dentist”, Thu 05 Mar 10:00")


def test_what_is_refused_and_what_is_asked_back(stand: Planning, face: ClockFace) -> None:
    stand.add("dentist fri 15:00-16:00")
    with pytest.raises(AmbiguousTaskError) as asked:
        propose(stand, "cancel dentist")
    hints = {one.hint for one in asked.value.choices}
    assert said(face, "Fri 06 Mar 3:00_PM", "Fri 06 Mar 15:00") in hints
    with pytest.raises(UserFacingError) as refused:
        propose(stand, "move essay to next monday")
    assert refused.value.code == "move_past_deadline"
    assert said(face, "due Sat 07 Mar 8:00_PM,", "due Sat 07 Mar 20:00,") in refused.value.message


def test_what_is_kept_is_over_24_hours(stand: Planning) -> None:
    plan = stand.services.scheduling.current().result(60)
    assert plan is not None
    words = [why.text for block in plan.blocks for why in block.reasons]
    assert words
    assert not any("\N{NO-BREAK SPACE}" in one for one in words)
