"""What the plan says of the present, without a model: what to do now, what is left, who is free."""

from collections.abc import Generator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.domain.errors import UserFacingError
from assistant.services.planning.acting import Proposal
from assistant.services.study.outlook import Outlook
from tests.helpers.planning_stand import BERLIN, Planning, planning

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//School//EN
BEGIN:VEVENT
UID:a@school
DTSTAMP:20260301T080000Z
DTSTART:20260306T130000Z
DTEND:20260306T140000Z
SUMMARY:Chemistry lab
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def stand(tmp_path: Path) -> Generator[Planning]:
    ahead = Outlook((), 0, planned=False)

    def look_now(_: int) -> Outlook:
        return ahead

    study = SimpleNamespace(outlook=SimpleNamespace(look_now=look_now))
    meaning = SimpleNamespace(embedder=None)
    with planning(tmp_path, study=study, meaning=lambda: meaning) as made:
        yield made


def asked(stand: Planning, text: str) -> Proposal:
    found = stand.services.acting.propose(text, ask_model=False, certain=False).result(60)
    assert found.is_answer
    return found


def bring(stand: Planning, folder: Path) -> None:
    file = folder / "school.ics"
    file.write_text(CALENDAR.replace("\n", "\r\n"), encoding="utf-8", newline="")
    stand.services.calendars.bring(file).result(60)


@pytest.mark.parametrize("text", ["what should I do now?", "what's next?", "what now"])
def test_without_a_plan_it_is_what_to_do_first(stand: Planning, text: str) -> None:
    urgent = stand.add("tidy the shelf", "essay by today ~2h")[1]
    found = asked(stand, text)
    assert (found.task, found.title) == (urgent.id, "First: “essay”")
    assert found.changes[0].startswith("Due Mon 02 Mar")
    assert found.changes[-1] == "There is no plan yet: say “plan my week”"


def test_what_runs_now_comes_next_and_then(stand: Planning) -> None:
    stand.add("essay by thursday ~1h", "maths sheet by friday ~1h")
    blocks = stand.services.scheduling.plan(7, 0.4).result(60).blocks
    first, then = sorted(blocks, key=lambda one: one.start)[:2]
    stand.clock.moment = first.start
    running = asked(stand, "what should I work on?")
    assert running.task == first.task
    assert running.title == f"Now: “{first.title}”, until {first.end:%H:%M}"
    assert running.changes[0] == first.reasons[0].text
    assert any(one.startswith(f"Then: “{then.title}”") for one in running.changes)
    stand.clock.moment = datetime(2026, 3, 2, 0, 30, tzinfo=BERLIN)
    coming = asked(stand, "what should I do next?")
    assert coming.title.startswith(f"Next: “{first.title}”, ")
    stand.services.acting.apply(
        stand.services.acting.propose(f"done with {first.title}").result(60)
    ).result(60)
    assert asked(stand, "what's next?").task == then.task


def test_with_nothing_to_do_it_says_so(stand: Planning) -> None:
    with pytest.raises(UserFacingError) as refused:
        asked(stand, "what should I do now?")
    assert refused.value.code == "plan_empty"


def test_free_time_goes_by_calendars_the_plan_and_appointments(
    stand: Planning, tmp_path: Path
) -> None:
    assert asked(stand, "am I free on friday afternoon?").title == "Free friday afternoon"
    bring(stand, tmp_path)
    stand.add("dentist friday 4:30pm")
    found = asked(stand, "am I free on friday afternoon?")
    assert found.title == "Partly free friday afternoon"
    assert found.changes == (
        "Fri 06 Mar: 12:00-14:00, 15:00-16:30, 17:00-18:00",
        "Taken: Chemistry lab Fri 06 Mar 14:00-15:00; dentist Fri 06 Mar 16:30-17:00",
    )
    day = asked(stand, "do I have time on friday?")
    assert day.changes[-1] == "Of your hours; what is outside of them is not counted"
    with pytest.raises(UserFacingError) as refused:
        asked(stand, "am I free yesterday?")
    assert refused.value.code == "time_past"
    with pytest.raises(UserFacingError) as refused:
        asked(stand, "am I free on 1 jan 2100?")
    assert refused.value.code == "time_far"


def test_a_day_has_its_events_and_an_event_its_time(stand: Planning, tmp_path: Path) -> None:
    bring(stand, tmp_path)
    assert asked(stand, "what do I have on friday?").changes == (
        "Takes place: Chemistry lab Fri 06 Mar 14:00-15:00",
    )
    found = asked(stand, "when is chemistry?")
    assert found.title == "When “Chemistry lab” is"
    assert found.changes == ("Fri 06 Mar 14:00-15:00",)
    with pytest.raises(UserFacingError) as refused:
        asked(stand, "when is the battle of Hastings?")
    assert refused.value.code == "task_unknown"


def test_what_is_due_and_has_no_time_any_more_is_left(stand: Planning) -> None:
    """As on a Sunday, when the plan put it on a day before and it was not done."""
    stand.add("essay by sunday ~1h", "taxes by friday ~1h", "later by 20 march ~1h")
    stand.services.scheduling.plan(7, 0.3).result(60)
    stand.clock.moment = datetime(2026, 3, 8, 10, tzinfo=BERLIN)
    found = asked(stand, "how much is left this week?")
    assert found.changes == ("Nothing is planned then", "Due and not planned: “taxes”, “essay”")
    assert asked(stand, "how much is left today?").changes[1:] == found.changes[1:]
    assert asked(stand, "how much is left tomorrow?").changes == ("Nothing is planned then",)


def test_what_is_planned_at_another_time_is_not_unplanned(stand: Planning) -> None:
    stand.add("essay by tomorrow ~1h")
    (block,) = stand.services.scheduling.plan(7, 0.3).result(60).blocks
    assert block.start.date() == stand.clock.moment.date()
    assert asked(stand, "how much is left tomorrow?").changes == ("Nothing is planned then",)
    stand.add("taxes by tomorrow ~1h")
    told = asked(stand, "how much is left tomorrow?").changes
    assert told[1:] == ("Due and not planned: “taxes”",)


def test_how_much_is_left(stand: Planning) -> None:
    stand.add("essay by friday ~1h", "maths sheet by friday ~1h")
    found = asked(stand, "how much is left this week?")
    assert found.changes == ("2 tasks are due", "There is no plan yet: say “plan my week”")
    stand.services.scheduling.plan(7, 0.4).result(60)
    found = asked(stand, "how much is left this week?")
    assert found.title == "Left this week"
    assert found.changes[0] == "2 h planned, for 2 tasks"


def test_the_chance_that_a_task_is_done_in_time(stand: Planning) -> None:
    task = stand.add("essay by friday ~2h", "read a novel")[0]
    stand.services.scheduling.plan(7, 0.4).result(60)
    found = asked(stand, "will I finish the essay in time?")
    told = stand.services.learning.risk(task.id).result(60)
    assert told.on_time is not None
    assert found.task == task.id
    assert found.changes[0] == f"A chance of {round(100 * told.on_time)} %"
    assert found.changes[1].startswith("Due Fri 06 Mar")
    assert {one.text[0].upper() + one.text[1:] for one in told.causes[:3]} <= set(found.changes)
    assert asked(stand, "will the novel be done in time?").changes == ("It has no deadline",)
