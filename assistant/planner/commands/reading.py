"""Reads a sentence as one of a closed set of commands; what is none of them is refused."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST: Final = 500


class CommandKind(StrEnum):
    """What the planner can be told to do."""

    ADD = "add"
    MOVE = "move"
    DONE = "done"
    ESTIMATE = "estimate"
    PLAN_WEEK = "plan_week"


@dataclass(frozen=True, slots=True)
class Command:
    """One command, in the words of the sentence."""

    kind: CommandKind
    task: str = ""
    """Words that name a task."""
    words: str = ""
    """When, how long, or what is to be added."""


Reads = Callable[[CommandKind, str], bool]
"""Whether words can be read as what a command of this kind needs."""

_POLITE: Final = re.compile(
    r"^(?:(?:please|ok|hey|now|so)[, ]+|(?:can|could|would|will) you (?:please )?)+", re.IGNORECASE
)
_ENDS: Final = re.compile(r"(?:[.!?\s]|,? please|,? thanks| for me)+$", re.IGNORECASE)
_WEEK: Final = re.compile(
    r"(?:re-?)?(?:plan|schedule|organi[sz]e)(?: out)? (?:(?:my|the|this|our|next) )+"
    r"(?:week|days?|seven days|schedule|rest of (?:my|the) week)(?: ahead| again| to come)?",
    re.IGNORECASE,
)
_MOVE: Final = re.compile(
    r"(?:move|push|shift|reschedule|postpone|delay|put) (?:off )?(?:back )?(?P<rest>.+)",
    re.IGNORECASE,
)
_TO: Final = re.compile(r"\s+(?:to|until|till|on|for)\s+|\s+(?=by\s)", re.IGNORECASE)
_DONE: Final = (
    re.compile(
        r"(?:i(?:['\u2019]?ve| have)?(?: just)? )?(?:finished|completed|did|done with|am done with|"
        r"complete|finish|tick off|check off) (?P<task>.+?)(?: (?:today|now|already))?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:mark|tick|check|set) (?P<task>.+?) (?:as |to )?(?:done|finished|completed?|off)",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<task>.+?) (?:is|are) (?:done|finished|complete)", re.IGNORECASE),
)
_ESTIMATE: Final = (
    re.compile(
        r"(?:estimate|set (?:the )?(?:estimate|time) (?:of|for)) (?P<task>.+?) (?:at|as|to|with) "
        r"(?P<words>.+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?P<task>.+?) (?:will take|takes|needs|should take)(?: me)?(?: about| around)? "
        r"(?P<words>.+)",
        re.IGNORECASE,
    ),
)
_ADD: Final = re.compile(
    r"(?:(?:add|create)(?: an?| the)?(?: new)?(?: (?:task|to-?do))?:?|new (?:task|to-?do):?|"
    r"remind me to|i (?:have|need) to|i must|don['\u2019]?t let me forget to) (?P<words>.+)",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(r"^(?:the|my|our) (?=\S)", re.IGNORECASE)


def read_command(text: str, reads: Reads) -> Command | None:
    """The command that a sentence gives; None where it is none.

    Args:
        text: The sentence.
        reads: Tells whether the words for when or how long can be read.
    """
    if len(text) > LONGEST:
        return None
    plain = _ENDS.sub("", _POLITE.sub("", " ".join(text.split())))
    if _WEEK.fullmatch(plain):
        return Command(CommandKind.PLAN_WEEK)
    for command in _candidates(plain):
        needs = command.kind in {CommandKind.MOVE, CommandKind.ESTIMATE}
        if not needs or reads(command.kind, command.words):
            return command
    return None


def _candidates(plain: str) -> Iterator[Command]:
    moved = _MOVE.fullmatch(plain)
    if moved is not None:
        rest = moved["rest"]
        # The last “to” that leaves a date behind it: tasks have such words in their names, too.
        for split in reversed(list(_TO.finditer(rest))):
            task, words = rest[: split.start()], rest[split.end() :]
            if task.strip() and words.strip():
                yield Command(CommandKind.MOVE, _named(task), words)
    for pattern in _ESTIMATE:
        found = pattern.fullmatch(plain)
        if found is not None:
            yield Command(CommandKind.ESTIMATE, _named(found["task"]), found["words"])
    found = _ADD.fullmatch(plain)
    if found is not None:
        yield Command(CommandKind.ADD, words=found["words"])
        return
    for pattern in _DONE:
        found = pattern.fullmatch(plain)
        if found is not None:
            yield Command(CommandKind.DONE, _named(found["task"]))


def _named(task: str) -> str:
    return _ARTICLE.sub("", task.strip()).strip(" \"“”'")
