"""A sentence in the chat moves a task once it is confirmed, and a message stays a message."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.domain.errors import Cancelled
from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.services.jobs import Job
from assistant.services.planning.acting import Acted, Proposal
from assistant.ui.chat.plan_offer import PlanOffer
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.chip import Chip
from tests.helpers.desk import Sat, leave, saying, sit_down
from tests.helpers.planning_stand import HandClock
from tests.helpers.signals import record


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    # A proposal is told from an old one by the clock: with the machine's own, midnight would count.
    script, clock = saying("An answer.", "Another."), HandClock()
    made = sit_down(qtbot, theme, tmp_path / "p", script, clock)
    yield made
    leave(made)


def told(offer: PlanOffer) -> bool:
    """Whether it says more than that it looks."""
    return bool(offer.line.words) and not offer.line.words.startswith("Looking")


def said_last(sat: Sat) -> str:
    toasts = sat.desk.window.toasts.toasts()
    return toasts[-1].accessibleName() if toasts else ""


def test_a_command_is_shown_confirmed_and_undone(sat: Sat) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    task = planning.adding.add_line("Chemistry sheet ~1h").result(60)

    def now(task_id: TaskId) -> Task:
        return planning.tasks.get(task_id).result(60)

    offer, composer = room.plan_offer, room.place.composer
    sat.say("move chemistry to friday")
    sat.bot.waitUntil(lambda: told(offer))
    assert offer.line.words.startswith("Move “Chemistry sheet”: ")
    assert len(room.transcript.outline) == 0
    assert now(task.id) == task
    offer.line.action.click()
    assert composer.text == "move chemistry to friday"  # until it is done
    assert offer.takes(composer.text)  # sent again meanwhile, it is neither said nor done twice
    sat.bot.waitUntil(lambda: composer.text == "")
    assert now(task.id).due is not None
    assert not offer.line.words
    sat.desk.window.toasts.toasts()[-1].acted.emit()
    sat.bot.waitUntil(lambda: now(task.id).due is None)

    sat.say("move chemistry to friday")
    sat.bot.waitUntil(lambda: told(offer))
    offer.line.close_button.click()
    assert composer.text == "move chemistry to friday"
    assert len(room.transcript.outline) == 2  # what was done before, and nothing of this
    composer.set_text("")

    answer = sat.ask("move the decimal point to the left")  # no task is called so
    assert answer.content == "An answer."
    assert not offer.line.words


def test_undo_takes_back_just_what_was_done(sat: Sat) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    task = planning.adding.add_line("Chemistry sheet ~1h").result(60)
    offer, toasts = room.plan_offer, sat.desk.window.toasts
    sat.say("make chemistry urgent")
    sat.bot.waitUntil(lambda: told(offer))
    offer.line.action.click()
    sat.bot.waitUntil(lambda: bool(toasts.toasts()))
    planning.adding.add_line("Call Mum").result(60)
    toasts.toasts()[-1].acted.emit()
    sat.bot.waitUntil(lambda: "no longer the last" in said_last(sat))
    assert "Add “Call Mum”" in said_last(sat)
    assert planning.tasks.counts().result(60).inbox == 2
    assert planning.tasks.get(task.id).result(60).priority is not None


def test_a_sentence_that_cannot_be_done_any_more_stays_in_the_field(sat: Sat) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    task = planning.adding.add_line("Chemistry sheet ~1h").result(60)
    offer, composer = room.plan_offer, room.place.composer
    sat.say("make chemistry urgent")
    sat.bot.waitUntil(lambda: told(offer))
    planning.adding.add_line("Call Mum").result(60)
    offer.line.action.click()
    sat.bot.waitUntil(lambda: "Something else" in offer.line.words)
    assert composer.text == "make chemistry urgent"
    sat.say("make chemistry urgent")  # as the card asks for: it is looked at once more
    sat.bot.waitUntil(lambda: offer.line.words.startswith("Change the priority"))

    planning.adding.add_line("Call Dad").result(60)
    offer.line.action.click()
    composer.set_text("what is due today?")  # a newer card is not written over
    sat.say("what is due today?")
    sat.bot.waitUntil(lambda: "Something else" in said_last(sat))
    sat.bot.waitUntil(lambda: len(room.transcript.outline) == 2)
    assert not offer.line.words
    assert planning.tasks.get(task.id).result(60).priority is None


def test_a_sentence_that_is_undone_while_it_is_done_may_be_sent_again(
    sat: Sat, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    task = planning.adding.add_line("Chemistry sheet ~1h").result(60)
    offer, composer, held = room.plan_offer, room.place.composer, Job[Acted]()

    def hold(_: Proposal) -> Job[Acted]:
        return held

    with monkeypatch.context() as during:
        during.setattr(planning.acting, "apply", hold)
        sat.say("make chemistry urgent")
        sat.bot.waitUntil(lambda: told(offer))
        offer.line.action.click()
    held.cancel()
    held.fail(Cancelled())
    sat.bot.waitUntil(lambda: not offer.busy)
    assert composer.text == "make chemistry urgent"
    sat.say("make chemistry urgent")
    sat.bot.waitUntil(lambda: told(offer))
    offer.line.action.click()
    sat.bot.waitUntil(lambda: composer.text == "")
    assert planning.tasks.get(task.id).result(60).priority is not None


def test_what_is_sent_again_goes_to_the_model(sat: Sat) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    for title in ("History essay", "Biology essay"):
        planning.adding.add_line(title).result(60)
    offer = room.plan_offer
    sat.say("done with essay")
    sat.bot.waitUntil(lambda: told(offer))
    assert [one.text() for one in offer.line.choices] == [
        "Biology essay (no deadline)",
        "History essay (no deadline)",
    ]
    room.place.composer.set_text("done with essay now")
    assert not offer.line.words
    sat.say("done with essay")
    sat.bot.waitUntil(lambda: told(offer))
    assert sat.ask("done with essay").content == "An answer."


def test_an_answer_that_comes_late_is_for_nobody(sat: Sat) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    for title in ("Chemistry sheet", "History essay"):
        planning.adding.add_line(title).result(60)
    offer, declined = room.plan_offer, record(room.plan_offer.declined)

    sat.say("move chemistry to friday")
    assert sat.ask("move chemistry to friday").content == "An answer."  # before it was read
    assert not offer.line.words
    sat.say("move the decimal point to the left")
    sat.desk.room.place.composer.set_text("something else")
    sat.say("move chemistry to friday")
    sat.say("done with history")
    sat.bot.waitUntil(lambda: told(offer))
    assert "History essay" in offer.line.words
    sat.settle()
    assert "History essay" in offer.line.words
    assert declined == []


def test_a_name_that_may_mean_several_is_chosen(sat: Sat) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    tasks = [planning.adding.add_line(one).result(60) for one in ("History essay", "Bio essay")]
    offer = room.plan_offer
    sat.say("make essay urgent")
    sat.bot.waitUntil(lambda: bool(offer.line.choices))
    offer.line.choices[1].click()
    sat.bot.waitUntil(lambda: offer.line.words.startswith("Change the priority"))
    offer.line.action.click()
    sat.bot.waitUntil(lambda: planning.tasks.get(tasks[0].id).result(60).priority is not None)
    assert planning.tasks.get(tasks[1].id).result(60).priority is None
    sat.bot.waitUntil(lambda: len(room.transcript.outline) == 2)


def test_talk_with_words_of_planning_is_sent_at_once(sat: Sat) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    planning.adding.add_line("Hamlet essay").result(60)
    assert not room.plan_offer.takes("what is the plan of Hamlet?")
    assert sat.ask("Let's write the Hamlet essay today").content == "An answer."
    assert not room.plan_offer.line.words


def test_what_breaks_is_shown_with_the_nearest_free_place(sat: Sat) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    sheet = planning.adding.add_line("Chemistry sheet ~1h").result(60)
    planning.adding.add_line("Dentist tomorrow 10:00-11:00").result(60)
    planning.adding.add_line("Hopeless report by today ~90h").result(60)
    planning.scheduling.plan(7, 0.3).result(60)
    offer = room.plan_offer
    sat.say("move chemistry to tomorrow 10:15")
    sat.bot.waitUntil(lambda: offer.line.words.startswith("Move"))
    assert "It lies on “Dentist”" in offer.line.words
    (instead,) = offer.line.choices
    assert instead.text().endswith("instead")
    instead.click()
    sat.bot.waitUntil(lambda: told(offer) and "It lies on" not in offer.line.words)
    offer.line.action.click()

    def placed() -> bool:
        plan = planning.scheduling.current().result(60)
        return plan is not None and any(one.task == sheet.id and one.pinned for one in plan.blocks)

    sat.bot.waitUntil(placed)


def test_what_to_do_now_is_answered_from_the_plan(sat: Sat) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    assert sat.ask("what should I do now?").content == "An answer."  # the planner has nothing
    room.new_chat()
    sat.bot.waitUntil(lambda: not room.transcript.outline)
    planning.adding.add_line("History essay by today").result(60)
    sat.say("what should I do now?")
    sat.bot.waitUntil(lambda: len(room.transcript.outline) == 2)
    sat.settle()
    assert sat.stored(sat.chat.id)[-1].content.startswith("First: “History essay”")
    sat.say("what's next?")  # behind the planner's words that is for the planner, too
    sat.bot.waitUntil(lambda: len(room.transcript.outline) == 4)
    assert sat.stored(sat.chat.id)[-1].model == "Planner"


def test_what_comes_next_behind_an_answer_is_asked_of_the_model(sat: Sat) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    planning.adding.add_line("History essay by today").result(60)
    assert sat.ask("tell me a story").content == "An answer."
    assert sat.ask("what's next?").content == "Another."
    assert not room.plan_offer.line.words


def test_a_suggestion_of_an_empty_chat_plans_the_week(sat: Sat) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    planning.adding.add_line("History essay by friday ~1h").result(60)
    chips = room.place.empty.findChildren(Chip)
    next(one for one in chips if one.text() == "Plan my week").click()
    sat.say(room.place.composer.text)
    sat.bot.waitUntil(lambda: told(room.plan_offer))
    assert room.plan_offer.line.words.startswith("Plan the week: ")
