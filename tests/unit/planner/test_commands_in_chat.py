"""Ordinary messages of a chat are no commands, though they hold words of planning."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.planner.commands.about import may_be_planning
from assistant.planner.commands.reading import Command, CommandKind, read_command
from assistant.planner.quick_add.reading import parse_line

NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Berlin"))

ORDINARY = (
    "what is the plan of Hamlet?",
    "move the term to the other side",
    "schedule of a Fourier series",
    "What is due process?",
    "what is due to friction?",
    "what is due north of Berlin",
    "how long does it take to boil an egg?",
    "how long is a light year",
    "Explain the five-year plan of 1928.",
    "plan a wedding speech for me",
    "plan an essay about the causes of the first world war",
    "plan a lesson on osmosis",
    "Cancel the common factor: 6/9",
    "drop the perpendicular from A to BC, what is its length?",
    "delete the last line of this poem and write a better one:\nRoses are red",
    "add 2 and 3",
    "add the fractions 1/2 and 2/3",
    "create a table of the planets",
    "create a poem about monday mornings",
    "I need to understand photosynthesis",
    "I have to write about Hamlet by friday, how do I start?",
    "i must have missed why this is true",
    "finish the sentence: tomorrow never",
    "complete the square",
    "complete the essay for me",
    "put the equation before the text",
    "put x = 3 into the equation",
    "make the function faster",
    "make this sentence shorter",
    "give me three high frequency words",
    "rename the variable x",
    "why was the treaty due to end in 1939?",
    "Who moved the capital of Brazil to Brasilia?",
    "what happened on friday 13 october 1307?",
    "what do i have to know about the week of revolutions?",
    "What's a deadline in journalism called in French?",
    "translate: let's move the meeting to Thursday",
    "how do I say “done with it” in Spanish?",
    "write an email that moves the meeting to friday",
    "show me how to schedule a cron job every day at 5",
    "estimate the area under the curve",
    "estimate pi with a needle",
    "light from the sun takes 8 minutes to reach us, right?",
    "the reaction takes place in water",
    "Let's write the Hamlet essay today",
    "let's talk about the history essay tomorrow's lesson is based on",
    "can you check my maths before tomorrow?",
    "can you explain the physics essay question before friday?",
    "could you help me with the chemistry sheet due today?",
    "I want to learn about the week in the Roman calendar",
    "we moved on to integrals this week",
    "i think the novel begins on a tuesday morning",
    "list the days of the week in Latin",
    "set the table of truth values of p before q",
    "postpone is a synonym of what?",
    "remind me how photosynthesis works",
    "remind me in short to what the theorem says",
    "i need a reminder about fractions",
    "history is important",
    "what happened on 9 november 1989?",
    "can we do another example instead?",
    "is my proof done?",
    "when is a function continuous?",
    "when is Diwali",
    "reschedule or cancel: which verb is stronger?",
    "thanks, done",
    "put the verb in the past: I go today",
)
WISHES = (
    "could we rather do the maths sheet thing on friday",
    "I'd rather do the novel on saturday",
    "I can't do the maths sheet today",
    "bring the physics essay forward to tomorrow",
    "squeeze the novel in tonight",
    "let's do the maths sheet earlier this week",
)


def reads(kind: CommandKind, words: str) -> bool:
    if (kind, words) == (CommandKind.LIST, "overdue"):
        return True
    mark = "~" if kind is CommandKind.ESTIMATE else ""
    mark = "by " if kind is CommandKind.DUE else mark
    found = parse_line(f"x {mark}{words}", NOW)
    dated = found.start is not None or found.due is not None
    if kind is CommandKind.ADD:
        return dated
    return found.title == "x" and (
        found.duration_min is not None if kind is CommandKind.ESTIMATE else dated
    )


@pytest.mark.parametrize("text", ORDINARY)
def test_talk_is_left_to_the_model(text: str) -> None:
    command = read_command(text, reads, certain=False)
    # A form that needs a task still is no command where no task is called so.
    assert command is None or command.task
    assert not may_be_planning(text)


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_that_the_grammar_does_not_know_may_be_asked_about(text: str) -> None:
    assert may_be_planning(text)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("plan my day", Command(CommandKind.PLAN_DAY)),
        ("cancel dentist", Command(CommandKind.CANCEL, "dentist")),
        ("delete the novel", Command(CommandKind.DELETE, "novel")),
        ("rename novel to Read Emma", Command(CommandKind.RENAME, "novel", "Read Emma")),
        (
            "schedule maths tomorrow morning",
            Command(CommandKind.SCHEDULE, "maths", "tomorrow morning"),
        ),
        ("make essay high priority", Command(CommandKind.PRIORITY, "essay", "high")),
        ("add milk to my list", Command(CommandKind.ADD, words="milk")),
        ("what is due this week?", Command(CommandKind.LIST, words="this week")),
        ("What's my plan for tomorrow", Command(CommandKind.LIST, words="tomorrow")),
        ("what's overdue?", Command(CommandKind.LIST, words="overdue")),
        ("how long will the essay take?", Command(CommandKind.HOW_LONG, "essay")),
        ("when is the essay due?", Command(CommandKind.WHEN, "essay")),
        ("put maths before essay", Command(CommandKind.ORDER, "maths", "essay")),
        ("do maths after the essay", Command(CommandKind.ORDER, "essay", "maths")),
        ("put maths before friday", Command(CommandKind.MOVE, "maths", "before friday")),
        (
            "Move the deadline of the essay to friday",
            Command(CommandKind.DUE, "essay", "friday"),
        ),
        ("move maths to thu 10:15", Command(CommandKind.MOVE, "maths", "thu 10:15")),
        ("essay is due on friday", Command(CommandKind.DUE, "essay", "friday")),
        (
            "put dentist in my calendar thursday 10am",
            Command(CommandKind.SCHEDULE, "dentist", "thursday 10am"),
        ),
    ],
)
def test_commands_of_a_chat(text: str, command: Command) -> None:
    assert read_command(text, reads, certain=False) == command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("can we do maths tomorrow instead?", Command(CommandKind.MOVE, "maths", "tomorrow")),
        ("I'd rather do maths on friday", Command(CommandKind.MOVE, "maths", "friday")),
        ("bring maths forward to tomorrow", Command(CommandKind.MOVE, "maths", "tomorrow")),
        ("let's leave maths for saturday", Command(CommandKind.MOVE, "maths", "saturday")),
        ("maths can wait until sunday", Command(CommandKind.MOVE, "maths", "sunday")),
        ("swap dentist to friday 9am", Command(CommandKind.MOVE, "dentist", "friday 9am")),
        ("essay is due on friday now", Command(CommandKind.DUE, "essay", "friday")),
        ("the essay isn't due until friday", Command(CommandKind.DUE, "essay", "friday")),
        (
            "I got an extension for the essay until monday",
            Command(CommandKind.DUE, "essay", "monday"),
        ),
        ("the essay has to be done by friday", Command(CommandKind.DUE, "essay", "friday")),
        ("I've just handed in the essay", Command(CommandKind.DONE, "essay")),
        ("I called grandma", Command(CommandKind.DONE, "called grandma")),
        ("dentist got cancelled", Command(CommandKind.CANCEL, "dentist")),
        ("I don't need to do the essay any more", Command(CommandKind.CANCEL, "essay")),
        ("take the essay off my list", Command(CommandKind.DELETE, "essay")),
        ("the essay is urgent", Command(CommandKind.PRIORITY, "essay", "urgent")),
        ("lower the priority of the essay", Command(CommandKind.PRIORITY, "essay", "low")),
        ("I think the essay only takes 2 hours", Command(CommandKind.ESTIMATE, "essay", "2 hours")),
        ("finish maths first, then the essay", Command(CommandKind.ORDER, "maths", "the essay")),
        ("can you make a plan for my week?", Command(CommandKind.PLAN_WEEK)),
        ("organise today for me", Command(CommandKind.PLAN_DAY)),
        ("is there anything due tomorrow?", Command(CommandKind.LIST, words="tomorrow")),
        ("when am I supposed to do the essay?", Command(CommandKind.WHEN, "essay")),
        ("when do I have to hand in the essay?", Command(CommandKind.WHEN, "essay")),
        ("pls move dentist to friday, thx", Command(CommandKind.MOVE, "dentist", "friday")),
        ("let's skip maths tomorrow", Command(CommandKind.CANCEL, "maths")),
        ("I can't make the dentist tomorrow", Command(CommandKind.CANCEL, "dentist")),
        ("fixed the login bug", Command(CommandKind.DONE, "fixed the login bug")),
        ("the login bug is fixed now", Command(CommandKind.DONE, "login bug")),
        ("finally finished the essay", Command(CommandKind.DONE, "essay")),
        ("already walked the dog", Command(CommandKind.DONE, "walked the dog")),
        ("I'm finished with the essay", Command(CommandKind.DONE, "essay")),
        ("submitted my essay", Command(CommandKind.DONE, "essay")),
        ("I did the maths sheet", Command(CommandKind.DONE, "maths sheet")),
        ("I've just done maths today", Command(CommandKind.DONE, "maths")),
        ("I made the poster", Command(CommandKind.DONE, "poster")),
        ("I can't make it to choir", Command(CommandKind.CANCEL, "choir")),
        ("bought a present", Command(CommandKind.DONE, "present")),
        ("the garage is clean now, mark it done", Command(CommandKind.DONE, "garage")),
        (
            "I won't get to the essay today, do it on friday",
            Command(CommandKind.MOVE, "essay", "friday"),
        ),
        ("dentist was moved to friday 3pm", Command(CommandKind.MOVE, "dentist", "friday 3pm")),
        ("the dentist is on friday now", Command(CommandKind.MOVE, "dentist", "friday")),
        (
            "the deadline of the essay is now friday",
            Command(CommandKind.DUE, "essay", "friday"),
        ),
        ("essay deadline moved to friday", Command(CommandKind.DUE, "essay", "friday")),
        ("the essay takes more like 5h", Command(CommandKind.ESTIMATE, "essay", "5h")),
        ("the essay is super urgent", Command(CommandKind.PRIORITY, "essay", "urgent")),
        ("my essay is important", Command(CommandKind.PRIORITY, "essay", "important")),
        (
            "remind me on friday to buy stamps",
            Command(CommandKind.ADD, words="buy stamps on friday"),
        ),
        (
            "i need a reminder to call the bank on friday",
            Command(CommandKind.ADD, words="call the bank on friday"),
        ),
        ("can u move dentist to friday", Command(CommandKind.MOVE, "dentist", "friday")),
        ("push dentist back to friday", Command(CommandKind.MOVE, "dentist", "friday")),
        ("essay is due friday not monday", Command(CommandKind.DUE, "essay", "friday")),
        ("move maths to friday instead of monday", Command(CommandKind.MOVE, "maths", "friday")),
        ("whats due tomorrow", Command(CommandKind.LIST, words="tomorrow")),
        ("ive done maths", Command(CommandKind.DONE, "maths")),
        (
            "i need 2 more days for the essay, move it to friday",
            Command(CommandKind.MOVE, "essay", "friday"),
        ),
        (
            "set the priority of the maths set to high",
            Command(CommandKind.PRIORITY, "maths set", "high"),
        ),
        ("what's on my plate tomorrow", Command(CommandKind.LIST, words="tomorrow")),
    ],
)
def test_commands_in_other_words(text: str, command: Command) -> None:
    assert read_command(text, reads, certain=False) == command


@pytest.mark.parametrize(
    "text",
    [
        "would you do the maths sheet for me tonight?",
        "can we do the maths sheet together tomorrow?",
        "could you start the essay with me today?",
        "leave the last paragraph for later",
        "save the best argument for the end",
    ],
)
def test_what_is_asked_of_the_one_who_answers_is_no_wish_for_the_plan(text: str) -> None:
    assert read_command(text, reads, certain=False) is None
    assert not may_be_planning(text)


@pytest.mark.parametrize(
    "text",
    [
        "feed the cat",
        "need help with my history essay",
        "I need help with my history essay",
        "based on the text, is he guilty?",
        "based on the text he is guilty",
        "red and blue make purple",
        "seed dispersal in plants",
        "speed up my plan",
        "written english",
        "fixed costs",
        "ordered pairs",
        "paid work",
        "made sense",
        "did my grandma call?",
        "did the cat eat",
        "forget the cat",
        "forget about the essay",
        "never mind the essay",
        "no history essay today",
        "no idea what to do today",
        "i can't make sense of this",
        "i can't make the equation balance",
    ],
)
def test_without_i_or_for_certain_nothing_is_done_or_off(text: str) -> None:
    """Even where a task is called so: “Feed the cat”."""
    assert read_command(text, reads, certain=False) is None


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("no maths tomorrow", "maths"),
        ("no more maths this week", "maths"),
        ("forget about the essay", "essay"),
        ("never mind the essay", "essay"),
        ("I can't make choir", "choir"),
    ],
)
def test_where_the_planner_is_spoken_to_more_words_call_off(text: str, task: str) -> None:
    assert read_command(text, reads) == Command(CommandKind.CANCEL, task)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("skip the introduction", True),
        ("drop the last step", True),
        ("delete the introduction", True),
        ("change the title of the essay to something catchy", True),
        ("skip the introduction today", False),
        ("drop the introduction from my list", False),
        ("delete the introduction task", False),
        ("cancel the introduction", False),
    ],
)
def test_what_may_be_said_of_a_text_is_only_of_a_task_that_is_called_so(
    text: str, whole: bool
) -> None:
    found = read_command(text, reads, certain=False)
    assert found is not None
    assert found.whole is whole
    for_certain = read_command(text, reads)
    assert for_certain is not None
    assert not for_certain.whole
