"""Sentences of a chat: commands in many wordings, and talk that must not act on the plan."""

from dataclasses import dataclass
from typing import Final

from assistant.planner.commands.phrases import CommandKind as Kind

TASKS: Final = (
    "Chemistry lab report by friday ~3h",
    "History essay by 12 march ~5h",
    "Maths sheet by thursday",
    "Dentist appointment tomorrow 4pm",
    "Call grandma",
    "Clean the garage",
    "Tax return by 31 march ~4h",
    "Guitar practice tomorrow 6pm",
    "Fix the login bug by friday ~2h",
    "Buy a birthday present by saturday",
)
"""Lines of the tasks that are there, on Monday 2 March 2026."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, and what it tells the planner to do.

    Args:
        text: The sentence.
        kinds: Of which command; several where they do the same. None: it is talk.
        task: The beginning of the title that it names.
        words: When, how long, or what is new, as it may be said in short.
    """

    text: str
    kinds: tuple[Kind, ...] = ()
    task: str = ""
    words: str = ""


_MOVES: Final = (Kind.MOVE, Kind.SCHEDULE)

COMMANDS: Final = (
    Sentence("add buy milk tomorrow at 5", (Kind.ADD,), "", "buy milk tomorrow at 5"),
    Sentence("remind me to water the plants on sunday", (Kind.ADD,), "", "water the plants sunday"),
    Sentence(
        "new task: print the poster by wednesday ~1h", (Kind.ADD,), "", "print the poster by wed 1h"
    ),
    Sentence("could you put a check-up for mum on my list?", (Kind.ADD,), "", "a check-up for mum"),
    Sentence(
        "don't let me forget to pay the rent by friday", (Kind.ADD,), "", "pay the rent by fri"
    ),
    Sentence("schedule guitar practice for tomorrow evening", _MOVES, "Guitar", "tomorrow evening"),
    Sentence(
        "block some time for the history essay on thursday afternoon",
        _MOVES,
        "History",
        "thursday afternoon",
    ),
    Sentence("find time for the tax return this weekend", _MOVES, "Tax", "this weekend"),
    Sentence("move chemistry to thursday", _MOVES, "Chemistry", "thursday"),
    Sentence("push the maths sheet to friday morning", _MOVES, "Maths", "friday morning"),
    Sentence("can we do the history essay tomorrow instead?", _MOVES, "History", "tomorrow"),
    Sentence("I'd rather do the tax return next week", _MOVES, "Tax", "next week"),
    Sentence("bring guitar practice forward to today", _MOVES, "Guitar", "today"),
    Sentence("let's leave cleaning the garage for saturday", _MOVES, "Clean", "saturday"),
    Sentence("I won't get to the login bug today, do it on wednesday", _MOVES, "Fix", "wednesday"),
    Sentence("the history essay is due on friday now", (Kind.DUE,), "History", "friday"),
    Sentence(
        "change the deadline of the maths sheet to 12 march", (Kind.DUE,), "Maths", "12 march"
    ),
    Sentence(
        "I got an extension for the lab report until monday", (Kind.DUE,), "Chemistry", "monday"
    ),
    Sentence("the tax return has to be done by 20 march", (Kind.DUE,), "Tax", "20 march"),
    Sentence("I finished the maths sheet", (Kind.DONE,), "Maths"),
    Sentence("done with the tax return", (Kind.DONE,), "Tax"),
    Sentence("mark call grandma as done", (Kind.DONE,), "Call"),
    Sentence("I've just handed in the history essay", (Kind.DONE,), "History"),
    Sentence("cancel the dentist appointment", (Kind.CANCEL,), "Dentist"),
    Sentence("I won't do guitar practice this time", (Kind.CANCEL,), "Guitar"),
    Sentence("delete the garage task", (Kind.DELETE,), "Clean"),
    Sentence("take the birthday present off my list", (Kind.DELETE, Kind.CANCEL), "Buy"),
    Sentence("rename maths sheet to maths sheet 7", (Kind.RENAME,), "Maths", "maths sheet 7"),
    Sentence("make the tax return high priority", (Kind.PRIORITY,), "Tax", "high"),
    Sentence("the login bug is urgent", (Kind.PRIORITY,), "Fix", "urgent"),
    Sentence("the history essay will take about 5 hours", (Kind.ESTIMATE,), "History", "5 hours"),
    Sentence("I think the lab report needs 90 minutes", (Kind.ESTIMATE,), "Chemistry", "90 min"),
    Sentence("do the maths sheet before the history essay", (Kind.ORDER,), "Maths", "History"),
    Sentence("plan my week", (Kind.PLAN_WEEK,)),
    Sentence("can you make a plan for my week?", (Kind.PLAN_WEEK,)),
    Sentence("organise today for me", (Kind.PLAN_DAY,)),
    Sentence("what do I have to do tomorrow?", (Kind.LIST,), "", "tomorrow"),
    Sentence("what's due this week?", (Kind.LIST,), "", "this week"),
    Sentence("how long will the history essay take?", (Kind.HOW_LONG,), "History"),
    Sentence("when am I supposed to do the tax return?", (Kind.WHEN,), "Tax"),
    Sentence("what should I do now?", (Kind.NOW,)),
    Sentence("what's next?", (Kind.NOW,)),
    Sentence("what should I work on?", (Kind.NOW,)),
    Sentence("what do I have tomorrow?", (Kind.LIST,), "", "tomorrow"),
    Sentence("when is the dentist appointment?", (Kind.WHEN,), "Dentist"),
    Sentence("am I free on friday afternoon?", (Kind.FREE,), "", "friday afternoon"),
    Sentence("how much is left this week?", (Kind.LEFT,), "", "this week"),
    Sentence("will I finish the history essay in time?", (Kind.ON_TIME,), "History"),
)

TALK: Final = tuple(
    Sentence(text)
    for text in (
        "help me outline the history essay",
        "what should I write in the introduction of my history essay?",
        "how do I balance this chemistry equation?",
        "can you explain question 3 of the maths sheet?",
        "I have a lot to do this week and feel stressed",
        "make this paragraph shorter",
        "cancel out x on both sides",
        "the meeting on thursday was boring",
        "move the comma to after the quote",
        "can you check my tax return calculation?",
        "remind me what photosynthesis is",
        "tell me a story about a dentist",
        "how long is the coast of Norway?",
        "could you plan a birthday party menu for friday?",
        "I will do the history essay on the Romans",
        "can we start with the history essay today?",
        "would you do the maths sheet for me tonight?",
        "let's do the maths sheet together now, question 1 is 3 times 4",
        "I should get better at guitar practice in the evening",
        "we could fix the login bug with a try block, how many minutes would the token last?",
    )
)

MORE_COMMANDS: Final = (
    Sentence("postpone the tax return until next monday", _MOVES, "Tax", "next monday"),
    Sentence("could we move guitar practice to saturday at 3pm?", _MOVES, "Guitar", "saturday 3pm"),
    Sentence("I want to do the maths sheet on wednesday evening", _MOVES, "Maths", "wed evening"),
    Sentence(
        "let me work on the history essay tomorrow morning", _MOVES, "History", "tmrw morning"
    ),
    Sentence("swap the dentist appointment to friday 9am", _MOVES, "Dentist", "friday 9am"),
    Sentence("set the deadline for the lab report to monday", (Kind.DUE,), "Chemistry", "monday"),
    Sentence("the birthday present can wait until sunday", _MOVES, "Buy", "sunday"),
    Sentence("tick off the tax return", (Kind.DONE,), "Tax"),
    Sentence("the garage is clean now, mark it done", (Kind.DONE,), "Clean"),
    Sentence("I called grandma", (Kind.DONE,), "Call"),
    Sentence("scrap guitar practice tomorrow", (Kind.CANCEL, Kind.DELETE), "Guitar"),
    Sentence("the dentist appointment got cancelled", (Kind.CANCEL,), "Dentist"),
    Sentence("lower the priority of the garage", (Kind.PRIORITY,), "Clean", "low"),
    Sentence("the lab report only takes 2 hours", (Kind.ESTIMATE,), "Chemistry", "2 hours"),
    Sentence("please put buy stamps on my to-do list", (Kind.ADD,), "", "buy stamps"),
    Sentence("add a task to email Ms Lee tomorrow", (Kind.ADD,), "", "email Ms Lee tomorrow"),
    Sentence("replan my week", (Kind.PLAN_WEEK,)),
    Sentence("is there anything due tomorrow?", (Kind.LIST,), "", "tomorrow"),
    Sentence("when will I work on the tax return?", (Kind.WHEN,), "Tax"),
    Sentence(
        "finish the lab report first, then the history essay", (Kind.ORDER,), "Chem", "History"
    ),
)
"""Written before any phrase was changed for them, and never looked at while that was done."""

MORE_TALK: Final = tuple(
    Sentence(text)
    for text in (
        "is the history essay due to be graded by a person or a machine?",
        "I want to understand the maths sheet before tomorrow",
        "I think the history essay is too long, how do I cut it?",
        "leave the last paragraph for later",
        "save the best argument for the end",
        "what is left of the Roman empire today?",
        "the tax return is important for which countries?",
        "I already did question 2, what comes next?",
        "my class was cancelled, can you teach me what we missed?",
        "let me think about it until tomorrow",
        "what should I do when my code throws an exception now and then?",
        "what should I do now that I have the derivative?",
        "what comes next in the sequence 2, 4, 8?",
        "when is the battle of Hastings?",
        "when is a number prime?",
        "are we free to choose, as Sartre says?",
        "how much is left after 3 half-lives?",
        "will the train be on time if it goes 80 km/h?",
        "what is today's lesson about?",
        "do I have time complexity right?",
    )
)
