"""What is put where something speaks against it is told."""

from collections.abc import Generator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.domain.clock_face import PLAIN_FACE, ClockFace
from assistant.domain.schedule import Because, Block
from assistant.services.planning.blocks import Which
from assistant.services.planning.foreseeing import Landed
from assistant.services.study.outlook import Outlook
from tests.helpers.planning_stand import BERLIN, Planning, planning

AMERICAN = ClockFace(twelve=True)
EVENT = (
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:Dentist, Maya\n"
    "DTSTART;TZID=Europe/Berlin:20260305T150000\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n"
)


@pytest.fixture
def stand(tmp_path: Path) -> Generator[Planning]:
    nothing = Outlook((), 0, planned=False)

    def look_now(_: int) -> Outlook:
        return nothing

    study = SimpleNamespace(outlook=SimpleNamespace(look_now=look_now))
    with planning(tmp_path, study=study) as made:
        yield made


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=BERLIN)


def block(stand: Planning, title: str) -> Block:
    plan = stand.services.scheduling.current().result(60)
    assert plan is not None
    return next(one for one in plan.blocks if one.title == title)


def reasons(one: Block) -> list[tuple[Because, str]]:
    return [(why.because, why.text) for why in one.reasons]


def move(stand: Planning, title: str, to: str) -> Landed:
    which = Which.one(block(stand, title))
    return stand.services.acting.move(which, at(to)).result(60)


def bring(stand: Planning, folder: Path, text: str = EVENT) -> None:
    file = folder / "home.ics"
    file.write_text(text)
    stand.services.calendars.bring(file).result(60)


def test_what_lies_on_an_event_says_so(stand: Planning, tmp_path: Path) -> None:
    bring(stand, tmp_path)
    stand.add("chemistry reading thu 15:30-16:30")
    stand.services.scheduling.plan(7, 0.2).result(60)
    words = "It lies on “Dentist, Maya”, Thursday 5 March, 15:00 to 16:00"
    lies = (Because.OVERLAPS, words)
    assert reasons(block(stand, "chemistry reading"))[1:] == [lies]
    task = block(stand, "chemistry reading").task
    (told,) = stand.services.scheduling.explain(task).result(60)
    assert reasons(told)[1:] == [lies]
    assert PLAIN_FACE.told(words) == words
    shown = AMERICAN.told(words).replace("\N{NO-BREAK SPACE}", " ")
    assert shown == "It lies on “Dentist, Maya”, Thursday 5 March, 3:00 PM to 4:00 PM"
    (calendar,) = stand.services.calendars.calendars().result(60)
    stand.services.calendars.remove(calendar.name).result(60)
    stand.services.scheduling.replan().result(60)
    assert len(reasons(block(stand, "chemistry reading"))) == 1


def test_what_lies_on_something_that_lasts_past_midnight_says_both_days(
    stand: Planning, tmp_path: Path
) -> None:
    bring(stand, tmp_path, EVENT.replace("20260305T150000", "20260305T230000").replace("1H", "3H"))
    stand.add("call home thu 23:15-23:45")
    stand.services.scheduling.plan(7, 0.2).result(60)
    ((_, words),) = reasons(block(stand, "call home"))[1:]
    days = "Thursday 5 March, {} to Friday 6 March, {}"
    assert words.endswith(days.format("23:00", "02:00"))
    shown = AMERICAN.told(words).replace("\N{NO-BREAK SPACE}", " ")
    assert shown.endswith(days.format("11:00 PM", "2:00 AM"))


def test_a_block_that_is_put_after_its_deadline_says_so(stand: Planning) -> None:
    stand.add("lab report by thu 5pm ~1h")
    stand.services.scheduling.plan(7, 0.2).result(60)
    landed = move(stand, "lab report", "07 11:45")
    assert landed.in_words(PLAIN_FACE) == ("It is due Thursday 5 March, 17:00: this is late",)
    assert move(stand, "lab report", "04 11:45") == Landed()


def test_a_block_that_is_put_before_it_may_begin_says_so(stand: Planning) -> None:
    stand.add("essay ~1h by fri", "read again ~30m by fri after essay", "pay rent by sat ~30m")
    rent = stand.services.tasks.inbox().result(60)[2]
    stand.services.tasks.edit([rent.id], lambda one: replace(one, not_before=at("06 00:00")))
    stand.services.scheduling.plan(7, 0.2).result(60)
    assert move(stand, "essay", "05 10:00") == Landed()
    landed = move(stand, "read again", "04 10:00")
    waits = "It waits for “essay”, which is planned until Thursday 5 March, 11:00"
    assert landed.in_words(PLAIN_FACE) == (waits,)
    (early,) = move(stand, "pay rent", "04 12:00").in_words(PLAIN_FACE)
    assert early.startswith("It can't be begun before ")


def test_what_a_new_appointment_lies_on_is_told_with_what_is_in_its_way(
    stand: Planning, tmp_path: Path
) -> None:
    bring(stand, tmp_path)
    stand.add("essay ~6h")
    (reading,) = stand.add("chemistry reading thu 15:30-16:30")
    look = stand.services.colliding.look
    found = look({"task"}, {reading.id}).result(60)
    assert found.in_way == ()
    (words,) = found.clash_words()
    assert words.startswith(
        "“chemistry reading”: It lies on “Dentist, Maya”, Thu 05 Mar 15:00-16:00. The nearest"
    )
    stand.services.scheduling.plan(7, 0.2).result(60)
    (plumber,) = stand.add("plumber today 11:00-11:30")
    found = look({"task"}, {plumber.id}).result(60)
    assert found.clashes == ()
    assert found.way_words == "A planned block is in the way of “plumber”."
    stand.services.scheduling.replan().result(60)
    assert not look({"task"}, {plumber.id}).result(60).way_words
    essay = block(stand, "essay")
    text = EVENT.replace("UID:a", "UID:b").replace("Dentist, Maya", "Trip")
    bring(stand, tmp_path, text.replace("20260305T150000", f"{essay.start:%Y%m%dT%H%M%S}"))
    found = look({"calendar", "calendarevent"}, set()).result(60)
    assert "in the way of “Trip”" in found.way_words
    assert not look({"work"}, set()).result(60).way_words
